from datetime import date

import pytest

from paripassu.values.arithmetic import ratio
from paripassu.values.calendars import Calendars
from paripassu.values.market import Market, observation_from
from paripassu.values.problems import Place, Problem, ProblemKind

ROW = {"observable": "closing_bid", "date": "1999-10-25", "value": "4 27/32", "source": "s", "grade": "public record"}
DAY = date(1999, 10, 25)


def market(*changes):
    return Market(tuple(observation_from({**ROW, **change}) for change in changes), Calendars({}))


def test_a_quote_in_thirty_seconds_is_kept_as_the_fraction():
    assert observation_from(ROW).value == ratio(155, 32)


@pytest.mark.parametrize(("change", "kind"), [
    ({"value": "0"}, ProblemKind.BAD_NUMBER), ({"value": "-1"}, ProblemKind.BAD_NUMBER),
    ({"value": "NaN"}, ProblemKind.BAD_NUMBER), ({"value": "1,234"}, ProblemKind.BAD_NUMBER),
    ({"date": "25/10/1999"}, ProblemKind.BAD_DATE), ({"unit": "eur per share"}, ProblemKind.WRONG_UNIT),
    ({"observable": "opening_bid"}, ProblemKind.UNKNOWN_NAME), ({"source": ""}, ProblemKind.MISSING_KEY),
    ({"volume": "3"}, ProblemKind.UNKNOWN_KEY), ({"grade": "good"}, ProblemKind.UNKNOWN_KEY),
])
def test_unfit_observations_are_problems_with_their_place(change, kind):
    with pytest.raises(Problem) as raised:
        observation_from({**ROW, **change}, Place("prices.csv", 7))
    assert raised.value.kind is kind and raised.value.place == Place("prices.csv", 7)


def test_the_first_tier_observed_that_day_counts():
    both = market({"observable": "otc_last_sale", "value": "3"}, {})
    assert both.first_available(("closing_bid", "otc_last_sale"), DAY)[0] == ratio(155, 32)
    assert both.first_available(("otc_last_sale", "closing_bid"), DAY)[0] == 3
    assert both.first_available(("pink_sheet_bid",), DAY) is None


def test_several_market_makers_are_averaged_and_one_may_not_quote_twice():
    made = {"observable": "pink_sheet_bid"}
    quotes = [{**made, "value": "3", "quoted_by": "x"}, {**made, "value": "4", "quoted_by": "y"}]
    assert market(*quotes).first_available(("pink_sheet_bid",), DAY)[0] == ratio(7, 2)
    with pytest.raises(Problem) as raised:
        market(*quotes, quotes[0])
    assert raised.value.kind is ProblemKind.DUPLICATE


def test_more_observations_make_another_market():
    one = market({})
    more = one.with_observations([observation_from({**ROW, "date": "1999-10-22"})])
    assert more.days("closing_bid") == [date(1999, 10, 22), DAY] and one.days("closing_bid") == [DAY]
