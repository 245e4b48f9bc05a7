"""Entries of a book: what was put on record, each bound to the one before it by a digest.

The digest of an entry is the SHA-256 of its fields, its number and the digest before it, so that no entry can be
changed, taken out, put in or moved without breaking the chain at that place. What is cut off at the end leaves a
chain that is whole but shorter: only a head kept elsewhere shows that (``Head``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from paripassu.values.dates import Instant, parse_date, parse_instant
from paripassu.values.problems import Problem, ProblemKind


class EntryKind(Enum):
    """What an entry puts on record; the value is the word stored and printed."""

    AGREEMENT = "agreement"
    FACT = "fact"
    MARKET = "market"
    READING = "reading"
    ASSUMPTION = "assumption"
    AMENDMENT = "amendment"
    WAIVER = "waiver"
    CONSENT = "consent"
    DISPUTE = "dispute"
    CORRECTION = "correction"


_KINDS = {kind.value: kind for kind in EntryKind}


class Evidence(NamedTuple):
    """The paper an entry rests on: its name, and the SHA-256 of its bytes where the paper is at hand."""

    name: str = ""
    digest: str = ""


class Submission(NamedTuple):
    """What is handed in to be recorded: everything of an entry but what the book itself adds.

    ``effective`` is when it took effect, a date of the deal's zone or an instant. ``body`` is canonical text (see
    ``codec.canonical``). ``key``, where given, makes handing in idempotent: the same key is recorded once.
    """

    kind: EntryKind
    effective: date | Instant
    author: str
    body: str
    key: str = ""
    evidence: Evidence = Evidence()


class Entry(NamedTuple):
    """One entry of a book as recorded; ``number`` counts from 1 and ``recorded`` is in whole seconds of UTC."""

    number: int
    kind: EntryKind
    effective: date | Instant
    recorded: Instant
    author: str
    evidence: Evidence
    key: str
    body: str
    previous: str
    digest: str

    @property
    def submission(self) -> Submission:
        """What was handed in."""
        return Submission(self.kind, self.effective, self.author, self.body, self.key, self.evidence)


class Head(NamedTuple):
    """Where a chain ends: the number of the last entry (0 for none) and its digest."""

    number: int
    digest: str


_TAGGED = "17:paripassu entry 1,"
_HEAD_TAG = "paripassu-head-1"


def origin(deal: str) -> Head:
    """The head of a book without entries; it binds the chain to the deal."""
    return Head(0, _digest("paripassu book 1", deal))


def chain(head: Head, submission: Submission, recorded: Instant) -> Entry:
    """The entry that follows a head.

    Raises Problem MISSING_KEY for an entry without author or body, UNREADABLE for text that is not Unicode.
    """
    row = row_after(head.number, head.digest, submission, recorded_text(recorded))
    return entry_of(row, submission, recorded)


def row_after(number: int, previous: str, submission: Submission, recorded: str) -> Row:
    """The entry that follows another, given by its number and digest, as it is stored; raises what ``chain`` raises.

    Its digest is that of its fields in their order, as ``_digest`` takes them; spelt out, as every import pays it.
    """
    kind, effective, author, body, key, (name, paper) = submission
    if not author or not body:
        missing = "author" if not author else "body"
        raise Problem(ProblemKind.MISSING_KEY, f"an entry without {missing}", f"give its {missing}")
    number += 1
    # An enumeration's ``value`` is computed by a function each time; this is the attribute behind it.
    place, word, when = str(number), kind._value_, str(effective)
    text = (
        f"{_TAGGED}{len(place)}:{place},{len(word)}:{word},{len(when)}:{when},{len(recorded)}:{recorded},"
        f"{len(author)}:{author},{len(name)}:{name},{len(paper)}:{paper},{len(key)}:{key},{len(body)}:{body},"
        f"{len(previous)}:{previous},"
    )
    return number, word, when, recorded, author, name, paper, key, body, previous, _sha256(text)


def entry_of(row: Row, submission: Submission, recorded: Instant) -> Entry:
    """The entry of a row that was just made of a submission; unlike ``entry_from`` it reads nothing again."""
    kind, effective, author, body, key, evidence = submission
    return Entry(row[0], kind, effective, recorded, author, evidence, key, body, row[9], row[10])


def same_submission(one: Submission, other: Submission) -> bool:
    """Whether two submissions say the same, to the letter (instants by the zone they are written in, too)."""
    return one == other and str(one.effective) == str(other.effective)


def _digest(*parts: str) -> str:
    """SHA-256 over each part as its length in characters, a colon, the part and a comma, in UTF-8.

    The lengths make the parts unambiguous whatever they contain; nothing here depends on locale, zone or hash seed.
    """
    return _sha256("".join(f"{len(part)}:{part}," for part in parts))


def _sha256(text: str) -> str:
    try:
        return sha256(text.encode()).hexdigest()
    except UnicodeEncodeError:
        raise Problem(
            ProblemKind.UNREADABLE, "an entry contains half a character (a lone surrogate)", "write it as Unicode text"
        ) from None


# -- the row form


Row = tuple[int, str, str, str, str, str, str, str, str, str, str]
"""An entry as ten columns of text behind its number, in the order of ``COLUMNS``."""

COLUMNS = (
    "number", "kind", "effective", "recorded", "author", "evidence_name", "evidence_digest", "key", "body", "previous",
    "digest",
)

_TYPES = [int] + [str] * (len(COLUMNS) - 1)


def entry_from(row: Row) -> Entry:
    """An entry from how it is stored; raises Problem DAMAGED where a column cannot be what was recorded."""
    try:
        number, kind, effective, recorded, author, name, paper, key, body, previous, digest = row
        if [*map(type, row)] != _TYPES:
            raise TypeError
        return Entry(
            number, _KINDS[kind], _effective(effective), _instant(recorded), author, Evidence(name, paper), key, body,
            previous, digest,
        )
    except (Problem, KeyError, TypeError, ValueError):
        raise Problem(
            ProblemKind.DAMAGED, f"entry {row[0]!r} has a column that was never recorded so", "restore a backup"
        ) from None


@lru_cache(maxsize=1024)
def _effective(text: str) -> date | Instant:
    return parse_date(text) if len(text) == len("1998-12-18") else parse_instant(text)


@lru_cache(maxsize=1024)
def _instant(text: str) -> Instant:
    return parse_instant(text)


@lru_cache(maxsize=1024)
def recorded_text(recorded: Instant) -> str:
    """An instant as it is stored: in UTC whatever zone the clock was read in, since equal instants share the cache."""
    return recorded.utc.isoformat()


# -- verification


class FaultKind(Enum):
    """Every way a chain can be broken, with what it means."""

    MISSING = "an entry is missing: it was taken out"
    MOVED = "an entry stands twice or out of its order"
    CHANGED = "an entry is not as it was recorded"
    UNLINKED = "an entry does not follow from the one before it: one was changed, taken out, put in or moved here"
    BACKDATED = "an entry says that it was recorded before the one it follows"
    TRUNCATED = "entries were cut off at the end"
    REWRITTEN = "the chain is whole, but it is not the history whose head was kept"


@dataclass(frozen=True)
class Fault:
    """The first place where a chain is broken: the number of the entry, and how."""

    number: int
    kind: FaultKind

    @property
    def says(self) -> str:
        """One sentence."""
        return f"at entry {self.number} {self.kind.value}"


def verify_chain(entries: Iterable[Entry], start: Head, kept: Head | None = None) -> Fault | None:
    """The first fault of a history that should begin at ``start`` and contain the head ``kept``; None where sound.

    Every digest is worked out again, so a history without fault is letter for letter the one recorded, up to the
    ``kept`` head; without one, up to what the history itself says is its end.
    """
    head, earlier = start, None
    for entry in entries:
        kind = _fault_in(entry, head, earlier)
        if kind is not None:
            return Fault(head.number + 1, kind)
        head, earlier = Head(entry.number, entry.digest), entry.recorded
        if kept is not None and kept.number == head.number and kept.digest != head.digest:
            return Fault(kept.number, FaultKind.REWRITTEN)
    if kept is not None and kept.number > head.number:
        return Fault(head.number + 1, FaultKind.TRUNCATED)
    if kept is not None and kept.number == 0 and kept != start:
        return Fault(0, FaultKind.REWRITTEN)
    return None


def _fault_in(entry: Entry, head: Head, earlier: Instant | None) -> FaultKind | None:
    expected = head.number + 1
    if entry.number != expected:
        return FaultKind.MISSING if entry.number > expected else FaultKind.MOVED
    try:
        again = row_after(head.number, entry.previous, entry.submission, recorded_text(entry.recorded))
    except Problem:
        return FaultKind.CHANGED
    if again[-1] != entry.digest:
        return FaultKind.CHANGED
    if entry.previous != head.digest:
        return FaultKind.UNLINKED
    if earlier is not None and entry.recorded < earlier:
        return FaultKind.BACKDATED
    return None


# -- heads kept elsewhere


def head_text(deal: str, head: Head) -> str:
    """A head as one line to keep outside the book, such as in a letter or another system."""
    return f"{_HEAD_TAG} {head.number} {head.digest} {deal}\n"


def head_from(text: str) -> tuple[str, Head]:
    """Deal and head from the line that ``head_text`` wrote, also as commands print it; raises Problem UNREADABLE."""
    tag, _, rest = text.strip().removeprefix("head: ").partition(" ")
    number, _, rest = rest.partition(" ")
    digest, _, deal = rest.partition(" ")
    well_formed = (
        tag == _HEAD_TAG and number.isascii() and number.isdigit() and len(digest) == 64
        and set(digest) <= set("0123456789abcdef") and deal
    )
    if not well_formed:
        raise Problem(
            ProblemKind.UNREADABLE, "the text is not the head of a book", f"give the line that begins with {_HEAD_TAG}"
        )
    return deal, Head(int(number), digest)
