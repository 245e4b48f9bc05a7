"""What the transfer agent's books assert, beside our own position on that day, and what may explain the difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.replay import Replayed
from paripassu.values.effects import Move
from paripassu.values.facts import Fact
from paripassu.values.parties import COMMON, CONVERTED
from paripassu.values.printing import number
from paripassu.values.undetermined import determined


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may stand in one record and not in the other: what, and by how much it would move theirs."""

    says: str
    quantity: Any


@dataclass(frozen=True, slots=True)
class Assertion:
    """What an agent's books show on a day for a holder (all holders where empty), and what ours do at its end."""

    day: date
    by: str
    security: str
    holder: str
    theirs: Any
    ours: Any
    candidates: tuple[Candidate, ...]

    @property
    def difference(self) -> Any:
        """By how much theirs is larger; undetermined where ours is."""
        return self.theirs - self.ours


def assertions(done: Replayed) -> Iterator[Assertion]:
    """The latest statement of each agent on each security and holder, in order of the first."""
    latest: dict[tuple[str, str, str], Fact] = {}
    for fact in done.state.facts:
        if fact.kind in ("transfer_agent_position", "transfer_agent_total"):
            latest[fact.details["by"], fact.details["security"], fact.details.get("holder", "")] = fact
    for (by, security, holder), fact in latest.items():
        ours = _ours(done, security, holder, fact.effective)
        theirs = fact.details["shares"]
        differ = not determined(ours) or ours != theirs
        candidates = tuple(_candidates(done, security, holder, fact.effective)) if differ else ()
        yield Assertion(fact.effective, by, security, holder, theirs, ours, candidates)


def _ours(done: Replayed, security: str, holder: str, day: date) -> Any:
    """Our position at the end of a day; of all the common stock, what was last reported and issued since."""
    place = done.state.place_at_end_of(day)
    if security != COMMON or holder:
        return done.state.total(security, holder, place)
    names = next((one for one in done.names.values() if "shares_outstanding" in one.instrument.bindings), None)
    if names is None:
        return done.state.total(security, "", place)
    return names.at_point("shares_outstanding", names.point(day, None, {})._replace(place=place))


def _candidates(done: Replayed, security: str, holder: str, day: date) -> Iterator[Candidate]:
    """Conversions that the agent has not seen through by then, and movements that we recorded only later."""
    place = done.state.place_at_end_of(day)
    if security == COMMON:
        yield from _undelivered(done, holder, place)
    for record in done.state.moves(security, holder, place):
        move, origin = record.effect, record.origin
        assert isinstance(move, Move), "only movements are kept as such"
        if origin is None:
            continue
        quantity = move.quantity if move.target == holder or move.source.startswith("(") else -move.quantity
        notice = origin.details.get("notice", "")
        surrendered = done.state.get(("value", "certificates_delivered_on", notice), place) is not None
        if move.target == CONVERTED and not surrendered:
            yield Candidate(f"the certificates for notice {notice} had not reached the Company", -quantity)
        elif origin.recorded > day and move.role != "record_holder":
            yield Candidate(f"{origin.says(done.agreement.parties)}: recorded on {origin.recorded}", -quantity)


def _undelivered(done: Replayed, holder: str, place: int) -> Iterator[Candidate]:
    state = done.state
    for key in state.keys("value", "shares_due"):
        notice, due = key[2], state.get(key, place)
        owed = state.obligation("deliver_common", notice)
        delivered = state.get(("value", "shares_delivered", notice), place) or 0
        if owed is None or holder not in ("", owed.creditor) or due is None or (determined(due) and due <= delivered):
            continue
        until = "".join(
            f", {fact.details['shares']:,} of them delivered on {fact.effective}" for fact in state.facts
            if fact.kind == "shares_delivered" and fact.details["notice"] == notice and _is_after(done, fact, place)
        )
        says = f"notice {notice} was converted with {number(due - delivered, 'shares')} shares undelivered{until}"
        yield Candidate(says, delivered - due)


def _is_after(done: Replayed, fact: Fact, place: int) -> bool:
    return done.state.place_at(fact.moment_in(done.agreement.zone)) > place
