"""Quantities and prices stored before a split, put on the share basis after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, Rational
from paripassu.values.dates import days_after
from paripassu.values.dependence import SPLIT_FACTOR
from paripassu.values.effects import Occur, Set
from paripassu.values.price_events import Split
from paripassu.values.state import State


def restated(state: State, name: str, factor: Rational, role: str) -> Iterator[Set]:
    """A named value of every subject times a factor: the ratio of the split for shares, its inverse for prices."""
    for key in list(state.keys("value", name)):
        yield Set(name, key[2], state.get(key) * factor, role=role)


def split_factor(state: State, place: int | None = None) -> Rational:
    """How many shares one share of the beginning has become, as of a place or now."""
    factor: Rational = state.get(SPLIT_FACTOR, place) or ONE
    return factor


def grown_since(state: State, day: date) -> Rational:
    """How many shares one share outstanding at the end of a day has become."""
    return split_factor(state) / split_factor(state, state.place_at_end_of(day))


def grown_from_exercise(state: State, lot: str, day: date) -> Rational:
    """How many shares one share issued on an exercise of a lot on a day has become.

    Once the exercise price has moved for a split, what is exercised is not split.
    """
    grown = ONE
    for key in state.keys("occurred", "split_effective"):
        split = state.get(key).details
        record_date = split["record_date"]
        if split["date"] > day and not (_is_past(record_date, day) and moved_at_record(state, lot, record_date)):
            grown *= split["ratio"]
    return grown


def moved_at_record(state: State, lot: str, record_date: date) -> bool:
    """Whether the exercise price of a lot moved for a split on the day after its record date."""
    events: tuple[Any, ...] = state.get(("value", "price_events", lot)) or ()
    first = days_after(record_date, 1)
    return any(isinstance(event, Split) and event.day == first for event in events)


def moves_when_effective(state: State, lot: str, record_date: date | None, day: date) -> bool:
    """Whether the exercise price of a lot moves on the effective day of a split.

    Where no record date is stated it does, and where the lot was not there, or did not move yet, when that was past.
    """
    return record_date is None or (_is_past(record_date, day) and not moved_at_record(state, lot, record_date))


def grown_of(state: State, exercise: str, day: date) -> Rational:
    """How many shares one share of an exercise at the end of a day has become."""
    exercised = state.get(("occurred", "exercised", exercise)).details["date"]
    by_itself = state.get(("occurred", "exercise_split", exercise)) is not None
    grown = ONE
    for key in state.keys("occurred", "split_effective"):
        split = state.get(key).details
        record_date = split["record_date"]
        later = by_itself and split["date"] <= exercised and not _is_past(record_date, max(day, exercised))
        if later or (max(day, exercised) < split["date"] and takes_part(state, exercise, record_date)):
            grown *= split["ratio"]
    return grown


def priced_on(state: State, exercise: str, day: date) -> date:
    """The last day, the given one or earlier, whose exercise price is for a share of the exercise as on the given day.

    Once the price has moved for a split that the shares are still to go through, that is the record date.
    """
    effective = (state.get(key).details for key in state.keys("occurred", "split_effective"))
    coming: list[tuple[date, date]] = [(split["date"], split["record_date"]) for split in effective]
    coming += [(fact.effective, fact.details["record_date"]) for fact in state.facts_of_record]
    before = [record_date for first, record_date in coming
              if first > day and _is_past(record_date, day) and takes_part(state, exercise, record_date)]
    return min(day, *before) if before else day


def takes_part(state: State, exercise: str, record_date: date | None) -> bool:
    """Whether the shares of an exercise are split: not where its price had moved for the split when it was made."""
    exercised = state.get(("occurred", "exercised", exercise))
    if record_date is None or exercised is None or not _is_past(record_date, exercised.details["date"]):
        return True
    return not moved_at_record(state, exercised.details["lot"], record_date)


def _is_past(record_date: date | None, day: date) -> bool:
    return record_date is not None and record_date < day


def record_owner(exercised: Occur) -> str:
    """Who became record owner of the shares of an exercise."""
    return str(exercised.details["designee"] or exercised.details["holder"])


def issued(state: State) -> Iterator[tuple[Occur, Any]]:
    """Every exercise that brought shares, with the shares of each in the number they have become."""
    for key in list(state.keys("occurred", "exercised")):
        shares = state.get(("value", "shares_of_exercise", key[2]))
        if shares is not None:
            yield state.get(key), shares


def issued_after(state: State, record_date: date | None) -> Iterator[tuple[Occur, Any]]:
    """The exercises whose shares take no part in a split, with the shares of each."""
    for exercised, shares in issued(state):
        if not takes_part(state, exercised.subject, record_date):
            yield exercised, shares


def issued_within(state: State, first: date, record_date: date) -> Iterator[tuple[Occur, Any]]:
    """The exercises from a split's effective day through its record date, at the price before it, with their shares."""
    for exercised, shares in issued(state):
        if first <= exercised.details["date"] <= record_date:
            yield exercised, shares
