"""Where a stretch of the folded text stands: its node, its path, its span in the source."""

from __future__ import annotations

from bisect import bisect_right

from paripassu.documents.folding import to_folded, to_source
from paripassu.documents.model import Document, Node, Span


class Places:
    """The nodes of a document by their folded offsets."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes: list[Node] = []
        self.bounds: list[tuple[int, int]] = []
        self.parents: list[int] = []
        self.by_path: dict[str, int] = {}
        for node in document.outline:
            self._add(node, -1)
        self._starts = [start for start, _ in self.bounds]

    def _add(self, top: Node, above: int) -> None:
        waiting = [(top, above)]
        while waiting:
            node, parent = waiting.pop()
            place = len(self.nodes)
            self.nodes.append(node)
            self.bounds.append(to_folded(self.document.folded, node.span))
            self.parents.append(parent)
            self.by_path[node.path] = place
            waiting.extend((child, place) for child in reversed(node.children))

    def deepest(self, start: int, end: int) -> int:
        """The index of the deepest node that holds folded [start, end), -1 where none does."""
        place = bisect_right(self._starts, start) - 1
        while place >= 0 and not (self.bounds[place][0] <= start and end <= self.bounds[place][1]):
            parent = self.parents[place]
            place = parent if parent >= 0 else self._earlier(place, start, end)
        return place

    def _earlier(self, place: int, start: int, end: int) -> int:
        """A run of siblings ended before this stretch: only a top node can still hold it."""
        before = place - 1
        while before >= 0 and self.parents[before] >= 0:
            before = self.parents[before]
        return before if before >= 0 and self.bounds[before][1] >= end else -1

    def path_of(self, start: int, end: int) -> str:
        """The path of the deepest node that holds folded [start, end), empty where none does."""
        place = self.deepest(start, end)
        return self.nodes[place].path if place >= 0 else ""

    def chain(self, path: str) -> list[Node]:
        """The node of this path and the nodes that contain it, innermost first."""
        found: list[Node] = []
        place = self.by_path.get(path, -1)
        while place >= 0:
            found.append(self.nodes[place])
            place = self.parents[place]
        return found

    def span(self, start: int, end: int) -> Span:
        """The source span of folded [start, end)."""
        return to_source(self.document.folded, start, end)
