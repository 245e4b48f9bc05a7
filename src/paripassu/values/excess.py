"""What an act did beyond the papers: the refusal, and the difference to be given back once the act stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paripassu.values.effects import Effect, Owe, Refuse, Set
from paripassu.values.printing import number

GIVE_BACK = "give_back"
"""The duty to give back what an act did beyond the papers."""


def beyond(role: str, subject: str) -> str:
    """The subject of the duty to give back: what the act passed, and what it touched."""
    return f"{role}/{subject}"


def in_excess(
    act: str, subject: str, holder: str, excess: Any, figure: str, why: str, role: str, *, stands: bool = True,
    unit: str = "shares", giver: str = "company",
) -> Iterable[Effect]:
    """An act of a kind (``act``) passes what the papers allow by ``excess`` shares, kept as ``figure`` of the subject.

    It is refused. Where it stands all the same, because it is recorded, the holder has to give the excess back to its
    ``giver``. Of cash the ``unit`` is ``usd``.
    """
    yield Refuse(act, subject, why, role)
    if stands:
        yield Set(figure, subject, excess, role=role)
        shares = " shares" if unit == "shares" else ""
        yield Owe(
            GIVE_BACK, beyond(role, subject), holder, giver, f"give back {number(excess, unit)}{shares}: {why}",
            amount=figure, at={"act": subject}, role=role,
        )
