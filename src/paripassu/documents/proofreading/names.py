"""Capitalised names as they are used in running text: where they stand and what they read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from paripassu.documents.model import NodeKind
from paripassu.documents.patterns import compiled
from paripassu.documents.proofreading.papers import Paper

_WORD = r"(?:[A-Z][a-z][A-Za-z’'-]{0,28}|[A-Z]{2,6})"
_NAME = compiled(rf"\b{_WORD}(?: (?:(?:of|for|to|and|on|in|at) )?{_WORD}| [AB]\b){{0,7}}")
_LINKS = frozenset(("of", "for", "to", "and", "on", "in", "at"))
_ACRONYM = compiled(r"\b[A-Z]{2,6}\b")
_QUOTES = '"“”'
_OPENERS = frozenset((
        "Notwithstanding", "Subject", "Each", "Any", "All", "No", "The", "This", "Such", "In", "If", "Upon", "For",
        "As", "It", "An", "At", "To", "By", "On", "Or", "And", "Of", "With", "From", "So", "Until", "Prior",
        "Neither", "Nothing", "Without", "Except", "Failure", "Following", "During", "After", "Before", "Under",
        "When", "Where", "Whenever", "There", "These", "Those", "Its", "His", "Her", "Their", "Our", "Your", "Every",
        "Both", "Either", "Not", "Only", "Unless", "Provided", "However", "Pursuant", "Accordingly", "Promptly",
        "Immediately", "Commencing", "Once", "Since", "While", "Although", "Because", "Whether", "Including", "Nor",
        "None", "Thereafter", "Notice is", "But", "Also", "Further",
    ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Use:
    """A capitalised name in running text: folded offsets and the words."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        """The name for comparison."""
        return plain(self.text)


def plain(name: str) -> str:
    """A name in small letters, without a possessive ending."""
    return re.sub(r"[’']s?$", "", name.lower())


_KEPT: WeakKeyDictionary[Paper, tuple[Use, ...]] = WeakKeyDictionary()


def capitalised(paper: Paper) -> tuple[Use, ...]:
    """Every capitalised name in the running sentences of a paper, found once and kept while the paper is."""
    kept = _KEPT.get(paper)
    if kept is None:
        kept = _KEPT[paper] = tuple(_capitalised(paper))
    return kept


def _capitalised(paper: Paper) -> list[Use]:
    """Every capitalised name in running sentences; the first word of a sentence counts only as part of a longer name
    or where the same word stands capitalised elsewhere inside a sentence. Forms, signatures and addresses are left out.
    """
    found: list[Use] = []
    starts = {sentence.start for sentence in paper.sentences}
    quiet = quiet_ranges(paper)
    place = 0
    for match in _NAME.finditer(paper.text):
        start, end = match.start(), match.end()
        while place < len(quiet) and quiet[place][1] <= start:
            place += 1
        if place < len(quiet) and quiet[place][0] <= start:
            continue
        for piece in _cut_at_openers(paper.text, start, end):
            first = piece[0]
            if first in starts or _opens_item(paper.text, first):
                text = paper.text[piece[0] : piece[1]]
                if " " not in text:
                    continue
                head, link, rest = text.split(" ", 1)[0], *([*text.split(" ", 2)[1:], ""][:2])
                if link in _LINKS - {"of"} and rest:
                    piece = (piece[0] + len(head) + len(link) + 2, piece[1])
            sentence = paper.sentence_at(first)
            if sentence is None or sentence.end - sentence.start < 25 or _is_heading(sentence.text):
                continue
            found.append(Use(piece[0], piece[1], paper.text[piece[0] : piece[1]]))
    return found


def _is_heading(text: str) -> bool:
    """Whether a short sentence is a heading that runs in: most of its words are capitalised."""
    parts = re.findall(r"[A-Za-z]+", text)
    return len(parts) <= 14 and sum(part[0].isupper() for part in parts) * 5 > 3 * len(parts)


def _opens_item(text: str, at: int) -> bool:
    """Whether the word at ``at`` is the first of a sentence or of a labelled item."""
    before = text[max(0, at - 3) : at].rstrip()
    return before.endswith((".", ":", ")", ";")) or not before


def _cut_at_openers(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a run on both sides of a word that opens sentences ("Products This License")."""
    at = start
    for match in re.finditer(r" (This|The|That|Each|Such|Any|All|No|If|In|For) ", text[start:end]):
        yield from _pieces(text, at, start + match.start())
        at = start + match.start() + 1
    yield from _pieces(text, at, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A matched run without an opening word of the sentence at its head."""
    first, _, rest = text[start:end].partition(" ")
    while first in _OPENERS and rest:
        start += len(first) + 1
        first, _, rest = text[start:end].partition(" ")
        while first in _LINKS and rest:
            start += len(first) + 1
            first, _, rest = text[start:end].partition(" ")
    if first and first not in _OPENERS:
        yield start, end


def acronyms(paper: Paper) -> dict[str, list[Use]]:
    """Words of two to six capitals in running text, by word."""
    found: dict[str, list[Use]] = defaultdict(list)
    quiet = quiet_ranges(paper)
    place = 0
    for match in _ACRONYM.finditer(paper.text):
        start, end = match.start(), match.end()
        while place < len(quiet) and quiet[place][1] <= start:
            place += 1
        if place < len(quiet) and quiet[place][0] <= start:
            continue
        sentence = paper.sentence_at(start)
        near = paper.text[max(sentence.start, start - 150) : min(sentence.end, end + 150)] if sentence else ""
        shout = sum(map(str.isupper, near)) >= sum(map(str.islower, near))
        around = paper.text[max(0, start - 1) : end + 1]
        if shout or any(mark in around for mark in _QUOTES) or _among_capitals(paper.text, start, end):
            continue
        found[paper.text[start:end]].append(Use(start, end, paper.text[start:end]))
    return found


def _among_capitals(text: str, start: int, end: int) -> bool:
    """Whether a neighbouring word is in capitals too (a heading, a company's name)."""
    before = re.search(r"([A-Za-z]+)[.,)]? ?$", text[max(0, start - 25) : start])
    after = re.match(r" ?[.,(]?([A-Za-z]+)", text[end : end + 25])
    return any(found is not None and len(found.group(1)) > 1 and found.group(1).isupper() for found in (before, after))


def quiet_ranges(paper: Paper) -> list[tuple[int, int]]:
    """Stretches that are not running text: contents, forms, signatures, headings, the cover, notice addresses."""
    quiet: list[tuple[int, int]] = []
    for node, (start, end) in zip(paper.places.nodes, paper.places.bounds, strict=True):
        if node.kind in (NodeKind.CONTENTS, NodeKind.SIGNATURE, NodeKind.FORM) or node.path.startswith("COVER"):
            quiet.append((start, end))
        elif not node.run_in and node.heading:
            at = paper.text.find(node.heading[:40], start, start + 200)
            quiet.append((start, (at if at >= 0 else start) + len(node.heading)))
    return merged(quiet)


def merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, overlapping ones joined."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
