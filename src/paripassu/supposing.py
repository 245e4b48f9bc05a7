"""What if: facts, prices and readings put beside those recorded, or in their place, for one question only.

A scenario is a story that can be kept: a title, why somebody asks, what is assumed and who says so, what happens, and
which figures to look at. Supposing changes values in memory; nothing is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paripassu.loading import Source
from paripassu.values.calendars import Calendars
from paripassu.values.dates import parse_date
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import TRADING_CALENDAR, Market, Observation, observation_from
from paripassu.values.printing import number
from paripassu.values.problems import Place, Problem, ProblemKind

OBSERVABLE = "closing_bid"
"""What a supposed price is a price of."""
NO_PRICE = "none"
"""Stands in place of a price where the day is supposed to have none."""
CHOICES_SHOWN = 5
"""How many facts are named where a description fits several."""

_SCENARIO = {"title", "why", "as_of", "assumptions", "facts", "without", "flat", "prices", "readings", "show", "steps"}
_ASSUMPTION = {"what", "by"}
_FLAT = {"from", "to", "bid"}
_SHOWN = {"figure", "at", "on"}
_STEP = {"on", "says"}

Row = tuple[Mapping[str, Any], Place]


@dataclass(frozen=True, slots=True)
class Assumed:
    """One assumption of a scenario and who makes it."""

    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a day of the story means, in the words of who tells it."""

    on: date
    says: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure to be compared before and after: its name, whose, and the date of the question where another."""

    figure: str
    at: Mapping[str, str]
    on: date | None = None


@dataclass(frozen=True)
class Scenario:
    """What is supposed. ``prices`` are closing bids by day, the word none where a day has none."""

    title: str
    why: str = ""
    as_of: date | None = None
    assumptions: tuple[Assumed, ...] = ()
    facts: tuple[Row, ...] = ()
    without: tuple[str, ...] = ()
    prices: tuple[tuple[date, str, Place], ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    show: tuple[Shown, ...] = ()
    steps: tuple[Step, ...] = ()

    def joined(self, other: Scenario) -> Scenario:
        """Both at once: the other's date, prices and readings prevail where both have one."""
        return Scenario(
            "; ".join(filter(None, (self.title, other.title))), " ".join(filter(None, (self.why, other.why))),
            other.as_of or self.as_of, (*self.assumptions, *other.assumptions), (*self.facts, *other.facts),
            (*self.without, *other.without), (*self.prices, *other.prices), {**self.readings, **other.readings},
            (*self.show, *other.show), (*self.steps, *other.steps),
        )


# -- reading a scenario


def scenario_from(source: Source, calendars: Calendars) -> Scenario:
    """Read a scenario; raises Problem UNKNOWN_KEY, MISSING_KEY, BAD_DATE, UNREADABLE with file and line."""
    raw = source.value
    _check(source, (), raw, _SCENARIO, {"title", "why"})
    assumptions = []
    for index, one in enumerate(_list(source, raw, "assumptions")):
        _check(source, ("assumptions", index), one, _ASSUMPTION, _ASSUMPTION)
        assumptions.append(Assumed(one["what"], one["by"]))
    return Scenario(
        raw["title"], raw["why"], _date(source, ("as_of",), raw["as_of"]) if "as_of" in raw else None,
        tuple(assumptions), tuple(_facts(source, raw)), tuple(map(str, _list(source, raw, "without"))),
        tuple(_prices(source, raw, calendars)), _mapping(source, raw, "readings"), tuple(_shown(source, raw)),
        tuple(_steps(source, raw)),
    )


def _check(source: Source, path: tuple[str | int, ...], raw: Any, allowed: set[str], required: set[str]) -> None:
    if not isinstance(raw, Mapping):
        raise Problem(ProblemKind.UNREADABLE, "a mapping is expected here", "write keys and values",
                      source.place(*path))
    for key in raw:
        if key not in allowed:
            raise Problem(
                ProblemKind.UNKNOWN_KEY, f"{key!r} is not a key of a scenario", "use " + ", ".join(sorted(allowed)),
                source.place(*path, key),
            )
    for key in sorted(required):
        if not raw.get(key):
            raise Problem(ProblemKind.MISSING_KEY, f"{key!r} is missing in a scenario", f"add {key}:",
                          source.place(*path))


def _list(source: Source, raw: Mapping[str, Any], key: str) -> list[Any]:
    found = raw.get(key, [])
    if not isinstance(found, list):
        raise Problem(ProblemKind.UNREADABLE, f"{key} is not a list", "begin each of its lines with a dash",
                      source.place(key))
    return found


