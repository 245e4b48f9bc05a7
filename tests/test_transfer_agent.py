"""The transfer agent's books beside ours: an assertion that changes nothing, with what may explain the difference."""

from __future__ import annotations

from typing import Any

import pytest

from paripassu import booking, service
from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.views.agent import Assertion
from test_booking import TUESDAY, begun, desk

__all__ = ["begun", "desk"]

OWNED = {"kind": "beneficial_ownership", "on": "1999-01-04", "holder": "cc-investments", "owned": "0",
         "acquirable": "0", "source": "the holder's letter"}
MANY = {"kind": "shares_outstanding", "on": "1999-01-04", "shares": "25000000", "source": "made up"}
NOTICE = {"kind": "notice_of_conversion", "at": "1999-02-01 10:00 America/New_York", "notice": "N1",
          "holder": "cc-investments", "face_amount": "100000", "date_specified": "1999-02-01", "source": "fax log"}
DUE = 16_707
"""45 days of premium: 100 x (1000 + 60 x 45/365) / 6.03 = 16,706.42, up to the next whole share."""
DELIVERED = {"kind": "shares_delivered", "on": "1999-02-04", "notice": "N1", "shares": str(DUE), "source": "agent"}


def position(shares: int, day: str, security: str = "common") -> dict[str, str]:
    return {"kind": "transfer_agent_position", "on": day, "by": "the agent", "security": security,
            "holder": "cc-investments", "shares": str(shares), "source": "the agent's list"}


def compared(desk: str, *facts: dict[str, str], day: str = "1999-02-08") -> tuple[Assertion, ...]:
    rows: list[dict[str, Any]] = [OWNED, MANY, NOTICE, *facts]
    booking.commit(booking.prepare(desk, "Ann", TUESDAY, typed_facts=rows), TUESDAY)
    return service.state(Question(desk, parse_date(day)))[0].beside.agent


def recorded_in(desk: str) -> str:
    return service.json_of(service.state(Question(desk, parse_date("1999-02-08")))[1])


@pytest.mark.parametrize(("shares", "day", "difference"), [
    (DUE, "1999-02-05", 0), (0, "1999-02-03", -DUE), (0, "1999-01-29", 0), (DUE + 5, "1999-02-05", 5),
])
def test_theirs_is_compared_with_our_position_at_the_end_of_that_day(
    desk: str, shares: int, day: str, difference: int
) -> None:
    (one,) = compared(desk, DELIVERED, position(shares, day))
    assert one.difference == difference
    assert bool(one.candidates) == (shares == 0 and day == "1999-02-03")


def test_shares_converted_and_not_yet_delivered_explain_what_they_do_not_show(desk: str) -> None:
    (one,) = compared(desk, DELIVERED, position(0, "1999-02-03"))
    (candidate,) = one.candidates
    assert candidate.quantity == -DUE
    assert candidate.says == (
        "notice N1 was converted with 16,707 shares undelivered, 16,707 of them delivered on 1999-02-04"
    )
    assert "together the whole difference" in recorded_in(desk)


def test_what_we_recorded_only_later_may_not_be_in_their_books(desk: str) -> None:
    late = {"kind": "common_issued", "on": "1999-01-20", "holder": "cc-investments", "shares": "1000",
            "under": "warrant", "source": "a letter"}
    (one,) = compared(desk, late, position(0, "1999-01-29"))
    assert (one.ours, one.difference) == (1000, -1000)
    assert [each.quantity for each in one.candidates] == [-1000]
    assert "recorded on 2026-03-03" in one.candidates[0].says


def test_preferred_shares_stay_in_their_books_until_the_certificates_arrive(desk: str) -> None:
    arrived = {"kind": "certificates_delivered", "on": "1999-02-05", "notice": "N1", "source": "courier"}
    before = position(7500, "1999-02-02", "series-b")
    (one,) = compared(desk, arrived, before)
    assert (one.ours, one.difference) == (7400, 100)
    assert [(each.says, each.quantity) for each in one.candidates] == [
        ("the certificates for notice N1 had not reached the Company", 100)
    ]


def test_only_the_latest_statement_of_a_holder_is_compared_and_totals_apart(desk: str) -> None:
    total = {"kind": "transfer_agent_total", "on": "1999-02-05", "by": "the agent", "security": "common",
             "shares": str(26_704_073 + 10), "source": "the agent's list"}
    made = compared(desk, DELIVERED, position(1, "1999-02-02"), position(DUE, "1999-02-05"), total)
    assert [(one.day, one.holder) for one in made] == [
        (parse_date("1999-02-05"), "cc-investments"), (parse_date("1999-02-05"), ""),
    ]
    # The company reported 26,704,073 shares on that very day, the converted ones among them.
    assert made[1].difference == 10


def test_an_assertion_changes_no_position_and_is_recorded_whatever_it_says(desk: str) -> None:
    (one,) = compared(desk, position(99_999_999, "1999-02-05"))
    assert one.ours == DUE
    holdings = service.state(Question(desk, parse_date("1999-02-08")))[0].holdings
    assert [each.quantity for each in holdings if each.asset == "common"] == [DUE]
