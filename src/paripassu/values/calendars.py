"""Calendars: which days are open, as pinned data with coverage.

A business day, a trading day and a day of the Commission are days of different calendars; an agreement says
which it means. A calendar is pure data: Saturdays and Sundays are closed, weekday closures are listed with
their reason, and a date outside its coverage is a Problem, never a guess.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from paripassu.values.dates import parse_date
from paripassu.values.problems import Place, Problem, ProblemKind

_WEEKEND = {5: "Saturday", 6: "Sunday"}
_HEADINGS = ("name", "first", "last")


@dataclass(frozen=True)
class Calendar:
    """The open days from ``first`` to ``last``, both included.

    ``closures`` maps each closed weekday to its reason; Saturdays and Sundays are always closed. Raises
    Problem UNREADABLE when a closure lies on a weekend or outside the coverage.
    """

    name: str
    first: date
    last: date
    closures: Mapping[date, str] = field(hash=False)
    _origin: int = field(init=False, repr=False, compare=False)
    _span: int = field(init=False, repr=False, compare=False)
    _open: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "closures", dict(self.closures))
        self._check()
        object.__setattr__(self, "_origin", self.first.toordinal())
        object.__setattr__(self, "_span", (self.last - self.first).days + 1)
        days = [self.first + timedelta(days=offset) for offset in range(self._span)]
        opened = [day.weekday() not in _WEEKEND and day not in self.closures for day in days]
        # _before[k] counts the open days before the k-th day of the coverage, so that every question about a
        # day is one look-up: a replay asks thousands of times.
        before = [0]
        for is_open in opened:
            before.append(before[-1] + is_open)
        object.__setattr__(self, "_open", tuple(day for day, ok in zip(days, opened, strict=True) if ok))
        object.__setattr__(self, "_before", tuple(before))

    def check_covered(self, day: date) -> None:
        """Raise Problem OUTSIDE_COVERAGE for a day that is not covered."""
        self._offset(day)

    def is_open(self, day: date) -> bool:
        """True when the day is open; a shortened session is open. Raises Problem OUTSIDE_COVERAGE."""
        offset = self._offset(day)
        return self._before[offset + 1] > self._before[offset]

    def closed_because(self, day: date) -> str | None:
        """Why the day is closed, or None when it is open. Raises Problem OUTSIDE_COVERAGE."""
        self._offset(day)
        return _WEEKEND.get(day.weekday()) or self.closures.get(day)

    def next_open(self, day: date) -> date:
        """The first open day strictly after the day. Raises Problem OUTSIDE_COVERAGE."""
        return self.add(day, 1)

    def previous_open(self, day: date) -> date:
        """The last open day strictly before the day. Raises Problem OUTSIDE_COVERAGE."""
        return self.add(day, -1)

    def add(self, day: date, n: int) -> date:
        """The n-th open day strictly after the day, which need not be open itself.

        A negative n counts the open days strictly before the day; zero gives the day itself, open or not.
        Raises Problem OUTSIDE_COVERAGE when the day or the result is not covered.
        """
        offset = self._offset(day)
        if n == 0:
            return day
        index = self._before[offset + 1] + n - 1 if n > 0 else self._before[offset] + n
        if not 0 <= index < len(self._open):
            side = "after" if n > 0 else "before"
            raise self._outside(f"open day number {abs(n)} {side} {day}")
        return self._open[index]

    def window(self, count: int, before: date) -> tuple[date, ...]:
        """The ``count`` consecutive open days, oldest first, ending on the last one strictly before a date.

        Raises Problem OUTSIDE_COVERAGE when the date or the oldest day is not covered, BAD_NUMBER when the
        count is not positive.
        """
        if count < 1:
            raise Problem(
                ProblemKind.BAD_NUMBER,
                f"a window of {count} days is empty",
                "give a whole number of days, at least 1",
            )
        end = self._before[self._offset(before)]
        if end < count:
            raise self._outside(f"the window of {count} open days before {before}")
        return self._open[end - count : end]

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The open days from first to last, both included; none when last is earlier than first.

        Raises Problem OUTSIDE_COVERAGE.
        """
        return self._open[self._before[self._offset(first)] : self._before[self._offset(last) + 1]]

    def count(self, first: date, last: date) -> int:
        """How many open days there are from first to last, both included.

        Zero when last is earlier than first. Raises Problem OUTSIDE_COVERAGE.
        """
        return max(0, self._before[self._offset(last) + 1] - self._before[self._offset(first)])

    def _offset(self, day: date) -> int:
        offset = day.toordinal() - self._origin
        if not 0 <= offset < self._span:
            raise self._outside(str(day))
        return offset

    def _outside(self, what: str) -> Problem:
        return Problem(
            ProblemKind.OUTSIDE_COVERAGE,
            f"{what} is outside the calendar {self.name}, which covers {self.first} to {self.last}",
            "use a date inside the coverage or give the market a calendar that covers it",
        )

    def _check(self) -> None:
        if self.last < self.first:
            raise _unreadable(self.name, f"its coverage ends {self.last} before it begins {self.first}")
        for day in self.closures:
            if not self.first <= day <= self.last:
                raise _unreadable(self.name, f"the closure {day} is outside its coverage")
            if day.weekday() in _WEEKEND:
                raise _unreadable(self.name, f"the closure {day} is a {_WEEKEND[day.weekday()]}")


