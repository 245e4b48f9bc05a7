"""The public record of the deal, row by row: derived by a clause where one derives it, and taken as recorded elsewhere.

The rows are those of public-record.csv, with their sources. Filings round shares to the nearest, conversions round up;
a row is compared under "nearest, as disclosed". Series A's certificate is not among the papers. Its three rows are
derived by the clauses of Series B, the purchase of as many shares at their face and the conversion at no and at 126
days of premium, which the record names: that they come out to the share is the evidence that face, rate and fixed price
were the same. So is the row of the warrant to Berg & Berg of 2005, of which only the first page is known, by the paper
of SFT I of the same day; and the price a share of two sales, printed beside their totals, by division.

Rows that no clause derives, and why:

- effectiveness on 1998-12-04: an act of the Commission, which the papers name and do not cause;
- shares outstanding as reported (February and November 1999, May 2000, June 2001): reports, on which the ownership
  limit rests; between two of them the issuer issued shares of which the record says nothing. They are compared with the
  facts that come with the deal;
- the sales of June, November and December 1999, their numbers and totals: the issuer's own bargains. The papers look at
  them only as offerings; the discount to "recent prices" is no term of theirs. Also compared with the facts recorded;
- last sale prices: the market's. The clauses ask for closing bids, which are others.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from paripassu.asking import Names
from paripassu.service import Question, load, replayed
from paripassu.values.arithmetic import ratio, whole_nearest, whole_up
from paripassu.values.effects import Point
from paripassu.values.parties import ISSUER

DEAL = "valence-1998"


@dataclass(frozen=True)
class Row:
    """A row of the public record."""

    day: date
    item: str
    value: str


def rows() -> list[Row]:
    with (Path(__file__).parent / "public-record.csv").open(encoding="utf-8", newline="") as file:
        return [Row(date.fromisoformat(one["date"]), one["item"], one["value"]) for one in csv.DictReader(file)]


def names_of(day: date, instrument: str = "series-b", deal: str = DEAL) -> Names:
    question = Question(deal, day)
    return replayed(load(question), question).names[instrument]


def given_days(days: int) -> int:
    """All 7,500 shares at the fixed price with so many days of premium, before rounding."""
    names = names_of(date(1998, 12, 18))
    point = Point(names.state.as_of, names.state.place, {}, {"days_elapsed": ratio(days)})
    return whole_nearest(names.at_point("exact_shares_issuable", point))


def ownership_limit() -> int:
    names = names_of(date(1999, 2, 10))
    given = {"beneficially_owned": ratio(0), "acquirable_reported": ratio(0)}
    point = Point(date(1999, 2, 10), names.state.place, {"holder": "cc-investments"}, given)
    return names.at_point("ownership_room", point)


def issued_at_face() -> int:
    names = names_of(date(1998, 12, 18))
    return names("face_amount") * -names.state.position("series-b", ISSUER)


def registered() -> int:
    """The initial reserve for conversions, and the face number of one of the investor's two warrants."""
    conversions = names_of(date(1998, 12, 18))("reserve_initial")
    return conversions + names_of(date(1998, 12, 18), "investor-warrants")("face_number")


def authorised_at_face() -> int:
    """Every share of a series of the size and face of Series B, as both closings bought and paid them."""
    names = names_of(date(1998, 12, 18))
    return names("face_amount") * names("authorised_shares")


def sft_warrant() -> Names:
    return names_of(date(2005, 7, 13), "warrant", "valence-2005")


