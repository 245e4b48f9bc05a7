"""The annotated agreement: every paper in the order of its sections, and under each section what stands there.

Entries of the inventory with their status, clauses, terms, formulas drawn, figures and lines of the statement of a
date, readings; the words of the section beside it where a filing is attached.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from paripassu.agreement import DocumentInfo, Instrument
from paripassu.documents.digests import Section as Span
from paripassu.documents.provenance import CitedDocument
from paripassu.render.explanation import words as spaced
from paripassu.replay import Replayed
from paripassu.values.annotated import AnnotatedAgreement, AnnotatedPaper, AnnotatedSection, ClausePlace, Provision
from paripassu.values.bindings import TermBinding
from paripassu.values.citation import Citation
from paripassu.values.printing import unit_words
from paripassu.values.sheets import Cell, Mark, Section, Sheet, Table
from paripassu.values.terms import Clause
from paripassu.views.agreement import STATUS_TONES, meaning_of, stated
from paripassu.views.drawn import Drawing
from paripassu.views.layout import lay_out
from paripassu.views.lines import Statement
from paripassu.views.readings import OpenQuestion, questions

SECTION = "section"
"""The column in which a table of the statement cites."""
ASKED_HERE = "Prices"
"""The part of a statement whose figures every section shows for itself."""


@dataclass(frozen=True)
class Beside:
    """What a filing adds: its name, the paragraphs of each section, and where it differs from what the deal cites."""

    filing: str = ""
    passages: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    differences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def annotated(
    done: Replayed, made: Statement, entries: Mapping[str, Any], papers: Sequence[tuple[DocumentInfo, CitedDocument]]
) -> AnnotatedAgreement:
    """The papers annotated from a replay, its statement and the inventory, without the words of a filing."""
    notes = _Notes(done, made, entries)
    return AnnotatedAgreement(
        made.deal, made.title, made.as_of, tuple(_rests_on(made)), "",
        tuple(notes.paper(info, cited) for info, cited in papers),
    )


def with_words(made: AnnotatedAgreement, beside: Beside, receipt: tuple[tuple[str, str], ...]) -> AnnotatedAgreement:
    """The same with the words of a filing beside each section, and the receipt of what it was made from."""
    papers = tuple(
        replace(
            paper, differences=beside.differences.get(paper.name, ()),
            sections=tuple(
                replace(one, words=beside.passages.get((paper.name, one.citation.section), ()))
                for one in paper.sections
            ),
        )
        for paper in made.papers
    )
    return replace(made, filing=beside.filing, papers=papers, receipt=receipt)


def _rests_on(made: Statement) -> Iterator[str]:
    basis = made.basis
    if basis.last_fact is None:
        yield f"No fact is recorded on or before {made.as_of}."
    else:
        yield (f"Figures as of {made.as_of}, on {basis.facts} facts recorded, the last of {basis.last_fact}; "
               "completeness is not claimed, and what is not recorded is taken not to have happened.")
    observed = f", the last of {basis.last_observation}" if basis.last_observation else ""
    yield f"{basis.observations} market observations{observed}."
    yield f"{len(basis.assumptions)} assumptions and {len(basis.readings)} readings in force."


class _Notes:
    """What stands under each section, gathered once for all papers."""

    def __init__(self, done: Replayed, made: Statement, entries: Mapping[str, Any]) -> None:
        self._agreement = done.agreement
        self._as_of = made.as_of
        self._drawing = Drawing(done)
        self._entries = entries
        self._lines = _lines_by_section(lay_out(made, (), ()))
        self._questions: dict[Citation, list[OpenQuestion]] = {}
        for one in questions(done.agreement):
            self._questions.setdefault(one.citation, []).append(one)
        self._clauses: dict[str, list[ClausePlace]] = {}
        for instrument in done.agreement.instruments.values():
            for clause in instrument.clauses:
                for entry in clause.entries:
                    self._clauses.setdefault(entry, []).append(_place(instrument, clause, ()))

    def paper(self, info: DocumentInfo, cited: CitedDocument) -> AnnotatedPaper:
        """A paper with every section that is annotated or stands at its top."""
        given = self._entries.get(info.name, {})
        form = {raw["section"] for raw in self._entries.get(info.form_of, {}).values()}
        sections: list[AnnotatedSection] = []
        around: list[Span] = []
        for span in sorted(cited.sections, key=lambda one: (one.start, -one.end)):
            while around and not (around[-1].start <= span.start and span.end <= around[-1].end):
                around.pop()
            same = Citation(info.form_of, span.path) if span.path in form else None
            section = self._section(Citation(info.name, span.path), len(around), same)
            if not around or not section.is_bare:
                sections.append(section)
                around.append(span)
        counted = Counter(raw["status"] for raw in given.values())
        coverage = tuple((status, counted[status]) for status in STATUS_TONES if counted[status])
        return AnnotatedPaper(info.name, info.title, info.date, info.exhibit, coverage, tuple(sections))

    def _section(self, citation: Citation, depth: int, same: Citation | None) -> AnnotatedSection:
        instruments = [one for one in self._agreement.instruments.values() if one.document == citation.document]
        provisions = tuple(
            Provision(entry, raw["summary"], raw["status"], raw.get("why", ""), tuple(self._clauses.get(entry, ())))
            for entry, raw in self._entries.get(citation.document, {}).items() if raw["section"] == citation.section
        )
        clauses = tuple(one for instrument in instruments for one in _places(instrument, citation))
        trees = tuple(
            tree for instrument in instruments
            for tree in self._drawing.trees(instrument, _names_at(instrument, citation.section))
        )
        return AnnotatedSection(
            citation, depth, provisions, clauses, trees, tuple(self._tables(citation, instruments)), same
        )

    def _tables(self, citation: Citation, instruments: Sequence[Instrument]) -> Iterator[Table]:
        terms = tuple(row for instrument in instruments for row in _terms_at(instrument, citation.section))
        if terms:
            columns = ("term", "value", "unit", "meaning", "clause")
            yield _filled(Table("Terms stated here", columns, terms, key="terms"))
        figures = tuple(
            row for instrument in instruments for name in _names_at(instrument, citation.section)
            for row in self._drawing.rows(instrument, name)
        )
        if figures:
            asked = ("figure", "of", "value", "unit", "waits for", "grade")
            yield _filled(Table(f"Figures as of {self._as_of}", asked, figures, key="figures"))
        yield from self._lines.get(citation, ())
        for one in self._questions.get(citation, ()):
            yield _question(one)


def _names_at(instrument: Instrument, section: str) -> list[str]:
    """The names computed, recorded or observed under a section; its terms are listed by themselves."""
    return [
        name for name, binding in instrument.bindings.items()
        if not isinstance(binding, TermBinding) and instrument.section_of(name) == section
    ]


def _terms_at(instrument: Instrument, section: str) -> Iterator[tuple[Cell, ...]]:
    for clause in instrument.clauses:
        for term in clause.values.values():
            if term.section == section:
                yield (spaced(term.name), stated(term.value, term.unit), unit_words(term.unit),
                       clause.terms[term.name].meaning, clause.name)


def _place(instrument: Instrument, clause: Clause, roles: tuple[str, ...]) -> ClausePlace:
    home = Citation(instrument.document, clause.section)
    return ClausePlace(instrument.name, clause.name, type(clause).__name__, meaning_of(clause), home, roles)


def _places(instrument: Instrument, citation: Citation) -> Iterator[ClausePlace]:
    """The clauses that stand in a section, as a whole or with some of their roles."""
    for clause in instrument.clauses:
        roles = tuple(spaced(role) for role, section in clause.sections.items() if section == citation.section)
        if clause.section == citation.section or roles:
            yield _place(instrument, clause, roles)


def _filled(table: Table) -> Table:
    """The table without the columns in which no row says anything."""
    kept = [at for at in range(len(table.columns)) if any(row[at] not in (None, "", "-") for row in table.rows)]
    return replace(
        table, columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _lines_by_section(sheet: Sheet) -> dict[Citation, list[Table]]:
    """Every line of a statement that cites a section, under it, in the tables of the statement less that column."""
    found: dict[Citation, list[Table]] = {}
    tables = (
        (part.title, block) for part in sheet.sections for block in part.blocks
        if part.title != ASKED_HERE and isinstance(block, Table) and SECTION in block.columns
    )
    for part, table in tables:
        at = table.columns.index(SECTION)
        columns = (*table.columns[:at], *table.columns[at + 1:])
        rows: dict[Citation, list[tuple[Cell, ...]]] = {}
        for row in table.rows:
            cited = row[at]
            if isinstance(cited, Citation):
                rows.setdefault(cited, []).append((*row[:at], *row[at + 1:]))
        for cited, those in rows.items():
            told = Table(f"{part}: {table.title}", columns, tuple(those), key="statement")
            found.setdefault(cited, []).append(_filled(told))
    return found


def _question(asked: OpenQuestion) -> Table:
    """A reading: its alternatives, the one in force, by whom and why."""
    rows = tuple(
        (name, says, Mark("in force", "good") if name == asked.alternative else None)
        for name, says in asked.alternatives.items()
    )
    note = f"{asked.kind.capitalize()}. Chosen by {asked.chosen_by}: {asked.reason}"
    return Table(
        f"{asked.reading}: {asked.question}", ("alternative", "what it says", ""), rows, note=note, key="reading"
    )


def contents_sheet(made: AnnotatedAgreement) -> Sheet:
    """The contents of an annotated agreement: each paper's sections with what is noted under them, and its coverage."""
    return Sheet(made.title, f"Annotated as of {made.as_of}", tuple(_contents(paper) for paper in made.papers))


