"""Names across a set of papers: one name with two meanings, one thing under two names; lists that leave an item out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from paripassu.documents.model import DocumentKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, Passage, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import CONTENT_FREE, stem
from paripassu.documents.proofreading.names import capitalised
from paripassu.documents.proofreading.papers import Paper, Term, make

_DATE = compiled(
    r"(?i)\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
_OWN_NAMES = frozenset((
        "agreement", "this agreement", "warrant", "certificate", "note", "company", "holder", "holders", "purchaser",
        "purchasers", "legend", "delivery period", "closing", "notice", "exhibit", "party", "parties", "register",
        "registered",
    ))  # fmt: skip
_KINDS = {"convertible": "convert", "conversion": "convert", "exercise": "exercise"}
_REACH = 330


def set_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about names and lists within and across these papers."""
    yield from _two_meanings(papers)
    yield from _word_dropped(papers)
    yield from _short_names_differ(papers)
    yield from _entity_forms(papers)
    yield from _titles_differ(papers)
    yield from _signatory_titles(papers)
    yield from _role_names(papers)
    for paper in papers:
        if paper.kind is DocumentKind.PRESS_RELEASE:
            continue
        yield from _replaced_meaning(paper)
        yield from _anothers_term(paper)
        yield from _own_term_with_date(paper)
        yield from _siblings_left_out(paper)


def meaning(paper: Paper, term: Term) -> str:
    """The words a definition gives its term: those after "means", or those before the bracket that names it."""
    after = paper.text[term.end : term.end + 60]
    if re.match(r"[\"”,. ]{0,4}(?:means?|shall mean|shall have|refers? to|is )", after):
        sentence = paper.sentence_at(term.start)
        end = min(sentence.end, term.end + _REACH) if sentence else term.end + _REACH
        return paper.text[term.end : end]
    sentence = paper.sentence_at(term.start)
    start = max(sentence.start if sentence else 0, term.start - _REACH)
    before = paper.text[start : term.start]
    cut = max(
        before.rfind('") and '), before.rfind('"), '), before.rfind('") or '), before.rfind("; "), before.rfind('")')
    )
    return before[cut + 3 :] if cut >= 0 and len(before) - cut > 24 else before


