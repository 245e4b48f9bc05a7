"""The maturity date: what is still outstanding converts by itself, if three conditions are met that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, whole_up
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.effects import Due, Effect, Lapse, Move, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

PREFIX = "maturity/"
"""Begins the name of a notice deemed delivered on the maturity date."""
CONDITIONS = {
    "reserved": "not all shares are authorised and reserved",
    "registered": "not all shares are registered for resale",
    "listed": "the shares are not eligible for one of the markets named",
}
AGAIN = "maturity_conditions_again"
"""The name of the moments at which the conditions are tested after the maturity date."""
MET, FAILED, UNKNOWN, NOTHING_LEFT = "met", "failed", "unknown", "nothing outstanding"
TOO_LATE = "the election came too late"
UNPAID = ("open", "pending", "breached")
"""Of the states of a duty those in which something may be left to pay."""
BANKRUPTCY, ADVERSE, REDEMPTION = "bankruptcy", "material adverse change", "redemption event"


def all_reserved(shares_available: Rational, shares_needed: Rational) -> bool:
    """Every share issuable on full conversion and exercise is authorised and reserved."""
    return shares_available >= shares_needed


def registered_and_usable(
    registered_for_resale: Rational, registration_usable: bool, shares_needed: Rational
) -> bool:
    """Every such share is registered, and the registration can be used that day."""
    return bool(registration_usable) and registered_for_resale >= shares_needed


def once_declared_effective(
    registered_for_resale: Rational, registration_usable: bool, shares_needed: Rational
) -> bool:
    """Every such share was registered at some time."""
    return registered_for_resale >= shares_needed


def on_named_market(eligible_market: bool) -> bool:
    """The market reported is one of those named."""
    return bool(eligible_market)


def payments_over_price(
    unpaid_default_payments: Rational, conversion_price: Rational, face_amount: Rational, premium: Rational
) -> Rational:
    """Dollars unpaid, divided by the price: no premium on them."""
    return unpaid_default_payments / conversion_price


def payments_with_premium(
    unpaid_default_payments: Rational, conversion_price: Rational, face_amount: Rational, premium: Rational
) -> Rational:
    """Every face amount of dollars unpaid converts like one preferred share."""
    return unpaid_default_payments / face_amount * (face_amount + premium) / conversion_price


def payments_stay_in_cash(
    unpaid_default_payments: Rational, conversion_price: Rational, face_amount: Rational, premium: Rational
) -> Rational:
    """Nothing unpaid becomes shares."""
    return ZERO


def maturity_shares(exact_conversion_total: Rational, payments_as_shares: Rational) -> int:
    """Preferred and payments pooled, then rounded up once."""
    return whole_up(exact_conversion_total + payments_as_shares)


def payment_shares(maturity_shares: int, conversion_shares: int) -> int:
    """What the payments add to the shares issued on the preferred."""
    return maturity_shares - conversion_shares


@dataclass(frozen=True)
class RequiredConversion(Clause):
    """Everything outstanding on the maturity date converts, unless a condition fails or a holder may elect otherwise.

    All three conditions are tested on that date. Where one fails nothing converts by itself: the shares stay, earn
    premium and may be converted by choice; under another reading the conditions are tested on every later day until
    all are met, and what is outstanding then converts as of that day. ``links``: the markets named, and the accounts
    that shares issued for unpaid payments use up.
    """

    terms = {"maturity_date": TermSpec("date", "date", "day on which what is outstanding converts")}
    readings = (
        Reading(
            "R-MAT-LATER", "What if the conditions are met only after the maturity date?", "computing",
            {"no later conversion": "the words speak of that date",
             "when first met": "what is outstanding converts on the first day on which all are met"},
        ),
        Reading(
            "R-MAT-BLOCK", "What becomes of shares that a limit keeps from converting at maturity?", "computing",
            {"stay outstanding": "convertible later by the holder", "convert regardless": "the limits do not apply"},
        ),
        Reading(
            "R-MAT-CDP", "How do unpaid default payments convert?", "computing",
            {"in shares": "dollars over the price, without premium", "cash only": "they are paid, not converted",
             "as preferred": "every face amount like one preferred share, with premium"},
        ),
        Reading(
            "R-MAT-ELECT", "Until when may a holder elect to stay out?", "computing",
            {"close of business": "until that of the date", "before the date": "on an earlier day only"},
        ),
        Reading(
            "R-MAT-EFF", "Are shares registered while the registration cannot be used?", "computing",
            {"effective and usable": "registered for resale that day", "declared effective": "at some time"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The three conditions, and the shares for unpaid payments."""
        return {
            "maturity_reserved": Formula(all_reserved, "yes or no"),
            "registered_for_resale": History("shares", waits_for="resale_registration"),
            "registration_usable": History("yes or no", waits_for="resale_registration"),
            "maturity_registered": ByReading(
                "R-MAT-EFF", "yes or no",
                {"effective and usable": registered_and_usable, "declared effective": once_declared_effective},
            ),
            "eligible_market": History("yes or no", waits_for="market_eligibility"),
            "maturity_listed": Formula(on_named_market, "yes or no"),
            "unpaid_default_payments": History("usd", by="holder"),
            "payments_as_shares": ByReading(
                "R-MAT-CDP", "shares",
                {"in shares": payments_over_price, "cash only": payments_stay_in_cash,
                 "as preferred": payments_with_premium},
            ),
            "maturity_shares": Formula(maturity_shares, "shares", "up to the next whole share, once"),
            "payment_shares": Formula(payment_shares, "shares"),
        }

    def on_resale_registration(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("registered_for_resale", "", fact.details["shares"], role="registered")
        yield Set("registration_usable", "", fact.details["usable"] == "yes", role="registered")

    def on_market_eligibility(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("eligible_market", "", fact.details["market"] in self.links["markets"]["named"], role="listed")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A registered number moves with the shares."""
        registered = ask.state.get(("value", "registered_for_resale", ""))
        if registered is not None:
            yield Set("registered_for_resale", "", registered * event.details["ratio"], role="registered")

    def on_material_adverse_change(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A person's finding; it continues until a cure is recorded."""
        yield Occur("adverse_change_found", fact.details["case"], {"reason": fact.details["reason"]}, "election")

    def on_maturity_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A holder's election, in time or not; whether its ground continues is seen when the shares would convert."""
        holder = fact.details["holder"]
        if ask.state.get(("occurred", "maturity_reached", "")) is not None and not self._tests_again(ask):
            yield Refuse("maturity_election", holder, TOO_LATE, "election")
            return
        yield Set("elects_otherwise", holder, fact.details["ground"], role="election")
        yield Set("elected_on", holder, fact.effective, role="election")

    def _tests_again(self, ask: Ask) -> bool:
        """Whether a condition failed on the last day tested and a later day may still convert what is outstanding.

        A day that cannot be answered ends the tests: whether a later one was the first cannot be known.
        """
        return (
            ask.reading("R-MAT-LATER") == "when first met"
            and ask.state.get(("value", "maturity_conditions", "")) == FAILED
        )

    def after_closing(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The maturity date stands in the diary from the closing."""
        day = self.values["maturity_date"].value
        if day >= ask.now_day:
            yield Due(moment(day, Place.CLOSE_OF_BUSINESS), "maturity", "",
                      "maturity date of what is still outstanding",
                      "where a condition fails the shares stay outstanding", "maturity")

    def on_maturity(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The conditions are tested; each holder that does not elect otherwise is deemed to give notice that day."""
        yield Occur("maturity_reached", "", {}, "")
        yield from self._test(ask)

    def after_maturity(self, due: Due, ask: Ask) -> Iterable[Due]:
        """Where the conditions failed and the reading says so, they are tested again the next day."""
        if self._tests_again(ask):
            yield Due(moment(due.when.date + timedelta(days=1), Place.CLOSE_OF_BUSINESS), AGAIN, "",
                      "conditions of the conversion at maturity are tested again",
                      "where a condition fails the shares stay outstanding", "maturity")

    def on_maturity_conditions_again(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The same on a later day."""
        yield from self._test(ask)

    def after_maturity_conditions_again(self, due: Due, ask: Ask) -> Iterable[Due]:
        """And again, until all are met."""
        yield from self.after_maturity(due, ask)

    def _test(self, ask: Ask) -> Iterator[Effect]:
        """Convert, say which conditions fail, or what cannot be said; of days that answer alike only the first."""
        holders = [one for one in ask.state.holders(self.instrument) if ask.state.lots(self.instrument, one)]
        if not holders:
            yield Set("maturity_conditions", "", NOTHING_LEFT, role="maturity")
            return
        met = {name: ask(f"maturity_{name}") for name in CONDITIONS}
        failed = [name for name, answer in met.items() if determined(answer) and not answer]
        unknown = tuple(name for name, answer in met.items() if not determined(answer))
        first = ask.state.get(("value", "maturity_conditions", "")) is None
        for name in failed:
            if first or ask.state.get(("refused", "required_conversion", name)) is None:
                source = ask.source(f"maturity_{name}")
                yield Refuse("required_conversion", name, CONDITIONS[name], name, source)
        if failed:
            if first:
                yield Set("maturity_conditions", "", FAILED, role="maturity")
                yield Occur("required_conversion_failed", "", {"conditions": tuple(failed)}, "maturity")
        elif unknown:
            yield Set("maturity_conditions", "", UNKNOWN, role="maturity")
            yield Occur("required_conversion_undetermined", "", {"conditions": unknown}, "maturity")
        else:
            yield Set("maturity_conditions", "", MET, role="maturity")
            for holder in holders:
                yield from self._convert(holder, ask)

    def _convert(self, holder: str, ask: Ask) -> Iterator[Effect]:
        day, notice = ask.now_day, f"{PREFIX}{holder}"
        ground = ask.state.get(("value", "elects_otherwise", holder))
        if ground is not None and self._elected_in_time(holder, day, ask):
            if self._continues(ground, ask):
                yield Refuse("required_conversion", holder, f"{holder} elects otherwise: {ground}", "election")
                return
            yield Refuse("maturity_election", holder, f"no {ground} continues on the date", "election")
        elif ground is not None:
            yield Refuse("maturity_election", holder, TOO_LATE, "election")
        yield Set("unpaid_default_payments", holder, self._unpaid(holder, ask), role="payments")
        # Deemed delivered on the date of the conversion: sent in time for that date, which it bears.
        yield Set("date_specified", notice, day, role="date")
        yield Set("sent_date", notice, day, role="date")
        yield Set("sent_second", notice, 0, role="date")
        yield Set("conversion_date_of_notice", notice, day, role="date")
        yield Set("received_date", notice, day)
        lots = tuple(ask.state.lots(self.instrument, holder).items())
        details: dict[str, Any] = {
            "holder": holder, "shares": sum((quantity for _, quantity in lots), ZERO), "lots": lots, "date": day,
            "received": day, "place": None,
        }
        if ask.reading("R-MAT-BLOCK") == "convert regardless":
            details["beyond_limits"] = True
        yield Occur("conversion_submitted", notice, details, "maturity")

    def _elected_in_time(self, holder: str, day: date, ask: Ask) -> bool:
        """What comes after the close of business of the day is refused when it comes."""
        if ask.reading("R-MAT-ELECT") == "close of business":
            return True
        elected: date = ask.state.get(("value", "elected_on", holder))
        return elected < day

    def _continues(self, ground: str, ask: Ask) -> bool:
        """Whether what gives the election has occurred and nothing recorded has ended it."""
        name = {BANKRUPTCY: "bankruptcy_event", ADVERSE: "adverse_change_found", REDEMPTION: "redemption_event"}[ground]
        cases = [key[2].rpartition(":")[2] for key in ask.state.keys("occurred", name)]
        ended = ("cured", "cured_on", "insolvency_ended")
        return any(all(ask.state.get(("value", one, case)) is None for one in ended) for case in cases)

    def _unpaid(self, holder: str, ask: Ask) -> Any:
        """Default payments of the holder accrued through the day, less what was paid on them."""
        total: Any = ZERO
        for owed in self._payments(holder, ask):
            if owed.status in UNPAID:
                total = total + ask(owed.amount, **owed.at) - (ask.state.get(("value", "paid", owed.id)) or ZERO)
        return total

    def _payments(self, holder: str, ask: Ask) -> list[Any]:
        """The duties to pay, or to pay on demand, default payments to a holder."""
        return [owed for duty in ("pay_default", "accruing_default") for owed in ask.state.obligations(duty=duty)
                if owed.creditor == holder]

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Unpaid default payments of the holder convert along, as far as the limits leave room for all of them."""
        if not event.subject.startswith(PREFIX) or ask.reading("R-MAT-CDP") == "cash only":
            return
        holder, notice, day = event.details["holder"], event.subject, event.details["date"]
        unpaid = ask.state.get(("value", "unpaid_default_payments", holder))
        if determined(unpaid) and unpaid <= 0:
            return
        lot = ask.state.get(("value", "preferred_by_lot", notice))[0][0]
        more = ask("payment_shares", on=day, notice=notice, holder=holder, lot=lot)
        room = ask("conversion_room", on=day, holder=holder)
        if not determined(more) or not determined(room) or more > room:
            yield Refuse("payments_in_shares", holder, "the payments stay in cash: there is no room for their shares",
                         "payments")
            return
        source = ask.source("payment_shares", on=day, notice=notice, holder=holder, lot=lot)
        yield Move(COMMON, ISSUER, holder, more, rests_on=source, role="payments")
        yield Set("shares_due", notice, event.details["common"] + more, role="payments")
        yield Occur("charged", holder, {"accounts": tuple(self.links["payments"]["charge"]), "shares": more}, "")
        yield Occur("payments_converted", notice, {"common": more}, "payments")
        yield from self._settle(holder, day, ask)

    def _settle(self, holder: str, day: date, ask: Ask) -> Iterator[Effect]:
        for owed in self._payments(holder, ask):
            if owed.status in UNPAID:
                yield Lapse(owed.duty, owed.subject, "converted into shares at maturity", "payments")
                balances = ask.state.get(("value", "unpaid_balances", owed.id))
                if balances is not None:
                    yield Set("unpaid_balances", owed.id, (*balances, (day, ZERO)), role="payments")
