"""Figures: units that clash, words against figures, examples recomputed, measures that cannot be met, closed days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from paripassu.documents.model import DocumentKind, NodeKind
from paripassu.documents.number_words import number_in_words
from paripassu.documents.proofreading.conflicts import DATE, dates_in
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.papers import Paper, Term, make

_D3 = RuleClass.ARITHMETIC
_MONEY = re.compile(r"\$(\d{1,3}(?:,\d{3}){0,5}|\d{1,15})(\.\d{1,6})?")
_PERCENT_WORDS = r"(?:percent|per cent|%)"


def arithmetic_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about figures and dates in these papers."""
    for paper in papers:
        if paper.kind in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE):
            continue
        yield from _per_share_of_all(paper)
        yield from _no_last_day(paper)
        yield from _to_all(paper)
        yield from _beyond_the_facility(paper)
        yield from _share_of_itself(paper)
        yield from _words_and_figures(paper)
        yield from _examples(paper)
        yield from _closed_days(paper)
        yield from _two_times(paper)
    yield from _one_ceiling_each(papers)


def money(text: str) -> list[Fraction]:
    """The dollar amounts in a text."""
    return [Fraction((match.group(1) + (match.group(2) or "")).replace(",", "")) for match in _MONEY.finditer(text)]


def _per_share_of_all(paper: Paper) -> Iterator[Finding]:
    """A definition per share that counts the aggregate of all shares."""
    for term in paper.terms:
        rest = paper.text[term.end : term.end + 420]
        match = re.search(
            r"^[\"”,]{0,3} (?:with respect to|for|of) (?:a|each|one) share of [^.;]{3,60}? (?:means?|shall "
            r"mean|is|shall be) (?:[^.;]|\.\d){3,200}?\baggregate [A-Z][^.;]{3,60}",
            rest,
        )
        if match is None or re.search(r"divided by|per share", match.group()):
            continue
        priced = re.search(rf"amount per share equal to the {re.escape(term.key)}", paper.lower)
        passages = [paper.passage(max(0, term.start - 6), term.end + match.end())]
        passages += [paper.passage(priced.start(), priced.end())] if priced else []
        yield make(
            _D3,
            "per-share-of-the-aggregate",
            Severity.RIGHTS,
            Confidence.CERTAIN,
            passages,
            f'"{term.definition.term}" is an amount per share and counts the aggregate of all shares',
            "the amount of that share",
        )


_COUNTED = re.compile(
    r"number of days from[^.;]{3,120}?\b(?:to|until|through),? (?:and including,? )?the (?P<end>(?:[A-Z][a-z]+ "
    r"){1,3}Date)"
)


def _no_last_day(paper: Paper) -> Iterator[Finding]:
    """An amount that accrues to a date only one event has, used where that event does not happen."""
    for sentence in _stretches(paper):
        match = _COUNTED.search(paper.text, sentence[0], sentence[1])
        if match is None:
            continue
        last = next((term for term in paper.terms if term.key == match.group("end").lower()), None)
        if last is None:
            continue
        event = re.search(
            r"^[\"”,]{0,3} ?means,? for any (?P<event>(?:[A-Z][a-z]+ ?){1,3})", paper.text[last.end : last.end + 80]
        )
        amount = _term_before(paper, match.start())
        if event is None or amount is None:
            continue
        places = _uses_outside(paper, amount, last.key, event.group("event").split()[-1].lower())
        if places:
            yield make(
                _D3,
                "accrues-to-a-day-that-does-not-come",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [
                    paper.passage(match.start(), match.end()),
                    *(paper.passage(max(0, at - 40), at + 60) for at in places),
                ],
                f'"{amount.definition.term}" is counted to the {match.group("end")}, which exists only for a '
                f"{event.group('event').strip()}, and is used where there is none",
                "count to the day of payment there",
            )


def _stretches(paper: Paper) -> list[tuple[int, int]]:
    """The nodes' own words, formulas included, that count days."""
    found = []
    for node, bounds in zip(paper.places.nodes, paper.places.bounds, strict=True):
        if not node.children and bounds[1] - bounds[0] < 3000 and node.kind is not NodeKind.CONTENTS:
            found.append(bounds)
    return found


