"""Ours and theirs: which one change of what a figure rests on gives the number that somebody else has.

One reading, date, whole term, convention of reading bids, single bid or fact is changed at a time, never two. What
gives their number exactly comes before what gives it as printed, and of equals what says more comes first: a reading
before a date, a convention before one bid that was worked out so as to give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from paripassu.agreement import Choice
from paripassu.asking import Names
from paripassu.reconciling.bids import bids_otherwise
from paripassu.reconciling.question import Printed, Try, World, asking, result, under
from paripassu.values.arithmetic import Rational, is_whole, ratio, rational, whole_down, whole_up
from paripassu.values.bindings import TermBinding
from paripassu.values.facts import Fact
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import determined

DAYS_AROUND = 10
"""Calendar days before and after the date asked about that are tried."""
NEAREST = 5
"""How many of the nearest numbers are named where none is theirs."""
KINDS = ("rounding", "reading", "date", "known at", "term", "window", "bids", "fact", "one bid")
"""Kinds of change, from what says most to what says least."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One change, in words, and the figure it gives; ``match`` is exact, as printed, or empty."""

    kind: str
    says: str
    value: Any
    match: str
    distance: Any
    size: Any = 0


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Our figure, theirs, the single changes that give theirs, best first, and otherwise the nearest."""

    ours: Any
    theirs: Printed
    unit: str
    same: str
    tried: int
    found: tuple[Candidate, ...]
    nearest: tuple[Candidate, ...]


def reconcile(
    world: World, theirs: Printed, unit: str, told: Callable[[int, int], None] = lambda done, total: None
) -> Reconciliation:
    """Try every single change; ``told`` hears how many of how many are done.

    Raises what asking the figure itself raises; a change under which it has no result is passed over.
    """
    done = world.replayed()
    names = done.names[world.instrument]
    ours = world.asked(names, world.on, {})
    if determined(ours) and theirs.distance(ours) is None:
        raise Problem(
            ProblemKind.WRONG_UNIT,
            f"{world.name.replace('_', ' ')} is {number(ours, unit)}, which cannot be compared with {theirs.text}",
            "give a number for a number, a date for a date, and name a figure that is one",
        )
    if theirs.match(ours):
        return Reconciliation(ours, theirs, unit, theirs.match(ours), 0, (), ())
    tries = [*_roundings(ours, theirs), *_readings(world), *_dates(world, names), *_known(world),
             *_terms(world, names), *bids_otherwise(world, names, theirs), *_facts(world)]
    candidates = []
    for place, one in enumerate(tries):
        told(place, len(tries))
        candidate = _candidate(one, theirs)
        if candidate is not None and candidate.value != ours:
            candidates.append(candidate)
    told(len(tries), len(tries))
    found = sorted((one for one in candidates if one.match), key=_rank)
    near = sorted(
        (one for one in candidates if one.kind != "rounding" and not one.match and one.distance is not None),
        key=_nearness,
    )
    return Reconciliation(ours, theirs, unit, "", len(tries), tuple(found),
                          () if found else tuple(near[:NEAREST]))


def _candidate(one: Try, theirs: Printed) -> Candidate | None:
    try:
        computed = one.compute()
    except Problem:
        return None
    if computed is None or not determined(computed[1]):
        return None
    says, value, size = computed
    match = theirs.match(value)
    if match and one.kind == "rounding":
        match = "as printed"
    return Candidate(one.kind, says, value, match, theirs.distance(value), size)


def _rank(one: Candidate) -> tuple[Any, ...]:
    return one.match != "exact", KINDS.index(one.kind), one.size, one.says


def _nearness(one: Candidate) -> tuple[Any, ...]:
    return one.distance, KINDS.index(one.kind), one.size, one.says


# -- one change of each kind


def _roundings(ours: Any, theirs: Printed) -> Iterator[Try]:
    """Their last place cut off, or raised, instead of rounded."""
    if theirs.places is None or isinstance(ours, bool | date) or not isinstance(ours, int | Rational):
        return
    for words, whole in (("cut off", whole_down), ("raised", whole_up)):
        says = f"ours with the last place {words}, not rounded"
        yield Try("rounding", result(says, partial(_to_places, rational(ours), theirs.places, whole)))


def _to_places(value: Rational, places: int, whole: Callable[[Rational], int]) -> Rational:
    return ratio(whole(value * 10**places), 10**places)


def _readings(world: World) -> Iterator[Try]:
    agreement = world.agreement
    for instrument in agreement.instruments.values():
        for reading in instrument.readings():
            chosen = agreement.chosen(instrument.name, reading.id)
            for other in reading.alternatives:
                if reading.kind == "computing" and other != chosen:
                    choice = Choice(reading.id, instrument.name, other, "tried", "tried")
                    changed = replace(world, agreement=agreement.with_choices([choice]))
                    says = f"{reading.id} of {instrument.name}: {other}, not {chosen}"
                    yield Try("reading", result(says, changed.answer))


def _dates(world: World, names: Names) -> Iterator[Try]:
    asked = world.on or world.as_of
    for days in range(1, DAYS_AROUND + 1):
        for day, words in ((asked + timedelta(days), "later"), (asked - timedelta(days), "earlier")):
            says = f"asked on {day}, {days} day{'s' if days > 1 else ''} {words}"
            yield Try("date", result(says, asking(world, names, day, {}), days))


def _known(world: World) -> Iterator[Try]:
    """What was known before each day on which a fact was recorded late."""
    late = sorted({
        one.recorded for one in _standing(world) if one.recorded > one.effective and one.recorded <= world.as_of
    })
    for day in late:
        before = day - timedelta(1)
        says = f"as known on {before}, before what was recorded on {day}"
        yield Try("known at", result(says, replace(world, known_at=before).answer))


def _terms(world: World, names: Names) -> Iterator[Try]:
    """A whole number of the papers, such as how many bids are averaged, off by one."""
    for name, binding in under(names, world.name).items():
        if isinstance(binding, TermBinding) and _is_whole(binding.value):
            for step in (-1, 1):
                value = rational(binding.value) + step
                says = f"{name.replace('_', ' ')} of {number(value, '')}, not {number(binding.value, '')}"
                yield Try("term", result(says, asking(world, names, world.on, {name: value})))


def _is_whole(value: Any) -> bool:
    return isinstance(value, int | Rational) and is_whole(rational(value)) and value > 0


def _standing(world: World) -> list[Fact]:
    return [
        one for one in world.facts
        if one.effective <= world.as_of and (world.known_at is None or one.recorded <= world.known_at)
    ]


def _facts(world: World) -> Iterator[Try]:
    for place, fact in enumerate(world.facts):
        if fact.effective > world.as_of or (world.known_at is not None and fact.recorded > world.known_at):
            continue
        says = f"{fact.effective}: {fact.says(world.agreement.parties)}"
        without = (*world.facts[:place], *world.facts[place + 1 :])
        yield Try("fact", result(f"without the fact of {says}", replace(world, facts=without).answer))
        twice = (*world.facts, fact)
        yield Try("fact", result(f"with the fact counted twice of {says}", replace(world, facts=twice).answer))
