"""Papers of a set that contradict each other in substance: courts, fractions, signatures, dates, facilities."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from paripassu.documents.model import DocumentKind
from paripassu.documents.proofreading.arithmetic_rules import money
from paripassu.documents.proofreading.conflicts import dates_in
from paripassu.documents.proofreading.findings import Confidence, Finding, Passage, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import CONTENT_FREE, stem
from paripassu.documents.proofreading.papers import Paper, make

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATED = rf"{_MONTH} \d{{1,2}}, \d{{4}}"
_LONGEST = 6000
_SUMMARIES = (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE)


def across_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about contradictions between these papers."""
    yield from _fractions(papers)
    if len(papers) < 2:
        return
    yield from _courts(papers)
    yield from _capacities(papers)
    yield from _figure_as_of(papers)
    yield from _release_too_early(papers)
    yield from _facilities(papers)
    yield from _year_ends(papers)
    yield from _summaries(papers)


def _across(
    rule: str, passages: Sequence[Passage], wrong: str, reading: str, sure: Confidence = Confidence.CERTAIN
) -> Finding:
    return make(RuleClass.CONFLICT_ACROSS, rule, Severity.AMBIGUITY, sure, passages, wrong, reading)


_COURTS = re.compile(
    r"\b(?P<who>(?:The |the )?(?:[Pp]arties(?: hereto)?|[A-Z][a-z]+)) irrevocably consents? to the (?:exclusive "
    r"|non-exclusive )?jurisdiction (?P<courts>[^.;]{10,330})"
)


