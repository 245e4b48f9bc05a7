"""Actors: the persons a paper names by their full name, with the short names it gives them."""

from __future__ import annotations

import re

from paripassu.documents.model import Actor
from paripassu.documents.patterns import compiled, words
from paripassu.documents.places import Places

_FORM = (
    r"(?:Inc\b\.?|INC\b\.?|Incorporated|Corp\b\.?|CORP\b\.?|Corporation|CORPORATION|LLC\b|L\.L\.C\.?|LLP\b|L\.L\.P\.?"
    r"|L\.P\.|LP\b|LDC\b|Ltd\b\.?|LTD\b\.?|Limited|LIMITED|N\.A\.|PLC\b|plc\b|S\.A\.|GmbH\b|AG\b|Trust Company)"
)
_NAMED = compiled(
    rf"\b(?P<name>(?:[A-Z][\w&'-]{{0,30}},? ){{1,6}}?{_FORM})"
    r"(?P<rest>(?:,? (?:or its [a-z ]{1,40}|an? [A-Z][^()\"“]{1,80})?,?)? ?(?:\([^()]{1,120}\))?)"
)
_SHORT = re.compile(r"[\"“]([A-Za-z][^\"“”]{0,60}?)[,.]?[\"”]")
_PAPER = re.compile(r"\b(?:Agreement|Certificate|Stock|Shares|Warrants?|Notes?|Designation|Plan)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:.{0,120}\b(?:OF|BY|BETWEEN|TO|FOR|FROM|WARRANT|THIS)|(?:The|This|By|And|Between|Of|To|If|With|From|In|As|For|Upon"
    r"|Each|Any|Such|Neither|Either|Counsel|On|At|Under|Purchaser|Holder|Attention|AND|THE)) "
)


def actors(places: Places) -> tuple[Actor, ...]:
    """Every person named with the form of a company, once, where it is first named.

    Short names are those in the parenthesis right after any mention ("X, INC., a Delaware corporation (the "Y")"),
    in the order given.
    """
    text = places.document.folded.text
    first: dict[str, tuple[str, int, int]] = {}
    short: dict[str, list[str]] = {}
    for match in _NAMED.finditer(text):
        name = words(match, "name")
        start = match.start()
        while (trimmed := _LEADING.sub("", name)) != name:
            start += len(name) - len(trimmed)
            name = trimmed
        key = _key(name)
        if " " not in key or text[match.start() + len(words(match, "name")) :][:5] == " Law ":
            continue
        first.setdefault(key, (name, start, start + len(name)))
        given = short.setdefault(key, [])
        for found in _SHORT.finditer(words(match, "rest")):
            one = found.group(1)
            if not _PAPER.search(one) and one.casefold() not in (other.casefold() for other in given):
                given.append(one)
    ordered = sorted(first.items(), key=lambda item: item[1][1])
    return tuple(
        Actor(name, tuple(short[key]), places.span(start, end), places.path_of(start, end))
        for key, (name, start, end) in ordered
    )


def _key(name: str) -> str:
    return re.sub(r"[.,]", "", name).casefold()
