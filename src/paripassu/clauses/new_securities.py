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
from paripassu.values.splits import restated
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined, lesser, may_be_under

WARRANTS, WHEN = "R-XIE-WARR", "R-XIE-WHEN"
FIXED, TAKE = "fixed_conversion_price", "take_better_price"
OFFERS = DISCOUNT, PRICE = "discount_of_issue", "fixed_price_of_issue"


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
            DISCOUNT: History("of the market price", by="issue", waits_for="securities_issued"),
            PRICE: History("usd per share", by="issue", waits_for="securities_issued"),
        }

    def on_securities_issued(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An issue at a discount or at a lower fixed price opens the option to every holder."""
        closing = ask.state.get(("value", "closing_date", ""))
        if closing is None or fact.effective <= closing:
            return
        issue, discount, price = fact.details["issue"], _discount(fact), self._fixed_price(fact, ask)
        if discount is not None:
            yield Set(DISCOUNT, issue, discount, role="discount")
        elif price is not None and any(
            may_be_under(price, ask.state.get(key)) for key in ask.state.keys("value", FIXED)
        ):
            yield Set(PRICE, issue, price, role="lower_price")
        else:
            return
        for holder in ask.state.holders(self.instrument):
            yield from self._offer(issue, holder, ask)

    def on_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The option is of whoever holds shares when it elects, so a later holder has it too."""
        for name in OFFERS:
            for _, _, issue in ask.state.keys("value", name):
                yield from self._offer(issue, event.details["to"], ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A price of an issue is compared with the fixed price on the share basis of the day."""
        yield from restated(ask.state, PRICE, 1 / event.details["ratio"], "lower_price")

    def _offer(self, issue: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """A holder's option; under the other reading the better price itself."""
        if self._holds_nothing(holder, ask):
            return
        if ask.reading(WHEN) == "issuance":
            yield from self._take(issue, holder, ask)
        elif ask.state.get(("entitlement", TAKE, holder, issue)) is None:
            yield Grant(TAKE, holder, issue, role="option", at={"issue": issue, "holder": holder})

    def _holds_nothing(self, holder: str, ask: Ask) -> bool:
        held = ask.state.total(self.instrument, holder)
        return bool(determined(held) and held == 0)

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
        if why := self._why_not(issue, holder, ask):
            yield Refuse("price_option", f"{issue}:{holder}", why, "option")
        else:
            yield from self._take(issue, holder, ask)

    def _why_not(self, issue: str, holder: str, ask: Ask) -> str:
        """Why a holder cannot take the price of an issue; empty where it can."""
        if all(ask.state.get(("value", name, issue)) is None for name in OFFERS):
            return f"{issue} gives no discount from the market and no lower fixed price"
        if self._holds_nothing(holder, ask):
            return f"{holder} holds no preferred stock"
        if not self._betters(issue, holder, ask):
            return f"{holder} has a price as low as that of {issue} already"
        return ""

    def _betters(self, issue: str, holder: str, ask: Ask) -> bool:
        """Whether an issue changes a price of a holder."""
        if ask.state.get(("value", PRICE, issue)) is not None:
            return bool(self._dearer_lots(issue, holder, ask))
        return bool(_greatest(ask) != ask.state.get(("value", "greatest_discount", holder)))

    def _dearer_lots(self, issue: str, holder: str, ask: Ask) -> list[str]:
        price = ask.state.get(("value", PRICE, issue))
        return [lot for lot in ask.state.lots(self.instrument, holder)
                if may_be_under(price, ask.state.get(("value", FIXED, lot)))]

    def _take(self, issue: str, holder: str, ask: Ask) -> Iterable[Effect]:
        if not self._betters(issue, holder, ask):
            return
        if ask.state.get(("value", PRICE, issue)) is None:
            yield from self._take_discount(holder, ask)
        else:
            yield from self._take_price(issue, holder, ask)
        yield Occur("price_adjusted", f"{issue}:{holder}", {"holder": holder}, "option")

    def _take_discount(self, holder: str, ask: Ask) -> Iterable[Effect]:
        yield Set("greatest_discount", holder, _greatest(ask), role="discount")
        if ask.state.get(("value", "own_prices_since", "")) is None:
            yield Set("own_prices_since", "", ask.now_day, role="discount")
        source = ask.source("discounted_markup", holder=holder)
        yield Set("markup_in_force", holder, ask("discounted_markup", holder=holder), source, "discount")

    def _take_price(self, issue: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """Every lot of the holder that carries a higher price; the shares of others in the same lot keep theirs.

        A price that a missing bid leaves open becomes the lower of the two, whichever that is.
        """
        for lot in self._dearer_lots(issue, holder, ask):
            before = ask.state.get(("value", FIXED, lot))
            own = yield from lot_of_its_own(
                ask.state, self.instrument, FIXED, lot, holder, (holder,), f"{lot}/{issue}:{holder}", "lower_price"
            )
            price, source = ask(PRICE, issue=issue), ask.source(PRICE, issue=issue)
            yield Set(FIXED, own, lesser(price, before), source if determined(before) else None, "lower_price")


def _greatest(ask: Ask) -> Any:
    """The greatest discount of any issue so far."""
    return max(ask.state.get(key) for key in ask.state.keys("value", DISCOUNT))


def _discount(fact: Fact) -> Any:
    """The discount from market at which an issue converts; None where it follows no market or is above it."""
    rate = fact.details.get("market_rate")
    return 1 - rate if fact.details["type"] == VARIABLE and rate is not None and rate < 1 else None
