"""Notice to holders before a record date: so many days ahead, and the last day to send it by each channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.dates import latest_day_before
from paripassu.values.effects import Discharge, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading, TermSpec


def notice_due_on(record_date: date, notice_lead: int) -> date:
    """So many calendar days before the record date, whatever day of the week that is."""
    return latest_day_before(record_date, int(notice_lead))


def post_by(notice_due_on: date, mail_days: int) -> date:
    """The last day to post it by registered or certified mail."""
    return notice_due_on - timedelta(days=int(mail_days))


def courier_by(notice_due_on: date, courier_days: int, notice_days: Calendar) -> date:
    """The last day to send it by overnight courier: so many business days before the last one that is in time."""
    open_then = notice_days.is_open(notice_due_on)
    last = notice_due_on if open_then else notice_days.previous_open(notice_due_on)
    return notice_days.add(last, -int(courier_days))


@dataclass(frozen=True)
class RecordDateNotice(Clause):
    """Dividends, distributions, reclassifications, mergers, winding up: the holder is told of the record date."""

    terms = {"notice_lead": TermSpec("whole", "days", "calendar days before the record date")}
    readings = (
        Reading(
            "R-W05-GARBLE", "What do the damaged words about what is notified and where it goes say?", "textual",
            {"record date and address": "the record and the effective date, to the address on the books",
             "what is left": "the remaining words alone"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The day by which the notice is given, and the last days to send it."""
        return {
            "record_date": History("date", by="event", waits_for="record_date_event"),
            "notice_due_on": Formula(notice_due_on, "date"),
            "post_by": Formula(post_by, "date"),
            "courier_by": Formula(courier_by, "date"),
        }

    def on_record_date_event(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Every holder that still has a warrant is told, under the name ``event/holder`` where there are several."""
        event = fact.details["event"]
        holding = [one for one in ask.state.holders(self.instrument) if ask.state.total(self.instrument, one) != 0]
        yield Set("record_date", event, fact.details["record_date"], role="notice")
        due = ask("notice_due_on", event=event)
        for holder in holding:
            subject = event if len(holding) == 1 else f"{event}/{holder}"
            yield Owe("notify_record_date", subject, "company", holder,
                      f"give notice of {fact.details['matter']} ({event}) with its record date",
                      due, at={"event": event}, role="notice")

    def on_notice_given(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The notice counts when it is given, not when it is sent; one that names the event alone is to all holders."""
        for owed in list(ask.state.obligations(duty="notify_record_date")):
            mine = owed.instrument == self.instrument
            if mine and owed.status != "performed" and event.subject in (owed.subject, owed.at["event"]):
                yield Discharge(owed.duty, owed.subject, "notice")
