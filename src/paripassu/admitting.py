"""Facts against the papers before anything is replayed: what a fact names must be there for somebody to hear it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from paripassu.agreement import Agreement
from paripassu.amending import as_amended
from paripassu.values.calendars import Calendars
from paripassu.values.facts import Fact
from paripassu.values.kinds.fields import Nature
from paripassu.values.market import TRADING_CALENDAR
from paripassu.values.parties import COMMON
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.references import check_references


def admitted(
    agreement: Agreement, facts: Sequence[Fact], calendars: Calendars, known_at: date | None = None
) -> tuple[Agreement, list[Fact]]:
    """The agreement as amended, and the facts known at the end of ``known_at``, all of which it has a place for.

    Raises Problem OUTSIDE_COVERAGE for a date that the trading calendar does not cover, UNKNOWN_NAME for a fact that
    names an instrument, security, figure, event or holder that is not there, IMPOSSIBLE_FACT for one that names what no
    fact before it named, and what ``as_amended`` raises.
    """
    check_references(facts, agreement.parties)
    known = [fact for fact in facts if known_at is None or fact.recorded <= known_at]
    agreement = as_amended(agreement, known, calendars)
    _check_dates(known, calendars)
    _check_names(agreement, known)
    return agreement, known


def _check_dates(facts: Sequence[Fact], calendars: Calendars) -> None:
    calendar = calendars.get(TRADING_CALENDAR)
    for fact in facts:
        try:
            calendar.check_covered(fact.effective)
        except Problem as problem:
            raise (problem.at(fact.place) if fact.place else problem) from None


def _check_names(agreement: Agreement, facts: Sequence[Fact]) -> None:
    """Raise Problem UNKNOWN_NAME for a fact that names what the agreement does not have: nobody would hear it."""
    for fact in facts:
        named = fact.details.get("instrument")
        if named is not None and named not in agreement.instruments:
            raise Problem(
                ProblemKind.UNKNOWN_NAME, f"a {fact.kind} of {fact.effective} names the instrument {named!r}",
                "use " + ", ".join(agreement.instruments), fact.place,
            )
        if "security" in fact.details:
            _check_security(agreement, fact)
        if fact.kind == "finding":
            _check_finding(agreement, fact)
        if fact.kind == "figure_disputed" and ":" not in fact.details["of"]:
            _check_figure(agreement, fact)


def _check_figure(agreement: Agreement, fact: Fact) -> None:
    """Raise Problem UNKNOWN_NAME for a dispute of a figure that nobody can ask."""
    if not any(fact.details["of"] in instrument.bindings for instrument in agreement.instruments.values()):
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"a dispute of {fact.effective} is of {fact.details['of']!r}",
            "name a duty as the statement prints it, or a figure as paripassu figure lists it", fact.place,
        )


def _check_security(agreement: Agreement, fact: Fact) -> None:
    """Raise Problem UNKNOWN_NAME for a fact of a security whose register no clause keeps."""
    keeping = [(name, clause) for name, one in agreement.instruments.items() for clause in one.clauses
               if "certificate_issued" in clause.hears()]
    kept = [*(name for name, _ in keeping), *(name for _, clause in keeping for name, link in clause.links.items()
            if "title" in link)]
    if fact.nature is Nature.REPORT:
        kept = list(dict.fromkeys([*kept, *agreement.instruments, COMMON]))
    if fact.details["security"] not in kept:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"a {fact.kind} of {fact.effective} names the security "
            f"{fact.details['security']!r}", "use " + (", ".join(kept) or "a deal that keeps a register"), fact.place,
        )


def _check_finding(agreement: Agreement, fact: Fact) -> None:
    """Raise Problem UNKNOWN_NAME for a finding that no clause listens to, of any paper or of the one it names."""
    heard = [
        (event, papers) for one in agreement.instruments.values() for clause in one.clauses
        for event, papers in clause.findings()
    ]
    event, of = fact.details["event"], fact.details["of"]
    if any(event == name and (not papers or of in papers) for name, papers in heard):
        return
    papers = sorted({paper for name, listed in heard if name == event for paper in listed})
    known = sorted({name for name, _ in heard})
    raise Problem(
        ProblemKind.UNKNOWN_NAME,
        f"a finding of {fact.effective} is of the event {event!r} under {of!r}, to which no clause listens",
        f"record it of {' or '.join(papers)}" if papers else "use " + (", ".join(known) or "a deal with findings"),
        fact.place,
    )
