"""Conflicts of time: one duty with two deadlines, in one paper and across a set; long stops before their closing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from paripassu.documents.model import DocumentKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.deadlines import Deadline, deadlines, shown
from paripassu.documents.proofreading.findings import Confidence, Finding, Passage, RuleClass, Severity
from paripassu.documents.proofreading.papers import Paper, make

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DATE = compiled(rf"(?i)\b(?P<month>{'|'.join(_MONTHS)}) (?P<day>\d{{1,2}}), ?(?P<year>\d{{4}})\b")
_IMMEDIATE = compiled(
    r"(?i)\b(?:immediately|promptly|forthwith|as soon as practicable) (?:upon|after|following) (?:the "
    r")?(?:consummation|closing|[a-z ]{0,20}closing)[^.;]{0,80}\bshall file\b[^.;]{0,160}"
)
_FORM = re.compile(r"\bForm (\d{1,2}-[A-Z]|[A-Z]{1,2}-\d{1,2}|D)\b")
_TERM_DATE = re.compile(r"\b((?:[A-Z][a-z]+ ){2,4}(?:Date|Event|Deadline))\b")


def conflict_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about deadlines in these papers."""
    found = [deadline for paper in papers if paper.kind is not DocumentKind.REPORT for deadline in deadlines(paper)]
    yield from _same_subject(found, papers)
    yield from _same_anchor(found)
    yield from _notice_windows(found)
    for paper in papers:
        yield from _long_stop(paper)
    yield from _parallel_sentences(papers)


def dates_in(text: str) -> list[date]:
    """The calendar dates in a text that exist."""
    found = []
    for match in DATE.finditer(text):
        try:
            found.append(
                date(
                    int(words(match, "year")),
                    _MONTHS.index(words(match, "month").capitalize()) + 1,
                    int(words(match, "day")),
                )
            )
        except ValueError:
            continue
    return found


def _subjects(deadline: Deadline) -> list[str]:
    """The subjects a deadline falls under; one duty stated twice shares a subject."""
    text = deadline.paper.text[slice(*deadline.clause)]
    near = deadline.paper.text[
        max(deadline.clause[0], deadline.start - 260) : min(deadline.clause[1], deadline.end + 260)
    ]
    found: list[str] = []
    registration = re.search(r"(?i)\bregistration statements?\b", near) is not None
    if registration and not deadline.before and deadline.lead != "at least":
        if deadline.act == "file" and "clos" in deadline.anchor:
            found.append("the filing of a registration statement")
        if deadline.act == "effective" and "clos" in deadline.anchor:
            found.append("the effectiveness of a registration statement")
        term = _TERM_DATE.search(deadline.paper.text[deadline.end : deadline.end + 170])
        if term is not None and "Trigger" in term.group(1):
            found.append(f"registration after the {term.group(1)}")
    form = _FORM.search(text)
    if form is not None and deadline.act == "file" and not deadline.before:
        found.append(f"the filing of Form {form.group(1)}")
    if (
        re.search(r"(?i)\bdisputed? (?:calculation|determination)|submit the disputed", near)
        and re.search(r"(?i)\baccount(?:ing|ants?)\b|\binvestment bank", near)
        and "rece" not in deadline.anchor
    ):
        found.append("sending a disputed calculation to the accountants")
    if deadline.before and "record" in deadline.anchor and "dat" in deadline.anchor:
        found.append("notice before a record date")
    if deadline.before and "consumm" in deadline.anchor and "transact" in deadline.anchor and "maj" in deadline.anchor:
        found.append("notice before a major transaction")
    if deadline.act == "elect" and {"receipt", "notic"} <= deadline.anchor:
        kind = re.search(
            r"\b(?:[Rr]eceipt) of (?:the |such |a )?((?:Notice of )?[A-Z][A-Za-z ]{4,40})",
            deadline.paper.text[deadline.end : deadline.end + 120],
        )
        if kind is not None:
            found.append(f"election after the {kind.group(1).strip()}")
    return found


