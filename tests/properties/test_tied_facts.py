"""Facts of one moment: their order must not matter, or the one who records them must say it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from stories import Row, Story

from paripassu.values.problems import Problem, ProblemKind

ISSUED: tuple[Row, ...] = tuple(
    {"kind": "issuance", "on": "1998-12-18", "instrument": "series-b", "holder": holder, "shares": "1000", "lot": lot,
     "source": "story"}
    for holder, lot in (("alpha", "L1"), ("beta", "L2"))
)


DAY = "1999-01-05"


def told(*rows: Row) -> Story:
    """Two issuances, and what is given besides."""
    return Story((*ISSUED, *({"source": "story", **row} for row in rows)), (), date(1999, 2, 28))


def owned(holder: str, shares: int, **when: str) -> Row:
    return {"kind": "beneficial_ownership", "holder": holder, "owned": str(shares), "acquirable": "0", **when}


def transfer(holder: str, to: str, lot: str, shares: int, **when: str) -> Row:
    return {"kind": "transfer", "instrument": "series-b", "holder": holder, "to": to, "lot": lot,
            "shares": str(shares), **when}


@pytest.mark.parametrize("turned", [False, True])
def test_two_reports_of_one_day_that_differ_are_a_problem_that_names_both(turned: bool) -> None:
    rows = [owned("alpha", 100, on="1999-01-05"), owned("alpha", 200, on="1999-01-05")]
    with pytest.raises(Problem) as raised:
        told(*(reversed(rows) if turned else rows)).replayed()
    assert raised.value.kind is ProblemKind.AMBIGUOUS_ORDER
    assert "own 100 shares" in raised.value.what and "own 200 shares" in raised.value.what
    assert "1999-01-05" in raised.value.what


def test_two_equal_reports_are_no_problem() -> None:
    told(owned("alpha", 100, on="1999-01-05"), owned("alpha", 100, on="1999-01-05")).replayed()


def test_reports_on_two_holders_are_no_problem() -> None:
    told(owned("alpha", 100, on="1999-01-05"), owned("beta", 200, on="1999-01-05")).replayed()


def test_the_time_of_day_settles_the_order() -> None:
    done = told(owned("alpha", 100, at="1999-01-05 10:00 America/New_York"),
                owned("alpha", 200, at="1999-01-05 09:00 America/New_York")).replayed()
    assert done.state.get(("value", "owned_reported", "alpha")) == 100


def test_two_facts_of_one_instant_are_tied_like_two_of_one_day() -> None:
    at = "1999-01-05 10:00 America/New_York"
    with pytest.raises(Problem) as raised:
        told(owned("alpha", 100, at=at), owned("alpha", 200, at=at)).replayed()
    assert raised.value.kind is ProblemKind.AMBIGUOUS_ORDER


def test_a_tie_is_seen_although_another_fact_stands_between() -> None:
    rows = [owned("alpha", 100, on="1999-01-05"), owned("beta", 150, on="1999-01-05"),
            owned("alpha", 200, on="1999-01-05")]
    with pytest.raises(Problem) as raised:
        told(*rows).replayed()
    assert "own 100 shares" in raised.value.what and "own 200 shares" in raised.value.what


def test_transfers_of_one_lot_in_a_chain_are_ambiguous_when_only_one_order_is_possible() -> None:
    rows = [transfer("gamma", "beta", "L1", 400, on=DAY), transfer("alpha", "gamma", "L1", 400, on=DAY)]
    with pytest.raises(Problem) as raised:
        told(*rows).replayed()
    assert raised.value.kind is ProblemKind.AMBIGUOUS_ORDER


def test_transfers_impossible_in_either_order_are_impossible() -> None:
    rows = [transfer("alpha", "gamma", "L1", 700, on=DAY), transfer("alpha", "beta", "L1", 600, on=DAY)]
    with pytest.raises(Problem) as raised:
        told(*rows).replayed()
    assert raised.value.kind is ProblemKind.IMPOSSIBLE_FACT


def test_transfers_of_one_lot_to_two_holders_may_stand_in_either_order() -> None:
    # Each share carries a thousandth of the portion it came with, whichever goes first.
    rows = [transfer("alpha", "gamma", "L1", 300, on=DAY), transfer("alpha", "delta", "L1", 200, on=DAY)]
    state = told(*rows).replayed().state
    assert [state.total("series-b", one) for one in ("alpha", "gamma", "delta")] == [500, 300, 200]


def test_a_tie_after_the_date_asked_about_is_not_yet_a_problem() -> None:
    story = told(owned("alpha", 100, on="1999-03-05"), owned("alpha", 200, on="1999-03-05"))
    story.replayed()
    with pytest.raises(Problem):
        replace(story, as_of=date(1999, 3, 5)).replayed()


def test_without_the_check_the_content_would_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away, the guard lets one order through in silence: what the tests above rest on."""
    monkeypatch.setattr("paripassu.replay._check_ties", lambda *_: None)
    rows: list[Any] = [owned("alpha", 200, on="1999-01-05"), owned("alpha", 100, on="1999-01-05")]
    first, second = told(*rows).replayed(), told(*reversed(rows)).replayed()
    key = ("value", "owned_reported", "alpha")
    assert first.state.get(key) == second.state.get(key)
