"""A term that is missing is a Problem, never a value made up by the clause that wanted it.

Clauses may fall back only on what they keep themselves: ``ask.state.get(("value", ...)) or 0`` starts a total of the
clause's own, ``extent(x)[0] or 0`` takes a bound nobody knows as nothing, and ``details.get`` reads a field of a fact
that its kind declares optional.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest
from source_tree import Module, module, package

from paripassu.clauses.library import LIBRARY
from paripassu.values.kinds import KINDS

OPTIONAL = {name for kind in KINDS.values() for name, field in kind.fields.items() if not field.required}
TERMS = {name for clause in LIBRARY.values() for name in clause.terms}


def fallbacks(modules: Iterable[Module]) -> list[str]:
    """Values that a clause would put in the place of a missing one."""
    found = []
    for one in modules:
        if one.part == "clauses":
            found += [f"{one.name}:{line} {text}" for line, text in _fallbacks(one.tree)]
    return found


def _fallbacks(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="get", value=owner), args=[key, *_]):
                if not _may_be_absent(ast.unparse(owner), key):
                    yield node.lineno, ast.unparse(node)
            case ast.Call(func=ast.Name(id="getattr"), args=[_, _, _]):
                yield node.lineno, ast.unparse(node)
            case ast.BoolOp(op=ast.Or(), values=[first, *rest]):
                if _stands_for(rest[-1]) and not _own_total(first):
                    yield node.lineno, ast.unparse(node)
            case ast.FunctionDef(args=arguments) if arguments.defaults and not node.name.startswith("_"):
                if not _is_event(node):
                    yield node.lineno, f"def {node.name} has a default"
            case ast.ExceptHandler():
                if not any(isinstance(inner, ast.Raise) for inner in ast.walk(node)):
                    yield node.lineno, "an exception swallowed"


def _may_be_absent(owner: str, key: ast.expr) -> bool:
    """A history, a link of the deal's own wiring, or an optional field of a fact."""
    if owner.endswith("state") or owner.startswith(("self.links", "link")) or owner == "held":
        return True
    return isinstance(key, ast.Constant) and key.value in OPTIONAL


def _stands_for(node: ast.expr) -> bool:
    """A plain value: a number, a text, an empty collection, or a constant."""
    plain = isinstance(node, ast.Constant | ast.Tuple | ast.Dict | ast.List)
    return plain or (isinstance(node, ast.Name) and (node.id.isupper() or node.id in ("ZERO", "ONE")))


def _own_total(node: ast.expr) -> bool:
    """A bound, or a history the clause keeps: ``ask.state.get((kind, name, ...))`` of something that is not a term."""
    if ast.unparse(node).startswith("extent("):
        return True
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get"):
        return False
    if not ast.unparse(node.func.value).endswith("state"):
        return False
    names = {inner.value for inner in ast.walk(node.args[0]) if isinstance(inner, ast.Constant)}
    return not names & TERMS


def _is_event(node: ast.FunctionDef) -> bool:
    return node.name.startswith(("on_", "after_"))


def test_no_clause_makes_up_what_is_missing() -> None:
    assert fallbacks(package()) == []


@pytest.mark.parametrize("text", [
    "x = self.values.get('markup', 1)", "x = getattr(self, 'markup', 1)", "x = ask('premium') or 0",
    "x = self.values['markup'].value or ONE", "def premium(face_amount, premium_rate=6):\n    return 0",
    "x = ask.state.get(('value', 'markup', '')) or 1", "x = fact.details.get('shares')",
    "try:\n    x = ask('a')\nexcept Problem:\n    x = 0",
])
def test_a_fallback_is_seen(text: str) -> None:
    assert fallbacks([module("clauses.bad", text)])


@pytest.mark.parametrize("text", [
    "paid = ask.state.get(('value', 'paid', case)) or 0", "x = fact.details.get('lots')", "x = self.links.get(matter)",
    "x = first or second", "cases = ask.state.get(('value', 'open_refusals', '')) or ()",
])
def test_running_totals_and_optional_fields_are_allowed(text: str) -> None:
    assert fallbacks([module("clauses.good", text)]) == []
