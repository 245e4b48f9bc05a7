"""Facts about what a conversion comes to: disputes and their settlement, taxes, requests, payment."""

from __future__ import annotations

from paripassu.values.kinds.fields import HOLDER, POSITIVE, TEXT, WHOLE, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "dispute": kind(
        Nature.PAPER, DayPlace.PAPER,
        "notice {notice} is disputed: {company_shares} shares by the Company, {holder_shares} by the holder", "notice",
        notice=TEXT, company_shares=WHOLE, holder_shares=WHOLE, about=one_of("conversion price", "another matter"),
    ),
    "calculations_received": kind(
        Nature.PAPER, DayPlace.PAPER, "{firm} receives the disputed calculations of notice {notice}", "notice",
        notice=TEXT, firm=TEXT,
    ),
    "accountants_result": kind(
        Nature.PAPER, DayPlace.PAPER, "{firm} finds {shares} shares on notice {notice}", "notice",
        notice=TEXT, firm=TEXT, shares=WHOLE,
    ),
    "tax_assessed": kind(
        Nature.EVENT, DayPlace.PAPER, "{amount} dollars of {tax} fall on notice {notice} ({case})", "case",
        case=TEXT, notice=TEXT, tax=one_of("issue tax", "transfer tax", "income tax"), amount=POSITIVE,
    ),
    "report_requested": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} asks in writing for the report on available shares ({case})", "case",
        case=TEXT, holder=HOLDER, disclose=optional(one_of("yes", "no")),
    ),
    "payment_method": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects to be paid by {method}", "holder", holder=HOLDER,
        method=one_of("certified check", "cashier's check", "wire transfer"),
    ),
}
