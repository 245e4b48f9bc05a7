"""The question put to theirs: their number as printed, and everything ours rests on, one change of it at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Agreement
from paripassu.asking import Names
from paripassu.replay import Replayed, replay
from paripassu.values.arithmetic import Rational, rational
from paripassu.values.bindings import Binding, Used, names_asked
from paripassu.values.dates import parse_date
from paripassu.values.facts import Fact
from paripassu.values.market import Market
from paripassu.values.printing import fixed
from paripassu.values.problems import Problem


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as somebody prints it: its value and the decimal places shown, None for a fraction or a date."""

    text: str
    value: Any
    places: int | None

    def match(self, value: Any) -> str:
        """Whether a value is this one: exact, as printed, or not (the empty text)."""
        if isinstance(value, bool) or not isinstance(value, int | Rational | date):
            return ""
        if isinstance(value, date) or isinstance(self.value, date):
            return "exact" if value == self.value else ""
        if value == self.value:
            return "exact"
        if self.places is not None and rational(fixed(rational(value), self.places)) == self.value:
            return "as printed"
        return ""

    def distance(self, value: Any) -> Any:
        """How far a value is from this one; dates by days; None where they cannot be compared."""
        if isinstance(value, date) and isinstance(self.value, date):
            return abs((value - self.value).days)
        if isinstance(value, bool | date) or isinstance(self.value, date) or not isinstance(value, int | Rational):
            return None
        return abs(value - self.value)


def printed(text: str) -> Printed:
    """Read a number as it is printed: 1,677,067 or $4.7081 or 4 27/32, or a date.

    Raises Problem BAD_NUMBER for anything else.
    """
    bare = text.strip().replace(",", "").removeprefix("$").removesuffix("…")
    try:
        return Printed(text, parse_date(bare), None)
    except Problem:
        value = rational(bare)
    return Printed(text, value, None if "/" in bare else len(bare.partition(".")[2]))


@dataclass(frozen=True)
class World:
    """What a figure is asked of: the deal, what happened, the market, the dates, and the question itself."""

    agreement: Agreement
    facts: tuple[Fact, ...]
    market: Market
    as_of: date
    known_at: date | None
    instrument: str
    name: str
    at: Mapping[str, Any]
    given: Mapping[str, Any]
    on: date | None = None

    def replayed(self) -> Replayed:
        """The deal carried out."""
        return replay(self.agreement, self.facts, self.market, self.as_of, self.known_at)

    def answer(self) -> Any:
        """The figure."""
        return self.asked(self.replayed().names[self.instrument], self.on, {})

    def asked(self, names: Names, on: date | None, given: Mapping[str, Any]) -> Any:
        """The figure on a date, with more given."""
        return names(self.name, on=on, given={**self.given, **given}, **self.at)


@dataclass(frozen=True, slots=True)
class Try:
    """One change: its kind, and what computes (words, figure, size of the change), or None where it has none."""

    kind: str
    compute: Callable[[], tuple[str, Any, Any] | None]


def result(says: str, ask: Callable[[], Any], size: Any = 0) -> Callable[[], tuple[str, Any, Any]]:
    """What computes a change that is known in words before it is tried."""
    return lambda: (says, ask(), size)


def asking(world: World, names: Names, on: date | None, given: Mapping[str, Any]) -> Callable[[], Any]:
    """What asks the figure of names as replayed, on a date and with more given."""
    return lambda: world.asked(names, on, given)


def under(names: Names, name: str) -> dict[str, Binding]:
    """Every name a figure may ask for, in any of its alternatives, with its binding."""
    found: dict[str, Binding] = {}
    waiting = [(name, names.instrument.bindings)]
    while waiting:
        asked, bindings = waiting.pop()
        binding = bindings.get(asked)
        if binding is None or asked in found:
            continue
        if isinstance(binding, Used):
            waiting.append((asked, binding.bindings))
            continue
        found[asked] = binding
        waiting.extend((one, bindings) for one in names_asked(binding))
    return dict(sorted(found.items()))
