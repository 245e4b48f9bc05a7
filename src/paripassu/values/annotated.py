"""An annotated agreement, before it is drawn: each paper in the order of its sections, with what stands under each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paripassu.values.citation import Citation
from paripassu.values.sheets import Cell, Table


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A clause of the library as it stands in a section: its instrument, name and kind, and what it does in words.

    ``home`` is the section the clause as a whole is cited to; ``roles`` name what of it stands in this one.
    """

    instrument: str
    name: str
    kind: str
    says: str
    home: Citation
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provision:
    """An entry of the inventory: our summary, how far it is carried out, why not further, and by which clauses."""

    entry: str
    summary: str
    status: str
    why: str
    clauses: tuple[ClausePlace, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A name as it is drawn: what it is in words, its value where it has one, and under it the names it asks.

    Where ``drawn`` is false it stands elsewhere, in ``citation`` or above in the same section, and only leads there.
    ``each`` names the subjects it is asked for: holder, lot, notice.
    """

    instrument: str
    name: str
    citation: Citation | None
    drawn: bool
    words: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    value: Cell = None
    unit: str = ""
    asks: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedSection:
    """A section with everything that stands under it; ``depth`` counts the sections listed around it.

    ``same_form`` cites the section of the paper this one has the form of. ``words`` are the filing's own, paragraph by
    paragraph, empty where no filing is attached; an empty paragraph stands for sections listed by themselves.
    """

    citation: Citation
    depth: int
    provisions: tuple[Provision, ...] = ()
    clauses: tuple[ClausePlace, ...] = ()
    formulas: tuple[Branch, ...] = ()
    tables: tuple[Table, ...] = ()
    same_form: Citation | None = None
    words: tuple[str, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether nothing is said of the section but its number."""
        return not (self.provisions or self.clauses or self.formulas or self.tables or self.same_form)


@dataclass(frozen=True, slots=True)
class AnnotatedPaper:
    """A paper of the deal: its sections in order, the entries counted by status, and where a filing differs from it."""

    name: str
    title: str
    date: date
    exhibit: str
    coverage: tuple[tuple[str, int], ...]
    sections: tuple[AnnotatedSection, ...]
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedAgreement:
    """The papers of a deal, annotated as of a date.

    ``rests_on`` says in sentences what the figures rest on; ``filing`` names the file whose words stand beside, empty
    without one.
    """

    deal: str
    title: str
    as_of: date
    rests_on: tuple[str, ...]
    filing: str
    papers: tuple[AnnotatedPaper, ...]
    receipt: tuple[tuple[str, str], ...] = ()
