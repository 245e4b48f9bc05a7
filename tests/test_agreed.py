"""What is agreed and said about the papers: amendments, waivers, consents, figures in dispute."""

from __future__ import annotations

from typing import Any

import pytest

from paripassu import booking, service
from paripassu.render.text import sheet_text
from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.values.entries import EntryKind
from paripassu.values.problems import ProblemKind
from paripassu.views.lines import Statement
from test_booking import NEXT, TUESDAY, WEDNESDAY, begun, desk, refused

__all__ = ["begun", "desk"]

OWNED = {"kind": "beneficial_ownership", "on": "1999-02-08", "holder": "cc-investments", "owned": "0",
         "acquirable": "0", "source": "the holder's letter"}
NOTICE = {"kind": "notice_of_conversion", "at": "1999-02-01 10:00 America/New_York", "notice": "N1",
          "holder": "cc-investments", "face_amount": "100000", "date_specified": "1999-02-01", "source": "fax log"}
LIMIT = {"kind": "amendment", "on": "1999-06-01", "instrument": "series-b", "clause": "ownership",
         "term": "limit_rate", "value": "0.099", "unit": "of the common", "source": "amendment no. 1"}
NUMBER = {**LIMIT, "on": "1999-03-01", "clause": "series", "term": "authorised_shares", "value": "8000",
          "unit": "shares"}
WAIVER = {"kind": "waiver", "on": "1999-02-01", "of": "confirm_receipt:N1", "by": "cc-investments", "source": "letter"}
CONSENT = {"kind": "consent", "on": "1999-03-01", "instrument": "series-b", "holder": "cc-investments",
           "action": "the 1999 amendment", "source": "written consent"}
DISPUTE = {"kind": "figure_disputed", "on": "1999-02-02", "of": "conversion_price", "by": "cc-investments",
           "value": "6", "because": "the split was counted twice", "source": "letter"}


def issued(day: str) -> dict[str, str]:
    return {"kind": "issuance", "on": day, "instrument": "series-b", "holder": "cc-investments", "shares": "5",
            "lot": "B-2", "source": "board minutes"}


def record(desk: str, *facts: dict[str, str], clock: Any = TUESDAY, day: str = "") -> tuple[Any, ...]:
    as_of = parse_date(day) if day else None
    return booking.commit(booking.prepare(desk, "Ann", clock, typed_facts=facts, as_of=as_of), clock)


def stated(desk: str, day: str, known_at: str = "") -> Statement:
    known = parse_date(known_at) if known_at else None
    return service.state(Question(desk, parse_date(day), known))[0]


def told(desk: str, day: str) -> str:
    return service.json_of(service.state(Question(desk, parse_date(day)))[1])


def room(desk: str, day: str) -> object:
    question = Question(desk, parse_date(day))
    return service.figure(question, "", "ownership_room", {"holder": "cc-investments"}, {}).value


@pytest.mark.parametrize(("fact", "kind"), [
    (LIMIT, EntryKind.AMENDMENT), (WAIVER, EntryKind.WAIVER), (CONSENT, EntryKind.CONSENT),
    (DISPUTE, EntryKind.DISPUTE),
])
def test_each_is_an_entry_of_its_own_kind_and_can_be_taken_back(
    desk: str, fact: dict[str, str], kind: EntryKind
) -> None:
    record(desk, NOTICE)
    before = told(desk, "1999-07-01")
    (entry,) = record(desk, fact)
    assert entry.kind is kind
    assert told(desk, "1999-07-01") != before
    shown = sheet_text(booking.history(desk), width=250)
    assert f" {kind.value} " in shown
    booking.commit(booking.prepare_undo(desk, "Bea", WEDNESDAY, NEXT + 1, "a mistake"), WEDNESDAY)
    assert without_receipt(told(desk, "1999-07-01")) == without_receipt(before)


def without_receipt(text: str) -> str:
    return text.split('"receipt"')[0]


# -- amendments


