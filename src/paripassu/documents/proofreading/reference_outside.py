"""References to other papers, and attachments nothing refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.model import NodeKind, Part, ReferenceKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import stem
from paripassu.documents.proofreading.papers import Paper, make
from paripassu.documents.proofreading.resolution import resolve

_MOST_SUPERSEDED = 3
_BEFORE = 110
_DATE = compiled(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)


def outside_findings(paper: Paper, papers: Sequence[Paper]) -> Iterator[Finding]:
    """References of a paper that lead out of its body, and attachments nothing refers to."""
    yield from _superseded_paper(paper)
    yield from _attachments(paper, papers)
    yield from _other_paper(paper, papers)


def _superseded_paper(paper: Paper) -> Iterator[Finding]:
    """A section of an agreement that this paper itself says has been amended and restated."""
    keys = {term.key for term in paper.terms}
    if re.search(r"(?i)\bamendment\b", paper.document.title):
        return  # an amendment speaks of the paper it amends
    found = []
    for pointer in paper.pointers:
        name = (pointer.reference.document or "").lower()
        if pointer.reference.kind is ReferenceKind.DOCUMENT and name and f"amended {name}" in keys and name in keys:
            found.append(
                make(
                    RuleClass.WRONG_TARGET,
                    "section-of-a-superseded-paper",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(pointer.start, min(len(paper.text), pointer.end + len(name) + 8))],
                    f'"{pointer.reference.document}" is the paper before it was restated',
                    f'"Amended {pointer.reference.document}"',
                )
            )
    if len(found) <= _MOST_SUPERSEDED:
        yield from found


def _is_called_for(paper: Paper, part: Part) -> bool:
    """Whether the paper names an attachment in quotes ('Exhibit "A"')."""
    kind, _, sign = part.label.partition(" ")
    return (
        re.search(rf'(?i)\b{re.escape(kind)}s? ["“]{re.escape(sign)}\b', paper.text[: len(paper.text) * 2 // 3])
        is not None
    )


def _attachments(paper: Paper, papers: Sequence[Paper]) -> Iterator[Finding]:
    """Forms and exhibits bound with the paper that no clause of it, or of the set, refers to by their sign."""
    named = {
        pointer.reference.target.upper()
        for pointer in paper.pointers
        if pointer.reference.kind is ReferenceKind.ATTACHMENT
        and not any(node.kind is NodeKind.FORM for node in paper.places.chain(pointer.reference.path))
    }
    labelled = [part for part in paper.document.parts if part.attached and part.label]
    for part in labelled:
        if part.label.upper() in named or _is_called_for(paper, part):
            continue
        span = next(
            (
                paper.bounds(node.path)
                for node in paper.document.outline
                if node.span.start <= part.span.end and node.kind is NodeKind.FORM and node.label == part.label
            ),
            None,
        )
        if span is None or re.search(r"(?i)intentionally|reserved", paper.text[span[0] : span[0] + 80]):
            continue
        yield make(
            RuleClass.UNREFERRED,
            "attachment-unreferred",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(span[0], min(span[1], span[0] + 60))],
            f"{part.label} is attached and no clause refers to it",
            "refer to it where the paper first calls for it",
        )


def paper_named(papers: Sequence[Paper], name: str) -> Paper | None:
    """The paper of the set that this name fits by its kind words ("Registration Rights Agreement")."""
    wanted = {stem(word) for word in re.findall(r"[A-Za-z]{4,}", name.lower())} - {"agree", "amend", "resta"}
    best = [
        p
        for p in papers
        if wanted and wanted <= {stem(w) for w in re.findall(r"[A-Za-z]{4,}", p.document.title.lower())}
    ]
    return best[0] if len(best) == 1 else None


def _other_paper(paper: Paper, papers: Sequence[Paper]) -> Iterator[Finding]:
    """References to another paper of the set: to a provision it lacks, or one without the term beside it."""
    for pointer in paper.pointers:
        reference = pointer.reference
        if reference.kind is not ReferenceKind.DOCUMENT or not reference.document:
            continue
        other = paper_named(papers, reference.document)
        if other is None or other is paper or not _means_this_paper(paper, reference.document, other):
            continue
        path = resolve(other, reference.target)
        if path is None:
            yield make(
                RuleClass.UNRESOLVED,
                "reference-to-nothing-elsewhere",
                Severity.AMBIGUITY,
                Confidence.PROBABLE,
                [paper.passage(pointer.start, pointer.end)],
                f"{other.name} has no {reference.target}",
                "name the provision meant",
            )
            continue
        before = paper.text[max(0, pointer.start - _BEFORE) : pointer.start]
        for term in sorted(other.terms, key=lambda item: -before.lower().rfind(item.key)):
            if term.key not in before.lower() or " " not in term.key or term.key == reference.document.lower():
                continue
            home = other.places.path_of(term.start, term.end)
            if _asserts_source(before) and term.key not in other.words_of(path).lower() and not home.startswith(path):
                yield make(
                    RuleClass.WRONG_TARGET,
                    "subject-elsewhere-in-other-paper",
                    Severity.RIGHTS,
                    Confidence.CERTAIN,
                    [paper.passage(max(0, pointer.start - _BEFORE), pointer.end), other.passage(term.start, term.end)],
                    f'{reference.target} of {other.name} does not speak of "{term.definition.term}"; {home} does',
                    f'"Section {home}"',
                )
                break


def _asserts_source(before: str) -> bool:
    return (
        re.search(r"(?:required|provided|described|set forth|defined|contemplated) (?:by|in|under) ?$", before)
        is not None
    )


def _means_this_paper(paper: Paper, name: str, other: Paper) -> bool:
    """Whether the name, where this paper dates it, carries the other paper's date."""
    definition = next((term for term in paper.terms if term.key == name.lower()), None)
    if definition is None:
        return True
    dates = [words(m) for m in _DATE.finditer(paper.text[max(0, definition.start - 260) : definition.end + 40])]
    front = other.text[:3000]
    return not dates or any(date in front for date in dates)
