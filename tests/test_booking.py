"""A book as a deal: what it was started with, what is recorded and taken back, and what was known when."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, codec, service, store
from paripassu.recorded import recorded as recorded_in
from paripassu.render.text import sheet_text
from paripassu.service import Question
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import EntryKind, Submission
from paripassu.values.problems import Problem, ProblemKind

DEAL = "valence-1998"
AUGUST_9 = date(1999, 8, 9)
NOTICE = {
    "kind": "notice_of_conversion", "at": "1999-08-06 10:00 America/New_York", "notice": "N1",
    "holder": "cc-investments", "face_amount": "1000000", "date_specified": "1999-08-06", "source": "fax log",
}
OWNED = {
    "kind": "beneficial_ownership", "on": "1999-01-04", "holder": "cc-investments", "owned": "0", "acquirable": "0",
    "source": "the holder's letter",
}

_FOLDER, _ISSUER = store.read_deal(DEAL), store.read_issuer("valence")
SEEDED = 1 + len(_FOLDER.readings.value) + len(_FOLDER.facts) + len(_ISSUER.facts) + len(_ISSUER.prices)
"""Entries that a book of the deal is started with: its agreement, and each reading, fact and price."""
NEXT = SEEDED + 1


def at(text: str) -> Callable[[], Instant]:
    """A clock that has stopped at a time of UTC."""
    return lambda: instant_of(datetime.fromisoformat(text).replace(tzinfo=UTC), "UTC")


MONDAY, TUESDAY, WEDNESDAY = at("2026-03-02T15:00:00"), at("2026-03-03T15:00:00"), at("2026-03-04T15:00:00")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "desk"
    booking.start(str(folder), DEAL, "Ann", MONDAY)
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> str:
    """A book as started on Monday."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for one in begun.iterdir():
        (folder / one.name).write_bytes(one.read_bytes())
    return str(folder)


def lines(folder: Path, *rows: dict[str, str], name: str = "facts.jsonl") -> str:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def recorded(desk: str, file: str, clock: Callable[[], Instant]) -> booking.Prepared:
    prepared = booking.prepare(desk, "Ann", clock, facts_files=[file], as_of=AUGUST_9)
    booking.commit(prepared, clock)
    return prepared


def said(deal: str, known_at: date | None = None, day: date = AUGUST_9) -> str:
    """The statement without its receipt, which names the digest of the agreement."""
    _, sheet = service.state(Question(deal, day, known_at))
    return sheet_text(sheet).split("\nRECEIPT\n")[0]


def refused(kind: ProblemKind, work: Callable[[], object]) -> str:
    with pytest.raises(Problem) as raised:
        work()
    assert raised.value.kind is kind, raised.value
    return raised.value.sentence


# -- start


@pytest.mark.parametrize("known_at", [None, date(1999, 2, 5), date(1999, 6, 27)])
def test_a_book_as_started_says_what_its_deal_says(desk: str, known_at: date | None) -> None:
    assert said(desk, known_at) == said(DEAL, known_at)


def test_a_book_holds_each_fact_price_and_reading_once_behind_its_agreement(desk: str) -> None:
    with store.Book.open(f"{desk}/deal.book", DEAL) as book:
        kinds = [entry.kind for entry in book.entries()]
    assert len(kinds) == SEEDED
    assert kinds[0] is EntryKind.AGREEMENT
    assert kinds.count(EntryKind.AGREEMENT) == 1
    assert kinds.count(EntryKind.FACT) == len(_FOLDER.facts) + len(_ISSUER.facts)
    assert kinds.count(EntryKind.MARKET) == len(_ISSUER.prices)
    assert kinds.count(EntryKind.READING) == len(_FOLDER.readings.value)


def test_the_readings_are_those_of_the_book(desk: str) -> None:
    assert sheet_text(service.readings(Question(desk))) == sheet_text(service.readings(Question(DEAL)))
    other = service.figure(Question(desk, AUGUST_9, choices={"R-PREM-N": "count both"}), "", "days_elapsed", {}, {})
    own = service.figure(Question(desk, AUGUST_9), "", "days_elapsed", {}, {})
    assert other.value == own.value + 1


def test_the_book_itself_names_the_deal_as_its_folder_does(desk: str) -> None:
    assert said(f"{desk}/deal.book") == said(desk)


def test_the_deals_facts_are_not_read_again(desk: str) -> None:
    Path(desk, "facts.jsonl").write_text('{"kind": "nonsense"}\n', encoding="utf-8")
    assert said(desk) == said(DEAL)


