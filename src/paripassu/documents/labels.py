"""Labels of articles, sections, clauses and list items: what "(i)", "B." or "ARTICLE IV" can mean.

A printed label may be read in more than one style: "(i)" is the first roman numeral and the ninth letter.
``styles_of`` gives every reading with its ordinal; the outline decides by what stands before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_PARTS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_BLANK = r"[ \t\xa0]"

_ITEM = re.compile(rf"(?:ITEM|Item){_BLANK}{{1,8}}(\d{{1,2}}[A-C]?)\b[.:]?{_BLANK}{{0,40}}")
_ARTICLE = re.compile(rf"(?:ARTICLE|Article){_BLANK}{{1,8}}([IVXLC]{{1,8}}|\d{{1,2}})\b[.:]?{_BLANK}{{0,40}}")
_SECTION = re.compile(
    rf"(?:SECTION|Section|§){_BLANK}{{0,8}}(\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})[.:]?(?:{_BLANK}{{1,40}}|$)"
)
_DECIMAL = re.compile(rf"(\d{{1,2}}(?:\.\d{{1,3}}){{1,3}})\.?(?:{_BLANK}{{1,40}}|$)")
_DOTTED = re.compile(rf"(\d{{1,3}}|[A-Z]{{1,8}}|[a-z]|[ivx]{{2,5}})\.(?:{_BLANK}{{1,40}}|$)")
_PAREN = re.compile(rf"\(([A-Za-z]{{1,6}}|\d{{1,2}})\)(?:{_BLANK}{{1,40}}|$)")


class Family(Enum):
    """The shape of a label, from the outermost level inwards."""

    ARTICLE = 0
    SECTION = 1
    PAREN = 2


class Style(Enum):
    """How the sign inside a label counts."""

    DIGIT = "digit"
    DECIMAL = "decimal"
    UPPER = "upper letter"
    LOWER = "lower letter"
    UPPER_ROMAN = "upper roman"
    LOWER_ROMAN = "lower roman"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a label: its style and its place in a list of that style, from 1."""

    style: Style
    ordinal: int


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a paragraph: as printed, the sign inside, its family, and where the text resumes."""

    printed: str
    sign: str
    family: Family
    readings: tuple[Reading, ...]
    length: int


def roman_value(sign: str) -> int | None:
    """The value of a well-formed roman numeral up to 399, either case; None for anything else."""
    upper = sign.upper()
    if not upper or len(upper) > 9 or any(letter not in _ROMAN_VALUES for letter in upper):
        return None
    total = 0
    for letter, following in zip(upper, upper[1:] + " ", strict=True):
        value = _ROMAN_VALUES[letter]
        total += -value if value < _ROMAN_VALUES.get(following, 0) else value
    return total if total > 0 and roman(total) == upper else None


def roman(value: int) -> str:
    """The upper-case roman numeral of a whole number from 1 to 399."""
    sign = ""
    for part, letters in _ROMAN_PARTS:
        while value >= part:
            sign += letters
            value -= part
    return sign


def letter_value(sign: str) -> int | None:
    """The place of a letter label: a is 1, z is 26, aa is 27, bb is 28; None for anything else."""
    if not sign.isascii() or not sign.isalpha() or len(set(sign)) != 1:
        return None
    return ord(sign[0].lower()) - ord("a") + 1 + 26 * (len(sign) - 1)


@lru_cache(maxsize=4096)
def readings_of(sign: str) -> tuple[Reading, ...]:
    """Every reading of the sign inside a label, letters before numerals."""
    if sign.isdigit():
        return (Reading(Style.DIGIT, int(sign)),)
    if not sign.isupper() and not sign.islower():
        return ()
    upper = sign.isupper()
    found: list[Reading] = []
    letter = letter_value(sign) if len(sign) <= 3 else None
    numeral = roman_value(sign)
    if letter is not None and not (len(sign) > 1 and numeral is not None):
        found.append(Reading(Style.UPPER if upper else Style.LOWER, letter))
    if numeral is not None:
        found.append(Reading(Style.UPPER_ROMAN if upper else Style.LOWER_ROMAN, numeral))
    return tuple(found)


def label_at(text: str) -> Label | None:
    """The label a paragraph begins with, None where it begins with none.

    "a." is of the family of "(a)": papers that print it refer to it as "Section 2(a)".
    """
    head = text[:80]
    if head[:7].upper() == "ARTICLE":
        match = _ARTICLE.match(head)
        if match:
            return _label(match, Family.ARTICLE, head)
    if head[:5].upper() == "ITEM ":
        match = _ITEM.match(head)
        if match:
            number = int(match.group(1).rstrip("ABC"))
            readings = (Reading(Style.DIGIT, number),)
            return Label(match.group().strip(), f"ITEM{match.group(1)}", Family.ARTICLE, readings, match.end())
    if head.startswith("("):
        match = _PAREN.match(head)
        return _label(match, Family.PAREN, head) if match else None
    match = _SECTION.match(head) or _DECIMAL.match(head) or _DOTTED.match(head)
    if match is None:
        return None
    return _label(match, Family.PAREN if match.group(1).islower() else Family.SECTION, head)


def _label(match: re.Match[str], family: Family, head: str) -> Label | None:
    sign = match.group(1)
    printed = head[: match.end()].strip()
    if "." in sign:
        last = int(sign.rsplit(".", 1)[1])
        return Label(printed, sign, family, (Reading(Style.DECIMAL, last),), match.end())
    readings = readings_of(sign)
    return Label(printed, sign, family, readings, match.end()) if readings else None
