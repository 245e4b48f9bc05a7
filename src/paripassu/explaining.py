"""How a figure was reached: the same bindings asked at the same point, returned as a tree.

Nothing is kept from the replay but (name, point); the tree is derived anew and its value must equal the one replay
computed.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from paripassu.asking import Names, divides_by_zero, part_of, subject_of
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
    Function,
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
    parameters,
    unit_of,
)
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.effects import Point, Set, Source
from paripassu.values.facts import Fact
from paripassu.values.figures import Figure
from paripassu.values.grades import Grade, worst
from paripassu.values.market import Observation
from paripassu.values.records import Record
from paripassu.values.undetermined import determined

SHOWN_PARTS = 6
"""Movements and days beyond this number are summarised rather than listed."""


def explain(names: Names, name: str, point: Point) -> Figure:
    """The figure a name gives at a point, with everything it came from."""
    figure = _Explanation(names).of(name, point)
    return figure if determined(figure.value) else figure._replace(value=names.at_point(name, point))


def explain_source(names: Names, source: Source) -> Figure:
    """The figure an effect rests on."""
    return explain(names, source.name, source.point)


def given_figure(names: Names, name: str, point: Point) -> Figure:
    """A value that stands for a name at this point only."""
    return Figure(
        name, point.given[name], _unit(names, name), "given for this question", None, Grade.FILING, day=point.day
    )


def _unit(names: Names, name: str) -> str:
    return unit_of(names.instrument.bindings[name])


@cache
def words_of(function: Function) -> str:
    """A formula in words: the first sentence of its documentation."""
    text = inspect.getdoc(function) or function.__name__
    return text.split("\n\n")[0].replace("\n", " ")


class _Explanation:
    """One walk over the bindings of an instrument."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.state = names.state
        self.point: Point | None = None
        self.done: dict[str, Figure] = {}
        self.points: dict[tuple[Any, ...], dict[str, Figure]] = {}
        self.told: dict[tuple[str, int], Figure] = {}
        self.others: dict[str, _Explanation] = {}

    def of(self, name: str, point: Point) -> Figure:
        """The figure of a name at a point; each point is worked out once, however often it is asked."""
        if name in point.given:
            return given_figure(self.names, name, point)
        done = self.done if point is self.point else self._done_at(point)
        figure = done.get(name)
        if figure is None:
            figure = done[name] = self._derive(name, point)
        return figure

    def _done_at(self, point: Point) -> dict[str, Figure]:
        """The figures of a point so far; the walk stays at one point for most of its way."""
        key = (point.day, point.place, tuple(point.at.items()), tuple(point.given.items()))
        self.point, self.done = point, self.points.setdefault(key, {})
        return self.done

    def _derive(self, name: str, point: Point) -> Figure:
        binding = self.names.instrument.bindings[name]
        match binding:
            case Used(instrument=instrument):
                return self._other(instrument).of(name, point)
            case Formula(function=function, rounds=rounds):
                return self._formula(name, point, function, rounds, "", self._remark(binding, point))
            case ByReading(reading=reading, alternatives=functions, rounds=rounds):
                chosen = self.names.reading(reading)
                return self._formula(name, point, functions[chosen], rounds, f"{reading}: {chosen}")
            case ByDate():
                return self._by_date(name, point, binding)
        return self._leaf(name, point, binding)

    def _other(self, instrument: str) -> _Explanation:
        """The walk over another instrument of the deal, for the names used of it."""
        if instrument not in self.others:
            self.others[instrument] = _Explanation(self.names.together[instrument])
        return self.others[instrument]

    def _remark(self, binding: Formula, point: Point) -> str:
        if binding.remark is None:
            return ""
        values = [self.names.evaluator(parameter)(point) for parameter in parameters(binding.remark)]
        return str(binding.remark(*values)) if all(determined(value) for value in values) else ""

    def _formula(
        self, name: str, point: Point, function: Function, rounds: str, turns_on: str = "", remark: str = ""
    ) -> Figure:
        inputs = tuple([self.of(parameter, point) for parameter in parameters(function)])
        values = [one.value for one in inputs]
        known = all(map(determined, values))
        try:
            value = function(*values) if known else self.names.at_point(name, point)
        except ZeroDivisionError:
            raise divides_by_zero(function, values) from None
        if not known and determined(value):
            remark = f"the same whatever {_missing(inputs)} was"
        return self._figure(
            name, value, point, words_of(function), inputs, rounding=rounds, turns_on=turns_on, remark=remark
        )

    def _by_date(self, name: str, point: Point, binding: ByDate) -> Figure:
        for start, function in reversed(binding.steps):
            begins: Any = self.names.evaluator(start)(point) if start else None
            if start is None or (determined(begins) and begins <= point.day):
                since = f" (in force since {begins})" if start else ""
                figure = self._formula(name, point, function, binding.rounds)
                return self._figure(name, figure.value, point, figure.how + since, figure.inputs,
                                    rounding=binding.rounds)
        raise AssertionError("a binding by date needs a step from the start")

    def _figure(
        self, name: str, value: Any, point: Point, how: str, inputs: tuple[Figure, ...] = (), *,
        grade: Grade | None = None, rounding: str = "", turns_on: str = "", source: str = "", remark: str = "",
        subject: str = "",
    ) -> Figure:
        stands = self.names.stands.get(name)
        if stands is None:
            section = self.names.instrument.section_of(name, turns_on.partition(": ")[2])
            citation = Citation(self.names.instrument.document, section) if section else None
            stands = self.names.stands[name] = (_unit(self.names, name), citation)
        unit, citation = stands
        graded = worst([one.grade for one in inputs]) if grade is None else grade
        return Figure(name, value, unit, how, citation, graded, inputs, point.day, subject,
                      rounding, turns_on, source, remark)

    def _leaf(self, name: str, point: Point, binding: Binding) -> Figure:
        match binding:
            case TermBinding(value=value):
                how = f"the calendar {value.name}" if isinstance(value, Calendar) else "stated in the agreement"
                return self._figure(name, value, point, how)
            case TermByReading(reading=reading, alternatives=alternatives):
                chosen = self.names.reading(reading)
                value = alternatives[chosen]
                return self._figure(name, value, point, f"the calendar {value.name}", turns_on=f"{reading}: {chosen}")
            case DayOfPoint():
                return self._figure(name, point.day, point, "the date of the question")
            case History(by=by, otherwise=otherwise) if otherwise and self._never_set(name, by, point):
                return self.of(otherwise, point)._replace(name=name)
            case History(by=by):
                return self._set(name, point, str(subject_of(point, by, name)) if by else "")
            case LotTerm():
                return self._lot_term(name, point)
            case Restated(history=history):
                return self._restated(name, point, history)
            case Holding():
                return self._holding(name, point, binding)
            case ByClass():
                return self._figure(name, self.names.evaluator(name)(point), point,
                                    "the lots outstanding, by their own price",
                                    grade=self.state.worst_grade_moved(binding.asset, point.place))
            case HeldByDay(asset=asset):
                return self._figure(name, self.names.evaluator(name)(point), point,
                                    f"how many of {asset} there were at the end of each day on which that changed",
                                    grade=self.state.worst_grade_moved(asset, point.place))
            case ByHolder(asset=asset):
                return self._figure(name, self.names.evaluator(name)(point), point, "what each holder has",
                                    grade=self.state.worst_grade_moved(asset, point.place))
            case ObservedOn():
                return self._observed(name, point, binding)
            case ObservedWindow():
                return self._window(name, point, binding)
            case SumOver():
                return self._sum(name, point, binding)
            case EachDay():
                return self._each_day(name, point, binding)
            case EachPart():
                return self._each_part(name, point, binding)
        raise AssertionError(f"no way to explain {binding!r}")

    def _set(self, name: str, point: Point, subject: str) -> Figure:
        value = self.names.evaluator(name)(point)
        record = self.state.set_at(("value", name, subject), point.place)
        if record is None:
            how = "set for this question" if determined(value) else "not recorded"
            return self._figure(name, value, point, how, subject=subject)
        key = (name, record.place)
        figure = self.told.get(key)
        if figure is None:
            figure = self.told[key] = self._told(name, point, subject, value, record)
        return figure if figure.day == point.day else figure._replace(day=point.day)

    def _never_set(self, name: str, by: str, point: Point) -> bool:
        return by not in point.at or self.state.get(("value", name, point.at[by]), point.place) is None

    def _told(self, name: str, point: Point, subject: str, value: Any, record: Record) -> Figure:
        """A value as the effect that set it tells: since when, by which fact, and what it rested on."""
        effect = record.effect
        assert isinstance(effect, Set)
        fact = record.cause if isinstance(record.cause, Fact) else None
        inputs: tuple[Figure, ...] = ()
        if effect.rests_on is not None and effect.rests_on.name != name:
            inputs = (self.of(effect.rests_on.name, effect.rests_on.point),)
        told = f": {fact.says(self.names.agreement.parties)}" if fact else ""
        says = f"since {record.moment.date}{told}"
        grade = worst([*(one.grade for one in inputs), *([record.origin.grade] if record.origin else [])])
        return self._figure(name, value, point, says, inputs, grade=grade, subject=subject,
                            source=fact.source if fact else "")

    def _lot_term(self, name: str, point: Point) -> Figure:
        if "class" in point.at:
            grade = self.state.worst_grade_moved(self.names.instrument.name, point.place)
            return self._figure(name, point.at["class"], point, "the price these lots carry", grade=grade)
        value = self.names.lot_term(name, point)
        if "lot" in point.at:
            return self._set(name, point, point.at["lot"])
        lots = (key[2] for key in self.state.keys("value", name))
        any_lot = next(lot for lot in lots if self.state.get(("value", name, lot), point.place) is not None)
        shared = self._set(name, Point(point.day, point.place, {"lot": any_lot}), any_lot)
        return shared._replace(value=value, subject="every lot")

    def _restated(self, name: str, point: Point, history: str) -> Figure:
        value = self.names.evaluator(name)(point)
        entries = self.state.get(("value", history, ""), point.place) or ()
        inputs = tuple(self._locked(name, price, day) for price, day in entries)
        how = "prices locked by pending transactions" if entries else "no transaction is pending"
        return self._figure(name, value, point, how, inputs)

    def _locked(self, name: str, price: Any, day: date) -> Figure:
        """A price kept from a day, opened into what it rested on where an effect says so."""
        first = self.state.place_at_end_of(day - timedelta(days=1))
        for effect in self.state.records.effects[first : self.state.place_at_end_of(day)]:
            if not isinstance(effect, Set) or effect.rests_on is None:
                continue
            source = effect.rests_on
            if source.point.day == day and effect.value == price:
                kept = self.of(source.name, source.point)
                return kept._replace(how=f"kept from {day}: {kept.how}")
        return Figure(name, price, _unit(self.names, name), f"kept from {day}", day=day, grade=Grade.FILING)

    def _holding(self, name: str, point: Point, binding: Holding) -> Figure:
        owner = binding.owner or (str(subject_of(point, binding.by, name)) if binding.by else "")
        value = self.names.evaluator(name)(point)
        movements = self.state.moves(binding.asset, owner, point.place)
        inputs = tuple(
            Figure(
                f"{binding.asset} {'in' if change > 0 else 'out'}" if determined(change) else binding.asset,
                change, binding.unit, self._movement_words(record), day=record.moment.date,
                grade=record.origin.grade if record.origin else Grade.FILING,
                source=record.cause.source if isinstance(record.cause, Fact) else "",
            )
            for record, change in self._changes(movements[-SHOWN_PARTS:], owner)
        )
        hidden = len(movements) - len(inputs)
        earlier = f"; {hidden} earlier movements not listed" if hidden else ""
        count = f"{len(movements)} movement{'s' if len(movements) != 1 else ''}"
        how = f"{count} of {binding.asset} on the facts recorded{earlier}"
        return self._figure(name, value, point, how, inputs, subject=owner)

    def _changes(self, movements: Sequence[Record], owner: str) -> Iterator[tuple[Record, Any]]:
        """What each movement added to an owner's position, or to that of all persons."""
        for record in movements:
            effect: Any = record.effect
            enters = effect.target == owner if owner else not effect.target.startswith("(")
            yield record, effect.quantity if enters else -effect.quantity

    def _movement_words(self, record: Record) -> str:
        if isinstance(record.cause, Fact):
            return record.cause.says(self.names.agreement.parties)
        effect: Any = record.effect
        return (effect.role or "movement").replace("_", " ")

    def _observed(self, name: str, point: Point, binding: ObservedOn) -> Figure:
        value, day = self.names.evaluator(name)(point), point.day
        tiers = self.names.tiers_at(binding, point)
        inputs = tuple(self.of(why, point) for observable, why in binding.unless
                       if observable in binding.tiers and observable not in tiers)
        found = self.names.market.first_available(tiers, day)
        if found is None:
            return self._figure(name, value, point, f"not observed on {day}", inputs)
        return self._figure(name, value, point, f"observed on {day}: {_tier(found[1])}", inputs,
                            grade=_grade_of(found[1]), source=found[1][0].source)

    def _window(self, name: str, point: Point, binding: ObservedWindow) -> Figure:
        calendar = self.names.evaluator(binding.calendar)(point)
        count = int(self.names.evaluator(binding.count)(point))
        days = calendar.window(count, point.day)
        inputs = tuple([self._quoted(point, binding, day) for day in days])
        how = f"{count} consecutive open days of {calendar.name}, {days[0]} to {days[-1]}"
        return self._figure(name, self.names.evaluator(name)(point), point, how, inputs)

    def _quoted(self, point: Point, binding: ObservedWindow, day: date) -> Figure:
        found = self.names.market.first_available(binding.tiers, day)
        if found is None:
            missing = self.names.unknown_on(binding.tiers[0], day)
            return Figure(binding.tiers[0], missing, binding.unit, f"not observed on {day}", day=day)
        value, observed = found
        ratio, first = self.names.split_ratio(day, point), observed[0]
        how = _tier(observed)
        if first.printed:
            how += f", printed {first.printed}"
        if ratio != 1:
            how += f", restated for splits by {ratio}"
        return Figure(binding.tiers[0], value * ratio, binding.unit, how, None, _grade_of(observed), (), day,
                      source=first.source)

    def _sum(self, name: str, point: Point, binding: SumOver) -> Figure:
        pairs = self.names.evaluator(binding.parts)(point)
        if not determined(pairs):
            return self._figure(name, pairs, point, "the parts are not known", (self.of(binding.parts, point),))
        inputs = tuple(self.of(binding.name, part_of(point, binding, subject, quantity))
                       for subject, quantity in pairs)
        known = all(determined(one.value) for one in inputs)
        value = self.names.evaluator(name)(point) if known else self.names.at_point(name, point)
        return self._figure(name, value, point, f"the sum over every {binding.subject}", inputs)

    def _each_part(self, name: str, point: Point, binding: EachPart) -> Figure:
        pairs = self.names.evaluator(binding.parts)(point)
        if not determined(pairs):
            return self._figure(name, pairs, point, "the parts are not known", (self.of(binding.parts, point),))
        inputs = tuple(self.of(binding.name, self.names.on_part(point, binding, subject, day))
                       for subject, day in pairs)
        value = self.names.evaluator(name)(point)
        return self._figure(name, value, point, f"every {binding.subject.replace('_', ' ')} on its own day", inputs)

    def _each_day(self, name: str, point: Point, binding: EachDay) -> Figure:
        ends = [self.names.evaluator(end)(point) for end in (binding.first, binding.last)]
        value = self.names.evaluator(name)(point)
        if not all(determined(end) for end in ends):
            return self._figure(name, value, point, "the span is not known")
        span = range(ends[0].toordinal(), ends[1].toordinal() + 1)
        inputs = [self.of(binding.name, self.names.on_day(point, date.fromordinal(day))) for day in span]
        how = f"each calendar day from {ends[0]} to {ends[1]}, both included"
        if not determined(value):
            days = tuple(one.alone(one.how) for one in inputs[-SHOWN_PARTS:])
            return self._figure(name, value, point, how, days)
        graded = worst(one.grade for one in inputs)
        return self._figure(name, value, point, how, tuple(self._lowest_opened(name, inputs)), grade=graded)

    def _lowest_opened(self, name: str, inputs: list[Figure]) -> list[Figure]:
        """Every day's figure by itself, only the lowest opened, and in it no earlier span of days.

        A reset price is the lowest of days of which each may rest on the reset of the day before.
        """
        lowest = min(range(len(inputs)), key=lambda index: inputs[index].value, default=0)
        return [
            _closed(one, name, {}) if index == lowest else one.alone("in effect that day")
            for index, one in enumerate(inputs)
        ]