def test_two_books_of_the_same_entries_say_the_same_in_whatever_order_they_were_recorded(
    desk: str, begun: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for one in begun.iterdir():
        (other / one.name).write_bytes(one.read_bytes())
    recorded(desk, lines(tmp_path, OWNED, NOTICE), TUESDAY)
    recorded(str(other), lines(tmp_path, NOTICE, name="notice.jsonl"), TUESDAY)
    recorded(str(other), lines(tmp_path, OWNED, name="owned.jsonl"), TUESDAY)
    first = service.json_of(service.state(Question(desk, AUGUST_9))[1])
    assert service.json_of(service.state(Question(str(other), AUGUST_9))[1]) == first


def test_a_book_is_not_started_over_a_folder_nor_from_a_book(desk: str, tmp_path: Path) -> None:
    refused(ProblemKind.DUPLICATE, lambda: booking.start(desk, DEAL, "Ann", MONDAY))
    refused(ProblemKind.UNKNOWN_NAME, lambda: booking.start(str(tmp_path / "new"), desk, "Ann", MONDAY))
    refused(ProblemKind.UNKNOWN_NAME, lambda: booking.start(str(tmp_path / "new"), "no-deal", "Ann", MONDAY))
    refused(ProblemKind.MISSING_FILE, lambda: booking.start(str(tmp_path / "no" / "new"), DEAL, "Ann", MONDAY))
    refused(ProblemKind.MISSING_KEY, lambda: booking.start(str(tmp_path / "new"), DEAL, "", MONDAY))
    assert [one.name for one in tmp_path.iterdir()] == ["desk"]


def test_a_book_is_not_started_from_a_deal_that_does_not_load(tmp_path: Path) -> None:
    (tmp_path / "deal").mkdir()
    (tmp_path / "deal" / "agreement.yaml").write_text("format: 1\n", encoding="utf-8")
    new = str(tmp_path / "new")
    refused(ProblemKind.MISSING_KEY, lambda: booking.start(new, str(tmp_path / "deal"), "Ann", MONDAY))
    assert [one.name for one in tmp_path.iterdir()] == ["deal"]


def test_a_book_beside_another_agreement_is_refused(desk: str) -> None:
    agreement = Path(desk, "agreement.yaml")
    agreement.write_text(agreement.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert "is not the one that the book was started with" in refused(ProblemKind.WRONG_DEAL, lambda: said(desk))


# -- record


def test_what_a_fact_changes_is_shown_before_it_is_recorded(desk: str, tmp_path: Path) -> None:
    before = said(desk)
    prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[lines(tmp_path, NOTICE)], as_of=AUGUST_9)
    assert said(desk) == before
    come, gone = "\n".join(prepared.changes.come), "\n".join(prepared.changes.gone)
    assert "What is owed, Duties: confirm receipt of notice N1" in come
    assert "CC Investments, LDC; series-b; B-1; -; 7,500; $6.03" in gone
    booking.commit(prepared, TUESDAY)
    after = said(desk)
    assert "confirm receipt of notice N1" in after
    assert after == said_with(lines(tmp_path, NOTICE))


def said_with(file: str) -> str:
    """The deal's own statement with a file of facts beside it."""
    _, sheet = service.state(Question(DEAL, AUGUST_9, facts_files=(file,)))
    return sheet_text(sheet).split("\nRECEIPT\n")[0]


def test_the_preview_is_of_the_last_day_recorded_unless_another_is_asked_for(desk: str, tmp_path: Path) -> None:
    file = lines(tmp_path, NOTICE, OWNED)
    assert booking.prepare(desk, "Ann", TUESDAY, facts_files=[file]).as_of == date(1999, 8, 6)
    later = lines(tmp_path, {**OWNED, "on": "2000-01-02"}, name="later.jsonl")
    then = at("1999-08-08T03:59:00")
    assert booking.prepare(desk, "Ann", then, facts_files=[later]).as_of == date(1999, 8, 7)


def test_a_file_recorded_twice_is_recorded_once(desk: str, tmp_path: Path) -> None:
    file = lines(tmp_path, NOTICE, OWNED)
    assert recorded(desk, file, TUESDAY).new == 2
    again = recorded(desk, file, WEDNESDAY)
    assert again.new == 0
    assert (again.changes.gone, again.changes.come) == ((), ())
    with store.Book.open(f"{desk}/deal.book") as book:
        assert len(book.entries()) == SEEDED + 2


def test_a_key_of_its_own_makes_a_row_the_same_in_any_file(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, {**NOTICE, "key": "fax-17"}), TUESDAY)
    assert recorded(desk, lines(tmp_path, OWNED, {**NOTICE, "key": "fax-17"}, name="b.jsonl"), TUESDAY).new == 1
    other = lines(tmp_path, {**NOTICE, "key": "fax-17", "face_amount": "2000000"}, name="c.jsonl")
    prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[other])
    assert "'fax-17' was used for entry" in refused(
        ProblemKind.DUPLICATE, lambda: booking.commit(prepared, TUESDAY)
    )


