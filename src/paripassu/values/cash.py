"""Cash owed under the papers, as a payment names it, and what is paid beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from paripassu.values.arithmetic import ZERO, nearest_cent
from paripassu.values.effects import Effect, Set
from paripassu.values.excess import GIVE_BACK, beyond, in_excess
from paripassu.values.facts import Fact
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.state import Obligation, State
from paripassu.values.undetermined import extent

ROLE = "payment"
"""The role under which a payment stands in the papers."""

BEARING_INTEREST = (
    "pay_default", "pay_buy_in", "pay_redemption", "pay_participation", "pay_preference",
    "pay_transaction_consideration",
)
"""The duties to pay of a paper with words on interest; what another fact brought about, a correction may take away."""


def owed_in_cash(fact: Fact, state: State) -> Obligation | None:
    """The duty that a payment names; None where it paid what turned out not to be owed.

    Raises Problem IMPOSSIBLE_FACT where nothing of that name is owed in cash, or could be from what is recorded.
    """
    obligation = fact.details["obligation"]
    owed: Obligation | None = state.get(("obligation", obligation))
    if owed is None and (_could_be_owed(obligation, fact, state) or _given_back(obligation, state)):
        return None
    if owed is None or not owed.amount:
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"a payment of {fact.effective} names {obligation!r}, which is not owed in cash",
            "use the name the statement prints beside the obligation", fact.place,
        )
    return owed


def _could_be_owed(obligation: str, fact: Fact, state: State) -> bool:
    """Whether a duty of that name is one to pay, and what it is about is spoken of by another fact."""
    duty, _, subject = obligation.partition(":")
    case = re.split("[/:]", subject)[0]
    return duty in BEARING_INTEREST and any(one is not fact and case in one.subjects() for one in state.facts)


def _given_back(obligation: str, state: State) -> bool:
    return state.obligation(GIVE_BACK, beyond(ROLE, obligation)) is not None


def overpaid(owed: Obligation, over: Any) -> Iterator[Effect]:
    """More than is owed, with its interest, was paid by so much, at least: the difference is to be given back."""
    least = extent(over)[0]
    excess = ZERO if least is None else nearest_cent(least)
    if excess > 0:
        why = f"{number(excess, 'usd')} more was paid on {owed.id} than was owed"
        yield from _excess("overpayment", owed.id, owed.creditor, excess, why, owed.debtor)


def paid_unowed(fact: Fact, state: State) -> Iterator[Effect]:
    """A payment of what is not owed: all of it is to be given back."""
    obligation, holder = fact.details["obligation"], fact.details["holder"]
    excess = (state.get(("value", "kept_beyond", obligation)) or ZERO) + fact.details["amount"]
    why = f"{number(excess, 'usd')} was paid on {obligation}, which is not owed"
    yield from _excess(fact.kind, obligation, holder, excess, why, "company")


def _excess(act: str, obligation: str, payee: str, excess: Any, why: str, payer: str) -> Iterator[Effect]:
    yield from in_excess(act, obligation, payee, excess, "overpaid", why, ROLE, unit="usd", giver=payer)
    yield Set("kept_beyond", obligation, excess)


def paid_back(fact: Fact, state: State) -> Iterator[Effect]:
    """An act performs the duty to give back what was paid beyond: it is no longer paid."""
    duty, _, subject = fact.details["obligation"].partition(":")
    role, _, obligation = subject.partition("/")
    kept = state.get(("value", "kept_beyond", obligation))
    if (duty, role) == (GIVE_BACK, ROLE) and kept:
        paid = state.get(("value", "paid", obligation))
        if paid is not None:
            yield Set("paid", obligation, paid - kept, role=ROLE)
        yield Set("kept_beyond", obligation, ZERO)
