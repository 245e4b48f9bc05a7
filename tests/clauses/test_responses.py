"""Answers to facts at their edges: what is said twice, of nothing, in the wrong order, or too much."""

import pytest
from carrying_out import HOLDER, carry_out, fact, notice

from paripassu.values.arithmetic import nearest_cent
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import Undetermined

LATE = (notice(), fact("certificates_delivered", "1999-08-04", notice="N1"))
EVENT = fact("finding", "1999-09-13", event="listing_terminated", of="cod", case="D1", by="counsel", reason="resolved")


def redemption(name: str, shares: str, **more: object) -> dict[str, object]:
    return fact("redemption_notice", "1999-09-15", notice=name, holder=HOLDER, event="i:D1", shares=shares,
                date_of_notice="1999-09-15", **more)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (ProblemKind.DUPLICATE, (notice(), notice(at="1999-08-02 11:00"))),
        (ProblemKind.IMPOSSIBLE_FACT, (fact("certificates_delivered", "1999-08-04", notice="N7"),)),
        (ProblemKind.IMPOSSIBLE_FACT, (fact("certificates_surrendered", "1999-08-04", notice="N7"),)),
        (ProblemKind.IMPOSSIBLE_FACT, (fact("confirmation_of_receipt", "1999-08-04", notice="N7"),)),
        (ProblemKind.IMPOSSIBLE_FACT, (fact("shares_delivered", "1999-08-04", notice="N7", shares="1"),)),
        (ProblemKind.DUPLICATE, (*LATE, fact("certificates_delivered", "1999-08-05", notice="N1"))),
        (ProblemKind.IMPOSSIBLE_FACT, (notice(lots={"cc-investments-1": "999"}),)),
        (ProblemKind.IMPOSSIBLE_FACT,
         (fact("transfer", "1999-08-02", instrument="series-b", holder=HOLDER, to="x", lot="cc-investments-1",
               shares="7501"),)),
        (ProblemKind.IMPOSSIBLE_FACT,
         (fact("payment", "1999-08-02", holder=HOLDER, obligation="pay_default:N1/1", amount="1"),)),
        (ProblemKind.UNKNOWN_NAME,
         (fact("finding", "1999-08-02", event="listing_terminated", of="rra", case="D1", by="x", reason="y"),)),
        (ProblemKind.DUPLICATE, (EVENT, redemption("R1", "1"), {**redemption("R1", "1"), "on": "1999-09-16"})),
        (ProblemKind.IMPOSSIBLE_FACT, (EVENT, redemption("R1", "2", lots={"cc-investments-1": "1"}))),
        (ProblemKind.IMPOSSIBLE_FACT, (EVENT, redemption("R1", "1", lots={"B-7": "1"}))),
    ],
)
def test_unfit_facts(kind: ProblemKind, facts: tuple[dict[str, object], ...]) -> None:
    with pytest.raises(Problem) as caught:
        carry_out("1999-09-30", *facts)
    assert caught.value.kind is kind
    assert caught.value.remedy


def test_a_second_confirmation_changes_nothing() -> None:
    first = (notice(), fact("confirmation_of_receipt", "1999-08-02", notice="N1"))
    again = fact("confirmation_of_receipt", "1999-08-03", notice="N1")
    owed = carry_out("1999-08-04", *first, again).state.obligation("surrender_certificates", "N1")
    assert owed is not None
    assert str(owed.due) == "1999-08-04"


def test_certificates_after_full_delivery_do_not_reopen_the_duty() -> None:
    done = carry_out(
        "1999-08-31", notice(), fact("shares_delivered", "1999-08-03", notice="N1", shares="205409"),
        fact("certificates_delivered", "1999-08-10", notice="N1"),
    )
    owed = done.state.obligation("deliver_common", "N1")
    assert owed is not None
    assert owed.status == "performed"
    assert done.state.get(("occurred", "conversion_default", "N1")) is None


def test_a_notice_confirmed_after_the_certificates_came_asks_for_no_surrender() -> None:
    done = carry_out("1999-08-10", *LATE, fact("confirmation_of_receipt", "1999-08-05", notice="N1"))
    assert done.state.obligation("surrender_certificates", "N1") is None


def test_more_delivered_than_due_is_in_full() -> None:
    done = carry_out("1999-08-31", *LATE, fact("shares_delivered", "1999-08-05", notice="N1", shares="205410"))
    owed = done.state.obligation("deliver_common", "N1")
    assert owed is not None
    assert owed.status == "performed"


