"""Splitting a filing into documents, and a document into its body and the forms bound with it.

Exhibits in stored filings mostly carry no heading. The signs used, strongest first: the submission's own
<DOCUMENT> marks; a page that opens with an exhibit heading; the printed page number starting again; an unnumbered
cover page between two numbered runs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paripassu.documents.labels import label_at
from paripassu.documents.model import DocumentKind
from paripassu.documents.pages import Line, RawPage

_EXHIBIT = re.compile(r"EXHIBIT\s+(?:NO\.?\s+)?(\d{1,3}(?:\.\d{1,3}){1,2}[A-Za-z]?)\.?", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"(EXHIBIT|ANNEX|SCHEDULE|APPENDIX|ATTACHMENT)\s+(?:NO\.?\s+)?\"?([A-Z]{1,2}|\d{1,2}|[A-Z]-\d{1,2}|\d{1,2}\.\d{1,2})\"?"
    r"(?:\s+(?:TO|OF)\s.{0,80})?",
    re.IGNORECASE,
)
_FORM = re.compile(r"(?:FORM OF|NOTICE OF CONVERSION|EXERCISE NOTICE|EXERCISE AGREEMENT|ASSIGNMENT)\b[^a-z]{0,80}")
_INDEX_ENTRY = re.compile(r"(\d{1,3}\.\d{1,3})(?:\s{2,80}|\t)(\S.{2,})")
_HEADER_FIELD = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>(.{0,200})", re.IGNORECASE)
_ROMAN = re.compile(r"[ivxl]+", re.IGNORECASE)
_SIGNATURE_SIGNS = ("IN WITNESS WHEREOF", "SIGNATURE PAGE")

_KINDS: tuple[tuple[DocumentKind, tuple[str, ...]], ...] = (
    (DocumentKind.REPORT, ("FORM 8-K", "FORM 10-K", "FORM 10-Q", "FORM 6-K", "CURRENT REPORT", "ANNUAL REPORT")),
    (DocumentKind.PRESS_RELEASE, ("PRESS RELEASE", "PRNEWSWIRE", "BUSINESS WIRE", "NEWS RELEASE")),
    (DocumentKind.CERTIFICATE, ("DESIGNATION", "CERTIFICATE OF")),
    (DocumentKind.WARRANT, ("WARRANT",)),
    (DocumentKind.AGREEMENT, ("AGREEMENT", "INDENTURE", "DEED", "NOTE PURCHASE")),
)


@dataclass(slots=True)
class RawPart:
    """Pages that belong together: a body (attached False) or a form bound with the body before it."""

    pages: list[RawPage]
    attached: bool
    label: str = ""
    title: str = ""


@dataclass(slots=True)
class RawDocument:
    """The parts of one document and what is known of its exhibit number."""

    parts: list[RawPart] = field(default_factory=list)
    exhibit: str | None = None
    exhibit_from: str | None = None
    title: str = ""
    kind: DocumentKind = DocumentKind.OTHER


def submission_bounds(lines: Sequence[Line]) -> list[tuple[int, int, str | None]]:
    """The line ranges between <TEXT> and </TEXT> of a full submission, each with its exhibit number.

    Empty where the text carries no <DOCUMENT> marks. The header lines are marked as furniture.
    """
    found: list[tuple[int, int, str | None]] = []
    exhibit: str | None = None
    opened: int | None = None
    for index, line in enumerate(lines):
        mark = line.words[:12].upper()
        if not mark.startswith("<"):
            continue
        if mark.startswith("<DOCUMENT>"):
            exhibit, opened = None, None
        elif mark.startswith("<TYPE>"):
            exhibit = _exhibit_of_type(line.words[6:])
        elif mark.startswith("<TEXT>"):
            opened = index + 1
        elif mark.startswith(("</TEXT>", "</DOCUMENT>")) and opened is not None:
            found.append((opened, index, exhibit))
            opened = None
        if _HEADER_FIELD.match(line.words):
            line.furniture = True
    if opened is not None:
        found.append((opened, len(lines), exhibit))
    return found


def _exhibit_of_type(words: str) -> str | None:
    match = re.match(r"\s{0,8}EX-(\d{1,3}(?:\.\d{1,3})?[A-Za-z]?)", words[:40], re.IGNORECASE)
    return match.group(1) if match else None


def documents_of(lines: Sequence[Line], pages: Sequence[RawPage], exhibit: str | None = None) -> list[RawDocument]:
    """Group pages into documents with their parts; with ``exhibit`` given, one document of that number."""
    parts = _parts_of(lines, pages)
    documents: list[RawDocument] = []
    for part in parts:
        number = _heading_exhibit(lines, part.pages[0])
        joins = documents and (part.attached or (exhibit is not None and number is None))
        if joins:
            part.attached = True
            documents[-1].parts.append(part)
            continue
        documents.append(RawDocument([part], number, "heading" if number else None))
    if exhibit is not None and documents and documents[0].exhibit is None:
        documents[0].exhibit, documents[0].exhibit_from = exhibit, "header"
    for document in documents:
        _name(lines, document)
    return documents


def _parts_of(lines: Sequence[Line], pages: Sequence[RawPage]) -> list[RawPart]:
    parts: list[RawPart] = []
    last: int | None = None
    for index, page in enumerate(pages):
        if not any(line.words and not line.furniture for line in lines[page.first : page.last]):
            if parts:
                parts[-1].pages.append(page)
            continue
        roman = page.number is not None and not page.number.isdigit() and _ROMAN.fullmatch(page.number) is not None
        value = int(page.number) if page.number is not None and page.number.isdigit() else None
        attached = attachment_heading(lines, page)
        restart = value is not None and last is not None and value <= last
        restart = restart or (value == 1 and bool(parts) and parts[-1].attached and last is None)
        contents_again = roman and last is not None
        new = not parts or attached is not None or restart or contents_again
        new = new or _heading_exhibit(lines, page) is not None or _is_cover(lines, pages, index, last)
        if new:
            label = attached or ""
            parts.append(RawPart([], bool(parts) and attached is not None, label))
            last = None
        parts[-1].pages.append(page)
        last = value if value is not None else last
    return parts


def _is_cover(lines: Sequence[Line], pages: Sequence[RawPage], index: int, last: int | None) -> bool:
    """An unnumbered page after a numbered run, before a run that starts at 1 or i: a new document's cover."""
    if pages[index].number is not None or last is None:
        return False
    if any(sign in line.words.upper() for line in _first_lines(lines, pages[index], 6) for sign in _SIGNATURE_SIGNS):
        return False
    following = next((page.number for page in pages[index + 1 :] if page.number is not None), None)
    return following is not None and following.lower() in ("1", "i")