def _courts(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Jurisdiction clauses that bind other parties or name other courts."""
    found: list[tuple[Passage, tuple[bool, bool, bool]]] = []
    for paper in papers:
        for match in _COURTS.finditer(paper.text):
            courts = match.group("courts").split(" in any suit")[0]
            state = re.search(r"(?i)\bstate courts|courts of the State|(?:and|or) state\b", courts) is not None
            both = re.search(r"(?i)parties", match.group("who")) is not None
            found.append((paper.passage(match.start(), match.end()), (both, "ederal" in courts, state)))
    if len({kind for _, kind in found}) > 1:
        yield _across(
            "courts-differ",
            [passage for passage, _ in found],
            "the papers of the set consent to different courts, or bind different parties",
            "the widest clause throughout",
        )


def _fractions(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Fractions rounded in one paper and paid in cash in another."""
    found: list[tuple[Passage, str]] = []
    for paper in papers:
        for sentence in paper.sentences:
            low = sentence.text.lower()
            if "fractional share" not in low or len(low) > _LONGEST:
                continue
            cash = re.search(r"\bpay (?:to [a-z ]{3,30} )?(?:a )?cash\b|\bcash adjustment\b|\bpaid in cash\b", low)
            rounds = re.search(r"\bround(?:ed)? (?:up or down|up|down)\b|\bnearest whole\b", low)
            if cash or rounds:
                kind = "cash" if cash else "round"
                found.append((paper.passage(sentence.start, sentence.end), kind))
    kinds: dict[str, set[str]] = defaultdict(set)
    for passage, kind in found:
        kinds[passage.document].add(kind)
    for document, values in kinds.items():
        if len(values) > 1:
            own = [passage for passage, _ in found if passage.document == document]
            yield make(
                RuleClass.CONFLICT,
                "fractions-differ",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                own,
                "fractions are rounded in one sentence and paid in cash in another",
                "one of them",
            )
    if len(kinds) > 1 and len({frozenset(values) for values in kinds.values()}) > 1:
        yield _across(
            "fractions-differ",
            [passage for passage, _ in found],
            "fractions are rounded in one paper and paid in cash in another",
            "may be meant; confirm",
            Confidence.TO_CONFIRM,
        )


_SIGNATURE = re.compile(
    r"\b(?P<entity>[A-Z][A-Z&. ]{3,40}, (?:LDC|LLC|L\.L\.C\.|L\.P\.|LP|LTD\.?|INC\.?))(?: [A-Z][A-Z&. ]{3,40}, "
    r"(?:LDC|LLC|LP|INC\.))? {0,3}By: (?P<by>/s/ ?(?P<person>[A-Z][A-Za-z. ]{3,30})|(?P<agent>[A-Z][\w&. ]{3,40},? "
    r"(?:LLC|L\.L\.C\.|L\.P\.|LP|Inc\.|Ltd\.|Corp\.)))"
)


def _capacities(papers: Sequence[Paper]) -> Iterator[Finding]:
    """An entity that signs one paper by its officer and another through an agent."""
    found: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for paper in papers:
        for match in _SIGNATURE.finditer(paper.text):
            how = match.group("agent") or "its officer"
            found[match.group("entity").upper()][how].append(
                paper.passage(match.start(), min(len(paper.text), match.end() + 60))
            )
    for entity, ways in found.items():
        passages = [passage for places in ways.values() for passage in places]
        if len(ways) > 1 and len({passage.document for passage in passages}) > 1:
            yield _across(
                "capacities-differ",
                passages,
                f"{entity} signs by {' and by '.join(sorted(ways))}",
                "confirm the authority, and sign alike",
            )


_AS_OF = re.compile(r"\bwhich,? as of (?P<when>[^.;()]{4,110}?),? (?:shall be|is|was) (?P<figure>\d{1,3}(?:,\d{3})+)\b")


def _figure_as_of(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One figure stated as of two different days."""
    found: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for paper in papers:
        for match in _AS_OF.finditer(paper.text):
            found[match.group("figure")].append(
                (paper.passage(match.start(), match.end()), " ".join(match.group("when").lower().rstrip(",").split()))
            )
    for figure, places in found.items():
        if len({when for _, when in places}) > 1:
            yield _across(
                "figure-as-of-two-days",
                [passage for passage, _ in places],
                f"{figure} is stated as of two different days",
                "the day that is a date",
            )


_RELEASE = re.compile(
    r"(?i)\b(?:immediately |promptly )?(?:following|after|upon) (?:the )?(?P<event>(?:[A-Z][a-z]+ ){0,2}Closing),? "
    r"(?:the )?[A-Z][a-z]+ shall issue a press release"
)
_DATELINE = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? (?P<day>\d{1,2})(?:, "
    r"(?P<year>\d{4}))?,? ?(?:/|--|-|\()"
)
_SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _release_too_early(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A release due after a closing, and a release of the set that is dated before it."""
    for paper in papers:
        due = _RELEASE.search(paper.text)
        if due is None:
            continue
        fixed = re.search(rf"(?i)\b{re.escape(due.group('event'))}\b|\bpurchase\b", paper.text)
        closing = re.search(rf"\bshall be ({_DATED}),? or such other date", paper.text)
        if fixed is None or closing is None:
            continue
        day = dates_in(closing.group(1))[0]
        for other in papers:
            line = _DATELINE.search(other.text[:1500]) if other.kind is DocumentKind.PRESS_RELEASE else None
            if line is None:
                continue
            year = int(line.group("year") or day.year)
            issued = date(year, _SHORT_MONTHS.index(line.group("month")) + 1, min(int(line.group("day")), 28))
            if issued < day:
                later = re.search(r"(?i)\bclosing of [^.]{0,120} will occur\b[^.]{0,80}", other.text)
                passages = [paper.passage(due.start(), due.end()), other.passage(line.start(), line.end())]
                passages += [other.passage(later.start(), later.end())] if later else []
                yield _across(
                    "release-before-the-closing",
                    passages,
                    f"the release is dated {issued}, the closing it is to follow {day}",
                    "another release is due after the closing",
                )


_FACILITY = re.compile(
    r"(?i)\b(?:to lend|line of credit|credit facility|credit line|loan commitment|working capital "
    r"line)\b[^.;]{0,200}?(?P<sum>\$\d[\d,.]*(?: million| billion)?)"
)


def _facilities(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A facility to the company told with one amount in an agreement and another in a summary."""
    agreements: list[tuple[Passage, int]] = []
    summaries: list[tuple[Passage, int]] = []
    for paper in papers:
        for match in _FACILITY.finditer(paper.text):
            amounts = money(match.group("sum").split(" ")[0].rstrip(".,"))
            if not amounts:
                continue
            scale = (
                1_000_000
                if "million" in match.group("sum")
                else 1_000_000_000
                if "billion" in match.group("sum")
                else 1
            )
            sum_ = int(amounts[0] * scale)
            place = (paper.passage(max(0, match.start() - 60), match.end()), sum_)
            (summaries if paper.kind in _SUMMARIES else agreements).append(place)
    told = [(one, two) for one in agreements[:1] for two in summaries if one[1] != two[1]]
    if told:
        one, two = told[0]
        yield _across(
            "facilities-differ",
            [one[0], two[0]],
            f"a facility of {one[1]:,} in the agreement, of {two[1]:,} in the summary, if they are one",
            "confirm; state lender, commitment and what is drawn",
            Confidence.PROBABLE,
        )


_SINCE = re.compile(rf"\bSince ({_DATED}),? there (?:has|have) been no\b[^.;]{{0,80}}")
_YEAR = re.compile(rf"\b(?:fiscal )?year ended ({_DATED})")


def _year_ends(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A no-change representation that starts some days off the fiscal year-end another paper names."""
    ends = [(paper, match) for paper in papers for match in _YEAR.finditer(paper.text)]
    for paper in papers:
        for since in _SINCE.finditer(paper.text):
            day = dates_in(since.group(1))
            for other, match in ends:
                end = dates_in(match.group(1))
                if day and end and 0 < abs((day[0] - end[0]).days) <= 10:
                    yield _across(
                        "since-a-day-near-the-year-end",
                        [paper.passage(since.start(), since.end()), other.passage(match.start(), match.end())],
                        f"the representation starts on {day[0]}, the fiscal year ended on {end[0]}",
                        "the balance-sheet date",
                        Confidence.PROBABLE,
                    )
                    break


_DROPS = re.compile(
    r"(?i)\b(?P<verb>waives?|waived|eliminates?|eliminated|terminates?|terminated|removes?|removed)\b "
    r"(?P<what>[^.;,]{8,110})"
)


def _summaries(papers: Sequence[Paper]) -> Iterator[Finding]:
    """A summary that says a right is waived or gone where the section on it keeps it under a condition."""
    for paper in papers:
        if paper.kind not in _SUMMARIES:
            continue
        for match in _DROPS.finditer(paper.text):
            subject = _subject(match.group("what"))
            for other in papers:
                if other.kind in _SUMMARIES or len(subject) < 2:
                    continue
                for node in other.places.nodes:
                    heading = _subject(node.heading)
                    text = other.words_of(node.path)
                    if not (len(heading & subject) >= 2 and len(text) < 6000 and re.search(r"\bunless\b", text)):
                        continue
                    at = other.text.find("unless", (other.bounds(node.path) or (0, 0))[0])
                    yield _across(
                        "summary-overstates",
                        [paper.passage(match.start(), match.end()), other.passage(at, min(len(other.text), at + 160))],
                        f'the summary says "{match.group("verb")}"; {node.path} keeps the right under a condition',
                        f"{node.path} controls",
                    )
                    break


def _subject(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"[a-z]{5,}", text.lower()) if word not in CONTENT_FREE)
