"""The maturity date under the reading by which everything converts on the first day that meets the conditions."""

from carrying_out import HOLDER, carry_out, fact

LATER = {"R-MAT-LATER": "when first met"}
GIVEN = {"holders": {HOLDER: "2000"}, "readings": LATER,
         "flat": [{"from": "2001-06-20", "to": "2001-08-10", "bid": "4.00"}]}


def story(registered_later: str) -> tuple[dict[str, object], ...]:
    """One share too few is registered on the maturity date, 1,468,044 being needed; another number five days later."""
    return (
        *(fact("issuance", "1998-12-18", instrument="investor-warrants", holder=HOLDER, shares="447761", lot=lot)
          for lot in ("W-1", "W-2")),
        fact("authorised_common", "2001-07-27", shares="50000000"),
        fact("market_eligibility", "2001-07-27", market="Nasdaq National Market"),
        fact("resale_registration", "2001-07-27", shares="1468043", usable="yes"),
        fact("resale_registration", "2001-08-01", shares=registered_later, usable="yes"),
    )


def outstanding(when: str, *facts: dict[str, object], **given: object) -> object:
    return carry_out(when, *facts, **{**GIVEN, **given}).state.total("series-b", HOLDER)


def test_the_day_before_the_conditions_are_met_nothing_has_converted() -> None:
    done = carry_out("2001-07-31", *story("1468451"), **GIVEN)
    assert done.state.total("series-b", HOLDER) == 2000
    assert [one.what for one in done.state.upcoming][0] == "conditions of the conversion at maturity are tested again"


def test_five_days_of_premium_later_one_share_more_is_needed_than_sufficed_on_the_date() -> None:
    # 2,000 x (1,000 + 57,420/365) / 4.04 = 572,928.25: 572,929 and the warrants' 895,522 are 1,468,451.
    assert [outstanding("2001-08-01", *story(shares)) for shares in ("1468450", "1468451")] == [2000, 0]


def test_what_has_converted_is_not_tested_again() -> None:
    done = carry_out("2001-08-03", *story("1468451"), **GIVEN)
    assert not [one for one in done.state.upcoming if "tested again" in one.what]
    assert done.state.total("common", HOLDER) == 572929


def test_an_election_is_refused_once_everything_has_converted() -> None:
    elected = fact("maturity_election", "2001-08-02", holder=HOLDER, ground="redemption event")
    done = carry_out("2001-08-02", *story("1468451"), elected, **GIVEN)
    assert done.state.get(("refused", "maturity_election", HOLDER)) is not None


def test_an_election_of_the_same_day_is_too_late_where_an_earlier_day_is_asked_for() -> None:
    ground = fact("finding", "2001-07-20", event="listing_terminated", of="cod", case="D1", by="counsel", reason="vote")
    readings = {**LATER, "R-MAT-ELECT": "before the date"}
    held = [
        outstanding("2001-08-01", *story("1468451"), ground,
                    fact("maturity_election", day, holder=HOLDER, ground="redemption event"), readings=readings)
        for day in ("2001-07-31", "2001-08-01")
    ]
    assert held == [2000, 0]


def test_where_nothing_is_left_nothing_is_tested_again() -> None:
    left = carry_out("2001-08-01", *story("1468451"), **{**GIVEN, "holders": {}})
    assert not [one for one in left.state.upcoming if "tested again" in one.what]
