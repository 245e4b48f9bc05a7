"""Variants of defined terms: in case, in number, in form, and set phrases in another number than everywhere else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paripassu.documents.model import DocumentKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.names import capitalised
from paripassu.documents.proofreading.papers import Paper, Term, make
from paripassu.documents.proofreading.terms_in_use import body_terms, in_form, is_written_as_term, occurrences
from paripassu.documents.proofreading.vocabulary import plural_forms

_USUAL_NAME = 5


def variant_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about variants of terms, for each of these papers."""
    for paper in papers:
        if paper.kind in (DocumentKind.PRESS_RELEASE, DocumentKind.REPORT):
            continue
        yield from _small_letters(paper)
        yield from _number_variants(paper)
        yield from _quotation_style(paper)
        yield from _unit_variants(paper)


def _small_letters(paper: Paper) -> Iterator[Finding]:
    """A defined term of two words or more in small (or mixed) letters outside its own definition, used as the term."""
    for term in body_terms(paper):
        if " " not in term.key or term.definition.incorporated is not None:
            continue
        if re.search(r"\b[a-z]{4,}", term.definition.term):
            continue  # the term itself is printed in small letters
        places = occurrences(paper, term.key)
        small = [
            (start, end)
            for start, end in places
            if _is_small(paper, start, end) and not _is_own_definition(paper, term, start)
        ]
        large = [pair for pair in places if is_written_as_term(paper, *pair)]
        mixed = [pair for pair in small if not paper.text[slice(*pair)].islower()]
        plain = [
            pair
            for pair in small
            if paper.lower[max(0, pair[0] - 4) : pair[0]] == "the " and paper.lower[slice(*pair)] == term.key
        ]
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
    yield from _mixed_names(paper)
    yield from _beside_itself(paper)


_MIXED = compiled(r"\b(?P<first>[a-z]{4,20}) (?P<rest>[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?)\b")


def _mixed_names(paper: Paper) -> Iterator[Finding]:
    """A name used at least five times with capitals, its first word once in small letters ("common Stock")."""
    defined = {term.key for term in body_terms(paper)}
    counts = Counter(use.text for use in capitalised(paper))
    for match in _MIXED.finditer(paper.text):
        name = f"{words(match, 'first').capitalize()} {words(match, 'rest')}"
        if counts[name] >= _USUAL_NAME and name.lower() not in defined and paper.sentence_at(match.start()) is not None:
            yield make(
                RuleClass.VARIANT,
                "name-in-mixed-case",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end())],
                f'"{match.group()}" here, "{name}" elsewhere',
                f'"{name}"',
            )


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
        form for term in body_terms(paper) if " " not in term.key for form in plural_forms(term.key) if len(form) > 5
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
    for term in body_terms(paper):
        name = term.definition.term.title()
        if term.key.endswith("s") or not (_names_one_person(paper, term) or _is_the_role(paper, term)):
            continue
        plural = name + "s"
        places = [match.start() for match in re.finditer(rf"\b{re.escape(plural)}\b", paper.text)]
        singular = len(re.findall(rf"\b{re.escape(name)}\b", paper.text))
        if (
            places
            and singular >= (1 if " " in term.key else 5) * len(places)
            and f'"{plural.upper()}"' not in paper.text.upper()
        ):
            yield make(
                RuleClass.VARIANT,
                "plural-of-one-person",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(0, at - 12), at + len(plural)) for at in places],
                f'"{plural}", of one person defined as "{name}"',
                f'"{name}"',
            )


def _is_the_role(paper: Paper, term: Term) -> bool:
    """Whether a name of two words that ends with a role is given to one person ('(the "INITIAL PURCHASER")')."""
    words_ = term.key.split()
    role = words_[-1] in ("purchaser", "holder", "investor", "buyer", "seller", "lender", "agent")
    given = re.search(r"\(the [\"“]?$", paper.text[max(0, term.start - 8) : term.start + 1]) is not None
    return len(words_) == 2 and role and given


def _names_one_person(paper: Paper, term: Term) -> bool:
    """Whether the words before the definition are a name in capitals or of an entity."""
    before = paper.text[max(0, term.start - 60) : term.start]
    return (
        re.search(
            r"(?:LDC|LLC|L\.L\.C\.|L\.P\.|LP|INC\.|Inc\.|LTD\.?|Ltd\.?|CORP\.?|N\.A\.|[Cc]orporation|partnership),? "
            r"\(?(?:the |an? )?[(\"“ ]*(?:the |an? )?[\"“]?$",
            before,
        )
        is not None
    )


def _inner_number(paper: Paper) -> Iterator[Finding]:
    """A defined name of several words with an inner word in the other number."""
    for term in body_terms(paper):
        parts = term.key.split()
        if len(parts) < 3 and "of" not in parts:
            continue
        for place in range(len(parts)):
            if len(parts[place]) < 5 or parts[place + 1 : place + 2] == ["of"]:
                continue  # "Events of Default" is the plural of "Event of Default"
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
                and not (in_form(paper, paper.places.path_of(at, at + 5)))
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
    term = next((item for item in body_terms(paper) if item.key in ("holder", "holders")), None)
    if term is None:
        return
    for match in re.finditer(
        r"\b(?:the )?Holders? of (?:any |all |the )?(?:other )?(?:shares of |classes of |class of )?(capital "
        r"stock|other securities|other stock|Common Stock|common stock|any class)\b",
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
