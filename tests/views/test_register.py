"""The register against registers worked by hand: covers, chains, legends, control totals, rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from paripassu import codec
from paripassu.render.text import sheet_text
from paripassu.replay import Replayed, replay
from paripassu.service import Question, load
from paripassu.values.facts import Fact, fact_from
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import Undetermined
from paripassu.views.register import Register, register
from paripassu.views.register_sheet import CERTIFICATE_COLUMNS, certificate_rows, register_sheet

HOLDER = "cc-investments"
DEAL = load(Question("valence-1998"))
ISSUED = ("1998-12-18", {"kind": "issuance", "instrument": "series-b", "holder": HOLDER, "shares": "7500",
                         "lot": "B-1"})
BOTH = ["legend", "second legend"]


def told(on: str, row: dict[str, Any]) -> Fact:
    return fact_from({"at" if " " in on else "on": on, "source": "the agent", **row}, DEAL.agreement.zone)


def run(as_of: str, *rows: tuple[str, dict[str, Any]]) -> Replayed:
    facts: Sequence[Fact] = [told(on, row) for on, row in rows]
    return replay(DEAL.agreement, facts, DEAL.market, date.fromisoformat(as_of))


def made(as_of: str, *rows: tuple[str, dict[str, Any]], instrument: str = "") -> Register:
    return register(run(as_of, *rows), instrument)


def new(number: str, shares: str, holder: str = HOLDER, security: str = "series-b", **more: Any) -> dict[str, Any]:
    return {"kind": "certificate_issued", "security": security, "certificate": number, "holder": holder,
            "shares": shares, **more}


def cancelled(number: str, because: str, **more: Any) -> dict[str, Any]:
    return {"kind": "certificate_cancelled", "security": "series-b", "certificate": number, "because": because, **more}


def transfer(holder: str, to: str, shares: str) -> dict[str, Any]:
    return {"kind": "transfer", "instrument": "series-b", "holder": holder, "to": to, "lot": "B-1", "shares": shares}


def address(holder: str, where: str) -> dict[str, Any]:
    return {"kind": "holder_address", "holder": holder, "address": where}


TWO_TRANSFERS = (
    ISSUED, ("1998-12-18", new("PB-1", "7500", legends=BOTH)),
    ("1998-12-18", address(HOLDER, "old street")), ("1999-06-01", address(HOLDER, "new street")),
    ("1999-03-01", transfer(HOLDER, "beta", "2500")), ("1999-03-01", cancelled("PB-1", "transfer")),
    ("1999-03-01", new("PB-2", "2500", "beta", out_of="PB-1", legends=BOTH)),
    ("1999-03-01", new("PB-3", "5000", out_of="PB-1", legends=BOTH)),
    ("1999-05-03", transfer("beta", "gamma", "2500")), ("1999-05-03", cancelled("PB-2", "transfer")),
    ("1999-05-03", new("PB-4", "2500", "gamma", out_of="PB-2", legends=BOTH)),
)


def test_every_prior_owner_is_named_nearest_first_with_the_address_of_that_time() -> None:
    found = {one.number: one for one in made("1999-06-30", *TWO_TRANSFERS).certificates}
    last = found["PB-4"]
    assert [(one.certificate, one.holder, one.address) for one in last.prior] == [
        ("PB-2", "beta", ""), ("PB-1", HOLDER, "old street")]
    assert [(one.since, one.until) for one in last.prior] == [
        (date(1999, 3, 1), date(1999, 5, 3)), (date(1998, 12, 18), date(1999, 3, 1))]
    assert (found["PB-1"].into, found["PB-1"].status) == (("PB-2", "PB-3"), "cancelled: transfer")
    assert (found["PB-1"].address, found["PB-3"].address) == ("old street", "new street")


def test_certificates_add_up_to_what_each_holder_has_of_each_lot() -> None:
    covers = made("1999-06-30", *TWO_TRANSFERS, instrument="series-b").covers
    assert [(one.holder, one.held, one.under, one.without, one.excess) for one in covers] == [
        (HOLDER, 5000, 5000, 0, 0), ("gamma", 2500, 2500, 0, 0)]


def test_shares_under_no_certificate_are_said_and_not_put_under_one() -> None:
    covers = made("1999-06-30", ISSUED, ("1999-01-04", new("PB-1", "7000"))).covers
    assert [(one.held, one.under, one.without) for one in covers] == [(7500, 7000, 500)]
    sheet = sheet_text(register_sheet(made("1999-06-30", ISSUED, ("1999-01-04", new("PB-1", "7000"))), None, ()))
    assert "lot B-1: 500 of 7,500 shares stand under no certificate recorded." in sheet


def test_a_certificate_not_given_up_on_a_transfer_shows_as_an_excess() -> None:
    rows = (ISSUED, ("1998-12-18", new("PB-1", "7500")), ("1999-03-01", transfer(HOLDER, "beta", "2500")))
    covers = made("1999-06-30", *rows).covers
    assert [(one.holder, one.without, one.excess) for one in covers] == [(HOLDER, 0, 2500), ("beta", 2500, 0)]


def test_a_holder_with_nothing_left_still_shows_the_certificate_it_has() -> None:
    rows = (ISSUED, ("1998-12-18", new("PB-1", "7500")), ("1999-03-01", transfer(HOLDER, "beta", "7500")))
    covers = made("1999-06-30", *rows).covers
    assert [(one.holder, one.held, one.under, one.excess) for one in covers] == [
        (HOLDER, 0, 7500, 7500), ("beta", 7500, 0, 0)]


def test_legends_required_and_not_recorded_are_named_and_those_recorded_too() -> None:
    rows = (ISSUED, ("1998-12-18", new("PB-1", "7500", legends=["legend"])))
    (one,) = made("1999-06-30", *rows).certificates
    assert (one.legends, one.lacking) == (("legend",), ("second legend",))
    placed = {"kind": "legend_placed", "security": "series-b", "certificate": "PB-1", "legend": "second legend",
              "because": "left out by mistake"}
    (one,) = made("1999-06-30", *rows, ("1999-02-01", placed)).certificates
    assert (one.legends, one.lacking) == (("legend", "second legend"), ())


@pytest.mark.parametrize(("because", "lacking"), [("effective registration", ()), ("Rule 144", ()),
                                                  ("a wish", ("legend",))])
def test_a_legend_off_common_is_lacking_only_without_a_ground(because: str, lacking: tuple[str, ...]) -> None:
    common = {"kind": "common_issued", "holder": HOLDER, "shares": "1000", "under": "warrant"}
    off = {"kind": "legend_removed", "security": "common", "certificate": "C-1", "legend": "legend",
           "because": because}
    found = made("1999-06-30", ISSUED, ("1999-02-01", common),
                 ("1999-02-02", new("C-1", "1000", security="common", legends=["legend"])), ("1999-03-01", off))
    (one,) = found.certificates
    assert (one.security, one.legends, one.lacking) == ("common", (), lacking)
    assert [(one.security, one.held, one.under) for one in found.covers] == [
        ("series-b", 7500, 0), ("common", 1000, 1000)]


@pytest.mark.parametrize(("more", "status"), [
    ((), "stolen"),
    ((("1999-03-08", new("PB-2", "7500", out_of="PB-1")),), "stolen, replaced"),
])
def test_a_lost_certificate_says_so_until_it_is_replaced(more: tuple[Any, ...], status: str) -> None:
    lost = {"kind": "certificate_lost", "security": "series-b", "certificate": "PB-1", "how": "stolen"}
    rows = (ISSUED, ("1998-12-18", new("PB-1", "7500")), ("1999-03-01", lost), *more)
    assert made("1999-06-30", *rows).certificates[0].status == status


def test_control_totals_of_a_conversion() -> None:
    # At $6.03 on 1999-06-07, 171 days: 1,000 x (1000 + 1000 x .06 x 171/365) / 6.03 = 170,499.10..., up to 170,500.
    owned = {"kind": "beneficial_ownership", "holder": HOLDER, "owned": "0", "acquirable": "0"}
    outstanding = {"kind": "shares_outstanding", "shares": "26000000"}
    notice = {"kind": "notice_of_conversion", "notice": "N1", "holder": HOLDER, "face_amount": "1000000",
              "date_specified": "1999-06-07"}
    rows = (ISSUED, ("1999-01-04", owned), ("1999-01-04", outstanding),
            ("1999-06-07 10:00 America/New_York", notice))
    found = made("1999-06-30", *rows)
    preferred, common = found.totals
    assert (preferred.authorised, preferred.issued, preferred.retired) == (7500, 7500, (("converted", 1000),))
    assert (preferred.outstanding, preferred.held, preferred.difference) == (6500, 6500, 0)
    assert (common.issued, common.outstanding, common.held, common.reported) == (170500, 170500, 170500, 26170500)
    assert [(one.account, one.set_aside, one.used, one.left) for one in found.accounts] == [
        ("exchange-cap", 5071913, 170500, 5071913 - 170500), ("reserve", 4000000, 170500, 4000000 - 170500)]


def test_a_difference_between_register_and_control_total_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    done = run("1999-06-30", ISSUED)
    whole = done.state.total
    monkeypatch.setattr(done.state, "total", lambda asset, owner, place=None: whole(asset, owner, place) - (
        3 if owner == HOLDER else 0))
    total = register(done).totals[0]
    assert total.difference == 3
    assert "series-b: what is outstanding exceeds register and others by 3." in sheet_text(
        register_sheet(register(done), None, ()))


def test_an_undetermined_holding_is_shown_with_its_bounds_and_so_is_what_stands_under_none() -> None:
    notice = {"kind": "notice_of_conversion", "notice": "N1", "holder": HOLDER, "face_amount": "1000000",
              "date_specified": "1999-06-07"}
    rows = (ISSUED, ("1998-12-18", new("PB-1", "7000")), ("1999-06-07 10:00 America/New_York", notice))
    (cover,) = made("1999-06-30", *rows, instrument="series-b").covers
    # Whether the ownership limit lets the 1,000 convert is not known: 6,500 to 7,500 are held, 7,000 certificated.
    assert isinstance(cover.held, Undetermined) and (cover.held.low, cover.held.high) == (6500, 7500)
    assert (cover.without.low, cover.without.high) == (-500, 500)


def test_the_transfer_agents_books_are_set_beside_the_register() -> None:
    theirs = {"kind": "transfer_agent_position", "by": "the agent", "security": "series-b", "holder": HOLDER,
              "shares": "7400"}
    found = made("1999-06-30", ISSUED, ("1999-05-31", theirs))
    assert [(one.theirs, one.ours, one.difference) for one in found.asserted] == [(7400, 7500, -100)]
    assert "THE TRANSFER AGENT'S BOOKS" in sheet_text(register_sheet(found, None, ()))
    assert made("1999-06-30", ISSUED, ("1999-05-31", theirs), instrument="common").asserted == ()


def test_rows_hold_what_the_register_holds_and_read_back() -> None:
    found = made("1999-06-30", *TWO_TRANSFERS)
    text = codec.to_csv(CERTIFICATE_COLUMNS, certificate_rows(found))
    rows = [row for row, _ in codec.parse_csv(text, "rows")]
    assert [row["certificate"] for row in rows] == ["PB-1", "PB-2", "PB-3", "PB-4"]
    last = rows[-1]
    assert (last["holder"], last["shares"], last["lots"], last["issued"], last["ended"]) == (
        "gamma", "2500", "B-1: 2500", "1999-05-03", "")
    assert last["prior_owners"] == "PB-2 beta; PB-1 CC Investments, LDC"
    assert (rows[0]["into"], rows[0]["status"]) == ("PB-2; PB-3", "cancelled: transfer")
    assert set(last) == set(CERTIFICATE_COLUMNS)


def test_certificates_follow_a_lot_that_is_divided() -> None:
    # After the reset beta's part of lot B-1 keeps its price and the holder's becomes a lot of its own.
    rows = (
        ISSUED, ("1998-12-18", new("PB-1", "7500")), ("1999-03-01", transfer(HOLDER, "beta", "2500")),
        ("1999-03-01", cancelled("PB-1", "transfer")), ("1999-03-01", new("PB-2", "2500", "beta", out_of="PB-1")),
        ("1999-03-01", new("PB-3", "5000", out_of="PB-1")),
        ("1999-01-04", {"kind": "shares_outstanding", "shares": "26000000"}),
        ("1999-01-04", {"kind": "beneficial_ownership", "holder": HOLDER, "owned": "0", "acquirable": "0"}),
        ("1999-06-07 10:00 America/New_York", {
            "kind": "notice_of_conversion", "notice": "N1", "holder": HOLDER, "face_amount": "1000000",
            "date_specified": "1999-06-07"}),
        ("1999-06-08", {"kind": "certificates_delivered", "notice": "N1"}),
        ("1999-06-08", cancelled("PB-3", "conversion", notice="N1")),
        ("1999-06-09", new("PB-4", "4000", out_of="PB-3")),
    )
    found = made("1999-07-15", *rows, instrument="series-b")
    assert [(one.holder, one.lot, one.divided, one.held, one.under) for one in found.covers] == [
        (HOLDER, "B-1", ("B-1/N1",), 4000, 4000), ("beta", "B-1", (), 2500, 2500)]
    balance = next(one for one in found.certificates if one.number == "PB-4")
    assert (balance.lots, balance.divided) == ((("B-1", 4000),), ("B-1/N1",))


def test_a_security_that_does_not_exist_is_a_problem() -> None:
    with pytest.raises(Problem) as raised:
        made("1999-06-30", ISSUED, instrument="series-z")
    assert raised.value.kind is ProblemKind.UNKNOWN_NAME
    assert "series-b" in raised.value.remedy
