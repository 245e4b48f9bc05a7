"""Cash owed under the papers, as a payment names it."""

from __future__ import annotations

from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.state import Obligation, State


def owed_in_cash(fact: Fact, state: State) -> Obligation:
    """The duty that a payment names; raises Problem IMPOSSIBLE_FACT where none of that name is owed in cash."""
    obligation = fact.details["obligation"]
    owed: Obligation | None = state.get(("obligation", obligation))
    if owed is None or not owed.amount:
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"a payment of {fact.effective} names {obligation!r}, which is not owed in cash",
            "use the name the statement prints beside the obligation", fact.place,
        )
    return owed
