"""Clauses look through the histories of one name, never through all: else a fact takes longer the more there are."""

from __future__ import annotations

import ast
from collections.abc import Iterable

import pytest
from source_tree import Module, module, package

KINDS_OF_MANY = {"value", "obligation", "occurred", "entitlement"}


def searches(modules: Iterable[Module]) -> list[str]:
    """Where a clause goes through every duty, value or occurrence that was ever recorded."""
    found = []
    for one in modules:
        if one.part == "clauses":
            found += [f"{one.name}:{node.lineno} {ast.unparse(node)}" for node in ast.walk(one.tree)
                      if isinstance(node, ast.Call) and _looks_through_all(node)]
    return found


def _looks_through_all(call: ast.Call) -> bool:
    match call:
        case ast.Call(func=ast.Attribute(attr="obligations"), args=[], keywords=keywords):
            return not any(one.arg == "duty" for one in keywords)
        case ast.Call(func=ast.Attribute(attr="keys"), args=[ast.Constant(value=kind)]):
            return kind in KINDS_OF_MANY
    return False


def test_no_clause_looks_through_everything_recorded() -> None:
    assert searches(package()) == []


@pytest.mark.parametrize(
    "text",
    ["any(owed.duty == 'pay' for owed in ask.state.obligations())", "list(ask.state.keys('value'))"],
)
def test_a_search_through_everything_is_found(text: str) -> None:
    assert searches([module("clauses.some", text)])


@pytest.mark.parametrize("text", ["ask.state.obligations(duty='pay')", "ask.state.keys('value', 'price')"])
def test_a_search_by_name_is_not(text: str) -> None:
    assert searches([module("clauses.some", text)]) == []
