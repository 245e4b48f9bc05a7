"""Where a rule stands: document and section, identified by digest, never by its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citation:
    """A document's short name and a section of it, with the entry of the inventory that states the rule."""

    document: str
    section: str
    entry: str = ""

    def __str__(self) -> str:
        return f"{self.document} {self.section}"
