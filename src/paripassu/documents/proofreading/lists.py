"""Lists whose items do not match, sentences said twice, headings against their text, words of another instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.folding import to_folded
from paripassu.documents.model import Node, NodeKind
from paripassu.documents.number_words import number_in_words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import stem
from paripassu.documents.proofreading.papers import Paper, Stretch, make

_FAILURE = re.compile(r"^(?:the|any) [A-Z][a-z]+[’']s (?:failure|refusal|inability|breach) ")
_FINITE = re.compile(
    r"^(?:the|any|an?|such) (?:[A-Z]?[a-z]+ "
    r"){1,6}?(?:fails|breaches|is|are|has|have|shall|undertakes|makes|does|becomes|refuses)\b|^[A-Z][a-z]+ "
    r"[A-Z][a-z]+ (?:shall|is|has)\b"
)
_VERB = re.compile(r"\b(?:shall|will|has|have|is|are|was|were)\b")
_TENSE = re.compile(
    r"\b(?:has|have|is|are) (?:agreed|been|executed|delivered|received|performed|obtained|filed|approved|made|duly)\b"
)
_SHORTEST_SENTENCE = 18


def list_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about lists, repeated sentences, headings and instruments' words in these papers."""
    for paper in papers:
        for node in paper.places.nodes:
            yield from _items_differ(paper, node)
            yield from _subject_repeated(paper, node)
        yield from _joining_word_missing(paper)
        yield from _said_twice(paper)
        yield from _no_antecedent(paper)
        yield from _opening_without_comma(paper)
        yield from _headings(paper)
        yield from _form_words(paper)


def _body(paper: Paper, node: Node) -> str:
    start, end = to_folded(paper.document.folded, node.body)
    return paper.text[start:end]


def _items_differ(paper: Paper, node: Node) -> Iterator[Finding]:
    """An item that is a noun phrase among clauses, or in another tense than the items around it."""
    children = [child for child in node.children if child.label]
    if len(children) < 4:
        return
    bodies = [_body(paper, child) for child in children]
    clauses = sum(1 for body in bodies if _FINITE.match(body))
    verbs = [found.group() if (found := _VERB.search(body)) else "" for body in bodies]
    shalls = verbs.count("shall")
    for child, body, verb in zip(children, bodies, verbs, strict=True):
        start, end = to_folded(paper.document.folded, child.span)
        where = [paper.passage(start, min(end, start + 110))]
        if _FAILURE.match(body) and clauses * 2 > len(children):
            yield make(
                RuleClass.GRAMMAR,
                "item-not-parallel",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                where,
                "a noun phrase among items that are clauses",
                "a clause, as its neighbours",
            )
        elif (
            verb != "shall"
            and _TENSE.search(body[:110])
            and re.match(r"(?:The|Each|A|An|No|All) ", body)
            and shalls == len(children) - 1
            and len(children) >= 5
        ):
            yield make(
                RuleClass.WRONG_WORD,
                "item-in-another-tense",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                where,
                'every other item of the list is in the form "shall"',
                '"shall have", as its neighbours',
            )


_LEAD = re.compile(r"(?P<subject>the [A-Z][a-z]+),?:? ?$")


def _subject_repeated(paper: Paper, node: Node) -> Iterator[Finding]:
    """The lead-in ends with the subject, and a later item names it again."""
    for place, child in enumerate(node.children):
        if place == 0 or not child.label:
            continue
        first = node.children[place - 1] if node.children[place - 1].label else None
        if first is None or place != 1:
            continue
        start, _ = to_folded(paper.document.folded, first.span)
        lead = _LEAD.search(paper.text[max(0, start - 40) : start].rstrip())
        if lead is None or re.match(r"(?:will|shall|may|has|is|agrees)\b", _body(paper, first)) is None:
            continue
        subject = lead.group("subject")
        repeated = [
            other
            for other in node.children[1:]
            if re.match(rf"{re.escape(subject)} [\w ]{{0,24}}(?:shall|will|may)\b", _body(paper, other))
        ]
        if repeated:
            passages = [paper.passage(max(0, start - 24), start + 60)]
            for other in repeated:
                at, end = to_folded(paper.document.folded, other.span)
                passages.append(paper.passage(at, min(end, at + 90)))
            yield make(
                RuleClass.GRAMMAR,
                "subject-repeated-in-item",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                passages,
                f'"{subject}" stands before the list and again in an item',
                "drop the repeated subject",
            )


_LAST = re.compile(
    r"(?P<before>[^ ]{1,40} )(?P<join>(?:and|or|and/or|plus|but|then|nor|times|minus) )?\((?P<sign>iii|iv|v|vi)\) "
)


