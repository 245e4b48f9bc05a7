"""What splits, stock dividends and reclassifications do to a warrant: number and price, at the close of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, Rational, ratio
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.effects import Due, Effect, Move, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, EXCHANGED, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.splits import split_factor
from paripassu.values.terms import Ask, Clause

DELIVERABLE = "deliverable_security"


def adjusted_price(exercise_price: Rational, shares_before: Rational, shares_after: Rational) -> Rational:
    """The price in force immediately before, inversely to the number of shares; kept exact."""
    return exercise_price * shares_before / shares_after


def adjusted_number(warrant_shares: Rational, shares_before: Rational, shares_after: Rational) -> Rational:
    """The number of shares in proportion; a fraction is kept."""
    return warrant_shares * shares_after / shares_before


@dataclass(frozen=True)
class ShareAdjustment(Clause):
    """Number and price follow splits, combinations and stock dividends at the close; a reclassification at once.

    ``shares_changed`` says by what ratio, and with ``of_record`` whether shares already issued are themselves counted
    anew; a dividend brings new ones beside them.
    """

    def formulas(self) -> Mapping[str, Binding]:
        """Price and number after an adjustment."""
        return {
            "shares_before": History("shares", by="adjustment", waits_for="split"),
            "shares_after": History("shares", by="adjustment", waits_for="split"),
            "change_to_come": History("shares per share", waits_for="issuance"),
            "adjusted_price": Formula(adjusted_price, "usd per share"),
            "adjusted_number": Formula(adjusted_number, "shares"),
        }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Before the first issue no change counts."""
        if ask.state.get(("value", "change_to_come", "")) is None:
            yield Set("change_to_come", "", ONE)

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Until the close a share of the warrant is still one of before."""
        yield from self._still_to_come(event.details["ratio"], ask)

    def _still_to_come(self, changed: Rational, ask: Ask) -> Iterable[Effect]:
        before = ask.state.get(("value", "change_to_come", ""))
        if before is not None:
            yield Set("change_to_come", "", before * changed, role="number")

    # -- splits and combinations

    def on_split(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares outstanding and the market change at once, the warrant at the close of the day."""
        yield from self._told(f"split-{fact.effective}", fact)
        yield from self._outstanding(self._ratio(fact), ask)
        details = {"ratio": self._ratio(fact), "of_record": True}
        yield Occur("shares_changed", f"split-{fact.effective}", details, "split")

    def after_split(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The close of business of the effective date."""
        yield self._due(fact.effective, f"split-{fact.effective}")

    # -- stock dividends

    def on_stock_dividend(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Declared: what it is per share, and the day by which the warrant follows it."""
        if self._counts_on(fact) < fact.effective:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"dividend {fact.details['event']} is declared on {fact.effective}, after its record date",
                "give the day of the declaration as the date of the fact", fact.place,
            )
        yield from self._told(fact.details["event"], fact)

    def after_stock_dividend(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The close of the record date, or of the day it is made where there is none; and the day it is made."""
        event = fact.details["event"]
        yield Due(moment(self._counts_on(fact), Place.CLOSE_OF_BUSINESS), "dividend_counts", event,
                  f"dividend {event} counts", role="dividend")
        yield self._due(self._counts_on(fact), event)
        yield Due(moment(fact.details["made_on"], Place.DAILY_TEST), "dividend_made", event,
                  f"dividend {event} is made", role="dividend")

    def on_dividend_counts(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Holders of record at the close will have the new shares; the market trades without the dividend."""
        changed = self._ratio_of(due.subject, ask)
        for owner in self._owners(ask):
            more = ask.state.position(self._asset(ask), owner) * (changed - 1)
            yield Set("dividend_shares", f"{due.subject}/{owner}", more, role="dividend")
        yield Occur("shares_changed", due.subject, {"ratio": changed, "of_record": False}, "dividend")

    def on_dividend_made(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The new shares are issued to those who were of record."""
        for owner in self._owners(ask):
            more = ask.state.get(("value", "dividend_shares", f"{due.subject}/{owner}")) or 0
            if more != 0:
                yield Move(self._asset(ask), ISSUER, owner, more, role="dividend")

    # -- the warrant

    def on_adjustment_effective(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Price and number of every lot, from the close of business."""
        yield from self._adjust(due.subject, ask)

    def on_reclassification(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The stock that the common became is what may be bought, as many as it would have been before."""
        security = fact.details["stock"]
        yield from self._told(security, fact)
        for owner in self._owners(ask):
            held = ask.state.position(self._asset(ask), owner)
            yield Move(self._asset(ask), owner, EXCHANGED, held, role="reclassification")
            yield Move(security, ISSUER, owner, held * self._ratio(fact), role="reclassification")
        yield Set(DELIVERABLE, self.instrument, security, role="reclassification")
        details = {"ratio": self._ratio(fact), "of_record": True}
        yield Occur("shares_changed", security, details, "reclassification")
        yield from self._adjust(security, ask)

    def _adjust(self, adjustment: str, ask: Ask) -> Iterable[Effect]:
        changed = self._ratio_of(adjustment, ask)
        for key in list(ask.state.keys("value", "exercise_price")):
            lot = key[2]
            at = {"lot": lot, "adjustment": adjustment}
            yield Set("exercise_price", lot, ask("adjusted_price", **at), ask.source("adjusted_price", **at), "price")
            factor = ask.state.get(("value", "number_factor", lot))
            yield Set("number_factor", lot, factor * changed, role="number")
            for holder in ask.state.holders(self.instrument):
                yield from self._resize(holder, lot, adjustment, ask)
        yield from self._still_to_come(ONE / changed, ask)
        factor = split_factor(ask.state) * changed
        details = {"factor": factor, "ratio": changed, "record_date": None, "date": ask.now_day}
        yield Occur("split_effective", adjustment, details, "number")

    def _resize(self, holder: str, lot: str, adjustment: str, ask: Ask) -> Iterable[Effect]:
        held = ask.state.position(self.instrument, holder, lot)
        more = ask("adjusted_number", adjustment=adjustment, given={"warrant_shares": held}) - held
        if more > 0:
            yield Move(self.instrument, ISSUER, holder, more, lot, role="number")
        elif more < 0:
            yield Move(self.instrument, holder, ISSUER, -more, lot, role="number")

    # -- what they share

    def _due(self, day: date, adjustment: str) -> Due:
        return Due(moment(day, Place.CLOSE_OF_BUSINESS), "adjustment_effective", adjustment,
                   f"number and price are adjusted for {adjustment}", role="number")

    def _told(self, adjustment: str, fact: Fact) -> Iterable[Effect]:
        yield Set("shares_before", adjustment, fact.details["before"])
        yield Set("shares_after", adjustment, fact.details["after"])

    def _outstanding(self, changed: Rational, ask: Ask) -> Iterable[Effect]:
        for owner in self._owners(ask):
            more = ask.state.position(self._asset(ask), owner) * (changed - 1)
            yield Move(self._asset(ask), ISSUER, owner, more, role="split")

    def _owners(self, ask: Ask) -> list[str]:
        return [one for one in ask.state.owners(self._asset(ask)) if not one.startswith("(")]

    def _asset(self, ask: Ask) -> Any:
        return ask.state.get(("value", DELIVERABLE, self.instrument)) or COMMON

    def _ratio(self, fact: Fact) -> Rational:
        return ratio(fact.details["after"], fact.details["before"])

    def _ratio_of(self, adjustment: str, ask: Ask) -> Rational:
        after = ask.state.get(("value", "shares_after", adjustment))
        return ratio(after, ask.state.get(("value", "shares_before", adjustment)))

    def _counts_on(self, fact: Fact) -> date:
        counts: date = fact.details.get("record_date") or fact.details["made_on"]
        return counts
