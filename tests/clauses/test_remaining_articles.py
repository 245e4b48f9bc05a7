"""The articles around conversion, at their edges: what is asked of nothing, twice, too late or by the wrong person."""

from datetime import date

import pytest
from carrying_out import HOLDER, carry_out, fact, notice

from paripassu.clauses.dispute import balance_due, within_a_fresh_period, within_the_original_period
from paripassu.clauses.liquidation import series_first, shared_with_equals
from paripassu.clauses.maturity import once_declared_effective, registered_and_usable
from paripassu.clauses.sufficiency import shares_are_too_few, shares_available
from paripassu.values.arithmetic import ratio
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import determined

DISPUTED = fact("dispute", "1999-08-03", notice="N1", company_shares="100", holder_shares="200",
                about="conversion price")


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (ProblemKind.IMPOSSIBLE_FACT, (DISPUTED,)),
        (ProblemKind.IMPOSSIBLE_FACT, (fact("duty_performed", "1999-08-03", obligation="deliver_report:Q9"),)),
        (ProblemKind.INCOMPLETE_FACT,
         (fact("request", "1999-08-03", case="Q1", holder=HOLDER, under="cod", matter="electronic delivery"),)),
    ],
)
def test_unfit_facts(kind: ProblemKind, facts: tuple[dict[str, object], ...]) -> None:
    with pytest.raises(Problem) as caught:
        carry_out("1999-09-30", *facts)
    assert caught.value.kind is kind
    assert caught.value.remedy


def test_a_duty_in_cash_is_paid_not_performed() -> None:
    rows = (notice(), fact("certificates_delivered", "1999-08-04", notice="N1"),
            fact("demand", "1999-08-10", case="N1", holder=HOLDER))
    owed = carry_out("1999-08-11", *rows).state.obligation("pay_default", "N1/1")
    assert owed is not None and owed.status == "open"
    with pytest.raises(Problem) as caught:
        carry_out("1999-08-11", *rows, fact("duty_performed", "1999-08-11", obligation="pay_default:N1/1"))
    assert caught.value.kind is ProblemKind.IMPOSSIBLE_FACT


@pytest.mark.parametrize(
    ("row", "what", "subject"),
    [
        (fact("calculations_received", "1999-08-04", notice="N1", firm="f"), "submission", "N1"),
        (fact("accountants_result", "1999-08-04", notice="N1", firm="f", shares="1"), "result", "N1"),
        (fact("tax_assessed", "1999-08-04", case="T1", notice="N9", tax="issue tax", amount="1"), "tax", "T1"),
        (fact("bulletin_board_election", "1999-08-04", act="A1", holder=HOLDER, event="i:D1"), "bulletin_board", "A1"),
    ],
)
def test_what_nothing_calls_for_is_refused(row: dict[str, object], what: str, subject: str) -> None:
    state = carry_out("1999-08-04", notice(), row).state
    assert state.get(("refused", what, subject)) is not None


def test_a_duty_that_arises_after_its_day_is_missed_at_once() -> None:
    done = carry_out("1999-08-10", notice(), {**DISPUTED, "on": "1999-08-10"}, readings={"R-DISP-LATE": "breach"})
    owed = done.state.obligation("submit_dispute", "N1")
    assert owed is not None
    assert (owed.status, owed.late, str(owed.due)) == ("breached", True, "1999-08-04")
    assert done.state.records.moments == sorted(done.state.records.moments)


def test_a_holder_that_converts_all_but_one_share_keeps_its_portions() -> None:
    rows = (notice(shares=2499, holder="beta"), fact("warrants_held", "1999-08-03", holder="beta", shares="0"),
            fact("series_a_held", "1999-08-03", holder="beta", shares="0"))
    state = carry_out("1999-08-03", *rows, holders={HOLDER: "5000", "beta": "2500"}, outstanding="100000000").state
    assert state.total("series-b", "beta") == 1
    assert state.total("exchange-cap", "beta") > 0
    assert state.total("reserve", "beta") > 0


BETA = {"holders": {HOLDER: "5000", "beta": "2500"}, "outstanding": "100000000"}
CONVERTS_ALL = notice(shares=2500, holder="beta")
NO_SERIES_A = fact("series_a_held", "1999-08-02", holder="beta", shares="0")


