"""Language: misspellings, set phrases gone wrong, words doubled, missing or out of order.

Most checks are near misses of set phrases of the field, or differences between two places that say the same thing;
a general grammar checker is not attempted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from paripassu.documents.model import NodeKind
from paripassu.documents.patterns import compiled
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import SET_PHRASES
from paripassu.documents.proofreading.papers import Paper, make
from paripassu.documents.proofreading.slips import SLIPS
from paripassu.documents.proofreading.vocabulary import correction, is_listed, is_word


def language_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about the language of these papers."""
    seen = _words_of_set(papers)
    for paper in papers:
        yield from _slips(paper)
        yield from _phrases(paper)
        yield from _doubled(paper)
        yield from _misspelt(paper, seen)
        yield from _case_of_one(paper)
        yield from _bracket_repeated(paper)
        yield from _missing_list_comma(paper)
        yield from _bare_figures(paper)
        yield from _bare_party(paper)


_AFTER_MODAL = re.compile(
    r"^[Ee]ach of .*\b(?:shall|will|may|must|to|should|would|could|which|that|who|not|they) (?:were|have|are) \w+$"
)


def _slips(paper: Paper) -> Iterator[Finding]:
    for slip in SLIPS:
        places = [
            (match.start(), match.end())
            for match in slip.pattern.finditer(paper.text)
            if not paper.in_contents(match.start())
        ]
        for start, end in places:
            sentence = paper.sentence_at(start)
            if sentence is None or end > sentence.end + 3 or _AFTER_MODAL.search(paper.text[start:end]):
                continue
            yield make(
                slip.rule_class,
                slip.rule,
                Severity.COSMETIC,
                slip.confidence,
                [paper.passage(start, end)],
                slip.wrong,
                slip.reading,
            )


def _phrases(paper: Paper) -> Iterator[Finding]:
    """Near misses of set phrases."""
    for right, pattern in _NEAR_MISSES:
        for match in pattern.finditer(paper.lower):
            if paper.sentence_at(match.start()) is None:
                continue
            yield make(
                RuleClass.WRONG_WORD,
                "set-phrase-missed",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end())],
                f'the set phrase is "{right}"',
                f'"{right}"',
            )


_NEAR_MISSES = tuple((right, compiled(pattern)) for right, pattern in SET_PHRASES)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
_MAY_DOUBLE = frozenset(("had", "that", "is", "cayman", "pari", "no", "so", "to-wit", "very", "new"))


def _doubled(paper: Paper) -> Iterator[Finding]:
    """A small word twice in a row with nothing but a blank between."""
    before = ""
    end = -1
    for match in _WORD.finditer(paper.text):
        word = match.group()
        if (
            word == before
            and len(word) > 1
            and match.start() == end + 1
            and word.islower()
            and word not in _MAY_DOUBLE
            and paper.sentence_at(match.start()) is not None
        ):
            yield make(
                RuleClass.GRAMMAR,
                "word-doubled",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(0, match.start() - len(word) - 12), match.end())],
                f'"{word} {word}"',
                "delete one",
            )
        before, end = word, match.end()


def _words_of_set(papers: Sequence[Paper]) -> Counter[str]:
    """How often each small-letter word stands in the set."""
    found: Counter[str] = Counter()
    for paper in papers:
        found.update(re.findall(r"(?<![\w’'-])[a-z]{4,24}(?![\w’'-])", paper.text))
    return found


_USUAL = 3


