"""The price chart: a Vega-Lite specification drawn as SVG without a network, with its legend and its numbers.

Floats appear here alone, as coordinates of a drawing; the numbers beside it are printed from the exact values.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import vl_convert
from markupsafe import Markup

from paripassu.values.printing import number
from paripassu.values.sheets import Chart, Series

WIDE, NARROW = (790, 300), (270, 220)
"""Width and height of the plot, for a screen or paper and for a telephone."""
SHAPES = ("circle", "square", "diamond", "triangle-up")
DASHES: tuple[list[int], ...] = ([1, 0], [7, 4], [2, 2], [1, 0])
WIDTHS = (1, 2, 2, 7)
SIZES = (45, 80, 60, 190)
"""Areas of the points: the last line lies under the others and must show around them."""
FAINT = (1, 1, 1, 0.35)
POINTS_FROM = 40
"""A line that moves on most of its days shows each day as a point while it has at most so many."""
EPOCH = date(1970, 1, 1).toordinal()
FONT = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Key:
    """One line of the legend: how it is drawn, what is known of it, and the days without a value."""

    label: str
    place: int
    known: str
    gaps: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive trading days with the same values."""

    first: date
    last: date
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart ready for the page: two drawings, the legend and the numbers."""

    title: str
    unit: str
    note: str
    drawings: tuple[tuple[str, Markup], ...]
    keys: tuple[Key, ...]
    labels: tuple[str, ...]
    stretches: tuple[Stretch, ...]


def chart_view(chart: Chart) -> ChartView:
    """A chart drawn for the page."""
    drawn = any(value is not None for series in chart.series for _, value in series.points)
    drawings = tuple(
        (name, Markup(_drawing(chart, size))) for name, size in (("wide", WIDE), ("narrow", NARROW))  # noqa: S704
    ) if drawn else ()
    return ChartView(
        chart.title, axis_title(chart.unit), chart.note, drawings,
        tuple(_key(series, place, chart.unit) for place, series in enumerate(chart.series)),
        tuple(series.label for series in chart.series), _stretches(chart),
    )


def specification(chart: Chart, size: tuple[int, int] = WIDE) -> dict[str, Any]:
    """The Vega-Lite specification: a stepped line for each run of known days, a point for each day standing alone."""
    colours = [f"var(--series-{place})" for place, _ in enumerate(chart.series)]
    labels = [series.label for series in chart.series]
    drawn_last = sorted(range(len(labels)), key=lambda place: -WIDTHS[place % len(WIDTHS)])
    layers = [layer for place in drawn_last for layer in _layers(chart.series[place], place, colours[place])]
    width, height = size
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width, "height": height, "background": None, "padding": {"left": 2, "right": 8, "top": 8, "bottom": 2},
        "layer": layers,
        "encoding": {
            "x": {
                "field": "day", "type": "temporal", "scale": {"type": "utc"}, "title": None,
                "axis": {"format": "%Y-%m-%d", "values": _ticks(chart, max(1, width // 130)), "grid": False,
                         "labelFlush": True},
            },
            "y": {
                "field": "value", "type": "quantitative", "title": axis_title(chart.unit),
                "scale": {"zero": False, "nice": True, "padding": 8}, "axis": {"format": "$,.2f", "tickCount": 6},
            },
        },
        "config": {
            "aria": False, "font": FONT, "view": {"stroke": None},
            "axis": {
                "labelColor": "var(--ink)", "titleColor": "var(--ink)", "gridColor": "var(--rule)",
                "domainColor": "var(--muted)", "tickColor": "var(--muted)", "labelFontSize": 12, "titleFontSize": 12,
                "titleFontWeight": "normal",
            },
        },
    }


def axis_title(unit: str) -> str:
    """The unit in words for the axis."""
    return "US dollars" + unit.removeprefix("usd") if unit.startswith("usd") else unit


def runs(series: Series) -> list[list[tuple[date, Any]]]:
    """The stretches of consecutive days with a value: each is one line, and a gap separates two."""
    return [
        list(together) for known, together in groupby(series.points, key=lambda point: point[1] is not None) if known
    ]


def pointed(series: Series) -> list[tuple[date, Any]]:
    """The days drawn as points: those standing alone, and every day of a short line that moves daily."""
    found = runs(series)
    known = [point for run in found for point in run]
    moves = sum(before[1] != after[1] for before, after in pairwise(known))
    if len(known) <= POINTS_FROM and 2 * moves >= len(known):
        return known
    return [run[0] for run in found if len(run) == 1]


def _layers(series: Series, place: int, colour: str) -> list[dict[str, Any]]:
    style = place % len(DASHES)
    lines = [
        {"day": day.isoformat(), "value": float(value), "run": index}
        for index, run in enumerate(runs(series)) if len(run) > 1 for day, value in run
    ]
    points = [{"day": day.isoformat(), "value": float(value)} for day, value in pointed(series)]
    line = {
        "data": {"values": lines}, "encoding": {"detail": {"field": "run", "type": "nominal"}},
        "mark": {"type": "line", "interpolate": "step-after", "stroke": colour, "strokeWidth": WIDTHS[style],
                 "strokeDash": DASHES[style], "opacity": FAINT[style]},
    }
    point = {
        "data": {"values": points},
        "mark": {"type": "point", "shape": SHAPES[style], "fill": colour, "stroke": "var(--page)", "strokeWidth": 1,
                 "size": SIZES[style], "opacity": 1},
    }
    return [layer for layer, values in ((line, lines), (point, points)) if values]


def _ticks(chart: Chart, steps: int) -> list[int]:
    """So many even steps from the first trading day to the last, as the axis wants them: milliseconds since 1970."""
    days = [day for day, _ in chart.series[0].points]
    chosen = sorted({days[(len(days) - 1) * step // steps] for step in range(steps + 1)})
    return [(day.toordinal() - EPOCH) * 86_400_000 for day in chosen]


def _drawing(chart: Chart, size: tuple[int, int]) -> str:
    """The SVG, hidden from screen readers because the figure's own text says the same."""
    drawn: str = vl_convert.vegalite_to_svg(specification(chart, size))
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _key(series: Series, place: int, unit: str) -> Key:
    known = [value for _, value in series.points if value is not None]
    if not known:
        return Key(series.label, place, "not known on any day shown", "")
    low, high = number(min(known), unit), number(max(known), unit)
    span = low if low == high else f"{low} to {high}"
    gaps = [
        [day for day, _ in together]
        for missing, together in groupby(series.points, key=lambda point: point[1] is None) if missing
    ]
    told = "; ".join(f"{days[0]} to {days[-1]}" if len(days) > 1 else f"{days[0]}" for days in gaps)
    return Key(series.label, place, f"{span}, known on {len(known)} of {len(series.points)} trading days", told)


def _stretches(chart: Chart) -> tuple[Stretch, ...]:
    days = zip(*(series.points for series in chart.series), strict=True)
    rows = [(row[0][0], tuple(value for _, value in row)) for row in days]
    found = []
    for values, together in groupby(rows, key=lambda row: row[1]):
        spell = [day for day, _ in together]
        found.append(Stretch(spell[0], spell[-1], tuple(number(value, chart.unit) for value in values)))
    return tuple(found)
