"""Facts about what holders of warrants choose in a merger, what it is measured by, and notices of adjustments."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    HOLDER,
    NUMBER,
    POSITIVE,
    TEXT,
    TRANSACTION,
    Kind,
    Nature,
    kind,
    one_of,
    optional,
)
from paripassu.values.moments import Place as DayPlace

REPLACEMENT, CASH = "replacement warrant", "cash"

KINDS: dict[str, Kind] = {
    "transaction_consideration": kind(
        Nature.REPORT, DayPlace.REPORT, "a share receives {units_each} units and {cash_each} dollars in {transaction}",
        "transaction", transaction=TRANSACTION, units_each=NUMBER, cash_each=NUMBER, unit_value=optional(NUMBER),
    ),
    "warrant_transaction_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} chooses the {choice} for its warrants in {transaction}",
        "transaction holder", transaction=TRANSACTION, holder=HOLDER, choice=one_of(REPLACEMENT, CASH),
    ),
    "warrant_cash_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects dollars in lieu for its warrants in {transaction}",
        "transaction holder", transaction=TRANSACTION, holder=HOLDER,
    ),
    "black_scholes_figure": kind(
        Nature.FINDING, DayPlace.PAPER, "{by} gives {amount} dollars a share as the option value in {transaction}",
        "transaction", transaction=TRANSACTION, amount=POSITIVE, by=TEXT, method=TEXT,
    ),
    "adjustment_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "the holder of {lot} is told of the adjustment, certified by {certified_by}",
        "lot", lot=TEXT, certified_by=TEXT, holder=optional(TEXT),
    ),
}
