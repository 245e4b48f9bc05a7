"""What the value of a name depends on: other names, the subject of the question, its day, and histories.

Worked out once from the bindings, without asking anything. A value may be kept until one of its histories changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from paripassu.values.bindings import (
    Binding,
    ByClass,
    ByDate,
    ByHolder,
    DayOfPoint,
    EachDay,
    HeldByDay,
    History,
    Holding,
    LotTerm,
    ObservedOn,
    ObservedWindow,
    Restated,
    TermBinding,
    TermByReading,
    Used,
    names_asked,
)

SPLIT_FACTOR = ("split_factor",)
"""The history of how many shares one share of the start has become; shared by all instruments."""

HistoryKind = tuple[str, ...]
"""The first one or two parts of a history's key, such as ("value", "closing_date") or ("position", "common")."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """Everything that can change the value of a name.

    ``names`` are the name itself and all it asks for; ``subjects`` the parts of the question's subject that are read;
    ``histories`` the kinds of histories that are read; ``on_day`` whether the day of the question is; ``own`` names
    that matter with their subject only once somebody has a value of its own: (subject, name).
    """

    names: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    histories: frozenset[HistoryKind] = frozenset()
    on_day: bool = False
    own: frozenset[tuple[str, str]] = frozenset()

    def __or__(self, other: Dependence) -> Dependence:
        return Dependence(
            self.names | other.names, self.subjects | other.subjects, self.histories | other.histories,
            self.on_day or other.on_day, self.own | other.own,
        )


@dataclass
class Dependences:
    """The dependence of every name of an instrument, worked out when first wanted."""

    bindings: Mapping[str, Binding]
    _known: dict[str, Dependence] = field(default_factory=dict)

    def of(self, name: str) -> Dependence:
        """What a bound name depends on; the wiring has no circles, so this ends."""
        known = self._known.get(name)
        if known is None:
            binding = self.bindings[name]
            if isinstance(binding, Used):
                known = self._known[name] = Dependences(binding.bindings).of(name)
                return known
            known = Dependence(names=frozenset((name,))) | _own(name, binding)
            for asked in names_asked(binding):
                known |= self.of(asked)
            self._known[name] = known
        return known

    def is_stored(self, name: str) -> bool:
        """True when the value is only looked up, so that keeping it again gains nothing."""
        return isinstance(self.bindings[name], TermBinding | TermByReading | DayOfPoint | History | LotTerm)


def _own(name: str, binding: Binding) -> Dependence:
    """What a binding reads by itself, besides the names it asks for."""
    match binding:
        case DayOfPoint() | ObservedOn() | ByDate():
            return Dependence(on_day=True)
        case ObservedWindow() | EachDay():
            return Dependence(histories=frozenset((SPLIT_FACTOR,)), on_day=True)
        case History(by=by, otherwise=otherwise) if otherwise:
            return Dependence(histories=frozenset((("value", name),)), own=frozenset(((by, name),)))
        case History(by=by):
            return Dependence(subjects=_subjects(by), histories=frozenset((("value", name),)))
        case LotTerm():
            return Dependence(subjects=frozenset(("class", "lot")), histories=frozenset((("value", name),)))
        case Restated(history=history):
            return Dependence(histories=frozenset((("value", history), SPLIT_FACTOR)), on_day=True)
        case ByHolder(asset=asset):
            return Dependence(histories=frozenset((("position", asset),)))
        case Holding(asset=asset, by=by) | HeldByDay(asset=asset, by=by):
            return Dependence(subjects=_subjects(by), histories=frozenset((("position", asset),)))
        case ByClass(asset=asset, lot_term=lot_term, by=by):
            histories = frozenset((("position", asset), ("value", lot_term)))
            return Dependence(subjects=_subjects(by), histories=histories)
    return Dependence()


def _subjects(by: str) -> frozenset[str]:
    return frozenset((by,)) if by else frozenset()
