"""What is handed in to a book, read into submissions: facts of files and of a terminal, and prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from paripassu import codec, store
from paripassu.columns import columns_from, facts_in
from paripassu.values.calendars import Calendars
from paripassu.values.entries import Entry, EntryKind, Evidence, Head, Submission
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import observation_from
from paripassu.values.problems import Place, Problem, ProblemKind

Row = tuple[dict[str, Any], Place]
HandedIn = tuple[Submission, Place]
"""A submission and where it was read, for the Problem that names it."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows of it are, and of how many (0 where that is not known)."""

STEP = 500
"""Rows after which progress is told again."""

_ABOUT_PAPERS = {
    "amendment": EntryKind.AMENDMENT, "waiver": EntryKind.WAIVER, "consent": EntryKind.CONSENT,
    "figure_disputed": EntryKind.DISPUTE,
}

FACTS = frozenset({EntryKind.FACT, EntryKind.ASSUMPTION, *_ABOUT_PAPERS.values()})
"""The kinds of entry whose body is a fact."""

_T = TypeVar("_T")


def unwatched(doing: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def watched(rows: Iterable[_T], doing: str, progress: Progress, of: int = 0) -> Iterator[_T]:
    """The same rows, telling from time to time how many have passed."""
    done = 0
    for done, row in enumerate(rows, 1):
        yield row
        if done % STEP == 0:
            progress(doing, done, of)
    progress(doing, done, of or done)


def entry_kind(fact: Fact) -> EntryKind:
    """What a fact is put on record as, by its kind; what is only assumed is an assumption."""
    if fact.kind in _ABOUT_PAPERS:
        return _ABOUT_PAPERS[fact.kind]
    return EntryKind.ASSUMPTION if fact.grade >= Grade.ASSUMED else EntryKind.FACT


def fact_submission(row: Mapping[str, Any], place: Place, zone: str, author: str, key: str) -> Submission:
    """A fact's row as a submission; raises what ``fact_from`` raises."""
    fact = fact_from(row, zone, place)
    return Submission(
        entry_kind(fact), fact.at or fact.effective, author, codec.canonical(dict(row)), key, Evidence(fact.source)
    )


def price_submission(
    row: Mapping[str, Any], place: Place, calendars: Calendars, author: str, key: str
) -> Submission:
    """An observation's row as a submission; raises what ``observation_from`` raises."""
    seen = observation_from(row, place, calendars)
    body = {**row, "value": str(row["value"])}
    return Submission(EntryKind.MARKET, seen.day, author, codec.canonical(body), key, Evidence(seen.source))


def facts_of(file: str, mapping: str, zone: str, author: str) -> Iterator[HandedIn]:
    """The facts of a file: JSON lines, or a CSV file under a mapping.

    The key of a row is its own ``key``, else the digest of the file, and of the mapping, with its line. Raises
    Problem UNKNOWN_KEY for a fact that gives its own recorded date, MISSING_KEY for a CSV file without a mapping, and
    what reading the files raises, with the row.
    """
    digest = store.digest_of(file)
    if file.lower().endswith(".csv"):
        if not mapping:
            raise Problem(ProblemKind.MISSING_KEY, "a CSV file of facts without a mapping",
                          "add --mapping FILE, which says which column is which field", Place(file))
        rows: Iterable[Row] = facts_in(store.read_table(file), columns_from(store.read_yaml(mapping)))
        digest = f"{digest}:{store.digest_of(mapping)}"
    else:
        rows = store.read_facts(file)
    for row, place in rows:
        if "recorded" in row:
            raise Problem(
                ProblemKind.UNKNOWN_KEY, "a fact of a book does not say when it was recorded",
                "take recorded out: the book's own clock says it", place,
            )
        key = str(row.pop("key", f"{digest}:{place.line}"))
        yield fact_submission(row, place, zone, author, key), place


def prices_of(file: str, calendars: Calendars, author: str) -> Iterator[HandedIn]:
    """The observations of a CSV file; keys as in ``facts_of``."""
    digest = store.digest_of(file)
    for row, place in store.read_prices(file):
        yield price_submission(row, place, calendars, author, f"{digest}:{place.line}"), place


def facts_typed(rows: Iterable[Mapping[str, Any]], head: Head, zone: str, author: str) -> Iterator[HandedIn]:
    """Facts typed at a terminal after an entry: handed in again after the same entry, they are the same."""
    for number, row in enumerate(rows, 1):
        place = Place("what was typed", number if number > 1 else None)
        yield fact_submission(row, place, zone, author, f"typed:{head.digest}:{number}"), place


def prices_typed(
    rows: Iterable[Mapping[str, Any]], head: Head, calendars: Calendars, author: str
) -> Iterator[HandedIn]:
    """Prices typed at a terminal; keys as in ``facts_typed``."""
    for number, row in enumerate(rows, 1):
        place = Place("what was typed", number if number > 1 else None)
        yield price_submission(row, place, calendars, author, f"typed:{head.digest}:price:{number}"), place


def despite_papers(act: Submission, reason: str) -> Submission:
    """An act with the reason for which it is recorded although the papers forbid it."""
    return act._replace(body=codec.canonical({**codec.parse_canonical(act.body, Place("the act")), "despite": reason}))


def as_before(again: Submission, entry: Entry, despite: str) -> Submission:
    """What is handed in again, as it was recorded where only the reason despite the papers was added then.

    A row with a reason of its own, or handed in with another one, says something else than the entry does.
    """
    if again.body == entry.body or entry.kind is not again.kind:
        return again
    before = codec.parse_canonical(entry.body, Place("the book", entry.number))
    given = codec.parse_canonical(again.body, Place("the row"))
    if "despite" in given or despite not in ("", before.get("despite")):
        return again
    return again._replace(body=entry.body) if {**given, "despite": before.get("despite")} == before else again
