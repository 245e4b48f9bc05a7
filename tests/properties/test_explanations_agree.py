"""Every explanation, derived anew, gives the value that replay computed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import given, settings
from stories import AGREEMENT, CALENDARS, QUICK, Story, carried_out, stories

from paripassu import store
from paripassu.asking import Names
from paripassu.cases import cases_of, replay_case
from paripassu.explaining import explain, explain_source
from paripassu.replay import Replayed
from paripassu.values.bindings import History
from paripassu.values.dependence import Dependences
from paripassu.values.effects import Move, Set
from paripassu.values.problems import Problem
from paripassu.values.undetermined import determined

CASES = [case for file in store.read_deal("valence-1998").cases for case in cases_of(file)]


def assert_effects_explained(done: Replayed) -> int:
    """Each effect that rests on a figure has the figure's value; how many there are."""
    count = 0
    for record in done.state.records:
        source = getattr(record.effect, "rests_on", None)
        if source is None:
            continue
        count += 1
        names = done.names[record.instrument]
        explained = explain_source(names, source).value
        assert explained == names.at_point(source.name, source.point), (record, source.name)
        if isinstance(record.effect, Set):
            assert explained == record.effect.value, record
        elif isinstance(record.effect, Move):
            assert explained == record.effect.quantity, record
    return count


@QUICK
@given(stories())
def test_every_effect_has_the_value_of_the_figure_it_rests_on(story: Story) -> None:
    assert_effects_explained(carried_out(story))


@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: case.id)
def test_every_effect_of_the_worked_cases_too(case: Any) -> None:
    if any("problem" in expected for expected in case.then):
        with pytest.raises(Problem):
            replay_case(case, AGREEMENT, CALENDARS)
        return
    assert_effects_explained(replay_case(case, AGREEMENT, CALENDARS))


@settings(QUICK, max_examples=6)
@given(stories())
def test_an_explanation_stays_small_enough_to_print_as_a_whole(story: Story) -> None:
    """Each step is told under its own figure only: days of a span do not each repeat the days before."""
    done = carried_out(story)
    for record in done.state.records:
        source = getattr(record.effect, "rests_on", None)
        if source is not None:
            figure = explain_source(done.names[record.instrument], source)
            assert sum(1 for _ in islice(figure.walk(), 3001)) <= 3000, source.name


def test_an_effect_with_another_value_than_its_figure_is_noticed() -> None:
    done = replay_case(next(case for case in CASES if case.id == "ten-real-closing-bids"), AGREEMENT, CALENDARS)
    state = done.state
    source = done.names["series-b"].source("premium")
    last = state.records[-1]
    state.log(last.moment, last.instrument, last.clause, Set("kept", "", 1, source), last.cause)
    with pytest.raises(AssertionError):
        assert_effects_explained(done)


def subjects(done: Replayed, instrument: str) -> dict[str, list[Any]]:
    """What has been recorded of each kind of subject: holders, lots, and whatever histories are kept by."""
    found: dict[str, list[Any]] = {"holder": done.state.holders(instrument)}
    found["lot"] = [key[2] for key in done.state.keys("value", "fixed_conversion_price")]
    for name, binding in done.names[instrument].instrument.bindings.items():
        if isinstance(binding, History) and binding.by not in ("", "holder", "lot"):
            known = found.setdefault(binding.by, [])
            known += [key[2] for key in done.state.keys("value", name) if key[2] not in known]
    return found


def questions(done: Replayed, names: Names) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every bound name, for a few of the subjects it can be asked of."""
    dependences = Dependences(names.instrument.bindings)
    recorded = subjects(done, names.instrument.name)
    for name in names.instrument.bindings:
        read = sorted(dependences.of(name).subjects - {"class"})
        choices = [recorded.get(kind, []) for kind in read]
        for chosen in islice(product(*choices), 3):
            yield name, dict(zip(read, chosen, strict=True))


def assert_names_explained(done: Replayed) -> set[str]:
    """Each name explains to what it gives, or is the same Problem; the names that gave something determined."""
    known = set()
    for names in done.names.values():
        for name, at in questions(done, names):
            point = names.point(None, None, at)
            try:
                value = names.at_point(name, point)
            except Problem as problem:
                with pytest.raises(Problem) as raised:
                    explain(names, name, point)
                assert raised.value.kind is problem.kind, name
                continue
            assert explain(names, name, point).value == value, (name, at)
            if determined(value):
                known.add(name)
    return known


@settings(QUICK, max_examples=8)
@given(stories())
def test_every_name_that_can_be_asked_explains_to_its_value(story: Story) -> None:
    assert_names_explained(carried_out(story))


def test_most_names_of_the_series_give_a_figure_in_some_story() -> None:
    """The test above would say little if most names could not be asked."""
    known: set[str] = set()
    for case in CASES[::3]:
        if not any("problem" in expected for expected in case.then):
            known |= assert_names_explained(replay_case(case, AGREEMENT, CALENDARS))
    bound = set(AGREEMENT.instruments["series-b"].bindings)
    assert len(known) > 0.75 * len(bound), sorted(bound - known)
