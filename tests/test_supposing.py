"""What if: what follows is worked by hand, what is supposed is marked as such, and nothing of it is recorded."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, codec, service, store, whatif
from paripassu.recorded import recorded as recorded_in
from paripassu.service import Question
from paripassu.supposing import Scenario, Shown, scenario_from, suppose
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
        "redemption amount, redemption R1, on 1999-08-23": 1250,
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


def preferred_with_premium(day: date) -> Fraction:
    """What converts of one share: 1,000, and 60 a year of 365 days since the closing."""
    return 1000 + Fraction(60 * (day - date(1998, 12, 18)).days, 365)


SIX_LOWEST = [Fraction(32 * 4 + part, 32) for part in (14, 16, 18, 24, 27, 28)]
"""Of the ten bids before 1999-11-04: 4 7/16, 4 1/2, 4 9/16, 4 3/4, 4 27/32 and 4 7/8; the others are above 5."""
RECORDED_PRICE = Fraction(101, 100) * sum(SIX_LOWEST) / 6


def test_a_split_between_notice_and_delivery() -> None:
    """1,500 shares of preferred come to 335,413.39 of common, rounded up; three for two of that are 503,121.

    A third comes late: three days at 500 up to November 12, the fifth business day, three at one per cent of 500,000
    of face, the day of delivery included, and once the premium of 500 shares. On November 16 the ten bids are four of
    before the split, of which only that of November 2, 5 5/16, is under 4 at two thirds, and six of 4.
    """
    assert -(-1500 * preferred_with_premium(date(1999, 11, 4)) // RECORDED_PRICE) == 335414
    assert figures(supposed(Options(), "split-before-delivery")) == {
        "shares due, notice N1, on 1999-11-05": 335414, "shares due, notice N1": 335414 + 167707,
        "delivery period ends, notice N1": date(1999, 11, 9),
        "default payment, notice N1, holder cc-investments": 1500 + 15000 + Fraction(500 * 60 * 321, 365),
        "fixed conversion price, lot B-1": Fraction(402, 100),
        "conversion price": Fraction(101, 100) * (5 * 4 + Fraction(85, 16) * Fraction(2, 3)) / 6,
        "exchange cap room, holder cc-investments": (5071913 * 3 - 503121 * 2) // 2,
    }


def test_a_merger_announced_then_abandoned() -> None:
    """The lock of November 5: the six lowest of ten bids add up to 28.65625; without it the fixed price of 6.03.

    As if converted on November 4 the preferred is 1,677,067 shares of common, at 9.50; or 7,500 times 1,250.
    """
    locked = Fraction(101, 100) * Fraction(2865625, 100000) / 6
    days = [date(1999, 11, day) for day in (22, 26, 29)]
    prices = (locked, locked, Fraction(603, 100))
    due = [-(-500 * preferred_with_premium(day) // price) for day, price in zip(days, prices, strict=True)]
    assert due == [109429, 109497, 87635]
    made = supposed(Options(), "merger-abandoned")
    assert figures(made) == {
        "face alternative, entitlement M1:cc-investments, on 1999-11-05": 7500 * 1250,
        "consideration value, entitlement M1:cc-investments, on 1999-11-05": 1677067 * Fraction(19, 2),
        **{f"conversion price, on {day}": locked for day in ("1999-11-05", "1999-11-22", "1999-11-28")},
        "conversion price, on 1999-11-29": Fraction(603, 100),
        **{f"shares due, notice N{number}": shares for number, shares in enumerate(due, 1)},
    }
    assert not [line for line in made.come if line.startswith("Rights open")]
    pending = supposed(Options(), "merger-abandoned", as_of=date(1999, 11, 16))
    assert [line for line in pending.come if line.startswith("Rights open") and "choose in major transaction" in line]


def test_the_vote_missed_and_the_cap_biting_later() -> None:
    """The unissued 3,321,913 are twice 1,660,956.5: between what converts on October 29 and on November 1.

    7,336 shares come to 1,640,395.07 on November 4; with warrants of 895,522, twice that is under 5,071,913, and with
    one share more above it. One share costs 6 times what it converts into. At 2.02 the last 706,898 of the cap take
    1,349 of 2,336 shares: 523.94 times that is 706,793.3.
    """
    october = Fraction(101, 100) * Fraction(2828125, 100000) / 6
    issuable = [7500 * preferred_with_premium(date(1999, 10, 29)) / october,
                7500 * preferred_with_premium(date(1999, 11, 1)) / RECORDED_PRICE]
    assert issuable[0] < Fraction(3321913, 2) < issuable[1]
    each = preferred_with_premium(date(1999, 11, 4)) / RECORDED_PRICE
    assert 7336 * each < Fraction(5071913, 2) - 895522 < 7337 * each
    made = supposed(Options(), "vote-missed")
    assert figures(made) == {
        "cap is short, holder cc-investments, on 1999-10-29": False,
        "cap is short, holder cc-investments, on 1999-11-01": True,
        "redeemable for cap, holder cc-investments, on 1999-11-03": 163,
        "redemption amount, redemption R1, on 1999-11-04": 6 * each,
        "redemption total, redemption R1": 164 * 6 * each,
        "exchange cap room, holder cc-investments, on 1999-12-07": 5071913 - 1750000 - 1306592 - 1308423,
        "shares due, notice N3": 706794, "exchange cap room, holder cc-investments": 706898 - 706794,
        "shares held, holder cc-investments": 7500 - 164 - 2500 - 2500 - 1349,
        "redeemable for cap, holder cc-investments": 0,
    }
    assert [one.says for one in made.told if one.kind == "refused"] == [
        "987 preferred shares stay outstanding: they would exceed the limit"
    ]


def test_what_turns_on_the_reading_of_the_portion_when_the_cap_has_bitten(tmp_path: Path) -> None:
    """Twice the warrants alone exceed the 104 shares unissued, so all 987 may be redeemed."""
    path = tmp_path / "unissued.yaml"
    path.write_text("title: unissued\nwhy: the other reading\nreadings: {R-CAPPORTION: unissued part}\n", "utf-8")
    asked = whatif.scenario(DEAL, ["vote-missed", str(path)], Options())
    made = whatif.suppose(Question(DEAL), asked)[0]
    assert figures(made)["redeemable for cap, holder cc-investments"] == 987


def test_the_story_is_told_in_order_with_what_follows_under_its_section() -> None:
    told = [one for one in supposed(Options(), "vote-missed").told if one.day == date(1999, 11, 1)]
    assert [one.kind for one in told if one.kind != "explained"] == ["follows", "follows", "follows", "supposed"]
    assert [str(one.citation) for one in told if one.citation] == ["cod VI.B", "cod VI.B", "cod VIII.A(viii)"]
    assert '"notify all Holders of the Trading Market Trigger Event at once" is performed' in [
        one.says for one in told
    ]


@pytest.mark.parametrize("deal", store.deal_names())
def test_every_scenario_of_a_deal_can_be_told_and_names_who_assumes_what(deal: str) -> None:
    for row in whatif.scenarios(deal):
        scenario = whatif.scenario(deal, [row["scenario"]], Options())
        assert scenario.as_of
        assert scenario.assumptions
        assert scenario.show
        assert scenario.steps
        made, sheet = whatif.suppose(Question(deal), scenario)
        assert made.come
        assert sheet.title == f"Supposed: {row['title']}"


def test_there_are_scenarios_to_tell() -> None:
    assert [one["scenario"] for one in whatif.scenarios(DEAL)] == [
        "half-transferred-then-reset", "merger-abandoned", "missed-delivery", "split-before-delivery", "vote-missed",
    ]


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


def test_the_yields_of_treasury_securities_stay_known_in_what_is_supposed() -> None:
    deal = service.load(Question(DEAL))
    scenario = whatif.scenario(DEAL, (), Options(prices={"1999-10-21": "4 1/4"}))
    world = suppose(scenario, deal.facts, deal.market, deal.agreement.zone, deal.agreement.parties, "")
    day, maturity = date(1999, 10, 21), "5 years"
    assert deal.market.yields.published(maturity, day) is not None
    assert world.market.yields.published(maturity, day) == deal.market.yields.published(maturity, day)


def test_a_supposed_bid_of_a_day_without_a_market_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        supposed(Options(prices={"1999-10-23": "4 1/4"}), as_of=date(1999, 11, 4))
    assert caught.value.kind is ProblemKind.IMPOSSIBLE_FACT and "Saturday" in caught.value.sentence


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
    said = recorded_in(str(desk), CALENDARS)
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
    assert sum(one.kind == "fact" for one in made.changes) == 9 + 2


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
        (GOOD + "steps:\n  - {\"on\": 1999-08-02}\n", ProblemKind.MISSING_KEY, 4),
        (GOOD + "steps:\n  - {\"on\": 1999-08-32, says: x}\n", ProblemKind.BAD_DATE, 4),
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
        ("no-such-story", ProblemKind.UNKNOWN_NAME, "half-transferred-then-reset, merger-abandoned, missed-delivery"),
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
    assert json.loads(run(f"paripassu suppose {DEAL} --list --json", tmp_path).text)[2]["scenario"] == "missed-delivery"
