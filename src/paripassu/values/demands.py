"""Default payments as they accrue, and what a written demand makes payable of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.effects import Effect, Lapse, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask
from paripassu.values.undetermined import determined

ACCRUING = "accruing_default"
"""The duty under which default payments stand until a demand covers them; its subject is the accrual."""


def accruing(accrual: str, case: str, holder: str, figure: str, at: Mapping[str, Any], ask: Ask) -> Iterator[Effect]:
    """What accrues to a holder in a case, as far as no demand covers it; ``figure`` says how much that is."""
    if ask.state.get(("value", "demanded", accrual)) is None:
        yield Set("demanded", accrual, ZERO)
    yield Owe(ACCRUING, accrual, "company", holder, f"default payments of {case} that no demand covers yet",
              awaits="written demand", amount=figure, at={**at, "accrual": accrual}, role="default")


def payable_on_demand(
    accrual: str, fact: Fact, figure: str, at: Mapping[str, Any], ask: Ask, *, last: bool, standing: bool = False
) -> Iterator[Effect]:
    """The duty to pay what had accrued by a demand and no earlier one covers; none where that is nothing.

    After the ``last`` demand nothing accrues that needs another. A standing demand covers all that accrues afterwards
    too: its duty grows with ``figure``.
    """
    case, holder = fact.details["case"], fact.details["holder"]
    earlier, accrued = ask.state.get(("value", "demanded", accrual)) or ZERO, ask(figure, **at)
    owed = ask.state.obligation(ACCRUING, accrual)
    if (owed is not None and owed.status == "lapsed") or (determined(accrued - earlier) and accrued <= earlier):
        yield Refuse("payment", case, f"nothing has accrued to {holder} that was not demanded before", "demand")
        return
    number = (ask.state.get(("value", "demands", accrual)) or 0) + 1
    demand = f"{accrual}/{number}"
    source = ask.source(figure, **at)
    yield Set("demands", accrual, number)
    yield Set("amount_demanded", demand, accrued - earlier, None if earlier else source, "demand")
    yield Set("demanded", accrual, accrued, source)
    due = ask.calendar("business_days").add(fact.effective, int(ask("demand_days")))
    amount, where = (figure, at) if standing else ("amount_demanded", {"demand": demand})
    yield Owe("pay_default", demand, "company", holder, f"pay the default payments of {case}", due,
              amount=amount, at=where, role="demand")
    if last or standing:
        yield all_demanded(accrual)


def all_demanded(accrual: str) -> Effect:
    """Nothing accrues any more that a demand does not cover."""
    return Lapse(ACCRUING, accrual, "all of it was demanded", "demand")