def _first_lines(lines: Sequence[Line], page: RawPage, count: int) -> list[Line]:
    found: list[Line] = []
    for line in lines[page.first : page.last]:
        if line.words and not line.furniture:
            found.append(line)
            if len(found) == count:
                break
    return found


def _heading_exhibit(lines: Sequence[Line], page: RawPage) -> str | None:
    for line in _first_lines(lines, page, 1):
        match = _EXHIBIT.fullmatch(line.words[:60])
        return match.group(1) if match else None
    return None


def attachment_heading(lines: Sequence[Line], page: RawPage) -> str | None:
    """The heading that makes a page the first of a form or exhibit of the document before it.

    Returns the printed label ("EXHIBIT A"), "" for a form headed only by its title, None for any other page.
    """
    first = _first_lines(lines, page, 1)
    if not first:
        return None
    words = first[0].words
    if len(words) > 120 or _EXHIBIT.fullmatch(words):
        return None
    match = _ATTACHMENT.fullmatch(words)
    if match:
        return f"{match.group(1)} {match.group(2)}"
    return "" if _FORM.fullmatch(words) and first[0].indent >= 10 else None


def _name(lines: Sequence[Line], document: RawDocument) -> None:
    for part in document.parts:
        part.title = _title(lines, part)
    body = document.parts[0]
    document.title = body.title
    document.kind = _kind(lines, body)


def _title(lines: Sequence[Line], part: RawPart) -> str:
    """The first run of centred lines that says what the paper is, else the first run at all."""
    runs = _centred_runs(lines, part)
    signs = [sign for _, signs in _KINDS for sign in signs]
    named = (run for run in runs if any(sign in run.upper() for sign in signs))
    return next(named, runs[0] if runs else "")


def _centred_runs(lines: Sequence[Line], part: RawPart) -> list[str]:
    """The runs of centred lines among the first forty lines of the part, exhibit labels and furniture apart."""
    runs: list[list[str]] = [[]]
    for page in part.pages[:2]:
        for line in _first_lines(lines, page, 40):
            label = _EXHIBIT.fullmatch(line.words[:60]) or _ATTACHMENT.fullmatch(line.words[:120])
            if label or line.indent >= 60:
                continue
            centred = line.indent >= (8 if line.words.isupper() else 14) and len(line.words) < 100
            centred = centred and not line.words.startswith("(")
            if centred and not (runs[-1] and label_at(line.words) is not None):
                runs[-1].append(" ".join(line.words.split()))
            elif runs[-1]:
                runs.append([])
        if any(runs):
            break
    return [_joined(run) for run in runs if run]


def _joined(words: Sequence[str]) -> str:
    kept = [word for word in words if re.search(r"[A-Za-z]", word)]
    return " ".join(kept)[:200].rstrip()


def _kind(lines: Sequence[Line], body: RawPart) -> DocumentKind:
    early = " ".join(line.words for page in body.pages[:1] for line in _first_lines(lines, page, 40)).upper()
    for words in (body.title.upper(), early):
        best: tuple[int, DocumentKind] | None = None
        for kind, signs in _KINDS:
            at = min((words.find(sign) for sign in signs if sign in words), default=-1)
            if at >= 0 and kind in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE):
                return kind
            if at >= 0 and (best is None or at < best[0]):
                best = (at, kind)
        if best is not None:
            return best[1]
    return DocumentKind.OTHER


def number_from_index(lines: Sequence[Line], documents: Sequence[RawDocument]) -> None:
    """Give exhibit numbers, from the first document's exhibit index, to the documents that print none.

    The index gives them by order, and only where it lists exactly as many exhibits as there are documents after
    the first; a printed number that contradicts its place leaves all unnumbered.
    """
    if len(documents) < 2:
        return
    listed: list[str] = []
    for part in documents[0].parts:
        for page in part.pages:
            for line in lines[page.first : page.last]:
                match = _INDEX_ENTRY.match(line.words[:120])
                if match and match.group(1) not in listed:
                    listed.append(match.group(1))
    following = documents[1:]
    if len(listed) != len(following):
        return
    if any(item.exhibit not in (None, number) for item, number in zip(following, listed, strict=True)):
        return
    for item, number in zip(following, listed, strict=True):
        if item.exhibit is None:
            item.exhibit, item.exhibit_from = number, "index"
