"""How fast a book records and reads, against what the machine and bare SQLite can do at all.

    python benchmarks/book.py [FOLDER]

Durable appends, one transaction each, are set against the machine's own fdatasync rate (a small append that grows a
file and an fdatasync, the least that any durable record costs), in turns of a few each so that all meet the same disk.
Beside them stands bare SQLite under a book's settings: one table, no index, no trigger, nothing looked up. A rollback
journal makes five syncs that wait for each other: the journal, its name, its count, the book, the journal made void.
So the rate of one cannot be reached; how much of it can be, bare SQLite shows.

A batch of 100,000 entries is set against SQLite inserting the same finished rows into a table without triggers or
index: what is above that is digests, keys and guards. Opening and reading (every digest worked out again) is measured
at three sizes; the ratio is the time for each entry beside that at the smallest. The folder should lie on the disk that
books are kept on; it is left as it was.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from measuring import Line, best, print_lines, said

from paripassu import codec
from paripassu.store.book import Book
from paripassu.store.sqlite import connect
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import COLUMNS, EntryKind, Row, Submission

TURNS, APPENDS = 40, 5
BATCH = 100_000
SIZES = (25_000, 50_000, 100_000)
RUNS = 5
OF_SYNCS, IN_BATCH, LINEAR = 0.45, 100_000, 1.25
"""What is aimed at: appends as a part of the syncs, entries a second in a batch, and time an entry at four times the
size as a multiple."""
INSERT = f"INSERT INTO entry VALUES ({', '.join('?' * len(COLUMNS))})"


def now() -> Instant:
    """The instant now."""
    return instant_of(datetime.now(UTC), "UTC")


def submissions(count: int) -> list[Submission]:
    """Facts of the size that real ones have, each with its key."""
    return [
        Submission(
            EntryKind.FACT, date(1999, 2, 5), "desk",
            codec.canonical({
                "grade": "filing", "holder": "cc-investments", "instrument": "series-b", "kind": "transfer",
                "lot": f"B-{number}", "on": "1999-02-05", "shares": "10", "source": "a made-up story", "to": "another",
            }), f"row-{number}",
        )
        for number in range(count)
    ]


def rows_of(path: Path) -> list[Row]:
    """The finished rows of a book."""
    connection = sqlite3.connect(path)
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM entry").fetchall()
    connection.close()
    return rows


def bare_table(path: Path) -> sqlite3.Connection:
    """A table for the rows of a book, without index or trigger, under the settings that a book has."""
    bare = connect(str(path), 10, making=str(path))
    bare.execute(f"CREATE TABLE entry ({', '.join(COLUMNS)})")
    return bare


def appends(folder: Path) -> list[Line]:
    """Durable appends a second of a book and of bare SQLite, beside fdatasyncs a second, in turns."""
    given = submissions(TURNS * APPENDS)
    Book.create(str(folder / "finished.book"), "made-up", now, given).close()
    finished = iter(rows_of(folder / "finished.book"))
    plain = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    bare, coming = bare_table(folder / "bare.db"), iter(given)

    def synced() -> None:
        os.write(plain, b"x" * 512)
        os.fdatasync(plain)

    with Book.create(str(folder / "appends.book"), "made-up", now) as book:
        work: dict[str, Callable[[], object]] = {
            "fdatasync": synced, "bare": lambda: bare.execute(INSERT, next(finished)),
            "book": lambda: book.append(next(coming), now),
        }
        seconds: dict[str, list[float]] = {name: [] for name in work}
        for _ in range(TURNS):
            for name, one in work.items():
                began = time.perf_counter()
                for _ in range(APPENDS):
                    one()
                seconds[name].append((time.perf_counter() - began) / APPENDS)
    bare.close()
    os.close(plain)
    rates = {name: 1 / median(taken) for name, taken in seconds.items()}
    return [
        Line("durable appends, one transaction each", rates["book"], "a second",
             "Five syncs that wait for each other (journal, its name, its count, book, journal made void), where a "
             "record alone needs one.",
             "fdatasync after a small write", rates["fdatasync"], f"{OF_SYNCS:.0%} of it",
             rates["book"] >= OF_SYNCS * rates["fdatasync"]),
        Line("the same, beside SQLite", rates["book"], "a second",
             "The same syncs; what is above them is looking, digests, keys and guards.",
             "SQLite, one bare table under the same settings", rates["bare"]),
    ]


def batch(folder: Path) -> list[Line]:
    """A batch into a new book, beside the finished rows into a bare table, the fastest of some runs of each."""
    given = submissions(BATCH)
    book_time, bare_time, processor = [], [], []
    for run in range(RUNS):
        with Book.create(str(folder / f"batch-{run}.book"), "made-up", now) as book:
            began, worked = time.perf_counter(), time.process_time()
            book.append_many(given, now)
            book_time.append(time.perf_counter() - began)
            processor.append(time.process_time() - worked)
        rows = rows_of(folder / f"batch-{run}.book")
        bare = bare_table(folder / f"bare-{run}.db")
        began = time.perf_counter()
        bare.execute("BEGIN")
        bare.executemany(INSERT, rows)
        bare.execute("COMMIT")
        bare_time.append(time.perf_counter() - began)
        bare.close()
    rate = BATCH / min(book_time)
    return [
        Line(f"a batch of {BATCH:,} entries", rate, "a second",
             f"Digests, keys and guards of each entry ({BATCH / min(processor):,.0f} a second of processor time); the "
             "rest is the disk.",
             "SQLite, finished rows into a bare table", BATCH / min(bare_time), f"{IN_BATCH:,} a second",
             rate >= IN_BATCH),
    ]


def reading(folder: Path) -> list[Line]:
    """Opening and reading at several sizes; linear where the time for each entry stays the same."""
    each = []
    for size in SIZES:
        path = str(folder / f"read-{size}.book")
        Book.create(path, "made-up", now, submissions(size)).close()
        seconds, count = best(lambda path=path: _read(path), RUNS)
        assert count == size
        each.append(seconds / size * 1e6)
    return [
        Line(f"opening and reading {size:,} entries", taken, "µs an entry",
             "The digest of every entry, worked out again from its text and the one before.",
             f"the same of {SIZES[0]:,} entries", each[0], f"linear: at most {LINEAR} times an entry",
             taken <= LINEAR * each[0])
        for size, taken in zip(SIZES[1:], each[1:], strict=True)
    ]


def _read(path: str) -> int:
    with Book.open(path) as book:
        return len(book.entries())


def measured(within: str = "") -> list[Line]:
    """The three parts in a folder of their own."""
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(dir=within or None) as folder:
        for part, what in ((appends, "durable appends"), (batch, "a batch"), (reading, "opening and reading")):
            said(f"book: {what}")
            lines += part(Path(folder))
    return lines


if __name__ == "__main__":
    sys.exit(print_lines(measured(*sys.argv[1:2])))
