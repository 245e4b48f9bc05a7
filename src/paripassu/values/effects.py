"""What a clause answers: eight effects, applied by replay alone, each before the next is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from paripassu.values.moments import Moment

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""No names with values; one for all effects and points, of which most have none."""


class Point(NamedTuple):
    """Where a name is asked: the day, how much of the record was known, the subject, and quantities given.

    ``day`` is the legal date of the question, ``place`` the number of effects already applied when it was asked
    (so the question can be put again and see the same), ``at`` the subject (lot, holder, notice, case, ...),
    ``given`` values that stand for a name at this point only.
    """

    day: date
    place: int
    at: Mapping[str, Any] = NOTHING
    given: Mapping[str, Any] = NOTHING


@dataclass(frozen=True, slots=True)
class Source:
    """The figure an effect rests on: asked again at the same point it must give the same value."""

    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Move:
    """A quantity of an asset passes from one owner to another; the asset may be an account such as a cap.

    ``lot`` says which lot of the asset (empty for fungible ones). One that ``reverses`` takes back exactly what an
    earlier one brought, however little is known of how many that is.
    """

    asset: str
    source: str
    target: str
    quantity: Any
    lot: str = ""
    rests_on: Source | None = None
    role: str = ""
    reverses: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """A right a party may elect from now on, for as many as ``quantity`` says when asked."""

    right: str
    holder: str
    subject: str = ""
    quantity: str = ""
    until: date | None = None
    role: str = ""
    at: Mapping[str, Any] = field(default_factory=lambda: NOTHING)


@dataclass(frozen=True, slots=True)
class Owe:
    """A duty: who must do (or not do) what for whom, by when; ``amount`` names the figure that says how much."""

    duty: str
    subject: str
    debtor: str
    creditor: str
    what: str
    due: date | None = None
    awaits: str = ""
    amount: str = ""
    at: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    role: str = ""
    or_else: str = ""


@dataclass(frozen=True, slots=True)
class Discharge:
    """A duty is performed."""

    duty: str
    subject: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Lapse:
    """A duty or right ends without performance, and why; ``status`` is what becomes of it, lapsed or waived.

    A right ends for every holder that has it, or for the ``holder`` named.
    """

    name: str
    subject: str
    why: str
    role: str = ""
    status: str = "lapsed"
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Refuse:
    """The law's answer is no, with its section; what was asked stays recorded."""

    what: str
    subject: str
    why: str
    role: str = ""
    rests_on: Source | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """A named value of one subject from this moment on."""

    name: str
    subject: str
    value: Any
    rests_on: Source | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Occur:
    """Something the papers give a name: a default, a trigger date, a breach, a redemption event."""

    name: str
    subject: str
    details: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    role: str = ""


Effect: TypeAlias = Move | Grant | Owe | Discharge | Lapse | Refuse | Set | Occur


@dataclass(frozen=True, slots=True)
class Due:
    """A moment a clause asked to be woken at, under a name of its own."""

    when: Moment
    name: str
    subject: str
    what: str = ""
    or_else: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class TradingDay:
    """The close of a trading day, for tests made daily."""

    day: date
