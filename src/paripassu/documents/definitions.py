"""Definitions: which terms a document gives a meaning, within what scope, and which it takes over from another.

Stored filings print a defined term in capitals where it is defined and in title case where it is used, so terms are
matched without regard to case (``key``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from paripassu.documents.folding import to_folded
from paripassu.documents.model import Definition, NodeKind
from paripassu.documents.patterns import Match, compiled, words
from paripassu.documents.places import Places

_TERM = r"[\"“](?P<term>[A-Za-z][^\"“”]{0,99}?)[,.;]?[\"”]"
_QUOTED = compiled(_TERM)
_MEANS = compiled(
    r"^,?(?:[^.;:()\"“]{0,120}|[^.;\"“]{0,60}\) ?)?\b(?:means?|shall mean|shall have the meaning|has the meaning"
    r"|have the meaning|refers? to|includes?|shall (?:also )?be deemed to|is defined|shall be an amount)\b"
)
_LISTED = compiled(r"^,?(?:,? ?(?:and|or)? ?[\"“][^\"“”]{1,60}[\"”]){1,6}")
_NAMED_BEFORE = re.compile(
    r"(?:referred to (?:herein|hereinafter|hereafter|herein collectively|collectively herein)?(?: as)?"
    r"(?: an?| the)?|(?:hereinafter|herein) (?:called|defined as|referred to as)(?: an?| the)?|defined as|known as"
    r"|(?:being|are|is) (?:collectively )?(?:an?|the)|to herein as (?:an?|the)|or the|and the) ?$",
    re.IGNORECASE,
)
_AS_TERM_IS = compiled(
    r"^,? \(?as (?:(?:that|such|the) terms? (?:is|are) )?defined (?:in|under|by) "
    r"(?P<place>[^,;()]{1,60}(?:\([a-z\d]{1,3}\)[^,.;()]{0,60})?)"
)
_CLOSES = compiled(
    r"^[,.]?(?:(?:,? ?(?:or|and)(?:,? together with [^()\"“”]{1,60})?,? "
    r"(?:the |an? |collectively,? (?:the )?)?[\"“][^\"“”]{1,50}[\"”][,.]?)"
    r"{0,3}\)|,? (?:and|or) (?:the |an? )?(?:collectively,? )?(?:the )?[\"“])"
)
_LEADING = re.compile(r"^(?:No|Any|Such|The|Each|All|Every|An?|If) ", re.IGNORECASE)
_BRACKET_REACH = 400
_AS_DEFINED = compiled(
    r"(?P<term>(?:[A-Z][\w&'-]{0,30} ?){1,6})"
    r"\((?:each )?as (?:such terms? (?:is|are) |that term is )?defined (?:in|under) (?P<place>[^()]{1,200})\)"
)
_ALL_TERMS = compiled(
    r"(?i)capitalized terms? used (?:herein|in this [a-z ]{1,30}) (?:and|but) not (?:otherwise )?defined[^.]{0,80}\bin "
    r"(?P<place>the [^.()]{1,120})"
)
_SCOPE = re.compile(
    r"for (?:the )?purposes? of this (Section|Article|paragraph|subsection|clause)\b ?([IVXLC\d]{1,6}(?:\.\d{1,3})?)?"
    r"|as used in this (Section|Article|paragraph|subsection|clause)\b ?([IVXLC\d]{1,6}(?:\.\d{1,3})?)?",
    re.IGNORECASE,
)
_VARIABLE = compiled(r"(?:^| )(?:Where |where:? )?(?P<term>[A-Z][A-Z]{0,5}'?) = (?:the|one|an?|[A-Z][a-z]+) ")
_OTHER_PAPER = re.compile(r"\b(Agreement|Certificate|Warrant|Indenture|Note|Act|Rule|Code|Designation)", re.IGNORECASE)
_HERE = re.compile(r"\b(?:herein|hereof|below|above|hereto|this)\b", re.IGNORECASE)
_EACH_LEVEL = (NodeKind.ARTICLE, NodeKind.SECTION)


def key(term: str) -> str:
    """A term for comparison: small letters, one blank, without a closing comma or stop."""
    return " ".join(term.split()).rstrip(",.;").casefold()


def definitions(places: Places) -> tuple[Definition, ...]:
    """Every definition in the document, in the order of the text.

    Found are: a quoted term followed by "means" and its like, a quoted term closing a parenthesis or named by
    "referred to as", the variables of a formula, and terms taken over "as defined in" another paper. A document
    that takes over all terms of another gives one definition of the term "*".
    """
    text = places.document.folded.text
    found = [*_quoted(places, text), *_taken_over(places, text), *_variables(places, text)]
    return tuple(sorted(found, key=lambda item: (item.span, item.term)))


def _quoted(places: Places, text: str) -> list[Definition]:
    found: list[Definition] = []
    listed_until = -1
    for match in _QUOTED.finditer(text):
        start, end = match.start(), match.end()
        following = text[end : end + 200]
        chain = _LISTED.match(following)
        reach = end + (chain.end() if chain else 0)
        means = _MEANS.search(text[reach : reach + 200]) is not None
        if means and chain:
            listed_until = max(listed_until, reach)
        taken = _AS_TERM_IS.match(following)
        if taken is not None and not _HERE.search(words(taken, "place")):
            found.append(_incorporated(places, match, words(match, "term"), words(taken, "place")))
        elif means or start < listed_until or _closes_bracket(text, start, end) or _is_named(text, start):
            found.append(_definition(places, words(match, "term"), start, end))
    return found


def _closes_bracket(text: str, start: int, end: int) -> bool:
    """Whether the quoted term stands at the end of a parenthesis, as in (the "X") or ("X" or the "Y")."""
    inside = _bracket_before(text, start)
    if inside is None or (inside and not inside.endswith(" ")):
        return False
    rest = text[end : end + 90]
    return _CLOSES.match(rest) is not None


def _bracket_before(text: str, start: int) -> str | None:
    """The words between the bracket still open at ``start`` and ``start``; None where none is open nearby."""
    depth = 0
    for at in range(start - 1, max(-1, start - _BRACKET_REACH), -1):
        if text[at] == ")":
            depth += 1
        elif text[at] == "(":
            if depth == 0:
                return text[at + 1 : start]
            depth -= 1
    return None


def _is_named(text: str, start: int) -> bool:
    before = text[max(0, start - 60) : start]
    named = _NAMED_BEFORE.search(before)
    if named is None:
        return False
    words_named = named.group().lower()
    if words_named.startswith(("or the", "and the", "being", "is ", "are ")):
        wider = text[max(0, start - 200) : start]
        return _bracket_before(text, start) is not None or "referred to" in wider
    return True


def _definition(places: Places, term: str, start: int, end: int) -> Definition:
    path = places.path_of(start, end)
    return Definition(" ".join(term.split()), _scope(places, path, start, end), places.span(start, end), path)


def _scope(places: Places, path: str, start: int, end: int) -> str:
    """ "document", or the path of the section or form the words confine the term to."""
    chain = places.chain(path)
    form = next((node for node in chain if node.kind is NodeKind.FORM), None)
    text = places.document.folded.text
    sentence = text.rfind(". ", max(0, start - 300), start) + 1
    around = text[max(sentence, start - 300, 0) : end + 120]
    stop = around.find(". ", len(around) - 120)
    match = _SCOPE.search(around[:stop] if stop > 0 else around)
    if match is not None:
        number = match.group(2) or match.group(4)
        if number and number in places.by_path:
            return number
        kind = (match.group(1) or match.group(3)).lower()
        if kind in ("section", "article"):
            wanted = NodeKind.ARTICLE if kind == "article" else NodeKind.SECTION
            named = next((node for node in chain if node.kind is wanted), None)
            return named.path if named else (path or "document")
        return path or "document"
    return form.path if form else "document"


def _taken_over(places: Places, text: str) -> list[Definition]:
    found: list[Definition] = []
    for match in _AS_DEFINED.finditer(text):
        place = words(match, "place")
        if _OTHER_PAPER.search(place) is None or (_HERE.search(place) and "this Agreement" in place):
            continue
        found.append(_incorporated(places, match, _LEADING.sub("", words(match, "term").strip()), place))
    for match in _ALL_TERMS.finditer(text):
        found.append(_incorporated(places, match, "*", words(match, "place")))
    return found


def _incorporated(places: Places, match: Match, term: str, place: str) -> Definition:
    base = _definition(places, term, match.start(), match.end())
    paper = re.sub(r"^(?:the|that certain) ", "", place.strip(), flags=re.IGNORECASE)
    return replace(base, incorporated=paper.rstrip(" ,"))


def _variables(places: Places, text: str) -> list[Definition]:
    """The letters of a formula ("N = the number of days ..."), confined to the node they stand in."""
    found: list[Definition] = []
    for span in places.document.paragraphs:
        start, end = to_folded(places.document.folded, span)
        for match in _VARIABLE.finditer(text[start : min(end, start + 200)]):
            at = start + match.start(1)
            stop = start + match.end(1)
            path = places.path_of(at, stop)
            found.append(Definition(words(match, "term"), path or "document", places.span(at, stop), path))
    return found
