"""A dispute about a conversion: two versions of the figure side by side, the undisputed part, the accountants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

PRICE = "conversion price"
AT_ONCE = "at once"


def undisputed_shares(company_version: Rational, holder_version: Rational) -> Rational:
    """What both sides agree on at least."""
    return min(company_version, holder_version)


def disputed_shares(company_version: Rational, holder_version: Rational) -> Rational:
    """By how much the two versions differ."""
    return abs(company_version - holder_version)


def balance_after_result(determined_shares: Rational, undisputed_shares: Rational) -> Rational:
    """What the accountants found beyond the undisputed part."""
    return max(determined_shares - undisputed_shares, 0 * determined_shares)


def within_the_original_period(delivery_period_end: date) -> date:
    """Nothing suspends the delivery period: it has ended when it would have ended without a dispute."""
    return delivery_period_end


def within_a_fresh_period(result_on: date, delivery_days: int, business_days: Calendar) -> date:
    """The business days of the delivery period, counted from the result."""
    return business_days.add(result_on, int(delivery_days))


def balance_due(balance_period_ends: date, result_on: date) -> date:
    """The end of its period; once that has run out the shares are due on the day of the result."""
    return max(balance_period_ends, result_on)


@dataclass(frozen=True)
class CalculationDispute(Clause):
    """The undisputed shares are issued at once; a dispute on the price goes to accountants, whose result ends it."""

    terms = {
        "submission_days": TermSpec("whole", "business days", "from receipt of the notice to submission"),
        "result_days": TermSpec("whole", "business days", "from receipt of the calculations to the result"),
    }
    readings = (
        Reading(
            "R-DISP-LATE", "What if the dispute arises after the days to submit it have run?", "computing",
            {AT_ONCE: "it is submitted on the day it arises", "breach": "the days have been missed"},
        ),
        Reading(
            "R-DISP-DP", "Does the dispute suspend the delivery period?", "computing",
            {"no": "it runs on from the conversion date", "fresh period": "it runs anew from the result"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Both versions, what is undisputed, and the balance found by the accountants."""
        return {
            "company_version": History("shares", by="notice", waits_for="dispute"),
            "holder_version": History("shares", by="notice", waits_for="dispute"),
            "undisputed_shares": Formula(undisputed_shares, "shares"),
            "disputed_shares": Formula(disputed_shares, "shares"),
            "determined_shares": History("shares", by="notice", waits_for="accountants_result"),
            "balance_after_result": Formula(balance_after_result, "shares"),
            "result_on": History("date", by="notice", waits_for="accountants_result"),
            "balance_period_ends": ByReading(
                "R-DISP-DP", "date", {"no": within_the_original_period, "fresh period": within_a_fresh_period}
            ),
            "balance_due": Formula(balance_due, "date"),
        }

    def on_dispute(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Both versions are kept; the smaller is due as ever, and a dispute on the price is to be submitted.

        Raises Problem IMPOSSIBLE_FACT for a notice that is not recorded.
        """
        notice = fact.details["notice"]
        submitted = ask.state.get(("occurred", "conversion_submitted", notice))
        if submitted is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"a dispute of {fact.effective} is about {notice}, which is not recorded",
                "record the notice first, or correct its name", fact.place,
            )
        holder = submitted.details["holder"]
        yield Set("company_version", notice, fact.details["company_shares"], role="undisputed")
        yield Set("holder_version", notice, fact.details["holder_shares"], role="undisputed")
        yield Occur("calculation_disputed", notice, {"about": fact.details["about"]}, "undisputed")
        yield from self._owe_undisputed(notice, holder, ask)
        if fact.details["about"] == PRICE:
            last = ask.calendar("business_days").add(
                submitted.details["received"], int(self.values["submission_days"].value))
            if last < ask.now_day and ask.reading("R-DISP-LATE") == AT_ONCE:
                last = ask.now_day
            yield Owe("submit_dispute", notice, "company", holder,
                      f"send the disputed calculations of {notice} to accountants acceptable to the holder", last,
                      role="submission")

    def _owe_undisputed(self, notice: str, holder: str, ask: Ask) -> Iterable[Effect]:
        ends = ask("delivery_period_end", notice=notice)
        delivered = ask.state.get(("value", "shares_delivered", notice)) or 0
        if delivered < ask("undisputed_shares", notice=notice):
            yield Owe("issue_undisputed", notice, "company", holder, f"issue the undisputed shares of {notice}",
                      max(ends, ask.now_day) if determined(ends) else None,
                      "" if determined(ends) else "certificates_delivered", "undisputed_shares", {"notice": notice},
                      "undisputed")

    def on_certificates_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The end of the delivery period of the undisputed shares is known."""
        notice = fact.details["notice"]
        owed = ask.state.obligation("issue_undisputed", notice)
        if owed is not None and owed.status == "pending":
            yield from self._owe_undisputed(notice, owed.creditor, ask)

    def on_part_delivered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Deliveries count toward the undisputed part first, then toward the balance found."""
        notice, delivered = event.subject, event.details["delivered"]
        undisputed = ask.state.obligation("issue_undisputed", notice)
        if undisputed is not None and undisputed.status != "performed" and (
                delivered >= ask("undisputed_shares", notice=notice)):
            yield Discharge("issue_undisputed", notice, "undisputed")
        balance = ask.state.obligation("issue_balance", notice)
        if balance is not None and balance.status != "performed" and (
                delivered >= ask("determined_shares", notice=notice)):
            yield Discharge("issue_balance", notice, "balance")

    def on_calculations_received(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The accountants have the calculations: the company has done its part, and their days begin."""
        notice = fact.details["notice"]
        owed = ask.state.obligation("submit_dispute", notice)
        if owed is None:
            yield Refuse("submission", notice, "no dispute on the price of this notice is open", "submission")
            return
        if owed.status != "performed":
            yield Discharge("submit_dispute", notice, "submission")
        last = ask.calendar("business_days").add(fact.effective, int(self.values["result_days"].value))
        yield Owe("report_result", notice, fact.details["firm"], owed.creditor,
                  f"tell company and holder the result on {notice}", last, role="result")

    def on_accountants_result(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The result replaces both versions; the register follows it, and what it adds is to be issued."""
        notice, shares = fact.details["notice"], fact.details["shares"]
        owed = ask.state.obligation("report_result", notice)
        if owed is None:
            yield Refuse("result", notice, "the calculations were not submitted to accountants", "result")
            return
        if owed.status != "performed":
            yield Discharge("report_result", notice, "result")
        yield Set("determined_shares", notice, shares, role="result")
        yield Set("result_on", notice, fact.effective, role="result")
        yield from self._correct(notice, owed.creditor, shares, ask)
        if ask("balance_after_result", notice=notice) > 0:
            due = ask("balance_due", notice=notice)
            yield Owe("issue_balance", notice, "company", owed.creditor, f"issue the balance found due on {notice}",
                      due if determined(due) else None, "" if determined(due) else "certificates_delivered",
                      "balance_after_result", {"notice": notice}, "balance")

    def _correct(self, notice: str, holder: str, shares: int, ask: Ask) -> Iterable[Effect]:
        """The shares of record become those found, and the accounts are charged for them."""
        before: Any = ask.state.get(("value", "shares_due", notice))
        if before is None or (determined(before) and before == shares):
            return
        if not determined(before):
            yield Move(COMMON, holder, ISSUER, before, role="balance", reverses=True)
            yield Move(COMMON, ISSUER, holder, shares, role="balance")
        elif shares > before:
            yield Move(COMMON, ISSUER, holder, shares - before, role="balance")
        else:
            yield Move(COMMON, holder, ISSUER, before - shares, role="balance")
        yield Set("shares_due", notice, shares, role="balance")
        accounts = tuple(self.links["result"]["charge"])
        charge = {"shares": shares - before} if determined(before) else {"shares": shares, "instead_of": before}
        yield Occur("charged", holder, {"accounts": accounts, **charge}, "")
        details = {"before": before, "after": shares, "ends": ask("balance_period_ends", notice=notice)}
        yield Occur("shares_corrected", notice, details, "balance")
