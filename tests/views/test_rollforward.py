"""The roll-forward against periods worked by hand: both edges of a period, shares, dollars, demands, rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from test_register import HOLDER, ISSUED, TWO_TRANSFERS, address, run, transfer
from test_statement import defaulted, fact, falling
from test_statement import run as run_statement

from paripassu import codec
from paripassu.render.text import sheet_text
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ratio
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import Undetermined
from paripassu.views.register import register
from paripassu.views.register_sheet import MOVEMENT_COLUMNS, movement_rows, register_sheet
from paripassu.views.rollforward import RollForward, RollLine, roll_forward

SOLD = ("1999-03-01", transfer(HOLDER, "beta", "2500"))


def rolled(first: str, done: Replayed, instrument: str = "") -> RollForward:
    return roll_forward(done, date.fromisoformat(first), instrument)


def in_default(as_of: str, *more: Any) -> Replayed:
    """1,000 shares noticed on 1999-08-02 and not delivered by 1999-08-05, demanded on the 13th."""
    done, _ = run_statement(as_of, [*defaulted(), *more], falling("1999-08-02", as_of))
    return done


def lines(made: RollForward, asset: str) -> dict[str, RollLine]:
    return {one.holder: one for one in made.shares[asset]}


def test_a_period_includes_its_first_and_its_last_day() -> None:
    done = run("1999-03-01", ISSUED, SOLD)
    whole = lines(rolled("1998-12-18", done), "series-b")
    assert (whole[HOLDER].opening, whole[HOLDER].moved, whole[HOLDER].closing) == (
        0, {"issued": 7500, "transferred out": -2500}, 5000)
    assert (whole["beta"].opening, whole["beta"].moved, whole["beta"].closing) == (0, {"transferred in": 2500}, 2500)
    later = lines(rolled("1998-12-19", done), "series-b")
    assert (later[HOLDER].opening, later[HOLDER].moved) == (7500, {"transferred out": -2500})
    last = lines(rolled("1999-03-01", done), "series-b")
    assert last[HOLDER].opening == 7500 and last["beta"].opening == 0
    before = lines(rolled("1998-12-18", run("1999-02-28", ISSUED, SOLD)), "series-b")
    assert set(before) == {HOLDER, ""} and before[""].closing == 7500


def test_the_total_of_a_transfer_moves_nothing() -> None:
    total = lines(rolled("1999-01-01", run("1999-06-30", ISSUED, SOLD)), "series-b")[""]
    assert (total.opening, total.moved, total.closing) == (
        7500, {"transferred out": -2500, "transferred in": 2500}, 7500)
    assert total.unexplained == 0


def test_every_line_leads_to_its_movements_and_a_transfer_is_one_movement() -> None:
    made = rolled("1998-12-18", run("1999-06-30", ISSUED, SOLD))
    by_number = {one.number: one for one in made.movements}
    found = lines(made, "series-b")
    (out,), (into,) = found[HOLDER].movements["transferred out"], found["beta"].movements["transferred in"]
    assert out == into
    moved = by_number[out]
    assert (moved.day, moved.source, moved.target, moved.quantity, moved.lot) == (
        date(1999, 3, 1), HOLDER, "beta", 2500, "B-1")
    assert str(moved.citation) == "cod IV.G(ii)"
    assert [one.number for one in made.movements] == [1, 2]


def test_a_conversion_leaves_the_preferred_and_enters_the_common() -> None:
    done = in_default("1999-08-09")
    made = rolled("1999-08-01", done)
    preferred, common = lines(made, "series-b")[HOLDER], lines(made, "common")[HOLDER]
    assert (preferred.opening, preferred.moved, preferred.closing) == (7500, {"converted": -1000}, 6500)
    # The specification's example: 213,875 shares for 1,000 at 1999-08-02.
    assert (common.opening, common.moved, common.closing) == (0, {"issued": 213875}, 213875)


def test_a_split_adjusts_the_common() -> None:
    common = {"kind": "common_issued", "holder": HOLDER, "shares": "1000", "under": "warrant"}
    done = run("1999-06-30", ISSUED, ("1999-02-01", common), ("1999-03-01", {"kind": "split", "before": "2",
                                                                            "after": "3"}))
    line = lines(rolled("1999-02-15", done), "common")[HOLDER]
    assert (line.opening, line.moved, line.closing) == (1000, {"adjusted": 500}, 1500)


def test_a_line_that_does_not_foot_says_by_how_much() -> None:
    line = RollLine("series-b", HOLDER, 10, {"issued": 5}, 18, {"issued": (1,)})
    assert line.unexplained == 3
    vague = Undetermined(frozenset(), 0, 4)
    for most, foots in ((14, True), (15, False)):
        closing = Undetermined(frozenset(), 10, most)
        left = RollLine("series-b", HOLDER, 10, {"converted": vague}, closing, {}).unexplained
        assert (not isinstance(left, Undetermined)) is foots


def test_an_undetermined_movement_is_shown_with_its_bounds_and_foots() -> None:
    notice = {"kind": "notice_of_conversion", "notice": "N1", "holder": HOLDER, "face_amount": "1000000",
              "date_specified": "1999-06-07"}
    done = run("1999-06-30", ISSUED, ("1999-06-07 10:00 America/New_York", notice))
    made = rolled("1999-06-01", done)
    line = lines(made, "series-b")[HOLDER]
    assert (line.moved["converted"].low, line.moved["converted"].high) == (-1000, 0)
    assert (line.closing.low, line.closing.high, line.unexplained) == (6500, 7500, 0)
    rows = [row for row, _ in codec.parse_csv(codec.to_csv(MOVEMENT_COLUMNS, movement_rows(made)), "rows")]
    assert [(row["quantity"], row["at_least"], row["at_most"]) for row in rows if row["asset"] == "series-b"] == [
        ("", "0", "1000")]
    assert "between 6,500 and 7,500" in sheet_text(register_sheet(register(done), made, ()))


def payment(amount: str) -> Any:
    return fact("payment", "1999-08-20", holder=HOLDER, obligation="pay_default:N-1/1", amount=amount)


def test_dollars_accrue_until_demanded_and_are_then_owed_under_the_demand() -> None:
    # $500 a day from the day after the delivery period, 1999-08-06 on; the period opens on the tenth: four days.
    made = rolled("1999-08-10", in_default("1999-08-12"))
    (accruing,) = made.owed
    assert (accruing.line.asset, accruing.debtor, accruing.creditor) == ("accruing_default:N-1", "company", HOLDER)
    assert accruing.line.opening == 2000
    assert set(accruing.line.moved) == {"accrued"} and accruing.line.unexplained == 0
    assert (accruing.figure, accruing.at) == (
        "default_not_demanded", {"notice": "N-1", "holder": HOLDER, "accrual": "N-1"})
    demanded = {one.line.asset: one.line for one in rolled("1999-08-10", in_default("1999-08-16")).owed}
    new_duty = demanded["pay_default:N-1/1"]
    assert new_duty.moved["demanded"] == -demanded["accruing_default:N-1"].moved["demanded"] > 0


def test_nothing_is_owed_twice_and_a_payment_lowers_what_is_owed() -> None:
    done = in_default("1999-09-01", payment("1000"))
    made = rolled("1999-08-10", done)
    assert made.owed_total is not None
    names = done.names["series-b"]
    whole = names("default_payment", notice="N-1", holder=HOLDER)
    interest = names("default_interest", obligation="pay_default:N-1/1")
    assert abs(made.owed_total.closing - (whole + interest - 1000)) <= ratio(2, 100)
    assert made.owed_total.moved["paid"] == -1000 and made.owed_total.moved["demanded"] == 0
    (number,) = made.owed_total.movements["paid"]
    paid = next(one for one in made.movements if one.number == number)
    assert (paid.day, paid.quantity, str(paid.citation)) == (date(1999, 8, 20), 1000, "cod XIV.E")


def test_the_closing_of_one_period_is_the_opening_of_the_next() -> None:
    middle = date(1999, 8, 18)
    before = {one.line.asset: one.line.closing for one in rolled("1999-08-01", in_default(middle.isoformat())).owed}
    after = rolled((middle + timedelta(days=1)).isoformat(), in_default("1999-09-01", payment("1000")))
    assert before and {one.line.asset: one.line.opening for one in after.owed} == before


def test_a_payment_on_the_first_day_is_in_the_period_and_the_day_after_it_is_not() -> None:
    done = in_default("1999-09-01", payment("1000"))
    for first, has in (("1999-08-20", True), ("1999-08-21", False)):
        paid = {one.line.asset for one in rolled(first, done).owed if "paid" in one.line.moved}
        assert bool(paid) is has


def test_only_one_security_where_it_is_named() -> None:
    done = in_default("1999-09-01")
    assert set(rolled("1999-08-01", done, "common").shares) == {"common"}
    assert rolled("1999-08-01", done, "common").owed == ()
    assert set(rolled("1999-08-01", done, "series-b").shares) == {"series-b"}


def test_a_period_that_ends_before_it_begins_is_a_problem() -> None:
    with pytest.raises(Problem) as raised:
        rolled("1999-03-02", run("1999-03-01", ISSUED))
    assert raised.value.kind is ProblemKind.BAD_DATE


def test_the_sheet_names_movements_and_says_that_lines_foot() -> None:
    done = run("1999-06-30", *TWO_TRANSFERS, ("1998-12-18", address("beta", "a street")))
    text = sheet_text(register_sheet(register(done), rolled("1998-12-18", done), (("deal", "x"),)))
    assert "all holders" in text and "foots" in text and "unexplained" not in text
    assert "7,500 [1]" in text and "Prior owners" in text and "a street" not in text.split("MOVEMENTS")[1]
    assert "deal: x" in text


def test_what_was_paid_before_the_demand_is_rolled_forward_where_it_was_paid() -> None:
    early = fact("payment", "1999-08-11", holder=HOLDER, obligation="accruing_default:N-1", amount="1000")
    rows = {one.line.asset: one.line for one in rolled("1999-08-10", in_default("1999-08-16", early)).owed}
    without = {one.line.asset: one.line for one in rolled("1999-08-10", in_default("1999-08-16")).owed}
    accruing, demanded = rows["accruing_default:N-1"], rows["pay_default:N-1/1"]
    assert accruing.moved["paid"] == -1000 and accruing.unexplained == 0
    assert accruing.closing == without["accruing_default:N-1"].closing
    assert demanded.moved["demanded"] == without["pay_default:N-1/1"].moved["demanded"] - 1000
