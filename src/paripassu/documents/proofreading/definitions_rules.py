"""Definitions: never used, made twice, under two names, used before; variants in case, number and form."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paripassu.documents.model import DocumentKind, NodeKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import stem
from paripassu.documents.proofreading.names import capitalised
from paripassu.documents.proofreading.papers import Paper, Term, make
from paripassu.documents.proofreading.vocabulary import plural_forms

_SYNONYMS = {"shareholder": "stockholder", "shareholders": "stockholders", "stockholders": "stockholder"}
_EXTERNAL = compiled(r"(?P<term>(?:[A-Z][\w’'-]{1,30} ){1,5})\(as defined (?:therein|in (?:the|that) [^()]{1,80})\)")
_INTERNAL = compiled(
    r"(?P<term>(?:[A-Z][\w’'-]{1,30} ){1,5})\(as (?:hereinafter |herein |so )?defined (?:in (?:Section|Article) [\w.()]{1,12}|herein|below|above|hereinafter|hereafter)?\)?"
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
        yield from _small_letters(paper)
        yield from _number_variants(paper)
        yield from _heading_before(paper)
        yield from _quotation_style(paper)
        yield from _unit_variants(paper)


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


def _is_written_as_term(paper: Paper, start: int, end: int) -> bool:
    """Whether every word of meaning at this place is capitalised."""
    parts = re.findall(r"[A-Za-z][^ ]*", paper.text[start:end])
    return all(word[0].isupper() or (len(word) < 4 and word.islower()) for word in parts)


def _unused(paper: Paper) -> Iterator[Finding]:
    """A term given a meaning and never used as a term again."""
    for term in distinct(paper.terms):
        if term.definition.incorporated is not None or len(term.key) < 3 or _in_form(paper, term.definition.path):
            continue
        others = [
            (start, end)
            for start, end in occurrences(paper, term.key)
            if not (term.start - 2 <= start <= term.end) and not paper.in_contents(start)
        ]
        single = " " not in term.key and "-" not in term.key
        if any(
            single or _is_written_as_term(paper, start, end) or not term.definition.term[:1].isupper()
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


def _in_form(paper: Paper, path: str) -> bool:
    return any(node.kind is NodeKind.FORM for node in paper.places.chain(path))


def _twice(paper: Paper) -> Iterator[Finding]:
    """A term given a meaning twice within one scope."""
    groups: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in paper.terms:
        if term.definition.incorporated is None and len(term.key) > 2:
            groups[term.key, term.definition.scope].append(term)
    for (key, _), terms in groups.items():
        full = [term for term in terms if _gives_meaning(paper, term)]
        if len(full) < 2 or _extends(paper, full[1]):
            continue
        yield make(
            RuleClass.DEFINED_TWICE,
            "defined-twice",
            Severity.AMBIGUITY,
            Confidence.PROBABLE,
            [paper.passage(max(0, term.start - 20), term.end + 1) for term in full],
            f'"{key}" is given a meaning more than once',
            "keep one definition",
        )


def _gives_meaning(paper: Paper, term: Term) -> bool:
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
        key = next((form for form in _tails(name) if form in own), None)
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


def _tails(name: str) -> list[str]:
    parts = name.split()
    return [" ".join(parts[place:]) for place in range(len(parts))]


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
                f'"{term.definition.term.title()}" stands for the class and is defined, in the same sentence, as something narrower',
                "small letters for the class",
            )


def _two_names(paper: Paper) -> Iterator[Finding]:
    """One thing given two names at once, or called by a name that is a defined one rearranged."""
    for match in _TWO_NAMES.finditer(paper.text):
        one, two = words(match, "one"), words(match, "two")
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


def content(name: str) -> frozenset[str]:
    """The words of meaning of a name, synonyms made one, order and number aside."""
    found = set()
    for word in re.findall(r"[a-z]+", name.lower()):
        if word in ("of", "the", "for", "a", "an", "and", "to", "in", "s"):
            continue
        word = _SYNONYMS.get(word, word)
        found.add(stem(_SYNONYMS.get(word, word)))
    return frozenset(found)


def _rearranged(paper: Paper) -> Iterator[Finding]:
    """ "Conversion Notice" for "Notice of Conversion"; "Notice of the X" for "Notice of X"."""
    by_content: dict[frozenset[str], Term] = {}
    for term in paper.terms:
        if " " in term.key:
            by_content.setdefault(content(term.key), term)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for use in capitalised(paper):
        text = use.text
        wider = re.match(r" of the (?:[A-Z][a-z]+ ?){1,4}", paper.text[use.end : use.end + 60])
        end = use.end
        if " " not in text and wider is not None:
            text, end = text + wider.group().rstrip(), use.end + len(wider.group().rstrip())
        named = by_content.get(content(text))
        if (
            named is None
            or " " not in text
            or " and " in text
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
    for match in _INTERNAL.finditer(paper.text):
        if not paper.text[match.start() : match.end()].endswith(")"):
            continue
        name = words(match, "term").strip().lower()
        if any(plural_forms(tail) & paper.defined for tail in _tails(name)):
            continue
        near = next(
            (
                term
                for term in paper.terms
                if " " in term.key
                and content(term.key)
                and content(term.key) in [content(tail) for tail in _tails(name)]
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


_COMMON_TERMS = 2


def _small_letters(paper: Paper) -> Iterator[Finding]:
    """A defined term of two words or more in small (or mixed) letters outside its own definition, used as the term."""
    for term in _body_terms(paper):
        if " " not in term.key or term.definition.incorporated is not None:
            continue
        places = occurrences(paper, term.key)
        small = [
            (start, end)
            for start, end in places
            if _is_small(paper, start, end) and not _is_own_definition(paper, term, start)
        ]
        large = [pair for pair in places if _is_written_as_term(paper, *pair)]
        mixed = [pair for pair in small if not paper.text[slice(*pair)].islower()]
        plain = [pair for pair in small if paper.lower[slice(*pair)] == term.key]
        chosen = mixed or (plain if len(plain) == 1 and len(large) >= 3 and len(term.key.split()) > 2 else [])
        if chosen:
            yield make(
                RuleClass.VARIANT,
                "defined-term-in-small-letters",
                Severity.AMBIGUITY,
                Confidence.PROBABLE,
                [paper.passage(max(0, start - 20), end) for start, end in chosen],
                f'"{paper.text[slice(*chosen[0])]}" here, the defined term being "{term.definition.term}"',
                f'"{term.definition.term.title()}"',
            )
    yield from _beside_itself(paper)


def _body_terms(paper: Paper) -> list[Term]:
    """The first definition of each term outside the forms."""
    found: dict[str, Term] = {}
    for term in paper.terms:
        if not _in_form(paper, term.definition.path) and len(term.key) > 3:
            found.setdefault(term.key, term)
    return list(found.values())


def _is_small(paper: Paper, start: int, end: int) -> bool:
    parts = re.findall(r"[A-Za-z]+", paper.text[start:end])
    return any(len(word) > 3 and word.islower() for word in parts) and not paper.in_contents(start)


def _is_own_definition(paper: Paper, term: Term, at: int) -> bool:
    """Whether the words stand in the sentence (or definition) that gives the term its meaning, or before it."""
    sentence = paper.sentence_at(term.start)
    return at < term.end + 900 if sentence is None else sentence.start - 5 <= at < sentence.end


def _beside_itself(paper: Paper) -> Iterator[Finding]:
    """One sentence with "any Security" and "a security": the one-word term in both cases after a determiner."""
    terms = {
        form for term in _body_terms(paper) if " " not in term.key for form in plural_forms(term.key) if len(form) > 5
    }
    pattern = re.compile(r"\b(?:an?|any|such|each|the) ([a-z]{6,20})\b")
    for sentence in paper.sentences:
        seen: set[str] = set()
        for match in pattern.finditer(sentence.text):
            word = match.group(1)
            capital = word.capitalize()
            if (
                word not in terms
                or word in seen
                or not re.search(rf"\b(?:any|such|the|each) {capital}\b", sentence.text)
            ):
                continue
            if match.group().startswith("such ") or not re.search(rf"\bfor an? {word}\b", sentence.text):
                continue
            seen.add(word)
            start = sentence.start + match.start()
            yield make(
                RuleClass.VARIANT,
                "term-beside-itself-in-small-letters",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(max(sentence.start, start - 30), sentence.start + match.end())],
                f'"{word}" and "{capital}" in one sentence',
                f'"{capital}"',
            )


def _number_variants(paper: Paper) -> Iterator[Finding]:
    """A name or set phrase in the other number than everywhere else: "Certificate of Designations", "Purchasers"."""
    yield from _plural_of_one(paper)
    yield from _inner_number(paper)
    yield from _parallel_number(paper)
    yield from _phrase_number(paper)
    yield from _other_holders(paper)


def _plural_of_one(paper: Paper) -> Iterator[Finding]:
    """The plural of a term defined as one named person."""
    for term in _body_terms(paper):
        name = term.definition.term
        if " " in term.key or term.key.endswith("s") or not _names_one_person(paper, term):
            continue
        plural = name.capitalize() + "s"
        places = [match.start() for match in re.finditer(rf"\b{re.escape(plural)}\b", paper.text)]
        singular = len(re.findall(rf"\b{re.escape(name.capitalize())}\b", paper.text))
        if places and singular >= 5 * len(places):
            yield make(
                RuleClass.VARIANT,
                "plural-of-one-person",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(0, at - 12), at + len(plural)) for at in places],
                f'"{plural}", of one person defined as "{name}"',
                f'"{name.capitalize()}"',
            )


def _names_one_person(paper: Paper, term: Term) -> bool:
    """Whether the words before the definition are a name in capitals or of an entity."""
    before = paper.text[max(0, term.start - 60) : term.start]
    return (
        re.search(
            r"(?:LDC|LLC|L\.L\.C\.|L\.P\.|LP|INC\.|Inc\.|LTD\.?|Ltd\.?|CORP\.?|N\.A\.|[Cc]orporation|partnership),? \(?(?:the |an? )?[(\"“ ]*(?:the |an? )?[\"“]?$",
            before,
        )
        is not None
    )


def _inner_number(paper: Paper) -> Iterator[Finding]:
    """A defined name of several words with an inner word in the other number."""
    for term in _body_terms(paper):
        parts = term.key.split()
        if len(parts) < 3 and "of" not in parts:
            continue
        for place in range(len(parts)):
            if len(parts[place]) < 5:
                continue
            other = parts[place][:-1] if parts[place].endswith("s") else parts[place] + "s"
            variant = " ".join([*parts[:place], other, *parts[place + 1 :]])
            if place == len(parts) - 1 and "of" not in parts[max(0, place - 1) : place]:
                continue
            if variant in paper.defined:
                continue
            places = [
                at
                for at in paper.find_words(variant)
                if paper.text[at].isupper()
                and not paper.in_contents(at)
                and not _TITLE_GOES_ON.match(paper.text[at + len(variant) : at + len(variant) + 20])
                and not (_in_form(paper, paper.places.path_of(at, at + 5)))
            ]
            if places:
                yield make(
                    RuleClass.VARIANT,
                    "number-inside-the-name",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [paper.passage(at, at + len(variant)) for at in places],
                    f'the defined term is "{term.definition.term}"',
                    f'"{term.definition.term.title()}"',
                )


_TITLE_GOES_ON = re.compile(r",? (?:and )?(?:Preferences|Rights|Powers|Privileges)")


def _parallel_number(paper: Paper) -> Iterator[Finding]:
    """The same words around a capitalised term within one sentence, once with the term in the other number."""
    for sentence in paper.sentences:
        seen: dict[str, tuple[str, int]] = {}
        for match in re.finditer(
            r"\b((?:[a-z]{2,15} ){3})([A-Z][a-z]{3,20})\b( ?\(?[a-z]{2,15} [a-z]{2,15})", sentence.text
        ):
            word = match.group(2)
            single = word[:-1] if word.endswith("s") else word
            frame = match.group(1) + single + match.group(3)
            before = seen.get(frame)
            if before is not None and before[0] != word:
                short, at = (before[0], before[1]) if len(before[0]) < len(word) else (word, match.start(2))
                yield make(
                    RuleClass.VARIANT,
                    "number-differs-in-parallel-words",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [paper.passage(sentence.start + max(0, at - 20), sentence.start + at + len(short))],
                    f'"{before[0]}" and "{word}" in the same words',
                    "one number",
                )
            seen.setdefault(frame, (word, match.start(2)))


_CONTEMPLATED = compiled(r"\bthe (?P<noun>[a-z]{4,20}) (?P<tail>contemplated (?:hereby|by this [A-Z][a-z]+))\b")


def _phrase_number(paper: Paper) -> Iterator[Finding]:
    """ "the transaction contemplated hereby" where the paper's usual phrase is in the plural."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _CONTEMPLATED.finditer(paper.text):
        found[words(match, "noun")].append((match.start(), match.end()))
    for noun, places in found.items():
        plural = noun + "s"
        usual = len(found.get(plural, ()))
        if usual > 2 * len(places) or (usual >= 4 and usual > len(places)):
            yield make(
                RuleClass.VARIANT,
                "number-of-a-set-phrase",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(start, end) for start, end in places],
                f'"the {noun} contemplated" here, "the {plural} contemplated" {usual} times',
                f'"the {plural} contemplated"',
            )


