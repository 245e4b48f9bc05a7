"""A document prepared for proofreading: its folded text with sentences, definitions, references and nodes in offsets.

Rules work on the folded text, where a page break cannot hide a defect; ``passage`` turns offsets into the span of the
source that is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from paripassu.documents.definitions import definitions, key
from paripassu.documents.folding import to_folded
from paripassu.documents.model import (
    Definition,
    Document,
    DocumentKind,
    Filing,
    Node,
    NodeKind,
    Reference,
    ReferenceKind,
)
from paripassu.documents.places import Places
from paripassu.documents.proofreading.findings import Confidence, Finding, Passage, RuleClass, Severity
from paripassu.documents.references import references
from paripassu.documents.sentences import sentences

_LONGEST_QUOTATION = 240
_MOST_PASSAGES = 60
_LONGEST_SENTENCE = 8_000
_MOST_TERMS = 1_500
_MOST_PLACES = 5_000
_FEWEST_NUMBERED = 3
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence by its folded offsets, with its words and the path it stands in."""

    start: int
    end: int
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Term:
    """A definition by its folded offsets; ``key`` is the term for comparison."""

    key: str
    start: int
    end: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference by its folded offsets."""

    start: int
    end: int
    reference: Reference


def title_of(document: Document) -> str:
    """What a document is called in findings: its exhibit number, if it has one, and the first words of its title."""
    title = " ".join(document.title.split())[:60] or document.kind.value
    return f"{document.exhibit} {title}" if document.exhibit else title


class Paper:
    """One document and what is mentioned in it, each part read once and kept."""

    def __init__(self, filing: Filing, document: Document, name: str = "") -> None:
        self.filing = filing
        self.document = document
        self.text = document.folded.text
        self.places = Places(document)
        self.name = name or title_of(document)

    @property
    def kind(self) -> DocumentKind:
        """What the document is."""
        return self.document.kind

    @cached_property
    def lower(self) -> str:
        """The folded text in small letters, offset for offset."""
        lowered = self.text.lower()
        if len(lowered) == len(self.text):
            return lowered
        return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in self.text)

    @cached_property
    def sentences(self) -> tuple[Stretch, ...]:
        """The sentences outside the table of contents."""
        found = []
        for sentence in sentences(self.document, self.places):
            start, end = to_folded(self.document.folded, sentence.span)
            while start < end:
                stop = self._sentence_stop(start, end)
                found.append(Stretch(start, stop, self.text[start:stop], sentence.path))
                start = stop + 1
        return tuple(sorted(found, key=lambda item: item.start))

    def _sentence_stop(self, start: int, end: int) -> int:
        """Where a sentence ends for the rules: text without a stop is cut, so that each costs a bounded time."""
        if end - start <= _LONGEST_SENTENCE:
            return end
        blank = self.text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        return blank if blank > start else start + _LONGEST_SENTENCE - 1

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, offset: int) -> Stretch | None:
        """The sentence that holds this offset."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The definitions in the order of the text."""
        found = []
        for definition in definitions(self.places)[:_MOST_TERMS]:
            start, end = to_folded(self.document.folded, definition.span)
            found.append(Term(key(definition.term), start, end, definition))
        return tuple(found)

    @cached_property
    def word_places(self) -> dict[str, list[int]]:
        """Where each word (letters only, small) begins."""
        found: dict[str, list[int]] = {}
        for match in re.finditer(r"[a-z]+", self.lower):
            found.setdefault(match.group(), []).append(match.start())
        return found

    def find_words(self, wanted: str) -> list[int]:
        """Where these small-letter words stand as whole words."""
        parts = [(match.group(), match.start()) for match in re.finditer(r"[a-z]+", wanted)]
        if not parts:
            return []
        rarest, shift = min(parts, key=lambda part: len(self.word_places.get(part[0], ())))
        text, length = self.lower, len(wanted)
        found = []
        for place in self.word_places.get(rarest, ())[:_MOST_PLACES]:
            at = place - shift
            if (
                at >= 0
                and text.startswith(wanted, at)
                and not text[at + length : at + length + 1].isalnum()
                and not text[at - 1 : at].isalnum()
            ):
                found.append(at)
        return found

    @cached_property
    def defined(self) -> frozenset[str]:
        """The keys of all terms defined or taken over anywhere in the document."""
        return frozenset(term.key for term in self.terms)

    @cached_property
    def takes_over_all(self) -> bool:
        """Whether the document takes over another paper's terms wholesale."""
        return "*" in self.defined

    @cached_property
    def pointers(self) -> tuple[Pointer, ...]:
        """The references in the order of the text, those inside the table of contents left out."""
        found = []
        for reference in references(self.places):
            start, end = to_folded(self.document.folded, reference.span)
            if not self.in_contents(start):
                found.append(Pointer(start, end, reference))
        return tuple(found)

    @cached_property
    def _contents(self) -> list[tuple[int, int]]:
        return [
            bounds
            for node, bounds in zip(self.places.nodes, self.places.bounds, strict=True)
            if node.kind is NodeKind.CONTENTS
        ]

    def in_contents(self, offset: int) -> bool:
        """Whether the offset lies in the table of contents."""
        return bool(self._contents) and any(start <= offset < end for start, end in self._contents)

    @cached_property
    def body_starts(self) -> frozenset[int]:
        """Where the words of each node begin, after its label and heading and before its heading."""
        starts = set()
        for node, (start, _) in zip(self.places.nodes, self.places.bounds, strict=True):
            starts.add(to_folded(self.document.folded, node.body)[0])
            starts.add(start + len(node.label) + 1 if node.label else start)
        return frozenset(starts)

    @cached_property
    def outline_is_sound(self) -> bool:
        """Whether the outline can be relied on: most of the paper's own references resolve in it.

        An outline that was read wrongly would make every reference look broken; nothing is said of references and
        labels then.
        """
        own = [p.reference.target for p in self.pointers if p.reference.kind is ReferenceKind.INTERNAL]
        lost = [t for t in own if not t.startswith("(") and t.rstrip(".").split("(")[0] not in self.places.by_path]
        sections = [node for node in self.places.nodes if node.kind in (NodeKind.ARTICLE, NodeKind.SECTION)]
        numbered = len(sections)
        if sum("#" in node.path for node in sections) * 6 > numbered:
            return False  # a table of contents was read as the body, or two papers as one
        return numbered >= _FEWEST_NUMBERED and (len(lost) <= 1 or len(lost) * 8 <= len(own))

    @cached_property
    def highest_section(self) -> int:
        """The highest whole number that heads a section."""
        heads = (re.match(r"\d{1,3}", node.path) for node in self.places.nodes)
        return max((int(head.group()) for head in heads if head is not None), default=0)

    def node(self, path: str) -> Node | None:
        """The node of this path."""
        place = self.places.by_path.get(path)
        return None if place is None else self.places.nodes[place]

    def bounds(self, path: str) -> tuple[int, int] | None:
        """The folded [start, end) of the node of this path."""
        place = self.places.by_path.get(path)
        return None if place is None else self.places.bounds[place]

    def words_of(self, path: str) -> str:
        """The folded words of the node of this path, label and heading included."""
        found = self.bounds(path)
        return "" if found is None else self.text[found[0] : found[1]]

    def section_of(self, path: str) -> str:
        """The path of the section (the deepest node that is not an item of a list) that holds this path."""
        for node in self.places.chain(path):
            if node.kind in (NodeKind.SECTION, NodeKind.FORM, NodeKind.RECITALS):
                return node.path
        chain = self.places.chain(path)
        return chain[-1].path if chain else path

    def article_of(self, path: str) -> str:
        """The path of the outermost node that holds this path."""
        chain = self.places.chain(path)
        return chain[-1].path if chain else path

    def _word_start(self, offset: int) -> int:
        at = self.text.rfind(" ", max(0, offset - _LONGEST_WORD), offset) + 1
        return at if at > 0 else offset if offset > _LONGEST_WORD else 0

    def _word_end(self, offset: int) -> int:
        at = self.text.find(" ", offset, offset + _LONGEST_WORD)
        return at if at >= 0 else offset if offset + _LONGEST_WORD < len(self.text) else len(self.text)

    def passage(self, start: int, end: int) -> Passage:
        """The whole words that folded [start, end) touches, as a passage; a long quotation is cut, its span is not."""
        start, end = self._word_start(start), self._word_end(end)
        words = self.text[start:end]
        quotation = words if len(words) <= _LONGEST_QUOTATION else words[:_LONGEST_QUOTATION].rsplit(" ", 1)[0] + " ..."
        path = self.places.path_of(start, end)
        return Passage(self.filing.name, self.name, path, self.places.span(start, end), quotation)


def make(
    rule_class: RuleClass,
    rule: str,
    severity: Severity,
    confidence: Confidence,
    passages: Sequence[Passage],
    wrong: str,
    reading: str,
) -> Finding:
    """A Finding; the passages beyond the first sixty are left out."""
    return Finding(rule_class, rule, severity, confidence, tuple(passages[:_MOST_PASSAGES]), wrong, reading)
