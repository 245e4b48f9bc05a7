"""What lets a holder put its shares to the company: the election, the amount, payment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational, ratio, whole_down, whole_up
from paripassu.values.bindings import (
    Binding,
    ByClass,
    ByReading,
    Formula,
    History,
    Holding,
    ObservedOn,
    SumOver,
)
from paripassu.values.demands import unpaid_on
from paripassu.values.effects import Due, Effect, Grant, Lapse, Move, Occur, Owe, Refuse, Set, Source
from paripassu.values.facts import Fact
from paripassu.values.market import CLOSING_BID_TIERS
from paripassu.values.moments import Place, moment
from paripassu.values.parties import REDEEMED
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.redemptions import PART, PAY, lots_of, standing_notices, unredeemed
from paripassu.values.splits import restated
from paripassu.values.state import Obligation
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, extent, lesser

ANY, RESERVE_SHORT, CAP_SHORT, REGISTRATION_SHORT = "any or all", "reserve", "cap", "registration"
REQUIRE = "require_redemption"


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


def redemption_of_lot(original_amount: Rational, shares_to_redeem: Rational) -> Rational:
    """For the shares of one lot of a redemption notice; rounded to the cent only when the total is paid."""
    return original_amount * shares_to_redeem


def later_redemption_amount(original_event_amount: Rational, redemption_amount: Rational) -> Rational:
    """Shares left over by impairment: the greater of the amount at the event and the amount at the later election."""
    return max(original_event_amount, redemption_amount)


def all_held(shares_held: Rational) -> int:
    """Any or all of the shares held."""
    return int(shares_held)


def redeemable_for_reserve(
    shares_held: Rational, reserve_portion: Rational, coverage_multiple: Rational,
    average_shares_per_preferred: Rational,
) -> int:
    """The fewest shares whose redemption leaves the portion above the multiple of what the rest converts into."""
    rest = most_covered(reserve_portion / coverage_multiple, average_shares_per_preferred)
    return max(0, int(shares_held) - rest)


def redeemable_for_cap(
    shares_held: Rational, cap_base: Rational, cap_multiple: Rational, warrant_shares_beside_cap: Rational,
    average_shares_per_preferred: Rational,
) -> int:
    """The same for the cap, the holder's warrant shares counted; everything when the warrants alone exceed it."""
    rest = most_covered(cap_base / cap_multiple - warrant_shares_beside_cap, average_shares_per_preferred)
    return max(0, int(shares_held) - rest)


def redeemable_for_registration(
    shares_held: Rational, registered_portion: Rational, coverage_multiple: Rational, warrant_shares: Rational,
    average_shares_per_preferred: Rational,
) -> int:
    """The same for the registered shares allocated to the holder, its warrant shares counted."""
    rest = most_covered(registered_portion / coverage_multiple - warrant_shares, average_shares_per_preferred)
    return max(0, int(shares_held) - rest)


def any_not_noticed(redeemable_any: Rational, shares_under_notice: Rational) -> Rational:
    """What is left of any or all once the shares under notice are taken off."""
    return max(ZERO, redeemable_any - shares_under_notice)


def not_noticed_for_reserve(redeemable_for_reserve: Rational, shares_under_notice: Rational) -> Rational:
    """The same of the portion under the reserve."""
    return max(ZERO, redeemable_for_reserve - shares_under_notice)


def not_noticed_for_cap(redeemable_for_cap: Rational, shares_under_notice: Rational) -> Rational:
    """The same of the portion under the cap."""
    return max(ZERO, redeemable_for_cap - shares_under_notice)


def not_noticed_for_registration(redeemable_for_registration: Rational, shares_under_notice: Rational) -> Rational:
    """The same of the portion under the registration."""
    return max(ZERO, redeemable_for_registration - shares_under_notice)


def most_covered(shares_covered: Rational, average_shares_per_preferred: Rational) -> int:
    """The most preferred shares r that convert into less than the shares covered: up(r x q) < covered.

    The left side is whole, so it may be at most the largest whole number strictly below the right one.
    """
    largest = whole_up(shares_covered) - 1
    if largest <= 0 or not average_shares_per_preferred:
        return 0
    return whole_down(ratio(largest) / average_shares_per_preferred)


