"""Dates, instants, zones and the counting conventions, on both sides of each boundary."""

import pickle
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paripassu.values.dates import (
    Instant,
    days_30_360,
    days_after,
    days_counting_both,
    days_excluding_first,
    instant_of,
    latest_day_before,
    latest_day_prior_to_nth_after,
    months_after,
    months_before,
    parse_date,
    parse_instant,
)
from paripassu.values.problems import Problem, ProblemKind

EASTERN = "America/New_York"
PACIFIC = "America/Los_Angeles"


def d(text: str) -> date:
    return date.fromisoformat(text)


def problem(text: str) -> Problem:
    with pytest.raises(Problem) as caught:
        parse_instant(text)
    assert caught.value.kind is ProblemKind.BAD_DATE
    return caught.value


def test_a_date() -> None:
    assert parse_date("1998-12-18") == date(1998, 12, 18)
    assert parse_date("2000-02-29") == date(2000, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "1999-02-29",
        "1998-13-01",
        "1998-00-10",
        "0000-01-01",
        "98-12-18",
        "1998-12-8",
        "19981218",
        "1998-W51-5",
        "12/18/1998",
        " 1998-12-18",
        "1998-12-18\n",
        "1998-12-18T00:00",
        "١٩٩٨-١٢-١٨",
        "",
    ],
)
def test_what_is_not_a_date(text: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_date(text)
    assert caught.value.kind is ProblemKind.BAD_DATE
    assert "YYYY-MM-DD" in caught.value.sentence


def test_a_zone_and_an_offset_name_the_same_instant() -> None:
    named = parse_instant("1999-08-06 23:58:59 America/New_York")
    offset = parse_instant("1999-08-06T23:58:59-04:00")
    assert named == offset
    assert hash(named) == hash(offset)
    assert named.utc == datetime(1999, 8, 7, 3, 58, 59, tzinfo=UTC)
    assert (named.zone, offset.zone) == (EASTERN, "-04:00")


def test_seconds_may_be_left_out_and_z_is_utc() -> None:
    assert parse_instant("1999-08-06 23:58 America/New_York") == parse_instant("1999-08-07T03:58:00Z")
    assert parse_instant("1999-08-07 03:58 UTC") == parse_instant("1999-08-07T03:58Z")


def test_standard_and_summer_time() -> None:
    assert parse_instant("1999-01-15 12:00 America/New_York") == parse_instant("1999-01-15T17:00Z")
    assert parse_instant("1999-07-15 12:00 America/New_York") == parse_instant("1999-07-15T16:00Z")
    # Pacific Standard Time all the year round (R-W05-PST) is a zone of its own.
    assert parse_instant("2005-07-15 17:00 Etc/GMT+8") == parse_instant("2005-07-16T01:00Z")
    assert parse_instant("2005-07-15 17:00 America/Los_Angeles") == parse_instant("2005-07-16T00:00Z")


def test_the_late_evening_in_nevada_is_the_next_day_in_the_east() -> None:
    just_before = parse_instant("1999-08-06 20:59:59 America/Los_Angeles")
    at_nine = parse_instant("1999-08-06 21:00:00 America/Los_Angeles")
    assert just_before.date_in(EASTERN) == d("1999-08-06")
    assert at_nine.date_in(EASTERN) == d("1999-08-07")
    assert at_nine.date_in(PACIFIC) == d("1999-08-06")
    assert at_nine.local(EASTERN).hour == 0


def test_instants_are_ordered_by_universal_time() -> None:
    texts = [
        "1999-08-06T23:59:00-04:00",
        "1999-08-06 20:58:59 America/Los_Angeles",
        "1999-08-07T04:00:00Z",
        "1999-08-06 23:58:58 America/New_York",
    ]
    ordered = sorted(parse_instant(text) for text in texts)
    assert [str(instant) for instant in ordered] == [
        "1999-08-06 23:58:58 America/New_York",
        "1999-08-06 20:58:59 America/Los_Angeles",
        "1999-08-06T23:59:00-04:00",
        "1999-08-07T04:00:00+00:00",
    ]


@pytest.mark.parametrize("text", ["1999-08-06 23:58:59", "1999-08-06T23:58"])
def test_an_instant_needs_a_zone(text: str) -> None:
    assert "has no time zone" in problem(text).sentence
    assert "America/New_York" in problem(text).remedy


@pytest.mark.parametrize("zone", ["EST", "PST", "America/Nowhere", "America", "-25:00", "+05:61", "../etc/x"])
def test_an_instant_needs_a_zone_that_exists(zone: str) -> None:
    assert f"{zone!r} is not a time zone" in problem(f"1999-08-06 23:58:59 {zone}").sentence


@pytest.mark.parametrize(
    "text",
    [
        "1999-08-06",
        "1999-08-06 24:00:00 America/New_York",
        "1999-08-06 23:60 America/New_York",
        "1999-02-29 10:00 America/New_York",
        "1999-08-06 11:59 pm America/New_York",
        "1999-08-06 23:58:59.5 America/New_York",
        "1999-08-06 23:58:59  America/New_York",
        "1999-08-06 23 America/New_York",
        "0001-01-01 00:00 Asia/Tokyo",
        "9999-12-31 23:59 America/New_York",
    ],
)
def test_what_is_not_an_instant(text: str) -> None:
    assert problem(text).remedy


def test_the_hour_skipped_in_spring() -> None:
    assert "skips it in spring" in problem("1999-04-04 02:00:00 America/New_York").sentence
    assert "skips it in spring" in problem("1999-04-04 02:59:59 America/New_York").sentence
    assert parse_instant("1999-04-04 01:59:59 America/New_York") == parse_instant("1999-04-04T06:59:59Z")
    assert parse_instant("1999-04-04 03:00:00 America/New_York") == parse_instant("1999-04-04T07:00:00Z")


def test_the_hour_repeated_in_autumn() -> None:
    refused = problem("1999-10-31 01:00:00 America/New_York")
    assert "repeats it in autumn" in refused.sentence
    assert "offset" in refused.remedy
    assert "repeats it in autumn" in problem("1999-10-31 01:59:59 America/New_York").sentence
    assert parse_instant("1999-10-31 00:59:59 America/New_York") == parse_instant("1999-10-31T04:59:59Z")
    assert parse_instant("1999-10-31 02:00:00 America/New_York") == parse_instant("1999-10-31T07:00:00Z")
    first = parse_instant("1999-10-31T01:30:00-04:00")
    second = parse_instant("1999-10-31T01:30:00-05:00")
    assert second.utc - first.utc == timedelta(hours=1)


def test_an_instant_in_the_repeated_hour_prints_its_offset() -> None:
    repeated = Instant(datetime(1999, 10, 31, 6, 30, tzinfo=UTC), EASTERN)
    assert str(repeated) == "1999-10-31T01:30:00-05:00"
    assert parse_instant(str(repeated)) == repeated


def test_the_rules_of_the_zone_are_those_of_the_pinned_package() -> None:
    # Summer time ended in October until 2006 and in November since.
    assert parse_instant("2006-11-01 12:00 America/New_York") == parse_instant("2006-11-01T17:00Z")
    assert parse_instant("2007-11-01 12:00 America/New_York") == parse_instant("2007-11-01T16:00Z")


def test_an_instant_from_a_clock() -> None:
    reading = datetime(1999, 8, 6, 23, 58, 59, 999_999, tzinfo=ZoneInfo(EASTERN))
    assert instant_of(reading, EASTERN) == parse_instant("1999-08-06 23:58:59 America/New_York")
    assert str(instant_of(reading, PACIFIC)) == "1999-08-06 20:58:59 America/Los_Angeles"
    for moment, zone in ((reading.replace(tzinfo=None), EASTERN), (reading, "EST")):
        with pytest.raises(Problem) as caught:
            instant_of(moment, zone)
        assert caught.value.kind is ProblemKind.BAD_DATE


def test_an_instant_can_be_copied_between_processes() -> None:
    instant = parse_instant("1999-08-06 23:58:59 America/New_York")
    copy = pickle.loads(pickle.dumps(instant))
    assert (copy, copy.zone) == (instant, EASTERN)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2035, 12, 31)),
    st.sampled_from([EASTERN, PACIFIC, "America/Chicago", "Etc/GMT+8", "UTC", "-03:30", "+05:45"]),
)
def test_text_gives_the_instant_back(moment: datetime, zone: str) -> None:
    instant = Instant(moment.replace(microsecond=0, tzinfo=UTC), zone)
    again = parse_instant(str(instant))
    assert again == instant
    assert again.zone == zone or str(instant)[10] == "T"