def _two_meanings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One defined name whose meanings in two papers name different dates, series or things."""
    groups: dict[str, list[tuple[Paper, Term]]] = defaultdict(list)
    for paper in papers:
        for term in paper.terms:
            if (
                term.definition.incorporated is None
                and len(term.key) > 4
                and term.key not in _OWN_NAMES
                and not _is_role(paper, term)
                and not term.key.endswith((" act", " code"))
            ):
                groups[term.key.replace("shareholder", "stockholder")].append((paper, term))
    for name, found in groups.items():
        places = _odd_ones(found)
        if places:
            yield make(
                RuleClass.TWO_MEANINGS,
                "meanings-differ-across-the-set",
                Severity.AMBIGUITY,
                Confidence.PROBABLE,
                [paper.passage(max(0, term.start - 90), min(term.end + 90, len(paper.text))) for paper, term in places]
                + [
                    pair[0].passage(*span) for pair in places if _APPROVED.search(name) for _, span in _opened(pair)[1:]
                ],
                f'"{name}" has different meanings in these papers',
                "read each in its own paper, and never merge them",
            )


def _is_role(paper: Paper, term: Term) -> bool:
    """Whether a name is given to each of several persons ('(each a "Bank" and, collectively, the "Banks")')."""
    return (
        re.search(r"\(each,? (?:an?|the) |collectively,? the ", paper.text[max(0, term.start - 24) : term.start])
        is not None
    )


def _odd_ones(found: Sequence[tuple[Paper, Term]]) -> list[tuple[Paper, Term]]:
    """The definitions of a name, where two of them differ; empty where they agree or one paper holds them all."""
    if len({paper.name for paper, _ in found}) < 2:
        return []
    different = any(
        _differs(first, second) for first, second in combinations(found[:12], 2) if first[0] is not second[0]
    )
    return list(found) if different else []


def _differs(first: tuple[Paper, Term], second: tuple[Paper, Term]) -> bool:
    """Whether two meanings differ: in the dates they name, the series they name, "this" paper, or in subject."""
    one, two = meaning(*first), meaning(*second)
    if _THIS_PAPER.match(one) and _THIS_PAPER.match(two):
        return True
    dates = [_dates_near(*pair) for pair in (first, second)]
    if _names_paper(first[1].key):
        return bool(dates[0]) and bool(dates[1]) and not set(dates[0]) & set(dates[1])
    series = [set(re.findall(r"\bSeries [A-Z]\b", text)) for text in (one, two)]
    if series[0] and series[1] and series[0] != series[1] and "series" not in first[1].key:
        return True
    if _APPROVED.search(first[1].key):
        return _acts(first) != _acts(second) and bool(_acts(first)) and bool(_acts(second))
    if _alike(first, second):
        return False
    subjects = [_subject_words(text) for text in (one, two)]
    shared = subjects[0] & subjects[1]
    smaller = min(len(subjects[0]), len(subjects[1]))
    return smaller >= 4 and len(shared) * 4 <= smaller


def _alike(first: tuple[Paper, Term], second: tuple[Paper, Term]) -> bool:
    """Whether two definitions stand in nearly the same sentence."""
    around = [paper.lower[max(0, term.start - 400) : term.end] for paper, term in (first, second)]
    one, two = ({" ".join(parts[at : at + 3]) for at in range(len(parts) - 2)} for parts in map(str.split, around))
    return len(one & two) * 4 >= min(len(one), len(two)) > 8


_THIS_PAPER = re.compile(r"[\"”,. ]{0,4}(?:means?|shall mean) this (?:Warrant|Note|Certificate|Debenture)\b")
_APPROVED = re.compile(r"\b(?:approval|authorization|consent)\b")


def _acts(pair: tuple[Paper, Term]) -> frozenset[str]:
    """The acts (conversion, exercise) an approval is for, terms of its own paper opened up."""
    return frozenset(
        act for act in ("conversion", "exercise") if any(act in words_.lower() for words_, _ in _opened(pair))
    )


def _opened(pair: tuple[Paper, Term]) -> list[tuple[str, tuple[int, int]]]:
    """The words around a definition, and those of a definition they lean on, with their folded offsets."""
    paper, term = pair
    around = (max(0, term.start - 60), min(len(paper.text), term.end + 190))
    text = paper.text[slice(*around)]
    found = [(text, around)]
    for other in paper.terms:
        if other is not term and " " in other.key and other.key in text.lower() and _APPROVED.search(other.key):
            wider = (max(0, other.start - 260), other.end)
            found.append((paper.text[slice(*wider)], wider))
    return found


def _dates_near(paper: Paper, term: Term) -> list[str]:
    text = paper.text[max(0, term.start - 200) : term.start]
    cut = max(text.rfind('")'), text.rfind(". "))
    near = text[cut + 2 :] if cut >= 0 else text
    return [words(match) for match in _DATE.finditer(near)]


def _names_paper(key: str) -> bool:
    return re.search(r"\b(?:agreement|certificate|indenture|plan)\b", key) is not None


def _subject_words(text: str) -> set[str]:
    return {_KINDS.get(word, stem(word)) for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in CONTENT_FREE}


def _replaced_meaning(paper: Paper) -> Iterator[Finding]:
    """ "all references to the X herein shall refer to ...", X having a meaning already."""
    pattern = compiled(
        r"(?i)\ball references to the (?P<term>[A-Z][\w ]{2,40}?) (?:herein )?shall (?:refer to|mean|be deemed)"
    )
    for match in pattern.finditer(paper.text):
        key = words(match, "term").lower()
        term = next((item for item in paper.terms if item.key == key and item.start < match.start()), None)
        if term is not None:
            yield make(
                RuleClass.TWO_MEANINGS,
                "meaning-replaced",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end()), paper.passage(max(0, term.start - 6), term.end + 1)],
                f'"{words(match, "term")}" is defined and then given another meaning',
                "the later meaning, from there on",
            )


def _anothers_term(paper: Paper) -> Iterator[Finding]:
    """ "a corporation whose Common Stock": a term defined as the Company's, used of another person."""
    pattern = compiled(
        r"\b(?:corporation|entity|person|company|issuer|successor)\b[^.;()]{0,30} (?:whose|the) "
        r"(?P<term>(?:[A-Z][a-z]+ ?){2,3})"
    )
    for match in pattern.finditer(paper.text):
        key = words(match, "term").strip().lower()
        if key in paper.defined and " whose " in (match.group() or ""):
            yield make(
                RuleClass.TWO_MEANINGS,
                "term-of-another-person",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end())],
                f'"{words(match, "term").strip()}" is defined for the Company and is used of another',
                f'"{key}", in small letters',
            )