def _closed(figure: Figure, name: str, done: dict[int, Figure]) -> Figure:
    """The figure without what stands under every figure of a name in it; what was shared stays shared."""
    found = done.get(id(figure))
    if found is None:
        if figure.name == name:
            found = figure.alone(f"{figure.how}; opened when asked at that date")
        elif figure.inputs:
            found = figure._replace(inputs=tuple(_closed(one, name, done) for one in figure.inputs))
        else:
            found = figure
        done[id(figure)] = found
    return found


def _missing(inputs: tuple[Figure, ...]) -> str:
    """What the inputs wait for, in words: each observable with its days."""
    days: dict[str, list[date]] = {}
    for need in sorted({need for one in inputs for need in one.needs()}, key=str):
        label = f"the {need.name.replace('_', ' ')}{' of ' + need.subject if need.subject else ''}"
        days.setdefault(label, []).extend([need.day] if need.day else [])
    spans = (
        f"{label} of {found[0]}" if len(found) == 1 else f"{label} of {len(found)} days" if found else label
        for label, found in days.items()
    )
    return " and ".join(spans)


def _tier(found: Sequence[Observation]) -> str:
    words = found[0].observable.replace("_", " ")
    return f"mean of {len(found)} {words}s" if len(found) > 1 else words


def _grade_of(found: Sequence[Observation]) -> Grade:
    return worst([one.grade for one in found])
