"""Papers drawn up from a state, against figures worked by hand and those the specification prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paripassu import drafting
from paripassu.notices.adjustment_certificate import AdjustmentCertificate
from paripassu.notices.exercise_form import ExerciseForm
from paripassu.service import Question
from paripassu.values.arithmetic import nearest_cent, rational
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Amount, Paragraph, Sheet, Signatures, Table
from paripassu.values.undetermined import determined, extent

GRADED = '"source": "illustration", "grade": "illustrative"}\n'
REPORT = '{"kind": "shares_outstanding", "on": "1999-03-31", "shares": "25500000", ' + GRADED
OPTIONS = ('{"kind": "securities_issued", "on": "1999-04-05", "issue": "A", "type": "options", '
           '"maximum_shares": "500000", "cash": "50000", "additional": "2000000", ' + GRADED)
SALE = ('{"kind": "securities_issued", "on": "1999-05-03", "issue": "S", "type": "common", '
        '"maximum_shares": "1000000", "cash": "4000000", ' + GRADED)
SPLIT = '{"kind": "split", "on": "1999-05-10", "before": "2", "after": "3", ' + GRADED
BIDS = "observable,date,value,source,grade\n" + "".join(
    f"closing_bid,{day},{bid},illustration,illustrative\n"
    for day, bid in (("1999-04-01", "6.00"), ("1999-04-30", "6.00"), ("1999-06-25", "6.00"), ("1999-08-31", "9.50")))


def question(folder: Path, as_of: str, *facts: str, bids: str = BIDS, **choices: str) -> Question:
    (folder / "facts.jsonl").write_text("".join(facts), encoding="utf-8")
    (folder / "bids.csv").write_text(bids, encoding="utf-8")
    return Question("valence-1998", date.fromisoformat(as_of), facts_files=(str(folder / "facts.jsonl"),),
                    prices_files=(str(folder / "bids.csv"),), choices=choices)


def certified(folder: Path, *facts: str, lot: str = "W-1", event: int | None = None) -> AdjustmentCertificate:
    return drafting.certificate(question(folder, "1999-06-01", *facts), lot, event)[0]


def table(sheet: Sheet, title: str) -> dict[str, Any]:
    (found,) = [block for section in sheet.sections for block in section.blocks
                if isinstance(block, Table) and block.title == title]
    return {str(row[0]): row[-1].value if isinstance(row[-1], Amount) else row[-1] for row in found.rows}


def test_a_certificate_tells_of_what_was_carried_and_works_out_price_and_number(tmp_path: Path) -> None:
    """The two steps of the specification's example of 4(h): 6.65715758, rounded 6.66; number 456,084.2450."""
    made, sheet = drafting.certificate(question(tmp_path, "1999-06-01", REPORT, OPTIONS, SALE), "W-1", None)
    assert (made.adjustment, made.day, str(made.citation)) == ("W-1/2", date(1999, 5, 3), "warrant 4(g)")
    assert [step.event.issue for step in (*made.carried, made.step)] == ["A", "S"]  # type: ignore[union-attr]
    worked = table(sheet, "Line by line")
    assert str(round(worked["E1: price sought, with what was carried"], 8)) == "332857879/50000000"  # 6.65715758
    assert worked["E: exercise price in effect"] == rational("6.7838")
    assert worked["O: shares outstanding immediately before"] == 25_500_000
    assert worked["D: shares deemed outstanding after"] == 26_500_000
    assert worked["F: factor: (O + P / M) / D"] == (25_500_000 + rational("4000000") / 6) / 26_500_000
    assert worked["C: carried forward from earlier events"] == rational("6.7838") * rational("475000/3") / 26_000_000
    assert worked["T: smallest amount that is made: 1 % of E"] == rational("0.067838")
    assert worked["E2: exercise price adjusted: E1 to the nearest cent"] == rational("6.66")
    (holder,) = made.holders
    assert (holder.holder, holder.before) == ("cc-investments", 447_761)
    assert holder.after == 447_761 * rational("6.7838") / rational("6.66")


