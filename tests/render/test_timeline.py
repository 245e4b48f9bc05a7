"""The drawn timeline: order, what is ahead, and that nothing covers anything."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from paripassu.render.timeline import DATE_LABEL, HEAD, Strip, timeline_view
from paripassu.values.citation import Citation
from paripassu.values.sheets import Milestone, Timeline

START = date(1999, 11, 4)


def view(*milestones: Milestone, today: date = START):
    return timeline_view(Timeline("Timeline", today, milestones))


def strip(name: str, *milestones: Milestone, today: date = START) -> Strip:
    return dict(view(*milestones, today=today).strips)[name]


def plain(day: date) -> Milestone:
    return Milestone(day, "something", "plain")


def test_milestones_of_a_day_share_a_number_and_the_gravest_tone():
    made = view(
        Milestone(date(1999, 11, 9), "conversion default", "bad", Citation("cod", "VII.A")),
        Milestone(date(1999, 11, 4), "notice", "plain"),
        Milestone(date(1999, 11, 9), "delivery period ends", "event"),
    )
    assert [(group.number, group.day, group.tone) for group in made.groups] == [
        (1, date(1999, 11, 4), "plain"), (2, date(1999, 11, 9), "bad"),
    ]
    assert [item.words for item in made.groups[1].items] == ["conversion default", "delivery period ends"]
    assert [item.kind for item in made.groups[1].items] == ["event", "event"]
    assert made.groups[1].items[0].section == "cod VII.A"


def test_what_is_due_after_the_day_of_the_statement_is_ahead_and_that_day_itself_is_not():
    made = view(plain(START), Milestone(START + timedelta(1), "deliver", "due"))
    assert [group.ahead for group in made.groups] == [False, True]
    assert made.ahead == 1
    assert made.groups[1].items[0].kind == "due"


@pytest.mark.parametrize("name", ["wide", "narrow"])
@pytest.mark.parametrize("apart", [1, 3, 40])
def test_no_head_covers_another(name, apart):
    drawn = strip(name, *(plain(START + timedelta(apart * place)) for place in range(60)))
    for one in drawn.pins:
        for other in drawn.pins:
            if one.number < other.number and one.y == other.y:
                assert other.x - one.x >= HEAD
    assert len({(pin.x, pin.y) for pin in drawn.pins}) == 60
    assert all(0 < pin.x < drawn.width and 0 < pin.y < drawn.axis for pin in drawn.pins)


def edges(label) -> tuple[int, int]:
    left = {"start": label.x, "middle": label.x - DATE_LABEL // 2, "end": label.x - DATE_LABEL}[label.anchor]
    return left, left + DATE_LABEL


@pytest.mark.parametrize("name", ["wide", "narrow"])
@pytest.mark.parametrize("today", [START, START + timedelta(30), START + timedelta(2000)])
def test_dates_under_the_axis_stay_apart_inside_the_drawing_and_include_the_last(name, today):
    days = [START + timedelta(days=place * place) for place in range(30)]
    drawn = strip(name, *map(plain, days), today=today)
    spans = [edges(label) for label in drawn.dates]
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(left >= 0 and right <= drawn.width for left, right in spans)
    assert drawn.dates[-1].words == days[-1].isoformat()


def test_two_weeks_are_to_scale_and_a_day_more_is_broken():
    to_scale = strip("wide", plain(START), plain(START + timedelta(14)))
    broken = strip("wide", plain(START), plain(START + timedelta(15)))
    assert to_scale.breaks == ()
    assert [one.words for one in broken.breaks] == ["15 days"]
    assert broken.pins[0].x < broken.breaks[0].x < broken.pins[1].x


def test_short_stretches_keep_their_proportion():
    first, second, third = strip("wide", plain(START), plain(START + timedelta(3)), plain(START + timedelta(12))).pins
    assert abs((third.x - second.x) - 3 * (second.x - first.x)) <= 3


def test_the_day_of_the_statement_is_marked_between_past_and_future():
    drawn = strip("wide", plain(START), plain(START + timedelta(9)), today=START + timedelta(4))
    assert drawn.pins[0].x < drawn.today_line < drawn.pins[1].x
    assert drawn.today.words == "as of 1999-11-08"


def test_a_single_day_and_an_empty_record_are_drawn_without_a_span():
    assert strip("wide", plain(START)).pins[0].x == strip("wide", plain(START)).width // 2
    assert view().groups == ()
    assert view().strips == ()
