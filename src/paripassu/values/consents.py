"""How many shares consent to an act: each share once, however often it changed hands since its holder consented."""

from __future__ import annotations

from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.state import State
from paripassu.values.undetermined import lesser


def consenting(state: State, asset: str, act: str, besides: str = "") -> Any:
    """The shares of every holder that consented to an act, but for one: as many as it consented with and still has.

    Whoever sold its shares is no longer one of the holders; the buyer consents for itself, or does not.
    """
    total: Any = ZERO
    for key in state.keys("value", "consented"):
        holder = key[2].removeprefix(f"{act}:")
        if holder not in (key[2], besides):
            total = total + lesser(state.get(key), state.total(asset, holder))
    return total