def issued(lot: str, holder: str = "beta") -> dict[str, object]:
    return fact("issuance", "1998-12-18", instrument="investor-warrants", holder=holder, shares="447761", lot=lot)


def test_without_a_register_the_reports_of_warrants_count() -> None:
    reported = fact("warrants_held", "1999-08-02", holder=HOLDER, shares="895522")
    asked = carry_out("1999-08-03", reported, registered=False).names["series-b"]
    assert asked("warrant_shares", holder=HOLDER) == 895522
    assert asked("warrant_shares_beside_cap", holder=HOLDER) == 895522
    assert asked("warrants_outstanding") == 895522


def test_without_a_register_and_a_report_the_warrants_are_not_known() -> None:
    asked = carry_out("1999-08-03", issued("W-1", HOLDER), registered=False).names["series-b"]
    assert not determined(asked("warrant_shares", holder=HOLDER))
    assert not determined(asked("warrants_outstanding"))


def test_in_the_register_a_warrant_is_its_holders_whatever_is_reported() -> None:
    moved = fact("transfer", "1999-08-02", instrument="investor-warrants", holder="beta", to=HOLDER, lot="W-1",
                 shares="447761", despite="the assignment was lost")
    reported = fact("warrants_held", "1999-08-03", holder="beta", shares="447761")
    done = carry_out("1999-08-03", issued("W-1"), moved, reported, **BETA)
    asked = done.names["series-b"]
    assert [asked("warrant_shares", holder=one) for one in ("beta", HOLDER)] == [0, 447761]
    assert done.state.get(("occurred", "warrants_reported_otherwise", "beta")).details == {
        "reported": 447761, "registered": 0}


def test_the_cap_stays_with_a_holder_of_warrants_until_it_has_none() -> None:
    moved = fact("transfer", "1999-08-04", instrument="investor-warrants", holder="beta", to=HOLDER, lot="W-1",
                 shares="447761", despite="the assignment was lost")
    rows = (issued("W-1"), NO_SERIES_A, CONVERTS_ALL, moved)
    assert carry_out("1999-08-03", *rows, **BETA).state.total("exchange-cap", "beta") > 0
    assert carry_out("1999-08-04", *rows, **BETA).state.total("exchange-cap", "beta") == 0


def test_nobody_is_left_to_take_the_portions_of_the_last_holder() -> None:
    state = carry_out("1999-08-02", notice(shares=7500), outstanding="100000000").state
    assert state.total("series-b", HOLDER) == 0
    assert state.total("reserve", HOLDER) > 0


def test_a_balance_is_due_on_the_later_of_two_days() -> None:
    result = date(1999, 8, 6)
    calendar = carry_out("1999-08-02").names["series-b"].calendar("business_days")
    assert balance_due(within_the_original_period(date(1999, 8, 5)), result) == result
    assert balance_due(within_the_original_period(date(1999, 8, 9)), result) == date(1999, 8, 9)
    assert balance_due(within_a_fresh_period(result, 3, calendar), result) == date(1999, 8, 11)


def test_shares_must_be_registered_and_usable_to_the_last_one() -> None:
    assert registered_and_usable(ratio(10), True, ratio(10))
    assert not registered_and_usable(ratio(9), True, ratio(10))
    assert not registered_and_usable(ratio(10), False, ratio(10))
    assert once_declared_effective(ratio(10), False, ratio(10))


def test_the_smaller_of_reserve_and_unissued_is_available() -> None:
    assert shares_available(ratio(4), ratio(5)) == 4
    assert shares_available(ratio(5), ratio(4)) == 4
    assert not shares_are_too_few(ratio(4), ratio(4))
    assert shares_are_too_few(ratio(4), ratio(5))


def test_a_preference_is_never_paid_more_than_whole() -> None:
    assert shared_with_equals(ratio(30), ratio(10), ratio(10)) == 1
    assert shared_with_equals(ratio(10), ratio(10), ratio(10)) == ratio(1, 2)
    assert shared_with_equals(ratio(0), ratio(0), ratio(0)) == 1
    assert series_first(ratio(10), ratio(10), ratio(10)) == 1
    assert series_first(ratio(5), ratio(10), ratio(10)) == ratio(1, 2)


