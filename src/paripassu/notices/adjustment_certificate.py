"""The certificate of an adjustment: the new price and number, the facts, and the calculation step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Instrument
from paripassu.asking import Names
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ZERO
from paripassu.values.citation import Citation
from paripassu.values.price_events import MADE, Issued, Split, Step
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Amount, Block, Cell, Paragraph, Section, Sheet, Signatures, Table
from paripassu.values.undetermined import Undetermined

PRICE, SHARES, DOLLARS = "usd per share", "shares", "usd"


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The warrant shares of one holder before and after the adjustment."""

    holder: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class AdjustmentCertificate:
    """One adjustment that was made, the steps it carries with it, and the number of shares it left with each holder.

    ``adjustment`` is its name in the statement, the lot and the number of its event; ``carried`` are the steps since
    the adjustment before it that were too small to be made; ``minimum`` is the smallest part of the price adjusted.
    """

    instrument: str
    title: str
    lot: str
    adjustment: str
    day: date
    step: Step
    carried: tuple[Step, ...]
    holders: tuple[Renumbered, ...]
    carried_before: Any
    minimum: Any
    citation: Citation


def adjustment_certificate(done: Replayed, lot: str, event: int | None = None) -> AdjustmentCertificate:
    """The certificate of the adjustment of a lot by the event of that number; of its latest adjustment without one.

    Raises Problem UNKNOWN_NAME where events move no price of such a lot, IMPOSSIBLE_FACT where no adjustment was made
    by that event (or by any), INCOMPLETE_FACT where a price that decides it is not known.
    """
    names = _names_of(done, lot)
    steps = names("price_steps", lot=lot)
    if isinstance(steps, Undetermined):
        waits = ", ".join(sorted({str(need) for need in steps.needs}))
        raise Problem(ProblemKind.INCOMPLETE_FACT, f"whether and how far the price of {lot} was adjusted waits for "
                      f"{waits}", "give it, or ask about a date before the event")
    made = [one for one, step in enumerate(steps, 1) if step.why == MADE]
    chosen = event if event is not None else made[-1] if made else 0
    if chosen not in made:
        asked = f"event {chosen} of {lot}" if chosen else f"any event of {lot} up to {done.state.as_of}"
        known = ", ".join(map(str, made))
        raise Problem(ProblemKind.IMPOSSIBLE_FACT, f"no adjustment was made by {asked}",
                      f"name one of the events {known}" if known else "see what is carried with: paripassu adjustments")
    return _certificate(done, names, lot, steps, chosen, max((one for one in made if one < chosen), default=0))


def _names_of(done: Replayed, lot: str) -> Names:
    having = [names for names in done.names.values() if "price_steps" in names.instrument.bindings]
    for names in having:
        if lot in (done.state.get(("value", "adjustable_lots", names.instrument.name)) or ()):
            return names
    lots = [lot for names in having
            for lot in done.state.get(("value", "adjustable_lots", names.instrument.name)) or ()]
    raise Problem(
        ProblemKind.UNKNOWN_NAME, f"no warrant {lot} has a price that issues of securities move",
        f"name one of {', '.join(lots)}" if lots else f"{done.agreement.name} has none on {done.state.as_of}",
    )


def _certificate(
    done: Replayed, names: Names, lot: str, steps: tuple[Step, ...], event: int, before: int
) -> AdjustmentCertificate:
    instrument, step, name = names.instrument, steps[event - 1], f"{lot}/{event}"
    place = done.state.steps(("occurred", "exercise_price_adjusted", name))[0][0]
    held = {one: done.state.position(instrument.name, one, lot, place) for one in done.state.holders(instrument.name)}
    holders = tuple(Renumbered(one, after / step.number_ratio, after) for one, after in held.items() if after)
    return AdjustmentCertificate(
        instrument.name, instrument.title, lot, name, done.state.records.moments[place].date, step,
        steps[before:event - 1], holders, steps[event - 2].carried if event > 1 else ZERO,
        names("minimum_adjustment"), Citation(instrument.document, _section(instrument)),
    )


def _section(instrument: Instrument) -> str:
    """The section under which adjustments are notified, else the one that makes them."""
    told = (clause.section for clause in instrument.clauses if "adjustment_notice" in clause.hears())
    return next(told, instrument.section_of("price_steps"))