def _term_before(paper: Paper, at: int) -> Term | None:
    earlier = [term for term in paper.terms if term.start < at and at - term.start < 500 and len(term.key) > 3]
    return earlier[-1] if earlier else None


def _uses_outside(paper: Paper, amount: Term, last: str, event: str) -> list[int]:
    """Where the amount is used in an Article headed by another event, in a section that does not name the last day."""
    found: list[int] = []
    for match in re.finditer(rf"\b{re.escape(amount.key)}\b", paper.lower):
        path = paper.places.path_of(match.start(), match.end())
        article = paper.node(paper.article_of(path))
        section = paper.section_of(path)
        if article is None or article.kind is NodeKind.FORM or amount.start - 40 <= match.start() <= amount.end + 600:
            continue
        heading = article.heading.lower()
        if event in heading and "fail" not in heading:
            continue
        if last not in paper.words_of(section).lower() and paper.sentence_at(match.start()) is not None:
            found.append(match.start())
    return found


_TO_ALL = re.compile(
    r"\bto (?:all|the) (?P<who>[A-Z][a-z]+s)\b(?P<mid>[^.;]{0,120}?), an amount equal to\b(?P<rest>[^.;]{0,200})"
)


def _to_all(paper: Paper) -> Iterator[Finding]:
    """An amount payable "to all Holders", each or together left open."""
    for sentence in paper.sentences:
        for match in _TO_ALL.finditer(sentence.text):
            if re.search(
                r"(?i)\b(?:each|pro rata|ratably|in the aggregate|proportion|allocated|its|such Holder)\b",
                match.group("mid") + match.group("rest"),
            ):
                continue
            if "all " not in match.group()[:8]:
                continue
            yield make(
                _D3,
                "to-all-or-to-each",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(sentence.start + match.start(), sentence.start + match.end())],
                f"an amount is payable to all {match.group('who')}: whether once or to each is not said",
                "one amount, shared in proportion to holdings",
            )


_EXCEEDS = re.compile(r"\bamount by which (?P<sum>\$[\d,]+) exceeds\b[^.;]{0,80}")
_LENT = re.compile(r"\b(?:lend|loan|advance|commitment|facility|line of credit)\b[^.;$]{0,90}(?P<sum>\$[\d,]+)")


def _beyond_the_facility(paper: Paper) -> Iterator[Finding]:
    """A shortfall measured from a sum larger than the facility that is to cover it."""
    for match in _EXCEEDS.finditer(paper.text):
        section = paper.bounds(paper.section_of(paper.places.path_of(match.start(), match.end())))
        if section is None:
            continue
        for lent in _LENT.finditer(paper.text, section[0], section[1]):
            facility, measure = money(lent.group("sum")), money(match.group("sum"))
            if facility and measure and measure[0] > facility[0] and not lent.start() <= match.start() <= lent.end():
                yield make(
                    _D3,
                    "shortfall-beyond-the-facility",
                    Severity.AMBIGUITY,
                    Confidence.CERTAIN,
                    [paper.passage(match.start(), match.end()), paper.passage(lent.start(), lent.end())],
                    f"the shortfall is measured from {match.group('sum')} and the facility is {lent.group('sum')}: "
                    "what is required can exceed it",
                    f"the lesser of {lent.group('sum')} and the shortfall",
                )
                return


_SHARE_OF = re.compile(
    r"\b(?:portion|share) of the (?P<term>[A-Z][a-z]+ Securities)(?: \([^()]{0,80}\))? exceeds? "
    r"[^.;]{3,60}?(?:\(\d{2,4}%\)|%|percent) of the (?:total )?number of [^.;]{0,40}?issuable"
)


