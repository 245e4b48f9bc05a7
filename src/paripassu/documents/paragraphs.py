"""Paragraphs: lines that belong together, joined again across a page break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paripassu.documents.folding import fold
from paripassu.documents.labels import Family, label_at
from paripassu.documents.model import FoldedText, Span
from paripassu.documents.pages import Line

_STOPS = (".", ";", ":", "?", "!")
_SHORTEST_WIDTH = 64
_CLOSERS = "\"')]”’"


@dataclass(slots=True)
class Paragraph:
    """The lines of one paragraph: its span, the indent of its first line, and its words (folded)."""

    lines: list[Line]
    _folded: FoldedText | None = None

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        first, last = self.lines[0], self.lines[-1]
        return Span(first.start + first.margin, last.start + last.margin + len(last.words))

    @property
    def indent(self) -> int:
        """Columns before the first word."""
        return self.lines[0].indent

    def folded(self, source: str) -> FoldedText:
        """The words of the paragraph, without furniture between its lines; folded once."""
        if self._folded is None:
            self._folded = fold(source, [Span(line.start, line.end) for line in self.lines])
        return self._folded


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of these lines; furniture is passed over, and a sentence cut by a page break is one paragraph."""
    found: list[Paragraph] = []
    blank = True
    page_break = False
    for line in lines:
        if line.breaks_page:
            page_break = True
        if line.furniture or not line.words:
            blank = True
            continue
        if found and _continues(found[-1], line, blank, page_break):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line]))
        blank = False
        page_break = False
    return found


def _continues(before: Paragraph, line: Line, blank: bool, page_break: bool) -> bool:
    last = before.lines[-1]
    if page_break:
        return not (_is_heading(last) or _ends(last.words) or _opens(line))
    if blank:
        return False
    if label_at(line.words) is None:
        return True
    deeper, early = line.indent > last.indent, _broken_early(last, line)
    if _ends(last.words) or _is_heading(last):
        return not (deeper or early)
    return not (deeper and early)


def _broken_early(last: Line, line: Line) -> bool:
    """Whether a line ended although the next line's first word would have fitted: its break is the author's."""
    first = line.words[:_SHORTEST_WIDTH].split(None, 1)[0]
    return last.indent + len(last.words) + 1 + len(first) <= _SHORTEST_WIDTH


def _ends(words: str) -> bool:
    """Whether a line ends a sentence, or an item of a list."""
    bare = words[-12:].rstrip(_CLOSERS)
    return bare.endswith(_STOPS) or bare.endswith(("; or", "; and", ";or", ", and", ", or"))


def _is_heading(line: Line) -> bool:
    """Whether a line is centred and holds capitals only, or no letter at all ("* * *")."""
    return line.indent >= 14 and (line.words.isupper() or not any(map(str.isalpha, line.words)))


def _opens(line: Line) -> bool:
    """Whether a line is a heading of its own, whatever stands before the page break."""
    if line.indent >= 20 and line.words.isupper():
        return True
    label = label_at(line.words)
    if label is None or label.family is Family.PAREN:
        return False
    return label.family is Family.ARTICLE or line.words[label.length : label.length + 6].isupper()