@pytest.mark.parametrize(("entirely", "choice", "elects_cash", "bears"), [
    ("yes", "consideration", False, True), ("no", "multiple of face", False, True),
    ("no", "consideration", True, True), ("no", "consideration", False, False),
])
def test_only_money_that_a_transaction_gives_bears_interest(
    entirely: str, choice: str, elects_cash: bool, bears: bool
) -> None:
    told = {"transaction": "T1", "holder": HOLDER}
    rows = [
        {"kind": "announcement", "at": "1999-10-07 09:00 America/New_York", "transaction": "T1",
         "kind_of_transaction": "merger"},
        {"kind": "transaction_terms", "at": "1999-10-07 10:00 America/New_York", "transaction": "T1",
         "expected": "1999-12-06", "value_per_share": "7.25", "entirely_cash": entirely},
        fact("notice_of_transaction", "1999-11-26", **told, channel="courier", courier_copy="no",
             received="1999-11-26"),
        *([fact("cash_election", "1999-12-01", **told)] if elects_cash else []),
        fact("transaction_election", "1999-12-02", **told, choice=choice),
        {"kind": "consummation", "at": "1999-12-06 16:00 America/New_York", "transaction": "T1"},
    ]
    state = carry_out("1999-12-07", *rows).state
    unpaid = state.get(("value", "unpaid_balances", f"pay_transaction_consideration:T1:{HOLDER}"))
    assert (unpaid is not None) == bears


def test_nothing_is_left_to_choose_once_what_was_chosen_is_received() -> None:
    rows = (
        {"kind": "announcement", "at": "1999-10-07 09:00 America/New_York", "transaction": "T1",
         "kind_of_transaction": "merger"},
        {"kind": "transaction_terms", "at": "1999-10-07 10:00 America/New_York", "transaction": "T1",
         "expected": "1999-12-06", "value_per_share": "7.25", "entirely_cash": "yes"},
        fact("transaction_election", "1999-12-01", transaction="T1", holder=HOLDER, choice="multiple of face"),
        {"kind": "consummation", "at": "1999-12-06 16:00 America/New_York", "transaction": "T1"},
        fact("payment", "1999-12-07", holder=HOLDER, obligation=f"pay_transaction_consideration:T1:{HOLDER}",
             amount="9375000"),
    )
    for day, ended in (("1999-12-06", None), ("1999-12-07", date(1999, 12, 7))):
        granted = carry_out(day, *rows).state.entitlements()
        (choice,) = (one for one in granted if one.right == "choose_in_major_transaction")
        assert choice.ended == ended


CONVERTIBLES = fact("securities_issued", "1999-08-20", issue="I1", type="convertibles", principal="2000000",
                    cash="2000000", maximum_shares="500000")
"""Convertible into 500,000 shares for 2,000,000 dollars: at $4.00."""
NO_BIDS: list[dict[str, str]] = []
"""The reset of a notice not delivered by the tenth day is then known to be $6.03 at most."""


def test_a_fixed_price_that_a_missing_bid_leaves_open_is_at_most_that_of_an_issue() -> None:
    rows = (
        notice(), fact("certificates_delivered", "1999-08-02", notice="N1"), CONVERTIBLES,
        fact("price_option", "1999-08-25", issue="I1", holder=HOLDER),
    )
    before = carry_out("1999-08-24", *rows, flat=NO_BIDS).names["series-b"]("fixed_conversion_price")
    after = carry_out("1999-08-25", *rows, flat=NO_BIDS).names["series-b"]("fixed_conversion_price")
    assert (before.high, after.high) == (ratio(603, 100), 4)


def test_so_it_is_at_most_what_the_accountants_determine() -> None:
    rows = (
        notice(), fact("certificates_delivered", "1999-08-02", notice="N1"),
        fact("special_adjustment_notice", "1999-08-20", case="S1", holder=HOLDER, action="rights"),
        fact("accountants_appointed", "1999-08-23", case="S1"),
        fact("accountants_determination", "1999-08-24", case="S1", by="accountants", action="rights",
             fixed_price="3.50"),
        fact("adjustment_made", "1999-08-25", case="S1"),
    )
    after = carry_out("1999-08-25", *rows, flat=NO_BIDS).names["series-b"]("fixed_conversion_price")
    assert after.high == ratio(7, 2)
