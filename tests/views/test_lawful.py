"""What a statement says of the shares that may lawfully be redeemed."""

from __future__ import annotations

from datetime import date
from typing import Any

from paripassu import store
from paripassu.render.html import page
from paripassu.render.text import sheet_text
from paripassu.replay import replay
from paripassu.service import Question, load
from paripassu.values.arithmetic import ratio
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import Market, Observation
from paripassu.values.sheets import Paragraph, Section, Sheet, Table
from paripassu.values.undetermined import Undetermined
from paripassu.views.layout import lay_out
from paripassu.views.lines import Statement
from paripassu.views.statement import statement

HOLDER = "cc-investments"
SHARES = {"R1": "1500", "R2": "750"}


def fact(kind: str, on: str, **details: Any) -> Fact:
    return fact_from({"kind": kind, "on": on, "source": "test", **details}, "America/New_York")


def run(as_of: str, amount: str, *more: Fact, known: bool = True) -> Statement:
    """Two notices of September 15, 1999 at 5.00 a share (1,250 each), an amount of the day before."""
    deal = load(Question("valence-1998"))
    calendar = deal.market.calendars.get("us-exchange")
    days = calendar.between(date(1999, 7, 12), date(1999, 9, 14 if not known else 30))
    bids = tuple(Observation("closing_bid", day, ratio(5), "test", Grade.ILLUSTRATIVE) for day in days)
    facts = (
        *deal.facts,
        fact("finding", "1999-09-13", event="listing_terminated", of="cod", case="D1", by="counsel", reason="resolved"),
        *([fact("lawful_amount", "1999-09-14", amount=amount, by="the board")] if amount else []),
        *(fact("redemption_notice", "1999-09-15", notice=name, holder=HOLDER, event="i:D1", shares=shares,
               date_of_notice="1999-09-15") for name, shares in SHARES.items()),
        *more,
    )
    market = Market(bids, deal.market.calendars)
    return statement(replay(deal.agreement, facts, market, date.fromisoformat(as_of)), facts, 0)


def section(sheet: Sheet, heading: str) -> Section:
    return next(one for one in sheet.sections if one.title == heading)


def said(made: Statement) -> list[str]:
    blocks = section(lay_out(made, (), ()), "Today").blocks
    return [one.text for one in blocks if isinstance(one, Paragraph) and "lawfully" in one.text]


def tables(made: Statement) -> list[Table]:
    blocks = section(lay_out(made, (), ()), "What is owed").blocks
    return [one for one in blocks if isinstance(one, Table) and one.title == "What may lawfully be redeemed"]


def test_each_notice_has_its_part_and_the_limit_is_named() -> None:
    made = run("1999-09-15", "790000")
    # 790,000 / 1,250 = 632, two thirds and one third of which are 421.33 and 210.67
    (found,) = made.lawful
    assert [(one.notice, one.redeemable.value, one.payable.value) for one in found.parts] == [
        ("R1", 421, 526250), ("R2", 211, 263750)]
    assert (found.shares.value, found.wanted, found.binds) == (632, 2250, True)
    (table,) = tables(made)
    assert [str(getattr(row[6], "text", row[6])) for row in table.rows] == ["binds"] * 3 + ["-"]
    assert said(made) == [
        "Of 2,250 preferred shares still to be redeemed under notices, 632 may lawfully be redeemed: the lawful "
        "amount, of which $790,000.00 is left, binds (cod VIII.F)."]


def test_the_numbers_open_into_what_they_come_from() -> None:
    (found,) = run("1999-09-15", "790000").lawful
    names = {one.name for one in found.parts[0].redeemable.inputs[0].inputs}
    assert found.parts[0].redeemable.inputs[0].name == "pro_rata_shares" and "affordable_shares" in names
    amounts = next(one for one in found.shares.inputs if one.name == "amounts_noticed")
    assert [one.name for one in amounts.inputs] == ["original_amount", "original_amount"]
    assert found.shares.grade is Grade.ILLUSTRATIVE, "the bids are, though report and notices are recorded"


def test_text_and_page_show_the_numbers() -> None:
    sheet = lay_out(run("1999-09-15", "790000"), (), ())
    printed, drawn = sheet_text(sheet), page(sheet, store.read_template("page.html"), store.read_template("page.css"))
    for figure in ("421", "211", "$526,250.00", "$263,750.00"):
        assert figure in printed and figure in drawn


def test_an_amount_that_is_enough_does_not_bind() -> None:
    enough, short = run("1999-09-15", "2812500"), run("1999-09-15", "2812499.99")
    assert (enough.lawful[0].binds, short.lawful[0].binds) == (False, True)
    assert said(enough) == [] and len(said(short)) == 1
    assert [str(getattr(row[6], "text", row[6])) for row in tables(enough)[0].rows[:3]] == ["does not bind"] * 3


def test_without_a_report_nothing_is_said() -> None:
    made = run("1999-09-15", "")
    assert made.lawful == () and tables(made) == [] and said(made) == []


def test_an_unknown_price_leaves_bounds() -> None:
    made = run("1999-09-15", "790000", known=False)
    (found,) = made.lawful
    assert found.binds is True, "2,250 shares cost 1,250 each at least"
    assert isinstance(found.shares.value, Undetermined) and found.shares.value.high == 632
    assert "at most 632 may lawfully be redeemed" in said(made)[0]
    assert isinstance(found.parts[0].payable.value, Undetermined) and found.parts[0].payable.value.high is None
    undecided = run("1999-09-15", "2900000", known=False)
    assert undecided.lawful[0].binds is None and "may bind" in said(undecided)[0]


def test_what_was_redeemed_is_shown_beside_what_may_still_be() -> None:
    paid = fact("payment", "1999-09-17", holder=HOLDER, obligation="pay_redemption:R1", amount="526250")
    (found,) = run("1999-09-17", "790000", paid).lawful
    assert [(one.noticed, one.redeemed, one.redeemable.value) for one in found.parts] == [(1500, 421, 0), (750, 0, 211)]
    assert found.left.value == 263750
