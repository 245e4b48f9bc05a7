"""Lists that run inside a paragraph: "(i) ... (ii) ... and (iii) ...", nested, told apart from references and figures.

A label is an item where it starts a list or is the successor in one that is open. Words that point ("clause (i)",
"each of (x) and (y)") and figures after their number word ("five (5) days") are not items. The last item of a list
ends with its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from paripassu.documents.labels import Reading, readings_of
from paripassu.documents.number_words import CARDINALS, ORDINALS
from paripassu.documents.sentences import sentence_ends

_SIGN = re.compile(r"(?:^|(?<=[\s(\[/]))\(([A-Za-z]{1,5}|\d{1,2})\)(?=\s|$)")
_POINTS = re.compile(
    r"(?:\b(?:clauses?|sub-?clauses?|paragraphs?|sub-?paragraphs?|sub-?sections?|sections?|articles?|items?|rules?"
    r"|limbs?|each of)|\b(?:Section|Article|Rule|Paragraph|Clause)s? [\w.]{1,12}(?:\(\w{1,5}\)){0,6})\s$",
    re.IGNORECASE,
)
_CHAIN = re.compile(r"\s?(?:,|and|or|through|to|and/or|,\s?and|,\s?or|-|–|of)\s?", re.IGNORECASE)
_NUMBER_WORDS = frozenset((*CARDINALS, *ORDINALS, "hundred", "thousand"))
_SECONDS = {
    "a": ("b",), "A": ("B",), "i": ("ii",), "I": ("II",), "1": ("2",), "x": ("y", "xi"), "X": ("Y", "XI"), "y": ("z",),
    "Y": ("Z",),
}  # fmt: skip
_DEEPEST = 6
_MOST_SIGNS = 2000


@dataclass(slots=True)
class Item:
    """One item: its printed label and sign, [start, end) in the paragraph's folded text, and items inside it."""

    printed: str
    sign: str
    start: int
    body: int
    end: int
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A list being read: the readings its last sign still allows, and its items."""

    last: tuple[Reading, ...]
    items: list[Item]


@dataclass(slots=True, frozen=True)
class _Sign:
    printed: str
    sign: str
    start: int
    end: int


def run_in_items(text: str) -> list[Item]:
    """The top-level items of every list inside this folded paragraph, each with the items inside it.

    A paragraph with more labels than any paper has (two thousand) is taken for no list at all.
    """
    signs = _item_signs(text)
    if not signs:
        return []
    ends = sentence_ends(text)
    starts = _starts(signs)
    top: list[Item] = []
    stack: list[_Open] = []
    previous = 0
    sentence = 0
    for index, sign in enumerate(signs):
        crossed = False
        while sentence < len(ends) and ends[sentence] <= sign.start:
            crossed = crossed or ends[sentence] > previous
            sentence += 1
        item = Item(sign.printed, sign.sign, sign.start, sign.end, len(text))
        if _continue_list(stack, readings_of(sign.sign), item) or (
            starts[index] and _start_list(top, stack, item, crossed)
        ):
            previous = sign.start
    _close(top, len(text), ends)
    return top


def _item_signs(text: str) -> list[_Sign]:
    """The labels that may be items: neither figures after a number word nor parts of a reference.

    None are given where there are more than any paper has.
    """
    found: list[_Sign] = []
    pointing = False
    end_of_last = -1
    for match in _SIGN.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        word = re.findall(r"[A-Za-z]+", before[-14:])
        figure = match.group(1).isdigit() and bool(word) and word[-1].lower() in _NUMBER_WORDS
        between = text[end_of_last : match.start()] if 0 <= end_of_last <= match.start() < end_of_last + 12 else None
        chained = between is not None and _CHAIN.fullmatch(between) is not None
        pointing = _POINTS.search(before) is not None or (pointing and chained)
        if chained and not pointing and found and found[-1].end == end_of_last:
            found.pop()
            pointing = True
        end_of_last = match.end()
        if not figure and not pointing:
            found.append(_Sign(match.group(), match.group(1), match.start(), match.end()))
        if len(found) > _MOST_SIGNS:
            return []
    return found


def _continue_list(stack: list[_Open], readings: tuple[Reading, ...], item: Item) -> bool:
    """Add the item to the innermost open list it succeeds in, closing the lists inside that one."""
    for depth in range(len(stack) - 1, -1, -1):
        opened = stack[depth]
        follow = tuple(reading for reading in readings if _follows(opened.last, reading))
        if follow:
            del stack[depth + 1 :]
            opened.last = follow
            opened.items.append(item)
            return True
    return False


def _follows(last: tuple[Reading, ...], reading: Reading) -> bool:
    return any(reading.style is before.style and reading.ordinal == before.ordinal + 1 for before in last)


def _start_list(top: list[Item], stack: list[_Open], item: Item, crossed: bool) -> bool:
    """Open a list at this item, inside the item before it unless a sentence ended between them."""
    if crossed:
        stack.clear()
    if len(stack) >= _DEEPEST:
        return False
    readings = tuple(r for r in readings_of(item.sign) if r.ordinal == 1 or item.sign in "xXyY")
    home = stack[-1].items[-1].items if stack else top
    home.append(item)
    stack.append(_Open(readings, home))
    return True


def _starts(signs: list[_Sign]) -> list[bool]:
    """For each sign, whether it can start a list: the second of that list is among the next forty signs."""
    nearest: dict[str, int] = {}
    found = [False] * len(signs)
    for index in range(len(signs) - 1, -1, -1):
        sign = signs[index].sign
        found[index] = any(nearest.get(second, index + 41) <= index + 40 for second in _SECONDS.get(sign, ()))
        nearest[sign] = index
    return found


def _close(items: list[Item], limit: int, ends: list[int]) -> None:
    """Set the end of every item: the next item of its list, else the end of its sentence, at most ``limit``."""
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        same_list = following is not None and _is_next(item, following)
        at = bisect_right(ends, item.items[-1].start if item.items else item.body)
        sentence = ends[at] if at < len(ends) else limit
        stop = following.start if following is not None else limit
        item.end = stop if same_list else min(sentence, stop, limit)
        _close(item.items, item.end, ends)


def _is_next(item: Item, following: Item) -> bool:
    return succeeds(item.sign, following.sign)


def succeeds(sign: str, following: str) -> bool:
    """Whether one sign can come right after another in a list: (h) then (i), (ii) then (iii)."""
    return any(_follows(readings_of(sign), reading) for reading in readings_of(following))