def test_a_price_that_is_missing_blocks_only_what_needs_it() -> None:
    done = carry_out("1999-08-31", *LATE, flat=[{"from": "1999-07-20", "to": "1999-08-31", "bid": "5.00"}])
    names = done.names["series-b"]
    assert isinstance(names("conversion_shares", on=done.state.as_of.replace(day=2), notice="N1"), Undetermined)
    assert names("delivery_period_end", notice="N1").isoformat() == "1999-08-05"
    assert names("first_phase_payment", notice="N1", holder=HOLDER) == 2000


def test_a_delivery_of_an_unknown_number_is_a_default_of_unknown_size() -> None:
    done = carry_out("1999-08-12", *LATE, flat=[])
    face = done.state.get(("value", "face_in_default", "N1"))[0][1]
    assert isinstance(face, Undetermined)
    assert face.high == 1000000
    payment = done.names["series-b"]("default_payment", notice="N1", holder=HOLDER)
    assert isinstance(payment, Undetermined)


def test_two_notices_of_redemption_draw_on_a_lot_once() -> None:
    done = carry_out("1999-09-15", EVENT, redemption("R1", "7000"), {**redemption("R2", "500"), "holder": HOLDER})
    taken = [done.state.get(("value", "redemption_parts", name)) for name in ("R1", "R2")]
    assert sum(shares for parts in taken for _, shares in parts) == 7500


def test_a_notice_of_redemption_names_lots_of_different_prices() -> None:
    facts = (
        *LATE,
        fact("transfer", "1999-08-16", instrument="series-b", holder="beta", to=HOLDER, lot="beta-1", shares="100"),
        EVENT, redemption("R1", "60", lots={"cc-investments-1": "10", "beta-1": "50"}),
    )
    prices = [{"from": "1999-07-12", "to": "1999-09-14", "bid": "4.00"},
              {"from": "1999-09-15", "to": "1999-09-30", "bid": "8.00"}]
    done = carry_out("1999-09-15", *facts, holders={HOLDER: "7400", "beta": "100"}, flat=prices)
    amount = {part: done.state.get(("value", "original_amount", part)) for part in
              ("R1#cc-investments-1", "R1#beta-1")}
    # Both convert at the variable price of 4.04 that day: (1000 + 271 x 60/365)/4.04 x 8.
    assert {str(one) for one in amount.values()} == {str(next(iter(amount.values())))}
    total = done.names["series-b"]("redemption_total", redemption="R1")
    assert total == 60 * next(iter(amount.values()))


def test_paid_redemption_takes_the_parts_noticed() -> None:
    done = carry_out(
        "1999-09-20", EVENT, redemption("R1", "10"),
        fact("payment", "1999-09-20", holder=HOLDER, obligation="pay_redemption:R1", amount="12932.02"),
    )
    # (1000 + 271 x 60/365)/5.05 x 5 is 1,034.21; a quarter more than face, 1,250, is the greater.
    assert done.state.total("series-b", "(redeemed)") == 10


def test_a_cured_matter_is_no_event() -> None:
    notified = fact("breach_notice", "1999-10-01", case="M1", by="x", of="cod", matter="material_breach")
    cured = fact("cure", "1999-10-05", case="M1")
    assert carry_out("1999-10-18", notified).state.keys("entitlement")
    assert not carry_out("1999-10-18", notified, cured).state.keys("entitlement")


def test_a_matter_no_limb_knows_starts_no_period() -> None:
    notified = fact("breach_notice", "1999-10-01", case="M1", by="x", of="cod", matter="something_else")
    done = carry_out("1999-10-31", notified)
    assert done.state.get(("occurred", "breach", "M1")) is None


def test_a_payment_after_the_whole_amount_redeems_no_share_again() -> None:
    """Payable on the fifth business day after receipt, 1999-09-22; paid that day, and again after it."""
    owed = carry_out("1999-09-15", EVENT, redemption("R1", "200")).names["series-b"]
    total = nearest_cent(owed("redemption_total", redemption="R1"))
    paid = [fact("payment", day, holder=HOLDER, obligation="pay_redemption:R1", amount=amount)
            for day, amount in (("1999-09-22", str(total)), ("1999-09-30", "10"))]
    state = carry_out("1999-09-30", EVENT, redemption("R1", "200"), *paid).state
    assert state.total("series-b", HOLDER) == 7300
    ended = state.obligation("pay_redemption", "R1")
    assert ended is not None
    assert (ended.status, str(ended.ended), ended.late) == ("performed", "1999-09-22", False)
