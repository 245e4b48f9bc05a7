"""References: words that point to a provision of the same paper, of another paper, to an attachment, or to law."""

from __future__ import annotations

import re
from bisect import bisect_right

from paripassu.documents.model import NodeKind, Reference, ReferenceKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.places import Places

_PARENS = r"(?: ?\([A-Za-z\d]{1,5}\)){0,6}"
_PROVISION = rf"(?:[IVXLC]{{1,7}}|\d{{1,4}}(?:\.\d{{1,3}}){{0,3}})(?:\.?[A-Z]\b)?{_PARENS}"
_BETWEEN = r"(?:,? (?:and|or|through|to)|,| ?[-–]) "
_NUMBERED = compiled(
    rf"\b(?P<head>[Ss]ections?|SECTIONS?|[Aa]rticles?|ARTICLES?|§§?) (?P<list>{_PROVISION}"
    rf"(?:{_BETWEEN}(?:Sections? |Articles? )?(?:{_PROVISION}|(?:\([A-Za-z\d]{{1,5}}\)){{1,6}})){{0,8}})"
)
_CLAUSES = compiled(
    r"(?i)\b(?P<head>sub-?clauses?|clauses?|sub-?paragraphs?|paragraphs?|sub-?sections?) "
    rf"(?P<list>(?:\([a-z\d]{{1,5}}\)){{1,5}}(?:{_BETWEEN}(?:\([a-z\d]{{1,5}}\)){{1,5}}){{0,8}})"
)
_ITEM = re.compile(rf"{_PROVISION}|(?:\([A-Za-z\d]{{1,5}}\)){{1,6}}")
_ATTACHMENT = compiled(
    r"\b(?P<kind>(?i:exhibit|schedule|annex|appendix|attachment)) (?P<sign>\d{1,2}(?:\.\d{1,3})?|[A-Z](?:-\d{1,2})?)\b"
)
_LAW = compiled(
    r"\b(?:(?:Nasdaq |NASD |NYSE )?Rules? \d{1,5}[A-Za-z]?(?:-\d{1,3})?(?:\([A-Za-z\d]{1,4}\)){0,3}"
    r"|Regulations? (?:\d{1,2}[A-Z](?:-[A-Z])?|[A-Z]{1,2}(?:-[A-Z])?)\b"
    r"|Forms? [A-Z]{1,2}-\d{1,2}[A-Z]?|Form \d{1,2}-[A-Z]\b|Form D\b"
    r"|Title \d{1,2} of the United States Code"
    r"|(?:[A-Z][A-Za-z]{1,20} ){1,5}(?:Act|Code|Law)\b(?: of \d{4})?)"
)
_OF = re.compile(
    r"\.?,? (?:of|to|under|in) (?:(?P<here>this|hereof|its)\b|(?:the |said |such |that certain |an? )?"
    r"(?P<name>[A-Z][\w&'-]{0,30}(?: (?:of|for|to|the|[A-Z][\w&'-]{0,30})){0,8}))"
)
_OF_SECTION = re.compile(rf" ?(?:of|in|under) (?:this )?(?:Section|Article|paragraph) ({_PROVISION})")
_LAW_NAME = re.compile(r"\b(?:Act|Code|Law|Statutes?|Regulations?|Rules?)\b")
_PAPER_NAME = re.compile(
    r"\b(?:Agreement|Certificate of Designations?|Certificate|Warrants?|Indenture|Note|Designation|Plan)\b"
)
_DECIMAL_EXHIBIT = re.compile(r"\d{1,3}\.\d{1,3}")


def references(places: Places) -> tuple[Reference, ...]:
    """Every reference in the document, in the order of the text; each label of a list is one reference.

    Labels themselves (the "ARTICLE I" over an article) and the table of contents are no references.

    A bare clause ("clause (ii) above") is given the path it resolves to from where it stands; where none fits,
    its target is the label alone, for a proofreader to report.
    """
    text = places.document.folded.text
    found = [*_numbered(places, text), *_clauses(places, text), *_attachments(places, text)]
    taken = sorted((item.span.start, item.span.end) for item in found if item.kind is ReferenceKind.LAW)
    found.extend(item for item in _laws(places, text) if not _inside(item, taken))
    labels = {node.span.start for node in places.nodes}
    contents = {node.path for node in places.nodes if node.kind is NodeKind.CONTENTS}
    pointing = (item for item in found if item.span.start not in labels and item.path not in contents)
    return tuple(sorted(pointing, key=lambda item: (item.span, item.target)))


def _inside(item: Reference, taken: list[tuple[int, int]]) -> bool:
    at = bisect_right(taken, (item.span.start, item.span.end + 1_000_000_000)) - 1
    return at >= 0 and taken[at][0] <= item.span.start and item.span.end <= taken[at][1]


