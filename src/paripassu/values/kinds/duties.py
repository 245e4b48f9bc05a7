"""Facts about duties at large: what a holder asks for in writing, and that something owed was done."""

from __future__ import annotations

from paripassu.values.kinds.fields import HOLDER, TEXT, Kind, Nature, kind, optional
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "request": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} requests {matter} under {under} ({case})", "case",
        case=TEXT, holder=HOLDER, under=TEXT, matter=TEXT, notice=optional(TEXT),
    ),
    "duty_performed": kind(
        Nature.ACT, DayPlace.ACT, "{obligation} is performed", "obligation", obligation=TEXT,
    ),
}
