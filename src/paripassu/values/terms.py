"""Terms: named, typed values the agreement states, with unit and citation; and the base of every clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from paripassu.values.bindings import Binding
from paripassu.values.effects import Effect, TradingDay
from paripassu.values.facts import Fact
from paripassu.values.moments import Moment
from paripassu.values.moments import Place as DayPlace

if TYPE_CHECKING:
    from paripassu.values.calendars import Calendar
    from paripassu.values.effects import Source
    from paripassu.values.state import State


@dataclass(frozen=True, slots=True)
class TermSpec:
    """What a clause expects of a term: its type, unit and meaning."""

    type: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term as an agreement states it: value, section of the deal, and the literal found there."""

    name: str
    value: Any
    unit: str
    section: str
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question the words leave open, its kind, and its alternatives with what each says.

    Kinds: ``computing`` (alternatives are functions or terms), ``finding`` (a person decides; recorded as a fact),
    ``textual`` (shown only). The first alternative is the library's; the deal holds the choice.
    """

    id: str
    question: str
    kind: str
    alternatives: Mapping[str, str]


class Ask(Protocol):
    """What a clause may ask while it responds; nothing it asks changes anything."""

    state: State
    now_day: date

    def __call__(self, name: str, *, on: date | None = None, given: Mapping[str, Any] | None = None, **at: Any) -> Any:
        """The value of a name at a point; Undetermined where it cannot be known."""
        ...

    def source(
        self, name: str, *, on: date | None = None, given: Mapping[str, Any] | None = None, **at: Any
    ) -> Source:
        """The same question, kept for the effect that rests on it."""
        ...

    def calendar(self, name: str) -> Calendar:
        """The calendar a name is bound to."""
        ...

    def reading(self, reading: str) -> str:
        """The alternative chosen, for a response that turns on a reading."""
        ...

    def local_clock(self, fact: Fact) -> tuple[date, int]:
        """Date and second of the day of a fact in the instrument's zone."""
        ...

    def moment_at(self, day: date, second: int, place: DayPlace, zone: str = "") -> Moment:
        """Where a time on the instrument's clock (or that of another zone) stands in the order of the deal."""
        ...


Event = Any
"""What wakes a clause: a Fact, an Occur, a Due it asked for, the day AfterRecordDate, or a TradingDay."""


Answer = Callable[[Event, Ask], Iterable[Any]]
"""A method of a clause that answers an event, with effects or with moments."""


def name_of(event: Event) -> str:
    """The name under which clauses subscribe to an event."""
    if isinstance(event, Fact):
        return event.kind
    return "trading_day" if isinstance(event, TradingDay) else str(event.name)


@dataclass(frozen=True)
class Clause:
    """One operative provision: terms as fields, and formulas, responses and moments to be woken at.

    A subclass declares ``terms`` (their specification) and ``readings``, and answers an event by a method
    ``on_<event>`` yielding effects and, where it wants to be woken later, ``after_<event>`` yielding moments; the
    event is a kind of fact, the name of an occurrence, the name of a moment it asked for, or ``trading_day``.
    """

    terms: ClassVar[Mapping[str, TermSpec]] = {}
    readings: ClassVar[tuple[Reading, ...]] = ()
    counterparts: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Figures of other clauses with what they are called in the case of this one: the case, and its own figure."""

    name: str
    instrument: str
    values: Mapping[str, Term]
    section: str
    sections: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    links: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    or_else: Mapping[str, str] = field(default_factory=dict)
    """What the papers have follow where a duty of this clause is missed, by the duty's name, with its section."""

    def formulas(self) -> Mapping[str, Binding]:
        """The names this clause binds, besides its terms."""
        return {}

    def hears(self) -> frozenset[str]:
        """The events this clause subscribes to."""
        heard = (name for name in dir(self) if name.startswith(("on_", "after_")))
        return frozenset(name.partition("_")[2] for name in heard)

    def findings(self) -> Iterable[tuple[str, Sequence[str]]]:
        """The findings of a person that this clause answers: the event, and the papers it may be of; none for any."""
        return ()

    def answers(self, name: str) -> tuple[Answer | None, Answer | None]:
        """How the clause responds to an event of a name, and how it schedules after it; None where it does not."""
        responds = self.respond if type(self).respond is not Clause.respond else getattr(self, f"on_{name}", None)
        return responds, getattr(self, f"after_{name}", None)

    def respond(self, event: Event, ask: Ask) -> Iterable[Effect]:
        """What follows from an event; each effect is applied before the next is computed."""
        answer = getattr(self, f"on_{name_of(event)}", None)
        return answer(event, ask) if answer else ()

    def section_of(self, role: str, alternative: str = "") -> str:
        """The section a name or role of this clause stands in, where so stated under one alternative of its reading."""
        return self.sections.get(f"{role} ({alternative})") or self.sections.get(role, self.section)
