"""What changes a price: splits and combinations, and the lock while a transaction is pending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, ratio
from paripassu.values.bindings import Binding, ByReading, History, Restated
from paripassu.values.dates import days_after
from paripassu.values.effects import Due, Effect, Move, Occur, Set
from paripassu.values.facts import AfterRecordDate, Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.splits import issued_after, issued_within, record_owner, split_factor
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import without


def price_after_split(fixed_conversion_price: Rational, shares_before: Rational, shares_after: Rational) -> Rational:
    """A price moves inversely to the number of shares: once."""
    return fixed_conversion_price * shares_before / shares_after


def price_adjusted_twice(
    fixed_conversion_price: Rational, shares_before: Rational, shares_after: Rational
) -> Rational:
    """Both provisions that name the event adjust for it."""
    return fixed_conversion_price * (shares_before / shares_after) ** 2


@dataclass(frozen=True)
class ProportionalAdjustment(Clause):
    """Fixed prices move inversely to the number of shares outstanding, from the instant that number changes."""

    readings = (
        Reading(
            "R-XIA-WHEN", "From what instant does a split change the fixed price?", "finding",
            {"outstanding number changes": "record the split on its ex-date", "record date": "record it on that date"},
        ),
        Reading(
            "R-DOUBLEADJ", "Two provisions name the same split: does each adjust the price?", "computing",
            {"once": "one event, one adjustment", "twice": "both provisions adjust"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """A lot's price after a split."""
        return {
            "price_after_split": ByReading(
                "R-DOUBLEADJ", "usd per share", {"once": price_after_split, "twice": price_adjusted_twice}
            ),
            "shares_before": History("shares", waits_for="split"),
            "shares_after": History("shares", waits_for="split"),
        }

    def on_split(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Prices of all lots, positions of Common Stock, and the factor by which older prices are restated."""
        before, after = fact.details["before"], fact.details["after"]
        yield Set("shares_before", "", before)
        yield Set("shares_after", "", after)
        for key in list(ask.state.keys("value", "fixed_conversion_price")):
            source = ask.source("price_after_split", lot=key[2])
            yield Set("fixed_conversion_price", key[2], ask("price_after_split", lot=key[2]), source, "split")
        factor = split_factor(ask.state) * ratio(after, before)
        record_date = fact.details.get("record_date")
        details = {"factor": factor, "ratio": ratio(after, before), "record_date": record_date, "date": fact.effective}
        yield Occur("split_effective", str(fact.effective), details, "split")
        for owner in ask.state.owners(COMMON):
            if owner != ISSUER:
                more = self._of_record(owner, record_date, ask) * (ratio(after, before) - 1)
                yield Move(COMMON, ISSUER, owner, more, role="split")

    def _of_record(self, owner: str, record_date: date | None, ask: Ask) -> Any:
        """An owner's shares without those issued after the record date at a price that had moved for the split."""
        held = ask.state.position(COMMON, owner)
        after = sum((shares for exercised, shares in issued_after(ask.state, record_date)
                     if record_owner(exercised) == owner), ZERO)
        return without(held, after)

    def on_split_of_record(self, event: AfterRecordDate, ask: Ask) -> Iterable[Effect]:
        """Shares exercised at the old price since the split was effective are of record, and are split now."""
        told = event.fact.details
        changed = ratio(told["after"], told["before"])
        for exercised, shares in issued_within(ask.state, event.fact.effective, told["record_date"]):
            more = shares * (changed - 1)
            yield Move(COMMON, ISSUER, record_owner(exercised), more, role="split")
            details = {"ratio": changed, "shares": shares, "more": more}
            yield Occur("exercise_split", exercised.subject, details, "split")


@dataclass(frozen=True)
class AnnouncementLock(Clause):
    """While an announced merger, sale or tender offer is pending, the price cannot rise above the announcement's.

    Only the variable leg needs keeping: a fixed price changes otherwise only downwards or by splits, so the lesser
    of today's price and the announcement day's price is the lesser of today's price and that day's variable price.
    Before the switch date there is no variable leg, and the lock has no effect.

    ``links``: ``locking: {kinds: [...]}`` are the kinds of transaction whose announcement locks the price.
    """

    terms = {"abandonment_trading_days": TermSpec("whole", "trading days", "from abandonment to the normal price")}
    readings = (
        Reading(
            "R-XIB-LASTDAY", "Does the lock hold on the Abandonment Date itself?", "computing",
            {"normal on the day": "the normal price applies from that day", "locked on the day": "it still locks"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The prices locked by transactions now pending, restated for splits."""
        return {"locked_prices": Restated("active_locks", "usd per share"), "active_locks": History("usd per share")}

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """No transaction is pending when the first lot is issued."""
        if ask.state.get(("value", "active_locks", "")) is None:
            yield Set("active_locks", "", ())

    def on_announcement(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """From the announcement date, that date included, its price is kept, where the kind is one that locks it."""
        day, transaction = fact.effective, fact.details["transaction"]
        if fact.details["kind_of_transaction"] not in self.links["locking"]["kinds"]:
            return
        if day >= ask("switch_date"):
            price = ask("variable_conversion_price", on=day)
            source = ask.source("variable_conversion_price", on=day)
            yield Set("lock_price", transaction, price, source, "lock")
            locks = ask.state.get(("value", "active_locks", "")) or ()
            yield Set("active_locks", "", (*locks, (price, day)), role="lock")
        details = {"date": day, "kind": fact.details["kind_of_transaction"]}
        yield Occur("announcement_date", transaction, details, "lock")

    def after_abandonment(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The lock ends when the Abandonment Date begins, or the day after it under the other reading."""
        if not self._is_announced(fact.details["transaction"], ask):
            return
        days = self.values["abandonment_trading_days"].value
        calendar = ask.calendar("trading_days")
        abandoned = calendar.add(fact.effective, int(days))
        if ask.reading("R-XIB-LASTDAY") == "locked on the day":
            abandoned = days_after(abandoned, 1)
        when = moment(abandoned, Place.OPENING)
        yield Due(when, "lock_ends", fact.details["transaction"], "the price lock ends")

    def after_consummation(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The lock continues through the consummation."""
        if self._is_announced(fact.details["transaction"], ask):
            when = moment(days_after(fact.effective, 1), Place.OPENING)
            yield Due(when, "lock_ends", fact.details["transaction"], "the price lock ends")

    def on_lock_ends(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The normal price applies again; other pending transactions keep their locks."""
        announced = ask.state.get(("occurred", "announcement_date", due.subject))
        price = ask.state.get(("value", "lock_price", due.subject))
        kept = list(ask.state.get(("value", "active_locks", "")) or ())
        entry: tuple[Any, date] = (price, announced.details["date"])
        if entry in kept:
            kept.remove(entry)
        yield Set("active_locks", "", tuple(kept), role="lock")
        yield Occur("lock_ended", due.subject, {}, "lock")

    def _is_announced(self, transaction: str, ask: Ask) -> bool:
        """Whether its announcement is one that locks the price."""
        return ask.state.get(("occurred", "announcement_date", transaction)) is not None


