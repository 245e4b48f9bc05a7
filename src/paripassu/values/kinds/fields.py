"""What a kind of fact consists of: its nature, its place in the day's order, and fields that read their text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from paripassu.values.arithmetic import is_whole, rational
from paripassu.values.dates import parse_date
from paripassu.values.moments import Place as DayPlace
from paripassu.values.problems import Problem, ProblemKind


class Nature(Enum):
    """What sort of thing a fact is; it decides whether the program may refuse it."""

    PAPER = "paper received"
    ACT = "act done"
    REPORT = "report"
    EVENT = "event"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: how its text is read, whether it must be there, and which fields give the names it uses.

    ``given_by`` names fields as ``kind.field``: the text of this one is a name that one of those gave.
    """

    read: Callable[[Any], Any]
    required: bool = True
    given_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its nature, its place in the day's order, its fields, and what it says in words."""

    nature: Nature
    place: DayPlace
    fields: Mapping[str, Field]
    subjects: tuple[str, ...]
    says: str
    timed: bool = False


def text(raw: Any) -> str:
    """A text as written; raises Problem MISSING_KEY where there is none."""
    if not isinstance(raw, str) or not raw.strip():
        raise Problem(ProblemKind.MISSING_KEY, f"{raw!r} is not a text", "write at least one character")
    return sys.intern(raw)  # names recur by the thousand


def _number(raw: Any) -> Any:
    if not isinstance(raw, str | int):
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw!r} is not an exact number", "write it as text or a whole number")
    value = rational(raw)
    if value < 0:
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw} is negative", "write zero or a positive number")
    return value


def _positive(raw: Any) -> Any:
    value = _number(raw)
    if value == 0:
        raise Problem(ProblemKind.BAD_NUMBER, "zero is not possible here", "write a positive number")
    return value


def _rate(raw: Any) -> Any:
    percent = isinstance(raw, str) and raw.strip().endswith("%")
    value = _number(raw.strip().removesuffix("%") if percent else raw)
    if value > 1 and not percent:
        raise Problem(
            ProblemKind.BAD_NUMBER, f"a rate of {raw} a year is more than the whole",
            f"write it as a part of one, such as 0.18, or with a percent sign: {raw}%",
        )
    return value / 100 if percent else value


def _whole(raw: Any) -> int:
    value = _number(raw)
    if not is_whole(value):
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw} is not a whole number", "write a whole number of shares")
    return int(value)


def _by_lot(raw: Any) -> tuple[tuple[str, int], ...]:
    return tuple((lot, _whole(quantity)) for lot, quantity in _lots(raw))


def _numbers_by_lot(raw: Any) -> tuple[tuple[str, Any], ...]:
    return tuple((lot, _positive(quantity)) for lot, quantity in _lots(raw))


def _lots(raw: Any) -> list[tuple[str, Any]]:
    if not isinstance(raw, Mapping) or not raw:
        raise Problem(
            ProblemKind.UNREADABLE, f"{raw!r} does not say how many of which lot", 'write it as {"B-1": "100"}'
        )
    return [(str(lot), quantity) for lot, quantity in raw.items()]


def _names(raw: Any) -> tuple[str, ...]:
    found = tuple(map(text, [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else ()))
    if not found or len(set(found)) < len(found):
        raise Problem(ProblemKind.UNREADABLE, f"{raw!r} is not a list of different names", 'write it as ["A", "B"]')
    return found


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of a few words; raises Problem UNKNOWN_KEY for any other."""

    words: tuple[str, ...]

    def __call__(self, raw: Any) -> str:
        """The word as written."""
        if raw not in self.words:
            raise Problem(ProblemKind.UNKNOWN_KEY, f"{raw!r} is not one of them", "use " + ", ".join(self.words))
        return str(raw)


TEXT, DATE, NAMES = Field(text), Field(parse_date), Field(_names)
WHOLE, NUMBER, POSITIVE, BY_LOT = Field(_whole), Field(_number), Field(_positive), Field(_by_lot)
NUMBERS_BY_LOT, RATE = Field(_numbers_by_lot), Field(_rate)
HOLDER = Field(text, given_by=(
    "issuance.holder", "common_issued.holder", "transfer.to", "warrant_assignment.to", "certificate_issued.holder",
))
"""Somebody who has, or had, or is to have what the papers are about: a party of the deal, or whom a fact made one."""
TRANSACTION = Field(text, given_by=("announcement.transaction", "organic_change_planned.transaction"))
"""A transaction announced or planned before."""


def one_of(*words: str) -> Field:
    """A field that says one of a few words."""
    return Field(OneOf(words))


def named_by(*given_by: str) -> Field:
    """A field that says again the name that one of these fields gave, each written ``kind.field``."""
    return Field(text, given_by=given_by)


def optional(required: Field) -> Field:
    """The same field, which may be left out."""
    return Field(required.read, required=False, given_by=required.given_by)


def kind(
    nature: Nature, place: DayPlace, says: str, subjects: str, *, timed: bool = False, **fields: Field
) -> Kind:
    """A kind of fact; ``says`` names its fields in braces, ``subjects`` those it touches."""
    return Kind(nature, place, fields, tuple(subjects.split()), says, timed)