def test_a_book_written_to_since_the_preview_is_not_recorded_in(desk: str, tmp_path: Path) -> None:
    prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[lines(tmp_path, NOTICE)])
    recorded(desk, lines(tmp_path, OWNED, name="owned.jsonl"), TUESDAY)
    refused(ProblemKind.BUSY, lambda: booking.commit(prepared, TUESDAY))
    assert "N1" not in said(desk)


@pytest.mark.parametrize(("row", "kind"), [
    ({**NOTICE, "recorded": "1999-08-06"}, ProblemKind.UNKNOWN_KEY),
    ({**NOTICE, "face": "1"}, ProblemKind.UNKNOWN_KEY),
    ({**NOTICE, "face_amount": "0"}, ProblemKind.BAD_NUMBER),
    ({"kind": "transfer", "on": "1999-08-06", "instrument": "series-b", "holder": "cc-investments", "to": "another",
      "lot": "B-1", "shares": "8000", "source": "x"}, ProblemKind.IMPOSSIBLE_FACT),
])
def test_what_cannot_be_is_not_recorded_and_its_row_is_named(
    desk: str, tmp_path: Path, row: dict[str, str], kind: ProblemKind
) -> None:
    before = Path(desk, "deal.book").read_bytes()
    file = lines(tmp_path, OWNED, row)
    sentence = refused(kind, lambda: booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], as_of=AUGUST_9))
    assert sentence.startswith(f"{file}:2: ")
    assert Path(desk, "deal.book").read_bytes() == before


