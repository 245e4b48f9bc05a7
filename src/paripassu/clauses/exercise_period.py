"""When a warrant may be exercised: from a date until an hour of another, on the clock of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.bindings import Binding, ByReading, DayOfPoint, Formula, History
from paripassu.values.dates import days_excluding_first
from paripassu.values.effects import Due, Effect, Move, Occur
from paripassu.values.moments import Place, moment
from paripassu.values.parties import EXPIRED
from paripassu.values.terms import Ask, Clause, Reading, TermSpec


def open_before_the_hour(
    on: date, exercise_second: int, exercise_begins: date, exercise_ends: date, exercise_cutoff: int
) -> bool:
    """From the first date, included, until before the hour of the last date; the hour itself is too late."""
    return exercise_begins <= on and (on, exercise_second) < (exercise_ends, exercise_cutoff)


def open_through_the_hour(
    on: date, exercise_second: int, exercise_begins: date, exercise_ends: date, exercise_cutoff: int
) -> bool:
    """From the first date, included, through the hour of the last date; the second after it is too late."""
    return exercise_begins <= on and (on, exercise_second) <= (exercise_ends, exercise_cutoff)


def days_to_expiry(on: date, exercise_ends: date) -> int:
    """Calendar days from the date asked about to the last date of the exercise period."""
    return days_excluding_first(on, exercise_ends)


@dataclass(frozen=True)
class ExercisePeriod(Clause):
    """The exercise period; what is not exercised when it ends is void."""

    terms = {
        "exercise_begins": TermSpec("date", "date", "first day of the exercise period"),
        "exercise_ends": TermSpec("date", "date", "last day of the exercise period"),
        "exercise_cutoff": TermSpec("time", "second of the day", "the hour of the last day at which it ends"),
    }
    readings = (
        Reading(
            "R-W98-5PM", "Is an exercise completed exactly at the closing hour in time?", "computing",
            {"before the hour": "the period ends before it", "through the hour": "the paper is void only after it"},
        ),
        Reading(
            "R-W98-SUNDAY", "Is an exercise on a last day that is no business day in time?", "textual",
            {"effective": "if everything is done before the hour", "next business day": "no such words are written"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Whether it may be exercised at an instant, and how long still."""
        return {
            "on": DayOfPoint(),
            "exercise_second": History("second of the day", by="exercise"),
            "exercise_is_open": ByReading(
                "R-W98-5PM", "yes or no",
                {"before the hour": open_before_the_hour, "through the hour": open_through_the_hour},
            ),
            "days_to_expiry": Formula(days_to_expiry, "days"),
        }

    def after_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The first day, the last business day, and the hour at which the warrant is void."""
        if event.details["instrument"] != self.instrument:
            return
        begins, ends = self.values["exercise_begins"].value, self.values["exercise_ends"].value
        if begins > ask.now_day:
            yield Due(moment(begins, Place.OPENING), "exercise_period_begins", event.subject,
                      f"warrant {event.subject} becomes exercisable", role="period")
        business_days = ask.calendar("business_days")
        if not business_days.is_open(ends):
            yield Due(moment(business_days.previous_open(ends), Place.END_OF_DAY), "last_business_day", event.subject,
                      f"last business day before warrant {event.subject} is void", role="period")
        hour = int(self.values["exercise_cutoff"].value)
        expires = ask.moment_at(ends, hour, Place.CLOSE_OF_BUSINESS)
        clock = f"{hour // 3600:02d}:{hour // 60 % 60:02d}"
        what = f"warrant {event.subject} is void ({clock} on the clock its paper names)"
        yield Due(expires, "exercise_period_ends", event.subject, what, "what is not exercised is lost", "period")

    def on_exercise_period_ends(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """What was not exercised is void."""
        lost = [(holder, ask.state.position(self.instrument, holder, due.subject))
                for holder in ask.state.holders(self.instrument)]
        for holder, quantity in lost:
            if quantity != 0:
                yield Move(self.instrument, holder, EXPIRED, quantity, due.subject, role="period")
                yield Occur("warrant_expired", due.subject, {"holder": holder}, "period")
