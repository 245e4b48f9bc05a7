"""Adjustments that accountants determine, and the certificates that show each adjustment with its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paripassu.values.effects import Discharge, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.splits import restated
from paripassu.values.terms import Ask, Clause
from paripassu.values.undetermined import lesser, may_be_under

APPOINT, DETERMINE, IMPLEMENT = "appoint_accountants", "determine_adjustment", "implement_adjustment"
CERTIFY, ANSWER = "furnish_adjustment_certificate", "furnish_requested_certificate"


@dataclass(frozen=True)
class SpecialAdjustment(Clause):
    """Dilution that no other provision reaches: on a holder's notice the company's accountants settle it."""

    def on_special_adjustment_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The company appoints its accountants promptly; no number of days is written."""
        yield Owe(APPOINT, fact.details["case"], "company", fact.details["holder"],
                  f"appoint its accountants to adjust for {fact.details['action']}", role="determination")

    def on_accountants_appointed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """They determine the adjustment as promptly as practicable."""
        case = fact.details["case"]
        yield from _done(APPOINT, case, ask)
        yield Owe(DETERMINE, case, "accountants", "holders", "determine an appropriate adjustment",
                  role="determination")

    def on_accountants_determination(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The company carries it out forthwith."""
        case = fact.details["case"]
        yield from _done(DETERMINE, case, ask)
        if "fixed_price" in fact.details:
            yield Set("price_determined", case, fact.details["fixed_price"], role="implementation")
        yield Owe(IMPLEMENT, case, "company", "holders",
                  f"carry out the determination: {fact.details.get('action', 'the price determined')}",
                  ask.now_day, role="implementation")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A price determined is restated with the shares."""
        yield from restated(ask.state, "price_determined", 1 / event.details["ratio"], "implementation")

    def on_adjustment_made(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A price determined becomes the fixed price of every lot that carries a higher one."""
        case = fact.details["case"]
        yield from _done(IMPLEMENT, case, ask)
        price = ask.state.get(("value", "price_determined", case))
        if price is not None:
            for key in list(ask.state.keys("value", "fixed_conversion_price")):
                if may_be_under(price, ask.state.get(key)):
                    lower = lesser(price, ask.state.get(key))
                    yield Set("fixed_conversion_price", key[2], lower, role="implementation")
        yield Occur("price_adjusted", case, {}, "implementation")


@dataclass(frozen=True)
class AdjustmentCertificates(Clause):
    """A certificate to each holder on every adjustment, and the like on request."""

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A split is an adjustment."""
        yield self._owed(f"split:{event.subject}")

    def on_price_adjusted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """So is every other change of a price under the article."""
        yield self._owed(event.subject)

    def _owed(self, adjustment: str) -> Owe:
        return Owe(CERTIFY, adjustment, "company", "holders",
                   "furnish a certificate of the adjustment with the facts it rests on", role="certificate")

    def on_certificate_request(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The adjustments, the price in effect and what one share converts into; no number of days is written."""
        yield Owe(ANSWER, fact.details["request"], "company", fact.details["holder"],
                  "furnish a certificate of the adjustments, the price and the shares for one preferred share",
                  amount="", role="request")

    def on_adjustment_certificate(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The certificate is furnished."""
        for duty in (CERTIFY, ANSWER):
            yield from _done(duty, fact.details["adjustment"], ask)


def _done(duty: str, subject: str, ask: Ask) -> Iterable[Effect]:
    """The duty is performed, if it is one and still open."""
    owed = ask.state.obligation(duty, subject)
    if owed is not None and owed.status != "performed":
        yield Discharge(duty, subject, owed.role)
