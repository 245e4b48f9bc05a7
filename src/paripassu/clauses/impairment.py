"""Where the law keeps the company from redeeming all that is noticed: the greatest number, and what that brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from paripassu.values.arithmetic import ZERO, Rational, largest_remainder, nearest_cent, ratio, whole_down
from paripassu.values.bindings import Binding, ByReading, EachPart, Formula, History
from paripassu.values.effects import Due, Effect, Lapse, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.redemptions import PAY, standing_notices, unredeemed
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined, extent, merged

Numbers: TypeAlias = tuple[Rational, ...]
"""One number for each notice that stands, or for each of their parts, in the order of the notices."""

Divide: TypeAlias = Callable[[Rational, Sequence[Rational]], Sequence[Any]]
"""How a number is divided in proportion to others."""

EFFORTS, RESTRICTION = "remedy_capital", "ordinary_course_only"
"""What the company must do, and must not, while redemption is limited."""


def lawful_amount_left(lawful_amount: Rational, paid_on_redemptions: Rational, paid_on_account: Rational) -> Rational:
    """The amount reported less what was paid since; what was paid on shares not redeemed yet serves for those."""
    return max(ZERO, lawful_amount - paid_on_redemptions + paid_on_account)


def in_fractions(number: Rational, weights: Sequence[Rational]) -> tuple[Any, ...]:
    """A number divided exactly in proportion."""
    whole = sum(weights, ZERO)
    return tuple(number * weight / whole for weight in weights)


def divided(
    number: Rational, shares_noticed: Sequence[Rational], redeemed_of_notices: Sequence[Rational], divide: Divide
) -> tuple[Any, ...]:
    """How many more shares of each notice are redeemed, so that all that is redeemed of the notices is in proportion.

    A notice of which more than its proportion was redeemed gets none, and the others share the number among them.
    """
    redeemed = redeemed_of_notices or (ZERO,) * len(shares_noticed)
    sharing = list(range(len(shares_noticed)))
    while sharing:
        together = number + sum((redeemed[one] for one in sharing), ZERO)
        parts = dict(zip(sharing, divide(together, [shares_noticed[one] for one in sharing]), strict=True))
        behind = [one for one in sharing if parts[one] >= redeemed[one]]
        if behind == sharing:
            return tuple(parts[one] - redeemed[one] if one in parts else 0 for one in range(len(shares_noticed)))
        sharing = behind
    return ()


def price_of(count: Rational, first: Rational, parts_noticed: Numbers, amounts_noticed: Numbers) -> Rational:
    """What so many shares cost from one on, along the parts: each part at its own amount per share."""
    total, passed = ZERO, ZERO
    for shares, amount in zip(parts_noticed, amounts_noticed, strict=True):
        taken = min(passed + shares, first + count) - max(passed, first)
        total += max(ZERO, taken) * amount
        passed += shares
    return total


def prices_of(
    division: Sequence[Rational], shares_noticed: Numbers, redeemed_of_notices: Numbers, parts_noticed: Numbers,
    amounts_noticed: Numbers,
) -> tuple[Rational, ...]:
    """What the shares redeemed of each notice cost; those of a notice are taken in the order of its parts."""
    redeemed = redeemed_of_notices or (ZERO,) * len(shares_noticed)
    prices, first = [], ZERO
    for count, noticed, before in zip(division, shares_noticed, redeemed, strict=True):
        prices.append(price_of(count, first, parts_noticed, amounts_noticed))
        first += noticed - before
    return tuple(prices)


def _most(
    left: Rational, noticed: Numbers, redeemed: Numbers, parts: Numbers, amounts: Numbers, divide: Divide
) -> int:
    """The greatest whole number that, divided among the notices, costs no more than is left."""
    most = min(whole_down(sum(parts, ZERO)), whole_down(left / min(amounts))) if parts else 0
    while most and sum(prices_of(divided(ratio(most), noticed, redeemed, divide), noticed, redeemed, parts, amounts),
                       ZERO) > left:
        most -= 1
    return most


def whole_shares(number: Rational, weights: Sequence[Rational]) -> list[int]:
    """A number divided in proportion into whole shares, the largest remainders first."""
    return largest_remainder(whole_down(number), weights)


def affordable_in_whole_shares(
    lawful_amount_left: Rational, shares_noticed: Numbers, redeemed_of_notices: Numbers, parts_noticed: Numbers,
    amounts_noticed: Numbers,
) -> int:
    """The greatest whole number of shares under the notices whose Redemption Amounts the lawful amount pays."""
    return _most(lawful_amount_left, shares_noticed, redeemed_of_notices, parts_noticed, amounts_noticed, whole_shares)


def affordable_in_fractions(
    lawful_amount_left: Rational, shares_noticed: Numbers, redeemed_of_notices: Numbers, parts_noticed: Numbers,
    amounts_noticed: Numbers,
) -> int:
    """The greatest whole number of shares under the notices that the lawful amount pays, each notice's in fractions."""
    return _most(lawful_amount_left, shares_noticed, redeemed_of_notices, parts_noticed, amounts_noticed, in_fractions)


