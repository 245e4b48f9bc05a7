"""The price chart: gaps stay gaps, lone days are seen, and the drawing depends on nothing but its numbers."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from paripassu.render.chart import axis_title, chart_view, pointed, runs, specification
from paripassu.values.arithmetic import ratio
from paripassu.values.sheets import Chart, Series

DAYS = tuple(date(1999, 11, day) for day in (1, 2, 3, 4, 5, 8))


def series(*values: str | None, label: str = "closing bid") -> Series:
    exact = (None if value is None else ratio(*Fraction(value).as_integer_ratio()) for value in values)
    return Series(label, tuple(zip(DAYS, exact, strict=True)))


def chart(*lines: Series) -> Chart:
    return Chart("Prices by trading day", "usd per share", lines)


GAPPED = series("5.25", "5.5", None, "4.75", None, "6")


def test_a_gap_ends_one_line_and_begins_another():
    assert [[day.day for day, _ in run] for run in runs(GAPPED)] == [[1, 2], [4], [8]]


def test_no_line_is_drawn_across_a_gap():
    drawn = specification(chart(series("5", "5", None, None, "5", "5")))
    values = drawn["layer"][0]["data"]["values"]
    assert [(one["day"], one["run"]) for one in values] == [
        ("1999-11-01", 0), ("1999-11-02", 0), ("1999-11-05", 1), ("1999-11-08", 1),
    ]
    assert drawn["layer"][0]["encoding"]["detail"]["field"] == "run"
    svg = str(dict(chart_view(chart(series("5", "5", None, None, "5", "5"))).drawings)["wide"])
    assert len(re.findall(r'<path[^>]* stroke="var\(--series-0\)"', svg)) == 2


def test_a_day_standing_alone_is_a_point_where_the_line_is_otherwise_level():
    assert pointed(series("5", "5", "5", "5", None, "5")) == [(DAYS[5], ratio(5))]
    assert pointed(series("5", "5", "5", "5", "5", "5")) == []


def test_a_line_that_moves_daily_shows_every_day():
    assert [day for day, _ in pointed(GAPPED)] == [DAYS[0], DAYS[1], DAYS[3], DAYS[5]]


def test_a_lone_day_reaches_the_drawing():
    lone = chart(series(None, None, "4.75", None, None, None))
    svg = str(dict(chart_view(lone).drawings)["wide"])
    assert svg.count('fill="var(--series-0)"') == 1


def test_the_legend_says_what_is_known_and_where_the_gaps_are():
    key = chart_view(chart(GAPPED)).keys[0]
    assert key.known == "$4.75 to $6.00, known on 4 of 6 trading days"
    assert key.gaps == "1999-11-03; 1999-11-05"
    two = chart_view(chart(series("5", None, None, None, "5", "5"))).keys[0]
    assert (two.known, two.gaps) == ("$5.00, known on 3 of 6 trading days", "1999-11-02 to 1999-11-04")


def test_a_line_without_values_is_said_and_a_chart_without_values_is_not_drawn():
    made = chart_view(chart(series(None, None, None, None, None, None)))
    assert made.keys[0].known == "not known on any day shown"
    assert made.drawings == ()


def test_the_numbers_are_exact_and_days_with_equal_values_stand_together():
    fixed = series("6.03", "6.03", "6.03", "6.03", "6.03", "6.03", label="fixed price")
    stretches = chart_view(chart(fixed, series(None, None, "4.84375", None, None, None))).stretches
    assert [(one.first.day, one.last.day, one.values) for one in stretches] == [
        (1, 2, ("$6.03", "-")), (3, 3, ("$6.03", "$4.84375")), (4, 8, ("$6.03", "-")),
    ]


def test_the_axis_begins_with_the_first_trading_day_and_ends_with_the_last():
    ticks = specification(chart(GAPPED))["encoding"]["x"]["axis"]["values"]
    assert ticks[0] == 941_414_400_000  # 1999-11-01 00:00 UTC
    assert ticks[-1] == 942_019_200_000  # 1999-11-08 00:00 UTC


@pytest.mark.parametrize(("unit", "words"), [("usd per share", "US dollars per share"), ("shares", "shares")])
def test_the_axis_names_its_unit(unit, words):
    assert axis_title(unit) == words
    assert specification(Chart("t", unit, (GAPPED,)))["encoding"]["y"]["title"] == words


def test_the_drawing_is_the_same_each_time_and_follows_the_colours_of_the_page():
    first, second = (str(dict(chart_view(chart(GAPPED)).drawings)["wide"]) for _ in range(2))
    assert first == second
    assert first.startswith('<svg aria-hidden="true"')
    assert set(re.findall(r"https?://[^\"' ]+", first)) <= {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }
    assert "id=" not in first
    assert ">1999-11-01<" in first
