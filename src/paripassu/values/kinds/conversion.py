"""Facts about a conversion and what follows it: notices, certificates, deliveries, refusals, covers."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    BY_LOT,
    DATE,
    HOLDER,
    NUMBER,
    POSITIVE,
    TEXT,
    WHOLE,
    Kind,
    Nature,
    kind,
    named_by,
    optional,
)
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "notice_of_conversion": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} sends notice {notice} to convert a Face Amount of {face_amount}",
        "notice holder", timed=True,
        notice=TEXT, holder=HOLDER, face_amount=POSITIVE, date_specified=DATE,
        lots=optional(BY_LOT),
    ),
    "confirmation_of_receipt": kind(
        Nature.PAPER, DayPlace.PAPER, "the Company's confirmation of notice {notice} is received", "notice",
        notice=TEXT, expected_delivery=optional(DATE),
    ),
    "certificates_surrendered": kind(
        Nature.ACT, DayPlace.PAPER, "the certificates for notice {notice} are handed to the courier", "notice",
        notice=TEXT,
    ),
    "certificates_delivered": kind(
        Nature.ACT, DayPlace.PAPER, "the certificates for notice {notice} reach the Company", "notice", notice=TEXT,
    ),
    "shares_delivered": kind(
        Nature.ACT, DayPlace.ACT, "{shares} shares of Common Stock are delivered for notice {notice}", "notice",
        notice=TEXT, shares=WHOLE,
    ),
    "refusal_to_convert": kind(
        Nature.PAPER, DayPlace.PAPER, "the Company says that it will not issue on conversion ({case})", "case",
        case=TEXT, reason=optional(TEXT),
    ),
    "undertaking_to_convert": kind(
        Nature.PAPER, DayPlace.PAPER, "the Company undertakes in writing to issue on all conversions ({case})", "case",
        case=named_by("refusal_to_convert.case"),
    ),
    "buy_in": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} covers a sale of {shares_sold} shares ({notice})", "notice",
        notice=TEXT, holder=HOLDER, purchased_on=DATE, shares_sold=WHOLE, net_proceeds=NUMBER,
        shares_purchased=WHOLE, purchase_price=NUMBER,
    ),
    "series_a_payment": kind(
        Nature.ACT, DayPlace.ACT, "{holder} is paid the like amount for {day} under the Series A certificate",
        "holder day", holder=HOLDER, day=DATE, amount=POSITIVE,
    ),
}