DERIVED: dict[tuple[str, str], Callable[[], int]] = {
    ("1998-07-27", "first issuance of Series A"): authorised_at_face,
    ("1998-08-24", "Series A conversion shares"): lambda: given_days(0),
    ("1998-11-30", "Series A conversion shares"): lambda: given_days(126),
    ("1998-12-18", "first issuance of Series B"): issued_at_face,
    ("1999-02-10", "Series B conversion shares"): lambda: whole_nearest(
        names_of(date(1999, 2, 10))("exact_shares_issuable")
    ),
    ("1999-02-10", "beneficially owned"): ownership_limit,
    ("1999-11-29", "shares outstanding after"): lambda: names_of(date(1999, 11, 29))("shares_outstanding"),
    ("1999-12-06", "registered for CC Investments"): registered,
    ("2005-07-13", "warrant to Berg & Berg"): lambda: sft_warrant()("warrant_shares", holder="sft-i"),
}
"""Figures of clauses, by the day and the beginning of the item of their row."""
RECORDED = {
    ("1999-02-05", "shares of common stock outstanding"): ("shares_outstanding", "shares"),
    ("1999-06-28", "common shares sold"): ("issuer_sale", "shares"),
    ("1999-06-28", "total price"): ("issuer_sale", "total_price"),
    ("1999-11-29", "shares outstanding before"): ("shares_outstanding", "shares"),
    ("1999-11-29", "common shares sold"): ("issuer_sale", "shares"),
    ("1999-11-29", "total price"): ("issuer_sale", "total_price"),
    ("1999-12-21", "common shares sold"): ("issuer_sale", "shares"),
    ("2000-05-31", "shares of common stock outstanding"): ("shares_outstanding", "shares"),
    ("2001-06-21", "shares of common stock outstanding"): ("shares_outstanding", "shares"),
}
"""Rows on which figures rest: the kind of fact that says it, and its field."""
NOT_DERIVED = {
    ("1998-11-24", "last sale price"),
    ("1998-12-04", "first registration statement"), ("1999-11-29", "last sale price"),
    ("1999-12-20", "last sale price"), ("2007-10-18", "last sale price"),
}
"""Rows that no clause derives; the reason of each stands at the head."""


def row_of(day: str, item: str) -> Row:
    """The one row of a day whose item begins so."""
    found = [one for one in rows() if one.day.isoformat() == day and one.item.startswith(item)]
    assert len(found) == 1, (day, item, found)
    return found[0]


def test_every_row_is_derived_recorded_or_named_with_a_reason() -> None:
    named = [row_of(*key) for key in (*DERIVED, *RECORDED, *NOT_DERIVED)]
    assert sorted(named, key=str) == sorted(rows(), key=str)


@pytest.mark.parametrize("key", list(DERIVED), ids=" ".join)
def test_a_row_is_derived_nearest_as_disclosed(key: tuple[str, str]) -> None:
    assert DERIVED[key]() == int(row_of(*key).value)


@pytest.mark.parametrize("key", list(RECORDED), ids=" ".join)
def test_a_row_on_which_figures_rest_is_recorded_as_disclosed(key: tuple[str, str]) -> None:
    kind, field = RECORDED[key]
    day, value = date.fromisoformat(key[0]), int(row_of(*key).value)
    said = [one.details[field] for one in load(Question(DEAL)).facts if (one.kind, one.effective) == (kind, day)]
    assert said == [value]


def test_a_conversion_rounds_up_where_a_filing_rounds_to_the_nearest() -> None:
    """1,254,821.78 shares after 54 days, both ways 1,254,822; 1,243,781.09 on the closing date, up to 1,243,782."""
    later = names_of(date(1999, 2, 10))
    assert later("days_elapsed") == 54
    assert whole_up(later("exact_shares_issuable")) == later("shares_issuable") == 1254822
    assert names_of(date(1998, 12, 18))("shares_issuable") == 1243782 == given_days(0) + 1


@pytest.mark.parametrize(("day", "price", "places"), [
    (date(1999, 11, 29), "58736", 4), (date(1999, 12, 21), "1500", 2),
])
def test_the_price_a_share_of_a_sale_is_its_total_over_its_number(day: date, price: str, places: int) -> None:
    (sale,) = [one for one in load(Question(DEAL)).facts if (one.kind, one.effective) == ("issuer_sale", day)]
    each = ratio(sale.details["total_price"]) / sale.details["shares"]
    assert whole_nearest(each * 10**places) == int(price)


def test_the_sister_warrants_of_2005_have_one_price() -> None:
    assert sft_warrant()("exercise_price", lot="W-1") == ratio(274, 100)


def test_the_shareholder_s_variable_price() -> None:
    """Ten closing bids posted on 1999-11-03 gave 4.7081 for a conversion dated 1999-11-04."""
    names = names_of(date(1999, 11, 4))
    price = names("variable_conversion_price")
    assert price == ratio(18079, 3840)
    assert ratio(whole_nearest(price * 10**4), 10**4) == ratio(47081, 10**4)
    assert names("shares_issuable") == 1677067