def _other_holders(paper: Paper) -> Iterator[Finding]:
    """ "the Holders of any shares of capital stock", Holders being defined as the holders of one security."""
    term = next((item for item in _body_terms(paper) if item.key in ("holder", "holders")), None)
    if term is None:
        return
    for match in re.finditer(
        r"\b(?:the )?Holders? of (?:any |all |the )?(?:other )?(?:shares of |classes of |class of )?(capital stock|other securities|other stock|Common Stock|common stock|any class)\b",
        paper.text,
    ):
        if re.search(
            r"\bby (?:such |the |each |any |a )?$",
            paper.text[max(0, match.start() - 14) : match.start() + (4 if match.group().startswith("the ") else 0)],
        ):
            continue  # "a sale by the Holder of shares"
        yield make(
            RuleClass.VARIANT,
            "term-for-other-persons",
            Severity.RIGHTS,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end())],
            f'"{term.definition.term.title()}" is defined and here means holders of something else',
            '"holders", in small letters',
        )


def _heading_before(paper: Paper) -> Iterator[Finding]:
    """A term in a heading of an earlier Article than the one that defines it, and used nowhere in between."""
    headings = [
        (bounds[0], node)
        for node, bounds in zip(paper.places.nodes, paper.places.bounds, strict=True)
        if node.heading and not node.run_in
    ]
    for term in _body_terms(paper):
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


