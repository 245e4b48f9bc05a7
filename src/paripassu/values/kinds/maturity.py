"""Facts about the maturity date: what is authorised, registered and listed then, and who elects to stay out."""

from __future__ import annotations

from paripassu.values.kinds.fields import HOLDER, TEXT, WHOLE, Kind, Nature, kind, one_of
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "authorised_common": kind(
        Nature.REPORT, DayPlace.REPORT, "the charter authorises {shares} shares of Common Stock", "company",
        shares=WHOLE,
    ),
    "resale_registration": kind(
        Nature.REPORT, DayPlace.REPORT,
        "{shares} shares are registered for resale; the registration statement can be used: {usable}", "company",
        shares=WHOLE, usable=one_of("yes", "no"),
    ),
    "market_eligibility": kind(
        Nature.REPORT, DayPlace.REPORT, "the Common Stock is eligible to be traded on {market}", "company",
        market=TEXT,
    ),
    "material_adverse_change": kind(
        Nature.FINDING, DayPlace.PAPER, "{by} finds a material adverse change of the Company ({case})", "case",
        case=TEXT, by=TEXT, reason=TEXT,
    ),
    "maturity_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects not to be converted at maturity because of {ground}", "holder",
        holder=HOLDER, ground=one_of("bankruptcy", "material adverse change", "redemption event"),
    ),
}
