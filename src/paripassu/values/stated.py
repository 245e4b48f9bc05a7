"""How the value that an agreement states for a term is read, by the type that its clause expects."""

from __future__ import annotations

from typing import Any

from paripassu.values.arithmetic import is_whole, rational
from paripassu.values.calendars import Calendars
from paripassu.values.dates import check_zone, parse_date
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import TermSpec


def stated_value(text: Any, spec: TermSpec, calendars: Calendars) -> Any:
    """The value of a term; raises Problem BAD_NUMBER, BAD_DATE, UNKNOWN_NAME for text that is none of its type."""
    if spec.type == "calendar":
        return calendars.get(str(text))
    if spec.type == "date":
        return parse_date(str(text))
    if spec.type == "zone":
        return check_zone(str(text))
    if spec.type == "time":
        return _second_of_day(str(text))
    value = rational(str(text))
    if spec.type == "whole" and not is_whole(value):
        raise Problem(ProblemKind.BAD_NUMBER, f"{text} is not a whole number", "write a whole number")
    return value


def _second_of_day(text: str) -> int:
    parts = text.split(":")
    if len(parts) != 2 or not all(part.isdigit() for part in parts) or int(parts[0]) > 23 or int(parts[1]) > 59:
        raise Problem(ProblemKind.BAD_DATE, f"{text!r} is not a time of day", "write hours and minutes, such as 23:59")
    return int(parts[0]) * 3600 + int(parts[1]) * 60
