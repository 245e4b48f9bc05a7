"""What the holder of a warrant must be told: adjustments of its price, and events with a record date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.dates import latest_day_before
from paripassu.values.effects import Discharge, Due, Effect, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

TELL, GIVE = "notice_of_adjustment", "notice_of_event"


@dataclass(frozen=True)
class AdjustmentNotice(Clause):
    """Each adjustment is notified with price, number, working and facts, certified by the chief financial officer."""

    readings = (
        Reading(
            "R-W98-NOTICEH", "Is a notice due for a step that is carried forward?", "computing",
            {"not required": "no adjustment is made", "required": "the event requires one"},
        ),
    )

    def on_exercise_price_adjusted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """No day is written: promptly."""
        if event.details["instrument"] == self.instrument:
            provided = "" if event.details["is_certain"] else ", if there is one"
            yield from self._owe(event.subject, event.details["lot"], ask, provided)

    def on_adjustment_considered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A step that was only carried forward."""
        lot = event.details["lot"]
        if event.details["instrument"] != self.instrument or ask.reading("R-W98-NOTICEH") != "required":
            return
        carried = ask("carried_adjustment", lot=lot)
        if not determined(carried) or carried != 0:
            yield from self._owe(event.subject, lot, ask)

    def _owe(self, subject: str, lot: str, ask: Ask, provided: str = "") -> Iterable[Effect]:
        for holder in ask.state.holders(self.instrument):
            if lot in ask.state.lots(self.instrument, holder):
                told = f"{lot}/{holder}"
                waiting = ask.state.get(("value", "adjustments_to_notify", told)) or ()
                yield Set("adjustments_to_notify", told, tuple(dict.fromkeys((*waiting, subject))))
                what = f"give notice of the adjustment {subject}, certified{provided}"
                yield Owe(TELL, f"{subject}/{holder}", "company", holder, what, role="notice")

    def on_adjustment_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """One notice may tell of several adjustments of a warrant, and every holder of it where it names none."""
        lot = fact.details["lot"]
        for holder in ask.state.holders(self.instrument):
            told = f"{lot}/{holder}"
            waiting = ask.state.get(("value", "adjustments_to_notify", told)) or ()
            if waiting and fact.details.get("holder", holder) == holder:
                for subject in waiting:
                    yield Discharge(TELL, f"{subject}/{holder}", "notice")
                yield Set("adjustments_to_notify", told, ())


def event_notice_latest(event_record_date: date, event_announced_on: date, notice_days: Rational) -> date:
    """So many days before the record date, but no earlier than the public announcement."""
    return max(latest_day_before(event_record_date, int(notice_days)), event_announced_on)


@dataclass(frozen=True)
class EventNotice(Clause):
    """Distributions, offers, reorganizations and a dissolution are notified ahead of their record date.

    Failure to give the notice leaves what is done valid; it is a breach and no more.
    """

    terms = {"notice_days": TermSpec("whole", "days", "days before the record date by which notice is given")}
    readings = (
        Reading(
            "R-4J-GIVEN", "Is a notice given when sent or when received?", "computing",
            {"received": "it is delivered on receipt", "sent": "it is given by sending it"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The last day of the notice."""
        return {
            "event_record_date": History("date", by="event", waits_for="record_date_set"),
            "event_announced_on": History("date", by="event", waits_for="record_date_set"),
            "event_notice_latest": Formula(event_notice_latest, "date"),
        }

    def on_record_date_set(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Every holder must be told of the record date, and of the day of what happens to the shares, if anything."""
        event, announced = fact.details["event"], fact.details.get("announced")
        yield Set("event_record_date", event, fact.details["record_date"], role="notice")
        yield Set("event_announced_on", event, fact.effective if announced is None else announced, role="notice")
        latest = ask("event_notice_latest", event=event)
        both = fact.details.get("consummation") is not None
        what = "its record date and the date on which it takes place" if both else "its record date"
        for holder in ask.state.holders(self.instrument):
            if ask.state.lots(self.instrument, holder):
                yield Owe(GIVE, self._subject(event, holder), "company", holder, f"give notice of {event}: {what}",
                          latest, role="notice")

    def on_holders_notified(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A notice ahead of the announcement is none; otherwise it is given when received, or when sent."""
        for subject in self._waiting(fact.details["event"], ask):
            if self._is_early(fact, ask):
                announced = ask.state.get(("value", "event_announced_on", fact.details["event"]))
                yield Refuse(GIVE, subject, f"it was sent before the announcement of {announced}", "notice")
            elif ask.reading("R-4J-GIVEN") == "sent":
                yield Discharge(GIVE, subject, "notice")

    def after_holders_notified(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """Received on its day."""
        received = fact.details.get("received")
        for subject in self._waiting(fact.details["event"], ask):
            if received is not None and not self._is_early(fact, ask):
                yield Due(moment(received, Place.PAPER), "event_notice_received", subject, "the notice is received")

    def _is_early(self, fact: Fact, ask: Ask) -> bool:
        return bool(fact.effective < ask.state.get(("value", "event_announced_on", fact.details["event"])))

    def _waiting(self, event: str, ask: Ask) -> list[str]:
        """The duties to tell of an event that are still to be performed, late or not."""
        subjects = [self._subject(event, holder) for holder in ask.state.holders(self.instrument)]
        owed = [(subject, ask.state.obligation(GIVE, subject)) for subject in subjects]
        return [subject for subject, one in owed if one is not None and one.status in ("open", "breached")]

    def on_event_notice_received(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Given by the first notice received; late where its last day is past."""
        owed = ask.state.obligation(GIVE, due.subject)
        if owed is not None and owed.status in ("open", "breached"):
            yield Discharge(GIVE, due.subject, "notice")

    def _subject(self, event: str, holder: str) -> str:
        return f"{self.instrument}/{event}/{holder}"
