"""What may be exercised: for every holder and form of warrant the shares, the price, the limits and the time left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from paripassu.agreement import Instrument
from paripassu.asking import Names
from paripassu.replay import Replayed
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.undetermined import determined, lesser
from paripassu.views.limits import LIMITS, binds
from paripassu.views.lines import ExerciseLot, ExerciseRight, Limit

LAST_SECOND = 24 * 3600 - 1
"""A statement is made at the end of its day."""
NEXT = "next"
"""Stands for an exercise nobody has begun."""
CASHLESS = {"cashless_shares_today": "weighted average price", "cashless_shares": "market price"}
"""What a cashless exercise would give, by the price of the day itself or by one known beforehand, and the paper's word
for that price."""


class Ask(Protocol):
    """Asks for a figure, and notes what it waits for under the words given."""

    def __call__(self, names: Names, name: str, blocked: str, given: dict[str, Any], **at: Any) -> Figure:
        """The figure of a name, with values given for it."""
        ...


def exercise_rights(done: Replayed, figure: Ask) -> Iterator[ExerciseRight]:
    """Every holder of a warrant, form by form."""
    for names in done.names.values():
        if "exercise_is_open" in names.instrument.bindings:
            for holder in done.state.holders(names.instrument.name):
                if done.state.lots(names.instrument.name, holder):
                    yield _right(done, names, holder, figure)


def _right(done: Replayed, names: Names, holder: str, figure: Ask) -> ExerciseRight:
    instrument = names.instrument
    blocked = f"what {holder} may exercise"
    is_open = names("exercise_is_open", given={"exercise_second": LAST_SECOND}, exercise=NEXT)
    rooms = {name: figure(names, name, blocked, {}, holder=holder) for name in LIMITS if name in instrument.bindings}
    held = done.state.total(instrument.name, holder)
    lots = tuple(_lots(done, names, holder, figure, is_open))
    limits = tuple(
        Limit(name, LIMITS[name], room, lesser(held, room.value), is_open and binds(name, rooms, held),
              _cited(instrument, name))
        for name, room in rooms.items()
    )
    return ExerciseRight(
        holder, instrument.name, instrument.title, held, is_open, names("exercise_begins"), _expires(names),
        names("days_to_expiry"), lots, sum((one.exercisable.value for one in lots if one.exercisable), 0), limits,
        Citation(instrument.document, instrument.section_of("exercise_is_open")),
    )


def _cited(instrument: Instrument, limit: str) -> Citation:
    """The section of the warrant that states a limit, also where the limit is worked out by another paper."""
    return Citation(instrument.document, instrument.bound_by["exercise_room"].section_of(limit))


def _expires(names: Names) -> str:
    """The last day of the exercise period and the hour at which it ends, on the warrant's own clock."""
    if "expires_at" in names.instrument.bindings:
        expires = names("expires_at")
        local = expires.local(expires.zone)
        return f"{local.date()}, {local:%H:%M} {expires.zone}"
    second = int(names("exercise_cutoff"))
    return f"{names('exercise_ends')}, {second // 3600:02d}:{second // 60 % 60:02d} {names.instrument.zone}"


def _lots(done: Replayed, names: Names, holder: str, figure: Ask, is_open: bool) -> Iterator[ExerciseLot]:
    """Each lot in order of acquisition; the room one takes is not there for the next."""
    taken: Any = 0
    for lot, quantity in done.state.lots(names.instrument.name, holder).items():
        at = {"lot": lot, "holder": holder, "exercise": NEXT}
        given = {"shares_to_exercise": quantity, "shares_taken": taken}
        price = figure(names, "exercise_price", f"the exercise price of {lot}", {}, **at)
        aggregate = figure(names, "aggregate_price", f"what {lot} costs", given, **at)
        exercisable = figure(names, "exercisable_shares", f"what {holder} may exercise", given, **at) if (
            is_open) else None
        net = next((name for name in CASHLESS if name in names.instrument.bindings), None)
        cashless = figure(names, net, f"a cashless exercise of {lot}", given, **at) if net else None
        unpriced = cashless is not None and not determined(cashless.value) and determined(price.value)
        gain_from, measured_by = price.value if unpriced else None, CASHLESS.get(net or "", "")
        yield ExerciseLot(lot, quantity, price, aggregate, exercisable, cashless, gain_from, measured_by)
        taken = taken + exercisable.value if exercisable else taken