def pro_rata_shares(
    affordable_shares: int, shares_noticed: Numbers, redeemed_of_notices: Numbers
) -> tuple[Any, ...]:
    """What can be redeemed, in proportion to the notices, in whole shares by largest remainder."""
    return divided(ratio(affordable_shares), shares_noticed, redeemed_of_notices, whole_shares)


def pro_rata_fractions(
    affordable_shares: int, shares_noticed: Numbers, redeemed_of_notices: Numbers
) -> tuple[Any, ...]:
    """What can be redeemed, in proportion to the notices, in fractions of shares."""
    return divided(ratio(affordable_shares), shares_noticed, redeemed_of_notices, in_fractions)


def lawfully_redeemable(pro_rata_shares: Numbers, place_of_notice: int) -> Rational:
    """The notice's part of the shares that may lawfully be redeemed; those redeemed already are not in it."""
    return pro_rata_shares[place_of_notice - 1]


def lawfully_payable(
    pro_rata_shares: Numbers, place_of_notice: int, shares_noticed: Numbers, redeemed_of_notices: Numbers,
    parts_noticed: Numbers, amounts_payable: Numbers,
) -> Rational:
    """What the shares of the notice that may lawfully be redeemed cost; to the cent, as it is paid."""
    prices = prices_of(pro_rata_shares, shares_noticed, redeemed_of_notices, parts_noticed, amounts_payable)
    return nearest_cent(prices[place_of_notice - 1])


class _Part(NamedTuple):
    """The shares of one lot still to be redeemed under a notice, and the amount for each; ``name`` is the part's."""

    name: str
    shares: Any
    amount: Any


class _Standing(NamedTuple):
    """A notice under which shares are still to be redeemed: since when, what was redeemed of it, the rest by part."""

    notice: str
    arisen: date
    redeemed: Any
    parts: list[_Part]
    on_account: Any

    @property
    def noticed(self) -> Any:
        """The shares it counts for: redeemed or still to be."""
        return self.redeemed + sum((one.shares for one in self.parts), ZERO)


