"""Naming a small change from its digest alone.

A deal keeps no text of its papers, only digests. Where one character of a section was added, dropped or replaced,
undoing it restores the digest, and a match of SHA-256 proves the undoing right. So a changed comma is named although
the other text is not at hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

_MARKS = ",.;:()'\"-$%0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST = 4000
_CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Edit:
    """The one change that was made: at ``start`` of the found text stands ``found`` where ``cited`` stood.

    Either may be empty. ``context`` is the found text around it.
    """

    start: int
    cited: str
    found: str
    context: str

    def __str__(self) -> str:
        if not self.cited:
            return f"{self.found!r} was put in at {self.context!r}"
        if not self.found:
            return f"{self.cited!r} was left out at {self.context!r}"
        return f"{self.cited!r} was changed to {self.found!r} at {self.context!r}"


def single_edit(found: str, digest: str) -> Edit | None:
    """The edit of one character, or of one word dropped or doubled, that made this text of one with the digest.

    None where no such edit explains it, or the text is longer than four thousand characters.
    """
    if len(found) > _LONGEST:
        return None
    for start, cited, replaced in _candidates(found):
        text = found[:start] + cited + found[start + len(replaced) :]
        if hashlib.sha256(text.encode("utf-8")).hexdigest() == digest:
            around = found[max(0, start - _CONTEXT) : start + len(replaced) + _CONTEXT]
            return Edit(start, cited, replaced, around)
    return None


def _candidates(found: str) -> Iterator[tuple[int, str, str]]:
    """Every undoing tried: (where, what may have stood there, what stands there now), likeliest first."""
    for place, character in enumerate(found):
        yield place, "", character
    for place in range(len(found) + 1):
        for mark in _MARKS:
            yield place, mark, ""
    for place, character in enumerate(found):
        for mark in _LETTERS if character.isalpha() else _MARKS:
            if mark != character:
                yield place, mark, character
    yield from _words_put_in(found)


def _words_put_in(found: str) -> Iterator[tuple[int, str, str]]:
    """A whole word with its blank that may have been put in."""
    start = 0
    for word in found.split(" "):
        yield start, "", found[start : start + len(word) + 1]
        start += len(word) + 1
