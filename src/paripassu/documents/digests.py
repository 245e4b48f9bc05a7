"""Sections as they are cited: [start, end) in the folded document with the SHA-256 of that folded text.

Two readings of one document are compared by digest, path by path, so that a changed comma is found and the
innermost section it stands in is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paripassu.documents.folding import sha256, to_folded
from paripassu.documents.labels import roman
from paripassu.documents.model import Document, Node
from paripassu.values.problems import Problem, ProblemKind

_STEP = re.compile(r"(?:\([^()]{1,12}\)|\.[^.()]{1,12}|\#\d{1,4})$")
_COUNTED = re.compile(r"(?<=[A-Z)])\.\d{1,2}(?=\()")
_BEFORE_LABELS = re.compile(r"(?:P|0)(?:\.\d{1,2}[a-z]?)?")
_CONTEXT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Section:
    """One cited section: its path, its place in the folded document, and the digest of its folded text."""

    path: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """How a section found differs from the one cited: "missing", "added" or "changed".

    ``where`` is an offset in the found folded document, and ``cited`` and ``found`` the first differing words,
    where the cited text is at hand; otherwise they are None.
    """

    path: str
    change: str
    where: int | None = None
    cited: str | None = None
    found: str | None = None


def section(document: Document, path: str) -> Section:
    """The section of this path as it is cited.

    Raises Problem UNKNOWN_NAME where the document has no such section.
    """
    for node in document.walk():
        if node.path == path:
            return _section(document, node)
    near = resolve(document, path)
    remedy = f"cite {near.path}, the nearest one" if near else "cite a section that the document has"
    raise Problem(ProblemKind.UNKNOWN_NAME, f"{document.title or 'the document'} has no section {path}", remedy)


def sections(document: Document) -> list[Section]:
    """Every section of the document, in the order of the text."""
    return [_section(document, node) for node in document.walk()]


def _section(document: Document, node: Node) -> Section:
    start, end = to_folded(document.folded, node.span)
    return Section(node.path, start, end, sha256(document.folded.text[start:end]))


def resolve(document: Document, path: str) -> Node | None:
    """The node of this path, or the nearest one that contains it.

    A path from an inventory may count sentences ("VII.A.2", "IX.A.1(iv)"), name letters the paper does not print
    ("4.5(p)"), or stand for the words before the first label ("0.2", "P.1"): steps are dropped until a node is
    found. An article may be cited by figure ("9(a)").
    """
    nodes = {node.path: node for node in document.walk()}
    if _BEFORE_LABELS.fullmatch(path.strip()):
        return nodes.get("PRE")
    tried = path.strip()
    while tried:
        for name in (tried, _article_by_figure(tried), _COUNTED.sub("", tried)):
            if name in nodes:
                return nodes[name]
        shorter = _STEP.sub("", tried)
        if shorter == tried:
            return None
        tried = shorter
    return None


def _article_by_figure(path: str) -> str:
    match = re.match(r"(\d{1,2})(?![\d.])", path)
    return roman(int(match.group(1))) + path[match.end() :] if match and int(match.group(1)) else path


def compare(cited: Sequence[Section], found: Sequence[Section]) -> list[SectionChange]:
    """The sections that differ, innermost only: a parent is named where its own words changed.

    A section that only moved (same digest, other offsets) is no difference.
    """
    by_path = {item.path: item for item in found}
    known = {item.path for item in cited}
    changed = {item.path for item in cited if item.path in by_path and by_path[item.path].sha256 != item.sha256}
    gone = {item.path for item in cited if item.path not in by_path}
    new = {item.path for item in found if item.path not in known}
    inner = [item for item in cited if item.path in changed | gone]
    outer = _containers(cited, inner)
    result = [SectionChange(item.path, "missing") for item in cited if item.path in gone]
    result += [SectionChange(item.path, "added") for item in found if item.path in new]
    result += [SectionChange(item.path, "changed") for item in cited if item.path in changed - outer]
    return result


def _containers(cited: Iterable[Section], inner: Sequence[Section]) -> set[str]:
    """Paths of sections that contain a smaller one of ``inner``."""
    found: set[str] = set()
    for item in cited:
        for other in inner:
            inside = item.start <= other.start and other.end <= item.end
            if inside and other.end - other.start < item.end - item.start:
                found.add(item.path)
                break
    return found


def first_difference(cited: str, found: str) -> tuple[int, str, str] | None:
    """Where two folded texts part: the offset in ``found`` and a few words of each from there; None if equal."""
    if cited == found:
        return None
    at = next(
        (place for place, (one, other) in enumerate(zip(cited, found, strict=False)) if one != other),
        min(len(cited), len(found)),
    )
    start = found.rfind(" ", 0, at) + 1
    return start, _words(cited, start), _words(found, start)


def _words(text: str, start: int) -> str:
    return " ".join(text[start : start + 400].split()[:_CONTEXT_WORDS])


def with_words(
    changes: Iterable[SectionChange], cited: Mapping[str, str], found: Mapping[str, tuple[int, str]]
) -> list[SectionChange]:
    """The same changes with the first differing words.

    ``cited`` gives the folded text of each section as it was cited, ``found`` its place and text as found.
    """
    result: list[SectionChange] = []
    for change in changes:
        if change.change != "changed" or change.path not in cited or change.path not in found:
            result.append(change)
            continue
        place, text = found[change.path]
        parting = first_difference(cited[change.path], text)
        if parting is not None:
            change = SectionChange(change.path, change.change, place + parting[0], parting[1], parting[2])
        result.append(change)
    return result
