"""Make the books of tests/samples: small, the same each time, each unfit in its own way.

    python tools/make_sample_books.py

Every book is of the made-up deal in tests/samples/unknown-reading, with one fact. What is wrong with each stands in
docs/problems.md.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from paripassu import codec, store
from paripassu.store.opening import BOOK
from paripassu.values.dates import Instant, parse_instant
from paripassu.values.entries import EntryKind, Evidence, Submission

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
DEAL = SAMPLES / "unknown-reading" / "deal"
FACT = {"kind": "shares_outstanding", "on": "2020-01-02", "shares": "1000000", "source": "a made-up report"}


def noon() -> Instant:
    """A clock that has stopped, so that the books are the same each time."""
    return parse_instant("2026-03-02T12:00:00Z")


def seed(copied: store.DealFolder) -> Iterable[Submission]:
    begun = {"agreement": copied.digest, "deal": copied.agreement.value["deal"], "from": "a sample", "entries": "2"}
    yield Submission(EntryKind.AGREEMENT, date(2020, 1, 2), "Ann", codec.canonical(begun))
    fact = codec.canonical({**FACT, "recorded": FACT["on"]})
    yield Submission(EntryKind.FACT, date(2020, 1, 2), "Ann", fact, "", Evidence(FACT["source"]))


def make(kind: str) -> Path:
    """A sound book in the sample of a kind of Problem."""
    folder = SAMPLES / kind / "book"
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(exist_ok=True)
    store.start_book(str(folder), str(DEAL), "sample", noon, seed)
    return folder


def main() -> None:
    make("busy")
    make("unwritable")
    agreement = make("wrong-deal") / "agreement.yaml"
    agreement.write_text(agreement.read_text(encoding="utf-8") + "# a line added by hand\n", encoding="utf-8")
    connection = sqlite3.connect(make("damaged") / BOOK)
    connection.execute("DROP TRIGGER entry_stays")
    connection.execute("UPDATE entry SET body = replace(body, '1000000', '2000000') WHERE number = 2")
    connection.commit()
    connection.close()


if __name__ == "__main__":
    main()
