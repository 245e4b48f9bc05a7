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

from paripassu import codec
from paripassu.store.book import Book
from paripassu.store.sqlite import connect
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import COLUMNS, EntryKind, Row, Submission

TURNS, APPENDS = 40, 5
BATCH = 100_000
SIZES = (25_000, 50_000, 100_000)
RUNS = 3
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


def appends(folder: Path) -> None:
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
    print(f"durable appends: {rates['book']:,.0f} a second; bare SQLite {rates['bare']:,.0f}; "
          f"fdatasync alone {rates['fdatasync']:,.0f}")
    print(f"  of the fdatasync rate: book {rates['book'] / rates['fdatasync']:.0%}, "
          f"bare SQLite {rates['bare'] / rates['fdatasync']:.0%}; "
          f"book against bare SQLite {rates['book'] / rates['bare']:.0%}")


def batch(folder: Path) -> None:
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
    print(
        f"batch of {BATCH:,}: {BATCH / min(book_time):,.0f} a second ({BATCH / min(processor):,.0f} a second of "
        f"processor time); bare SQLite {BATCH / min(bare_time):,.0f} a second; "
        f"ratio {min(bare_time) / min(book_time):.0%}"
    )


def reading(folder: Path) -> None:
    """Opening and reading at three sizes; linear where the time for each entry stays the same."""
    least = 0.0
    for size in SIZES:
        path = str(folder / f"read-{size}.book")
        Book.create(path, "made-up", now, submissions(size)).close()
        taken = []
        for _ in range(RUNS):
            began = time.process_time()
            with Book.open(path) as book:
                read = book.entries()
            taken.append(time.process_time() - began)
            assert len(read) == size
            del read
        each = min(taken) / size * 1e6
        least = least or each
        print(f"open and read {size:,} entries, verified: {min(taken):.2f} s, {each:.1f} us an entry, "
              f"ratio {each / least:.2f}")


def main() -> None:
    """Run the three parts in a folder of their own."""
    within = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=within) as folder:
        appends(Path(folder))
        batch(Path(folder))
        reading(Path(folder))


if __name__ == "__main__":
    main()
