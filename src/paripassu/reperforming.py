"""Making a statement or an annotated agreement with a receipt, and again from it, compared byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

import paripassu
from paripassu import annotating, service, store
from paripassu.receipts import FORMS, RESTS_ON, Receipt, digest, receipt_from, receipt_text
from paripassu.render.text import sheet_text
from paripassu.service import Loaded, Question
from paripassu.values.annotated import AnnotatedAgreement
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.sheets import Sheet
from paripassu.views.lines import Statement

WORDS = {
    "agreement": "the agreement", "facts": "the facts", "market": "the prices", "readings": "the readings in force",
    "text": "the text", "json": "the JSON", "page": "the page",
}


@dataclass(frozen=True)
class Performed:
    """A statement with its receipt, and what each form of it is."""

    statement: Statement
    sheet: Sheet
    receipt: Receipt
    forms: Mapping[str, str]


@dataclass(frozen=True)
class Annotated:
    """An annotated agreement with the sheet of its contents and its receipt."""

    made: AnnotatedAgreement
    sheet: Sheet
    receipt: Receipt


@dataclass(frozen=True)
class Verified:
    """What came of making a statement again: the names of what differs, inputs first, and the first lines that do.

    ``line`` counts from 1, 0 where no line of the text differs; ``before`` and ``after`` are that line, then and now.
    """

    receipt: Receipt
    differs: tuple[str, ...]
    line: int = 0
    before: str = ""
    after: str = ""

    @property
    def is_same(self) -> bool:
        """Whether every form of the statement is the same, byte for byte."""
        return not self.differs


def perform(question: Question) -> Performed:
    """Make the statement of a date in every form, with the receipt of it; raises what ``service.state`` raises."""
    question = replace(question, as_of=question.as_of or service.today())
    loaded = service.load(question)
    statement, sheet = service.stated(loaded, question)
    forms = dict(zip(
        FORMS, (sheet_text(sheet), service.json_of(statement, sheet), service.page_of(sheet)), strict=True
    ))
    return Performed(statement, sheet, _receipt(loaded, question, forms), forms)


def perform_annotated(question: Question, document: str = "") -> Annotated:
    """Annotate a paper or all of them, with the receipt of every form; raises what ``annotating.annotate`` raises."""
    question = replace(question, as_of=question.as_of or service.today())
    made, sheet = annotating.annotate(question, document)
    forms = dict(zip(FORMS, (sheet_text(sheet), service.json_of(made), annotating.page_of(made)), strict=True))
    receipt = _receipt(service.load(question), question, forms)
    return Annotated(made, sheet, replace(receipt, annotates=document))


def _receipt(loaded: Loaded, question: Question, forms: Mapping[str, str]) -> Receipt:
    return replace(
        service.receipt(loaded, question), digests={form: digest(text) for form, text in forms.items()},
        lines=tuple(forms["text"].split("\n")[:-1]),
    )


def write_receipt(receipt: Receipt, path: str) -> None:
    """Write a receipt into a file; raises Problem MISSING_FILE where the folder does not exist."""
    store.write_text(path, receipt_text(receipt))


def verify(path: str, book: str = "") -> Verified:
    """Make what a receipt is of again, on the deal it names or on a book, and compare every form of it.

    A book may have grown since: the entries up to the head in the receipt count. Files named with the question are
    looked for beside the receipt. Raises Problem UNREADABLE, ALTERED, OTHER_VERSION, MISSING_FILE for a book or file,
    WRONG_DEAL, DAMAGED where the book no longer has the entries, and what making a statement raises.
    """
    receipt = receipt_from(store.read_text(path), store.name_of(path))
    if receipt.version != paripassu.__version__:
        raise Problem(
            ProblemKind.OTHER_VERSION, f"the receipt was written by paripassu {receipt.version}, and this is "
            f"{paripassu.__version__}", "verify it with that version", Place(store.name_of(path)),
        )
    question = Question(
        _deal(receipt, book), receipt.as_of, receipt.known_at, _files(receipt, path, "--facts"),
        _files(receipt, path, "--prices"), receipt.readings, next(iter(_files(receipt, path, "--filing")), ""),
        through=receipt.through,
    )
    if receipt.annotates is None:
        return _compared(receipt, perform(question).receipt)
    return _compared(receipt, perform_annotated(question, receipt.annotates).receipt)


def _deal(receipt: Receipt, book: str) -> str:
    """The deal or book to make the statement of: the one named, else the deal that the receipt names."""
    if receipt.ledger and (not book or store.book_at(book) is None):
        raise Problem(
            ProblemKind.MISSING_FILE, f"there is no book {book}" if book else "the receipt rests on entries of a book",
            "name the book with --book",
        )
    deal = book or receipt.deal
    found = service.load(Question(deal, receipt.as_of)).agreement.name
    if found != receipt.deal:
        raise Problem(
            ProblemKind.WRONG_DEAL, f"the receipt is of {receipt.deal}, and {deal} is of {found}",
            f"name the deal or book of {receipt.deal} with --book",
        )
    return deal


def _files(receipt: Receipt, path: str, option: str) -> tuple[str, ...]:
    found = []
    for used in receipt.files:
        if used.option == option:
            file = store.beside(path, used.name)
            if store.digest_of(file) != used.digest:
                raise Problem(
                    ProblemKind.ALTERED, f"{used.name} is not the file that the receipt rests on",
                    "put the file as it was beside the receipt",
                )
            found.append(file)
    return tuple(found)


def _compared(receipt: Receipt, now: Receipt) -> Verified:
    differs = tuple(
        [name for name in RESTS_ON if receipt.rests_on[name] != now.rests_on[name]]
        + [form for form in FORMS if receipt.digests[form] != now.digests[form]]
    )
    pairs = enumerate(zip_longest(receipt.lines, now.lines, fillvalue=""), 1)
    first = next(((place, *pair) for place, pair in pairs if pair[0] != pair[1]), (0, "", ""))
    return Verified(receipt, differs, *first)
