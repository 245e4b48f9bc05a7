"""An entry is acknowledged when it is on the disk, not when it is on its way there."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest
from shelf import DEAL, standing
from tracing import calls_of

from paripassu.store import sqlite
from paripassu.store.book import Book

APPENDING = """
import os, sys
from paripassu.store import sqlite
sqlite.SYNCHRONOUS, sqlite.JOURNAL = sys.argv[2:4]
from paripassu.store.book import Book
from shelf import fact, standing
book = Book.open(sys.argv[1])
os.write(1, b"begin")
for number in range(4):
    book.append(fact(number), standing)
    os.write(1, b"acknowledged")
"""


def syncs_by_append(folder: Path, synchronous: str, journal: str = "PERSIST") -> list[list[tuple[str, str]]]:
    """What each append did to the book and its journal, runs of the same call on the same file taken as one."""
    path = str(folder / "deal.book")
    Book.create(path, DEAL, standing).close()
    names = {"deal.book": "book", "deal.book-journal": "journal", folder.name: "folder"}
    appends: list[list[tuple[str, str]]] = []
    for call, _ in groupby(calls_of(APPENDING, path, synchronous, journal)):
        what, name = call
        if name.startswith("pipe:"):
            appends.append([])
        elif name in names and appends:
            appends[-1].append((what, names[name]))
    assert appends.pop() == [], "something was left to do after the last answer"
    return appends


IN_FULL = [
    ("write", "journal"), ("sync", "journal"), ("sync", "folder"), ("write", "journal"), ("sync", "journal"),
    ("write", "book"), ("sync", "book"), ("write", "journal"), ("sync", "journal"),
]
"""The way back is on the disk, by name and marked complete, before the book is touched; the book, before the way back
is marked void; and that it is void, before the answer."""


def test_each_entry_is_acknowledged_after_five_syncs_in_their_order(tmp_path: Path) -> None:
    assert syncs_by_append(tmp_path, "FULL") == [IN_FULL] * 4


@pytest.mark.parametrize("less", ["NORMAL", "OFF"])
def test_less_than_full_would_show(tmp_path: Path, less: str) -> None:
    appends = syncs_by_append(tmp_path, less)
    assert len(appends) == 4
    assert all(one != IN_FULL for one in appends)


def test_a_journal_that_is_deleted_would_be_valid_again_after_a_power_failure(tmp_path: Path) -> None:
    """Nothing makes its deletion durable before the answer: the last thing synced is the book."""
    assert [one[-1] for one in syncs_by_append(tmp_path, "FULL", "DELETE")] == [("sync", "book")] * 4


def test_a_book_uses_full() -> None:
    assert sqlite.SYNCHRONOUS == "FULL"
    assert sqlite.JOURNAL == "PERSIST"
