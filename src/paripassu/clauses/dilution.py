"""A warrant's price and number after issuances below the market price, splits, and changed or expired rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational, nearest_cent
from paripassu.values.bindings import Binding, ByReading, EachPart, Formula, History, LotTerm
from paripassu.values.effects import Effect, Move, Occur, Set
from paripassu.values.facts import AfterRecordDate
from paripassu.values.parties import ISSUER
from paripassu.values.price_events import (
    Agreed,
    Expired,
    Issued,
    Method,
    Offer,
    Part,
    PriceEvent,
    Rule,
    Split,
    Step,
    TermsChanged,
    Track,
    fold,
    half_even_cent,
    offer_of,
)
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.splits import moves_when_effective
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import LARGEST, NO_LIMIT, SMALLEST, determined, extent

MAYBE = "the exercise price may be adjusted: what is missing decides it"


def without_treasury(outstanding_before: Rational) -> Rational:
    """Shares outstanding immediately before, those in the treasury left out."""
    return outstanding_before


def with_treasury(outstanding_before: Rational, treasury_shares: Rational) -> Rational:
    """Shares outstanding immediately before, those in the treasury among them."""
    return outstanding_before + treasury_shares


def issue_circumstances(
    outstanding_counted: Rational, outstanding_before: Rational, market_price: Rational
) -> tuple[Rational, Rational, Rational]:
    """Shares outstanding in the numerator and in the denominator, and the market price, on the day of an issuance."""
    return outstanding_counted, outstanding_before, market_price


def issue_offer(issue_terms: Issued, circumstances_of_issue: tuple[Any, ...]) -> Offer:
    """What one issuance comes to: the most shares, and the least the company has for them."""
    return offer_of(issue_terms, {issue_terms.issue: circumstances_of_issue[0]})


def itself(issue_terms: Issued) -> tuple[tuple[str, date], ...]:
    """The issuance with its day."""
    return ((issue_terms.issue, issue_terms.day),)


def shares_deemed_issued(issue_offer: Offer) -> Rational:
    """The largest number of shares issuable under the issuance."""
    return issue_offer.shares


def shares_deemed_outstanding(issue_offer: Offer) -> Rational:
    """Shares actually outstanding, and those of this issuance; earlier rights are not counted."""
    return issue_offer.base + issue_offer.shares


def consideration_counted(issue_offer: Offer) -> Rational:
    """The aggregate consideration for those shares."""
    return issue_offer.consideration


def consideration_per_share(issue_offer: Offer) -> Rational:
    """The consideration divided by the largest number of shares."""
    return issue_offer.price


def is_dilutive(issue_offer: Offer) -> bool:
    """Less than the market price of the day; exactly the market price is not less."""
    return issue_offer.price < issue_offer.market


def dilution_factor(issue_offer: Offer) -> Rational:
    """(O + P/M) / (shares deemed outstanding)."""
    return issue_offer.factor


def adjusting_market_price(
    minimum_adjustment: Rational, issue_terms: Issued, outstanding_counted: Rational, outstanding_before: Rational
) -> Any:
    """The market price of the day from which the issuance adjusts the price at once, by itself; none may be enough."""
    fixed = [part for part in issue_terms.parts if part.market_rate is None]
    shares = sum((part.units * part.shares_each for part in fixed), ZERO)
    consideration = sum((part.units * (part.received + part.additional) for part in fixed), ZERO)
    room = (1 - minimum_adjustment) * (outstanding_before + shares) - outstanding_counted
    return consideration / room if len(fixed) == len(issue_terms.parts) and room > 0 else NO_LIMIT


def issues_by_day(price_events: tuple[PriceEvent, ...]) -> tuple[tuple[str, date], ...]:
    """Every issuance of the list, with its day."""
    return tuple((event.issue, event.day) for event in price_events if isinstance(event, Issued))


def from_initial_issuance(warrant_issued_on: date) -> date:
    """Events after the warrant was issued count."""
    return warrant_issued_on


def from_exercise_period(exercise_begins: date) -> date:
    """Only events of the exercise period count."""
    return exercise_begins


def half_cent_up() -> Rule:
    """To the nearest cent, half a cent up."""
    return Rule("half a cent up", nearest_cent)


def half_cent_to_even() -> Rule:
    """To the nearest cent, half a cent to the even one."""
    return Rule("half a cent to the even cent", half_even_cent)


def exact_amount() -> Rule:
    """The exact amount is tested against the smallest adjustment."""
    return Rule("exact amount tested", lambda exact: exact)


def rounded_amount() -> Rule:
    """The amount between prices in whole cents is tested."""
    return Rule("rounded amount tested", nearest_cent)


def added_amounts() -> Rule:
    """Amounts carried forward are added to the next, each computed from the price in effect."""
    return Rule("amounts added", lambda price, carried, factor: price * factor - carried)


def chained_amounts() -> Rule:
    """The next adjustment is computed from the price as it would be with what is carried."""
    return Rule("amounts chained", lambda price, carried, factor: (price - carried) * factor)


def number_by_price() -> Rule:
    """The number of shares moves so that price times number stays the same."""
    return Rule("number by the price", lambda event, before, after: before.price / after.price)


def number_by_ratio() -> Rule:
    """The number of shares moves by the ratio of the split."""
    return Rule("number by the ratio", _by_ratio)


def _by_ratio(event: Split, before: Track, after: Track) -> Rational:
    return event.after / event.before * before.price / (before.price - before.carried)


def every_change() -> Rule:
    """Rights that were not below the market when granted are covered when repriced."""
    return Rule("every change readjusts", lambda below: True)


def changes_of_counted() -> Rule:
    """Only rights that were below the market when granted are readjusted for."""
    return Rule("changes of counted rights readjust", lambda below: below)


def tested_in_replay(minimum_adjustment: Rational) -> Rational:
    """The smallest adjustment holds for the steps of a list folded again."""
    return minimum_adjustment


def untested_in_replay() -> Rational:
    """Every step of a list folded again is made, however small."""
    return ZERO


def tested_readjustment(minimum_adjustment: Rational) -> Rational:
    """The smallest adjustment holds for a readjustment too."""
    return minimum_adjustment


def untested_readjustment() -> Rational:
    """A readjustment is made however small."""
    return ZERO


def adjustment_method(
    minimum_adjustment: Rational, minimum_in_replay: Rational, minimum_of_readjustment: Rational, cent_rule: Rule,
    tested_amount: Rule, carry_rule: Rule, split_number_rule: Rule, repricing_rule: Rule, adjusted_from: date,
) -> Method:
    """The rules by which steps are made."""
    return Method(
        minimum_adjustment, minimum_in_replay, minimum_of_readjustment, cent_rule, tested_amount, carry_rule,
        split_number_rule, repricing_rule, adjusted_from,
    )


def price_steps(
    opening_exercise_price: Rational, price_events: tuple[PriceEvent, ...], circumstances: tuple[Any, ...],
    adjustment_method: Method,
) -> tuple[Step, ...]:
    """Every event in order: the exact price, the test of the smallest adjustment, the rounding, the number."""
    issues = (issue for issue, _ in issues_by_day(price_events))
    by_issue = dict(zip(issues, circumstances, strict=True))
    return fold(opening_exercise_price, price_events, by_issue, adjustment_method)


def adjusted_exercise_price(opening_exercise_price: Rational, price_steps: tuple[Step, ...]) -> Rational:
    """Where the steps lead; the opening price before the first."""
    return price_steps[-1].after if price_steps else opening_exercise_price


def exact_exercise_price(opening_exercise_price: Rational, price_steps: tuple[Step, ...]) -> Rational:
    """The price the last step sought, before the smallest adjustment and the rounding."""
    return price_steps[-1].exact if price_steps else opening_exercise_price


def adjustment_amount(price_steps: tuple[Step, ...]) -> Rational:
    """By how much the last step sought to lower the price, with what was carried to it."""
    return price_steps[-1].amount if price_steps else ZERO


def adjustment_rate(price_steps: tuple[Step, ...]) -> Rational:
    """That amount as a part of the price in effect before."""
    return abs(price_steps[-1].amount) / price_steps[-1].before if price_steps else ZERO


def carried_adjustment(price_steps: tuple[Step, ...]) -> Rational:
    """What is carried forward to the next adjustment."""
    if any(step.offer is not None and not SMALLEST < step.offer.market < LARGEST for step in price_steps):
        # With the market nothing is carried at either end of its range, and something in between.
        raise Problem(
            ProblemKind.BAD_NUMBER, "what is carried does not follow from the ends of a market price's range",
            "give the market price of the day of issuance",
        )
    return price_steps[-1].carried if price_steps else ZERO


def number_change(number_held: Rational, price_steps: tuple[Step, ...]) -> Rational:
    """How many more shares the last step gives for those held, none before a first one; the exact fraction is kept."""
    return number_held * (price_steps[-1].number_ratio - 1) if price_steps else ZERO


def adjusted_number_factor(number_factor: Rational, price_steps: tuple[Step, ...]) -> Rational:
    """Shares into which one share of the warrant as issued has turned, with the last step."""
    return number_factor * price_steps[-1].number_ratio if price_steps else number_factor


def price_alone(exercise_price: Rational) -> Rational:
    """What is carried does not count until it is made."""
    return exercise_price


def price_with_carry(exercise_price: Rational, carried_adjustment: Rational) -> Rational:
    """The price less what is carried forward."""
    return exercise_price - carried_adjustment


@dataclass(frozen=True)
class DilutionAdjustment(Clause):
    """The price of each lot folds over the events that move it; the number of shares follows the price."""

    terms = {"minimum_adjustment": TermSpec("number", "of the price", "smallest adjustment that is made at once")}
    readings = (
        Reading(
            "R-W98-ADJSTART", "From when on do events adjust the price?", "computing",
            {"initial issuance": "as each provision says", "exercise period": "as the lead says"},
        ),
        Reading(
            "R-HALFCENT", "What becomes of exactly half a cent?", "computing",
            {"up": "the higher cent", "half even": "the even cent"},
        ),
        Reading(
            "R-ROUND-ORDER", "Is the smallest adjustment tested before or after rounding?", "computing",
            {"before": "the adjustment is the exact amount", "after": "rounding may carry a step over the line"},
        ),
        Reading(
            "R-CARRY", "Are amounts carried forward added, or is each computed from the one before?", "computing",
            {"added": "the price in effect is still unadjusted", "chained": "each step starts where the last led"},
        ),
        Reading(
            "R-SPLIT-NUM", "After a split, does the number follow the rounded price or the ratio?", "computing",
            {"rounded price": "price times number stays the same", "ratio": "the number moves by the ratio alone"},
        ),
        Reading(
            "R-W98-TREASURY", "Do the shares outstanding before an issuance include treasury shares?", "computing",
            {"excluded": "one basis on both sides", "included": "they are left out only where that is said"},
        ),
        Reading(
            "R-REPLAY-NOTBELOW", "Are rights covered that were at the market when granted and are repriced below it?",
            "computing",
            {"covered": "as if granted on the changed terms", "not covered": "they were no rights below the market"},
        ),
        Reading(
            "R-REPLAY-H", "Does the smallest adjustment hold while history is folded again?", "computing",
            {"applied": "the price that would have been in effect", "ignored": "every step counts"},
        ),
        Reading(
            "R-READJ-MIN", "Does the smallest adjustment hold for a readjustment?", "computing",
            {"tested": "no adjustment below it is made", "unconditional": "the price will be readjusted"},
        ),
        Reading(
            "R-CARRY-EXER", "At which price is exercised while an amount is carried forward?", "computing",
            {"unadjusted": "the price in effect", "with the carry": "less what is carried"},
        ),
        Reading(
            "R-REPLAY-EXERCISED", "Does a readjustment reach exercises already made?", "textual",
            {"not touched": "only what remains changes", "retroactive": "they are settled anew"},
        ),
        Reading(
            "R-CONVSEC-COD", "Are convertible securities here what they are in the other papers?", "textual",
            {"by paper": "each defines its own", "one meaning": "one definition for all"},
        ),
        Reading(
            "R-VRCS-MAX", "How many shares does a fluctuating rate issue at the most?", "textual",
            {"at the deemed price": "as many as at the lowest price deemed", "unlimited": "nothing can be computed"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """One issuance by itself, the rules, the steps, and where they lead."""
        return {**self._of_one_issue(), **self._rules(), **self._steps()}

    def _of_one_issue(self) -> dict[str, Binding]:
        return {
            "issue_terms": History("terms", by="issue", waits_for="securities_issued"),
            "outstanding_before": History("shares", by="issue", waits_for="shares_outstanding"),
            "treasury_shares": History("shares", by="issue", waits_for="treasury_shares"),
            "outstanding_counted": ByReading(
                "R-W98-TREASURY", "shares", {"excluded": without_treasury, "included": with_treasury}
            ),
            "issue_circumstances": Formula(issue_circumstances, ""),
            "issue_itself": Formula(itself, ""),
            "circumstances_of_issue": EachPart("issue_circumstances", "issue_itself", "issue", ""),
            "issue_offer": Formula(issue_offer, ""),
            "shares_deemed_issued": Formula(shares_deemed_issued, "shares"),
            "shares_deemed_outstanding": Formula(shares_deemed_outstanding, "shares"),
            "consideration_counted": Formula(consideration_counted, "usd"),
            "consideration_per_share": Formula(consideration_per_share, "usd per share"),
            "is_dilutive": Formula(is_dilutive, "yes or no"),
            "dilution_factor": Formula(dilution_factor, "of the price"),
            "adjusting_market_price": Formula(adjusting_market_price, "usd per share"),
        }

    def _rules(self) -> dict[str, Binding]:
        return {
            "adjusted_from": ByReading(
                "R-W98-ADJSTART", "date",
                {"initial issuance": from_initial_issuance, "exercise period": from_exercise_period},
            ),
            "warrant_issued_on": History("date", by="lot", waits_for="issuance"),
            "cent_rule": ByReading("R-HALFCENT", "", {"up": half_cent_up, "half even": half_cent_to_even}),
            "tested_amount": ByReading("R-ROUND-ORDER", "", {"before": exact_amount, "after": rounded_amount}),
            "carry_rule": ByReading("R-CARRY", "", {"added": added_amounts, "chained": chained_amounts}),
            "split_number_rule": ByReading(
                "R-SPLIT-NUM", "", {"rounded price": number_by_price, "ratio": number_by_ratio}
            ),
            "repricing_rule": ByReading(
                "R-REPLAY-NOTBELOW", "", {"covered": every_change, "not covered": changes_of_counted}
            ),
            "minimum_in_replay": ByReading(
                "R-REPLAY-H", "of the price", {"applied": tested_in_replay, "ignored": untested_in_replay}
            ),
            "minimum_of_readjustment": ByReading(
                "R-READJ-MIN", "of the price", {"tested": tested_readjustment, "unconditional": untested_readjustment}
            ),
            "adjustment_method": Formula(adjustment_method, ""),
        }

    def _steps(self) -> dict[str, Binding]:
        return {
            "price_events": History("events", by="lot", waits_for="issuance"),
            "issues_by_day": Formula(issues_by_day, ""),
            "circumstances": EachPart("issue_circumstances", "issues_by_day", "issue", ""),
            "price_steps": Formula(price_steps, ""),
            "exact_exercise_price": Formula(exact_exercise_price, "usd per share"),
            "adjusted_exercise_price": Formula(
                adjusted_exercise_price, "usd per share", "each adjustment that is made, to the nearest cent"
            ),
            "adjustment_amount": Formula(adjustment_amount, "usd per share"),
            "adjustment_rate": Formula(adjustment_rate, "of the price"),
            "carried_adjustment": Formula(carried_adjustment, "usd per share"),
            "number_held": History("shares", by="lot"),
            "number_change": Formula(number_change, "shares"),
            "number_factor": LotTerm("shares per share"),
            "adjusted_number_factor": Formula(adjusted_number_factor, "shares per share"),
            "price_at_exercise": ByReading(
                "R-CARRY-EXER", "usd per share", {"unadjusted": price_alone, "with the carry": price_with_carry}
            ),
        }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A new warrant has no events yet; a lot divided from another has had the same."""
        if event.details["instrument"] == self.instrument:
            whole = ask.state.get(("value", "part_of", event.subject))
            events = () if whole is None else ask.state.get(("value", "price_events", whole))
            yield Set("warrant_issued_on", event.subject, event.details["date"], role="adjusted_from")
            yield Set("price_events", event.subject, events, role="steps")
            factor = ONE if whole is None else ask.state.get(("value", "number_factor", whole))
            yield Set("number_factor", event.subject, factor, role="number")
            yield Set("adjustable_lots", self.instrument, (*self._lots(ask), event.subject))

    def on_issue_counted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """An issuance that counts, priced by what was received for it."""
        details = event.details
        if details["instrument"] != self.instrument:
            return
        issue = details["issue"]
        terms = self._issued(issue, details, ask)
        yield Set("issue_terms", issue, terms, role="issued")
        yield Set("outstanding_before", issue, ask("shares_outstanding"), ask.source("shares_outstanding"), "issued")
        treasury = ask.state.get(("value", "treasury_reported", ""))
        if treasury is not None:
            yield Set("treasury_shares", issue, treasury, role="issued")
        yield from self._adjust(terms, "issued", ask)

    def _issued(self, issue: str, details: Mapping[str, Any], ask: Ask) -> Issued:
        """What was issued, and for how much: on exercise of a warrant of the deal at a price that is known."""
        if "price" in details:
            part = Part(details["shares"] * ONE, details["price"], ZERO)
            return Issued(issue, details["day"], (part,), details["under"])
        if "units" in details:
            return self._on_exercise(issue, details, ask)
        offering = details["offering"]
        return Issued(issue, offering.day, (offering.part(ask("consideration", issue=issue)),))

    def _on_exercise(self, exercise: str, details: Mapping[str, Any], ask: Ask) -> Issued:
        """Shares issued under rights: for what was paid for the rights and is paid for the shares."""
        offering, units, under = details["offering"], details["units"], details["under"]
        paid = units * (ask("consideration", issue=under) / offering.units + offering.additional)
        part = Part(details["shares"], paid / details["shares"], ZERO)
        return Issued(exercise, details["day"], (part,), under)

    def on_treasury_shares(self, fact: Any, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("treasury_reported", "", fact.details["shares"], role="issued")

    def on_rights_change(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The price is what it would be had the rights still outstanding been granted on the changed terms."""
        details = event.details
        if details["antidilution"] is None and self._counts(event.subject, ask):
            change = TermsChanged(
                event.subject, details["day"], details["units"], details["additional"], details["shares_each"]
            )
            yield from self._adjust(change, "changed", ask)

    def on_rights_expiry(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The price is what it would be had the rights that ended never been issued."""
        if self._counts(event.subject, ask):
            expired = Expired(event.subject, event.details["day"], event.details["units"])
            yield from self._adjust(expired, "expired", ask)

    def _counts(self, issue: str, ask: Ask) -> bool:
        return ask.state.get(("occurred", "issue_counted", f"{self.instrument}/{issue}")) is not None

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The price moves with the shares where no record date is stated, or where it could not move after that."""
        record_date, day = event.details["record_date"], ask.now_day
        lots = [lot for lot in self._lots(ask) if moves_when_effective(ask.state, lot, record_date, day)]
        yield from self._adjust(Split(day, ONE, event.details["ratio"]), "split", ask, lots)

    def on_split_of_record(self, event: AfterRecordDate, ask: Ask) -> Iterable[Effect]:
        """Otherwise after the record date, whether or not the shares have been split by then."""
        told, day = event.fact.details, ask.now_day
        lots = [lot for lot in self._lots(ask) if ask("adjusted_from", lot=lot) <= day]
        split = Split(day, told["before"] * ONE, told["after"] * ONE, event.fact.effective)
        yield from self._adjust(split, "split", ask, lots)

    def on_warrant_amended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The price agreed is where the next event finds it; the number does not follow what no event brought about."""
        if event.details["instrument"] == self.instrument:
            events = ask.state.get(("value", "price_events", event.subject))
            agreed = Agreed(ask.now_day, event.details["price"])
            yield Set("price_events", event.subject, (*events, agreed), role="steps")

    def _lots(self, ask: Ask) -> Sequence[str]:
        return ask.state.get(("value", "adjustable_lots", self.instrument)) or ()

    def _adjust(
        self, event: PriceEvent, role: str, ask: Ask, lots: Sequence[str] | None = None
    ) -> Iterable[Effect]:
        """The event joins the list of each lot, and price and number of the lot are what the list then gives."""
        for lot in self._lots(ask) if lots is None else lots:
            events = ask.state.get(("value", "price_events", lot))
            yield Set("price_events", lot, (*events, event), role=role)
            before, after = ask.state.get(("value", "exercise_price", lot)), ask("adjusted_exercise_price", lot=lot)
            if after == before:
                considered = {"instrument": self.instrument, "lot": lot}
                yield Occur("adjustment_considered", f"{lot}/{len(events) + 1}", considered, role)
                continue
            source = ask.source("adjusted_exercise_price", lot=lot)
            yield Set("exercise_price", lot, after, source, "adjusted_exercise_price")
            if determined(after):
                yield Set("number_adjusted_on", lot, ask.now_day, role="number")
            yield from self._renumber(lot, ask)
            is_certain = _differ(before, after)
            details = {"instrument": self.instrument, "lot": lot, "before": before, "after": after,
                       "is_certain": is_certain, **({} if is_certain else {"what": MAYBE})}
            yield Occur("exercise_price_adjusted", f"{lot}/{len(events) + 1}", details, role)

    def _renumber(self, lot: str, ask: Ask) -> Iterable[Effect]:
        """What remains of the lot with each holder is multiplied; exercises already made stand."""
        factor, source = ask("adjusted_number_factor", lot=lot), ask.source("adjusted_number_factor", lot=lot)
        yield Set("number_factor", lot, factor, source, "number")
        for holder in ask.state.holders(self.instrument):
            held = ask.state.position(self.instrument, holder, lot)
            if not determined(held) or held > 0:
                given = {"number_held": held}
                change = ask("number_change", given=given, lot=lot)
                source = ask.source("number_change", given=given, lot=lot)
                yield Move(self.instrument, ISSUER, holder, change, lot, source, "number")


def _differ(before: Any, after: Any) -> bool:
    """Whether two prices, of which either may be undetermined, are certainly not the same."""
    (low, high), (lower, higher) = extent(before), extent(after)
    if None in (low, high, lower, higher):
        return False
    return bool(higher < low or high < lower)
