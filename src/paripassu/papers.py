"""The verbs on papers by themselves: proofread, compare, and the account of every sentence of a deal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from paripassu import codec, store
from paripassu.documents import provenance
from paripassu.documents.accounting import Accounting, Status, account
from paripassu.documents.annotations import annotate
from paripassu.documents.comparison import Comparison, compare_papers
from paripassu.documents.model import Document, Filing
from paripassu.documents.proofreading import Finding, NamedText, as_data, as_page, as_read, as_text, proofread
from paripassu.documents.reading import read
from paripassu.documents.redline import redline_html
from paripassu.loading import agreement_from, cited_documents_from, sections_from
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Paragraph, Section, Sheet, Table


@dataclass(frozen=True)
class Proof:
    """The findings of a proofreading, with the papers they were found in."""

    findings: tuple[Finding, ...]
    papers: tuple[NamedText, ...]

    def text(self) -> str:
        """As text, one finding a paragraph."""
        return as_text(self.findings, self.papers)

    def json(self) -> str:
        """As JSON."""
        return codec.to_json(as_data(self.findings, self.papers))


def proofread_files(paths: Sequence[str], page: str = "", *, together: bool = False) -> Proof:
    """The drafting defects of files, each by itself or all ``together`` as one set; ``page`` is written with marks.

    The documents of one file always belong together. Raises Problem MISSING_FILE, UNREADABLE, TOO_LARGE, DUPLICATE.
    """
    papers = tuple(NamedText(path, store.read_text(path)) for path in paths)
    sets = [papers] if together else [(paper,) for paper in papers]
    proof = Proof(tuple(finding for one in sets for finding in proofread(one)), papers)
    if page:
        store.write_text(page, as_page(proof.findings, as_read(papers)))
    return proof


def compare_files(one: str, other: str, page: str = "") -> Comparison:
    """Where two papers of one form differ; each is a file, or FILE:EXHIBIT for one exhibit of a filing.

    With ``page`` a redline is written. Raises Problem MISSING_FILE, UNREADABLE, TOO_LARGE, UNKNOWN_NAME.
    """
    comparison = compare_papers(_paper(one), _paper(other))
    if page:
        store.write_text(page, redline_html(comparison, one, other))
    return comparison


def _paper(name: str) -> Document:
    path, colon, exhibit = name.rpartition(":")
    if not colon or "/" in exhibit or "\\" in exhibit:
        path, exhibit = name, ""
    filing = read(store.read_text(path), path)
    found = [one for one in filing.documents if not exhibit or one.exhibit == exhibit]
    if exhibit and not found:
        known = ", ".join(sorted(one.exhibit for one in filing.documents if one.exhibit))
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{path} has no exhibit {exhibit}",
            f"use one of {known}" if known else "leave it out",
        )
    if len(found) != 1:
        known = ", ".join(f"{path}:{one.exhibit}" for one in filing.documents if one.exhibit)
        raise Problem(
            ProblemKind.INCOMPLETE_FACT, f"{path} holds {len(filing.documents)} documents", f"name one of them: {known}"
        )
    return found[0]


def comparison_sheet(comparison: Comparison, one: str, other: str) -> Sheet:
    """The differences as a list, each with the section it falls in."""
    rows = tuple(
        (str(number), found.path, f"... {found.before}", found.words or "(nothing)", found.other_words or "(nothing)")
        for number, found in enumerate(comparison.differences, 1)
    )
    columns = ("", "section", "after the words", one.rpartition("/")[2], other.rpartition("/")[2])
    table = Table(f"{len(rows)} places", columns, rows, empty="The two papers have the same words.")
    counts = f"{len(comparison.words)} and {len(comparison.other_words)} words, {comparison.common} in common."
    return Sheet("Comparison", f"{one} against {other}", (Section("Differences", (Paragraph(counts), table)),))


def sentences_sheet(deal: str, filing: str) -> Sheet:
    """How many sentences of each paper belong to a section that is accounted for, and those that do not.

    A paper of the same form as another is accounted for by that one's entries too.

    Raises Problem UNKNOWN_NAME for a deal without the paper, and those of reading a file.
    """
    folder = store.read_deal(deal)
    documents = agreement_from(folder.agreement, store.read_calendars(), folder.digest).documents
    matched = provenance.match_documents(cited_documents_from(folder.provenance), _filing(filing))
    given = sections_from(folder.sections)
    sections = []
    for name, document in matched.items():
        form = documents[name].form_of if name in documents else ""
        statuses: dict[str, list[Status]] = {}
        for raw in (*given.get(name, {}).values(), *given.get(form, {}).values()):
            statuses.setdefault(raw["section"], []).append(Status(raw["status"]))
        sections.append(Section(f"{name}: {document.title}", tuple(_accounted(account(document, statuses)))))
    return Sheet(folder.name, f"Sentences of {filing}", tuple(sections))


def _filing(path: str) -> Filing:
    return read(store.read_text(path), path)


def _accounted(found: Accounting) -> Iterator[Paragraph | Table]:
    counts = ", ".join(f"{number} {status.value}" for status, number in found.counts.items() if number)
    yield Paragraph(f"{found.total} sentences: {counts or 'none accounted for'}; {len(found.unaccounted)} unaccounted.")
    rows = tuple((one.path, _start(one.text)) for one in found.unaccounted)
    yield Table("Unaccounted", ("section", "begins"), rows, empty="none")


def _start(words: str) -> str:
    shown = " ".join(words.split())
    return shown if len(shown) <= 90 else f"{shown[:87]}..."


def outline_sheet(path: str) -> Sheet:
    """How a filing was read: its documents, and of each the outline and how much of what it mentions.

    Spans are [start, end) into the text as read. Raises Problem MISSING_FILE, UNREADABLE, TOO_LARGE.
    """
    filing = _filing(path)
    sections = tuple(
        Section(f"{document.exhibit or ''} {document.title}".strip(), (_mentions(document), _outline(document)))
        for document in filing.documents
    )
    return Sheet(path, f"{len(filing.documents)} documents, {len(filing.source):,} characters", sections)


def _mentions(document: Document) -> Paragraph:
    found = annotate(document)
    counts = ", ".join(f"{len(getattr(found, one.name))} {one.name}" for one in fields(found))
    return Paragraph(f"{document.kind.value}: {counts}.")


def _outline(document: Document) -> Table:
    rows = tuple(
        (node.path, node.kind.value, node.heading or "-", f"{node.span.start}-{node.span.end}")
        for node in document.walk()
    )
    return Table("Outline", ("section", "kind", "heading", "span"), rows, empty="no sections were found")
