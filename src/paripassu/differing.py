"""Why a figure differs from another: both explanations walked together, down to every input that is not the same.

An input is what an explanation ends in (a term, a price, a date, what a fact set), the alternative of a reading, or the
formula in force. The share of each is what changing it alters while every input before it, in the order in which they
stand in the explanation, is changed already and every one after it is not; so the shares add up to the whole change.
What cannot be worked out anew from its inputs, such as a total whose movements are not all listed, is an input itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Any

from paripassu.asking import Names
from paripassu.explaining import words_of
from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import (
    Binding,
    ByDate,
    ByReading,
    DayOfPoint,
    EachDay,
    EachPart,
    Formula,
    Function,
    History,
    Holding,
    LotTerm,
    ObservedWindow,
    Restated,
    SumOver,
    TermBinding,
    TermByReading,
    Used,
    functions_of,
    parameters,
)
from paripassu.values.figures import Figure
from paripassu.values.market import OBSERVABLES
from paripassu.values.problems import Problem
from paripassu.values.undetermined import determined

_NOTHING = object()
"""The value of an input that one side does not have; it takes no part in a list."""
_UNCOMPUTABLE = (Problem, TypeError, ValueError, ZeroDivisionError)
"""What a formula raises where inputs of both sides together have no result."""


@dataclass(frozen=True, slots=True)
class Input:
    """One input that differs: its figure on each side (None where a side has none), and its share of the change.

    ``kind`` is term, reading, provision, date, price, fact, record or figure. ``then`` is the figure asked for once
    this input and all before it are changed. Both are None where no such figure can be computed: the share is then part
    of that of the next input.
    """

    kind: str
    name: str
    subject: str
    before: Figure | None
    after: Figure | None
    share: Any = None
    then: Any = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on two sides, its change (None where it is not a number or date, or not known), and why."""

    before: Figure
    after: Figure
    change: Any
    inputs: tuple[Input, ...]

    @property
    def first(self) -> Input | None:
        """The first input, in the order in which they stand, that changes the figure; the first of all otherwise."""
        return next((one for one in self.inputs if one.share), next(iter(self.inputs), None))


def difference(before: Figure, after: Figure, names: Names, names_after: Names) -> Difference:
    """Compare a figure asked of two replays; ``names`` are those it was asked of on each side."""
    known = determined(before.value) and determined(after.value)
    walk = _Walk(known)
    top = walk.align(before, after, names, names_after)
    inputs = tuple(walk.inputs)
    if known:
        inputs = tuple(_with_shares(inputs, top, before.value, after.value))
    return Difference(before, after, change_of(before.value, after.value), inputs)


def change_of(before: Any, after: Any) -> Any:
    """By how much one value is more than another: dates by days; None for what has no difference."""
    if isinstance(before, date) and isinstance(after, date):
        return (after - before).days
    if _is_number(before) and _is_number(after):
        return after - before
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Rational) and not isinstance(value, bool)


def _with_shares(inputs: Sequence[Input], top: _Place, value: Any, last: Any) -> Iterator[Input]:
    """Change one input after the other and see what each alters."""
    changed: set[int] = set()
    for number, one in enumerate(inputs):
        changed.add(number)
        then = last if len(changed) == len(inputs) else _computed(top, changed)
        if then is _NOTHING:
            yield one
            continue
        yield replace(one, share=change_of(value, then), then=then)
        value = then


def _computed(top: _Place, changed: set[int]) -> Any:
    try:
        return top.value(changed, {})
    except _UNCOMPUTABLE:
        return _NOTHING