def test_a_term_has_its_new_value_from_the_first_instant_of_its_date(desk: str) -> None:
    record(desk, OWNED, LIMIT)
    # 0.049 x 26,704,073 / 0.951 = 1,375,919.64 and 0.099 x 26,704,073 / 0.901 = 2,934,187.82.
    assert room(desk, "1999-05-31") == 1_375_919
    assert room(desk, "1999-06-01") == 2_934_187
    (amended,) = stated(desk, "1999-06-01").beside.agreed.amended
    assert (str(amended.was), str(amended.now), amended.citation.section) == ("49/1000", "99/1000", "IV.G(ii)")
    assert stated(desk, "1999-05-31").beside.agreed.amended == ()
    question = Question(desk, parse_date("1999-06-01"))
    opened = service.trace_json(service.figure(question, "", "limit_rate", {}, {}))
    assert "As amended. (in force since 1999-06-01)" in opened


def test_what_a_clause_reads_itself_is_amended_too_and_what_came_before_is_not(desk: str) -> None:
    record(desk, NUMBER)
    record(desk, issued("1999-03-01"))
    held = [one.quantity for one in stated(desk, "1999-03-01").holdings if one.asset == "series-b"]
    assert held == [7500, 5]
    refused(ProblemKind.AGAINST_PAPERS, lambda: record(desk, {**issued("1999-02-28"), "lot": "B-3"}))


def test_amendments_follow_one_another_whatever_the_order_of_recording(desk: str) -> None:
    record(desk, OWNED, {**LIMIT, "on": "1999-06-10", "value": "0.05"})
    record(desk, LIMIT)
    # 0.05 x 26,704,073 / 0.95 = 1,405,477.53.
    assert [room(desk, f"1999-06-{day}") for day in ("01", "09", "10")] == [2_934_187, 2_934_187, 1_405_477]


def test_an_amendment_recorded_later_was_not_known_earlier(desk: str) -> None:
    record(desk, OWNED)
    record(desk, LIMIT, clock=WEDNESDAY)
    known = [stated(desk, "1999-06-01", day).beside.agreed.amended for day in ("2026-03-03", "2026-03-04")]
    assert [len(one) for one in known] == [0, 1]


@pytest.mark.parametrize(("change", "kind"), [
    ({"instrument": "series-z"}, ProblemKind.UNKNOWN_NAME), ({"clause": "nothing"}, ProblemKind.UNKNOWN_NAME),
    ({"term": "limit"}, ProblemKind.UNKNOWN_NAME), ({"unit": "usd"}, ProblemKind.WRONG_UNIT),
    ({"value": "a tenth"}, ProblemKind.BAD_NUMBER),
    ({"clause": "notice", "term": "bank_days", "value": "us-banks", "unit": "calendar"}, ProblemKind.UNKNOWN_NAME),
    ({"clause": "series", "term": "authorised_shares", "value": "7500.5", "unit": "shares"}, ProblemKind.BAD_NUMBER),
])
def test_an_amendment_is_of_a_term_in_its_unit(desk: str, change: dict[str, str], kind: ProblemKind) -> None:
    refused(kind, lambda: record(desk, {**LIMIT, **change}, day="1999-01-04"))


def test_a_term_is_amended_once_a_date_and_on_a_date(desk: str) -> None:
    record(desk, LIMIT)
    refused(ProblemKind.DUPLICATE, lambda: record(desk, {**LIMIT, "value": "0.08"}))
    timed = {**{key: value for key, value in LIMIT.items() if key != "on"}, "at": "1999-06-02 10:00 America/New_York"}
    refused(ProblemKind.BAD_DATE, lambda: record(desk, timed))


# -- waivers


def status(desk: str, duty: str, day: str) -> str:
    return next(one.status for one in stated(desk, day).obligations if one.id == duty)


def test_a_duty_waived_is_neither_owed_nor_breached(desk: str) -> None:
    record(desk, NOTICE)
    assert status(desk, "confirm_receipt:N1", "1999-02-02") == "breached"
    record(desk, WAIVER)
    made = stated(desk, "1999-02-02")
    assert status(desk, "confirm_receipt:N1", "1999-02-02") == "waived"
    assert not any(one.name == "missed_confirm_receipt" for one in made.events)
    (waiver,) = made.beside.agreed.waivers
    assert (waiver.of, waiver.by) == ("confirm_receipt:N1", "cc-investments")
    assert (waiver.until, waiver.status) == (None, "waived")


