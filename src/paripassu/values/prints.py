"""Trade prints: what traded on one market on one day, and the average price weighted by volume.

A print that does not count (cancelled, outside the session, larger than the limit) is left out by name and counted;
one that cannot be true (no size, a price of nothing, a time before the print above it) is a Problem naming its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from paripassu.values.arithmetic import ZERO, Rational, rational, whole_down
from paripassu.values.dates import parse_instant
from paripassu.values.problems import Place, Problem, ProblemKind
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

_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}):([0-5][0-9])(?:\.([0-9]{1,9}))?(.*)")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class Print(NamedTuple):
    """One trade: nanosecond of its day in the market's zone, dollars a share, shares, and what is said of it."""

    time: int
    price: Rational
    size: int
    condition: str


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
    """The prints of one market on one day, in order of report.

    ``opens`` and ``closes`` are seconds of the day where the market announced other hours for it, else None.
    """

    day: date
    prints: tuple[Print, ...]
    on_exchange: bool
    opens: int | None = None
    closes: int | None = None

    @property
    def name(self) -> str:
        """How many prints there are, of which day; their unit, a share, is printed behind it."""
        return f"{len(self.prints):,} prints of {self.day} in dollars"

    def __str__(self) -> str:
        """The text form, from which ``tape_from_text`` makes the same tape."""
        hours = "-".join("" if end is None else f"{end // 3600:02d}:{end // 60 % 60:02d}"
                         for end in (self.opens, self.closes))
        return ";".join([hours, *(_print_text(one) for one in self.prints)])

    def average(self, size_limit: Any, opens: int, closes: int) -> Averaged:
        """Dollars times shares over shares, of prints from ``opens`` to ``closes``, both seconds included.

        A print of more than ``size_limit`` shares is left out, one of exactly so many counts. The hours announced for
        the day stand for those given. Without a print that counts the price is None.
        """
        first = (opens if self.opens is None else self.opens) * NANOSECONDS
        last = (closes if self.closes is None else self.closes) * NANOSECONDS
        most = None if isinstance(size_limit, Unlimited) else whole_down(size_limit)
        volume: dict[Rational, int] = {}
        left: dict[str, list[int]] = {}
        counted = 0
        for time, price, size, condition in self.prints:
            if condition == CANCELLED:
                left.setdefault("cancelled", []).append(size)
            elif time < first or time > last:
                left.setdefault("outside the session", []).append(size)
            elif most is not None and size > most:
                left.setdefault("larger than the limit", []).append(size)
            else:
                volume[price] = volume.get(price, 0) + size
                counted += 1
        shares = sum(volume.values())
        dollars = sum((price * size for price, size in volume.items()), ZERO)
        out = tuple(f"{len(sizes)} {why} ({sum(sizes):,} shares)" for why, sizes in sorted(left.items()))
        return Averaged(dollars / shares if shares else None, counted, shares, out)

    def report(self) -> tuple[str, ...]:
        """What is said of the prints beside price and size: how many were cancelled and how many came late."""
        said = [one.condition for one in self.prints]
        return tuple(f"{said.count(one)} {one}" for one in (CANCELLED, LATE) if one in said)


def _print_text(one: Print) -> str:
    said = "" if one.condition == REGULAR else f"/{one.condition}"
    return f"{one.time}/{one.price.numerator}:{one.price.denominator}/{one.size}{said}"


def tape_from_text(day: date, text: str, *, on_exchange: bool) -> Tape:
    """The tape whose text form this is; raises Problem UNREADABLE."""
    try:
        hours, *rows = text.split(";")
        opens, closes = (_second(one) if one else None for one in hours.split("-"))
        prints = tuple(_print_from(row.split("/")) for row in rows or [""])
    except (ValueError, Problem):
        raise Problem(
            ProblemKind.UNREADABLE, f"the prints of {day} are not in the form in which they are kept",
            "adopt them again with --prints FILE",
        ) from None
    return Tape(day, prints, on_exchange, opens, closes)


def _print_from(parts: list[str]) -> Print:
    time, price, size, condition = (*parts, REGULAR)[:4]
    numerator, denominator = price.split(":")
    if condition not in CONDITIONS or int(size) <= 0 or int(numerator) <= 0:
        raise ValueError
    return Print(int(time), rational(f"{numerator}/{denominator}"), int(size), condition)


def _second(text: str) -> int:
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise Problem(ProblemKind.BAD_DATE, f"{text!r} is not a time of day", "write hours and minutes, such as 13:00")
    return int(match[1]) * 3600 + int(match[2]) * 60


