"""A higher bid never lowers a price that follows the market, and never raises the number of shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import CALENDARS, QUICK, Story

ISSUED = {"kind": "issuance", "on": "1998-12-18", "instrument": "series-b", "holder": "alpha", "shares": "7500",
          "lot": "L1", "source": "story"}
ASKED = date(1999, 9, 1)
DAYS = CALENDARS.get("us-exchange").window(10, ASKED)
TICKS = st.lists(st.integers(16, 640), min_size=10, max_size=10)


def bidding(ticks: list[int]) -> Story:
    """Ten bids before the date asked about, in thirty-seconds."""
    return Story((ISSUED,), tuple(zip(DAYS, (f"{tick}/32" for tick in ticks), strict=True)), ASKED)


@settings(QUICK, max_examples=20)
@given(TICKS, st.integers(0, 9), st.integers(0, 320))
def test_a_higher_bid_never_lowers_the_price_nor_raises_the_shares(ticks: list[int], which: int, more: int) -> None:
    raised = [tick + more * (index == which) for index, tick in enumerate(ticks)]
    low, high = (bidding(one).replayed().names["series-b"] for one in (ticks, raised))
    for price in ("lowest_bids_mean", "variable_conversion_price", "conversion_price"):
        assert low(price) <= high(price)
    for shares in ("shares_per_preferred", "shares_issuable", "coverage_target"):
        assert low(shares) >= high(shares)
    assert low("reserve_is_short") >= high("reserve_is_short")
    assert low("exchange_cap_room", holder="alpha") == high("exchange_cap_room", holder="alpha")


@settings(QUICK, max_examples=20)
@given(TICKS, st.integers(0, 9))
def test_bounds_of_a_missing_bid_hold_whatever_it_was(ticks: list[int], which: int) -> None:
    known = bidding(ticks)
    missing = replace(known, bids=tuple(bid for index, bid in enumerate(known.bids) if index != which))
    asked, answer = (one.replayed().names["series-b"]("shares_issuable") for one in (missing, known))
    low, high = getattr(asked, "low", asked), getattr(asked, "high", asked)
    assert low <= answer <= high


def test_a_bid_too_high_to_be_among_the_lowest_need_not_be_known() -> None:
    # Nine bids at or under 4: the mean of the six lowest is 4 only if the tenth is not below; at 6.03 fixed the price
    # is then 4 x 1.01; a missing tenth bid leaves it open, one on the seventh place does not.
    missing_one = replace(bidding([128] * 10), bids=bidding([128] * 10).bids[1:])
    names = missing_one.replayed().names["series-b"]
    value = names("conversion_price")
    # With the tenth bid at nothing five of the lowest are 4 and one is 0; at its highest all six are 4.
    assert value.high == names.evaluator("markup")(names.point(None, None, {})) * 4
    assert value.low < value.high
    before = replace(missing_one, as_of=ASKED - timedelta(days=60)).replayed().names["series-b"]
    assert before("fixed_conversion_price") == missing_one.replayed().names["series-b"]("fixed_conversion_price")
