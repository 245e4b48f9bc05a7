"""Choosing a reading in a book: what it changes, then a dated entry with a name and a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paripassu import booking
from paripassu.agreement import Agreement, Choice, check_choice
from paripassu.booking import Clock, Prepared
from paripassu.rankings import Basis, effect_of
from paripassu.recorded import Recorded, facts_and_market, opened, recorded
from paripassu.values.calendars import Calendars
from paripassu.values.problems import Problem, ProblemKind
from paripassu.views.readings import Alternative


@dataclass(frozen=True)
class Chosen:
    """A choice about to be recorded: the entry with the lines it changes, and its effect on the figures of the day.

    The effect is None where the choice is not in force on that day: because it begins later, or because ``prevails``,
    a choice of a later date that stays in force.
    """

    prepared: Prepared
    since: date
    effect: Alternative | None
    prevails: Choice | None


def prepare_choice(
    path: str, choice: Choice, clock: Clock, as_of: date | None = None, effective: date | None = None
) -> Chosen:
    """Work out what choosing a reading for one instrument changes in the statement of a day.

    The choice holds from ``effective`` on, from the first paper on where none is given; what was chosen before stays
    in the book. Without ``as_of`` the day is the last on which a recorded fact took effect, today at most. Raises
    Problem UNKNOWN_READING, UNKNOWN_NAME for the instrument, MISSING_KEY without a reason or a name, DUPLICATE where
    the same person chose the same before, UNREADABLE for a reading that nothing is computed from.
    """
    said, calendars = opened(path)
    first = min(document.date for document in said.agreement.documents.values())
    since = effective or first
    begins = _said(path, calendars, since)
    _check(begins.agreement, choice)
    day = as_of or _last_day(said, calendars, clock().date_in(said.agreement.zone))
    then = _said(path, calendars, day)
    key = (choice.instrument, choice.reading)
    standing, later = begins.agreement.choices.get(key), then.agreement.choices.get(key)
    prevails = later if since <= day and later != standing else None
    entry = booking.choice_submission(choice, since, choice.by, f"choice:{len(said.entries)}:{':'.join(key)}")
    prepared = booking.previewed(said, calendars, [entry], day, clock)
    in_force = since <= day and prevails is None
    return Chosen(prepared, since, _effect(then, calendars, choice, day) if in_force else None, prevails)


def _said(path: str, calendars: Calendars, day: date) -> Recorded:
    said = recorded(path, calendars, None, day)
    assert said is not None, "the book was opened just now"
    return said


def _last_day(said: Recorded, calendars: Calendars, today: date) -> date:
    facts, _ = facts_and_market(said, calendars)
    return max((fact.effective for fact in facts if fact.effective <= today), default=today)


def _effect(then: Recorded, calendars: Calendars, choice: Choice, day: date) -> Alternative:
    facts, market = facts_and_market(then, calendars)
    basis = Basis(then.agreement, facts, market, day)
    return effect_of(basis, choice.instrument, choice.reading, choice.alternative)


def _check(agreement: Agreement, choice: Choice) -> None:
    instrument = agreement.instrument(choice.instrument)
    check_choice(instrument, choice)
    kind = next(one.kind for one in instrument.readings() if one.id == choice.reading)
    if kind != "computing":
        raise Problem(
            ProblemKind.UNREADABLE, f"nothing is computed from {choice.reading}, a {kind} reading",
            "record what was found as a fact" if kind == "finding" else "leave it: it is only shown",
        )
    for what, given, flag in (("reason", choice.reason, "--reason"), ("name", choice.by, "--by")):
        if not given.strip():
            raise Problem(
                ProblemKind.MISSING_KEY, f"{choice.reading} is chosen without a {what}", f"give it with {flag}"
            )
    standing = agreement.choices.get((choice.instrument, choice.reading))
    if standing and (standing.alternative, standing.by) == (choice.alternative, choice.by):
        raise Problem(
            ProblemKind.DUPLICATE,
            f"{choice.by} chose {choice.alternative!r} for {choice.reading} before ({standing.reason})",
            "choose another alternative, or let another person adopt this one",
        )
