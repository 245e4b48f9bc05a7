"""What certificates are to the state: assets whose quantities move, and subjects by name."""

from __future__ import annotations

from typing import Any

from paripassu.values.state import State
from paripassu.values.undetermined import determined


def certificates_of(security: str) -> str:
    """The asset that the certificates of a security are: what each represents adds up like any other quantity."""
    return f"certificates of {security}"


def certificate_name(security: str, number: str) -> str:
    """A certificate as the subject of what is kept of it; its number is unique within its security only."""
    return f"{number} of {security}"


def cancelled_end(number: str) -> str:
    """Where what a cancelled certificate represented goes until another certificate is issued out of it."""
    return f"(cancelled {number})"


def by_lot(state: State, asset: str, owner: str) -> dict[str, Any]:
    """What an owner has of an asset by lot; where the asset has no lots, all of it under the empty name."""
    lots = state.lots(asset, owner)
    if lots:
        return lots
    whole = state.position(asset, owner)
    return {"": whole} if not determined(whole) or whole else {}


def origin(state: State, lot: str) -> str:
    """The lot from which a lot was divided, itself otherwise."""
    while (whole := state.get(("value", "part_of", lot))) is not None:
        lot = whole
    return lot
