"""Exact numbers: rationals everywhere, rounding only by name.

``gmpy2.mpq`` is used where it is installed, ``fractions.Fraction`` otherwise; both give the same results.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from paripassu.values.problems import Problem, ProblemKind

if TYPE_CHECKING:
    Rational: TypeAlias = Fraction
    _exact = Fraction
else:
    try:
        from gmpy2 import mpq as _exact
    except ImportError:
        _exact = Fraction
    Rational = type(_exact(1, 2))

_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_FRACTION = re.compile(r"([+-]?)(?:(\d+)[ -])?(\d+)/(\d+)")

LONGEST_NUMBER = 1000
"""Characters; no amount, price or share count needs more, and reading longer ones takes quadratic time."""

ZERO: Rational = _exact(0)
ONE: Rational = _exact(1)


def ratio(numerator: int | Rational, denominator: int | Rational = 1) -> Rational:
    """The exact quotient; raises ZeroDivisionError on a zero denominator."""
    return _exact(numerator) / _exact(denominator)


def rational(text: str | int | Rational) -> Rational:
    """The exact number written as ``6.03``, ``5,071,913``'s plain form ``5071913``, ``1/3`` or ``4 27/32``.

    Raises Problem BAD_NUMBER for anything else: NaN, exponents, thousands separators, signs of currency; TOO_LARGE
    beyond LONGEST_NUMBER characters.
    """
    if not isinstance(text, str):
        return _exact(text)
    stripped = text.strip()
    if len(stripped) > LONGEST_NUMBER:
        raise Problem(
            ProblemKind.TOO_LARGE, f"a number of {len(stripped)} characters", f"give at most {LONGEST_NUMBER}"
        )
    if _DECIMAL.fullmatch(stripped):
        return _exact(Fraction(stripped))
    match = _FRACTION.fullmatch(stripped)
    if match and int(match[4]) != 0:
        value = _exact(int(match[2] or 0)) + _exact(int(match[3]), int(match[4]))
        return -value if match[1] == "-" else value
    raise Problem(
        ProblemKind.BAD_NUMBER,
        f"{text!r} is not an exact number",
        "write digits with a decimal point or a fraction, such as 1234.5 or 4 27/32, without separators or signs",
    )


def is_whole(value: Rational) -> bool:
    """True when the number is an integer."""
    return bool(value.denominator == 1)


def whole_down(value: Rational) -> int:
    """The largest whole number not above the value."""
    return int(value.numerator // value.denominator)


def whole_up(value: Rational) -> int:
    """The smallest whole number not below the value; a whole number is not increased."""
    return -int(-value.numerator // value.denominator)


def whole_nearest(value: Rational) -> int:
    """The nearest whole number; a half goes up (away from zero for positive values)."""
    return int((2 * value.numerator + value.denominator) // (2 * value.denominator))


def nearest_cent(dollars: Rational) -> Rational:
    """Dollars to the nearest cent; half a cent goes up."""
    return ratio(whole_nearest(dollars * 100), 100)


def mean(values: Sequence[Rational]) -> Rational:
    """The arithmetic mean."""
    return sum(values, ZERO) / len(values)


def mean_of_lowest(count: int, values: Iterable[Rational]) -> Rational:
    """The arithmetic mean of the ``count`` lowest values; ties are irrelevant to the result."""
    return mean(sorted(values)[:count])


def largest_remainder(total: int, weights: Sequence[Rational]) -> list[int]:
    """Divide a whole number in proportion to weights into whole parts that add up to it.

    Each share is rounded down, then the leftover units go one each to the largest remainders; equal remainders
    are served in the order given, so the caller's order must be meaningful.
    """
    whole = sum(weights, ZERO)
    if whole <= 0:
        raise Problem(
            ProblemKind.BAD_NUMBER,
            "there is nothing to allocate in proportion to",
            "give at least one positive holding",
        )
    exact = [total * weight / whole for weight in weights]
    parts = [whole_down(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda index: parts[index] - exact[index])
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts
