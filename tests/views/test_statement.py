"""What a statement says, against figures worked by hand from the certificate's rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from paripassu.explaining import explain
from paripassu.replay import Replayed, replay
from paripassu.service import Loaded, Question, load
from paripassu.values.arithmetic import nearest_cent, ratio, rational, whole_nearest
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import Market, Observation
from paripassu.values.sheets import Paragraph, Table
from paripassu.values.undetermined import Need, Undetermined
from paripassu.views.breakeven import break_even
from paripassu.views.diary import diary
from paripassu.views.layout import lay_out
from paripassu.views.lines import Statement
from paripassu.views.statement import price_series, statement
from paripassu.views.undetermined import grouped

ZONE = "America/New_York"
HOLDER = "cc-investments"
WINDOW = {
    "1999-07-19": "5.0625", "1999-07-20": "5.125", "1999-07-21": "4.9375", "1999-07-22": "4.875",
    "1999-07-23": "5.00", "1999-07-26": "4.8125", "1999-07-27": "4.75", "1999-07-28": "4.9375",
    "1999-07-29": "4.6875", "1999-07-30": "4.75",
}
"""The ten bids of the specification's example for 1999-08-02."""


def fact(kind: str, when: str, **details: Any) -> Fact:
    key = "at" if " " in when else "on"
    return fact_from({"kind": kind, key: when, "source": "test", **details}, ZONE)


def loaded() -> Loaded:
    return load(Question("valence-1998"))


def bids(prices: dict[str, str]) -> list[Observation]:
    return [
        Observation("closing_bid", date.fromisoformat(day), rational(price), "test", Grade.ILLUSTRATIVE)
        for day, price in prices.items()
    ]


def run(as_of: str, more: Sequence[Fact] = (), prices: dict[str, str] | None = None) -> tuple[Replayed, Statement]:
    deal = loaded()
    market = Market(tuple(bids(prices)), deal.market.calendars) if prices else deal.market
    facts = (*deal.facts, *more)
    done = replay(deal.agreement, facts, market, date.fromisoformat(as_of))
    return done, statement(done, facts, 0)


def defaulted() -> list[Fact]:
    """1,000 shares noticed on Monday 1999-08-02, certificates on the 4th, nothing delivered, demanded on the 13th."""
    return [
        fact("beneficial_ownership", "1999-07-30", holder=HOLDER, owned="0", acquirable="0"),
        fact("notice_of_conversion", "1999-08-02 10:00 America/New_York", notice="N-1", holder=HOLDER,
             face_amount="1000000", date_specified="1999-08-02"),
        fact("confirmation_of_receipt", "1999-08-02", notice="N-1"),
        fact("certificates_delivered", "1999-08-04", notice="N-1"),
        fact("demand", "1999-08-13", holder=HOLDER, case="N-1"),
        fact("legal_maximum_rate", "1999-08-13", rate="0.30", by="counsel"),
    ]


def falling(first: str, last: str) -> dict[str, str]:
    """The window of the example, then a bid that falls by a 64th every open day."""
    deal = loaded()
    days = deal.market.calendars.get("us-exchange").between(date.fromisoformat(first), date.fromisoformat(last))
    return WINDOW | {day.isoformat(): f"{64 * 4 - index}/64" for index, day in enumerate(days)}


def test_the_real_day_says_what_binds_and_what_is_missing() -> None:
    _, made = run("1999-11-04")
    (right,) = made.conversions
    assert right.common_for_all.value == 1677067
    # 4.9 % of 26,704,073 reported and 480,824 sold since, the new shares counted: (49 x 27,184,897) / 951.
    limit = next(one for one in right.limits if one.name == "ownership_room")
    assert isinstance(limit.room.value, Undetermined) and limit.room.value.high == 49 * 27184897 // 951
    assert limit.binds
    assert {one.name for one in made.missing} == {"beneficial_ownership", "closing_bid"}


def test_missing_bids_are_one_span() -> None:
    _, made = run("1999-11-04")
    (bid,) = [one for one in made.missing if one.name == "closing_bid"]
    # The sale of 1999-06-28 is compared with the bid of the trading day before; the window of 1999-07-27 begins ten
    # trading days before it; the first bid on record is that of 1999-10-21.
    spans = [(str(span.first), str(span.last)) for span in bid.spans]
    assert spans == [("1999-06-25", "1999-06-25"), ("1999-07-13", "1999-10-20")]


def test_a_day_without_trading_does_not_part_a_span() -> None:
    calendar = loaded().market.calendars.get("us-exchange")
    days = [date(1999, 9, 3), date(1999, 9, 7), date(1999, 9, 9)]
    (missing,) = grouped([(Need("closing_bid", "", day), "a price") for day in days], calendar)
    assert [(span.first.day, span.last.day) for span in missing.spans] == [(3, 7), (9, 9)]


def test_the_reserve_turns_short_below_the_price_of_the_example() -> None:
    """Thursday 1999-10-14, 300 days, 7,500 shares against 4,000,000: short when the price falls below 3.934932."""
    done, _ = run("1999-10-14")
    found = break_even(done.names["series-b"], "reserve_is_short", "conversion_price", date(1999, 10, 14), {})
    assert found is not None
    assert ratio(whole_nearest(found.threshold * 10**6), 10**6) == rational("3.934932")
    assert (found.above, found.below) == (False, True)


def test_no_break_even_where_the_answer_does_not_depend_on_the_unknown() -> None:
    done, _ = run("1999-03-01")
    assert break_even(done.names["series-b"], "conversion_price", "lowest_bids_mean", date(1999, 3, 1), {}) is None


def test_a_default_grows_by_one_per_cent_of_face_a_day() -> None:
    _, made = run("1999-09-30", defaulted(), falling("1999-08-02", "1999-09-30"))
    lines = {one.id: one for one in made.obligations}
    assert lines["accruing_default:N-1"].grows == 10000
    # Four days at 500, four at 10,000 (August 10 to 13), premium 37,315.07.
    assert nearest_cent(lines["pay_default:N-1/1"].amount.value) == rational("79315.07")  # type: ignore[union-attr]
    # Due on Friday 1999-08-20; 41 days at 24 % on 79,315.07.
    interest = lines["pay_default:N-1/1"].interest
    assert interest is not None and nearest_cent(interest.value) == rational("2138.25")
    assert lines["deliver_common:N-1"].status == "breached"


def paid(when: str, amount: str) -> Fact:
    return fact("payment", when, holder=HOLDER, obligation="pay_default:N-1/1", amount=amount)


def test_interest_on_a_late_payment_stays_outstanding_until_it_is_paid() -> None:
    """Due 1999-08-20, paid on the 25th: 79,315.07 x 0.24 x 5 / 365 = 260.76."""
    prices = falling("1999-08-02", "1999-09-01")
    late = [*defaulted(), paid("1999-08-25", "79315.07")]
    done, made = run("1999-09-01", late, prices)
    line = next(one for one in made.obligations if one.id == "pay_default:N-1/1")
    assert (line.status, line.late, line.outstanding, line.owes_interest) == ("performed", True, True, True)
    assert line.interest_unpaid is not None and line.interest_unpaid.value == rational("260.76")
    today = next(one for one in lay_out(made, (), ()).sections if one.title == "Today")
    said = [one.text for one in today.blocks if isinstance(one, Paragraph)]
    assert any("(pay_default:N-1/1)" in text and "$260.76" in text for text in said)
    done, made = run("1999-09-01", [*late, paid("1999-09-01", "260.76")], prices)
    line = next(one for one in made.obligations if one.id == "pay_default:N-1/1")
    assert (line.outstanding, line.owes_interest) == (False, False)
    owed = done.state.obligation("pay_default", "N-1/1")
    assert owed is not None and owed.ended == date(1999, 8, 25)


def test_nothing_grows_once_performed() -> None:
    delivered = fact("shares_delivered", "1999-08-05", notice="N-1", shares="213875")
    _, made = run("1999-08-31", [*defaulted()[:4], delivered], falling("1999-08-02", "1999-08-31"))
    line = next(one for one in made.obligations if one.id == "deliver_common:N-1")
    assert (line.status, line.grows) == ("performed", None)


def test_an_explanation_of_a_reset_price_ends() -> None:
    """The price falls every day of a default of 170 days; each day's price rests on the reset of the day before."""
    last = "2000-01-21"
    done, _ = run(last, defaulted()[:4], falling("1999-08-02", last))
    names = done.names["series-b"]
    figure = explain(names, "fixed_conversion_price", names.point(None, None, {"lot": "B-1"}))
    assert figure.value == names("fixed_conversion_price", lot="B-1")
    assert sum(1 for _ in figure.walk()) < 2000


def one_lot_reset(*more: Fact) -> list[Fact]:
    """The default of a holder of 1,000 whose other shares are another's: its last 500, reset, wait in a lot alone."""
    sold = fact("transfer", "1999-01-11", instrument="series-b", holder=HOLDER, to="fund-two", lot="B-1", shares="6500")
    notice = fact("notice_of_conversion", "1999-08-02 10:00 America/New_York", notice="N-1", holder=HOLDER,
                  face_amount="500000", date_specified="1999-08-02")
    reports = [fact("beneficial_ownership", "1999-07-27", holder=one, owned="0", acquirable="0")
               for one in (HOLDER, "fund-two")]
    return [sold, *reports, notice, fact("certificates_delivered", "1999-08-04", notice="N-1"),
            fact("shares_delivered", "1999-08-23", notice="N-1", shares="106938"), *more]


