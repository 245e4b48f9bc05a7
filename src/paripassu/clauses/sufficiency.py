"""Enough authorised and reserved shares for everything that may be converted and exercised, at all times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, Formula, History, Holding
from paripassu.values.effects import Effect, Occur, Set, TradingDay
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause
from paripassu.values.undetermined import determined

WARRANTS = "warrants_outstanding"


def shares_unissued(authorised_common: Rational, shares_outstanding: Rational) -> Rational:
    """Shares the charter authorises that are not outstanding."""
    return authorised_common - shares_outstanding


def shares_available(reserved_amount: Rational, shares_unissued: Rational) -> Rational:
    """Shares that are both reserved and still unissued."""
    return min(reserved_amount, shares_unissued)


def shares_needed(shares_issuable: Rational, warrants_outstanding: Rational) -> Rational:
    """Full conversion of all preferred and full exercise of all warrants, without regard to limits."""
    return shares_issuable + warrants_outstanding


def shares_are_too_few(shares_available: Rational, shares_needed: Rational) -> bool:
    """Fewer than needed; exactly as many are enough."""
    return shares_available < shares_needed


@dataclass(frozen=True)
class SufficientShares(Clause):
    """Authorised, unissued and reserved shares must suffice for full conversion and exercise, day by day.

    It stands beside the stated number of reserved shares and beside the test of a multiple of what is issuable.
    ``links``: ``warrants: {register: instrument}``; without it the reports of warrants held say how many there are.
    """

    def formulas(self) -> Mapping[str, Binding]:
        """What is available, what is needed, and whether it is too little."""
        register = self.links.get("warrants", {}).get("register")
        reported = History("shares", waits_for="warrants_held")
        return {
            "authorised_common": History("shares", waits_for="authorised_common"),
            "shares_unissued": Formula(shares_unissued, "shares"),
            "shares_available": Formula(shares_available, "shares"),
            WARRANTS: Holding(register, "", "shares") if register else reported,
            "shares_needed": Formula(shares_needed, "shares"),
            "shares_are_too_few": Formula(shares_are_too_few, "yes or no"),
        }

    def on_authorised_common(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("authorised_common", "", fact.details["shares"])

    def on_warrants_held(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The warrants of all holders together, each as last reported, where no register says how many there are."""
        if "warrants" in self.links:
            return
        reported = ask.state.get(("value", "warrants_by_holder", "")) or ()
        others = tuple(pair for pair in reported if pair[0] != fact.details["holder"])
        held: tuple[tuple[str, Any], ...] = (*others, (fact.details["holder"], fact.details["shares"]))
        yield Set("warrants_by_holder", "", held)
        yield Set(WARRANTS, "", sum(shares for _, shares in held))

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Warrants reported before a split are for the new number of shares."""
        reported = ask.state.get(("value", "warrants_by_holder", "")) or ()
        if reported:
            restated = tuple((holder, shares * event.details["ratio"]) for holder, shares in reported)
            yield Set("warrants_by_holder", "", restated)
            yield Set(WARRANTS, "", sum(shares for _, shares in restated))

    def on_trading_day(self, event: TradingDay, ask: Ask) -> Iterable[Effect]:
        """One test a day; only the day on which shares begin to be too few, and the day they suffice again, is kept.

        A day that cannot be answered changes nothing: no shortage is asserted, and none is taken to have ended.
        """
        if ask.state.get(("value", "authorised_common", "")) is None:
            return
        too_few = ask("shares_are_too_few") if ask("preferred_outstanding") != 0 else False
        since = ask.state.get(("value", "too_few_since", ""))
        if determined(too_few) and too_few and since is None:
            yield Set("too_few_since", "", event.day)
            yield Occur("shares_insufficient", event.day.isoformat(), {}, "shares_available")
        elif determined(too_few) and not too_few and since is not None:
            yield Set("too_few_since", "", None)
            yield Occur("shares_sufficient_again", event.day.isoformat(), {}, "shares_available")
