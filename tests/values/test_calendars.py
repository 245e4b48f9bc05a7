"""The pinned calendars against public knowledge, the worked examples of the specification, and the rules."""

import csv
from datetime import date, timedelta
from functools import cache
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paripassu.values.calendars import (
    Calendar,
    Calendars,
    calendar_from_rows,
    calendar_from_text,
    calendars_of,
)
from paripassu.values.dates import days_after, latest_day_before
from paripassu.values.problems import Problem, ProblemKind

NAMES = ("us-exchange", "us-banks", "us-banks-new-york", "us-federal")


def text_of(name: str) -> str:
    return resources.files("paripassu").joinpath("data", "calendars", f"{name}.csv").read_text("utf-8")


@cache
def pinned(name: str) -> Calendar:
    return calendar_from_text(text_of(name), f"{name}.csv")


EXCHANGE = pinned("us-exchange")
BANKS = pinned("us-banks")
NEW_YORK = pinned("us-banks-new-york")
FEDERAL = pinned("us-federal")


def d(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize("name", NAMES)
def test_a_pinned_table_is_sorted_unique_weekdays_inside_its_coverage(name: str) -> None:
    lines = [line for line in text_of(name).splitlines() if not line.startswith("#")]
    rows = list(csv.reader(lines))
    assert rows[0] == ["date", "reason"]
    days = [date.fromisoformat(row[0]) for row in rows[1:]]
    assert all(len(row) == 2 and row[1].strip() for row in rows)
    assert days == sorted(set(days))
    assert all(day.weekday() < 5 for day in days)
    assert d("1990-01-01") <= days[0] <= days[-1] <= d("2035-12-31")
    assert {day.year for day in days} == set(range(1990, 2036))


@pytest.mark.parametrize("name", NAMES)
def test_a_pinned_table_says_what_it_covers_and_what_it_was_made_from(name: str) -> None:
    calendar = pinned(name)
    assert (calendar.name, calendar.first, calendar.last) == (name, d("1990-01-01"), d("2035-12-31"))
    head = [line for line in text_of(name).splitlines() if line.startswith("#")]
    assert any(line.startswith("# sources: exchange_calendars ") for line in head)
    assert any("projection" in line for line in head)


# Public knowledge: (date, exchange open, banks open, federal offices open).
PUBLIC_KNOWLEDGE = [
    ("1990-01-15", True, False, False),  # Martin Luther King Jr. Day, kept by banks long before the exchange
    ("1994-04-27", False, True, False),  # funeral of Richard Nixon
    ("1995-11-10", True, True, False),  # Veterans Day on a Saturday
    ("1996-07-05", True, True, True),
    ("1997-01-20", True, False, False),  # the last such day on which the exchange traded
    ("1997-12-26", True, True, False),  # federal offices closed by executive order
    ("1998-01-19", False, False, False),  # the first on which it did not
    ("1998-02-12", True, True, True),
    ("1998-07-03", False, True, False),  # 4 July 1998 was a Saturday
    ("1998-10-12", True, False, False),  # Columbus Day
    ("1998-11-11", True, False, False),  # Veterans Day
    ("1998-11-26", False, False, False),  # Thanksgiving
    ("1998-11-27", True, True, True),  # shortened session
    ("1998-12-24", True, True, True),
    ("1999-01-01", False, False, False),
    ("1999-04-02", False, True, True),  # Good Friday
    ("1999-07-05", False, False, False),  # 4 July 1999 was a Sunday
    ("1999-10-11", True, False, False),
    ("1999-11-11", True, False, False),
    ("1999-11-25", False, False, False),
    ("1999-12-24", False, True, False),  # Christmas 1999 was a Saturday
    ("1999-12-31", True, True, False),  # New Year's Day 2000 was a Saturday
    ("2000-11-10", True, True, False),  # 11 November 2000 was a Saturday
    ("2000-11-24", True, True, True),
    ("2001-09-10", True, True, True),
    ("2001-09-11", False, True, True),
    ("2001-09-12", False, True, True),
    ("2001-09-13", False, True, True),
    ("2001-09-14", False, True, True),
    ("2001-09-17", True, True, True),
    ("2001-12-24", True, True, False),  # executive order
    ("2002-12-24", True, True, True),  # half day of the federal offices
    ("2004-06-11", False, True, False),  # mourning for Ronald Reagan
    ("2004-12-31", True, True, False),
    ("2005-10-10", True, False, False),  # Columbus Day
    ("2005-12-26", False, False, False),  # Christmas 2005 was a Sunday
    ("2006-01-02", False, False, False),
    ("2006-04-14", False, True, True),  # Good Friday
    ("2007-01-02", False, True, False),  # mourning for Gerald Ford
    ("2012-10-29", False, True, True),  # storm
    ("2012-10-30", False, True, True),
    ("2012-10-31", True, True, True),
    ("2018-12-05", False, True, False),  # mourning for George Bush
    ("2021-06-18", True, True, False),  # 19 June 2021 was a Saturday; a federal holiday since the day before
    ("2022-06-20", False, False, False),  # 19 June 2022 was a Sunday
    ("2020-06-19", True, True, True),
    ("2021-12-31", True, True, False),
    ("2023-06-19", False, False, False),
    ("2025-01-09", False, True, False),  # mourning for Jimmy Carter
    ("2027-12-24", False, True, False),  # Christmas 2027 is a Saturday
]


@pytest.mark.parametrize(("day", "exchange", "banks", "federal"), PUBLIC_KNOWLEDGE)
def test_public_knowledge(day: str, exchange: bool, banks: bool, federal: bool) -> None:
    opened = (EXCHANGE.is_open(d(day)), BANKS.is_open(d(day)), FEDERAL.is_open(d(day)))
    assert opened == (exchange, banks, federal)


@pytest.mark.parametrize(
    ("day", "new_york", "banks"),
    [
        ("1999-02-12", False, True),  # Friday
        ("1999-11-02", False, True),  # general election, held in odd years too
        ("1999-11-03", True, True),
        ("2000-02-11", True, True),  # 12 February 2000 was a Saturday: not moved
        ("2000-11-07", False, True),
        ("2005-11-01", True, True),  # 1 November is a Tuesday: the election is a week later
        ("2005-11-08", False, True),
        ("2006-02-13", False, True),  # 12 February 2006 was a Sunday
        ("1999-10-11", False, False),
    ],
)
def test_new_york_has_further_public_holidays(day: str, new_york: bool, banks: bool) -> None:
    assert (NEW_YORK.is_open(d(day)), BANKS.is_open(d(day))) == (new_york, banks)


def test_new_york_banks_are_closed_whenever_the_reserve_banks_are() -> None:
    assert set(BANKS.closures) < set(NEW_YORK.closures)


@pytest.mark.parametrize(
    ("calendar", "year", "closures"),
    [
        # New Year, King, Washington, Good Friday, Memorial, Independence, Labor, Thanksgiving, Christmas.
        (EXCHANGE, 1999, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24"),
        # New Year, King, Washington, Memorial, Independence, Labor, Columbus, Veterans, Thanksgiving.
        (BANKS, 1999, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"),
        (BANKS, 1998, "01-01 01-19 02-16 05-25 09-07 10-12 11-11 11-26 12-25"),
        (EXCHANGE, 1998, "01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25"),
        (FEDERAL, 1999, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
    ],
)
def test_a_whole_year(calendar: Calendar, year: int, closures: str) -> None:
    listed = [day for day in sorted(calendar.closures) if day.year == year]
    assert listed == [d(f"{year}-{text}") for text in closures.split()]


def test_the_reason_of_a_closure_is_given() -> None:
    assert EXCHANGE.closed_because(d("1999-04-02")) == "Good Friday"
    assert BANKS.closed_because(d("1999-10-11")) == "Columbus Day"
    assert BANKS.closed_because(d("1999-07-04")) == "Sunday"
    assert BANKS.closed_because(d("1999-07-03")) == "Saturday"
    assert BANKS.closed_because(d("1999-04-02")) is None


# Worked examples of the specification that are calendar arithmetic only: (entry, calendar, from, n, result).
EXAMPLES = [
    ("COD-III.C.1", BANKS, "1999-08-06", 1, "1999-08-09"),
    ("COD-III.C.2", BANKS, "1999-08-04", 1, "1999-08-05"),
    ("COD-III.C.2 over Labor Day", BANKS, "1999-09-04", 1, "1999-09-07"),
    ("COD-IV.C.1 third business day", BANKS, "1999-08-02", 3, "1999-08-05"),
    ("COD-IV.C.1 certificates in time", BANKS, "1999-08-04", 1, "1999-08-05"),
    ("COD-IV.C.1 certificates late", BANKS, "1999-08-11", 1, "1999-08-12"),
    ("COD-VII.A.2 fifth business day", BANKS, "1999-08-02", 5, "1999-08-09"),
    ("COD-VIII.A(iii)", BANKS, "1999-08-05", 10, "1999-08-19"),
    ("COD-VIII.A(iv) over Columbus Day", BANKS, "1999-10-01", 10, "1999-10-18"),
    ("COD-VIII.A(iv) if exchange days", EXCHANGE, "1999-10-01", 10, "1999-10-15"),
    ("COD-VIII.A(ix) amendment", BANKS, "1999-10-14", 10, "1999-10-28"),
    ("COD-VIII.A(ix) over Veterans Day", BANKS, "1999-10-14", 20, "1999-11-12"),
    ("COD-XI.B.3 over Thanksgiving", EXCHANGE, "1999-11-17", 7, "1999-11-29"),
    ("COD-XI.C.5 earliest delivery", BANKS, "1999-12-06", -10, "1999-11-19"),
    ("COD-XI.C.5 latest delivery", BANKS, "1999-12-06", -5, "1999-11-29"),
    ("COD-XI.C.5 earliest telecopy", BANKS, "1999-11-18", 1, "1999-11-19"),
    ("COD-XI.C.5 last telecopy, a Sunday", BANKS, "1999-11-28", 1, "1999-11-29"),
    ("COD-XI.C.5 too late", BANKS, "1999-11-29", 1, "1999-11-30"),
    ("W05-11(a).1", BANKS, "2005-12-22", 2, "2005-12-27"),
    ("W05-11(a).2", BANKS, "2005-12-27", 3, "2005-12-30"),
    ("W05-11(a).3", BANKS, "2005-12-30", 2, "2006-01-04"),
    ("W05-11(a).4", BANKS, "2006-01-04", 10, "2006-01-19"),
    ("W05-17.1 courier", BANKS, "2005-12-23", 1, "2005-12-27"),
    ("SPA-4.7(a)", BANKS, "1998-12-21", 5, "1998-12-29"),
    ("SPA-4.7(b)", BANKS, "1998-12-14", 3, "1998-12-17"),
    ("RRA-3.10 over New Year", BANKS, "1998-12-31", 1, "1999-01-04"),
    ("RRA-3.10 Good Friday", BANKS, "1999-04-01", 1, "1999-04-02"),
    ("RRA-3.10 if exchange days", EXCHANGE, "1999-04-01", 1, "1999-04-05"),
    ("RRA-9(b)", BANKS, "1999-03-18", 10, "1999-04-01"),
]


@pytest.mark.parametrize(("entry", "calendar", "start", "n", "result"), EXAMPLES)
def test_worked_examples(entry: str, calendar: Calendar, start: str, n: int, result: str) -> None:
    assert calendar.add(d(start), n) == d(result), entry


def test_the_ten_trading_days_before_a_conversion_date() -> None:
    window = EXCHANGE.window(10, d("1999-08-02"))  # COD-III.G
    assert (window[0], window[-1], len(window)) == (d("1999-07-19"), d("1999-07-30"), 10)


def test_the_window_leaves_out_the_days_without_trading_in_2001() -> None:
    assert EXCHANGE.window(3, d("2001-09-18")) == (d("2001-09-07"), d("2001-09-10"), d("2001-09-17"))


def test_a_form_due_on_a_saturday_is_filed_on_the_next_day_of_the_commission() -> None:
    due = days_after(d("1998-12-18"), 15)  # SPA-4.2(a), Rule 503
    assert (due, FEDERAL.next_open(due)) == (d("1999-01-02"), d("1999-01-04"))


def test_a_day_that_satisfies_the_certificate_and_the_warrant() -> None:
    deal = d("1999-12-06")  # COD-XI.C.5 with W98-4(e).3 and ERRATA I-12

    def suits(sent: date) -> bool:
        delivered = BANKS.next_open(sent)
        certificate = BANKS.add(deal, -10) <= delivered <= BANKS.add(deal, -5)
        return certificate and latest_day_before(deal, 10) <= delivered <= latest_day_before(deal, 5)

    days = [d("1999-11-15") + timedelta(days=offset) for offset in range(25)]
    assert [day for day in days if suits(day)] == [d(f"1999-11-{n}") for n in (24, 25, 26, 27, 28)]


# Bounds of the arithmetic and of the coverage, on a small calendar: Monday 1 to Wednesday 10 March 1999, of which
# Thursday 4 is closed. Open: 1, 2, 3, 5, 8, 9, 10.
SMALL = calendar_from_rows("small", d("1999-03-01"), d("1999-03-10"), [("1999-03-04", "A holiday")])


def march(day: int) -> date:
    return date(1999, 3, day)


def test_the_open_days_of_a_small_calendar() -> None:
    assert SMALL.between(march(1), march(10)) == tuple(march(n) for n in (1, 2, 3, 5, 8, 9, 10))
    assert SMALL.between(march(4), march(4)) == ()
    assert SMALL.between(march(5), march(5)) == (march(5),)
    assert SMALL.between(march(9), march(2)) == ()
    assert SMALL.count(march(1), march(10)) == 7
    assert SMALL.count(march(4), march(7)) == 1
    assert SMALL.count(march(9), march(2)) == 0


def test_counting_from_a_closed_day_and_by_zero() -> None:
    assert SMALL.add(march(4), 0) == march(4)
    assert SMALL.add(march(4), 1) == march(5)
    assert SMALL.add(march(4), -1) == march(3)
    assert SMALL.add(march(6), 2) == march(9)
    assert SMALL.next_open(march(3)) == march(5)
    assert SMALL.previous_open(march(5)) == march(3)
    assert SMALL.window(3, march(8)) == (march(2), march(3), march(5))
    assert SMALL.window(3, march(6)) == (march(2), march(3), march(5))


def test_the_first_and_the_last_day_covered_can_be_reached_and_not_passed() -> None:
    assert SMALL.add(march(1), 6) == march(10)
    assert SMALL.add(march(10), -6) == march(1)
    assert SMALL.window(6, march(10))[0] == march(1)
    for impossible in (
        lambda: SMALL.add(march(1), 7),
        lambda: SMALL.add(march(10), -7),
        lambda: SMALL.next_open(march(10)),
        lambda: SMALL.previous_open(march(1)),
        lambda: SMALL.window(7, march(10)),
        lambda: SMALL.window(1, march(1)),
        lambda: SMALL.is_open(march(11)),
        lambda: SMALL.is_open(date(1999, 2, 28)),
        lambda: SMALL.closed_because(march(11)),
        lambda: SMALL.add(march(11), 0),
        lambda: SMALL.between(march(1), march(11)),
        lambda: SMALL.count(date(1999, 2, 28), march(3)),
    ):
        with pytest.raises(Problem) as caught:
            impossible()
        assert caught.value.kind is ProblemKind.OUTSIDE_COVERAGE


def test_a_date_outside_the_coverage_is_named_with_the_calendar_and_the_remedy() -> None:
    with pytest.raises(Problem) as caught:
        BANKS.is_open(d("2036-01-01"))
    sentence = caught.value.sentence
    assert "2036-01-01 is outside the calendar us-banks" in sentence
    assert "1990-01-01 to 2035-12-31" in sentence
    assert "give the market a calendar that covers it" in sentence
    assert BANKS.is_open(d("2035-12-31"))
    assert not BANKS.is_open(d("1990-01-01"))


@pytest.mark.parametrize("count", [0, -3])
def test_a_window_of_no_days_is_refused(count: int) -> None:
    with pytest.raises(Problem) as caught:
        SMALL.window(count, march(10))
    assert caught.value.kind is ProblemKind.BAD_NUMBER


def kind_of(name: str, rows: list[tuple[str, str]], first: str = "1999-03-01") -> ProblemKind:
    with pytest.raises(Problem) as caught:
        calendar_from_rows(name, d(first), d("1999-03-10"), rows)
    return caught.value.kind


def test_unfit_closures() -> None:
    assert kind_of("x", [("1999-03-06", "Saturday")]) is ProblemKind.UNREADABLE
    assert kind_of("x", [("1999-03-11", "late")]) is ProblemKind.UNREADABLE
    assert kind_of("x", [("1999-02-26", "early")]) is ProblemKind.UNREADABLE
    assert kind_of("x", [("1999-03-04", " ")]) is ProblemKind.UNREADABLE
    assert kind_of("x", [("1999-03-04", "a"), ("1999-03-04", "b")]) is ProblemKind.DUPLICATE
    assert kind_of("x", [("4 March", "a")]) is ProblemKind.BAD_DATE
    assert kind_of("x", [], first="1999-03-11") is ProblemKind.UNREADABLE


TABLE = "# name: t\n# first: 1999-03-01\n# last: 1999-03-10\n# free words: any\ndate,reason\n"


def test_the_text_of_a_table() -> None:
    calendar = calendar_from_text(TABLE + '1999-03-04,"A holiday, observed"\n', "t.csv")
    assert (calendar.name, calendar.closed_because(march(4))) == ("t", "A holiday, observed")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TABLE.replace("# name: t\n", ""), ProblemKind.MISSING_KEY),
        (TABLE.replace("1999-03-10", ""), ProblemKind.MISSING_KEY),
        (TABLE.replace("1999-03-10", "soon"), ProblemKind.BAD_DATE),
        (TABLE.replace("date,reason", "day,reason"), ProblemKind.UNREADABLE),
        (TABLE.replace("date,reason\n", ""), ProblemKind.UNREADABLE),
        (TABLE + "1999-03-04\n", ProblemKind.UNREADABLE),
        (TABLE + "1999-03-04,a,b\n", ProblemKind.UNREADABLE),
        (TABLE + "1999-03-04,a\n1999-03-04,b\n", ProblemKind.DUPLICATE),
    ],
)
def test_an_unfit_table_is_named(text: str, kind: ProblemKind) -> None:
    with pytest.raises(Problem) as caught:
        calendar_from_text(text, "t.csv")
    assert caught.value.kind is kind
    assert caught.value.sentence.startswith("t.csv: ")


def test_a_set_of_calendars() -> None:
    calendars = calendars_of([BANKS, EXCHANGE])
    assert isinstance(calendars, Calendars)
    assert calendars.get("us-banks") is BANKS
    assert calendars.names() == ("us-banks", "us-exchange")
    with pytest.raises(Problem) as caught:
        calendars.get("banks")
    assert caught.value.kind is ProblemKind.UNKNOWN_NAME
    assert "us-banks, us-exchange" in caught.value.sentence
    with pytest.raises(Problem) as caught:
        calendars_of([BANKS, BANKS])
    assert caught.value.kind is ProblemKind.DUPLICATE


def test_a_calendar_does_not_change_with_the_mapping_it_was_made_from() -> None:
    closures = {march(4): "A holiday"}
    calendar = Calendar("x", march(1), march(10), closures)
    closures[march(5)] = "later"
    assert calendar.is_open(march(5))
    assert calendar == Calendar("x", march(1), march(10), {march(4): "A holiday"})


inner_days = st.dates(d("1991-01-01"), d("2034-12-31"))
any_calendar = st.sampled_from([EXCHANGE, BANKS, NEW_YORK, FEDERAL])


@given(any_calendar, inner_days, st.integers(1, 200))
def test_adding_counts_open_days_and_can_be_undone(calendar: Calendar, day: date, n: int) -> None:
    later = calendar.add(day, n)
    assert calendar.is_open(later)
    assert later > day
    assert calendar.count(day + timedelta(days=1), later) == n
    earlier = calendar.add(day, -n)
    assert calendar.is_open(earlier)
    assert earlier < day
    assert calendar.count(earlier, day - timedelta(days=1)) == n
    if calendar.is_open(day):
        assert calendar.add(later, -n) == day == calendar.add(earlier, n)


@given(any_calendar, inner_days)
def test_next_and_previous_are_inverse_and_leave_only_closed_days_between(
    calendar: Calendar, day: date
) -> None:
    following = calendar.next_open(day)
    skipped = [day + timedelta(days=k) for k in range(1, (following - day).days)]
    assert not any(calendar.is_open(between) for between in skipped)
    previous = calendar.previous_open(following)
    assert previous == (day if calendar.is_open(day) else calendar.previous_open(day))


@given(any_calendar, inner_days, st.integers(1, 60))
def test_a_window_is_consecutive_open_days_ending_before_the_date(
    calendar: Calendar, before: date, count: int
) -> None:
    window = calendar.window(count, before)
    assert len(window) == count
    assert window[-1] == calendar.previous_open(before)
    assert window == calendar.between(window[0], window[-1])


@given(any_calendar, inner_days)
def test_a_day_is_open_unless_there_is_a_reason(calendar: Calendar, day: date) -> None:
    reason = calendar.closed_because(day)
    assert calendar.is_open(day) == (reason is None)
    assert (reason in ("Saturday", "Sunday")) == (day.weekday() >= 5)
