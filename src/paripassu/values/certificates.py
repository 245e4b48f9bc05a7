"""What certificates are to the state: assets whose quantities move, and subjects by name."""

from __future__ import annotations

from paripassu.values.state import State


def certificates_of(security: str) -> str:
    """The asset that the certificates of a security are: what each represents adds up like any other quantity."""
    return f"certificates of {security}"


def certificate_name(security: str, number: str) -> str:
    """A certificate as the subject of what is kept of it; its number is unique within its security only."""
    return f"{number} of {security}"


def cancelled_end(number: str) -> str:
    """Where what a cancelled certificate represented goes until another certificate is issued out of it."""
    return f"(cancelled {number})"


def origin(state: State, lot: str) -> str:
    """The lot from which a lot was divided, itself otherwise."""
    while (whole := state.get(("value", "part_of", lot))) is not None:
        lot = whole
    return lot