LAST_OF_THE_LOT = fact("notice_of_conversion", "1999-08-24 10:00 America/New_York", notice="N-2", holder=HOLDER,
                       face_amount="500000", date_specified="1999-08-24")


def test_once_a_reset_lot_is_used_up_the_price_of_the_others_is_the_one_in_effect() -> None:
    """The price of the closing, $6.03, is fund-two's alone from 1999-08-24; the day before there are two."""
    prices = falling("1999-08-02", "1999-09-30")
    done, made = run("1999-08-24", one_lot_reset(LAST_OF_THE_LOT), prices)
    shown = {one.name: one.value for one in made.prices}
    assert shown["fixed_conversion_price"] == rational("6.03")
    assert shown["conversion_price"] == done.names["series-b"]("conversion_price", lot="B-1")
    points = price_series(done, date(1999, 8, 23), date(1999, 8, 24))
    assert [point.fixed for point in points] == [None, rational("6.03")]


def test_where_lots_carry_different_prices_each_in_force_is_shown_with_its_lots() -> None:
    done, made = run("1999-08-23", one_lot_reset(), falling("1999-08-02", "1999-09-30"))
    fixed = {one.subject: one.value for one in made.prices if one.name == "fixed_conversion_price"}
    assert list(fixed) == ["B-1", "B-1/N-1"] and fixed["B-1/N-1"] < fixed["B-1"] == rational("6.03")
    for name in ("conversion_price", "shares_per_preferred"):
        shown = {one.subject: one.value for one in made.prices if one.name == name}
        assert shown == {lot: done.names["series-b"](name, lot=lot) for lot in fixed}
    prices = next(block for section in lay_out(made, (), ()).sections if section.title == "Prices"
                  for block in section.blocks if isinstance(block, Table))
    assert {"Conversion price in effect of B-1", "Conversion price in effect of B-1/N-1"} <= {
        row[0] for row in prices.rows}


def test_the_price_of_the_lot_left_has_a_break_even_where_bids_are_missing() -> None:
    prices = falling("1999-08-02", "1999-08-24")
    _, made = run("1999-09-02", one_lot_reset(LAST_OF_THE_LOT), prices)
    assert made.price_break_even is not None and made.price_break_even.above == rational("6.03")


def test_the_diary_of_the_closing_day() -> None:
    done, _ = run("1998-12-18")
    days = [entry.day for entry in diary(done) if entry.day]
    assert date(1998, 12, 23) in days and date(1999, 3, 18) in days and date(1999, 2, 8) in days
    assert days == sorted(days)


def test_a_duty_that_waits_is_in_the_diary_without_a_date() -> None:
    done, _ = run("1999-08-02", defaulted()[:2], falling("1999-08-02", "1999-08-03"))
    waiting = [entry for entry in diary(done) if entry.day is None]
    assert [entry.waits_for for entry in waiting] == ["certificates_delivered"]


def test_a_gap_in_the_prices_stays_a_gap() -> None:
    done, _ = run("1999-11-04")
    points = price_series(done, date(1999, 10, 19), date(1999, 11, 4))
    by_day = {point.day: point for point in points}
    assert by_day[date(1999, 10, 20)].closing_bid is None
    assert by_day[date(1999, 10, 21)].closing_bid == rational("4.5")
    assert by_day[date(1999, 11, 3)].variable is None
    assert by_day[date(1999, 11, 4)].variable == ratio(18079, 3840)
    assert all((later.day - earlier.day) >= timedelta(1) for earlier, later in zip(points, points[1:], strict=False))


def test_an_assumed_fact_is_listed_with_who_says_so() -> None:
    assumed = fact("beneficial_ownership", "1999-11-01", holder=HOLDER, owned="0", acquirable="0", grade="assumed")
    _, made = run("1999-11-04", [assumed])
    (line,) = made.basis.assumptions
    assert (line.source, line.grade) == ("test", Grade.ASSUMED)
    # Nothing else owned: the room is known, and 6,264 is the most whose rounded-up common fits 1,400,693.
    assert made.conversions[0].convertible.value == 6264


