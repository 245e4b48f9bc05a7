"""Periods that a written notice starts, and dates the papers fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from paripassu.values.dates import days_after, parse_date
from paripassu.values.effects import Due, Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause


@dataclass(frozen=True)
class NoticeClock(Clause):
    """A written notice starts a period; the matter still uncured at its end occurs under a name of its own.

    ``links`` maps a matter to its period: ``{legend: {days: 10, calendar: calendar days, occurs: a name}}``.
    """

    def after_breach_notice(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The end of the period of the matter notified."""
        link = self.links.get(fact.details["matter"])
        if link is None:
            return
        days = int(link["days"])
        business = link["calendar"] == "business days"
        start = fact.effective
        last = ask.calendar("business_days").add(start, days) if business else days_after(start, days)
        what = f"last day to cure {fact.details['matter'].replace('_', ' ')} ({fact.details['case']})"
        yield Due(moment(last, Place.END_OF_DAY), "cure_period_ended", f"{fact.details['case']}", what)

    def on_breach_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The matter is open until cured."""
        yield Set("matter", fact.details["case"], (fact.details["matter"], fact.details["of"]))

    def on_cure(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Cured: the period no longer matters."""
        yield Set("cured", fact.details["case"], fact.effective)

    def on_cure_period_ended(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Uncured at the end of the period."""
        matter, paper = ask.state.get(("value", "matter", due.subject))
        if ask.state.get(("value", "cured", due.subject)) is None:
            yield Occur(str(self.links[matter]["occurs"]), due.subject, {"of": paper}, matter)


@dataclass(frozen=True)
class FixedDates(Clause):
    """Dates fixed by the papers, or counted in days from the closing date, on which something turns.

    ``links``: ``{name: {date: 1999-07-26, what: words, or_else: words}}``, or ``days`` after the closing date instead
    of ``date``. They are kept in the diary; what follows from one is the business of the clause that states it.
    """

    def after_closing(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Every date not yet past is on the agenda from the closing."""
        closing = event.details["date"]
        for name, link in self.links.items():
            day = parse_date(link["date"]) if "date" in link else closing + timedelta(days=int(link["days"]))
            if day >= ask.now_day:
                yield Due(moment(day, Place.END_OF_DAY), "fixed_date", name, link["what"], link["or_else"], name)

    def on_fixed_date(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The date has passed."""
        yield Occur("date_passed", due.subject, {"what": due.what}, due.subject)