def test_within_n_days_after_excludes_the_day_and_includes_the_nth() -> None:
    assert days_after(d("1998-12-18"), 5) == d("1998-12-23")  # COD-VIII.A(vi)
    assert days_after(d("1998-12-18"), 90) == d("1999-03-18")  # COD-VIII.A(vi)
    assert days_after(d("1999-10-14"), 10) == d("1999-10-24")  # COD-VIII.A(vii), a Sunday stays
    assert days_after(d("1999-10-14"), 60) == d("1999-12-13")
    assert days_after(d("1998-12-18"), 20) == d("1999-01-07")
    assert days_after(d("1999-04-23"), 15) == d("1999-05-08")  # RRA-2.4(b), a Saturday stays
    assert days_after(d("1999-12-27"), 90) == d("2000-03-26")  # RRA-3.9, over 29 February
    assert days_after(d("1999-10-01"), 30) == d("1999-10-31")
    assert days_after(d("1999-10-01"), 0) == d("1999-10-01")


def test_no_later_than_n_days_before() -> None:
    assert latest_day_before(d("2006-03-31"), 20) == d("2006-03-11")  # W05-9.2
    assert latest_day_before(d("1999-10-15"), 20) == d("1999-09-25")  # COD-XII.3
    assert latest_day_before(d("1999-10-20"), 30) == d("1999-09-20")
    assert latest_day_before(d("1998-07-27"), 90) == d("1998-04-28")  # SPA-2.11
    assert latest_day_before(d("1999-12-06"), 10) == d("1999-11-26")  # W98-4(e).3
    assert latest_day_before(d("1999-12-06"), 5) == d("1999-12-01")


