"""Notices of redemption as several clauses speak of them: what each is of, and what of it is still to be redeemed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.state import State

PAY = "pay_redemption"
"""The duty to pay what a notice of redemption is good for; its subject is the notice."""

PART = "#"
"""Between a notice and a lot: the part of the notice that concerns the lot."""


def lot_of(part: str) -> str:
    """The lot a part of a notice concerns."""
    return part.partition(PART)[2]


def unredeemed(notice: str, state: State) -> Iterator[tuple[str, Any]]:
    """Each part of a notice with the shares of it not redeemed yet, in the order in which they are redeemed."""
    for part, shares in state.get(("value", "redemption_parts", notice)):
        rest = shares - (state.get(("value", "redeemed_of_part", part)) or ZERO)
        if rest > 0:
            yield part, rest
