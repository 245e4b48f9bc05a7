"""The fold of a warrant's price: worked by hand in the specification, and its boundaries."""

from dataclasses import replace
from datetime import date

import pytest

from paripassu.values.arithmetic import ONE, ZERO, nearest_cent, ratio, rational
from paripassu.values.price_events import (
    Expired,
    Issued,
    Method,
    Offering,
    Part,
    Rule,
    Split,
    TermsChanged,
    fold,
    half_even_cent,
    lowest_price,
    offer_of,
)
from paripassu.values.problems import Problem
from paripassu.values.undetermined import LARGEST, SMALLEST

E0 = rational("6.7838")
OUTSTANDING = rational("25500000")
JAN, FEB, MAR, APR = (date(1999, month, 1) for month in (1, 2, 3, 4))
AT_SIX = (OUTSTANDING, OUTSTANDING, rational(6))


def method(**other):
    """The method of the specification's choices, or with other rules."""
    one_per_cent = ratio(1, 100)
    given = Method(
        one_per_cent, one_per_cent, one_per_cent, Rule("up", nearest_cent), Rule("exact", lambda exact: exact),
        Rule("added", lambda price, carried, factor: price * factor - carried),
        Rule("by price", lambda event, before, after: before.price / after.price), Rule("all", lambda below: True),
        date(1998, 12, 18),
    )
    return given._replace(**other)


def issued(issue, shares, price, day=JAN, under=""):
    part = Part(rational(shares), rational(price), ZERO)
    return Issued(issue, day, (part,), under)


def rights(issue, shares, received, exercise, day=JAN):
    """Rights with what was received for all of them and the exercise price of each."""
    offering = Offering(issue, day, rational(shares), True, rational(exercise))
    return Issued(issue, day, (offering.part(rational(received)),))


def folded(*events, rules=None, **circumstances):
    at = {event.issue: circumstances.get(event.issue, AT_SIX) for event in events if isinstance(event, Issued)}
    return fold(E0, events, at, rules or method())



def close(value, text):
    """Equal to a printed value in all its places."""
    places = len(text.partition(".")[2])
    return abs(value - rational(text)) <= ratio(1, 2 * 10**places)


def test_a_sale_below_the_market_lowers_price_and_raises_number():
    step = folded(issued("S", "1000000", "4"))[-1]
    assert step.exact == E0 * 157 / 159 and close(step.exact, "6.69846918")
    assert step.after == rational("6.70") and step.why == "adjusted"
    assert close(447761 * step.number_ratio, "453361.3540")
    assert step.after * 447761 * step.number_ratio == E0 * 447761


def test_exactly_the_market_price_is_not_below_it():
    assert folded(issued("S", "1000000", "6"))[-1].why == "not below the market price"
    assert folded(issued("S", "1000000", "5.9999"))[-1].amount > 0


def test_no_consideration_is_below_every_market_price():
    assert folded(issued("S", "1000000", "0"))[-1].exact == E0 * OUTSTANDING / (OUTSTANDING + 1000000)


def test_a_small_step_is_carried_and_made_with_the_next():
    small, large = folded(rights("A", "500000", "50000", "4"), issued("S", "1000000", "4", FEB))
    assert close(small.exact, "6.74248840") and close(small.carried, "0.04131160") and small.after == E0
    assert close(large.exact, "6.65715758") and large.after == rational("6.66") and large.carried == 0
    assert close(447761 * small.number_ratio * large.number_ratio, "456084.2450")


def test_amounts_chained_start_where_the_last_led():
    chained = method(carry=Rule("chained", lambda price, carried, factor: (price - carried) * factor))
    steps = folded(rights("A", "500000", "50000", "4"), issued("S", "1000000", "4", FEB), rules=chained)
    assert close(steps[-1].exact, "6.65767722")


def test_exactly_one_per_cent_is_made_and_less_is_carried():
    # One per cent of O + n = 100: one new share for nothing: 99 / 100.
    at = (rational(99), rational(99), rational(6))
    made = folded(issued("S", "1", "0"), S=at)[-1]
    assert made.amount == E0 / 100 and made.after == rational("6.72")
    less = folded(issued("S", "1", "0.000001"), S=at)[-1]
    assert less.after == E0 and less.carried == less.amount < E0 / 100


