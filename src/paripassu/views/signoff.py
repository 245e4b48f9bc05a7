"""The page to be signed off: every assumption and reading behind a statement, with who, why and what turns on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.facts import Fact
from paripassu.values.grades import Grade
from paripassu.values.kinds.fields import Nature
from paripassu.values.printing import number
from paripassu.values.sheets import Block, Cell, Paragraph, Section, Sheet, Signatures, Table
from paripassu.views.lines import Assumption, Statement
from paripassu.views.readings import Alternative, OpenQuestion, Ranking, is_some, price_words

PREPARED_BY = "Prepared by"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a person decided and is recorded as a fact: the day, what was found, who says so and how good that is."""

    day: date
    says: str
    source: str
    grade: Grade


@dataclass(frozen=True)
class SignOff:
    """Everything that is signed off with the statement of a date, and by whom."""

    ranking: Ranking
    facts: int
    last_fact: date | None
    assumptions: tuple[Assumption, ...]
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]
    parties: tuple[str, ...]


def sign_off(made: Statement, ranking: Ranking, facts: Iterable[Fact]) -> SignOff:
    """What is to be signed off: ``facts`` are those that the statement rests on."""
    findings = tuple(
        Finding(fact.effective, fact.says(made.parties), fact.source, fact.grade)
        for fact in facts if fact.nature is Nature.FINDING
    )
    missing = tuple(sorted({one.name.replace("_", " ") for one in made.missing}))
    return SignOff(
        ranking, made.basis.facts, made.basis.last_fact, made.basis.assumptions, findings, missing,
        tuple(made.parties.values()),
    )


def signoff_sheet(made: SignOff, receipt: tuple[tuple[str, str], ...]) -> Sheet:
    """The page, with lines for everybody's signature at its end."""
    ranking = made.ranking
    sections = (
        Section("What is signed off", tuple(_about(made))),
        Section("Assumptions", (_assumptions(made),)),
        Section("Readings that the statement turns on", (_consulted(ranking),)),
        Section("Findings recorded", (_findings(made), _listed("Questions left to a finding", ranking.findings))),
        Section("Other readings", (
            _listed("In force, not consulted by this statement", ranking.not_consulted),
            _listed("Shown only, nothing is computed from them", ranking.textual),
        )),
        Section("Signatures", (Signatures((*made.parties, PREPARED_BY)),)),
    )
    known = f", as known on {ranking.known_at}" if ranking.known_at else ""
    return Sheet(ranking.title, f"Assumptions and readings as of {ranking.as_of}{known}", sections, receipt)


def _about(made: SignOff) -> Iterator[Block]:
    facts = f"{made.facts} fact{'s' if made.facts != 1 else ''}"
    last = f", the last of {made.last_fact}" if made.last_fact else ""
    yield Paragraph(
        f"The statement of {made.ranking.as_of} rests on {facts}{last}, on the assumptions and readings below, and on "
        "what the receipt at the end names. Whoever signs accepts these for that statement, and no figure beyond it."
    )
    yield price_words(made.ranking.price)
    if made.missing:
        yield Paragraph(f"Undetermined in the statement for want of: {', '.join(made.missing)}.", "warn")


def _assumptions(made: SignOff) -> Table:
    return Table(
        "Taken as given, by whom", ("date", "what is assumed", "who says so", "grade"),
        tuple((one.day, one.says, one.source, one.grade.label) for one in made.assumptions),
        empty="None: every figure recorded is from a filing, the public record or a paper received.",
    )


def _consulted(ranking: Ranking) -> Table:
    """The readings consulted, the one on which most turns first."""
    tried: dict[tuple[str, str], list[Alternative]] = {}
    for one in ranking.effects:
        tried.setdefault((one.instrument, one.reading), []).append(one)
    asked: Mapping[tuple[str, str], OpenQuestion] = {(one.instrument, one.reading): one for one in ranking.consulted}
    columns = ("reading", "question", "in force", "chosen by, because", "what would change otherwise", "section")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (_named(asked[key]), asked[key].question, asked[key].alternative, _chosen(asked[key]),
         "; ".join(map(_otherwise, others)), asked[key].citation)
        for key, others in tried.items()
    )
    return Table("By what turns on them", columns, rows)


def _otherwise(one: Alternative) -> str:
    """An alternative with what it is worth; without the sign, since what one party loses the other gains."""
    if one.problem:
        return f"{one.alternative}: the facts recorded could not be so"
    said = [number(one.dollars, "usd")] if is_some(one.dollars) else []
    said += [f"{number(one.shares, 'shares')} shares without a price"] if is_some(one.shares) else []
    said += [f"dates {one.days} day{'s' if one.days != 1 else ''} apart"] if one.days else []
    if not said:
        said = ["no effect on this date" if one.is_none else "other figures or lines, no dollars"]
    return f"{one.alternative}: {', '.join(said)}"


def _findings(made: SignOff) -> Table:
    return Table(
        "Decided by a person", ("date", "finding", "who says so", "grade"),
        tuple((one.day, one.says, one.source, one.grade.label) for one in made.findings),
        empty="None is recorded up to this date.",
    )


def _listed(title: str, asked: tuple[OpenQuestion, ...]) -> Table:
    columns = ("reading", "question", "in force", "chosen by, because", "section")
    return Table(title, columns, tuple(
        (_named(one), one.question, one.alternative, _chosen(one), one.citation) for one in asked
    ))


def _chosen(one: OpenQuestion) -> str:
    return f"{one.chosen_by}: {one.reason}"


def _named(one: OpenQuestion) -> str:
    return f"{one.reading} of {one.instrument}"