@dataclass(frozen=True)
class Calendars:
    """The calendars of a market, by name."""

    by_name: Mapping[str, Calendar] = field(hash=False)

    def get(self, name: str) -> Calendar:
        """The calendar of that name. Raises Problem UNKNOWN_NAME with the names there are."""
        try:
            return self.by_name[name]
        except KeyError:
            known = ", ".join(sorted(self.by_name)) or "none"
            raise Problem(
                ProblemKind.UNKNOWN_NAME,
                f"there is no calendar {name!r}",
                f"use one of the calendars of the market: {known}",
            ) from None

    def names(self) -> tuple[str, ...]:
        """The names, in alphabetical order."""
        return tuple(sorted(self.by_name))


def calendars_of(calendars: Iterable[Calendar]) -> Calendars:
    """The set of the calendars given. Raises Problem DUPLICATE when two have the same name."""
    by_name: dict[str, Calendar] = {}
    for calendar in calendars:
        if calendar.name in by_name:
            raise _twice(f"the calendar {calendar.name}")
        by_name[calendar.name] = calendar
    return Calendars(by_name)


def calendar_from_rows(name: str, first: date, last: date, rows: Iterable[tuple[str, str]]) -> Calendar:
    """A calendar from (date as YYYY-MM-DD, reason) pairs, one for each closed weekday.

    Raises Problem BAD_DATE for text that is not a date, DUPLICATE for a date given twice, UNREADABLE for a
    closure without a reason, on a weekend or outside the coverage.
    """
    closures: dict[date, str] = {}
    for text, reason in rows:
        day = parse_date(text)
        if day in closures:
            raise _twice(f"the closure {day} of the calendar {name}")
        if not reason.strip():
            raise _unreadable(name, f"the closure {day} has no reason")
        closures[day] = reason.strip()
    return Calendar(name, first, last, closures)


def calendar_from_text(text: str, source: str) -> Calendar:
    """A calendar from the text of a pinned table.

    The table begins with comment lines, of which ``# name:``, ``# first:`` and ``# last:`` are required; then
    comes the line ``date,reason`` and one line for each closed weekday. Raises the Problems of
    ``calendar_from_rows``, MISSING_KEY for a heading that is absent and UNREADABLE for a line of another
    shape, all naming the source.
    """
    lines = text.splitlines()
    try:
        headings = _headings(line for line in lines if line.startswith("#"))
        rows = _rows(line for line in lines if line and not line.startswith("#"))
        first, last = parse_date(headings["first"]), parse_date(headings["last"])
        return calendar_from_rows(headings["name"], first, last, rows)
    except Problem as problem:
        raise problem.at(Place(source)) from None


def _headings(comments: Iterable[str]) -> dict[str, str]:
    headings: dict[str, str] = {}
    for comment in comments:
        key, colon, value = comment[1:].partition(":")
        if colon and key.strip() in _HEADINGS:
            headings[key.strip()] = value.strip()
    for key in _HEADINGS:
        if not headings.get(key):
            raise Problem(
                ProblemKind.MISSING_KEY,
                f"the calendar has no line '# {key}:'",
                "add it to the comment lines at the top",
            )
    return headings


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    table = csv.reader(lines)
    if next(table, None) != ["date", "reason"]:
        raise _unreadable("", "the first line after the comments is not 'date,reason'")
    for cells in table:
        if len(cells) != 2:
            raise _unreadable("", f"the line {','.join(cells)!r} is not a date and a reason")
        yield cells[0], cells[1]


def _unreadable(name: str, what: str) -> Problem:
    subject = f"the calendar {name}" if name else "the calendar"
    return Problem(
        ProblemKind.UNREADABLE,
        f"{subject} is not in order: {what}",
        "list weekdays inside the coverage, each with its reason",
    )


def _twice(what: str) -> Problem:
    return Problem(ProblemKind.DUPLICATE, f"{what} is given twice", "keep one of the two")
