"""Formulas directly, worked by hand, and the property their bounds rest on: each is monotone in every price."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paripassu import store
from paripassu.clauses import (
    adjustment,
    allocation,
    black_scholes,
    buyin,
    conversion,
    default,
    definitions,
    delivery,
    dilution,
    limitation,
    payment,
    pricing,
    redemption,
    refusal,
    reserve,
    reset,
)
from paripassu.values.arithmetic import Rational, ratio
from paripassu.values.price_events import Split, Step
from paripassu.values.undetermined import NO_LIMIT, Need, Undetermined

BANKS = store.read_calendars().get("us-banks")
R = ratio


def d(text: str) -> date:
    return date.fromisoformat(text)


# -- pricing


def test_premium_is_simple_and_exact() -> None:
    assert pricing.premium(R(1000), R(6, 100), R(227, 365)) == R(2724, 73)


def test_days_over_a_fixed_basis() -> None:
    assert pricing.days_over_basis(366, R(365)) == R(366, 365)


@pytest.mark.parametrize(
    ("on", "years"),
    [
        ("1998-12-18", R(0)),
        ("1999-12-17", R(364, 365)),
        ("1999-12-18", R(1)),
        ("1999-12-19", 1 + R(1, 366)),
        ("2000-12-17", 1 + R(365, 366)),
        ("2000-12-18", R(2)),
    ],
)
def test_years_by_anniversary_on_both_sides(on: str, years: Rational) -> None:
    assert pricing.years_by_anniversary(d("1998-12-18"), d(on)) == years


def test_days_with_and_without_the_first() -> None:
    assert pricing.days_first_excluded(d("1998-12-18"), d("1998-12-18")) == 0
    assert pricing.days_both_counted(d("1998-12-18"), d("1998-12-18")) == 1


def test_mean_of_the_lowest_ignores_the_highest() -> None:
    bids = tuple(R(n) for n in (9, 1, 8, 2, 7, 3))
    assert pricing.lowest_bids_mean(3, bids) == 2


def test_lower_of_fixed_and_variable() -> None:
    assert pricing.lower_of_fixed_and_variable(R(603, 100), R(7)) == R(603, 100)
    assert pricing.lower_of_fixed_and_variable(R(603, 100), R(5)) == 5


def test_locks_only_lower() -> None:
    assert pricing.lowest_with_locks(R(5), ()) == 5
    assert pricing.lowest_with_locks(R(5), (R(6), R(4))) == 4
    assert pricing.lowest_with_locks(R(3), (R(6), R(4))) == 3


# -- conversion and delivery


@pytest.mark.parametrize(
    ("specified", "sent", "second", "expected"),
    [
        ("1999-08-06", "1999-08-06", 86339, "1999-08-06"),
        ("1999-08-06", "1999-08-06", 86340, "1999-08-09"),
        ("1999-08-07", "1999-08-06", 86399, "1999-08-07"),
        ("1999-08-05", "1999-08-06", 0, "1999-08-09"),
        ("1999-07-01", "1999-07-02", 0, "1999-07-06"),
    ],
)
def test_conversion_date(specified: str, sent: str, second: int, expected: str) -> None:
    assert conversion.conversion_date(d(specified), d(sent), second, 86340, BANKS) == d(expected)


def test_shares_are_rounded_up_once() -> None:
    each = conversion.shares_per_preferred(R(1000), R(12), R(603, 100))
    assert each == R(101200, 603)
    assert conversion.conversion_shares(conversion.exact_shares(R(1000), each)) == 167828
    assert conversion.shares_rounded_each(R(1000), each) == 168000
    assert conversion.conversion_shares(R(171875)) == 171875


@pytest.mark.parametrize(
    ("sought", "room", "taken", "each", "fits"),
    [
        (10, 1000, 0, R(100), 10),
        (10, 999, 0, R(100), 9),
        (10, 1000, 1, R(100), 9),
        (10, 0, 0, R(100), 0),
        (10, 100, 500, R(100), 0),
        (4, 10, 0, R(5, 2), 4),
        (4, 9, 0, R(5, 2), 3),
    ],
)
def test_cut_back_to_whole_preferred(sought: int, room: int, taken: int, each: Rational, fits: int) -> None:
    assert conversion.cut_back(sought, R(room), R(taken), each) == fits


def test_without_a_limit_everything_converts() -> None:
    assert conversion.cut_back(7500, NO_LIMIT, R(0), R(200)) == 7500
    assert conversion.all_or_nothing(7500, NO_LIMIT, R(0), R(200)) == 7500
    assert conversion.conversion_room(NO_LIMIT, 5) == 5
    assert conversion.conversion_room(5, NO_LIMIT) == 5


def test_all_or_nothing_at_the_limit() -> None:
    assert conversion.all_or_nothing(10, R(1000), R(0), R(100)) == 10
    assert conversion.all_or_nothing(10, R(999), R(0), R(100)) == 0


def test_the_lesser_of_known_and_bounded_quantities() -> None:
    need = frozenset((Need("beneficial_ownership"),))
    assert conversion.lesser(3, 5) == 3
    assert conversion.lesser(3, Undetermined(need, 4, 9)) == 3
    assert conversion.lesser(7, Undetermined(need, 4, 9)) == Undetermined(need, 4, 7)
    assert conversion.lesser(7, Undetermined(need)) == Undetermined(need, None, 7)
    assert conversion.lesser(Undetermined(need), Undetermined(need, 1)) == Undetermined(need)


@pytest.mark.parametrize(
    ("conversion_date", "certificates", "ends"),
    [
        ("1999-08-02", "1999-08-04", "1999-08-05"),
        ("1999-08-02", "1999-08-05", "1999-08-06"),
        ("1999-08-02", "1999-08-11", "1999-08-12"),
        ("1999-09-02", "1999-09-02", "1999-09-08"),
    ],
)
def test_delivery_period(conversion_date: str, certificates: str, ends: str) -> None:
    assert delivery.delivery_period_end(d(conversion_date), d(certificates), 3, 1, BANKS) == d(ends)


# -- limits and accounts


def test_majority_is_more_than_half() -> None:
    assert not definitions.is_majority(R(3750), R(7500))
    assert definitions.is_majority(R(3751), R(7500))


def test_room_under_the_cap_is_whole_and_not_negative() -> None:
    assert limitation.room_under_cap(R(7, 2)) == 3
    assert limitation.room_under_cap(R(-7, 2)) == 0


@given(st.integers(1, 10**9), st.integers(0, 10**7), st.integers(0, 10**7))
def test_ownership_room_is_the_most_that_fits(outstanding: int, acquirable: int, more: int) -> None:
    owned = min(acquirable + more, outstanding)
    room = limitation.ownership_room(R(49, 1000), R(outstanding), R(acquirable), R(owned))
    if room:
        assert (owned + room) * 1000 <= 49 * (outstanding + acquirable + room)
    assert (owned + room + 1) * 1000 > 49 * (outstanding + acquirable + room + 1)


@given(st.integers(0, 10**8), st.lists(st.integers(0, 10**4), min_size=1, max_size=9))
def test_an_allocation_gives_out_everything(amount: int, held: list[int]) -> None:
    weights = tuple(R(one) for one in held)
    if sum(held):
        assert sum(allocation.whole_parts(R(amount), weights)) == amount
        assert sum(allocation.exact_parts(R(amount), weights)) == amount


def test_portions_that_move() -> None:
    assert allocation.unused_portion(R(2381275), R(1000000), R(1000), R(5000)) == 476255
    assert allocation.gross_portion(R(2381275), R(1000000), R(1000), R(5000)) == 676255


# -- reserve


def test_exactly_the_multiple_is_enough() -> None:
    assert not reserve.reserve_is_short(R(4000000), reserve.coverage_target(R(2), 2000000))
    assert reserve.reserve_is_short(R(3999999), reserve.coverage_target(R(2), 2000000))
    assert not reserve.cap_is_short(R(4), R(2), 2)
    assert reserve.cap_is_short(R(3), R(2), 2)
    assert not reserve.cap_is_short(NO_LIMIT, R(2), 2)


def test_increase_needed_is_never_negative() -> None:
    assert reserve.reserve_increase_needed(R(10), R(15)) == 5
    assert reserve.reserve_increase_needed(R(15), R(10)) == 0


def test_deadlines_to_increase() -> None:
    assert reserve.after_trigger(d("1999-10-14"), 60, 10) == d("1999-12-13")
    assert reserve.after_board_period(d("1999-10-14"), 60, 10) == d("1999-12-23")
    assert reserve.board_deadline(d("1999-10-14"), 10) == d("1999-10-24")


# -- default


def test_face_over_steps() -> None:
    steps = ((d("1999-08-05"), R(100)), (d("1999-08-10"), R(40)))
    assert default.face_over(steps, d("1999-08-05"), d("1999-08-12")) == 5 * 100 + 2 * 40
    assert default.face_over(steps, d("1999-08-09"), d("1999-08-12")) == 100 + 2 * 40
    assert default.face_over(steps, d("1999-08-12"), d("1999-08-12")) == 0
    assert default.face_over((), d("1999-08-05"), d("1999-08-12")) == 0


def test_no_second_phase_no_premium() -> None:
    assert default.premium_once(R(1, 100), R(0), R(500), 0) == 0
    assert default.premium_once(R(1, 100), R(1000), R(500), 1) == 510
    assert default.premium_daily(R(1, 100), R(2000), R(500), 2) == 1020
    assert default.premium_in_base(R(1, 100), R(2000), R(500), 2) == 30


def test_days_paid_elsewhere_count_once_and_only_in_the_phase() -> None:
    days = (d("1999-08-05"), d("1999-08-06"), d("1999-08-06"), d("1999-08-09"), d("1999-08-10"))
    assert default.relieved_count(days, d("1999-08-05"), d("1999-08-09"), d("1999-08-12"), ()) == 2


def test_buy_in_is_matched_share_for_share() -> None:
    assert buyin.matched_share_for_share(R(11000), 1000, 1000, R(10000), 1000) == 1000
    assert buyin.matched_share_for_share(R(11000), 1000, 1000, R(10000), 500) == 500
    assert buyin.matched_share_for_share(R(11000), 1100, 1000, R(10000), 1000) == 0
    assert buyin.matched_share_for_share(R(11000), 0, 1000, R(10000), 1000) == 0
    assert buyin.matched_share_for_share(R(10000), 1000, 1000, R(11000), 1000) == 0
    assert buyin.whole_against_whole(R(11000), 1100, 1000, R(10000), 0) == 1000


def test_reset_is_prior_to_the_tenth_day() -> None:
    assert reset.reset_last_day(d("1999-08-05"), 10) == d("1999-08-14")
    assert reset.reset_price(R(6), (R(7), R(5), R(8))) == 5
    assert reset.reset_price(R(4), (R(7), R(5), R(8))) == 4


def test_refusal_counts() -> None:
    assert refusal.refusal_first_days(d("1999-10-01"), d("1999-10-02"), d("1999-10-05")) == 1
    assert refusal.refusal_second_days(d("1999-10-01"), d("1999-10-02"), d("1999-10-05")) == 3
    assert refusal.refusal_second_days(d("1999-10-01"), d("1999-10-05"), d("1999-10-05")) == 0


def test_a_refusal_is_shared_by_what_is_held_at_the_end_of_each_day() -> None:
    held = ((d("1999-09-01"), R(6)), (d("1999-10-04"), R(2)), (d("1999-10-06"), R(0)))
    everybody = ((d("1999-09-01"), R(8)), (d("1999-10-04"), R(4)), (d("1999-10-06"), R(0)))
    span = d("1999-10-01"), d("1999-10-10"), d("1999-10-07")
    # October 2 and 3 at 6/8, 4 and 5 at 2/4, 6 and 7 with nothing outstanding.
    assert refusal.refusal_first_share(held, everybody, *span) == R(5, 2)
    assert refusal.refusal_days_as_holder(held, *span) == 4
    assert refusal.refusal_share_days(held, d("1999-10-01"), d("1999-10-02"), d("1999-10-05")) == 6 + 2 + 2
    assert refusal.refusal_share_days(held, d("1999-10-01"), d("1999-10-05"), d("1999-10-05")) == 0
    assert refusal.held_on(held, d("1999-08-31")) == 0


def test_premium_in_a_refusal_stops_for_shares_that_left() -> None:
    held = ((d("1999-09-01"), R(6)), (d("1999-10-04"), R(2)))
    days = refusal.refusal_premium_days(held, d("1999-10-01"), d("1999-10-02"), 3, d("1999-10-05"))
    assert [day for day, _ in days] == [d("1999-10-03"), d("1999-10-04"), d("1999-10-05")]
    # Premiums of 10, 11 and 12 a share: six have 10 and one day more, two the next day more.
    assert refusal.premium_to_the_day(days, (R(10), R(11), R(12)), held) == 60 + 6 + 2
    assert refusal.refusal_premium_days(held, d("1999-10-01"), d("1999-10-05"), 0, d("1999-10-05")) == ()
    assert refusal.premium_to_the_day((), (), held) == 0


# -- redemption


def test_redemption_amount_is_the_greater_limb() -> None:
    assert redemption.limb_of_face(R(5, 4), R(1000)) == 1250
    assert redemption.limb_of_market(R(1000), R(60), R(40), R(4), R(5)) == 1375
    assert redemption.redemption_amount(R(1250), R(1375)) == 1375
    assert redemption.redemption_amount(R(1250), R(1250)) == 1250


@given(st.integers(0, 7500), st.integers(0, 10**7), st.fractions(min_value=1, max_value=1000))
def test_the_fewest_shares_that_cure_a_shortage(held: int, portion: int, each: Any) -> None:
    q = R(each.numerator, each.denominator)
    redeemed = redemption.redeemable_for_reserve(R(held), R(portion), R(2), q)

    def cured(redeem: int) -> bool:
        return portion > 2 * conversion.conversion_shares((held - redeem) * q)

    assert 0 <= redeemed <= held
    assert cured(redeemed) or redeemed == held
    assert redeemed == 0 or not cured(redeemed - 1)


def test_nothing_held_nothing_redeemable() -> None:
    assert redemption.average_shares_per_preferred(R(0), R(0)) == 0
    assert redemption.redeemable_for_reserve(R(0), R(4000000), R(2), R(0)) == 0
    assert redemption.redeemable_for_cap(R(0), R(4000000), R(2), R(0), R(0)) == 0


# -- interest and splits


def test_interest_excludes_the_due_date_and_counts_payments_from_the_next_day() -> None:
    balances = ((d("1999-08-10"), R(36500)), (d("1999-08-20"), R(27375)), (d("1999-09-09"), R(0)))
    rate = payment.default_rate(R(24, 100), R(25, 100))
    assert payment.interest_actual_365(balances, rate, d("1999-08-10")) == 0
    assert payment.interest_actual_365(balances, rate, d("1999-08-11")) == 24
    assert payment.interest_actual_365(balances, rate, d("1999-08-20")) == 240
    assert payment.interest_actual_365(balances, rate, d("2000-01-01")) == 600
    assert payment.default_rate(R(24, 100), R(16, 100)) == R(16, 100)


def test_interest_on_an_amount_known_within_bounds_keeps_them() -> None:
    owed = Undetermined(frozenset((Need("beneficial_ownership"),)), R(0), R(36500))
    interest = payment.interest_actual_365(((d("1999-08-10"), owed),), R(24, 100), d("1999-08-11"))  # type: ignore[arg-type]
    assert isinstance(interest, Undetermined)
    assert (interest.low, interest.high) == (0, 24)


def test_split_once_and_twice() -> None:
    assert adjustment.price_after_split(R(603, 100), R(2), R(3)) == R(402, 100)
    assert adjustment.price_adjusted_twice(R(603, 100), R(1), R(2)) == R(15075, 10000)


# -- monotone in every price: what break-evens and bounds rest on

PRICES = st.integers(1, 10**6).map(lambda cents: R(cents, 100))
BIDS = st.lists(PRICES, min_size=10, max_size=10)
OF_BIDS: list[tuple[str, Callable[[tuple[Rational, ...]], Any], int]] = [
    ("mean", lambda bids: pricing.lowest_bids_mean(6, bids), 1),
    ("variable price", lambda bids: _price(bids), 1),
    ("conversion price", lambda bids: pricing.lower_of_fixed_and_variable(R(603, 100), _price(bids)), 1),
    ("shares", lambda bids: conversion.conversion_shares(1000 * _each(bids)), -1),
    ("shares that fit", lambda bids: conversion.cut_back(7500, R(893270), R(0), _each(bids)), 1),
    ("reserve short", lambda bids: reserve.reserve_is_short(R(4000000), R(2) * 7500 * _each(bids)), -1),
    ("cap short", lambda bids: reserve.cap_is_short(3571913, R(2), conversion.shares_issuable(7000 * _each(bids))), -1),
    ("market limb", lambda bids: redemption.limb_of_market(R(1000), R(45), R(0), _price(bids), R(5)), -1),
    ("redeemable", lambda bids: redemption.redeemable_for_reserve(R(7500), R(4000000), R(2), _each(bids)), -1),
    ("reset", lambda bids: reset.reset_price(R(603, 100), (_price(bids), R(5))), 1),
]


def _price(bids: tuple[Rational, ...]) -> Rational:
    return pricing.variable_conversion_price(R(101, 100), pricing.lowest_bids_mean(6, bids))


def _each(bids: tuple[Rational, ...]) -> Rational:
    return conversion.shares_per_preferred(R(1000), R(45), _price(bids))


@pytest.mark.parametrize(("figure", "direction"), [one[1:] for one in OF_BIDS], ids=[one[0] for one in OF_BIDS])
@given(bids=BIDS, which=st.integers(0, 9), rise=PRICES)
def test_monotone_in_every_bid(figure: Any, direction: int, bids: list[Any], which: int, rise: Any) -> None:
    higher = [*bids[:which], bids[which] + rise, *bids[which + 1 :]]
    before, after = figure(tuple(bids)), figure(tuple(higher))
    assert (after >= before) if direction > 0 else (after <= before)


@given(price=PRICES, rise=PRICES, conversion_price=PRICES)
def test_redemption_amount_rises_with_the_market_price(price: Any, rise: Any, conversion_price: Any) -> None:
    def amount(market: Any) -> Any:
        return redemption.redemption_amount(
            redemption.limb_of_face(R(5, 4), R(1000)),
            redemption.limb_of_market(R(1000), R(45), R(0), conversion_price, market),
        )

    assert amount(price + rise) >= amount(price)


def test_the_last_step_changes_the_number_by_its_ratio_and_no_step_by_nothing() -> None:
    event = Split(date(1999, 6, 1), R(2), R(3))
    step = Step(event, R(6), R(4), R(2), R(4), R(0), R(3, 2), "a split")
    assert dilution.number_change(R(100), (step,)) == 50
    assert dilution.number_change(R(100), ()) == 0


# -- the option value


@pytest.mark.parametrize(("ahead", "price"), [(R(1), R(8)), (R(2), R(4)), (R(1, 2), R(16))])
def test_the_market_price_of_an_option_is_for_a_share_as_the_warrants(ahead: Rational, price: Rational) -> None:
    assert black_scholes.current_market_price((R(7), R(8)), ahead) == price
