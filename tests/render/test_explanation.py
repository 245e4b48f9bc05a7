"""Figures opened: exact fractions where decimals do not say everything, units, numbering, what is waited for."""

from __future__ import annotations

from datetime import date

import pytest

from paripassu.render.explanation import Explanations, exact_fraction, needs_words, unit_words
from paripassu.values.arithmetic import ratio
from paripassu.values.figures import Figure
from paripassu.values.undetermined import Need, Undetermined


def figure(value, unit: str, *inputs: Figure) -> Figure:
    return Figure("a_name", value, unit, "how", inputs=inputs)


@pytest.mark.parametrize(("value", "unit", "shown"), [
    (ratio(1, 3), "usd", "1/3"),
    (ratio(1, 25), "usd", ""),
    (ratio(20151, 100), "usd", ""),
    (ratio(1, 1000), "usd", "1/1,000"),
    (ratio(46561, 9600), "usd per share", "46,561/9,600"),
    (ratio(155, 32), "usd per share", ""),
    (ratio(7500), "shares", ""),
    (7500, "shares", ""),
    (True, "yes or no", ""),
    (date(1999, 11, 4), "date", ""),
    (ratio(1, 3**80), "usd per share", ""),
])
def test_a_fraction_is_shown_where_the_decimals_do_not_say_everything(value, unit, shown):
    assert exact_fraction(figure(value, unit)) == shown


@pytest.mark.parametrize(("value", "unit", "shown"), [
    (ratio(6), "usd per share", "per share"), (ratio(6), "usd", ""), (7500, "shares", "shares"),
    (True, "yes or no", ""), (date(1999, 11, 4), "date", ""), (ratio(500), "usd a day", "a day"),
    (Undetermined(frozenset()), "shares", ""),
])
def test_the_unit_follows_what_the_value_does_not_show(value, unit, shown):
    assert unit_words(figure(value, unit)) == shown


def test_explanations_are_numbered_through_the_page_and_their_parts_within():
    opened = Explanations()
    assert opened.open(figure(ratio(1), "shares")).mark == "1"
    second = opened.open(figure(ratio(3), "shares", figure(ratio(1), "usd"), figure(ratio(2), "usd")))
    assert [second.mark, *(child.mark for child in second.children)] == ["2", "2.1", "2.2"]


def test_a_day_is_said_where_it_is_not_the_day_of_the_figure_above():
    day, before = date(1999, 11, 4), date(1999, 11, 3)
    inner = [Figure("a", ratio(1), "shares", "how", day=one) for one in (day, before)]
    node = Explanations().open(Figure("b", ratio(2), "shares", "how", inputs=tuple(inner), day=day))
    assert node.day == day
    assert [child.day for child in node.children] == [None, before]


def test_a_plain_input_met_again_is_simply_said_again():
    one = figure(ratio(1), "shares")
    node = Explanations().open(figure(ratio(2), "shares", one, one))
    assert [child.same_as for child in node.children] == ["", ""]


def test_what_is_waited_for_is_said_once_with_its_days():
    needs = {Need("closing_bid", "", date(1999, 7, day)) for day in (13, 14, 20)}
    needs |= {Need("beneficial_ownership", "a-fund"), Need("volume", "", date(1999, 7, 1))}
    assert needs_words(frozenset(needs)) == (
        "beneficial ownership of a-fund", "closing bid (3 days, 1999-07-13 to 1999-07-20)", "volume on 1999-07-01",
    )
    assert needs_words(frozenset()) == ()
