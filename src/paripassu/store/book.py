"""A book: one SQLite file that holds the chained entries of a deal, only ever appended to.

Every write is one transaction: take the lock, look for the idempotency key, compare what the writer had seen, let the
writer's own check look at the entries as they are now, append, commit, and only then answer. What is read is verified
as it is read, so that no figure rests on a damaged book.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from paripassu.store.batch import Batch, recorded_at, uncollected
from paripassu.store.sqlite import connect, drop_journal, sentences, sync_folder
from paripassu.values.dates import Instant
from paripassu.values.entries import (
    COLUMNS,
    Entry,
    Fault,
    Head,
    Row,
    Submission,
    entry_from,
    head_from,
    head_text,
    origin,
    verify_chain,
)
from paripassu.values.problems import Place, Problem, ProblemKind

Check = Callable[[Sequence[Entry]], None]
"""Looks at the entries recorded so far, under the lock; raises a Problem where the submission may not follow them."""

APPLICATION = 0x50415249
"""Marks the file as a book (SQLite's application id)."""

FORMAT = 1
"""Version of the file format this program reads and writes."""

WAIT = 10
"""Seconds a write waits for another's to end before it is refused, unless told otherwise."""

_CHUNK = 500
_LOCK = "BEGIN IMMEDIATE"
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM entry"
_INSERT = f"INSERT INTO entry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_SCHEMA = (
    "CREATE TABLE book (deal TEXT NOT NULL)",
    "CREATE TABLE entry (number INTEGER PRIMARY KEY, "
    + ", ".join(f"{column} TEXT NOT NULL" for column in COLUMNS[1:]) + ")",
    "CREATE UNIQUE INDEX entry_by_key ON entry (key) WHERE key <> ''",
    "CREATE TRIGGER entry_follows BEFORE INSERT ON entry "
    "WHEN EXISTS (SELECT 1 FROM entry WHERE number >= NEW.number) "
    "BEGIN SELECT RAISE(ABORT, 'an entry follows every other'); END",
    "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END",
    "CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    "CREATE TRIGGER deal_stays BEFORE UPDATE ON book BEGIN SELECT RAISE(ABORT, 'a book keeps its deal'); END",
    "CREATE TRIGGER deal_remains BEFORE DELETE ON book BEGIN SELECT RAISE(ABORT, 'a book keeps its deal'); END",
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {FORMAT}",
)


