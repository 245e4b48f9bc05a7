"""What cannot be known yet: it names what it waits for, and what is certain about it all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from paripassu.values.arithmetic import Rational, ratio

SMALLEST: Rational = ratio(1, 10**12)
"""Stands for the lowest conceivable price, amount or rate when asking whether an unknown can change an answer."""
LARGEST: Rational = ratio(10**12)
"""Stands for the highest conceivable one. A result equal at both ends is the same in between, because every
formula over observations is monotone in each of them."""


@dataclass(frozen=True, slots=True, order=True)
class Need:
    """One fact or price that is waited for: the observable's or fact's name, whose, and the day.

    ``figure`` is which value of the fact is wanted, where it has a range: a fact may bring several.
    """

    name: str
    subject: str = ""
    day: date | None = None
    figure: str = ""

    @property
    def group(self) -> tuple[str, str]:
        """What is recorded together: unknowns of one name and subject."""
        return (self.name, self.subject)

    def __str__(self) -> str:
        whose = f" of {self.subject}" if self.subject else ""
        when = f" on {self.day.isoformat()}" if self.day else ""
        return f"{self.name.replace('_', ' ')}{whose}{when}"


Moving: TypeAlias = tuple[str, str, str]
"""Unknowns that rise and fall together when bounds are sought: a name, a subject, and which value of a fact."""


def moving(needs: Iterable[Need]) -> frozenset[Moving]:
    """What moves by itself when bounds are sought: each observable, and each value of a fact.

    The prices of an observable move together, the values one fact brings do not. A value without a range of its own
    counts only where nothing else does.
    """
    alone = frozenset((one.name, one.subject, one.figure) for one in needs if one.figure or one.day is not None)
    return alone or frozenset((one.name, one.subject, "") for one in needs)


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A value that waits for facts or prices; ``low`` and ``high`` bound it where bounds are known.

    Addition and subtraction carry the needs and the bounds along, so a position may hold an undetermined quantity.
    Comparing one is a defect of the program: a clause must ask first whether it is determined.
    """

    needs: frozenset[Need]
    low: Any = None
    high: Any = None

    def _with(self, other: Any, low: Any, high: Any) -> Undetermined:
        needs = self.needs | other.needs if isinstance(other, Undetermined) else self.needs
        return Undetermined(needs, low, high)

    def __add__(self, other: Any) -> Undetermined:
        low, high = extent(other)
        return self._with(other, _sum(self.low, low), _sum(self.high, high))

    __radd__ = __add__

    def __neg__(self) -> Undetermined:
        return Undetermined(
            self.needs, None if self.high is None else -self.high, None if self.low is None else -self.low
        )

    def __sub__(self, other: Any) -> Undetermined:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Undetermined:
        return (-self).__add__(other)

    def __mul__(self, factor: Any) -> Undetermined:
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        return Undetermined(self.needs, low, high)

    __rmul__ = __mul__

    def __lt__(self, other: Any) -> bool:
        raise AssertionError("an undetermined value was compared without asking whether it is determined")

    __gt__ = __le__ = __ge__ = __lt__


def _sum(left: Any, right: Any) -> Any:
    return None if left is None or right is None else left + right


def extent(value: Any) -> tuple[Any, Any]:
    """The lowest and highest the value can be: itself twice when it is known."""
    return (value.low, value.high) if isinstance(value, Undetermined) else (value, value)


def determined(value: Any) -> bool:
    """True when the value is known."""
    return value.__class__ is not Undetermined


def unknown_within(value: Any) -> bool:
    """True when the value, or a part of a list of values, is undetermined."""
    if isinstance(value, tuple):
        return any(unknown_within(one) for one in value)
    return value.__class__ is Undetermined


def merged(values: Iterable[Any]) -> Undetermined:
    """One Undetermined that waits for everything the given values wait for; bounds are lost."""
    needs: frozenset[Need] = frozenset()
    for value in values:
        if value.__class__ is Undetermined:
            needs |= value.needs
    return Undetermined(needs)


def without(total: Any, part: Any) -> Any:
    """What is left of a total once a part that was added to it is taken away: like bounds from like, known where equal.

    Subtraction knows nothing of where a quantity came from, and would widen the bounds instead.
    """
    if determined(part) or determined(total):
        return total - part
    low = None if total.low is None or part.low is None else total.low - part.low
    high = None if total.high is None or part.high is None else total.high - part.high
    return low if low is not None and low == high else Undetermined(total.needs, low, high)


def may_be_under(value: Any, other: Any) -> bool:
    """Whether a known value is under another, or may be where only bounds of that are known."""
    high = extent(other)[1]
    return high is None or bool(value < high)


def lesser(wanted: Any, held: Any) -> Any:
    """The smaller of two quantities, either of which may be known only within bounds."""
    if determined(wanted) and determined(held):
        return min(wanted, held)
    lows, highs = zip(extent(wanted), extent(held), strict=True)
    low = None if None in lows else min(lows)
    high = min((end for end in highs if end is not None), default=None)
    return low if low is not None and low == high else Undetermined(merged((wanted, held)).needs, low, high)


class Unlimited:
    """Larger than every number: the room under a limit that is not in force."""

    def __lt__(self, other: Any) -> bool:
        return False

    def __gt__(self, other: Any) -> bool:
        return not isinstance(other, Unlimited)

    def __le__(self, other: Any) -> bool:
        return isinstance(other, Unlimited)

    def __ge__(self, other: Any) -> bool:
        return True

    def __add__(self, other: Any) -> Unlimited:
        return self

    __radd__ = __sub__ = __add__

    def __truediv__(self, other: Any) -> Unlimited:
        return self

    def __repr__(self) -> str:
        return "no limit"


NO_LIMIT = Unlimited()