def _same_subject(found: Sequence[Deadline], papers: Sequence[Paper]) -> Iterator[Finding]:
    """Deadlines of one subject that differ, within a paper or across the set."""
    groups: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in found:
        for subject in _subjects(deadline):
            groups[subject].append(deadline)
    for subject, group in groups.items():
        by_paper: dict[str, list[Deadline]] = defaultdict(list)
        for deadline in group:
            by_paper[deadline.paper.name].append(deadline)
        lengths = {name: frozenset(deadline.length for deadline in own) for name, own in by_paper.items()}
        across = len(by_paper) > 1 and len(set(lengths.values())) > 1
        within = [
            own
            for own in by_paper.values()
            if subject.startswith("the filing of Form") and len({d.length for d in own}) > 1
        ]
        passages = [deadline.paper.passage(*shown(deadline.paper, deadline)) for deadline in group]
        if across:
            passages += _immediate(papers) if subject == "the filing of a registration statement" else []
            yield _conflict(RuleClass.CONFLICT_ACROSS, "deadlines-differ-across-the-set", subject, group, passages)
        elif within:
            yield _conflict(RuleClass.CONFLICT, "deadlines-differ", subject, group, passages)


def _immediate(papers: Sequence[Paper]) -> list[Passage]:
    """Places that call for the filing at once."""
    return [
        paper.passage(match.start(), match.end())
        for paper in papers
        for match in _IMMEDIATE.finditer(paper.text)
        if "Registration Statement" in (match.group() or "")
    ]


def _conflict(
    rule_class: RuleClass, rule: str, subject: str, group: Sequence[Deadline], passages: Sequence[Passage]
) -> Finding:
    lengths = sorted({deadline.length for deadline in group})
    return make(
        rule_class,
        rule,
        Severity.RIGHTS if "registration" in subject else Severity.AMBIGUITY,
        Confidence.CERTAIN,
        passages,
        f"different periods for {subject}: " + ", ".join(lengths),
        "both bind until one is conformed; meet the earlier",
    )


def _same_anchor(found: Sequence[Deadline]) -> Iterator[Finding]:
    """Within a paper: one count of days in two units, from one event, for one act."""
    by_paper: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in found:
        by_paper[id(deadline.paper)].append(deadline)
    for own in by_paper.values():
        seen: set[str] = set()
        for one, two in combinations(own[:400], 2):
            shared = one.anchor & two.anchor
            if (
                len(shared) < 3
                or one.act != two.act
                or one.count != two.count
                or one.unit == two.unit
                or one.before != two.before
            ):
                continue
            if (
                shared < min(one.anchor, two.anchor, key=len)
                or one.path == two.path
                or " ".join(sorted(shared)) in seen
            ):
                continue
            seen.add(" ".join(sorted(shared)))
            yield make(
                RuleClass.CONFLICT,
                "one-count-in-two-units",
                Severity.AMBIGUITY,
                Confidence.TO_CONFIRM,
                [one.paper.passage(*shown(one.paper, one)), two.paper.passage(*shown(two.paper, two))],
                f"{one.length}s and {two.length}s from one event for one failure",
                "confirm that two clocks are meant",
            )


_WINDOW = compiled(
    r"(?i)\bno (?:sooner|earlier) than [^.;]{3,60}? (?:and|nor|or)(?: no)? (?:later|less) than [^.;]{3,60}? (?:prior "
    r"to|before) (?:the )?(?P<what>consummation|closing|effective date|record date)[^.;,]{0,60}"
)
_AT_LEAST = compiled(
    r"(?i)\b(?:at least|not less than|or) [^.;]{3,44}? (?:prior to|before) (?:the "
    r")?(?P<what>consummation|closing|effective date|record date)\b"
)


def _notice_windows(found: Sequence[Deadline]) -> Iterator[Finding]:
    """Within a paper: notice no sooner than N days before an event, and at least M > N days before it."""
    for paper in {id(deadline.paper): deadline.paper for deadline in found}.values():
        windows = [(match, words(match, "what").lower()) for match in _WINDOW.finditer(paper.text)]
        for window, what in windows:
            longest = max(_days(paper, found, window.start(), window.end()), default=0)
            for other in _AT_LEAST.finditer(paper.text):
                if words(other, "what").lower() != what or window.start() <= other.start() < window.end():
                    continue
                other_days = max(_days(paper, found, other.start(), other.end()), default=0)
                if longest and other_days > longest + longest // 2:
                    yield make(
                        RuleClass.CONFLICT,
                        "notice-windows-apart",
                        Severity.AMBIGUITY,
                        Confidence.CERTAIN,
                        [
                            paper.passage(window.start(), window.end()),
                            paper.passage(max(0, other.start() - 70), other.end()),
                        ],
                        f"notice no sooner than {longest} days before the {what}, and at least {other_days} days "
                        "before it",
                        "two notices for two purposes, if that is meant; say so",
                    )
                    break


