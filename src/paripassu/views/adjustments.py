"""How the price of a warrant moved: every event in its order, what it sought, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.asking import Names
from paripassu.replay import Replayed
from paripassu.values.price_events import Issued, PriceEvent
from paripassu.values.printing import number
from paripassu.values.sheets import Amount, Cell, Paragraph, Section, Sheet, Table
from paripassu.values.undetermined import Undetermined, Unlimited, determined

STEPS = "price_steps"
"""The figure by which an instrument is known whose price folds over events."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One event and where it left the price; ``adjusts_from`` is the market price from which it adjusts by itself."""

    event: str
    day: date
    shares: Any
    consideration: Any
    market_price: Any
    adjusts_from: Any
    exact: Any
    rate: Any
    price: Any
    carried: Any


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """The adjustments of the lots of one form that share them all."""

    instrument: str
    title: str
    lots: tuple[str, ...]
    opening_price: Any
    price: Any
    adjustments: tuple[Adjustment, ...]


def price_histories(done: Replayed) -> tuple[PriceHistory, ...]:
    """Every form of warrant whose price folds over events, its lots together where they share every event."""
    return tuple(history for names in done.names.values() if STEPS in names.instrument.bindings
                 for history in _of(names))


def _of(names: Names) -> Iterator[PriceHistory]:
    state, instrument = names.state, names.instrument
    by_events: dict[tuple[PriceEvent, ...], list[str]] = {}
    for lot in state.get(("value", "adjustable_lots", instrument.name)) or ():
        by_events.setdefault(state.get(("value", "price_events", lot)), []).append(lot)
    for events, lots in by_events.items():
        rows = tuple(_adjustment(names, lots[0], events[: count + 1]) for count in range(len(events)))
        yield PriceHistory(
            instrument.name, instrument.title, tuple(lots), names("opening_exercise_price"),
            names("exercise_price", lot=lots[0]), rows,
        )


def _adjustment(names: Names, lot: str, events: tuple[PriceEvent, ...]) -> Adjustment:
    """The last of the events, asked with it and those before it alone."""
    event = events[-1]
    given = {"price_events": events}
    offered: dict[str, Any] = dict.fromkeys(("shares_deemed_issued", "consideration", "adjusting_market_price"))
    market = None
    if isinstance(event, Issued):
        offered = {name: names(name, on=event.day, issue=event.issue) for name in offered
                   if name != "consideration" or not event.under}
        market = names("market_price", on=event.day)
    exact, rate, price, carried = (
        names(name, given=given, lot=lot)
        for name in ("exact_exercise_price", "adjustment_rate", "adjusted_exercise_price", "carried_adjustment")
    )
    return Adjustment(
        event.name, event.day, offered["shares_deemed_issued"], offered.get("consideration"), market,
        offered["adjusting_market_price"], exact, rate, price, carried,
    )


COLUMNS = ("event", "shares", "market price", "adjusts at once from", "price sought", "price after", "carried")


def adjustments_sheet(done: Replayed, histories: tuple[PriceHistory, ...], receipt: Any) -> Sheet:
    """A section a form, a row an event, and in words what an unknown bid would change."""
    sections = tuple(Section(one.title, tuple(_blocks(one)), _lead(one)) for one in histories)
    if not sections:
        sections = (Section("Warrants", (Paragraph("No warrant of this deal has a price that events move."),)),)
    return Sheet(done.agreement.title, f"How exercise prices moved, as of {done.state.as_of}", sections, receipt)


def _lead(history: PriceHistory) -> str:
    lots = ", ".join(history.lots)
    return (f"{lots}: {number(history.opening_price, 'usd per share')} at the start, "
            f"{number(history.price, 'usd per share')} now.")


def _blocks(history: PriceHistory) -> Iterator[Any]:
    rows = tuple(_row(one) for one in history.adjustments)
    yield Table("Events that move the price", COLUMNS, rows, "none recorded", key=history.instrument)
    for one in history.adjustments:
        words = _unless(history, one)
        if words:
            yield Paragraph(words)


def _row(one: Adjustment) -> tuple[Cell, ...]:
    amounts = (
        (one.shares, "shares"), (one.market_price, "usd per share"), (one.adjusts_from, "usd per share"),
        (one.exact, "usd per share"), (one.price, "usd per share"), (one.carried, "usd per share"),
    )
    return (one.event, *("" if value is None else Amount(value, unit) for value, unit in amounts))


def _unless(history: PriceHistory, one: Adjustment) -> str:
    """What settles an issuance whose market price is not known: on which side of a price the bid was."""
    if one.market_price is None or determined(one.market_price):
        return ""
    assert isinstance(one.market_price, Undetermined)
    days = ", ".join(sorted({str(need) for need in one.market_price.needs}))
    if isinstance(one.adjusts_from, Unlimited):
        return f"{one.event}: too small to adjust the price by itself, whatever the {days} was."
    from_price = number(one.adjusts_from, "usd per share")
    return f"{one.event}: by itself it adjusts nothing at once, unless the {days} was {from_price} or more."
