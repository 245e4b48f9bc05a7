"""Acts against the papers: refused without a reason, recorded with one, and shown with the difference owed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, limits, service
from paripassu.recorded import recorded as recorded_in
from paripassu.service import Question
from paripassu.values.citation import Citation
from paripassu.values.dates import parse_date
from paripassu.values.entries import EntryKind
from paripassu.values.problems import ProblemKind
from paripassu.views.breaches import Breach
from paripassu.views.lines import Statement
from test_booking import NEXT, TUESDAY, WEDNESDAY, begun, desk, lines, recorded, refused

__all__ = ["begun", "desk"]

CAP = 5_071_913
"""The cap amount of the certificate, IV.G(i)."""
ROOM = 1_375_919
"""Shares that leave a group owning none at the limit: 0.049 x 26,704,073 / 0.951 = 1,375,919.64."""
OWNED = {"kind": "beneficial_ownership", "on": "1999-02-08", "holder": "cc-investments", "owned": "0",
         "acquirable": "0", "source": "the holder's letter"}
MANY = {"kind": "shares_outstanding", "on": "1999-02-08", "shares": "200000000", "source": "made up"}
"""So many that the ownership limit leaves room for more than the cap."""
NOTICE = {"kind": "notice_of_conversion", "at": "1999-02-01 10:00 America/New_York", "notice": "N1",
          "holder": "cc-investments", "face_amount": "100000", "date_specified": "1999-02-01", "source": "fax log"}
DUE = 16_707
"""45 days of premium: 100 x (1000 + 60 x 45/365) / 6.03 = 16,706.42, up to the next whole share."""


def issued(shares: int, day: str = "1999-03-01") -> dict[str, str]:
    return {"kind": "common_issued", "on": day, "holder": "cc-investments", "shares": str(shares),
            "under": "series-a", "source": "the agent's letter"}


def lot(name: str, shares: int, day: str) -> dict[str, str]:
    return {"kind": "issuance", "on": day, "instrument": "series-b", "holder": "cc-investments",
            "shares": str(shares), "lot": name, "source": "board minutes"}


def delivered(shares: int) -> dict[str, str]:
    return {"kind": "shares_delivered", "on": "1999-02-03", "notice": "N1", "shares": str(shares), "source": "agent"}


def stated(desk: str, day: str = "1999-03-02") -> Statement:
    return service.state(Question(desk, parse_date(day)))[0]


def held(made: Statement) -> dict[str, object]:
    """Preferred shares by lot."""
    return {one.lot: one.quantity for one in made.holdings if one.asset == "series-b"}


def told(desk: str) -> str:
    """The statement with every cell whole."""
    return service.json_of(service.state(Question(desk, parse_date("1999-03-02")))[1])


def owed(made: Statement) -> dict[str, tuple[str, object]]:
    """What has to be given back: by whom and how many, by the name of the duty."""
    return {one.id: (one.debtor, one.amount.value) for one in made.obligations  # type: ignore[union-attr]
            if one.id.startswith("give_back:")}


PAST = [
    ([MANY, issued(CAP)], issued(1, "1999-03-02"), "exchange_cap_room/cc-investments/series-a/1999-03-02", 1,
     "IV.G(i)"),
    ([OWNED], issued(ROOM + 3), "ownership_room/cc-investments/series-a/1999-03-01", 3, "IV.G(ii)"),
    ([], lot("B-2", 5, "1999-03-01"), "authorised/B-2", 5, "I"),
    ([NOTICE], delivered(DUE + 2), "delivery/N1", 2, "IV.C"),
]
"""What is recorded first, an act past a limit, the subject of the duty that follows, the excess, and the section."""


@pytest.mark.parametrize(("first", "act", "subject", "excess", "section"), PAST)
def test_an_act_past_a_limit_needs_a_reason_and_is_then_shown_with_what_is_owed(
    desk: str, tmp_path: Path, first: list[dict[str, str]], act: dict[str, str], subject: str, excess: int, section: str
) -> None:
    if first:
        recorded(desk, lines(tmp_path, *first, name="first.jsonl"), TUESDAY)
    before = Path(desk, "deal.book").read_bytes()
    file = lines(tmp_path, act)
    sentence = refused(
        ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", TUESDAY, facts_files=[file])
    )
    assert f"against cod {section}: " in sentence
    assert "add --despite with the reason" in sentence
    assert Path(desk, "deal.book").read_bytes() == before
    prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite="the board ratified it")
    (entry,) = booking.commit(prepared, TUESDAY)
    assert entry.kind is EntryKind.FACT
    made = stated(desk)
    (breach,) = made.beside.breaches
    assert (breach.despite, breach.difference, breach.citation.section) == ("the board ratified it", excess, section)
    assert owed(made) == {f"give_back:{subject}": ("cc-investments", excess)}
    assert f"CC Investments, LDC gives back {excess} share" in told(desk)


@pytest.mark.parametrize(("first", "act"), [
    ([MANY], issued(CAP)), ([OWNED], issued(ROOM)), ([NOTICE], delivered(DUE)), ([NOTICE], delivered(DUE - 1)),
])
def test_an_act_that_reaches_a_limit_needs_no_reason(
    desk: str, tmp_path: Path, first: list[dict[str, str]], act: dict[str, str]
) -> None:
    recorded(desk, lines(tmp_path, *first, act), TUESDAY)
    assert stated(desk).beside.breaches == ()
    refused(ProblemKind.MISSING_KEY, lambda: booking.prepare(
        desk, "Ann", TUESDAY, typed_facts=[{**OWNED, "on": "1999-03-05"}], despite="because"))


CERTIFICATES = {"kind": "certificates_delivered", "on": "1999-02-03", "notice": "N1", "source": "courier"}
DEMAND = {"kind": "demand", "on": "1999-02-16", "holder": "cc-investments", "case": "N1", "source": "letter"}
PAYMENT = {"kind": "payment", "on": "1999-02-23", "holder": "cc-investments", "obligation": "pay_default:N1/1",
           "amount": "100", "source": "bank"}
UNOWED = {"give_back:payment/pay_default:N1/1": ("cc-investments", 100)}


def test_a_correction_that_leaves_a_payment_without_its_duty_has_it_given_back(desk: str, tmp_path: Path) -> None:
    """Without the certificates the delivery period runs on: there was no default to pay for."""
    recorded(desk, lines(tmp_path, NOTICE, CERTIFICATES, DEMAND, PAYMENT), TUESDAY)
    assert owed(stated(desk)) == {}
    booking.commit(booking.prepare_undo(desk, "Ann", WEDNESDAY, NEXT + 1, "they came on the 20th"), WEDNESDAY)
    made = stated(desk)
    assert owed(made) == UNOWED
    (breach,) = made.beside.breaches
    assert (breach.amount, breach.despite) == ("$100.00", "")
    assert "CC Investments, LDC gives back $100.00" in told(desk)


def test_a_payment_of_what_is_not_owed_needs_a_reason(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, NOTICE, DEMAND), TUESDAY)
    file = lines(tmp_path, PAYMENT, name="paid.jsonl")
    sentence = refused(ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", TUESDAY, facts_files=[file]))
    assert "against cod XIV.E: $100.00 was paid on pay_default:N1/1, which is not owed" in sentence
    booking.commit(booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite="in error"), TUESDAY)
    assert owed(stated(desk)) == UNOWED
    unknown = lines(tmp_path, {**PAYMENT, "obligation": "pay_default:N2/1"}, name="unknown.jsonl")
    refused(ProblemKind.IMPOSSIBLE_FACT, lambda: booking.prepare(desk, "Ann", TUESDAY, facts_files=[unknown]))


def test_what_an_act_did_is_in_the_register_despite_the_papers(desk: str, tmp_path: Path) -> None:
    act = lot("B-2", 5, "1999-03-01")
    booking.commit(
        booking.prepare(desk, "Ann", TUESDAY, typed_facts=[act], despite="counsel was informed"), TUESDAY
    )
    assert held(stated(desk)) == {"B-1": 7500, "B-2": 5}
    # Beside a deal, where nothing is recorded for good, the same act without a reason is refused and not done.
    _, sheet = service.state(Question(
        "valence-1998", parse_date("1999-03-02"), facts_files=(lines(tmp_path, act),)))
    assert "not done: refused" in service.json_of(sheet)


def test_of_several_acts_each_takes_the_reason_that_needs_it(desk: str) -> None:
    acts = [MANY, issued(CAP - 10), issued(11, "1999-03-02"), issued(5, "1999-03-03")]
    prepared = booking.prepare(desk, "Ann", TUESDAY, typed_facts=acts, despite="ratified")
    assert ['"despite":"ratified"' in one.body for one in prepared.submissions] == [False, False, True, True]


def test_a_file_recorded_with_a_reason_adds_nothing_when_recorded_again(desk: str, tmp_path: Path) -> None:
    file = lines(tmp_path, MANY, issued(CAP + 1))
    for reason in ("ratified", "ratified", ""):
        prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite=reason)
        assert [entry.number for entry in booking.commit(prepared, TUESDAY)] == [NEXT, NEXT + 1]


@pytest.mark.parametrize("again", ["settled with the holder", "ratified"])
def test_another_reason_under_the_same_key_says_something_else(desk: str, tmp_path: Path, again: str) -> None:
    file = lines(tmp_path, MANY, {**issued(CAP + 1), "key": "the issue"})
    booking.commit(booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite="ratified"), TUESDAY)
    file = lines(tmp_path, MANY, {**issued(CAP + 1), "key": "the issue", "despite": again})
    own = booking.prepare(desk, "Ann", TUESDAY, facts_files=[file])
    if again == "ratified":
        assert [entry.number for entry in booking.commit(own, TUESDAY)][1:] == [NEXT + 1]
    else:
        assert "the key 'the issue' was used" in refused(ProblemKind.DUPLICATE, lambda: booking.commit(own, TUESDAY))


def test_another_reason_handed_in_beside_the_same_file_is_refused(desk: str, tmp_path: Path) -> None:
    file = lines(tmp_path, MANY, issued(CAP + 1))
    booking.commit(booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite="ratified"), TUESDAY)
    other = booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], despite="settled with the holder")
    assert "says something else" in refused(ProblemKind.DUPLICATE, lambda: booking.commit(other, TUESDAY))


def test_papers_are_recorded_whatever_they_ask_for(desk: str, tmp_path: Path) -> None:
    more = {**NOTICE, "face_amount": "8000000"}
    assert recorded(desk, lines(tmp_path, more), TUESDAY).new == 1
    assert "500 of the shares noticed are not held" in told(desk)


def test_a_delivery_before_the_conversion_takes_effect_is_compared_once_it_does(desk: str) -> None:
    early = {**delivered(DUE + 1), "on": "1999-02-01"}
    assert "of which 16,707 are due" in refused(
        ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", TUESDAY, typed_facts=[NOTICE, early])
    )


# -- an act once recorded stands


def test_a_late_fact_changes_what_is_due_and_not_what_was_done(desk: str, tmp_path: Path) -> None:
    known = [{**OWNED, "on": "1999-01-04"}, {**MANY, "on": "1999-01-04"}]
    recorded(desk, lines(tmp_path, *known, NOTICE, delivered(DUE)), TUESDAY)
    assert stated(desk).beside.deliveries == ()
    late = {"kind": "split", "on": "1999-01-15", "before": "2", "after": "1", "source": "charter amendment"}
    recorded(desk, lines(tmp_path, late, name="late.jsonl"), WEDNESDAY)
    made = stated(desk)
    # At half the shares 8,353.21 are due, so 8,354; the 16,707 delivered stay delivered.
    (delivery,) = made.beside.deliveries
    assert (delivery.due, delivery.delivered) == (8354, DUE)
    assert owed(made) == {"give_back:delivery/N1": ("cc-investments", DUE - 8354)}
    assert "it was recorded before this was known" in told(desk)
    other = {**late, "before": "1", "after": "2"}
    booking.commit(booking.prepare_undo(desk, "Ann", WEDNESDAY, NEXT + 4, "the ratio was mistaken"), WEDNESDAY)
    recorded(desk, lines(tmp_path, other, name="other.jsonl"), WEDNESDAY)
    # 2 x 16,706.42 = 33,412.84.
    assert "16,706 shares under-issued" in told(desk)


def test_shares_delivered_stay_in_the_register_and_the_accounts_until_they_are_given_back(
    desk: str, tmp_path: Path
) -> None:
    notice = {**NOTICE, "at": "1999-03-01 10:00 America/New_York", "face_amount": "1000000",
              "date_specified": "1999-03-01"}
    report = {**OWNED, "on": "1999-03-01"}
    # 1,000 x (1000 + 60 x 73/365) / 6.03 = 167,827.53, so 167,828.
    delivery = {**delivered(167_828), "on": "1999-03-04"}
    recorded(desk, lines(tmp_path, report, notice, delivery), TUESDAY)
    booking.commit(booking.prepare_undo(desk, "Ann", WEDNESDAY, NEXT, "the report was wrong"), WEDNESDAY)
    early = {**{name: value for name, value in report.items() if name != "on"},
             "at": "1999-03-01 09:00 America/New_York", "owned": "1300000"}
    recorded(desk, lines(tmp_path, early, name="early.jsonl"), WEDNESDAY)
    # (49 x 26,704,073 - 1000 x 1,300,000) / 951 = 8,937.3 shares, so 53 preferred: 53 x 1,012 / 6.03 = 8,894.9.
    assert registered(desk) == (167_828, 167_828, 26_871_901)
    assert owed(stated(desk, "1999-03-04")) == {"give_back:delivery/N1": ("cc-investments", 158_933)}
    back = {"kind": "duty_performed", "on": "1999-03-10", "obligation": "give_back:delivery/N1", "source": "agent"}
    recorded(desk, lines(tmp_path, back, name="back.jsonl"), WEDNESDAY)
    assert registered(desk) == (167_828, 167_828, 26_871_901)
    assert registered(desk, "1999-03-10") == (8_895, 8_895, 26_712_968)


def registered(desk: str, day: str = "1999-03-04") -> tuple[object, object, object]:
    """Common shares of the holder, those that used up its portion of the cap, and all outstanding."""
    question = Question(desk, parse_date(day))
    done = service.replayed(service.load(question), question)
    names = done.names["series-b"]
    return (done.state.total("common", "cc-investments"), CAP - names("cap_portion", holder="cc-investments"),
            names("shares_outstanding"))


@pytest.mark.parametrize("shares", [1, CAP])
def test_who_has_no_portion_of_the_cap_has_no_room_under_it(desk: str, tmp_path: Path, shares: int) -> None:
    stranger = {**issued(shares), "holder": "beta"}
    recorded(desk, lines(tmp_path, MANY, {**OWNED, "holder": "beta"}, name="first.jsonl"), TUESDAY)
    act = lines(tmp_path, stranger)
    sentence = refused(ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", TUESDAY, facts_files=[act]))
    assert f"{shares:,} shares are issued where the cap leaves room for 0" in sentence


def test_a_late_report_puts_a_recorded_act_past_a_limit_and_is_recorded_all_the_same(
    desk: str, tmp_path: Path
) -> None:
    recorded(desk, lines(tmp_path, OWNED, issued(ROOM)), TUESDAY)
    assert stated(desk).beside.breaches == ()
    late = {"kind": "shares_outstanding", "on": "1999-02-20", "shares": "26704053", "source": "the agent's letter"}
    recorded(desk, lines(tmp_path, late, name="late.jsonl"), WEDNESDAY)
    (breach,) = stated(desk).beside.breaches
    # 0.049 x 26,704,053 / 0.951 = 1,375,918.61: one share less.
    assert (breach.difference, breach.despite, breach.put_past_by) == (1, "", ())
    assert "it was recorded before this was known" in told(desk)


def test_a_late_conversion_is_a_paper_and_recorded_whatever_room_it_leaves(desk: str, tmp_path: Path) -> None:
    known = [{**OWNED, "on": "1999-01-04"}, {**MANY, "on": "1999-01-04"}, MANY]
    recorded(desk, lines(tmp_path, *known, issued(CAP)), TUESDAY)
    recorded(desk, lines(tmp_path, NOTICE, name="late.jsonl"), WEDNESDAY)
    (breach,) = stated(desk).beside.breaches
    assert (breach.difference, breach.citation.section) == (DUE, "IV.G(i)")


# -- an act that takes room which a recorded act has used


def early(shares: int) -> dict[str, str]:
    """Shares issued before those of ``issued``."""
    return issued(shares, "1999-02-20")


BEFORE = [
    ([MANY, issued(CAP - 10)], early(10), early(11), "IV.G(i)"),
    ([OWNED, issued(ROOM - 10)], early(10), early(11), "IV.G(ii)"),
]
"""What is recorded first, an earlier act that leaves it at a limit, one that puts it one share past, the section."""


@pytest.mark.parametrize(("first", "within", "past", "section"), BEFORE)
def test_an_earlier_act_that_leaves_a_recorded_one_at_a_limit_needs_no_reason(
    desk: str, tmp_path: Path, first: list[dict[str, str]], within: dict[str, str], past: dict[str, str], section: str
) -> None:
    recorded(desk, lines(tmp_path, *first), TUESDAY)
    refused(ProblemKind.MISSING_KEY, lambda: booking.prepare(
        desk, "Ann", WEDNESDAY, typed_facts=[within], despite="because"))
    recorded(desk, lines(tmp_path, within, name="late.jsonl"), WEDNESDAY)
    assert stated(desk).beside.breaches == ()


@pytest.mark.parametrize(("first", "within", "past", "section"), BEFORE)
def test_an_earlier_act_that_puts_a_recorded_one_past_a_limit_needs_a_reason(
    desk: str, tmp_path: Path, first: list[dict[str, str]], within: dict[str, str], past: dict[str, str], section: str
) -> None:
    recorded(desk, lines(tmp_path, *first), TUESDAY)
    before = Path(desk, "deal.book").read_bytes()
    file = lines(tmp_path, past, name="late.jsonl")
    # Also a preview of a day before the recorded act must find it.
    for day in (None, parse_date("1999-02-25")):
        sentence = refused(
            ProblemKind.AGAINST_PAPERS,
            lambda day=day: booking.prepare(desk, "Ann", WEDNESDAY, facts_files=[file], as_of=day),  # type: ignore[misc]
        )
        assert sentence.startswith(f"{file}:1: CC Investments, LDC is issued 11 shares of Common Stock")
        assert f"on 1999-02-20, which puts entry {NEXT + 1} of 1999-03-01 past a limit (CC Investments" in sentence
        assert f"against cod {section}: " in sentence
        assert ": 1 share too many; if it was done all the same, add --despite with the reason" in sentence
    assert Path(desk, "deal.book").read_bytes() == before
    prepared = booking.prepare(desk, "Ann", WEDNESDAY, facts_files=[file], despite="the board ratified it")
    booking.commit(prepared, WEDNESDAY)
    (breach,) = stated(desk).beside.breaches
    assert (breach.day, breach.difference, breach.owed_by, breach.citation.section) == (
        parse_date("1999-03-01"), 1, "cc-investments", section)
    (act,) = breach.put_past_by
    assert act.endswith("on 1999-02-20: the board ratified it")
    assert f"an earlier act was recorded later ({act})" in told(desk)
    assert "CC Investments, LDC gives back 1 share" in told(desk)


def test_an_act_recorded_with_a_reason_may_be_put_further_past_its_limit(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, MANY, {**issued(CAP + 2), "despite": "counsel agreed"}), TUESDAY)
    sentence = refused(
        ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", WEDNESDAY, typed_facts=[early(3)])
    )
    assert ": 5 shares too many (2 before); " in sentence
    booking.commit(booking.prepare(
        desk, "Ann", WEDNESDAY, typed_facts=[early(3)], despite="found in the register"), WEDNESDAY)
    (breach,) = stated(desk).beside.breaches
    assert (breach.difference, breach.despite, len(breach.put_past_by)) == (5, "counsel agreed", 1)


def test_of_several_earlier_acts_each_takes_the_reason_that_puts_the_recorded_one_past(
    desk: str, tmp_path: Path
) -> None:
    recorded(desk, lines(tmp_path, MANY, issued(CAP - 10)), TUESDAY)
    acts = [issued(7, "1999-02-22"), issued(4, "1999-02-21"), issued(6, "1999-02-23"), early(2)]
    prepared = booking.prepare(desk, "Ann", WEDNESDAY, typed_facts=acts, despite="ratified")
    # In the order of events 2 and 4 leave room for 4: the 7 take 3 too many, and the 6 after them 6 more.
    assert ['"despite":"ratified"' in one.body for one in prepared.submissions] == [True, False, True, False]


def test_what_a_report_does_is_not_laid_to_the_act_beside_it(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, OWNED, issued(ROOM - 10)), TUESDAY)
    report = {"kind": "shares_outstanding", "on": "1999-02-21", "shares": "20000000", "source": "the agent's letter"}
    recorded(desk, lines(tmp_path, report, early(10), name="late.jsonl"), WEDNESDAY)
    (breach,) = stated(desk).beside.breaches
    assert breach.put_past_by == ()


def test_an_act_after_everything_recorded_is_not_compared_with_it(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, MANY, {**issued(CAP + 2), "despite": "counsel agreed"}), TUESDAY)
    lowers = {"kind": "certificate_issued", "on": "1999-03-05", "certificate": "7", "security": "common",
              "holder": "cc-investments", "shares": "100", "source": "the agent's letter"}
    assert recorded(desk, lines(tmp_path, lowers, name="later.jsonl"), WEDNESDAY).new == 1


def test_shares_issued_stay_issued_when_an_earlier_issuance_comes_to_light(desk: str, tmp_path: Path) -> None:
    seeded = next(entry.number for entry in recorded_in(  # type: ignore[union-attr]
        desk, service.store.read_calendars()).entries if '"lot":"B-1"' in entry.body)
    booking.commit(booking.prepare_undo(desk, "Ann", TUESDAY, seeded, "for this story"), TUESDAY)
    recorded(desk, lines(tmp_path, lot("B-9", 7000, "1999-01-05")), TUESDAY)
    late = lines(tmp_path, lot("B-8", 600, "1998-12-18"), name="late.jsonl")
    assert "against cod I: 7,600 shares would exceed the authorised number: 100 shares too many" in refused(
        ProblemKind.AGAINST_PAPERS, lambda: booking.prepare(desk, "Ann", WEDNESDAY, facts_files=[late])
    )
    booking.commit(
        booking.prepare(desk, "Ann", WEDNESDAY, facts_files=[late], despite="found in the minutes"), WEDNESDAY
    )
    made = stated(desk)
    assert held(made) == {"B-8": 600, "B-9": 7000}
    assert owed(made) == {"give_back:authorised/B-9": ("cc-investments", 100)}


def test_a_count_of_acts_that_cannot_be_carried_out_alone_is_passed_over() -> None:
    none: limits.Excesses = {}
    breach = Breach(parse_date("1999-03-01"), "", "", Citation("cod", "I"), "", 1, "company", True)
    some: limits.Excesses = {(7, "authorised"): breach}
    more: limits.Excesses = {(7, "authorised"): replace(breach, difference=2)}
    found = limits.worsening(0, 4, [none, some, None, some, more].__getitem__)
    assert list(found) == [(0, 1), (3, 4)]
    assert list(limits.worsening(0, 2, [none, None, some].__getitem__)) == [(0, 2)]


# -- the command


def test_the_command_takes_the_reason(desk: str, tmp_path: Path) -> None:
    lines(tmp_path, MANY, issued(CAP + 1))
    ran = run("paripassu record desk --by Ann --file facts.jsonl --yes", tmp_path)
    assert ran.status == ProblemKind.AGAINST_PAPERS.exit_code
    done = run("paripassu record desk --by Ann --file facts.jsonl --despite 'ratified later' --yes", tmp_path)
    assert done.status == 0
    assert "+ Acts against the papers, Breaches: 1999-03-01; " in done.text
    assert "; ratified later; CC Investments, LDC gives back 1 share" in done.text
