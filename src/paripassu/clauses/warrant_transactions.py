"""What the holder of a warrant has when the company merges or reclassifies its stock: the choice, notices, amounts."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.approximate import APPROXIMATE
from paripassu.values.arithmetic import ONE, ZERO, Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.dates import days_after, latest_day_before
from paripassu.values.effects import Discharge, Due, Effect, Grant, Lapse, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.warrant_transactions import CASH
from paripassu.values.moments import Place, moment
from paripassu.values.parties import EXCHANGED
from paripassu.values.splits import grown_from_exercise, split_factor
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, merged

NOTICE, SETTLE, TELECOPY = "notice_of_major_transaction", "settle_major_transaction", "telecopy"
REPLACE, IN_CASH, IN_LIEU = "replacement_warrant", "cash_for_warrant", "dollars_in_lieu"


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


def day_as_if_exercised(announced_on: date, trading_days: Calendar) -> date:
    """The trading day immediately before the public announcement."""
    return trading_days.previous_open(announced_on)


def exercisable_in_thought(held_before_announcement: Rational) -> Rational:
    """Every share of the warrant, whatever limits its exercise."""
    return held_before_announcement


def exercisable_in_fact(
    held_before_announcement: Rational, day_as_if_exercised: date, exercise_begins: date
) -> Rational:
    """Nothing where the announcement came before the exercise period."""
    return held_before_announcement if day_as_if_exercised >= exercise_begins else ZERO


def claim_aggregate_price(claim_held: Rational, exercise_price: Rational) -> Rational:
    """What the exercise of all of the warrant given up would cost."""
    return claim_held * exercise_price


def units_each(units_stated: Rational, splits_since_consideration: Rational) -> Rational:
    """The units stated for a share, on the basis after the splits since."""
    return units_stated / splits_since_consideration


def cash_each(cash_stated: Rational, splits_since_consideration: Rational) -> Rational:
    """The dollars stated for a share, on the basis after the splits since."""
    return cash_stated / splits_since_consideration


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


def black_scholes_cash(black_scholes_amount: Rational, held_before_consummation: Rational) -> Rational:
    """The amount for one share times the number exercisable on the day before the transaction."""
    return black_scholes_amount * held_before_consummation


@dataclass(frozen=True)
class WarrantTransaction(Clause):
    """In a merger, consolidation or reclassification the holder has a replacement warrant or cash, as it determines.

    ``links``: ``{transactions: {kinds: [merger, ...]}}``, the announced kinds that count. A claim is one lot in the
    hands of one holder: it arises with a notice, and at the latest with the transaction, of which no notice is a
    condition.
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
        by_transaction = {
            "announced_on": "date", "consummation_on": "date", "units_stated": "units per share",
            "cash_stated": "usd per share", "unit_value": "usd per unit",
            "splits_since_consideration": "shares for one",
        }
        return {
            **{name: History(unit, by="transaction", waits_for="transaction_terms" if unit == "date"
                             else "transaction_consideration") for name, unit in by_transaction.items()},
            "units_each": Formula(units_each, "units per share"),
            "cash_each": Formula(cash_each, "usd per share"),
            "notice_received_on": History("date", by="claim", waits_for="notice_of_transaction"),
            "notice_earliest": Formula(notice_earliest, "date"),
            "notice_latest": Formula(notice_latest, "date"),
            "telecopy_earliest": Formula(telecopy_earliest, "date"),
            "telecopy_latest": Formula(telecopy_latest, "date"),
            "in_lieu_last_day": Formula(in_lieu_last_day, "date"),
            "day_as_if_exercised": Formula(day_as_if_exercised, "date"),
            "claim_held": History("shares", by="claim", waits_for="consummation"),
            "held_before_announcement": History("shares", by="claim", waits_for="consummation"),
            "held_before_consummation": History("shares", by="claim", waits_for="consummation"),
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
        transaction = fact.details["transaction"]
        yield Set("units_stated", transaction, fact.details["units_each"], role="replacement")
        yield Set("cash_stated", transaction, fact.details["cash_each"], role="replacement")
        if (value := fact.details.get("unit_value")) is not None:
            yield Set("unit_value", transaction, value, role="replacement")
        yield Set("split_factor_at_consideration", transaction, split_factor(ask.state), role="replacement")
        yield Set("splits_since_consideration", transaction, ONE, role="replacement")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Until the transaction what a share receives is restated with the shares, and each claim is measured anew.

        The papers of several forms hear of one consideration: the restating is by the splits since, whoever says it.
        """
        for key in list(ask.state.keys("value", "split_factor_at_consideration")):
            if self._is_ahead(key[2], ask):
                since = split_factor(ask.state) / ask.state.get(key)
                yield Set("splits_since_consideration", key[2], since, role="replacement")
        yield from self._measured_anew("", ask)

    def on_exercise_price_adjusted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Price and number of a warrant move together, and what a claim measures moves with them."""
        yield from self._measured_anew(event.details["lot"], ask)

    def _measured_anew(self, lot: str, ask: Ask) -> Iterable[Effect]:
        """The claims, of one lot where it is named, in transactions still ahead."""
        for key in list(ask.state.keys("occurred", "warrant_claim")):
            details = ask.state.get(key).details
            if (details["instrument"] == self.instrument and lot in ("", details["lot"])
                    and self._is_ahead(details["transaction"], ask)):
                yield from self._measured(details["transaction"], details["holder"], details["lot"], ask)

    def _is_ahead(self, transaction: str, ask: Ask) -> bool:
        return ask.state.get(("value", "consummated_on", f"{self.instrument}/{transaction}")) is None

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
        """The notice makes the claims known, measures the option value and opens the days for dollars in lieu."""
        received = fact.details.get("received")
        for lot in ask.state.lots(self.instrument, holder):
            claim = yield from self._claim(transaction, holder, lot, ask)
            yield Set("notice_received_on", claim, delivered if received is None else received, role="in_lieu")
            yield Occur("major_transaction_noticed", claim, {**self._of(claim, ask), "date": fact.effective}, "notice")
            last = ask("in_lieu_last_day", claim=claim)
            yield Grant(IN_LIEU, holder, claim, "in_lieu_amount", last, "in_lieu", self._at(claim, ask))

    def _claim(self, transaction: str, holder: str, lot: str, ask: Ask) -> Generator[Effect, None, str]:
        """The claim of one lot: the three numbers that measure it, and the two rights of which the holder has one."""
        claim = yield from self._measured(transaction, holder, lot, ask)
        if ask.state.get(("occurred", "warrant_claim", claim)) is None:
            details = {"instrument": self.instrument, "lot": lot, "holder": holder, "transaction": transaction}
            yield Occur("warrant_claim", claim, details, "transaction")
            at = self._at(claim, ask)
            yield Grant(REPLACE, holder, claim, "replacement_units", role="replacement", at=at)
            yield Grant(IN_CASH, holder, claim, "black_scholes_cash", role="cash", at=at)
        return claim

    def _measured(self, transaction: str, holder: str, lot: str, ask: Ask) -> Generator[Effect, None, str]:
        """The three numbers of a claim as they are now."""
        claim = f"{self.instrument}/{transaction}/{lot}/{holder}"
        yield Set("claim_held", claim, ask.state.position(self.instrument, holder, lot), role="replacement")
        for name, number in self._numbers(transaction, holder, lot, ask).items():
            yield Set(name, claim, number, role="cash" if name == "held_before_consummation" else "replacement")
        return claim

    def _numbers(self, transaction: str, holder: str, lot: str, ask: Ask) -> dict[str, Any]:
        """The number on the day as if exercised, in shares of the transaction, and on the day before the transaction.

        Shares issued on that exercise would have been split with the others; the warrant's own number is not asked.
        """
        as_if_exercised = ask("day_as_if_exercised", transaction=transaction)
        announced = ask.state.place_at_end_of(as_if_exercised)
        closed = ask.state.get(("value", "consummated_on", f"{self.instrument}/{transaction}"))
        before = ask.state.place if closed is None else ask.state.place_at_end_of(latest_day_before(closed, 1))
        split = grown_from_exercise(ask.state, lot, as_if_exercised)
        return {
            "held_before_announcement": self._number_at(announced, holder, lot, ask) * split,
            "held_before_consummation": self._number_at(before, holder, lot, ask),
        }

    def _number_at(self, place: int, holder: str, lot: str, ask: Ask) -> Any:
        """For how many shares the warrant held now was at a place: what left or came since is converted back."""
        number = ask.state.position(self.instrument, holder, lot, place)
        for record in ask.state.moves(self.instrument, holder):
            move = record.effect
            if record.place < place or not isinstance(move, Move) or move.lot != lot or move.role == "number":
                continue
            quantity = self._converted(move.quantity, lot, record.place, place, ask)
            number = number - quantity if move.source == holder else number + quantity
        return number

    def _converted(self, quantity: Any, lot: str, moved: int, place: int, ask: Ask) -> Any:
        """A number of shares of a warrant in those of an earlier place; of a lot not issued then, as it was moved."""
        now, then = (ask.state.get(("value", "number_factor", lot), one) for one in (moved, place))
        if then is None or now is then:
            return quantity
        if not determined(now) or not determined(then):
            return merged((quantity, now, then))
        return quantity * (then / now)

    def _of(self, claim: str, ask: Ask) -> Mapping[str, Any]:
        details: Mapping[str, Any] = ask.state.get(("occurred", "warrant_claim", claim)).details
        return details

    def _at(self, claim: str, ask: Ask) -> dict[str, Any]:
        details = self._of(claim, ask)
        return {"claim": claim, "lot": details["lot"], "transaction": details["transaction"]}

    def on_warrant_transaction_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The holder determines which is the greater; after the transaction too, as long as nothing was received."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        if self._counts(transaction, ask) and holder in self._holders(ask):
            yield Set("claim_choice", self._subject(transaction, holder), fact.details["choice"], role="choice")
            yield from self._settle_anew(transaction, holder, ask)

    def on_warrant_cash_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Dollars in the place of the consideration, if asked for in time; without a notice the days do not run."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        if not self._counts(transaction, ask) or holder not in self._holders(ask):
            return
        noticed = [claim for claim in self._claims_of(transaction, holder, ask)
                   if ask.state.get(("value", "notice_received_on", claim)) is not None]
        closed = {claim: last for claim in noticed if fact.effective > (last := ask("in_lieu_last_day", claim=claim))}
        for claim, last in closed.items():
            yield Refuse("cash_in_lieu", claim, f"it came after {last}", "in_lieu")
        if closed:
            return
        yield Set("claim_in_lieu", self._subject(transaction, holder), fact.effective, role="in_lieu")
        yield from self._settle_anew(transaction, holder, ask)

    def on_consummation(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Every warrant outstanding is a claim now, whether or not its holder was given notice."""
        transaction = fact.details["transaction"]
        if not self._counts(transaction, ask):
            return
        yield Set("consummated_on", f"{self.instrument}/{transaction}", fact.effective, role="transaction")
        for holder in self._holders(ask):
            for lot in ask.state.lots(self.instrument, holder):
                claim = yield from self._claim(transaction, holder, lot, ask)
                yield self._settle(claim, ask)

    def _settle(self, claim: str, ask: Ask) -> Owe:
        """What is owed on a claim, as its holder has determined by now."""
        details = self._of(claim, ask)
        transaction, holder, lot = (details[name] for name in ("transaction", "holder", "lot"))
        subject = self._subject(transaction, holder)
        choice = ask.state.get(("value", "claim_choice", subject))
        what, amount = "deliver the replacement warrant", ""
        if choice == CASH:
            what, amount = "pay the option value in cash", "black_scholes_cash"
        elif ask.state.get(("value", "claim_in_lieu", subject)) is not None:
            what, amount = "pay dollars in lieu of the consideration", "in_lieu_amount"
        elif choice is None:
            what = "deliver the replacement warrant or pay the option value, whichever the holder determines"
        due = ask.state.get(("value", "consummated_on", f"{self.instrument}/{transaction}"))
        return Owe(SETTLE, claim, "company", holder, f"{what} for {lot}", due, amount=amount, at=self._at(claim, ask),
                   role="cash" if choice == CASH else "replacement")

    def _settle_anew(self, transaction: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """After the transaction a choice changes what is owed."""
        for claim in self._claims_of(transaction, holder, ask):
            owed = ask.state.obligation(SETTLE, claim)
            if owed is not None and owed.status in ("open", "breached"):
                yield self._settle(claim, ask)

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Cash received is received in exchange for the warrant."""
        if event.details["duty"] == SETTLE:
            yield from self._exchange(event.details["subject"], ask)

    def on_duty_performed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A replacement delivered is received in exchange for the warrant."""
        duty, _, claim = fact.details["obligation"].partition(":")
        owed = ask.state.obligation(duty, claim)
        if duty != SETTLE or owed is None or owed.instrument != self.instrument:
            return
        if owed.status in ("open", "breached"):
            yield Discharge(SETTLE, claim, owed.role)
            yield from self._exchange(claim, ask)

    def _exchange(self, claim: str, ask: Ask) -> Iterable[Effect]:
        """The warrant is gone, and with it every right that it gave in the transaction."""
        details = self._of(claim, ask)
        if details["instrument"] != self.instrument:
            return
        holder, lot = details["holder"], details["lot"]
        held = ask.state.position(self.instrument, holder, lot)
        yield Move(self.instrument, holder, EXCHANGED, held, lot, role="transaction")
        for right, role in ((REPLACE, "replacement"), (IN_CASH, "cash"), (IN_LIEU, "in_lieu")):
            granted = ask.state.get(("entitlement", right, holder, claim))
            if granted is not None and granted.ended is None:
                yield Lapse(right, claim, f"{lot} was exchanged in {details['transaction']}", role)

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

    def _claims_of(self, transaction: str, holder: str, ask: Ask) -> list[str]:
        """The claims of a holder under this form in a transaction."""
        wanted = {"instrument": self.instrument, "holder": holder, "transaction": transaction}
        return [key[2] for key in list(ask.state.keys("occurred", "warrant_claim"))
                if wanted.items() <= ask.state.get(key).details.items()]
