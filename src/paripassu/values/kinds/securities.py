"""Facts about securities the issuer sells and grants, what becomes of rights to shares, and distributions."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, NUMBER, POSITIVE, TEXT, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

SHARES, OPTIONS, CONVERTIBLES, VARIABLE = "common", "options", "convertibles", "variable-rate convertibles"
ORDINARY, EXTRAORDINARY = "ordinary dividend", "other distribution"
TYPE = one_of(SHARES, OPTIONS, CONVERTIBLES, VARIABLE)
"""What is issued: shares, rights to buy them, or securities convertible into them at a fixed or a fluctuating rate."""

KINDS: dict[str, Kind] = {
    "securities_issued": kind(
        Nature.EVENT, DayPlace.ACT, "the Company issues {type} ({issue})", "company",
        issue=TEXT, type=TYPE, maximum_shares=optional(POSITIVE), principal=optional(POSITIVE), cash=NUMBER,
        additional=optional(NUMBER), market_rate=optional(POSITIVE), lowest_price=optional(POSITIVE),
        highest_price=optional(POSITIVE), securities_received=optional(POSITIVE), securities_price=optional(POSITIVE),
        property_value=optional(NUMBER), net_assets=optional(NUMBER), valued_by=optional(TEXT), under=optional(TEXT),
        exception=optional(TEXT), evidence=optional(TEXT),
    ),
    "rights_exercised": kind(
        Nature.EVENT, DayPlace.ACT, "{units} of {issue} are exercised or converted ({exercise})", "company",
        exercise=TEXT, issue=TEXT, units=POSITIVE, shares_issued=optional(POSITIVE), exception=optional(TEXT),
        evidence=optional(TEXT),
    ),
    "rights_changed": kind(
        Nature.EVENT, DayPlace.ACT, "the terms of {issue} are changed", "company",
        issue=TEXT, additional_each=optional(NUMBER), shares_each=optional(POSITIVE), antidilution=optional(TEXT),
    ),
    "rights_expired": kind(
        Nature.EVENT, DayPlace.ACT, "{units} of {issue} expire or end unexercised", "company",
        issue=TEXT, units=POSITIVE,
    ),
    "treasury_shares": kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} shares of Common Stock are in the treasury", "company", shares=NUMBER,
    ),
    "distribution": kind(
        Nature.EVENT, DayPlace.ACT, "the Company distributes {amount} dollars a share, as {sort} ({distribution})",
        "distribution", distribution=TEXT, sort=one_of(ORDINARY, EXTRAORDINARY), amount=POSITIVE, record_date=DATE,
    ),
}
