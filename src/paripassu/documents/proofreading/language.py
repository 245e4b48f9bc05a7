"""Language: misspellings, set phrases gone wrong, words doubled, missing or out of order.

Most checks are near misses of set phrases of the field, or differences between two places that say the same thing;
a general grammar checker is not attempted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paripassu.documents.patterns import Pattern, compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import SET_PHRASES
from paripassu.documents.proofreading.names import quiet_ranges
from paripassu.documents.proofreading.papers import Paper, make
from paripassu.documents.proofreading.vocabulary import correction, is_word

_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)"
_DAYS = r"(?:business |trading |calendar |consecutive |full )?(?:days?|hours?|months?|years?)"


@dataclass(frozen=True, slots=True)
class Slip:
    """A pattern that is certainly a slip: the class and name of the rule, what is wrong, the cure."""

    rule_class: RuleClass
    rule: str
    pattern: Pattern
    wrong: str
    reading: str
    confidence: Confidence = Confidence.CERTAIN


def _slip(
    rule_class: RuleClass, rule: str, pattern: str, wrong: str, reading: str, sure: Confidence = Confidence.CERTAIN
) -> Slip:
    return Slip(rule_class, rule, compiled(pattern), wrong, reading, sure)


_G = RuleClass.GRAMMAR
_W = RuleClass.WRONG_WORD
SLIPS: tuple[Slip, ...] = (
    _slip(_G, "figure-after-the-noun", rf"\b{_COUNT} (?:business|trading|calendar|consecutive) \(\d{{1,3}}\) days?\b", "the figure stands inside the name of the unit", "word, figure, unit"),
    _slip(_G, "to-missing", r"\bprior (?:January|February|March|April|May|June|July|August|September|October|November|December|the|such|any)\b (?:\d|date|time|expiration|closing|execution)", '"to" is missing', '"prior to"'),
    _slip(_G, "determiner-doubled", r"\b(?:the (?:such|this|that|an|any|its|each)|such (?:the|this)|an? (?:the|an|such|any)|this the|each the|any the|of of|to to|and and|or or|in in|by by|for for|is is|be be|that that the|with with|on on|as as|at at|shall shall|from from|if if) [a-z]", "two words where one is meant", "delete one"),
    _slip(_G, "and-missing-before-label", r"\bthe \((?:y|ii|b|z|iii|c)\) (?:the|an?|such|any)\b", '"and" is missing before the label', '"and"'),
    _slip(_G, "shares-of-missing", r"\b(?:total |aggregate |maximum )?number of (?:Common|Preferred|common|preferred|Capital|capital) [Ss]tock\b", "a kind of stock cannot be counted", '"number of shares of"'),
    _slip(_G, "article-missing", r"\bholders of majority\b|\b(?:approved by|consent of|vote of|by|representing|constituting) majority of\b", '"a" is missing', '"a majority"'),
    _slip(_G, "preposition-missing", r"\b(?:made|paid|delivered|given|due|effective|payable) the (?:[a-z-]{3,12}(?: \(\d{1,3}(?:st|nd|rd|th)\))?|\d{1,2}(?:st|nd|rd|th)) (?:business |trading |calendar )?day\b", "a preposition is missing", '"on or before the"'),
    _slip(_G, "said-and-remaining", r"\bsaid (?:remaining|such|the|same) [A-Z][a-z]+\b", "two pointing words together", "keep one"),
    _slip(_G, "comma-after-either", r"\b(?:either|neither|both|either of), (?:the|an?|such|of|to|its)\b", "stray comma", "delete it"),
    _slip(_G, "comma-splits-preposition", r"\b(?P<one>of|to|in|by|for|with), and [a-z]{3,20}, (?:of|to|in|by|for|with) ", "the comma separates the noun from its preposition", "move the comma behind the preposition"),
    _slip(_G, "stop-before-bracket", r"[a-zA-Z]\.[\"”] \([a-z]", "a full stop before a parenthesis that belongs to the sentence", "move the stop behind it"),
    _slip(_G, "comma-before-verb", r"\bby which (?:any|the|such|an?|its) [^,.;()]{10,160}, (?:is|are|was|were|may be) (?:bound|affected|subject)", "a comma parts the verb from its subject", "delete it"),
    _slip(_G, "article-before-set-phrase", r"\b(?:by|via|sent by) the (?:first class|first-class|certified|registered|overnight|regular) (?:mail|courier)\b", '"the" is one word too many', '"by first class mail"'),
    _slip(_G, "this-before-contemplated", r"\bthis transactions? contemplated\b", "garbled: this transaction, or the transactions contemplated", '"the transactions contemplated"'),
    _slip(_G, "receipt-to", r"\b(?:receipt|delivery|acceptance) (?:of [a-z ]{3,24})?to (?:Notice|notice)\b", "garbled", '"of"'),
    _slip(_G, "verb-repeats-noun", r"\bthe occurrence of [^.;]{5,220}? (?:has|have) occurred\b", "an occurrence cannot occur", "delete one"),
    _slip(_G, "comma-before-bracket", r"\b[a-z]+, \((?:except|other than|provided)\b", "stray comma before the parenthesis", "delete it"),
    _slip(_G, "blank-before-stop", r"\b(?:Section|Article|Agreement|Warrant) [.,;](?: |$)", "a number is missing, or a blank stands before the stop", "restore the number or close up"),
    _slip(_G, "two-stops", r"[a-z)](?:,,|;;|\.\. |,;|;,|,\. )", "two stops where one is meant", "delete one", Confidence.PROBABLE),
    _slip(_G, "modal-missing-verb", r"\b(?:shall|will|may|must) (?:the|an|such|of|and|or)\b [a-z]+ (?:is|be|shall)\b", "the verb is missing or out of place", "restore it", Confidence.PROBABLE),
    _slip(_G, "to-be-missing", r"\b(?:shall|will|may) not (?:required|obligated|entitled|deemed|permitted|prohibited|limited)\b|\b(?:shall|will|may|must) (?:deemed|required|entitled|obligated|paid|delivered|issued)\b", '"be" is missing', '"be"'),
    _slip(_W, "number-of-the-verb", r"\b[Ee]ach of the [^.;:]{3,180}? (?:were|have|are) (?:true|been|complied|in|duly|not|accurate)\b", '"each" takes a verb in the singular', "singular verb"),
    _slip(_W, "change-of-change", r"\b(?:have|has|having) (?:such )?an? (?:such )?material adverse change\b", "a thing has an effect, not a change", '"result in"'),
    _slip(_W, "persons-not-statements", r"\b(?:by|any of|and|or|through) (?:\w+ or any of )?(?:its|his|her|their|such \w+'s) representations(?: or agents| shall| may| will| has| have|, agents)\b", '"representations" where persons are meant', '"representatives"'),
    _slip(_W, "statements-not-persons", r"\brepresentatives and warranties\b|\brepresentations and warrants\b|\brepresentation and warranties of\b", "the set phrase is representations and warranties", '"representations and warranties"'),
    _slip(_W, "preposition-of-rights", r"\brights? (?:which |that )?(?:the )?\w+ (?:may|might) have with any (?:\w+ ){0,7}laws?\b", "rights are had under laws", '"under"'),
    _slip(_W, "both-ways", r"\b(?:increased|increase|subdivided) (?:by|through|as a result of) [^.;]{0,80}\bcombination\b", "a combination reduces the number of shares", "delete it here"),
    _slip(_W, "principle-for-principal", r"\bprinciple (?:executive|office|amount|place)\b", "principle for principal", "principal"),
    _slip(RuleClass.SENSELESS, "amount-restated-as-amount", r"\$[_\d,.]+ [^.;]{0,140}\(i\.e\.,? \$[_\d]", "an amount of money is explained by an amount of money", "a number of shares"),
)  # fmt: skip


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


def _slips(paper: Paper) -> Iterator[Finding]:
    for slip in SLIPS:
        places = [
            (match.start(), match.end())
            for match in slip.pattern.finditer(paper.text)
            if not paper.in_contents(match.start())
        ]
        for start, end in places:
            sentence = paper.sentence_at(start)
            if sentence is None or end > sentence.end + 3:
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


def _misspelt(paper: Paper, seen: Counter[str]) -> Iterator[Finding]:
    """Words no dictionary has, used at most twice in the set, one letter away from an English word."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in re.finditer(r"(?<![\w’'-])[a-z]{4,24}(?![\w’'-])", paper.text):
        if seen[match.group()] <= 2 and not is_word(match.group()):
            found[match.group()].append((match.start(), match.end()))
    for word, places in found.items():
        meant = correction(word)
        if meant is None:
            continue
        yield make(
            RuleClass.WRONG_WORD,
            "misspelt",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, start - 12), end) for start, end in places],
            f'"{word}" is not a word',
            f'"{meant}"',
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
    for sentence in paper.sentences:
        seen: dict[str, int] = {}
        for match in re.finditer(r"\(([^()]{20,120})\)", sentence.text):
            text = match.group(1)
            if (
                text in seen
                and len(text.split()) >= 5
                and match.start() - seen[text] < 700
                and re.search(r" \([ivx]{1,4}\) ", sentence.text[seen[text] : match.start()]) is None
                and not re.search(r"(?i)defined|in each case|without|whether|including", text)
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
    rf"\b(?:within|than|least|of|for|prior to|in) (?P<figure>\d{{1,3}}) (?:business |trading |calendar |consecutive )?(?:days|months|hours)\b"
)
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
        uses = [
            match
            for match in re.finditer(
                rf"\b(\w+),? (\(?)\b{party}\b(?!['’]?s? (?:Common|Stock|shall be defined))", paper.text
            )
        ]
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
        live = [match for match in bare if paper.sentence_at(match.start()) is not None]
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