def _days(paper: Paper, found: Sequence[Deadline], start: int, end: int) -> list[int]:
    return [
        deadline.count
        for deadline in found
        if deadline.paper is paper and start <= deadline.start < end and deadline.unit.endswith("day")
    ]


_DATED_AS_OF = compiled(
    r"(?i)\b(?:entered into|made|executed|dated)(?: and entered into| and dated)?(?: effective)? as of (?:the "
    rf")?(?:{'|'.join(_MONTHS)}) \d{{1,2}}, ?\d{{4}}"
)
_STOP = compiled(
    r"(?i)\b(?P<event>(?:(?:First|Second|Third|Initial|Final|Additional|Subsequent) )?Closing) shall not have "
    r"occurred (?:within|on or (?:before|prior to)) (?P<limit>[^.;]{4,120})"
)


def _long_stop(paper: Paper) -> Iterator[Finding]:
    """An agreement that ends, if not closed, before the date it fixes for closing."""
    dated = _DATED_AS_OF.search(paper.text)
    front = dates_in(words(dated)) if dated else []
    for match in _STOP.finditer(paper.text):
        limit = words(match, "limit")
        hours = re.search(r"\((\d{1,3})\) (hours?|days?|business days?)", limit) or re.search(
            r"\b(\d{1,3}) (hours?|days?)", limit
        )
        if hours is None or not front or "execution" not in limit:
            continue
        length = int(hours.group(1))
        stop = front[0] + (timedelta(hours=length) if hours.group(2).startswith("hour") else timedelta(days=length))
        name = words(match, "event").strip()
        fixed = compiled(
            rf"(?i)\b(?:{re.escape(name)}|closing|this Agreement|date and time)[^.]{{0,260}}? shall be "
            rf"(?P<date>(?:{'|'.join(_MONTHS)}) \d{{1,2}}, \d{{4}})"
        )
        for closing in fixed.finditer(paper.text):
            day = dates_in(words(closing, "date"))
            if day and day[0] > stop:
                yield make(
                    RuleClass.CONFLICT,
                    "long-stop-before-closing",
                    Severity.RIGHTS,
                    Confidence.CERTAIN,
                    [
                        paper.passage(match.start(), match.end()),
                        paper.passage(closing.end() - len(words(closing, "date")) - 40, closing.end()),
                    ],
                    f"the agreement of {front[0]} ends on {stop} and its closing is fixed for {day[0]}",
                    "the date fixed for closing controls; run the long stop from it",
                )
                return


_UNITED = re.compile(
    r"\b(?:\w+ )?\((\d{1,3})(?:st|nd|rd|th)?\) (business days?|trading days?|days?|months?|years?)|\b(\d{1,3}) "
    r"(business days?|trading days?|days?|months?|years?)|(\d{1,3}(?:\.\d+)?) ?%"
)


def _parallel_sentences(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Sentences of two papers in nearly the same words whose periods or percentages differ."""
    lines = [
        (paper, sentence, _shingles(sentence.text))
        for paper in papers
        for sentence in paper.sentences
        if _UNITED.search(sentence.text) and 14 <= len(sentence.text.split()) < 260
    ]
    index: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, shingles) in enumerate(lines):
        for shingle in shingles:
            index[shingle].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in index.values():
        if len(places) <= 8:
            for pair in combinations(places, 2):
                shared[pair] += 1
    seen: set[str] = set()
    for (first, second), count in sorted(shared.items()):
        one, two = lines[first], lines[second]
        if one[0] is two[0] or count < 0.6 * min(len(one[2]), len(two[2])) or one[1].text in seen:
            continue
        if _figures(one[1].text) != _figures(two[1].text) and len(_figures(one[1].text)) == len(_figures(two[1].text)):
            seen.add(one[1].text)
            yield make(
                RuleClass.CONFLICT_ACROSS,
                "parallel-sentences-differ-in-a-figure",
                Severity.AMBIGUITY,
                Confidence.TO_CONFIRM,
                [one[0].passage(one[1].start, one[1].end), two[0].passage(two[1].start, two[1].end)],
                "nearly the same sentence in two papers, with different periods: "
                + " / ".join(", ".join(_figures(item[1].text)) for item in (one, two)),
                "confirm that the difference is meant",
            )


def _shingles(text: str) -> frozenset[str]:
    parts = re.findall(r"[a-z]+", text.lower())
    return frozenset(" ".join(parts[place : place + 3]) for place in range(len(parts) - 2))


def _figures(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part for part in match.groups() if part).rstrip("s") for match in _UNITED.finditer(text))