class _Reading:
    """One pass over the rows of a file; texts that come again and again are read once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.minutes: dict[tuple[str, str], tuple[date, int]] = {}
        self.times: dict[str, tuple[date, int]] = {}
        self.prices: dict[str, Rational] = {}
        self.sizes: dict[str, int] = {}
        self.said: dict[str, str] = {}
        self.days: dict[date, list[Print]] = {}
        self.begins: dict[date, int] = {}

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> None:
        """Sort every print into its day; raises Problem with the line of a print that cannot be true."""
        line, above, latest, day = 0, 0, 0, date.min
        day_of: list[Print] = []
        try:
            for line, (stamp, price, size, condition) in rows:
                on, time = self.times.get(stamp) or self._time(stamp)
                if on is not day and on != day:
                    day, day_of, above, latest = on, self._begun(on, line), 0, 0
                said = self.said.get(condition) or self._condition(condition)
                if said is not LATE:
                    if time < latest:
                        raise _out_of_turn(above)
                    above, latest = line, time
                day_of.append(Print(time, self.prices.get(price) or self._price(price),
                                    self.sizes.get(size) or self._size(size), said))
        except Problem as problem:
            raise problem.at(Place(self.source, line)) from None

    def _begun(self, day: date, line: int) -> list[Print]:
        if day in self.days:
            raise Problem(
                ProblemKind.AMBIGUOUS_ORDER, f"prints of {day} come after those of another day",
                "put the prints of a day together, in order of time",
            )
        self.begins[day] = line
        return self.days.setdefault(day, [])

    def _time(self, stamp: str) -> tuple[date, int]:
        match = _STAMP.fullmatch(stamp)
        if match is None:
            raise Problem(
                ProblemKind.BAD_DATE, f"{stamp!r} is not the time of a print",
                "write date, time to the second or finer, and zone, such as 2005-12-19 09:30:00 America/New_York",
            )
        minute, second, fraction, zone = match.groups()
        found = self.minutes.get((minute, zone))
        if found is None:
            local = parse_instant(f"{minute}:00{zone}").local(ZONE)
            found = self.minutes[minute, zone] = (local.date(), local.hour * 3600 + local.minute * 60)
        time = (found[1] + int(second)) * NANOSECONDS + int((fraction or "").ljust(9, "0"))
        return self.times.setdefault(stamp, (found[0], time))

    def _price(self, text: str) -> Rational:
        value = rational(text)
        if value <= 0:
            raise Problem(ProblemKind.BAD_NUMBER, f"a print at {text}", "give a price above zero")
        return self.prices.setdefault(text, value)

    def _size(self, text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > 15 or int(text) == 0:
            raise Problem(ProblemKind.BAD_NUMBER, f"a print of {text or 'no'} shares", "give a whole number above zero")
        return self.sizes.setdefault(text, int(text))

    def _condition(self, text: str) -> str:
        said = next((one for one in CONDITIONS if one == (text or REGULAR)), None)
        if said is None:
            raise Problem(
                ProblemKind.UNKNOWN_NAME, f"{text!r} is not a condition of a print", "use " + ", ".join(CONDITIONS)
            )
        return self.said.setdefault(text, said)


def _out_of_turn(above: int) -> Problem:
    return Problem(
        ProblemKind.AMBIGUOUS_ORDER, f"the print is earlier than that of line {above}",
        f"correct its time, or say in its condition that it was reported {LATE}",
    )


def tapes_of(
    rows: Iterable[tuple[int, list[str]]], source: str, *, on_exchange: bool, headings: Mapping[str, str]
) -> list[tuple[int, Tape]]:
    """A tape for each day of the rows, with the line of its first; rows are (line, [time, price, size, condition]).

    ``headings`` may give ``opens`` and ``closes``, hours that the market announced. Raises Problem BAD_DATE,
    BAD_NUMBER, UNKNOWN_NAME or AMBIGUOUS_ORDER with the line, MISSING_KEY where there is no print.
    """
    reading = _Reading(source)
    reading.read(rows)
    if not reading.days:
        raise Problem(ProblemKind.MISSING_KEY, "the file has no print", "give one row for each trade", Place(source))
    try:
        opens, closes = (_second(headings[end]) if end in headings else None for end in ("opens", "closes"))
    except Problem as problem:
        raise problem.at(Place(source)) from None
    return [
        (reading.begins[day], Tape(day, tuple(prints), on_exchange, opens, closes))
        for day, prints in sorted(reading.days.items())
    ]
