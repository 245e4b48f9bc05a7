"""What a name is bound to: a formula, a term, a history, an observation, or a sum over a subject.

A name is asked at a point. Which function it is bound to depends on the dates in force and on the reading chosen,
never on an argument.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

Function: TypeAlias = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Formula:
    """A plain function of the names that are its parameters, with the unit of its result.

    ``remark`` is a function of names too: it says in the explanation what the value alone does not show.
    """

    function: Function
    unit: str
    rounds: str = ""
    remark: Function | None = None


@dataclass(frozen=True, slots=True)
class ByDate:
    """A formula that changes on dates: (name of the date, function), earliest first; None means from the start.

    The date is a term or a value set by an event; a date not yet known is not in force.
    """

    unit: str
    steps: tuple[tuple[str | None, Function], ...]
    rounds: str = ""


@dataclass(frozen=True, slots=True)
class ByReading:
    """A formula chosen by a reading: its identifier and the function of each alternative."""

    reading: str
    unit: str
    alternatives: Mapping[str, Function]
    rounds: str = ""


@dataclass(frozen=True, slots=True)
class TermBinding:
    """A value the agreement states."""

    value: Any
    unit: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class TermByReading:
    """A term (such as a calendar) that a reading chooses among alternatives."""

    reading: str
    unit: str
    alternatives: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class History:
    """A value set by responses, for the subject named by ``by`` (empty: one for the instrument).

    ``waits_for`` is what is reported as missing when it was never set. While bounds are sought a missing value stands
    at the ends of its range: from nothing to any size, or at nothing alone where ``bounded_at_zero``. ``otherwise`` is
    the name that stands where nothing was ever set, or where the question names no such subject.
    """

    unit: str
    by: str = ""
    waits_for: str = ""
    bounded_at_zero: bool = False
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class LotTerm:
    """A term that each lot carries for itself, such as a reset price; at a class of lots, the class's value."""

    unit: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A history of (value, day) entries, each price restated for the splits since its day."""

    history: str
    unit: str


@dataclass(frozen=True, slots=True)
class Holding:
    """How many of an asset the subject ``by`` has: a position, read as of the point.

    Without ``by``: what ``owner`` has; without both: what all persons have together.
    """

    asset: str
    by: str
    unit: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class HeldByDay:
    """What a holder has had of an asset from day to day: ((day, quantity), ...), each from the end of its day.

    Of the holder ``by`` names; of all persons together without it.
    """

    asset: str
    by: str
    unit: str


@dataclass(frozen=True, slots=True)
class ByClass:
    """The lots outstanding, grouped by the value of a lot term: ((class, quantity), ...).

    With ``by`` only those of one holder; all of them otherwise.
    """

    asset: str
    lot_term: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ByHolder:
    """What each holder has of an asset: ((holder, quantity), ...)."""

    asset: str
    unit: str


@dataclass(frozen=True, slots=True)
class ObservedOn:
    """The first available tier of observables on the day of the point; undetermined when none was observed.

    ``unless`` pairs an observable with the name of a figure: where that is true of the day, the tier says nothing and
    the next one is taken.
    """

    tiers: tuple[str, ...]
    unit: str
    unless: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedWindow:
    """The observations of the consecutive open days that end on the open day before the point.

    ``count`` and ``calendar`` are names. Each price quoted before a split is restated to the basis of the point.
    """

    tiers: tuple[str, ...]
    count: str
    calendar: str
    unit: str


@dataclass(frozen=True, slots=True)
class SumOver:
    """The sum of a figure over parts ((subject value, quantity), ...), each asked with its quantity given."""

    name: str
    parts: str
    subject: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class EachDay:
    """A price asked for each calendar day from one date to another, both included.

    Each day's price is restated for splits to the share basis of the point.
    """

    name: str
    first: str
    last: str
    unit: str


@dataclass(frozen=True, slots=True)
class EachPart:
    """A figure asked for each part ((subject value, day), ...), on the part's own day and as it stood that day.

    The answers stand in the order of the parts, each on the share basis of its day.
    """

    name: str
    parts: str
    subject: str
    unit: str


@dataclass(frozen=True, slots=True)
class DayOfPoint:
    """The date of the question itself."""


@dataclass(frozen=True, slots=True)
class Used:
    """A name of another instrument of the deal, asked there at the same point; ``bindings`` are that instrument's."""

    instrument: str
    unit: str
    bindings: Mapping[str, Binding] = field(repr=False, compare=False)


Binding: TypeAlias = (
    Formula | ByDate | ByReading | TermBinding | TermByReading | History | LotTerm | Restated | Holding
    | HeldByDay | ByClass | ByHolder | ObservedOn | ObservedWindow | SumOver | EachDay | EachPart | DayOfPoint | Used
)


@cache
def parameters(function: Function) -> tuple[str, ...]:
    """The names a formula asks for, in order."""
    return tuple(inspect.signature(function).parameters)


def functions_of(binding: Binding) -> tuple[Function, ...]:
    """Every function a name may be bound to."""
    match binding:
        case Formula(function=function):
            return (function,)
        case ByDate(steps=steps):
            return tuple(function for _, function in steps)
        case ByReading(alternatives=alternatives):
            return tuple(alternatives.values())
    return ()


def names_asked(binding: Binding) -> tuple[str, ...]:
    """Every name a binding may ask for, in any of its alternatives."""
    asked: dict[str, None] = {}
    for function in functions_of(binding):
        asked.update(dict.fromkeys(parameters(function)))
    match binding:
        case ByDate(steps=steps):
            asked.update(dict.fromkeys(start for start, _ in steps if start))
        case ObservedOn(unless=unless):
            asked.update({name: None for _, name in unless})
        case ObservedWindow(count=count, calendar=calendar):
            asked.update({count: None, calendar: None})
        case SumOver(name=name, parts=parts) | EachPart(name=name, parts=parts):
            asked.update({name: None, parts: None})
        case EachDay(name=name, first=first, last=last):
            asked.update({name: None, first: None, last: None})
        case Restated(history=history):
            asked[history] = None
        case History(otherwise=otherwise) if otherwise:
            asked[otherwise] = None
        case ByClass(lot_term=lot_term):
            asked[lot_term] = None
    return tuple(asked)


def unit_of(binding: Binding) -> str:
    """The unit of the result, as printed."""
    return getattr(binding, "unit", "")


def reading_of(binding: Binding) -> str:
    """The reading a binding turns on, or the empty text."""
    return getattr(binding, "reading", "")
