"""Folding: the form of a document in which sections are cited.

The words of a document, page marks, page numbers and running heads removed, every run of white space folded to
one blank, case kept. The map between folded and source offsets is kept per word, so both ways cost a search.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from paripassu.documents.model import FoldedText, Span

_WORD = re.compile(r"\S+")


def fold(source: str, stretches: Iterable[Span]) -> FoldedText:
    """Fold the words of these stretches of the source (lines that are text, in order) into one text."""
    words: list[str] = []
    starts = array("q")
    sources = array("q")
    at = 0
    for stretch in stretches:
        for match in _WORD.finditer(source, stretch.start, stretch.end):
            word = match.group()
            words.append(word)
            starts.append(at)
            sources.append(match.start())
            at += len(word) + 1
    return FoldedText(" ".join(words), starts, sources)


def to_source(folded: FoldedText, start: int, end: int) -> Span:
    """The span of the source that holds folded[start:end]; blanks at either end are left out."""
    if not folded.starts or start >= end:
        return Span(0, 0)
    first = max(bisect_right(folded.starts, start) - 1, 0)
    head = folded.sources[first] + start - folded.starts[first]
    last = max(bisect_left(folded.starts, end) - 1, 0)
    word_end = folded.starts[last + 1] - 1 if last + 1 < len(folded.starts) else len(folded.text)
    tail = folded.sources[last] + min(end, word_end) - folded.starts[last]
    return Span(head, max(tail, head))


def to_folded(folded: FoldedText, span: Span) -> tuple[int, int]:
    """The [start, end) of the words of this source span in the folded text.

    Furniture at either end of the span (a page number, white space) is left out; a span without any word gives
    an empty stretch.
    """
    first = bisect_right(folded.sources, span.start) - 1
    if first >= 0:
        word_end = folded.starts[first + 1] - 1 if first + 1 < len(folded.starts) else len(folded.text)
        inside = span.start - folded.sources[first]
        head = folded.starts[first] + inside
        if head >= word_end:
            first += 1
            head = folded.starts[first] if first < len(folded.starts) else len(folded.text)
    else:
        first, head = 0, 0
    last = bisect_left(folded.sources, span.end) - 1
    if last < first:
        return head, head
    word_end = folded.starts[last + 1] - 1 if last + 1 < len(folded.starts) else len(folded.text)
    tail = min(folded.starts[last] + span.end - folded.sources[last], word_end)
    return head, max(tail, head)


def excerpt(folded: FoldedText, span: Span) -> str:
    """The folded words of a source span."""
    start, end = to_folded(folded, span)
    return folded.text[start:end]


def sha256(text: str) -> str:
    """The digest of a folded text: SHA-256 of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
