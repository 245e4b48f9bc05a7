"""Receipts: what a statement rests on and what came of it, so that it can be made again and compared byte for byte.

What is printed with a statement names its content by digest and is the same whatever the order in which a book was
written. The receipt kept in a file also names the place in the book up to which entries count, and holds the digests of
the statement as text, as JSON and as a page, and its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from paripassu import codec
from paripassu.agreement import Agreement
from paripassu.values.dates import parse_date
from paripassu.values.entries import Head, head_from
from paripassu.values.facts import Fact
from paripassu.values.market import Observation
from paripassu.values.problems import Place, Problem, ProblemKind

FORMAT = "paripassu-receipt-1"
"""Version of the receipt this program reads and writes."""

_TOP = {"format", "version", "deal", "as_of", "known_at", "ledger", "rests_on", "readings", "files", "digests", "lines",
        "seal"}
ANNOTATES = "annotates"
"""What the receipt of an annotated agreement has besides, the paper asked for."""
RESTS_ON = ("agreement", "facts", "market", "readings")
"""What a statement rests on, in the order in which a difference is looked for."""
FORMS = ("text", "json", "page")
"""The forms of a statement: as text 120 columns wide without colours, as JSON, as an HTML page."""


@dataclass(frozen=True)
class FileUsed:
    """A file named with the question: the option, the file's own name, the SHA-256 of its bytes."""

    option: str
    name: str
    digest: str


@dataclass(frozen=True)
class Receipt:
    """What a statement rests on and what came of it.

    ``ledger`` is the head up to which a book's entries count, empty for a deal folder; ``rests_on`` has the digest of
    each of ``RESTS_ON``, ``digests`` the SHA-256 of each of ``FORMS``, ``lines`` the lines of the text.
    ``annotates`` is None for a statement; for an annotated agreement it is the paper asked for, empty for all of them.
    """

    version: str
    deal: str
    as_of: date
    known_at: date | None
    ledger: str
    rests_on: Mapping[str, str]
    readings: Mapping[str, str]
    files: tuple[FileUsed, ...]
    digests: Mapping[str, str]
    lines: tuple[str, ...]
    annotates: str | None = None

    @property
    def what(self) -> str:
        """What it is the receipt of, in words."""
        if self.annotates is None:
            return f"the statement of {self.deal}"
        return f"the annotated {self.annotates or 'papers'} of {self.deal}"

    @property
    def through(self) -> Head | None:
        """The head up to which entries count; None for a deal folder."""
        return head_from(self.ledger)[1] if self.ledger else None

    def printed(self) -> tuple[tuple[str, str], ...]:
        """What is printed under the statement: name and value, a line each."""
        known = (("known at", self.known_at.isoformat()),) if self.known_at else ()
        return (
            ("receipt", FORMAT), ("deal", self.deal), ("as of", self.as_of.isoformat()), *known,
            *((name, self.rests_on[name]) for name in RESTS_ON),
            *(("--reading", f"{reading}={chosen}") for reading, chosen in sorted(self.readings.items())),
            *((one.option, f"{one.name} {one.digest}") for one in self.files),
            ("paripassu", self.version),
        )


# -- what a statement rests on


def rests_on(agreement: Agreement, facts: Iterable[Fact], market: Iterable[Observation]) -> dict[str, str]:
    """The digest of everything a statement is made from; the order of facts and observations does not count."""
    chosen = [
        [name, reading.id, agreement.chosen(name, reading.id)]
        for name, instrument in agreement.instruments.items() for reading in instrument.readings()
    ]
    told = [
        [one.kind, str(one.effective), str(one.at), str(one.recorded), _said(dict(one.details)), one.source,
         one.grade.label, one.despite] for one in facts
    ]
    seen = [
        [one.observable, str(one.day), str(one.value), one.printed, one.quoted_by, one.source, one.grade.label]
        for one in market
    ]
    return dict(zip(RESTS_ON, (agreement.digest, _digest(told), _digest(seen), _digest(chosen)), strict=True))


def _said(value: Any) -> Any:
    """A value as text, part by part, the same whichever rational numbers are used."""
    if isinstance(value, dict):
        return {str(key): _said(one) for key, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, list | tuple) else str(value)


def _digest(parts: Sequence[Any]) -> str:
    return digest("\n".join(sorted(map(codec.canonical, parts))))


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# -- the file


def receipt_text(receipt: Receipt) -> str:
    """A receipt as the text of its file, sealed: a change of any part shows."""
    told = _told(receipt)
    return codec.to_json({**told, "seal": digest(codec.canonical(told))})


def _told(receipt: Receipt) -> dict[str, Any]:
    annotated = {} if receipt.annotates is None else {ANNOTATES: receipt.annotates}
    return {
        "format": FORMAT, "version": receipt.version, "deal": receipt.deal, "as_of": receipt.as_of.isoformat(),
        "known_at": receipt.known_at.isoformat() if receipt.known_at else "", "ledger": receipt.ledger,
        "rests_on": dict(receipt.rests_on), "readings": dict(receipt.readings),
        "files": [[one.option, one.name, one.digest] for one in receipt.files],
        "digests": dict(receipt.digests), "lines": list(receipt.lines),
        **annotated,
    }


def receipt_from(text: str, source: str) -> Receipt:
    """Read the text of a receipt's file.

    Raises Problem UNREADABLE for what is no receipt or of another format, ALTERED for one that is not as it was
    written.
    """
    place = Place(source)
    told = codec.parse_canonical(text, place, "give a file that --receipt wrote")
    if set(told) - {ANNOTATES} != _TOP or told["format"] != FORMAT:
        raise Problem(
            ProblemKind.UNREADABLE, f"this is no receipt of the format {FORMAT}", "give a file that --receipt wrote",
            place,
        )
    seal = told.pop("seal")
    altered = Problem(
        ProblemKind.ALTERED, "the receipt is not as it was written", "ask for it again from who sent it", place
    )
    if digest(codec.canonical(told)) != seal:
        raise altered
    try:
        return _read(told)
    except (Problem, KeyError, TypeError, ValueError):
        # Sealed anew over parts that no receipt has.
        raise altered from None


def _read(told: dict[str, Any]) -> Receipt:
    known = told["known_at"]
    receipt = Receipt(
        told["version"], told["deal"], parse_date(told["as_of"]), parse_date(known) if known else None, told["ledger"],
        {name: told["rests_on"][name] for name in RESTS_ON}, dict(told["readings"]),
        tuple(FileUsed(*one) for one in told["files"]), {form: told["digests"][form] for form in FORMS},
        tuple(told["lines"]), told.get(ANNOTATES),
    )
    if not isinstance(receipt.annotates, str | None):
        raise ValueError("a paper has a name")
    if receipt.ledger:
        head_from(receipt.ledger)
    if digest("".join(f"{line}\n" for line in receipt.lines)) != receipt.digests["text"]:
        raise ValueError("the lines are not those of the text")
    return receipt
