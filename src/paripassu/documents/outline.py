"""The outline of a document: articles, sections, clauses and the lists inside paragraphs, each with its path.

A label opens a node where it continues an open list (the innermost one it fits) or begins one. Paragraphs without
a label belong to the deepest node whose label stands no further right than they do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paripassu.documents.folding import to_source
from paripassu.documents.headings import heading_of, is_heading_line
from paripassu.documents.labels import Family, Label, Reading, Style, label_at
from paripassu.documents.model import FoldedText, NodeKind
from paripassu.documents.paragraphs import Paragraph
from paripassu.documents.runin import Item, run_in_items

_RECITALS = re.compile(
    r"(?:RECITALS?|WHEREAS|WITNESSETH|W I T N E S S E T H|BACKGROUND|PRELIMINARY STATEMENTS?)[:.]?", re.I
)
_AGREEMENTS = re.compile(r"(?:AGREEMENTS?|NOW,? THEREFORE\b.*)", re.IGNORECASE | re.DOTALL)
_WITNESS = re.compile(r"IN WITNESS WHEREOF\b", re.IGNORECASE)
_MOST_COLUMNS_OUT = 3
_MOST_LEFT_OUT = 3
_DEEPEST = 12


@dataclass(slots=True)
class Draft:
    """A node being built. ``sign`` is the label without its punctuation; ``columns`` where the label stands."""

    label: str
    sign: str
    kind: NodeKind
    family: Family
    readings: tuple[Reading, ...]
    columns: int
    start: int
    body: int
    end: int = 0
    heading: str = ""
    children: list[Draft] = field(default_factory=list)
    run_in: bool = False
    implied: bool = False
    wants_heading: bool = False


class OutlineReader:
    """Reads the paragraphs of one part (a document's body or a form bound with it) into drafts."""

    def __init__(self, source: str, root: Draft) -> None:
        self.source = source
        self.root = root
        self.stack: list[Draft] = [root]
        self.waiting: list[Paragraph] = []

    def read(self, paragraphs: Sequence[Paragraph]) -> Draft:
        """Take every paragraph in turn; the root's children are complete afterwards."""
        for paragraph in paragraphs:
            text = paragraph.folded(self.source).text
            label = None if paragraph.lines[0].table else label_at(paragraph.lines[0].words)
            if self._marks(paragraph, text) or (label is not None and self._open(paragraph, label, text)):
                continue
            top = self.stack[-1]
            if top.wants_heading and is_heading_line(text):
                top.heading, top.body, top.wants_heading = text, paragraph.span.end, False
                self._extend(paragraph)
            else:
                top.wants_heading = False
                self._unlabelled(paragraph)
        self._settle(None)
        return self.root

    def _marks(self, paragraph: Paragraph, text: str) -> bool:
        """Open the node of recitals, of the words of agreement, or of the signatures, where this begins one."""
        span = paragraph.span
        if len(self.stack) > 1 and self.stack[1].kind is NodeKind.SIGNATURE:
            self._extend(paragraph)
            return True
        if _RECITALS.fullmatch(text) and len(text) < 40:
            self._push_marked(Draft(text, "R", NodeKind.RECITALS, Family.ARTICLE, (), 0, span.start, span.end))
        elif _WITNESS.match(text) and self.root.sign == "":
            self._push_marked(Draft("", "SIG", NodeKind.SIGNATURE, Family.ARTICLE, (), 0, span.start, span.start))
        elif len(self.stack) > 1 and self.stack[1].kind is NodeKind.RECITALS and _AGREEMENTS.fullmatch(text):
            self._push_marked(Draft("", "NOW", NodeKind.FRONT, Family.ARTICLE, (), 0, span.start, span.start))
        else:
            return False
        self._extend(paragraph)
        return True

    def _push_marked(self, draft: Draft) -> None:
        self._settle(None)
        del self.stack[1:]
        self.root.children.append(draft)
        self.stack.append(draft)

    def _extend(self, paragraph: Paragraph, depth: int = _DEEPEST + 1) -> None:
        """Let the drafts of the stack, down to this depth, reach to the end of the paragraph."""
        end = paragraph.span.end
        for draft in self.stack[: depth + 1]:
            draft.end = end

    def _unlabelled(self, paragraph: Paragraph) -> None:
        """Give a paragraph without a label to the open node; further left than a clause's label, it waits."""
        outside = self.stack[-1].family is Family.PAREN and self.stack[-1].columns > paragraph.indent
        if outside or self.waiting:
            self.waiting.append(paragraph)
            return
        self._extend(paragraph)
        self._lists(paragraph, self.stack[-1], 0)

    def _settle(self, continued: int | None) -> None:
        """Place the paragraphs that waited, now that it is known whether a list goes on after them.

        Words between two items of a list belong to the item before them; words after the last item belong to
        the node the list stands in, as far left as they begin, but never outside the section.
        """
        for paragraph in self.waiting:
            least = continued if continued is not None else 0
            depth = len(self.stack) - 1
            while depth > least and self.stack[depth].family is Family.PAREN:
                if self.stack[depth].columns <= paragraph.indent:
                    break
                depth -= 1
            self._extend(paragraph, depth)
            self._lists(paragraph, self.stack[depth], 0)
            if continued is None:
                del self.stack[depth + 1 :]
        self.waiting.clear()

    def _open(self, paragraph: Paragraph, label: Label, text: str) -> bool:
        """Open a node for this label; False where the label is no label here."""
        depth, readings, continued = self._place(paragraph, label, text)
        if depth is None or depth > _DEEPEST:
            return False
        if self.waiting:
            self._settle(depth if continued else None)
            if not continued:
                depth, readings, _ = self._place(paragraph, label, text)
                depth = len(self.stack) if depth is None else depth
        del self.stack[depth:]
        first = paragraph.lines[0]
        start = first.start + first.margin
        draft = Draft(
            label.printed,
            label.sign,
            self._kind(label, depth),
            label.family,
            readings,
            paragraph.indent,
            start,
            start + label.length,
        )
        self.stack[-1].children.append(draft)
        self.stack.append(draft)
        self._extend(paragraph)
        self._heading(paragraph, draft, text)
        return True

    def _heading(self, paragraph: Paragraph, draft: Draft, text: str) -> None:
        """Read the heading after the label, then the lists in the rest of the paragraph."""
        folded = paragraph.folded(self.source)
        after = len(draft.label) + 1
        # A label such as "ARTICLE  IV" folds to fewer characters than it prints.
        after = min(after, len(" ".join(draft.label.split())) + 1)
        heading, length, defines = heading_of(
            text[after:], draft.family is Family.ARTICLE, draft.family is Family.SECTION
        )
        draft.heading = heading
        draft.wants_heading = draft.family is Family.ARTICLE and not heading
        if defines:
            draft.kind = NodeKind.DEFINITION
            length = 0
        if after + length < len(folded):
            draft.body = to_source(folded, after + length, len(folded)).start
        else:
            draft.body = paragraph.span.end
        self._clause_after_heading(paragraph, draft, after + length)

    def _clause_after_heading(self, paragraph: Paragraph, draft: Draft, after: int) -> None:
        """Open the clause (a) that stands right after a section's heading, unless it begins a list run in there."""
        folded = paragraph.folded(self.source)
        rest = folded.text[after:]
        label = label_at(rest) if draft.family is Family.SECTION else None
        readings = tuple(reading for reading in label.readings if reading.ordinal == 1) if label else ()
        if label is None or label.family is not Family.PAREN or not readings or label.length >= len(rest):
            self._lists(paragraph, draft, after)
            return
        if any(item.start == 0 for item in run_in_items(rest)):
            self._lists(paragraph, draft, after)
            return
        span = to_source(folded, after, len(folded))
        body = to_source(folded, after + label.length, len(folded)).start
        clause = Draft(
            label.printed,
            label.sign,
            NodeKind.CLAUSE,
            Family.PAREN,
            readings,
            paragraph.indent,
            span.start,
            body,
            span.end,
        )
        draft.children.append(clause)
        self.stack.append(clause)
        self._lists(paragraph, clause, after + label.length)

    def _place(self, paragraph: Paragraph, label: Label, text: str) -> tuple[int | None, tuple[Reading, ...], bool]:
        """Where in the stack a node with this label goes, the readings that remain, whether a list goes on."""
        if label.family is Family.ARTICLE:
            return 1, label.readings, False
        if label.readings[0].style is Style.DECIMAL:
            return self._place_decimal(label), label.readings, False
        whole_heading = label.family is Family.SECTION and is_heading_line(text)
        continued = self._continued(paragraph, label, text, whole_heading)
        if continued is not None:
            return *continued, True
        return *self._begun(paragraph, label, text, whole_heading), False

    def _place_decimal(self, label: Label) -> int:
        """A decimal section goes under the section whose number it extends, else under the article."""
        parent = label.sign.rsplit(".", 1)[0]
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].sign == parent and self.stack[depth].family is Family.SECTION:
                return depth + 1
        article = len(self.stack) > 1 and self.stack[1].family is Family.ARTICLE
        return 2 if article and self.stack[1].kind is NodeKind.ARTICLE else 1

    def _continued(
        self, paragraph: Paragraph, label: Label, text: str, whole_heading: bool
    ) -> tuple[int | None, tuple[Reading, ...]] | None:
        """The innermost list this label continues.

        That is one whose next ordinal it is; else, standing as far in as the label before, one that left out one
        or two, or repeats it; else, for a section with a heading, any later one.
        """
        headed = label.family is Family.SECTION and heading_of(text[label.length :].lstrip(), False)[0] != ""
        best: tuple[int, tuple[Reading, ...]] | None = None
        for depth in range(len(self.stack) - 1, 0, -1):
            before = self.stack[depth]
            if self._family(before) is not label.family:
                continue
            gap, follow = _gap(before, label)
            if gap is None or self._starts_deeper(before, paragraph, label):
                continue
            if before.kind is NodeKind.ARTICLE and not whole_heading:
                continue
            if gap == 1:
                return depth, follow
            level = abs(before.columns - paragraph.indent) <= _MOST_COLUMNS_OUT
            if best is None and level and (gap <= _MOST_LEFT_OUT or headed):
                best = depth, follow
        return best

    @staticmethod
    def _family(draft: Draft) -> Family:
        """Articles numbered "IV." continue with labels of the section shape."""
        return Family.SECTION if draft.kind is NodeKind.ARTICLE and draft.label[:1] != "A" else draft.family

    @staticmethod
    def _starts_deeper(before: Draft, paragraph: Paragraph, label: Label) -> bool:
        """An (i) further right than the (h) before it starts a list of its own."""
        first = any(reading.ordinal == 1 for reading in label.readings)
        return first and paragraph.indent > before.columns + _MOST_COLUMNS_OUT

    def _begun(
        self, paragraph: Paragraph, label: Label, text: str, whole_heading: bool
    ) -> tuple[int | None, tuple[Reading, ...]]:
        """The place of a label that begins a list (or whose first items are not printed)."""
        if whole_heading:
            roman = tuple(r for r in label.readings if r.style is Style.UPPER_ROMAN)
            if roman and paragraph.indent >= 15:
                return 1, roman
        first = tuple(r for r in label.readings if r.ordinal == 1)
        readings = first or label.readings[:1]
        if label.family is Family.SECTION:
            if readings[0].ordinal > 2 and not heading_of(text[label.length :].lstrip(), False)[0]:
                return None, ()
            open_to_sections = [
                depth
                for depth, draft in enumerate(self.stack)
                if draft.family is not Family.PAREN and draft.kind is not NodeKind.FRONT
            ]
            return open_to_sections[-1] + 1, readings
        if readings[0].ordinal > 2 and label.sign.isdigit():
            return None, ()
        depth = len(self.stack)
        while depth > 1 and self.stack[depth - 1].family is Family.PAREN:
            before = self.stack[depth - 1]
            again = before.columns == paragraph.indent and before.readings[:1] and readings
            if again and before.readings[0].style is readings[0].style:
                return depth - 1, readings
            if before.columns <= paragraph.indent:
                break
            depth -= 1
        return depth, readings

    def _kind(self, label: Label, depth: int) -> NodeKind:
        if label.family is Family.ARTICLE or (depth == 1 and label.sign.isupper() and label.family is Family.SECTION):
            return NodeKind.ARTICLE
        if label.family is Family.SECTION:
            return NodeKind.SECTION
        return NodeKind.CLAUSE if self.stack[depth - 1].family is not Family.PAREN else NodeKind.SUBCLAUSE

    def _lists(self, paragraph: Paragraph, home: Draft, after: int) -> None:
        """Add the run-in items of a paragraph, from folded offset ``after``, to the node it belongs to."""
        folded = paragraph.folded(self.source)
        for item in run_in_items(folded.text[after:]):
            home.children.append(self._item(folded, item, after, 0))

    def _item(self, folded: FoldedText, item: Item, after: int, depth: int) -> Draft:
        span = to_source(folded, item.start + after, item.end + after)
        body = to_source(folded, min(item.body + 1, item.end) + after, item.end + after)
        kind = NodeKind.CLAUSE if depth == 0 else NodeKind.SUBCLAUSE
        draft = Draft(
            item.printed,
            item.sign,
            kind,
            Family.PAREN,
            (),
            0,
            span.start,
            body.start or span.end,
            span.end,
            run_in=True,
        )
        draft.children = [self._item(folded, inner, after, depth + 1) for inner in item.items]
        return draft


def _gap(before: Draft, label: Label) -> tuple[int | None, tuple[Reading, ...]]:
    """How many places after a draft's label another comes, and the readings that say so; None where it does not.

    A repeated label comes no place after. A first capital among small letters is read as one of them.
    """
    found: dict[int, list[Reading]] = {}
    for reading in label.readings:
        for last in before.readings:
            cases = {last.style, reading.style} == {Style.UPPER, Style.LOWER}
            if last.style is reading.style or (cases and label.family is Family.PAREN and last.ordinal == 1):
                gap = reading.ordinal - last.ordinal
                if gap >= 0:
                    found.setdefault(gap, []).append(reading)
    if not found:
        return None, ()
    nearest = 1 if 1 in found else min(found)
    return nearest, tuple(found[nearest])
