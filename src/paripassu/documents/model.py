"""The nouns of a filing that has been read: spans, documents, the nodes of an outline, and what they mention.

Every span is [start, end) into the *source*, the text of the filing as one string, so that
``source[span.start:span.end]`` is the quoted text, line breaks and page marks included.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source, [start, end) in characters."""

    start: int
    end: int

    def of(self, source: str) -> str:
        """The quoted text, exactly as it stands in the source."""
        return source[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


class DocumentKind(Enum):
    """What a document of a filing is, as far as its title says."""

    REPORT = "report"
    AGREEMENT = "agreement"
    CERTIFICATE = "certificate"
    WARRANT = "warrant"
    FORM = "form"
    PRESS_RELEASE = "press release"
    OTHER = "other"


class NodeKind(Enum):
    """What a node of an outline is."""

    FRONT = "front"
    CONTENTS = "contents"
    RECITALS = "recitals"
    ARTICLE = "article"
    SECTION = "section"
    CLAUSE = "clause"
    SUBCLAUSE = "sub-clause"
    DEFINITION = "definition"
    SIGNATURE = "signature"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Node:
    """One numbered (or otherwise marked) stretch of a document.

    ``label`` is as printed ("IV.", "(ii)"; empty where the paper prints none), ``path`` is the canonical name
    within the document ("IV.G(ii)"; a repeated name carries "#2"). ``span`` runs from the label to the end;
    ``body`` is the same without label and heading. ``run_in`` marks an item of a list inside a paragraph,
    ``implied`` a node whose label is missing but whose successor is printed.
    """

    label: str
    path: str
    heading: str
    kind: NodeKind
    span: Span
    body: Span
    children: tuple[Node, ...] = ()
    run_in: bool = False
    implied: bool = False

    def walk(self) -> Iterator[Node]:
        """This node and everything beneath it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    @property
    def lead(self) -> Span:
        """The node's own words before its first child."""
        return Span(self.body.start, self.children[0].span.start if self.children else self.body.end)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the number printed on it (None where none is) and its span without the page mark."""

    number: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A document's body, or one of the forms and exhibits bound with it.

    ``label`` is the printed one ("EXHIBIT A"), empty for the body and for a form without a heading of its own.
    """

    label: str
    title: str
    span: Span
    attached: bool


@dataclass(frozen=True)
class FoldedText:
    """A document's words with page marks, page numbers and running heads removed, one blank between words.

    Offsets into ``text`` are what citations store. ``starts`` and ``sources`` hold, for each word, where it
    begins in ``text`` and in the source.
    """

    text: str
    starts: array[int] = field(repr=False, compare=False)
    sources: array[int] = field(repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.text)


@dataclass(frozen=True)
class Document:
    """One document of a filing, with its outline.

    ``exhibit`` is the exhibit number ("4.3") and ``exhibit_from`` says where it was printed: "heading" (on the
    document), "header" (the submission's own header) or "index" (the filing's exhibit index, by order).
    ``paragraphs`` are the spans of the paragraphs outside the table of contents, joined across page breaks.
    """

    title: str
    kind: DocumentKind
    exhibit: str | None
    exhibit_from: str | None
    span: Span
    pages: tuple[Page, ...]
    parts: tuple[Part, ...]
    folded: FoldedText = field(repr=False)
    outline: tuple[Node, ...] = field(repr=False)
    paragraphs: tuple[Span, ...] = field(default=(), repr=False)

    def walk(self) -> Iterator[Node]:
        """Every node of the outline, in the order of the text."""
        for node in self.outline:
            yield from node.walk()

    def paths(self) -> list[str]:
        """The canonical paths of all nodes, in the order of the text."""
        return [node.path for node in self.walk()]


@dataclass(frozen=True)
class Filing:
    """A filing that has been read. ``source`` is what every span points into.

    ``source`` is the text as given; where a document was HTML, it is the text drawn from that HTML and
    ``verbatim`` is False.
    """

    name: str
    source: str = field(repr=False)
    documents: tuple[Document, ...]
    verbatim: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, with the path of the deepest node it stands in."""

    span: Span
    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term given a meaning. ``scope`` is "document" or the path it is confined to; ``incorporated`` names the
    other document whose meaning is taken over, None where the meaning is given here.
    """

    term: str
    scope: str
    span: Span
    path: str
    incorporated: str | None = None


class ReferenceKind(Enum):
    """Where a reference points."""

    INTERNAL = "internal"
    DOCUMENT = "other document"
    ATTACHMENT = "attachment"
    LAW = "law"


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that point to another provision. ``target`` is the canonical path, attachment, or name of the law;
    ``document`` the other document's name as printed; ``path`` the node in which the words stand.
    """

    kind: ReferenceKind
    target: str
    span: Span
    path: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as printed: ``digits`` is the exact decimal text without separators, in ``currency``."""

    digits: str
    currency: str
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as printed: ``digits`` is the exact decimal text before the sign or the word."""

    digits: str
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar date in words: ``iso`` is YYYY-MM-DD, None where the printed date does not exist."""

    iso: str | None
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: a whole count of ``unit`` ("day", "business day", "trading day", "month", "year" ...)."""

    count: int
    unit: str
    span: Span
    path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A party as the paper names it: full name as printed and the short names it is given."""

    name: str
    short_names: tuple[str, ...]
    span: Span
    path: str