def test_a_split_has_a_certificate_of_its_own_and_the_one_before_can_still_be_had(tmp_path: Path) -> None:
    latest = certified(tmp_path, REPORT, OPTIONS, SALE, SPLIT)
    assert (latest.adjustment, latest.step.after, latest.carried) == ("W-1/3", rational("4.44"), ())
    earlier = certified(tmp_path, REPORT, OPTIONS, SALE, SPLIT, event=2)
    assert (earlier.adjustment, earlier.step.after) == ("W-1/2", rational("6.66"))
    assert earlier.holders[0].after == latest.holders[0].before


def test_each_form_is_certified_by_itself(tmp_path: Path) -> None:
    made = certified(tmp_path, REPORT, OPTIONS, SALE, lot="G-1")
    assert (made.instrument, str(made.citation)) == ("placement-warrant", "gemini-warrant 4(g)")
    assert made.step.before == rational("4.9375")
    assert [one.before for one in made.holders] == [87_500]


@pytest.mark.parametrize(("facts", "lot", "event", "kind"), [
    ((REPORT, OPTIONS), "W-1", None, ProblemKind.IMPOSSIBLE_FACT),
    ((REPORT, OPTIONS, SALE), "W-1", 1, ProblemKind.IMPOSSIBLE_FACT),
    ((REPORT, OPTIONS, SALE), "W-1", 3, ProblemKind.IMPOSSIBLE_FACT),
    ((REPORT, OPTIONS, SALE), "W-3", None, ProblemKind.UNKNOWN_NAME),
])
def test_what_was_not_adjusted_is_not_certified(
    tmp_path: Path, facts: tuple[str, ...], lot: str, event: int | None, kind: ProblemKind
) -> None:
    with pytest.raises(Problem) as raised:
        certified(tmp_path, *facts, lot=lot, event=event)
    assert raised.value.kind is kind


def test_an_adjustment_that_waits_for_a_price_is_not_certified(tmp_path: Path) -> None:
    asked = question(tmp_path, "1999-07-01", bids=BIDS.replace("1999-06-25,6.00", "1999-06-24,6.00"))
    with pytest.raises(Problem) as raised:
        drafting.certificate(asked, "W-1", None)
    assert raised.value.kind is ProblemKind.INCOMPLETE_FACT
    assert "closing bid on 1999-06-25" in raised.value.what


# -- the form of exercise


def figures(made: ExerciseForm) -> dict[str, Any]:
    return {words: figure.value for words, figure in made.lines}


def test_a_form_for_cash_has_the_price_of_all_to_the_cent(tmp_path: Path) -> None:
    """33,333 at 6.7838 are 226,124.4054 dollars."""
    made, sheet = drafting.exercise(question(tmp_path, "1999-09-01"), "W-2", rational(33_333), "cash", "")
    assert (made.holder, made.is_open, made.left) == ("cc-investments", True, 414_428)
    assert figures(made)["price of all, to be paid with the form"] == rational("226124.41")
    assert "cashless" not in str(sheet)
    assert [block.who for section in sheet.sections for block in section.blocks if isinstance(block, Signatures)] == [
        ("To be filled in",), ("CC Investments, LDC",)]


def test_a_cashless_form_works_out_shares_and_fraction(tmp_path: Path) -> None:
    """100,000 x (9.50 - 6.7838) / 9.50 = 28,591.578947: 28,591 shares, and 0.578947 x 9.50 = 5.50 dollars."""
    asked = question(tmp_path, "1999-09-01")
    made = drafting.exercise(asked, "W-1", rational(100_000), "cashless", "cc-investments")[0]
    found = figures(made)
    assert found["common shares before the fraction is cut off"] == 100_000 * rational("27162/95000")
    assert found["common shares to be issued"] == 28_591
    assert found["cash for the fraction"] == rational("5.5")
    assert made.left == 347_761
    net = drafting.exercise(question(tmp_path, "1999-09-01", **{"R-W98-CLREM": "net"}), "W-1", rational(100_000),
                            "cashless", "")[0]
    assert net.left == 447_761 - 28_591


