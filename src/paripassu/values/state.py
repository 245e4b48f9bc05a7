"""State: dated histories of everything, in the order in which effects were applied.

Each applied effect takes the next *place* (0, 1, 2, ...). Every history is a list of (place, value), so a question
put at a place sees exactly what a clause saw when it asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

from paripassu.values.arithmetic import ZERO
from paripassu.values.effects import Effect, Move, Owe
from paripassu.values.facts import Fact
from paripassu.values.grades import Grade
from paripassu.values.moments import Moment, end_of
from paripassu.values.records import Picked, Record, Records
from paripassu.values.undetermined import determined, unknown_within, without


@dataclass(frozen=True, slots=True)
class Obligation:
    """A duty as it stands: pending until its due date is known, open, performed, breached, lapsed or waived."""

    owed: Owe
    instrument: str
    clause: str
    status: str
    arisen: date
    late: bool = False
    ended: date | None = None

    @property
    def id(self) -> str:
        """The name by which payments and views refer to it."""
        return f"{self.duty}:{self.subject}"

    @property
    def duty(self) -> str:
        """The name of the duty."""
        return self.owed.duty

    @property
    def subject(self) -> str:
        """What it is about."""
        return self.owed.subject

    @property
    def debtor(self) -> str:
        """Who must."""
        return self.owed.debtor

    @property
    def creditor(self) -> str:
        """For whom."""
        return self.owed.creditor

    @property
    def what(self) -> str:
        """What must be done, in words."""
        return self.owed.what

    @property
    def due(self) -> date | None:
        """The last day, where it is known."""
        return self.owed.due

    @property
    def awaits(self) -> str:
        """What its last day waits for."""
        return self.owed.awaits

    @property
    def amount(self) -> str:
        """The figure that says how much."""
        return self.owed.amount

    @property
    def at(self) -> Mapping[str, Any]:
        """Where that figure is asked."""
        return self.owed.at

    @property
    def role(self) -> str:
        """The role of the section that says so."""
        return self.owed.role

    @property
    def grew_through(self) -> date | None:
        """The last day on which its amount grew: that on which it ended, or the one before a waiver; None: it goes on.
        """
        if self.ended is None or self.status != "waived":
            return self.ended
        return max(self.arisen, self.ended - timedelta(days=1))

    @property
    def or_else(self) -> str:
        """What follows if it is missed."""
        return self.owed.or_else


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A right a party may elect; ``quantity`` names the figure that says how much."""

    right: str
    holder: str
    subject: str
    quantity: str
    since: date
    until: date | None
    instrument: str
    clause: str
    role: str
    at: Mapping[str, Any]
    ended: date | None = None


class Upcoming(NamedTuple):
    """A moment still on the agenda: what happens or is due then, and what follows if it is missed."""

    moment: Moment
    instrument: str
    clause: str
    what: str
    subject: str
    or_else: str
    role: str
    debtor: str = ""


Step: TypeAlias = tuple[int, Any]
"""A value and the place of the effect that set it."""


class Course:
    """What a quantity has been, in order: the places at which it was set, and what to."""

    __slots__ = ("places", "values")

    def __init__(self, *steps: Step) -> None:
        self.places = [place for place, _ in steps]
        self.values = [value for _, value in steps]

    def at(self, place: int) -> Any:
        """What it was before a place; None where it was not yet set."""
        index = bisect_left(self.places, place)
        return self.values[index - 1] if index else None


History: TypeAlias = Step | Course
"""The one step, as most quantities of a notice or a lot have only one; or the whole course."""

Key: TypeAlias = tuple[Any, ...]
"""What a history is of: its kind (value, position, obligation, ...), its name, and what it is of beneath that."""


