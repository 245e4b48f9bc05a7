"""An annotated agreement as one self-contained HTML page: no network and no script, and every citation a link."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from paripassu.render.text import cell_text
from paripassu.values.annotated import AnnotatedAgreement, AnnotatedPaper, AnnotatedSection, Branch
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.printing import unit_words
from paripassu.values.sheets import Amount, Cell, Mark, Table
from paripassu.values.undetermined import determined

TONES = {"executed": "good", "tracked": "good", "planned": "warn"}
"""Marks of the statuses that have a tone."""


def annotated_page(made: AnnotatedAgreement, template: str, style: str) -> str:
    """The page as HTML text; the same agreement gives the same bytes."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        made=made, anchors=Anchors(made), text=cell_text, kind=kind, tone=tone, unit_words=unit_words, spaced=spaced,
        numeric=numeric, tones=TONES, style=Markup(style),  # noqa: S704
    )


def spaced(name: str) -> str:
    """A name as it is read."""
    return name.replace("_", " ")


def kind(cell: Cell) -> str:
    """Which mark-up a cell takes."""
    match cell:
        case None | "" | "-":
            return "nothing"
        case Mark():
            return "mark"
        case Citation():
            return "section"
    return "text"


def tone(cell: Cell) -> str:
    """The class of a cell: what is undetermined asks for attention, and of many values a line may break between two."""
    if isinstance(cell, Mark):
        return cell.tone
    if not isinstance(cell, Figure | Amount):
        return "many"
    return "open" if not determined(cell.value) else "many" if isinstance(cell.value, tuple) else "one"


def numeric(table: Table, column: int) -> bool:
    """Whether a column holds amounts, so that they stand under each other at the right."""
    cells = [row[column] for row in table.rows]
    return any(isinstance(cell, Amount | Figure) for cell in cells)


class Anchors:
    """The anchor of everything on the page that something leads to, each its own."""

    def __init__(self, made: AnnotatedAgreement) -> None:
        self._taken: set[str] = set()
        self.papers: dict[str, str] = {}
        self.sections: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, str], str] = {}
        for paper in made.papers:
            self._paper(paper)

    def _paper(self, paper: AnnotatedPaper) -> None:
        self.papers[paper.name] = self._anchor("paper", paper.name)
        for section in paper.sections:
            self.sections[section.citation.document, section.citation.section] = self._anchor(
                section.citation.document, section.citation.section
            )
            self._names(section.formulas)

    def _names(self, branches: Iterable[Branch]) -> None:
        for branch in branches:
            if branch.drawn:
                self.names[branch.instrument, branch.name] = self._anchor("name", branch.instrument, branch.name)
            self._names(branch.asks)

    def _anchor(self, *parts: str) -> str:
        wanted = re.sub(r"[^A-Za-z0-9]+", "-", " ".join(parts)).strip("-")
        anchor = wanted
        while anchor in self._taken:
            anchor = f"{wanted}-{len(self._taken)}"
        self._taken.add(anchor)
        return anchor

    def of(self, citation: Citation | None) -> str:
        """Where a section stands on the page; empty where it is not there."""
        return self.sections.get((citation.document, citation.section), "") if citation else ""

    def of_section(self, section: AnnotatedSection) -> str:
        """Where an annotated section stands."""
        return self.of(section.citation)

    def of_branch(self, branch: Branch) -> str:
        """Where a name is drawn; where it is a term, its section."""
        return self.names.get((branch.instrument, branch.name), "") or self.of(branch.citation)
