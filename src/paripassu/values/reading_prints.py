"""Reading trade prints: a day of them, column by column, each text that comes again and again read once.

A file that is sound is read without looking at its rows one by one; one that is not is gone through from the top, so
that the first print that cannot be true is named by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, islice
from operator import add, gt
from typing import Any, TypeAlias

from paripassu.values.arithmetic import Rational, rational
from paripassu.values.dates import parse_instant
from paripassu.values.prints import CONDITIONS, LATE, NANOSECONDS, REGULAR, ZONE, Tape, clock_second
from paripassu.values.problems import Place, Problem, ProblemKind

Columns: TypeAlias = Sequence[Sequence[str]]
"""The cells of a file: its times, prices, sizes and conditions, each as long as the others."""

_MINUTE_ENDS = 16
"""How many characters of the time of a print give its minute; from the colon on follow its second and its zone."""
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")
_REST = re.compile(r":([0-5][0-9])(?:\.([0-9]{1,9}))?(.*)")


def tapes_of(
    lines: Sequence[int], columns: Columns, source: str, *, on_exchange: bool, headings: Mapping[str, str]
) -> list[tuple[int, Tape]]:
    """A tape for each day, with the line of its first print; ``lines`` are those of the rows.

    ``headings`` may give ``opens`` and ``closes``, hours that the market announced. Raises Problem BAD_DATE,
    BAD_NUMBER, UNKNOWN_NAME or AMBIGUOUS_ORDER with the line, MISSING_KEY where there is no print.
    """
    if not lines:
        raise Problem(ProblemKind.MISSING_KEY, "the file has no print", "give one row for each trade", Place(source))
    try:
        opens, closes = (clock_second(headings[end]) if end in headings else None for end in ("opens", "closes"))
    except Problem as problem:
        raise problem.at(Place(source)) from None
    try:
        tapes = [(lines[first], tape) for first, tape in _read(columns, on_exchange, opens, closes)]
    except Problem as problem:
        raise _first_unfit(lines, columns, source) or problem from None
    return sorted(tapes, key=lambda one: one[1].day)


def _read(columns: Columns, *of_the_market: Any) -> Iterator[tuple[int, Tape]]:
    """A tape for each day, with the row of its first print; raises a Problem that may be of any of the rows."""
    stamps, price_texts, size_texts, words = columns
    days, times = _stamps(stamps)
    prices = {text: _price(text) for text in dict.fromkeys(price_texts)}
    numbers = {text: number for number, text in enumerate(prices)}
    made_at = tuple(map(numbers.__getitem__, price_texts))
    sizes = tuple(map({text: _size(text) for text in set(size_texts)}.__getitem__, size_texts))
    said = tuple(map({text: _condition(text) for text in set(words)}.__getitem__, words))
    for day, first, last in _days(days):
        part = slice(first, last)
        _check_turns(times[part], said[part])
        yield first, Tape(
            day, times[part], tuple(prices.values()), made_at[part], sizes[part], said[part], *of_the_market
        )


def _days(days: Sequence[date]) -> Iterator[tuple[date, int, int]]:
    """Each day with the rows from its first to before its last; raises Problem AMBIGUOUS_ORDER."""
    if len(set(days)) == 1:
        yield days[0], 0, len(days)
        return
    seen: set[date] = set()
    first = 0
    for day, run in groupby(days):
        if day in seen:
            raise _day_comes_again(day)
        seen.add(day)
        last = first + len(list(run))
        yield day, first, last
        first = last


def _check_turns(times: Sequence[int], said: Sequence[str]) -> None:
    """Prints that are not late stand in order of time; raises Problem AMBIGUOUS_ORDER."""
    prompt = [time for time, one in zip(times, said, strict=True) if one != LATE] if LATE in said else times
    if any(map(gt, prompt, islice(prompt, 1, None))):
        raise _out_of_turn(0)


def _stamps(stamps: Sequence[str]) -> tuple[Sequence[date], Sequence[int]]:
    """The day and the nanosecond of each print on the market's clock."""
    minutes, rests = [one[:_MINUTE_ENDS] for one in stamps], [one[_MINUTE_ENDS:] for one in stamps]
    fine = {one: _rest(one) for one in set(rests)}
    zone, *others = {zone for _, zone in fine.values()}
    if others:
        zone = ""
        minutes = [minute + fine[rest][1] for minute, rest in zip(minutes, rests, strict=True)]
    coarse = {one: _minute(one[:_MINUTE_ENDS], one[_MINUTE_ENDS:] + zone) for one in set(minutes)}
    begins = {one: time for one, (_, time) in coarse.items()}
    after = {one: time for one, (time, _) in fine.items()}
    days = {one: day for one, (day, _) in coarse.items()}
    times = tuple(map(add, map(begins.__getitem__, minutes), map(after.__getitem__, rests)))
    return tuple(map(days.__getitem__, minutes)), times


