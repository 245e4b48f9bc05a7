"""Sheets and figures as text for a terminal or a file."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable
from rich.text import Text
from rich.tree import Tree as RichTree

from paripassu.values.figures import Figure
from paripassu.values.printing import number, unit_words
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

STYLES = {"good": "green", "warn": "yellow", "bad": "bold red", "due": "cyan", "plain": ""}


def sheet_text(sheet: Sheet, *, width: int = 120, colour: bool = False) -> str:
    """The sheet as text, ``width`` columns wide; with terminal colours where asked."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    console.print(Text(sheet.title, style="bold"))
    console.print(sheet.subtitle)
    for section in sheet.sections:
        console.print()
        console.print(Text(section.title.upper(), style="bold"))
        if section.lead:
            console.print(section.lead)
        for block in section.blocks:
            _block(console, block)
    if sheet.receipt:
        console.print()
        console.print(Text("RECEIPT", style="bold"))
        for name, value in sheet.receipt:
            console.print(Text(f"{name}: {value}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def figure_text(figure: Figure, *, width: int = 120, colour: bool = False, depth: int | None = None) -> str:
    """A figure opened into everything it came from, as an indented tree."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, highlight=False, legacy_windows=False
    )
    console.print(_tree(figure, depth))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def cell_text(cell: Cell) -> str:
    """One cell of a table as plain text."""
    if cell is None:
        return ""
    if isinstance(cell, Figure | Amount):
        return number(cell.value, cell.unit)
    if isinstance(cell, Mark):
        return cell.text
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _block(console: Console, block: Block) -> None:
    match block:
        case Paragraph():
            console.print(Text(block.text, style=STYLES[block.tone]))
        case Table():
            _table(console, block)
        case Chart():
            _chart(console, block)
        case Timeline():
            _timeline(console, block)
        case Tree():
            console.print(Text(block.title, style="bold"))
            console.print(_tree(block.figure, None))
        case Signatures():
            _signatures(console, block)


def _signatures(console: Console, block: Signatures) -> None:
    """A line for each field, as wide as the paper allows."""
    width = max([12, *(len(field) + 2 for field in block.fields)])
    for who in block.who:
        console.print(Text(f"\n{who}", style="bold"))
        for field in block.fields:
            console.print(Text(f"  {field:<{width}}{'_' * 48}"))


def _table(console: Console, block: Table) -> None:
    if not block.rows:
        console.print(Text(f"{block.title}: {block.empty}"))
        return
    table = RichTable(title=escape(block.title), title_justify="left", title_style="italic", box=None,
                      pad_edge=False, header_style="underline")
    for index, column in enumerate(block.columns):
        numeric = all(isinstance(row[index], Amount) for row in block.rows)
        table.add_column(escape(column), justify="right" if numeric else "left", overflow="fold")
    for row in block.rows:
        table.add_row(*(Text(cell_text(cell), style=_style(cell)) for cell in row))
    console.print(table)
    if block.note:
        console.print(Text(block.note, style="dim"))


def _style(cell: Cell) -> str:
    return STYLES[cell.tone] if isinstance(cell, Mark) else ""


def _chart(console: Console, block: Chart) -> None:
    """A chart has no place in text: its span and what is known of each line."""
    for series in block.series:
        known = [value for _, value in series.points if value is not None]
        days = len(series.points)
        if known:
            low, high = number(min(known), block.unit), number(max(known), block.unit)
            span = low if low == high else f"{low} to {high}"
            console.print(Text(f"{series.label}: {span}, known on {len(known)} of {days} trading days"))
        else:
            console.print(Text(f"{series.label}: not known on any of {days} trading days"))


def _timeline(console: Console, block: Timeline) -> None:
    later = sum(one.day > block.today for one in block.milestones)
    past = len(block.milestones) - later
    console.print(Text(f"{past} point{'s' if past != 1 else ''} up to {block.today}, {later} ahead"))


def _tree(figure: Figure, depth: int | None, above: date | None = None, told: set[int] | None = None) -> RichTree:
    """One figure with its inputs; a figure told before is not opened again."""
    told = set() if told is None else told
    again = bool(figure.inputs) and id(figure) in told
    tree = RichTree(_label(figure, above, again), guide_style="dim")
    told.add(id(figure))
    if not again and (depth is None or depth > 0):
        for one in figure.inputs:
            tree.children.append(_tree(one, None if depth is None else depth - 1, figure.day, told))
    return tree


def _label(figure: Figure, above: date | None, again: bool) -> Text:
    label = Text()
    label.append(figure.name.replace("_", " "), style="bold")
    if figure.subject:
        label.append(f" of {figure.subject}")
    if figure.day and figure.day != above:
        label.append(f" on {figure.day}")
    label.append(f" = {_value(figure)}")
    unit = unit_words(figure.unit)
    if unit:
        label.append(f" {unit}", style="dim")
    if again:
        label.append("  explained above", style="dim")
        return label
    label.append(f"  {figure.how}")
    notes = [str(figure.citation) if figure.citation else "", figure.turns_on, figure.remark,
             f"rounded {figure.rounding}" if figure.rounding else "", figure.source,
             figure.grade.label if figure.source or not figure.inputs else ""]
    told = "; ".join(note for note in notes if note)
    if told:
        label.append(f"  [{told}]", style="dim")
    return label


def _value(figure: Figure) -> str:
    if isinstance(figure.value, tuple) and len(figure.value) > 12:
        return f"{len(figure.value)} values"
    return number(figure.value, figure.unit)
