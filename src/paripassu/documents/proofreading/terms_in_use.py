"""Defined terms in use: where they stand, how they are written, and what makes two names the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paripassu.documents.model import NodeKind
from paripassu.documents.proofreading.language_stock import stem
from paripassu.documents.proofreading.papers import Paper, Term
from paripassu.documents.proofreading.vocabulary import plural_forms

_SYNONYMS = {"shareholder": "stockholder", "shareholders": "stockholders", "stockholders": "stockholder"}


def occurrences(paper: Paper, term: str) -> list[tuple[int, int]]:
    """Where a term (or its other number) stands, in any case, as whole words, left to right."""
    found = {(at, at + len(form)) for form in plural_forms(term) for at in paper.find_words(form)}
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda pair: (pair[0], -pair[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def distinct(terms: Sequence[Term]) -> list[Term]:
    """The first definition of each term in each scope."""
    found: dict[tuple[str, str], Term] = {}
    for term in terms:
        found.setdefault((term.key, term.definition.scope), term)
    return list(found.values())


def is_written_as_term(paper: Paper, start: int, end: int) -> bool:
    """Whether every word of meaning at this place is capitalised."""
    parts = re.findall(r"[A-Za-z][^ ]*", paper.text[start:end])
    return all(word[0].isupper() or (len(word) < 4 and word.islower()) for word in parts)


def in_form(paper: Paper, path: str) -> bool:
    """Whether a path lies in a form bound with the paper."""
    return any(node.kind is NodeKind.FORM for node in paper.places.chain(path))


def tails(name: str) -> list[str]:
    """A name, and the same without its first words, the longest first."""
    parts = name.split()
    return [" ".join(parts[place:]) for place in range(len(parts))]


def content(name: str, whole: bool = False) -> frozenset[str]:
    """The words of meaning of a name, synonyms made one, order and number aside; their stems unless ``whole``."""
    found = set()
    for word in re.findall(r"[a-z]+", name.lower()):
        if word in ("of", "the", "for", "a", "an", "and", "to", "in", "s"):
            continue
        single = _SYNONYMS.get(word, word)
        single = _SYNONYMS.get(single, single)
        found.add(single.removesuffix("s") if whole else stem(single))
    return frozenset(found)


def body_terms(paper: Paper) -> list[Term]:
    """The first definition of each term outside the forms."""
    found: dict[str, Term] = {}
    for term in paper.terms:
        if not in_form(paper, term.definition.path) and len(term.key) > 3:
            found.setdefault(term.key, term)
    return list(found.values())
