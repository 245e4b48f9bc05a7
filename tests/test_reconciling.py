"""Which single change gives their number: each kind of change found, best first, and said so where nothing gives it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consoles import run
from paripassu import whatif
from paripassu.reconciling.bids import bid_giving
from paripassu.reconciling.question import printed
from paripassu.reconciling.search import Reconciliation
from paripassu.service import Question
from paripassu.values.arithmetic import ratio, rational, whole_up
from paripassu.values.problems import ProblemKind
from paripassu.whatif import Asked

DEAL = "valence-1998"
NOVEMBER = date(1999, 11, 4)


def heard(doing: str, done: int, total: int) -> None:
    assert 0 <= done <= total


def theirs(number: str, name: str, question: Question | None = None, **at: str) -> Reconciliation:
    return whatif.theirs(question or Question(DEAL, NOVEMBER), Asked(name, at, {}), number, heard)[0]


def bids(folder: Path, rows: dict[str, str]) -> str:
    path = folder / "bids.csv"
    path.write_text(
        "observable,date,value,unit,source,grade\n"
        + "".join(f"closing_bid,{day},{bid},usd per share,test,illustrative\n" for day, bid in rows.items()),
        encoding="utf-8",
    )
    return str(path)


# -- what gives theirs, worked by hand


def test_another_reading_comes_before_another_day_that_gives_the_same() -> None:
    """322 days rather than 321 are 60 * 322/365 = 52.9315 dollars: counted from the closing itself, or a day later."""
    found = theirs("$52.93", "premium").found
    assert [(one.kind, one.match) for one in found[:2]] == [("reading", "as printed"), ("date", "as printed")]
    assert found[0].says == "R-PREM-N of series-b: count both, not exclude first"
    assert found[1].says == "asked on 1999-11-05, 1 day later"
    assert found[0].value == rational("3864/73")


def test_a_day_earlier_is_found_where_no_reading_gives_it() -> None:
    found = theirs("52.60274", "premium", Question(DEAL, date(1999, 11, 5))).found
    assert [(one.kind, one.says) for one in found] == [("date", "asked on 1999-11-03, 2 days earlier")]


def test_an_exact_match_comes_before_one_as_printed() -> None:
    """The five lowest bids are 4.4375, 4.5, 4.5625, 4.75 and 4.84375; 101 per cent of their mean is 4.6649375."""
    found = theirs("4.6649375", "conversion_price").found
    assert (found[0].kind, found[0].says, found[0].match) == ("term", "lowest count of 5, not 6", "exact")
    assert [one.match for one in found] == sorted((one.match for one in found), key=["exact", "as printed"].index)


def test_bids_read_to_two_decimals_are_a_convention() -> None:
    """4.44, 4.50, 4.56, 4.75, 4.84 and 4.88 add up to 27.97; 101 per cent of a sixth of it is 4.70828333..."""
    found = theirs("4.708283", "conversion_price").found
    assert (found[0].kind, found[0].says) == ("bids", "every bid rounded to 2 decimals")
    assert found[0].value == rational("27.97") * rational("1.01") / 6


def test_one_bid_that_is_a_quarter_lower_may_be_any_of_the_ten() -> None:
    """The six lowest add up to 27.96875; a quarter less gives 1.01 * 27.71875/6 = 4.66598958...

    Each of the six may be a quarter lower, or one of the other four so low that it takes the place of 4.875.
    """
    found = theirs("4.66598958", "conversion_price").found
    assert {one.kind for one in found} == {"one bid"}
    assert "a bid of $4.25 on 1999-10-21, not $4.50" in {one.says for one in found}
    assert "a bid of $4.625 on 1999-11-03, not $6.00" in {one.says for one in found}
    assert len(found) == 10
    assert found[0].says == "a bid of $4.625 on 1999-10-29, not $4.875", "the smallest change of a bid comes first"


def test_the_bid_that_is_missing_is_worked_out(tmp_path: Path) -> None:
    """On November 3 the window begins on October 20, of which no bid is known.

    The other nine have 27.96875 as the sum of their six lowest. With a bid b below 4.875 it is 23.09375 + b, so
    4.61338542 asks for b = 4.3125.
    """
    assert [one.says for one in theirs("4.61338542", "conversion_price", Question(DEAL, date(1999, 11, 3))).found] == [
        "a bid of $4.3125 on 1999-10-20, where none is known"
    ]


def test_the_window_of_the_day_before_is_found(tmp_path: Path) -> None:
    """Bids of 4 through July 19, of 5 since: a window that begins a day earlier has one more of 4.

    On August 3 the window has none of 4: 5.05. A day earlier one: 1.01 * 29/6.
    """
    rows = dict.fromkeys(("1999-07-15", "1999-07-16", "1999-07-19"), "4") | dict.fromkeys(
        ("1999-07-20", "1999-07-21", "1999-07-22", "1999-07-23", "1999-07-26", "1999-07-27", "1999-07-28",
         "1999-07-29", "1999-07-30", "1999-08-02"), "5")
    asked = Question(DEAL, date(1999, 8, 3), prices_files=(bids(tmp_path, rows),))
    found = theirs("2929/600", "variable_conversion_price", asked).found
    assert found[0].says == "asked on 1999-08-02, 1 day earlier"
    assert [one.says for one in found if one.kind == "window"] == [
        "the bids of 1999-07-19 to 1999-07-30, 1 trading day earlier"
    ]


def test_bids_not_restated_for_a_split_are_found(tmp_path: Path) -> None:
    """Bids of 6 before a split of two for one on July 30 count 3 each after it; not restated the price is 6.06."""
    rows = dict.fromkeys(
        ("1999-07-19", "1999-07-20", "1999-07-21", "1999-07-22", "1999-07-23", "1999-07-26", "1999-07-27",
         "1999-07-28", "1999-07-29"), "6") | {"1999-07-30": "3"}
    split = tmp_path / "split.jsonl"
    split.write_text('{"kind": "split", "on": "1999-07-30", "before": "1", "after": "2", "source": "test"}\n',
                     encoding="utf-8")
    asked = Question(DEAL, date(1999, 8, 2), None, (str(split),), (bids(tmp_path, rows),))
    result = theirs("5.555", "variable_conversion_price", asked)
    assert result.ours == rational("3.03")
    # the lowest six as quoted: 3 and five of 6, a mean of 5.5
    assert [(one.kind, one.match) for one in result.found if one.kind == "bids"] == [("bids", "exact")]
    assert "not restated for the split" in result.found[0].says


def test_a_fact_left_out_or_counted_twice_is_found() -> None:
    """26,704,073 were reported, 480,824 sold since: 27,184,897; twice the sale gives 27,665,721."""
    asked = Question(DEAL, date(1999, 7, 1))
    without = theirs("26,704,073", "shares_outstanding", asked)
    twice = theirs("27,665,721", "shares_outstanding", asked)
    assert without.ours == 27184897
    assert [one.kind for one in without.found] == ["date", "date", "date", "date", "date", "date", "date", "fact"]
    assert without.found[-1].says.startswith("without the fact of 1999-06-28: ")
    assert [one.kind for one in twice.found] == ["fact"]
    assert twice.found[0].says.startswith("with the fact counted twice of 1999-06-28: ")


def test_what_was_not_yet_known_is_found(tmp_path: Path) -> None:
    late = tmp_path / "late.jsonl"
    row = {"kind": "shares_outstanding", "on": "1999-03-01", "recorded": "1999-04-15", "shares": "30000000",
           "source": "agent"}
    late.write_text(json.dumps(row), encoding="utf-8")
    found = theirs("26704073", "shares_outstanding", Question(DEAL, date(1999, 5, 1), None, (str(late),))).found
    assert [one.kind for one in found] == ["known at", "fact"]
    assert found[0].says == "as known on 1999-04-14, before what was recorded on 1999-04-15"


def test_the_last_place_cut_off_is_a_way_of_printing_ours() -> None:
    """Ours is 4.70807291...: rounded to four places 4.7081, cut off 4.7080."""
    assert theirs("4.7081", "conversion_price").same == "as printed"
    found = theirs("4.7080", "conversion_price").found
    assert found[0].says == "ours with the last place cut off, not rounded"


def test_ours_that_is_theirs_is_said_at_once() -> None:
    result = theirs("1,677,067", "shares_issuable")
    assert (result.same, result.tried, result.found) == ("exact", 0, ())


def test_where_nothing_single_gives_theirs_the_nearest_are_named() -> None:
    result = theirs("9.11", "conversion_price")
    assert result.found == ()
    assert result.nearest[0].says == "window days of 9, not 10"
    distances = [one.distance for one in result.nearest]
    assert distances == sorted(distances)


# -- a bid that gives theirs


@pytest.mark.parametrize(
    ("figure", "number", "recorded", "bid"),
    [
        # a quotient that falls: 1000/b, rounded up, is 223 for b from 1000/223 to below 1000/222
        (lambda bid: whole_up(1000 / bid), "223", "5", "4 1/2"),
        # a product that rises
        (lambda bid: bid * 2, "10", "4", "5"),
        # steps of eight that skip nine
        (lambda bid: 8 * whole_up(bid), "9", "1", None),
        # no bid reaches beyond the ends
        (lambda bid: min(bid, ratio(5)), "6", "4", None),
        # the bid does not matter
        (lambda bid: ratio(3), "4", "4", None),
        # only a bid that is no round part of a dollar
        (lambda bid: bid, "4.12345678", "4", "4.12345678"),
    ],
)
def test_the_simplest_bid_that_gives_theirs(
    figure: Callable[[Any], Any], number: str, recorded: str, bid: str | None
) -> None:
    found = bid_giving(figure, printed(number), rational(recorded))
    assert found == (None if bid is None else rational(bid))


# -- their number as it is printed


@pytest.mark.parametrize(
    ("text", "value", "match"),
    [
        ("4.71", "4.705", "as printed"), ("4.71", "4.7149999", "as printed"), ("4.71", "4.715", ""),
        ("4.71", "4.7049999", ""), ("4.71", "4.71", "exact"), ("$1,677,067", "1677067", "exact"),
        ("1,677,067", "1677067.4", "as printed"), ("1/3", "1/3", "exact"), ("1/3", "0.3333", ""),
        ("4.70807292…", "18079/3840", "as printed"), ("-0.5", "-0.5", "exact"),
    ],
)
def test_a_match_is_at_the_precision_printed(text: str, value: str, match: str) -> None:
    assert printed(text).match(rational(value)) == match


def test_dates_match_as_dates_and_are_apart_by_days() -> None:
    wanted = printed("1999-08-05")
    assert wanted.match(date(1999, 8, 5)) == "exact"
    assert wanted.match(date(1999, 8, 6)) == ""
    assert wanted.distance(date(1999, 8, 2)) == 3
    assert wanted.distance(rational("3")) is None


# -- bad input and the command


@pytest.mark.parametrize(
    ("options", "kind"),
    [("--figure premium --theirs many", ProblemKind.BAD_NUMBER),
     ("--theirs 5", ProblemKind.MISSING_KEY),
     ("--figure premium --theirs 1999-08-05", ProblemKind.WRONG_UNIT),
     ("--figure closing_bids --theirs 5", ProblemKind.WRONG_UNIT),
     ("--figure premium --theirs 5 --from 1999-11-03", ProblemKind.UNREADABLE)],
)
def test_bad_input_is_a_sentence_with_its_own_exit_status(options: str, kind: ProblemKind, tmp_path: Path) -> None:
    ran = run(f"paripassu difference {DEAL} --as-of 1999-11-04 {options}", tmp_path)
    assert ran.status == kind.exit_code, ran.text
    assert ran.errors.count("\n") == 1


def test_the_command_says_what_gives_theirs_and_what_comes_nearest(tmp_path: Path) -> None:
    asked = f"paripassu difference {DEAL} --as-of 1999-11-04 --figure premium --theirs"
    ran = run(f"{asked} 52.93", tmp_path)
    assert "The first of those that give theirs: R-PREM-N of series-b: count both, not exclude first." in " ".join(
        ran.text.split()
    )
    assert ran.errors == ""
    # 60 * 331/365 = 54.41095890 is the last of the days tried; 55 is 0.58904110 more.
    ran = run(f"{asked} 55", tmp_path)
    assert "Nothing single gives 55" in ran.text
    assert "asked on 1999-11-14, 10 days later  $54.41095890…  off by -$0.58904110…" in ran.text
    told = json.loads(run(f"{asked} 52.93 --json", tmp_path).text)
    assert told["found"][0]["kind"] == "reading"
    assert told["theirs"]["text"] == "52.93"