def test_a_waiver_runs_to_the_end_of_its_last_day_and_the_duty_is_then_owed_again(desk: str) -> None:
    record(desk, NOTICE, {**WAIVER, "until": "1999-02-10"})
    assert "the waiver of confirm_receipt:N1 ends" in {one.what for one in stated(desk, "1999-02-09").diary}
    assert [status(desk, "confirm_receipt:N1", f"1999-02-{day}") for day in ("09", "10")] == ["waived", "breached"]
    # A duty whose day has not come when the waiver ends is open again, and breached on its day.
    arrived = {"kind": "certificates_delivered", "on": "1999-02-02", "notice": "N1", "source": "courier"}
    due = {**WAIVER, "of": "deliver_common:N1", "on": "1999-02-02", "until": "1999-02-03"}
    record(desk, arrived, due)
    days = [status(desk, "deliver_common:N1", f"1999-02-0{day}") for day in (2, 3, 4, 5)]
    # Three business days after Monday 1999-02-01 are Thursday the 4th.
    assert days == ["waived", "open", "breached", "breached"]


def test_a_breach_is_waived_from_the_day_of_the_waiver(desk: str) -> None:
    record(desk, NOTICE, {**WAIVER, "on": "1999-02-08"})
    assert [status(desk, "confirm_receipt:N1", f"1999-02-0{day}") for day in (7, 8)] == ["breached", "waived"]


def test_a_waived_duty_stays_waived_when_its_date_becomes_known(desk: str) -> None:
    arrived = {"kind": "certificates_delivered", "on": "1999-02-08", "notice": "N1", "source": "courier"}
    record(desk, NOTICE, {**WAIVER, "of": "deliver_common:N1", "on": "1999-02-03"}, arrived)
    assert status(desk, "deliver_common:N1", "1999-03-01") == "waived"


def test_a_duty_performed_stays_performed_and_an_occurrence_waived_is_listed(desk: str) -> None:
    confirmed = {"kind": "confirmation_of_receipt", "on": "1999-02-01", "notice": "N1", "source": "fax"}
    record(desk, NOTICE, confirmed, {**WAIVER, "on": "1999-02-02"},
           {**WAIVER, "of": "conversion_submitted:N1", "on": "1999-02-02"})
    assert status(desk, "confirm_receipt:N1", "1999-02-03") == "performed"
    listed = {one.of: one.status for one in stated(desk, "1999-02-03").beside.agreed.waivers}
    assert listed == {"confirm_receipt:N1": "performed", "conversion_submitted:N1": ""}


def test_what_has_not_arisen_is_not_waived(desk: str) -> None:
    sentence = refused(ProblemKind.IMPOSSIBLE_FACT, lambda: record(desk, WAIVER, day="1999-01-04"))
    assert "has not arisen by then" in sentence


def waivers_refused(desk: str, day: str) -> list[str]:
    return [one.subject for one in stated(desk, day).events if (one.kind, one.name) == ("refusal", "waiver")]


@pytest.mark.parametrize("by", ["nobody", "company"])
def test_only_who_is_owed_a_duty_can_waive_it(desk: str, by: str) -> None:
    record(desk, NOTICE, {**WAIVER, "by": by})
    assert status(desk, "confirm_receipt:N1", "1999-02-02") == "breached"
    assert waivers_refused(desk, "1999-02-02") == ["confirm_receipt:N1"]


def test_of_a_duty_owed_to_all_holders_nobody_else_can_waive(desk: str) -> None:
    duty = "list_shares:investor-warrants"
    record(desk, {**WAIVER, "of": duty, "by": "nobody"})
    assert status(desk, duty, "1999-02-02") == "open"
    assert waivers_refused(desk, "1999-02-02") == [duty]


@pytest.mark.parametrize(("until", "ends"), [("1999-02-12", "1999-02-12"), ("1999-02-03", "1999-02-08")])
def test_of_two_waivers_of_one_duty_the_longer_runs(desk: str, until: str, ends: str) -> None:
    record(desk, NOTICE, {**WAIVER, "until": "1999-02-08"}, {**WAIVER, "on": "1999-02-02", "until": until})
    eve = f"1999-02-{int(ends[-2:]) - 1:02d}"
    assert [status(desk, "confirm_receipt:N1", day) for day in (eve, ends)] == ["waived", "breached"]


