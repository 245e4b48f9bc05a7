"""What the benchmarks print, and the story they replay: as many facts as asked for, however many."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import long_story
import measuring

from paripassu import store

MET = measuring.Line("a thing", 2.0, "ms", "The disk.", "a peer", 4.0, "under 3 ms", True)
MISSED = measuring.Line("another", 250.0, "MB", "Its entries.", aim="under 100 MB", met=False)
UNAIMED = measuring.Line("a third", 0.5, "s", "Nothing.", "a peer", 0.25)


def test_a_line_is_printed_with_its_peer_its_aim_and_what_bounds_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert measuring.print_lines([MET]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["a", "thing", "2.00", "ms"], ["a", "peer:", "4.00", "ms", "ratio", "0.50"], ["under", "3", "ms:", "met"],
        ["The", "disk."],
    ]


def test_an_aim_that_was_missed_fails_and_one_that_was_not_set_does_not() -> None:
    assert measuring.print_lines([MET, MISSED]) == 1
    assert measuring.print_lines([UNAIMED]) == 0
    assert (measuring.verdict(MISSED), measuring.verdict(UNAIMED)) == ("under 100 MB: missed", "-")
    assert (measuring.beside(MISSED), MISSED.ratio, UNAIMED.ratio) == ("-", None, 2.0)


@pytest.mark.parametrize(("number", "printed"), [
    (12345.6, "12,346 s"), (99.96, "100.0 s"), (12.34, "12.3 s"), (1.234, "1.23 s"), (0.1234, "0.123 s"),
])
def test_numbers_are_printed_to_about_three_figures(number: float, printed: str) -> None:
    assert measuring.told(number, "s") == printed


def test_of_several_runs_the_fastest_counts_and_the_last_result_is_kept() -> None:
    times = iter([0.0, 5.0, 10.0, 12.0, 20.0, 23.0])
    results = iter("abc")
    assert measuring.best(lambda: next(results), 3, lambda: next(times)) == (2.0, "c")


@pytest.mark.parametrize("count", [5_000, 10_000, 30_000])
def test_the_story_has_as_many_facts_as_asked_for(count: int) -> None:
    rows = long_story.rows(count, store.read_calendars())
    assert len(rows) == count
    issued = sum(int(row["shares"]) for row in rows if row["kind"] == "issuance")
    assert issued == max(7500, 7500 * count // 10_000)
    days = [str(row.get("on", row.get("at")))[:10] for row in rows]
    assert days == sorted(days)


def test_the_story_is_always_the_same() -> None:
    calendars = store.read_calendars()
    assert long_story.rows(5_000, calendars) == long_story.rows(5_000, calendars)
