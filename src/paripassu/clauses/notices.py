"""Periods that a written notice starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paripassu.values.dates import days_after
from paripassu.values.effects import Due, Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause


@dataclass(frozen=True)
class NoticeClock(Clause):
    """A written notice starts a period; the matter still uncured at its end occurs under a name of its own.

    ``links`` maps a matter to the period: ``{legend: {days: 10, calendar: calendar days, occurs: legend_not_removed}}``.
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
