"""Facts about who holds what: issued, transferred, reported."""

from __future__ import annotations

from paripassu.values.kinds.fields import HOLDER, POSITIVE, TEXT, WHOLE, Kind, Nature, kind, optional
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "issuance": kind(
        Nature.ACT, DayPlace.ISSUANCE, "{holder} is issued {shares} shares as lot {lot}", "lot",
        instrument=TEXT, holder=TEXT, shares=WHOLE, lot=TEXT, price=optional(POSITIVE),
        certificate=optional(TEXT),
    ),
    "transfer": kind(
        Nature.ACT, DayPlace.TRANSFER, "{holder} transfers {shares} shares of lot {lot} to {to}", "lot",
        instrument=TEXT, holder=HOLDER, to=TEXT, lot=TEXT, shares=POSITIVE,
    ),
    "beneficial_ownership": kind(
        Nature.REPORT, DayPlace.REPORT,
        "{holder} and its affiliates own {owned} shares and may acquire {acquirable} more", "holder",
        holder=TEXT, owned=WHOLE, acquirable=WHOLE,
    ),
    "warrants_held": kind(
        Nature.REPORT, DayPlace.REPORT, "{holder} holds warrants for {shares} shares", "holder",
        holder=HOLDER, shares=WHOLE,
    ),
    "series_a_held": kind(
        Nature.REPORT, DayPlace.REPORT, "{holder} holds {shares} shares of the older series", "holder",
        holder=HOLDER, shares=WHOLE,
    ),
    "registered_shares": kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} registered shares are allocated to {holder}", "holder",
        holder=HOLDER, shares=WHOLE,
    ),
    "common_issued": kind(
        Nature.ACT, DayPlace.ACT, "{holder} is issued {shares} shares of Common Stock under {under}", "holder",
        holder=HOLDER, shares=WHOLE, under=TEXT,
    ),
    "transfer_agent_position": kind(
        Nature.REPORT, DayPlace.END_OF_DAY, "the books of {by} show {shares} of {security} for {holder}", "holder",
        by=TEXT, security=TEXT, holder=TEXT, shares=WHOLE,
    ),
    "transfer_agent_total": kind(
        Nature.REPORT, DayPlace.END_OF_DAY, "the books of {by} show {shares} of {security} in all", "company",
        by=TEXT, security=TEXT, shares=WHOLE,
    ),
}
