"""Asking a name at a point: the value, fast; and the same question again as an explanation.

Each name is compiled once per replay into a function of the point. Values only are computed while replaying;
:mod:`paripassu.explaining` walks the same bindings when somebody asks how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import product
from typing import Any, TypeAlias

from paripassu.agreement import Agreement, Instrument
from paripassu.values.arithmetic import ONE, ZERO
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
)
from paripassu.values.calendars import Calendar
from paripassu.values.citation import Citation
from paripassu.values.dates import instant_at
from paripassu.values.dependence import SPLIT_FACTOR, Dependences
from paripassu.values.effects import NOTHING, Point, Source
from paripassu.values.facts import Fact
from paripassu.values.market import Market
from paripassu.values.moments import Moment, moment
from paripassu.values.moments import Place as DayPlace
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.state import State
from paripassu.values.undetermined import (
    LARGEST,
    SMALLEST,
    Moving,
    Need,
    Undetermined,
    determined,
    extent,
    merged,
    moving,
    unknown_within,
)

Evaluate: TypeAlias = Callable[[Point], Any]


WITHOUT_ENDS = frozenset(("date", "choice", "terms", "events"))
"""Units whose values have no lowest and highest to stand for an unknown one."""

MOST_KEPT = 1024
"""Answers kept of one name: a question of one day is put again within that day, hardly after a thousand others."""

STORED: Moving = ("", "stored", "")
"""The group of quantities that were stored while undetermined, when bounds are sought."""


class Corner:
    """Where every group of unknowns stands while bounds are sought; shared by all instruments of a deal."""

    def __init__(self) -> None:
        self.extremes: dict[Moving, str] = {}
        self.key: tuple[Any, ...] = ()

    def at(self, groups: list[Moving], sides: tuple[str, ...]) -> None:
        """Put each group at its low or high end; nowhere, as before bounds were sought, without groups."""
        self.extremes, self.key = dict(zip(groups, sides, strict=True)), (*groups, *sides)


class Names:
    """The names of one instrument, compiled against a state and a market.

    ``together`` holds the names of every instrument of the deal, for the names that one uses of another.
    """

    def __init__(
        self, agreement: Agreement, instrument: Instrument, state: State, market: Market, corner: Corner,
        together: Mapping[str, Names],
    ) -> None:
        self.agreement = agreement
        self.instrument = instrument
        self.state = state
        self.market = market
        self.now_day = state.as_of
        self.consulted: set[str] = set()  # the readings that an answer given so far turned on
        self.together = together
        self.stands: dict[str, tuple[str, Citation | None]] = {}  # unit and section of each name explained so far
        self._corner = corner
        self._compiled: dict[str, Evaluate] = {}
        self._dependences = Dependences(instrument.bindings)

    # -- what clauses and views call

    def __call__(self, name: str, *, on: date | None = None, given: Mapping[str, Any] | None = None, **at: Any) -> Any:
        """The value of a name; where it waits for something that cannot change it, the value all the same."""
        return self.at_point(name, self.point(on, given, at))

    def point(self, on: date | None, given: Mapping[str, Any] | None, at: Mapping[str, Any]) -> Point:
        """The point of a question put now; an earlier day is seen as it stood at its end."""
        past = on is not None and on < self.now_day
        place = self.state.place_at_end_of(on) if on is not None and past else self.state.place
        return Point(on or self.now_day, place, at or NOTHING, dict(given) if given else NOTHING)

    def source(
        self, name: str, *, on: date | None = None, given: Mapping[str, Any] | None = None, **at: Any
    ) -> Source:
        """The question, kept with the effect that rests on its answer."""
        return Source(name, self.point(on, given, at))

    def at_point(self, name: str, point: Point) -> Any:
        """The value of a name at a point, with bounds where it is undetermined."""
        value = self.evaluator(name)(point)
        return value if value.__class__ is not Undetermined else self._bounded(name, point, value)

    def calendar(self, name: str) -> Calendar:
        """The calendar a name is bound to under the readings in force."""
        value = self.evaluator(name)(Point(self.now_day, self.state.place))
        assert isinstance(value, Calendar), f"{name} is not a calendar"
        return value

    def reading(self, reading: str) -> str:
        """The alternative in force; the reading counts as consulted from then on."""
        self.consulted.add(reading)
        return self.agreement.chosen(self.instrument.name, reading)

    def local_clock(self, fact: Fact) -> tuple[date, int]:
        """Date and second of the day of a fact with an instant, in the instrument's zone."""
        assert fact.at is not None, f"a {fact.kind} without an instant"
        local = fact.at.local(self.instrument.zone)
        return local.date(), local.hour * 3600 + local.minute * 60 + local.second

    def moment_at(self, day: date, second: int, place: DayPlace, zone: str = "") -> Moment:
        """Where a time on the instrument's clock (or that of another zone) stands in the order of the deal."""
        local = instant_at(day, second, zone or self.instrument.zone).local(self.agreement.zone)
        return moment(local.date(), place, local.hour * 3600 + local.minute * 60 + local.second)

    # -- bounds

    def _bounded(self, name: str, point: Point, value: Undetermined) -> Any:
        """Ask again with every unknown at its lowest and at its highest: equal answers are the answer.

        Quantities stored while undetermined are a group of their own: a number of shares cut to a limit rises with a
        price while what each share converts into falls, so the two may not be taken to move together.
        """
        groups = sorted(moving(value.needs))
        if self._corner.extremes or len(groups) > 4:
            return value
        if self.state.holds_unknowns or any(unknown_within(one) for one in point.given.values()):
            groups.append(STORED)
        answers = []
        for corner in product(("low", "high"), repeat=len(groups)):
            self._corner.at(groups, corner)
            try:
                answers.append(self.evaluator(name)(point))
            except (TypeError, Problem):
                # What is missing is a list, or the formula has no result at that end: no bounds are known.
                return value
            finally:
                self._corner.at([], ())
        if any(not determined(answer) for answer in answers):
            return value
        if all(answer == answers[0] for answer in answers):
            return answers[0]
        try:
            return Undetermined(value.needs, min(answers), max(answers))
        except TypeError:
            return value

    def unknown(self, need: Need, low: Any = SMALLEST, high: Any = LARGEST) -> Any:
        """What stands for something missing: Undetermined, or the end of its range while bounds are sought."""
        extremes = self._corner.extremes
        if extremes and low == high:
            return low
        side = extremes.get((need.name, need.subject, need.figure))
        if side is None:
            return Undetermined(frozenset((need,)))
        return low if side == "low" else high

    def settled(self, value: Any) -> Any:
        """A stored value; one that is undetermined but bounded stands at its ends while bounds are sought."""
        extremes = self._corner.extremes
        if value.__class__ is not Undetermined or not extremes:
            return value
        low, high = extent(value)
        side = extremes.get(STORED)
        if side is None or low is None or high is None or any(one not in extremes for one in moving(value.needs)):
            return value
        return low if side == "low" else high

    # -- compiling

    def evaluator(self, name: str) -> Evaluate:
        """The compiled form of a name; raises Problem UNKNOWN_NAME."""
        found = self._compiled.get(name)
        if found is None:
            if name not in self.instrument.bindings:
                raise Problem(
                    ProblemKind.UNKNOWN_NAME,
                    f"{self.instrument.name} has no figure {name!r}",
                    "list them with: paripassu figure DEAL INSTRUMENT",
                )
            found = self._compiled[name] = self._compile(name, self.instrument.bindings[name])
        return found

    def _compile(self, name: str, binding: Binding) -> Evaluate:
        plain = self._compile_binding(name, binding)
        if isinstance(binding, Used):
            return plain
        if not self._dependences.is_stored(name):
            return self._kept(name, plain)

        def evaluate(point: Point) -> Any:
            given = point.given
            return self.settled(given[name]) if given and name in given else plain(point)

        return evaluate

    def _kept(self, name: str, plain: Evaluate) -> Evaluate:
        """The same answers, each computed once: kept until a history that it rests on changes.

        A question put at the place reached so far is kept as one about the present, whatever the place; one about
        the past keeps its place. Where a name it rests on is given for the question, nothing is kept.
        """
        memory: dict[tuple[Any, ...], Any] = {}
        depends = self._dependences.of(name)
        for history in depends.histories:
            self.state.forget_on_change(history, memory)
        effects, under, on_day = self.state.records.effects, depends.names, depends.on_day
        corner = self._corner
        dated, subjects, present = bool(depends.histories), sorted(depends.subjects), -1
        alone = subjects[0] if len(subjects) == 1 else ""
        own = [(by, self.state.named("value", kept)) for by, kept in sorted(depends.own) if by not in depends.subjects]

        def evaluate(point: Point) -> Any:
            day, place, at, given = point
            if given and not under.isdisjoint(given):
                return self.settled(given[name]) if name in given else plain(point)
            key: Any = at.get(alone) if alone else tuple(map(at.get, subjects))
            when = place if dated and place < len(effects) else present
            if own:
                key = (key, *[at.get(by) for by, kept in own if kept])
            if on_day or when != present or corner.key:
                key = (corner.key, on_day and day, when, key)
            value = memory.get(key)
            if value is None:
                if len(memory) == MOST_KEPT:
                    memory.clear()
                value = memory[key] = plain(point)
            return value

        return evaluate

    def _compile_binding(self, name: str, binding: Binding) -> Evaluate:
        match binding:
            case TermBinding(value=value):
                return lambda point: value
            case TermByReading(reading=reading, alternatives=alternatives):
                term = alternatives[self.agreement.chosen(self.instrument.name, reading)]
                return self._consulting(reading, lambda point: term)
            case Formula(function=function):
                return self._call(function)
            case ByReading(reading=reading, alternatives=functions):
                chosen = functions[self.agreement.chosen(self.instrument.name, reading)]
                return self._consulting(reading, self._call(chosen))
            case ByDate(steps=steps):
                return self._by_date(steps)
            case DayOfPoint():
                return lambda point: point.day
            case History():
                return self._history(name, binding)
            case LotTerm():
                return self._lot_term(name)
            case Restated(history=history):
                return self._restated(history)
            case Holding():
                return lambda point: self.settled(self.holding(binding, point))
            case HeldByDay():
                return lambda point: self._held_by_day(name, binding, point)
            case ByClass(asset=asset, lot_term=lot_term, by=by):
                whose = (lambda point: subject_of(point, by, name)) if by else (lambda point: "")
                return lambda point: self.classes(asset, lot_term, whose(point), point.place)
            case ByHolder(asset=asset):
                return lambda point: self.holders(asset, point.place)
            case ObservedOn():
                return lambda point: self._observed(self.tiers_at(binding, point), point.day)
            case ObservedWindow():
                return self._window(binding)
            case SumOver():
                return self._sum_over(binding)
            case EachDay():
                return self._each_day(binding)
            case EachPart():
                return self._each_part(binding)
            case Used(instrument=instrument):
                return self.together[instrument].evaluator(name)
        raise AssertionError(f"no way to evaluate {binding!r}")

    def _consulting(self, reading: str, plain: Evaluate) -> Evaluate:
        """The same answers; the first one marks the reading as consulted."""
        consulted = self.consulted

        def evaluate(point: Point) -> Any:
            consulted.add(reading)
            return plain(point)

        return evaluate

    def _call(self, function: Function) -> Evaluate:
        names = parameters(function)
        evaluators = [self.evaluator(name) for name in names]
        stated = [self._stated(name) for name in names]
        asked = [(index, one) for index, one in enumerate(evaluators) if stated[index] is None]

        def evaluate(point: Point) -> Any:
            if point.given:
                values = [one(point) for one in evaluators]
            else:
                values = stated.copy()
                for index, one in asked:
                    values[index] = one(point)
            for value in values:
                if value.__class__ is Undetermined:
                    return merged(values)
            try:
                return function(*values)
            except ZeroDivisionError:
                raise divides_by_zero(function, values) from None

        return evaluate

    def _stated(self, name: str) -> Any:
        """The value of a term, which only a question that gives another may change; None for every other name."""
        binding = self.instrument.bindings[name]
        if isinstance(binding, TermByReading):
            return binding.alternatives[self.reading(binding.reading)]
        return binding.value if isinstance(binding, TermBinding) else None

    def _by_date(self, steps: tuple[tuple[str | None, Function], ...]) -> Evaluate:
        compiled = [(self.evaluator(start) if start else None, self._call(function)) for start, function in steps]

        def evaluate(point: Point) -> Any:
            for start, function in reversed(compiled):
                if start is None:
                    return function(point)
                begins = start(point)
                if determined(begins) and begins <= point.day:
                    return function(point)
            raise AssertionError("a binding by date needs a step from the start")

        return evaluate

    def _history(self, name: str, binding: History) -> Evaluate:
        state, by, endless = self.state, binding.by, binding.unit in WITHOUT_ENDS
        high = ZERO if binding.bounded_at_zero else LARGEST
        otherwise = self.evaluator(binding.otherwise) if binding.otherwise else None

        def evaluate(point: Point) -> Any:
            if otherwise is not None and by not in point.at:
                return otherwise(point)
            subject = subject_of(point, by, name) if by else ""
            value = state.get(("value", name, subject), point.place)
            if value is not None:
                return self.settled(value)
            if otherwise is not None:
                return otherwise(point)
            need = Need(binding.waits_for or name, str(subject), None, "" if binding.bounded_at_zero else name)
            return Undetermined(frozenset((need,))) if endless else self.unknown(need, ZERO, high)

        return evaluate

    def _lot_term(self, name: str) -> Evaluate:
        def evaluate(point: Point) -> Any:
            if "class" in point.at:
                return self.settled(point.at["class"])
            return self.settled(self.lot_term(name, point))

        return evaluate

    def lot_term(self, name: str, point: Point) -> Any:
        """A lot's own term; without a lot, the one all lots share. Raises Problem INCOMPLETE_FACT where they differ."""
        if "lot" in point.at:
            lot = point.at["lot"]
            value = self.state.get(("value", name, lot), point.place)
            if value is None:
                known = ", ".join(key[2] for key in self.state.keys("value", name)) or "a lot, once one is issued"
                raise Problem(
                    ProblemKind.UNKNOWN_NAME, f"there is no lot {lot!r} with a {name.replace('_', ' ')} on {point.day}",
                    f"name one of the lots of that day: {known}",
                )
            return value
        shared = {self.state.get(key, point.place) for key in self.state.keys("value", name)}
        shared.discard(None)
        if len(shared) == 1:
            return shared.pop()
        raise Problem(
            ProblemKind.INCOMPLETE_FACT,
            f"{name} differs between lots" if shared else f"no lot is outstanding on {point.day}",
            "name the lot with --at lot=NAME" if shared else "ask on a date after the first issuance",
        )

    def holding(self, binding: Holding, point: Point) -> Any:
        """A position of one owner, or of all persons together."""
        owner = binding.owner or (subject_of(point, binding.by, binding.asset) if binding.by else "")
        return self.state.total(binding.asset, owner, point.place)

    def _held_by_day(self, name: str, binding: HeldByDay, point: Point) -> Any:
        """What was held at the end of each day on which it changed."""
        owner = subject_of(point, binding.by, name) if binding.by else ""
        moments, held = self.state.records.moments, {}
        for place, quantity in self.state.steps(("position", binding.asset, owner)):
            if place < point.place:
                held[moments[place].date] = self.settled(quantity)
        known = all(determined(quantity) for quantity in held.values())
        return tuple(held.items()) if known else merged(held.values())

    def _restated(self, history: str) -> Evaluate:
        def evaluate(point: Point) -> Any:
            entries = self.state.get(("value", history, ""), point.place) or ()
            values = [self.settled(value) for value, _ in entries]
            if not all(determined(value) for value in values):
                return merged(values)
            return tuple(
                value * self.split_ratio(day, point) for value, (_, day) in zip(values, entries, strict=True)
            )

        return evaluate

    def tiers_at(self, binding: ObservedOn, point: Point) -> tuple[str, ...]:
        """The tiers of an observation less those that say nothing of the day, though something was observed."""
        empty = {observable for observable, name in binding.unless
                 if self.market.on(observable, point.day) and self.evaluator(name)(point)}
        return tuple(one for one in binding.tiers if one not in empty) if empty else binding.tiers

    def _observed(self, tiers: tuple[str, ...], day: date) -> Any:
        found = self.market.first_available(tiers, day)
        return self.unknown_on(tiers[0], day) if found is None else found[0]

    def unknown_on(self, observable: str, day: date) -> Any:
        """What stands for an observation that was not made."""
        return self.unknown(Need(observable, "", day))

    def _window(self, binding: ObservedWindow) -> Evaluate:
        count, calendar = self.evaluator(binding.count), self.evaluator(binding.calendar)

        def evaluate(point: Point) -> Any:
            days = calendar(point).window(int(count(point)), point.day)
            values = []
            missing = []
            for day in days:
                value = self._observed(binding.tiers, day)
                if value.__class__ is Undetermined:
                    missing.append(value)
                else:
                    values.append(value * self.split_ratio(day, point))
            return merged(missing) if missing else tuple(values)

        return evaluate

    def split_ratio(self, quoted_on: date, point: Point) -> Any:
        """What a price of one day is multiplied by to stand on the share basis of a point."""
        if SPLIT_FACTOR not in self.state.histories:
            return ONE
        quoted = min(point.place, self.state.place_at_end_of(quoted_on))
        return self._factor(quoted) / self._factor(point.place)

    def _factor(self, place: int) -> Any:
        value = self.state.get(SPLIT_FACTOR, place)
        return ONE if value is None else value

    def holders(self, asset: str, place: int) -> tuple[tuple[str, Any], ...]:
        """What each holder has of an asset, in order of first entry; none of zero."""
        held = ((holder, self.state.total(asset, holder, place)) for holder in self.state.holders(asset))
        return tuple((holder, quantity) for holder, quantity in held if not determined(quantity) or quantity != 0)

    def classes(self, asset: str, lot_term: str, holder: str, place: int) -> tuple[tuple[Any, Any], ...]:
        """Quantities outstanding by the value of a lot term, lowest first; of one holder, or of all."""
        totals = self.state.class_totals(asset, lot_term, holder, place)
        if any(not determined(term) for term in totals):
            return tuple(totals.items())
        return tuple(sorted(totals.items(), key=lambda pair: pair[0]))

    def _sum_over(self, binding: SumOver) -> Evaluate:
        parts, figure = self.evaluator(binding.parts), self.evaluator(binding.name)

        def evaluate(point: Point) -> Any:
            pairs = parts(point)
            if pairs.__class__ is Undetermined:
                return pairs
            total: Any = ZERO
            for subject, quantity in pairs:
                total = total + figure(part_of(point, binding, subject, quantity))
            return total

        return evaluate

    def _each_day(self, binding: EachDay) -> Evaluate:
        figure = self.evaluator(binding.name)
        first, last = self.evaluator(binding.first), self.evaluator(binding.last)

        def evaluate(point: Point) -> Any:
            ends = [first(point), last(point)]
            if not all(determined(end) for end in ends):
                return merged(ends)
            days = range(ends[0].toordinal(), ends[1].toordinal() + 1)
            asked = [self.on_day(point, date.fromordinal(day)) for day in days]
            values = [figure(one) for one in asked]
            if not all(determined(value) for value in values):
                return merged(values)
            pairs = zip(values, asked, strict=True)
            return tuple(value * self.split_ratio(one.day, point) for value, one in pairs)

        return evaluate

    def _each_part(self, binding: EachPart) -> Evaluate:
        parts, figure = self.evaluator(binding.parts), self.evaluator(binding.name)

        def evaluate(point: Point) -> Any:
            pairs = parts(point)
            if pairs.__class__ is Undetermined:
                return pairs
            values = [figure(self.on_part(point, binding, subject, day)) for subject, day in pairs]
            return tuple(values) if all(determined(value) for value in values) else merged(values)

        return evaluate

    def on_part(self, point: Point, binding: EachPart, subject: Any, day: date) -> Point:
        """The point at which one part of a list is asked: about the part, on its day."""
        asked = self.on_day(point, day)
        return Point(day, asked.place, {**point.at, binding.subject: subject}, point.given)

    def on_day(self, point: Point, day: date) -> Point:
        """The same question on another day, seen as it stood at the end of that day."""
        place = min(point.place, self.state.place_at_end_of(day)) if day < self.now_day else point.place
        return Point(day, place, point.at, point.given)


