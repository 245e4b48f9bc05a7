"""The value of an option on one share by the formula of Black and Scholes, from four inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.approximate import APPROXIMATE, black_scholes, deviation_of_returns, square_root
from paripassu.values.arithmetic import ONE, Rational, ratio
from paripassu.values.bindings import Binding, ByReading, Formula, History, ObservedOn, ObservedWindow
from paripassu.values.dates import days_excluding_first
from paripassu.values.effects import Effect, Occur, Set, Source
from paripassu.values.facts import AfterRecordDate, Fact
from paripassu.values.splits import moved_at_record, moves_when_effective
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.yields import MATURITIES


def current_market_price(closing_trades: tuple[Rational, ...], splits_ahead: Rational) -> Rational:
    """The closing trade price of the last trading day before the date of the notice, for a share as the warrant's.

    Between the record date of a split and the day it is effective the price of exercise and that of the market are for
    different shares; an option has one.
    """
    return closing_trades[-1] / splits_ahead


def daily_volatility(closing_trades: tuple[Rational, ...]) -> Rational:
    """The sample deviation of the logarithmic returns between the closing prices of the window."""
    return deviation_of_returns(closing_trades)


def volatility_over_trading_year(daily_volatility: Rational) -> Rational:
    """A year has 252 trading days."""
    return daily_volatility * square_root(ratio(252))


def volatility_over_weekdays(daily_volatility: Rational) -> Rational:
    """A year has 260 weekdays."""
    return daily_volatility * square_root(ratio(260))


def remaining_term(on: date, exercise_ends: date, term_day_basis: Rational) -> Rational:
    """Calendar days to the end of the exercise period over the days of a year."""
    return days_excluding_first(on, exercise_ends) / term_day_basis


def risk_free_rate(
    remaining_term: Rational, treasury_3_months: Rational, treasury_6_months: Rational, treasury_1_year: Rational,
    treasury_2_years: Rational, treasury_3_years: Rational, treasury_5_years: Rational,
) -> Rational:
    """The yield for the remaining term, in a straight line between the maturities on either side of it."""
    points = (
        (MATURITIES["3 months"], treasury_3_months), (MATURITIES["6 months"], treasury_6_months),
        (MATURITIES["1 year"], treasury_1_year), (MATURITIES["2 years"], treasury_2_years),
        (MATURITIES["3 years"], treasury_3_years), (MATURITIES["5 years"], treasury_5_years),
    )
    if remaining_term <= points[0][0]:
        return points[0][1] / 100
    for (shorter, low), (longer, high) in zip(points, points[1:], strict=False):
        if remaining_term <= longer:
            return (low + (high - low) * (remaining_term - shorter) / (longer - shorter)) / 100
    return points[-1][1] / 100


def black_scholes_value(
    current_market_price: Rational, exercise_price: Rational, risk_free_rate: Rational, volatility: Rational,
    remaining_term: Rational,
) -> Rational:
    """S N(d1) - K e^(-rT) N(d2); no dividend is among the variables."""
    return black_scholes(current_market_price, exercise_price, risk_free_rate, volatility, remaining_term)


def black_scholes_amount(option_value_stated: Rational, splits_since_option_value: Rational) -> Rational:
    """The value of an option on one share as stated, on the basis after the splits since."""
    return option_value_stated / splits_since_option_value


@dataclass(frozen=True)
class BlackScholesAmount(Clause):
    """The value of an option on one share on the date of a notice; a figure recorded from outside prevails."""

    terms = {
        "volatility_days": TermSpec("whole", "trading days", "closing prices from which the volatility is taken"),
        "term_day_basis": TermSpec("number", "days", "days that make a year of the remaining term"),
    }
    readings = (
        Reading(
            "R-BS-CONV", "Over how many trading days of a year is the volatility stated?", "computing",
            {"252 days": "days of trading", "260 days": "weekdays"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The four inputs and the value."""
        treasury = {
            name: ObservedOn((name,), "per cent a year")
            for name in (f"treasury_{maturity.replace(' ', '_')}" for maturity in MATURITIES if maturity != "1 month")
        }
        return {
            "closing_trades": ObservedWindow(("closing_trade",), "volatility_days", "trading_days", "usd per share"),
            "current_market_price": Formula(current_market_price, "usd per share"),
            "daily_volatility": Formula(daily_volatility, "a day", APPROXIMATE),
            "volatility": ByReading(
                "R-BS-CONV", "a year", {"252 days": volatility_over_trading_year, "260 days": volatility_over_weekdays},
                APPROXIMATE,
            ),
            "remaining_term": Formula(remaining_term, "years"),
            "risk_free_rate": Formula(risk_free_rate, "a year"),
            "black_scholes_value": Formula(black_scholes_value, "usd per share", APPROXIMATE),
            "splits_ahead": History("shares for one", by="lot", waits_for="issuance"),
            "option_value_stated": History("usd per share", by="claim", waits_for="notice_of_transaction"),
            "splits_since_option_value": History("shares for one", by="claim", waits_for="notice_of_transaction"),
            "black_scholes_amount": Formula(black_scholes_amount, "usd per share"),
            **treasury,
        }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Price of exercise and of the market are for the same share, or as they were for the whole warrant."""
        if event.details["instrument"] == self.instrument:
            whole = ask.state.get(("value", "part_of", event.subject))
            ahead = ONE if whole is None else ask.state.get(("value", "splits_ahead", whole))
            yield Set("splits_ahead", event.subject, ahead, role="black_scholes_value")

    def on_major_transaction_noticed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """On the date of the notice the amount is computed for each warrant."""
        if event.details["instrument"] != self.instrument:
            return
        claim, lot, day = event.subject, event.details["lot"], event.details["date"]
        value = ask("black_scholes_value", on=day, lot=lot)
        yield from _stated(claim, value, "amount", ask.source("black_scholes_value", on=day, lot=lot))

    def on_black_scholes_figure(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A figure of the service the paper names, or of the holder where that is no longer available."""
        transaction, amount = fact.details["transaction"], fact.details["amount"]
        yield Set("outside_amount", f"{self.instrument}/{transaction}", amount, role="outside")
        for claim, details in self._claims(ask):
            if details["transaction"] == transaction:
                yield from _stated(claim, amount, "outside")

    def on_warrant_claim(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A claim that arises without a notice has the figure given before it, if there is one."""
        subject = f"{self.instrument}/{event.details['transaction']}"
        amount = ask.state.get(("value", "outside_amount", subject))
        if event.details["instrument"] == self.instrument and amount is not None:
            yield from _stated(event.subject, amount, "outside")

    def on_split_of_record(self, event: AfterRecordDate, ask: Ask) -> Iterable[Effect]:
        """Where the warrant has moved for the split, the value of an option is for a share as it is for now."""
        told = event.fact.details
        moved = [lot for lot in self._lots(ask) if moved_at_record(ask.state, lot, told["record_date"])]
        changed = ratio(told["after"], told["before"])
        yield from self._restate(moved, changed, ask)
        yield from self._set_ahead(moved, changed, ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The market has moved, and each lot with it that has not moved before and will not move after it."""
        told, lots = event.details, self._lots(ask)
        moved = [lot for lot in lots if moves_when_effective(ask.state, lot, told["record_date"], ask.now_day)]
        yield from self._restate(moved, told["ratio"], ask)
        yield from self._set_ahead([lot for lot in lots if lot not in moved], 1 / told["ratio"], ask)

    def _lots(self, ask: Ask) -> Sequence[str]:
        return ask.state.get(("value", "adjustable_lots", self.instrument)) or ()

    def _set_ahead(self, lots: Sequence[str], changed: Rational, ask: Ask) -> Iterable[Effect]:
        for lot in lots:
            ahead = ask.state.get(("value", "splits_ahead", lot)) * changed
            yield Set("splits_ahead", lot, ahead, role="black_scholes_value")

    def _restate(self, moved: Sequence[str], changed: Rational, ask: Ask) -> Iterable[Effect]:
        """What was stated for a share, as long as the transaction is ahead; after it nothing changes."""
        for claim, details in self._claims(ask):
            since = ask.state.get(("value", "splits_since_option_value", claim))
            if since is not None and details["lot"] in moved and self._is_ahead(details["transaction"], ask):
                yield Set("splits_since_option_value", claim, since * changed, role="amount")
        for key in list(ask.state.keys("value", "outside_amount")):
            instrument, _, transaction = key[2].partition("/")
            if instrument == self.instrument and moved and self._is_ahead(transaction, ask):
                yield Set("outside_amount", key[2], ask.state.get(key) / changed, role="outside")

    def _is_ahead(self, transaction: str, ask: Ask) -> bool:
        return ask.state.get(("value", "consummated_on", f"{self.instrument}/{transaction}")) is None

    def _claims(self, ask: Ask) -> list[tuple[str, Mapping[str, Any]]]:
        """The claims under this form, with what each is."""
        every = [(key[2], ask.state.get(key).details) for key in ask.state.keys("occurred", "warrant_claim")]
        return [(claim, details) for claim, details in every if details["instrument"] == self.instrument]


def _stated(claim: str, value: Any, role: str, source: Source | None = None) -> Iterator[Set]:
    """A value for a share as shares are now."""
    yield Set("option_value_stated", claim, value, source, role)
    yield Set("splits_since_option_value", claim, ONE, role=role)
