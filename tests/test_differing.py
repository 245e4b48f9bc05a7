"""Why a figure differs: shares worked by hand, what is an input, what is not, and both sides of every comparison."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, service, store, whatif
from paripassu.cases import Case, cases_of, instrument_of, replay_case
from paripassu.differing import Difference
from paripassu.differing import difference as differing
from paripassu.explaining import explain
from paripassu.loading import agreement_from
from paripassu.service import Question
from paripassu.values.arithmetic import rational
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import determined
from paripassu.whatif import Asked

DEAL = "valence-1998"
NOVEMBER = date(1999, 11, 4)
HEADER = "observable,date,value,unit,source,grade\n"


def compared(first: Question, second: Question, name: str, **at: str) -> Difference:
    found = whatif.figures_differ(first, second, Asked(name, at, {}))[0].figure
    assert found is not None
    return found


def shares(found: Difference) -> list[tuple[str, str, Fraction]]:
    return [(one.kind, one.name, Fraction(one.share)) for one in found.inputs]


def bids(folder: Path, *rows: tuple[str, str], name: str = "bids.csv") -> str:
    path = folder / name
    path.write_text(HEADER + "".join(f"closing_bid,{day},{bid},usd per share,test,illustrative\n" for day, bid in rows),
                    encoding="utf-8")
    return str(path)


JULY = ("1999-07-19", "1999-07-20", "1999-07-21", "1999-07-22", "1999-07-23", "1999-07-26", "1999-07-27",
        "1999-07-28", "1999-07-29", "1999-07-30")
"""The ten trading days before August 2, 1999."""


@pytest.fixture
def august(tmp_path: Path) -> str:
    """Bids of 4 on July 19 and of 5 on the ten trading days after it."""
    return bids(tmp_path, (JULY[0], "4"), *((day, "5") for day in JULY[1:]), ("1999-08-02", "5"))


# -- shares, worked by hand


def test_a_day_later_the_date_and_the_bid_that_leaves_the_window_each_have_their_share(august: str) -> None:
    """From August 2 to 3 a share earns 12/73 more, and the mean of the lowest six goes from 29/6 to 5.

    At the old price of 1.01 * 29/6 = 2929/600, the 12/73 give 12/73 * 600/2929 = 7200/213817 more shares. On August 3,
    day 228, a share stands at 1000 + 60 * 228/365 = 75736/73 dollars; divided by 5.05 rather than 2929/600 that is
    75736/73 * (20/101 - 600/2929) = 75736/73 * (-20/2929) = -1514720/213817 shares.
    """
    asked = Question(DEAL, prices_files=(august,))
    found = compared(replace(asked, as_of=date(1999, 8, 2)), replace(asked, as_of=date(1999, 8, 3)),
                     "shares_per_preferred")
    assert shares(found) == [
        ("date", "on", Fraction(7200, 213817)), ("price", "closing_bid", Fraction(-1514720, 213817)),
    ]
    assert found.change == rational("-1507520/213817")
    bid = found.inputs[1]
    assert bid.before is not None
    assert bid.after is not None
    assert (bid.before.day, bid.before.value) == (date(1999, 7, 19), 4)
    assert (bid.after.day, bid.after.value) == (date(1999, 8, 2), 5)
    assert bid.then == found.after.value


def test_a_bid_of_the_same_price_that_takes_anothers_place_differs_and_alters_nothing(tmp_path: Path) -> None:
    flat = bids(tmp_path, *((day, "5") for day in (*JULY, "1999-08-02")))
    asked = Question(DEAL, prices_files=(flat,))
    found = compared(replace(asked, as_of=date(1999, 8, 2)), replace(asked, as_of=date(1999, 8, 3)),
                     "conversion_price")
    assert found.change == 0
    assert shares(found) == [("price", "closing_bid", Fraction(0))]


def test_a_reading_is_an_input_and_its_share_is_one_day_of_premium() -> None:
    first, second = whatif.sides_of(Question(DEAL, NOVEMBER, choices={"R-PREM-N": "count both"}))
    found = compared(first, second, "premium")
    assert shares(found) == [("reading", "days_elapsed", Fraction(12, 73))]


def test_a_reading_under_one_that_no_longer_asks_for_it_is_no_input() -> None:
    """Actual over actual counts years by itself and never asks for the days from the closing."""
    choices = {"R-PREM-N": "count both", "R-PREM-365": "actual over actual"}
    found = compared(*whatif.sides_of(Question(DEAL, date(2000, 12, 18), choices=choices)), "premium")
    # 731 days of 365 at 60 dollars a year, against two whole years.
    assert shares(found) == [("reading", "year_share", Fraction(120) - Fraction(60 * 731, 365))]


def test_at_the_switch_date_the_provision_in_force_is_an_input(august: str) -> None:
    """Before July 27 the price is 6.03; from then 1.01 times the mean of the lowest six."""
    asked = Question(DEAL, prices_files=(august,))
    found = compared(replace(asked, as_of=date(1999, 7, 26)), replace(asked, as_of=date(1999, 8, 2)),
                     "conversion_price")
    assert shares(found) == [("provision", "price_before_lock", Fraction(2929, 600) - Fraction(603, 100))]


def test_two_terms_changed_share_in_their_order(tmp_path: Path, august: str) -> None:
    """The markup of 1.01 becomes 1.02, then the lowest six become the lowest five.

    At a mean of 29/6 the markup gives 29/600; at 1.02 the mean of 4, 5, 5, 5, 5 is 24/5, which is 1/30 less than 29/6.
    """
    folder = store.read_deal(DEAL).root
    text = (folder / "agreement.yaml").read_text(encoding="utf-8")
    (tmp_path / "other").mkdir()
    changed = text
    for one, other in (('markup: {value: "1.01"', 'markup: {value: "1.02"'), ("count: {value: 6", "count: {value: 5")):
        assert one in text
        changed = changed.replace(one, other)
    (tmp_path / "other" / "agreement.yaml").write_text(changed, encoding="utf-8")
    facts = tmp_path / "facts.jsonl"
    facts.write_text((folder / "facts.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    first = Question(DEAL, date(1999, 8, 2), prices_files=(august,))
    second = Question(str(tmp_path / "other"), date(1999, 8, 2), prices_files=(august,), facts_files=(str(facts),))
    found = compared(first, second, "variable_conversion_price")
    assert shares(found) == [
        ("term", "markup_in_force", Fraction(29, 600)), ("term", "lowest_count", Fraction(-102, 3000)),
    ]


def lines(path: Path, *rows: dict[str, str]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


LATE = {"kind": "shares_outstanding", "on": "1999-03-01", "recorded": "1999-04-15", "shares": "30000000",
        "source": "the transfer agent"}
OWNED = {"kind": "beneficial_ownership", "on": "1999-02-05", "holder": "cc-investments", "owned": "0",
         "acquirable": "0", "source": "the holder's letter"}


def test_between_two_known_at_dates_a_fact_recorded_late_is_the_input(tmp_path: Path) -> None:
    """4.9 per cent of a total t that the holder joins is x = 0.049 (o + x): x = 49/951 o, rounded down.

    For o = 26,704,073, seven less than 28,080 * 951, that is 1,375,919.6; for 30,000,000 it is 1,545,741.3.
    """
    facts = lines(tmp_path / "late.jsonl", OWNED, LATE)
    asked = Question(DEAL, date(1999, 3, 31), date(1999, 4, 15), (facts,))
    found = compared(*whatif.sides_of(asked, known_earlier=date(1999, 4, 14)), "ownership_room",
                     holder="cc-investments")
    assert (found.before.value, found.after.value) == (1375919, 1545741)
    assert [(one.kind, one.name, one.share) for one in found.inputs] == [("fact", "outstanding_reported", 169822)]
    assert "the transfer agent" in found.inputs[0].after.source  # type: ignore[union-attr]


def test_between_two_books_the_shares_issued_on_one_notice_are_a_movement(tmp_path: Path) -> None:
    """Both books are of the deal; in the second a notice of 1,000 shares took effect on February 26."""
    for name in ("ours", "theirs"):
        booking.start(str(tmp_path / name), DEAL, "Ann", service.now)
    notice = {"kind": "notice_of_conversion", "at": "1999-02-26 10:00 America/New_York", "notice": "N1",
              "holder": "cc-investments", "face_amount": "1000000", "date_specified": "1999-02-26", "source": "fax"}
    file = lines(tmp_path / "notice.jsonl", OWNED, notice)
    booking.commit(booking.prepare(str(tmp_path / "theirs"), "Ann", service.now, facts_files=[file]), service.now)
    first, second = whatif.sides_of(Question(str(tmp_path / "ours"), date(1999, 3, 1)), str(tmp_path / "theirs"))
    found = compared(first, second, "shares_held", holder="cc-investments")
    assert (found.before.value, found.after.value) == (7500, 6500)
    assert [(one.kind, one.share) for one in found.inputs] == [("fact", -1000)]
    assert found.inputs[0].before is None
    text = run(f"paripassu difference {tmp_path}/ours {tmp_path}/theirs --as-of 1999-03-01", tmp_path).text
    assert "+ Holdings, Positions: CC Investments, LDC; common;" in " ".join(text.split())


def test_where_a_side_is_undetermined_what_differs_is_named_without_shares(tmp_path: Path, august: str) -> None:
    full, short = Question(DEAL, date(1999, 8, 2), prices_files=(august,)), Question(DEAL, date(1999, 8, 2))
    found = compared(short, full, "conversion_price")
    assert found.change is None
    assert not determined(found.before.value)
    assert len(found.inputs) == 10
    assert {(one.kind, one.share) for one in found.inputs} == {("price", None)}


def test_a_fact_of_no_bearing_is_no_input(tmp_path: Path) -> None:
    asked = Question(DEAL, NOVEMBER, date(1999, 11, 4), (lines(tmp_path / "late.jsonl", LATE),))
    found = compared(*whatif.sides_of(asked, known_earlier=date(1999, 4, 14)), "premium")
    assert found.inputs == ()
    assert found.first is None


# -- whatever the story, the shares add up


STORIES = [
    case for file in store.read_deal(DEAL).cases for case in cases_of(file) if case.entry.startswith("COD-")
]
"""The stories of the certificate of designation."""
FIGURES = ("conversion_price", "shares_per_preferred", "shares_issuable", "reserved_amount", "coverage_target")


@pytest.mark.parametrize("case", STORIES[::5], ids=lambda case: case.id)
def test_the_shares_of_a_week_add_up_to_the_change(case: Case) -> None:
    calendars = store.read_calendars()
    agreement = agreement_from(store.read_deal(DEAL).agreement, calendars, "")
    earlier = Case(case.id, case.entry, case.title, case.given, case.when - timedelta(days=7), case.then, case.place)
    try:
        sides = [replay_case(one, agreement, calendars) for one in (earlier, case)]
    except Problem:
        assert any("problem" in one for one in case.then)
        return
    for name in FIGURES:
        names = [done.names[instrument_of(case, agreement)] for done in sides]
        try:
            before, after = (explain(one, name, one.point(None, None, {})) for one in names)
        except Problem:
            continue
        found = differing(before, after, *names)
        if found.change is not None:
            assert sum((one.share for one in found.inputs if one.share is not None), Fraction(0)) == found.change
            assert not found.change or found.inputs[-1].then == after.value


# -- bad input, and the command


def test_two_sides_that_are_the_same_are_refused() -> None:
    with pytest.raises(Problem) as raised:
        whatif.sides_of(Question(DEAL, NOVEMBER))
    assert raised.value.kind is ProblemKind.MISSING_KEY
    assert "there is nothing to compare with" in raised.value.sentence


@pytest.mark.parametrize(
    ("options", "kind"),
    [("--from 1999-11-03 --figure no_such_figure", ProblemKind.UNKNOWN_NAME),
     ("--from 1999-11-03 --at holder=cc-investments", ProblemKind.MISSING_KEY),
     ("--from 1999-13-03", ProblemKind.BAD_DATE),
     ("--reading R-NONE=x", ProblemKind.UNKNOWN_READING),
     ("no-such-deal", ProblemKind.UNKNOWN_NAME)],
)
def test_bad_input_is_a_sentence_with_its_own_exit_status(options: str, kind: ProblemKind, tmp_path: Path) -> None:
    ran = run(f"paripassu difference {DEAL} --as-of 1999-11-04 {options}", tmp_path)
    assert ran.status == kind.exit_code, ran.text
    assert ran.errors.count("\n") == 1


def test_the_command_names_both_sides_the_first_input_and_its_share(tmp_path: Path) -> None:
    ran = run(f"paripassu difference {DEAL} --from 1999-11-03 --as-of 1999-11-04 --figure premium", tmp_path)
    assert ran.status == 0
    assert "as of 1999-11-03  $52.60273973…" in ran.text
    # 60/365 dollars a day
    assert "The first input that differs: the date asked about, 1999-11-03 and then 1999-11-04, which alters it by " \
        "+$0.16438356…." in ran.text
    told = json.loads(run(f"paripassu difference {DEAL} --from 1999-11-03 --as-of 1999-11-04 --figure premium --json",
                          tmp_path).text)
    assert told["sides"] == ["as of 1999-11-03", "as of 1999-11-04"]
    assert told["figure"]["change"] == "12/73"
    assert [one["share"] for one in told["figure"]["inputs"]] == ["12/73"]


def test_without_a_figure_the_lines_of_the_statement_are_compared(tmp_path: Path) -> None:
    ran = run(f"paripassu difference {DEAL} --as-of 1999-11-04 --reading 'R-PREM-N=count both'", tmp_path)
    text = " ".join(ran.text.split())
    assert "- Prices, In force: Premium on one share; $52.76712329…" in text
    assert "+ Prices, In force: Premium on one share; $52.93150685…" in text
    assert "Holdings" not in text