def whole_cap_portion(cap_portion: Rational, cap_portion_used: Rational) -> Rational:
    """The holder's whole allocated portion, used part included."""
    return cap_portion + cap_portion_used


def unissued_cap_portion(cap_portion: Rational, cap_portion_used: Rational) -> Rational:
    """The unissued part of the portion."""
    return cap_portion


def all_warrants(warrant_shares: Rational) -> Rational:
    """The shares of all warrants of the holder."""
    return warrant_shares


def one_warrant(warrant_papers: tuple[tuple[str, Rational], ...]) -> Rational:
    """The shares of one warrant of the holder, the largest: the words single none out."""
    return max((shares for _, shares in warrant_papers), default=ZERO)


def average_shares_per_preferred(exact_shares_of_holder: Rational, shares_held: Rational) -> Rational:
    """What the holder's preferred convert into, per share held; where lots differ in price, on average."""
    return exact_shares_of_holder / shares_held if shares_held else ZERO


@dataclass(frozen=True)
class RedemptionRight(Clause):
    """Each holder may, for each redemption event, require redemption in cash; payment follows the notice.

    ``links``: ``warrants: {register: instrument}``, whose papers count beside the preferred; without it the reports
    of warrants held say how many.
    """

    terms = {
        "redemption_multiple": TermSpec("number", "times face", "least amount for a share"),
        "redemption_days": TermSpec("whole", "business days", "from receipt of the notice to payment"),
    }
    readings = (
        Reading(
            "R-RN-DATE", "Is the date of a redemption notice the one it bears or that of receipt?", "computing",
            {"date borne": "if sent that day, else the day it was sent", "receipt": "always the day of receipt"},
        ),
        Reading(
            "R-CAPPORTION", "Whole allocated cap or its unissued part?", "computing",
            {"whole portion": "as the words stand", "unissued part": "what is still unissued"},
        ),
        Reading(
            "R-CAP-NEVER", "What if the warrants alone exceed the portion?", "textual",
            {"all redeemable": "no smaller number cures the shortage", "none": "no number satisfies the words"},
        ),
        Reading(
            "R-REGSEC", "What is the holder's portion of the Registrable Securities?", "textual",
            {"registered shares allocated": "the shares on the registration statements",
             "as defined": "the shares themselves, of which twice as many can never be covered"},
        ),
        Reading(
            "R-RDM-WARR", "Which warrants of a holder count beside its preferred?", "computing",
            {"all it owns": "under the cap and under the registration",
             "as the letters": "under the cap one, the largest, as the text has the singular there"},
        ),
        Reading(
            "R-REDPRICE", "At what date is the price of the original event taken?", "textual",
            {"date of the event": "as if noticed that day", "first notice": "the amount of the first election"},
        ),
        Reading(
            "R-PENALTY", "Which default payments enter the amount per share?", "textual",
            {"unpaid, by share": "only those that relate to the shares redeemed", "all": "the total for every share"},
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
            "market_price": ObservedOn(CLOSING_BID_TIERS, "usd per share"),
            "penalty_per_share": History("usd per share", by="redemption"),
            "redemption_amount": Formula(redemption_amount, "usd per share"),
            "original_amount": History("usd per share", by="redemption_part"),
            "shares_to_redeem": History("shares", by="redemption"),
            "redemption_parts": History("shares by lot", by="redemption"),
            "redemption_of_lot": Formula(redemption_of_lot, "usd"),
            "redemption_total": SumOver(
                "redemption_of_lot", "redemption_parts", "redemption_part", "shares_to_redeem", "usd"
            ),
            "original_event_amount": History("usd per share", by="redemption_part"),
            "later_redemption_amount": Formula(later_redemption_amount, "usd per share"),
            "redeemable_any": Formula(all_held, "shares"),
            "redeemable_for_reserve": Formula(redeemable_for_reserve, "shares"),
            "redeemable_for_cap": Formula(redeemable_for_cap, "shares"),
            "cap_portion_used": History("shares", by="holder"),
            "cap_base": ByReading(
                "R-CAPPORTION", "shares", {"whole portion": whole_cap_portion, "unissued part": unissued_cap_portion}
            ),
            "redeemable_for_registration": Formula(redeemable_for_registration, "shares"),
            "shares_under_notice": History("shares", by="holder"),
            "any_not_noticed": Formula(any_not_noticed, "shares"),
            "not_noticed_for_reserve": Formula(not_noticed_for_reserve, "shares"),
            "not_noticed_for_cap": Formula(not_noticed_for_cap, "shares"),
            "not_noticed_for_registration": Formula(not_noticed_for_registration, "shares"),
            **self._warrants(),
            "registered_portion": History("shares", by="holder", waits_for="registered_shares"),
            "average_shares_per_preferred": Formula(average_shares_per_preferred, "shares per share"),
        }

    def _warrants(self) -> Mapping[str, Binding]:
        """The holder's warrants: of their register where the deal has one, else as last reported."""
        register = self._register()
        if not register:
            return {
                "warrant_shares": History("shares", by="holder", waits_for="warrants_held"),
                "warrant_shares_beside_cap": Formula(all_warrants, "shares"),
            }
        return {
            "warrant_shares": Holding(register, "holder", "shares"),
            "warrant_paper": History("name", by="paper"),
            "warrant_papers": ByClass(register, "warrant_paper", by="holder"),
            "warrant_shares_beside_cap": ByReading(
                "R-RDM-WARR", "shares", {"all it owns": all_warrants, "as the letters": one_warrant}
            ),
        }

    def _register(self) -> str:
        """The instrument whose lots are the warrants meant, or the empty text where the deal has none."""
        return str(self.links.get("warrants", {}).get("register", ""))

    _FIGURE = {
        ANY: "any_not_noticed", RESERVE_SHORT: "not_noticed_for_reserve", CAP_SHORT: "not_noticed_for_cap",
        REGISTRATION_SHORT: "not_noticed_for_registration",
    }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Each lot of the register is a paper of its own."""
        if event.details["instrument"] == self._register():
            yield Set("warrant_paper", event.subject, event.subject, role="right")

    def on_warrants_held(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before; beside a register it is only compared with what stands there."""
        holder, register = fact.details["holder"], self._register()
        if register:
            yield Set("warrants_reported", holder, (fact.details["shares"], ask.state.total(register, holder)))
        else:
            yield Set("warrant_shares", holder, fact.details["shares"], role="right")

    def after_warrants_held(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """A report without an hour is compared when its day is over: it may speak of the day's beginning or end."""
        if self._register():
            place = Place.END_OF_DAY if fact.at is None else Place.OPENING
            yield Due(moment(ask.now_day, place), "warrants_report_compared", fact.details["holder"])

    def on_warrants_report_compared(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """It differs where the register had another number both when it spoke and when it is compared."""
        reported, before = ask.state.get(("value", "warrants_reported", due.subject))
        held = ask.state.total(self._register(), due.subject)
        if determined(held) and determined(before) and reported not in (before, held):
            details = {"reported": reported, "registered": held}
            yield Occur("warrants_reported_otherwise", due.subject, details, "right")

    def on_registered_shares(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report of the registered shares allocated to the holder replaces the one before."""
        yield Set("registered_portion", fact.details["holder"], fact.details["shares"], role="right")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Reported numbers are restated with the shares."""
        for name in ("warrant_shares", "registered_portion"):
            yield from restated(ask.state, name, event.details["ratio"], "right")

    def on_redemption_event(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Every holder has the right."""
        for holder in ask.state.holders(self.instrument):
            if ask("shares_held", holder=holder) != 0:
                yield from self._grant(holder, event.subject, ask)

    def on_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A holder that bought its shares later has the right too: it has no end and is each holder's."""
        holder = event.details["to"]
        for _, _, subject in list(ask.state.keys("occurred", "redemption_event")):
            if ask.state.get(("entitlement", REQUIRE, holder, subject)) is None:
                yield from self._grant(holder, subject, ask)
        yield from self._no_longer_held(ask)

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares that were converted are not redeemed."""
        yield from self._no_longer_held(ask)

    def on_holding_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nor those exchanged in a transaction."""
        yield from self._no_longer_held(ask)

    def on_wound_up(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nor those that ended with their preference."""
        yield from self._no_longer_held(ask)

    def on_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A notice that stands again is for what its holder has left beside the others."""
        yield from self._no_longer_held(ask)

    def _no_longer_held(self, ask: Ask) -> Iterable[Effect]:
        """A notice is for the shares that its holder still has: so many are paid for, and for none it ends."""
        for owed, held in list(standing_notices(self.instrument, ask.state)):
            notice = owed.subject
            noticed = ask.state.get(("value", "redemption_parts", notice))
            redeemed = {part: ask.state.get(("value", "redeemed_of_part", part)) or ZERO for part, _ in noticed}
            left = tuple((part, redeemed[part] + sum(held.get(part, {}).values(), ZERO)) for part, _ in noticed)
            if left != noticed:
                yield from self._lessened(owed, tuple(one for one in left if one[1] > 0), ask)
        for _, _, holder in list(ask.state.keys("value", "shares_under_notice")):
            yield from self._noticed_now(holder, ask)

    def _lessened(self, owed: Obligation, parts: tuple[tuple[str, Any], ...], ask: Ask) -> Iterable[Effect]:
        notice, shares = owed.subject, sum((shares for _, shares in parts), ZERO)
        yield Set("redemption_parts", notice, parts, role="right")
        yield Set("shares_to_redeem", notice, shares, role="right")
        said = {"shares": shares, "what": f"only {number(shares, 'shares')} shares under {notice} are still held"}
        yield Occur("fewer_to_redeem", notice, said, "right")
        if not parts:
            yield Lapse(PAY, notice, "no share under the notice is held any more", "right")
        yield Occur("amount_lessened", owed.id, {}, "")

    def _grant(self, holder: str, event: str, ask: Ask) -> Iterable[Effect]:
        portion = ask.state.get(("value", "redemption_portion", event))
        at = {"holder": holder, "event": event}
        if ask.state.get(("value", "shares_under_notice", holder)) is None:
            yield Set("shares_under_notice", holder, ZERO)
        yield Grant(REQUIRE, holder, event, self._FIGURE[portion], role="right", at=at)

    def _noticed_now(self, holder: str, ask: Ask) -> Iterable[Effect]:
        """How many shares of a holder are under notices, where that has changed: no others can be noticed again."""
        noticed = sum((shares for _, shares in self._pending(holder, ask)), ZERO)
        if ask.state.get(("value", "shares_under_notice", holder)) != noticed:
            yield Set("shares_under_notice", holder, noticed, role="right")

    def on_duty_waived(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The shares of a notice that is waived may be noticed again."""
        if event.details["duty"] == PAY:
            yield from self._noticed_now(ask.state.get(("value", "redemption_holder", event.details["subject"])), ask)

    def on_redemption_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An election for an event that has occurred; payable on the fifth business day after receipt.

        The amount per share is fixed on the date of the notice, lot by lot. Raises Problem INCOMPLETE_FACT where the
        holder's lots carry different prices and the notice names none, IMPOSSIBLE_FACT where a lot has not as many.
        """
        notice, holder, event = (fact.details[key] for key in ("notice", "holder", "event"))
        if ask.state.get(("value", "redemption_holder", notice)) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"redemption notice {notice} is recorded twice",
                "give each notice a name of its own", fact.place,
            )
        right = ask.state.get(("entitlement", REQUIRE, holder, event))
        if right is None:
            yield Refuse("redemption", notice, f"no redemption event {event} gives {holder} the right", "right")
            return
        allowed = ask(right.quantity, holder=holder, event=event)
        shares = fact.details["shares"]
        if determined(allowed) and shares > allowed:
            yield Refuse("redemption", notice, f"{shares - allowed} shares exceed the portion of this event", "right")
            shares = max(0, int(allowed))
        parts = self._parts(notice, shares, fact, ask)
        if not parts:
            if shares:
                yield Refuse("redemption", notice, f"{holder} has no share that is not noticed already", "right")
            return
        dated = self._dated(fact, ask)
        yield Set("redemption_notice_date", notice, dated, role="notice")
        yield Set("redemption_holder", notice, holder)
        yield Set("redemption_event_of", notice, event)
        yield Set("shares_to_redeem", notice, shares, role="right")
        yield Set("redemption_parts", notice, tuple((part, taken) for part, _, taken in parts), role="right")
        penalties = list(self._penalties(holder, dated, ask))
        for case, penalty, source in penalties:
            yield Set("penalty_of_case", f"{notice}{PART}{case}", penalty, source, "penalty_per_share")
        total, alone = self._penalty(holder, dated, ask), penalties[0][2] if len(penalties) == 1 else None
        yield Set("penalty_per_share", notice, total, alone, "penalty_per_share")
        for part, lot, _ in parts:
            yield from self._fix_amount(part, lot, holder, dated, event, ask)
        due = ask.calendar("business_days").add(fact.effective, int(self.values["redemption_days"].value))
        yield Owe(PAY, notice, "company", holder, f"pay the Redemption Amount of {notice}", due,
                  amount="redemption_total", at={"redemption": notice}, role="payment")
        yield from self._noticed_now(holder, ask)

    def _penalties(self, holder: str, day: date, ask: Ask) -> Iterable[tuple[str, Any, Source]]:
        """The penalty per share of each refusal by a day, as (case, dollars, figure).

        Shares still outstanding are not under a defaulted notice, so of late deliveries no payment relates to them.
        """
        place = ask.state.place_at_end_of(day) if day < ask.now_day else None
        for case in ask.state.get(("value", "refusals", ""), place) or ():
            at = {"case": case, "holder": holder}
            one = ask("refusal_payment", on=day, given={"held_by_day": ((date.min, ONE),)}, **at)
            given = {"refusal_of_one_share": one, "refusal_unpaid": unpaid_on(f"{case}/{holder}", day, ask)}
            name = "penalty_in_refusal"
            yield case, ask(name, on=day, given=given, **at), ask.source(name, on=day, given=given, **at)

    def _penalty(self, holder: str, day: date, ask: Ask) -> Any:
        return sum((penalty for _, penalty, _ in self._penalties(holder, day, ask)), ZERO)

    def _fix_amount(
        self, part: str, lot: str, holder: str, dated: date, event: str, ask: Ask
    ) -> Iterable[Effect]:
        """The amount per share on the date of the notice; after an impairment at least that of the event's date."""
        given, notice = self._price_given(dated, ask), part.partition(PART)[0]
        if dated != ask.now_day:
            given["penalty_per_share"] = self._penalty(holder, dated, ask)
        name = "redemption_amount"
        if ask.state.get(("value", "impaired", event)) is not None:
            occurred = ask.state.get(("occurred", "redemption_event", event)).details["date"]
            then = {"penalty_per_share": self._penalty(holder, occurred, ask), **self._price_given(occurred, ask)}
            source = ask.source(name, on=occurred, given=then, lot=lot)
            yield Set("original_event_amount", part, ask(name, on=occurred, given=then, lot=lot), source, "later")
            name = "later_redemption_amount"
        at = {"lot": lot, "redemption_part": part, "redemption": notice}
        amount, source = ask(name, on=dated, given=given, **at), ask.source(name, on=dated, given=given, **at)
        yield Set("original_amount", part, amount, source, "amount")

    def _price_given(self, day: date, ask: Ask) -> dict[str, Any]:
        """Where the date is not a trading day, the price of the last one before it."""
        calendar = ask.calendar("trading_days")
        if calendar.is_open(day):
            return {}
        return {"market_price": ask("market_price", on=calendar.previous_open(day))}

    def _dated(self, fact: Fact, ask: Ask) -> date:
        """The date the notice bears if it was sent that day, else the day it was sent; or the day of receipt."""
        received: date = fact.effective
        if ask.reading("R-RN-DATE") == "receipt":
            return received
        sent: date = fact.details.get("sent_on", received)
        return sent

    def _pending(self, holder: str, ask: Ask) -> Iterable[tuple[str, Any]]:
        """The shares of a holder under notices not redeemed yet, by lot."""
        for owed, parts in standing_notices(self.instrument, ask.state):
            if owed.creditor == holder:
                yield from (one for lots in parts.values() for one in lots.items())

    def _parts(self, notice: str, shares: int, fact: Fact, ask: Ask) -> list[tuple[str, str, Any]]:
        """The lots a notice draws on as (part, lot, shares): as named, else oldest first where all cost the same."""
        holder, named = fact.details["holder"], fact.details.get("lots")
        held = ask.state.lots(self.instrument, holder)
        for lot, noticed in self._pending(holder, ask):
            held[lot] = held.get(lot, 0) - noticed
        if not named and len(ask.state.class_totals(self.instrument, "fixed_conversion_price", holder)) > 1:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT,
                f"redemption notice {notice} names no certificate although {holder}'s lots carry different prices",
                'say how many shares of which lot, such as lots: {"B-1": 100}', fact.place,
            )
        if named and sum(quantity for _, quantity in named) != fact.details["shares"]:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"the lots of redemption notice {notice} do not add up to its shares",
                "correct the number of shares or the lots", fact.place,
            )
        parts = []
        for lot, sought in named or [(lot, shares) for lot in held]:
            most = extent(held.get(lot, 0))[1]
            if named and most is not None and sought > most:
                raise Problem(
                    ProblemKind.IMPOSSIBLE_FACT,
                    f"redemption notice {notice} names {sought} shares of lot {lot}, of which {most} are left",
                    "correct the lots of the notice", fact.place,
                )
            taken = min(sought, shares) if most is None else min(sought, shares, int(most))
            if taken > 0:
                parts.append((f"{notice}{PART}{lot}", lot, taken))
                shares -= taken
        return parts

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Redeemed shares pass out of the holder's hands."""
        if event.details["duty"] == PAY:
            notice = event.details["subject"]
            yield from self._redeem(notice, list(unredeemed(notice, ask.state)), ask)

    def on_redeemed_in_part(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Of a notice of which only so many shares are redeemed, those of the parts named first."""
        left, taken = event.details["shares"], []
        for part, rest in unredeemed(event.subject, ask.state):
            taken.append((part, min(rest, left)))
            left -= taken[-1][1]
        yield from self._redeem(event.subject, [(part, shares) for part, shares in taken if shares > 0], ask)

    def _redeem(self, notice: str, parts: list[tuple[str, Any]], ask: Ask) -> Iterable[Effect]:
        holder = ask.state.get(("value", "redemption_holder", notice))
        for part, shares in parts:
            before = ask.state.get(("value", "redeemed_of_part", part)) or ZERO
            yield Set("redeemed_of_part", part, before + shares)
            left = shares
            for lot, held in lots_of(part, holder, self.instrument, ask.state).items():
                ends = lesser(left, held)
                if not determined(ends) or ends > 0:
                    yield Move(self.instrument, holder, REDEEMED, ends, lot, role="redeemed")
                    left = left - ends
        yield Occur("redeemed", notice, {"holder": holder, "penalties": self._penalties_paid(notice, parts, ask)}, "")
        yield from self._noticed_now(holder, ask)

    def _penalties_paid(
        self, notice: str, parts: list[tuple[str, Any]], ask: Ask
    ) -> tuple[tuple[str, Any], ...]:
        """The default payments of each refusal that redeeming shares paid: the multiple of face contains none."""
        amounts = [(ask.state.get(("value", "original_amount", part)), shares) for part, shares in parts]
        face = ask("limb_of_face")
        paid = sum((shares for amount, shares in amounts if determined(amount) and amount > face), ZERO)
        each = ((case, ask.state.get(("value", "penalty_of_case", f"{notice}{PART}{case}")))
                for case in ask.state.get(("value", "refusals", "")) or ())
        return tuple((case, penalty * paid) for case, penalty in each if penalty is not None)