def test_the_test_after_rounding_may_carry_a_step_over_the_line_or_back():
    after = method(tested=Rule("rounded", nearest_cent))
    at = (rational(99), rational(99), rational(6))
    # 6.7838 x 99 / 100.005 = 6.71563, 1.005 % less; 6.72 is 0.94 % less.
    back = issued("S", "1.005", "0")
    assert folded(back, S=at)[-1].after == rational("6.72") and folded(back, S=at, rules=after)[-1].after == E0
    # From 6.70: 6.634 is 0.985 % less, 6.63 is 1.045 % less.
    over = {"S": (rational("6634"), rational("6634"), rational(6))}
    for rules, price in ((method(), "6.70"), (after, "6.63")):
        assert fold(rational("6.70"), (issued("S", "66", "0"),), over, rules)[-1].after == rational(price)


def test_half_a_cent_goes_up_or_to_the_even_cent():
    up, even = nearest_cent, half_even_cent
    assert up(rational("3.025")) == rational("3.03") and even(rational("3.025")) == rational("3.02")
    assert up(rational("3.015")) == even(rational("3.015")) == rational("3.02")
    assert even(rational("3.0151")) == even(rational("3.0249")) == rational("3.02")


@pytest.mark.parametrize(("before", "after", "exact", "price", "number"), [
    ("2", "3", "4.52253333", "4.52", "672017.9362"), ("5", "1", "33.9190", "33.92", "89549.5599"),
])
def test_a_split_moves_the_price_and_the_number(before, after, exact, price, number):
    step = folded(Split(JAN, rational(before), rational(after)))[-1]
    assert close(step.exact, exact) and step.after == rational(price)
    assert close(447761 * step.number_ratio, number)


def test_the_number_may_follow_the_ratio_of_the_split():
    by_ratio = Rule("ratio", lambda event, before, after: event.after / event.before)
    step = folded(Split(JAN, rational(2), rational(3)), rules=method(split_number=by_ratio))[-1]
    assert 447761 * step.number_ratio == rational("671641.5")


def test_a_carried_amount_is_restated_by_a_later_split():
    _, split = folded(rights("A", "500000", "50000", "4"), Split(FEB, rational(2), rational(3)))
    assert split.after == rational("4.49") and close(447761 * split.number_ratio, "676508.0338")


def test_a_stock_dividend_below_one_per_cent_is_carried_on_the_new_basis():
    small, large = folded(Split(JAN, rational(200), rational(201)), Split(FEB, rational(1), rational(2)))
    assert small.after == E0 and small.number_ratio == 1 and small.carried == E0 / 201
    assert large.exact == E0 * 200 / 201 / 2


def test_rights_repriced_are_folded_as_if_granted_on_the_new_terms():
    grant, change = folded(
        rights("A", "2000000", "200000", "4"), TermsChanged("A", FEB, rational("2000000"), rational(3), None)
    )
    assert close(grant.exact, "6.62756703") and grant.after == rational("6.63")
    assert close(change.exact, "6.54533915") and change.after == rational("6.55")
    assert close(447761 * grant.number_ratio * change.number_ratio, "463743.6751")


def test_only_what_is_outstanding_is_repriced():
    _, change = folded(
        rights("A", "2000000", "200000", "4"), TermsChanged("A", FEB, rational("800000"), rational(3), None)
    )
    # P = 1,200,000 x 4.10 + 800,000 x 3.10 = 7,400,000.
    assert change.exact == E0 * (OUTSTANDING + ratio(7400000, 6)) / 27500000


def test_a_changed_rate_of_conversion_changes_the_number_of_shares():
    _, change = folded(
        rights("A", "2000000", "8200000", "0"), TermsChanged("A", FEB, rational("2000000"), None, rational(2))
    )
    assert change.exact == E0 * (OUTSTANDING + ratio(8200000, 6)) / 29500000


def test_rights_expired_are_folded_as_if_never_issued_and_the_step_is_tested():
    _, expiry = folded(rights("A", "2000000", "200000", "4"), Expired("A", FEB, rational("800000")))
    assert close(expiry.exact, "6.68725154") and expiry.after == rational("6.63")
    assert close(-expiry.carried, "0.0573") and expiry.number_ratio == 1
    made = folded(
        rights("A", "2000000", "200000", "4"), Expired("A", FEB, rational("800000")),
        rules=method(on_readjustment=ZERO),
    )[-1]
    assert made.after == rational("6.69")