def _contents(paper: AnnotatedPaper) -> Section:
    rows = tuple(
        (str(one.citation), ", ".join(said.entry for said in one.provisions) or "-",
         ", ".join(dict.fromkeys(said.status for said in one.provisions)) or "-",
         ", ".join(dict.fromkeys(said.name for said in one.clauses)) or "-",
         ", ".join(_noted(one)) or "-")
        for one in paper.sections if one.provisions or one.clauses or one.formulas or one.tables
    )
    columns = (SECTION, "entries", "status", "clauses", "noted")
    covered = coverage_words(paper)
    return Section(f"{paper.name}: {paper.title}", (Table("Sections", columns, rows, note=covered),))


def coverage_words(paper: AnnotatedPaper) -> str:
    """How many entries of a paper have each status."""
    return ", ".join(f"{number} {status}" for status, number in paper.coverage) or "no entries of its own"


def _noted(section: AnnotatedSection) -> Iterator[str]:
    counted = Counter(table.key for table in section.tables for _ in (table.rows if table.key != "reading" else (0,)))
    for key, one in (("terms", "term"), ("figures", "figure"), ("statement", "line of the statement"),
                     ("reading", "reading")):
        if counted[key]:
            many = one.replace("line", "lines") if " " in one else f"{one}s"
            yield f"{counted[key]} {one if counted[key] == 1 else many}"