def _misspelt(paper: Paper, seen: Counter[str]) -> Iterator[Finding]:
    """Words no dictionary has, used at most twice in the set, one letter away from an English word."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in re.finditer(r"(?<![\w’'-])[a-z]{4,24}(?![\w’'-])", paper.text):
        if (
            seen[match.group()] <= 2
            and paper.text[max(0, match.start() - 2) : match.start()] not in ("- ", "-")
            and paper.text[match.end() : match.end() + 1] != "-"
            and not is_listed(match.group())
        ):
            found[match.group()].append((match.start(), match.end()))
    for word, places in found.items():
        if all(_is_fragment(paper.text, start, end) for start, end in places):
            continue
        meant = correction(word)
        if meant is None or (is_word(word) and seen[meant] < _USUAL):
            continue  # a word built from another one, unless the word one letter away is usual here
        yield make(
            RuleClass.WRONG_WORD,
            "misspelt",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, start - 12), end) for start, end in places],
            f'"{word}" is not a word',
            f'"{meant}"',
        )


def _is_fragment(text: str, start: int, end: int) -> bool:
    """Whether the word is one half of a word that was broken in two ("representa tions")."""
    word = text[start:end]
    before = re.search(r"([A-Za-z]+) $", text[max(0, start - 20) : start])
    after = re.match(r" ([a-z]+)", text[end : end + 20])
    return (before is not None and is_word(before.group(1) + word)) or (
        after is not None and is_word(word + after.group(1))
    )


_CASE = compiled(r", as the case may be\b")


def _case_of_one(paper: Paper) -> Iterator[Finding]:
    """ "as the case may be" after one case only."""
    for match in _CASE.finditer(paper.text):
        sentence = paper.sentence_at(match.start())
        if sentence is None:
            continue
        before = paper.text[max(sentence.start, match.start() - 260) : match.start()]
        if re.search(r"(?i)\b(?:or|and|either)\b|/", before) is None:
            yield make(
                RuleClass.GRAMMAR,
                "case-of-one",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(sentence.start, match.start() - 40), match.end())],
                '"as the case may be" with one case',
                "delete it, or name the other",
            )


def _bracket_repeated(paper: Paper) -> Iterator[Finding]:
    """The same parenthesis of four words or more twice in one sentence."""
    forms = [
        bounds
        for node, bounds in zip(paper.places.nodes, paper.places.bounds, strict=True)
        if node.kind is NodeKind.FORM
    ]
    for sentence in paper.sentences:
        if any(start <= sentence.start < end for start, end in forms):
            continue
        seen: dict[str, int] = {}
        for match in re.finditer(r"\(([^()]{20,120})\)", sentence.text):
            text = match.group(1)
            if (
                text in seen
                and len(text.split()) >= 5
                and match.start() - seen[text] < 500
                and re.search(r" \([ivx]{1,4}\) ", sentence.text[seen[text] : match.start()]) is None
                and re.match(r"(?:or|and|plus) ", text)
            ):
                yield make(
                    RuleClass.GRAMMAR,
                    "parenthesis-repeated",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [
                        paper.passage(sentence.start + at, sentence.start + at + len(text) + 2)
                        for at in (seen[text], match.start())
                    ],
                    "the same parenthesis twice in one sentence",
                    "keep the one that fits",
                )
            seen.setdefault(text, match.start())


def _missing_list_comma(paper: Paper) -> Iterator[Finding]:
    """ "liens claims and" where "liens, claims and" stands elsewhere: a comma of a list is missing."""
    with_comma = Counter(re.findall(r"\b([a-z]{4,20}s), (?=([a-z]{4,20}s)\b)", paper.text))
    if not with_comma:
        return
    for match in re.finditer(r", ([a-z]{4,20}s) ([a-z]{4,20}s),? (?:and|or)\b", paper.text):
        if with_comma[(match.group(1), match.group(2))]:
            yield make(
                RuleClass.GRAMMAR,
                "list-comma-missing",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(match.start() + 2, match.end())],
                f'a comma is missing between "{match.group(1)}" and "{match.group(2)}", which stands elsewhere',
                f'"{match.group(1)}, {match.group(2)}"',
            )


_BARE = compiled(
    r"\b(?:within|than|least|of|for|prior to|in) (?P<figure>\d{1,3}) (?:business |trading |calendar |consecutive "
    r")?(?:days|months|hours)\b"
)
_DAYS = r"(?:business |trading |calendar |consecutive |full )?(?:days?|hours?|months?|years?)"
_BOTH = compiled(rf"(?i)\b[a-z-]{{3,12}}(?: [a-z]{{3,8}})? \(\d{{1,3}}(?:st|nd|rd|th)?\) {_DAYS}")


def _bare_figures(paper: Paper) -> Iterator[Finding]:
    """A period in figures alone in a paper that otherwise prints word and figure."""
    both = sum(1 for _ in _BOTH.finditer(paper.text))
    bare = [(match.start(), match.end()) for match in _BARE.finditer(paper.text)]
    if bare and both >= 8 and both >= 8 * len(bare):
        yield make(
            RuleClass.GRAMMAR,
            "figure-without-words",
            Severity.COSMETIC,
            Confidence.PROBABLE,
            [paper.passage(max(0, start - 40), end) for start, end in bare],
            "the period is in figures alone, the others in words and figures",
            "words and figure",
        )


def _bare_party(paper: Paper) -> Iterator[Finding]:
    """A party always called with an article, once without: "applicable to Company"."""
    for party in ("Company", "Holder", "Purchaser", "Investor", "Lender", "Borrower", "Issuer", "Buyer", "Seller"):
        uses = list(
            re.finditer(rf"\b(\w+),? (\(?)\b{party}\b(?!['’]?s? (?:Common|Stock|shall be defined))", paper.text)
        )
        bare = [
            match
            for match in uses
            if match.group(1).lower() in ("to", "by", "of", "with", "from", "for", "upon", "against", "between")
        ]
        articled = [
            match
            for match in uses
            if match.group(1).lower() in ("the", "such", "each", "any", "a", "that", "every", "no", "initial")
        ]
        live = [
            match
            for match in bare
            if (sentence := paper.sentence_at(match.start())) is not None
            and not sentence.path.startswith("SIG")
            and paper.text[match.end() : match.end() + 1] not in (":", "’", "'")
        ]
        if live and len(articled) >= 12 * len(live) and len(articled) >= 12:
            yield make(
                RuleClass.GRAMMAR,
                "article-before-party-missing",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end()) for match in live],
                f'"the" is missing before "{party}"',
                f'"the {party}"',
            )
