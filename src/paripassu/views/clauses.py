"""The words of the clauses a sheet cites, from a filing at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.sheets import Block, Cell, Section, Sheet, Table, Timeline, Tree

CLAUSES = "clauses"
"""The key of the table of words."""


def with_clauses(sheet: Sheet, words: Callable[[Citation], str | None], filing: str) -> Sheet:
    """The sheet with the words of every section it cites, once each, in the order they are met.

    The same sheet where no cited section has words (no filing at hand).
    """
    found = {citation: text for citation in dict.fromkeys(_cited(sheet)) if (text := words(citation)) is not None}
    if not found:
        return sheet
    rows = tuple((citation, text) for citation, text in found.items())
    table = Table(
        "Words of the sections cited", ("section", "words"), rows, note=f"As they stand in {filing}.", key=CLAUSES
    )
    return replace(sheet, sections=(*sheet.sections, Section("Clauses", (table,))))


def cited_words(sheet: Sheet) -> dict[str, str]:
    """The words of each section cited, where the sheet has them."""
    blocks = [block for section in sheet.sections for block in section.blocks]
    rows = (row for block in blocks if isinstance(block, Table) and block.key == CLAUSES for row in block.rows)
    return {str(citation): str(text) for citation, text in rows}


def _cited(sheet: Sheet) -> Iterator[Citation]:
    for section in sheet.sections:
        for block in section.blocks:
            yield from _in_block(block)


def _in_block(block: Block) -> Iterator[Citation]:
    match block:
        case Table(rows=rows):
            for row in rows:
                for cell in row:
                    yield from _in_cell(cell)
        case Timeline(milestones=milestones):
            yield from (one.citation for one in milestones if one.citation)
        case Tree(figure=figure):
            yield from _in_cell(figure)


def _in_cell(cell: Cell) -> Iterator[Citation]:
    if isinstance(cell, Citation):
        yield cell
    elif isinstance(cell, Figure):
        yield from (one.citation for one in cell.walk() if one.citation)
