"""The questions that the words leave open: the answer in force, by whom and why, and what turns on it in money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Agreement, Instrument
from paripassu.values.bindings import reading_of
from paripassu.values.citation import Citation
from paripassu.values.printing import number
from paripassu.values.sheets import Amount, Block, Cell, Paragraph, Section, Sheet, Table
from paripassu.values.terms import Reading
from paripassu.values.undetermined import determined
from paripassu.views.effects import Change, Priced, descending


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of one instrument, its alternatives and the one in force; ``kind`` as in ``terms.Reading``."""

    instrument: str
    reading: str
    question: str
    kind: str
    alternatives: Mapping[str, str]
    alternative: str
    chosen_by: str
    reason: str
    citation: Citation


@dataclass(frozen=True)
class Alternative:
    """What one alternative of a reading changes in the statement of a date.

    ``dollars`` adds up what the changes are worth that count; ``shares`` the common shares that no price is known
    for; ``days`` is the farthest that two dates are apart; ``gone`` and ``come`` are the lines of the statement that
    read otherwise. ``problem`` says why the facts recorded cannot be carried out so; nothing else is known then.
    """

    instrument: str
    reading: str
    question: str
    in_force: str
    alternative: str
    says: str
    dollars: Any = None
    shares: Any = None
    days: int = 0
    changes: tuple[Change, ...] = ()
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    problem: str = ""

    @property
    def is_none(self) -> bool:
        """Whether the statement says the same under this alternative."""
        return not (self.changes or self.gone or self.come or self.problem)


@dataclass(frozen=True)
class Ranking:
    """The readings of a deal on a date: what turns on those consulted, largest first, and the others by kind."""

    deal: str
    title: str
    as_of: date
    known_at: date | None
    price: Priced
    effects: tuple[Alternative, ...]
    consulted: tuple[OpenQuestion, ...]
    not_consulted: tuple[OpenQuestion, ...]
    findings: tuple[OpenQuestion, ...]
    textual: tuple[OpenQuestion, ...]


def questions(agreement: Agreement) -> tuple[OpenQuestion, ...]:
    """Every question of every instrument, in the order of the agreement."""
    return tuple(
        _question(agreement, instrument, reading)
        for instrument in agreement.instruments.values() for reading in instrument.readings()
    )


def _question(agreement: Agreement, instrument: Instrument, reading: Reading) -> OpenQuestion:
    chosen = agreement.chosen(instrument.name, reading.id)
    choice = agreement.choices.get((instrument.name, reading.id))
    return OpenQuestion(
        instrument.name, reading.id, reading.question, reading.kind, reading.alternatives, chosen,
        choice.by if choice else "library default", choice.reason if choice else reading.alternatives[chosen],
        Citation(instrument.document, _section(instrument, reading.id)),
    )


def _section(instrument: Instrument, reading: str) -> str:
    """Where the words stand that leave it open: the section of the figure that turns on it, else of the clause."""
    for name, binding in instrument.bindings.items():
        if reading_of(binding) == reading:
            return instrument.section_of(name)
    return next(one.section for one in instrument.clauses if any(asked.id == reading for asked in one.readings))


