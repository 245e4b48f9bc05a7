"""Provisions of one paper that contradict each other, and duties given by the wrong party.

Each check looks for one kind of contradiction that securities papers fall into; none knows any particular paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.model import DocumentKind, Node, NodeKind
from paripassu.documents.proofreading.findings import Confidence, Finding, Passage, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import PARTY_NAMES
from paripassu.documents.proofreading.papers import Paper, Term, make
from paripassu.documents.proofreading.resolution import resolve

_D1 = RuleClass.CONFLICT
_ROMAN = r"[IVXLC]{1,7}"


def substance_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about contradictions inside each of these papers."""
    for paper in papers:
        if paper.kind in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE):
            continue
        yield from _rank(paper)
        yield from _none_and_some(paper)
        yield from _two_moments(paper)
        yield from _adjusted_twice(paper)
        yield from _formula_without_term(paper)
        yield from _clock_of_one_case(paper)
        yield from _purpose_and_measure(paper)
        yield from _third_parties(paper)
        yield from _survival(paper)
        yield from _promise_for_another(paper)


def _conflict(
    rule: str,
    severity: Severity,
    passages: Sequence[Passage],
    wrong: str,
    reading: str,
    sure: Confidence = Confidence.CERTAIN,
) -> Finding:
    return make(_D1, rule, severity, sure, passages, wrong, reading)


def _first(paper: Paper, pattern: str, after: int = 0, flags: int = 0) -> re.Match[str] | None:
    """The first match inside a sentence, from an offset on."""
    compiled = re.compile(pattern, flags)
    for sentence in paper.sentences:
        if sentence.end <= after:
            continue
        match = compiled.search(paper.text, max(sentence.start, after), sentence.end)
        if match is not None:
            return match
    return None


def _quote(paper: Paper, match: re.Match[str]) -> Passage:
    return paper.passage(match.start(), match.end())


def _rank(paper: Paper) -> Iterator[Finding]:
    """Senior to every class now outstanding, and equal with a named series that is outstanding."""
    senior = _first(
        paper,
        r"(?i)\b(?:prior|senior|superior) to (?:any|all|each|every) other "
        r"(?:class|series)[^.;()]{0,60}(?:now|currently|presently) outstanding",
    )
    equal = _first(
        paper,
        r"(?i)\bshall rank (?:pari passu|on a parity|equally|on parity) with (?:the )?(?P<what>[A-Z][A-Za-z "
        r"]{4,50}?)(?:[.;,]| as to)",
    )
    if (
        senior is None
        or equal is None
        or re.search(r"(?i)other than|except", paper.text[senior.start() : senior.end() + 60])
    ):
        return
    yield _conflict(
        "ranks-differ",
        Severity.RIGHTS,
        [_quote(paper, senior), _quote(paper, equal)],
        f"ahead of every class now outstanding, and equal with {equal.group('what')}",
        "the specific sentence; except that series from the general one",
    )


_NONE = re.compile(
    r"\b(?:shall|will) (?:bear|pay|receive|carry|have|be entitled to|accrue|not bear|not pay) no "
    r"(?P<what>dividends?|interest|distributions?)\b(?P<rest>[^.;]{0,80})"
)


def _none_and_some(paper: Paper) -> Iterator[Finding]:
    """ "will bear no dividends" and "entitled to such dividends"."""
    for sentence in paper.sentences:
        none = _NONE.search(sentence.text)
        if none is None or re.search(r"(?i)except|other than|unless|preferential", none.group("rest")):
            continue
        root = none.group("what").rstrip("s")
        for match in re.finditer(
            r"\b(?:be entitled to|entitled to receive|shall receive|right to receive)(?: such| any| the same)? "
            rf"{root}s?\b",
            paper.text,
        ):
            if sentence.start <= match.start() < sentence.end:
                continue
            yield _conflict(
                "none-and-some",
                Severity.AMBIGUITY,
                [paper.passage(sentence.start, sentence.end), _quote(paper, match)],
                f"no {root}s in one place, a right to {root}s in another",
                "no preferential right; the right given in the second place",
            )
            return


