"""Quantities and prices stored before a split, put on the share basis after it."""

from __future__ import annotations

from collections.abc import Iterator

from paripassu.values.arithmetic import Rational
from paripassu.values.effects import Set
from paripassu.values.state import State


def restated(state: State, name: str, factor: Rational, role: str) -> Iterator[Set]:
    """A named value of every subject times a factor: the ratio of the split for shares, its inverse for prices."""
    for key in list(state.keys("value", name)):
        yield Set(name, key[2], state.get(key) * factor, role=role)
