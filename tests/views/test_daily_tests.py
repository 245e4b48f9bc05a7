"""The days on which a daily test had an answer: from the first day tested, and no longer than it was tested."""

from __future__ import annotations

from datetime import date

import pytest

from paripassu.replay import replay
from paripassu.service import Question, load
from paripassu.values.arithmetic import rational
from paripassu.values.facts import fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import Market, Observation
from paripassu.views.statement import statement

DEAL = load(Question("valence-1998"))
HOLDER = "alpha"
FACTS = [
    {"kind": "issuance", "on": "1998-12-18", "instrument": "series-b", "holder": HOLDER, "shares": "7000",
     "lot": "A-1"},
    {"kind": "common_issued", "on": "1999-01-04", "holder": HOLDER, "shares": "1500000", "under": "series-a"},
]
APPROVED = {"kind": "stockholder_approval", "on": "1999-10-20"}
TRANSFERRED = {"kind": "transfer", "on": "1999-10-19", "instrument": "series-b", "holder": HOLDER, "to": "beta",
               "lot": "A-1", "shares": "7000"}
FALLS = (("1999-07-12", "1999-10-05", "6.00"), ("1999-10-06", "1999-10-22", "390/101"))
"""On October 14 six of the ten bids are the low ones: the price falls to 3.90, and the portion becomes short."""


def spans(test: str, of: str, *more: dict[str, str], as_of: str = "1999-10-22") -> list[tuple[str, str, str]]:
    calendar = DEAL.market.calendars.get("us-exchange")
    bids = tuple(
        Observation("closing_bid", day, rational(bid), "test", Grade.ILLUSTRATIVE)
        for first, last, bid in FALLS for day in calendar.between(date.fromisoformat(first), date.fromisoformat(last))
    )
    facts = [fact_from({"source": "test", **row}, DEAL.agreement.zone) for row in (*FACTS, *more)]
    done = replay(DEAL.agreement, facts, Market(bids, DEAL.market.calendars), date.fromisoformat(as_of))
    made = statement(done, facts, 0)
    return [(str(one.first), str(one.last), one.answer) for one in made.tests if (one.test, one.subject) == (test, of)]


def test_the_days_on_which_the_cap_portion_sufficed_are_listed_from_the_first_day_tested() -> None:
    assert spans("cap_test", HOLDER, as_of="1999-07-27") == []
    assert spans("cap_test", HOLDER, as_of="1999-07-28") == [("1999-07-28", "1999-07-28", "no")]
    assert spans("cap_test", HOLDER) == [
        ("1999-07-28", "1999-10-13", "no"), ("1999-10-14", "1999-10-22", "yes"),
    ]


def test_once_the_cap_is_lifted_no_day_is_tested() -> None:
    assert spans("cap_test", HOLDER, APPROVED) == [
        ("1999-07-28", "1999-10-13", "no"), ("1999-10-14", "1999-10-19", "yes"),
    ]


def test_whoever_has_no_shares_yet_is_not_tested() -> None:
    assert spans("cap_test", "beta") == []
    first, *_ = spans("cap_test", "beta", TRANSFERRED)
    assert first[0] == "1999-10-19"


@pytest.mark.parametrize("more", [(), (APPROVED,)])
def test_the_reserve_is_tested_on_after_the_cap_is_lifted(more: tuple[dict[str, str], ...]) -> None:
    assert spans("reserve_test", "", *more)[-1][1] == "1999-10-22"
