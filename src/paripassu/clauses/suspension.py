"""Days on which the stock cannot be traded on any of the markets named, counted in a rolling period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.dates import months_before
from paripassu.values.effects import Effect, Occur, Set, TradingDay
from paripassu.values.facts import Fact
from paripassu.values.kinds.issuer import TRADED
from paripassu.values.terms import Ask, Clause, Reading, TermSpec

STATUS, DAYS = "trading_status", "days_not_traded"


def trading_days_suspended(days_not_traded: tuple[date, ...], suspension_months: int, on: date) -> int:
    """The days of the period that ends with the day, which begins after its number so many months earlier."""
    begins_after = months_before(on, int(suspension_months))
    return sum(begins_after < day <= on for day in days_not_traded)


@dataclass(frozen=True)
class TradingSuspension(Clause):
    """So many trading days, not necessarily consecutive, without trading or listing in any period of some months.

    A trading day is one on which the market is open, whether or not this stock is traded. It occurs on the day on
    which the number is reached, and again only after it had fallen below.
    """

    terms = {
        "suspension_trading_days": TermSpec("whole", "trading days", "days that make the event"),
        "suspension_months": TermSpec("whole", "months", "period in which they are counted"),
    }
    readings = (
        Reading(
            "R-ANYOF", "Is a stock that trades on one of the markets not listed on any of them?", "finding",
            {"no": "record a day on which it trades on none of them",
             "literal": "record it as not listed from the closing"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The days counted, and how many lie in the period that ends with the day."""
        return {
            DAYS: History("dates", waits_for="issuance"),
            "trading_days_suspended": Formula(trading_days_suspended, "trading days"),
        }

    def on_closing(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """As long as nothing else is recorded the stock is traded."""
        yield Set(DAYS, "", ())

    def on_trading_status(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """It lasts until another is recorded."""
        yield Set(STATUS, "", fact.details["status"], role="suspension")

    def on_trading_day(self, event: TradingDay, ask: Ask) -> Iterable[Effect]:
        """A day that ends without trading or listing counts."""
        if ask.state.get(("value", STATUS, "")) in (None, TRADED):
            return
        enough = self.values["suspension_trading_days"].value
        before = ask("trading_days_suspended", on=ask.calendar("trading_days").previous_open(event.day))
        yield Set(DAYS, "", (*ask(DAYS), event.day), role="suspension")
        reached = ask("trading_days_suspended")
        if before < enough <= reached:
            yield Occur("trading_suspended", event.day.isoformat(), {"days": reached}, "suspension")