class Book:
    """An open book. Not shared between threads: each opens its own."""

    def __init__(self, path: str, connection: sqlite3.Connection, deal: str) -> None:
        self.path = path
        self.deal = deal
        self._connection = connection

    @classmethod
    def create(
        cls, path: str, deal: str, clock: Callable[[], Instant], submissions: Iterable[Submission] = (),
        wait: float = WAIT,
    ) -> Book:
        """Make a book with its first entries; it is there whole under its name, or not at all.

        Raises Problem DUPLICATE where the file exists, MISSING_FILE for a folder that does not, UNWRITABLE, and what
        ``append_many`` raises.
        """
        with (
            _made_whole(path) as beside, closing(connect(beside, wait, making=path)) as connection, sentences(path),
        ):
            connection.execute("BEGIN")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("INSERT INTO book (deal) VALUES (?)", (deal,))
            connection.execute("COMMIT")
            cls(path, connection, deal)._record(submissions, clock, None, None, None)
        return cls.open(path, deal, wait)

    @classmethod
    def open(cls, path: str, deal: str = "", wait: float = WAIT) -> Book:
        """Open a book, of the given deal where one is given; a write that was cut off is undone.

        Raises Problem MISSING_FILE, UNREADABLE for a file that is no book or of a newer format, WRONG_DEAL, DAMAGED,
        BUSY, UNWRITABLE.
        """
        if not Path(path).is_file():
            raise Problem(ProblemKind.MISSING_FILE, f"there is no book {path}", "check the path")
        connection = connect(path, wait)
        try:
            found = _deal_in(path, connection)
            if deal and found != deal:
                raise Problem(ProblemKind.WRONG_DEAL, f"{path} is the book of {found}, not of {deal}", "name its book")
        except BaseException:
            connection.close()
            raise
        return cls(path, connection, found)

    def close(self) -> None:
        """Close the file, which then stands alone unless another is writing; the book can be opened again."""
        drop_journal(self._connection, self.path)
        self._connection.close()

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- reading

    def entries(self) -> tuple[Entry, ...]:
        """Every entry in order, verified; raises Problem DAMAGED naming the first that is not as recorded."""
        with uncollected():
            read = tuple(self._read())
            fault = verify_chain(read, self._origin)
        if fault is not None:
            raise self._damaged(fault.says)
        return read

    def head(self) -> Head:
        """The number and digest of the last entry, which is verified against its own digest; raises Problem DAMAGED."""
        last = self._last()
        return Head(last.number, last.digest) if last else self._origin

    def export_head(self) -> str:
        """The head as a line to keep outside the book; against it a truncated or rewritten history shows."""
        return head_text(self.deal, self.head())

    def verify(self, kept: str = "") -> Fault | None:
        """The first fault of the chain, against a head exported earlier where one is given; None where it is sound.

        Raises Problem DAMAGED where SQLite itself finds the file damaged, UNREADABLE for a line that is no head,
        WRONG_DEAL for the head of another deal's book.
        """
        head = None
        if kept:
            deal, head = head_from(kept)
            if deal != self.deal:
                raise Problem(
                    ProblemKind.WRONG_DEAL, f"the head kept is of a book of {deal}, and {self.path} is of {self.deal}",
                    "give the head that this book exported",
                )
        with sentences(self.path):
            found = self._connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise self._damaged(f"SQLite reports: {found}")
        return verify_chain(self._read(), self._origin, head)

    def _read(self) -> Iterator[Entry]:
        """Fetched whole: a cursor left open would keep writers out."""
        rows = self._rows(f"{_SELECT} ORDER BY number")
        try:
            yield from map(entry_from, rows)
        except Problem as problem:
            raise problem.at(Place(self.path)) from None

    def _rows(self, query: str, values: Sequence[str] = ()) -> list[Row]:
        """The rows of entries that a query finds; raises Problem DAMAGED where the table is not as it was made.

        Text that is not UTF-8, which only damage leaves, is read with marks in its place: the digest of its entry is
        then wrong, and the entry is named.
        """
        with sentences(self.path):
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if "decode" in str(error):
                    return self._marked_rows(query, values)
                if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
                    raise self._damaged(f"{self.path} has not the table of entries it was made with") from error
                raise

    def _marked_rows(self, query: str, values: Sequence[str]) -> list[Row]:
        self._connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            return self._connection.execute(query, values).fetchall()
        finally:
            self._connection.text_factory = str

    def _entry(self, row: Row) -> Entry:
        try:
            return entry_from(row)
        except Problem as problem:
            raise problem.at(Place(self.path)) from None

    def _last(self) -> Entry | None:
        """The last entry, as recorded: nothing is chained to one that was changed."""
        rows = self._rows(f"{_SELECT} ORDER BY number DESC LIMIT 1")
        if not rows:
            return None
        last = self._entry(rows[0])
        fault = verify_chain([last], Head(last.number - 1, last.previous))
        if fault is not None:
            raise self._damaged(fault.says)
        return last

    def _damaged(self, what: str) -> Problem:
        return Problem(ProblemKind.DAMAGED, what, "restore a backup", Place(self.path))

    @property
    def _origin(self) -> Head:
        return origin(self.deal)

    # -- writing

    def append(
        self, submission: Submission, clock: Callable[[], Instant], *, after: int | None = None,
        check: Check | None = None,
    ) -> Entry:
        """Record one entry and answer with it once it is durable; a key recorded before answers with that entry.

        ``after`` is the number of the last entry that the writer had seen. Raises Problem BUSY where another writes
        too long or has written since, DUPLICATE for a known key with another body, UNWRITABLE, DAMAGED, BAD_DATE for
        a clock behind the last entry, and whatever ``check`` raises; nothing is then changed.
        """
        return self.append_many([submission], clock, after=after, check=check)[0]

    def append_many(
        self, submissions: Iterable[Submission], clock: Callable[[], Instant], *, after: int | None = None,
        check: Check | None = None, progress: Callable[[int], None] | None = None,
    ) -> tuple[Entry, ...]:
        """Record entries in one transaction, all or none, and answer with them in the order given.

        ``progress`` is told from time to time how many have been taken in. Raises what ``append`` raises, with the
        row (from 1) where one is at fault, and whatever reading the submissions raises.
        """
        self._refuse_marked_read_only()
        return self._record(submissions, clock, after, check, progress)

    def _record(
        self, submissions: Iterable[Submission], clock: Callable[[], Instant], after: int | None, check: Check | None,
        progress: Callable[[int], None] | None,
    ) -> tuple[Entry, ...]:
        with uncollected(), self._locked():
            last = self._last()
            head = Head(last.number, last.digest) if last else self._origin
            batch = Batch(head, recorded_at(clock(), last.recorded if last else None), self._with_keys)
            source = iter(submissions)
            checked = False
            while chunk := list(islice(source, _CHUNK)):
                new = batch.take(chunk)
                if new and not checked:
                    self._check(head, after, check)
                    checked = True
                self._connection.executemany(_INSERT, new)
                if progress is not None:
                    progress(len(batch.answers))
        return tuple(batch.answers)

    def _check(self, head: Head, after: int | None, check: Check | None) -> None:
        if after is not None and after != head.number:
            raise Problem(
                ProblemKind.BUSY, f"{self.path} has {head.number} entries now, and had {after} when it was looked at",
                "look at it again, then decide",
            )
        if check is not None:
            check(self.entries())

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One transaction that no other writer can be in; left by an error, nothing of it remains."""
        with sentences(self.path):
            self._connection.execute(_LOCK)
            try:
                _deal_in(self.path, self._connection)
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _refuse_marked_read_only(self) -> None:
        """A file marked read-only stays so for everyone, also for a superuser whom the system would let write."""
        if not Path(self.path).stat().st_mode & 0o222:
            raise Problem(
                ProblemKind.UNWRITABLE, f"{self.path} is read-only; nothing was changed", "make the file writable"
            )

    def _with_keys(self, keys: Sequence[str]) -> dict[str, Entry]:
        if not keys:
            return {}
        marks = ", ".join("?" * len(keys))
        found = self._rows(f"{_SELECT} WHERE key <> '' AND key IN ({marks})", keys)
        return {entry.key: entry for entry in map(self._entry, found)}

    # -- copies

    def backup(self, target: str) -> None:
        """Copy the book as it is now, durably, to a file that does not exist yet; writers may go on meanwhile.

        Raises Problem DUPLICATE where the file exists, MISSING_FILE, UNWRITABLE, BUSY, DAMAGED.
        """
        with _made_whole(target) as beside:
            with closing(connect(beside, WAIT, making=target)) as copy, sentences(self.path):
                # The read transaction holds writers back for the one step of the copy, and no longer.
                self._connection.execute("BEGIN")
                try:
                    self._connection.execute("SELECT count(*) FROM book").fetchone()
                    self._connection.backup(copy)
                finally:
                    self._connection.execute("COMMIT")
            with Book.open(beside, self.deal) as copied:
                copied.entries()


def restore(backup: str, path: str, deal: str = "", kept: str = "") -> Book:
    """Make a book from a backup, verified against a kept head where one is given; the backup stays as it is.

    Raises Problem DUPLICATE where the file exists, DAMAGED, and what ``Book.open`` and ``Book.backup`` raise.
    """
    with Book.open(backup, deal) as source:
        fault = source.verify(kept)
        if fault is not None:
            raise Problem(ProblemKind.DAMAGED, fault.says, "restore another backup", Place(backup))
        source.backup(path)
    return Book.open(path, deal)


def _deal_in(path: str, connection: sqlite3.Connection) -> str:
    """The deal of a book, when its format is one that this program reads."""
    with sentences(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if application != APPLICATION:
            raise Problem(ProblemKind.UNREADABLE, f"{path} is not a book", "name the file that starting a book made")
        if version > FORMAT:
            raise Problem(
                ProblemKind.UNREADABLE,
                f"{path} was written by a newer version (format {version}; this one reads {FORMAT})",
                "use that version of the program",
            )
        try:
            rows = connection.execute("SELECT deal FROM book").fetchall()
        except sqlite3.OperationalError:
            rows = []
    if len(rows) != 1 or not isinstance(rows[0][0], str):
        raise Problem(ProblemKind.DAMAGED, f"{path} does not say which deal it is of", "restore a backup")
    return str(rows[0][0])


@contextmanager
def _made_whole(path: str) -> Iterator[str]:
    """A file beside the one to make, which takes its name once it is complete and durable."""
    target = Path(path)
    taken = Problem(ProblemKind.DUPLICATE, f"{path} exists", "name a file that does not, or move that one")
    if target.exists():
        raise taken
    if not target.parent.is_dir():
        raise Problem(ProblemKind.MISSING_FILE, f"the folder of {path} does not exist", "create it or name another")
    beside = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        yield str(beside)
        # A hard link, unlike renaming, never replaces a file that another has made meanwhile.
        os.link(beside, target)
        sync_folder(target)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise Problem(
            ProblemKind.UNWRITABLE, f"{path} cannot be made ({error.strerror})", "make its folder writable"
        ) from None
    finally:
        beside.unlink(missing_ok=True)
        beside.with_name(beside.name + "-journal").unlink(missing_ok=True)
