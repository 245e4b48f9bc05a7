"""The JSON trace of a figure: each figure once, inputs by number, exact numbers as text."""

from __future__ import annotations

from datetime import date

from paripassu.render.trace import FORMAT, figure_trace, plain
from paripassu.values.arithmetic import ratio
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.grades import Grade
from paripassu.values.undetermined import Need, Undetermined


def doubled(depth: int) -> Figure:
    """A figure whose every level takes the one below twice: a tree of it would have 2 to the depth leaves."""
    figure = Figure("leaf", ratio(1, 3), "usd", "stated", Citation("cod", "I"))
    for level in range(depth):
        figure = Figure(f"level-{level}", ratio(level), "usd", "twice the one below", inputs=(figure, figure))
    return figure


def test_a_shared_figure_is_told_once() -> None:
    trace = figure_trace(doubled(60))
    assert trace["format"] == FORMAT
    assert len(trace["figures"]) == 61
    assert trace["figures"][0]["name"] == "level-59"
    assert trace["figures"][0]["inputs"] == [1, 1]
    assert trace["figures"][60]["inputs"] == []


def test_walking_a_shared_figure_ends() -> None:
    assert [one.name for one in doubled(60).walk()] == [*(f"level-{level}" for level in range(59, -1, -1)), "leaf"]


def test_inputs_come_in_their_order() -> None:
    first, second = (Figure(name, ratio(1), "days", "stated") for name in ("first", "second"))
    trace = figure_trace(Figure("sum", ratio(2), "days", "both", inputs=(first, second)))
    assert [trace["figures"][number]["name"] for number in trace["figures"][0]["inputs"]] == ["first", "second"]


def test_exact_numbers_dates_and_grades_are_text() -> None:
    figure = Figure("price", ratio(46561, 9600), "usd per share", "computed", grade=Grade.PUBLIC_RECORD,
                    day=date(1999, 8, 2))
    told = plain(figure)
    assert (told["value"], told["day"], told["grade"]) == ("46561/9600", "1999-08-02", "public record")
    assert "inputs" not in told


def test_an_undetermined_value_says_what_it_waits_for() -> None:
    value = Undetermined(frozenset({Need("closing_bid", "", date(1999, 8, 2))}), ratio(1), None)
    assert plain(value) == {
        "undetermined": True, "waits_for": [{"name": "closing_bid", "of": "", "on": "1999-08-02"}],
        "at_least": "1", "at_most": None,
    }