def test_without_the_price_of_the_day_the_form_says_what_it_waits_for() -> None:
    asked = Question("valence-2005", date(2005, 12, 22))
    made, sheet = drafting.exercise(asked, "W-1", rational(250_001), "cashless", "")
    assert not determined(figures(made)["common shares to be issued"])
    assert "cash for the fraction" not in figures(made), "neither end of an unknown number has its fraction"
    said = [block.text for block in sheet.sections[0].blocks if isinstance(block, Paragraph)]
    assert "Not all of it can be filled in: it waits for average price on 2005-12-22." in said


def test_the_form_of_2005_for_cash_and_a_day_on_which_it_may_not_be_exercised() -> None:
    """December 24, 2005 is a Saturday and the Monday after it a bank holiday."""
    made, sheet = drafting.exercise(Question("valence-2005", date(2005, 12, 24)), "W-1", rational(600_000), "cash", "")
    assert figures(made)["price of all, to be paid with the form"] == 1_644_000
    assert (made.is_open, made.left) == (False, 0)
    assert "It may not be exercised on this date; the first day is 2005-12-27." in str(sheet)
    late = drafting.exercise(Question("valence-2005", date(2008, 7, 12)), "W-1", rational(600_000), "cash", "")[1]
    assert "It may not be exercised any more." in str(late)


@pytest.mark.parametrize(("lot", "shares", "holder", "kind"), [
    ("W-1", "600000.5", "", ProblemKind.IMPOSSIBLE_FACT),
    ("W-1", "0", "", ProblemKind.IMPOSSIBLE_FACT),
    ("W-2", "1", "", ProblemKind.UNKNOWN_NAME),
    ("W-1", "1", "company", ProblemKind.UNKNOWN_NAME),
])
def test_a_form_for_what_is_not_held_is_refused(lot: str, shares: str, holder: str, kind: ProblemKind) -> None:
    with pytest.raises(Problem) as raised:
        drafting.exercise(Question("valence-2005", date(2006, 3, 1)), lot, rational(shares), "cash", holder)
    assert raised.value.kind is kind