class State:
    """Histories by key, the log of effects, and what is still on the agenda."""

    def __init__(self, as_of: date, known_at: date | None) -> None:
        self.as_of = as_of
        self.known_at = known_at
        self.histories: dict[Key, History] = {}
        self.records = Records()
        self.facts: list[Fact] = []
        self.facts_of_record: list[Fact] = []  # their record dates are past, and they take effect later
        self.upcoming: list[Upcoming] = []
        self._lots: dict[tuple[str, str], dict[str, Key]] = {}
        self._lot_owners: dict[tuple[str, str], dict[str, None]] = {}
        self._tracked: dict[str, set[str]] = {}
        self._classes: dict[tuple[str, str, str], dict[Any, Key]] = {}
        self._owners: dict[str, dict[str, None]] = {}
        self._keys: dict[str, list[Key]] = {}
        self._named: dict[Key, list[Key]] = {}
        self._moves: dict[tuple[str, str], list[int]] = {}
        self._grades: dict[str, list[tuple[int, Grade]]] = {}
        self.holds_unknowns = False
        self._forgetting: dict[tuple[str, ...], list[dict[Any, Any]]] = {}
        self._applying = -1

    def hear(self, fact: Fact) -> None:
        """A fact takes effect."""
        self.facts.append(fact)
        self.facts_of_record = [one for one in self.facts_of_record if one is not fact]

    def hear_of_record(self, fact: Fact) -> None:
        """A fact's record date is past; it may have taken effect before."""
        if not any(one is fact for one in self.facts):
            self.facts_of_record.append(fact)

    @property
    def place(self) -> int:
        """How many effects have been applied: the place of the next one."""
        return len(self.records.effects)

    def place_at(self, when: Moment) -> int:
        """The place after every effect up to and including a moment."""
        return self.records.until(when)

    def place_at_end_of(self, day: date) -> int:
        """The place after everything of a day."""
        return self.place_at(end_of(day))

    def get(self, key: Key, place: int | None = None) -> Any:
        """The value of a history as of a place (now when None); None where it was never set."""
        history = self.histories.get(key)
        if history is None:
            return None
        if isinstance(history, Course):
            return history.values[-1] if place is None or history.places[-1] < place else history.at(place)
        return history[1] if place is None or history[0] < place else None

    def steps(self, key: Key) -> list[Step]:
        """Every value a history has had with the place of the effect that set it, in order."""
        history = self.histories.get(key)
        if isinstance(history, Course):
            return list(zip(history.places, history.values, strict=True))
        return [] if history is None else [history]

    def set_at(self, key: Key, place: int) -> Record | None:
        """The effect that gave a history the value it had as of a place; None where it had none."""
        history = self.histories.get(key)
        if history is None:
            return None
        places = history.places if isinstance(history, Course) else history[:1]
        index = bisect_left(places, place)
        return self.records[places[index - 1]] if index else None

    def put(self, key: Key, value: Any) -> None:
        """Set a history from the place of the effect now being applied."""
        history = self.histories.get(key)
        if history is None:
            self.histories[key] = (self._applying, value)
            self._keys.setdefault(key[0], []).append(key)
            if len(key) > 2:
                self._named.setdefault(key[:2], []).append(key)
            elif key[0] == "obligation":
                self._named.setdefault((key[0], key[1].partition(":")[0]), []).append(key)
        elif isinstance(history, Course):
            history.places.append(self._applying)
            history.values.append(value)
        else:
            self.histories[key] = Course(history, (self._applying, value))
        if not self.holds_unknowns and unknown_within(value):
            self.holds_unknowns = True
        for memory in self._forgetting.get(key[:2], ()):
            memory.clear()

    def forget_on_change(self, kind: tuple[str, ...], memory: dict[Any, Any]) -> None:
        """Empty a memory of answers whenever a history whose key begins with ``kind`` is set."""
        self._forgetting.setdefault(kind, []).append(memory)

    def move(
        self, asset: str, source: str, target: str, lot: str, quantity: Any, *, reverses: bool = False
    ) -> None:
        """Take a quantity from one position and add it to another, so that all positions of an asset sum to zero.

        Where it ``reverses`` an earlier movement, what that brought is gone, known or not.
        """
        self._change(asset, source, lot, quantity, leaving=True, reverses=reverses)
        self._change(asset, target, lot, quantity, leaving=False, reverses=reverses)
        leaves, enters = source.startswith("("), target.startswith("(")
        if leaves == enters and not self._tracked.get(asset):
            return
        if leaves != enters:
            self._add_persons(asset, quantity if leaves else -quantity)
        for term in self._tracked.get(asset, ()):
            value = self.get(("value", term, lot))
            if not leaves:
                self._reclass(asset, term, source, value, -quantity)
            if not enters:
                self._reclass(asset, term, target, value, quantity)
            if leaves != enters:
                self._reclass(asset, term, "", value, quantity if leaves else -quantity)

    def _change(
        self, asset: str, owner: str, lot: str, quantity: Any, *, leaving: bool, reverses: bool = False
    ) -> None:
        key = ("position", asset, owner)
        if key not in self.histories:
            self._owners.setdefault(asset, {})[owner] = None
        if not lot:
            self.put(key, self._after(key, quantity, leaving, reverses))
            return
        of_lot = ("lot", asset, owner, lot)
        if of_lot not in self.histories:
            self._lots.setdefault((asset, owner), {})[lot] = of_lot
            if not owner.startswith("("):
                self._lot_owners.setdefault((asset, lot), {})[owner] = None
        self.put(of_lot, self._after(of_lot, quantity, leaving, reverses))
        if determined(quantity):
            self._add(key, -quantity if leaving else quantity)
        else:
            self.put(key, sum(self.lots(asset, owner).values(), ZERO))

    def _after(self, key: Key, quantity: Any, leaving: bool, reverses: bool) -> Any:
        """What is left or reached: nothing where all of it leaves, however little is known of how many that is."""
        held = self.get(key) or ZERO
        if reverses:
            return without(held, quantity if leaving else -quantity)
        if leaving:
            return ZERO if held is quantity else held - quantity
        return held + quantity

    def _add_persons(self, asset: str, change: Any) -> None:
        """Bring up to date what all persons have together; added up anew where what changed is not known."""
        if determined(change):
            self._add(("position", asset, ""), change)
        else:
            self.put(("position", asset, ""), sum((self.position(asset, one) for one in self.holders(asset)), ZERO))

    def _add(self, key: Key, change: Any) -> None:
        # From the exact zero, so that a quotient of two whole positions stays exact.
        self.put(key, (self.get(key) or ZERO) + change)

    def track(self, asset: str, lot_term: str) -> None:
        """Keep running totals of an asset by the value of a term its lots carry."""
        self._tracked.setdefault(asset, set()).add(lot_term)

    def set_value(self, name: str, subject: str, value: Any) -> None:
        """Set a named value of a subject; totals by class follow when it is a lot's term."""
        for asset, terms in self._tracked.items():
            if name in terms:
                before = self.get(("value", name, subject))
                for owner in self._lot_owners.get((asset, subject), ()):
                    quantity = self.position(asset, owner, subject)
                    for whose in (owner, ""):
                        self._reclass(asset, name, whose, before, -quantity)
                        self._reclass(asset, name, whose, value, quantity)
        self.put(("value", name, subject), value)

    def _reclass(self, asset: str, term: str, whose: str, value: Any, change: Any) -> None:
        key = ("class", asset, term, whose, value)
        self._classes.setdefault((asset, term, whose), {})[value] = key
        self._add(key, change)

    def class_totals(self, asset: str, lot_term: str, holder: str, place: int | None = None) -> dict[Any, Any]:
        """Quantity outstanding by the value of a lot term: of one holder, or of all when empty."""
        totals = self._standing(self._classes.get((asset, lot_term, holder), {}), place)
        if all(determined(quantity) for quantity in totals.values()):
            return totals
        # An unknown quantity that left a class does not cancel against itself, so the lots are added up anew.
        summed: dict[Any, Any] = {}
        for owner in [holder] if holder else self.holders(asset):
            for lot, quantity in self.lots(asset, owner, place).items():
                value = self.get(("value", lot_term, lot), place)
                summed[value] = summed.get(value, ZERO) + quantity
        return summed

    def _standing(self, keys: dict[Any, Key], place: int | None) -> dict[Any, Any]:
        """What each history says, less those that say nothing or zero."""
        found = {}
        for name, key in keys.items():
            value = self.get(key, place)
            if value is not None and (not determined(value) or value != 0):
                found[name] = value
        return found

    def position(self, asset: str, owner: str, lot: str = "", place: int | None = None) -> Any:
        """How many of an asset (or of one lot of it) an owner has; 0 where it never had any."""
        value = self.get(("lot", asset, owner, lot) if lot else ("position", asset, owner), place)
        return ZERO if value is None else value

    def moves(self, asset: str, owner: str = "", place: int | None = None) -> Sequence[Record]:
        """The movements of an owner's position before a place; those of all persons together where none is named."""
        places = self._moves.get((asset, owner), [])
        before = len(places) if place is None else bisect_left(places, place)
        return Picked(self.records, places[:before])

    def worst_grade_moved(self, asset: str, place: int) -> Grade:
        """The worst grade of the facts that moved an asset before a place."""
        worse = self._grades.get(asset, [])
        index = bisect_left(worse, place, key=itemgetter(0))
        return worse[index - 1][1] if index else Grade.FILING

    def log(
        self, moment: Moment, instrument: str, clause: str, effect: Effect, cause: Any, origin: Fact | None = None
    ) -> None:
        """Append an applied effect; the effect's place is its index."""
        self._applying = len(self.records.effects)
        self.records.append(moment, instrument, clause, effect, cause, origin)
        if isinstance(effect, Move):
            leaves, enters = effect.source.startswith("("), effect.target.startswith("(")
            for owner in (effect.source, effect.target, *([""] if leaves != enters else [])):
                self._moves.setdefault((effect.asset, owner), []).append(self._applying)
            if origin is not None:
                self._log_grade(effect.asset, origin.grade)

    def _log_grade(self, asset: str, grade: Grade) -> None:
        grades = self._grades.setdefault(asset, [])
        if not grades or grade > grades[-1][1]:
            grades.append((self._applying, grade))

    def lots(self, asset: str, owner: str, place: int | None = None) -> dict[str, Any]:
        """The lots an owner holds and how many of each, in order of first entry; none of zero.

        What is held without lots is one lot without a name.
        """
        return self._standing(self._lots.get((asset, owner)) or {"": ("position", asset, owner)}, place)

    def holders(self, asset: str) -> list[str]:
        """Every person who ever had a position in an asset, in order of first entry.

        Owners in parentheses, such as (issuer) or (converted), are ends of movements, not persons.
        """
        return [owner for owner in self._owners.get(asset, {}) if not owner.startswith("(")]

    def owners(self, asset: str) -> list[str]:
        """Every end of a movement of an asset, persons or not, in order of first entry."""
        return list(self._owners.get(asset, {}))

    def total(self, asset: str, owner: str, place: int | None = None) -> Any:
        """All lots of an asset an owner holds, together; of all persons when the owner is empty."""
        return self.position(asset, owner, "", place)

    def obligation(self, duty: str, subject: str, place: int | None = None) -> Obligation | None:
        """A duty as it stood, or None."""
        found: Obligation | None = self.get(("obligation", f"{duty}:{subject}"), place)
        return found

    def obligations(self, place: int | None = None, duty: str = "") -> Iterator[Obligation]:
        """Every duty, or every one of a name, as it stood, in order of arising."""
        yield from self._latest(self.keys("obligation", duty), place)

    def entitlements(self, place: int | None = None) -> Iterator[Entitlement]:
        """Every right granted, as it stood, in order of grant."""
        yield from self._latest(self.keys("entitlement"), place)

    def _latest(self, keys: list[Key], place: int | None) -> Iterator[Any]:
        for key in keys:
            if (value := self.get(key, place)) is not None:
                yield value

    def named(self, kind: str, name: str) -> list[Key]:
        """The histories of a name, to which those to come are added."""
        return self._named.setdefault((kind, name), [])

    def keys(self, kind: str, name: str = "") -> list[Key]:
        """The histories of one kind (position, value, obligation, ...), or of one name or duty, by first entry."""
        return self._named.get((kind, name), []) if name else self._keys.get(kind, [])
