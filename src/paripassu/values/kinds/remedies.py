"""Facts about what holders demand and elect, what is paid, cured and found."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    BY_LOT,
    DATE,
    HOLDER,
    NUMBER,
    POSITIVE,
    RATE,
    TEXT,
    WHOLE,
    Kind,
    Nature,
    kind,
    named_by,
    one_of,
    optional,
)
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "demand": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} demands the payments of case {case}", "case holder",
        holder=HOLDER, case=TEXT,
    ),
    "payment": kind(
        Nature.ACT, DayPlace.ACT, "the Company pays {holder} {amount} dollars on {obligation}", "obligation holder",
        holder=HOLDER, obligation=TEXT, amount=POSITIVE,
        method=optional(one_of("certified check", "cashier's check", "wire transfer")),
    ),
    "redemption_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects redemption of {shares} shares ({notice})", "notice holder",
        notice=TEXT, holder=HOLDER, event=TEXT, shares=WHOLE, date_of_notice=DATE,
        sent_on=optional(DATE), lots=optional(BY_LOT),
    ),
    "lawful_amount": kind(
        Nature.REPORT, DayPlace.REPORT, "{amount} dollars may lawfully be spent on redemption", "company",
        amount=NUMBER, by=TEXT,
    ),
    "legal_maximum_rate": kind(
        Nature.REPORT, DayPlace.REPORT, "the highest lawful interest rate is {rate} a year", "company",
        rate=RATE, by=TEXT,
    ),
    "breach_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "{by} notifies the Company of {matter} ({case})", "case",
        case=TEXT, by=TEXT, of=TEXT, matter=TEXT,
    ),
    "cure": kind(Nature.ACT, DayPlace.ACT, "the matter of {case} is cured", "case",
                 case=named_by("breach_notice.case", "finding.case", "material_adverse_change.case",
                               "insolvency_fact.case")),
    "finding": kind(
        Nature.FINDING, DayPlace.PAPER, "{by} finds {event} ({case})", "case",
        event=TEXT, of=TEXT, case=TEXT, by=TEXT, reason=TEXT,
    ),
}
