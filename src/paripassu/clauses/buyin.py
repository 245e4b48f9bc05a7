"""What a holder is paid that had to buy shares because those of its conversion or exercise were not delivered."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, NamedTuple

from paripassu.values.arithmetic import ZERO, Rational, nearest_cent, ratio
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.effects import Discharge, Effect, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.splits import grown_of, grown_since, priced_on
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import Undetermined, determined, extent, lesser


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


class _Delivered(NamedTuple):
    """The names under which the end of a delivery period stands, what was delivered, and what is due."""

    ends: str
    delivered: str
    due: str


RECORDED = ("purchase_price", "shares_purchased", "shares_sold", "net_proceeds")
"""What is said of a purchase and of the sale it covers."""


class _Cover:
    """Only purchases after a delivery period that ended with shares undelivered count, each as a case of its own."""

    delivery: ClassVar[_Delivered]

    def _recorded(self) -> dict[str, Binding]:
        return {
            name: History("usd" if name in ("purchase_price", "net_proceeds") else "shares", by="buy_in")
            for name in (*RECORDED, "shares_undelivered")
        }

    def _taken(self, fact: Fact, subject: str, ask: Ask) -> Generator[Effect, None, str]:
        """Refuse a purchase that does not count, or record it; returns the name of its case, empty where refused."""
        bought, ends = fact.details["purchased_on"], ask.state.get(("value", self.delivery.ends, subject))
        if ends is None or bought <= ends:
            yield Refuse(fact.kind, subject, "the purchase was not made after the delivery period", "buy_in")
            return ""
        late = self._undelivered(subject, ends, ask)
        if determined(late) and late <= 0:
            yield Refuse(fact.kind, subject, "the shares were delivered within the delivery period", "buy_in")
            return ""
        number = (ask.state.get(("value", "buy_ins", subject)) or 0) + 1
        case = f"{subject}/buy-in-{number}"
        yield Set("buy_ins", subject, number)
        for name in RECORDED:
            yield Set(name, case, fact.details[name])
        left = self._not_covered(subject, bought, ask)
        yield Set("shares_undelivered", case, left)
        replaced = lesser(min(fact.details["shares_purchased"], fact.details["shares_sold"]), left)
        yield Set("bought_in", subject, (*(ask.state.get(("value", "bought_in", subject)) or ()), (bought, replaced)))
        return case

    def _grown(self, subject: str, day: date, ask: Ask) -> Rational:
        """How many shares one undelivered share at the end of a day has become."""
        return grown_since(ask.state, day)

    def _not_covered(self, subject: str, day: date, ask: Ask) -> Any:
        """Shares not delivered by the end of a day less those bought in before, in the shares of the day."""
        earlier = ask.state.get(("value", "bought_in", subject)) or ()
        today = self._grown(subject, day, ask)
        covered = sum((shares * self._grown(subject, bought, ask) / today for bought, shares in earlier), ZERO)
        left = self._undelivered(subject, day, ask) - covered
        if determined(left):
            return max(ZERO, left)
        low, high = (None if end is None else max(ZERO, end) for end in extent(left))
        return Undetermined(left.needs, low, high)

    def _owed(self, owed: Owe, ask: Ask) -> Generator[Effect, None, None]:
        """The payment; where the cover cost no more than is set against it there is nothing to pay."""
        yield owed
        amount = ask(owed.amount, **owed.at)
        if determined(amount) and not nearest_cent(amount):
            yield Discharge(owed.duty, owed.subject, owed.role)

    def _undelivered(self, subject: str, day: date, ask: Ask) -> Any:
        """Shares not delivered by the end of a day."""
        place = ask.state.place_at_end_of(day)
        delivered = ask.state.get(("value", self.delivery.delivered, subject), place) or 0
        return ask.state.get(("value", self.delivery.due, subject), place) - delivered


@dataclass(frozen=True)
class BuyIn(_Cover, Clause):
    """A holder that had to buy shares to deliver on a sale is paid what they cost above the sale's proceeds."""

    delivery = _Delivered("delivery_period_ends", "shares_delivered", "shares_due")
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
        payment = ByReading(
            "R-BUYIN-QTY", "usd", {"share for share": matched_share_for_share, "whole": whole_against_whole}
        )
        return {"buy_in_payment": payment, **self._recorded()}

    def on_buy_in(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Due on notification, or some business days later, as no date is written."""
        notice, holder = fact.details["notice"], fact.details["holder"]
        case = yield from self._taken(fact, notice, ask)
        if not case:
            return
        five = ask.reading("R-BUYIN-DUE") == "five business days"
        due = ask.calendar("business_days").add(fact.effective, int(ask("demand_days"))) if five else fact.effective
        owed = Owe("pay_buy_in", case, "company", holder, f"pay the buy-in on {notice}", due, amount="buy_in_payment",
                   at={"buy_in": case}, role="buy_in")
        yield from self._owed(owed, ask)


def shares_matched(shares_purchased: Rational, shares_sold: Rational, shares_undelivered: Rational) -> Rational:
    """As many shares as were sold, bought and undelivered."""
    return min(ZERO + shares_purchased, shares_sold, shares_undelivered)


def matched_cost(purchase_price: Rational, shares_matched: Rational, shares_purchased: int) -> Rational:
    """What the matched shares cost, brokerage included."""
    return purchase_price * shares_matched / shares_purchased if shares_purchased else ZERO


def matched_proceeds(net_proceeds: Rational, shares_matched: Rational, shares_sold: int) -> Rational:
    """What the matched shares were sold for, net."""
    return net_proceeds * shares_matched / shares_sold if shares_sold else ZERO


def aggregate_or_proceeds(
    price_at_buy_in: Rational, shares_matched: Rational, matched_proceeds: Rational
) -> Rational:
    """The lesser of the exercise price of all the shares sold and their proceeds."""
    return min(price_at_buy_in * shares_matched, matched_proceeds)


def one_price_or_proceeds(price_at_buy_in: Rational, matched_proceeds: Rational) -> Rational:
    """The lesser of the exercise price of a single share, as the words stand, and the proceeds."""
    return min(price_at_buy_in, matched_proceeds)


def proceeds_alone(matched_proceeds: Rational) -> Rational:
    """The proceeds, as in the other papers of the deal."""
    return matched_proceeds


def excess_of_cost(matched_cost: Rational, set_against_cost: Rational) -> Rational:
    """The cost beyond what is set against it; never below zero."""
    return max(ZERO, matched_cost - set_against_cost)


def pay_as_written(excess_of_cost: Rational) -> Rational:
    """The excess, besides any other remedy."""
    return excess_of_cost


def credit_price_paid(
    excess_of_cost: Rational, payment_received: Rational, shares_paid_for: Rational, shares_matched: Rational
) -> Rational:
    """The excess less what the holder paid for the shares, which are still owed to it; never below zero."""
    return max(ZERO, excess_of_cost - payment_received * shares_matched / ratio(shares_paid_for))


@dataclass(frozen=True)
class ExerciseBuyIn(_Cover, Clause):
    """The cost of cover beyond the lesser of exercise price and proceeds, after an unmet delivery period."""

    delivery = _Delivered("exercise_delivery_ends", "exercise_shares_delivered", "shares_due_on_exercise")
    readings = (
        Reading(
            "R-W98-BUYIN", "Is the exercise price set against the cost that of all shares sold?", "computing",
            {"aggregate": "like is compared with like", "per share": "the price of a single share",
             "proceeds": "only the proceeds, as in the other papers"},
        ),
        Reading(
            "R-W98-BUYINPAID", "Is a price paid for shares still owed credited?", "computing",
            {"as written": "the payment is besides other remedies", "credit": "what was paid for them is deducted"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The payment and what it is computed from."""
        return {
            **self._recorded(),
            "price_at_buy_in": History("usd per share", by="buy_in"),
            "shares_paid_for": History("shares", by="buy_in"),
            "shares_matched": Formula(shares_matched, "shares"),
            "matched_cost": Formula(matched_cost, "usd"),
            "matched_proceeds": Formula(matched_proceeds, "usd"),
            "set_against_cost": ByReading(
                "R-W98-BUYIN", "usd",
                {"aggregate": aggregate_or_proceeds, "per share": one_price_or_proceeds, "proceeds": proceeds_alone},
            ),
            "excess_of_cost": Formula(excess_of_cost, "usd"),
            "exercise_buy_in_payment": ByReading(
                "R-W98-BUYINPAID", "usd", {"as written": pay_as_written, "credit": credit_price_paid}
            ),
        }

    def on_exercise_buy_in(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The exercise price set against the cost is that of the purchase, for a share as it was then."""
        exercise = fact.details["exercise"]
        submitted = ask.state.get(("occurred", "exercise_submitted", exercise))
        if submitted is not None and submitted.details["instrument"] != self.instrument:
            return
        case = yield from self._taken(fact, exercise, ask)
        if not case:
            return
        lot, bought = submitted.details["lot"], fact.details["purchased_on"]
        day = priced_on(ask.state, exercise, bought)
        source = ask.source("exercise_price", on=day, lot=lot)
        yield Set("price_at_buy_in", case, ask("exercise_price", on=day, lot=lot), source)
        exercised = ask.state.get(("occurred", "exercised", exercise)).details["date"]
        grown = self._grown(exercise, exercised, ask) / self._grown(exercise, bought, ask)
        yield Set("shares_paid_for", case, ask.state.get(("value", "shares_exercised", exercise)) * grown)
        owed = Owe("pay_exercise_buy_in", case, "company", submitted.details["holder"],
                   f"pay the buy-in on exercise {exercise}", fact.effective, amount="exercise_buy_in_payment",
                   at={"buy_in": case, "exercise": exercise}, role="buy_in")
        yield from self._owed(owed, ask)

    def _grown(self, subject: str, day: date, ask: Ask) -> Rational:
        """As the shares of the exercise were split, if they were."""
        return grown_of(ask.state, subject, day)