def _mapping(source: Source, raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = raw.get(key, {})
    if not isinstance(found, Mapping):
        raise Problem(ProblemKind.UNREADABLE, f"{key} is not a mapping", "write keys and values", source.place(key))
    return found


def _date(source: Source, path: tuple[str | int, ...], text: Any) -> date:
    try:
        return parse_date(str(text))
    except Problem as problem:
        raise problem.at(source.place(*path)) from None


def _facts(source: Source, raw: Mapping[str, Any]) -> Iterator[Row]:
    for index, row in enumerate(_list(source, raw, "facts")):
        if not isinstance(row, Mapping):
            raise Problem(ProblemKind.UNREADABLE, "a fact is expected here", "write keys and values",
                          source.place("facts", index))
        yield row, source.place("facts", index)


def _prices(source: Source, raw: Mapping[str, Any], calendars: Calendars) -> Iterator[tuple[date, str, Place]]:
    """Flat runs first, then single days, which may take a day out of a run again."""
    for index, flat in enumerate(_list(source, raw, "flat")):
        path = ("flat", index)
        _check(source, path, flat, _FLAT, _FLAT)
        first, last = (_date(source, (*path, end), flat[end]) for end in ("from", "to"))
        for day in calendars.get(TRADING_CALENDAR).between(first, last):
            yield day, str(flat["bid"]), source.place(*path)
    for text, bid in _mapping(source, raw, "prices").items():
        yield _date(source, ("prices", text), text), str(bid), source.place("prices", text)


def _shown(source: Source, raw: Mapping[str, Any]) -> Iterator[Shown]:
    for index, one in enumerate(_list(source, raw, "show")):
        path = ("show", index)
        _check(source, path, one, _SHOWN, {"figure"})
        if not isinstance(one.get("at", {}), Mapping):
            raise Problem(ProblemKind.UNREADABLE, "at is not a mapping", "write at: {holder: NAME}",
                          source.place(*path, "at"))
        on = _date(source, (*path, "on"), one["on"]) if "on" in one else None
        yield Shown(one["figure"], one.get("at", {}), on)


def _steps(source: Source, raw: Mapping[str, Any]) -> Iterator[Step]:
    for index, one in enumerate(_list(source, raw, "steps")):
        path = ("steps", index)
        _check(source, path, one, _STEP, _STEP)
        yield Step(_date(source, (*path, "on"), one["on"]), one["says"])


# -- supposing


@dataclass(frozen=True, slots=True)
class Change:
    """One thing supposed, in words: a fact, a fact taken away, a price, or a reading."""

    kind: str
    says: str


@dataclass(frozen=True)
class World:
    """Facts and market as supposed, and each change from what is recorded."""

    facts: tuple[Fact, ...]
    market: Market
    changes: tuple[Change, ...]


def suppose(
    scenario: Scenario, facts: Sequence[Fact], market: Market, zone: str, parties: Mapping[str, str], book: str
) -> World:
    """Put what is supposed beside what is recorded; ``book`` is the name of the book, empty where there is none.

    Facts supposed are graded assumed unless they say otherwise, and name the scenario as their source. Raises Problem
    with its place for a row that is unfit, UNKNOWN_NAME where no fact, or more than one, is what is to be taken away.
    """
    changes: list[Change] = []
    standing = list(facts)
    for words in scenario.without:
        gone = _described(standing, words, parties, book)
        standing.remove(gone)
        changes.append(Change("fact taken away", _told(gone, parties)))
    said = {"source": f"supposed: {scenario.title}", "grade": Grade.ASSUMED.label}
    for row, place in scenario.facts:
        fact = fact_from({**said, **row}, zone, place)
        standing.append(fact)
        changes.append(Change("fact", _told(fact, parties)))
    supposed = {day: (bid, place) for day, bid, place in scenario.prices}
    observed = tuple(_observations(market, supposed, scenario.title))
    changes.extend(_price_changes(market, observed, supposed))
    changes.extend(Change("reading", f"{name}: {chosen}") for name, chosen in scenario.readings.items())
    return World(tuple(standing), Market(observed, market.calendars, market.yields), tuple(changes))


def _told(fact: Fact, parties: Mapping[str, str]) -> str:
    return f"{fact.at or fact.effective}: {fact.says(parties)}"


def _described(facts: Sequence[Fact], words: str, parties: Mapping[str, str], book: str) -> Fact:
    """The one fact that an entry's number, or every word of a description, is of."""
    if words.isdigit() and book:
        found = [one for one in facts if one.place and one.place.source == book and one.place.line == int(words)]
    else:
        wanted = words.casefold().split()
        found = [one for one in facts if all(word in _searched(one, parties) for word in wanted)]
    if len(found) == 1 or (found and all(one == found[0] for one in found)):
        return found[0]
    if not found:
        remedy = "see paripassu history for its number" if book else "use words of its date, kind or sentence"
        raise Problem(ProblemKind.UNKNOWN_NAME, f"no fact recorded is {words!r}", remedy)
    named = "; ".join(_told(one, parties) for one in found[:CHOICES_SHOWN])
    raise Problem(
        ProblemKind.UNKNOWN_NAME, f"{len(found)} facts are {words!r}", f"add words that only one has: {named}"
    )


def _searched(fact: Fact, parties: Mapping[str, str]) -> str:
    return f"{fact.effective} {fact.kind} {fact.says(parties)} {fact.says()}".casefold()


def _observations(
    market: Market, supposed: Mapping[date, tuple[str, Place]], title: str
) -> Iterator[Observation]:
    yield from (one for one in market.observations if one.observable != OBSERVABLE or one.day not in supposed)
    for day, (bid, place) in supposed.items():
        if bid != NO_PRICE:
            row = {"observable": OBSERVABLE, "date": day.isoformat(), "value": bid, "source": f"supposed: {title}",
                   "grade": Grade.ASSUMED.label}
            yield observation_from(row, place, market.calendars)


def _price_changes(
    market: Market, observed: Iterable[Observation], supposed: Mapping[date, tuple[str, Place]]
) -> Iterator[Change]:
    """Each supposed price against the one recorded; consecutive days of one bid, and nothing recorded, are one span."""
    values = {one.day: one.value for one in observed if one.observable == OBSERVABLE}
    spans: list[tuple[date, date, str]] = []
    following = market.calendars.get(TRADING_CALENDAR).next_open
    for day in sorted(supposed):
        recorded = market.on(OBSERVABLE, day)
        was = f", not {number(recorded[0].value, 'usd per share')}" if recorded else ""
        bid = number(values[day], "usd per share") if day in values else "no bid"
        says = f"{bid}{was}"
        if spans and spans[-1][2] == says and following(spans[-1][1]) == day:
            spans[-1] = (spans[-1][0], day, says)
        else:
            spans.append((day, day, says))
    for first, last, says in spans:
        days = f"{first}" if first == last else f"{first} to {last}"
        yield Change("price", f"closing bid, {days}: {says}")
