"""Default payments as they accrue, and what a written demand makes payable of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, nearest_cent
from paripassu.values.effects import Discharge, Effect, Lapse, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.state import Obligation
from paripassu.values.terms import Ask
from paripassu.values.undetermined import determined

ACCRUING = "accruing_default"
"""The duty under which default payments stand until a demand covers them; its subject is the accrual."""


DEMANDED = "pay_default"
"""The duty to pay what was demanded; its subject is the accrual and the number of the demand."""
UNPAID = ("pending", "open", "breached")
ENDED = ("lapsed", "performed")
"""What an accrual stands as once nothing of it is left to be demanded."""


def accruing(accrual: str, case: str, holder: str, figure: str, at: Mapping[str, Any], ask: Ask) -> Iterator[Effect]:
    """What accrues to a holder in a case, as far as no demand covers it; ``figure`` says how much that is."""
    if ask.state.get(("value", "demanded", accrual)) is None:
        yield Set("demanded", accrual, ZERO)
    yield Owe(ACCRUING, accrual, "company", holder, f"default payments of {case} that no demand covers yet",
              awaits="written demand", amount=figure, at={**at, "accrual": accrual}, role="default")


def payable_on_demand(
    accrual: str, fact: Fact, figure: str, at: Mapping[str, Any], ask: Ask, *, last: bool, standing: str = ""
) -> Iterator[Effect]:
    """The duty to pay what had accrued by a demand, less what was demanded or paid before; none where that is nothing.

    After the ``last`` demand nothing accrues that needs another. A standing demand covers all that accrues afterwards
    too: its duty grows with ``standing``, which leaves out what was ``settled_before_demand``.
    """
    case, holder = fact.details["case"], fact.details["holder"]
    earlier, accrued = ask.state.get(("value", "demanded", accrual)) or ZERO, ask(figure, **at)
    owed = ask.state.obligation(ACCRUING, accrual)
    settled = earlier + _paid_on(f"{ACCRUING}:{accrual}", None, ask)
    left = accrued - settled
    if owed is not None and owed.status == "waived":
        yield Refuse("payment", case, f"what accrues to {holder} is waived", "demand")
        return
    if (owed is not None and owed.status in ENDED) or (determined(left) and nearest_cent(left) <= 0):
        yield Refuse("payment", case, f"nothing has accrued to {holder} that was not demanded or paid before", "demand")
        return
    number = (ask.state.get(("value", "demands", accrual)) or 0) + 1
    demand = f"{accrual}/{number}"
    source = ask.source(figure, **at)
    yield Set("demands", accrual, number)
    yield Set("amount_demanded", demand, left, source if settled == 0 else None, "demand")
    yield Set("demanded", accrual, earlier + left, source if settled == 0 else None)
    due = ask.calendar("business_days").add(fact.effective, int(ask("demand_days")))
    if standing:
        yield Set("settled_before_demand", accrual, settled, role="demand")
    amount, where = (standing, {**at, "accrual": accrual}) if standing else ("amount_demanded", {"demand": demand})
    yield Owe("pay_default", demand, "company", holder, f"pay the default payments of {case}", due,
              amount=amount, at=where, role="demand")
    if last or standing:
        yield all_demanded(accrual)


def _unpaid_duties(accrual: str, ask: Ask, place: int | None = None) -> list[Obligation]:
    """The duties of an accrual under which something may be left to pay, those demanded first."""
    found = [
        owed for owed in ask.state.obligations(place)
        if owed.status in UNPAID and (
            (owed.duty, owed.subject) == (ACCRUING, accrual)
            or (owed.duty == DEMANDED and owed.subject.rpartition("/")[0] == accrual)
        )
    ]
    return sorted(found, key=lambda owed: owed.duty == ACCRUING)


def _left(owed: Obligation, day: date, place: int | None, ask: Ask) -> Any:
    """What of a duty is not paid; nothing where more was paid than has accrued so far."""
    left = ask(owed.amount, on=day, **owed.at) - _paid_on(owed.id, place, ask)
    return max(ZERO, left) if determined(left) else left


def _paid_on(obligation: str, place: int | None, ask: Ask) -> Any:
    return ask.state.get(("value", "paid", obligation), place) or ZERO


def unpaid_on(accrual: str, day: date, ask: Ask) -> Any:
    """What of an accrual, demanded or not, was unpaid at the end of a day, or is unpaid now."""
    place = ask.state.place_at_end_of(day) if day < ask.now_day else None
    return sum((_left(owed, day, place, ask) for owed in _unpaid_duties(accrual, ask, place)), ZERO)


def settled_otherwise(accrual: str, amount: Any, role: str, ask: Ask) -> Iterator[Effect]:
    """An amount of an accrual paid as part of something else: what was demanded is lowered first, to the cent."""
    amount = nearest_cent(amount)
    for owed in _unpaid_duties(accrual, ask):
        left = _left(owed, ask.now_day, None, ask)
        if not determined(left):
            return
        part = min(amount, nearest_cent(left))
        amount -= part
        if owed.duty == ACCRUING:
            yield Set("demanded", accrual, ask.state.get(("value", "demanded", accrual)) + part, role=role)
        elif part > 0:
            yield from _lowered(owed, part, nearest_cent(left) - part, role, ask)


def _lowered(owed: Obligation, part: Any, left: Any, role: str, ask: Ask) -> Iterator[Effect]:
    yield Set("paid", owed.id, (ask.state.get(("value", "paid", owed.id)) or ZERO) + part, role=role)
    balances = ask.state.get(("value", "unpaid_balances", owed.id))
    if balances is not None:
        yield Set("unpaid_balances", owed.id, (*balances, (ask.now_day, left)), role=role)
    if not left:
        yield Discharge(owed.duty, owed.subject, role)


def not_accrued(accrual: str, grew_through: date, ask: Ask) -> Iterator[Effect]:
    """When the waiver of an accrual ends: what came to it on the days waived is not owed, what it was before is."""
    owed = ask.state.obligation(ACCRUING, accrual)
    if owed is not None:
        came = ask(owed.amount, **owed.at) - ask(owed.amount, on=grew_through, **owed.at)
        yield Set("demanded", accrual, (ask.state.get(("value", "demanded", accrual)) or ZERO) + came, role="default")


def all_demanded(accrual: str) -> Effect:
    """Nothing accrues any more that a demand does not cover."""
    return Lapse(ACCRUING, accrual, "nothing is left of it that was not demanded or paid", "demand")


def ended_accrual(accrual: str, ask: Ask) -> Iterator[Effect]:
    """Where nothing accrues to a holder any more: its accrual ends, unless something of it is still to be demanded."""
    owed = ask.state.obligation(ACCRUING, accrual)
    if owed is not None and owed.status not in ENDED:
        left = _left(owed, ask.now_day, None, ask)
        if determined(left) and nearest_cent(left) == 0:
            yield all_demanded(accrual)