def divides_by_zero(function: Function, values: Iterable[Any]) -> Problem:
    """A formula that has no result because of one of its inputs: which, and with what it was asked."""
    named = zip(parameters(function), values, strict=True)
    zero = ", ".join(f"{name} is 0" for name, value in named if value == 0)
    return Problem(
        ProblemKind.BAD_NUMBER, f"{function.__name__} has no result where {zero or 'it divides by zero'}",
        "ask for a subject, or on a day, for which it is not",
    )


def subject_of(point: Point, by: str, name: str) -> Any:
    """The subject a name is asked for; raises Problem INCOMPLETE_FACT where the question names none."""
    try:
        return point.at[by]
    except KeyError:
        raise Problem(
            ProblemKind.INCOMPLETE_FACT,
            f"{name} is a figure of one {by.replace('_', ' ')}, and none is named",
            f"name it: --at {by}=...",
        ) from None


def part_of(point: Point, binding: SumOver, subject: Any, quantity: Any) -> Point:
    """The point at which one part of a sum is asked."""
    at = {**point.at, binding.subject: subject}
    return Point(point.day, point.place, at, {**point.given, binding.quantity: quantity})


def names_for(agreement: Agreement, state: State, market: Market) -> dict[str, Names]:
    """Every instrument's names, compiled against one state and market."""
    together: dict[str, Names] = {}
    corner = Corner()
    for name, instrument in agreement.instruments.items():
        together[name] = Names(agreement, instrument, state, market, corner, together)
    return together


