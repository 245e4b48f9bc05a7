"""A book: what is appended comes back, once, in order, verified; and what goes wrong changes nothing."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from shelf import DEAL, START, fact, standing, ticking

from paripassu.store import book as books
from paripassu.store.book import Book, restore
from paripassu.values.dates import instant_of
from paripassu.values.entries import COLUMNS, Entry, FaultKind, Submission
from paripassu.values.problems import Problem, ProblemKind


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "deal.book")


@pytest.fixture
def book(path: str) -> Iterator[Book]:
    with Book.create(path, DEAL, ticking(), [fact(1), fact(2), fact(3)]) as opened:
        yield opened


def outside(path: str, *statements: str) -> None:
    """Change the file as someone would who does not use this program: guards dropped, digests left alone."""
    connection = sqlite3.connect(path)
    for trigger in ("entry_follows", "entry_stays", "entry_remains", "deal_stays", "deal_remains"):
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def refused(kind: ProblemKind, work: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as raised:
        work()
    assert raised.value.kind is kind, raised.value
    return raised.value


def test_what_is_appended_comes_back_in_order_after_closing(path: str) -> None:
    clock = ticking()
    with Book.create(path, DEAL, clock) as book:
        assert book.entries() == ()
        written = [book.append(fact(1), clock), book.append(fact(2, "k"), clock)]
    with Book.open(path) as book:
        assert book.deal == DEAL
        assert list(book.entries()) == written
        assert [entry.number for entry in written] == [1, 2]
        assert written[0].submission == fact(1)
        assert (written[1].recorded.utc - written[0].recorded.utc) == timedelta(seconds=1)
        assert book.head() == (2, written[1].digest)


def files_beside(path: str) -> list[str]:
    return sorted(one.name for one in Path(path).parent.iterdir())


def test_a_book_is_one_file_when_at_rest(path: str) -> None:
    with Book.create(path, DEAL, ticking(), [fact(1)]) as book:
        book.append(fact(2), ticking())
    assert files_beside(path) == ["deal.book"]


def test_a_writer_keeps_its_journal_and_whoever_closes_last_takes_it_away(book: Book, path: str) -> None:
    book.append(fact(4), ticking())
    assert files_beside(path) == ["deal.book", "deal.book-journal"]
    with Book.open(path) as another, book._locked():
        another.close()
        assert files_beside(path) == ["deal.book", "deal.book-journal"]
    Book.open(path).close()
    assert files_beside(path) == ["deal.book"]
    assert book.append(fact(5), ticking()).number == 5


def test_a_journal_left_behind_is_void_for_any_other_program(book: Book, path: str, tmp_path: Path) -> None:
    """Also one that deletes its journals, as an older version of this program does; and a copy needs the book only."""
    book.append(fact(4), ticking())
    (tmp_path / "copy.book").write_bytes(Path(path).read_bytes())
    with Book.open(str(tmp_path / "copy.book")) as copy:
        assert copy.entries() == book.entries()
    other = sqlite3.connect(path, isolation_level=None)
    assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert other.execute("SELECT count(*) FROM entry").fetchone() == (4,)
    other.execute("PRAGMA user_version = 1")
    other.close()
    assert files_beside(path) == ["copy.book", "deal.book"]
    assert book.append(fact(5), ticking()).number == 5
    assert book.verify() is None


def test_many_are_appended_in_one_go_with_progress(book: Book) -> None:
    told: list[int] = []
    entries = book.append_many((fact(n) for n in range(1200)), ticking(), progress=told.append)
    assert told == [500, 1000, 1200]
    assert [entry.number for entry in entries] == list(range(4, 1204))
    assert len({entry.recorded for entry in entries}) == 1
    assert len(book.entries()) == 1203


def test_the_search_for_cycles_goes_on_after_a_write_and_stays_off_where_it_was(book: Book) -> None:
    refused(ProblemKind.MISSING_KEY, lambda: book.append(fact(4)._replace(author=""), ticking()))
    assert gc.isenabled()
    gc.disable()
    try:
        book.append(fact(4), ticking())
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("bad", [0, 499, 500, 777])
def test_all_are_appended_or_none_and_the_bad_row_is_named(book: Book, bad: int) -> None:
    before = book.entries()
    rows = [fact(n)._replace(author="" if n == bad else "desk") for n in range(1000)]
    problem = refused(ProblemKind.MISSING_KEY, lambda: book.append_many(rows, ticking()))
    assert problem.sentence == f"row:{bad + 1}: an entry without author; give its author."
    assert book.entries() == before


def test_a_fault_of_whoever_hands_in_leaves_nothing_behind(book: Book) -> None:
    def rows() -> Iterator[Submission]:
        yield from (fact(n) for n in range(600))
        raise Problem(ProblemKind.BAD_NUMBER, "row 601 is bad", "mend it")

    before = book.entries()
    refused(ProblemKind.BAD_NUMBER, lambda: book.append_many(rows(), ticking()))
    assert book.entries() == before
    assert book.append(fact(4), ticking()).number == 4


# -- idempotency


def test_the_same_key_again_is_the_same_entry(book: Book, path: str) -> None:
    first = book.append(fact(9, "k"), ticking())
    assert book.append(fact(9, "k"), ticking()) == first
    with Book.open(path) as again:
        assert again.append(fact(9, "k"), ticking()) == first
        assert len(again.entries()) == 4


def test_the_same_key_in_one_batch_is_the_same_entry(book: Book) -> None:
    entries = book.append_many([fact(9, "k"), fact(10), fact(9, "k")], ticking())
    assert entries[0] == entries[2]
    assert len(book.entries()) == 5


@pytest.mark.parametrize("other", [
    fact(10, "k"), fact(9, "k")._replace(author="another"), fact(9, "k")._replace(effective=START.date()),
])
def test_the_same_key_with_something_else_is_refused(book: Book, other: Submission) -> None:
    book.append(fact(9, "k"), ticking())
    before = book.entries()
    problem = refused(ProblemKind.DUPLICATE, lambda: book.append_many([fact(11), other], ticking()))
    assert problem.sentence == (
        "row:2: the key 'k' was used for entry 4, which says something else; "
        "hand in the same again, or use another key."
    )
    assert book.entries() == before


def test_entries_without_a_key_are_each_their_own(book: Book) -> None:
    assert book.append(fact(9), ticking()).number == 4
    assert book.append(fact(9), ticking()).number == 5


def test_one_key_from_many_threads_is_one_entry(book: Book, path: str) -> None:
    def hand_in(_: int) -> Entry:
        with Book.open(path, wait=60) as own:
            return own.append(fact(9, "k"), standing)

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(hand_in, range(24)))
    assert len(answers) == 1
    assert len(book.entries()) == 4


# -- what the writer had seen, and the writer's own check


def test_a_writer_who_saw_less_is_refused(book: Book) -> None:
    problem = refused(ProblemKind.BUSY, lambda: book.append(fact(4), ticking(), after=2))
    assert "has 3 entries now, and had 2 when it was looked at" in problem.sentence
    assert book.append(fact(4), ticking(), after=3).number == 4


def test_a_key_answers_also_when_the_book_has_moved_on(book: Book) -> None:
    first = book.append(fact(9, "k"), ticking(), after=3)
    book.append(fact(10), ticking())
    assert book.append(fact(9, "k"), ticking(), after=3) == first


def test_a_check_sees_the_entries_and_may_refuse(book: Book) -> None:
    seen: list[Sequence[Entry]] = []

    def at_most_three(entries: Sequence[Entry]) -> None:
        seen.append(entries)
        raise Problem(ProblemKind.IMPOSSIBLE_FACT, "a fourth is too many", "leave it")

    before = book.entries()
    refused(ProblemKind.IMPOSSIBLE_FACT, lambda: book.append(fact(4), ticking(), check=at_most_three))
    assert seen == [before]
    assert book.entries() == before


def test_a_clock_set_back_a_little_repeats_the_last_instant(book: Book) -> None:
    last = book.entries()[-1].recorded
    minute_before = instant_of(last.utc - timedelta(seconds=60), "UTC")
    assert book.append(fact(4), lambda: minute_before).recorded == last


def test_a_clock_set_back_far_is_refused(book: Book) -> None:
    last = book.entries()[-1].recorded
    too_early = instant_of(last.utc - timedelta(seconds=61), "UTC")
    problem = refused(ProblemKind.BAD_DATE, lambda: book.append(fact(4), lambda: too_early))
    assert "before the last entry was recorded" in problem.sentence
    assert len(book.entries()) == 3


# -- nothing is edited or deleted


@pytest.mark.parametrize("statement", [
    "UPDATE entry SET body = 'x' WHERE number = 2", "DELETE FROM entry WHERE number = 3",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE number = 2",
    "INSERT INTO entry SELECT 0, kind, effective, recorded, author, evidence_name, evidence_digest, '', body, previous,"
    " digest FROM entry WHERE number = 3",
    "UPDATE book SET deal = 'x'", "DELETE FROM book",
])
def test_the_file_itself_refuses_to_change_what_is_recorded(book: Book, path: str, statement: str) -> None:
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match=r"an entry is never|an entry follows|a book keeps"):
        connection.execute(statement)
    connection.close()
    assert len(book.entries()) == 3


@pytest.mark.parametrize(("statements", "number", "kind"), [
    (["UPDATE entry SET body = replace(body, '2', '7') WHERE number = 2"], 2, FaultKind.CHANGED),
    (["UPDATE entry SET recorded = '2020-01-01T00:00:00+00:00' WHERE number = 3"], 3, FaultKind.CHANGED),
    (["DELETE FROM entry WHERE number = 2"], 2, FaultKind.MISSING),
    (["DELETE FROM entry WHERE number = 1"], 1, FaultKind.MISSING),
    (["DELETE FROM entry WHERE number = 2", "UPDATE entry SET number = 2 WHERE number = 3"], 2, FaultKind.CHANGED),
    (["UPDATE entry SET number = 9 WHERE number = 2", "UPDATE entry SET number = 2 WHERE number = 3",
      "UPDATE entry SET number = 3 WHERE number = 9"], 2, FaultKind.CHANGED),
    (["INSERT INTO entry SELECT 4, kind, effective, recorded, author, evidence_name, evidence_digest, key, body, "
      "previous, digest FROM entry WHERE number = 3"], 4, FaultKind.CHANGED),
    (["INSERT INTO entry SELECT 0, kind, effective, recorded, author, evidence_name, evidence_digest, key, body, "
      "previous, digest FROM entry WHERE number = 3"], 1, FaultKind.MOVED),
    (["UPDATE book SET deal = 'another'"], 1, FaultKind.UNLINKED),
])
def test_tampering_with_the_file_is_found_where_it_was_done(
    book: Book, path: str, statements: list[str], number: int, kind: FaultKind
) -> None:
    outside(path, *statements)
    with Book.open(path) as again:
        fault = again.verify()
        assert fault is not None
        assert (fault.number, fault.kind) == (number, kind)
        problem = refused(ProblemKind.DAMAGED, again.entries)
    assert problem.sentence == f"{path}: {fault.says}; restore a backup."


def test_a_column_that_is_not_text_is_found_where_it_is(book: Book, path: str) -> None:
    outside(path, "UPDATE entry SET body = x'00' WHERE number = 2")
    assert "entry 2 has a column" in refused(ProblemKind.DAMAGED, book.verify).sentence


@pytest.mark.parametrize("column", COLUMNS[1:])
def test_a_column_that_is_no_longer_utf_8_is_found_where_it_is(book: Book, path: str, column: str) -> None:
    outside(path, f"UPDATE entry SET {column} = CAST(x'ff41' AS TEXT) WHERE number = 2")
    assert "entry 2" in refused(ProblemKind.DAMAGED, book.entries).sentence


@pytest.mark.parametrize("statement", [
    "DROP TABLE entry", "ALTER TABLE entry RENAME COLUMN body TO text", "ALTER TABLE entry RENAME TO entries",
])
def test_a_table_that_is_not_as_it_was_made_is_damage(book: Book, path: str, statement: str) -> None:
    outside(path, statement)
    refused(ProblemKind.DAMAGED, book.entries)
    refused(ProblemKind.DAMAGED, book.head)
    refused(ProblemKind.DAMAGED, lambda: book.append(fact(4), ticking()))


def test_whatever_bit_is_flipped_the_book_says_so_or_reads_as_before(book: Book, path: str, tmp_path: Path) -> None:
    before, flipped = book.entries(), str(tmp_path / "flipped.book")
    book.close()
    content = Path(path).read_bytes()
    found = 0
    for position in range(0, len(content), 41):
        damaged = bytearray(content)
        damaged[position] ^= 1 << position % 8
        Path(flipped).write_bytes(damaged)
        try:
            with Book.open(flipped) as again:
                assert again.entries() == before
                again.verify()
        except Problem:
            found += 1
    assert found > 10


def test_nothing_is_chained_to_a_changed_entry(book: Book, path: str) -> None:
    outside(path, "UPDATE entry SET body = replace(body, '3', '7') WHERE number = 3")
    assert "at entry 3" in refused(ProblemKind.DAMAGED, lambda: book.append(fact(4), ticking())).sentence


def test_truncation_is_found_through_an_exported_head(book: Book, path: str) -> None:
    kept = book.export_head()
    assert book.verify(kept) is None
    outside(path, "DELETE FROM entry WHERE number = 3")
    assert book.verify() is None
    fault = book.verify(kept)
    assert fault is not None
    assert (fault.number, fault.kind) == (3, FaultKind.TRUNCATED)


def test_a_kept_head_stays_good_as_the_book_goes_on(book: Book) -> None:
    kept = book.export_head()
    book.append(fact(4), ticking())
    assert book.verify(kept) is None


def test_a_history_written_anew_is_found_through_an_exported_head(book: Book, tmp_path: Path) -> None:
    with Book.create(str(tmp_path / "anew.book"), DEAL, ticking(), [fact(1), fact(7), fact(3)]) as anew:
        assert anew.verify() is None
        fault = anew.verify(book.export_head())
    assert fault is not None
    assert (fault.number, fault.kind) == (3, FaultKind.REWRITTEN)


def test_the_head_of_another_deal_is_refused(book: Book, tmp_path: Path) -> None:
    with Book.create(str(tmp_path / "other.book"), "another", ticking()) as other:
        refused(ProblemKind.WRONG_DEAL, lambda: book.verify(other.export_head()))


# -- the file is not what it should be


def test_a_book_of_another_deal_is_refused(book: Book, path: str) -> None:
    problem = refused(ProblemKind.WRONG_DEAL, lambda: Book.open(path, "another"))
    assert problem.sentence == f"{path} is the book of {DEAL}, not of another; name its book."


def test_no_file_is_no_book(tmp_path: Path) -> None:
    refused(ProblemKind.MISSING_FILE, lambda: Book.open(str(tmp_path / "none.book")))
    refused(ProblemKind.MISSING_FILE, lambda: Book.open(str(tmp_path)))


@pytest.mark.parametrize("content", [b"", b"date,value\n1999-08-06,1\n" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_another_file_is_no_book(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prices.csv"
    path.write_bytes(content)
    problem = refused(ProblemKind.UNREADABLE, lambda: Book.open(str(path)))
    assert "is not a book" in problem.sentence
    assert path.read_bytes() == content


def test_another_database_is_no_book(tmp_path: Path) -> None:
    path = str(tmp_path / "other.db")
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE book (deal TEXT)")
    connection.commit()
    connection.close()
    refused(ProblemKind.UNREADABLE, lambda: Book.open(path))


def test_a_book_from_a_newer_version_is_refused_and_left_alone(book: Book, path: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {books.FORMAT + 1}")
    connection.close()
    before = Path(path).read_bytes()
    problem = refused(ProblemKind.UNREADABLE, lambda: Book.open(path))
    assert "was written by a newer version (format 2; this one reads 1)" in problem.sentence
    assert "newer version" in refused(ProblemKind.UNREADABLE, lambda: book.append(fact(4), ticking())).sentence
    assert Path(path).read_bytes() == before


def test_a_page_overwritten_is_damage(path: str) -> None:
    with Book.create(path, DEAL, ticking(), (fact(n) for n in range(200))):
        pass
    content = bytearray(Path(path).read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096:page * 4096 + 64] = b"\xff" * 64
    Path(path).write_bytes(content)
    with Book.open(path) as book:
        refused(ProblemKind.DAMAGED, book.verify)
        refused(ProblemKind.DAMAGED, book.entries)
        refused(ProblemKind.DAMAGED, lambda: book.append(fact(4), ticking()))
    assert Path(path).read_bytes() == content


def test_a_book_cut_short_is_damage(path: str) -> None:
    with Book.create(path, DEAL, ticking(), (fact(n) for n in range(200))):
        pass
    os.truncate(path, 4096 * 3)
    with pytest.raises(Problem) as raised, Book.open(path) as book:
        book.verify()
    assert raised.value.kind is ProblemKind.DAMAGED


def test_a_book_that_does_not_name_its_deal_is_damage(book: Book, path: str) -> None:
    outside(path, "DELETE FROM book")
    refused(ProblemKind.DAMAGED, lambda: Book.open(path))


def test_a_book_marked_read_only_is_read_and_not_written(book: Book, path: str) -> None:
    Path(path).chmod(0o444)
    before = Path(path).read_bytes()
    problem = refused(ProblemKind.UNWRITABLE, lambda: book.append(fact(4), ticking()))
    assert problem.sentence == f"{path} is read-only; nothing was changed; make the file writable."
    with Book.open(path) as again:
        assert len(again.entries()) == 3
    assert Path(path).read_bytes() == before


def test_a_full_disk_leaves_the_book_as_it_was(book: Book) -> None:
    before = book.entries()
    book._connection.execute("PRAGMA max_page_count = 10")
    problem = refused(ProblemKind.UNWRITABLE, lambda: book.append_many((fact(n) for n in range(2000)), ticking()))
    assert "does not fit on the disk any more; nothing was changed" in problem.sentence
    assert book.entries() == before


def test_a_writer_kept_waiting_is_told_who_is_in_the_way(book: Book, path: str) -> None:
    with Book.open(path, wait=0.05) as waiting, book._locked():
        problem = refused(ProblemKind.BUSY, lambda: waiting.append(fact(4), ticking()))
        assert len(waiting.entries()) == 3
    assert problem.sentence == (
        f"{path} is being written to by another; nothing was changed; wait until that is done, then do it again."
    )
    assert len(book.entries()) == 3


# -- making, backing up, restoring


def test_a_book_is_not_made_over_a_file(book: Book, path: str) -> None:
    before = Path(path).read_bytes()
    problem = refused(ProblemKind.DUPLICATE, lambda: Book.create(path, DEAL, ticking()))
    assert problem.sentence == f"{path} exists; name a file that does not, or move that one."
    assert Path(path).read_bytes() == before


def test_a_book_that_cannot_be_begun_is_not_there(path: str) -> None:
    refused(ProblemKind.MISSING_KEY, lambda: Book.create(path, DEAL, ticking(), [fact(1)._replace(author="")]))
    assert list(Path(path).parent.iterdir()) == []


def test_two_who_make_the_same_book_make_one(path: str) -> None:
    def make(number: int) -> str:
        try:
            with Book.create(path, DEAL, ticking(), [fact(number)]) as made:
                return made.head().digest
        except Problem as problem:
            return problem.kind.code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(make, range(4)))
    with Book.open(path) as book:
        assert sorted(answers, key=len) == ["duplicate"] * 3 + [book.head().digest]
    assert [one.name for one in Path(path).parent.iterdir()] == ["deal.book"]


def test_a_book_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    refused(ProblemKind.MISSING_FILE, lambda: Book.create(str(tmp_path / "none" / "deal.book"), DEAL, ticking()))


def test_a_backup_restores_to_the_same_book(book: Book, tmp_path: Path) -> None:
    kept = book.export_head()
    copy, again = str(tmp_path / "copy.book"), str(tmp_path / "again.book")
    book.backup(copy)
    with restore(copy, again, DEAL, kept) as restored:
        assert restored.entries() == book.entries()
        assert restored.append(fact(4), ticking()).number == 4
    assert len(book.entries()) == 3
    assert files_beside(copy) == ["again.book", "copy.book", "deal.book"]


def test_neither_backup_nor_restoring_writes_over_a_file(book: Book, path: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.book")
    book.backup(copy)
    refused(ProblemKind.DUPLICATE, lambda: book.backup(copy))
    refused(ProblemKind.DUPLICATE, lambda: restore(copy, path))


def test_a_damaged_backup_is_not_restored(book: Book, tmp_path: Path) -> None:
    copy, again = str(tmp_path / "copy.book"), tmp_path / "again.book"
    book.backup(copy)
    outside(copy, "UPDATE entry SET body = replace(body, '2', '7') WHERE number = 2")
    assert "at entry 2" in refused(ProblemKind.DAMAGED, lambda: restore(copy, str(again))).sentence
    assert not again.exists()


def test_a_backup_older_than_the_kept_head_is_not_restored(book: Book, tmp_path: Path) -> None:
    copy, again = str(tmp_path / "copy.book"), tmp_path / "again.book"
    book.backup(copy)
    book.append(fact(4), ticking())
    problem = refused(ProblemKind.DAMAGED, lambda: restore(copy, str(again), kept=book.export_head()))
    assert "at entry 4 entries were cut off" in problem.sentence
    assert not again.exists()
