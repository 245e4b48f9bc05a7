"""Yields by maturity: the day's, the latest published, and tables that cannot be read."""

from datetime import date

import pytest

from paripassu import store
from paripassu.values.arithmetic import rational
from paripassu.values.calendars import Calendars
from paripassu.values.market import Market
from paripassu.values.problems import Problem
from paripassu.values.yields import yields_from_text

TABLE = "# Federal Reserve H.15\ndate,3 months,5 years\n1999-11-23,5.27,6.02\n1999-11-24,,6.03\n"


def test_the_yield_of_the_day_or_the_latest_published_within_a_week():
    yields = yields_from_text(TABLE, "table.csv")
    assert yields.published("5 years", date(1999, 11, 24)) == (rational("6.03"), date(1999, 11, 24))
    assert yields.published("3 months", date(1999, 11, 24)) == (rational("5.27"), date(1999, 11, 23))
    assert yields.published("3 months", date(1999, 11, 30)) == (rational("5.27"), date(1999, 11, 23))
    assert yields.published("3 months", date(1999, 12, 1)) is None


@pytest.mark.parametrize("text", [
    "date,3 months\n1999-11-23,5\n", "# s\ndate,4 months\n1999-11-23,5\n", "# s\ndate,3 months\n1999-11-23,5,6\n",
    "# s\ndate,3 months\n1999-13-23,5\n",
])
def test_a_table_that_cannot_be_read_is_refused(text):
    with pytest.raises(Problem):
        yields_from_text(text, "table.csv")


def test_the_packaged_yields_are_part_of_the_market_and_say_when_they_were_published():
    market = Market((), Calendars({}), store.read_yields())
    value, found = market.first_available(("treasury_3_years",), date(1999, 11, 25))
    assert value == rational("6.00") and "published 1999-11-24" in found[0].source
    assert market.first_available(("treasury_3_years",), date(2004, 1, 2)) is None
