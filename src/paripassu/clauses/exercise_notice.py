"""Exercising by notice and payment or net: on a business day, of record at once, shares by the day's average price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, is_whole
from paripassu.values.bindings import Binding, History
from paripassu.values.dates import instant_at
from paripassu.values.effects import Discharge, Due, Effect, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, EXERCISED, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined

NOT_A_BUSINESS_DAY, CALCULATION = "R-W05-NONBD", "R-W05-CALCDATE"


@dataclass(frozen=True)
class ExerciseByNotice(Clause):
    """The manner of exercise: a notice with payment of the cash part; holder of record from the last of the two."""

    readings = (
        Reading(
            NOT_A_BUSINESS_DAY, "What becomes of a notice received on a day that is no business day?", "computing",
            {"next business day": "it takes effect then, if before the expiry", "void": "it must be given again"},
        ),
        Reading(
            CALCULATION, "Which day is the date of the calculation of a net exercise?", "computing",
            {"election": "the day on which the election takes effect", "computation": "the day the Company computes"},
        ),
        Reading(
            "R-W05-IRREV", "May a notice of exercise be taken back before the shares are delivered?", "textual",
            {"no": "the holder is of record on notice and payment", "until payment": "the form leaves out irrevocably"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """What is recorded of an exercise."""
        return {
            "payment_received": History("usd", by="exercise", waits_for="exercise_payment"),
            "notice_given_on": History("date", by="exercise", waits_for="exercise_notice"),
            "exercised_on": History("date", by="exercise", waits_for="exercise_payment"),
        }

    # -- notice and payment

    def on_notice_given(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The notice says of which lot, how many for cash and how many net."""
        told = event.details
        if told["kind"] != "exercise_notice" or not self._is_of_this_form(told, ask):
            return
        exercise = told["exercise"]
        self._check(told, ask)
        yield Set("exercise_details", exercise, {**told, "instrument": self.instrument})
        yield Set("notice_given_on", exercise, event.details["date"], role="notice")
        yield Set("shares_to_exercise", exercise, told["shares"], role="notice")
        yield Set("cash_number", exercise, told["cash_shares"], role="cash")
        yield Set("cashless_number", exercise, told["cashless_shares"], role="net")
        yield Owe("acknowledge_notice", exercise, "company", told["holder"],
                  f"acknowledge receipt of {exercise} and instruct the transfer agent", role="acknowledgment")
        if told["cash_shares"] > 0:
            yield Owe(
                "pay_exercise_price", exercise, told["holder"], "company", f"pay the price of {exercise}",
                awaits="exercise_payment", amount="aggregate_exercise_price",
                at={"exercise": exercise, "lot": told["lot"]}, role="cash",
            )
        yield from self._complete(exercise, event.details["second"], ask)
        yield from self._return(exercise, ask)

    def on_exercise_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Payments add up; the whole price completes the exercise."""
        exercise = fact.details["exercise"]
        before = ask.state.get(("value", "payment_received", exercise)) or 0
        yield Set("payment_received", exercise, before + fact.details["amount"], role="cash")
        if self._told(exercise, ask) is not None:
            yield from self._complete(exercise, self._second_of(fact, ask), ask)
            yield from self._return(exercise, ask)

    def _second_of(self, fact: Fact, ask: Ask) -> int:
        return Place.PAPER.second if fact.at is None else ask.local_clock(fact)[1]

    def _check(self, told: Mapping[str, Any], ask: Ask) -> None:
        exercise = told["exercise"]
        if self._told(exercise, ask) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"exercise {exercise} is recorded twice", "give each exercise a name of its own",
                told["place"],
            )
        if told["cash_shares"] + told["cashless_shares"] != told["shares"]:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"notice {exercise} is for {told['shares']} shares, but {told['cash_shares']} for cash and "
                f"{told['cashless_shares']} net", "make the two add up to the number of shares", told["place"],
            )

    def _complete(self, exercise: str, second: int, ask: Ask) -> Iterable[Effect]:
        """With the notice given and its cash part paid the exercise takes effect, on a day open for it."""
        told = self._told(exercise, ask)
        if ask.state.get(("value", "completed_on", exercise)) is not None:
            return
        paid = ask.state.get(("value", "payment_received", exercise)) or 0
        if paid < ask("aggregate_exercise_price", exercise=exercise, lot=told["lot"]):
            return
        yield Set("completed_on", exercise, ask.now_day)
        yield Set("price_to_pay", exercise, ask("exercise_price", lot=told["lot"]), role="cash")
        yield Set("price_earned", exercise, ask("aggregate_exercise_price", exercise=exercise), role="cash")
        if told["cash_shares"] > 0:
            yield Discharge("pay_exercise_price", exercise, "cash")
        why = self._closed(second, ask)
        if why:
            yield Refuse("exercise", exercise, why, "period")
            yield Set("price_earned", exercise, ZERO, role="cash")
        elif ask("exercise_is_open"):
            yield from self._take_effect(exercise, ask)

    def _return(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        """What was paid beyond the price goes back; all of it where the exercise was refused."""
        owed = ask("excess_payment", exercise=exercise)
        if determined(owed) and owed > 0:
            yield Owe("return_payment", exercise, "company", self._told(exercise, ask)["holder"],
                      f"return what was paid on {exercise} beyond its price", amount="excess_payment",
                      at={"exercise": exercise}, role="cash")

    def _closed(self, second: int, ask: Ask) -> str:
        """Why an exercise completed now never takes effect; empty where it does, today or on the next business day."""
        zone = ask("exercise_zone")
        if instant_at(ask.now_day, second, zone) >= ask("exercise_closes_at"):
            return "it was completed after the last moment for exercise"
        if ask("exercise_is_open"):
            return ""
        if ask.reading(NOT_A_BUSINESS_DAY) == "void":
            return "it was completed on a day that is no business day"
        late = self._next_day(ask) > ask("last_exercise_day")
        return "no business day is left before the expiry" if late else ""

    def _next_day(self, ask: Ask) -> date:
        return ask.calendar("exercise_days").next_open(ask.now_day)

    def after_notice_given(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """What was completed on a day that is no business day waits for the next."""
        yield from self._waits(event.subject, ask)

    def after_exercise_payment(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """What was completed on a day that is no business day waits for the next."""
        yield from self._waits(fact.details["exercise"], ask)

    def _waits(self, exercise: str, ask: Ask) -> Iterable[Due]:
        completed = ask.state.get(("value", "completed_on", exercise)) == ask.now_day
        refused = ask.state.get(("refused", "exercise", exercise)) is not None
        done = ask.state.get(("value", "exercised_on", exercise)) is not None
        if completed and not refused and not done:
            yield Due(moment(self._next_day(ask), Place.PAPER), "exercise_takes_effect", exercise,
                      f"exercise {exercise} takes effect", role="period")

    def on_exercise_takes_effect(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The next business day has come."""
        yield from self._take_effect(due.subject, ask)
        yield from self._return(due.subject, ask)

    # -- taking effect

    def _take_effect(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        told = self._told(exercise, ask)
        held = ask.state.position(self.instrument, told["holder"], told["lot"])
        if determined(held) and told["shares"] > held:
            yield Refuse("exercise", exercise, f"{told['holder']} may buy {held} shares, not {told['shares']}", "held")
            yield Set("price_earned", exercise, ZERO, role="cash")
            return
        yield Set("exercised_on", exercise, ask.now_day, role="record_holder")
        yield Set("shares_before_exercise", exercise, held)
        yield Set("number_since_exercise", exercise, ONE)
        if told["cashless_shares"] > 0 or not is_whole(told["shares"]):
            yield from self._price_fraction(exercise, ask)
        if told["cashless_shares"] == 0 or ask.reading(CALCULATION) == "election":
            yield from self._calculate(exercise, ask)

    def on_calculation_made(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Where the date of the calculation is the day on which the Company computes: that day."""
        exercise = fact.details["exercise"]
        waits = ask.state.get(("value", "calculation_date", exercise)) is None
        if waits and ask.state.get(("value", "exercised_on", exercise)) is not None:
            yield from self._calculate(exercise, ask)

    def _price_fraction(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        """The average price of the date of exercise, by which a fraction is paid."""
        price, source = ask("weighted_average_price"), ask.source("weighted_average_price")
        yield Set("fraction_price", exercise, price, source, "fraction")

    def _calculate(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        told = self._told(exercise, ask)
        yield Set("calculation_date", exercise, ask.now_day, role="net")
        yield Set("shares_for_each", exercise, ask("change_to_come"), role="exercised")
        lot = told["lot"]
        yield Set("calculation_exercise_price", exercise, ask("exercise_price", lot=lot),
                  ask.source("exercise_price", lot=lot), "net")
        if told["cashless_shares"] > 0:
            yield from self._price(exercise, ask)
        else:
            yield Set("calculation_price", exercise, ask("exercise_price", lot=lot), role="cash")
        yield from self._issue(exercise, told, ask)

    def _price(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        """The average price, for as many shares of its day as a share of the warrant is on this one."""
        day, name = ask("price_date", exercise=exercise), "weighted_average_price"
        then = ask("share_factor", on=day)
        given = {"new_for_old": ask("change_to_come") * (then / ask("share_factor") if determined(then) else ONE)}
        if given["new_for_old"] != 1:
            name = "price_in_warrant_shares"
        price, source = ask(name, on=day, given=given), ask.source(name, on=day, given=given)
        yield Set("calculation_price", exercise, price, source, "net")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is not computed yet, paid for or not, is for what its shares became, at the price they have then."""
        changed = event.details["ratio"]
        for exercise, told in self._waiting(ask):
            numbers = {name: told[name] * changed for name in ("shares", "cash_shares", "cashless_shares")}
            yield Set("exercise_details", exercise, {**told, **numbers}, role="notice")
            for name in ("shares_to_exercise", "cash_number", "cashless_number", "shares_before_exercise"):
                yield from self._changed(name, exercise, changed, ask)
            yield from self._changed("price_to_pay", exercise, ONE / changed, ask)

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The market trades in the new shares from now on: a price seen before is one of the old."""
        for exercise, _ in self._waiting(ask):
            yield from self._changed("fraction_price", exercise, ONE / event.details["ratio"], ask)

    def _waiting(self, ask: Ask) -> list[tuple[str, Mapping[str, Any]]]:
        """The exercises of this form that are neither computed nor refused, with what their notices say."""
        found = ((key[2], ask.state.get(key)) for key in ask.state.keys("value", "exercise_details"))
        return [
            (exercise, told) for exercise, told in found if told["instrument"] == self.instrument
            and ask.state.get(("value", "calculation_date", exercise)) is None
            and ask.state.get(("refused", "exercise", exercise)) is None
        ]

    def _changed(self, name: str, exercise: str, factor: Any, ask: Ask) -> Iterable[Effect]:
        value = ask.state.get(("value", name, exercise))
        if value is not None:
            yield Set(name, exercise, value * factor, role="net")

    def _issue(self, exercise: str, told: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        at = {"exercise": exercise, "lot": told["lot"]}
        net = ask("cashless_shares", **at)
        if told["cashless_shares"] > 0 and determined(net) and net == 0:
            why = "the average price is not above the exercise price: nothing is due on the net part"
            yield Refuse("net_exercise", exercise, why, "net", ask.source("cashless_shares", **at))
            if told["cash_shares"] == 0:
                return
            yield Set("cashless_number", exercise, net, role="net")
        reduction, gone = ask("warrant_reduction", **at), ask.source("warrant_reduction", **at)
        shares, source = ask("shares_on_exercise", **at), ask.source("shares_on_exercise", **at)
        yield Move(self.instrument, told["holder"], EXERCISED, reduction, told["lot"], gone, "exercised")
        asset = ask.state.get(("value", "deliverable_security", self.instrument)) or COMMON
        yield Move(asset, ISSUER, told["holder"], shares, rests_on=source, role="record_holder")
        yield Set("shares_due", exercise, shares, source, "exercised")
        yield from self._pay_fraction(exercise, told, at, ask)
        details = {"instrument": self.instrument, "holder": told["holder"], "lot": told["lot"], "asset": asset,
                   "date": ask.now_day}
        yield Occur("exercised", exercise, details, "exercised")

    def _pay_fraction(
        self, exercise: str, told: Mapping[str, Any], at: Mapping[str, Any], ask: Ask
    ) -> Iterable[Effect]:
        cash = ask("fraction_payment", **at)
        if not determined(cash) or cash > 0:
            yield Owe("pay_fraction", exercise, "company", told["holder"], f"pay for the fraction lost on {exercise}",
                      amount="fraction_payment", at=dict(at), role="fraction")

    # -- what they share

    def _told(self, exercise: str, ask: Ask) -> Any:
        return ask.state.get(("value", "exercise_details", exercise))

    def _is_of_this_form(self, told: Mapping[str, Any], ask: Ask) -> bool:
        """Whether the lot is one of this instrument; raises Problem IMPOSSIBLE_FACT where nobody recorded it."""
        issued = ask.state.get(("occurred", "warrant_issued", told["lot"]))
        if issued is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"exercise {told['exercise']} is of lot {told['lot']}, of which no warrant is recorded",
                "record the issuance first, or correct the lot", told["place"],
            )
        return bool(issued.details["instrument"] == self.instrument)
