"""The dictionary: which words are English, and what a misspelt one probably is."""

from __future__ import annotations

import re
from functools import cache

from spellchecker import SpellChecker

from paripassu.documents.proofreading.language_stock import FIELD_WORDS

_PREFIXES = (
    "un",
    "non",
    "re",
    "pre",
    "sub",
    "inter",
    "over",
    "under",
    "de",
    "mis",
    "co",
    "anti",
    "multi",
    "semi",
    "self",
    "out",
    "counter",
    "cross",
)
_SUFFIXES = (
    "s",
    "es",
    "ed",
    "ing",
    "er",
    "ers",
    "able",
    "ability",
    "ly",
    "ness",
    "less",
    "d",
    "or",
    "ors",
    "ee",
    "ees",
    "ation",
    "ations",
    "ize",
    "ized",
    "ization",
    "wise",
    "like",
)


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(language="en", distance=1)


def is_listed(word: str) -> bool:
    """Whether the word itself stands in the dictionary or among the words of the field."""
    return _listed(word.lower().strip("'’"))


def is_word(word: str) -> bool:
    """Whether the word is English, a word of the field, or built from one by a common beginning or ending."""
    word = word.lower().strip("'’")
    return _listed(word) or any(_listed(base) for base in _bases(word))


def _listed(word: str) -> bool:
    return word in FIELD_WORDS or word in _dictionary()


def _bases(word: str) -> list[str]:
    """What is left when a beginning or an ending is taken off; at least three letters."""
    found = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix) and len(word) - len(prefix) >= 4]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            base = word[: -len(suffix)]
            found.extend((base, base + "e"))
            if base.endswith("i"):
                found.append(base[:-1] + "y")
    if word.endswith("ably"):
        found.append(word[:-4])
    return found


def correction(word: str) -> str | None:
    """The commonest English word one letter away, None where there is none."""
    if len(word) > 24 or re.fullmatch(r"[a-z]+", word) is None:
        return None
    suggested = _dictionary().correction(word)
    return suggested if suggested is not None and suggested != word else None


def plural_forms(term: str) -> frozenset[str]:
    """The term, and the same with its last word in the other number."""
    forms = {term, term + "s", term + "es"}
    if term.endswith("ies"):
        forms.add(term[:-3] + "y")
    if term.endswith("y"):
        forms.add(term[:-1] + "ies")
    if term.endswith("es"):
        forms.add(term[:-2])
    if term.endswith("s"):
        forms.add(term[:-1])
    return frozenset(forms)
