"""When a notice counts as given: at once, or some days after it was sent, by the way it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.dates import days_after
from paripassu.values.effects import Due, Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec

RECEIPT = "R-W05-RECEIPT"
ON_THE_WAY = ("courier", "mail")
"""The ways of sending that take days."""


def given_at_once(sent_on: date) -> date:
    """On personal delivery, or on confirmation that the facsimile was sent: the day itself."""
    return sent_on


def given_by_courier(sent_on: date, courier_days: int, notice_days: Calendar) -> date:
    """So many business days after the overnight courier was sent."""
    return notice_days.add(sent_on, int(courier_days))


def given_by_mail(sent_on: date, mail_days: int) -> date:
    """So many calendar days after posting."""
    return days_after(sent_on, int(mail_days))


@dataclass(frozen=True)
class DeemedNotice(Clause):
    """Notices count as given by the way they were sent; an exercise notice takes effect when it is given."""

    terms = {
        "courier_days": TermSpec("whole", "business days", "from sending by courier to the notice being given"),
        "mail_days": TermSpec("whole", "days", "from posting to the notice being given"),
        "notice_days": TermSpec("calendar", "calendar", "the business days on which couriers' days are counted"),
    }
    readings = (
        Reading(
            RECEIPT, "Does a notice that counts as given count as received, where periods run from receipt?",
            "computing",
            {"deemed given": "given for all purposes is received", "actual receipt": "only when it is in hand"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The day on which a notice sent each way counts as given."""
        return {
            "sent_on": History("date", by="notice", waits_for="notice_sent"),
            "given_by_hand": Formula(given_at_once, "date"),
            "given_by_fax": Formula(given_at_once, "date"),
            "given_by_courier": Formula(given_by_courier, "date"),
            "given_by_mail": Formula(given_by_mail, "date"),
        }

    def on_exercise_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A notice of exercise is on its way or given."""
        yield from self._sent(fact.details["exercise"], fact, ask)

    def on_notice_sent(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Another notice is on its way or given."""
        yield from self._sent(fact.details["notice"], fact, ask)

    def after_exercise_notice(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The day on which a notice on its way counts as given."""
        yield from self._waits(fact.details["exercise"], fact, ask)

    def after_notice_sent(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The day on which a notice on its way counts as given."""
        yield from self._waits(fact.details["notice"], fact, ask)

    def on_notice_arrives(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The notice counts as given."""
        yield self._given(due.subject, ask)

    def on_notice_received(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """In hand: what counts where only actual receipt does."""
        notice = fact.details["notice"]
        waiting = ask.state.get(("occurred", "notice_given", notice)) is None
        if waiting and ask.reading(RECEIPT) == "actual receipt" and self._told(notice, ask) is not None:
            yield self._given(notice, ask)

    def _sent(self, notice: str, fact: Fact, ask: Ask) -> Iterable[Effect]:
        day, second = ask.local_clock(fact)
        channel = fact.details["channel"]
        details = {**fact.details, "kind": fact.kind, "second": second, "place": fact.place, "sent_on": day}
        yield Set("notice_details", notice, details)
        yield Set("sent_on", notice, day, role=channel)
        name = f"given_by_{channel}"
        yield Set("deemed_given_on", notice, ask(name, notice=notice), ask.source(name, notice=notice), channel)
        if channel not in ON_THE_WAY:
            yield self._given(notice, ask)

    def _waits(self, notice: str, fact: Fact, ask: Ask) -> Iterable[Due]:
        if fact.details["channel"] in ON_THE_WAY and ask.reading(RECEIPT) == "deemed given":
            given = ask.state.get(("value", "deemed_given_on", notice))
            yield Due(moment(given, Place.PAPER), "notice_arrives", notice, f"notice {notice} counts as given", "",
                      fact.details["channel"])

    def _told(self, notice: str, ask: Ask) -> Mapping[str, object] | None:
        told: Mapping[str, object] | None = ask.state.get(("value", "notice_details", notice))
        return told

    def _given(self, notice: str, ask: Ask) -> Occur:
        """Given today; the second of the day is known only of a notice that is given when it is sent."""
        told = self._told(notice, ask)
        assert told is not None, f"notice {notice} was sent"
        at_once = told["sent_on"] == ask.now_day
        second = told["second"] if at_once else Place.PAPER.second
        return Occur("notice_given", notice, {**told, "date": ask.now_day, "second": second}, str(told["channel"]))
