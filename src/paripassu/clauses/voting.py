"""Meetings, record dates and votes: what the holders are told, how many votes they have, what carries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from paripassu.values.arithmetic import Rational, ratio, whole_down, whole_up
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.dates import latest_day_before
from paripassu.values.effects import Discharge, Due, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec

MEETING, RECORD = "notify_meeting", "mail_record_notice"
MAILING = "R-XII-MAIL"


def record_notice_closes(
    date_of_record: date, record_notice_days: int, consummation_days: int, consummation_planned: date | None,
    announced: date | None,
) -> date:
    """The earlier of so many days before the record date and before the consummation; never before the announcement."""
    earliest = latest_day_before(date_of_record, int(record_notice_days))
    if consummation_planned is not None:
        earliest = min(earliest, latest_day_before(consummation_planned, int(consummation_days)))
    return earliest if announced is None else max(earliest, announced)


def majority_needed(shares_voting: Rational) -> int:
    """The fewest shares that are more than half."""
    return whole_down(ratio(shares_voting) / 2) + 1


def half_needed(shares_voting: Rational) -> int:
    """The fewest shares that are half or more."""
    return whole_up(ratio(shares_voting) / 2)


def vote_carries(shares_in_favour: Rational, votes_needed: int) -> bool:
    """Whether the shares in favour are enough."""
    return bool(shares_in_favour >= votes_needed)


def votes_rounded_up(exact_shares_of_holder: Rational) -> int:
    """The holder's total, rounded up as a conversion would be."""
    return whole_up(exact_shares_of_holder)


def votes_rounded_down(exact_shares_of_holder: Rational) -> int:
    """The holder's total without the fraction."""
    return whole_down(exact_shares_of_holder)


@dataclass(frozen=True)
class Voting(Clause):
    """No vote but what the law gives: notices of meetings and record dates, class votes and votes as converted."""

    terms = {
        "record_notice_days": TermSpec("whole", "days", "notice before a record date"),
        "consummation_days": TermSpec("whole", "days", "notice before the consummation of a transaction"),
    }
    readings = (
        Reading(
            MAILING, "Must the notice of a record date be mailed or received by the last day?", "computing",
            {"mailing": "shall mail a notice", "receipt": "the holder must have it"},
        ),
        Reading(
            "R-ATLEAST", "What is at least a majority?", "computing",
            {"more than half": "half is not a majority", "half or more": "half is enough"},
        ),
        Reading(
            "R-VOTE-ROUND", "What becomes of a fraction of a vote?", "computing",
            {"rounded up": "as a conversion would be", "left out": "whole votes only"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The last day for a notice of a record date, the shares needed to carry, the votes of a holder."""
        return {
            "date_of_record": History("date", by="event", waits_for="record_date_set"),
            "consummation_planned": History("date", by="event"),
            "announced": History("date", by="event"),
            "record_notice_closes": Formula(record_notice_closes, "date"),
            "last_day_to_mail": History("date", by="event", waits_for="record_date_set"),
            "shares_voting": History("shares", by="act", waits_for="class_vote"),
            "shares_in_favour": History("shares", by="act", waits_for="class_vote"),
            "votes_needed": ByReading(
                "R-ATLEAST", "shares", {"more than half": majority_needed, "half or more": half_needed}
            ),
            "vote_carries": Formula(vote_carries, "yes or no"),
            "votes": ByReading(
                "R-VOTE-ROUND", "votes", {"rounded up": votes_rounded_up, "left out": votes_rounded_down}
            ),
        }

    def on_stockholder_meeting(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Prior notification with the materials; no number of days, so the day before is the last."""
        meeting = fact.details["meeting"]
        yield Owe(MEETING, meeting, "company", "holders", "notify the meeting and send the proxy materials",
                  fact.details["on_day"] - timedelta(days=1), role="meeting")

    def on_record_date_set(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A record date taken for a right or a vote is notified by mail."""
        event = fact.details["event"]
        given = {"consummation_planned": fact.details.get("consummation"), "announced": fact.details.get("announced")}
        yield Set("date_of_record", event, fact.details["record_date"], role="record_date")
        closes = ask("record_notice_closes", event=event, given=given)
        source = ask.source("record_notice_closes", event=event, given=given)
        yield Set("last_day_to_mail", event, closes, source, "record_date")
        yield Owe(RECORD, event, "company", "holders", "mail the notice of the record date and of what it is for",
                  closes, role="record_date")

    def on_holders_notified(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Performed by mailing; under the other reading only when received."""
        if ask.reading(MAILING) == "mailing" or "received" not in fact.details:
            yield from self._performed(fact.details["event"], ask)

    def after_holders_notified(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """When a mailed notice arrives."""
        if ask.reading(MAILING) == "receipt" and "received" in fact.details:
            when = moment(fact.details["received"], Place.PAPER)
            yield Due(when, "record_notice_received", fact.details["event"], "the notice of a record date arrives")

    def on_record_notice_received(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The notice has arrived."""
        yield from self._performed(due.subject, ask)

    def _performed(self, event: str, ask: Ask) -> Iterable[Effect]:
        for duty in (MEETING, RECORD):
            owed = ask.state.obligation(duty, event)
            if owed is not None and owed.status != "performed":
                yield Discharge(duty, event, owed.role)

    def on_class_vote(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Counted over the shares represented at a meeting with a quorum."""
        act = fact.details["act"]
        yield Set("shares_voting", act, fact.details["represented"], role="class_vote")
        yield Set("shares_in_favour", act, fact.details["in_favour"], role="class_vote")
        carried = ask("vote_carries", act=act)
        yield Occur("class_vote_carried" if carried else "class_vote_lost", act, {}, "class_vote")
