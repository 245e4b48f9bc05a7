"""No float in the core: read from the syntax tree.

render/chart.py and render/timeline.py draw and may; proofreading measures how alike two wordings are and may.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

import pytest
from source_tree import Module, calls, imported, module, package

DRAWING = {"render.chart", "render.timeline"}
LIKENESS = "documents.proofreading."
MODULES = {"math", "cmath", "statistics", "numpy", "random", "decimal"}
CALLS = {"float", "round", "complex", "divmod.float", "Decimal"}
WHOLE_CALLS = {"int", "len", "ord", "whole_up", "whole_down", "whole_nearest", "abs.int"}
WHOLE_ATTRIBUTES = {"days", "year", "month", "day", "numerator", "denominator", "second", "hour", "minute"}


def inexact(modules: Iterable[Module]) -> list[str]:
    """Float literals, functions that give floats, and quotients of two whole numbers."""
    found = []
    for one in modules:
        if one.name in DRAWING or one.name.startswith(LIKENESS):
            continue
        found += [f"{one.name} imports {name}" for name in imported(one) if name.partition(".")[0] in MODULES]
        found += [f"{one.name}:{line} calls {name}" for name, line in calls(one) if name in CALLS]
        found += [f"{one.name}:{node.lineno} {ast.unparse(node)}" for node in ast.walk(one.tree)
                  if isinstance(node, ast.Constant) and isinstance(node.value, float | complex)]
        found += [f"{one.name}:{line} {text}" for line, text in _whole_quotients(one)]
    return found


def _whole_quotients(one: Module) -> Iterator[tuple[int, str]]:
    """Divisions of which both sides are whole numbers: their quotient would be a float."""
    for function in [one.tree, *(node for node in ast.walk(one.tree) if isinstance(node, ast.FunctionDef))]:
        whole = _whole_names(function) if isinstance(function, ast.FunctionDef) else set()
        for node in ast.walk(function):
            both = (node.left, node.right) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) else ()
            if both and all(_is_whole(side, whole) for side in both):
                yield node.lineno, ast.unparse(node)


def _whole_names(function: ast.FunctionDef) -> set[str]:
    """Parameters annotated as whole numbers."""
    parameters = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {one.arg for one in parameters if isinstance(one.annotation, ast.Name) and one.annotation.id == "int"}


def _is_whole(node: ast.expr, whole: set[str]) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.Name(id=name):
            return name in whole
        case ast.Attribute(attr=attribute):
            return attribute in WHOLE_ATTRIBUTES
        case ast.Call(func=ast.Name(id=name)):
            return name in WHOLE_CALLS
        case ast.UnaryOp(operand=operand):
            return _is_whole(operand, whole)
        case ast.BinOp(left=left, right=right, op=operator):
            return not isinstance(operator, ast.Div) and _is_whole(left, whole) and _is_whole(right, whole)
    return False


def test_the_core_computes_exactly() -> None:
    assert inexact(package()) == []


@pytest.mark.parametrize("text", [
    "rate = 0.06", "x = float('1')", "import math", "from statistics import mean", "y = round(z)", "x = 1 / 365",
    "def share(days: int, basis: int):\n    return days / basis", "x = (a - b).days / 365", "x = len(a) / len(b)",
    "from decimal import Decimal", "x = 1e9", "import numpy as np", "def f(n: int):\n    return 2 * n / (n - 1)",
])
def test_a_float_is_seen(text: str) -> None:
    assert inexact([module("clauses.bad", text)])


@pytest.mark.parametrize("text", [
    "def share(days: int, basis: Rational):\n    return days / basis", "x = a.days // 7",
    "folder = here / 'agreement.yaml'",
    "x = mean / 2", "x = ratio((on - last).days, 365)",
])
def test_what_is_exact_is_not_taken_for_a_float(text: str) -> None:
    assert inexact([module("clauses.good", text)]) == []


def test_drawing_and_likeness_of_words_are_the_only_exceptions() -> None:
    for name in ("render.chart", "render.timeline", "documents.proofreading.lists"):
        assert inexact([module(name, "x = 0.5")]) == []
    for name in ("render.html", "documents.figures", "documents.proofread", "values.market"):
        assert inexact([module(name, "x = 0.5")])
