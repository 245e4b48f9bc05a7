"""What lets a holder put its shares to the company: the events, the election, the amount, payment, impairment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational, largest_remainder, ratio, whole_down, whole_up
from paripassu.values.bindings import Binding, ByReading, Formula, History, ObservedOn
from paripassu.values.effects import Effect, Grant, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import REDEEMED
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Event, Reading, TermSpec, name_of
from paripassu.values.undetermined import determined

ANY, RESERVE_SHORT, CAP_SHORT = "any or all", "reserve", "cap"


@dataclass(frozen=True)
class RedemptionEvents(Clause):
    """Occurrences, of this paper and of others, each of which is a redemption event under one limb.

    ``links`` maps a limb to the occurrences it listens to, the papers they may come from, and how many shares may be
    put: ``{iii: {on: [delivery_ten_business_days_late], of: [series-b], portion: any or all}}``. Limbs of papers that do
    not yet run are raised by a recorded finding of the same name.
    """

    readings = (
        Reading(
            "R-RED-CURED", "Does the right end when the event is cured before the election?", "textual",
            {"stays": "at any time and from time to time", "ends": "only while the event continues"},
        ),
        Reading(
            "R-XREF-VIB", "Which prohibitions must be eliminated?", "textual",
            {"VI.A": "the section that describes them", "VI.B": "the section named, which describes none"},
        ),
        Reading(
            "R-CAP-GAP", "Is a conversion blocked by the cap itself a redemption event?", "textual",
            {"no": "an event of its own is needed", "yes": "every block opens redemption"},
        ),
    )

    def hears(self) -> frozenset[str]:
        """The occurrences of all limbs, and findings."""
        linked = {name for link in self.links.values() for name in link["on"]}
        return super().hears() | linked

    def respond(self, event: Event, ask: Ask) -> Iterable[Effect]:
        """A linked occurrence is a redemption event; the rest is answered as by any clause."""
        name = name_of(event)
        for limb, link in self.links.items():
            if isinstance(event, Occur) and name in link["on"]:
                yield from self._raise(limb, link, event.subject, ask)
        yield from super().respond(event, ask)

    def on_finding(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A person's finding raises the limb that listens to it, when the paper is one the limb names."""
        for limb, link in self.links.items():
            if fact.details["event"] in link["on"] and fact.details["of"] in link["of"]:
                yield from self._raise(limb, link, fact.details["case"], ask)
                return
        raise Problem(
            ProblemKind.UNKNOWN_NAME,
            f"no limb listens to {fact.details['event']!r} of {fact.details['of']!r}",
            "use " + ", ".join(sorted({name for link in self.links.values() for name in link["on"]})),
            fact.place,
        )

    def _raise(self, limb: str, link: Mapping[str, Any], subject: str, ask: Ask) -> Iterable[Effect]:
        event = f"{limb}:{subject}"
        if ask.state.get(("occurred", "redemption_event", event)) is None:
            yield Set("redemption_portion", event, link["portion"])
            yield Occur("redemption_event", event, {"limb": limb, "date": ask.now_day}, limb)


def limb_of_face(redemption_multiple: Rational, face_amount: Rational) -> Rational:
    """A multiple of the face amount, without premium."""
    return redemption_multiple * face_amount


def limb_of_market(
    face_amount: Rational, premium: Rational, penalty_per_share: Rational, conversion_price: Rational,
    market_price: Rational,
) -> Rational:
    """What the share, with premium and penalty, would convert into, at the day's price."""
    return (face_amount + premium + penalty_per_share) / conversion_price * market_price


def redemption_amount(limb_of_face: Rational, limb_of_market: Rational) -> Rational:
    """The greater of the two, share by share."""
    return max(limb_of_face, limb_of_market)


def redemption_total(original_amount: Rational, shares_to_redeem: Rational) -> Rational:
    """For the shares of a redemption notice."""
    return original_amount * shares_to_redeem


def lawful_shares(lawful_amount: Rational, redemption_amount: Rational) -> int:
    """The greatest whole number of shares that may lawfully be redeemed."""
    return whole_down(lawful_amount / redemption_amount)


def pro_rata_shares(affordable_shares: int, shares_noticed: tuple[Rational, ...]) -> tuple[Any, ...]:
    """What can be redeemed, in proportion to the notices, in whole shares by largest remainder."""
    return tuple(largest_remainder(int(affordable_shares), shares_noticed))


def pro_rata_fractions(affordable_shares: int, shares_noticed: tuple[Rational, ...]) -> tuple[Any, ...]:
    """What can be redeemed, in proportion to the notices, in fractions of shares."""
    return tuple(ratio(affordable_shares) * noticed / sum(shares_noticed) for noticed in shares_noticed)


def later_redemption_amount(original_event_amount: Rational, redemption_amount: Rational) -> Rational:
    """Shares left over by impairment: the greater of the amount at the event and the amount at the later election."""
    return max(original_event_amount, redemption_amount)


