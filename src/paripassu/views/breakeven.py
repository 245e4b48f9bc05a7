"""Break-evens: from which value of an unknown on the answer is the same.

Sought by halving on exact rationals; the threshold found lies within 1e-9 of the true one, and both of its sides
were evaluated. Valid because every formula over prices is monotone in each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.asking import Names
from paripassu.values.arithmetic import Rational, ratio
from paripassu.values.undetermined import LARGEST, SMALLEST, determined

PRECISION = ratio(1, 10**9)


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The answer is ``above`` while the unknown is at or above the threshold, ``below`` while it is under it."""

    asked: str
    unknown: str
    threshold: Rational
    above: Any
    below: Any


def break_even(
    names: Names, asked: str, unknown: str, day: date, at: Mapping[str, Any], high: Rational = LARGEST
) -> BreakEven | None:
    """Where the answer to ``asked`` stops depending on ``unknown``; None when it always or never does.

    For a price the answer above the threshold is the one at the highest conceivable value.
    """

    def answer(value: Rational) -> Any:
        return names(asked, on=day, given={unknown: value}, **at)

    above, below = answer(high), answer(SMALLEST)
    if not determined(above) or not determined(below) or above == below:
        return None
    low, top = SMALLEST, high
    if answer(ratio(1000)) == above:
        top = ratio(1000)
    while top - low > PRECISION:
        middle = (low + top) / 2
        if answer(middle) == above:
            top = middle
        else:
            low = middle
    return BreakEven(asked, unknown, top, above, answer(low))
