"""When a warrant may be exercised that runs to an hour of a day but takes exercises on business days only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.bindings import Binding, ByReading, DayOfPoint, Formula
from paripassu.values.calendars import Calendar
from paripassu.values.dates import Instant, days_excluding_first, instant_at, instant_of
from paripassu.values.effects import Due, Effect, Lapse, Move, Occur
from paripassu.values.moments import Place, moment
from paripassu.values.parties import EXPIRED
from paripassu.values.terms import Ask, Clause, Reading, TermSpec

LAST_DAY = "R-W05-LASTBD"
MIDNIGHT = 0
"""Second of the day at which a day begins."""


def at_standard_time(
    expiration_date: date, expiration_second: int, standard_zone: str, exercise_zone: str
) -> Instant:
    """The hour of the last day at the fixed distance from universal time that "standard" names."""
    return instant_of(instant_at(expiration_date, expiration_second, standard_zone).utc, exercise_zone)


def at_prevailing_time(
    expiration_date: date, expiration_second: int, prevailing_zone: str, exercise_zone: str
) -> Instant:
    """The hour of the last day as clocks there show it, daylight time in summer."""
    return instant_of(instant_at(expiration_date, expiration_second, prevailing_zone).utc, exercise_zone)


def within_the_term(term_ends_at: Instant, exercise_day_ends_at: Instant) -> Instant:
    """The end of the term; the later hour of the manner of exercise is subject to it."""
    return min(term_ends_at, exercise_day_ends_at)


def at_the_later_hour(exercise_day_ends_at: Instant) -> Instant:
    """The hour that the manner of exercise names on the last day."""
    return exercise_day_ends_at


def exercise_day_ends_at(expiration_date: date, exercise_second: int, exercise_zone: str) -> Instant:
    """The hour that the manner of exercise names on the expiration date."""
    return instant_at(expiration_date, exercise_second, exercise_zone)


def last_business_day(expiration_date: date, exercise_days: Calendar) -> date:
    """The expiration date, or the business day before it where it is none."""
    return expiration_date if exercise_days.is_open(expiration_date) else exercise_days.previous_open(expiration_date)


def the_date_itself(expiration_date: date) -> date:
    """The expiration date, business day or not."""
    return expiration_date


def next_business_day(expiration_date: date, exercise_days: Calendar) -> date:
    """The expiration date, or the business day after it where it is none, as a statute on Sundays would have it."""
    return expiration_date if exercise_days.is_open(expiration_date) else exercise_days.next_open(expiration_date)


def exercise_closes_at(
    last_exercise_day: date, expiration_date: date, expires_at: Instant, exercise_zone: str
) -> Instant:
    """The end of the last day where it comes before the expiry, else the hour of expiry on the last day."""
    if last_exercise_day < expiration_date:
        return instant_at(last_exercise_day + timedelta(days=1), MIDNIGHT, exercise_zone)
    clock = expires_at.local(exercise_zone) + (last_exercise_day - expiration_date)
    return instant_of(clock, exercise_zone)


def exercise_is_open(on: date, issue_date: date, last_exercise_day: date, exercise_days: Calendar) -> bool:
    """From the day of issue through the last day, business days only; the last day counts whatever it is."""
    return on == last_exercise_day or (issue_date <= on < last_exercise_day and exercise_days.is_open(on))


def days_to_expiry(on: date, expiration_date: date) -> int:
    """Calendar days from the date asked about to the expiration date."""
    return days_excluding_first(on, expiration_date)


def exercisable_shares(shares_to_exercise: Any, exercise_is_open: bool) -> Any:
    """How many of the shares wanted may be bought today: all on a day open for exercise, none on another."""
    return shares_to_exercise if exercise_is_open else shares_to_exercise * 0


def exercise_begins(on: date, issue_date: date, last_exercise_day: date, exercise_days: Calendar) -> date:
    """The first day, of the date asked about and those after it, on which it may be exercised; else the last one."""
    earliest = max(on, issue_date)
    if earliest < last_exercise_day and not exercise_days.is_open(earliest):
        earliest = exercise_days.next_open(earliest)
    return min(earliest, last_exercise_day)


@dataclass(frozen=True)
class ExerciseTerm(Clause):
    """Exercisable on business days from issue to an hour of the expiration date; then what is left is void."""

    terms = {
        "issue_date": TermSpec("date", "date", "first day on which it may be exercised"),
        "expiration_date": TermSpec("date", "date", "the day on which it expires"),
        "expiration_second": TermSpec("time", "second of the day", "the hour of that day at which it expires"),
        "standard_zone": TermSpec("zone", "zone", "the clock of the hour, read as standard time"),
        "prevailing_zone": TermSpec("zone", "zone", "the clock of the hour, read as prevailing time"),
        "exercise_second": TermSpec("time", "second of the day", "the hour before which an exercise is made"),
        "exercise_zone": TermSpec("zone", "zone", "the clock of that hour, on which the dates of exercises are told"),
        "exercise_days": TermSpec("calendar", "calendar", "the days on which it may be exercised"),
    }
    readings = (
        Reading(
            "R-W05-PST", "Is a standard time named in summer the standard or the prevailing time?", "computing",
            {"standard time": "the hour as written, eight hours behind universal time",
             "prevailing time": "the hour that clocks there show, an hour earlier"},
        ),
        Reading(
            "R-W05-EXPTIME", "Two hours are named for the last day: which one ends the right?", "computing",
            {"end of the term": "the manner of exercise is subject to the term",
             "hour of exercise": "the later hour named for exercises"},
        ),
        Reading(
            LAST_DAY, "Which day is the last for exercise where the expiration date is no business day?", "computing",
            {"business day before": "exercise is on business days, and nothing extends the term",
             "expiration date": "the date itself, business day or not",
             "business day after": "New York's General Construction Law, section 25, on performance due on a Sunday"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The instants and days at which the right ends, and whether it is open on a day."""
        return {
            "on": DayOfPoint(),
            "term_ends_at": ByReading(
                "R-W05-PST", "instant", {"standard time": at_standard_time, "prevailing time": at_prevailing_time}
            ),
            "exercise_day_ends_at": Formula(exercise_day_ends_at, "instant"),
            "expires_at": ByReading(
                "R-W05-EXPTIME", "instant",
                {"end of the term": within_the_term, "hour of exercise": at_the_later_hour},
            ),
            "last_exercise_day": ByReading(
                LAST_DAY, "date",
                {"business day before": last_business_day, "expiration date": the_date_itself,
                 "business day after": next_business_day},
            ),
            "exercise_closes_at": Formula(exercise_closes_at, "instant"),
            "exercise_is_open": Formula(exercise_is_open, "yes or no"),
            "exercise_begins": Formula(exercise_begins, "date"),
            "days_to_expiry": Formula(days_to_expiry, "days"),
            "exercisable_shares": Formula(exercisable_shares, "shares"),
        }

    def after_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The last day for exercise and the expiry itself are on the agenda from the issuance."""
        if event.details["instrument"] != self.instrument:
            return
        lot = event.subject
        yield Due(moment(ask("last_exercise_day"), Place.END_OF_DAY), "last_exercise_day_passed", lot,
                  f"last day to exercise warrant {lot}", "what is not exercised is lost", "last_exercise_day")
        closes = max(ask("expires_at"), ask("exercise_closes_at")).local(self.values["exercise_zone"].value)
        second = closes.hour * 3600 + closes.minute * 60 + closes.second
        yield Due(moment(closes.date(), Place.CLOSE_OF_BUSINESS, second), "warrant_expires", lot,
                  f"warrant {lot} expires", "", "expires_at")

    def on_warrant_expires(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """What was not exercised is void, and no new paper is owed for it."""
        lot = due.subject
        for holder in ask.state.holders(self.instrument):
            left = ask.state.position(self.instrument, holder, lot)
            if left != 0:
                yield Move(self.instrument, holder, EXPIRED, left, lot, role="expires_at")
                yield Occur("warrant_expired", lot, {"holder": holder}, "expires_at")
        for owed in list(ask.state.obligations(duty="deliver_new_warrant")):
            if owed.status == "open" and owed.at["lot"] == lot:
                yield Lapse(owed.duty, owed.subject, "the rights have expired", "expires_at")
