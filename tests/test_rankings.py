"""What turns on each reading, against differences worked by hand; only what was consulted is tried, and nothing missed.

By hand, on 1999-06-01, 165 days after the closing: 7,500 shares convert at the fixed price of $6.03 into
(7,500,000 + 7,500 x 60 x 165/365) / 6.03 = 1,277,516.5, so 1,277,517. With the closing date counted there are 166 days
and 1,277,720.98, so 1,277,721: 204 more. Each share by itself gives 170.34, so 171, and 1,282,500 in all: 4,983 more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from consoles import run
from paripassu import rankings
from paripassu.agreement import Agreement
from paripassu.rankings import Basis, effect_of, ranking
from paripassu.render.text import sheet_text
from paripassu.replay import Replayed, replay
from paripassu.service import Question, load
from paripassu.values.arithmetic import nearest_cent, rational
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import Market, Observation
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import determined
from paripassu.views.effects import Change
from paripassu.views.readings import Alternative, Ranking, in_order, questions, ranking_sheet

HOLDER = "cc-investments"
DEAL = load(Question("valence-1998"))
JUNE = "1999-06-01"


def fact(kind: str, when: str, **details: str) -> Fact:
    key = "at" if " " in when else "on"
    return fact_from({"kind": kind, key: when, "source": "test", **details}, DEAL.agreement.zone)


def basis(day: str, more: Sequence[Fact] = (), bids: dict[str, str] | None = None) -> Basis:
    seen = tuple(
        Observation("closing_bid", date.fromisoformat(on), rational(bid), "test", Grade.ILLUSTRATIVE)
        for on, bid in (bids or {}).items()
    )
    market = Market(seen, DEAL.market.calendars) if bids else DEAL.market
    return Basis(DEAL.agreement, (*DEAL.facts, *more), market, date.fromisoformat(day))


def the(made: Ranking, reading: str, alternative: str) -> Alternative:
    (found,) = [one for one in made.effects if (one.reading, one.alternative) == (reading, alternative)]
    return found


def test_shares_are_worth_the_closing_bid_and_the_largest_comes_first() -> None:
    made = ranking(basis(JUNE, bids={JUNE: "5"}))
    each, both = the(made, "R-ROUND-LEVEL", "each share"), the(made, "R-PREM-N", "count both")
    assert (each.dollars, both.dollars) == (4983 * 5, 204 * 5)
    assert made.effects[0] == each
    assert made.effects.index(both) > 0


OWNING_NONE = fact("beneficial_ownership", "1999-04-30", holder=HOLDER, owned="0", acquirable="0")
NOTICED = fact("notice_of_conversion", "1999-05-03 10:00 America/New_York", notice="N-1", holder=HOLDER,
               face_amount="1000000", date_specified="1999-05-03")


def delivering(shares: str) -> Fact:
    return fact("shares_delivered", "1999-05-04", notice="N-1", shares=shares)


@pytest.mark.parametrize(("more", "left"), [
    ([], ("169545", "170000")), ([delivering("100000")], ("69545", "70000")), ([delivering("169545")], ("0", "455")),
])
def test_shares_of_record_count_once_however_many_of_them_are_delivered(
    more: list[Fact], left: tuple[str, str]
) -> None:
    """136 days: 1,000 shares give 1,022,356.16 / 6.03 = 169,544.97, so 169,545; each by itself 170, so 455 more.

    On the day after, 6,500 are left: 6,646,383.56 / 6.03 = 1,102,219.5, so 1,102,220, or 1,105,000: 2,780 more.
    """
    made = ranking(basis("1999-05-04", [OWNING_NONE, NOTICED, *more], bids={"1999-05-04": "5"}))
    each = the(made, "R-ROUND-LEVEL", "each share")
    (owed,) = [one for one in each.changes if "(deliver_common:N-1)" in one.words and one.measure == "common"]
    assert (owed.before, owed.after) == tuple(rational(one) for one in left)
    assert each.dollars == (455 + 2780) * 5


def test_what_exercising_costs_counts() -> None:
    """To the cent: 895,522 shares at 6.78 rather than 6.7838, and 87,500 at 4.94 rather than 4.9375."""
    made = ranking(basis(JUNE))
    dollars = {one.instrument: one.dollars for one in made.effects if one.reading == "R-E0-CENT"}
    assert dollars["investor-warrants"] == 895522 * rational("0.0038")
    assert dollars["placement-warrant"] == 87500 * rational("0.0025")
    assert [one.instrument for one in made.effects[:2]] == ["investor-warrants", "placement-warrant"]


def test_without_a_bid_shares_are_ranked_and_the_day_is_named() -> None:
    made = ranking(basis(JUNE))
    each, both = the(made, "R-ROUND-LEVEL", "each share"), the(made, "R-PREM-N", "count both")
    assert (each.dollars, each.shares, both.shares) == (0, 4983, 204)
    priced = [one.dollars is not None and bool(one.dollars) for one in made.effects]
    assert made.effects[priced.index(False):][:2] == (each, both)
    assert "No closing bid of 1999-06-01 is recorded" in sheet_text(ranking_sheet(made))


def test_on_a_day_without_trading_the_bid_of_the_day_before_counts() -> None:
    # Saturday 1999-06-05 is day 169: 1,278,334.4 against 1,278,538.9 with day 170, so 204 more again.
    made = ranking(basis("1999-06-05", bids={"1999-06-04": "4"}))
    assert the(made, "R-PREM-N", "count both").dollars == 204 * 4
    assert made.price.day == date(1999, 6, 4)


def test_a_date_that_moves_is_told_in_days() -> None:
    """A notice that names the day before it was sent takes effect on the next business day; banks close on 11-11."""
    notice = fact("notice_of_conversion", "1999-11-10 10:00 America/New_York", notice="N2", holder=HOLDER,
                  face_amount="1000000", date_specified="1999-11-09")
    made = ranking(basis("1999-11-10", [notice]))
    moved = the(made, "R-BD", "exchange")
    (change,) = moved.changes
    assert (change.before, change.after, moved.days) == (date(1999, 11, 12), date(1999, 11, 11), 1)
    assert the(made, "R-BD", "new york").is_none


def test_money_owed_is_taken_as_it_is() -> None:
    """$79,315.07 due on 1999-08-20, 41 days at 24 %: $2,138.25 over 365 days, a seventy-second ($29.70) more over 360;
    by months of thirty days 40 days over 360, $2,115.07, so $23.18 less."""
    window = {
        "1999-07-19": "5.0625", "1999-07-20": "5.125", "1999-07-21": "4.9375", "1999-07-22": "4.875",
        "1999-07-23": "5.00", "1999-07-26": "4.8125", "1999-07-27": "4.75", "1999-07-28": "4.9375",
        "1999-07-29": "4.6875", "1999-07-30": "4.75",
    }
    told: list[tuple[str, str, dict[str, str]]] = [
        ("beneficial_ownership", "1999-07-30", {"holder": HOLDER, "owned": "0", "acquirable": "0"}),
        ("notice_of_conversion", "1999-08-02 10:00 America/New_York",
         {"notice": "N-1", "holder": HOLDER, "face_amount": "1000000", "date_specified": "1999-08-02"}),
        ("confirmation_of_receipt", "1999-08-02", {"notice": "N-1"}),
        ("certificates_delivered", "1999-08-04", {"notice": "N-1"}),
        ("demand", "1999-08-13", {"holder": HOLDER, "case": "N-1"}),
        ("legal_maximum_rate", "1999-08-13", {"rate": "0.30", "by": "counsel"}),
    ]
    late = [fact(kind, when, **details) for kind, when, details in told]
    days = DEAL.market.calendars.get("us-exchange").between(date(1999, 8, 2), date(1999, 9, 30))
    bids = window | {day.isoformat(): f"{64 * 4 - place}/64" for place, day in enumerate(days)}
    made = ranking(basis("1999-09-30", late, bids))
    for alternative, cents, sign in (("actual/360", "29.70", 1), ("30/360", "23.18", -1)):
        moved = the(made, "R-INT-DAYS", alternative)
        (change,) = moved.changes
        assert nearest_cent(change.before) == rational("2138.25")
        assert nearest_cent(moved.dollars) == nearest_cent(change.by * sign) == rational(cents)


def test_only_the_readings_consulted_are_tried_and_each_alternative_once() -> None:
    told: list[tuple[str, int, int]] = []
    made = ranking(basis(JUNE), lambda *tried: told.append(tried))
    assert told == [("trying readings", place, len(made.effects)) for place in range(1, len(made.effects) + 1)]
    tried = {(one.instrument, one.reading) for one in made.effects}
    assert ("series-b", "R-PREM-N") in tried and ("series-b", "R-CDP-PREM") not in tried
    assert tried == {(one.instrument, one.reading) for one in made.consulted}
    listed = [*made.consulted, *made.not_consulted, *made.findings, *made.textual]
    assert sorted(listed, key=str) == sorted(questions(DEAL.agreement), key=str)


@pytest.mark.parametrize("day", [JUNE, "1999-11-03"])
def test_a_reading_that_was_not_consulted_changes_nothing(day: str) -> None:
    at = basis(day)
    silent = ranking(at).not_consulted
    assert len(silent) > 10
    for one in silent:
        for other in one.alternatives:
            assert effect_of(at, one.instrument, one.reading, other).is_none, (one.reading, other)


def test_an_alternative_under_which_the_facts_cannot_be_is_told_and_the_rest_still_ranked(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(agreement: Agreement, *rest: object) -> Replayed:
        if agreement.chosen("series-b", "R-PREM-N") == "count both":
            raise Problem(ProblemKind.IMPOSSIBLE_FACT, "more is converted than held", "correct the fact")
        return replay(agreement, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(rankings, "replay", impossible)
    made = ranking(basis(JUNE))
    assert the(made, "R-PREM-N", "count both").problem == "more is converted than held; correct the fact."
    assert "cannot be carried out so: more is converted than held" in " ".join(
        sheet_text(ranking_sheet(made)).split())
    assert the(made, "R-ROUND-LEVEL", "each share").shares == 4983


def alternative(name: str, **told: object) -> Alternative:
    return Alternative("i", name, "?", "one", "other", "says", **told)  # type: ignore[arg-type]


def test_the_order_is_dollars_shares_impossible_figures_days_lines_nothing() -> None:
    by = Change("price", "usd per share", 1, 2, 1, "", None, None)
    moved = Change("due", "date", date(1999, 1, 1), date(1999, 1, 3), None, "date", None, 2)
    ordered = [
        alternative("dollars", dollars=rational("5"), shares=0), alternative("fewer", dollars=rational("4"), days=9),
        alternative("shares", dollars=0, shares=100), alternative("impossible", problem="no."),
        alternative("figure", dollars=0, shares=0, changes=(by,)), alternative("days", days=2, changes=(moved,)),
        alternative("line", gone=("a",)), alternative("nothing"),
    ]
    assert list(in_order(reversed(ordered))) == ordered


def test_what_is_undetermined_keeps_its_bounds() -> None:
    made = ranking(basis("1999-11-03"))
    moved = the(made, "R-49-CUT", "void")
    # Nothing of 4.9 per cent: at most 1,696,372 shares at the bid of 6.
    assert not determined(moved.dollars) and moved.dollars.low == 0
    assert "undetermined, between $0.00 and" in sheet_text(ranking_sheet(made), width=240)


def test_the_verb_ranks_with_a_date_and_lists_without(tmp_path: Path) -> None:
    ranked = run("paripassu readings valence-1998 --as-of 1999-11-03", tmp_path)
    assert ranked.status == 0 and "$6.00" in ranked.text and "R-PREM-N of" in ranked.text
    assert ranked.errors == ""
    listed = run("paripassu readings valence-1998", tmp_path)
    assert listed.status == 0 and "Questions the words leave open" in listed.text
    told = json.loads(run(
        "paripassu readings valence-1998 --as-of 1999-11-03 --reading 'R-PREM-N=count both' --json", tmp_path
    ).text)
    (other,) = [one for one in told["effects"] if one["reading"] == "R-PREM-N"]
    assert (other["in_force"], other["alternative"]) == ("count both", "exclude first")
    assert told["price"] == {"day": "1999-11-03", "bid": "6"}