# -- how a value follows from its inputs


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is done with the inputs; ``listed`` says how those of two lists are matched, empty where they have names."""

    identity: Hashable
    compute: Callable[[list[Any]], Any]
    listed: str = ""


def _rule(figure: Figure, binding: Binding | None, names: Names, exact: bool) -> _Rule | None:
    """How a figure follows from its inputs; None where it is an input itself."""
    if not figure.inputs:
        return None
    found = _rule_of(figure, binding, names)
    if found is None or not exact:
        return found
    values = [one.value for one in figure.inputs]
    if not all(determined(value) for value in values):
        return None
    try:
        return found if found.compute(values) == figure.value else None
    except _UNCOMPUTABLE:
        return None


def _rule_of(figure: Figure, binding: Binding | None, names: Names) -> _Rule | None:
    match binding:
        case Formula() | ByReading() | ByDate():
            return _formula(figure, binding, names)
        case ObservedWindow() | EachDay() | EachPart() | Restated():
            return _Rule("list", tuple, "days" if isinstance(binding, ObservedWindow) else "each day")
        case SumOver():
            return _Rule("sum", _total, "parts")
        case EachPart():
            return _Rule("list", tuple, "ordered")
        case Holding():
            return _Rule("movements", _total, "movements")
        case History() | LotTerm():
            return _Rule("kept", lambda values: values[0])
    return None


def _total(values: list[Any]) -> Any:
    return sum(values, ZERO)


def _formula(figure: Figure, binding: Formula | ByReading | ByDate, names: Names) -> _Rule | None:
    asked = tuple(one.name for one in figure.inputs)
    if isinstance(binding, ByReading):
        functions: Sequence[Function] = (binding.alternatives[names.reading(binding.reading)],)
    else:
        functions = functions_of(binding)
    if isinstance(binding, ByDate):
        functions = [one for one in functions if figure.how.startswith(words_of(one))]
    for function in functions:
        if parameters(function) == asked:
            return _Rule((function.__module__, function.__qualname__), _applied(function))
    return None


def _applied(function: Function) -> Callable[[list[Any]], Any]:
    return lambda values: function(*values)


# -- both explanations together


class _Place:
    """One place of both explanations: an input, or what is computed from the places under it."""

    def __init__(self, before: Figure | None, after: Figure | None, number: int | None = None) -> None:
        self.before = before
        self.after = after
        self.number = number
        self.rules: tuple[_Rule, _Rule] | None = None
        self.parts: tuple[list[_Place], list[_Place]] = ([], [])

    def value(self, changed: set[int], memory: dict[int, Any]) -> Any:
        """The value with the inputs of these numbers changed."""
        found = memory.get(id(self), self)
        if found is self:
            found = memory[id(self)] = self._value(changed, memory)
        return found

    def _value(self, changed: set[int], memory: dict[int, Any]) -> Any:
        side = self.number is None or self.number in changed
        if self.rules is None:
            figure = self.after if side else self.before
            return _NOTHING if figure is None else figure.value
        values = [one.value(changed, memory) for one in self.parts[side]]
        return self.rules[side].compute([value for value in values if value is not _NOTHING])


class _Walk:
    """Aligns two explanations and numbers the inputs that differ, in the order in which they stand."""

    def __init__(self, exact: bool) -> None:
        self.exact = exact
        self.inputs: list[Input] = []
        self._numbers: dict[Hashable, int] = {}
        self._done: dict[tuple[int, int], _Place] = {}
        self._part = ""

    def align(self, before: Figure, after: Figure, names: Names, names_after: Names) -> _Place:
        """The place of two figures that answer the same question on the two sides."""
        key = (id(before), id(after))
        found = self._done.get(key)
        if found is None:
            found = self._done[key] = self._aligned(before, after, names, names_after)
        return found

    def _aligned(self, before: Figure, after: Figure, names: Names, names_after: Names) -> _Place:
        binding, names = _bound(before, names)
        binding_after, names_after = _bound(after, names_after)
        first = _rule(before, binding, names, self.exact)
        second = _rule(after, binding_after, names_after, self.exact)
        if before.name != after.name or first is None or second is None:
            return self._leaf(before, after, binding, binding_after)
        if first.listed or second.listed:
            counted = len(before.inputs) == len(after.inputs)
            if first.listed != second.listed or (first.listed == "ordered" and not counted):
                return self._leaf(before, after, binding, binding_after)
            return self._listed(before, after, (first, second), names, names_after)
        if first.identity == second.identity:
            if [one.name for one in before.inputs] != [one.name for one in after.inputs]:
                return self._leaf(before, after, binding, binding_after)
            return self._named(before, after, (first, second), None, names, names_after)
        number = self._number("reading" if before.turns_on or after.turns_on else "provision", before, after)
        return self._named(before, after, (first, second), number, names, names_after)

    def _named(
        self, before: Figure, after: Figure, rules: tuple[_Rule, _Rule], number: int | None, names: Names,
        names_after: Names,
    ) -> _Place:
        """Inputs that have names: what both sides ask is aligned; what one side alone asks comes or goes with it."""
        place = _Place(before, after, number)
        place.rules = rules
        mine = {one.name: one for one in before.inputs}
        theirs = {one.name: one for one in after.inputs}
        both = {
            name: self.align(mine[name], one, names, names_after) for name, one in theirs.items() if name in mine
        }
        place.parts = (
            [both[one.name] if one.name in both else _Place(one, one) for one in before.inputs],
            [both[one.name] if one.name in both else _Place(one, one) for one in after.inputs],
        )
        return place

    def _listed(
        self, before: Figure, after: Figure, rules: tuple[_Rule, _Rule], names: Names, names_after: Names
    ) -> _Place:
        """Inputs that are a list: equal ones are matched, and what is left of a window or sum one by one."""
        place = _Place(before, after)
        place.rules = rules
        matched = list(_matched(before.inputs, after.inputs, rules[0].listed))
        parts = []
        for number, (one, other) in enumerate(matched, 1):
            if rules[0].listed == "parts" and len(matched) > 1:
                self._part = f"part {number}"
            if one is None or other is None or (rules[0].listed == "days" and one.day != other.day):
                some = one or other
                assert some is not None, "a match has at least one side"
                kind = "price" if some.name in OBSERVABLES else "fact" if rules[0].listed == "movements" else "figure"
                parts.append(_Place(one, other, self._number(kind, one, other)))
            else:
                parts.append(self.align(one, other, names, names_after))
        self._part = ""
        place.parts = (parts, parts)
        return place

    def _leaf(self, before: Figure, after: Figure, binding: Binding | None, other: Binding | None) -> _Place:
        if before.value == after.value and before.turns_on == after.turns_on:
            return _Place(before, after)
        kind = _kind(after, other) if other is not None or binding is None else _kind(before, binding)
        return _Place(before, after, self._number(kind, before, after))

    def _number(self, kind: str, before: Figure | None, after: Figure | None) -> int:
        """The number of an input; one that stands at several places is one input."""
        some = after or before
        assert some is not None, "an input has at least one side"
        subject = some.subject or (self._part if _is_given(some) else "")
        key = (kind, some.name, subject, _identity(before), _identity(after))
        if key not in self._numbers:
            self._numbers[key] = len(self.inputs)
            self.inputs.append(Input(kind, some.name, subject, before, after))
        return self._numbers[key]


def _bound(figure: Figure, names: Names) -> tuple[Binding | None, Names]:
    """What a figure's name is bound to, and the names of the instrument that binds it."""
    binding = None if _is_given(figure) else names.instrument.bindings.get(figure.name)
    if isinstance(binding, Used):
        names = names.together[binding.instrument]
        binding = names.instrument.bindings[figure.name]
    if isinstance(binding, History) and binding.otherwise and not figure.how.startswith("since "):
        # Never set: the figure is that of the name that stands in its place.
        binding = names.instrument.bindings[binding.otherwise]
    return binding, names


