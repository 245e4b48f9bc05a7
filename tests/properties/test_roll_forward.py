"""Every roll-forward of every story foots, whatever the period, and what is undetermined keeps its bounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import CLOSING, QUICK, Story, carried_out, stories

from paripassu.replay import Replayed
from paripassu.values.effects import Move
from paripassu.values.parties import COMMON
from paripassu.values.undetermined import determined, extent
from paripassu.views.register import register
from paripassu.views.rollforward import RollForward, RollLine, roll_forward


def every_line(made: RollForward) -> list[RollLine]:
    total = [made.owed_total] if made.owed_total else []
    return [*(line for found in made.shares.values() for line in found), *(one.line for one in made.owed), *total]


def assert_foots(made: RollForward) -> None:
    """Opening and movements give the closing; lines give their total; movements give their columns."""
    movements = {one.number: one for one in made.movements}
    for line in every_line(made):
        left = line.unexplained
        assert determined(left) and left == 0, line
        assert set(line.moved) == set(line.movements)
    for *holders, total in made.shares.values():
        for part in ("opening", "closing"):
            inner, outer = extent(getattr(total, part)), extent(sum((getattr(one, part) for one in holders), 0))
            assert outer[0] is None or inner[0] is None or outer[0] <= inner[0]
            assert outer[1] is None or inner[1] is None or inner[1] <= outer[1]
        for line in holders:
            for column, numbers in line.movements.items():
                found = [movements[number] for number in numbers]
                signed = [one.quantity if one.target == line.holder else -one.quantity for one in found]
                assert extent(sum(signed, 0)) == extent(line.moved[column]), (line, column)


def days_of(story: Story, first: int, length: int) -> tuple[date, date]:
    begins = CLOSING + timedelta(days=first)
    return begins, begins + timedelta(days=length)


@settings(QUICK, max_examples=25)
@given(stories(), st.integers(0, 300), st.integers(0, 300))
def test_every_line_of_every_period_foots(story: Story, first: int, length: int) -> None:
    begins, ends = days_of(story, first, length)
    carried_out(story)
    assert_foots(roll_forward(story.replayed(ends), begins))


@settings(QUICK, max_examples=10)
@given(stories(), st.integers(0, 200), st.integers(0, 200), st.integers(1, 200))
def test_two_periods_that_meet_add_up_to_one(story: Story, first: int, length: int, more: int) -> None:
    begins, middle = days_of(story, first, length)
    carried_out(story)
    ends = middle + timedelta(days=more)
    one = shares_of(roll_forward(story.replayed(middle), begins))
    two = shares_of(roll_forward(story.replayed(ends), middle + timedelta(days=1)))
    for key, line in two.items():
        assert extent(line.opening) == extent(one[key].closing if key in one else 0)
    for key, line in one.items():
        # A line that is not in the second period had nothing left at the end of the first.
        assert key in two or extent(line.closing) == (0, 0)


def shares_of(made: RollForward) -> dict[tuple[str, str], RollLine]:
    return {(line.asset, line.holder): line for found in made.shares.values() for line in found}


@settings(QUICK, max_examples=15)
@given(stories(), st.integers(0, 200))
def test_every_movement_of_shares_in_the_period_is_listed_once(story: Story, first: int) -> None:
    done = carried_out(story)
    begins = CLOSING + timedelta(days=first)
    made = roll_forward(done, min(begins, done.state.as_of))
    listed = [one for one in made.movements if one.unit == "shares"]
    assert sorted(map(repr, (moved(one) for one in listed))) == sorted(map(repr, moves(done, min(begins, story.as_of))))
    assert [one.number for one in made.movements] == list(range(1, len(made.movements) + 1))


def moved(one: Any) -> tuple[Any, ...]:
    return one.day, one.asset, one.lot, one.source, one.target, one.quantity


def moves(done: Replayed, first: date) -> list[tuple[Any, ...]]:
    """Movements between the first day and the end, of securities, that a person takes part in."""
    chosen = {*done.agreement.instruments, COMMON}
    return [
        (record.moment.date, move.asset, move.lot, move.source, move.target, move.quantity)
        for record in done.state.records if isinstance(move := record.effect, Move) and move.asset in chosen
        and record.moment.date >= first and not (move.source.startswith("(") and move.target.startswith("("))
    ]


@settings(QUICK, max_examples=15)
@given(stories())
def test_the_register_adds_up_and_covers_everything_held(story: Story) -> None:
    done = carried_out(story)
    made = register(done)
    for total in made.totals:
        assert extent(total.difference) == (0, 0)
        found = [one for one in made.covers if one.security == total.security]
        assert extent(sum((one.held for one in found), 0)) == extent(total.held)
        for one in found:
            assert extent(one.held) == extent(one.under + one.without - one.excess)
