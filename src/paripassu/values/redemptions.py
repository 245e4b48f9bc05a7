"""Notices of redemption as several clauses speak of them: what each is of, and what of it is still to be redeemed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.lots import undivided_lot
from paripassu.values.state import Obligation, State
from paripassu.values.undetermined import extent

PAY = "pay_redemption"
"""The duty to pay what a notice of redemption is good for; its subject is the notice."""

PART = "#"
"""Between a notice and a lot: the part of the notice that concerns the lot."""


def lots_of(part: str, owner: str, instrument: str, state: State) -> dict[str, Any]:
    """What an owner holds of the lot that a part of a notice is of, by lot: it may have been divided since."""
    notice, _, lot = part.partition(PART)
    noticed = state.steps(("value", "redemption_holder", notice))[0][0]
    return {one: held for one, held in state.lots(instrument, owner).items()
            if undivided_lot(state, one, noticed) == lot}


def unredeemed(notice: str, state: State) -> Iterator[tuple[str, Any]]:
    """Each part of a notice with the shares of it not redeemed yet, in the order in which they are redeemed."""
    for part, shares in state.get(("value", "redemption_parts", notice)):
        rest = shares - (state.get(("value", "redeemed_of_part", part)) or ZERO)
        if rest > 0:
            yield part, rest


def standing_notices(instrument: str, state: State) -> Iterator[tuple[Obligation, dict[str, dict[str, Any]]]]:
    """The notices not paid or ended, each with its parts still to be redeemed, as far as the shares are still held.

    Of each part so many shares of each lot. Earlier days first; those of one day by name, so that the order in which
    they came that day decides nothing.
    """
    claimed: dict[tuple[str, str], Any] = defaultdict(lambda: ZERO)
    standing = (owed for owed in state.obligations(duty=PAY)
                if owed.instrument == instrument and owed.status in ("open", "breached"))
    for owed in sorted(standing, key=lambda one: (one.arisen, one.subject)):
        parts = {}
        for part, rest in unredeemed(owed.subject, state):
            free = {lot: _free(held, claimed[owed.creditor, lot])
                    for lot, held in lots_of(part, owed.creditor, instrument, state).items()}
            parts[part] = dict(_taken(rest, free))
            for lot, shares in parts[part].items():
                claimed[owed.creditor, lot] += shares
        yield owed, parts


def _free(held: Any, claimed: Any) -> Any:
    """The most shares of a lot that no notice before claims; None where there is no telling."""
    most = extent(held)[1]
    return None if most is None else max(ZERO, most - claimed)


def _taken(shares: Any, free: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for lot, most in free.items():
        taken = shares if most is None else min(shares, most)
        if taken > 0:
            yield lot, taken
            shares -= taken
