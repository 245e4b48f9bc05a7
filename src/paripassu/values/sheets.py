"""Sheets: what people read, before it is drawn as text, as a page or as JSON.

A view lays its result out as blocks of plain values and figures; only :mod:`paripassu.render` knows how they look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from paripassu.values.citation import Citation
from paripassu.values.figures import Figure


@dataclass(frozen=True, slots=True)
class Amount:
    """A value with its unit, printed the way the unit asks for."""

    value: Any
    unit: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A short word with a tone: good, warn, bad, or plain."""

    text: str
    tone: str = "plain"


Cell: TypeAlias = str | date | Amount | Mark | Figure | Citation | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two."""

    text: str
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; ``empty`` is said instead when there are none.

    A ``folded`` table is closed on a screen until it is asked for; on paper and as text it is always open.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "none"
    note: str = ""
    key: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: a value for each day, None where there is a gap."""

    label: str
    points: tuple[tuple[date, Any], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Prices by day; gaps stay gaps."""

    title: str
    unit: str
    series: tuple[Series, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A point of a timeline: what happened, or what is due."""

    day: date
    words: str
    tone: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Milestones in order, with the date of the statement among them."""

    title: str
    today: date
    milestones: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A figure opened into everything it came from."""

    title: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to be signed on paper: for each of ``who``, one for each of ``fields``."""

    who: tuple[str, ...]
    fields: tuple[str, ...] = ("signature", "name", "title", "date")


Block: TypeAlias = Paragraph | Table | Chart | Timeline | Tree | Signatures


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its blocks."""

    title: str
    blocks: tuple[Block, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole statement or report."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    receipt: tuple[tuple[str, str], ...] = field(default_factory=tuple)