def _share_of_itself(paper: Paper) -> Iterator[Finding]:
    """A portion of securities that are the shares issuable, compared with a multiple of the shares issuable."""
    for sentence in paper.sentences:
        for match in _SHARE_OF.finditer(sentence.text):
            yield make(
                _D3,
                "compared-with-itself",
                Severity.AMBIGUITY,
                Confidence.PROBABLE,
                [paper.passage(sentence.start + match.start(), sentence.start + match.end())],
                f'"{match.group("term")}" are the shares issuable: they cannot be a multiple of themselves',
                "the portion of the shares registered",
            )


_CEILING = re.compile(
    r"\bin no event shall the (?:total|aggregate) number of shares of [A-Z][a-z]+ Stock issued upon "
    r"(?P<act>conversion|exercise) of [^.;]{3,40}? exceed\b"
)
_ALLOTTED = re.compile(r"\bThe initial (?:[A-Z][a-z]+ )+Amount[^.;]{0,60} shall be allocated to the [A-Z][a-z]+s?\b")


def _one_ceiling_each(papers: Sequence[Paper]) -> Iterator[Finding]:
    """One ceiling that each instrument of a set measures with its own shares only."""
    found: list[tuple[Paper, re.Match[str]]] = []
    for paper in papers:
        for sentence in paper.sentences:
            match = _CEILING.search(paper.text, sentence.start, sentence.end)
            if match is not None and re.search(r"\d,\d{3}", paper.text[match.end() : match.end() + 1200]):
                found.append((paper, match))
    if len({match.group("act") for _, match in found}) < 2:
        return
    passages = [paper.passage(match.start(), min(match.end() + 60, len(paper.text))) for paper, match in found]
    passages += [
        paper.passage(match.start(), match.end()) for paper, _ in found for match in _ALLOTTED.finditer(paper.text)
    ]
    yield make(
        _D3,
        "one-ceiling-for-each",
        Severity.RIGHTS,
        Confidence.CERTAIN,
        passages,
        "each instrument measures its own shares alone against one ceiling",
        "one ceiling for all, allotted once",
    )


_BOTH = re.compile(
    r"\b(?P<words>(?:[A-Za-z]+[ -]{1,2}){0,9}[A-Za-z]+)(?: dollars| percent| shares| cents)?,? "
    r"\(\$?(?P<figure>\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.00)?(?:st|nd|rd|th)?%?\)"
)


def _words_and_figures(paper: Paper) -> Iterator[Finding]:
    """ "ten (15) days": the figure in the bracket is not the number in words before it."""
    for match in _BOTH.finditer(paper.text):
        spelled = number_in_words(match.group("words"))
        figure = int(match.group("figure").replace(",", ""))
        if (
            spelled is None
            or spelled == figure
            or paper.in_contents(match.start())
            or _is_label(match.group("words"), figure)
        ):
            continue
        yield make(
            _D3,
            "words-and-figures-differ",
            Severity.RIGHTS,
            Confidence.CERTAIN,
            [paper.passage(max(match.start(), match.end() - 60), match.end())],
            f"the words say {spelled}, the figure {figure}",
            "ask; words prevail where nothing else decides",
        )


def _is_label(text: str, figure: int) -> bool:
    """Whether the bracketed figure labels an item after a word that only looks like a number ("the second (1)")."""
    return (
        figure < 4
        and re.search(r"(?i)\b(?:first|second|third|one|two)$", text) is not None
        and re.search(r"(?i)(?:period|closing|the) \w+$", text) is not None
    )


_EXAMPLE = re.compile(r"\bFor example,? [^.]{20,400}\.")


def _examples(paper: Paper) -> Iterator[Finding]:
    """Worked examples with three amounts where one should be the difference of the others."""
    for match in _EXAMPLE.finditer(paper.text):
        sums = money(match.group())
        before = paper.text[max(0, match.start() - 900) : match.start()]
        if len(sums) != 3 or not re.search(r"amount by which|exceeds|difference|excess", before):
            continue
        first, second, result = sums
        if result not in (first - second, second - first):
            yield make(
                _D3,
                "example-does-not-compute",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(match.start(), match.end())],
                f"the example ends at {result}; the difference is {abs(first - second)}",
                "correct the example",
            )