def _numbered(places: Places, text: str) -> list[Reference]:
    found: list[Reference] = []
    for match in _NUMBERED.finditer(text):
        start, end = match.start(), match.end()
        listed = words(match, "list")
        at = end - len(listed)
        kind, document, reach = _whose(text, end)
        if kind is ReferenceKind.INTERNAL and reach and re.match(r"\d{3}", listed):
            kind = ReferenceKind.LAW
        items = list(_ITEM.finditer(listed))
        before = ""
        for number, item in enumerate(items):
            sign = canonical(item.group())
            if sign.startswith("("):
                if not before.endswith(")"):
                    break
                sign = _sibling(before, sign)
            before = sign
            first = start if number == 0 else at + item.start()
            last = at + item.end()
            if kind is ReferenceKind.LAW:
                law = f"{document} section {sign}"
                stop = end + reach if number == len(items) - 1 else last
                found.append(Reference(kind, law, places.span(first, stop), places.path_of(first, last), document))
            else:
                found.append(Reference(kind, sign, places.span(first, last), places.path_of(first, last), document))
    return found


def canonical(printed: str) -> str:
    """A provision as printed in the form of a path: "IV. G (ii)." and "IVG(ii)" stay apart, blanks and end stops go."""
    return printed.replace(" ", "").rstrip(".")


def _sibling(before: str, sign: str) -> str:
    """ "Section 4(a) and (b)": the second label stands where the first one's last did."""
    return before[: before.rindex("(")] + sign


def _whose(text: str, end: int) -> tuple[ReferenceKind, str | None, int]:
    """Whether the provision is this paper's, another's or the law's; its name, and how far the name reaches.

    An acronym may stand for a paper or a law; only the provision's number tells (three figures: a law).
    """
    match = _OF.match(text, end, min(len(text), end + 200))
    if match is None or match.group("here"):
        return ReferenceKind.INTERNAL, None, 0
    name = match.group("name")
    law, paper = _LAW_NAME.search(name), _PAPER_NAME.search(name)
    if law is not None and (paper is None or law.start() < paper.start()):
        reach = match.start("name") + law.end() - end
        year = re.match(r" of \d{4}", text[end + reach : end + reach + 8])
        return (
            ReferenceKind.LAW,
            name[: law.end()] + (year.group() if year else ""),
            reach + (year.end() if year else 0),
        )
    if paper is not None:
        return ReferenceKind.DOCUMENT, name[: paper.end()], 0
    acronym = re.match(r"[A-Z]{2,6}\b", name)
    if acronym is not None:
        return ReferenceKind.INTERNAL, acronym.group(), match.start("name") + acronym.end() - end
    return ReferenceKind.INTERNAL, None, 0


def _clauses(places: Places, text: str) -> list[Reference]:
    found: list[Reference] = []
    for match in _CLAUSES.finditer(text):
        start, end = match.start(), match.end()
        listed = words(match, "list")
        at = end - len(listed)
        home = _OF_SECTION.match(text, end, min(len(text), end + 80))
        kind, document, _ = (ReferenceKind.INTERNAL, None, 0) if home else _whose(text, end)
        if home is not None and document is None:
            kind, document, _ = _whose(text, home.end())
        items = list(_ITEM.finditer(listed))
        stem = canonical(home.group(1)) if home else ""
        if home is None and kind is ReferenceKind.INTERNAL:
            stem = stem_of(places, places.path_of(start, end), [item.group() for item in items])
        for number, item in enumerate(items):
            first = start if number == 0 else at + item.start()
            last = at + item.end()
            path = places.path_of(first, last)
            target = stem + item.group()
            found.append(Reference(kind, target, places.span(first, last), path, document))
    return found


def stem_of(places: Places, path: str, signs: list[str]) -> str:
    """The path under which bare labels ("clauses (i) to (iii)") are found from a node.

    It is the node, or the nearest one that contains it, or, where only one fits, a neighbour of those, that has
    all of the labels; failing that, the first of them; empty where nothing fits.
    """
    chain = places.chain(path)
    for wanted in (signs, signs[:1]):
        for node in chain:
            if all(node.path + sign in places.by_path for sign in wanted):
                return node.path
            paths = [child.path for child in node.children]
            fitting = [path for path in paths if all(path + sign in places.by_path for sign in wanted)]
            if len(fitting) == 1:
                return fitting[0]
    return ""


def _attachments(places: Places, text: str) -> list[Reference]:
    found: list[Reference] = []
    for match in _ATTACHMENT.finditer(text):
        kind, sign = words(match, "kind").upper(), words(match, "sign")
        filed = kind == "EXHIBIT" and _DECIMAL_EXHIBIT.fullmatch(sign) is not None
        reference = ReferenceKind.DOCUMENT if filed else ReferenceKind.ATTACHMENT
        target = f"{kind} {sign}"
        start, end = match.start(), match.end()
        document = target if filed else None
        found.append(Reference(reference, target, places.span(start, end), places.path_of(start, end), document))
    return found


def _laws(places: Places, text: str) -> list[Reference]:
    found: list[Reference] = []
    for match in _LAW.finditer(text):
        start, end = match.start(), match.end()
        law = re.sub(r"^(?:The|This|Such|Any|Each|Under|And|Of) ", "", words(match))
        start += len(words(match)) - len(law)
        found.append(Reference(ReferenceKind.LAW, law, places.span(start, end), places.path_of(start, end), law))
    return found