def test_of_a_warrant_held_by_two_the_holder_is_asked_for(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text('{"kind": "transfer", "on": "2006-02-01", "instrument": "warrant", "holder": "sft-i", "to": '
                     '"lender", "lot": "W-1", "shares": "100000", ' + GRADED, encoding="utf-8")
    asked = Question("valence-2005", date(2006, 3, 1), facts_files=(str(facts),))
    with pytest.raises(Problem) as raised:
        drafting.exercise(asked, "W-1", rational(1), "cash", "")
    assert raised.value.kind is ProblemKind.INCOMPLETE_FACT
    assert drafting.exercise(asked, "W-1", rational(1), "cash", "lender")[0].held == 100_000


def said(sheet: Sheet) -> list[str]:
    return [block.text for block in sheet.sections[0].blocks if isinstance(block, Paragraph)]


def test_a_fractional_number_for_cash_gives_whole_shares_and_cash_for_the_fraction(tmp_path: Path) -> None:
    """Of 1,000.5 shares 1,000 are issued, and half of the market price of 9.50 dollars is paid."""
    room = ('{"kind": "beneficial_ownership", "on": "1999-03-31", "holder": "cc-investments", "owned": "0", '
            '"acquirable": "0", ' + GRADED)
    shares = rational("1000.5")
    found = figures(drafting.exercise(question(tmp_path, "1999-09-01", REPORT, room), "W-2", shares, "cash", "")[0])
    assert found["common shares to be issued"] == 1_000
    assert found["cash for the fraction"] == rational("4.75")
    unknown = figures(drafting.exercise(question(tmp_path, "1999-09-01"), "W-2", shares, "cash", "")[0])
    assert not determined(unknown["common shares to be issued"]), "the room of the limits is not known"
    whole = figures(drafting.exercise(question(tmp_path, "1999-09-01"), "W-2", rational(1000), "cash", "")[0])
    assert "cash for the fraction" not in whole


def test_cash_for_a_fraction_cites_the_section_whose_price_the_reading_takes(tmp_path: Path) -> None:
    for choice, cash, section in (("market price", "5.5", "4(i)"), ("exercise price", "3.93", "1(d)")):
        asked = question(tmp_path, "1999-09-01", **{"R-W98-FRAC": choice})
        lines = drafting.exercise(asked, "W-1", rational(100_000), "cashless", "")[0].lines
        figure = dict(lines)["cash for the fraction"]
        assert (nearest_cent(figure.value), str(figure.citation)) == (rational(cash), f"warrant {section}")


def test_a_fractional_number_for_cash_in_2005_is_rounded_to_the_nearest_share(tmp_path: Path) -> None:
    """1,000.4 shares at an average of 3.85: 1,000 and 1.54 dollars; 1,000.5 shares are 1,001 and nothing is paid."""
    prices = tmp_path / "average.csv"
    prices.write_text("observable,date,value,source,grade\naverage_price,2005-12-22,3.85,x,illustrative\n",
                      encoding="utf-8")
    asked = Question("valence-2005", date(2005, 12, 22), prices_files=(str(prices),))
    for shares, issued, cash in (("1000.4", 1_000, "1.54"), ("1000.5", 1_001, "0")):
        found = figures(drafting.exercise(asked, "W-1", rational(shares), "cash", "")[0])
        assert found["common shares to be issued"] == issued
        assert found["cash for the fraction"] == rational(cash)
        assert found["price of all, to be paid with the form"] == rational("2741.10" if cash != "0" else "2741.37")


def test_of_an_unknown_holding_no_more_may_be_exercised_than_it_may_be(tmp_path: Path) -> None:
    """Dilution may have brought up to 484,000 or so; more than that is refused in words, and no less than 0 is left."""
    asked = question(tmp_path, "1999-09-01", bids="observable,date,value,source,grade\n")
    held = drafting.exercise(asked, "W-1", rational(447_762), "cash", "")
    assert not determined(held[0].held) and not determined(held[0].left)
    assert extent(held[0].left)[0] == 0
    assert "Whether so many shares are held is undetermined." in said(held[1])
    assert "Whether so many shares are held is undetermined." not in said(
        drafting.exercise(asked, "W-1", rational(447_761), "cash", "")[1])
    for shares in ("0", "900000"):
        with pytest.raises(Problem) as raised:
            drafting.exercise(asked, "W-1", rational(shares), "cash", "")
        assert raised.value.kind is ProblemKind.IMPOSSIBLE_FACT
        assert "Undetermined(" not in str(raised.value) and "holds at most " in raised.value.what


def test_the_form_of_1998_is_irrevocable_and_that_of_2005_is_not_said_to_be(tmp_path: Path) -> None:
    """The two exhibits differ in that word (W98-EX1.1, W05-EXA.1)."""
    old = drafting.exercise(question(tmp_path, "1999-09-01"), "W-2", rational(1), "cash", "")[1]
    new = drafting.exercise(Question("valence-2005", date(2005, 12, 22)), "W-1", rational(1), "cash", "")[1]
    assert "CC Investments, LDC irrevocably exercises" in said(old)[0]
    assert "irrevocabl" not in str(new)


def test_a_form_that_would_give_nothing_says_that_it_would_be_refused(tmp_path: Path) -> None:
    """At exactly 2.74 the net form of 2005 is refused, at 2.75 it gives 1 / 275 of 550; in 1998 likewise."""
    prices = tmp_path / "average.csv"
    for price, left, refused in (("2.74", 600_000, True), ("2.75", 599_450, False)):
        prices.write_text(f"observable,date,value,source,grade\naverage_price,2005-12-22,{price},x,illustrative\n",
                          encoding="utf-8")
        asked = Question("valence-2005", date(2005, 12, 22), prices_files=(str(prices),))
        made, sheet = drafting.exercise(asked, "W-1", rational(550), "cashless", "")
        assert made.left == left
        assert any("would be refused: the average price is not above" in one for one in said(sheet)) is refused
    low = "observable,date,value,source,grade\nclosing_bid,1999-06-25,6.00,x,illustrative\n" \
          "closing_bid,1999-08-31,6.7838,x,illustrative\n"
    made, sheet = drafting.exercise(question(tmp_path, "1999-09-01", bids=low), "W-1", rational(100), "cashless", "")
    assert made.left == 447_761
    assert any("would be refused: the market price is not above" in one for one in said(sheet))
