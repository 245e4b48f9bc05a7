"""What the holder of a warrant has when the company merges or reclassifies its stock: the choice, notices, amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.approximate import APPROXIMATE
from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.dates import days_after, latest_day_before
from paripassu.values.effects import Discharge, Due, Effect, Grant, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.warrant_transactions import CASH
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

NOTICE, SETTLE, TELECOPY = "notice_of_major_transaction", "settle_major_transaction", "telecopy"


def notice_earliest(announced_on: date, consummation_on: date, earliest_days: Rational) -> date:
    """So many days before the consummation, but not before the public announcement."""
    return max(announced_on, latest_day_before(consummation_on, int(earliest_days)))


def notice_latest(consummation_on: date, latest_days: Rational) -> date:
    """So many days before the consummation: calendar days."""
    return latest_day_before(consummation_on, int(latest_days))


def telecopy_earliest(notice_earliest: date, business_days: Calendar) -> date:
    """The first day whose next business day lies in the window."""
    first = notice_earliest if business_days.is_open(notice_earliest) else business_days.next_open(notice_earliest)
    return business_days.previous_open(first)


def telecopy_latest(notice_latest: date, business_days: Calendar) -> date:
    """The last day whose next business day lies in the window."""
    last = notice_latest if business_days.is_open(notice_latest) else business_days.previous_open(notice_latest)
    return latest_day_before(last, 1)


def in_lieu_last_day(notice_received_on: date, in_lieu_days: Rational) -> date:
    """So many calendar days after receipt of the notice."""
    return days_after(notice_received_on, int(in_lieu_days))


def exercisable_in_thought(claim_held: Rational) -> Rational:
    """Every share of the warrant, whatever limits its exercise."""
    return claim_held


def exercisable_in_fact(claim_held: Rational, announced_on: date, exercise_begins: date) -> Rational:
    """Nothing where the announcement came before the exercise period."""
    return claim_held if announced_on > exercise_begins else ZERO


def claim_aggregate_price(claim_number: Rational, exercise_price: Rational) -> Rational:
    """What the exercise of all of it would cost."""
    return claim_number * exercise_price


def replacement_units(claim_number: Rational, units_each: Rational) -> Rational:
    """What those shares would have received in the transaction."""
    return claim_number * units_each


def replacement_price(claim_aggregate_price: Rational, replacement_units: Rational) -> Rational:
    """The same aggregate price for the units received."""
    return claim_aggregate_price / replacement_units


def consideration_value(
    claim_number: Rational, units_each: Rational, unit_value: Rational, cash_each: Rational
) -> Rational:
    """The value of what those shares would have received."""
    return claim_number * (units_each * unit_value + cash_each)


def value_less_price(consideration_value: Rational, claim_aggregate_price: Rational) -> Rational:
    """The value of what the replacement warrant would bring, less what it would cost; never below zero."""
    return max(ZERO, consideration_value - claim_aggregate_price)


def value_alone(consideration_value: Rational) -> Rational:
    """The whole value of the consideration."""
    return consideration_value


def black_scholes_cash(black_scholes_amount: Rational, claim_number: Rational) -> Rational:
    """The amount for one share times the number exercisable on the day before."""
    return black_scholes_amount * claim_number


@dataclass(frozen=True)
class WarrantTransaction(Clause):
    """In a merger, consolidation or reclassification the holder has a replacement warrant or cash, as it determines.

    ``links``: ``{transactions: {kinds: [merger, ...]}}``, the announced kinds that count. A claim is one lot in the
    hands of one holder.
    """

    terms = {
        "earliest_days": TermSpec("whole", "days", "days before the consummation from which notice may be delivered"),
        "latest_days": TermSpec("whole", "days", "days before the consummation by which it must be"),
        "in_lieu_days": TermSpec("whole", "days", "days from receipt in which dollars in lieu may be elected"),
    }
    readings = (
        Reading(
            "R-W98-PREEX", "Is there a claim where the announcement came before the exercise period?", "computing",
            {"assumed exercisable": "without regard to any limitation", "no claim": "it could not be exercised"},
        ),
        Reading(
            "R-W98-INLIEU", "Are dollars in lieu the value net of the exercise price?", "computing",
            {"net": "what the warrant is for, less its price", "gross": "the value of the consideration"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The window of the notice, and what each claim may be settled by."""
        by_transaction = {"announced_on": "date", "consummation_on": "date", "units_each": "units per share",
                          "cash_each": "usd per share", "unit_value": "usd per unit"}
        return {
            **{name: History(unit, by="transaction", waits_for="transaction_terms" if unit == "date"
                             else "transaction_consideration") for name, unit in by_transaction.items()},
            "notice_received_on": History("date", by="claim", waits_for="notice_of_transaction"),
            "notice_earliest": Formula(notice_earliest, "date"),
            "notice_latest": Formula(notice_latest, "date"),
            "telecopy_earliest": Formula(telecopy_earliest, "date"),
            "telecopy_latest": Formula(telecopy_latest, "date"),
            "in_lieu_last_day": Formula(in_lieu_last_day, "date"),
            "claim_held": History("shares", by="claim", waits_for="notice_of_transaction"),
            "claim_number": ByReading(
                "R-W98-PREEX", "shares",
                {"assumed exercisable": exercisable_in_thought, "no claim": exercisable_in_fact},
            ),
            "claim_aggregate_price": Formula(claim_aggregate_price, "usd"),
            "replacement_units": Formula(replacement_units, "units"),
            "replacement_price": Formula(replacement_price, "usd per unit"),
            "consideration_value": Formula(consideration_value, "usd"),
            "in_lieu_amount": ByReading(
                "R-W98-INLIEU", "usd", {"net": value_less_price, "gross": value_alone}
            ),
            "black_scholes_cash": Formula(black_scholes_cash, "usd", APPROXIMATE),
        }

    def on_announcement(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A transaction of a kind that counts."""
        if fact.details["kind_of_transaction"] in self.links["transactions"]["kinds"]:
            transaction = fact.details["transaction"]
            yield Set("announced_on", transaction, fact.effective, role="transaction")
            details = {"instrument": self.instrument, "transaction": transaction}
            yield Occur("warrant_transaction", f"{self.instrument}/{transaction}", details, "transaction")

    def on_transaction_consideration(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What a share receives."""
        for name in ("units_each", "cash_each", "unit_value"):
            value = fact.details.get("unit_value") if name == "unit_value" else fact.details[name]
            if value is not None:
                yield Set(name, fact.details["transaction"], value, role="replacement")

    def on_transaction_terms(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The notice falls due, and lawful provision for the replacement."""
        transaction, day = fact.details["transaction"], fact.details["expected"]
        if not self._counts(transaction, ask):
            return
        yield Set("consummation_on", transaction, day, role="transaction")
        latest = ask("notice_latest", transaction=transaction)
        earliest = ask("notice_earliest", transaction=transaction)
        for holder in self._holders(ask):
            yield Owe(
                NOTICE, self._subject(transaction, holder), "company", holder,
                f"deliver the notice of {transaction}, no sooner than {earliest}", latest, role="notice",
            )
        yield Owe(
            "lawful_provision", f"{self.instrument}/{transaction}", "company", "all holders",
            f"make lawful provision in {transaction} for the replacement of the warrants", day, role="provision",
        )

    def on_notice_of_transaction(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A notice is delivered in its window or is none; the day it bears fixes the option value."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        if not self._counts(transaction, ask) or holder not in self._holders(ask):
            return
        subject = self._subject(transaction, holder)
        delivered = self._delivered(fact, ask)
        earliest, latest = (ask(name, transaction=transaction) for name in ("notice_earliest", "notice_latest"))
        if delivered is None or not determined(earliest) or not earliest <= delivered <= latest:
            why = "it is not delivered" if delivered is None else f"it is delivered on {delivered}, outside the window"
            yield Refuse(NOTICE, subject, why, "notice")
        elif (owed := ask.state.obligation(NOTICE, subject)) is not None and owed.status == "open":
            yield Discharge(NOTICE, subject, "notice")
        if delivered is not None:
            yield from self._claims(transaction, holder, fact, delivered, ask)

    def _delivered(self, fact: Fact, ask: Ask) -> date | None:
        """One business day after a telecopy that a courier's copy follows the same day; else when received."""
        if fact.details["channel"] == TELECOPY and fact.details["courier_copy"] == "yes":
            return ask.calendar("business_days").next_open(fact.effective)
        received: date | None = fact.details.get("received")
        return received

    def _claims(self, transaction: str, holder: str, fact: Fact, delivered: date, ask: Ask) -> Iterator[Effect]:
        received = fact.details.get("received")
        for lot in ask.state.lots(self.instrument, holder):
            claim = f"{self.instrument}/{transaction}/{lot}/{holder}"
            yield Set("claim_held", claim, ask.state.position(self.instrument, holder, lot), role="replacement")
            yield Set("notice_received_on", claim, delivered if received is None else received, role="in_lieu")
            details = {"instrument": self.instrument, "lot": lot, "holder": holder, "transaction": transaction,
                       "date": fact.effective}
            yield Occur("major_transaction_noticed", claim, details, "notice")
            at = {"claim": claim, "lot": lot, "transaction": transaction}
            yield Grant("replacement_warrant", holder, claim, "replacement_units", role="replacement", at=at)
            yield Grant("cash_for_warrant", holder, claim, "black_scholes_cash", role="cash", at=at)
            last = ask("in_lieu_last_day", claim=claim)
            yield Grant("dollars_in_lieu", holder, claim, "in_lieu_amount", last, "in_lieu", at)

    def on_warrant_transaction_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The holder determines which is the greater."""
        subject = self._subject(fact.details["transaction"], fact.details["holder"])
        if self._counts(fact.details["transaction"], ask) and fact.details["holder"] in self._holders(ask):
            yield Set("claim_choice", subject, fact.details["choice"], role="choice")

    def on_warrant_cash_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Dollars in the place of the consideration, if asked for in time."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        for claim, details in self._noticed(transaction, ask):
            if details["holder"] == holder:
                last = ask("in_lieu_last_day", claim=claim)
                if fact.effective > last:
                    yield Refuse("cash_in_lieu", claim, f"it came after {last}", "in_lieu")
                else:
                    yield Set("claim_in_lieu", claim, fact.effective, role="in_lieu")

    def on_consummation(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Every claim is settled on the number held on the day before."""
        transaction = fact.details["transaction"]
        before = ask.state.place_at_end_of(latest_day_before(fact.effective, 1))
        for claim, details in self._noticed(transaction, ask):
            lot, holder = details["lot"], details["holder"]
            yield Set("claim_held", claim, ask.state.position(self.instrument, holder, lot, before), role="replacement")
            choice = ask.state.get(("value", "claim_choice", self._subject(transaction, holder)))
            in_lieu = ask.state.get(("value", "claim_in_lieu", claim)) is not None
            what, amount = "deliver the replacement warrant", ""
            if choice == CASH:
                what, amount = "pay the option value in cash", "black_scholes_cash"
            elif in_lieu:
                what, amount = "pay dollars in lieu of the consideration", "in_lieu_amount"
            elif choice is None:
                what = "deliver the replacement warrant or pay the option value, whichever the holder determines"
            at = {"claim": claim, "lot": lot, "transaction": transaction}
            yield Owe(SETTLE, claim, "company", holder, f"{what} for {lot}", fact.effective, amount=amount, at=at,
                      role="cash" if choice == CASH else "replacement")

    def after_transaction_terms(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The first day of the window."""
        transaction = fact.details["transaction"]
        if self._counts(transaction, ask):
            first = ask("notice_earliest", transaction=transaction)
            if first >= ask.now_day:
                yield Due(moment(first, Place.OPENING), "notice_window_opens", self._subject(transaction, "all"),
                          f"the notice of {transaction} may be delivered from now on", role="notice")

    def _counts(self, transaction: str, ask: Ask) -> bool:
        return ask.state.get(("occurred", "warrant_transaction", f"{self.instrument}/{transaction}")) is not None

    def _holders(self, ask: Ask) -> list[str]:
        return [one for one in ask.state.holders(self.instrument) if ask.state.lots(self.instrument, one)]

    def _subject(self, transaction: str, holder: str) -> str:
        return f"{self.instrument}/{transaction}/{holder}"

    def _noticed(self, transaction: str, ask: Ask) -> list[tuple[str, Mapping[str, Any]]]:
        """The claims of this form in a transaction, with what they occurred with."""
        found = []
        for key in list(ask.state.keys("occurred", "major_transaction_noticed")):
            details = ask.state.get(key).details
            if details["instrument"] == self.instrument and details["transaction"] == transaction:
                found.append((key[2], details))
        return found