def _quotation_style(paper: Paper) -> Iterator[Finding]:
    """Definitions in mixed case in a paper that prints its defined terms in capitals."""
    own = [
        term
        for term in paper.terms
        if term.definition.incorporated is None and len(term.key) > 3 and _is_quoted(paper, term)
    ]
    capitals = [term for term in own if term.definition.term.upper() == term.definition.term]
    shouted = {term.key for term in capitals}
    mixed = [
        term
        for term in own
        if term.key not in shouted
        and term.definition.term[:1].isupper()
        and not term.definition.term.isupper()
        and term not in capitals
        and re.search("[a-z]{3}", term.definition.term)
    ]
    if len(capitals) < 8 or not mixed or len(mixed) * 5 > len(capitals):
        return
    yield make(
        RuleClass.VARIANT,
        "definition-not-in-house-style",
        Severity.COSMETIC,
        Confidence.CERTAIN,
        [paper.passage(max(0, term.start - 8), term.end + 1) for term in mixed],
        "defined terms are printed in capitals where they are defined, these are not",
        "capitals",
    )


def _unit_variants(paper: Paper) -> Iterator[Finding]:
    """ "trading date" where the paper counts in trading days."""
    for kind in ("trading", "business", "banking"):
        if f"{kind} day" not in paper.lower:
            continue
        places = paper.find_words(f"{kind} date") + paper.find_words(f"{kind} dates")
        if places:
            yield make(
                RuleClass.VARIANT,
                "unit-under-another-word",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(at, at + len(kind) + 5) for at in sorted(places)],
                f'"{kind} date" here, "{kind} day" elsewhere',
                f'"{kind} day"',
            )


def _is_quoted(paper: Paper, term: Term) -> bool:
    return paper.text[term.start : term.start + 1] in ('"', "“") or paper.text[term.start - 1 : term.start] in (
        '"',
        "“",
    )
