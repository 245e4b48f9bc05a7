"""The limits on what a holder may convert or exercise, in words, and which of them binds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paripassu.values.figures import Figure
from paripassu.values.undetermined import extent

LIMITS = {"ownership_room": "beneficial ownership limit", "exchange_cap_room": "exchange cap"}


def binds(name: str, rooms: Mapping[str, Figure], everything: Any) -> bool:
    """A limit binds when it is surely the smallest room and surely leaves less than everything."""
    mine = extent(rooms[name].value)[1]
    others = [extent(figure.value)[0] for other, figure in rooms.items() if other != name]
    least = extent(everything)[0]
    if mine is None or least is None or not mine < least:
        return False
    return all(other is not None and mine <= other for other in others)
