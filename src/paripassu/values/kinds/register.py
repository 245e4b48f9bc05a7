"""Facts about certificates: issued, cancelled, lost, replaced; their legends; where holders are reached."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    HOLDER,
    NAMES,
    NUMBERS_BY_LOT,
    POSITIVE,
    TEXT,
    Kind,
    Nature,
    kind,
    one_of,
    optional,
)
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "certificate_issued": kind(
        Nature.ACT, DayPlace.ACT, "certificate {certificate} of {security} for {shares} is issued to {holder}",
        "certificate",
        security=TEXT, certificate=TEXT, holder=TEXT, shares=POSITIVE, lots=optional(NUMBERS_BY_LOT),
        out_of=optional(NAMES), legends=optional(NAMES),
    ),
    "certificate_cancelled": kind(
        Nature.ACT, DayPlace.PAPER, "certificate {certificate} of {security} is cancelled ({because})", "certificate",
        security=TEXT, certificate=TEXT,
        because=one_of("transfer", "conversion", "exercise", "redemption", "exchange", "mutilation"),
        notice=optional(TEXT),
    ),
    "certificate_lost": kind(
        Nature.PAPER, DayPlace.PAPER, "certificate {certificate} of {security} is reported {how}", "certificate",
        security=TEXT, certificate=TEXT, how=one_of("lost", "stolen", "destroyed"), notice=optional(TEXT),
    ),
    "proof_of_loss": kind(
        Nature.PAPER, DayPlace.ACT, "the Company accepts the {paper} for certificate {certificate} of {security}",
        "certificate",
        security=TEXT, certificate=TEXT, paper=one_of("affidavit", "indemnity"),
    ),
    "legend_placed": kind(
        Nature.ACT, DayPlace.ACT, "the {legend} is placed on certificate {certificate} of {security} ({because})",
        "certificate",
        security=TEXT, certificate=TEXT, legend=TEXT, because=TEXT,
    ),
    "legend_removed": kind(
        Nature.ACT, DayPlace.ACT, "the {legend} is removed from certificate {certificate} of {security} ({because})",
        "certificate",
        security=TEXT, certificate=TEXT, legend=TEXT, because=TEXT,
    ),
    "holder_address": kind(
        Nature.REPORT, DayPlace.REPORT, "the address of {holder} is {address}", "holder", holder=HOLDER, address=TEXT,
    ),
}
