"""Sheets as one self-contained HTML page: no network and no script, and every figure opens into its explanation.

On paper the explanations follow the statement as a numbered appendix, each part once, and folded tables are open (the
style sheet opens them through ``::details-content``, which browsers have known since 2025).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from paripassu.render.chart import ChartView, chart_view
from paripassu.render.explanation import Explanations, Node
from paripassu.render.text import cell_text
from paripassu.render.timeline import TimelineView, timeline_view
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.sheets import (
    Amount,
    Block,
    Cell,
    Chart,
    Mark,
    Paragraph,
    Sheet,
    Signatures,
    Table,
    Timeline,
    Tree,
)

READING_COLUMN = "reading"
"""A table whose first column has this name lists the readings; explanations lead to its rows."""


SHORT = 12
"""The length up to which a cell of one word, such as the name of a lot, is not broken at its hyphen."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as it is drawn: its kind decides the alignment and the mark-up."""

    kind: str
    text: str
    tone: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row with the explanations of its figures."""

    id: str
    cells: tuple[CellView, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as it is drawn."""

    id: str
    title: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[RowView, ...]
    empty: str
    note: str
    folded: bool


BlockView = tuple[str, Paragraph | TableView | ChartView | TimelineView | Signatures | tuple[str, Node]]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section with its anchor."""

    id: str
    title: str
    lead: str
    blocks: tuple[BlockView, ...]


def page(sheet: Sheet, template: str, style: str) -> str:
    """The sheet as HTML text; the same sheet gives the same bytes."""
    laid_out = _Page()
    sections = laid_out.sections(sheet)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    readings = {
        row.cells[0].text: row.id for section in sections for kind, block in section.blocks
        if isinstance(block, TableView) and block.columns[0][0] == READING_COLUMN for row in block.rows
    }
    return environment.from_string(template).render(
        sheet=sheet, sections=sections, readings=readings, explained=laid_out.explained,
        style=Markup(style),  # noqa: S704
    )


class _Page:
    """Lays the blocks of one page out, numbering its explanations, tables and anchors."""

    def __init__(self) -> None:
        self._explanations = Explanations()
        self._tables = 0
        self._anchors: set[str] = set()
        self.explained: list[Node] = []

    def sections(self, sheet: Sheet) -> tuple[SectionView, ...]:
        """Every section in order."""
        return tuple(
            SectionView(self._anchor(section.title), section.title, section.lead,
                        tuple(self._block(block) for block in section.blocks))
            for section in sheet.sections
        )

    def _anchor(self, title: str) -> str:
        wanted = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "section"
        anchor = wanted
        while anchor in self._anchors:
            anchor = f"{wanted}-{len(self._anchors)}"
        self._anchors.add(anchor)
        return anchor

    def _block(self, block: Block) -> BlockView:
        match block:
            case Paragraph():
                return ("paragraph", block)
            case Table():
                return ("table", self._table(block))
            case Chart():
                return ("chart", chart_view(block))
            case Timeline():
                return ("timeline", timeline_view(block))
            case Tree():
                return ("tree", (block.title, self._open(block.figure)))
            case Signatures():
                return ("signatures", block)

    def _open(self, figure: Figure) -> Node:
        self.explained.append(self._explanations.open(figure))
        return self.explained[-1]

    def _table(self, table: Table) -> TableView:
        self._tables += 1
        prefix = f"t{self._tables}"
        rows = tuple(self._row(f"{prefix}-{place}", row) for place, row in enumerate(table.rows, 1))
        columns = tuple((name, _numeric(table.rows, place)) for place, name in enumerate(table.columns))
        return TableView(prefix, table.title, columns, rows, table.empty, table.note, table.folded)

    def _row(self, anchor: str, row: tuple[Cell, ...]) -> RowView:
        nodes = tuple(self._open(cell) for cell in row if isinstance(cell, Figure))
        marks = iter(nodes)
        cells = tuple(_cell(cell, next(marks).mark if isinstance(cell, Figure) else "") for cell in row)
        return RowView(anchor, cells, nodes)


def _numeric(rows: tuple[tuple[Cell, ...], ...], place: int) -> bool:
    cells = [row[place] for row in rows]
    return any(isinstance(cell, Amount | Figure) for cell in cells) and all(
        isinstance(cell, Amount | Figure) or cell in (None, "-") for cell in cells
    )


def _cell(cell: Cell, mark: str) -> CellView:
    text = cell_text(cell)
    match cell:
        case None | "" | "-":
            return CellView("nothing", "")
        case Figure():
            return CellView("figure", text, "" if not cell.needs() else "warn", mark)
        case Amount():
            return CellView("amount", text)
        case Mark():
            return CellView("mark", text, cell.tone)
        case Citation():
            return CellView("section", text)
        case date():
            return CellView("date", text)
    return CellView("name" if len(text) <= SHORT and " " not in text else "text", text)
