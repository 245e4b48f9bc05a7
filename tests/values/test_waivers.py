"""Days on which something is waived: each from the day after one date through another."""

from __future__ import annotations

from datetime import date

from paripassu.values.waivers import also, begun, days_waived, ended, first_not_waived, is_waived


def d(day: int) -> date:
    return date(1999, 8, day)


THREE = ended(begun((), d(10)), d(12))
OPEN = begun(THREE, d(20))


def test_the_first_and_the_last_day_are_waived_and_no_other() -> None:
    assert [is_waived(THREE, d(day)) for day in (9, 10, 12, 13)] == [False, True, True, False]
    assert [is_waived(OPEN, d(day)) for day in (19, 20, 31)] == [False, True, True]


def test_only_the_days_within_a_span_count() -> None:
    assert days_waived(THREE, d(1), d(31)) == 3
    assert days_waived(THREE, d(10), d(11)) == 1
    assert days_waived(THREE, d(12), d(31)) == 0
    assert days_waived(OPEN, d(11), d(21)) == 3
    assert days_waived(OPEN, d(21), d(11)) == 0


def test_the_first_day_not_waived_follows_the_waiver_that_covers_it() -> None:
    assert first_not_waived(THREE, d(8)) == d(8)
    assert first_not_waived(THREE, d(9)) == d(12)
    assert first_not_waived(THREE, d(12)) == d(12)
    assert first_not_waived(OPEN, d(19)) is None


def test_of_two_waivers_of_one_person_the_longer_runs() -> None:
    assert also((("a", d(5)),), "a", d(3)) == (("a", d(5)),)
    assert also((("a", d(5)),), "a", None) == (("a", None),)
    assert also((("a", None),), "a", d(3)) == (("a", None),)
    assert also((("b", d(5)),), "a", d(3)) == (("a", d(3)), ("b", d(5)))
