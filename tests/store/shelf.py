"""What the tests of books share: a clock that counts, and submissions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from paripassu import codec
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import EntryKind, Evidence, Submission

DEAL = "a-deal"
START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def ticking() -> Callable[[], Instant]:
    """A clock that is a second further on each time it is looked at."""
    seconds = iter(range(10**9))
    return lambda: instant_of(START + timedelta(seconds=next(seconds)), "UTC")


def standing() -> Instant:
    """A clock that has stopped."""
    return instant_of(START, "UTC")


def fact(number: int, key: str = "", shares: int = 1) -> Submission:
    """A made-up fact; ``shares`` is what the tests of limits add up."""
    body = codec.canonical({"n": str(number), "shares": str(shares)})
    return Submission(EntryKind.FACT, date(1999, 2, 5), "desk", body, key, Evidence("a letter", "0" * 64))
