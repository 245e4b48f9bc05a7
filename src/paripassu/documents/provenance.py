"""Provenance: whether a filing's text is what a deal cites, section by section and term by term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from paripassu.documents.digests import Section, compare, sections
from paripassu.documents.folding import sha256
from paripassu.documents.model import Document, Filing
from paripassu.documents.repair import Edit, single_edit

_MOST_REPAIRS = 3


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document as a deal cites it: its name in the deal, its exhibit number, its digest and its sections."""

    name: str
    exhibit: str | None
    sha256: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class CitedTerm:
    """A term of the deal, the words the paper prints for it, and the section they stand in."""

    name: str
    literal: str
    document: str
    path: str


class FindingKind(Enum):
    """What the check of one section or term found."""

    OK = "ok"
    DOCUMENT_MISSING = "document missing"
    SECTION_MISSING = "section missing"
    SECTION_CHANGED = "section changed"
    LITERAL_ABSENT = "literal absent"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for one section (``term`` is None) or one term, with a sentence for the reader."""

    kind: FindingKind
    document: str
    path: str
    term: str | None
    says: str

    @property
    def is_ok(self) -> bool:
        """Whether the text is what the deal cites."""
        return self.kind is FindingKind.OK


def check(cited: Sequence[CitedDocument], terms: Sequence[CitedTerm], filing: Filing) -> tuple[Finding, ...]:
    """Compare a filing with what a deal cites.

    Gives one finding for each cited section and term. Of sections within each other only the innermost changed
    one is reported, and those that contain it are left out.
    """
    matched = match_documents(cited, filing)
    found: list[Finding] = []
    texts: dict[str, dict[str, str]] = {}
    for item in cited:
        document = matched.get(item.name)
        if document is None:
            says = f"{filing.name} holds no document that {item.name} could be"
            found.append(Finding(FindingKind.DOCUMENT_MISSING, item.name, "", None, says))
            continue
        present = sections(document)
        texts[item.name] = _texts(document, present)
        found.extend(_sections(item, present, texts[item.name], document))
    found.extend(_term(term, texts) for term in terms if matched.get(term.document) is not None)
    return tuple(found)


def match_documents(cited: Sequence[CitedDocument], filing: Filing) -> Mapping[str, Document]:
    """Which document of the filing each cited one is: by digest, by exhibit number, else by shared sections."""
    matched: dict[str, Document] = {}
    left = list(filing.documents)
    digests = {id(document): sha256(document.folded.text) for document in left}
    for item in cited:
        same = next((one for one in left if digests[id(one)] == item.sha256), None)
        same = same or next((one for one in left if item.exhibit and one.exhibit == item.exhibit), None)
        if same is None:
            known = {section.sha256 for section in item.sections}
            shared = [(sum(one.sha256 in known for one in sections(document)), document) for document in left]
            best = max(shared, key=lambda pair: pair[0], default=None)
            same = best[1] if best and best[0] > 0 else None
        if same is not None:
            matched[item.name] = same
            left.remove(same)
    return matched


def clause_texts(cited: Sequence[CitedDocument], filing: Filing) -> dict[tuple[str, str], str]:
    """The folded words of every section of the cited documents in this filing, by document and path."""
    return {
        (name, path): text
        for name, document in match_documents(cited, filing).items()
        for path, text in _texts(document, sections(document)).items()
    }


def _texts(document: Document, present: Sequence[Section]) -> dict[str, str]:
    return {one.path: document.folded.text[one.start : one.end] for one in present}


def _sections(
    cited: CitedDocument, present: Sequence[Section], texts: Mapping[str, str], document: Document
) -> list[Finding]:
    by_path = {one.path: one for one in present}
    changes = {change.path: change for change in compare(cited.sections, present) if change.change != "added"}
    found: list[Finding] = []
    few = sum(change.change == "changed" for change in changes.values()) <= _MOST_REPAIRS
    for item in cited.sections:
        change = changes.get(item.path)
        if change is not None and change.change == "missing":
            says = f"{cited.name} has no section {item.path} in this text"
            found.append(Finding(FindingKind.SECTION_MISSING, cited.name, item.path, None, says))
        elif change is not None:
            edit = _edit(item, cited.sections, texts) if few else None
            start = by_path[item.path].start
            named = f": {edit}" if edit else ""
            says = f"the words of {cited.name} {item.path} (from {start} of the folded text) are not those cited{named}"
            found.append(Finding(FindingKind.SECTION_CHANGED, cited.name, item.path, None, says))
        elif by_path[item.path].sha256 == item.sha256:
            found.append(Finding(FindingKind.OK, cited.name, item.path, None, "as cited"))
    if not any(not one.is_ok for one in found) and sha256(document.folded.text) != cited.sha256:
        says = f"{cited.name} differs outside the cited sections"
        found.append(Finding(FindingKind.SECTION_CHANGED, cited.name, "", None, says))
    return found


def _edit(item: Section, cited: Sequence[Section], texts: Mapping[str, str]) -> Edit | None:
    """The one edit that explains a changed section, sought in it and in the two sections around it.

    A full stop turned into a comma lengthens the item it ended; the section around both then shows the edit.
    """
    around = [one for one in cited if one.start <= item.start and item.end <= one.end and one.path in texts]
    for one in sorted(around, key=lambda one: one.end - one.start)[:3]:
        edit = single_edit(texts[one.path], one.sha256)
        if edit is not None:
            return edit
    return None


def _term(term: CitedTerm, texts: Mapping[str, Mapping[str, str]]) -> Finding:
    text = texts[term.document].get(term.path)
    if text is None:
        says = f"{term.name} cites {term.document} {term.path}, which this text does not have"
        return Finding(FindingKind.SECTION_MISSING, term.document, term.path, term.name, says)
    if stands_in(term.literal, text):
        return Finding(FindingKind.OK, term.document, term.path, term.name, "as cited")
    says = f"{term.name}: {term.literal!r} does not stand in {term.document} {term.path}"
    return Finding(FindingKind.LITERAL_ABSENT, term.document, term.path, term.name, says)


def stands_in(literal: str, text: str) -> bool:
    """Whether the literal stands in the text as whole words and figures: "$6.03" is not found in "$6.035"."""
    wanted = " ".join(literal.split())
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        if not _cut(text, at, wanted):
            return True
        at = text.find(wanted, at + 1)
    return False


def _cut(text: str, at: int, wanted: str) -> bool:
    """Whether the words found at this place are only a part of a longer word or figure."""
    before, after = text[max(0, at - 2) : at], text[at + len(wanted) : at + len(wanted) + 2]
    if before[-1:].isalnum() and (wanted[0].isalnum() or wanted[0] == "."):
        return True
    if after[:1].isalnum() and wanted[-1].isalnum():
        return True
    longer_before = wanted[0].isdigit() and (before[-1:] == "." or (before[-1:] == "," and before[:1].isdigit()))
    return longer_before or (wanted[-1].isdigit() and after[:1] in (".", ",") and after[1:].isdigit())
