"""Bids read otherwise: another window, a convention of reading them, or one bid that gives their number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paripassu.asking import Names
from paripassu.reconciling.question import Printed, Try, World, asking, result, under
from paripassu.values.arithmetic import ratio, rational, whole_down, whole_nearest, whole_up
from paripassu.values.bindings import ObservedOn, ObservedWindow, Used
from paripassu.values.calendars import Calendar
from paripassu.values.printing import number
from paripassu.values.undetermined import determined

WINDOWS_AROUND = 5
"""Trading days by which a window of bids is moved either way."""
TICKS = (1, 2, 4, 8, 16, 32, 64, 100, 1000, 10**4, 10**6, 10**8)
"""Parts of a dollar in which a bid that gives their number is sought, coarsest first."""


@dataclass(frozen=True)
class _Window:
    """The bids a figure reads: their name, days and values on the share basis of the question, None where missing."""

    name: str
    days: tuple[date, ...]
    quoted: tuple[Any, ...]
    ratios: tuple[Any, ...]
    single: bool

    def given(self, quoted: Sequence[Any]) -> dict[str, Any]:
        """These quotes in place of those observed, restated as those were."""
        values = tuple(quote * share for quote, share in zip(quoted, self.ratios, strict=True))
        return {self.name: values[0] if self.single else values}


def bids_otherwise(world: World, names: Names, theirs: Printed) -> Iterator[Try]:
    """Every other way to read the bids that a figure reads."""
    for name, binding in under(names, world.name).items():
        if isinstance(binding, ObservedWindow | ObservedOn):
            owner = _owner(names, name)
            asked = world.on or world.as_of
            calendar = _calendar(world, owner, binding, asked)
            window = _window(world, owner, name, binding, asked)
            yield from _moved(world, names, name, binding, calendar, window)
            known = [quote for quote in window.quoted if quote is not None]
            if len(known) == len(window.quoted):
                yield from _conventions(world, names, window)
            if len(known) >= len(window.quoted) - 1:
                yield from _single_bids(world, names, window, theirs)


def _owner(names: Names, name: str) -> Names:
    binding = names.instrument.bindings.get(name)
    if isinstance(binding, Used):
        return names.together[binding.instrument]
    if binding is None:
        return next(one for one in names.together.values() if name in one.instrument.bindings)
    return names


def _calendar(world: World, names: Names, binding: ObservedWindow | ObservedOn, day: date) -> Calendar:
    if isinstance(binding, ObservedOn):
        return world.market.calendars.get("us-exchange")
    found: Calendar = names.evaluator(binding.calendar)(names.point(day, None, world.at))
    return found


def _window(
    world: World, names: Names, name: str, binding: ObservedWindow | ObservedOn, day: date
) -> _Window:
    """The quotes behind a window at a day, each with what it is multiplied by for splits since."""
    point = names.point(day, dict(world.given), world.at)
    if isinstance(binding, ObservedOn):
        days: tuple[date, ...] = (day,)
        ratios: tuple[Any, ...] = (1,)
    else:
        days = tuple(_calendar(world, names, binding, day).window(int(names.evaluator(binding.count)(point)), day))
        ratios = tuple(names.split_ratio(one, point) for one in days)
    found = [world.market.first_available(binding.tiers, one) for one in days]
    return _Window(name, days, tuple(one and one[0] for one in found), ratios, isinstance(binding, ObservedOn))


def _moved(
    world: World, names: Names, name: str, binding: ObservedWindow | ObservedOn, calendar: Calendar, window: _Window
) -> Iterator[Try]:
    """The bids of another day's window, everything else as it is."""
    asked = world.on or world.as_of
    for step in (1, -1):
        day = asked
        for count in range(1, WINDOWS_AROUND + 1):
            day = calendar.next_open(day) if step > 0 else calendar.previous_open(day)
            other = _window(world, _owner(names, name), name, binding, day)
            if None not in other.quoted and len(other.quoted) == len(window.quoted):
                words = f"{count} trading day{'s' if count > 1 else ''} {'later' if step > 0 else 'earlier'}"
                span = str(other.days[0]) if window.single else f"{other.days[0]} to {other.days[-1]}"
                says = f"the bids of {span}, {words}"
                given = other.given(other.quoted)
                yield Try("window", result(says, asking(world, names, world.on, given), count))


