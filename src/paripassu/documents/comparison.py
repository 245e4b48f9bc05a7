"""Comparing two papers of one form: every difference in words, with the section it falls in.

Sentences are aligned first, then the words of those that differ, so that time stays small for long papers. Page
furniture, line breaks, signature rules and underscores are no words; letters' case and punctuation count.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from paripassu.documents.folding import to_folded
from paripassu.documents.model import Document, Span
from paripassu.documents.places import Places
from paripassu.documents.sentences import sentence_ends

_BETWEEN = re.compile(r" |_{2,}|-{3,}|={3,}")
_MOST_PAIRS = 2_000_000
_CONTEXT_WORDS = 7
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a paper and its place in the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two papers differ.

    ``path`` and ``other_path`` are the deepest sections that hold the words, ``before`` a few common words ahead of
    them. ``words`` stand in the first paper, ``other_words`` in the second; either may be empty, and its span then
    marks the place. ``first`` and ``other_first`` number the first word concerned in each paper.
    """

    path: str
    other_path: str
    before: str
    words: str
    other_words: str
    span: Span
    other_span: Span
    first: int
    other_first: int


@dataclass(frozen=True)
class Comparison:
    """Two papers side by side: their words, how many they share in order, and where they differ."""

    one: Document
    other: Document
    words: tuple[Word, ...]
    other_words: tuple[Word, ...]
    common: int
    differences: tuple[Difference, ...]


def words_of(document: Document) -> tuple[Word, ...]:
    """The words of a paper, signature rules and underscores left out."""
    text = document.folded.text
    found: list[Word] = []
    at = 0
    for start, end in [*(match.span() for match in _BETWEEN.finditer(text)), (len(text), len(text))]:
        if at < start and text[at:start] not in ("-", "_"):
            found.append(Word(text[at:start], at, start))
        at = end
    return tuple(found)


def compare_papers(one: Document, other: Document) -> Comparison:
    """Every difference in words between two papers, in the order of the text."""
    words, other_words = words_of(one), words_of(other)
    changes = _merged(_changes(one, other, words, other_words), words)
    places, other_places = Places(one), Places(other)
    differences: list[Difference] = []
    common = len(words)
    for start, end, other_start, other_end in changes:
        common -= end - start
        at, other_at = _stretch(words, start, end), _stretch(other_words, other_start, other_end)
        differences.append(
            Difference(
                places.path_of(*at),
                other_places.path_of(*other_at),
                " ".join(word.text for word in words[max(0, start - _CONTEXT_WORDS) : start]),
                " ".join(word.text for word in words[start:end]),
                " ".join(word.text for word in other_words[other_start:other_end]),
                places.span(*at),
                other_places.span(*other_at),
                start,
                other_start,
            )
        )
    return Comparison(one, other, words, other_words, common, tuple(differences))


def _stretch(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """The folded stretch of words[start:end]; for none of them, the word before the place."""
    if start < end:
        return words[start].start, words[end - 1].end
    if not words:
        return 0, 0
    near = words[max(0, start - 1)]
    return near.start, near.end


def _changes(
    one: Document, other: Document, words: Sequence[Word], other_words: Sequence[Word]
) -> Iterator[tuple[int, int, int, int]]:
    """The word ranges that differ: [start, end) in the first paper against [start, end) in the second."""
    units, other_units = _units(one, words), _units(other, other_words)
    keys = [tuple(word.text for word in words[start:end]) for start, end in units]
    other_keys = [tuple(word.text for word in other_words[start:end]) for start, end in other_units]
    for first, last, other_first, other_last in _unequal(keys, other_keys):
        start, end = _range(units, first, last, len(words))
        other_start, other_end = _range(other_units, other_first, other_last, len(other_words))
        texts = [word.text for word in words[start:end]]
        other_texts = [word.text for word in other_words[other_start:other_end]]
        for inner in _unequal(texts, other_texts):
            yield start + inner[0], start + inner[1], other_start + inner[2], other_start + inner[3]


def _unequal(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """The ranges in which two sequences differ.

    What is equal at both ends is set aside first; where the rest would ask for more than two million comparisons
    (the same word over and over), it is one difference.
    """
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    left, right = one[head : len(one) - tail], other[head : len(other) - tail]
    if not left and not right:
        return
    counts, other_counts = Counter(left), Counter(right)
    if sum(count * other_counts[item] for item, count in counts.items()) > _MOST_PAIRS:
        yield head, head + len(left), head, head + len(right)
        return
    for tag, first, last, other_first, other_last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            yield head + first, head + last, head + other_first, head + other_last


def _range(units: Sequence[tuple[int, int]], first: int, last: int, total: int) -> tuple[int, int]:
    if first < last:
        return units[first][0], units[last - 1][1]
    at = units[first][0] if first < len(units) else total
    return at, at


def _units(document: Document, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The word ranges of the paper's sentences: cut at paragraphs and where a sentence ends."""
    cuts = {to_folded(document.folded, span)[0] for span in document.paragraphs}
    cuts.update(sentence_ends(document.folded.text))
    starts = [word.start for word in words]
    places = sorted({bisect_right(starts, cut - 1) for cut in cuts} | {0, len(words)})
    return [(start, end) for start, end in zip(places, places[1:], strict=False) if start < end]


def _merged(changes: Iterator[tuple[int, int, int, int]], words: Sequence[Word]) -> list[tuple[int, int, int, int]]:
    """Changes that only a single short word stands between are one change."""
    found: list[tuple[int, int, int, int]] = []
    for change in changes:
        if found:
            before = found[-1]
            gap = words[before[1] : change[0]]
            if not gap or (len(gap) == 1 and len(gap[0].text) <= _SHORT and change[2] - before[3] == 1):
                found[-1] = (before[0], change[1], before[2], change[3])
                continue
        found.append(change)
    return found