def _joining_word_missing(paper: Paper) -> Iterator[Finding]:
    """The last item of a list inside a sentence comes without "and" or "or"."""
    for sentence in paper.sentences:
        text = sentence.text
        matches = list(_LAST.finditer(text))
        if not matches or "(i) " not in text or "(ii) " not in text:
            continue
        last = matches[-1]
        earlier = text[text.index("(i) ") : last.start("sign")]
        following = text[last.end() :]
        if (
            last.group("join")
            or re.search(r"\((?:iv|v|vi|vii|viii)\)", following)
            or re.search(r"clauses? (?:\(\w+\)[, ]*)*$", text[: last.start("sign") - 1])
        ):
            continue
        if re.search(r"(?:and|or|and/or)[, ]* ?\((?:ii|iii|iv|v)\)", earlier) or not last.group(
            "before"
        ).rstrip().endswith((",", ";")):
            continue
        if re.search(r"[;:,] (?:and|or) \(", following) or following.rstrip().endswith((";", "; and", "; or", ":")):
            continue
        yield make(
            RuleClass.GRAMMAR,
            "joining-word-missing",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(sentence.start + max(0, last.start() - 50), sentence.start + last.end() + 30)],
            f'the last item ({last.group("sign")}) comes without "and" or "or"',
            f'"and ({last.group("sign")})"',
        )


def _shingles(text: str) -> frozenset[str]:
    parts = re.findall(r"[a-z]+", text.lower())
    return frozenset(" ".join(parts[place : place + 3]) for place in range(len(parts) - 2))


def _said_twice(paper: Paper) -> Iterator[Finding]:
    """Two sentences of one paper that say the same thing in nearly, not exactly, the same words."""
    long_ones = [
        (sentence, _shingles(sentence.text))
        for sentence in paper.sentences
        if len(sentence.text.split()) >= _SHORTEST_SENTENCE
    ]
    index: dict[str, list[int]] = {}
    for place, (_, shingles) in enumerate(long_ones):
        for shingle in shingles:
            index.setdefault(shingle, []).append(place)
    counted: dict[tuple[int, int], int] = {}
    for places in index.values():
        if 2 <= len(places) <= 4:
            for number, first in enumerate(places):
                for second in places[number + 1 :]:
                    counted[first, second] = counted.get((first, second), 0) + 1
    for (first, second), shared in sorted(counted.items()):
        one, two = long_ones[first], long_ones[second]
        share = shared / max(1, min(len(one[1]), len(two[1])))
        if share < 0.55 or one[0].text == two[0].text:
            continue
        if _same_opening(one[0], two[0]) and _terms(one[0].text) == _terms(two[0].text):
            yield make(
                RuleClass.GRAMMAR,
                "said-twice",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(two[0].start, two[0].end), paper.passage(one[0].start, one[0].end)],
                "the same provision twice in different words",
                "keep one",
            )
        elif share >= 0.8 and _one_term_apart(one[0].text, two[0].text) and _headed_alike(paper, one[0], two[0]):
            yield make(
                RuleClass.CONFLICT,
                "said-twice-with-another-term",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [paper.passage(two[0].start, two[0].end), paper.passage(one[0].start, one[0].end)],
                "the same provision twice, with " + " and ".join(sorted(_terms(one[0].text) ^ _terms(two[0].text))),
                "one of them, for both",
            )


def _headed_alike(paper: Paper, one: Stretch, two: Stretch) -> bool:
    """Whether two sentences stand in different provisions whose headings share a word."""
    nodes = [next((node for node in paper.places.chain(item.path) if node.heading), None) for item in (one, two)]
    if nodes[0] is None or nodes[1] is None or nodes[0].path == nodes[1].path:
        return False
    first, second = (set(re.findall(r"[a-z]{4,}", node.heading.lower())) for node in nodes if node is not None)
    return bool(first & second)


_TERM = re.compile(r"\b[A-Z][a-z]+(?: (?:of |for )?[A-Z][a-z]+)*\b|\b(?:this|such) Section [\d.]+")


def _terms(text: str) -> frozenset[str]:
    """The capitalised names after a sentence's first word, in the singular."""
    return frozenset(match.group().removesuffix("s") for match in _TERM.finditer(text, 1))


def _one_term_apart(one: str, two: str) -> bool:
    """Whether two sentences that open alike differ in one name on one side, both sharing the other."""
    if one.split()[:6] != two.split()[:6] or "Series " in one or "Section " in one:
        return False
    if re.findall(r"\d+", one) != re.findall(r"\d+", two):
        return False
    first, second = _terms(one), _terms(two)
    apart = first ^ second
    return 1 <= len(apart) <= 2 and all(" " in name for name in apart)


def _same_opening(one: Stretch, two: Stretch) -> bool:
    """Whether both sentences open alike with the same condition: "In the event the Company is not able to"."""
    first, second = one.text.split()[:9], two.text.split()[:9]
    return first == second and first[0] in ("In", "If", "Upon", "Notwithstanding", "Subject")


_SUCH = re.compile(r"\bupon (?:any )?such ([a-z]{6,16})\b")


