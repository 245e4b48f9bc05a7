"""Accounting for sentences: each one belongs to a section that is executed, tracked, by finding or text only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from paripassu.documents.digests import resolve
from paripassu.documents.model import Document, Node, NodeKind, Sentence
from paripassu.documents.places import Places
from paripassu.documents.sentences import sentences


class Status(Enum):
    """What becomes of a section: computed, followed by hand, decided by a person, read only, not begun.

    Front matter (cover, title, words of agreement) has its status by its nature.
    """

    EXECUTED = "executed"
    TRACKED = "tracked"
    BY_FINDING = "by finding"
    TEXT_ONLY = "text only"
    PLANNED = "planned"
    FRONT_MATTER = "front matter"


@dataclass(frozen=True, slots=True)
class Accounting:
    """The sentences of one document by the status that covers them.

    ``unaccounted`` are those no status covers; ``unknown`` are paths given a status that the document does not have.
    """

    counts: Mapping[Status, int]
    unaccounted: tuple[Sentence, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> int:
        """The number of sentences of the document."""
        return sum(self.counts.values()) + len(self.unaccounted)


def _by_items(node: Node, sentence: Sentence, given: Mapping[str, Status]) -> Status | None:
    """The status of a sentence whose list has one for every item: that of its first item."""
    items = [child.path for child in node.children if child.run_in and sentence.span.contains(child.span)]
    return given[items[0]] if items and all(path in given for path in items) else None


def _by_nature(node: Node, sentence: Sentence, given: Mapping[str, Status]) -> Status | None:
    """Front matter; or words that lead a section, when every section set under them has a status: the first one's."""
    if node.kind is NodeKind.FRONT:
        return Status.FRONT_MATTER
    under = [child for child in node.children if not child.run_in]
    leads = bool(under) and sentence.span.start < under[0].span.start
    return given[under[0].path] if leads and all(child.path in given for child in under) else None


def account(document: Document, statuses: Mapping[str, Sequence[Status] | Status]) -> Accounting:
    """Count the document's sentences by status; a status on a section covers everything inside it.

    The paths may be those of an inventory that counts further than the paper ("VII.A.2"): each is taken for the
    nearest section that contains it. Where several statuses meet on one section, or a section inside it has its
    own, the innermost counts, and of several on one section the first in the order of ``Status``. A sentence whose
    list has a status for each of its items is covered by them.
    """
    places = Places(document)
    given: dict[str, Status] = {}
    unknown: list[str] = []
    order = list(Status)
    for path, value in statuses.items():
        node = resolve(document, path)
        if node is None:
            unknown.append(path)
            continue
        values = [value] if isinstance(value, Status) else list(value)
        for status in values:
            before = given.get(node.path)
            given[node.path] = status if before is None else min(before, status, key=order.index)
    counts: Counter[Status] = Counter()
    unaccounted: list[Sentence] = []
    for sentence in sentences(document, places):
        chain = places.chain(sentence.path)
        covering = next((given[node.path] for node in chain if node.path in given), None)
        if covering is None and chain:
            covering = _by_items(chain[0], sentence, given) or _by_nature(chain[0], sentence, given)
        if covering is None:
            unaccounted.append(sentence)
        else:
            counts[covering] += 1
    return Accounting(dict(counts), tuple(unaccounted), tuple(unknown))
