"""Facts about the issuer, its shares and its transactions."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, POSITIVE, TEXT, TRANSACTION, WHOLE, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

KIND_OF_TRANSACTION = one_of(
    "consolidation", "merger", "reverse triangular merger", "merger without change of stock", "sale of assets",
    "tender offer for 50% or more", "tender offer for less than 50%", "reclassification",
)
"""What is announced: in a reverse triangular merger the company survives and its common stock is changed, in a merger
without change of stock it survives and its stock is neither changed nor distributed; a sale of assets is one of all or
substantially all; the percentage is that of the common stock sought."""

TRADED = "listed and traded"

KINDS: dict[str, Kind] = {
    "announcement": kind(
        Nature.EVENT, DayPlace.PAPER, "{transaction} is publicly announced ({kind_of_transaction})", "transaction",
        transaction=TEXT, kind_of_transaction=KIND_OF_TRANSACTION,
    ),
    "abandonment": kind(
        Nature.EVENT, DayPlace.PAPER, "the abandonment of {transaction} is publicly announced", "transaction",
        transaction=TRANSACTION,
    ),
    "consummation": kind(
        Nature.EVENT, DayPlace.ACT, "{transaction} is consummated", "transaction", transaction=TRANSACTION,
    ),
    "split": kind(
        Nature.EVENT, DayPlace.CORPORATE_ACTION, "Common Stock is split {after} for {before}", "company",
        before=POSITIVE, after=POSITIVE, record_date=optional(DATE),
    ),
    "trading_status": kind(
        Nature.EVENT, DayPlace.CORPORATE_ACTION, "from this day on the Common Stock is {status}", "company",
        status=one_of(TRADED, "suspended from trading", "not listed"),
    ),
    "shares_outstanding": kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} shares of Common Stock are outstanding", "company", shares=WHOLE,
    ),
    "reserve_increase": kind(
        Nature.ACT, DayPlace.ACT, "the Reserved Amount is increased by {shares} shares", "company", shares=WHOLE,
    ),
    "approval_route": kind(
        Nature.FINDING, DayPlace.PAPER, "an increase of the Reserved Amount needs the approval of the {route}",
        "company", route=one_of("board", "stockholders"),
    ),
    "proxy_mailed": kind(
        Nature.EVENT, DayPlace.ACT, "the stockholders are asked by proxy to approve issuances above the Cap Amount",
        "company",
    ),
    "stockholder_approval": kind(
        Nature.EVENT, DayPlace.ACT, "the stockholders approve issuances above the Cap Amount", "company",
    ),
    "cap_waiver": kind(
        Nature.EVENT, DayPlace.ACT, "Nasdaq permits {shares} shares in all", "company", shares=WHOLE,
    ),
    "issuer_sale": kind(
        Nature.EVENT, DayPlace.ACT, "the Company sells {shares} shares of Common Stock for {total_price} dollars",
        "company", shares=WHOLE, total_price=POSITIVE,
    ),
}