@dataclass(frozen=True)
class CapitalImpairment(Clause):
    """A reported amount is all that may lawfully be spent on redemption: whole shares, pro rata among the notices.

    The report speaks of the day it is of: what is paid on redemptions from then on comes out of it, until the next
    report. All notices of a day count together when the day ends; what stands then is divided anew whenever a report
    or notice comes, a payment is made, or shares leave a notice by conversion, transfer, waiver or a transaction.
    """

    readings = (
        Reading(
            "R-PRORATA-ROUND", "How are fractions of a pro rata redemption treated?", "computing",
            {"largest remainder": "whole shares", "fractions": "fractions of shares"},
        ),
        Reading(
            "R-ALLHOLDERS", "Whose consent allows business outside the ordinary course under impairment?", "textual",
            {"all holders": "the majority is named elsewhere where it is meant", "majority": "more than half"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """What is left of the lawful amount, how many shares it redeems, and each notice's part."""
        return {
            "lawful_amount": History("usd"),
            "paid_on_redemptions": History("usd", waits_for="lawful_amount"),
            "paid_on_account": History("usd", waits_for="lawful_amount"),
            "lawful_amount_left": Formula(lawful_amount_left, "usd"),
            "shares_noticed": History("shares", waits_for="lawful_amount"),
            "redeemed_of_notices": History("shares", waits_for="lawful_amount"),
            "parts_noticed": History("shares", waits_for="lawful_amount"),
            "parts_standing": History("date", waits_for="lawful_amount"),
            "amounts_noticed": EachPart("original_amount", "parts_standing", "redemption_part", "usd per share"),
            "amounts_payable": History("usd per share", waits_for="lawful_amount"),
            "affordable_shares": ByReading(
                "R-PRORATA-ROUND", "shares",
                {"largest remainder": affordable_in_whole_shares, "fractions": affordable_in_fractions},
                "down to the whole share",
            ),
            "pro_rata_shares": ByReading(
                "R-PRORATA-ROUND", "shares", {"largest remainder": pro_rata_shares, "fractions": pro_rata_fractions}
            ),
            "place_of_notice": History("", by="redemption", waits_for="lawful_amount"),
            "lawfully_redeemable": Formula(lawfully_redeemable, "shares"),
            "lawfully_payable": Formula(lawfully_payable, "usd", "to the nearest cent"),
        }

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nothing has been redeemed yet."""
        if ask.state.get(("value", "redeemed_of_notices", "")) is None:
            yield Set("redeemed_of_notices", "", ())

    def on_lawful_amount(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before; the notices that stand are measured by it at once."""
        yield Set("lawful_amount", "", fact.details["amount"], role="impairment")
        yield Set("paid_on_redemptions", "", ZERO)
        yield from self._measure(ask)

    def on_paid_in_part(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is paid comes out of the amount; once it pays the notice's lawful part, those shares are redeemed."""
        if not self._spent(event, ask):
            return
        yield from self._paid(event, ask)
        yield from self._divide(ask)
        notice = event.details["subject"]
        shares, price = ask("lawfully_redeemable", redemption=notice), ask("lawfully_payable", redemption=notice)
        standing = next((one for one in self._standing(ask) if one.notice == notice), None)
        if standing and determined(shares) and shares > 0 and standing.on_account >= price:
            before = ask.state.get(("value", "price_of_redeemed", notice)) or ZERO
            yield Set("price_of_redeemed", notice, before + price)
            yield Occur("redeemed_in_part", notice, {"shares": shares}, "impairment")
            yield from self._divide(ask)

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is paid comes out of the amount; the notice stands no longer."""
        if self._spent(event, ask):
            yield from self._paid(event, ask)
            yield from self._divide(ask)

    def _spent(self, event: Occur, ask: Ask) -> bool:
        return event.details["duty"] == PAY and ask.state.get(("value", "lawful_amount", "")) is not None

    def _paid(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        paid = ask.state.get(("value", "paid_on_redemptions", ""))
        yield Set("paid_on_redemptions", "", paid + event.details["applied"], role="impairment")

    # -- what changes the notices that stand; each day is looked at as a whole, in whatever order its papers came

    def after_redemption_notice(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """Another notice may be more than the law allows."""
        yield from self._at_end_of_day(ask)

    def after_paid_in_part(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Fewer shares are still to be redeemed."""
        yield from self._at_end_of_day(ask)

    def after_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Fewer notices stand."""
        yield from self._at_end_of_day(ask)

    def after_converted(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Shares converted are not redeemed."""
        yield from self._at_end_of_day(ask)

    def after_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Nor are those the holder of the notice has no longer."""
        yield from self._at_end_of_day(ask)

    def after_holding_ended(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Nor those exchanged in a transaction."""
        yield from self._at_end_of_day(ask)

    def after_duty_waived(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A notice may be waived."""
        yield from self._at_end_of_day(ask)

    def after_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """And stand again."""
        yield from self._at_end_of_day(ask)

    def _at_end_of_day(self, ask: Ask) -> Iterable[Due]:
        noticed = ask.state.keys("obligation", PAY)
        if noticed and ask.state.get(("value", "lawful_amount", "")) is not None:
            yield Due(moment(ask.now_day, Place.END_OF_DAY), "redemption_notices_complete", ask.now_day.isoformat())

    def on_redemption_notices_complete(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """All notices that stand when the day ends are measured together."""
        yield from self._measure(ask)

    # -- measuring

    def _measure(self, ask: Ask) -> Iterable[Effect]:
        yield from self._divide(ask)
        standing = list(self._standing(ask))
        left = ask("lawful_amount_left")
        owed = [part for one in standing for part in one.parts]
        least = sum((part.shares * (extent(part.amount)[0] or ZERO) for part in owed), ZERO)
        lasting = ask.state.get(("value", "impairment", ""))
        if least > left:
            yield from self._impaired(standing, lasting, ask)
        elif lasting and all(determined(part.amount) for part in owed):
            yield from self._no_longer_impaired(lasting, ask)

    def _divide(self, ask: Ask) -> Iterator[Effect]:
        """What the numbers of the notices rest on, as it stands now."""
        standing = list(self._standing(ask))
        parts = [part for one in standing for part in one.parts]
        amounts = tuple(part.amount for part in parts)
        values = {
            "paid_on_account": sum((one.on_account for one in standing), ZERO),
            "shares_noticed": tuple(one.noticed for one in standing),
            "redeemed_of_notices": tuple(one.redeemed for one in standing),
            "parts_noticed": tuple(part.shares for part in parts),
            "parts_standing": tuple((part.name, one.arisen) for one in standing for part in one.parts),
            # Without ends: fewer shares at a higher price may cost less or more than more at a lower one.
            "amounts_payable": amounts if all(determined(one) for one in amounts) else merged(amounts),
        }
        places = {one.notice: index for index, one in enumerate(standing, 1)}
        gone = {key[2]: None for key in ask.state.keys("value", "place_of_notice") if key[2] not in places}
        for name, subject, value in (
            *((name, "", value) for name, value in values.items()),
            *(("place_of_notice", notice, place) for notice, place in {**places, **gone}.items()),
        ):
            if ask.state.get(("value", name, subject)) != value:
                yield Set(name, subject, value, role="impairment")

    def _standing(self, ask: Ask) -> Iterator[_Standing]:
        """The notices not paid or ended, as far as their holders still have the shares."""
        state = ask.state
        for owed, held in standing_notices(self.instrument, state):
            parts = [_Part(part, sum(lots.values(), ZERO), state.get(("value", "original_amount", part)))
                     for part, lots in held.items() if lots]
            if parts:
                redeemed = sum((shares for _, shares in state.get(("value", "redemption_parts", owed.subject))), ZERO)
                redeemed -= sum((rest for _, rest in unredeemed(owed.subject, state)), ZERO)
                on_account = self._on_account(owed.id, owed.subject, ask)
                yield _Standing(owed.subject, owed.arisen, redeemed, parts, on_account)

    def _on_account(self, obligation: str, notice: str, ask: Ask) -> Any:
        """What was paid on shares of the notice that are not redeemed yet."""
        paid = ask.state.get(("value", "paid", obligation)) or ZERO
        return max(ZERO, paid - (ask.state.get(("value", "price_of_redeemed", notice)) or ZERO))

    # -- what it brings

    def _impaired(self, standing: list[_Standing], lasting: str | None, ask: Ask) -> Iterable[Effect]:
        """A breach by law and two duties, once; every event noticed has its price kept for what is redeemed later."""
        for event in dict.fromkeys(ask.state.get(("value", "redemption_event_of", one.notice)) for one in standing):
            if ask.state.get(("value", "impaired", event)) is None:
                yield Set("impaired", event, ask.now_day)
        if lasting:
            return
        subject = ask.now_day.isoformat()
        yield Set("impairment", "", subject)
        yield Occur("capital_impairment", subject, {"shares": ask("affordable_shares")}, "impairment")
        yield Occur("deemed_breach_of_redemption", subject, {}, "impairment")
        yield Owe(EFFORTS, subject, "company", "holders", "take all steps that allow further redemption",
                  role="impairment_efforts")
        yield Owe(RESTRICTION, subject, "company", "holders",
                  "nothing outside the ordinary course without the Holders' prior written consent",
                  role="impairment_restriction")

    def _no_longer_impaired(self, subject: str, ask: Ask) -> Iterable[Effect]:
        """Nothing noticed is kept from redemption any more: the breach has lasted so long, and the duties end."""
        why = "the law no longer keeps the company from redeeming what is noticed"
        yield Set("impairment", "", "")
        yield Occur("capital_impairment_ended", subject, {}, "impairment")
        for duty, role in ((EFFORTS, "impairment_efforts"), (RESTRICTION, "impairment_restriction")):
            owed = ask.state.obligation(duty, subject)
            if owed is not None and owed.status in ("open", "breached"):
                yield Lapse(duty, subject, why, role)
