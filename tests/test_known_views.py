"""Whatever the order of recording, what was known on a day stays byte for byte, and all comes to one statement."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paripassu import booking, service, store
from paripassu.service import Question
from paripassu.submissions import fact_submission
from paripassu.values.entries import Submission
from paripassu.values.problems import Place
from test_booking import at, begun

__all__ = ["begun"]

FIRST, AS_OF, ZONE = date(2026, 3, 2), date(1999, 2, 8), "America/New_York"
STORY: list[dict[str, str]] = [
    {"kind": "beneficial_ownership", "on": "1999-01-04", "holder": "cc-investments", "owned": "0", "acquirable": "0"},
    {"kind": "shares_outstanding", "on": "1999-01-04", "shares": "25000000"},
    {"kind": "notice_of_conversion", "at": "1999-02-01 10:00 America/New_York", "notice": "N1",
     "holder": "cc-investments", "face_amount": "100000", "date_specified": "1999-02-01"},
    {"kind": "split", "on": "1999-01-15", "before": "1", "after": "2"},
    {"kind": "common_issued", "on": "1999-01-20", "holder": "cc-investments", "shares": "1000", "under": "warrant"},
    {"kind": "amendment", "on": "1999-02-01", "instrument": "series-b", "clause": "ownership", "term": "limit_rate",
     "value": "0.099", "unit": "of the common"},
    {"kind": "transfer_agent_position", "on": "1999-02-05", "by": "the agent", "security": "common",
     "holder": "cc-investments", "shares": "900"},
]
"""Facts of which each can be carried out without any other."""


def recorded_on(day: date) -> Any:
    return at(f"{day.isoformat()}T15:00:00")


def submission(row: dict[str, str]) -> Submission:
    return fact_submission({**row, "source": "a made-up story"}, Place("story"), ZONE, "Ann", repr(row))


def told(desk: str, known_at: date | None = None) -> str:
    return service.json_of(service.state(Question(desk, AS_OF, known_at))[1])




def copied(begun: Path, folder: str) -> str:
    for one in begun.iterdir():
        Path(folder, one.name).write_bytes(one.read_bytes())
    return folder


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(STORY), days=st.lists(st.integers(0, 2), min_size=len(STORY), max_size=len(STORY)))
def test_every_earlier_view_stays_and_the_end_is_the_same(
    begun: Path, order: list[dict[str, str]], days: list[int]
) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        desk, plain = copied(begun, one), copied(begun, other)
        day, views = FIRST, {}
        for row, later in zip(order, days, strict=True):
            day += timedelta(days=later)
            with store.Book.open(f"{desk}/deal.book") as book:
                book.append(submission(row), recorded_on(day))
            views[day] = told(desk, day)
        assert {known: told(desk, known) for known in views} == views
        with store.Book.open(f"{plain}/deal.book") as book:
            book.append_many(map(submission, STORY), recorded_on(day))
        assert facts_told(told(desk)) == facts_told(told(plain))


def facts_told(text: str) -> str:
    """A statement without its receipt, and without when we recorded what the agent's books are compared with."""
    return re.sub(r"recorded on \d{4}-\d\d-\d\d", "recorded", text.split('"receipt"')[0])


def test_a_view_that_used_what_was_recorded_later_would_differ(begun: Path, tmp_path: Path) -> None:
    desk = copied(begun, str(tmp_path))
    with store.Book.open(f"{desk}/deal.book") as book:
        book.append(submission(STORY[2]), recorded_on(FIRST))
    before = told(desk, FIRST)
    with store.Book.open(f"{desk}/deal.book") as book:
        book.append(submission(STORY[3]), recorded_on(FIRST))
    # Recorded on the same day it counts on that day, and changes what is due on the notice.
    assert told(desk, FIRST) != before


@pytest.mark.parametrize("late", [STORY[3], STORY[5]])
def test_what_was_recorded_as_done_is_not_undone_by_what_comes_to_light(
    begun: Path, tmp_path: Path, late: dict[str, str]
) -> None:
    desk = copied(begun, str(tmp_path))
    booking.commit(booking.prepare(
        desk, "Ann", recorded_on(FIRST), typed_facts=[{**STORY[4], "source": "story"}]), recorded_on(FIRST))
    issued = [one.quantity for one in held(desk)]
    with store.Book.open(f"{desk}/deal.book") as book:
        book.append(submission({**late, "on": "1999-02-05"}), recorded_on(FIRST + timedelta(days=1)))
    factor = 2 if late["kind"] == "split" else 1
    assert [one.quantity for one in held(desk)] == [quantity * factor for quantity in issued]


def held(desk: str) -> list[Any]:
    made, _ = service.state(Question(desk, AS_OF))
    return [one for one in made.holdings if one.asset == "common"]
