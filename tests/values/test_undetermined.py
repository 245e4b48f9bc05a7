from datetime import date

import pytest

from paripassu.values.undetermined import NO_LIMIT, Need, Undetermined, determined, extent, merged, without

BID = Need("closing_bid", "", date(1999, 8, 2))
OWNED = Need("beneficial_ownership", "alpha")
OPEN = Undetermined(frozenset({BID}), 10, 20)


def test_sums_carry_needs_and_bounds():
    total = OPEN + Undetermined(frozenset({OWNED}), 1, 2) + 5
    assert total == Undetermined(frozenset({BID, OWNED}), 16, 27)
    assert Undetermined(frozenset({BID}), 80, 90) == 100 - OPEN
    assert OPEN * 3 == 3 * OPEN == Undetermined(frozenset({BID}), 30, 60)


def test_a_missing_bound_stays_missing():
    assert OPEN + Undetermined(frozenset({OWNED})) == Undetermined(frozenset({BID, OWNED}))
    assert -Undetermined(frozenset({BID}), None, 3) == Undetermined(frozenset({BID}), -3, None)


def test_a_part_taken_away_again_leaves_what_was_there_before_it():
    other = Undetermined(frozenset({OWNED}), 1, 2)
    assert without(OPEN + 7, OPEN) == 7
    assert without(OPEN + other, OPEN) == Undetermined(frozenset({BID, OWNED}), 1, 2)
    assert without(100 - OPEN, -OPEN) == 100
    assert without(12, 5) == 7
    boundless = Undetermined(frozenset({BID}), 3, None)
    assert without(boundless + 7, boundless) == Undetermined(frozenset({BID}), 7, None)


@pytest.mark.parametrize("compare", [lambda: OPEN < 5, lambda: OPEN > 5, lambda: OPEN >= 5, lambda: OPEN >= OPEN])
def test_comparing_one_is_a_defect_of_the_program(compare):
    with pytest.raises(AssertionError):
        compare()


def test_extent_of_what_is_known_is_itself_twice():
    assert extent(7) == (7, 7) and extent(OPEN) == (10, 20)
    assert determined(7) and not determined(OPEN)


def test_merged_waits_for_everything():
    assert merged([OPEN, 3, Undetermined(frozenset({OWNED}))]).needs == {BID, OWNED}


def test_a_need_says_what_whose_and_when():
    assert str(BID) == "closing bid on 1999-08-02"
    assert str(OWNED) == "beneficial ownership of alpha"
    assert BID.group == ("closing_bid", "")


def test_no_limit_is_above_every_number():
    assert min(5, NO_LIMIT) == 5 and NO_LIMIT > 10**30 and not NO_LIMIT < 10**30
    assert (NO_LIMIT - 5) / 3 is NO_LIMIT and NO_LIMIT >= NO_LIMIT and not NO_LIMIT > NO_LIMIT