def test_prices_are_recorded_and_count(desk: str, tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text(
        "observable,date,value,unit,source,grade\nclosing_bid,1999-08-05,6 1/8,usd per share,a broker,recorded\n",
        encoding="utf-8",
    )
    prepared = booking.prepare(desk, "Ann", TUESDAY, prices_files=[str(prices)], as_of=AUGUST_9)
    assert prepared.new == 1
    booking.commit(prepared, TUESDAY)
    _, sheet = service.state(Question(DEAL, AUGUST_9, prices_files=(str(prices),)))
    assert said(desk) == sheet_text(sheet).split("\nRECEIPT\n")[0]


def test_evidence_is_named_by_its_digest(desk: str, tmp_path: Path) -> None:
    (tmp_path / "fax.txt").write_bytes(b"abc")
    file = lines(tmp_path, NOTICE)
    prepared = booking.prepare(
        desk, "Ann", TUESDAY, facts_files=[file], evidence=str(tmp_path / "fax.txt"), as_of=AUGUST_9
    )
    (entry,) = booking.commit(prepared, TUESDAY)
    # The digest of abc is the example of FIPS 180-2.
    assert entry.evidence == ("fax.txt", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")


def test_there_must_be_something_to_record(desk: str, tmp_path: Path) -> None:
    refused(ProblemKind.MISSING_KEY, lambda: booking.prepare(desk, "Ann", TUESDAY))
    refused(ProblemKind.MISSING_FILE, lambda: booking.prepare(str(tmp_path), "Ann", TUESDAY, facts_files=["x"]))


# -- two times


def test_what_was_known_on_a_day_stays_as_it_was(desk: str, tmp_path: Path) -> None:
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    on_monday = said(desk, monday)
    recorded(desk, lines(tmp_path, NOTICE), TUESDAY)
    on_tuesday = said(desk, tuesday)
    late = lines(tmp_path, OWNED, name="late.jsonl")
    recorded(desk, late, WEDNESDAY)
    assert said(desk, monday) == on_monday
    assert said(desk, tuesday) == on_tuesday
    assert "N1" in on_tuesday
    assert "N1" not in on_monday
    assert said(desk, tuesday).splitlines()[2:] != said(desk).splitlines()[2:]


def test_the_day_something_was_recorded_is_that_of_the_deals_zone(desk: str, tmp_path: Path) -> None:
    # 04:59 UTC is one minute before midnight in New York.
    recorded(desk, lines(tmp_path, NOTICE), at("2026-03-04T04:59:00"))
    recorded(desk, lines(tmp_path, OWNED, name="owned.jsonl"), at("2026-03-04T05:00:00"))
    calendars = store.read_calendars()
    counts = []
    for day in (2, 3, 4):
        known = recorded_in(desk, calendars, date(2026, 3, day))
        assert known is not None
        counts.append(len(known.facts))
    assert [count - counts[0] for count in counts] == [0, 1, 2]


def test_prices_and_readings_recorded_later_were_not_known_earlier(desk: str) -> None:
    reading = codec.canonical({
        "reading": "R-PREM-N", "instrument": "series-b", "choice": "count both", "by": "counsel", "reason": "a test",
    })
    price = codec.canonical({
        "observable": "closing_bid", "date": "1999-08-05", "value": "6", "source": "a broker", "grade": "recorded",
    })
    with store.Book.open(f"{desk}/deal.book") as book:
        book.append(Submission(EntryKind.READING, date(1998, 12, 11), "counsel", reading), TUESDAY)
        book.append(Submission(EntryKind.MARKET, date(1999, 8, 5), "Ann", price), TUESDAY)

    def known(day: date) -> tuple[object, int]:
        loaded = service.load(Question(desk, AUGUST_9, day))
        return loaded.agreement.chosen("series-b", "R-PREM-N"), len(loaded.market.observations)

    assert known(date(2026, 3, 2)) == ("exclude first", len(_ISSUER.prices))
    assert known(date(2026, 3, 3)) == ("count both", len(_ISSUER.prices) + 1)


# -- corrections


def test_an_entry_taken_back_counts_no_more_and_is_still_there(desk: str, tmp_path: Path) -> None:
    before = said(desk)
    recorded(desk, lines(tmp_path, NOTICE), TUESDAY)
    with_it = said(desk)
    prepared = booking.prepare_undo(desk, "Bea", WEDNESDAY, NEXT, "it was never sent", AUGUST_9)
    assert any("confirm receipt of notice N1" in line for line in prepared.changes.gone)
    (entry,) = booking.commit(prepared, WEDNESDAY)
    assert (entry.number, entry.kind, entry.author) == (NEXT + 1, EntryKind.CORRECTION, "Bea")
    assert said(desk) == before
    assert said(desk, date(2026, 3, 3)).splitlines()[2:] == with_it.splitlines()[2:]
    told = sheet_text(booking.history(desk), width=200)
    assert f"taken back by entry {NEXT + 1}" in told
    assert f"entry {NEXT} is taken back: it was never sent" in told


def test_only_what_stands_is_taken_back_and_with_a_reason(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, NOTICE), TUESDAY)
    refused(ProblemKind.MISSING_KEY, lambda: booking.prepare_undo(desk, "Ann", TUESDAY, NEXT, ""))
    for number in (1, 2, NEXT + 1, 0, -1):
        refused(ProblemKind.UNKNOWN_NAME, lambda n=number: booking.prepare_undo(desk, "Ann", TUESDAY, n, "why"))
    booking.commit(booking.prepare_undo(desk, "Ann", TUESDAY, NEXT, "why"), TUESDAY)
    refused(ProblemKind.UNKNOWN_NAME, lambda: booking.prepare_undo(desk, "Ann", TUESDAY, NEXT, "why"))


def test_an_entry_that_statements_do_not_use_is_never_passed_over(desk: str) -> None:
    with store.Book.open(f"{desk}/deal.book") as book:
        book.append(Submission(EntryKind.AGREEMENT, date(1999, 8, 9), "Ann", "{}"), TUESDAY)
    sentence = refused(ProblemKind.UNREADABLE, lambda: said(desk))
    assert sentence.startswith(f"deal.book:{NEXT}: the entry is of the kind agreement")


# -- history and copies


def test_the_history_is_checked_against_a_kept_head(desk: str, tmp_path: Path) -> None:
    with store.Book.open(f"{desk}/deal.book") as book:
        kept = book.export_head()
    recorded(desk, lines(tmp_path, NOTICE), TUESDAY)
    sheet = booking.history(desk, kept)
    assert dict(sheet.receipt)["head"].startswith(f"paripassu-head-1 {NEXT} ")
    assert "the head kept is among them" in sheet_text(sheet)
    (tmp_path / "anew").mkdir()
    booking.start(str(tmp_path / "anew" / "desk"), DEAL, "Another", MONDAY)
    assert "not the history whose head was kept" in refused(
        ProblemKind.DAMAGED, lambda: booking.history(str(tmp_path / "anew" / "desk"), kept)
    )


def test_a_backup_restored_in_place_of_a_lost_book_says_the_same(desk: str, tmp_path: Path) -> None:
    recorded(desk, lines(tmp_path, NOTICE), TUESDAY)
    before = said(desk)
    head = booking.backup(desk, str(tmp_path / "copy.book"))
    refused(ProblemKind.DUPLICATE, lambda: booking.restore(str(tmp_path / "copy.book"), f"{desk}/deal.book"))
    Path(desk, "deal.book").unlink()
    assert booking.restore(str(tmp_path / "copy.book"), f"{desk}/deal.book", head) == head
    assert said(desk) == before


# -- the commands


def test_the_commands_from_start_to_history(tmp_path: Path) -> None:
    lines(tmp_path, NOTICE)
    began = run(f"paripassu start desk --from {DEAL} --by Ann", tmp_path)
    assert began.text.startswith(f"desk/deal.book: {SEEDED} entries of {DEAL}\nhead: paripassu-head-1 {SEEDED} ")
    asked = run("paripassu record desk --by Ann --file facts.jsonl --as-of 1999-08-09", tmp_path)
    assert asked.text.startswith("1 to record\nin the statement of 1999-08-09:\n- ")
    assert asked.text.endswith("\nnothing was recorded; add --yes to record\n")
    assert "\n+ What is owed, Duties: confirm receipt of notice N1" in asked.text
    done = run("paripassu record desk --by Ann --file facts.jsonl --as-of 1999-08-09 --yes", tmp_path)
    assert done.text.endswith(f"\nrecorded as entry {NEXT}\n")
    again = run("paripassu record desk --by Ann --file facts.jsonl --yes", tmp_path)
    assert again.text == (
        "0 to record, 1 recorded before\nnothing changes in the statement of 1999-08-06\n"
        f"recorded before as entry {NEXT}\n"
    )
    undone = run(f"paripassu record desk --by Ann --take-back {NEXT} --reason mistyped --yes", tmp_path)
    assert undone.text.endswith(f"\nrecorded as entry {NEXT + 1}\n")
    still = run("paripassu record desk --by Ann --file facts.jsonl --yes", tmp_path)
    assert f"entry {NEXT}, recorded before, was taken back by entry {NEXT + 1} and does not stand" in still.text
    assert "give the row another key or type it" in still.text
    lines(tmp_path, {**NOTICE, "key": "once more"})
    anew = run("paripassu record desk --by Ann --file facts.jsonl --yes", tmp_path)
    assert anew.text.endswith(f"\nrecorded as entry {NEXT + 2}\n")
    assert "taken back" not in anew.text
    told = run("paripassu history desk", tmp_path)
    assert told.status == 0
    assert "taken back by" in told.text
    assert json.loads(run("paripassu history desk --json", tmp_path).text)["receipt"][0][0] == "head"


def test_blanks_are_no_author(tmp_path: Path) -> None:
    done = run(f"paripassu start desk --from {DEAL} --by '  '", tmp_path)
    assert "an entry without author; give its author" in done.errors
    assert not Path(tmp_path, "desk").exists()


def test_a_book_that_has_grown_is_not_recorded_in_after_an_earlier_entry(tmp_path: Path, desk: str) -> None:
    lines(tmp_path, NOTICE)
    ran = run("paripassu record desk --by Ann --file facts.jsonl --after 2 --yes", tmp_path)
    assert ran.status == ProblemKind.BUSY.exit_code
    assert ran.errors == (
        f"busy: desk/deal.book has {SEEDED} entries now, and had 2 when it was looked at; "
        "look at it again, then decide.\n"
    )
    assert run(f"paripassu record desk --by Ann --file facts.jsonl --after {SEEDED} --yes", tmp_path).status == 0


def test_taking_back_beside_a_file_is_refused(tmp_path: Path, desk: str) -> None:
    lines(tmp_path, NOTICE)
    ran = run("paripassu record desk --by Ann --file facts.jsonl --take-back 60 --reason x", tmp_path)
    assert ran.status == ProblemKind.UNREADABLE.exit_code