def _own_term_with_date(paper: Paper) -> Iterator[Finding]:
    """A defined name of a paper with a date behind it: another paper than the one the name was defined for."""
    pattern = compiled(
        r"(?P<term>(?:[A-Z][a-z]+ ){1,4}(?:Agreement|Certificate|Note|Plan)),? dated (?:as of "
        r")?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
    )
    for match in pattern.finditer(paper.text):
        name = words(match, "term").lower()
        term = next((item for item in paper.terms if item.key == name and item.end < match.start() - 40), None)
        if term is None or _dates_near(paper, term):
            continue
        yield make(
            RuleClass.TWO_MEANINGS,
            "defined-words-for-another-paper",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end()), paper.passage(max(0, term.start - 6), term.end + 1)],
            f'"{words(match, "term")}" is defined for another paper and told apart by a date only',
            "give it a name of its own",
        )


def _word_dropped(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A long name in one paper that another prints with one more word inside."""
    uses = [
        (paper, use)
        for paper in papers
        for use in capitalised(paper)
        if 4 <= len(use.text.split()) <= 8 and " and " not in use.text
    ]
    texts = {use.text for _, use in uses}
    for short in sorted(texts):
        parts = short.split()
        if short.isupper() or any(short.lower() in paper.defined for paper in papers):
            continue
        longer = next(
            (
                name
                for name in texts
                if len(name.split()) == len(parts) + 1
                and name.split()[0] == parts[0]
                and name.split()[-1] == parts[-1]
                and _inside(parts, name.split())
            ),
            None,
        )
        if longer is None:
            continue
        places = [paper.passage(use.start, use.end) for paper, use in uses if use.text == short]
        others = [paper.passage(use.start, use.end) for paper, use in uses if use.text == longer][:4]
        yield make(
            RuleClass.TWO_NAMES,
            "word-dropped-from-a-name",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [*places, *others],
            f'"{short}" here, "{longer}" elsewhere in the set',
            f'"{longer}"',
        )


def _inside(short: Sequence[str], longer: Sequence[str]) -> bool:
    return any(list(longer[:place]) + list(longer[place + 1 :]) == list(short) for place in range(1, len(longer) - 1))


def _short_names_differ(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One long name given different short names in two papers."""
    found: dict[str, list[tuple[Paper, Term]]] = defaultdict(list)
    pattern = re.compile(
        r"((?:[A-Z][a-z]*(?: of)? ){3,7})(?:of the Company )?(?:having [^()]{1,120}\([^()]{1,80}\) attached "
        r"[^()]{1,40})?\((?:the )?[\"“]$"
    )
    for paper in papers:
        for term in paper.terms:
            match = pattern.search(paper.text[max(0, term.start - 330) : term.start + 1])
            if match is not None and term.definition.incorporated is None:
                found[match.group(1).strip()].append((paper, term))
    for name, pairs in found.items():
        shorts = {
            term.key
            for _, term in pairs
            if not any(
                term.key.endswith(other.key) or other.key.endswith(term.key)
                for _, other in pairs
                if other.key != term.key
            )
        }
        if len(shorts) > 1 and len({paper.name for paper, _ in pairs}) > 1:
            yield make(
                RuleClass.TWO_NAMES,
                "short-names-differ",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(0, term.start - 4), term.end + 1) for paper, term in pairs if term.key in shorts],
                f'"{name}" has the short names ' + " and ".join(f'"{short}"' for short in sorted(shorts)),
                "one short name in the set",
            )


