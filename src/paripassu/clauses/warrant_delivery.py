"""What the company must deliver after an exercise, and when: certificates and a warrant for the balance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Discharge, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.splits import takes_part
from paripassu.values.terms import Ask, Clause, TermSpec
from paripassu.values.undetermined import determined, extent

RESTATED = (
    "shares_due_on_exercise", "exercise_shares_delivered", "shares_of_exercise", "share_for_fraction",
    "undisputed_shares", "shares_decided",
)
"""The numbers kept of an exercise in shares that are split with it."""
SHARES, BALANCE = "deliver_warrant_shares", "deliver_balance_warrant"


def exercise_delivery_end(exercised_on: date, exercise_delivery_days: Rational, business_days: Calendar) -> date:
    """The last day of the delivery period: so many business days after the exercise."""
    return business_days.add(exercised_on, int(exercise_delivery_days))


def balance_in_force(balance_at_exercise: Rational, number_factor: Rational, factor_at_exercise: Rational) -> Rational:
    """What the shares left after an exercise have become by the changes of number since."""
    return balance_at_exercise * number_factor / factor_at_exercise


@dataclass(frozen=True)
class WarrantDelivery(Clause):
    """Certificates for the shares within the delivery period; with them a new warrant for what is left."""

    terms = {"exercise_delivery_days": TermSpec("whole", "business days", "from the exercise to delivery, at most")}

    def formulas(self) -> Mapping[str, Binding]:
        """When the delivery period ends, and what is due in it."""
        return {
            "exercise_delivery_end": Formula(exercise_delivery_end, "date"),
            "shares_due_on_exercise": History("shares", by="exercise", waits_for="exercise"),
            "warrant_balance": History("shares", by="exercise", waits_for="exercise"),
            "balance_at_exercise": History("shares", by="exercise", waits_for="exercise"),
            "factor_at_exercise": History("shares per share", by="exercise", waits_for="exercise"),
            "balance_in_force": Formula(balance_in_force, "shares"),
        }

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares and, of a warrant not wholly exercised, the new warrant."""
        if event.details["instrument"] != self.instrument:
            return
        exercise, holder = event.subject, event.details["holder"]
        ends, source = ask("exercise_delivery_end", exercise=exercise), ask.source(
            "exercise_delivery_end", exercise=exercise)
        yield Set("exercise_delivery_ends", exercise, ends, source, "delivery")
        yield Owe(SHARES, exercise, "company", holder, f"deliver the shares of exercise {exercise}", ends,
                  amount="shares_due_on_exercise", at={"exercise": exercise}, role="delivery")
        yield from self._discharge(exercise, ask)
        left = ask.state.position(self.instrument, holder, event.details["lot"])
        if not determined(left) or left > 0:
            factor = ask.state.get(("value", "number_factor", event.details["lot"]))
            yield Set("balance_at_exercise", exercise, left, role="balance")
            yield Set("factor_at_exercise", exercise, factor, role="balance")
            yield Set("warrant_balance", exercise, left, role="balance")
            yield Owe(BALANCE, exercise, "company", holder,
                      f"deliver a new warrant for what is left after exercise {exercise}", ends,
                      amount="warrant_balance", at={"exercise": exercise}, role="balance")

    def on_warrant_shares_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What was delivered counts; all of it performs the duty."""
        exercise = fact.details["exercise"]
        if not self._concerns(exercise, fact, ask):
            return
        before = ask.state.get(("value", "exercise_shares_delivered", exercise)) or 0
        yield Set("exercise_shares_delivered", exercise, before + fact.details["shares"], role="delivery")
        yield from self._discharge(exercise, ask)

    def on_warrant_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The new warrant is delivered; it stands for what is left of the same lot."""
        exercise = fact.details["exercise"]
        if not self._concerns(exercise, fact, ask):
            return
        owed = ask.state.obligation(BALANCE, exercise)
        if owed is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"no new warrant is owed for exercise {exercise} on {fact.effective}",
                "correct the name of the exercise or the date", fact.place,
            )
        if owed.status != "performed":
            yield Discharge(BALANCE, exercise, "balance")

    def on_exercise_disputed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Only what is not disputed is due in the delivery period; it may have been delivered already."""
        if event.details["instrument"] == self.instrument:
            yield from self._discharge(event.subject, ask)

    def on_exercise_decided(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The number decided is due within a delivery period from the decision."""
        if event.details["instrument"] == self.instrument:
            yield from self._owe_anew(event, ask)

    def on_fraction_rounded_up(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A whole share that follows those delivered already is due in a delivery period from the finding."""
        owed = ask.state.obligation(SHARES, event.subject)
        is_mine = event.details["instrument"] == self.instrument
        if is_mine and owed is not None and owed.status == "performed" and not self._is_delivered(event.subject, ask):
            yield from self._owe_anew(event, ask)

    def _owe_anew(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is due by now, a delivery period from today; performed already where as much was delivered."""
        ends = exercise_delivery_end(
            ask.now_day, self.values["exercise_delivery_days"].value, ask.calendar("business_days"))
        yield Owe(SHARES, event.subject, "company", event.details["holder"],
                  f"deliver the shares of exercise {event.subject}", ends, amount="shares_due_on_exercise",
                  at={"exercise": event.subject}, role="delivery")
        yield from self._discharge(event.subject, ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares of record before a split and not yet delivered are owed in the new number."""
        for key in list(ask.state.keys("occurred", "exercised")):
            if takes_part(ask.state, key[2], event.details["record_date"]):
                yield from self._restate(key[2], event.details["ratio"], ask)

    def on_exercise_price_adjusted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Until a new warrant is delivered it is for the number then in force, which moves with the price."""
        lot = event.details["lot"]
        for _, _, exercise in list(ask.state.keys("value", "balance_at_exercise")):
            is_of_lot = ask.state.get(("occurred", "exercised", exercise)).details["lot"] == lot
            owed = ask.state.obligation(BALANCE, exercise)
            if is_of_lot and self._is_mine(exercise, ask) and owed is not None and owed.status != "performed":
                source = ask.source("balance_in_force", exercise=exercise, lot=lot)
                balance = ask("balance_in_force", exercise=exercise, lot=lot)
                yield Set("warrant_balance", exercise, balance, source, "balance")

    def on_exercise_split(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Those of an exercise that is split by itself, too."""
        yield from self._restate(event.subject, event.details["ratio"], ask)

    def _restate(self, exercise: str, changed: Rational, ask: Ask) -> Iterable[Effect]:
        for name in RESTATED:
            shares: Any = ask.state.get(("value", name, exercise))
            if shares is not None and self._is_mine(exercise, ask):
                yield Set(name, exercise, shares * changed, role="delivery")

    def _is_mine(self, exercise: str, ask: Ask) -> bool:
        submitted = ask.state.get(("occurred", "exercise_submitted", exercise))
        return submitted is not None and submitted.details["instrument"] == self.instrument

    def _concerns(self, exercise: str, fact: Fact, ask: Ask) -> bool:
        """Whether the exercise is of this form; raises Problem IMPOSSIBLE_FACT where nobody recorded it."""
        if ask.state.get(("occurred", "exercise_submitted", exercise)) is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a {fact.kind} of {fact.effective} speaks of exercise {exercise}, which is not recorded",
                "record the exercise agreement first, or correct its name", fact.place,
            )
        return self._is_mine(exercise, ask)

    def _discharge(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        owed = ask.state.obligation(SHARES, exercise)
        if owed is not None and owed.status != "performed" and self._is_delivered(exercise, ask):
            yield Discharge(SHARES, exercise, "delivery")

    def _is_delivered(self, exercise: str, ask: Ask) -> bool:
        """Whether as many shares were delivered as may be due."""
        delivered: Any = ask.state.get(("value", "exercise_shares_delivered", exercise)) or 0
        most = extent(ask.state.get(("value", "shares_due_on_exercise", exercise)))[1]
        return most is not None and bool(delivered >= most)