def all_held(shares_held: Rational) -> int:
    """Any or all of the shares held."""
    return int(shares_held)


def redeemable_for_reserve(
    shares_held: Rational, reserve_portion: Rational, coverage_multiple: Rational, average_shares_per_preferred: Rational
) -> int:
    """The fewest shares whose redemption leaves the portion above the multiple of what the rest converts into.

    The rest r must satisfy portion > multiple x up(r x q); up() is whole, so up(r x q) may be at most the largest
    whole number strictly below portion / multiple, and r at most that divided by q.
    """
    largest = whole_up(reserve_portion / coverage_multiple) - 1
    rest = max(0, whole_down(ratio(largest) / average_shares_per_preferred))
    return max(0, int(shares_held) - rest)


def redeemable_for_cap(
    shares_held: Rational, cap_base: Rational, cap_multiple: Rational, warrant_shares: Rational,
    average_shares_per_preferred: Rational,
) -> int:
    """The same for the cap, the holder's warrant shares counted; everything when the warrants alone exceed it."""
    largest = whole_up(cap_base / cap_multiple - warrant_shares) - 1
    rest = max(0, whole_down(ratio(largest) / average_shares_per_preferred)) if largest > 0 else 0
    return max(0, int(shares_held) - rest)


def whole_cap_portion(cap_portion: Rational, cap_portion_used: Rational) -> Rational:
    """The holder's whole allocated portion, used part included."""
    return cap_portion + cap_portion_used


def unissued_cap_portion(cap_portion: Rational, cap_portion_used: Rational) -> Rational:
    """The unissued part of the portion."""
    return cap_portion


def average_shares_per_preferred(exact_shares_of_holder: Rational, shares_held: Rational) -> Rational:
    """What the holder's preferred convert into, per share held."""
    return exact_shares_of_holder / shares_held


