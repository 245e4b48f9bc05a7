"""Headings: the words after a label that name a provision, and the quoted term after the label of a definition."""

from __future__ import annotations

import re

_LONGEST = 200
_QUOTED = re.compile(r"[\"“]([^\"“”]{1,100})[\"”]")
_BRACKETED = re.compile(r"\[([^\[\]]{1,60})\]\.?")
_STOP = re.compile(r"[.:](?=\s|$)")
_SMALL = frozenset(
    (
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "not",
        "of",
        "on",
        "or",
        "the",
        "to",
        "upon",
        "with",
        "without",
    )
)
_MOST_WORDS = 14


def heading_of(text: str, whole: bool, whole_is_heading: bool = True) -> tuple[str, int, bool]:
    """The heading a provision opens with, the length it takes in the text, and whether it is a term defined.

    ``whole`` is for articles, whose heading is the whole paragraph. ``whole_is_heading`` says whether words in
    title case that are all there is ("Voting.") are a heading; in a clause they are its text. No heading gives
    ("", 0, False).
    """
    head = text[:_LONGEST]
    if whole or is_heading_line(text):
        return text.strip().rstrip("."), len(text), False
    quoted = _QUOTED.match(head)
    if quoted:
        return quoted.group(1).rstrip(",."), quoted.end(), True
    bracketed = _BRACKETED.match(head)
    if bracketed:
        return bracketed.group(0).rstrip("."), bracketed.end(), False
    for stop in _STOP.finditer(head):
        words = head[: stop.start()]
        if not whole_is_heading and stop.end() >= len(text) and not words.isupper():
            break
        if _is_heading(words) and not _is_abbreviation_inside(head, stop):
            return words.strip(), min(stop.end() + 1, len(text)), False
        if not words.isupper():
            break
    return "", 0, False


def is_heading_line(text: str) -> bool:
    """Whether a whole paragraph is a heading: no small letters, and short."""
    letters = text[: _LONGEST + 1]
    return len(letters) <= _LONGEST and letters.isupper()


def _is_heading(words: str) -> bool:
    if words.isupper():
        return True
    parts = words.split()
    if not 0 < len(parts) <= _MOST_WORDS or not parts[0][:1].isupper():
        return False
    return all(part[:1].isupper() or part.lower() in _SMALL for part in parts)


def _is_abbreviation_inside(head: str, stop: re.Match[str]) -> bool:
    """Whether upper-case words go on after this stop, as after the "ETC." within a heading."""
    rest = head[stop.end() :].lstrip()
    following = rest.split(None, 2)[:2]
    return len(following) == 2 and all(len(word) > 1 and word.isupper() for word in following) and _more_stops(rest)


def _more_stops(rest: str) -> bool:
    stop = _STOP.search(rest)
    return stop is not None and rest[: stop.start()].isupper()