def _conventions(world: World, names: Names, window: _Window) -> Iterator[Try]:
    """All bids, or one, read as a decimal of so many places; and bids as they were quoted before a split."""
    for places in (2, 3, 4):
        for words, rounded in (("rounded", whole_nearest), ("cut off", whole_down)):
            read = [ratio(rounded(rational(quote) * 10**places), 10**places) for quote in window.quoted]
            how = f"{words} to {places} decimals"
            yield Try("bids", result(f"every bid {how}", asking(world, names, world.on, window.given(read))))
            for place, day in enumerate(window.days):
                if read[place] != window.quoted[place]:
                    one = [*window.quoted[:place], read[place], *window.quoted[place + 1 :]]
                    says = f"the bid of {day} {how}: {number(read[place], 'usd per share')}"
                    yield Try("bids", result(says, asking(world, names, world.on, window.given(one)), 1))
    if any(share != 1 for share in window.ratios):
        as_quoted = replace(window, ratios=(1,) * len(window.ratios)).given(window.quoted)
        says = "the bids as quoted on their days, not restated for the split"
        yield Try("bids", result(says, asking(world, names, world.on, as_quoted)))


def _single_bids(world: World, names: Names, window: _Window, theirs: Printed) -> Iterator[Try]:
    """For each day of the window the bid that gives their number, where one does."""
    if isinstance(theirs.value, date):
        return
    for place, day in enumerate(window.days):
        if None not in window.quoted or window.quoted[place] is None:
            yield Try("one bid", _solving(world, names, window, place, day, theirs))


def _solving(
    world: World, names: Names, window: _Window, place: int, day: date, theirs: Printed
) -> Callable[[], tuple[str, Any, Any] | None]:
    def figure(quote: Any) -> Any:
        quoted = [*window.quoted[:place], quote, *window.quoted[place + 1 :]]
        return world.asked(names, world.on, window.given(quoted))

    def compute() -> tuple[str, Any, Any] | None:
        recorded = window.quoted[place]
        quote = bid_giving(figure, theirs, recorded)
        if quote is None:
            return None
        was = f", not {number(recorded, 'usd per share')}" if recorded is not None else ", where none is known"
        says = f"a bid of {number(quote, 'usd per share')} on {day}{was}"
        return says, figure(quote), abs(quote - recorded) / recorded if recorded is not None else 0

    return compute


def bid_giving(figure: Callable[[Any], Any], theirs: Printed, recorded: Any) -> Any:
    """The simplest bid near the one recorded under which a figure is theirs; None where no bid gives it.

    A figure rises or falls with a single bid throughout, so the bids that give it are one span, found by halving.
    """
    low, high = ratio(1, 1024), 16 * (recorded if recorded is not None else ratio(64))
    sides = [_side(figure(end), theirs) for end in (low, high)]
    if sides[0] == sides[1] or None in sides:
        return None
    rising = sides[0] < sides[1]
    first = _edge(figure, theirs, low, high, rising, 0)
    last = _edge(figure, theirs, low, high, rising, 1)
    return _simplest(figure, theirs, first, last, recorded if recorded is not None else (first + last) / 2)


def _side(value: Any, theirs: Printed) -> Any:
    """-1 where a value is below theirs, 1 above it, 0 where it is theirs; None where it cannot be said."""
    if not determined(value) or isinstance(value, bool | date | tuple):
        return None
    return 0 if theirs.match(value) else (value > theirs.value) - (value < theirs.value)


def _edge(figure: Callable[[Any], Any], theirs: Printed, low: Any, high: Any, rising: bool, end: int) -> Any:
    """Where the bids that give theirs begin (``end`` 0) or stop (1), to a hundred-millionth of a dollar."""
    while high - low > ratio(1, 10**8):
        middle = (low + high) / 2
        side = _side(figure(middle), theirs)
        side = side if rising else -side
        if side < 0 or (side == 0 and end):
            low = middle
        else:
            high = middle
    return high if end == 0 else low


def _simplest(figure: Callable[[Any], Any], theirs: Printed, first: Any, last: Any, near: Any) -> Any:
    """The bid of the coarsest tick in a span that gives theirs, of several the one nearest to a bid."""
    for parts in TICKS:
        least, most = whole_up(first * parts), whole_down(last * parts)
        if least <= most:
            quote = ratio(min(max(whole_nearest(near * parts), least), most), parts)
            if theirs.match(figure(quote)):
                return quote
    return None
