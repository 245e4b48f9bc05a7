"""What a warrant is: the shares it is for, its price, its holder, and the market price it is measured by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational, mean, nearest_cent
from paripassu.values.bindings import Binding, ByReading, Formula, Holding, LotTerm, ObservedWindow
from paripassu.values.effects import Effect, Move, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.market import CLOSING_BID_TIERS
from paripassu.values.parties import ISSUER
from paripassu.values.terms import Ask, Clause, Reading, TermSpec


def price_as_printed(initial_exercise_price: Rational) -> Rational:
    """The price as printed, fractions of a cent included; only an adjusted price is rounded."""
    return initial_exercise_price


def price_to_the_cent(initial_exercise_price: Rational) -> Rational:
    """The printed price to the nearest cent, as if it were already the result of an adjustment."""
    return nearest_cent(initial_exercise_price)


def initial_aggregate_price(opening_exercise_price: Rational, face_number: Rational) -> Rational:
    """What all shares of one warrant cost at the start; rounded to the cent only when paid."""
    return opening_exercise_price * face_number


@dataclass(frozen=True)
class Warrant(Clause):
    """A warrant form: each paper is a lot, its quantity the shares that may be bought, its price a term of the lot."""

    terms = {
        "face_number": TermSpec("whole", "shares", "shares one warrant of this form is for at the start"),
        "initial_exercise_price": TermSpec("number", "usd per share", "price of one share at the start"),
    }
    readings = (
        Reading(
            "R-E0-CENT", "Is a printed price with a fraction of a cent rounded before any adjustment?", "computing",
            {"as printed": "only the result of an adjustment is rounded", "to the cent": "rounded from the start"},
        ),
        Reading(
            "R-W98-DATE", "Which date has a warrant whose date was left blank?", "textual",
            {"issue": "the day on which it was issued", "earlier warrant": "that of the warrant it replaces"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Shares held, the price, and the price of everything."""
        return {
            "warrant_shares": Holding(self.instrument, "holder", "shares"),
            "warrant_shares_outstanding": Holding(self.instrument, "", "shares"),
            "opening_exercise_price": ByReading(
                "R-E0-CENT", "usd per share", {"as printed": price_as_printed, "to the cent": price_to_the_cent}
            ),
            "initial_aggregate_price": Formula(initial_aggregate_price, "usd"),
            "exercise_price": LotTerm("usd per share"),
        }

    def on_issuance(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The warrant passes to its holder as a lot with the opening price."""
        if fact.details["instrument"] != self.instrument:
            return
        holder, lot, shares = fact.details["holder"], fact.details["lot"], fact.details["shares"]
        price = ask("opening_exercise_price")
        yield Set("exercise_price", lot, price, ask.source("opening_exercise_price"), "exercise_price")
        yield Move(self.instrument, ISSUER, holder, shares, lot, role="issued")
        details = {"instrument": self.instrument, "holder": holder, "shares": shares, "date": fact.effective}
        yield Occur("warrant_issued", lot, details, "issued")


def bid_of_the_day_before(bids_before: tuple[Rational, ...]) -> Rational:
    """The closing bid of the trading day before the date asked about: an average of that one bid."""
    return mean(bids_before)


@dataclass(frozen=True)
class MarketPrice(Clause):
    """What the common stock is worth as of a date: the closing bid of the trading day before."""

    terms = {
        "bid_days": TermSpec("whole", "trading days", "trading days whose bids count"),
        "trading_days": TermSpec("calendar", "calendar", "days on which the market is open"),
    }

    def formulas(self) -> Mapping[str, Binding]:
        """The bid of the trading day before, from the first source that has one."""
        return {
            "bids_before": ObservedWindow(CLOSING_BID_TIERS, "bid_days", "trading_days", "usd per share"),
            "market_price": Formula(bid_of_the_day_before, "usd per share"),
        }
