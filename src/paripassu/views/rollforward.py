"""The roll-forward of a period: what each holder had, what moved, what it has; and the same for dollars owed.

A period runs from the beginning of its first day to the end of its last. Every line names the movements it adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from paripassu.agreement import Instrument
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ZERO, nearest_cent
from paripassu.values.bindings import unit_of
from paripassu.values.citation import Citation
from paripassu.values.effects import Move, Point
from paripassu.values.facts import Fact
from paripassu.values.parties import EXCHANGED, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.records import Record
from paripassu.values.state import Obligation
from paripassu.values.undetermined import determined, extent
from paripassu.views.register import securities

ENDED = ("lapsed", "waived")
"""Duties that ended without performance."""

DEMANDED_OF = {"pay_default": "accruing_default"}
"""Duties to pay what was demanded, and the duty of the same case under which it accrues, demanded or not."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of the period: shares from one owner to another, or dollars accrued, paid or lapsed on a duty.

    ``asset`` is the security, or the duty by the name the statement gives it.
    """

    number: int
    day: date
    asset: str
    lot: str
    source: str
    target: str
    quantity: Any
    unit: str
    says: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class RollLine:
    """One line: opening, movements by their kind with the numbers of each, closing. ``holder`` is empty in a total.

    What leaves a holder is negative, so that the opening and every kind add up to the closing.
    """

    asset: str
    holder: str
    opening: Any
    moved: dict[str, Any]
    closing: Any
    movements: dict[str, tuple[int, ...]]

    @property
    def unexplained(self) -> Any:
        """What the closing differs by from the opening and the movements; nothing where the line foots."""
        total = self.opening
        for quantity in self.moved.values():
            total = total + quantity
        if determined(total) and determined(self.closing):
            return self.closing - total
        return ZERO if _within(extent(self.closing), extent(total)) else self.closing - total


def _within(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    """Whether bounds lie within others; a bound that is not known is beyond all others."""
    low = outer[0] is None or (inner[0] is not None and inner[0] >= outer[0])
    return low and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))


@dataclass(frozen=True, slots=True)
class OwedLine:
    """What was owed in dollars under one duty, with the figure and the point at which its amount can be asked."""

    line: RollLine
    debtor: str
    creditor: str
    what: str
    figure: str
    at: Mapping[str, Any]
    citation: Citation


@dataclass(frozen=True, slots=True)
class RollForward:
    """A period with its lines by security, its lines of dollars owed, and all movements."""

    first: date
    last: date
    shares: dict[str, tuple[RollLine, ...]]
    owed: tuple[OwedLine, ...]
    owed_total: RollLine | None
    movements: tuple[Movement, ...] = field(default=())


def roll_forward(done: Replayed, first: date, instrument: str = "") -> RollForward:
    """Roll holdings and dollars owed forward from the beginning of a day to the end of the date replayed.

    Raises Problem BAD_DATE where the period ends before it begins, UNKNOWN_NAME for a security the deal does not have.
    """
    last = done.state.as_of
    if first > last:
        raise Problem(ProblemKind.BAD_DATE, f"the period from {first} ends before it begins, on {last}",
                      "give --from a day no later than --as-of")
    return _Roll(done, first).rolled(securities(done, instrument), instrument)


class _Roll:
    """Reads the movements of the period off the state, numbering each once."""

    def __init__(self, done: Replayed, first: date) -> None:
        self.done = done
        self.state = done.state
        self.first = first
        self.opened = done.state.place_at_end_of(first - timedelta(days=1))
        self.movements: list[Movement] = []
        self._numbers: dict[int, int] = {}

    def rolled(self, chosen: list[str], instrument: str) -> RollForward:
        """Every line of the securities chosen, and of the dollars owed under them."""
        shares = {security: lines for security in chosen if (lines := tuple(self._lines(security)))}
        owed = tuple(self._duties(instrument))
        total = _added("", [one.line for one in owed]) if owed else None
        return RollForward(self.first, self.state.as_of, shares, owed, total, tuple(self.movements))

    # -- shares

    def _lines(self, security: str) -> Iterator[RollLine]:
        lines = [line for holder in self.state.holders(security) if (line := self._line(security, holder))]
        yield from lines
        if lines:
            added = _added(security, lines)
            closing = self.state.total(security, "")
            yield RollLine(security, "", added.opening, added.moved, closing, added.movements)

    def _line(self, security: str, holder: str) -> RollLine | None:
        opening = self.state.total(security, holder, self.opened)
        moved: dict[str, Any] = {}
        numbers: dict[str, list[int]] = {}
        for record in self.state.moves(security, holder):
            if record.place >= self.opened and isinstance(record.effect, Move):
                column, change = _column(record.effect, holder)
                moved[column] = moved.get(column, ZERO) + change
                numbers.setdefault(column, []).append(self._numbered(record, record.effect))
        if not moved and determined(opening) and opening == 0:
            return None
        closing = self.state.total(security, holder)
        return RollLine(security, holder, opening, moved, closing, {key: tuple(one) for key, one in numbers.items()})

    def _numbered(self, record: Record, move: Move) -> int:
        """The number of a movement, the same under the holder it leaves and the one it reaches."""
        number = self._numbers.get(record.place)
        if number is None:
            number = self._numbers[record.place] = len(self.movements) + 1
            self.movements.append(Movement(
                number, record.moment.date, move.asset, move.lot, move.source, move.target, move.quantity, "shares",
                self._says(record.origin), self._cite(record.instrument, record.clause, move.role),
            ))
        return number

    def _says(self, fact: Fact | None) -> str:
        return fact.says(self.done.agreement.parties) if fact else "the course of time"

    def _cite(self, instrument: str, clause: str, role: str) -> Citation:
        found: Instrument = self.done.agreement.instruments[instrument]
        return Citation(found.document, found.clause(clause).section_of(role))

    # -- dollars

    def _duties(self, instrument: str) -> Iterator[OwedLine]:
        for owed in self.state.obligations():
            bindings = self.done.agreement.instruments[owed.instrument].bindings
            in_dollars = owed.amount in bindings and unit_of(bindings[owed.amount]) == "usd"
            if in_dollars and instrument in ("", owed.instrument) and (line := self._duty(owed)):
                yield OwedLine(line, owed.debtor, owed.creditor, owed.what, owed.amount, dict(owed.at),
                               self._cite(owed.instrument, owed.clause, owed.role))

    def _duty(self, owed: Obligation) -> RollLine | None:
        """One duty over the period; None where nothing was owed and nothing moved."""
        before = self.state.obligation(owed.duty, owed.subject, self.opened)
        opened = self._cut(before, self.first - timedelta(days=1), self.opened)
        closed = self._cut(owed, self.state.as_of, self.state.place)
        moved = {name: closed[name] - opened[name] for name in opened}
        moved["paid"], moved["lapsed"] = -moved["paid"], -moved["lapsed"]
        numbers = {
            "accrued": self._accrual(owed, moved["accrued"], owed.amount, owed.at),
            "interest": self._accrual(owed, moved["interest"], "default_interest", {"obligation": owed.id}),
            "demanded": self._demand(owed, moved["demanded"]),
            "paid": self._payments(owed), "lapsed": self._lapse(owed, moved["lapsed"]),
        }
        opening = _balance(opened)
        kept = {key: value for key, value in moved.items() if numbers[key]}
        if not kept and determined(opening) and opening == 0:
            return None
        return RollLine(owed.id, owed.creditor, opening, kept, _balance(closed), {key: numbers[key] for key in kept})

    def _cut(self, owed: Obligation | None, day: date, place: int) -> dict[str, Any]:
        """What had accrued, was demanded, paid and lapsed on a duty by a place, nothing before it arose.

        Amounts accrue under one duty and are payable under another once demanded: they count under the first until
        then, under the second from then on.
        """
        cut: dict[str, Any] = dict.fromkeys(("accrued", "interest", "demanded", "paid", "lapsed"), ZERO)
        if owed is None:
            return cut
        amount, cut["interest"] = self._amount(owed, day, place), self._interest(owed, day, place)
        accruing = DEMANDED_OF.get(owed.duty)
        if accruing and self.state.obligation(accruing, _accrual_of(owed), place):
            cut["demanded"] = amount
        else:
            demanded = self._demanded(owed, day, place)
            cut["demanded"], cut["accrued"] = -demanded, amount + demanded
        cut["paid"] = self._paid(owed.id, place)
        if owed.status in ENDED:
            cut["lapsed"] = _balance(cut)
        return cut

    def _demanded(self, owed: Obligation, day: date, place: int) -> Any:
        """How much of what accrues under a duty has been demanded under others."""
        return sum((
            self._amount(one, day, place) for one in self.state.obligations(place)
            if DEMANDED_OF.get(one.duty) == owed.duty and _accrual_of(one) == owed.subject
        ), ZERO)

    def _amount(self, owed: Obligation, day: date, place: int) -> Any:
        """The amount, to the cent where it is known, on the day the duty ended if it did."""
        on = min(owed.grew_through or day, day)
        value = self.done.names[owed.instrument].at_point(owed.amount, Point(on, place, owed.at))
        return nearest_cent(value) if determined(value) else value

    def _interest(self, owed: Obligation, day: date, place: int) -> Any:
        """Interest on what was paid late, to the cent where it is known."""
        if self.state.get(("value", "unpaid_balances", owed.id), place) is None:
            return ZERO
        on = min(owed.grew_through or day, day)
        point = Point(on, place, {"obligation": owed.id})
        value = self.done.names[owed.instrument].at_point("default_interest", point)
        return nearest_cent(value) if determined(value) else value

    def _paid(self, duty: str, place: int) -> Any:
        return self.state.get(("value", "paid", duty), place) or ZERO

    def _payments(self, owed: Obligation) -> tuple[int, ...]:
        found = []
        for place, paid in self.state.steps(("value", "paid", owed.id)):
            if place >= self.opened:
                record = self.state.records[place]
                cite = self._cite(record.instrument, record.clause, "payment")
                found.append(self._owed(owed, record.moment.date, paid - self._paid(owed.id, place),
                                        self._says(record.origin), cite))
        return tuple(found)

    def _accrual(self, owed: Obligation, amount: Any, figure: str, at: Mapping[str, Any]) -> tuple[int, ...]:
        """One movement for what accrued in the period; it names the figure to explain and the point to ask it at."""
        if determined(amount) and amount == 0:
            return ()
        where = "".join(f" --at {key}={value}" for key, value in at.items())
        cite = self._cite(owed.instrument, owed.clause, owed.role)
        return (self._owed(owed, self.state.as_of, amount, f"{owed.what}: explain {figure}{where}", cite),)

    def _demand(self, owed: Obligation, amount: Any) -> tuple[int, ...]:
        if determined(amount) and amount == 0:
            return ()
        demanding = owed.duty in DEMANDED_OF
        says = f"{owed.what}: " + ("demanded" if demanding else "demanded under another duty")
        cite = self._cite(owed.instrument, owed.clause, owed.role)
        return (self._owed(owed, max(owed.arisen, self.first) if demanding else self.state.as_of, amount, says, cite),)

    def _lapse(self, owed: Obligation, amount: Any) -> tuple[int, ...]:
        if owed.ended is None or (determined(amount) and amount == 0):
            return ()
        cite = self._cite(owed.instrument, owed.clause, owed.role)
        return (self._owed(owed, owed.ended, amount, f"{owed.what}: {owed.status}", cite),)

    def _owed(self, owed: Obligation, day: date, amount: Any, says: str, citation: Citation) -> int:
        number = len(self.movements) + 1
        self.movements.append(
            Movement(number, day, owed.id, "", owed.debtor, owed.creditor, amount, "usd", says, citation)
        )
        return number


def _accrual_of(demanded: Obligation) -> str:
    """What a demand, numbered after it, is a part of."""
    return demanded.subject.rpartition("/")[0]


def _balance(cut: dict[str, Any]) -> Any:
    return cut["accrued"] + cut["interest"] + cut["demanded"] - cut["paid"] - cut["lapsed"]


def _column(move: Move, holder: str) -> tuple[str, Any]:
    """What a movement is to a holder, and by how much its holding changes."""
    comes = move.target == holder
    change = move.quantity if comes else -move.quantity
    other = move.source if comes else move.target
    if not other.startswith("("):
        return "transferred in" if comes else "transferred out", change
    if move.role == "split" or other == EXCHANGED:
        return "adjusted", change
    if other == ISSUER:
        return "issued" if comes else "returned", change
    return other.strip("()"), change


def _added(asset: str, lines: list[RollLine]) -> RollLine:
    """The sum of lines, with the movements of all of them."""
    moved: dict[str, Any] = {}
    numbers: dict[str, dict[int, None]] = {}
    for line in lines:
        for column, quantity in line.moved.items():
            moved[column] = moved.get(column, ZERO) + quantity
            numbers.setdefault(column, {}).update(dict.fromkeys(line.movements[column]))
    return RollLine(
        asset, "", sum((line.opening for line in lines), ZERO), moved, sum((line.closing for line in lines), ZERO),
        {column: tuple(found) for column, found in numbers.items()},
    )