def test_a_duty_breached_before_its_waiver_is_not_missed_a_second_time(desk: str) -> None:
    record(desk, NOTICE, {**WAIVER, "on": "1999-02-08", "until": "1999-02-10"})
    missed = [one.day.isoformat() for one in stated(desk, "1999-02-11").events if one.name == "missed_confirm_receipt"]
    assert missed == ["1999-02-01"]
    assert status(desk, "confirm_receipt:N1", "1999-02-10") == "breached"


def test_what_is_waived_is_shown_as_it_was_before_and_grows_no_more(desk: str) -> None:
    arrived = {"kind": "certificates_delivered", "on": "1999-02-02", "notice": "N1", "source": "courier"}
    counted = {"kind": "shares_outstanding", "on": "1999-01-29", "shares": "26000000", "source": "agent"}
    record(desk, counted, {**OWNED, "on": "1999-01-29"}, NOTICE, arrived,
           {**WAIVER, "of": "accruing_default:N1", "on": "1999-02-07"})
    (line,) = [one for one in stated(desk, "1999-02-20").obligations if one.id == "accruing_default:N1"]
    assert line.status == "waived"
    # The delivery period ended on Thursday the 4th: two days at 500 before the 7th.
    assert line.amount is not None
    assert line.amount.value == 1000
    assert line.grows is None


# -- consents and disputes


@pytest.mark.parametrize(("shares", "majority"), [("3750", False), ("3751", True), (None, True)])
def test_consents_are_added_up_and_half_is_no_majority(desk: str, shares: str | None, majority: bool) -> None:
    record(desk, CONSENT if shares is None else {**CONSENT, "consenting": shares})
    (consent,) = stated(desk, "1999-03-01").beside.agreed.consents
    assert (consent.majority, consent.outstanding) == (majority, 7500)
    assert consent.shares == int(shares or 7500)
    assert consent.citation is not None and consent.citation.section == "III.B"


def test_a_share_that_is_sold_and_consents_again_is_counted_once(desk: str) -> None:
    sold = {"kind": "transfer", "on": "1999-03-02", "instrument": "series-b", "holder": "cc-investments",
            "to": "other", "lot": "B-1", "shares": "3751", "source": "made up"}
    record(desk, {**CONSENT, "consenting": "3751"}, sold,
           {**CONSENT, "on": "1999-03-03", "holder": "other", "consenting": "1"})
    (before,) = stated(desk, "1999-03-02").beside.agreed.consents
    (after,) = stated(desk, "1999-03-03").beside.agreed.consents
    assert (before.shares, before.majority) == (3751, True)
    assert (after.shares, after.majority) == (3750, False), "3,749 kept by the first and one of the other"


def test_both_numbers_of_a_dispute_stand_side_by_side(desk: str) -> None:
    record(desk, OWNED, NOTICE, {**OWNED, "on": "1999-01-04"}, DISPUTE,
           {"kind": "shares_outstanding", "on": "1999-01-04", "shares": "25000000", "source": "made up"},
           {**DISPUTE, "of": "deliver_common:N1", "value": "17000"},
           {**DISPUTE, "of": "shares_held", "whose": "holder=cc-investments", "value": "7450"})
    made = stated(desk, "1999-02-02")
    # 100 x (1000 + 60 x 45/365) / 6.03 = 16,706.42, up to the next whole share.
    assert {one.of: (str(one.ours), str(one.theirs)) for one in made.beside.agreed.disputed} == {
        "conversion_price": ("603/100", "6"), "deliver_common:N1": ("16707", "17000"), "shares_held": ("7400", "7450"),
    }
    assert "pending, disputed" in told(desk, "1999-02-02")


def test_a_figure_that_nobody_can_ask_is_not_disputed(desk: str) -> None:
    refused(ProblemKind.UNKNOWN_NAME, lambda: record(desk, {**DISPUTE, "of": "the price"}))
