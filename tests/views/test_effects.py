"""How far two values are apart, what counts in dollars and what counts once, on values worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from paripassu.values.arithmetic import ratio
from paripassu.values.calendars import Calendar, Calendars
from paripassu.values.grades import Grade
from paripassu.values.market import Market, Observation
from paripassu.values.undetermined import LARGEST, Need, Undetermined
from paripassu.views.effects import COMMON, Change, apart, descending, in_dollars, in_shares, priced, size

BID, OWNED = frozenset({Need("closing_bid")}), frozenset({Need("beneficial_ownership")})


def between(low: Any, high: Any, needs: frozenset[Need] = BID) -> Undetermined:
    return Undetermined(needs, low, high)


def bounds(value: Any) -> tuple[Any, Any]:
    assert isinstance(value, Undetermined)
    return value.low, value.high


def change(dollars: Any = None, by: Any = None, measure: str = COMMON, once: tuple[str, ...] = ()) -> Change:
    return Change("shares", "shares", None, None, by, measure, dollars, None, once)


def test_known_values_are_apart_by_the_second_less_the_first() -> None:
    assert apart(ratio(10), ratio(7)) == -3


def test_what_waits_for_the_same_is_compared_end_for_end() -> None:
    assert bounds(apart(between(0, 100), between(0, 90))) == (-10, 0)
    assert bounds(apart(between(10, 100), between(12, 105))) == (2, 5)


def test_a_difference_that_is_the_same_at_both_ends_is_known() -> None:
    assert apart(between(10, 100), between(13, 103)) == 3


def test_what_waits_for_different_things_is_as_far_apart_as_it_can_be() -> None:
    assert bounds(apart(between(0, 100), between(40, 50, OWNED))) == (40 - 100, 50 - 0)
    assert bounds(apart(between(0, 100), ratio(30))) == (30 - 100, 30)
    assert apart(between(0, 100), between(40, 50, OWNED)).needs == BID | OWNED


def test_an_end_that_is_only_the_edge_of_the_conceivable_is_no_bound() -> None:
    assert bounds(apart(between(0, LARGEST), between(5, LARGEST))) == (None, None)
    assert bounds(apart(between(0, LARGEST, OWNED), ratio(8))) == (None, 8)


@pytest.mark.parametrize(("before", "after"), [
    (True, False), ("open", "breached"), (None, ratio(1)), (date(1999, 1, 1), date(1999, 1, 2)), ((), (ratio(1),)),
])
def test_what_is_no_number_has_no_difference(before: Any, after: Any) -> None:
    assert apart(before, after) is None


@pytest.mark.parametrize(("value", "low", "high"), [
    (between(-10, 0), 0, 10), (between(-10, -4), 4, 10), (between(2, 5), 2, 5), (between(-3, 8), 0, 8),
    (between(None, 8), 0, None), (between(None, None), 0, None),
])
def test_the_size_of_a_difference_forgets_its_sign(value: Undetermined, low: Any, high: Any) -> None:
    assert bounds(size(value)) == (low, high)
    assert size(ratio(-7)) == 7


def test_gains_and_losses_are_added_up_without_their_sign() -> None:
    assert in_dollars([change(ratio(100)), change(ratio(-30)), change(None, 5)]) == 130
    assert bounds(in_dollars([change(ratio(100)), change(between(-30, 0))])) == (100, 130)
    assert in_dollars([]) == 0


def test_of_changes_of_the_same_shares_only_the_largest_counts() -> None:
    same = ("cod", "fund")
    assert in_dollars([change(ratio(50), once=same), change(ratio(-80), once=same), change(ratio(5))]) == 85
    # At most 90 against exactly 80: the one that can be larger counts, with its bounds.
    assert bounds(in_dollars([change(between(0, 90), once=same), change(ratio(80), once=same)])) == (0, 90)


def test_shares_are_added_up_only_where_no_price_is_known() -> None:
    assert in_shares([change(None, 12), change(ratio(60), 10), change(None, 7, measure="")]) == 12


def test_larger_comes_first_and_what_has_no_bound_last() -> None:
    amounts = [between(5, None), ratio(3), between(1, 20), between(0, 20), ratio(19)]
    ordered = sorted(amounts, key=descending)
    assert ordered == [between(1, 20), between(0, 20), ratio(19), ratio(3), between(5, None)]


def test_shares_are_taken_at_the_bid_of_the_day_or_of_the_last_trading_day_before() -> None:
    calendars = Calendars({"us-exchange": Calendar("us-exchange", date(1999, 11, 1), date(1999, 11, 30), {})})
    market = Market((Observation("closing_bid", date(1999, 11, 5), ratio(6), "test", Grade.ASSUMED),), calendars)
    friday = date(1999, 11, 5)
    assert (priced(market, friday).day, priced(market, friday).bid) == (friday, 6)
    assert priced(market, date(1999, 11, 7)) == priced(market, friday)
    monday = date(1999, 11, 8)
    assert (priced(market, monday).day, priced(market, monday).bid) == (monday, None)
