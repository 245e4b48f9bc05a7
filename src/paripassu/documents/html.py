"""HTML exhibits as plain text in the layout of stored filings, so that one reader serves both.

A scan over tags, not a tree: tree builders take quadratic time on nested or mis-nested tags, and nothing here needs
one. Blocks become paragraphs between blank lines, centred blocks are indented, page breaks become <PAGE> lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_HTML_SIGN = re.compile(r"<(?:html|body|p|div|br|font|td)(?:\s[^<>]{0,400})?/?>", re.IGNORECASE)
_TAG_OPENS = re.compile(r"<(?:!--|[/!?]?[A-Za-z])")
_NAME = re.compile(r"/?\s?([A-Za-z][A-Za-z0-9]{0,15})")
_ENTITY = re.compile(r"&(?:#\d{1,7}(?!\d)|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[A-Za-z][A-Za-z0-9]{1,31});?")
_SEGMENT = re.compile(r"(?m)^[ \t]{0,8}</?TEXT>[ \t\r]{0,8}$", re.IGNORECASE)
_CENTRED = re.compile(r"(?:text-align\s{0,4}:\s{0,4}center|align\s{0,4}=\s{0,4}[\"']?center)", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"(?:page-)?break-(?:before|after)\s{0,4}:\s{0,4}(?:always|page)", re.IGNORECASE)
_BREAK_BEFORE = re.compile(r"break-before", re.IGNORECASE)
_INDENT = re.compile(
    r"(?:margin-left|padding-left|text-indent)\s{0,4}:\s{0,4}(\d{1,4})(?:\.\d{1,4})?\s{0,2}(pt|px|in|em|%)",
    re.IGNORECASE,
)
_HUNDREDTHS = {"pt": 20, "px": 15, "in": 1200, "em": 200, "%": 80}
_BLOCKS = frozenset(
    ("address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "form", "h1", "h2", "h3", "h4",
     "h5", "h6", "hr", "html", "li", "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul")
)  # fmt: skip
_SILENT = frozenset(("script", "style", "title", "head"))
_LONGEST_TAG = 2000
_PAGE_WIDTH = 100
_DEEPEST = 400


@dataclass(slots=True)
class _Block:
    name: str
    centred: bool
    indent: int
    breaks_after: bool


def is_html(text: str) -> bool:
    """Whether a text is marked up as HTML; the table and page marks of plain filings are not HTML."""
    return _HTML_SIGN.search(text) is not None


def plain_text(text: str) -> str:
    """The text of a filing with its HTML parts drawn as plain text; a text without HTML comes back unchanged.

    In a full submission each part between <TEXT> and </TEXT> is looked at by itself.
    """
    if not is_html(text):
        return text
    marks = [match.span() for match in _SEGMENT.finditer(text)]
    if not marks:
        return _Drawing().draw(text)
    pieces: list[str] = []
    at = 0
    for start, end in [*marks, (len(text), len(text))]:
        part = text[at:start]
        pieces.append(f"\n{_Drawing().draw(part)}\n" if is_html(part) else part)
        pieces.append(text[start:end])
        at = end
    return "".join(pieces)


class _Drawing:
    """One pass over a text: words are gathered into a line, and blocks end it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.words: list[str] = []
        self.blocks: list[_Block] = []

    def draw(self, text: str) -> str:
        at = 0
        endless: set[str] = set()
        while 0 <= at < len(text):
            match = _TAG_OPENS.search(text, at)
            stop = match.start() if match else len(text)
            self.words.append(text[at:stop])
            at = self._tag(text, stop, endless) if match else -1
        self._line()
        return "\n".join(self.lines) + "\n"

    def _tag(self, text: str, start: int, endless: set[str]) -> int:
        """Take the tag that starts here; the offset after it, or -1 where the text ends inside it."""
        if text.startswith("<!--", start):
            return _after(text, "-->", start + 4, endless)
        end = _after(text, ">", start, endless)
        if end < 0:
            return -1
        inside = text[start + 1 : min(end - 1, start + _LONGEST_TAG)]
        match = _NAME.match(inside)
        if match is None:
            return end
        name = match.group(1).lower()
        if inside.startswith("/"):
            self._close(name)
        elif name in _SILENT:
            return self._skip(text, name, end, endless)
        else:
            self._open(name, inside)
        return end

    @staticmethod
    def _skip(text: str, name: str, end: int, endless: set[str]) -> int:
        """Pass over what a silent element holds; a head that is never closed is only its tag."""
        sign = f"</{name}"
        for form in (sign, sign.upper()):
            after = _after(text, form, end, endless)
            if after >= 0:
                return _after(text, ">", after, endless)
        return end

    def _open(self, name: str, inside: str) -> None:
        if name == "br":
            self._line()
        elif name in ("td", "th"):
            self.words.append("  ")
        elif name == "page" or (name == "hr" and _PAGE_BREAK.search(inside)):
            self._page()
        elif name in _BLOCKS:
            self._line()
            breaks = _PAGE_BREAK.search(inside) is not None
            if breaks and _BREAK_BEFORE.search(inside):
                self._page()
                breaks = False
            self._gap()
            if name != "hr" and len(self.blocks) < _DEEPEST:
                above = self.blocks[-1] if self.blocks else _Block("", False, 0, False)
                centred = name == "center" or above.centred or _CENTRED.search(inside) is not None
                self.blocks.append(_Block(name, centred, above.indent + _columns(inside), breaks))

    def _close(self, name: str) -> None:
        if name not in _BLOCKS:
            return
        self._line()
        self._gap()
        for depth in range(len(self.blocks) - 1, max(-1, len(self.blocks) - 9), -1):
            if self.blocks[depth].name == name:
                if any(block.breaks_after for block in self.blocks[depth:]):
                    self._page()
                del self.blocks[depth:]
                return

    def _page(self) -> None:
        self._line()
        self.lines.append("<PAGE>")

    def _gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _line(self) -> None:
        """End the line: entities read, white space folded, the indent of its block put before it."""
        raw = "".join(self.words)
        self.words.clear()
        words = " ".join(_ENTITY.sub(lambda match: unescape(match.group()), raw).split())
        if not words:
            return
        block = self.blocks[-1] if self.blocks else None
        indent = 0
        if block is not None:
            indent = max((_PAGE_WIDTH - len(words)) // 2, 20) if block.centred else min(block.indent, 40)
        self.lines.append(" " * indent + words)


def _after(text: str, sign: str, start: int, endless: set[str]) -> int:
    """The offset after the next ``sign``, -1 where there is none; what is not there is not sought again."""
    if sign in endless:
        return -1
    at = text.find(sign, start)
    if at < 0:
        endless.add(sign)
        return -1
    return at + len(sign)


def _columns(inside: str) -> int:
    """The indent a block's style asks for, in columns of a plain page."""
    hundredths = (int(match.group(1)) * _HUNDREDTHS[match.group(2).lower()] for match in _INDENT.finditer(inside))
    return sum(hundredths) // 100
