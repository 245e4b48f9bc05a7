"""Exercising a warrant: what is wrong with the input, what comes in any order, which of two limits binds."""

from itertools import permutations
from typing import Any

import pytest
from carrying_out import HOLDER, agreement, calendars, fact

from paripassu.cases import Case, replay_case
from paripassu.replay import Replayed
from paripassu.values.dates import parse_date
from paripassu.values.parties import COMMON, USED
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.undetermined import extent

LOT = f"{HOLDER}-1"
SERIES_B = fact("issuance", "1998-12-18", instrument="series-b", holder=HOLDER, shares="7500", lot="B-1")


def carry_out(when: str, *facts: dict[str, Any], **given: Any) -> Replayed:
    """Replay warrants for 447,761 shares beside 7,500 shares of preferred, nothing owned of 26,000,000 shares."""
    full = {"instrument": "investor-warrants", "holders": {HOLDER: "447761"}, "outstanding": "26000000",
            "facts": [SERIES_B, *facts], **given}
    return replay_case(Case("test", "", "", full, parse_date(when), [], Place("test")), agreement(), calendars())


def exercise(name: str = "E1", at: str = "1999-08-06 10:00", shares: str = "1000", **more: str) -> dict[str, Any]:
    """An exercise agreement for cash."""
    return {"kind": "exercise_agreement", "at": f"{at} America/Los_Angeles", "exercise": name, "holder": HOLDER,
            "lot": LOT, "shares": shares, "form": "cash", **more}


def surrendered(on: str = "1999-08-06", name: str = "E1") -> dict[str, Any]:
    return fact("warrant_surrendered", on, exercise=name)


def paid(amount: str = "6783.80", on: str = "1999-08-06", name: str = "E1") -> dict[str, Any]:
    return fact("exercise_payment", on, exercise=name, amount=amount)


def common(done: Replayed) -> Any:
    return done.state.total(COMMON, HOLDER)


@pytest.mark.parametrize("days", list(permutations(("1999-08-02", "1999-08-03", "1999-08-04"))))
def test_the_last_of_the_three_deliveries_is_the_exercise_whichever_it_is(days: tuple[str, str, str]) -> None:
    signed, gave, wired = days
    done = carry_out("1999-08-05", exercise(at=f"{signed} 10:00"), surrendered(gave), paid(on=wired))
    assert done.state.get(("value", "exercised_on", "E1")).isoformat() == "1999-08-04"
    assert common(done) == 1000


@pytest.mark.parametrize("wanting", [0, 1, 2])
def test_without_one_of_the_three_nothing_is_issued(wanting: int) -> None:
    every = [exercise(), surrendered(), paid()]
    done = carry_out("1999-12-31", *every[:wanting], *every[wanting + 1:])
    assert common(done) == 0 and done.state.get(("value", "exercised_on", "E1")) is None


def test_the_evening_in_henderson_belongs_to_its_own_date_not_new_yorks() -> None:
    """22:00 in Henderson is 1:00 of the next day in New York, whose closing bid of the day before is another."""
    done = carry_out(
        "1999-08-06", exercise(at="1999-08-05 22:00", form="cashless"), surrendered("1999-08-05"),
        fact("cashless_election", "1999-08-05", exercise="E1", shares="500"),
        prices={"1999-08-04": "13.5676", "1999-08-05": "27.1352"},
    )
    assert done.state.get(("value", "exercised_on", "E1")).isoformat() == "1999-08-05"
    assert common(done) == 500, "at twice the exercise price half of the shares; at four times it would be 750"


def test_two_exercises_of_one_evening_share_one_room() -> None:
    """Exercises dated the day before still see what the first of them took."""
    limited = fact("shares_outstanding", "1999-08-01", shares="29123")  # 0.049 x 29,123 / 0.951 = 1,500.55
    facts = [exercise(name, f"1999-08-05 22:{minute}", "1000") for name, minute in (("E1", "00"), ("E2", "30"))]
    done = carry_out("1999-08-06", limited, *facts, *(surrendered("1999-08-05", name) for name in ("E1", "E2")),
                     *(paid(on="1999-08-05", name=name) for name in ("E1", "E2")))
    assert common(done) == 1500
    assert done.state.get(("refused", "exercise", "E2")) is not None


