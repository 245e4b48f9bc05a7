"""Definitions: never used, made twice, under two names, pointed to and absent, used before."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paripassu.documents.model import DocumentKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import PARTY_NAMES, stem
from paripassu.documents.proofreading.names import capitalised
from paripassu.documents.proofreading.papers import Paper, Term, make
from paripassu.documents.proofreading.terms_in_use import (
    body_terms,
    content,
    distinct,
    in_form,
    is_written_as_term,
    occurrences,
    tails,
)
from paripassu.documents.proofreading.vocabulary import plural_forms

_MOST_TWICE = 3
_EXTERNAL = compiled(r"(?P<term>(?:[A-Z][\w’'-]{1,30} ){1,5})\(as defined (?:therein|in (?:the|that) [^()]{1,80})\)")
_INTERNAL = compiled(
    r"(?P<term>(?:[A-Z][\w’'-]{1,30} ){1,5})\(as (?:hereinafter |hereafter |herein |so )?defined"
    r"(?: (?:in (?:Section|Article) [\w.()]{1,12}|herein|below|above|hereinafter|hereafter))?\)"
)
_TWO_NAMES = compiled(
    r"[\"“](?P<one>[A-Z][^\"“”]{2,40})[\"”] or (?:the |a |an )?[\"“](?P<two>[A-Z][^\"“”]{2,40}?)[.,]?[\"”]"
)


def definition_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about definitions inside one paper, for each of these papers."""
    for paper in papers:
        if paper.kind in (DocumentKind.PRESS_RELEASE, DocumentKind.REPORT):
            continue
        yield from _unused(paper)
        yield from _twice(paper)
        yield from _defined_elsewhere_too(paper)
        yield from _used_in_own_definition(paper)
        yield from _two_names(paper)
        yield from _pointed_but_absent(paper)
        yield from _heading_before(paper)
        yield from _owners_under_two_names(paper)


def _unused(paper: Paper) -> Iterator[Finding]:
    """A term given a meaning and never used as a term again."""
    for term in distinct(paper.terms):
        if term.definition.incorporated is not None or len(term.key) < 3 or in_form(paper, term.definition.path):
            continue
        if re.search(r" [a-z]{4,}", term.definition.term):
            continue  # words quoted from elsewhere, not a term
        others = [
            (start, end)
            for start, end in occurrences(paper, term.key)
            if not (term.start - 2 <= start <= term.end) and not paper.in_contents(start)
        ]
        single = " " not in term.key and "-" not in term.key
        if any(
            single or is_written_as_term(paper, start, end) or not term.definition.term[:1].isupper()
            for start, end in others
        ):
            continue
        sentence = paper.sentence_at(term.start)
        start = max(sentence.start if sentence else 0, term.start - 24)
        yield make(
            RuleClass.UNUSED,
            "defined-never-used",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(start, term.end + 1)],
            f'"{term.definition.term}" is defined and not used again in this paper',
            "use it where it is meant, or delete the definition",
        )


def _twice(paper: Paper) -> Iterator[Finding]:
    """A term given a meaning twice within one scope; nothing is said of a text that binds several papers together."""
    end = _end_of_body(paper)
    groups: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in paper.terms:
        if term.definition.incorporated is None and len(term.key) > 2 and term.start < end:
            groups[term.key, term.definition.scope].append(term)
    found = [finding for (key, _), terms in groups.items() for finding in _given_twice(paper, key, terms)]
    if len(found) <= _MOST_TWICE:
        yield from found


def _given_twice(paper: Paper, key: str, terms: Sequence[Term]) -> Iterator[Finding]:
    if key in PARTY_NAMES or terms[0].definition.term.islower() or re.search(r"\b(?:agreement|amendment)\b", key):
        return  # the parties and the paper are named again in what is bound with it
    full = [term for term in terms if _gives_meaning(paper, term)]
    if len(full) >= 2 and not _extends(paper, full[1]):
        yield make(
            RuleClass.DEFINED_TWICE,
            "defined-twice",
            Severity.AMBIGUITY,
            Confidence.PROBABLE,
            [paper.passage(max(0, term.start - 20), term.end + 1) for term in full],
            f'"{key}" is given a meaning more than once',
            "keep one definition",
        )


_ATTACHED = compiled(r"\b(?:IN WITNESS WHEREOF|EXHIBIT [A-Z]\b|SCHEDULE [\dA-Z]\b|ANNEX [\dA-Z]\b|\[Signature)")


def _end_of_body(paper: Paper) -> int:
    """Where the signatures or the first attachment begin, in the second third of the paper or later."""
    third = len(paper.text) // 3
    return next((match.start() for match in _ATTACHED.finditer(paper.text) if match.start() > third), len(paper.text))


