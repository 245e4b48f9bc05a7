"""Deadlines as the papers state them: so many days, from or before what, for which act and thing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paripassu.documents.model import NodeKind
from paripassu.documents.number_words import CARDINALS, ORDINALS
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.language_stock import CONTENT_FREE, stem
from paripassu.documents.proofreading.papers import Paper

_COUNTS = CARDINALS | ORDINALS | {"forty-five": 45, "forty-eight": 48, "seventy-five": 75}
_NUMBER = "|".join(sorted(_COUNTS, key=len, reverse=True))
_PERIOD = compiled(
    rf"(?i)\b(?:(?P<word>{_NUMBER})(?: business| trading)? "
    rf"?(?:\((?P<both>\d{{1,3}})(?:st|nd|rd|th)?\))?|(?P<figure>\d{{1,3}})(?:st|nd|rd|th)?) ?"
    r"(?P<kind>business |trading |calendar |consecutive )?(?P<unit>days?|hours?|weeks?|months?|years?)\b"
)
_LEAD = re.compile(
    r"(?i)\b(within|no later than|not later than|no sooner than|nor later than|no earlier than|at least|not less "
    r"than|prior to(?: the)?(?: expiration of)?"
    r"|on or prior to|on or before|by(?: the)?|until(?: the)?|before the|in no event later than(?: the)?|after|not "
    r"exceeding|for) ?$"
)
_ANCHOR = re.compile(
    r"(?i)^ ?,? ?(?P<relation>of|after|following|prior to|before|from|thereafter|in advance of|preceding)\b "
    r"?(?P<what>(?:the |such |any |an? |its |each )?[^.;:()]{3,90})?"
)
_BUSINESS = re.compile(r"(?i)\bbusiness\b")
_BEFORE_WORDS = ("prior to", "before", "in advance of", "preceding")
_ACTS: tuple[tuple[str, str], ...] = (
    ("effective", r"declared effective|become effective|effectiveness"),
    ("file", r"\bfil(?:e|ed|es|ing)\b"),
    ("submit", r"\bsubmits?\b|\bsubmit the disputed\b"),
    ("notify", r"\bnotif(?:y|ies|ied)\b|\bmail a notice\b|\bwritten notice\b|\bgive notice\b|\bnotice "
               r"of\b|\bdeliver(?:ing)? (?:written )?notice\b|\bshall give\b"),
    ("elect", r"\belect(?:s|ion|ing)?\b"),
    ("deliver", r"\bdeliver(?:s|ed|y)?\b|\breceived certificates\b"),
    ("pay", r"\bpa(?:y|id|yment|yments)\b"),
    ("redeem", r"\bredeem|purchase\b"),
    ("end", r"\bterminat"),
)  # fmt: skip
_SHOW = 200


@dataclass(frozen=True, slots=True)
class Deadline:
    """One period that dates an act. ``before`` says that the period runs back from the anchor; ``act`` is the kind of
    act, ``things`` the stems of the words around, ``anchor`` those of what the period is measured from.
    """

    paper: Paper
    start: int
    end: int
    count: int
    unit: str
    lead: str
    before: bool
    act: str
    anchor: frozenset[str]
    things: frozenset[str]
    clause: tuple[int, int]
    path: str

    @property
    def length(self) -> str:
        """The period as compared: count and unit."""
        return f"{self.count} {self.unit}"


def deadlines(paper: Paper) -> list[Deadline]:
    """The periods of the paper that run from or to something, in the order of the text."""
    found: list[Deadline] = []
    for match in _PERIOD.finditer(paper.text):
        sentence = paper.sentence_at(match.start())
        if sentence is None:
            continue
        lead = _LEAD.search(paper.text[max(sentence.start, match.start() - 40) : match.start()])
        anchor = _ANCHOR.match(paper.text[match.end() : min(sentence.end, match.end() + 130)])
        if lead is None and anchor is None:
            continue
        figure = words(match, "both") or words(match, "figure")
        count = int(figure) if figure else _COUNTS[words(match, "word").lower()]
        unit = words(match, "unit").lower().rstrip("s")
        kind = words(match, "kind").strip().lower()
        if _BUSINESS.search(match.group() or "") or kind == "business":
            unit = f"business {unit}"
        elif kind == "trading":
            unit = f"trading {unit}"
        clause = _clause(paper, sentence.start, sentence.end, match.start())
        what = _cut(anchor.group("what") or "") if anchor else ""
        relation = (anchor.group("relation") if anchor else "").lower()
        text = paper.text[clause[0] : clause[1]]
        found.append(
            Deadline(
                paper,
                match.start(),
                match.end(),
                count,
                unit,
                (lead.group(1) if lead else "").lower(),
                relation in _BEFORE_WORDS,
                _act(text, match.start() - clause[0]),
                _stems(what),
                _stems(text),
                clause,
                paper.places.path_of(match.start(), match.end()),
            )
        )
    return found


def _clause(paper: Paper, start: int, end: int, at: int) -> tuple[int, int]:
    """The part of the sentence around ``at``: between the labelled items or semicolons next to it."""
    path = paper.places.path_of(at, at + 1)
    node = paper.node(path)
    if node is not None and node.run_in and node.kind is not NodeKind.DEFINITION:
        bounds = paper.bounds(path) or (start, end)
        start, end = max(start, bounds[0]), min(end, bounds[1])
    before = paper.text.rfind("; ", start, at)
    after = paper.text.find("; ", at, end)
    return max(start, before + 2 if before >= 0 else start, at - 420), min(end, after if after >= 0 else end, at + 320)


def _cut(what: str) -> str:
    """The anchor's own words: up to the next clause."""
    return re.split(
        r", | (?:the Company|which|that|if|unless|shall|in the case|provided|or any|and|or has|or of)\b|\"", what
    )[0]


def _stems(text: str) -> frozenset[str]:
    return frozenset(
        stem(word) for word in re.findall(r"[A-Za-z][A-Za-z-]{3,}", text.lower()) if word not in CONTENT_FREE
    )


def _act(text: str, at: int) -> str:
    """The act whose word stands nearest to the period."""
    nearest: tuple[int, str] | None = None
    for name, pattern in _ACTS:
        for match in re.finditer(pattern, text.lower()):
            distance = abs(match.start() - at)
            if nearest is None or distance < nearest[0]:
                nearest = (distance, name)
    return nearest[1] if nearest else ""


def shown(paper: Paper, deadline: Deadline) -> tuple[int, int]:
    """The stretch to quote for a deadline."""
    return max(deadline.clause[0], deadline.start - _SHOW // 2), min(deadline.clause[1], deadline.end + _SHOW // 2)
