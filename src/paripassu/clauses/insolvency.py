"""Bankruptcy events: any of the facts listed, each of its own, without period of grace or cure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paripassu.values.effects import Discharge, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading


@dataclass(frozen=True)
class BankruptcyEvents(Clause):
    """Each insolvency fact recorded under a limb is a bankruptcy event at once, and goes on until its end is recorded.

    The one of a proceeding left unanswered follows by itself when the day to answer passes, so that the day stands in
    the diary.
    """

    readings = (
        Reading(
            "R-BK-CONT", "Until when does a bankruptcy event continue?", "finding",
            {"until its end is recorded": "withdrawn, dismissed, discharged or reversed",
             "at once over": "an event of one day ends with it"},
        ),
        Reading(
            "R-BK-RIGHT", "Which rights of a creditor count when exercised?", "finding",
            {"enforcement": "those like the examples given", "any right": "also an inspection"},
        ),
    )

    def on_insolvency_fact(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A bankruptcy event on its date; a proceeding against the company is to be answered in time."""
        case, limb = fact.details["case"], fact.details["limb"]
        yield Occur("bankruptcy_event", case, {"limb": limb}, limb)
        due = fact.details.get("answer_due")
        if due is not None:
            yield Owe("answer_petition", case, "company", "court", f"answer the proceeding of {case}", due,
                      role="unanswered", or_else="a bankruptcy event of its own")

    def on_petition_answered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Answered: no further event follows."""
        owed = ask.state.obligation("answer_petition", fact.details["case"])
        if owed is not None and owed.status in ("open", "breached"):
            yield Discharge("answer_petition", fact.details["case"], "unanswered")

    def on_missed_answer_petition(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Leaving a filed proceeding unanswered is an event of its own."""
        yield Occur("bankruptcy_event", f"{event.subject}/unanswered", {"limb": "x"}, "unanswered")

    def on_insolvency_ended(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The event no longer continues."""
        yield Set("insolvency_ended", fact.details["case"], fact.effective, role="ended")
