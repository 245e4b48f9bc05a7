"""The agreement as people read it: clauses with their sections and terms, readings, coverage of the inventory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from inspect import getdoc
from typing import Any

from paripassu.agreement import Agreement, Instrument
from paripassu.documents.provenance import CitedTerm
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.sheets import Amount, Cell, Mark, Section, Sheet, Table
from paripassu.values.terms import Clause

STATUS_TONES = {
    "executed": "good", "tracked": "good", "by finding": "plain", "text only": "plain", "planned": "warn",
}


def agreement_sheet(agreement: Agreement) -> Sheet:
    """Documents, then every instrument with its clauses and terms."""
    documents = Table(
        "Documents", ("short name", "title", "date", "exhibit"),
        tuple((one.name, one.title, one.date, one.exhibit) for one in agreement.documents.values()),
    )
    parties = Table("Parties", ("short name", "party"), tuple(agreement.parties.items()))
    sections = [Section("Papers and parties", (documents, parties))]
    for instrument in agreement.instruments.values():
        sections.append(Section(instrument.title, (_clauses(instrument), _terms(instrument))))
    return Sheet(agreement.title, f"Agreement {agreement.name}", tuple(sections))


def _clauses(instrument: Instrument) -> Table:
    rows = tuple(
        (clause.name, type(clause).__name__, Citation(instrument.document, clause.section), meaning_of(clause),
         ", ".join(clause.entries))
        for clause in instrument.clauses
    )
    return Table("Clauses", ("name", "clause", "section", "what it does", "entries"), rows)


def meaning_of(clause: Clause) -> str:
    """What a clause of the library does, in a sentence."""
    return (getdoc(type(clause)) or "").split("\n\n")[0].replace("\n", " ")


def _terms(instrument: Instrument) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for clause in instrument.clauses:
        for term in clause.values.values():
            rows.append((term.name, stated(term.value, term.unit), term.unit,
                         Citation(instrument.document, term.section), clause.terms[term.name].meaning))
    return Table("Terms", ("term", "value", "unit", "section", "meaning"), tuple(rows))


def stated(value: Any, unit: str) -> Cell:
    """A value as a cell: an amount with its unit, or the name of a calendar."""
    said = value.name if isinstance(value, Calendar) else value
    return said if isinstance(said, str) else Amount(said, unit)


def readings_sheet(agreement: Agreement) -> Sheet:
    """Each question with its kind, its alternatives, the one in force, by whom and why."""
    sections = []
    for instrument in agreement.instruments.values():
        rows: list[tuple[Cell, ...]] = []
        for reading in instrument.readings():
            chosen = agreement.chosen(instrument.name, reading.id)
            choice = agreement.choices.get((instrument.name, reading.id))
            others = "; ".join(f"{name}: {says}" for name, says in reading.alternatives.items() if name != chosen)
            because = choice.reason if choice else reading.alternatives[chosen]
            rows.append((reading.id, reading.question, reading.kind, chosen, others,
                         choice.by if choice else "library default", because))
        columns = ("reading", "question", "kind", "in force", "otherwise", "chosen by", "because")
        sections.append(Section(instrument.title, (Table("Readings", columns, tuple(rows)),)))
    return Sheet(agreement.title, "Questions the words leave open", tuple(sections))


def coverage_sheet(
    agreement: Agreement, sections: Mapping[str, Any], status: str = "",
    computed: Mapping[str, Sequence[tuple[Clause, str]]] | None = None,
) -> Sheet:
    """Every entry of the inventory with its status and the clauses that cite it, grouped by document.

    ``computed`` are the entries found executed by taking each clause away, with a case that fails without it: the case
    is named, and a status it contradicts is marked.
    """
    cited: dict[str, list[str]] = {}
    for clause in _all_clauses(agreement):
        for entry in clause.entries:
            cited.setdefault(entry, []).append(clause.name)
    blocks = []
    for document, entries in sections.items():
        rows: list[tuple[Cell, ...]] = []
        counts: dict[str, int] = {}
        for entry, raw in entries.items():
            stated = raw["status"]
            counts[stated] = counts.get(stated, 0) + 1
            if not status or stated == status:
                rows.append((entry, raw["section"], raw["summary"], _status(entry, stated, computed),
                             ", ".join(cited.get(entry, ("-",))), *_failing(entry, computed), raw.get("why", "")))
        note = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
        failing = () if computed is None else ("fails without the clause",)
        columns = ("entry", "section", "provision", "status", "clauses", *failing, "why")
        blocks.append(Section(document, (Table("Entries", columns, tuple(rows), note=note, empty="none"),)))
    return Sheet(agreement.title, "Coverage of the inventory", tuple(blocks))


def _failing(entry: str, computed: Mapping[str, Sequence[tuple[Clause, str]]] | None) -> tuple[str, ...]:
    """The cell that names the cases; none where nothing was taken away."""
    if computed is None:
        return ()
    return ("; ".join(f"{clause.name}: {case}" for clause, case in computed.get(entry, ())) or "-",)


def _status(entry: str, stated: str, computed: Mapping[str, Sequence[tuple[Clause, str]]] | None) -> Mark:
    if computed is None or (stated == "executed") == (entry in computed):
        return Mark(stated, STATUS_TONES[stated])
    found = "executed" if entry in computed else "not executed"
    return Mark(f"{stated}, but computed: {found}", "bad")


def _all_clauses(agreement: Agreement) -> Iterator[Clause]:
    for instrument in agreement.instruments.values():
        yield from instrument.clauses


def term_literals(agreement: Agreement) -> list[CitedTerm]:
    """Every term whose literal must be found in its section of the filing."""
    return [
        CitedTerm(f"{clause.name}.{term.name}", term.literal, instrument.document, term.section)
        for instrument in agreement.instruments.values()
        for clause in instrument.clauses
        for term in clause.values.values()
        if term.literal
    ]
