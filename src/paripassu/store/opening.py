"""A book in its folder: the agreement it is kept under, copied beside it when it was started, and the book itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from paripassu.store.book import Book
from paripassu.store.folders import DealFolder, deal_root, read_deal
from paripassu.store.sqlite import sync_file, sync_folder
from paripassu.values.dates import Instant
from paripassu.values.entries import Submission
from paripassu.values.problems import Problem, ProblemKind

BOOK = "deal.book"
"""The book's name in its folder."""

COPIED = ("agreement.yaml", "sections.yaml", "provenance.yaml")
"""What of a deal's folder stays in files; its facts, prices and readings become entries."""


def book_at(path: str) -> str | None:
    """The book that a path names: the file itself, or the one in the folder; None where there is neither."""
    named = Path(path)
    if named.is_file():
        return path
    return str(named / BOOK) if (named / BOOK).is_file() else None


def folder_of(book: str) -> str:
    """The folder whose agreement a book is kept under."""
    return str(Path(book).parent)


def start_book(
    folder: str, source: str, deal: str, clock: Callable[[], Instant],
    seed: Callable[[DealFolder], Iterable[Submission]],
) -> None:
    """Make a folder with a copy of a source's agreement and a book of ``deal``; whole, or not at all.

    ``seed`` is given the copy and hands in the first entries. Raises Problem DUPLICATE where the folder exists,
    MISSING_FILE, UNWRITABLE, and what reading the deal, ``seed`` and appending raise.
    """
    target = Path(folder)
    if target.exists():
        raise Problem(ProblemKind.DUPLICATE, f"{folder} exists", "name a folder that does not")
    if not target.parent.is_dir():
        raise Problem(ProblemKind.MISSING_FILE, f"the folder of {folder} does not exist", "create it or name another")
    root = deal_root(source)
    beside = target.with_name(f".{target.name}.{uuid4().hex}.part")
    try:
        beside.mkdir()
        for name in COPIED:
            if (root / name).is_file():
                (beside / name).write_bytes((root / name).read_bytes())
                sync_file(beside / name)
        copied = read_deal(str(beside))
        Book.create(str(beside / BOOK), deal, clock, seed(copied)).close()
        beside.rename(target)
        sync_folder(target)
    except OSError as error:
        raise Problem(
            ProblemKind.UNWRITABLE, f"{folder} cannot be made ({error.strerror})", "make the folder above it writable"
        ) from None
    finally:
        rmtree(beside, ignore_errors=True)
