"""The words of each section by itself, without those of the sections within it that are listed too.

So that a paper can be shown section by section with every word once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from paripassu.documents.digests import Section, sections
from paripassu.documents.model import Filing
from paripassu.documents.provenance import CitedDocument, match_documents

ELSEWHERE = ""
"""Stands in a section's paragraphs for sections within it that are listed by themselves."""


def passages(
    cited: Sequence[CitedDocument], filing: Filing, listed: Mapping[str, Iterable[str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The folded words of every listed section, paragraph by paragraph, by document and path.

    A section within another begins a paragraph. Sections that the filing does not have are left out.
    """
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, document in match_documents(cited, filing).items():
        wanted = set(listed.get(name, ()))
        present = sections(document)
        for one in present:
            if one.path in wanted:
                found[name, one.path] = _own(document.folded.text, one, present, wanted)
    return found


def _own(text: str, section: Section, present: Sequence[Section], wanted: set[str]) -> tuple[str, ...]:
    """The paragraphs of one section, those of listed sections within it replaced by one mark."""
    inside = [one for one in present if section.start <= one.start and one.end <= section.end and one is not section]
    apart = [(one.start, one.end) for one in inside if one.path in wanted]
    cuts = sorted({section.start, section.end, *(one.start for one in inside), *(one.end for one in inside)})
    paragraphs: list[str] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        elsewhere = any(first <= start and end <= last for first, last in apart)
        words = ELSEWHERE if elsewhere else text[start:end].strip()
        if (words or elsewhere) and not (elsewhere and paragraphs[-1:] == [ELSEWHERE]):
            paragraphs.append(words)
    return tuple(paragraphs)
