from datetime import date

import pytest

from paripassu.values.arithmetic import ratio, rational
from paripassu.values.printing import fixed, number
from paripassu.values.undetermined import LARGEST, NO_LIMIT, SMALLEST, Need, Undetermined

NEEDS = frozenset({Need("closing_bid")})


@pytest.mark.parametrize(("value", "places", "text"), [
    ("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("-0.001", 2, "0.00"), ("2.5", 0, "3"), ("1/3", 4, "0.3333"),
    ("12345.6", 1, "12345.6"),
])
def test_the_last_place_is_rounded_half_away_from_zero(value, places, text):
    assert fixed(rational(value), places) == text


@pytest.mark.parametrize(("value", "unit", "text"), [
    (1677067, "shares", "1,677,067"), (ratio(603, 100), "usd per share", "$6.03"), (ratio(5), "usd", "$5.00"),
    (ratio(1, 3), "usd", "$0.33"), (ratio(1, 2), "shares", "0.5"), (True, "yes or no", "yes"),
    (date(1999, 8, 6), "date", "1999-08-06"), (None, "usd", "-"), (NO_LIMIT, "shares", "no limit"),
    (ratio(-1234), "usd", "-$1,234.00"), (ratio(-1, 2), "usd per share", "-$0.50"), (ratio(-5), "shares", "-5"),
    ((), "shares", "none"), ((ratio(1), ratio(2)), "shares", "1, 2"),
])
def test_values_are_printed_as_people_read_them(value, unit, text):
    assert number(value, unit) == text


def test_a_number_that_does_not_end_is_marked():
    assert number(ratio(2724, 73), "usd per share") == "$37.31506849…"


@pytest.mark.parametrize(("low", "high", "text"), [
    (1, 5, "undetermined, between 1 and 5"), (SMALLEST, 5, "undetermined, at most 5"),
    (7, LARGEST, "undetermined, at least 7"), (None, None, "undetermined"), (SMALLEST, LARGEST, "undetermined"),
])
def test_an_unknown_shows_the_bounds_it_has(low, high, text):
    assert number(Undetermined(NEEDS, low, high), "shares") == text
