"""Logarithm, exponential, square root and normal distribution: the only figures that are not exact.

Computed with forty digits by mpmath and given as rationals of thirty decimal places. What is computed from them is
marked approximate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath

from paripassu.values.arithmetic import ONE, ZERO, Rational, mean, ratio, whole_nearest

DIGITS = 40
PLACES = 30
APPROXIMATE = f"approximate: logarithm, exponential and normal distribution to {PLACES} decimal places"
"""What the figures that rest on these functions say of their rounding."""

_context = mpmath.MPContext()
_context.dps = DIGITS


def _number(value: Rational) -> Any:
    return _context.mpf(int(value.numerator)) / int(value.denominator)


def _rational(value: Any) -> Rational:
    return ratio(int(_context.nint(value * 10**PLACES)), 10**PLACES)


def natural_logarithm(value: Rational) -> Rational:
    """The natural logarithm of a positive number; raises ZeroDivisionError at zero."""
    if value <= 0:
        raise ZeroDivisionError("no logarithm of zero or less")
    return _rational(_context.log(_number(value)))


def exponential(value: Rational) -> Rational:
    """e to the power of a number."""
    return _rational(_context.exp(_number(value)))


def square_root(value: Rational) -> Rational:
    """The square root of a number that is not negative."""
    return _rational(_context.sqrt(_number(value)))


def normal_distribution(value: Rational) -> Rational:
    """The probability that a standard normal variable is at most the value."""
    return _rational(_context.ncdf(_number(value)))


def rounded(value: Rational) -> Rational:
    """To the decimal places that are kept, so that a product of many such numbers does not grow without end."""
    return ratio(whole_nearest(value * 10**PLACES), 10**PLACES)


def deviation_of_returns(closings: Sequence[Rational]) -> Rational:
    """The sample standard deviation of the logarithms of each closing over the one before."""
    pairs = zip(closings, closings[1:], strict=False)
    returns = [natural_logarithm(after / before) for before, after in pairs]
    centre = mean(returns)
    squares = sum(((one - centre) ** 2 for one in returns), ZERO)
    return square_root(squares / (len(returns) - ONE))


def distances(
    price: Rational, exercise_price: Rational, rate: Rational, volatility: Rational, years: Rational
) -> tuple[Rational, Rational]:
    """The two numbers of standard deviations, d1 and d2, of the formula of Black and Scholes."""
    spread = volatility * square_root(years)
    first = rounded((natural_logarithm(price / exercise_price) + (rate + volatility**2 / 2) * years) / spread)
    return first, first - spread


def black_scholes(
    price: Rational, exercise_price: Rational, rate: Rational, volatility: Rational, years: Rational
) -> Rational:
    """The value of a call on one share without dividends: S N(d1) - K e^(-rT) N(d2).

    ``rate`` is a continuous rate a year, ``volatility`` a year. Raises ZeroDivisionError where price, volatility or
    term is zero.
    """
    first, second = distances(price, exercise_price, rate, volatility, years)
    discount = exponential(-rate * years)
    return rounded(
        price * normal_distribution(first) - exercise_price * discount * normal_distribution(second)
    )