def _is_given(figure: Figure) -> bool:
    return figure.how == "given for this question"


def _identity(figure: Figure | None) -> Hashable:
    if figure is None:
        return None
    day = figure.day if figure.name in OBSERVABLES else None
    return str(figure.value), figure.how, figure.source, figure.turns_on, day


def _matched(
    before: Sequence[Figure], after: Sequence[Figure], listed: str
) -> Iterator[tuple[Figure | None, Figure | None]]:
    """Pairs of what stands on both sides, in the order of the second; then what only one side has.

    What a window or a sum loses is paired with what it gains, so that a window is never short of a day. Where the order
    of a list matters, what stands at the same place is a pair.
    """
    if listed == "ordered":
        yield from zip(before, after, strict=True)
        return
    keys: Mapping[str, Callable[[Figure], Hashable]] = {
        "days": lambda one: (one.name, one.day), "each day": lambda one: one.day,
        "parts": lambda one: str(one.value), "movements": lambda one: (one.day, one.how, str(one.value)),
    }
    key = keys[listed]
    left: dict[Hashable, list[Figure]] = {}
    for figure in before:
        left.setdefault(key(figure), []).append(figure)
    pairs = [(left[key(one)].pop(0) if left.get(key(one)) else None, one) for one in after]
    come = [one for other, one in pairs if other is None]
    gone = [one for ones in left.values() for one in ones]
    yield from ((other, one) for other, one in pairs if other is not None)
    if listed in ("days", "parts"):
        yield from zip_longest(gone, come)
    else:
        yield from ((one, None) for one in gone)
        yield from ((None, one) for one in come)


def _kind(figure: Figure, binding: Binding | None) -> str:
    """What sort of input a figure is that is not computed from others."""
    if figure.name in OBSERVABLES:
        return "price"
    match binding:
        case TermBinding():
            return "term"
        case TermByReading():
            return "reading"
        case DayOfPoint():
            return "date"
        case History() | LotTerm():
            return "fact" if figure.source else "record"
        case Formula() | ByReading() | ByDate() | SumOver() | EachPart():
            return "figure"
    return "record"
