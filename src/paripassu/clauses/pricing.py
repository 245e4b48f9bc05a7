"""What a conversion costs: premium, fixed price, variable price, and which of them applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational, mean_of_lowest, ratio
from paripassu.values.bindings import (
    Binding,
    ByDate,
    ByReading,
    DayOfPoint,
    Formula,
    History,
    LotTerm,
    ObservedOn,
    ObservedWindow,
)
from paripassu.values.dates import days_counting_both, days_excluding_first
from paripassu.values.effects import Effect, Occur, Set
from paripassu.values.market import CLOSING_BID_TIERS
from paripassu.values.printing import number
from paripassu.values.terms import Ask, Clause, Reading, TermSpec


def premium(face_amount: Rational, premium_rate: Rational, year_share: Rational) -> Rational:
    """What a share has earned: simple, not compounded."""
    return face_amount * premium_rate * year_share


def days_over_basis(days_elapsed: int, day_basis: Rational) -> Rational:
    """Days divided by a fixed number, also in leap years."""
    return days_elapsed / day_basis


def years_by_anniversary(closing_date: date, on: date) -> Rational:
    """Whole years count one; the rest is divided by the days of the year it falls in (actual over actual)."""
    years = on.year - closing_date.year - ((on.month, on.day) < (closing_date.month, closing_date.day))
    last = closing_date.replace(year=closing_date.year + years)
    following = closing_date.replace(year=closing_date.year + years + 1)
    return years + ratio((on - last).days, (following - last).days)


def days_first_excluded(closing_date: date, on: date) -> int:
    """From the closing date, excluded, to and including the day."""
    return days_excluding_first(closing_date, on)


def days_both_counted(closing_date: date, on: date) -> int:
    """The closing date counted too."""
    return days_counting_both(closing_date, on)


@dataclass(frozen=True)
class AccruedPremium(Clause):
    """A premium that a share earns with time until it is converted."""

    terms = {
        "premium_rate": TermSpec("number", "a year", "share of the face amount earned in a year"),
        "day_basis": TermSpec("number", "days", "days that make a year"),
    }
    readings = (
        Reading(
            "R-PREM-N", "Is the closing date itself one of the days from it to the conversion date?", "computing",
            {"exclude first": "the first anniversary is day 365", "count both": "the closing date is day 1"},
        ),
        Reading(
            "R-PREM-365", "Does the divisor change in a leap year?", "computing",
            {"fixed divisor": "always the number written", "actual over actual": "each year counts its own days"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Premium per share and the days behind it."""
        return {
            "premium": Formula(premium, "usd per share"),
            "year_share": ByReading(
                "R-PREM-365", "years", {"fixed divisor": days_over_basis, "actual over actual": years_by_anniversary}
            ),
            "days_elapsed": ByReading(
                "R-PREM-N", "days", {"exclude first": days_first_excluded, "count both": days_both_counted}
            ),
            "closing_date": History("date", waits_for="first issuance"),
            "on": DayOfPoint(),
        }


@dataclass(frozen=True)
class FixedPrice(Clause):
    """A fixed conversion price that each lot carries for itself from its issuance."""

    terms = {"initial_fixed_price": TermSpec("number", "usd per share", "fixed conversion price at the closing")}

    def formulas(self) -> Mapping[str, Binding]:
        """The lot's fixed price as adjusted or reset."""
        return {"fixed_conversion_price": LotTerm("usd per share")}

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A new lot starts at the price of the closing, restated for splits since."""
        factor = ask.state.get(("split_factor",))
        price = self.values["initial_fixed_price"].value
        yield Set(
            "fixed_conversion_price", event.subject, price if factor is None else price / factor,
            role="fixed_conversion_price",
        )


def lowest_bids_mean(lowest_count: int, closing_bids: tuple[Rational, ...]) -> Rational:
    """The mean of the lowest closing bids of the window."""
    return mean_of_lowest(int(lowest_count), closing_bids)


def which_lowest(lowest_count: int, closing_bids: tuple[Rational, ...]) -> str:
    """Which bids of the window are averaged, lowest first."""
    lowest = sorted(closing_bids)[: int(lowest_count)]
    return "averaged: " + ", ".join(number(one, "usd per share") for one in lowest)


def variable_conversion_price(markup_in_force: Rational, lowest_bids_mean: Rational) -> Rational:
    """A percentage of the mean; not rounded."""
    return markup_in_force * lowest_bids_mean


@dataclass(frozen=True)
class VariablePrice(Clause):
    """A price that follows the market: a percentage of the mean of the lowest bids of a window."""

    terms = {
        "markup": TermSpec("number", "of the mean", "percentage applied to the mean of the lowest bids"),
        "window_days": TermSpec("whole", "trading days", "trading days in the window"),
        "lowest_count": TermSpec("whole", "bids", "how many of the lowest bids are averaged"),
        "trading_days": TermSpec("calendar", "calendar", "the days of trading"),
    }

    def formulas(self) -> Mapping[str, Binding]:
        """The window's bids, their mean and the price; and the bid of a single day."""
        return {
            "closing_bids": ObservedWindow(CLOSING_BID_TIERS, "window_days", "trading_days", "usd per share"),
            "closing_bid_price": ObservedOn(CLOSING_BID_TIERS, "usd per share"),
            "lowest_bids_mean": Formula(lowest_bids_mean, "usd per share", remark=which_lowest),
            "markup_in_force": History("of the mean", by="holder", otherwise="markup"),
            "variable_conversion_price": Formula(variable_conversion_price, "usd per share"),
        }


def fixed_price_only(fixed_conversion_price: Rational) -> Rational:
    """Before the switch date the fixed price applies whatever the market."""
    return fixed_conversion_price


def lower_of_fixed_and_variable(fixed_conversion_price: Rational, variable_conversion_price: Rational) -> Rational:
    """From the switch date the lower of the two applies."""
    return min(fixed_conversion_price, variable_conversion_price)


def lowest_with_locks(price_before_lock: Rational, locked_prices: tuple[Any, ...]) -> Rational:
    """The lesser of the day's price and every price locked by a pending transaction; without one, the day's price."""
    lowest: Rational = min((price_before_lock, *locked_prices))
    return lowest


@dataclass(frozen=True)
class SwitchedPrice(Clause):
    """The conversion price: fixed before a date, the lower of fixed and variable from that date."""

    terms = {"switch_date": TermSpec("date", "date", "first day on which the variable price counts")}

    def formulas(self) -> Mapping[str, Binding]:
        """The price before any lock, and the conversion price in effect."""
        return {
            "price_before_lock": ByDate(
                "usd per share", ((None, fixed_price_only), ("switch_date", lower_of_fixed_and_variable))
            ),
            "conversion_price": Formula(lowest_with_locks, "usd per share"),
        }