def _two_moments(paper: Paper) -> Iterator[Finding]:
    """A conversion or exercise that takes effect at two moments."""
    for act in ("conver", "exercis"):
        closing = _first(
            paper,
            rf"(?i)\b{act}\w*[^.]{{0,260}}?(?:treated|deemed)[^.]{{0,120}}?\b(?:holders? of record|record "
            rf"holders?)[^.]{{0,40}}? at the close of business on the [A-Z][a-z]+ Date",
        )
        at_once = _first(
            paper,
            rf"(?i)\bupon (?:submission|delivery|receipt) of (?:a|the|any) [^.;]{{3,60}}?,? (?:the )?shares "
            rf"[^.;]{{0,40}}?shall be deemed {act}\w*",
        )
        if closing is not None and at_once is not None:
            yield _conflict(
                "two-moments-of-effect",
                Severity.AMBIGUITY,
                [paper.passage(max(closing.start(), closing.end() - 200), closing.end()), _quote(paper, at_once)],
                "effect at the close of business on a date, and at once on a notice that may name a later date",
                "the first, which names the moment",
            )


_SPLITS = r"[^.;()]{0,30}\b(?:stock )?splits?\b"


def _adjusted_twice(paper: Paper) -> Iterator[Finding]:
    """A term whose definition adjusts it for splits, and an adjustment clause that adjusts it again."""
    for term in paper.terms:
        if term.definition.incorporated is not None:
            continue
        own = re.search(
            rf"\((?:as adjusted|subject to (?:equitable |appropriate |proportionate )?adjustment)(?: for){_SPLITS}",
            paper.text[term.end : term.end + 420],
        )
        sentence = paper.sentence_at(term.start)
        if own is None or sentence is None or term.end + own.start() > sentence.end + 260:
            continue
        again = re.search(
            rf"(?i)\b{re.escape(term.key)} shall be (?:proportionate(?:ly)?|appropriately|equitably) "
            r"(?:reduced|decreased|adjusted|increased)",
            paper.text,
        )
        if again is not None and not term.start <= again.start() < sentence.end:
            start = max(paper.text.rfind(". ", 0, again.start()) + 2, again.start() - 60)
            yield _conflict(
                "adjusted-twice",
                Severity.AMBIGUITY,
                [paper.passage(term.start, term.end + own.end()), paper.passage(start, again.end())],
                f'a split adjusts "{term.definition.term}" in its definition and again here',
                "one adjustment",
            )


_BY_FORMULA = re.compile(
    r"\((?:and|together with|including|plus) (?:any|all) (?:accrued|unpaid|accrued and unpaid|accrued but unpaid) "
    r"(?P<what>(?:[A-Z][a-z]+ ?){1,4})\)[^.;]{0,220}?\b(?:formula|calculation) (?:set "
    r"forth|specified|contained|described) in (?:Section|Article) (?P<sign>[\w.()]{1,14})"
)


def _formula_without_term(paper: Paper) -> Iterator[Finding]:
    """An amount that is to go into a formula which has no place for it."""
    for sentence in paper.sentences:
        match = _BY_FORMULA.search(sentence.text)
        if match is None:
            continue
        path = resolve(paper, match.group("sign").rstrip(".)"))
        what = match.group("what").strip()
        if path is None or what.lower() in paper.words_of(path).lower():
            continue
        cash = re.search(
            rf"\b{re.escape(what)} shall be (?:made|paid)|cash payment[^.;]{{0,90}}{re.escape(what.rstrip('s'))}",
            paper.text,
        )
        passages = [paper.passage(sentence.start + match.start(), sentence.start + match.end())]
        passages += [_quote(paper, cash)] if cash else []
        yield _conflict(
            "formula-without-the-term",
            Severity.RIGHTS,
            passages,
            f'"{what}" are to be converted by the formula of {path}, which has no term for them',
            "divide them by the price, or pay them in cash",
        )


