"""Formulas as they are drawn in an annotated agreement: what a name is, what it asks, and its figures on a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from paripassu.agreement import Instrument, subjects_of
from paripassu.asking import Names
from paripassu.explaining import explain, words_of
from paripassu.render.explanation import needs_words
from paripassu.render.explanation import words as spaced
from paripassu.replay import Replayed
from paripassu.values.annotated import Branch
from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import (
    Binding,
    ByClass,
    ByDate,
    ByHolder,
    ByReading,
    DayOfPoint,
    EachDay,
    EachPart,
    Formula,
    HeldByDay,
    History,
    Holding,
    LotTerm,
    ObservedOn,
    ObservedWindow,
    Restated,
    SumOver,
    TermBinding,
    TermByReading,
    Used,
    names_asked,
    unit_of,
)
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.printing import unit_words
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Amount, Cell, Mark
from paripassu.values.undetermined import determined
from paripassu.views.agreement import stated

MOST_SUBJECTS = 12
"""Subjects of one recorded name that are listed; of more only the number is said."""
MOST_NEEDS = 4
"""Things waited for that are named; of more only the number is said."""

Row = tuple[Cell, ...]


class Drawing:
    """Draws the names of an agreement with their values on the date of a replay."""

    def __init__(self, done: Replayed) -> None:
        self._done = done
        self._figures: dict[tuple[str, str], tuple[tuple[str, Figure], ...]] = {}

    def trees(self, instrument: Instrument, here: Sequence[str]) -> tuple[Branch, ...]:
        """The names that stand ``here``, each under one that asks it, or by itself where none here does."""
        asked = {below for name in here for below in names_asked(instrument.bindings[name])}
        left = set(here)
        return tuple(self._branch(instrument, name, left) for name in here if name not in asked)

    def _branch(self, instrument: Instrument, name: str, left: set[str]) -> Branch:
        home, binding = self._home(instrument, name)
        value = self._value(home, name, binding)
        citation = Citation(home.document, home.section_of(name))
        unit = unit_of(binding)
        if name not in left or home is not instrument:
            return Branch(home.name, name, citation, False, value=value, unit=unit)
        left.discard(name)
        asks = tuple(self._branch(instrument, below, left) for below in names_asked(binding))
        each = tuple(spaced(one) for one in subjects_of(instrument, name))
        said = tuple(binding_words(binding, self._chosen(instrument, binding)))
        return Branch(instrument.name, name, citation, True, said, each, value, unit, asks)

    def _home(self, instrument: Instrument, name: str) -> tuple[Instrument, Binding]:
        """The instrument that binds a name, and what it is bound to there."""
        binding = instrument.bindings[name]
        if isinstance(binding, Used):
            return self._home(self._done.agreement.instruments[binding.instrument], name)
        return instrument, binding

    def _chosen(self, instrument: Instrument, binding: Binding) -> str:
        reading = getattr(binding, "reading", "")
        return self._done.agreement.chosen(instrument.name, reading) if reading else ""

    def _value(self, instrument: Instrument, name: str, binding: Binding) -> Cell:
        """The one value a name has on the date; None where it has several, or none yet."""
        if isinstance(binding, TermBinding):
            return stated(binding.value, binding.unit)
        found = self.figures(instrument, name)
        if len(found) != 1 or found[0][0] or not determined(found[0][1].value):
            return None
        return shown(found[0][1])

    def figures(self, instrument: Instrument, name: str) -> tuple[tuple[str, Figure], ...]:
        """The figures of a name, each with whose it is: of the real holders and lots, and of whatever it was set for.

        Empty for a name asked only of something that is not there yet, such as a notice.
        """
        key = (instrument.name, name)
        if key not in self._figures:
            self._figures[key] = tuple(self._asked(self._done.names[instrument.name], name))
        return self._figures[key]

    def _asked(self, names: Names, name: str) -> Iterator[tuple[str, Figure]]:
        subjects = subjects_of(names.instrument, name)
        binding = names.instrument.bindings[name]
        if not subjects:
            figure = _figure(names, name, {})
            found = (("", figure),) if figure else self._of_lots(names, name)
        elif set(subjects) <= {"holder"}:
            found = self._of_holders(names, name)
        elif set(subjects) <= {"holder", "lot"}:
            found = self._of_lots(names, name)
        elif isinstance(binding, History):
            recorded = sorted(key[2] for key in self._done.state.keys("value", name) if key[2])
            found = tuple((of, _figure(names, name, {binding.by: of})) for of in recorded)
        else:
            found = ()
        for of, figure in found:
            if figure is not None:
                yield of, figure

    def _of_holders(self, names: Names, name: str) -> tuple[tuple[str, Figure | None], ...]:
        holders = self._done.state.holders(names.instrument.name)
        return tuple((one, _figure(names, name, {"holder": one})) for one in holders)

    def _of_lots(self, names: Names, name: str) -> tuple[tuple[str, Figure | None], ...]:
        state, instrument = self._done.state, names.instrument.name
        parties = self._done.agreement.parties
        return tuple(
            (f"lot {lot} of {parties.get(holder, holder)}", _figure(names, name, {"holder": holder, "lot": lot}))
            for holder in state.holders(instrument) for lot in sorted(state.lots(instrument, holder))
        )

    def rows(self, instrument: Instrument, name: str) -> Iterator[Row]:
        """The figures of a name as rows: name, whose, value, unit, what it waits for, grade."""
        found = self.figures(instrument, name)
        binding, parties = instrument.bindings[name], self._done.agreement.parties
        if isinstance(binding, DayOfPoint):
            return
        if len(found) > MOST_SUBJECTS:
            yield (spaced(name), f"{len(found)} subjects", "-", unit_words(unit_of(binding)), "-", "-")
            return
        for of, figure in found:
            waits = needs_words(figure.needs())
            more = f"; {len(waits) - MOST_NEEDS} more" if len(waits) > MOST_NEEDS else ""
            if waits and all(need.name in (name, spaced(name)) for need in figure.needs()):
                yield (spaced(name), parties.get(of, of) or "-", Mark("not recorded"), "-", "-", "-")
                continue
            known = determined(figure.value)
            yield (spaced(name), parties.get(of, of) or "-", shown(figure), unit_words(figure.unit),
                   "; ".join(waits[:MOST_NEEDS]) + more or "-", figure.grade.label if known else "-")


def _figure(names: Names, name: str, at: Mapping[str, Any]) -> Figure | None:
    """The figure of a name at a point on the date of the record; None where lots differ, so that one must be named."""
    try:
        return explain(names, name, names.point(None, None, at))
    except Problem as problem:
        if problem.kind is ProblemKind.INCOMPLETE_FACT:
            return None
        raise


def shown(figure: Figure) -> Cell:
    """The value of a figure as a cell, a list of values by their number and those of a calendar by its name."""
    value = figure.value
    if isinstance(value, Calendar):
        return value.name
    plain_list = isinstance(value, tuple) and not all(isinstance(one, Rational | int | date) for one in value)
    return f"{len(value)} {'entry' if len(value) == 1 else 'entries'}" if plain_list else Amount(value, figure.unit)


def binding_words(binding: Binding, chosen: str) -> Iterator[str]:
    """What a name is bound to, in sentences without a full stop; ``chosen`` is the alternative of its reading."""
    match binding:
        case Formula(function=function, rounds=rounds):
            yield words_of(function).rstrip(".") + (f"; {rounds}" if rounds else "")
        case ByDate(steps=steps):
            for start, function in steps:
                yield f"{f'from the {spaced(start)} on' if start else 'at first'}: {words_of(function).rstrip('.')}"
        case ByReading(reading=reading, alternatives=alternatives):
            for name, function in alternatives.items():
                yield f"{reading}, {name}{' (in force)' if name == chosen else ''}: {words_of(function).rstrip('.')}"
        case TermByReading(reading=reading, alternatives=named):
            for name, value in named.items():
                said = getattr(value, "name", value)
                yield f"{reading}, {name}{' (in force)' if name == chosen else ''}: {said}"
        case _:
            yield _source_words(binding)


def _source_words(binding: Binding) -> str:
    """Where a name comes from that no formula computes."""
    match binding:
        case TermBinding():
            return "stated in the agreement"
        case History(by=by):
            return "recorded" + (f" for each {spaced(by)}" if by else "")
        case LotTerm():
            return "carried by each lot"
        case Restated(history=history):
            return f"{spaced(history)}, restated for every split since"
        case Holding(asset=asset, by=by):
            return f"how many of {spaced(asset)} are held" + (f" by the {spaced(by)}" if by else " in all")
        case HeldByDay(asset=asset, by=by):
            return f"how many of {spaced(asset)} are held from day to day" + (f" by the {spaced(by)}" if by else "")
        case ByClass(asset=asset, lot_term=lot_term):
            return f"the {asset} outstanding, grouped by {spaced(lot_term)}"
        case ByHolder(asset=asset):
            return f"what each holder has of {asset}"
        case ObservedOn(tiers=tiers):
            return f"observed on the day: {', else '.join(map(spaced, tiers))}"
        case ObservedWindow(tiers=tiers):
            return f"observed on the days before: {', else '.join(map(spaced, tiers))}"
        case SumOver(name=name, parts=parts):
            return f"the sum of {spaced(name)} over {spaced(parts)}"
        case EachDay(name=name, first=first, last=last):
            return f"{spaced(name)} of each day from {spaced(first)} to {spaced(last)}"
        case EachPart(name=name, parts=parts):
            return f"{spaced(name)} of each of {spaced(parts)}, on its own day"
        case DayOfPoint():
            return "the date of the question"
    raise AssertionError(f"no words for {binding!r}")
