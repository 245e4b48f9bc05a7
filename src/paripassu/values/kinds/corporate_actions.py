"""Facts about what the issuer does with its stock and itself: dividends in stock, reclassifications, mergers."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, POSITIVE, TEXT, WHOLE, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

CHANGE = one_of("sale", "not surviving", "surviving")
"""A sale of all or substantially all assets; another change after which the company is, or is not, surviving."""

KINDS: dict[str, Kind] = {
    "stock_dividend": kind(
        Nature.EVENT, DayPlace.PAPER, "dividend {event} is declared: {before} shares become {after}", "company",
        event=TEXT, before=POSITIVE, after=POSITIVE, made_on=DATE, record_date=optional(DATE),
    ),
    "reclassification": kind(
        Nature.EVENT, DayPlace.CORPORATE_ACTION, "{before} shares of Common Stock become {after} of {stock}",
        "company", stock=TEXT, before=POSITIVE, after=POSITIVE,
    ),
    "security_distributed": kind(
        Nature.EVENT, DayPlace.ACT, "{per_share} of {distributed} are distributed on each share of Common Stock",
        "distributed", distributed=TEXT, per_share=POSITIVE,
    ),
    "organic_change_planned": kind(
        Nature.EVENT, DayPlace.PAPER, "{transaction} is planned for {planned} ({kind_of_change})", "transaction",
        transaction=TEXT, kind_of_change=CHANGE, planned=DATE, value_per_share=optional(POSITIVE),
    ),
    "stock_authorised": kind(
        Nature.REPORT, DayPlace.REPORT, "of {authorised} authorised shares {issued} are issued, {reserved_elsewhere} "
        "reserved for others and {reserved_here} for the warrant", "company",
        authorised=WHOLE, issued=WHOLE, reserved_elsewhere=WHOLE, reserved_here=WHOLE,
    ),
    "record_date_event": kind(
        Nature.EVENT, DayPlace.PAPER, "{matter} ({event}) is set for the record date {record_date}", "event",
        event=TEXT, matter=TEXT, record_date=DATE,
    ),
}
