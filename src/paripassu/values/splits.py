"""Quantities and prices stored before a split, put on the share basis after it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from paripassu.values.arithmetic import ONE, Rational
from paripassu.values.effects import Set
from paripassu.values.state import State


def restated(state: State, name: str, factor: Rational, role: str) -> Iterator[Set]:
    """A named value of every subject times a factor: the ratio of the split for shares, its inverse for prices."""
    for key in list(state.keys("value", name)):
        yield Set(name, key[2], state.get(key) * factor, role=role)


def grown_since(state: State, day: date) -> Rational:
    """How many shares one share outstanding at the end of a day has become."""
    now: Rational = state.get(("split_factor",)) or ONE
    then: Rational = state.get(("split_factor",), state.place_at_end_of(day)) or ONE
    return now / then