_DUE = re.compile(
    r"(?i)\b(?:on or before|on or prior to|no later than|not later than|until|by|expires? (?:on|at)|time "
    r"on|before|closing date|maturity date|shall be)\b[^.;]{0,40}$"
)
_CONVENTION = re.compile(
    r"(?i)\bif (?:any|such|the) [^.;]{0,80}(?:is|falls on|shall fall on) (?:a|any)? ?(?:day (?:that|which) is "
    r"not|not) a (?:business|trading) day|next succeeding business day|next business day"
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _closed_days(paper: Paper) -> Iterator[Finding]:
    """Dates that do not exist, carry the wrong weekday, or make something due on a Saturday or Sunday."""
    convention = _CONVENTION.search(paper.text) is not None
    for match in DATE.finditer(paper.text):
        start, end = match.start(), match.end()
        days = dates_in(paper.text[start:end])
        if not days:
            yield make(
                RuleClass.CLOSED_DAY,
                "no-such-date",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [paper.passage(start, end)],
                "there is no such date",
                "ask for the date meant",
            )
            continue
        named = re.search(r"\b(" + "|".join(_WEEKDAYS) + r"),? $", paper.text[max(0, start - 12) : start])
        weekday = _WEEKDAYS[days[0].weekday()]
        if named is not None and named.group(1) != weekday:
            yield make(
                RuleClass.CLOSED_DAY,
                "weekday-wrong",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(start - len(named.group()), end)],
                f"{days[0]} is a {weekday}",
                "ask which is meant",
            )
        elif not convention and days[0].weekday() >= 5 and _is_due(paper, start, days[0]):
            yield make(
                RuleClass.CLOSED_DAY,
                "due-on-a-closed-day",
                Severity.AMBIGUITY,
                Confidence.TO_CONFIRM,
                [paper.passage(max(0, start - 50), end)],
                f"{days[0]} is a {weekday} and nothing says what then",
                "say which day counts",
            )


def _is_due(paper: Paper, start: int, day: date) -> bool:
    before = paper.text[max(0, start - 60) : start]
    return (
        day.year > 1900
        and re.search(r"(?i)\bafter ?$", before) is None
        and _DUE.search(before) is not None
        and re.search(r"(?i)\b(?:dated|as of|since|ended|ending)\b[^.;]{0,30}$", before) is None
        and paper.sentence_at(start) is not None
    )


_TIMED = re.compile(
    r"(?i)\b(\d{1,2}:\d{2}) ?([ap])\.?m\.?,? ?([A-Z][A-Za-z, ]{3,40}?time)?,? on (?:the )?((?:[A-Z][a-z]+ "
    r"){1,3}(?:\d{1,2}, \d{4}|Date))"
)


_DAY_BEFORE = re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4}) \((?:the )?[\"“]?$")


def words_(match: re.Match[str]) -> str:
    """The date a definition names, in small letters."""
    return match.group(1).lower()


def _two_times(paper: Paper) -> Iterator[Finding]:
    """One date that ends at two times of day."""
    named = {
        term.key: words_(day)
        for term in paper.terms
        if (day := _DAY_BEFORE.search(paper.text[max(0, term.start - 30) : term.start + 1]))
    }
    seen: dict[str, re.Match[str]] = {}
    for match in _TIMED.finditer(paper.text):
        moment = (match.group(1), match.group(2).lower(), (match.group(3) or "").lower().replace(",", ""))
        key = named.get(match.group(4).lower(), match.group(4).lower())
        before = seen.setdefault(key, match)
        earlier = (before.group(1), before.group(2).lower(), (before.group(3) or "").lower().replace(",", ""))
        if moment[:2] != earlier[:2] or (moment[2] and earlier[2] and moment[2] != earlier[2]):
            yield make(
                RuleClass.CONFLICT,
                "two-times-of-one-day",
                Severity.AMBIGUITY,
                Confidence.CERTAIN,
                [paper.passage(before.start(), before.end()), paper.passage(match.start(), match.end())],
                "one day ends at two times",
                "one time, with its zone",
            )
