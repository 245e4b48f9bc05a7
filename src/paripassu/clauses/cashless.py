"""Cashless exercise: shares for the gain over the exercise price, instead of paying it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, whole_down, whole_up
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, History
from paripassu.values.effects import Effect, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import NO_LIMIT, determined

ESCAPES = "R-CL-NOTW"


def cashless_ratio(market_price: Rational, price_at_exercise: Rational) -> Rational:
    """The part of a share's market price that is above the price of exercise; nothing where it is not above it."""
    return max(ZERO, (market_price - price_at_exercise) / market_price)


def cashless_shares(shares_to_exercise: Rational, cashless_ratio: Rational) -> Rational:
    """The shares that the warrant shares given up are worth, before the fraction is cut off."""
    return shares_to_exercise * cashless_ratio


def room_of_the_limits(exercise_room: Any) -> Any:
    """The limits hold for this way of paying as for the other."""
    return exercise_room


def no_limits() -> Any:
    """This way of paying is free of the limits."""
    return NO_LIMIT


def open_as_for_cash(exercise_is_open: bool) -> bool:
    """The exercise period holds for this way of paying as for the other."""
    return exercise_is_open


def open_until_void(
    on: date, exercise_second: int, exercise_ends: date, exercise_cutoff: int
) -> bool:
    """Open from the start, until before the hour at which the warrant is void."""
    return (on, exercise_second) < (exercise_ends, exercise_cutoff)


def most_for_whole_shares(
    shares_to_exercise: Rational, cashless_ratio: Rational, cashless_room: Any, shares_taken: Rational
) -> Rational:
    """All that is wanted, or the largest whole number of warrant shares whose whole shares fit the room."""
    room = max(0, cashless_room - shares_taken)
    if whole_down(shares_to_exercise * cashless_ratio) <= room:
        return shares_to_exercise
    return min(shares_to_exercise, ZERO + whole_up((room + 1) / cashless_ratio) - 1)


def most_for_rounded_up_shares(
    shares_to_exercise: Rational, cashless_ratio: Rational, cashless_room: Any, shares_taken: Rational
) -> Rational:
    """The same where the fraction is rounded up, so that it has to fit, too."""
    room = max(0, cashless_room - shares_taken)
    if whole_up(shares_to_exercise * cashless_ratio) <= room:
        return shares_to_exercise
    return min(shares_to_exercise, ZERO + whole_down(room / cashless_ratio))


def gross_reduction(shares_exercised: Rational) -> Rational:
    """Every warrant share given up leaves the warrant."""
    return shares_exercised


def net_reduction(shares_on_exercise: Rational) -> Rational:
    """Only the shares issued leave the warrant; the holder keeps the difference."""
    return shares_on_exercise


def priced_when_completed(exercised_on: date) -> date:
    """The date on which the last delivery was made."""
    return exercised_on


def priced_at_the_election(election_received_on: date) -> date:
    """The date on which the written election was received."""
    return election_received_on


@dataclass(frozen=True)
class CashlessExercise(Clause):
    """Shares in proportion to the excess of the market price over the exercise price."""

    readings = (
        Reading(
            ESCAPES, "Does a cashless exercise escape the exercise period and the limits?", "computing",
            {"no": "the words concern the way of paying", "escapes": "it is open at once and without limit"},
        ),
        Reading(
            "R-CL-DATE", "At which date is the market price of a cashless exercise taken?", "computing",
            {"completed": "when the last delivery was made", "election": "when the election was received"},
        ),
        Reading(
            "R-W98-CLREM", "Does a cashless exercise reduce the warrant by gross or by net shares?", "computing",
            {"gross": "the warrant is given up for the net shares", "net": "only what is issued leaves it"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Net shares, what limits them, and what they take out of the warrant."""
        return {
            "cashless_ratio": Formula(cashless_ratio, "shares per share"),
            "cashless_shares": Formula(cashless_shares, "shares"),
            "cashless_room": ByReading(ESCAPES, "shares", {"no": room_of_the_limits, "escapes": no_limits}),
            "cashless_is_open": ByReading(ESCAPES, "yes or no", {"no": open_as_for_cash, "escapes": open_until_void}),
            "cashless_exercisable_shares": ByDate(
                "shares",
                ((None, most_for_whole_shares), ("fraction_funds_lacking_on", most_for_rounded_up_shares)),
            ),
            "cashless_reduction": ByReading("R-W98-CLREM", "shares", {"gross": gross_reduction, "net": net_reduction}),
            "election_received_on": History("date", by="exercise", waits_for="cashless_election"),
            "cashless_price_date": ByReading(
                "R-CL-DATE", "date", {"completed": priced_when_completed, "election": priced_at_the_election}
            ),
        }

    def on_cashless_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The election is dated by its receipt."""
        day = ask.local_clock(fact)[0] if fact.at is not None else fact.effective
        yield Set("election_received_on", fact.details["exercise"], day, role="cashless_shares")
        yield Set("shares_calculated", fact.details["exercise"], fact.details["shares"], role="cashless_shares")

    def on_exercised(self, event: Any, ask: Ask) -> Iterable[Effect]:
        """The holder's own calculation is compared with what the exercise gives."""
        exercise = event.subject
        claimed = ask.state.get(("value", "shares_calculated", exercise))
        if event.details["instrument"] != self.instrument or claimed is None:
            return
        exact = ask("exact_exercise_shares", exercise=exercise)
        if determined(exact) and whole_down(claimed) != whole_down(exact):
            why = f"its calculation says {whole_down(claimed)} shares, the papers give {whole_down(exact)}"
            yield Refuse("cashless_calculation", exercise, why, "cashless_shares",
                         ask.source("exact_exercise_shares", exercise=exercise))
