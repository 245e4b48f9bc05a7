"""SQLite as a book uses it: the settings every connection has, and its errors as Problems."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from paripassu.values.problems import Problem, ProblemKind

SYNCHRONOUS = "FULL"
"""The journal is on the disk before the book is touched, and the book before a write is acknowledged."""

JOURNAL = "PERSIST"
"""A rollback journal whose header is overwritten, durably, to end a write: only then is an acknowledged entry safe.

A journal that is deleted instead may be there again after a power failure, since nothing makes its deletion durable,
and would take the entry back. A write-ahead log can corrupt a database in SQLite 3.7.0 to 3.51.2.
"""

CACHE = 64
"""MiB of pages kept in memory, so that an import of a hundred thousand entries is written once, when it is whole."""

_KINDS = {
    sqlite3.SQLITE_BUSY: (
        ProblemKind.BUSY, "is being written to by another", "wait until that is done, then do it again"),
    sqlite3.SQLITE_LOCKED: (
        ProblemKind.BUSY, "is being written to by another", "wait until that is done, then do it again"),
    sqlite3.SQLITE_READONLY: (
        ProblemKind.UNWRITABLE, "cannot be written", "make the file and its folder writable"),
    sqlite3.SQLITE_PERM: (
        ProblemKind.UNWRITABLE, "cannot be written", "make the file and its folder writable"),
    sqlite3.SQLITE_CANTOPEN: (
        ProblemKind.UNWRITABLE, "or its journal cannot be opened", "make the file and its folder writable"),
    sqlite3.SQLITE_FULL: (
        ProblemKind.UNWRITABLE, "does not fit on the disk any more", "make room on the disk"),
    sqlite3.SQLITE_IOERR: (
        ProblemKind.UNWRITABLE, "cannot be read or written (the disk reports an error)", "check the disk"),
    sqlite3.SQLITE_CORRUPT: (
        ProblemKind.DAMAGED, "is damaged: its pages do not fit together", "restore a backup"),
    sqlite3.SQLITE_NOTADB: (
        ProblemKind.UNREADABLE, "is not a book", "name the file that starting a book made"),
}


@contextmanager
def sentences(path: str) -> Iterator[None]:
    """Turn errors of SQLite about the input into Problems; an error that only a defect can cause stays an error."""
    try:
        yield
    except sqlite3.Error as error:
        known = _KINDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if known is None:
            raise
        kind, what, remedy = known
        raise Problem(kind, f"{path} {what}; nothing was changed", remedy) from error


def connect(path: str, wait: float, *, making: str = "") -> sqlite3.Connection:
    """A connection without implicit transactions, waiting ``wait`` seconds at most for another's write to end.

    The file must exist unless it is made, and is then spoken of by the name given.
    """
    mode = "rwc" if making else "rw"
    with sentences(making or path):
        connection = sqlite3.connect(
            f"file:{quote(str(Path(path).absolute()))}?mode={mode}", uri=True, timeout=wait, isolation_level=None
        )
        try:
            connection.execute(f"PRAGMA journal_mode={JOURNAL}")
            connection.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
            connection.execute(f"PRAGMA cache_size=-{CACHE * 1024}")
            connection.execute("PRAGMA trusted_schema=OFF")
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute("PRAGMA recursive_triggers=ON")
        except BaseException:
            connection.close()
            raise
    return connection


def drop_journal(connection: sqlite3.Connection, path: str) -> None:
    """Delete the journal that ended writes leave behind, so that a book at rest is one file.

    Only under the lock of a writer, for which nobody waits: where another is writing the journal is in use and stays.
    What is deleted is worth nothing, so that its deletion need not be durable.
    """
    if Path(f"{path}-journal").exists():
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA busy_timeout=0")
            connection.execute("PRAGMA journal_mode=DELETE")


def sync_file(path: Path) -> None:
    """Make a file or folder durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Make a new or renamed file's name durable."""
    sync_file(path.parent)
