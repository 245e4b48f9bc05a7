"""Cash owed under the papers: what was paid on it, and interest from the day after it was due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, nearest_cent
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.cash import overpaid, owed_in_cash, paid_back, paid_unowed
from paripassu.values.dates import days_30_360, days_excluding_first
from paripassu.values.effects import Discharge, Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.state import Obligation
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import Undetermined, determined, extent

Balances = tuple[tuple[Any, Rational], ...]
"""Amounts unpaid: each from the day after its date, until the next."""


def default_rate(highest_default_rate: Rational, legal_maximum_rate: Rational) -> Rational:
    """The lower of the rate written and the highest the law permits."""
    return min(highest_default_rate, legal_maximum_rate)


def interest_actual_365(unpaid_balances: Balances, default_rate: Rational, on: Any) -> Rational:
    """Simple interest on what is unpaid, the due date excluded, the day of payment included; days over 365."""
    return _interest(unpaid_balances, default_rate, on, days_excluding_first, 365)


def interest_actual_360(unpaid_balances: Balances, default_rate: Rational, on: Any) -> Rational:
    """The same with days over 360."""
    return _interest(unpaid_balances, default_rate, on, days_excluding_first, 360)


def interest_30_360(unpaid_balances: Balances, default_rate: Rational, on: Any) -> Rational:
    """The same with months of thirty days over 360."""
    return _interest(unpaid_balances, default_rate, on, days_30_360, 360)


def _interest(balances: Balances, rate: Rational, on: Any, count: Any, basis: int) -> Rational:
    total = ZERO
    for index, (begins, unpaid) in enumerate(balances):
        ends = balances[index + 1][0] if index + 1 < len(balances) else on
        ends = min(ends, on)
        if ends > begins:
            total += unpaid * (rate * count(begins, ends) / basis)
    return total


def interest_unpaid(default_interest: Rational, interest_paid: Rational) -> Rational:
    """Interest less what was paid beyond the amount it is on; to the cent, as it is paid."""
    return max(ZERO, nearest_cent(default_interest - interest_paid))


@dataclass(frozen=True)
class CashPayments(Clause):
    """Every cash payment of the instrument: applied to what is owed; late amounts bear simple interest."""

    terms = {"highest_default_rate": TermSpec("number", "a year", "interest on amounts not paid when due, at most")}
    readings = (
        Reading(
            "R-INT-DAYS", "How are the days of default interest counted?", "computing",
            {"actual/365": "as in the premium", "actual/360": "money-market count", "30/360": "bond count"},
        ),
        Reading(
            "R-INT-COMP", "Is default interest compounded?", "textual",
            {"simple": "on the unpaid amount", "compound": "interest on interest"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Interest on one obligation, and what is left of it."""
        return {
            "default_rate": Formula(default_rate, "a year"),
            "legal_maximum_rate": History("a year", waits_for="legal_maximum_rate"),
            "unpaid_balances": History("usd by day", by="obligation"),
            "default_interest": ByReading(
                "R-INT-DAYS", "usd",
                {"actual/365": interest_actual_365, "actual/360": interest_actual_360, "30/360": interest_30_360},
            ),
            "interest_paid": History("usd", by="obligation"),
            "interest_unpaid": Formula(interest_unpaid, "usd", "to the nearest cent"),
            "overpaid": History("usd", by="act"),
        }

    def on_legal_maximum_rate(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The rate the law permits is an assumption with a name beside it."""
        yield Set("legal_maximum_rate", "", fact.details["rate"], role="default_rate")

    def on_missed_pay_default(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed."""
        yield from self._late("pay_default", event, ask)

    def on_missed_pay_buy_in(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed."""
        yield from self._late("pay_buy_in", event, ask)

    def on_missed_pay_redemption(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed."""
        yield from self._late("pay_redemption", event, ask)

    def on_missed_pay_participation(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed."""
        yield from self._late("pay_participation", event, ask)

    def on_missed_pay_preference(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed."""
        yield from self._late("pay_preference", event, ask)

    def on_missed_pay_transaction_consideration(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The due date has passed; of what a transaction gives only money is an amount unpaid."""
        if self._in_money(event.subject, ask):
            yield from self._late("pay_transaction_consideration", event, ask)

    def _in_money(self, entitlement: str, ask: Ask) -> bool:
        """All of it is money, or the holder elected the multiple of face, or money in place of the rest."""
        said = {name: ask.state.get(("value", name, entitlement)) for name in ("transaction_choice", "elected_cash")}
        entirely = ask.state.get(("value", "entirely_cash", entitlement.partition(":")[0]))
        return bool(entirely or said["transaction_choice"] == "multiple of face" or said["elected_cash"])

    def _late(self, duty: str, event: Occur, ask: Ask) -> Iterable[Effect]:
        obligation = f"{duty}:{event.subject}"
        unpaid = self._owed(obligation, ask) - (ask.state.get(("value", "paid", obligation)) or 0)
        yield Set("unpaid_balances", obligation, ((ask.now_day, unpaid),), role="default_interest")
        yield Set("interest_paid", obligation, ZERO)

    def on_duty_waived(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Of an amount waived no interest is owed either; it has no name of its own by which to waive it."""
        balances = self._balances(event.subject, ask)
        if balances:
            before = ask.now_day - timedelta(days=1)
            yield Set("balances_waived", event.subject, (*balances, (before, ZERO)), role="default_interest")
            yield Set("unpaid_balances", event.subject, (), role="default_interest")

    def on_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is unpaid bears interest again, and what it bore before is owed; not for the days waived."""
        if self._balances(event.subject, ask) == ():
            before = ask.state.get(("value", "balances_waived", event.subject))
            unpaid = self._owed(event.subject, ask) - (ask.state.get(("value", "paid", event.subject)) or 0)
            balances = (*before, (ask.now_day, _at_least_zero(unpaid)))
            yield Set("unpaid_balances", event.subject, balances, role="default_interest")

    def _balances(self, obligation: str, ask: Ask) -> Balances | None:
        """What was unpaid of an amount under this instrument; none where it was not missed."""
        if ask.state.get(("obligation", obligation)).instrument != self.instrument:
            return None
        found: Balances | None = ask.state.get(("value", "unpaid_balances", obligation))
        return found

    def _owed(self, obligation: str, ask: Ask) -> Any:
        owed = ask.state.get(("obligation", obligation))
        amount = ask(owed.amount, **owed.at)
        return nearest_cent(amount) if determined(amount) else amount

    def on_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A payment reduces what is unpaid; the whole amount performs the duty, once; what goes beyond is interest."""
        owed, obligation = owed_in_cash(fact, ask.state), fact.details["obligation"]
        if owed is None:
            yield from paid_unowed(fact, ask.state)
            return
        if owed.instrument != self.instrument:
            return
        paid = (ask.state.get(("value", "paid", obligation)) or 0) + fact.details["amount"]
        yield Set("paid", obligation, paid, role="payment")
        yield from self._settled(owed, fact.details["amount"], ask)

    def on_amount_lessened(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Less is owed than before: what was paid may be all of it, and more; interest runs on what is left."""
        owed = ask.state.get(("obligation", event.subject))
        if owed.instrument == self.instrument:
            yield from self._settled(owed, ZERO, ask)

    def _settled(self, owed: Obligation, amount: Rational, ask: Ask) -> Iterable[Effect]:
        """What is unpaid after a payment of so much, or of nothing, and what follows for the duty."""
        obligation = owed.id
        unpaid = self._owed(obligation, ask) - (ask.state.get(("value", "paid", obligation)) or ZERO)
        balances = ask.state.get(("value", "unpaid_balances", obligation))
        if balances:
            later = (ask.now_day, _at_least_zero(unpaid))
            yield Set("unpaid_balances", obligation, (*balances, later), role="default_interest")
            yield Set("interest_paid", obligation, _beyond(unpaid))
        yield from _applied(owed, amount, unpaid, ask)
        if not _accrues(owed, ask):
            interest = ZERO if balances is None else ask("default_interest", obligation=obligation)
            yield from overpaid(owed, -unpaid - interest)

    def on_duty_performed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What was paid beyond what is owed is given back."""
        given_back = ask.state.get(("obligation", fact.details["obligation"]))
        if given_back is not None and given_back.instrument == self.instrument:
            yield from paid_back(fact, ask.state)


def _applied(owed: Obligation, amount: Rational, unpaid: Any, ask: Ask) -> Iterator[Effect]:
    """The duty is performed, once, or paid in part; of the payment so much as the amount took is ``applied``."""
    if owed.status in ("performed", "lapsed"):
        return
    whole = determined(unpaid) and unpaid <= 0 and not _accrues(owed, ask)
    details = {"duty": owed.duty, "subject": owed.subject, "applied": amount + unpaid if whole else amount}
    if whole:
        yield Discharge(owed.duty, owed.subject, "payment")
        yield Occur("paid_in_full", owed.id, details, "payment")
    elif amount:
        yield Occur("paid_in_part", owed.id, details, "")


def _accrues(owed: Obligation, ask: Ask) -> bool:
    """Whether a duty that has no day yet still grows: paying what there is so far does not perform it."""
    if owed.due is not None:
        return False
    today, tomorrow = (ask(owed.amount, on=ask.now_day + timedelta(days=more), **owed.at) for more in (0, 1))
    return not determined(tomorrow) or bool(tomorrow > today)


def _at_least_zero(unpaid: Any) -> Any:
    return unpaid if not determined(unpaid) or unpaid > 0 else ZERO


def _beyond(unpaid: Any) -> Any:
    """What was paid beyond an amount of which so much is unpaid; at least nothing where that is not known."""
    if determined(unpaid):
        return max(ZERO, -unpaid)
    most = extent(-unpaid)[1]
    return Undetermined(unpaid.needs, ZERO, most if most is None else max(ZERO, most))


@dataclass(frozen=True)
class PaymentMethod(Clause):
    """Every cash payment is made by the method the holder elects."""

    def on_payment_method(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An election holds until the next."""
        yield Set("payment_method", fact.details["holder"], fact.details["method"], role="method")

    def on_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A payment recorded with another method than elected counts, and is noted as a breach."""
        elected, used = ask.state.get(("value", "payment_method", fact.details["holder"])), fact.details.get("method")
        if elected is not None and used is not None and used != elected:
            obligation = fact.details["obligation"]
            yield Occur("paid_by_another_method", obligation, {"elected": elected, "used": used}, "method")


@dataclass(frozen=True)
class PlainPayments(Clause):
    """Every cash payment under a paper that has no words on interest: applied to what is owed."""

    def formulas(self) -> Mapping[str, Binding]:
        """What was paid beyond what is owed."""
        return {"overpaid": History("usd", by="act")}

    def on_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A payment reduces what is unpaid; the whole amount performs the duty."""
        owed = owed_in_cash(fact, ask.state)
        if owed is None or owed.instrument != self.instrument:
            return
        paid = (ask.state.get(("value", "paid", owed.id)) or 0) + fact.details["amount"]
        yield Set("paid", owed.id, paid, role="payment")
        amount = ask(owed.amount, **owed.at)
        unpaid = (nearest_cent(amount) if determined(amount) else amount) - paid
        yield from _applied(owed, fact.details["amount"], unpaid, ask)
        yield from overpaid(owed, -unpaid)

    def on_duty_performed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What was paid beyond what is owed is given back."""
        given_back = ask.state.get(("obligation", fact.details["obligation"]))
        if given_back is not None and given_back.instrument == self.instrument:
            yield from paid_back(fact, ask.state)
