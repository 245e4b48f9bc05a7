"""What differs between two sheets, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from paripassu.render.text import cell_text
from paripassu.values.sheets import Paragraph, Sheet, Table


@dataclass(frozen=True)
class Changes:
    """The lines that only the first sheet has, and those that only the second has, each in its order."""

    gone: tuple[str, ...]
    come: tuple[str, ...]


def changes(before: Sheet, after: Sheet) -> Changes:
    """Compare what two sheets say in paragraphs and tables; how often a line is said counts, where it stands does not.

    Charts, timelines and opened figures are other pictures of what the tables say and are left out.
    """
    first, second = list(_lines(before)), list(_lines(after))
    return Changes(tuple(_without(first, second)), tuple(_without(second, first)))


def _without(lines: list[str], others: list[str]) -> Iterator[str]:
    left = Counter(others)
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            yield line


def _lines(sheet: Sheet) -> Iterator[str]:
    for section in sheet.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield f"{section.title}: {block.text}"
            elif isinstance(block, Table):
                for row in block.rows:
                    said = "; ".join(cell for cell in map(cell_text, row) if cell)
                    yield f"{section.title}, {block.title}: {said}" if block.title else f"{section.title}: {said}"
