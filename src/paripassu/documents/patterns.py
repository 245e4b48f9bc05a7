"""Patterns for text nobody has vetted: RE2, whose time grows with the length of the text whatever the text is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import re2


class Match:
    """One match of a pattern: its place, and the text of its groups."""

    __slots__ = ("_match", "_names")

    def __init__(self, match: Any, names: Mapping[str, int]) -> None:
        self._match = match
        self._names = names

    def start(self, group: int = 0) -> int:
        """Where the match, or a group by number, begins."""
        return int(self._match.start(group))

    def end(self, group: int = 0) -> int:
        """Where the match, or a group by number, ends."""
        return int(self._match.end(group))

    def group(self, group: str | int = 0) -> str | None:
        """The text of the match, or of a group by name or number; None where the group took no part."""
        place = self._names[group] if isinstance(group, str) else group
        text: str | None = self._match.group(place)
        return text


class Pattern:
    """A compiled pattern. (re2 looks the names of groups up anew for every match; here they are looked up once.)"""

    def __init__(self, pattern: str) -> None:
        self._pattern = re2.compile(pattern)
        self._names = dict(self._pattern.groupindex)

    def finditer(self, text: str) -> Iterator[Match]:
        """Every match in the text, from left to right."""
        return (Match(match, self._names) for match in self._pattern.finditer(text))

    def match(self, text: str) -> Match | None:
        """The match at the beginning of the text, if there is one."""
        return self._one(self._pattern.match(text))

    def search(self, text: str) -> Match | None:
        """The first match anywhere in the text, if there is one."""
        return self._one(self._pattern.search(text))

    def fullmatch(self, text: str) -> Match | None:
        """The match of the whole text, if it is one."""
        return self._one(self._pattern.fullmatch(text))

    def _one(self, match: Any) -> Match | None:
        return Match(match, self._names) if match is not None else None


def compiled(pattern: str) -> Pattern:
    """Compile a pattern in RE2's syntax (no look-around, no back-references)."""
    return Pattern(pattern)


def words(match: Match, group: str | int = 0) -> str:
    """The text of a match or of one of its groups, empty where the group took no part."""
    return match.group(group) or ""
