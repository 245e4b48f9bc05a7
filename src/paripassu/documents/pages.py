"""Lines and pages: where the pages of a stored text break, which lines are furniture, what number a page bears."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from paripassu.documents.model import Span

_PAGE_MARK = re.compile(r"\s{0,80}<PAGE>", re.IGNORECASE)
_MARKUP = re.compile(r"(?:\s*</?[A-Za-z][A-Za-z0-9-]{0,15}>)+\s*")
_NUMBER = re.compile(
    r"(?:-\s?)?(?:page\s+)?(?P<number>\d{1,3}|[ivxl]{1,7}|[A-Z]{1,2}-\d{1,3})\.?(?:\s?-)?(?:\s+of\s+\d{1,3})?",
    re.IGNORECASE,
)
_LONGEST_NUMBER_LINE = 24
_RUNNING_AT_LEAST = 3


@dataclass(slots=True)
class Line:
    """One line of the source: [start, end) without its line break, its words,
    the columns (indent) and the characters (margin) before them."""

    start: int
    end: int
    words: str
    indent: int
    margin: int
    furniture: bool = False
    breaks_page: bool = False
    table: bool = False


@dataclass(slots=True)
class RawPage:
    """The lines of one page, [first, last) in the list of lines, and the number printed on it."""

    first: int
    last: int
    number: str | None


def lines_of(source: str, start: int, end: int) -> list[Line]:
    """Every line of source[start:end], with marks of page and table already known as furniture."""
    found: list[Line] = []
    at = start
    table = False
    while at < end:
        stop = source.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = _line(source, at, stop)
        if line.furniture:
            mark = line.words[:8].upper()
            table = mark.startswith("<TABLE>") or (table and not mark.startswith(("</TABLE>", "<PAGE>")))
        line.table = table
        found.append(line)
        at = stop + 1
    return found


def _line(source: str, start: int, end: int) -> Line:
    raw = source[start:end]
    words = raw.strip()
    margin = len(raw) - len(raw.lstrip()) if words else 0
    line = Line(start, end, words, len(raw[:margin].expandtabs()), margin)
    if words.startswith("<"):
        line.breaks_page = _PAGE_MARK.match(raw) is not None
        line.furniture = line.breaks_page or (len(words) < 400 and _MARKUP.fullmatch(words) is not None)
    if "\f" in raw:
        line.breaks_page = True
    return line


def pages_of(lines: Sequence[Line]) -> list[RawPage]:
    """The pages between page marks; a page's number line is marked as furniture."""
    pages: list[RawPage] = []
    first = 0
    for index, line in enumerate(lines):
        if line.breaks_page:
            pages.append(_page(lines, first, index))
            first = index
    pages.append(_page(lines, first, len(lines)))
    return pages


def _page(lines: Sequence[Line], first: int, last: int) -> RawPage:
    """One page; its number is the last line with words, set apart by a blank line or by its indent."""
    for index in range(last - 1, first - 1, -1):
        line = lines[index]
        if line.furniture or not line.words:
            continue
        apart = line.indent >= 20 or index == first or not lines[index - 1].words
        number = printed_number(line.words) if apart else None
        if number is not None:
            line.furniture = True
        return RawPage(first, last, number)
    return RawPage(first, last, None)


def printed_number(words: str) -> str | None:
    """The page number a line consists of ("12.", "- 3 -", "ii.", "Page 4 of 9"), None where it is other text."""
    if len(words) > _LONGEST_NUMBER_LINE:
        return None
    match = _NUMBER.fullmatch(words)
    return match.group("number") if match else None


def mark_running_heads(lines: Sequence[Line], pages: Sequence[RawPage]) -> None:
    """Mark as furniture a first line of a page that stands, figures apart, on three or more of these pages."""
    firsts = [_first_line(lines, page) for page in pages[1:]]
    counts = Counter(_without_figures(line.words) for line in firsts if line is not None)
    for line in firsts:
        if line is not None and counts[_without_figures(line.words)] >= _RUNNING_AT_LEAST:
            line.furniture = "CONTENTS" not in line.words.upper()


def _first_line(lines: Sequence[Line], page: RawPage) -> Line | None:
    for index in range(page.first, page.last):
        if lines[index].words and not lines[index].furniture:
            return lines[index]
    return None


def _without_figures(words: str) -> str:
    return re.sub(r"\d{1,4}", "", words[:200])


def span_of(lines: Sequence[Line], first: int, last: int) -> Span:
    """The span of the source covered by lines [first, last)."""
    if first >= last:
        at = lines[first].start if first < len(lines) else 0
        return Span(at, at)
    return Span(lines[first].start, lines[last - 1].end)
