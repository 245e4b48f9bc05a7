"""Where in the life of a deal something happens: the date and the place in the day's order.

A fact whose instant is known stands at that instant. A fact known only by its date stands at the place the table
gives its kind. Every place has its reason, because the order of a day is law, not convenience.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from typing import NamedTuple


class Place(Enum):
    """The order of a day.

    ``rank`` is the position in the order, lower is earlier; ``second`` the nominal second of the day, in the deal's
    zone, for what has no instant of its own; ``reason`` why the place stands where it does.
    """

    OPENING = (0, 0, "a dated provision comes into force at the first instant of its date")
    CORPORATE_ACTION = (1, 0, "a split is effective, and prices are quoted ex, before anything else of its date")
    REPORT = (2, 0, "a reported figure states the position with which its date begins")
    ISSUANCE = (3, 0, "securities exist before anything is done with them")
    ALLOCATION = (4, 0, "accounts are allocated once all securities of the closing are issued")
    TRANSFER = (5, 0, "a transfer is entered before the papers the new holder delivers that day")
    PAPER = (6, 12 * 3600, "a paper known only by its date is taken as received in the course of the day")
    ACT = (7, 12 * 3600 + 1, "an act of the day answers the papers received that day")
    CLOSE_OF_BUSINESS = (8, 17 * 3600, "a converting holder is of record at the close of business")
    DAILY_TEST = (9, 17 * 3600 + 1, "a day's test reads the register as it stands at that day's close of business")
    END_OF_DAY = (10, 24 * 3600, "a period that ends with a day ends with its last instant")

    def __init__(self, rank: int, second: int, reason: str) -> None:
        self.rank = rank
        self.second = second
        self.reason = reason


_date = cache(date.fromordinal)
"""One object for each date, of which a story of years keeps thousands."""


class Moment(NamedTuple):
    """A point in the order of events: proleptic day number, second of the day, rank of the place."""

    day: int
    second: int
    rank: int

    @property
    def date(self) -> date:
        """The calendar date, in the deal's zone."""
        return _date(self.day)


def moment(day: date, place: Place, second: int | None = None) -> Moment:
    """The moment at a place of a day; ``second`` where the instant is known (in the deal's zone)."""
    return Moment(day.toordinal(), place.second if second is None else second, place.rank)


def end_of(day: date) -> Moment:
    """After everything else of the day."""
    return Moment(day.toordinal(), Place.END_OF_DAY.second, Place.END_OF_DAY.rank + 1)
