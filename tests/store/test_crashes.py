"""Killed at any moment, a writer leaves a book with every entry it acknowledged and none half-written."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from shelf import DEAL, fact, standing, ticking

from paripassu.store.book import Book

KILLS = 8

APPENDING = """
import sys
from paripassu.store.book import Book
from shelf import fact, standing
book = Book.open(sys.argv[1], wait=60)
print("ready", flush=True)
for number in range(10**6):
    entry = book.append(fact(number), standing)
    print(entry.number, entry.digest, flush=True)
"""

IMPORTING = """
import os, signal, sys
from paripassu.store import sqlite
sqlite.CACHE = 1
from paripassu.store.book import Book
from shelf import fact, standing
def killed(count):
    if count >= 6000:
        os.kill(os.getpid(), signal.SIGKILL)
Book.open(sys.argv[1]).append_many((fact(number) for number in range(10**5)), standing, progress=killed)
"""

MAKING = """
import os, signal, sys
from paripassu.store.book import Book
from shelf import DEAL, fact, standing
def rows():
    yield from (fact(number) for number in range(600))
    os.kill(os.getpid(), signal.SIGKILL)
Book.create(sys.argv[1], DEAL, standing, rows())
"""


def child(script: str, path: str) -> subprocess.Popen[str]:
    here = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", script, path], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": here},
    )


def test_a_writer_killed_at_any_moment_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = str(tmp_path / "deal.book")
    Book.create(path, DEAL, standing).close()
    acknowledged: dict[int, str] = {}
    chance = random.Random(20261123)
    for _ in range(KILLS):
        writer = child(APPENDING, path)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said, _ = writer.communicate(timeout=60)
        # The last line may be cut off by the kill; what stands before a line end was acknowledged.
        whole = said[: said.rfind("\n") + 1]
        fresh = {int(number): digest for number, digest in map(str.split, whole.splitlines())}
        acknowledged |= fresh
        with Book.open(path) as book:
            entries = book.entries()
            assert book.verify() is None
        found = {entry.number: entry.digest for entry in entries}
        assert acknowledged.items() <= found.items()
        assert len(found) <= len(acknowledged) + 1
        # One that was committed but not acknowledged is in the book from now on.
        acknowledged = found
    assert acknowledged, "no writer lived long enough to acknowledge anything"


def test_an_import_killed_in_the_middle_leaves_nothing_of_it(tmp_path: Path) -> None:
    path = str(tmp_path / "deal.book")
    with Book.create(path, DEAL, ticking(), [fact(1), fact(2)]) as book:
        before = book.entries()
    size = Path(path).stat().st_size
    assert child(IMPORTING, path).wait(60) == -signal.SIGKILL
    # Half of it had reached the file: undoing it is what is tested.
    assert Path(path).stat().st_size > size
    assert Path(path + "-journal").exists()
    with Book.open(path) as book:
        assert book.entries() == before
        assert book.verify() is None
        assert book.append(fact(3), standing).number == 3
    assert not Path(path + "-journal").exists()


def test_an_import_killed_in_the_middle_is_undone_by_any_other_program(tmp_path: Path) -> None:
    """Also by one that deletes its journals, as an older version of this program does."""
    path = str(tmp_path / "deal.book")
    Book.create(path, DEAL, ticking(), [fact(1), fact(2)]).close()
    assert child(IMPORTING, path).wait(60) == -signal.SIGKILL
    other = sqlite3.connect(path)
    assert other.execute("SELECT count(*) FROM entry").fetchone() == (2,)
    other.close()
    assert [one.name for one in tmp_path.iterdir()] == ["deal.book"]
    with Book.open(path) as book:
        assert book.verify() is None
        assert book.append(fact(3), standing).number == 3


def test_a_book_killed_in_the_making_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "deal.book"
    assert child(MAKING, str(path)).wait(60) == -signal.SIGKILL
    assert not path.exists()
    with Book.create(str(path), DEAL, standing, [fact(1)]) as book:
        assert len(book.entries()) == 1
