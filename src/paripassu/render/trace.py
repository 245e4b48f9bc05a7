"""Values, figures and statements as JSON-ready trees; exact numbers stay text."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.dates import Instant
from paripassu.values.figures import Figure
from paripassu.values.price_events import Rule
from paripassu.values.prints import Tape
from paripassu.values.undetermined import Undetermined, Unlimited

FORMAT = "paripassu-trace-1"


def figure_trace(figure: Figure) -> dict[str, Any]:
    """A figure and everything it came from, each figure once, its inputs by their numbers; figure 0 is the one asked.

    Figures share what they came from (a premium enters every lot), so that a tree would repeat itself without end.
    """
    figures = list(figure.walk())
    numbers = {id(one): number for number, one in enumerate(figures)}
    return {
        "format": FORMAT,
        "figures": [plain(one) | {"inputs": [numbers[id(part)] for part in one.inputs]} for one in figures],
    }


def plain(value: Any) -> Any:
    """Text, whole numbers, lists and mappings for any value of the program.

    Exact numbers become text (``"46561/9600"``), dates ISO text, undetermined values a mapping with what they wait for
    and their bounds. A figure stands for itself: what it came from is given by :func:`figure_trace`.
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
        waited = sorted({replace(one, figure="") for one in value.needs}, key=str)
        needs = [{"name": one.name, "of": one.subject, "on": plain(one.day)} for one in waited]
        return {"undetermined": True, "waits_for": needs, "at_least": plain(value.low), "at_most": plain(value.high)}
    if isinstance(value, Unlimited):
        return "no limit"
    if isinstance(value, Calendar | Rule | Tape):
        return value.name
    if isinstance(value, Instant):
        return str(value)
    if isinstance(value, Citation):
        return {"document": value.document, "section": value.section}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Figure):
        return {name: plain(one) for name, one in value._asdict().items() if name != "inputs"}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    assert isinstance(value, Rational), f"no plain form of {value!r}"
    return str(value)
