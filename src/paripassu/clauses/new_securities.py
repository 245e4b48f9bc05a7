"""Better prices that the company gives to buyers of other convertible securities, which each holder may claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, History
from paripassu.values.effects import Effect, Grant, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.securities import CONVERTIBLES, OPTIONS, VARIABLE
from paripassu.values.lots import lot_of_its_own
from paripassu.values.terms import Ask, Clause, Reading

WARRANTS, WHEN = "R-XIE-WARR", "R-XIE-WHEN"
FIXED = "fixed_conversion_price"


def discount_instead(markup: Rational, greatest_discount: Rational) -> Rational:
    """The discount is from the market price, so it stands in place of the markup."""
    return 1 - greatest_discount


def discount_on_markup(markup: Rational, greatest_discount: Rational) -> Rational:
    """The discount is taken from the price with its markup."""
    return markup * (1 - greatest_discount)


def markup_less_discount(markup: Rational, greatest_discount: Rational) -> Rational:
    """The discount is taken off the percentage."""
    return markup - greatest_discount


@dataclass(frozen=True)
class NewSecurities(Clause):
    """After the closing date, securities at a discount from market or at a lower fixed price open a holder's option."""

    readings = (
        Reading(
            "R-XIE-DISC", "How does the greatest discount enter the variable price?", "computing",
            {"instead of the markup": "it is from the market price", "on the markup": "from the price as it is",
             "off the percentage": "percentage points less"},
        ),
        Reading(
            WARRANTS, "Are options, warrants and grants to employees convertible securities?", "computing",
            {"outside": "the next section lists them beside such securities", "inside": "they have exercise prices"},
        ),
        Reading(
            WHEN, "From when does the option work?", "computing",
            {"election": "for conversions after the holder's election", "issuance": "from the issuance, unasked"},
        ),
        Reading(
            "R-XIE-GEM", "Does the placement agent's warrant of the closing lower the fixed price?", "textual",
            {"no": "it is not issued after the closing date", "yes": "from the first day"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The percentage of the market price that a holder who takes the option pays."""
        return {
            "greatest_discount": History("of the market price", by="holder", waits_for="securities_issued"),
            "discounted_markup": ByReading(
                "R-XIE-DISC", "of the mean",
                {"instead of the markup": discount_instead, "on the markup": discount_on_markup,
                 "off the percentage": markup_less_discount},
            ),
            "discount_of_issue": History("of the market price", by="issue", waits_for="securities_issued"),
            "fixed_price_of_issue": History("usd per share", by="issue", waits_for="securities_issued"),
        }

    def on_securities_issued(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An issue at a discount or at a lower fixed price opens the option to every holder."""
        closing = ask.state.get(("value", "closing_date", ""))
        if closing is None or fact.effective <= closing:
            return
        issue, discount, price = fact.details["issue"], _discount(fact), self._fixed_price(fact, ask)
        if discount is not None:
            yield Set("discount_of_issue", issue, discount, role="discount")
        elif price is not None and any(price < ask.state.get(key) for key in ask.state.keys("value", FIXED)):
            yield Set("fixed_price_of_issue", issue, price, role="lower_price")
        else:
            return
        for holder in ask.state.holders(self.instrument):
            if ask.state.total(self.instrument, holder) == 0:
                continue
            if ask.reading(WHEN) == "issuance":
                yield from self._take(issue, holder, ask)
            else:
                yield Grant("take_better_price", holder, issue, role="option", at={"issue": issue, "holder": holder})

    def _fixed_price(self, fact: Fact, ask: Ask) -> Any:
        """The fixed conversion or exercise price of an issue; None where it has none or is not covered."""
        details = fact.details
        if "maximum_shares" not in details:
            return None
        if details["type"] == CONVERTIBLES and "principal" in details:
            return details["principal"] / details["maximum_shares"]
        if details["type"] == OPTIONS and ask.reading(WARRANTS) == "inside" and "additional" in details:
            return details["additional"] / details["maximum_shares"]
        return None

    def on_price_option(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A holder takes the better price from now on."""
        issue, holder = fact.details["issue"], fact.details["holder"]
        if ask.state.get(("entitlement", "take_better_price", holder, issue)) is None:
            why = f"{issue} gives no discount from the market and no lower fixed price"
            yield Refuse("price_option", f"{issue}:{holder}", why, "option")
            return
        yield from self._take(issue, holder, ask)

    def _take(self, issue: str, holder: str, ask: Ask) -> Iterable[Effect]:
        price = ask.state.get(("value", "fixed_price_of_issue", issue))
        if price is None:
            yield from self._take_discount(holder, ask)
        else:
            yield from self._take_price(issue, price, holder, ask)
        yield Occur("price_adjusted", f"{issue}:{holder}", {"holder": holder}, "option")

    def _take_discount(self, holder: str, ask: Ask) -> Iterable[Effect]:
        """The greatest discount of any issue so far."""
        greatest = max(ask.state.get(key) for key in ask.state.keys("value", "discount_of_issue"))
        yield Set("greatest_discount", holder, greatest, role="discount")
        if ask.state.get(("value", "own_prices_since", "")) is None:
            yield Set("own_prices_since", "", ask.now_day, role="discount")
        source = ask.source("discounted_markup", holder=holder)
        yield Set("markup_in_force", holder, ask("discounted_markup", holder=holder), source, "discount")

    def _take_price(self, issue: str, price: Any, holder: str, ask: Ask) -> Iterable[Effect]:
        """Every lot of the holder that carries a higher price; the shares of others in the same lot keep theirs."""
        for lot in ask.state.lots(self.instrument, holder):
            if price < ask.state.get(("value", FIXED, lot)):
                own = yield from lot_of_its_own(
                    ask.state, self.instrument, FIXED, lot, holder, (holder,), f"{lot}/{issue}:{holder}", "lower_price"
                )
                source = ask.source("fixed_price_of_issue", issue=issue)
                yield Set(FIXED, own, price, source, "lower_price")


def _discount(fact: Fact) -> Any:
    """The discount from market at which an issue converts; None where it follows no market or is above it."""
    rate = fact.details.get("market_rate")
    return 1 - rate if fact.details["type"] == VARIABLE and rate is not None and rate < 1 else None
