"""References that resolve, to a provision that speaks of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paripassu.documents.model import NodeKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import CONTENT_FREE, stem
from paripassu.documents.proofreading.papers import Paper, make
from paripassu.documents.proofreading.resolution import resolve

_DATE = compiled(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
_DESCRIBED = compiled(
    r"(?P<what>(?:[\w’'-]{1,30} ){1,7})(?:described|referred to|specified|required|contemplated|called for) "
    r"(?:in|by|under|pursuant to) "
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)
_DETERMINED = compiled(
    r"(?P<what>(?:[A-Z][\w’'-]{1,30} ){1,4})(?:shall be )?(?:determined|calculated|computed) (?:as )?(?:provided|set "
    r"forth|specified|described|in accordance with) ?(?:in )?"
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)
_COMPLY = compiled(r"\bshall comply with (?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7})")
_GENERAL = frozenset(
    (
        "materials", "matters", "matter", "manner", "transactions", "transaction", "documents", "information",
        "amounts", "amount", "items", "actions", "action", "extent", "purposes", "date", "dates", "period", "time",
        "times", "purpose", "except", "benefits", "otherwise", "loans", "default", "defaults", "kind", "kinds",
        "character", "calculation", "calculations", "nature", "sort", "method", "basis", "anything", "circumstances",
        "case", "cases", "things", "thing", "securities", "company", "party", "parties",
    )
)  # fmt: skip
_KINDS_OF_PAPER = frozenset(("certificate", "opinion", "letter", "report", "affidavit", "invoice"))


def subject_findings(paper: Paper) -> Iterator[Finding]:
    """References of a paper with a sound outline that resolve to a provision about something else."""
    yield from _heading_elsewhere(paper)
    yield from _subject(paper)
    yield from _computed_elsewhere(paper)
    yield from _compliance(paper)


def _content(text: str) -> set[str]:
    """The stems of the words that carry meaning."""
    return {stem(word) for word in re.findall(r"[A-Za-z]{4,}", text.lower()) if word not in CONTENT_FREE}


_USES = compiled(
    r"(?P<what>(?:[\w’'-]{1,30} ){2,12})(?:in accordance with|as (?:provided|set forth|specified) in|pursuant "
    r"to|subject to) "
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)


def _heading_elsewhere(paper: Paper) -> Iterator[Finding]:
    """A matter to be dealt with under a section that has not a word of it, while another section is headed so."""
    headed = [
        (node, _content(node.heading))
        for node in paper.places.nodes
        if node.heading and not node.run_in and node.kind in (NodeKind.ARTICLE, NodeKind.SECTION, NodeKind.CLAUSE)
    ]
    for match in _USES.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        following = paper.text[match.end() : match.end() + 30]
        path = resolve(paper, sign)
        if path is None or re.match(r"\.?,? (?:of|to|under) (?:the|that|such)", following):
            continue
        last = [word for word in re.findall(r"[A-Za-z]{4,}", words(match, "what").lower()) if word not in CONTENT_FREE][
            -2:
        ]
        wanted = {stem(word) for word in last if word not in _GENERAL}
        target = _content(paper.words_of(path))
        if not wanted or wanted & target:
            continue
        own = {node.path for node in paper.places.chain(paper.places.path_of(match.start(), match.end()))}
        for node, heading in headed:
            if heading & wanted and node.path != path and node.path not in own and len(heading) <= 2:
                yield make(
                    RuleClass.WRONG_TARGET,
                    "heading-elsewhere",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(max(match.start(), match.end() - 90), match.end())],
                    f"{sign} has no words for this; {node.path} is headed {node.heading.strip('. ')}",
                    f'"Section {node.path}"',
                )
                break


def _subject(paper: Paper) -> Iterator[Finding]:
    """ "the X described in Section S" where S has not a word of X, or lacks the date named beside it."""
    for match in _DESCRIBED.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        following = paper.text[match.end() : match.end() + 60]
        if re.match(r"\.?,? (?:of|to|under) (?:the|that|such)", following):
            continue
        path = resolve(paper, sign)
        if path is None:
            continue
        target = paper.words_of(path)
        phrase = re.split(r"[,;:(]", words(match, "what"))[-1]
        what = _nearest_noun(phrase)
        inside_term = re.search(
            r"[\"“][^\"”]{1,50}[\"”] (?:means|shall mean) ", paper.text[max(0, match.start() - 80) : match.end()]
        )
        if inside_term is None:
            what = [word for word in what if word in _KINDS_OF_PAPER]
        missing = [word for word in what if _lacks(target, word)]
        date = _DATE.search(following)
        date_elsewhere = date is not None and words(date) not in target and _sibling_with(paper, path, words(date))
        if date_elsewhere:
            yield make(
                RuleClass.WRONG_TARGET,
                "subject-elsewhere",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [paper.passage(max(match.start(), match.end() - 120), match.end() + (date.end() if date else 0))],
                f"{sign} does not speak of {words(date) if date else ''}; {date_elsewhere} does",
                f'"Section {date_elsewhere}"',
            )
        elif what and len(missing) == len(what):
            kind = RuleClass.UNDEFINED if inside_term else RuleClass.MALFORMED
            yield make(
                kind,
                "described-nowhere",
                Severity.AMBIGUITY if inside_term else Severity.COSMETIC,
                Confidence.CERTAIN,
                [
                    paper.passage(max(match.start(), match.end() - 120), match.end()),
                    paper.passage(*(paper.bounds(path) or (0, 0))),
                ],
                f'{sign} has no words for "{" ".join(what)}"',
                "use the words of the provision referred to",
            )


def _nearest_noun(phrase: str) -> list[str]:
    """The last word of meaning before the reference; none where it is too general to be looked for."""
    found = [word for word in re.findall(r"[A-Za-z]{4,}", phrase.lower()) if word not in CONTENT_FREE]
    return [] if not found or found[-1] in _GENERAL else found[-1:]


def _lacks(target: str, word: str) -> bool:
    """Whether the words of the target have nothing of this family; a kind of paper must be there as a common noun."""
    if word in _KINDS_OF_PAPER:
        return re.search(rf"\b{word}s?\b", target) is None
    return stem(word) not in _content(target)


def _sibling_with(paper: Paper, path: str, wanted: str) -> str:
    """A neighbour of this node whose words hold the wanted ones."""
    chain = paper.places.chain(path)
    parent = chain[1] if len(chain) > 1 else None
    neighbours = parent.children if parent else ()
    return next((node.path for node in neighbours if node.path != path and wanted in paper.words_of(node.path)), "")


def _computed_elsewhere(paper: Paper) -> Iterator[Finding]:
    """ "the X determined as set forth in Article S" where X is given its meaning outside S."""
    for match in _DETERMINED.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        path = resolve(paper, sign)
        found = paper.bounds(path) if path else None
        term = words(match, "what").strip().lower()
        homes = [item for item in paper.terms if item.key == term or term.endswith(" " + item.key)]
        if (
            found is None
            or not homes
            or re.match(r"\.?,? (?:of|to) (?:the|that)", paper.text[match.end() : match.end() + 12])
        ):
            continue
        if any(found[0] <= item.start < found[1] for item in homes):
            continue
        home = paper.places.path_of(homes[0].start, homes[0].end)
        yield make(
            RuleClass.WRONG_TARGET,
            "computed-elsewhere",
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end()), paper.passage(homes[0].start, homes[0].end)],
            f'"{homes[0].definition.term}" is given its meaning in {home}, not in {sign}',
            f'"{words(match, "head")} {paper.article_of(home) if words(match, "head") == "Article" else home}"',
        )


def _compliance(paper: Paper) -> Iterator[Finding]:
    """ "shall comply with Article A" where another Article's heading is compliance with this very subject."""
    headed = [node for node in paper.places.nodes if node.heading and re.search(r"(?i)\bcompliance\b", node.heading)]
    for match in _COMPLY.finditer(paper.text):
        path = resolve(paper, words(match, "sign").rstrip("."))
        home = paper.section_of(paper.places.path_of(match.start(), match.end()))
        near = _content(paper.words_of(paper.places.path_of(match.start(), match.end())) or paper.words_of(home))
        for node in headed:
            subject = _content(node.heading) - {stem("compliance")}
            if path and node.path != path and subject and len(subject & near) * 2 >= len(subject):
                yield make(
                    RuleClass.WRONG_TARGET,
                    "compliance-elsewhere",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(max(0, match.start() - 60), match.end())],
                    f"the provision headed as compliance with this subject is {node.path}",
                    f'"{words(match, "head")} {node.path}"',
                )
