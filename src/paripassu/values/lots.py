"""Dividing a lot that several holders share, where a term of it changes for some of them only."""

from __future__ import annotations

from collections.abc import Collection, Generator

from paripassu.values.effects import Effect, Move, Set
from paripassu.values.parties import EXCHANGED
from paripassu.values.state import State
from paripassu.values.undetermined import determined


def lot_of_its_own(
    state: State, asset: str, term: str, lot: str, owner: str, affected: Collection[str], name: str, role: str
) -> Generator[Effect, None, str]:
    """The lot whose term changes for an owner: a new one where holders not affected have shares of the same lot.

    The new lot is called ``name``, carries the term as it stood, and remembers the lot it is part of.
    """
    others = (state.position(asset, one, lot) for one in state.holders(asset) if one not in affected)
    if not any(not determined(held) or held != 0 for held in others):
        return lot
    quantity = state.position(asset, owner, lot)
    yield Set(term, name, state.get(("value", term, lot)))
    yield Set("part_of", name, lot)
    yield Move(asset, owner, EXCHANGED, quantity, lot, role=role)
    yield Move(asset, EXCHANGED, owner, quantity, name, role=role)
    return name


def undivided_lot(state: State, lot: str, place: int = 0) -> str:
    """What a lot was part of as the lots stood at a place, itself where it was a lot by then; as issued without one."""
    part = ("value", "part_of")
    while state.get((*part, lot), place) is None and (whole := state.get((*part, lot))) is not None:
        lot = whole
    return lot