def _minute(text: str, zone: str) -> tuple[date, int]:
    if _MINUTE.fullmatch(text) is None:
        raise _no_time(text)
    local = parse_instant(f"{text}:00{zone}").local(ZONE)
    return local.date(), (local.hour * 3600 + local.minute * 60) * NANOSECONDS


def _rest(text: str) -> tuple[int, str]:
    match = _REST.fullmatch(text)
    if match is None:
        raise _no_time(text)
    second, fraction, zone = match.groups()
    return int(second) * NANOSECONDS + int((fraction or "").ljust(9, "0")), zone


def _price(text: str) -> Rational:
    value = rational(text)
    if value <= 0:
        raise Problem(ProblemKind.BAD_NUMBER, f"a print at {text}", "give a price above zero")
    return value


def _size(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 15 or int(text) == 0:
        raise Problem(ProblemKind.BAD_NUMBER, f"a print of {text or 'no'} shares", "give a whole number above zero")
    return int(text)


def _condition(text: str) -> str:
    said = text or REGULAR
    if said not in CONDITIONS:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{text!r} is not a condition of a print", "use " + ", ".join(CONDITIONS)
        )
    return said


def _first_unfit(lines: Sequence[int], columns: Columns, source: str) -> Problem | None:
    """What is wrong with the first row, from the top, that cannot be read or stands out of its turn."""
    above, latest, day, seen = 0, 0, date.min, set[date]()
    line = 0
    try:
        for line, stamp, price, size, word in zip(lines, *columns, strict=True):
            on, time = _stamp(stamp)
            if on != day:
                if on in seen:
                    raise _day_comes_again(on)
                day, above, latest = on, 0, 0
                seen.add(on)
            said = _condition(word)
            if said != LATE:
                if time < latest:
                    raise _out_of_turn(above)
                above, latest = line, time
            _price(price)
            _size(size)
    except Problem as problem:
        return problem.at(Place(source, line))
    return None


def _stamp(text: str) -> tuple[date, int]:
    """The day and the nanosecond of one print; raises Problem BAD_DATE with all of what stands there."""
    minute, rest = text[:_MINUTE_ENDS], text[_MINUTE_ENDS:]
    if _MINUTE.fullmatch(minute) is None or _REST.fullmatch(rest) is None:
        raise _no_time(text)
    time, zone = _rest(rest)
    day, begins = _minute(minute, zone)
    return day, begins + time


def _no_time(stamp: str) -> Problem:
    return Problem(
        ProblemKind.BAD_DATE, f"{stamp!r} is not the time of a print",
        "write date, time to the second or finer, and zone, such as 2005-12-19 09:30:00 America/New_York",
    )


def _day_comes_again(day: date) -> Problem:
    return Problem(
        ProblemKind.AMBIGUOUS_ORDER, f"prints of {day} come after those of another day",
        "put the prints of a day together, in order of time",
    )


def _out_of_turn(above: int) -> Problem:
    return Problem(
        ProblemKind.AMBIGUOUS_ORDER, f"the print is earlier than that of line {above}",
        f"correct its time, or say in its condition that it was reported {LATE}",
    )