def _clock_of_one_case(paper: Paper) -> Iterator[Finding]:
    """A thing with two cases, (x) and (y), and a period for both that starts from a paper only the first case has."""
    for term in paper.terms:
        cases = _cases(paper, term)
        if cases is None:
            continue
        first, second = cases
        section = paper.section_of(term.definition.path)
        bounds = paper.bounds(section)
        if bounds is None:
            continue
        clock = re.compile(
            r"\b(?:following|after|from|of) (?:the )?receipt [^.;]{0,60}?of (?:the |a |such "
            r")?(?P<paper>(?:[A-Z][a-z]+ (?:of )?){1,3}[A-Z]?[a-z]*)"
        )
        for match in clock.finditer(paper.text, term.end, bounds[1]):
            name = " ".join(match.group("paper").split()[:3]).rstrip(" of")
            sentence = paper.sentence_at(match.start())
            if (
                sentence is None
                or name.lower() not in paper.defined
                or not re.search(r"clause \((?:y|ii|b)\)", sentence.text)
            ):
                continue
            if (
                name.lower() in paper.text[slice(*first)].lower()
                and name.lower() not in paper.text[slice(*second)].lower()
            ):
                yield _conflict(
                    "clock-of-one-case",
                    Severity.RIGHTS,
                    [paper.passage(max(sentence.start, match.start() - 40), match.end()), paper.passage(*second)],
                    f'the period starts from the {name}, which the second case of "{term.definition.term}" does not '
                    "have",
                    "for that case, from the announcement or notice it speaks of",
                )
                return