def _no_antecedent(paper: Paper) -> Iterator[Finding]:
    """ "upon any such conversion" where the section has not spoken of one before."""
    for match in _SUCH.finditer(paper.text):
        path = paper.section_of(paper.places.path_of(match.start(), match.end()))
        bounds = paper.bounds(path)
        sentence = paper.sentence_at(match.start())
        if bounds is None or sentence is None or not path:
            continue
        root = stem(match.group(1))[:7]
        before = paper.lower[max(bounds[0], match.start() - 6000) : match.start()]
        if re.search(rf"\b{re.escape(root[:5])}", before) is None:
            yield make(
                RuleClass.GRAMMAR,
                "such-without-antecedent",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(max(sentence.start, match.start() - 70), match.end())],
                f'"such {match.group(1)}" has nothing to point to in this section',
                f'"any {match.group(1)}" with the words that say which',
            )


_OPENING = re.compile(
    r"^(?:No later than|Not later than|Upon|Promptly after|Promptly following|Within|Immediately after|Immediately "
    r"upon|After|Following|On or before|Prior to) [^,;]{25,160}? (?:[A-Z][a-z]+|\)) the [A-Z][a-z]+ (?:shall|will|may) "
)


def _opening_without_comma(paper: Paper) -> Iterator[Finding]:
    """A long opening phrase that runs into the subject without a comma."""
    for sentence in paper.sentences:
        match = _OPENING.match(sentence.text)
        if match is not None:
            yield make(
                RuleClass.GRAMMAR,
                "comma-after-opening-missing",
                Severity.COSMETIC,
                Confidence.PROBABLE,
                [paper.passage(sentence.start, sentence.start + match.end())],
                "the opening phrase runs into the subject",
                "a comma before the subject",
            )


_HEADED = ("indemnif", "arbitrat")


def _headings(paper: Paper) -> Iterator[Finding]:
    """A heading with a percentage its text does not have; an indemnity or arbitration clause under another heading."""
    for node, (start, end) in zip(paper.places.nodes, paper.places.bounds, strict=True):
        if not node.heading or node.kind is NodeKind.CONTENTS or end - start > 60_000:
            continue
        heading = node.heading.lower()
        text = paper.text[start:end]
        stated = re.search(r"\b([a-z-]+|\d{1,2}(?:\.\d+)?) ?(?:percent|%)", heading)
        if stated is not None:
            figure = str(number_in_words(stated.group(1)) or stated.group(1))
            body = text[len(node.heading) :]
            others = re.findall(r"(\d{1,3}(?:\.\d+)?) ?%", body)
            if others and figure[0].isdigit() and figure not in others:
                at = text.find(others[0] + "%")
                yield make(
                    RuleClass.HEADING,
                    "heading-figure-differs",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [
                        paper.passage(start, min(end, start + len(node.heading) + 8)),
                        paper.passage(start + max(0, at - 30), start + at + 8),
                    ],
                    f"the heading says {stated.group()}, the text {others[0]}%",
                    f"{others[0]}%",
                )
        if node.children and any(child.heading for child in node.children):
            continue
        for root in _HEADED:
            found = _operative(text.lower(), root)
            if (
                found is not None
                and root not in heading
                and stem(root) not in heading
                and not _under(paper, node, root)
            ):
                yield make(
                    RuleClass.HEADING,
                    "provision-under-another-heading",
                    Severity.COSMETIC,
                    Confidence.PROBABLE,
                    [
                        paper.passage(start, min(end, start + len(node.heading) + 8)),
                        paper.passage(start + found, min(end, start + found + 60)),
                    ],
                    f'a provision to {root}y stands under the heading "{node.heading.strip(". ")}"',
                    "a section of its own",
                )


def _operative(text: str, root: str) -> int | None:
    """Where a general undertaking of this kind stands ("agrees to indemnify and hold harmless")."""
    match = re.search(rf"\b(?:agrees? to|shall|will) {root}\w* (?:and hold harmless|, defend|and defend|any|all)", text)
    return match.start() if match else None


def _under(paper: Paper, node: Node, root: str) -> bool:
    return any(root in above.heading.lower() for above in paper.places.chain(node.path))


def _form_words(paper: Paper) -> Iterator[Finding]:
    """A notice of conversion that speaks of exercise or principal, a form of exercise that speaks of conversion."""
    for node, (start, end) in zip(paper.places.nodes, paper.places.bounds, strict=True):
        if node.kind is not NodeKind.FORM:
            continue
        text = paper.lower[start:end]
        if "notice of conversion" in text[:300]:
            wrong = re.search(r"\b(?:partial exercise|upon exercise|principal balance|principal amount)\b", text)
            if wrong is None or "note" in paper.document.title.lower() or "debenture" in paper.document.title.lower():
                continue
        elif re.search(r"exercise (?:agreement|form|notice)|notice of exercise|subscription form", text[:300]):
            wrong = re.search(r"\bpartial conversion\b|\bconversion date\b", text)
            if wrong is None:
                continue
        else:
            continue
        yield make(
            RuleClass.WRONG_WORD,
            "words-of-another-instrument",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(start + max(0, wrong.start() - 20), start + wrong.end())],
            f'"{wrong.group()}" belongs to another kind of instrument',
            "the words of this instrument",
        )
