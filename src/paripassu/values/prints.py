"""Trade prints: what traded on one market on one day, and the average price weighted by volume.

A print that does not count (cancelled, outside the session, larger than the limit) is left out by name and counted;
one that cannot be true (no size, a price of nothing, a time before the print above it) is a Problem naming its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from paripassu.values.arithmetic import ZERO, Rational, rational, whole_down
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import Unlimited

ZONE = "America/New_York"
"""The clock of the markets whose prints are read: the day of a print and the session are of this zone."""
NANOSECONDS = 10**9
REGULAR, CANCELLED, LATE = "regular", "cancelled", "late"
CONDITIONS = {
    REGULAR: "a trade reported in its turn",
    CANCELLED: "a trade taken back: never counted, always reported",
    LATE: "a trade reported out of its turn, with the time at which it was made",
}
"""What may be said of a print; nothing said is regular."""
COLUMNS = ("time", "price", "size", "condition")

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class Averaged(NamedTuple):
    """An average price with the volume it rests on and what was left out, in words."""

    price: Rational | None
    prints: int
    shares: int
    left_out: tuple[str, ...]

    @property
    def words(self) -> str:
        """How many prints count, and which were left out and why."""
        return f"counted: {self.prints:,} ({self.shares:,} shares); left out: {', '.join(self.left_out) or 'none'}"


@dataclass(frozen=True, eq=False)
class Tape:
    """The prints of one market on one day, in order of report, column by column.

    Of each print: the nanosecond of its day in the market's zone, which of the ``prices`` it was made at (dollars a
    share, each kept once), its shares, and what is said of it. ``opens`` and ``closes`` are seconds of the day where
    the market announced other hours for it, else None.
    """

    day: date
    times: Sequence[int]
    prices: Sequence[Rational]
    made_at: Sequence[int]
    sizes: Sequence[int]
    conditions: Sequence[str]
    on_exchange: bool
    opens: int | None = None
    closes: int | None = None

    @property
    def name(self) -> str:
        """How many prints there are, of which day; their unit, a share, is printed behind it."""
        return f"{len(self.times):,} prints of {self.day} in dollars"

    def __str__(self) -> str:
        """The text form, from which ``tape_from_text`` makes the same tape."""
        hours = "-".join("" if end is None else f"{end // 3600:02d}:{end // 60 % 60:02d}"
                         for end in (self.opens, self.closes))
        prices = [f"{price.numerator}:{price.denominator}" for price in self.prices]
        rows = zip(self.times, self.made_at, self.sizes, self.conditions, strict=True)
        return ";".join([hours, *(f"{time}/{prices[at]}/{size}" + ("" if said == REGULAR else f"/{said}")
                                  for time, at, size, said in rows)])

    def average(self, size_limit: Any, opens: int, closes: int) -> Averaged:
        """Dollars times shares over shares, of prints from ``opens`` to ``closes``, both seconds included.

        A print of more than ``size_limit`` shares is left out, one of exactly so many counts. The hours announced for
        the day stand for those given. Without a print that counts the price is None.
        """
        first = (opens if self.opens is None else self.opens) * NANOSECONDS
        last = (closes if self.closes is None else self.closes) * NANOSECONDS
        most = max(self.sizes) if isinstance(size_limit, Unlimited) else whole_down(size_limit)
        volumes = [0] * len(self.prices)
        left: dict[str, list[int]] = {}
        counted = 0
        for time, at, size, said in zip(self.times, self.made_at, self.sizes, self.conditions, strict=True):
            if said == CANCELLED:
                left.setdefault("cancelled", []).append(size)
            elif time < first or time > last:
                left.setdefault("outside the session", []).append(size)
            elif size > most:
                left.setdefault("larger than the limit", []).append(size)
            else:
                volumes[at] += size
                counted += 1
        shares = sum(volumes)
        dollars = sum((price * volume for price, volume in zip(self.prices, volumes, strict=True)), ZERO)
        out = tuple(f"{len(sizes)} {why} ({sum(sizes):,} shares)" for why, sizes in sorted(left.items()))
        return Averaged(dollars / shares if shares else None, counted, shares, out)

    def report(self) -> tuple[str, ...]:
        """What is said of the prints beside price and size: how many were cancelled and how many came late."""
        counts = ((self.conditions.count(said), said) for said in (CANCELLED, LATE))
        return tuple(f"{count} {said}" for count, said in counts if count)


def tape_from_text(day: date, text: str, *, on_exchange: bool) -> Tape:
    """The tape whose text form this is; raises Problem UNREADABLE."""
    try:
        hours, *rows = text.split(";")
        opens, closes = (clock_second(one) if one else None for one in hours.split("-"))
        cells = [_print_from(row.split("/")) for row in rows or [""]]
        times, texts, sizes, said = zip(*cells, strict=True)
        prices = {one: _price_from(one) for one in dict.fromkeys(texts)}
    except (ValueError, Problem):
        raise Problem(
            ProblemKind.UNREADABLE, f"the prints of {day} are not in the form in which they are kept",
            "adopt them again with --prints FILE",
        ) from None
    at = {one: number for number, one in enumerate(prices)}
    return Tape(
        day, times, tuple(prices.values()), tuple(at[one] for one in texts), sizes, said, on_exchange, opens, closes
    )


def _print_from(parts: list[str]) -> tuple[int, str, int, str]:
    time, price, size, said = (*parts, REGULAR)[:4]
    if said not in CONDITIONS or int(size) <= 0:
        raise ValueError
    return int(time), price, int(size), said


def _price_from(text: str) -> Rational:
    numerator, denominator = text.split(":")
    if int(numerator) <= 0:
        raise ValueError
    return rational(f"{numerator}/{denominator}")


def clock_second(text: str) -> int:
    """The second of the day of a time in hours and minutes; raises Problem BAD_DATE."""
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise Problem(ProblemKind.BAD_DATE, f"{text!r} is not a time of day", "write hours and minutes, such as 13:00")
    return int(match[1]) * 3600 + int(match[2]) * 60
