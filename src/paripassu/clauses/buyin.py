"""What a holder is paid that had to buy shares because those of its conversion were not delivered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import Binding, ByReading, History
from paripassu.values.effects import Effect, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined


def matched_share_for_share(
    purchase_price: Rational, shares_purchased: int, shares_sold: int, net_proceeds: Rational, shares_undelivered: int
) -> Rational:
    """Cost less proceeds on as many shares as were sold, bought and undelivered; never below zero."""
    matched = min(shares_purchased, shares_sold, shares_undelivered)
    if not matched:
        return ZERO
    return max(ZERO, purchase_price * matched / shares_purchased - net_proceeds * matched / shares_sold)


def whole_against_whole(
    purchase_price: Rational, shares_purchased: int, shares_sold: int, net_proceeds: Rational, shares_undelivered: int
) -> Rational:
    """All that was paid less all that was received; never below zero."""
    return max(ZERO, purchase_price - net_proceeds)


@dataclass(frozen=True)
class BuyIn(Clause):
    """A holder that had to buy shares to deliver on a sale is paid what they cost above the sale's proceeds."""

    readings = (
        Reading(
            "R-BUYIN-QTY", "What if more was bought than sold or undelivered?", "computing",
            {"share for share": "only purchases that replace undelivered sold shares", "whole": "all against all"},
        ),
        Reading(
            "R-BUYIN-DUE", "When is the payment due, as no date is written?", "computing",
            {"on notification": "on receipt; interest from the next day", "five business days": "as other payments"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The payment and what it is computed from."""
        recorded = {
            name: History("usd" if name in ("purchase_price", "net_proceeds") else "shares", by="buy_in")
            for name in ("purchase_price", "shares_purchased", "shares_sold", "net_proceeds", "shares_undelivered")
        }
        payment = ByReading(
            "R-BUYIN-QTY", "usd", {"share for share": matched_share_for_share, "whole": whole_against_whole}
        )
        return {"buy_in_payment": payment, **recorded}

    def on_buy_in(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Only purchases after a delivery period that ended with shares undelivered count."""
        notice, holder, bought = (fact.details[key] for key in ("notice", "holder", "purchased_on"))
        ends = ask.state.get(("value", "delivery_period_ends", notice))
        if ends is None or bought <= ends:
            yield Refuse("buy_in", notice, "the purchase was not made after the delivery period", "buy_in")
            return
        late = self._undelivered(notice, ends, ask)
        if determined(late) and late <= 0:
            yield Refuse("buy_in", notice, "the shares were delivered within the delivery period", "buy_in")
            return
        number = (ask.state.get(("value", "buy_ins", notice)) or 0) + 1
        case = f"{notice}/buy-in-{number}"
        yield Set("buy_ins", notice, number)
        for name in ("purchase_price", "shares_purchased", "shares_sold", "net_proceeds"):
            yield Set(name, case, fact.details[name])
        yield Set("shares_undelivered", case, self._undelivered(notice, bought, ask))
        five = ask.reading("R-BUYIN-DUE") == "five business days"
        due = ask.calendar("business_days").add(fact.effective, int(ask("demand_days"))) if five else fact.effective
        yield Owe("pay_buy_in", case, "company", holder, f"pay the buy-in on {notice}", due, amount="buy_in_payment",
                  at={"buy_in": case}, role="buy_in")

    def _undelivered(self, notice: str, day: date, ask: Ask) -> Any:
        """Shares of the notice not delivered by the end of a day."""
        place = ask.state.place_at_end_of(day)
        delivered = ask.state.get(("value", "shares_delivered", notice), place) or 0
        return ask.state.get(("value", "shares_due", notice), place) - delivered