def test_prior_to_the_nth_day_after() -> None:
    assert latest_day_prior_to_nth_after(d("1999-08-05"), 10) == d("1999-08-14")  # COD-VII.C
    assert latest_day_prior_to_nth_after(d("1999-08-05"), 1) == d("1999-08-05")


def test_months() -> None:
    assert months_after(d("1998-12-11"), 8) == d("1999-08-11")
    assert months_after(d("1998-12-18"), 8) == d("1999-08-18")
    assert months_after(d("1998-07-27"), 12) == d("1999-07-27")
    assert months_after(d("1999-01-31"), 1) == d("1999-02-28")
    assert months_after(d("2000-01-31"), 1) == d("2000-02-29")
    assert months_after(d("1999-12-31"), 2) == d("2000-02-29")
    assert months_after(d("1999-11-30"), 1) == d("1999-12-30")
    assert months_after(d("1999-02-28"), 0) == d("1999-02-28")
    assert months_before(d("1999-03-31"), 1) == d("1999-02-28")
    assert months_before(d("2000-01-15"), 1) == d("1999-12-15")
    assert months_before(d("2000-02-29"), 12) == d("1999-02-28")


def test_day_counts() -> None:
    assert days_excluding_first(d("1999-12-18"), d("1999-12-18")) == 0
    assert days_counting_both(d("1999-12-18"), d("1999-12-18")) == 1
    # N of the Premium from the closing of 1998-12-18: COD-VI.B, XI.C, RRA.
    assert days_excluding_first(d("1998-12-18"), d("1999-10-14")) == 300
    assert days_excluding_first(d("1998-12-18"), d("1999-10-06")) == 292
    assert days_excluding_first(d("1998-12-18"), d("1999-03-18")) == 90
    assert days_excluding_first(d("1998-07-27"), d("1999-01-15")) == 172
    assert days_counting_both(d("1998-04-28"), d("1998-07-26")) == 90
    assert days_excluding_first(d("1999-01-02"), d("1999-01-01")) == -1


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("1999-01-01", "2000-01-01", 360),
        ("1999-01-15", "1999-02-15", 30),
        ("1999-01-30", "1999-03-31", 60),
        ("1999-01-31", "1999-03-31", 60),
        ("1999-01-29", "1999-03-31", 62),
        ("1999-01-31", "1999-03-01", 31),
        ("1999-02-28", "1999-03-31", 33),
        ("2000-02-29", "2000-03-31", 32),
        ("1999-12-18", "1999-12-18", 0),
    ],
)
def test_months_of_thirty_days(start: str, end: str, days: int) -> None:
    assert days_30_360(d(start), d(end)) == days


@pytest.mark.parametrize("count", [days_after, latest_day_before, months_after, months_before])
def test_a_count_is_not_negative(count: object) -> None:
    assert callable(count)
    with pytest.raises(Problem) as caught:
        count(d("1999-01-01"), -1)
    assert caught.value.kind is ProblemKind.BAD_NUMBER


def test_there_is_no_day_prior_to_the_zeroth_after() -> None:
    with pytest.raises(Problem) as caught:
        latest_day_prior_to_nth_after(d("1999-01-01"), 0)
    assert caught.value.kind is ProblemKind.BAD_NUMBER


def test_the_end_of_the_years() -> None:
    for beyond in (
        lambda: days_after(date.max, 1),
        lambda: latest_day_before(date.min, 1),
        lambda: months_after(d("9999-12-01"), 1),
        lambda: months_before(d("0001-01-31"), 1),
        lambda: days_after(d("1999-01-01"), 10**12),
    ):
        with pytest.raises(Problem) as caught:
            beyond()
        assert caught.value.kind is ProblemKind.BAD_DATE
    assert months_after(d("9999-11-30"), 1) == d("9999-12-30")


@given(st.dates(d("1990-01-01"), d("2035-12-31")), st.integers(0, 5000))
def test_counting_forward_and_back_agree(day: date, n: int) -> None:
    assert latest_day_before(days_after(day, n), n) == day
    assert days_excluding_first(day, days_after(day, n)) == n
    assert days_counting_both(day, days_after(day, n)) == n + 1
    assert latest_day_prior_to_nth_after(day, n + 1) == days_after(day, n)


@given(st.dates(d("1990-01-01"), d("2035-12-31")), st.integers(0, 400))
def test_months_keep_the_day_number_where_there_is_one(day: date, n: int) -> None:
    later = months_after(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
