"""Values, figures and statements as JSON-ready trees; exact numbers stay text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.undetermined import Undetermined, Unlimited

FORMAT = "paripassu-trace-1"


def figure_trace(figure: Figure) -> dict[str, Any]:
    """A figure and everything it came from; the format is versioned at the root."""
    return {"format": FORMAT, "figure": plain(figure)}


def plain(value: Any) -> Any:
    """Text, whole numbers, lists and mappings for any value of the program.

    Exact numbers become text (``"46561/9600"``), dates ISO text, undetermined values a mapping with what they wait for
    and their bounds.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Enum):
        return getattr(value, "label", value.value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Undetermined):
        needs = [{"name": one.name, "of": one.subject, "on": plain(one.day)} for one in sorted(value.needs, key=str)]
        return {"undetermined": True, "waits_for": needs, "at_least": plain(value.low), "at_most": plain(value.high)}
    if isinstance(value, Unlimited):
        return "no limit"
    if isinstance(value, Calendar):
        return value.name
    if isinstance(value, Citation):
        return {"document": value.document, "section": value.section}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    assert isinstance(value, Rational), f"no plain form of {value!r}"
    return str(value)
