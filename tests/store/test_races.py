"""Processes that race for the last of a limit: together they never pass it, and each is told what became of it.

The tests of the guards take a guard away and show that the same race then fails.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from shelf import DEAL, fact, standing

from paripassu import codec
from paripassu.store import book as books
from paripassu.store.book import Book, Check
from paripassu.values.entries import Entry
from paripassu.values.problems import Place, Problem, ProblemKind

CAP = 5
RACERS = 4
TRIES = 3
"""Shares that each racer tries to take, one at a time; together more than twice the cap."""

Append = Callable[[Book, int, Check], object]


def taken(entries: Sequence[Entry]) -> int:
    """Shares taken so far."""
    return sum(int(codec.parse_canonical(entry.body, Place("body"))["shares"]) for entry in entries)


def within_the_cap(entries: Sequence[Entry]) -> None:
    """A limit as the papers set one, looked at slowly so that another can come between."""
    so_far = taken(entries)
    time.sleep(0.02)
    if so_far + 1 > CAP:
        raise Problem(ProblemKind.IMPOSSIBLE_FACT, f"{so_far} of {CAP} shares are taken", "take no more")


def locked(book: Book, number: int, check: Check) -> object:
    """As a book appends."""
    return book.append(fact(number), standing, check=check)


def checked_before_the_lock(book: Book, number: int, check: Check) -> object:
    """Read, check, and only then take the lock: each step right, and the whole wrong."""
    check(book.entries())
    return book.append(fact(number), standing)


def without_a_lock(book: Book, number: int, check: Check) -> object:
    """The same steps as a book's, the lock taken away."""
    books._LOCK = "SELECT 1"
    return book.append(fact(number), standing, check=check)


def race(path: str, racer: int, append: Append, barrier: Barrier, answers: object) -> None:
    told = []
    with Book.open(path, wait=60) as book:
        barrier.wait(60)
        for number in range(TRIES):
            try:
                append(book, racer * TRIES + number, within_the_cap)
                told.append("recorded")
            except Problem as problem:
                told.append(problem.kind.code)
            except sqlite3.Error as error:
                told.append(type(error).__name__)
    answers.put(told)  # type: ignore[attr-defined]


def raced(path: str, append: Append) -> tuple[int, Counter[str]]:
    """Shares taken in the end, and what the racers were told, after one race."""
    Book.create(path, DEAL, standing).close()
    context = get_context("fork")
    barrier, answers = context.Barrier(RACERS), context.Queue()
    racers = [
        context.Process(target=race, args=(path, racer, append, barrier, answers)) for racer in range(RACERS)
    ]
    for one in racers:
        one.start()
    told = Counter(answer for _ in racers for answer in answers.get(timeout=120))
    for one in racers:
        one.join(60)
    with Book.open(path) as book:
        return taken(book.entries()), told


def test_racers_never_pass_a_limit_together(tmp_path: Path) -> None:
    for number in range(3):
        shares, told = raced(str(tmp_path / f"{number}.book"), locked)
        assert shares == CAP
        assert told == {"recorded": CAP, "impossible-fact": RACERS * TRIES - CAP}


def test_a_check_before_the_lock_lets_them_pass_it(tmp_path: Path) -> None:
    shares, told = raced(str(tmp_path / "deal.book"), checked_before_the_lock)
    assert shares == told["recorded"]
    assert shares > CAP


def test_without_the_lock_the_race_is_not_fair(tmp_path: Path) -> None:
    """The numbers of the chain still keep two entries from following one: a racer is cut off instead of answered."""
    _, told = raced(str(tmp_path / "deal.book"), without_a_lock)
    assert set(told) - {"recorded", "impossible-fact"} or told["recorded"] > CAP
