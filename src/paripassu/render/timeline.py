"""The timeline drawn: a strip with numbered pins, and the key that says what each pin is.

Coordinates are whole units of the drawing. Days are to scale, but a stretch without a pin longer than two weeks is
drawn as two weeks, broken, with its length written under it: years of silence leave the busy days room. Pins of
neighbouring days stand one above the other, so no number covers another; the words are in the key, which the page
lays out as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from paripassu.values.sheets import Milestone, Timeline

WIDE, NARROW = 880, 340
"""Widths of the two drawings, for a screen or paper and for a telephone."""
MARGIN, HEAD, LEVEL, LABELS = 16, 20, 22, 26
"""Side margin, width a pin's head needs, height of one row of heads, height of a band of labels."""
STEM = 16
"""Shortest distance from the axis to a head's centre."""
DATE_LABEL, LENGTH_LABEL = 76, 58
"""Widths that a date and the length of a stretch need under the axis."""
LONGEST = 14
"""Days of a stretch without a pin that are drawn to scale."""
RANKS = {"bad": 5, "warn": 4, "due": 3, "event": 2, "good": 1, "plain": 0}
KINDS = {
    "plain": "fact", "good": "fact", "event": "event", "bad": "event", "warn": "refusal", "due": "due",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One milestone of the key."""

    kind: str
    tone: str
    words: str
    section: str


@dataclass(frozen=True, slots=True)
class Group:
    """The milestones of one day under one number."""

    number: int
    day: date
    tone: str
    items: tuple[Item, ...]
    ahead: bool


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered head above its day."""

    number: int
    x: int
    y: int
    tone: str
    label: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words under the axis, about a place on it."""

    x: int
    words: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the axis leaves days out: its middle, and their number where there is room to write it."""

    x: int
    words: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One drawing: its size, axis, dates, breaks, pins, and where the day of the statement is."""

    width: int
    height: int
    axis: int
    dates: tuple[Label, ...]
    breaks: tuple[Break, ...]
    pins: tuple[Pin, ...]
    today: Label
    today_line: int


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The key, the two drawings, and how many of the groups lie ahead."""

    title: str
    today: date
    groups: tuple[Group, ...]
    strips: tuple[tuple[str, Strip], ...]

    @property
    def ahead(self) -> int:
        """Number of days ahead on which something is due."""
        return sum(group.ahead for group in self.groups)


def timeline_view(block: Timeline) -> TimelineView:
    """A timeline ready to be drawn."""
    groups = _groups(block)
    strips = tuple((name, _strip(block.today, groups, width)) for name, width in (("wide", WIDE), ("narrow", NARROW)))
    return TimelineView(block.title, block.today, groups, strips if groups else ())


def _groups(block: Timeline) -> tuple[Group, ...]:
    in_order = sorted(block.milestones, key=lambda one: one.day)
    found = []
    for index, (day, together) in enumerate(groupby(in_order, key=lambda one: one.day), start=1):
        milestones = list(together)
        tone = max((one.tone for one in milestones), key=lambda one: RANKS[one])
        found.append(Group(index, day, tone, tuple(_item(one) for one in milestones), day > block.today))
    return tuple(found)


def _item(one: Milestone) -> Item:
    return Item(KINDS[one.tone], one.tone, one.words, str(one.citation) if one.citation else "")


def _strip(today: date, groups: tuple[Group, ...], width: int) -> Strip:
    days = sorted({today, *(group.day for group in groups)})
    places = _places(days, width)
    levels = _levels([places[group.day] for group in groups])
    axis = LABELS + (max(levels, default=0) + 1) * LEVEL + STEM
    pins = tuple(
        Pin(group.number, places[group.day], axis - STEM - level * LEVEL, group.tone,
            f"{group.day}: " + "; ".join(item.words for item in group.items))
        for group, level in zip(groups, levels, strict=True)
    )
    breaks = tuple(_breaks(days, places))
    below = LABELS * (2 if any(one.words for one in breaks) else 1)
    return Strip(
        width, axis + below, axis, tuple(_dates([group.day for group in groups], places, width)), breaks, pins,
        _label(places[today], f"as of {today}", width), places[today],
    )


def _places(days: list[date], width: int) -> dict[date, int]:
    """Where each day stands: to scale, long stretches shortened."""
    lengths = [min((after - before).days, LONGEST) for before, after in pairwise(days)]
    whole = sum(lengths)
    if not whole:
        return {days[0]: width // 2}
    room = width - 2 * MARGIN
    return {day: MARGIN + room * sum(lengths[:index]) // whole for index, day in enumerate(days)}


def _levels(places: list[int]) -> list[int]:
    """For heads from left to right, the lowest row on which each is clear of the one before it on that row."""
    ends: list[int] = []
    levels = []
    for x in places:
        level = next((row for row, end in enumerate(ends) if x - end >= HEAD), len(ends))
        ends[level:level + 1] = [x]
        levels.append(level)
    return levels


def _label(x: int, words: str, width: int) -> Label:
    """A label kept inside the drawing: at an end it begins or ends at its place."""
    if x < DATE_LABEL:
        return Label(max(x - MARGIN, 0), words, "start")
    if x > width - DATE_LABEL:
        return Label(min(x + MARGIN, width), words, "end")
    return Label(x, words)


def _dates(days: list[date], places: dict[date, int], width: int) -> Iterator[Label]:
    """The days of pins that have room for their date, from the first on; the last is always among them."""
    labels = [_label(places[day], day.isoformat(), width) for day in days]
    end, last = 0, _left(labels[-1]) if labels else 0
    for label in labels[:-1]:
        if _left(label) >= end and _left(label) + DATE_LABEL <= last:
            end = _left(label) + DATE_LABEL
            yield label
    yield from labels[-1:]


def _left(label: Label) -> int:
    """Where the words of a date begin."""
    return label.x - {"start": 0, "middle": DATE_LABEL // 2, "end": DATE_LABEL}[label.anchor]


def _breaks(days: list[date], places: dict[date, int]) -> Iterator[Break]:
    for before, after in pairwise(days):
        length = (after - before).days
        if length > LONGEST:
            room = places[after] - places[before] >= LENGTH_LABEL
            yield Break((places[before] + places[after]) // 2, f"{length} days" if room else "")
