"""A net exercise: shares for the gain over the average price, rounded to the nearest share, cash for a fraction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, nearest_cent, whole_down, whole_nearest
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.terms import Clause, Reading, TermSpec

FRACTION, DOUBLE = "R-W05-FRAC", "R-W05-DBL"


def traded_or_agreed(calculation_date: date) -> date:
    """The date of the calculation, whether or not the market is open on it."""
    return calculation_date


def last_traded(calculation_date: date, trading_days: Calendar) -> date:
    """The date of the calculation, or the last trading day before it where the market is closed."""
    open_then = trading_days.is_open(calculation_date)
    return calculation_date if open_then else trading_days.previous_open(calculation_date)


def of_the_date(traded_date: date) -> date:
    """The average price is that of the date of the calculation."""
    return traded_date


def of_the_day_before(calculation_date: date, trading_days: Calendar) -> date:
    """The average price is that of the trading day before, where the words of the number put it."""
    return trading_days.previous_open(calculation_date)


def cashless_shares(
    cashless_number: Rational, calculation_price: Rational, calculation_exercise_price: Rational
) -> Any:
    """X = Y (A - B) / A; nothing where the average is not above the exercise price."""
    gain = calculation_price - calculation_exercise_price
    return cashless_number * gain / calculation_price if gain > 0 else ZERO


def cashless_shares_today(
    shares_to_exercise: Rational, weighted_average_price: Rational, exercise_price: Rational
) -> Any:
    """What a net exercise of so many shares on the day asked about would give, before rounding."""
    return cashless_shares(shares_to_exercise, weighted_average_price, exercise_price)


def price_in_warrant_shares(weighted_average_price: Rational, new_for_old: Rational) -> Rational:
    """The average price of what became of a share of the warrant, where the warrant follows a split at the close."""
    return weighted_average_price * new_for_old


def exact_exercise_shares(cash_number: Rational, cashless_shares: Rational, shares_for_each: Rational) -> Rational:
    """The shares of both parts of the exercise, as many as each has become by then, before any rounding."""
    return (cash_number + cashless_shares) * shares_for_each


def nearest_share(exact_exercise_shares: Rational) -> int:
    """The nearest whole number of shares; a half goes up."""
    return whole_nearest(exact_exercise_shares)


def share_below(exact_exercise_shares: Rational) -> int:
    """The whole shares; every fraction is paid in cash."""
    return whole_down(exact_exercise_shares)


def paid_where_lost(exact_exercise_shares: Rational, shares_on_exercise: int, fraction_price: Rational) -> Rational:
    """The fraction lost by rounding down times the average price, to the cent; nothing where it was rounded up."""
    return nearest_cent(max(ZERO, exact_exercise_shares - shares_on_exercise) * fraction_price)


def never_paid() -> Rational:
    """After rounding no fraction is left to pay for."""
    return ZERO


def reduced_once(cash_number: Rational, cashless_number: Rational) -> Rational:
    """The shares with respect to which the warrant was exercised, those given up in lieu of payment among them."""
    return cash_number + cashless_number


def reduced_twice(cash_number: Rational, cashless_number: Rational, cashless_shares: Rational) -> Rational:
    """The shares exercised and, counted once more, those given up in lieu of payment."""
    return cash_number + cashless_number + (cashless_number - cashless_shares)


def new_warrant_shares(
    shares_before_exercise: Rational, warrant_reduction: Rational, number_since_exercise: Rational
) -> Rational:
    """What a new warrant for the rest is for, with what became of each share of it until it is issued."""
    return (shares_before_exercise - warrant_reduction) * number_since_exercise


def aggregate_exercise_price(price_to_pay: Rational, cash_number: Rational) -> Rational:
    """The price of the part exercised for cash, to the cent."""
    return nearest_cent(price_to_pay * cash_number)


def excess_payment(payment_received: Rational, price_earned: Rational) -> Rational:
    """What was paid beyond the price of an exercise that took effect; all of it where the exercise was refused."""
    return max(ZERO, payment_received - price_earned)


@dataclass(frozen=True)
class NetExercise(Clause):
    """What an exercise gives: the price of its cash part, the net shares of the other, rounding, and the rest left."""

    terms = {
        "trading_days": TermSpec("calendar", "calendar", "days on which the principal market is open"),
    }
    readings = (
        Reading(
            "R-W05-YDAY", "Does \"on the trading day immediately preceding\" fix the day of the price?", "computing",
            {"date of calculation": "the text of the price names the date of the calculation",
             "trading day before": "the words stand by the number, but belong to the price"},
        ),
        Reading(
            "R-W05-ANONTD", "Which average applies where the market is closed on the date of the calculation?",
            "computing",
            {"by agreement": "no source gives a price on such date: both sides determine it",
             "last trading day": "the average of the last trading day"},
        ),
        Reading(
            FRACTION, "Shares are rounded to the nearest and a fraction is paid in cash: both?", "computing",
            {"cash where rounded down": "cash for what is lost, nothing where it was rounded up",
             "down and cash": "always the whole shares, and cash for the fraction",
             "rounding alone": "the nearest share, and no cash"},
        ),
        Reading(
            DOUBLE, "Are the shares given up in a net exercise taken off the warrant once more?", "computing",
            {"once": "the shares exercised are taken off", "twice": "those given up are taken off besides"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Dates and prices of the calculation, shares before and after rounding, cash for a fraction, the rest."""
        number = {name: History("shares", by="exercise", waits_for="exercise_notice")
                  for name in ("cash_number", "cashless_number", "shares_before_exercise")}
        # Each waits under its own name: prices that waited under one would be taken to move together.
        price = {name: History("usd per share", by="exercise")
                 for name in ("calculation_price", "calculation_exercise_price", "fraction_price")}
        return {
            **number, **price,
            "number_since_exercise": History("shares per share", by="exercise", waits_for="exercise_notice"),
            "new_for_old": History("shares per share", by="exercise", waits_for="exercise_notice"),
            "shares_for_each": History("shares per share", by="exercise", waits_for="exercise_notice"),
            "price_in_warrant_shares": Formula(price_in_warrant_shares, "usd per share"),
            "price_earned": History("usd", by="exercise", waits_for="exercise_notice"),
            "excess_payment": Formula(excess_payment, "usd"),
            "price_to_pay": History("usd per share", by="exercise", otherwise="exercise_price"),
            "calculation_date": History("date", by="exercise", waits_for="calculation_made"),
            "traded_date": ByReading(
                "R-W05-ANONTD", "date", {"by agreement": traded_or_agreed, "last trading day": last_traded}
            ),
            "price_date": ByReading(
                "R-W05-YDAY", "date", {"date of calculation": of_the_date, "trading day before": of_the_day_before}
            ),
            "aggregate_exercise_price": Formula(aggregate_exercise_price, "usd", "to the nearest cent"),
            "cashless_shares": Formula(cashless_shares, "shares"),
            "cashless_shares_today": Formula(cashless_shares_today, "shares"),
            "exact_exercise_shares": Formula(exact_exercise_shares, "shares"),
            "shares_on_exercise": ByReading(
                FRACTION, "shares",
                {"cash where rounded down": nearest_share, "down and cash": share_below,
                 "rounding alone": nearest_share},
                "to whole shares, once on the total",
            ),
            "fraction_payment": ByReading(
                FRACTION, "usd",
                {"cash where rounded down": paid_where_lost, "down and cash": paid_where_lost,
                 "rounding alone": never_paid},
                "to the nearest cent",
            ),
            "warrant_reduction": ByReading(DOUBLE, "shares", {"once": reduced_once, "twice": reduced_twice}),
            "new_warrant_shares": Formula(new_warrant_shares, "shares"),
        }
