"""Facts about the papers themselves: amended, waived, consented to, and figures that a party disputes."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, HOLDER, NUMBER, TEXT, WHOLE, Kind, Nature, kind, optional
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "amendment": kind(
        Nature.PAPER, DayPlace.OPENING, "{term} of {clause} in {instrument} is amended to {value} {unit}", "term",
        instrument=TEXT, clause=TEXT, term=TEXT, value=TEXT, unit=TEXT, act=optional(TEXT),
    ),
    "waiver": kind(
        Nature.PAPER, DayPlace.PAPER, "{by} waives {of}", "of", of=TEXT, by=TEXT, until=optional(DATE),
    ),
    "consent": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} consents to {action}", "holder",
        instrument=TEXT, holder=HOLDER, action=TEXT, consenting=optional(WHOLE),
    ),
    "figure_disputed": kind(
        Nature.PAPER, DayPlace.PAPER, "{by} disputes {of}: {value}, because {because}", "of",
        of=TEXT, by=TEXT, value=NUMBER, because=TEXT, whose=optional(TEXT),
    ),
}
