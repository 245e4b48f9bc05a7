"""Figures that later filings printed, derived again: filings round to the nearest share, conversions round up.

Values and dates are those of the public record of the deal (Form 424B3 of February 1999, as quoted at the time).
"""

from __future__ import annotations

from datetime import date

from paripassu.service import Question, load, replayed
from paripassu.values.arithmetic import ratio, whole_nearest, whole_up
from paripassu.values.effects import Point


def test_series_b_conversion_shares_after_54_days_as_disclosed() -> None:
    """424B3 of 1999-02-10: 1,254,822 shares on conversion of all Series B, 54 days after the closing."""
    question = Question("valence-1998", date(1999, 2, 10))
    names = replayed(load(question), question).names["series-b"]
    assert names("days_elapsed") == 54
    exact = names("exact_shares_issuable")
    assert whole_nearest(exact) == 1254822
    assert whole_up(exact) == names("shares_issuable") == 1254822


def test_shares_at_the_ownership_limit_as_disclosed() -> None:
    """424B3 of 1999-02-10: 1,375,919 shares at 4.9 % of 26,704,073 outstanding, the new shares counted."""
    question = Question("valence-1998", date(1999, 2, 10))
    names = replayed(load(question), question).names["series-b"]
    given = {"beneficially_owned": ratio(0), "acquirable_reported": ratio(0)}
    point = Point(date(1999, 2, 10), names.state.place, {"holder": "cc-investments"}, given)
    assert names.at_point("shares_outstanding", point) == 26704073
    assert names.at_point("ownership_room", point) == 1375919


def test_the_shareholder_s_variable_price() -> None:
    """Ten closing bids posted on 1999-11-03 gave 4.7081 for a conversion dated 1999-11-04."""
    question = Question("valence-1998", date(1999, 11, 4))
    names = replayed(load(question), question).names["series-b"]
    price = names("variable_conversion_price")
    assert price == ratio(18079, 3840)
    assert ratio(whole_nearest(price * 10**4), 10**4) == ratio(47081, 10**4)
    assert names("shares_issuable") == 1677067