def test_more_than_is_held_is_refused_and_its_price_goes_back() -> None:
    done = carry_out("1999-08-06", exercise(shares="447762"), surrendered(), paid("3037527.86"))
    assert common(done) == 447761
    assert done.state.get(("refused", "exercise", "E1")).why == "1 of the shares specified are not held"
    owed = done.state.obligation("return_payment", "E1")
    # 447,762 x 6.7838 = 3,037,527.86 less 447,761 x 6.7838 = 3,037,521.07
    assert str(done.names["investor-warrants"](owed.amount, **owed.at)) == "679/100"


def test_a_fraction_of_a_cash_exercise_is_paid_at_the_market_price() -> None:
    done = carry_out("1999-08-06", exercise(shares="1000.25"), surrendered(), paid("6785.50"),
                     prices={"1999-08-05": "8"})
    owed = done.state.obligation("pay_fraction", "E1")
    assert common(done) == 1000
    assert done.names["investor-warrants"](owed.amount, **owed.at) == 2  # a quarter of 8


def test_a_fraction_without_a_price_is_owed_undetermined() -> None:
    done = carry_out("1999-08-06", exercise(shares="1000.25"), surrendered(), paid("6785.50"))
    owed = done.state.obligation("pay_fraction", "E1")
    value = done.names["investor-warrants"](owed.amount, **owed.at)
    assert extent(value)[0] is not None and {need.name for need in value.needs} == {"closing_bid"}


def test_an_unpriced_cashless_exercise_is_bounded_by_warrant_and_limit() -> None:
    done = carry_out(
        "1999-08-06", fact("shares_outstanding", "1999-08-01", shares="29123"),
        exercise(form="cashless", shares="9000"), surrendered(),
        fact("cashless_election", "1999-08-06", exercise="E1", shares="1"),
    )
    assert extent(common(done)) == (0, 1500)
    assert extent(done.state.position("investor-warrants", HOLDER, LOT)) == (438761, 447761)


@pytest.mark.parametrize(("outstanding", "issued", "section"), [
    ("98436480", 5071911, "8(f)"),  # 0.049 x 98,436,480 / 0.951 = 5,071,911.2, under the cap of 5,071,913
    ("98436530", 5071913, "8(f)"),  # 5,071,913.7: both leave the same
    ("98436590", 5071913, "5"),     # 5,071,916.8: the cap leaves less
])
def test_what_is_refused_is_refused_by_the_limit_that_leaves_less(outstanding: str, issued: int, section: str) -> None:
    done = carry_out(
        "1999-08-06", exercise(shares="6000000"), surrendered(), paid("40702800"),
        holders={HOLDER: "6000000"}, outstanding=outstanding,
    )
    assert common(done) == issued
    assert section_refused(done, "E1") == section


@pytest.mark.parametrize(("shares", "sections"), [
    ("5071913", "8(f)"),         # as many as the cap allows: only ownership, of which nobody knows, may leave less
    ("5071914", "5 and 8(f)"),   # one more: the cap leaves that one, ownership perhaps more
])
def test_an_exercise_whose_room_is_open_cites_each_limit_that_may_cut_it(shares: str, sections: str) -> None:
    done = replay_case(
        Case("test", "", "", {
            "instrument": "investor-warrants", "holders": {HOLDER: "6000000"},
            "facts": [SERIES_B, exercise(shares=shares), surrendered(), paid("40702800")],
        }, parse_date("1999-08-06"), [], Place("test")), agreement(), calendars(),
    )
    assert section_refused(done, "E1") == sections


def test_an_exercise_cites_the_cap_alone_where_ownership_leaves_room_for_all_of_it() -> None:
    """The first exercise brings some number of shares, so the rest of the cap is not known; ownership is far off."""
    done = carry_out(
        "1999-08-06", exercise(form="cashless", shares="9000"), surrendered(),
        fact("cashless_election", "1999-08-06", exercise="E1", shares="1"),
        exercise("E2", at="1999-08-06 11:00", shares="5071913"), surrendered(name="E2"), paid("34406843.41", name="E2"),
        holders={HOLDER: "6000000"}, outstanding="900000000",
    )
    assert section_refused(done, "E2") == "5"


def section_refused(done: Replayed, exercise: str) -> str:
    """The section by which the exercise is refused, or not known to be allowed."""
    role = done.state.get(("refused", "exercise", exercise)).role
    return agreement().instruments["investor-warrants"].clause("exercise").section_of(role)


