"""How fast a book records and reads, against what the machine and bare SQLite can do at all.

    python benchmarks/book.py [FOLDER]

Durable appends, one transaction each, are set against the machine's own fdatasync rate (a small append that grows a
file and an fdatasync, the least that any durable record costs), in turns of a few each so that both meet the same disk;
and against a quarter of it, as a rollback journal makes four syncs that wait for each other. A batch
of 100,000 entries is set against SQLite inserting the same finished rows into a table without triggers or index: what
is above that is digests, keys and guards. Opening and reading (every digest worked out again) is measured at three
sizes. The folder should lie on the disk that books are kept on; it is left as it was.
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
from paripassu.values.dates import Instant, instant_of
from paripassu.values.entries import COLUMNS, EntryKind, Submission, row_of

TURNS, APPENDS = 40, 5
BATCH = 100_000
SIZES = (25_000, 50_000, 100_000)
RUNS = 3


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


def appends(folder: Path) -> None:
    """Durable appends a second beside fdatasyncs a second, in turns."""
    seconds: dict[str, list[float]] = {"fdatasync": [], "append": []}
    plain = os.open(folder / "plain", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    with Book.create(str(folder / "appends.book"), "made-up", now) as book:
        given = iter(submissions(TURNS * APPENDS))

        def synced() -> None:
            os.write(plain, b"x" * 512)
            os.fdatasync(plain)

        work: dict[str, Callable[[], object]] = {
            "fdatasync": synced, "append": lambda: book.append(next(given), now),
        }
        for _ in range(TURNS):
            for name, one in work.items():
                began = time.perf_counter()
                for _ in range(APPENDS):
                    one()
                seconds[name].append((time.perf_counter() - began) / APPENDS)
    os.close(plain)
    rates = {name: 1 / median(taken) for name, taken in seconds.items()}
    print(f"durable appends: {rates['append']:,.0f} a second; fdatasync alone: {rates['fdatasync']:,.0f} a second; "
          f"ratio {rates['append'] / rates['fdatasync']:.0%} (each append makes four syncs one after the other, so "
          f"{4 * rates['append'] / rates['fdatasync']:.0%} of the most that a rollback journal allows)")


def batch(folder: Path) -> None:
    """A batch into a new book, beside the finished rows into a bare table, the fastest of some runs of each."""
    given = submissions(BATCH)
    book_time, bare_time, processor = [], [], []
    for run in range(RUNS):
        with Book.create(str(folder / f"batch-{run}.book"), "made-up", now) as book:
            began, worked = time.perf_counter(), time.process_time()
            entries = book.append_many(given, now)
            book_time.append(time.perf_counter() - began)
            processor.append(time.process_time() - worked)
        rows = list(map(row_of, entries))
        bare = sqlite3.connect(folder / f"bare-{run}.db", isolation_level=None)
        bare.execute(f"CREATE TABLE entry ({', '.join(COLUMNS)})")
        began = time.perf_counter()
        bare.execute("BEGIN")
        bare.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * len(COLUMNS))})", rows)
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
        print(f"open and read {size:,} entries, verified: {min(taken):.2f} s, {each:.1f} us an entry")


def main() -> None:
    """Run the three parts in a folder of their own."""
    within = sys.argv[1] if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory(dir=within) as folder:
        appends(Path(folder))
        batch(Path(folder))
        reading(Path(folder))


if __name__ == "__main__":
    main()
