"""Tables of contents: which lines they take, so that their entries are not read as provisions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paripassu.documents.pages import Line

_HEADING = re.compile(r"(?:TABLE OF )?CONTENTS(?: \(CONTINUED\))?|INDEX(?: TO [A-Z ]{1,40})?", re.IGNORECASE)
_ENTRY = re.compile(r".{0,200}?(?:(?:\.\s?){3,200}|\s{2,100}|\t)\s{0,40}(?:\d{1,3}|[ivxl]{1,6}|[A-Z]-\d{1,3})\.?")
_MOST_OTHER_LINES = 3


def contents_range(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The line range [first, last) of the table of contents among these lines, None where there is none.

    It begins at its heading and goes on while lines end in a page number, with at most three other lines in a
    row (a long title, "Page", a repeated heading).
    """
    first = next((index for index, line in enumerate(lines) if _is_heading(line)), None)
    if first is None:
        return None
    last = first
    others = 0
    entries = 0
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if not line.words or line.furniture:
            continue
        if len(line.words) < 240 and _ENTRY.fullmatch(line.words):
            entries, others, last = entries + 1, 0, index
        elif _is_heading(line) or line.words.upper() in ("PAGE", "(CONTINUED)"):
            continue
        else:
            others += 1
            if others > _MOST_OTHER_LINES:
                break
    return (first, last + 1) if entries >= 2 else None


def _is_heading(line: Line) -> bool:
    return len(line.words) < 60 and not line.furniture and _HEADING.fullmatch(line.words) is not None