_ENTITY = compiled(
    r"(?P<name>(?:[A-Z][\w&’'-]{1,25} ){1,4}?(?:[A-Z][\w&’'-]{1,25})),? "
    r"(?P<form>L\.L\.C\.|LLC|L\.L\.P\.|LLP|L\.P\.|LP|Incorporated|Inc\.|Corporation|Corp\.|Limited|Ltd\.)"
)


def _entity_forms(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One entity with its form written in two ways across the set ("LLC", "L.L.C.")."""
    found: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for paper in papers:
        for match in _ENTITY.finditer(paper.text):
            name = re.sub(r"^(?:The|By|To|With|Of|And|Between) ", "", words(match, "name"))
            found[name.lower()][words(match, "form")].append(paper.passage(match.start(), match.end()))
    for name, forms in found.items():
        if len(forms) < 2 or len({form.replace(".", "").upper()[:3] for form in forms}) != 1:
            continue
        ordered = sorted(forms.items(), key=lambda item: len(item[1]))
        yield make(
            RuleClass.TWO_NAMES,
            "entity-form-differs",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [passage for _, passages in ordered for passage in passages],
            f"{name.title()} is written " + " and ".join(sorted(forms)),
            "the form of its charter",
        )


def _titles_differ(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A certificate of the set that the other papers call by another title than the one it bears."""
    for target in papers:
        if target.kind is not DocumentKind.CERTIFICATE:
            continue
        title = " ".join(target.document.title.split())
        printed = re.split(r" OF ", title)[0].title().replace(" And ", " and ")
        others: dict[str, list[Passage]] = defaultdict(list)
        for paper in papers:
            for match in re.finditer(
                r"\b(?:Certificate of Designations?(?:, Preferences and Rights)?|(?:the )?Designations?, Preferences "
                r"and Rights)\b",
                paper.text,
            ):
                others[match.group()].append(paper.passage(match.start(), match.end()))
        names = {name for name in others if name.lower() != printed.lower()}
        if len(names) > 1:
            passages = [passage for name in sorted(names, key=lambda n: (-len(n), n)) for passage in others[name]]
            top = target.passage(0, min(len(target.text), 120))
            yield make(
                RuleClass.TWO_NAMES,
                "titles-of-one-instrument",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [passages[0], top, *passages[1:]],
                f'the paper headed "{printed}" is called ' + ", ".join(f'"{name}"' for name in sorted(names)),
                "its title as filed",
            )


_OFFICE = (
    r"(?:President|Chairman|Chief Executive Officer|CEO|Chief Financial "
    r"Officer|CFO|Director|Secretary|Treasurer|Manager|Partner|Member)"
)
_SIGNED = compiled(
    rf"(?P<name>[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]+),? ?[-_ ]{{0,60}}(?:Its: |Title: )?(?P<title>{_OFFICE}(?:(?:, | "
    rf"and | & |, and ){_OFFICE}){{0,3}})"
)


def _signatory_titles(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One signatory with different titles in the papers of a set."""
    found: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for paper in papers:
        for match in _SIGNED.finditer(paper.text):
            parts = words(match, "name").split()
            found[f"{parts[0]} {parts[-1]}"][words(match, "title")].append(paper.passage(match.start(), match.end()))
    for name, titles in found.items():
        if len(titles) > 1:
            passages = [passage for places in titles.values() for passage in places]
            if len({passage.document for passage in passages}) > 1:
                yield make(
                    RuleClass.TWO_NAMES,
                    "titles-of-one-signatory",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    passages,
                    f"{name} signs as " + "; ".join(sorted(titles)),
                    "one title",
                )


_ROLES = {"placement agent": ("advisor", "adviser", "financial advisor", "broker", "finder")}


def _role_names(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A report's summary that calls by a loose name a person its own exhibit list names by role."""
    for paper in papers:
        if paper.kind not in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE):
            continue
        for role, loose in _ROLES.items():
            named = paper.lower.find(role)
            for word in loose:
                match = re.search(rf"\bto an? {word} (?:involved|engaged|retained)", paper.lower)
                if named >= 0 and match is not None:
                    others = [
                        other.passage(at, at + len(role))
                        for other in papers
                        if other is not paper and (at := other.lower.find(role)) >= 0
                    ]
                    yield make(
                        RuleClass.TWO_NAMES,
                        "role-under-two-names",
                        Severity.COSMETIC,
                        Confidence.PROBABLE,
                        [
                            paper.passage(match.start(), match.end()),
                            paper.passage(named, named + len(role)),
                            *others[:2],
                        ],
                        f'"{word}" in the text, "{role}" in the list and in the agreement',
                        f'"{role}"',
                    )
                    break


_COLLECTIVE = re.compile(
    r"(?P<list>(?:[Tt]he )[^.;\"“”]{10,160}) are (?:collectively |sometimes )*referred to (?:herein )?(?:collectively "
    r")?as (?:the )?[\"“](?P<term>[A-Z][^\"“”]{2,40})[\"”]"
)
_SIBLING = re.compile(
    r"[Tt]he shares of (?P<of>[A-Z][a-z]+ Stock) issuable upon (?P<how>[^\"“”.;]{5,90}) are (?:collectively "
    r")?referred to (?:herein )?as (?:the )?[\"“](?P<term>[A-Z][^\"“”]{2,40}?)[.,]?[\"”]"
)


def _in_sentences(paper: Paper, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
    """Matches inside the sentences that name something ("referred to"), with the sentence's offset."""
    for sentence in paper.sentences:
        if "referred to" in sentence.text and len(sentence.text) < 4000:
            for match in pattern.finditer(sentence.text):
                yield sentence.start, match


def siblings(paper: Paper) -> list[Term]:
    """Terms defined in one form of words as the shares issuable upon conversion of this and exercise of that."""
    starts = {at + match.start(3) for at, match in _in_sentences(paper, _SIBLING)}
    return [term for term in paper.terms if term.start in starts or term.start + 1 in starts]


def _siblings_left_out(paper: Paper) -> Iterator[Finding]:
    """Lists and duties that name one of two sibling terms and leave out the other."""
    pair = siblings(paper)
    if len(pair) < 2:
        return
    for at, match in _in_sentences(paper, _COLLECTIVE):
        listed = match.group("list").lower()
        inside = [term for term in pair if term.key in listed]
        outside = [term for term in pair if term.key not in listed]
        if inside and outside:
            yield make(
                RuleClass.INCOMPLETE_LIST,
                "sibling-left-out-of-a-definition",
                Severity.RIGHTS,
                Confidence.PROBABLE,
                [paper.passage(at + match.start(), at + match.end()), paper.passage(outside[0].start, outside[0].end)],
                f'"{match.group("term")}" lists "{inside[0].definition.term}" and leaves out '
                f'"{outside[0].definition.term}"',
                f'include "{outside[0].definition.term}"',
            )
    yield from _siblings_in_use(paper, pair)


def _siblings_in_use(paper: Paper, pair: Sequence[Term]) -> Iterator[Finding]:
    """Sentences about registering, issuing or instructing that name one sibling only; both named, one manner."""
    names = [term.key for term in pair]
    duty = re.compile(
        r"\b(?:register the resale|issue certificates|instruct its transfer agent|listing of|reserved for "
        r"issuance|eligible to register)\b"
    )
    alone: list[Passage] = []
    for sentence in paper.sentences:
        low = sentence.text.lower()
        has = [name for name in names if name in low]
        if (
            len(has) == 2
            and re.search(r"\bduly authorized and reserved\b", low)
            and "upon conversion" in low
            and "exercise" not in low
        ):
            yield make(
                RuleClass.INCOMPLETE_LIST,
                "manner-of-one-sibling",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(sentence.start, sentence.end)],
                "both kinds of shares are named, and only issue upon conversion is spoken of",
                'add "or exercise"',
            )
        elif len(has) == 1 and duty.search(low) and not re.search(r"exercise|warrant", low):
            alone.append(paper.passage(sentence.start, sentence.end))
    if alone:
        yield make(
            RuleClass.INCOMPLETE_LIST,
            "sibling-left-out-of-a-duty",
            Severity.AMBIGUITY,
            Confidence.PROBABLE,
            alone,
            f"one of {' and '.join(names)} is named here and the other left out",
            "add the other",
        )
