"""Certificates worked by hand: what each represents, what cannot be, and what follows from a loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from carrying_out import HOLDER, agreement, calendars, carry_out, fact, notice

from paripassu.cases import Case, replay_case
from paripassu.replay import Replayed
from paripassu.values.dates import parse_date
from paripassu.values.problems import Place, Problem, ProblemKind

PAPER = "certificates of series-b"
FIRST = fact("issuance", "1998-12-18", instrument="series-b", holder=HOLDER, shares="7500", lot="B-1",
             certificate="PB-1")
CANCELLED = fact("certificate_cancelled", "1999-03-01", security="series-b", certificate="PB-1", because="transfer")
SOLD = fact("transfer", "1999-03-01", instrument="series-b", holder=HOLDER, to="beta", lot="B-1", shares="2500")


def issued(number: str, shares: str, on: str = "1999-03-01", holder: str = HOLDER, **more: Any) -> dict[str, Any]:
    return fact("certificate_issued", on, security="series-b", certificate=number, holder=holder, shares=shares, **more)


def story(*facts: dict[str, Any], when: str = "1999-04-01", first: dict[str, Any] = FIRST) -> Replayed:
    given = {"outstanding": "26000000", "facts": [first, *facts]}
    return replay_case(Case("test", "", "", given, parse_date(when), [], Place("test")), agreement(), calendars())


def problem(*facts: dict[str, Any]) -> Problem:
    with pytest.raises(Problem) as raised:
        story(*facts)
    return raised.value


def test_a_transfer_of_part_leaves_two_certificates_for_what_was_in_one() -> None:
    state = story(SOLD, CANCELLED, issued("PB-2", "2500", holder="beta", out_of=["PB-1"]),
                  issued("PB-3", "5000", out_of="PB-1")).state
    assert [state.total(PAPER, one) for one in ("PB-1", "PB-2", "PB-3", "(cancelled PB-1)")] == [0, 2500, 5000, 0]
    assert state.total("series-b", "beta") == 2500


def test_certificates_are_issued_out_of_several_as_far_as_each_goes() -> None:
    state = story(
        CANCELLED, issued("PB-2", "3000", out_of="PB-1"), issued("PB-3", "4000", out_of="PB-1"),
        *(fact("certificate_cancelled", "1999-03-02", security="series-b", certificate=one, because="exchange")
          for one in ("PB-2", "PB-3")),
        issued("PB-4", "6999", "1999-03-03", out_of=["PB-2", "PB-3"]),
    ).state
    assert [state.total(PAPER, f"(cancelled PB-{one})") for one in (1, 2, 3)] == [500, 0, 1]
    assert state.total(PAPER, "PB-4") == 6999


@pytest.mark.parametrize(("facts", "kind", "words"), [
    ((issued("PB-1", "1"),), ProblemKind.DUPLICATE, "has the number of one issued 1998-12-18"),
    ((issued("PB-2", "1"),), ProblemKind.IMPOSSIBLE_FACT, "holds 7500, of which 7500 stand under other certificates"),
    ((issued("PB-2", "1", out_of="PB-9"),), ProblemKind.UNKNOWN_NAME, "PB-9 of series-b, which was not issued"),
    ((issued("PB-2", "1", out_of="PB-1"),), ProblemKind.IMPOSSIBLE_FACT, "out of PB-1, which is outstanding"),
    ((issued("PB-2", "1", holder="beta"),), ProblemKind.IMPOSSIBLE_FACT, "of which beta holds none"),
    ((issued("(PB-2)", "1"), CANCELLED), ProblemKind.UNREADABLE, "begins with a parenthesis"),
    ((CANCELLED, {**CANCELLED, "on": "1999-03-02"}), ProblemKind.DUPLICATE, "cancelled on 1999-03-01"),
    (({**CANCELLED, "certificate": "PB-7"},), ProblemKind.UNKNOWN_NAME, "PB-7 of series-b, which was not issued"),
    (({**CANCELLED, "security": "series-z"},), ProblemKind.UNKNOWN_NAME,
     "use series-b, investor-warrants, placement-warrant, common"),
    ((CANCELLED, issued("PB-2", "100", lots={"B-1": "99"})), ProblemKind.IMPOSSIBLE_FACT, "its lots add up to 99"),
    ((fact("proof_of_loss", "1999-03-01", security="series-b", certificate="PB-1", paper="affidavit"),),
     ProblemKind.IMPOSSIBLE_FACT, "is not reported lost"),
    ((fact("legend_removed", "1999-03-01", security="series-b", certificate="PB-1", legend="legend",
           because="Rule 144"),), ProblemKind.IMPOSSIBLE_FACT, "is not recorded on it"),
    ((fact("legend_placed", "1999-03-01", security="series-b", certificate="PB-1", legend="legned",
           because="as issued"),), ProblemKind.UNKNOWN_NAME, "use legend, second legend"),
])
def test_what_cannot_be_names_certificate_fact_and_remedy(
    facts: tuple[dict[str, Any], ...], kind: ProblemKind, words: str
) -> None:
    found = problem(*facts)
    assert found.kind is kind and words in found.sentence and found.remedy


def test_no_more_comes_out_of_certificates_than_was_in_them() -> None:
    # PB-1 is for only 7,000 of the 7,500 held, so that a holder has room for 500 that PB-1 never had.
    bare = {key: value for key, value in FIRST.items() if key != "certificate"}
    part = issued("PB-1", "7000", "1998-12-21")
    most = (part, CANCELLED, issued("PB-2", "6000", out_of="PB-1"), issued("PB-3", "1000", out_of="PB-1"))
    assert story(*most, first=bare).state.total(PAPER, "PB-3") == 1000
    with pytest.raises(Problem, match="PB-3 of series-b of 1999-03-01 is for 1001 of lot B-1, 1 more than PB-1 had"):
        story(*most[:3], {**most[3], "shares": "1001"}, first=bare)
    # Without naming PB-1 the last 500 may be certificated for the first time.
    assert story(*most, issued("PB-4", "500"), first=bare).state.total(PAPER, "PB-4") == 500
    with pytest.raises(Problem, match="holds 7500, of which 7000 stand under other certificates"):
        story(*most, issued("PB-4", "501", "1999-03-02"), first=bare)


def test_lots_must_be_named_where_there_are_two() -> None:
    second = fact("issuance", "1998-12-21", instrument="series-b", holder="beta", shares="10", lot="B-2")
    first = {**FIRST, "shares": "7000"}
    moved = fact("transfer", "1999-03-01", instrument="series-b", holder=HOLDER, to="beta", lot="B-1", shares="5")
    facts = (second, moved, {**CANCELLED})
    with pytest.raises(Problem, match="which of the lots B-1, B-2"):
        story(*facts, issued("PB-2", "15", holder="beta"), first=first)
    state = story(*facts, issued("PB-2", "12", holder="beta", lots={"B-1": "5", "B-2": "7"}), first=first).state
    assert state.lots(PAPER, "PB-2") == {"B-1": 5, "B-2": 7}


def test_a_refused_issuance_has_no_certificate() -> None:
    over = fact("issuance", "1999-01-04", instrument="series-b", holder="beta", shares="1", lot="B-2",
                certificate="PB-2")
    stands = story({**over, "despite": "the board would have it so"}).state
    assert (stands.total(PAPER, "PB-2"), stands.total("series-b", "beta")) == (1, 1)
    done = story(over)
    assert done.state.get(("refused", "issuance", "B-2")) is not None
    assert done.state.total(PAPER, "PB-2") == 0


def test_a_lost_certificate_is_replaced_and_its_duty_performed() -> None:
    lost = fact("certificate_lost", "1999-03-01", security="series-b", certificate="PB-1", how="lost")
    proof = [fact("proof_of_loss", "1999-03-05", security="series-b", certificate="PB-1", paper=one)
             for one in ("affidavit", "indemnity")]
    duty = "replace_certificate"
    part = issued("PB-2", "7000", "1999-03-08", out_of="PB-1")
    rest = issued("PB-3", "500", "1999-03-09", out_of="PB-1")
    for facts, status in (((lost, proof[0]), None), ((lost, *proof), "open"), ((lost, *proof, part), "open"),
                          ((lost, *proof, part, rest), "performed")):
        owed = story(*facts).state.obligation(duty, "PB-1 of series-b")
        assert (owed.status if owed else None) == status
    assert story(lost, *proof, part).state.total(PAPER, "PB-1") == 0


def test_without_a_certificate_recorded_a_conversion_owes_none_back() -> None:
    done = carry_out("1999-08-10", notice(), fact("certificates_delivered", "1999-08-04", notice="N1"))
    assert done.state.obligation("deliver_balance_certificate", "N1") is None


def test_a_conversion_of_everything_surrendered_owes_no_balance() -> None:
    facts = (
        fact("beneficial_ownership", "1999-01-04", holder=HOLDER, owned="0", acquirable="0"), CANCELLED,
        issued("PB-2", "1000", out_of="PB-1"),
        notice(), fact("certificates_delivered", "1999-08-04", notice="N1"),
        fact("certificate_cancelled", "1999-08-04", security="series-b", certificate="PB-2", because="conversion",
             notice="N1"),
    )
    given = {"outstanding": "26000000", "facts": [FIRST, *facts],
             "flat": [{"from": "1999-07-12", "to": "1999-08-31", "bid": "5.00"}]}
    done = replay_case(Case("test", "", "", given, parse_date("1999-08-06"), [], Place("test")), agreement(),
                       calendars())
    assert done.state.total("series-b", "(converted)") == 1000
    assert done.state.obligation("deliver_balance_certificate", "N1") is None


def test_a_deal_may_replace_on_an_indemnity_alone() -> None:
    whole = agreement()
    preferred = whole.instruments["series-b"]
    kept = preferred.clause("certificates")
    lighter = replace(kept, links={**kept.links, "loss": {"papers": ["indemnity"]}})
    clauses = tuple(lighter if one is kept else one for one in preferred.clauses)
    changed = replace(whole, instruments={**whole.instruments, "series-b": replace(preferred, clauses=clauses)})
    lost = fact("certificate_lost", "1999-03-01", security="series-b", certificate="PB-1", how="lost")
    proof = fact("proof_of_loss", "1999-03-05", security="series-b", certificate="PB-1", paper="indemnity")
    for deal, owed in ((whole, False), (changed, True)):
        given = {"outstanding": "26000000", "facts": [FIRST, lost, proof]}
        done = replay_case(Case("test", "", "", given, parse_date("1999-04-01"), [], Place("test")), deal, calendars())
        assert (done.state.obligation("replace_certificate", "PB-1 of series-b") is not None) is owed


def test_a_lost_certificate_of_several_for_one_notice_counts_once_all_are_proved() -> None:
    lost = [fact("certificate_lost", "1999-03-04", security="series-b", certificate=one, how="lost", notice="N1")
            for one in ("PB-2", "PB-3")]
    exchanged = (CANCELLED, issued("PB-2", "500", out_of="PB-1"), issued("PB-3", "500", out_of="PB-1"))
    proof = [fact("proof_of_loss", day, security="series-b", certificate=one, paper=paper)
             for one, day in (("PB-2", "1999-03-08"), ("PB-3", "1999-03-10")) for paper in ("affidavit", "indemnity")]
    told = notice(at="1999-03-04 10:00")
    for count, accounted in ((2, False), (3, False), (4, True)):
        state = story(*exchanged, told, *lost, *proof[:count], when="1999-03-31").state
        assert (state.get(("occurred", "certificates_accounted_for", "N1")) is not None) is accounted
        assert state.get(("value", "certificates_delivered_on", "N1")) == (date(1999, 3, 10) if accounted else None)