def _gives_meaning(paper: Paper, term: Term) -> bool:
    if re.search(r"(?i)\b(?:en)?titled (?:the )?[\"“]?$", paper.text[max(0, term.start - 16) : term.start + 1]):
        return False
    if re.search(
        r"\bmeaning\b|\bas defined in\b|\bdefined in Section\b|\breferenced\b", paper.text[term.end : term.end + 90]
    ):
        return False  # "shall have the meaning set forth in" points to the other place
    return paper.text[max(0, term.start - 1) : term.start] in ('"', "“", "(") or paper.text[
        term.start : term.start + 1
    ] in ('"', "“")


def _extends(paper: Paper, term: Term) -> bool:
    """Whether a second definition says that it adds to the first ("also shall be deemed to refer to")."""
    return re.search(r"\b(?:also|further|in addition|additionally)\b", paper.text[term.end : term.end + 60]) is not None


def _defined_elsewhere_too(paper: Paper) -> Iterator[Finding]:
    """A term taken from another paper and given a meaning here as well."""
    own = {term.key: term for term in paper.terms if term.definition.incorporated is None}
    for match in _EXTERNAL.finditer(paper.text):
        name = words(match, "term").strip().lower()
        key = next((form for form in tails(name) if form in own), None)
        if key is None or abs(own[key].start - match.start()) < 60:
            continue
        yield make(
            RuleClass.DEFINED_TWICE,
            "taken-over-and-defined",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end()), paper.passage(max(0, own[key].start - 10), own[key].end + 1)],
            f'"{key}" is taken over from another paper here and defined in this paper too',
            "keep the definition of this paper",
        )


def _used_in_own_definition(paper: Paper) -> Iterator[Finding]:
    """A term used, capitalised, for something wider in the sentence that defines it."""
    for term in paper.terms:
        if (
            term.definition.incorporated is not None
            or " " not in term.key
            or paper.text[term.start - 1 : term.start] not in ('"', "“", " ")
        ):
            continue
        sentence = paper.sentence_at(term.start)
        if sentence is None or not re.search(
            r"\((?:the|an?|each,? an?)? ?[\"“]?$", paper.text[max(0, term.start - 12) : term.start + 1]
        ):
            continue
        before = paper.text[sentence.start : term.start - 1]
        uses = [
            match.start() for match in re.finditer(rf"\bof {re.escape(term.definition.term.title())} of [A-Z]", before)
        ]
        for at in uses:
            yield make(
                RuleClass.DEFINED_TWICE,
                "used-wider-in-own-definition",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(max(sentence.start, sentence.start + at - 30), term.end + 1)],
                f'"{term.definition.term.title()}" stands for the class and is defined, in the same sentence, as '
                "something narrower",
                "small letters for the class",
            )


def _two_names(paper: Paper) -> Iterator[Finding]:
    """One thing given two names at once, or called by a name that is a defined one rearranged."""
    for match in _TWO_NAMES.finditer(paper.text):
        one, two = words(match, "one").rstrip(".,"), words(match, "two").rstrip(".,")
        if one.lower() in two.lower() or two.lower() in one.lower() or not _is_given(paper, match.start(), one, two):
            continue
        if one.lower() in plural_forms(two.lower().rstrip(".,")):
            continue
        yield make(
            RuleClass.TWO_NAMES,
            "two-names-given",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end())],
            f'one thing is named "{one}" and "{two}"',
            "keep one name",
        )
    yield from _rearranged(paper)
    yield from _short_of_a_word(paper)


def _is_given(paper: Paper, at: int, one: str, two: str) -> bool:
    """Whether two quoted words are names given to one thing, both used again."""
    given = re.search(r"(?:\(|\bas |\b)(?:the |an? )$|\($", paper.text[max(0, at - 8) : at]) is not None
    return given and all(len(occurrences(paper, name.lower())) > 1 for name in (one, two))


def _rearranged(paper: Paper) -> Iterator[Finding]:
    """ "Conversion Notice" for "Notice of Conversion"; "Notice of the X" for "Notice of X"."""
    by_content: dict[frozenset[str], Term] = {}
    for term in paper.terms:
        if " " in term.key:
            by_content.setdefault(content(term.key, whole=True), term)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for use in capitalised(paper):
        text = re.sub(r"[’']s?$", "", use.text)
        wider = re.match(r" of the (?:[A-Z][a-z]+ ?){1,4}", paper.text[use.end : use.end + 60])
        end = use.end
        if " " not in text and wider is not None:
            text, end = text + wider.group().rstrip(), use.end + len(wider.group().rstrip())
        named = by_content.get(content(text, whole=True))
        if (
            named is None
            or " " not in text
            or " and " in text
            or text.isupper()
            or "- " in text
            or named.key == f"the {text.lower()}"
            or text.endswith("-")
            or text.lower() in plural_forms(named.key)
            or text.lower() in paper.defined
            or _close(text, named.key)
        ):
            continue
        found[f"{text}|{named.definition.term}"].append((use.start, end))
    for names, places in found.items():
        name, defined = names.split("|", 1)
        yield make(
            RuleClass.TWO_NAMES,
            "name-rearranged",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(start, end) for start, end in places],
            f'"{name}" is not defined; the defined term is "{defined.title()}"',
            f'"{defined.title()}"',
        )


