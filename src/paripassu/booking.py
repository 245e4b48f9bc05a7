"""The verbs of a book: start, record, undo, copies and its history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

from paripassu import codec, store
from paripassu.agreement import Agreement, Choice
from paripassu.limits import forbidden, with_reasons, without_reason
from paripassu.loading import agreement_from, choices_from, shared_by
from paripassu.recorded import Recorded, as_if, day_of, facts_and_market, opened, said_by
from paripassu.render.changes import Changes, changes
from paripassu.replay import replay
from paripassu.submissions import (
    FACTS,
    Progress,
    as_before,
    fact_submission,
    facts_of,
    facts_typed,
    price_submission,
    prices_of,
    prices_typed,
    unwatched,
    watched,
)
from paripassu.values.calendars import Calendars
from paripassu.values.dates import Instant
from paripassu.values.entries import Entry, EntryKind, Evidence, Head, Submission, head_text
from paripassu.values.facts import fact_from
from paripassu.values.market import Observation, observation_from
from paripassu.values.printing import number
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.sheets import Paragraph, Section, Sheet, Table
from paripassu.views.layout import lay_out
from paripassu.views.statement import statement

Clock = Callable[[], Instant]
"""Tells the instant now; handed in, since only the service reads the clock."""


# -- start


@dataclass(frozen=True)
class Started:
    """A book as begun: where, of which deal, how many entries it was started with, and its head to keep elsewhere."""

    path: str
    deal: str
    entries: int
    head: str


def start(folder: str, deal: str, author: str, clock: Clock) -> Started:
    """Make a folder with a book seeded from a deal: its facts, those of its issuer, the prices and the readings.

    Raises Problem DUPLICATE where the folder exists, MISSING_KEY without an author, and any Problem of the deal.
    """
    if store.book_at(deal) is not None:
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{deal} is a book already", "back it up and restore it to copy it")
    source = store.read_deal(deal)
    calendars = store.read_calendars()
    agreement = agreement_from(source.agreement, calendars, source.digest)
    first = min(document.date for document in agreement.documents.values())
    seeds = list(_seeds(source, agreement, calendars, first, author))

    def seed(copied: store.DealFolder) -> Iterable[Submission]:
        begun = {"agreement": copied.digest, "deal": agreement.name, "from": deal, "entries": str(len(seeds) + 1)}
        return [Submission(EntryKind.AGREEMENT, first, author, codec.canonical(begun)), *seeds]

    store.start_book(folder, deal, agreement.name, clock, seed)
    path = store.book_at(folder)
    assert path is not None, "a book that was just made is there"
    with store.Book.open(path) as book:
        head = book.head()
        return Started(path, book.deal, head.number, head_text(book.deal, head))


def _seeds(
    source: store.DealFolder, agreement: Agreement, calendars: Calendars, first: date, author: str
) -> Iterator[Submission]:
    issuer = store.read_issuer(agreement.issuer)
    for choice in choices_from(source.readings, agreement):
        yield choice_submission(choice, first, author, "")
    facts, prices = shared_by(agreement, issuer.facts, issuer.prices)
    for row, place in (*facts, *source.facts):
        fact = fact_from(row, agreement.zone, place)
        body = {**row, "recorded": fact.recorded.isoformat()}
        yield fact_submission(body, place, agreement.zone, author, "")
    for row, place in prices:
        yield price_submission(row, place, calendars, author, "")


def choice_submission(choice: Choice, effective: date, author: str, key: str) -> Submission:
    """A reading chosen, as it is handed in to be recorded."""
    body = {"reading": choice.reading, "instrument": choice.instrument, "choice": choice.alternative,
            "reason": choice.reason, "by": choice.by}
    return Submission(EntryKind.READING, effective, author, codec.canonical(body), key)


# -- record


@dataclass(frozen=True)
class Prepared:
    """What is about to be recorded, how much of it is new, the head it was previewed on, and what it changes.

    ``taken_back`` says of each entry that something handed in was recorded as before, and that does not stand, which
    entry took it back.
    """

    path: str
    submissions: tuple[Submission, ...]
    new: int
    head: Head
    as_of: date
    changes: Changes
    taken_back: Mapping[int, int]


def prepare(
    path: str, author: str, clock: Clock, *, facts_files: Sequence[str] = (), mapping: str = "",
    typed_facts: Sequence[Mapping[str, Any]] = (), prices_files: Sequence[str] = (),
    typed_prices: Sequence[Mapping[str, Any]] = (), as_of: date | None = None,
    evidence: str = "", despite: str = "", progress: Progress = unwatched,
) -> Prepared:
    """Read what is to be recorded and work out what it changes in the statement of a day.

    Facts are of files (JSON lines, or CSV under a ``mapping``) or typed, and so are prices (CSV). Where no day is
    given it is the last that anything of this took effect, today at most.

    Each row's key is its own ``key``, else the digest of its file and its line, so that a file recorded again adds
    nothing. With ``evidence``, a file, every entry rests on it by name and digest. An act that the papers forbid is
    recorded only with a reason, its own or ``despite``. Raises Problem AGAINST_PAPERS for one without, UNKNOWN_KEY for
    a fact that gives its own recorded date, MISSING_KEY where nothing is to be recorded or a reason has no act, and
    what loading and replay raise: what cannot be carried out is not recorded.
    """
    said, calendars = opened(path)
    zone, head = said.agreement.zone, said.head
    handed_in = chain(
        (one for file in facts_files for one in facts_of(file, mapping, zone, author)),
        facts_typed(typed_facts, head, zone, author),
        (one for file in prices_files for one in prices_of(file, calendars, author)),
        prices_typed(typed_prices, head, calendars, author),
    )
    read = list(watched(handed_in, "reading", progress))
    submissions, places = [one for one, _ in read], {one.key: place for one, place in read}
    progress("working out what changes", 0, 0)
    if not submissions:
        raise Problem(ProblemKind.MISSING_KEY, "there is nothing to record", "name a file of facts or prices with rows")
    if evidence:
        paper = Evidence(store.name_of(evidence), store.digest_of(evidence))
        submissions = [one._replace(evidence=paper) for one in submissions]
    return previewed(said, calendars, submissions, as_of, clock, despite, places)


def prepare_undo(
    path: str, author: str, clock: Clock, corrects: int, reason: str, as_of: date | None = None
) -> Prepared:
    """Take back an entry by a correction, which stands beside it; work out what that changes.

    Raises Problem UNKNOWN_NAME where there is no such fact or price, or it was taken back before; MISSING_KEY without
    a reason.
    """
    said, calendars = opened(path)
    if not reason:
        raise Problem(ProblemKind.MISSING_KEY, "a correction without a reason", "say why the entry is taken back")
    standing = {place.line for _, place in (*said.facts, *said.prices)}
    if corrects not in standing:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"entry {corrects} is not a fact or price that stands",
            "see paripassu history; what was taken back by mistake is recorded again, under another key",
        )
    body = codec.canonical({"corrects": str(corrects), "reason": reason})
    entry = said.entries[corrects - 1]
    correction = Submission(EntryKind.CORRECTION, entry.effective, author, body, f"corrects:{corrects}")
    return previewed(said, calendars, [correction], as_of, clock)


def commit(
    prepared: Prepared, clock: Clock, after: int | None = None, progress: Progress = unwatched
) -> tuple[Entry, ...]:
    """Record what was prepared, on the book as it was previewed, all or nothing; the entries once they are durable.

    ``after`` is the number of the last entry seen, where that was before the preview. Raises Problem BUSY where the
    book was written to since, and what ``Book.append_many`` raises.
    """
    with store.Book.open(prepared.path) as book:
        return book.append_many(
            watched(prepared.submissions, "recording", progress, len(prepared.submissions)), clock,
            after=prepared.head.number if after is None else after,
        )


def previewed(
    said: Recorded, calendars: Calendars, submissions: Sequence[Submission], as_of: date | None, clock: Clock,
    despite: str = "", places: Mapping[str, Place] = MappingProxyType({}),
) -> Prepared:
    """What is handed in, with the statement before and after compared line by line.

    What was recorded before changes nothing. Without a day it is the last on which any of it took effect, today at
    most. ``places`` say by key where a submission was read, for the Problem that names the entry it would become.
    Raises Problem AGAINST_PAPERS as ``prepare`` does, and what replay raises.
    """
    zone = said.agreement.zone
    at = clock()
    day = as_of or min(max(day_of(one.effective, zone) for one in submissions), at.date_in(zone))
    known = {entry.key: entry for entry in said.entries}
    handed_in = [as_before(one, known[one.key], despite) if one.key in known else one for one in submissions]
    fresh = {one.key: one for one in handed_in if one.key not in known}
    try:
        if despite:
            fresh = with_reasons(said, calendars, fresh, at, despite)
        after = as_if(said, fresh.values(), at)
        for one in forbidden(said, calendars, after, day):
            raise without_reason(one, said.agreement.parties)
        changed = changes(_sheet(said, calendars, said.entries, day), _sheet(said, calendars, after, day))
    except Problem as problem:
        raise _where_read(problem, said, list(fresh), places) from None
    gone = _corrections(said)
    return Prepared(
        said.path, tuple(fresh.get(one.key, one) for one in handed_in), len(fresh), said.head, day, changed,
        {known[one.key].number: gone[known[one.key].number] for one in handed_in
         if one.key in known and known[one.key].number in gone},
    )


def _corrections(said: Recorded) -> dict[int, int]:
    """The entries taken back, each with the correction that did so."""
    return {
        int(codec.parse_canonical(entry.body, Place(said.path, entry.number))["corrects"]): entry.number
        for entry in said.entries if entry.kind is EntryKind.CORRECTION
    }


def _where_read(problem: Problem, said: Recorded, keys: Sequence[str], places: Mapping[str, Place]) -> Problem:
    """The same Problem with the file and line of a row, where it names the entry that the row would become."""
    at, before = problem.place, len(said.entries)
    if at is None or at.source != store.name_of(said.path) or at.line is None or at.line <= before:
        return problem
    place = places.get(keys[at.line - before - 1], at)
    return Problem(problem.kind, problem.what, problem.remedy, place)


def _sheet(said: Recorded, calendars: Calendars, entries: Sequence[Entry], day: date) -> Sheet:
    """The statement of a day by the entries given, without its receipt, which changes with every entry."""
    then = said_by(said, entries, day)
    facts, market = facts_and_market(then, calendars)
    return lay_out(statement(replay(then.agreement, facts, market, day), facts, 0), (), ())


# -- copies


def backup(path: str, target: str) -> str:
    """Copy a book, durably, while others may write to it; its head, to keep outside both.

    Raises Problem MISSING_FILE, DUPLICATE where the target exists, DAMAGED, UNWRITABLE, BUSY.
    """
    found = store.book_at(path)
    if found is None:
        raise Problem(ProblemKind.MISSING_FILE, f"there is no book {path}", "make one with paripassu start")
    with store.Book.open(found) as book:
        book.backup(target)
    with store.Book.open(target) as copy:
        return copy.export_head()


def restore(copy: str, target: str, kept: str = "") -> str:
    """Make a book from its backup, once that is verified, against a kept head where one is given; its head.

    Raises what ``store.restore`` raises: nothing is written over, and a damaged backup is not restored.
    """
    with store.restore(copy, target, kept=kept) as book:
        return book.export_head()


# -- history


def history(path: str, kept: str = "") -> Sheet:
    """Every entry of a book in order, with its head; compared with a head kept elsewhere where one is given.

    Raises Problem DAMAGED where the chain, or the chain against the kept head, is broken, with the entry.
    """
    said, _ = opened(path)
    with store.Book.open(said.path) as book:
        fault = book.verify(kept)
        head = book.export_head().strip()
    if fault is not None:
        raise Problem(ProblemKind.DAMAGED, fault.says, "restore a backup", Place(said.path))
    taken_back = _corrections(said)
    rows = tuple(
        (str(entry.number), str(entry.recorded.local(said.agreement.zone).replace(tzinfo=None)), str(entry.effective),
         entry.kind.value, _says(said, entry)
         + (f" (taken back by entry {taken_back[entry.number]})" if entry.number in taken_back else ""),
         entry.author, " ".join(filter(None, (entry.evidence.name, entry.evidence.digest[:16]))))
        for entry in said.entries
    )
    columns = ("entry", "recorded", "effective", "kind", "says", "by", "evidence")
    sound = "Every entry is as it was recorded" + (", and the head kept is among them." if kept else ".")
    note = Paragraph(f"{sound} Recorded times are of {said.agreement.zone}.")
    return Sheet(
        said.agreement.title, f"The book {said.path}", (Section("Entries", (Table("", columns, rows), note)),),
        (("head", head),),
    )


def _says(said: Recorded, entry: Entry) -> str:
    place = Place(store.name_of(said.path), entry.number)
    body = codec.parse_canonical(entry.body, place)
    match entry.kind:
        case kind if kind in FACTS:
            return fact_from(body, said.agreement.zone, place).says(said.agreement.parties)
        case EntryKind.MARKET:
            return _observed(observation_from(body, place))
        case EntryKind.READING:
            return f"{body['reading']} of {body['instrument']}: {body['choice']}, because {body['reason']}"
        case EntryKind.CORRECTION:
            return f"entry {body['corrects']} is taken back: {body['reason']}"
        case _:
            return f"the book of {body['deal']} begins, under the agreement {body['agreement'][:16]}"


def _observed(seen: Observation) -> str:
    by = f", quoted by {seen.quoted_by}" if seen.quoted_by else ""
    return f"{seen.observable.replace('_', ' ')} of {number(seen.value, 'usd per share')}{by}"
