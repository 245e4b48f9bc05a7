from fractions import Fraction

import pytest

from paripassu.values.arithmetic import (
    is_whole,
    largest_remainder,
    mean_of_lowest,
    nearest_cent,
    ratio,
    rational,
    whole_down,
    whole_nearest,
    whole_up,
)
from paripassu.values.problems import Problem, ProblemKind


@pytest.mark.parametrize(("text", "value"), [
    ("6.03", Fraction(603, 100)), ("4 27/32", Fraction(155, 32)), ("4-27/32", Fraction(155, 32)),
    ("-1/3", Fraction(-1, 3)), (".5", Fraction(1, 2)), ("7.", Fraction(7)), (" 12 ", Fraction(12)),
    ("-2 1/4", Fraction(-9, 4)),
])
def test_numbers_are_read_exactly(text, value):
    assert rational(text) == value


@pytest.mark.parametrize("text", ["", "NaN", "1e3", "1,234", "$5", "1/0", "1/2/3", "4 27", "0x10", "five", "1 / 2"])
def test_what_is_no_exact_number_is_a_problem(text):
    with pytest.raises(Problem) as raised:
        rational(text)
    assert raised.value.kind is ProblemKind.BAD_NUMBER
    assert repr(text) in raised.value.what


def test_whole_numbers_are_not_moved_by_rounding():
    assert (whole_up(ratio(4)), whole_down(ratio(4)), whole_nearest(ratio(4))) == (4, 4, 4)


@pytest.mark.parametrize(("value", "up", "down", "nearest"), [
    (Fraction(9, 2), 5, 4, 5), (Fraction(-9, 2), -4, -5, -4), (Fraction(13, 3), 5, 4, 4), (Fraction(14, 3), 5, 4, 5),
    (Fraction(10**30 + 1, 10**30), 2, 1, 1),
])
def test_rounding_by_name(value, up, down, nearest):
    assert (whole_up(value), whole_down(value), whole_nearest(value)) == (up, down, nearest)


def test_half_a_cent_goes_up_and_less_does_not():
    assert nearest_cent(rational("1.005")) == rational("1.01")
    assert nearest_cent(rational("1.00499")) == 1


def test_quotients_of_whole_numbers_stay_exact():
    third = ratio(1, 3)
    assert third * 3 == 1 and not is_whole(third)
    with pytest.raises(ZeroDivisionError):
        ratio(1, 0)


def test_the_mean_of_the_lowest_does_not_depend_on_order_or_ties():
    # 1 + 1 + 2 = 4, a third of it.
    assert mean_of_lowest(3, [ratio(5), ratio(1), ratio(2), ratio(1)]) == ratio(4, 3)
    assert mean_of_lowest(3, [ratio(1), ratio(2), ratio(1), ratio(5)]) == ratio(4, 3)


def test_the_largest_remainder_gives_out_everything():
    # Thirds of ten: 3 1/3 each, the odd unit to the first; 10 x 5/8 = 6 1/4, 10 x 2/8 = 2 1/2, 10 x 1/8 = 1 1/4.
    assert largest_remainder(10, [1, 1, 1]) == [4, 3, 3]
    assert largest_remainder(10, [5, 2, 1]) == [6, 3, 1]
    assert largest_remainder(0, [5, 2]) == [0, 0]
    with pytest.raises(Problem):
        largest_remainder(10, [0, 0])
