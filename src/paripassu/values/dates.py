"""Dates and instants: strict parsing, time zones, and the counting conventions by name.

A date is a legal fact, so each way of counting days is a function whose docstring says which ends it
includes. None of them moves a result off a weekend or holiday: no text of the agreements does (specification
C-3, CV-1).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from paripassu.values.problems import Problem, ProblemKind

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})")
_ZONE_NAME = re.compile(r"UTC|[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)+")
_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<time>[0-9]{2}:[0-9]{2}(:[0-9]{2})?)"
    r"( (?P<name>\S+)|(?P<offset>Z|[+-][0-9]{2}:[0-9]{2}))?"
)
_INSTANT_REMEDY = "write it as 1999-08-06 23:58:59 America/New_York or 1999-08-06T23:58:59-04:00"


@dataclass(frozen=True, order=True)
class Instant:
    """A moment of the time line, with the zone it was written in.

    Two instants are equal, and ordered, by Coordinated Universal Time alone; ``zone`` (a name of the tz
    database such as ``America/New_York``, or an offset such as ``-04:00``) says how it was written and how it
    prints.
    """

    utc: datetime
    zone: str = field(compare=False)

    def __post_init__(self) -> None:
        assert self.utc.tzinfo is UTC, "an instant is kept in UTC"
        assert self.utc.microsecond == 0, "an instant is kept in whole seconds"

    def local(self, zone_name: str) -> datetime:
        """The clock and date in a zone. Raises Problem BAD_DATE for a zone that does not exist."""
        return self.utc.astimezone(_zone(zone_name))

    def date_in(self, zone_name: str) -> date:
        """The calendar date in a zone. Raises Problem BAD_DATE for a zone that does not exist."""
        return self.local(zone_name).date()

    def __str__(self) -> str:
        """Text that ``parse_instant`` reads back to the same instant.

        The zone is the same too, unless its clock shows this reading twice (the hour repeated in autumn):
        then the offset is printed instead.
        """
        clock = self.local(self.zone)
        plain = clock.replace(tzinfo=None)
        if _OFFSET.fullmatch(self.zone) or len(_readings(plain, _zone(self.zone))) > 1:
            return clock.isoformat()
        return f"{plain.isoformat(sep=' ')} {self.zone}"


def parse_date(text: str) -> date:
    """The date written as YYYY-MM-DD and in no other way. Raises Problem BAD_DATE."""
    try:
        if isinstance(text, str) and _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _bad(f"{text!r} is not a date", "write it as YYYY-MM-DD, such as 1999-08-06")


def parse_instant(text: str) -> Instant:
    """The instant written as a date, a time of day and a zone or an offset; seconds may be left out.

    Forms: ``1999-08-06 23:58:59 America/New_York`` and ``1999-08-06T23:58:59-04:00`` (``Z`` for UTC). Raises
    Problem BAD_DATE when there is no zone or offset, when the zone does not exist (abbreviations such as EST
    are not zones), when the clock of the zone skips the time (spring) or shows it twice (autumn; write the
    offset instead).
    """
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise _bad(f"{text!r} is not an instant", _INSTANT_REMEDY)
    try:
        clock = datetime.fromisoformat(f"{match['day']} {match['time']}")
    except ValueError:
        raise _bad(f"{text!r} is not an instant", _INSTANT_REMEDY) from None
    zone = match["name"] or match["offset"]
    if zone is None:
        raise _bad(f"{text!r} has no time zone", _INSTANT_REMEDY)
    if zone == "Z":
        zone = "+00:00"
    return Instant(_at(clock, zone, text), zone)


def check_zone(name: str) -> str:
    """The name of a time zone or an offset, as given; raises Problem BAD_DATE where there is none of that name."""
    _zone(name)
    return name


def instant_at(day: date, second: int, zone: str) -> Instant:
    """The instant at which the clock of a zone shows a second of a day.

    Raises Problem BAD_DATE where the zone does not exist, or its clock skips or repeats that second.
    """
    reading = datetime(day.year, day.month, day.day) + timedelta(seconds=second)
    return parse_instant(f"{reading.isoformat(sep=' ')} {zone}")


def instant_of(moment: datetime, zone: str) -> Instant:
    """The instant of a clock reading that knows its zone, from now on shown in ``zone``.

    A fraction of a second is dropped. Raises Problem BAD_DATE when the reading is without a zone or ``zone``
    does not exist.
    """
    if moment.tzinfo is None:
        raise _bad(f"{moment} has no time zone", _INSTANT_REMEDY)
    _zone(zone)
    return Instant(moment.astimezone(UTC).replace(microsecond=0), zone)


def days_after(day: date, n: int) -> date:
    """The last day "within n days of", "n days after" or "following" a day.

    That day is excluded, the n-th after it included to its end (specification C-3, CV-1). Zero gives the day
    itself. Raises Problem BAD_NUMBER for a negative n.
    """
    return _shift(day, _count(n))


def latest_day_before(day: date, n: int) -> date:
    """The last day that is "no later than n days before" a day: n days earlier, itself included (C-3).

    Raises Problem BAD_NUMBER for a negative n.
    """
    return _shift(day, -_count(n))


def latest_day_prior_to_nth_after(day: date, n: int) -> date:
    """The last day "prior to the n-th day after" a day: n - 1 days after it (C-3).

    The n-th day itself is too late. Raises Problem BAD_NUMBER unless n is at least 1.
    """
    return _shift(day, _count(n, least=1) - 1)


def months_after(day: date, n: int) -> date:
    """The day of the same number n calendar months later (C-3).

    Where that month has no such day, its last day. Raises Problem BAD_NUMBER for a negative n.
    """
    return _shift_months(day, _count(n))


def months_before(day: date, n: int) -> date:
    """The day of the same number n calendar months earlier (C-3).

    Where that month has no such day, its last day. Raises Problem BAD_NUMBER for a negative n.
    """
    return _shift_months(day, -_count(n))


def days_excluding_first(start: date, end: date) -> int:
    """Days from start to end, start excluded and end included: end - start; negative when end is earlier."""
    return (end - start).days


def days_counting_both(start: date, end: date) -> int:
    """Days from start to end, both included: end - start + 1."""
    return (end - start).days + 1


def days_30_360(start: date, end: date) -> int:
    """Days from start to end counted as United States bonds do: months of 30 days, years of 360.

    The rule is MSRB Rule G-33(e), the same as the "Bond Basis" of the 2006 ISDA Definitions 4.16(f): a first
    day of 31 counts as 30, and a last day of 31 counts as 30 when the first day is 30 or 31. There is no rule
    for the end of February.
    """
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _bad(what: str, remedy: str) -> Problem:
    return Problem(ProblemKind.BAD_DATE, what, remedy)


def _count(n: int, least: int = 0) -> int:
    if n < least:
        raise Problem(
            ProblemKind.BAD_NUMBER, f"{n} is too small for a count of days or months", f"give {least} or more"
        )
    return n


def _shift(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _bad(f"{days} days from {day} is not a date", "keep within the years 1 to 9999") from None


def _shift_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise _bad(f"{months} months from {day} is not a date", "keep within the years 1 to 9999")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _at(clock: datetime, zone: str, text: str) -> datetime:
    readings = _readings(clock, _zone(zone))
    if not readings:
        raise _bad(
            f"{text!r} does not exist: the clock of {zone} skips it in spring",
            "check the time, or write it with its offset, such as 1999-04-04T03:30:00-04:00",
        )
    if len(readings) > 1:
        raise _bad(
            f"{text!r} comes twice: the clock of {zone} repeats it in autumn",
            "write the offset instead of the zone, such as 1999-10-31T01:30:00-04:00",
        )
    return readings[0]


def _readings(clock: datetime, zone: tzinfo) -> list[datetime]:
    """Every moment at which the clock of the zone shows this reading: one, none (spring) or two (autumn)."""
    if not date.min < clock.date() < date.max:
        raise _bad(f"{clock} is at the end of the calendar", "keep within the years 1 to 9999")
    moments = {clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(at for at in moments if at.astimezone(zone).replace(tzinfo=None, fold=0) == clock)


@cache
def _zone(name: str) -> tzinfo:
    offset = _OFFSET.fullmatch(name)
    if offset and int(offset[2]) < 24 and int(offset[3]) < 60:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3]))
        return timezone(-span if offset[1] == "-" else span)
    if _ZONE_NAME.fullmatch(name):
        # The pinned package is read by name because ZoneInfo(name) prefers whatever the machine has
        # installed, and the same book must give the same dates everywhere.
        rules = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if rules.is_file():
            with rules.open("rb") as stream:
                return ZoneInfo.from_file(stream, key=name)
    raise _bad(
        f"{name!r} is not a time zone",
        "use a name such as America/New_York or an offset such as -04:00, not an abbreviation such as EST",
    )