def _cases(paper: Paper, term: Term) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The two cases before "(each of (x) and (y) being a ...)": their stretches."""
    before = paper.text[max(0, term.start - 60) : term.start]
    pair = re.search(r"\((?:each of|either of) \((?P<one>\w{1,3})\) (?:and|or) \((?P<two>\w{1,3})\)", before)
    if pair is None:
        return None
    text = paper.text[max(0, term.start - 1800) : term.start - len(before) + pair.start()]
    base = max(0, term.start - 1800)
    two = text.rfind(f"({pair.group('two')}) ")
    one = text.rfind(f"({pair.group('one')}) ", 0, two) if two >= 0 else -1
    return None if one < 0 else ((base + one, base + two), (base + two, base + len(text)))


_PURPOSE = re.compile(
    r"\(the [\"“](?P<term>[A-Z][^\"“”]{3,40})[\"”]\) solely for the purpose of [^.;]{0,30}?(?:conversion|exercise) of "
    r"(?:the )?(?P<one>(?:[A-Z][a-z]+ ?){1,3}) and (?:exercise of )?(?:the )?(?P<two>(?:[A-Z][a-z]+ ?){1,3})"
)


def _purpose_and_measure(paper: Paper) -> Iterator[Finding]:
    """A reserve that serves two securities and is measured by one."""
    for sentence in paper.sentences:
        match = _PURPOSE.search(sentence.text)
        if match is None:
            continue
        term, one, two = match.group("term").lower(), match.group("one").strip(), match.group("two").strip()
        for other in paper.sentences:
            low = other.text.lower()
            if term not in low or other.start == sentence.start or not re.search(r"percent|%", low):
                continue
            measures = list(
                re.finditer(
                    r"number of shares[^.;]{0,60}issuable[^.;]{0,40} upon conversion of[^.;()]{0,60}", other.text
                )
            )
            if measures and one.lower() in low and two.lower() not in low:
                last = measures[-1]
                yield _conflict(
                    "purpose-wider-than-measure",
                    Severity.AMBIGUITY,
                    [
                        paper.passage(sentence.start + match.start(), sentence.start + match.end()),
                        paper.passage(other.start + max(0, last.start() - 90), other.start + last.end()),
                    ],
                    f'"{match.group("term")}" serves {one} and {two}, and is measured by {one} only',
                    "count both",
                )
                return


def _third_parties(paper: Paper) -> Iterator[Finding]:
    """No third party may enforce, and a named one may (or persons who are no parties are indemnified)."""
    none = _first(
        paper,
        r"(?i)\b(?:not for the benefit of,? nor may any provision hereof be enforced by|shall not be enforceable "
        r"by|no third[- ]party beneficiar|not (?:be )?for the benefit of)[^.;]{0,80}\b(?:any other person|any "
        r"person|third part|other than|person other)?",
    )
    if none is None:
        return
    sentence = paper.sentence_at(none.start())
    if sentence is None or re.search(r"(?i)except (?:as|that|for)|other than as|provided that", sentence.text):
        return
    given = [
        match
        for match in re.finditer(
            r"(?i)\b(?:are|is|be) for the benefit of,? and (?:may|shall) be enforce(?:d|able) by,? (?:the "
            r")?[A-Z][A-Za-z ]{2,40}",
            paper.text,
        )
        if match.start() != none.start()
    ]
    indemnified = list(
        re.finditer(
            r"(?i)\bindemnify and hold harmless [^.;]{0,40}(?:and|,) (?:each of "
            r")?[^.;]{0,40}(?:officers|directors|affiliates|employees)[^.;()]{0,60}",
            paper.text,
        )
    )
    if given or indemnified:
        yield _conflict(
            "third-parties-none-and-some",
            Severity.RIGHTS,
            [_quote(paper, none), *(_quote(paper, match) for match in [*given, *indemnified][:4])],
            "no third party may enforce the paper, and a provision is made for some who may",
            '"except as provided in" those sections',
        )


_SURVIVE = re.compile(
    r"(?i)\b(?:representations and warranties of (?P<one>(?:the )?\w+) and (?P<two>(?:the "
    rf")?\w+))[^.;]{{0,120}}\b(?:in|of) Articles? (?P<list>{_ROMAN}(?:(?:,| and|, and) "
    rf"{_ROMAN}){{1,6}})[^.;]{{0,60}}\bsurvive"
)


def _survival(paper: Paper) -> Iterator[Finding]:
    """A survival clause for both parties' representations that leaves out the Article holding one party's."""
    for sentence in paper.sentences:
        match = _SURVIVE.search(sentence.text)
        if match is None:
            continue
        listed = set(re.findall(rf"\b{_ROMAN}\b", match.group("list").upper()))
        for node in paper.document.outline:
            if node.kind is not NodeKind.ARTICLE or node.path in listed or not _holds_representations(node):
                continue
            start = paper.bounds(node.path) or (0, 0)
            yield _conflict(
                "survival-list-short",
                Severity.AMBIGUITY,
                [
                    paper.passage(sentence.start + match.start(), sentence.start + match.end()),
                    paper.passage(start[0], start[0] + 60),
                ],
                f"the representations in Article {node.path} are to survive and the list leaves that Article out",
                f"add Article {node.path}",
                Confidence.PROBABLE,
            )


def _holds_representations(node: Node) -> bool:
    return re.search(r"(?i)\brepresentations\b", node.heading) is not None


_PROMISE = re.compile(
    r"\b(?P<who>(?:The |the )?[A-Z][a-z]+) (?:covenants and agrees|agrees and covenants|covenants|undertakes) that,? "
    r"(?:[^.;]{0,90}?,? )?(?:the |The )?(?P<other>[A-Z][a-z]+) shall "
    r"(?P<verb>file|issue|pay|deliver|register|prepare|reserve|furnish|cause|use)\b"
)


def _promise_for_another(paper: Paper) -> Iterator[Finding]:
    """ "Purchaser covenants that the Company shall file": the covenant is given by the wrong party."""
    for sentence in paper.sentences:
        for match in _PROMISE.finditer(sentence.text):
            who, other = match.group("who").split()[-1], match.group("other")
            if who == other or not _is_party(paper, who) or not _is_party(paper, other):
                continue
            yield make(
                RuleClass.WRONG_PARTY,
                "promise-for-another",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [paper.passage(sentence.start + match.start(), min(sentence.end, sentence.start + match.end() + 90))],
                f"{who} promises what {other} is to do",
                f"{other} covenants that it shall {match.group('verb')}",
            )


def _is_party(paper: Paper, name: str) -> bool:
    return any(term.key == name.lower() and _is_early(paper, term) for term in paper.terms)


def _is_early(paper: Paper, term: Term) -> bool:
    return term.start < 6000 or name_of_role(term.key)


def name_of_role(key: str) -> bool:
    """Whether a term is one of the usual names of a party."""
    return key in PARTY_NAMES
