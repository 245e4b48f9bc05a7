"""Reading a filing: from its text to documents with outlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from paripassu.documents.assembly import freeze, unique
from paripassu.documents.contents import contents_range
from paripassu.documents.folding import fold
from paripassu.documents.html import plain_text
from paripassu.documents.labels import Family
from paripassu.documents.model import Document, Filing, Node, NodeKind, Page, Part, Span
from paripassu.documents.outline import Draft, OutlineReader
from paripassu.documents.pages import Line, RawPage, lines_of, mark_running_heads, pages_of, span_of
from paripassu.documents.paragraphs import paragraphs_of
from paripassu.documents.splitting import (
    RawDocument,
    RawPart,
    documents_of,
    number_from_index,
    submission_bounds,
)
from paripassu.values.problems import Place, Problem, ProblemKind

LARGEST = 10_000_000
"""The longest text that is read, in characters."""

MOST_LINES = 300_000
"""The most lines that are read; ten million characters of a filing are some 175,000."""


def read(text: str, name: str) -> Filing:
    """Read a filing's text into documents with outlines; ``name`` says where it came from.

    Raises Problem TOO_LARGE for a text longer than ``LARGEST`` or with more lines than ``MOST_LINES``, UNREADABLE
    for one that is not text (NUL characters, halves of a pair) or has no words.
    """
    _refuse_unfit(text, Place(name))
    source = plain_text(text)
    if source.count("\n") > MOST_LINES:
        raise _too_large(f"the text has more than {MOST_LINES:,} lines", Place(name))
    lines = lines_of(source, 0, len(source))
    documents = tuple(_document(source, lines, raw) for raw in _raw_documents(lines))
    if not documents:
        raise Problem(ProblemKind.UNREADABLE, "there are no words", "give the filing's text", Place(name))
    return Filing(name, source, documents, source is text)


def _refuse_unfit(text: str, place: Place) -> None:
    if len(text) > LARGEST:
        raise _too_large(f"the text has {len(text):,} characters and at most {LARGEST:,} are read", place)
    if "\0" in text[:4096]:
        raise Problem(ProblemKind.UNREADABLE, "this is not text", "give the filing as plain text or HTML", place)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        what = "some characters are halves of a pair"
        raise Problem(ProblemKind.UNREADABLE, what, "give the filing as UTF-8", place) from None


def _too_large(what: str, place: Place) -> Problem:
    return Problem(ProblemKind.TOO_LARGE, what, "give the exhibits as separate files", place)


def _raw_documents(lines: Sequence[Line]) -> list[RawDocument]:
    bounds = submission_bounds(lines)
    found: list[RawDocument] = []
    for first, last, exhibit in bounds or [(0, len(lines), None)]:
        pages = [RawPage(page.first + first, page.last + first, page.number) for page in pages_of(lines[first:last])]
        found.extend(documents_of(lines, pages, exhibit if bounds else None))
    number_from_index(lines, found)
    return found


def _document(source: str, lines: Sequence[Line], raw: RawDocument) -> Document:
    raw_pages = [page for part in raw.parts for page in part.pages]
    mark_running_heads(lines, raw_pages)
    first, last = raw_pages[0].first, raw_pages[-1].last
    words = [Span(line.start, line.end) for line in lines[first:last] if line.words and not line.furniture]
    pages = tuple(Page(page.number, span_of(lines, page.first, page.last)) for page in raw_pages)
    parts = tuple(_part(lines, part) for part in raw.parts)
    taken: Counter[str] = Counter()
    outline: list[Node] = []
    paragraphs: list[Span] = []
    for part in raw.parts:
        outline.extend(_part_nodes(source, lines, raw, part, taken, paragraphs))
    return Document(
        raw.title,
        raw.kind,
        raw.exhibit,
        raw.exhibit_from,
        span_of(lines, first, last),
        pages,
        parts,
        fold(source, words),
        tuple(outline),
        tuple(paragraphs),
    )


def _part(lines: Sequence[Line], part: RawPart) -> Part:
    return Part(part.label, part.title, span_of(lines, part.pages[0].first, part.pages[-1].last), part.attached)


def _part_nodes(
    source: str,
    lines: Sequence[Line],
    raw: RawDocument,
    part: RawPart,
    taken: Counter[str],
    paragraphs: list[Span],
) -> list[Node]:
    """The nodes of one part; the spans of its paragraphs are added to ``paragraphs``."""
    first, last = part.pages[0].first, part.pages[-1].last
    own = lines[first:last]
    table = None if part.attached else contents_range(own)
    before, after = (own[: table[0]], own[table[1] :]) if table else ([], own)
    words = [line for line in own if line.words and not line.furniture]
    if not words:
        return []
    sign = _form_sign(raw, part) if part.attached else ""
    start, end = words[0].start + words[0].margin, words[-1].start + words[-1].margin + len(words[-1].words)
    root = Draft(part.label, sign, NodeKind.FORM, Family.ARTICLE, (), 0, start, start, end, part.title)
    body_paragraphs = paragraphs_of(after)
    paragraphs.extend(paragraph.span for paragraph in [*paragraphs_of(before), *body_paragraphs])
    OutlineReader(source, root).read(body_paragraphs)
    root.end = end
    if part.attached:
        return list(freeze([root], "", taken))
    nodes = _front(before, taken, NodeKind.FRONT, "COVER") if before else []
    if table:
        nodes += _front(own[table[0] : table[1]], taken, NodeKind.CONTENTS, "CONTENTS")
    body = freeze(root.children, "", taken)
    opening = [line for line in after if line.words and not line.furniture]
    stop = body[0].span.start if body else end
    nodes += _front([line for line in opening if line.start + line.margin < stop], taken, NodeKind.FRONT, "PRE")
    return [*nodes, *body]


def _front(lines: Sequence[Line], taken: Counter[str], kind: NodeKind, sign: str) -> list[Node]:
    """A node for words that stand before the first label: cover, contents, preamble."""
    words = [line for line in lines if line.words and not line.furniture]
    if not words:
        return []
    start = words[0].start + words[0].margin
    end = words[-1].start + words[-1].margin + len(words[-1].words)
    return [Node("", unique(sign, taken), "", kind, Span(start, end), Span(start, end))]


def _form_sign(raw: RawDocument, part: RawPart) -> str:
    """The path of a form: its printed letter or number ("EXA"), else its place among the forms ("EX1")."""
    if part.label:
        kind, _, sign = part.label.partition(" ")
        return {"EXHIBIT": "EX", "SCHEDULE": "SCH"}.get(kind.upper(), kind[:3].upper()) + sign.upper()
    unlabelled = [other for other in raw.parts if other.attached and not other.label]
    return f"EX{next(place for place, other in enumerate(unlabelled, 1) if other is part)}"
