"""What if: what follows is worked by hand, what is supposed is marked as such, and nothing of it is recorded."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, codec, service, store, whatif
from paripassu.service import Question
from paripassu.supposing import Scenario, Shown, scenario_from
from paripassu.values.problems import Problem, ProblemKind
from paripassu.views.supposition import Supposed
from paripassu.whatif import Options

DEAL = "valence-1998"
CALENDARS = store.read_calendars()


def supposed(options: Options, *named: str, deal: str = DEAL, as_of: date | None = None) -> Supposed:
    return whatif.suppose(Question(deal, as_of), whatif.scenario(deal, named, options))[0]


def figures(made: Supposed) -> dict[str, object]:
    return {one.words: one.after for one in made.figures}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desks") / "desk"
    booking.start(str(folder), DEAL, "Ann", service.now)
    return folder


# -- the scenarios that come with the deal, worked by hand


def test_a_missed_delivery_through_to_redemption() -> None:
    """750,000 of face, due August 5, undelivered on September 10.

    Four days at 500, August 6 to 9; 32 days, August 10 to September 10, at one per cent, 7,500; and once the premium of
    750 shares for 227 days, 750 * 60 * 227/365. Of 4.04 and 6.03 the lower stays; 6,750 shares are redeemed at 1,250.
    """
    assert figures(supposed(Options(), "missed-delivery")) == {
        "delivery period ends, notice N1": date(1999, 8, 5),
        "default payment, notice N1, holder cc-investments": 2000 + 32 * 7500 + Fraction(750 * 60 * 227, 365),
        "reset price, notice N1, lot B-1": Fraction(404, 100),
        "redemption amount, redemption R1": 1250,
        "redemption total, redemption R1": 6750 * 1250,
    }


def test_half_transferred_then_a_reset() -> None:
    """The price of the 3,000 shares left to the holder falls to 101 per cent of 4; the 3,750 sold keep 6.03.

    The cap of 5,071,913 is divided in halves, the odd share to the holder of older standing; its conversion of 750
    shares at 4.04 used 750 * (1000 + 60 * 227/365)/4.04 = 192,570.87, rounded up.
    """
    made = supposed(Options(), "half-transferred-then-reset")
    assert figures(made) == {
        "reset last day, notice N1": date(1999, 8, 14),
        "fixed conversion price, lot B-1": Fraction(603, 100), "fixed conversion price, lot B-1/N1": Fraction(404, 100),
        "shares held, holder cc-investments": 3000, "shares held, holder Second Fund": 3750,
        "exchange cap room, holder cc-investments": 2535957 - 192571, "exchange cap room, holder Second Fund": 2535956,
    }
    before = {one.words: one.before for one in made.figures}
    assert before["fixed conversion price, lot B-1/N1"] is None
    assert before["shares held, holder cc-investments"] == 7500


@pytest.mark.parametrize("deal", store.deal_names())
def test_every_scenario_of_a_deal_can_be_told_and_names_who_assumes_what(deal: str) -> None:
    for row in whatif.scenarios(deal):
        scenario = whatif.scenario(deal, [row["scenario"]], Options())
        assert scenario.as_of
        assert scenario.assumptions
        assert scenario.show
        made, sheet = whatif.suppose(Question(deal), scenario)
        assert made.come
        assert sheet.title == f"Supposed: {row['title']}"


def test_there_are_scenarios_to_tell() -> None:
    assert [one["scenario"] for one in whatif.scenarios(DEAL)] == ["half-transferred-then-reset", "missed-delivery"]


# -- what is supposed


def test_a_supposed_bid_stands_in_place_of_the_one_recorded_and_is_graded_assumed() -> None:
    """With 4 1/4 on October 21 the six lowest add up to a quarter less than 27.96875."""
    show = (Shown("conversion_price", {}),)
    made = supposed(Options(prices={"1999-10-21": "4 1/4"}, show=show), as_of=date(1999, 11, 4))
    one = made.figures[0]
    assert (one.before, one.after) == (Fraction(18079, 3840), Fraction(101, 100) * Fraction(2771875, 100000) / 6)
    assert one.change == Fraction(-101, 2400)
    assert [(change.kind, change.says) for change in made.changes] == [
        ("price", "closing bid, 1999-10-21: $4.25, not $4.50")
    ]
    assert any("assumed" in line for line in made.come)


def test_a_day_without_a_bid_leaves_the_price_undetermined() -> None:
    made = supposed(
        Options(prices={"1999-10-21": "none"}, show=(Shown("conversion_price", {}),)), as_of=date(1999, 11, 4)
    )
    assert made.figures[0].change is None
    assert made.changes[0].says == "closing bid, 1999-10-21: no bid, not $4.50"


@pytest.mark.parametrize("words", ["sale 1999-06-28", "480,824", "issuer_sale 480,824 dollars"])
def test_a_fact_is_taken_away_by_words_of_it(words: str) -> None:
    made = supposed(Options(without=(words,), show=(Shown("shares_outstanding", {}),)), as_of=date(1999, 7, 1))
    words_said = "".join(change.says for change in made.changes if change.kind == "fact taken away")
    assert words_said.startswith("1999-06-28: the Company sells 480,824 shares")
    assert (made.figures[0].before, made.figures[0].after) == (27184897, 26704073)


def test_a_fact_of_a_book_is_taken_away_by_the_number_of_its_entry(desk: Path) -> None:
    said = booking.recorded(str(desk), CALENDARS)
    assert said is not None
    number = next(place.line for row, place in said.facts if row["kind"] == "issuer_sale" and row["on"] == "1999-06-28")
    show = (Shown("shares_outstanding", {}),)
    made = supposed(Options(without=(str(number),), show=show), deal=str(desk), as_of=date(1999, 7, 1))
    assert made.figures[0].after == 26704073


def test_a_reading_is_supposed(tmp_path: Path) -> None:
    """One day more of premium: 60/365."""
    path = tmp_path / "reading.yaml"
    path.write_text(
        "title: counted from the closing\nwhy: to see one day\nas_of: 1999-11-04\n"
        "readings: {R-PREM-N: count both}\nshow: [{figure: premium}]\n", encoding="utf-8",
    )
    made = supposed(Options(), str(path))
    assert made.figures[0].change == Fraction(12, 73)
    assert [(one.kind, one.says) for one in made.changes] == [("reading", "R-PREM-N: count both")]


def test_facts_come_as_json_in_files_and_with_a_scenario_and_the_later_date_holds(tmp_path: Path) -> None:
    row = {"kind": "shares_outstanding", "on": "1999-08-10", "shares": "30000000"}
    later = {**row, "shares": "31000000", "on": "1999-08-11"}
    (tmp_path / "facts.jsonl").write_text(json.dumps(later), encoding="utf-8")
    options = Options((json.dumps(row),), (str(tmp_path / "facts.jsonl"),), show=(Shown("shares_outstanding", {}),))
    made = supposed(options, "missed-delivery", as_of=date(1999, 8, 12))
    assert made.as_of == date(1999, 8, 12)
    assert made.title == "a missed delivery, through to redemption"
    assert figures(made)["shares outstanding"] == 31000000
    assert sum(one.kind == "fact" for one in made.changes) == 7 + 2


# -- nothing is recorded


def test_a_book_is_as_it_was_byte_for_byte(desk: Path, tmp_path: Path) -> None:
    before = {one.name: one.read_bytes() for one in desk.iterdir()}
    asked = f"paripassu suppose {desk} missed-delivery --price 1999-08-02=4.50 --without 480,824 --report page.html"
    ran = run(asked, tmp_path)
    assert ran.status == 0, ran.text
    assert {one.name: one.read_bytes() for one in desk.iterdir()} == before
    assert "Supposed and recorded nowhere." in ran.text


# -- the page


def test_the_page_says_first_that_it_is_supposed_and_on_which_assumptions(tmp_path: Path) -> None:
    ran = run(f"paripassu suppose {DEAL} half-transferred-then-reset --report page.html", tmp_path)
    assert ran.text.endswith("\nWritten: page.html\n")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    places = [page.index(one) for one in (
        "Supposed: half of the preferred transferred", "Supposed and recorded nowhere.", "here called Second Fund",
        'id="what-is-owed"',
    )]
    assert places == sorted(places)
    assert "<script" not in page
    assert "src=" not in page


# -- bad input


GOOD = "title: t\nwhy: w\n"


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("why: w\n", ProblemKind.MISSING_KEY, 1),
        ("title: t\n", ProblemKind.MISSING_KEY, 1),
        (GOOD + "sorry: x\n", ProblemKind.UNKNOWN_KEY, 3),
        (GOOD + "as_of: 1999-02-30\n", ProblemKind.BAD_DATE, 3),
        (GOOD + "assumptions:\n  - {what: x}\n", ProblemKind.MISSING_KEY, 4),
        (GOOD + "assumptions: {what: x, by: y}\n", ProblemKind.UNREADABLE, 3),
        (GOOD + "prices:\n  1999-08-02: '4'\n  1999-13-02: '4'\n", ProblemKind.BAD_DATE, 5),
        (GOOD + "prices:\n  1999-08-02: many\n", ProblemKind.BAD_NUMBER, 4),
        (GOOD + "prices: [4]\n", ProblemKind.UNREADABLE, 3),
        (GOOD + "flat:\n  - {from: 1999-08-02, to: 1999-08-06}\n", ProblemKind.MISSING_KEY, 4),
        (GOOD + "facts:\n  - {kind: split, \"on\": 1999-08-02, before: '1'}\n", ProblemKind.MISSING_KEY, 4),
        (GOOD + "facts:\n  - split\n", ProblemKind.UNREADABLE, 4),
        (GOOD + "show:\n  - {figure: premium, of: B-1}\n", ProblemKind.UNKNOWN_KEY, 4),
        (GOOD + "show:\n  - {figure: premium, at: B-1}\n", ProblemKind.UNREADABLE, 4),
        ("- t\n", ProblemKind.UNREADABLE, 1),
        (GOOD + "title: again\n", ProblemKind.DUPLICATE, 3),
    ],
)
def test_a_scenario_at_fault_is_refused_with_file_and_line(
    text: str, kind: ProblemKind, line: int, tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text(text, encoding="utf-8")
    ran = run(f"paripassu suppose {DEAL} bad.yaml --as-of 1999-08-02", tmp_path)
    assert ran.status == kind.exit_code, ran.text
    assert f" bad.yaml:{line}: " in ran.errors


@pytest.mark.parametrize(
    ("options", "kind", "says"),
    [
        ("", ProblemKind.MISSING_KEY, "nothing is supposed"),
        ("no-such-story", ProblemKind.UNKNOWN_NAME, "half-transferred-then-reset, missed-delivery"),
        ("none.yaml", ProblemKind.MISSING_FILE, "none.yaml"),
        ("--without 'a fact that is not there'", ProblemKind.UNKNOWN_NAME, "no fact recorded is"),
        ("--without sells", ProblemKind.UNKNOWN_NAME, "3 facts are 'sells'; add words that only one has"),
        ("--without 3", ProblemKind.UNKNOWN_NAME, "add words that only one has"),
        ("--price 1999-08=4", ProblemKind.BAD_DATE, "--price"),
        ("--price 1999-08-02=0", ProblemKind.BAD_NUMBER, "--price"),
        ("--fact '{\"kind\": \"split\"}'", ProblemKind.MISSING_KEY, "--fact:1"),
        ("--fact '{'", ProblemKind.UNREADABLE, "--fact:1"),
        ("--price 1999-08-02=4 --reading R-NONE=x", ProblemKind.UNKNOWN_READING, "R-NONE"),
        ("--price 1999-08-02=4 --figure no_such_figure", ProblemKind.UNKNOWN_NAME, "no_such_figure"),
    ],
)
def test_bad_input_is_a_sentence_with_its_own_exit_status(
    options: str, kind: ProblemKind, says: str, tmp_path: Path
) -> None:
    ran = run(f"paripassu suppose {DEAL} --as-of 1999-12-31 {options}", tmp_path)
    assert ran.status == kind.exit_code, ran.text
    assert says in ran.errors
    assert ran.errors.count("\n") == 1


def test_single_days_prevail_over_a_flat_run() -> None:
    text = GOOD + "flat:\n  - {from: 1999-08-02, to: 1999-08-04, bid: '4'}\nprices: {1999-08-03: '5'}\n"
    scenario = scenario_from(codec.parse_yaml(text, "s.yaml"), CALENDARS)
    assert [(str(day), bid) for day, bid, _ in scenario.prices] == [
        ("1999-08-02", "4"), ("1999-08-03", "4"), ("1999-08-04", "4"), ("1999-08-03", "5"),
    ]
    made = whatif.suppose(Question(DEAL, date(1999, 8, 5)), scenario)[0]
    assert [one.says for one in made.changes] == [
        "closing bid, 1999-08-02: $4.00", "closing bid, 1999-08-03: $5.00", "closing bid, 1999-08-04: $4.00",
    ]


def test_an_impossible_story_is_refused() -> None:
    """Nobody delivers shares for a notice that nobody gave."""
    row = {"kind": "shares_delivered", "on": "1999-08-05", "notice": "N9", "shares": "1"}
    with pytest.raises(Problem):
        whatif.suppose(Question(DEAL, date(1999, 8, 6)), whatif.scenario(DEAL, [], Options((json.dumps(row),))))


def test_joined_scenarios_add_up() -> None:
    one = Scenario("a", "w", date(1999, 1, 1), readings={"x": "1", "y": "1"})
    other = Scenario("b", "v", None, readings={"y": "2"}, without=("f",))
    both = one.joined(other)
    assert (both.title, both.why, both.as_of, both.without) == ("a; b", "w v", date(1999, 1, 1), ("f",))
    assert both.readings == {"x": "1", "y": "2"}


def test_the_command_as_json_is_what_the_service_returns(tmp_path: Path) -> None:
    ran = run(f"paripassu suppose {DEAL} missed-delivery --json", tmp_path)
    assert ran.text == service.json_of(supposed(Options(), "missed-delivery"))
    assert json.loads(ran.text)["figures"][-1]["after"] == "8437500"
    assert json.loads(run(f"paripassu suppose {DEAL} --list --json", tmp_path).text)[1]["scenario"] == "missed-delivery"