def test_bounds_of_a_conversion_hold_whatever_the_missing_bids_were() -> None:
    """Fewer shares fit the limit at a lower price, and each gives more common: the most lies between the ends."""
    unknown, _ = run("1999-08-02", defaulted()[:4])
    due = unknown.state.get(("value", "shares_due", "N-1"))
    assert isinstance(due, Undetermined)
    for bid in ("1/4", "1/2", "1", "2", "3", "4", "6", "12"):
        done, _ = run("1999-08-02", defaulted()[:4], dict.fromkeys(WINDOW, bid))
        actual = done.state.get(("value", "shares_due", "N-1"))
        assert due.low is None or due.low <= actual
        assert due.high is None or actual <= due.high


def test_what_follows_from_a_fact_later_carries_its_grade() -> None:
    """The reserve is charged at the close of business, by a moment the notice scheduled: as good as the notice."""
    notice = fact("notice_of_conversion", "1999-03-01 10:00 America/New_York", notice="N-1", holder=HOLDER,
                  face_amount="1000000", date_specified="1999-03-01", grade="illustrative")
    owned = fact("beneficial_ownership", "1999-02-28", holder=HOLDER, owned="0", acquirable="0")
    done, _ = run("1999-03-02", [owned, notice])
    names = done.names["series-b"]
    assert explain(names, "reserve_balance", names.point(None, None, {})).grade == Grade.ILLUSTRATIVE
    before, _ = run("1999-02-28", [owned, notice])
    names = before.names["series-b"]
    assert explain(names, "reserve_balance", names.point(None, None, {})).grade == Grade.FILING


def test_what_happened_says_nothing_by_which_clauses_only_tell_each_other() -> None:
    done, made = run("1999-11-29", prices={"1999-11-26": "7.00", "1999-11-29": "7.00"})
    told = {"securities_offered", "adjustment_considered"}
    assert told <= {key[1] for key in done.state.keys("occurred")}
    assert told.isdisjoint(line.kind for line in made.events)


def test_a_duty_to_a_holder_is_said_without_the_name_of_its_record() -> None:
    wound_up = [
        fact("liquidation", "2000-03-31", case="L1"),
        fact("equal_preference", "2000-06-30", stock="series-a", amount="0"),
        fact("final_distribution", "2000-06-30", case="L1", assets="1000000", dues_per_share="0"),
    ]
    _, made = run("2000-06-30", wound_up)
    (owed,) = [line for line in made.obligations if line.id.startswith("pay_preference")]
    assert HOLDER not in owed.what and "L1" in owed.what


def test_an_accrual_that_ended_at_nothing_is_not_shown_as_owed() -> None:
    refused = [fact("refusal_to_convert", "1999-08-02", case="R1")]
    for day, shown in (("1999-08-03", False), ("1999-08-04", True)):
        sold = fact("transfer", day, instrument="series-b", holder=HOLDER, to="gamma", lot="B-1", shares="7500")
        _, made = run("1999-08-10", [*refused, sold])
        rows = [row[0] for section in lay_out(made, (), ()).sections for block in section.blocks
                if isinstance(block, Table) and block.title == "Duties" for row in block.rows]
        assert any(f"(accruing_default:R1/{HOLDER})" in str(row) for row in rows) is shown
        assert any("(accruing_default:R1/gamma)" in str(row) for row in rows)


WARRANT = fact("issuance", "1998-12-18", instrument="investor-warrants", holder=HOLDER, shares="447761", lot="W-9")
SPLIT = fact("split", "1999-03-23", before="2", after="3", record_date="1999-03-12", grade="illustrative")


def test_a_split_counts_among_the_assumptions_from_its_record_date_on() -> None:
    """It moves the price of a warrant from then on, so it must be seen, though it is effective later."""
    _, before = run("1999-03-12", [WARRANT, SPLIT])
    _, between = run("1999-03-13", [WARRANT, SPLIT])
    _, after = run("1999-03-23", [WARRANT, SPLIT])
    assert [[one.source for one in made.basis.assumptions if one.day == SPLIT.effective]
            for made in (before, between, after)] == [[], ["test"], ["test"]]
    assert [made.basis.of_record for made in (before, between, after)] == [0, 1, 0]
    told = [line.words for line in between.events if line.name == "split"]
    assert told == ["record date: on 1999-03-23 Common Stock is split 3 for 2"]
    assert [(line.day, line.words) for line in after.events if line.name == "split"] == [
        (SPLIT.effective, "Common Stock is split 3 for 2")]


def test_a_price_moved_after_a_record_date_names_the_split() -> None:
    done, _ = run("1999-03-13", [WARRANT, SPLIT])
    names = done.names["investor-warrants"]
    price = explain(names, "exercise_price", names.point(None, None, {"lot": "W-9"}))
    assert (price.how, price.grade, price.source) == (
        "since 1999-03-13: Common Stock is split 3 for 2", Grade.ILLUSTRATIVE, "test")
