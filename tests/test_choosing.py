"""Choosing a reading in a book: previewed, dated, scoped, never forgotten; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, choosing, service, store
from paripassu.agreement import Choice
from paripassu.service import Question
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import EntryKind
from paripassu.values.problems import Problem, ProblemKind

JUNE = date(1999, 6, 1)
BOTH, FIRST = "count both", "exclude first"


def at(text: str) -> Callable[[], Instant]:
    return lambda: instant_of(datetime.fromisoformat(text).replace(tzinfo=UTC), "UTC")


MONDAY, TUESDAY, WEDNESDAY = at("2026-03-02T15:00:00"), at("2026-03-03T15:00:00"), at("2026-03-04T15:00:00")


@pytest.fixture
def desk(tmp_path: Path) -> str:
    booking.start(str(tmp_path / "desk"), "valence-1998", "Ann", MONDAY)
    return str(tmp_path / "desk")


def choice(alternative: str = BOTH, by: str = "Ann", **other: str) -> Choice:
    told = {"reading": "R-PREM-N", "instrument": "series-b", "reason": "agreed", **other}
    return Choice(told["reading"], told["instrument"], alternative, told["reason"], by)


def choose(desk: str, alternative: str, clock: Callable[[], Instant], **more: object) -> choosing.Chosen:
    chosen = choosing.prepare_choice(desk, choice(alternative), clock, JUNE, **more)  # type: ignore[arg-type]
    booking.commit(chosen.prepared, clock)
    return chosen


def days(desk: str, day: date = JUNE, known_at: date | None = None) -> int:
    """Days since the closing of 1998-12-18: 165 on June 1, 1999, and one more where the closing counts."""
    return int(service.figure(Question(desk, day, known_at), "", "days_elapsed", {}, {}).value)


def test_a_choice_is_previewed_in_figures_and_lines_and_changes_nothing_before_it_is_recorded(desk: str) -> None:
    chosen = choosing.prepare_choice(desk, choice(), TUESDAY, JUNE)
    assert chosen.effect is not None
    # 204 more shares: see the hand-worked figures of the readings ranked on this day.
    assert chosen.effect.shares == 204
    assert any("1,277,721" in line for line in chosen.prepared.changes.come)
    assert any("1,277,517" in line for line in chosen.prepared.changes.gone)
    assert days(desk) == 165
    booking.commit(chosen.prepared, TUESDAY)
    assert days(desk) == 166


def test_the_statement_names_who_chose_and_why(desk: str) -> None:
    choose(desk, BOTH, TUESDAY)
    made, _ = service.state(Question(desk, JUNE))
    (told,) = [one for one in made.basis.readings if one.reading == "R-PREM-N"]
    assert (told.alternative, told.chosen_by, told.reason, told.departs) == (BOTH, "Ann", "agreed", True)


def test_what_was_chosen_before_stays_in_the_book_and_is_what_was_known_then(desk: str) -> None:
    choose(desk, BOTH, TUESDAY)
    choose(desk, FIRST, WEDNESDAY)
    assert days(desk) == 165
    assert [days(desk, JUNE, date(2026, 3, day)) for day in (2, 3, 4)] == [165, 166, 165]
    with store.Book.open(f"{desk}/deal.book") as book:
        told = [entry for entry in book.entries() if entry.kind is EntryKind.READING and "R-PREM-N" in entry.body]
    assert [entry.author for entry in told] == ["Ann"] * 3


def test_a_choice_is_in_force_from_its_day_on(desk: str) -> None:
    chosen = choose(desk, BOTH, TUESDAY, effective=date(1999, 5, 1))
    assert chosen.since == date(1999, 5, 1)
    april, may = date(1999, 4, 30), date(1999, 5, 1)
    assert days(desk, april) == (april - date(1998, 12, 18)).days
    assert days(desk, may) == (may - date(1998, 12, 18)).days + 1


def test_a_choice_previewed_before_its_day_changes_nothing(desk: str) -> None:
    chosen = choosing.prepare_choice(desk, choice(), TUESDAY, date(1999, 4, 30), date(1999, 5, 1))
    assert chosen.effect is None and chosen.prevails is None
    assert not chosen.prepared.changes.come


def test_a_choice_of_a_later_day_stays_in_force_whatever_is_recorded_afterwards(desk: str) -> None:
    choose(desk, BOTH, TUESDAY, effective=date(1999, 5, 1))
    chosen = choosing.prepare_choice(desk, choice(FIRST, by="Bea"), WEDNESDAY, JUNE)
    assert chosen.prevails is not None and chosen.prevails.alternative == BOTH
    assert chosen.effect is None
    booking.commit(chosen.prepared, WEDNESDAY)
    assert days(desk) == 166


def test_without_a_day_the_preview_is_of_the_last_fact(desk: str) -> None:
    rows = [*store.read_deal("valence-1998").facts, *store.read_issuer("valence").facts]
    last = max(date.fromisoformat(row.get("on") or row["at"][:10]) for row, _ in rows)
    assert choosing.prepare_choice(desk, choice(), TUESDAY).prepared.as_of == last


@pytest.mark.parametrize(("kind", "wrong", "says"), [
    (ProblemKind.UNKNOWN_READING, {"reading": "R-NONE"}, "no reading 'R-NONE'"),
    (ProblemKind.UNKNOWN_READING, {"alternative": "count neither"}, "no alternative 'count neither'"),
    (ProblemKind.UNKNOWN_NAME, {"instrument": "series-z"}, "no instrument 'series-z'"),
    (ProblemKind.MISSING_KEY, {"reason": " "}, "without a reason"),
    (ProblemKind.MISSING_KEY, {"by": ""}, "without a name"),
    (ProblemKind.UNREADABLE, {"reading": "R-REGSEC", "alternative": "registered shares allocated"}, "a textual read"),
    (ProblemKind.UNREADABLE, {"reading": "R-POSTDATE", "alternative": "allowed"}, "a finding reading"),
    (ProblemKind.DUPLICATE, {"alternative": FIRST, "by": "specification"}, "chose 'exclude first' for R-PREM-N before"),
])
def test_what_cannot_be_chosen_is_refused(desk: str, kind: ProblemKind, wrong: dict[str, str], says: str) -> None:
    with pytest.raises(Problem) as raised:
        choosing.prepare_choice(desk, choice(**{"alternative": BOTH, **wrong}), TUESDAY, JUNE)
    assert raised.value.kind is kind
    assert says in raised.value.sentence


def test_the_same_choice_again_is_refused_but_another_may_adopt_it(desk: str) -> None:
    choose(desk, BOTH, TUESDAY)
    with pytest.raises(Problem) as raised:
        choosing.prepare_choice(desk, choice(reason="agreed once more"), WEDNESDAY, JUNE)
    assert raised.value.kind is ProblemKind.DUPLICATE and "(agreed)" in raised.value.sentence
    adopted = choosing.prepare_choice(desk, choice(by="Bea"), WEDNESDAY, JUNE)
    assert adopted.effect is not None and adopted.effect.is_none


def test_of_two_who_choose_at_once_only_one_is_recorded(desk: str) -> None:
    one, other = (choosing.prepare_choice(desk, choice(by=name), TUESDAY, JUNE) for name in ("Ann", "Bea"))
    booking.commit(one.prepared, TUESDAY)
    with pytest.raises(Problem) as raised:
        booking.commit(other.prepared, TUESDAY)
    assert raised.value.kind in (ProblemKind.BUSY, ProblemKind.DUPLICATE)


def test_a_choice_without_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        choosing.prepare_choice(str(tmp_path / "none"), choice(), TUESDAY, JUNE)
    assert raised.value.kind is ProblemKind.MISSING_FILE


def test_the_verb_previews_and_records_only_when_told(desk: str, tmp_path: Path) -> None:
    asked = ("paripassu choose desk R-PREM-N 'count both' --instrument series-b --by 'Ann Example' --reason agreed"
             " --as-of 1999-06-01")
    previewed = run(asked, tmp_path)
    assert previewed.status == 0 and "nothing was recorded" in previewed.text
    assert "R-PREM-N of series-b: count both, from 1998-12-11 on; on 1999-06-01:" in previewed.text
    assert days(desk) == 165
    assert "recorded as entry" in run(f"{asked} --yes", tmp_path).text
    assert days(desk) == 166
    assert run(f"{asked} --yes", tmp_path).status == ProblemKind.DUPLICATE.exit_code
