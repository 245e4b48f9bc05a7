"""What the diary says of a duty that is missed: every duty whose breach some clause hears has its consequence named."""

import ast
import inspect
import sys
from collections.abc import Iterator
from types import FunctionType

import pytest

from paripassu import store
from paripassu.agreement import Agreement, Instrument
from paripassu.clauses.library import LIBRARY
from paripassu.loading import agreement_from
from paripassu.values.terms import Clause

WORDS = 10
"""Where the words of a consequence stand among the parts of an Owe, if they are not given by name."""


def _deal(name: str) -> Agreement:
    folder = store.read_deal(name)
    return agreement_from(folder.agreement, store.read_calendars(), folder.digest)


DEALS = [_deal("valence-1998"), _deal("valence-2005")]


def _owes(kind: type[Clause]) -> Iterator[tuple[str, bool]]:
    """The duties named in the source of a clause, and whether it says itself what follows."""
    for made in kind.__mro__:
        if issubclass(made, Clause) and made is not Clause:
            yield from _named_in(made)


def _named_in(made: type[Clause] | FunctionType) -> Iterator[tuple[str, bool]]:
    """The duties named in a class or a function, and in the functions that it calls for effects."""
    for node in ast.walk(ast.parse(inspect.getsource(made))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        called = _constant(made, node.func)
        if node.func.id == "Owe":
            name = node.args[0]
            duty = name.value if isinstance(name, ast.Constant) else _constant(made, name)
            says = len(node.args) > WORDS or any(one.arg == "or_else" for one in node.keywords)
            if duty:
                yield str(duty), says
        elif isinstance(called, FunctionType) and "Effect" in str(called.__annotations__.get("return")):
            yield from _named_in(called)


def _constant(made: type[Clause] | FunctionType, name: ast.expr) -> object:
    return getattr(sys.modules[made.__module__], name.id, None) if isinstance(name, ast.Name) else None


def _clauses(agreement: Agreement) -> Iterator[tuple[Instrument, Clause]]:
    for instrument in agreement.instruments.values():
        for clause in instrument.clauses:
            yield instrument, clause


def _hearing(agreement: Agreement, instrument: Instrument, duty: str) -> list[Clause]:
    return [clause for at, clause in _clauses(agreement) if at is instrument and f"missed_{duty}" in clause.hears()]


@pytest.mark.parametrize("agreement", DEALS, ids=lambda one: one.name)
def test_a_duty_whose_breach_is_heard_says_so_with_the_section(agreement: Agreement) -> None:
    silent = []
    for instrument, clause in _clauses(agreement):
        for duty, says in _owes(type(clause)):
            for heard in _hearing(agreement, instrument, duty):
                named = clause.or_else.get(duty, "")
                cites = any(f"({section})" in named for section in (heard.section, *heard.sections.values()))
                if not cites and not says:
                    silent.append(f"{instrument.name}/{clause.name}: {duty} is heard by {heard.name}")
    assert silent == []


@pytest.mark.parametrize("agreement", DEALS, ids=lambda one: one.name)
def test_a_consequence_is_of_a_duty_that_the_clause_imposes(agreement: Agreement) -> None:
    unknown = [
        f"{instrument.name}/{clause.name}: {duty}"
        for instrument, clause in _clauses(agreement) for duty in clause.or_else.keys() - dict(_owes(type(clause)))
    ]
    assert unknown == []


def test_the_library_is_read_as_far_as_the_missed_duties_it_hears() -> None:
    owed = {duty for made in LIBRARY.values() for duty, _ in _owes(made)}
    heard = {
        name.removeprefix("on_missed_") for made in LIBRARY.values() for name in dir(made)
        if name.startswith("on_missed_")
    }
    assert {"deliver_common", "pay_redemption", "increase_reserve", "answer_petition"} <= heard <= owed
