"""Logarithm, exponential, root and normal distribution: known values, and the option value of the specification."""

import pytest

from paripassu.values.approximate import (
    black_scholes,
    deviation_of_returns,
    distances,
    exponential,
    natural_logarithm,
    normal_distribution,
    square_root,
)
from paripassu.values.arithmetic import ratio, rational

NEAR = ratio(1, 10**28)


def test_known_values_to_thirty_places():
    assert abs(exponential(rational(1)) - rational("2.718281828459045235360287471352662")) < NEAR
    assert abs(natural_logarithm(rational(10)) - rational("2.302585092994045684017991454684364")) < NEAR
    assert abs(square_root(rational(2)) - rational("1.414213562373095048801688724209698")) < NEAR
    assert abs(normal_distribution(rational("1.96")) - rational("0.97500210485177956586")) < ratio(1, 10**19)
    assert normal_distribution(rational(0)) == ratio(1, 2)


@pytest.mark.parametrize("value", [0, -1])
def test_no_logarithm_of_zero_or_less(value):
    with pytest.raises(ZeroDivisionError):
        natural_logarithm(rational(value))


def test_the_option_value_of_the_specification():
    inputs = rational("7.25"), rational("6.7838"), rational("0.0595"), rational("0.75"), ratio(1341, 365)
    first, second = distances(*inputs)
    assert abs(first - rational("0.917082")) < ratio(1, 10**6) and abs(second + rational("0.520489")) < ratio(1, 10**6)
    assert abs(black_scholes(*inputs) - rational("4.305317")) < ratio(1, 2 * 10**6)


def test_an_option_on_a_sure_thing_is_worth_what_it_saves():
    # Far in the money the value is S - K e^(-rT).
    value = black_scholes(rational(1000), rational(1), rational("0.05"), rational("0.2"), rational(1))
    assert abs(value - (1000 - exponential(rational("-0.05")))) < ratio(1, 10**20)


def test_the_sample_deviation_of_returns_of_equal_steps_is_zero_and_of_two_opposite_ones_is_known():
    assert deviation_of_returns([rational(1), rational(2), rational(4)]) == 0
    # Returns ln 2 and -ln 2: mean 0, sample variance 2 (ln 2)^2.
    found = deviation_of_returns([rational(1), rational(2), rational(1)])
    assert abs(found - square_root(rational(2)) * natural_logarithm(rational(2))) < NEAR