def certificate_sheet(done: Replayed, made: AdjustmentCertificate, receipt: Any) -> Sheet:
    """The certificate as a paper: what changed, the facts, the calculation, and the line to be signed."""
    parties = done.agreement.parties
    company = parties["company"]
    sections = (
        Section("What is certified", (Paragraph(_what(made, company)), _changed(made, parties))),
        Section("Facts", (_facts(made),)),
        Section("Calculation", tuple(_calculation(made))),
        Section("Certified", (Signatures((f"{company}, Chief Financial Officer",)),)),
    )
    return Sheet(company, f"Certificate of adjustment {made.adjustment}: {made.title}", sections, receipt)


def _what(made: AdjustmentCertificate, company: str) -> str:
    return (f"{company} certifies that on {made.day} the exercise price of warrant {made.lot} and the number of shares "
            f"that may be bought under it changed as follows ({made.citation}).")


def _changed(made: AdjustmentCertificate, parties: Mapping[str, str]) -> Table:
    step = made.step
    rows: list[tuple[Cell, ...]] = [
        ("exercise price", *(Amount(one, PRICE) for one in (step.before, step.after, step.after - step.before))),
    ]
    for one in made.holders:
        change = (one.before, one.after, one.after - one.before)
        rows.append((f"shares of {parties.get(one.holder, one.holder)}", *(Amount(each, SHARES) for each in change)))
    return Table("Adjusted", ("", "before", "after", "change"), tuple(rows))


def _facts(made: AdjustmentCertificate) -> Table:
    told = [*made.carried, made.step]
    return Table(
        "Events told of", ("event", "shares", "received for them", "market price", "outstanding before", "what it did"),
        tuple((one.event.name, *_offered(one), one.why) for one in told),
        note="Every event since the adjustment before this one; what was carried forward is made with it.",
    )


def _offered(step: Step) -> tuple[Cell, ...]:
    offer = step.offer
    if offer is None:
        return ("-", "-", "-", "-")
    return (Amount(offer.shares, SHARES), Amount(offer.consideration, DOLLARS), Amount(offer.market, PRICE),
            Amount(offer.outstanding, SHARES))


def _calculation(made: AdjustmentCertificate) -> Iterator[Block]:
    """The calculation line by line, each from those above it."""
    rows: list[tuple[Cell, ...]] = [("E: exercise price in effect", Amount(made.step.before, PRICE))]
    rows += _by_issue(made.step) if isinstance(made.step.event, Issued) else [_otherwise(made.step)]
    rows += [
        ("C: carried forward from earlier events", Amount(made.carried_before, PRICE)),
        ("E1: price sought, with what was carried", Amount(made.step.exact, PRICE)),
        ("A: amount of the adjustment: E - E1", Amount(made.step.amount, PRICE)),
        (f"T: smallest amount that is made: {number(made.minimum * 100, '')} % of E",
         Amount(made.minimum * made.step.before, PRICE)),
        ("E2: exercise price adjusted: E1 to the nearest cent", Amount(made.step.after, PRICE)),
        ("R: what the number of shares is multiplied by", Amount(made.step.number_ratio, "shares per share")),
    ]
    yield Table("Line by line", ("", "value"), tuple(rows))


def _by_issue(step: Step) -> list[tuple[Cell, ...]]:
    offer = step.offer
    assert offer is not None, "an issue that adjusted the price was priced"
    return [
        ("O: shares outstanding immediately before", Amount(offer.outstanding, SHARES)),
        ("N: shares issued, or deemed to be", Amount(offer.shares, SHARES)),
        ("D: shares deemed outstanding after", Amount(offer.base + offer.shares, SHARES)),
        ("P: consideration received or receivable", Amount(offer.consideration, DOLLARS)),
        ("M: market price of the day", Amount(offer.market, PRICE)),
        ("F: factor: (O + P / M) / D", Amount(offer.factor, "of the price")),
        ("price by this issue alone: E x F", Amount(step.before * offer.factor, PRICE)),
    ]


def _otherwise(step: Step) -> tuple[Cell, Cell]:
    event = step.event
    if isinstance(event, Split):
        return "shares after for each share before", Amount(event.after / event.before, "shares per share")
    return "price that would be in effect on the history as changed", Amount(step.exact, PRICE)
