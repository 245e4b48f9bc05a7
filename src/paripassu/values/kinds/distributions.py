"""Facts about what the stock receives and how it ranks: distributions, liquidation, other classes."""

from __future__ import annotations

from paripassu.values.kinds.fields import DATE, NUMBER, POSITIVE, TEXT, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

KINDS: dict[str, Kind] = {
    "distribution_declared": kind(
        Nature.EVENT, DayPlace.PAPER,
        "{per_share} dollars a share are declared on the Common Stock ({case}), record date {record_date}", "case",
        case=TEXT, per_share=POSITIVE, record_date=DATE, payment_date=DATE,
    ),
    "stock_created": kind(
        Nature.EVENT, DayPlace.ACT, "the Company creates {stock}, {ranking} to the series by its terms ({act})",
        "stock", act=TEXT, stock=TEXT, ranking=one_of("senior", "equal", "junior"),
    ),
    "liquidation": kind(
        Nature.EVENT, DayPlace.ACT, "the Company begins to wind up ({case})", "case",
        case=TEXT, petition=optional(DATE),
    ),
    "equal_preference": kind(
        Nature.REPORT, DayPlace.REPORT, "{stock} has preferences of {amount} dollars in all under its own charter",
        "stock", stock=TEXT, amount=NUMBER,
    ),
    "final_distribution": kind(
        Nature.EVENT, DayPlace.ACT,
        "{assets} dollars are left for the series and its equals, and {dues_per_share} a share are otherwise due "
        "({case})", "case", case=TEXT, assets=NUMBER, dues_per_share=NUMBER,
    ),
    "junior_distribution": kind(
        Nature.EVENT, DayPlace.ACT, "{amount} dollars are distributed on {stock} in the winding up ({case})", "case",
        case=TEXT, stock=TEXT, amount=POSITIVE,
    ),
}
