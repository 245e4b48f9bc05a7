"""What the parties agreed or say about the papers: amended terms, waivers, consents, and figures in dispute."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Instrument
from paripassu.asking import Names
from paripassu.replay import Replayed
from paripassu.values.bindings import unit_of
from paripassu.values.citation import Citation
from paripassu.values.facts import Fact
from paripassu.values.undetermined import lesser


@dataclass(frozen=True, slots=True)
class AmendedTerm:
    """A term with another value from a date: what it was, what it is, and on which paper."""

    day: date
    term: str
    was: Any
    now: Any
    unit: str
    citation: Citation
    source: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """What was waived, by whom, until when (none: for good), and how the duty stands now (empty: no duty)."""

    day: date
    of: str
    by: str
    until: date | None
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Who consented to an action, with how many shares of how many, and whether together they are a majority."""

    action: str
    instrument: str
    holders: tuple[str, ...]
    shares: Any
    outstanding: Any
    majority: Any
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """A figure of which a party says another value: both, side by side."""

    day: date
    of: str
    whose: str
    by: str
    ours: Any
    theirs: Any
    unit: str
    because: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """Everything said about the papers beside their terms."""

    amended: tuple[AmendedTerm, ...]
    waivers: tuple[Waiver, ...]
    consents: tuple[Consent, ...]
    disputed: tuple[Disputed, ...]


def agreed(done: Replayed) -> Agreed:
    """What was agreed and said through the date of a replay, in order."""
    said: dict[str, list[Fact]] = {}
    for fact in done.state.facts:
        said.setdefault(fact.kind, []).append(fact)
    return Agreed(
        tuple(_amended(done)), tuple(_waiver(done, fact) for fact in said.get("waiver", [])),
        tuple(_consents(done, said.get("consent", []))),
        tuple(_disputed(done, fact) for fact in said.get("figure_disputed", [])),
    )


def _amended(done: Replayed) -> Iterator[AmendedTerm]:
    for one in done.agreement.amendments:
        if one.day <= done.state.as_of:
            term = one.clause.values[one.term]
            instrument = done.agreement.instruments[one.instrument]
            yield AmendedTerm(one.day, one.term, one.was, term.value, term.unit,
                              Citation(instrument.document, term.section), one.source)


def _waiver(done: Replayed, fact: Fact) -> Waiver:
    owed = done.state.get(("obligation", fact.details["of"]))
    return Waiver(fact.effective, fact.details["of"], fact.details["by"], fact.details.get("until"),
                  owed.status if owed else "", fact.source)


def _consents(done: Replayed, facts: list[Fact]) -> Iterator[Consent]:
    """By action and instrument; a holder who says no number consents with all it holds on that day.

    Counted on the day of the last consent: a share that changed hands since the first counts once.
    """
    actions: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        actions.setdefault((fact.details["action"], fact.details["instrument"]), []).append(fact)
    for (action, name), given in actions.items():
        latest = {fact.details["holder"]: fact for fact in given}
        place = done.state.place_at_end_of(max(fact.effective for fact in given))
        shares = sum((_consenting(done, name, fact, place) for fact in latest.values()), 0)
        names = done.names[name]
        has_rule = "is_majority" in names.instrument.bindings
        point = names.point(None, {"shares_consenting": shares}, {})._replace(place=place)
        majority = names.at_point("is_majority", point) if has_rule else None
        yield Consent(
            action, name, tuple(latest), shares, done.state.total(name, "", place), majority,
            _citation(names.instrument, "is_majority") if has_rule else None,
        )


def _consenting(done: Replayed, instrument: str, fact: Fact, counted: int) -> Any:
    holder, stated = fact.details["holder"], fact.details.get("consenting")
    given = done.state.total(instrument, holder, done.state.place_at_end_of(fact.effective))
    return lesser(given if stated is None else stated, done.state.total(instrument, holder, counted))


def _disputed(done: Replayed, fact: Fact) -> Disputed:
    of, whose = fact.details["of"], fact.details.get("whose", "")
    names, name, at = _asked(done, of, whose)
    ours = names(name, **at) if names else None
    return Disputed(
        fact.effective, of, whose, fact.details["by"], ours, fact.details["value"],
        unit_of(names.instrument.bindings[name]) if names else "", fact.details["because"],
        _citation(names.instrument, name) if names else None,
    )


def _asked(done: Replayed, of: str, whose: str) -> tuple[Names | None, str, dict[str, Any]]:
    """The figure in dispute: how much a duty comes to, or a figure by its name, of the subject given."""
    owed = done.state.get(("obligation", of))
    if owed is not None:
        return (done.names[owed.instrument] if owed.amount else None), owed.amount, dict(owed.at)
    subject, _, who = whose.partition("=")
    having = (names for names in done.names.values() if of in names.instrument.bindings)
    return next(having, None), of, {subject: who} if whose else {}


def _citation(instrument: Instrument, name: str) -> Citation:
    return Citation(instrument.document, instrument.section_of(name))