def _close(text: str, key: str) -> bool:
    """Whether a name differs from the term only in the number of one word (reported as a variant)."""
    return [stem(word) for word in text.lower().split()] == [stem(word) for word in key.split()]


def _short_of_a_word(paper: Paper) -> Iterator[Finding]:
    """A long name that is usually longer by one last word ("Nasdaq National Market" for "... Market System")."""
    uses = [use for use in capitalised(paper) if 2 < len(use.text.split()) < 7 and " and " not in use.text]
    counts = Counter(use.text for use in uses)
    for short in sorted(counts):
        longer = [
            name for name in counts if name.startswith(short + " ") and len(name.split()) == len(short.split()) + 1
        ]
        for name in longer:
            if counts[name] < 2 or counts[short] >= counts[name] or name.rsplit(" ", 1)[1] in ("Rule", "Section"):
                continue
            if short.lower() in paper.defined or name.lower() in paper.defined:
                continue
            places = [paper.passage(use.start, use.end) for use in uses if use.text == short]
            yield make(
                RuleClass.TWO_NAMES,
                "name-cut-short",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                places,
                f'"{short}" here, "{name}" elsewhere',
                "one name",
            )


def _pointed_but_absent(paper: Paper) -> Iterator[Finding]:
    """ "X (as defined in Section S)" or "(as defined herein)" where the paper has no definition of X."""
    body = {term.key for term in body_terms(paper)}
    for match in _INTERNAL.finditer(paper.text):
        name = words(match, "term").strip().lower()
        if any(plural_forms(tail) & body for tail in tails(name)) or any(key.endswith(f" {name}") for key in body):
            continue
        bare = re.escape(words(match, "term").strip().removesuffix("s"))
        if re.search(rf"\b{bare}s? (?:means?|shall mean|is defined)\b", paper.text):
            continue  # a definition without quotation marks
        near = next(
            (
                term
                for term in paper.terms
                if " " in term.key
                and content(term.key)
                and content(term.key) in [content(tail) for tail in tails(name)]
            ),
            None,
        )
        first = match.start()
        passages = [paper.passage(first, match.end())]
        if near is not None:
            passages.append(paper.passage(max(0, near.start - 8), near.end + 1))
        yield make(
            RuleClass.TWO_NAMES if near else RuleClass.UNDEFINED,
            "defined-under-another-name" if near else "defined-nowhere",
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            passages,
            f'the definition pointed to is of "{near.definition.term}"'
            if near
            else f'no definition of "{words(match, "term").strip()}" is to be found',
            f'one name for both, "{near.definition.term.title()}" or this' if near else "define it",
        )


def _heading_before(paper: Paper) -> Iterator[Finding]:
    """A term in a heading of an earlier Article than the one that defines it, and used nowhere in between."""
    headings = [
        (bounds[0], node)
        for node, bounds in zip(paper.places.nodes, paper.places.bounds, strict=True)
        if node.heading and not node.run_in
    ]
    for term in body_terms(paper):
        if " " not in term.key or term.definition.incorporated is not None:
            continue
        for start, node in headings:
            if term.key not in node.heading.lower() or start >= term.start:
                continue
            at = paper.lower.find(term.key, start, start + 300)
            between = [
                pair
                for pair in occurrences(paper, term.key)
                if pair[0] < term.start - 2 and pair[0] != at and not paper.in_contents(pair[0])
            ]
            if at < 0 or between or paper.article_of(node.path) == paper.article_of(term.definition.path):
                continue
            yield make(
                RuleClass.USED_BEFORE,
                "heading-before-definition",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(start, at + len(term.key)), paper.passage(max(0, term.start - 20), term.end + 1)],
                f'"{term.definition.term}" stands in a heading long before its definition',
                "reword the heading",
            )


def _owners_under_two_names(paper: Paper) -> Iterator[Finding]:
    """Stockholders and shareholders in one paper."""
    places = {
        name: [at for form in (name, name + "s") for at in paper.find_words(form) if paper.text[at].islower()]
        for name in ("stockholder", "shareholder")
    }
    rare, usual = sorted(places, key=lambda name: len(places[name]))
    if places[rare]:
        yield make(
            RuleClass.TWO_NAMES,
            "owners-under-two-names",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, at - 12), at + len(rare)) for at in sorted(places[rare])],
            f'"{rare}" here, "{usual}" elsewhere in the paper',
            f'"{usual}"',
        )