@pytest.mark.parametrize(("facts", "kind", "words"), [
    ([exercise(lot="W-9")], ProblemKind.IMPOSSIBLE_FACT, "of lot W-9, of which no warrant is recorded"),
    ([exercise(), exercise(shares="2000")], ProblemKind.DUPLICATE, "recorded twice"),
    ([fact("warrant_shares_delivered", "1999-08-06", exercise="E9", shares="1")], ProblemKind.IMPOSSIBLE_FACT,
     "exercise E9, which is not recorded"),
    ([exercise(), fact("warrant_delivered", "1999-08-09", exercise="E1", shares="1")], ProblemKind.IMPOSSIBLE_FACT,
     "no new warrant is owed for exercise E1"),
    ([fact("transfer", "1999-08-06", instrument="investor-warrants", holder=HOLDER, to="beta", lot=LOT,
           shares="447762")], ProblemKind.IMPOSSIBLE_FACT, "but holds 447761"),
    ([fact("transfer", "1999-08-06", instrument="series-b", holder=HOLDER, to="beta", lot="B-1", shares="0.5")],
     ProblemKind.IMPOSSIBLE_FACT, "write a whole number"),
    ([exercise(), fact("payment", "1999-08-09", holder=HOLDER, obligation="pay_fraction:E1", amount="1")],
     ProblemKind.IMPOSSIBLE_FACT, "not owed in cash"),
])
def test_what_cannot_be_is_a_problem(facts: list[dict[str, Any]], kind: ProblemKind, words: str) -> None:
    with pytest.raises(Problem) as raised:
        carry_out("1999-08-10", *facts)
    assert raised.value.kind is kind and words in str(raised.value)


def test_on_the_last_day_the_hour_must_be_recorded() -> None:
    with pytest.raises(Problem) as raised:
        carry_out("2003-07-28", exercise(at="2003-07-25 10:00"), surrendered("2003-07-25"), paid(on="2003-07-27"))
    assert raised.value.kind is ProblemKind.INCOMPLETE_FACT and "replace on: by at:" in str(raised.value)


def test_the_fraction_is_paid_like_any_cash_and_without_interest() -> None:
    facts = [exercise(shares="1000.25"), surrendered(), paid("6785.50")]
    for amount, status in (("1.99", "open"), ("2", "performed")):
        payment = fact("payment", "1999-08-20", holder=HOLDER, obligation="pay_fraction:E1", amount=amount)
        done = carry_out("1999-08-20", *facts, payment, prices={"1999-08-05": "8"})
        assert done.state.obligation("pay_fraction", "E1").status == status


def test_a_split_before_delivery_owes_the_new_number() -> None:
    split = fact("split", "1999-08-10", before="1", after="2")
    for delivered, status in (("1999", "breached"), ("2000", "performed")):
        done = carry_out("1999-08-11", exercise(), surrendered(), paid(), split,
                         fact("warrant_shares_delivered", "1999-08-11", exercise="E1", shares=delivered))
        assert done.state.obligation("deliver_warrant_shares", "E1").status == status


def _unpriced(instrument: str, holder: str, day: str) -> Any:
    """A cashless exercise of 2,000 without a bid to price it, and a split of two for one that comes after it."""
    return carry_out(
        "1999-08-23",
        fact("issuance", "1998-12-18", instrument=instrument, holder=holder, shares="87500", lot="W"),
        {"kind": "exercise_agreement", "at": f"{day} 10:00 America/Los_Angeles", "exercise": "E1", "holder": holder,
         "lot": "W", "shares": "2000", "form": "cashless"},
        fact("warrant_surrendered", day, exercise="E1"), fact("cashless_election", day, exercise="E1", shares="1000"),
        fact("split", "1999-08-23", before="1", after="2", record_date="1999-08-13"),
    ).state


@pytest.mark.parametrize(("day", "common", "used"), [
    ("1999-08-18", (0, 2000), (0, 2000)),  # after the record date: whatever their number is, none of them is split
    ("1999-08-12", (0, 4000), (0, 4000)),  # before it: all of them are
])
def test_shares_of_an_unknown_number_are_split_or_not(day: str, common: tuple[int, int], used: tuple[int, int]) -> None:
    state = _unpriced("investor-warrants", HOLDER, day)
    assert extent(state.position(COMMON, HOLDER)) == common
    assert extent(state.get(("value", "cap_portion_used", HOLDER))) == used
    assert extent(state.position("exchange-cap", HOLDER)) == (2 * 5071913 - used[1], 2 * 5071913)


@pytest.mark.parametrize(("day", "counted"), [("1999-08-18", (0, 2000)), ("1999-08-12", (0, 4000))])
def test_so_is_their_count_beside_the_cap(day: str, counted: tuple[int, int]) -> None:
    state = _unpriced("placement-warrant", "gemini-capital", day)
    assert extent(state.position("exchange-cap beside placement-warrant", USED)) == counted
