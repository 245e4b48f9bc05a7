"""Numbers in words, as papers print them beside figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
CARDINALS = {word: value for value, word in enumerate(_UNITS) if value} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
"""The words for whole numbers below a hundred that are one word."""

ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "sixtieth": 60, "ninetieth": 90,
}  # fmt: skip
"""The ordinals that date things in papers."""

_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000}
_NOUNS = ("dollars", "percent", "shares", "cents")


def number_in_words(text: str) -> int | None:
    """The whole number the last words of a text spell ("one hundred seventy-five"); None where they spell none."""
    taken: list[str] = []
    for part in reversed(re.findall(r"[a-z]+", text.lower())):
        if part in _NOUNS and not taken:
            continue
        if part in CARDINALS or part in _SCALES or part in ORDINALS or (part == "and" and taken):
            taken.append(part)
        else:
            break
    spelled = list(reversed(taken))
    while spelled and spelled[0] == "and":
        spelled.pop(0)
    return _value(spelled) if spelled else None


def _value(spelled: Sequence[str]) -> int | None:
    total = current = 0
    for part in spelled:
        if part in _SCALES:
            current = max(current, 1) * _SCALES[part]
            if part != "hundred":
                total, current = total + current, 0
        elif part != "and":
            current += CARDINALS.get(part, ORDINALS.get(part, 0))
    return total + current or None