def test_all_of_it_expired_leaves_the_price_as_if_nothing_had_been_issued():
    last = folded(rights("A", "2000000", "200000", "4"), Expired("A", FEB, rational("2000000")))[-1]
    assert last.after == rational("6.78") and last.exact == E0


def test_what_was_carried_for_rights_that_expire_is_carried_no_longer():
    first, last = folded(rights("A", "500000", "50000", "4"), Expired("A", FEB, rational("500000")))
    assert first.carried > 0 and last.carried == 0 and last.after == E0


def test_the_smallest_adjustment_may_be_ignored_in_the_replay():
    events = rights("A", "2000000", "200000", "4"), Expired("A", FEB, rational("1500000"))
    applied = folded(*events)[-1]
    assert applied.after == rational("6.78") and close(applied.carried, "0.04131160")
    assert folded(*events, rules=method(in_replay=ZERO))[-1].after == rational("6.74")


def test_an_edit_that_changes_nothing_readjusts_nothing():
    steps = folded(
        issued("S", "1000000", "4"), rights("A", "500000", "0", "7", FEB), Expired("A", MAR, rational("500000"))
    )
    assert steps[-1].why == "changes nothing" and steps[-1].carried == 0 and steps[-1].after == rational("6.70")


def test_rights_at_the_market_repriced_below_it_are_covered_or_not():
    events = rights("A", "2000000", "0", "6"), TermsChanged("A", FEB, rational("2000000"), rational(3), None)
    covered = folded(*events)[-1]
    assert covered.exact == E0 * (OUTSTANDING + 1000000) / 27500000 and covered.after < E0
    counted_only = method(covers=Rule("counted", lambda below: below))
    assert folded(*events, rules=counted_only)[-1].after == E0


def test_shares_issued_under_counted_rights_are_free_and_others_are_not():
    free = folded(rights("A", "2000000", "200000", "4"), issued("X", "100000", "4.1", FEB, under="A"))[-1]
    assert free.why == "issued under rights already counted"
    tested = folded(rights("A", "2000000", "0", "6"), issued("X", "2000000", "6", FEB, "A"),
                    X=(OUTSTANDING, OUTSTANDING, rational(8)))[-1]
    assert tested.why == "adjusted" and tested.exact == E0 * (OUTSTANDING + 1500000) / 27500000


def test_a_fluctuating_rate_is_priced_at_four_fifths_of_the_market():
    part = Part(rational("2000000"), ONE, ZERO, ONE, rational("0.85"))
    assert lowest_price(part, rational(6)) == rational("4.08")
    offer = offer_of(Issued("V", JAN, (part,)), {"V": AT_SIX})
    assert close(offer.shares, "490196.078431") and offer.price == rational("4.08")
    assert close(E0 * offer.factor, "6.74285666")
    assert lowest_price(replace(part, highest=rational(4)), rational(6)) == 4
    assert lowest_price(replace(part, lowest=rational(5)), rational(6)) == 5


@pytest.mark.parametrize("market", [SMALLEST, LARGEST])
def test_a_fluctuating_rate_has_no_bounds_at_the_ends_of_the_market(market):
    with pytest.raises(Problem, match="no price of conversion follows"):
        lowest_price(Part(rational(100), ONE, ZERO, ONE, rational("0.85")), market)


def test_fixed_convertibles_at_five():
    step = folded(issued("C", "200000", "5"))[-1]
    assert close(step.exact, "6.77500130") and step.why == "carried forward"


def test_events_before_adjustments_begin_do_nothing():
    steps = folded(issued("S", "1000000", "4"), Split(MAR, ONE, rational(2)), rules=method(counted_from=FEB))
    assert steps[0].why == "before adjustments begin" and steps[-1].after == rational("3.39")


def test_the_placement_agents_price_moves_by_the_same_factor():
    step = fold(rational("4.9375"), (issued("S", "1000000", "4"),), {"S": AT_SIX}, method())[-1]
    assert close(step.exact, "4.87539308") and step.after == rational("4.88")
    assert close(87500 * step.number_ratio, "88530.9939")
    split = fold(rational("4.9375"), (Split(JAN, rational(2), rational(3)),), {}, method())[-1]
    assert split.after == rational("3.29") and close(87500 * split.number_ratio, "131316.4894")
