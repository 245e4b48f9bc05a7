"""What may lawfully be redeemed, in the division of it and as stories of several notices tell it."""

from __future__ import annotations

from typing import Any

import pytest
from carrying_out import carry_out, fact

from paripassu.clauses import impairment
from paripassu.replay import Replayed
from paripassu.values.arithmetic import Rational, ratio
from paripassu.values.effects import Occur
from paripassu.values.undetermined import Need, Undetermined

EVENT = fact("finding", "1999-09-13", event="listing_terminated", of="cod", case="D1", by="counsel",
             reason="resolved by the board")
EACH: dict[str, Any] = {"holders": {"alpha": "5000", "beta": "2500"}}


def reported(amount: str, on: str = "1999-09-10") -> dict[str, Any]:
    return fact("lawful_amount", on, amount=amount, by="the board")


def noticed(name: str, holder: str, shares: int, on: str = "1999-09-15", **more: Any) -> dict[str, Any]:
    day = on.partition(" ")[0]
    when = {"at": f"{on} America/New_York"} if " " in on else {"on": on}
    return {"kind": "redemption_notice", **when, "notice": name, "holder": holder, "event": "i:D1",
            "shares": str(shares), "date_of_notice": day, **more}


def lawful(done: Replayed, *notices: str) -> list[Any]:
    return [done.names["series-b"]("lawfully_redeemable", redemption=one) for one in notices]


def occurred(done: Replayed, name: str) -> list[str]:
    return [one.effect.subject for one in done.state.records
            if isinstance(one.effect, Occur) and one.effect.name == name]


# -- the division


def whole(*numbers: int) -> tuple[Rational, ...]:
    return tuple(ratio(one) for one in numbers)


@pytest.mark.parametrize(
    ("number", "shares", "redeemed", "more"),
    [
        (632, (1500, 750), (0, 0), (421, 211)),
        (632, (1500, 750), (), (421, 211)),
        (211, (1500, 750), (421, 0), (0, 211)),  # what one was redeemed first does not lower the other's
        (300, (1500, 750), (421, 211), (200, 100)),
        (1, (1500, 750, 100), (421, 211, 0), (0, 0, 1)),
        (0, (1500, 750), (500, 0), (0, 0)),
        (1329, (1500, 750), (921, 0), (579, 750)),  # all of both
    ],
)
def test_all_that_is_redeemed_stands_in_proportion(
    number: int, shares: tuple[int, ...], redeemed: tuple[int, ...], more: tuple[int, ...]
) -> None:
    assert impairment.divided(ratio(number), whole(*shares), whole(*redeemed), impairment.whole_shares) == more


def test_nothing_is_divided_among_no_notices() -> None:
    assert impairment.divided(ratio(0), (), (), impairment.whole_shares) == ()
    assert impairment.affordable_in_whole_shares(ratio(1000), (), (), (), ()) == 0


def test_the_shares_of_a_notice_cost_what_their_parts_cost() -> None:
    parts, amounts = whole(10, 20, 5), whole(1250, 1300, 2000)
    assert impairment.price_of(ratio(12), ratio(0), parts, amounts) == 10 * 1250 + 2 * 1300
    assert impairment.price_of(ratio(3), ratio(29), parts, amounts) == 1300 + 2 * 2000
    assert impairment.price_of(ratio(0), ratio(3), parts, amounts) == 0


@pytest.mark.parametrize(
    ("left", "number"),
    [(2500, 2), (2499, 1), (1249, 0), (0, 0), (10**9, 35)],
)
def test_as_many_shares_are_redeemed_as_the_amount_pays(left: int, number: int) -> None:
    shares, parts, amounts = whole(30, 5), whole(10, 20, 5), whole(1250, 1300, 2000)
    assert impairment.affordable_in_whole_shares(ratio(left), shares, (), parts, amounts) == number


def test_in_fractions_each_notice_has_its_exact_part() -> None:
    given = (whole(1500, 750), whole(0, 0), whole(1500, 750), whole(1250, 1250))
    number = impairment.affordable_in_fractions(ratio(1250000), *given)
    assert number == 1000
    assert impairment.pro_rata_fractions(number, *given[:2]) == (ratio(1000, 1) * 2 / 3, ratio(1000, 1) / 3)


def test_what_was_paid_on_account_serves_for_what_is_to_come() -> None:
    assert impairment.lawful_amount_left(ratio(900), ratio(300), ratio(100)) == 700
    assert impairment.lawful_amount_left(ratio(900), ratio(1000), ratio(0)) == 0


# -- stories


@pytest.mark.parametrize("hours", [("10:00", "15:00"), ("15:00", "10:00")])
def test_two_notices_of_one_day_count_together_in_whatever_order_they_came(hours: tuple[str, str]) -> None:
    one, other = (f"1999-09-15 {hour}" for hour in hours)
    done = carry_out("1999-09-15", reported("900000"), EVENT, noticed("R1", "alpha", 1500, one),
                     noticed("R2", "beta", 750, other), **EACH)
    # 5.00 a share is under the multiple of face: 720 shares at 1,250
    assert lawful(done, "R1", "R2") == [480, 240]
    assert occurred(done, "capital_impairment") == ["1999-09-15"]
    later = [done.state.get(("value", "original_event_amount", f"{name}-1"))
             for name in ("R1#alpha", "R2#beta")]
    assert later == [None, None], "neither is a later election for what an impairment left over"


