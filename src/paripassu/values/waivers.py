"""Waivers of a duty: who can give one, and the days on which a duty was waived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeAlias

from paripassu.values.effects import Occur
from paripassu.values.state import Obligation, State

Waived: TypeAlias = tuple[tuple[date, date | None], ...]
"""The days on which something was waived: each from the day after one date through another; none: for good."""

ByHolder: TypeAlias = tuple[tuple[str, date | None], ...]
"""Who waived, and through which day; none: for good."""

DELIVER = "deliver_common"
"""The duty to deliver the shares of a notice of conversion; its subject is the notice."""

TOGETHER = ("holders", "all holders", "every holder")
"""Creditors that are not one person: a duty owed to all who hold the instrument."""


def why_not(owed: Obligation, by: str, holders: Iterable[str]) -> str:
    """Why a waiver by somebody has no effect on a duty; empty where it has.

    Who waives gives up what is its own: the creditor can, and of a duty owed to the holders together each for itself.
    """
    if by == owed.creditor or (owed.creditor in TOGETHER and by in holders):
        return ""
    return f"{owed.id} is owed to {owed.creditor}: {by} cannot waive it"


def waived_by_all(given: ByHolder, creditor: str, holders: Iterable[str], day: date) -> bool:
    """Whether on a day the creditor has waived, or each of the holders that a duty is owed to together."""
    running = {by for by, until in given if until is None or until >= day}
    return creditor in running or (creditor in TOGETHER and running.issuperset(holders))


def also(given: ByHolder, by: str, until: date | None) -> ByHolder:
    """Who has waived once somebody does, through a day or for good; of two waivers of one person the longer runs."""
    ends = dict(given)
    earlier = ends.get(by, until)
    ends[by] = None if until is None or earlier is None else max(until, earlier)
    return tuple(sorted(ends.items()))


def begun(waived: Waived, day: date) -> Waived:
    """The days waived where a waiver begins on a day, which is the first of them."""
    return (*waived, (day - timedelta(days=1), None))


def ended(waived: Waived, day: date) -> Waived:
    """The days waived where the waiver that runs ends with a day, which is the last of them."""
    return (*waived[:-1], (waived[-1][0], day))


def within(waived: Waived, first_excluded: date, last_included: date) -> tuple[tuple[date, date], ...]:
    """The days waived after one date up to and including another."""
    cut = ((max(after, first_excluded), last_included if last is None else min(last, last_included))
           for after, last in waived)
    return tuple((after, last) for after, last in cut if after < last)


def days_waived(waived: Waived, first_excluded: date, last_included: date) -> int:
    """How many days were waived after one date up to and including another."""
    return sum((last - after).days for after, last in within(waived, first_excluded, last_included))


def is_waived(waived: Waived, day: date) -> bool:
    """Whether a day was waived."""
    return bool(within(waived, day - timedelta(days=1), day))


def first_not_waived(waived: Waived, first_excluded: date) -> date | None:
    """The date after which the first day that was not waived comes; None where all that come are waived for good."""
    for after, last in waived:
        if after <= first_excluded and (last is None or last > first_excluded):
            if last is None:
                return None
            first_excluded = last
    return first_excluded


def delivery_is_waived(notice: str, state: State) -> bool:
    """Whether the delivery of the shares of a notice is waived now."""
    owed = state.obligation(DELIVER, notice)
    return owed is not None and owed.status == "waived"


def default_waived_until(event: Occur, state: State) -> str:
    """The notice whose delivery was waived until now and had defaulted; empty where something else was waived."""
    duty, notice = event.details["duty"], str(event.details["subject"])
    return notice if duty == DELIVER and state.get(("occurred", "conversion_default", notice)) is not None else ""
