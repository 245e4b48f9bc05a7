"""Sentences: where they end inside a paragraph, and the sentences of a document with the node each stands in.

The outline gives the hard limits (labels, headings, paragraphs); inside them a full stop ends a sentence unless it
closes an abbreviation or an initial. nupunkt was measured on the same papers: it does not see the limits, breaks
after "Section IV.G." and joins sentences after "Common Stock.".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from paripassu.documents.folding import to_folded
from paripassu.documents.model import Document, NodeKind, Sentence
from paripassu.documents.places import Places

_STOP = re.compile(r"[.?!][\"')\]”’]{0,3} (?=[\"'(“‘\[]{0,2}[A-Z0-9])")
_ABBREVIATIONS = frozenset(
    ("inc", "co", "corp", "ltd", "no", "nos", "st", "jr", "sr", "dr", "mr", "mrs", "ms", "seq", "esq", "vs", "etc",
     "art", "sec", "ch", "ave", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec")
)  # fmt: skip
_OPENERS = frozenset(
    ("a", "an", "any", "all", "as", "each", "for", "from", "if", "in", "it", "no", "on", "such", "the", "this", "these",
     "those", "to", "unless", "until", "upon", "when", "where", "notwithstanding", "without", "however", "following",
     "subject", "except", "failure", "nothing", "neither")
)  # fmt: skip
_LONGEST_WORD = 24


def sentence_ends(text: str) -> list[int]:
    """Offsets just after each full stop (or ? !) that ends a sentence inside this folded text."""
    found: list[int] = []
    for match in _STOP.finditer(text):
        if text[match.start()] == "." and _is_abbreviation(text, match.start(), match.end()):
            continue
        found.append(match.end() - 1)
    return found


def _is_abbreviation(text: str, stop: int, after: int) -> bool:
    """Whether the full stop closes an abbreviation or an initial, not a sentence.

    After an abbreviation a sentence still begins where the next word is one that names nothing ("Inc. If the").
    """
    before = text[max(0, stop - _LONGEST_WORD) : stop].rsplit(" ", 1)[-1].lstrip("(\"'“[").lower()
    letters = before.replace(".", "")
    initials = "." in before and letters.isalpha() and len(letters) <= 2 * before.count(".") + 1
    abbreviated = before in _ABBREVIATIONS or initials or (len(before) == 1 and before.isalpha())
    if not abbreviated:
        return False
    following = re.match(r"[\"'(“‘\[]{0,2}([A-Za-z]+)", text[after : after + _LONGEST_WORD])
    return following is None or following.group(1).lower() not in _OPENERS or not following.group(1)[1:].islower()


def sentences(document: Document, places: Places | None = None) -> tuple[Sentence, ...]:
    """Every sentence of the document outside its table of contents, each within one paragraph.

    A label and a heading are not part of a sentence, and a new label begins a new one even where the words before
    it ended with a semicolon; lists inside a paragraph stay in their sentence. Words without a letter are left out.
    """
    places = places or Places(document)
    limits = _limits(document, places)
    text = document.folded.text
    found: list[Sentence] = []
    for start, end in limits:
        at = start
        for stop in [start + offset for offset in sentence_ends(text[start:end])] + [end]:
            words = text[at:stop].strip()
            if any(map(str.isalpha, words)):
                first = at + text[at:stop].index(words)
                last = first + len(words)
                found.append(Sentence(places.span(first, last), words, places.path_of(first, last)))
            at = stop
    return tuple(found)


def _limits(document: Document, places: Places) -> list[tuple[int, int]]:
    """The stretches of folded text between paragraphs, labels and headings."""
    cuts: set[int] = set()
    silent: list[tuple[int, int]] = []
    for node, (start, end) in zip(places.nodes, places.bounds, strict=True):
        if node.kind is NodeKind.CONTENTS:
            silent.append((start, end))
        elif not node.run_in and node.kind not in (NodeKind.FRONT, NodeKind.SIGNATURE, NodeKind.FORM):
            body = to_folded(document.folded, node.body)[0] if node.body.start < node.body.end else end
            cuts.update((start, body))
            silent.append((start, body))
    stretches: list[tuple[int, int]] = []
    ordered = sorted(cuts)
    place = 0
    for span in document.paragraphs:
        start, end = to_folded(document.folded, span)
        while place < len(ordered) and ordered[place] <= start:
            place += 1
        while place < len(ordered) and ordered[place] < end:
            stretches.append((start, ordered[place]))
            start = ordered[place]
            place += 1
        stretches.append((start, end))
    return _without(stretches, silent)


def _without(stretches: Sequence[tuple[int, int]], silent: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches that are not a label and heading, nor in a table of contents."""
    passed = sorted((start, end) for start, end in silent if end > start)
    starts = [start for start, _ in passed]
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        before = bisect_right(starts, start) - 1
        if start < end and (before < 0 or passed[before][1] < end):
            found.append((start, end))
    return found