def in_order(effects: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """The largest first: by dollars, then by shares without a price, then what cannot be carried out at all, then by
    figures beside these, by days, and by lines that read otherwise; those without effect last."""
    return tuple(sorted(effects, key=_rank))


def _rank(one: Alternative) -> tuple[Any, ...]:
    beside = sum(change.by is not None for change in one.changes)
    tiers: Sequence[tuple[bool, Any]] = (
        (is_some(one.dollars), one.dollars), (is_some(one.shares), one.shares), (bool(one.problem), 0),
        (beside > 0, beside), (one.days > 0, one.days), (not one.is_none, max(len(one.gone), len(one.come))), (True, 0),
    )
    place = next(place for place, (holds, _) in enumerate(tiers) if holds)
    return (place, *descending(tiers[place][1]), one.instrument, one.reading, one.alternative)


def is_some(amount: Any) -> bool:
    """Whether an amount is there and not surely nothing."""
    return amount is not None and (not determined(amount) or bool(amount))


# -- the sheet


def ranking_sheet(made: Ranking) -> Sheet:
    """What turns on each reading, largest first; then those without effect, and those that nothing is computed from."""
    moving = [one for one in made.effects if not one.is_none]
    still = [one for one in made.effects if one.is_none]
    sections = [
        Section("How this is ranked", tuple(_how(made))),
        Section("What turns on the readings", (_ranked(moving),)),
        *(Section(f"{_named(one)}: {one.alternative} rather than {one.in_force}", (_told(one),),
                  f"{one.question} {one.alternative}: {one.says}") for one in moving),
        Section("No effect on this date", (Table(
            "Consulted, with the same statement either way", ("reading", "question", "in force", "otherwise"),
            tuple((_named(one), one.question, one.in_force, one.alternative) for one in still),
        ),)),
        Section("Not consulted by this statement", (_listed("Computing", made.not_consulted),)),
        Section("Left to a finding", (_listed("Decided by a person and recorded as a fact", made.findings),)),
        Section("Shown only", (_listed("Nothing is computed from these", made.textual),)),
    ]
    known = f", as known on {made.known_at}" if made.known_at else ""
    return Sheet(made.title, f"What turns on the readings as of {made.as_of}{known}", tuple(sections))


def effect_sheet(made: Alternative) -> Sheet:
    """What one alternative changes, by itself."""
    beside = f" rather than {made.in_force}" if made.in_force != made.alternative else ", as before"
    return Sheet(
        f"{_named(made)}: {made.alternative}{beside}", made.question,
        (Section("In figures", (Paragraph("Nothing changes.") if made.is_none else _told(made),)),),
    )


def price_words(price: Priced) -> Paragraph:
    """At which price shares are taken, or which price is missing."""
    if price.bid is None:
        return Paragraph(
            f"No closing bid of {price.day} is recorded, so shares are ranked behind dollars: add it with --prices.",
            "warn",
        )
    bid = number(price.bid, "usd per share")
    return Paragraph(f"Common shares are taken at the closing bid of {price.day}, {bid}.")


def _how(made: Ranking) -> Iterator[Block]:
    yield price_words(made.price)
    yield Paragraph(
        "What counts: shares held, also where still to be delivered, shares to be had by converting (now or all, "
        "whichever differs more), what exercising costs and what is owed, without regard to who gains. Prices, "
        "accounts and dates are shown and added to nothing."
    )
    if any(not determined(change.by) for one in made.effects for change in one.changes):
        yield Paragraph(
            "A difference that is undetermined is bounded by comparing both statements with what is missing at its "
            "lowest and at its highest.", "warn",
        )


def _ranked(moving: list[Alternative]) -> Table:
    columns = ("reading", "in force", "otherwise", "dollars", "shares without a price", "days", "differs")
    rows = tuple(
        (_named(one), one.in_force, one.alternative, _amount(one.dollars, "usd"), _amount(one.shares, "shares"),
         str(one.days) if one.days else "-", _differs(one))
        for one in moving
    )
    return Table("By dollars", columns, rows, empty="Nothing: the statement is the same under every alternative.")


def _amount(value: Any, unit: str) -> Cell:
    return Amount(value, unit) if is_some(value) else "-"


def _differs(one: Alternative) -> str:
    if one.problem:
        return "cannot be carried out"
    lines = max(len(one.gone), len(one.come))
    figures, said = len(one.changes), f"{lines} line{'s' if lines != 1 else ''}"
    return f"{figures} figure{'s' if figures != 1 else ''}, {said}" if figures else said


def _told(one: Alternative) -> Block:
    if one.problem:
        return Paragraph(f"The facts recorded cannot be carried out so: {one.problem}", "warn")
    if not one.changes:
        rows: tuple[tuple[Cell, ...], ...] = tuple(("goes", line) for line in one.gone)
        return Table("Lines that read otherwise", ("", "line"), rows + tuple(("comes", line) for line in one.come))
    columns = ("what", "in force", "otherwise", "difference", "dollars")
    return Table("What changes", columns, tuple(
        (change.words, _said(change.before, change.unit), _said(change.after, change.unit), _by(change),
         _amount(change.dollars, "usd"))
        for change in one.changes
    ))


def _said(value: Any, unit: str) -> Cell:
    return Amount(value, unit) if unit and value is not None else "-" if value is None else str(value)


def _by(change: Change) -> Cell:
    if change.days is not None:
        return f"{change.days} day{'s' if change.days != 1 else ''}"
    return "-" if change.by is None else Amount(change.by, change.unit)


def _listed(title: str, asked: tuple[OpenQuestion, ...]) -> Table:
    columns = ("reading", "question", "in force", "section")
    return Table(title, columns, tuple(
        (_named(one), one.question, one.alternative, one.citation) for one in asked
    ), folded=True)


def _named(one: Alternative | OpenQuestion) -> str:
    return f"{one.reading} of {one.instrument}"