def test_two_notices_of_one_day_without_hours_need_none() -> None:
    done = carry_out("1999-09-15", reported("900000"), EVENT, noticed("R1", "alpha", 1500),
                     noticed("R2", "alpha", 750), **EACH)
    assert lawful(done, "R1", "R2") == [480, 240]


def test_a_notice_after_the_day_of_the_impairment_is_a_later_election() -> None:
    done = carry_out("1999-09-16", reported("900000"), EVENT, noticed("R1", "alpha", 1500),
                     noticed("R2", "beta", 750, "1999-09-16"), **EACH)
    assert done.state.get(("value", "original_event_amount", "R2#beta-1")) == 1250


def test_an_impairment_begins_once_however_many_notices_follow() -> None:
    done = carry_out("1999-09-20", reported("900000"), EVENT, noticed("R1", "alpha", 1500),
                     noticed("R2", "beta", 750, "1999-09-16"), noticed("R3", "alpha", 10, "1999-09-17"),
                     reported("800000", "1999-09-20"), **EACH)
    assert occurred(done, "capital_impairment") == ["1999-09-15"]
    assert [owed.subject for owed in done.state.obligations() if owed.duty == "remedy_capital"] == ["1999-09-15"]


def test_without_a_report_nothing_limits_redemption() -> None:
    done = carry_out("1999-09-15", EVENT, noticed("R1", "alpha", 1500), **EACH)
    (number,) = lawful(done, "R1")
    assert isinstance(number, Undetermined) and number.needs >= {Need("lawful_amount", "R1", figure="place_of_notice")}
    assert occurred(done, "capital_impairment") == []


def test_without_notices_a_report_brings_nothing() -> None:
    done = carry_out("1999-09-15", reported("1"), EVENT, **EACH)
    assert occurred(done, "capital_impairment") == []


def test_a_part_payment_before_the_report_lowers_what_is_still_needed() -> None:
    paid = fact("payment", "1999-09-16", holder="alpha", obligation="pay_redemption:R1", amount="1000")
    for amount, impaired in (("124000", []), ("123999.99", ["1999-09-17"])):
        done = carry_out("1999-09-17", EVENT, noticed("R1", "alpha", 100), paid, reported(amount, "1999-09-17"), **EACH)
        assert occurred(done, "capital_impairment") == impaired


def test_an_unknown_price_leaves_the_number_open_but_not_a_certain_impairment() -> None:
    missing = {"prices": {"1999-09-15": "none"}}
    done = carry_out("1999-09-15", reported("124999"), EVENT, noticed("R1", "alpha", 100), **EACH, **missing)
    assert occurred(done, "capital_impairment") == ["1999-09-15"], "100 shares cost 125,000 at least"
    (number,) = lawful(done, "R1")
    assert isinstance(number, Undetermined) and "closing_bid" in {need.name for need in number.needs}
    done = carry_out("1999-09-15", reported("125000"), EVENT, noticed("R1", "alpha", 100), **EACH, **missing)
    assert occurred(done, "capital_impairment") == [], "at 125,000 it may be enough"


def test_paid_in_full_under_the_limit_a_notice_ends_the_impairment() -> None:
    done = carry_out("1999-09-20", reported("100000"), EVENT, noticed("R1", "alpha", 100),
                     fact("payment", "1999-09-20", holder="alpha", obligation="pay_redemption:R1", amount="125000"),
                     **EACH)
    assert occurred(done, "capital_impairment_ended") == ["1999-09-15"]
    assert done.state.total("series-b", "alpha") == 4900


def test_the_rest_of_a_notice_redeemed_in_part_is_redeemed_when_it_is_paid() -> None:
    paid = [fact("payment", day, holder="alpha", obligation="pay_redemption:R1", amount=amount)
            for day, amount in (("1999-09-16", "50000"), ("1999-09-20", "75000"))]
    story = (reported("50000"), EVENT, noticed("R1", "alpha", 100), *paid)
    assert carry_out("1999-09-16", *story[:-1], **EACH).state.total("series-b", "alpha") == 4960
    done = carry_out("1999-09-20", *story, **EACH)
    assert done.state.total("series-b", "alpha") == 4900
    assert done.state.obligation("pay_redemption", "R1").status == "performed"


def test_shares_redeemed_in_part_may_not_be_noticed_again() -> None:
    story = (reported("50000"), EVENT, noticed("R1", "alpha", 100),
             fact("payment", "1999-09-16", holder="alpha", obligation="pay_redemption:R1", amount="50000"))
    done = carry_out("1999-09-17", *story, noticed("R2", "alpha", 4901, "1999-09-17"), **EACH)
    assert done.state.get(("value", "shares_to_redeem", "R2")) == 4900, "40 are redeemed and 60 noticed before"