@dataclass(frozen=True)
class RedemptionRight(Clause):
    """Each holder may, for each redemption event, require redemption in cash; payment follows the notice."""

    terms = {
        "redemption_multiple": TermSpec("number", "times face", "least amount for a share"),
        "redemption_days": TermSpec("whole", "business days", "from receipt of the notice to payment"),
    }
    readings = (
        Reading(
            "R-RN-DATE", "Is the date of a redemption notice the one it bears or that of receipt?", "computing",
            {"date borne": "if delivered that day, else delivery", "receipt": "always the day of receipt"},
        ),
        Reading(
            "R-PRORATA-ROUND", "How are fractions of a pro rata redemption treated?", "computing",
            {"largest remainder": "whole shares", "fractions": "fractions of shares"},
        ),
        Reading(
            "R-CAPPORTION", "Whole allocated cap or its unissued part?", "computing",
            {"whole portion": "as the words stand", "unissued part": "what is still unissued"},
        ),
        Reading(
            "R-RA-AGG", "Is the least amount per share or of all shares demanded?", "textual",
            {"per share": "in both limbs", "aggregate": "one share would be worth the whole"},
        ),
        Reading(
            "R-M-DEF", "Is the market price the defined Closing Bid Price?", "textual",
            {"same number": "where the exchange reports one", "own term": "no report, no second limb"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The amount per share, how many shares, and the totals of a notice."""
        return {
            "limb_of_face": Formula(limb_of_face, "usd per share"),
            "limb_of_market": Formula(limb_of_market, "usd per share"),
            "market_price": ObservedOn(("closing_bid", "otc_last_sale", "pink_sheet_bid", "appraised_value"),
                                       "usd per share"),
            "penalty_per_share": History("usd per share", by="redemption"),
            "redemption_amount": Formula(redemption_amount, "usd per share"),
            "original_amount": History("usd per share", by="redemption"),
            "shares_to_redeem": History("shares", by="redemption"),
            "redemption_total": Formula(redemption_total, "usd", "to the cent at payment"),
            "lawful_amount": History("usd"),
            "lawful_shares": Formula(lawful_shares, "shares", "down to the whole share"),
            "affordable_shares": History("shares"),
            "shares_noticed": History("shares"),
            "pro_rata_shares": ByReading(
                "R-PRORATA-ROUND", "shares", {"largest remainder": pro_rata_shares, "fractions": pro_rata_fractions}
            ),
            "original_event_amount": History("usd per share", by="event"),
            "later_redemption_amount": Formula(later_redemption_amount, "usd per share"),
            "redeemable_any": Formula(all_held, "shares"),
            "redeemable_for_reserve": Formula(redeemable_for_reserve, "shares"),
            "redeemable_for_cap": Formula(redeemable_for_cap, "shares"),
            "cap_portion_used": History("shares", by="holder"),
            "cap_base": ByReading(
                "R-CAPPORTION", "shares", {"whole portion": whole_cap_portion, "unissued part": unissued_cap_portion}
            ),
            "warrant_shares": History("shares", by="holder", waits_for="warrants held"),
            "average_shares_per_preferred": Formula(average_shares_per_preferred, "shares per share"),
        }

    _FIGURE = {ANY: "redeemable_any", RESERVE_SHORT: "redeemable_for_reserve", CAP_SHORT: "redeemable_for_cap"}

    def on_redemption_event(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Every holder has the right; the amount on the day of the event is kept for a later redemption."""
        portion = ask.state.get(("value", "redemption_portion", event.subject))
        given = {"penalty_per_share": ratio(0)}
        for holder in ask.state.holders(self.instrument):
            if ask("shares_held", holder=holder) != 0:
                yield Grant("require_redemption", holder, event.subject, self._FIGURE[portion], role="right",
                            at={"holder": holder, "event": event.subject})
        if len(ask.state.class_totals(self.instrument, "fixed_conversion_price", "")) == 1:
            source = ask.source("redemption_amount", given=given)
            yield Set("original_event_amount", event.subject, ask("redemption_amount", given=given), source, "later")

    def on_redemption_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An election for an event that has occurred; payable on the fifth business day after receipt."""
        notice, holder, event = (fact.details[key] for key in ("notice", "holder", "event"))
        right = ask.state.get(("entitlement", "require_redemption", holder, event))
        if right is None:
            yield Refuse("redemption", notice, f"no redemption event {event} gives {holder} the right", "right")
            return
        allowed = ask(right.quantity, holder=holder, event=event)
        shares = fact.details["shares"]
        if determined(allowed) and shares > allowed:
            yield Refuse("redemption", notice, f"{shares - allowed} shares exceed the portion of this event", "right")
            shares = allowed
        dated = self._dated(fact, ask)
        given = {"penalty_per_share": self._penalty(ask)}
        amount = ask("redemption_amount", on=dated, given=given, **self._lot(holder, ask))
        source = ask.source("redemption_amount", on=dated, given=given, **self._lot(holder, ask))
        yield Set("redemption_notice_date", notice, dated, role="notice")
        yield Set("penalty_per_share", notice, given["penalty_per_share"])
        yield Set("original_amount", notice, amount, source, "amount")
        yield Set("shares_to_redeem", notice, shares, role="right")
        yield Set("redemption_holder", notice, holder)
        due = ask.calendar("business_days").add(fact.effective, int(self.values["redemption_days"].value))
        yield Owe("pay_redemption", notice, "company", holder, f"pay the Redemption Amount of {notice}", due,
                  amount="redemption_total", at={"redemption": notice}, role="payment")

    def _dated(self, fact: Fact, ask: Ask) -> date:
        borne: date = fact.details["date_of_notice"]
        if ask.reading("R-RN-DATE") == "date borne" and borne == fact.effective:
            return borne
        return fact.effective

    def _penalty(self, ask: Ask) -> Rational:
        """Shares still outstanding are not under a defaulted notice, so no default payment relates to them."""
        return ratio(0)

    def _lot(self, holder: str, ask: Ask) -> dict[str, str]:
        lots = ask.state.lots(self.instrument, holder)
        return {"lot": next(iter(lots))} if lots else {}

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Redeemed shares pass out of the holder's hands, oldest lots first."""
        if event.details["duty"] != "pay_redemption":
            return
        notice = event.details["subject"]
        holder = ask.state.get(("value", "redemption_holder", notice))
        left = ask.state.get(("value", "shares_to_redeem", notice))
        for lot, held in ask.state.lots(self.instrument, holder).items():
            if not determined(held) or not determined(left):
                break
            taken = min(left, held)
            if taken > 0:
                yield Move(self.instrument, holder, REDEEMED, taken, lot, role="redeemed")
                left -= taken

    def on_lawful_amount(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Under impairment the greatest lawful number is redeemed, pro rata among the notices."""
        yield Set("lawful_amount", "", fact.details["amount"], role="impairment")
        open_notices = [owed for owed in ask.state.obligations() if owed.duty == "pay_redemption"
                        and owed.status in ("open", "breached")]
        amounts = {owed.subject: ask.state.get(("value", "original_amount", owed.subject)) for owed in open_notices}
        if not amounts or not all(determined(amount) for amount in amounts.values()):
            return
        highest = max(amounts.values())
        noticed = tuple(ratio(ask.state.get(("value", "shares_to_redeem", one))) for one in amounts)
        affordable = ask("lawful_shares", given={"redemption_amount": highest})
        if affordable >= sum(noticed):
            return
        given = {"affordable_shares": affordable, "shares_noticed": noticed}
        for notice, shares in zip(amounts, ask("pro_rata_shares", given=given), strict=True):
            yield Set("lawfully_redeemable", notice, shares, role="impairment")
        yield Occur("capital_impairment", fact.effective.isoformat(), {"shares": affordable}, "impairment")
        subject = fact.effective.isoformat()
        yield Owe("remedy_capital", subject, "company", "holders", "take all steps that allow further redemption",
                  role="impairment_efforts")
        yield Owe("ordinary_course_only", subject, "company", "holders",
                  "nothing outside the ordinary course without the Holders' prior written consent",
                  role="impairment_restriction")
