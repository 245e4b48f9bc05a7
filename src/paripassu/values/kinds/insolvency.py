"""Facts about insolvency, and the election that the cap opens to a holder."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, HOLDER, TEXT, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

LIMBS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi")

KINDS: dict[str, Kind] = {
    "insolvency_fact": kind(
        Nature.FINDING, DayPlace.PAPER, "{by} records an insolvency fact of limb {limb} ({case})", "case",
        case=TEXT, limb=one_of(*LIMBS), by=TEXT, answer_due=optional(DATE),
    ),
    "petition_answered": kind(
        Nature.ACT, DayPlace.ACT, "the Company answers the proceeding of {case}", "case", case=TEXT,
    ),
    "insolvency_ended": kind(
        Nature.FINDING, DayPlace.PAPER, "the insolvency fact of {case} is withdrawn, dismissed or discharged", "case",
        case=TEXT, by=TEXT,
    ),
    "bulletin_board_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} requires the move to the bulletin board ({act})", "act holder",
        act=TEXT, holder=HOLDER, event=TEXT,
    ),
}
