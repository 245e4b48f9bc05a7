"""Backups made while processes go on recording: each is the book of one moment, and restoring it gives that book."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path

from consoles import run
from paripassu import service, store
from paripassu.service import Question
from paripassu.submissions import fact_submission
from paripassu.values.entries import Head, head_from
from paripassu.values.problems import Place
from test_booking import AUGUST_9, SEEDED, begun, desk

__all__ = ["begun", "desk"]

WRITERS, BACKUPS = 3, 3
FORK = get_context("fork")


def writing(desk: str, number: int, told: str, stop: Event) -> None:
    """Record one fact after another, and say of each that it was acknowledged, until told to stop."""
    said = os.open(told, os.O_CREAT | os.O_WRONLY)
    day = date(1999, 1, 4) + timedelta(days=number)
    with store.Book.open(f"{desk}/deal.book", wait=60) as book:
        while not stop.is_set():
            row = {"kind": "beneficial_ownership", "on": day.isoformat(), "holder": "cc-investments",
                   "owned": str(day.toordinal()), "acquirable": "0", "source": f"letter of {day}"}
            entry = book.append(
                fact_submission(row, Place("a letter"), "America/New_York", f"writer {number}", ""), service.now)
            os.write(said, f"{entry.number} {entry.digest}\n".encode())
            day += timedelta(days=WRITERS)


def acknowledged(folder: Path) -> dict[int, str]:
    """What the writers were told is recorded, as far as they have said so: digests by number."""
    said = [one.read_text(encoding="utf-8") for one in folder.glob("told-*")]
    whole = [line.split() for text in said for line in text[: text.rfind("\n") + 1].splitlines()]
    return {int(number): digest for number, digest in whole}


@contextmanager
def load(desk: str, folder: Path) -> Iterator[None]:
    """Processes that record while the block runs; each has recorded something before it begins."""
    stop = FORK.Event()
    writers = [
        FORK.Process(target=writing, args=(desk, number, str(folder / f"told-{number}"), stop))
        for number in range(WRITERS)
    ]
    for one in writers:
        one.start()
    try:
        while len([one for one in folder.glob("told-*") if one.stat().st_size]) < WRITERS:
            time.sleep(0.01)
            assert all(one.is_alive() for one in writers), "a writer ended before it had recorded anything"
        yield
    finally:
        stop.set()
        for one in writers:
            one.join(60)
    assert [one.exitcode for one in writers] == [0] * WRITERS


def entries(book: str) -> dict[int, str]:
    """Digests by number; reading a book verifies its chain."""
    with store.Book.open(book) as opened:
        assert opened.verify() is None
        return {one.number: one.digest for one in opened.entries()}


def test_backups_under_load_are_the_book_of_one_moment(desk: str, tmp_path: Path) -> None:
    before: list[dict[int, str]] = []
    heads: list[Head] = []
    with load(desk, tmp_path):
        for number in range(BACKUPS):
            before.append(acknowledged(tmp_path))
            made = run(f"paripassu backup desk {number}.book", tmp_path)
            assert made.status == 0, made.errors
            heads.append(head_from(made.text.removeprefix("head: "))[1])
    whole = entries(f"{desk}/deal.book")
    assert acknowledged(tmp_path) == {number: whole[number] for number in whole if number > SEEDED}
    for number, (head, known) in enumerate(zip(heads, before, strict=True)):
        copied = entries(str(tmp_path / f"{number}.book"))
        assert copied == {one: whole[one] for one in range(1, head.number + 1)}
        assert copied[head.number] == head.digest
        assert known.items() <= copied.items()
    assert len({head.number for head in heads}) == BACKUPS, "nothing was recorded between the backups"


def test_what_a_backup_under_load_restores_to_answers_as_the_book_did_at_its_head(desk: str, tmp_path: Path) -> None:
    with load(desk, tmp_path):
        made = run("paripassu backup desk copy.book", tmp_path)
        later = len(acknowledged(tmp_path))
        while len(acknowledged(tmp_path)) <= later:
            time.sleep(0.01)
    kept = made.text.removeprefix("head: ").strip()
    again = tmp_path / "again"
    again.mkdir()
    for one in Path(desk).iterdir():
        if one.name != "deal.book":
            (again / one.name).write_bytes(one.read_bytes())
    restored = run(f"paripassu restore copy.book again/deal.book --head '{kept}'", tmp_path)
    assert restored.status == 0, restored.errors
    _, then = service.state(Question(desk, AUGUST_9, through=head_from(kept)[1]))
    _, now = service.state(Question(str(again), AUGUST_9))
    assert service.json_of(now) == service.json_of(then)
    assert service.json_of(service.state(Question(desk, AUGUST_9))[1]) != service.json_of(now)
    assert sorted(one.name for one in again.iterdir() if one.name.startswith("deal.")) == ["deal.book"]
