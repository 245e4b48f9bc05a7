"""Notice addresses: incomplete blocks, a party with two addresses in a set, lines run together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.papers import Paper, make

_INTRO = re.compile(
    r"(?i)(?:\bif to (?:the )?[A-Za-z ,.]{2,50}:|\bwith (?:a )?copy to:|\band with a copy to:|\bwith (?:a "
    r")?(?:required )?cop(?:y|ies) \([^()]{1,60}\) to:)"
)
_FIELD = re.compile(
    r"(?i)\b(?:telecopy|telecopier|facsimile|fax|telephone|phone|attention|attn|e-?mail)\b ?(?:no\.?|number)?\.?:"
)
_ZIP = re.compile(r"\b(?P<state>[A-Z]{2}|[A-Z][a-z]+(?: [A-Z][a-z]+)?),? (?P<zip>\d{5}(?:-\d{4})?)\b")
_REACH = 330
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Block:
    """One notice address by its folded offsets; ``lines`` are the printed lines."""

    paper: Paper
    start: int
    end: int
    lines: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The address in one line."""
        return self.paper.text[self.start : self.end]

    @property
    def name(self) -> str:
        """The addressee: the first line."""
        return self.lines[0].strip() if self.lines else ""

    @property
    def key(self) -> str:
        """The addressee for comparison, its entity form left out."""
        bare = re.sub(r",? (?:L\.?L\.?C\.?|L\.?L\.?P\.?|LDC|L\.?P\.?|Inc\.?|Ltd\.?|Corp\.?)$", "", self.name)
        return re.sub(r"[^a-z& ]", "", bare.lower()).strip()

    def has(self, *fields: str) -> bool:
        """Whether one of these fields ("telecopy", "attention") is printed."""
        return any(re.search(rf"(?i)\b{field}", self.text) for field in fields)


def blocks(paper: Paper) -> list[Block]:
    """The notice addresses of a paper, each from the line after its introduction to the next one."""
    found: list[Block] = []
    intros = list(_INTRO.finditer(paper.text))
    for place, intro in enumerate(intros):
        start = intro.end() + 1
        limit = intros[place + 1].start() if place + 1 < len(intros) else min(len(paper.text), start + _REACH)
        end = min(limit, start + _REACH)
        raw = paper.places.span(start, end).of(paper.filing.source) if end > start else ""
        lines: list[str] = []
        for line in raw.splitlines():
            words = " ".join(line.split())
            if not words:
                if lines and (_FIELD.search(lines[-1]) or _ZIP.search(lines[-1])):
                    break
                continue
            if len(words) > _LONGEST_NAME and not _FIELD.search(words):
                break
            if re.fullmatch(r"-?\d{1,3}\.?-?|<PAGE>", words):
                continue
            lines.append(words)
        kept = " ".join(lines)
        stop = min(end, start + len(kept))
        if lines and len(lines) >= 2 and _looks_like_address(kept):
            found.append(Block(paper, start, stop, tuple(lines)))
    return found


def _looks_like_address(text: str) -> bool:
    return (
        _ZIP.search(text) is not None or re.search(r"(?i)\bstreet|road|avenue|drive|box|suite|way\b", text) is not None
    )


def address_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about notice addresses in these papers."""
    found = [block for paper in papers for block in blocks(paper)]
    yield from _incomplete(found)
    yield from _run_together(found)
    yield from _differ(found)


_ENTITY = re.compile(
    r"(?i)\b(?:inc|llc|l\.l\.c|llp|l\.l\.p|ldc|ltd|limited|corp|corporation|company|l\.p|lp|bank|partners|fund"
    r"|trust)\b|&"
)


def _incomplete(found: Sequence[Block]) -> Iterator[Finding]:
    """A block without the telecopy number or addressee its neighbours have, where notice may be given by telecopy."""
    by_paper: dict[str, list[Block]] = defaultdict(list)
    for block in found:
        by_paper[block.paper.name].append(block)
    for blocks_ in by_paper.values():
        for block in blocks_:
            if not _ENTITY.search(block.name):
                continue  # a person's own address needs no addressee
            others = [other for other in blocks_ if other is not block]
            for fields, called in (
                (("telecop", "facsimile", "fax"), "telecopy number"),
                (("attention", "attn"), "addressee"),
            ):
                if others and not block.has(*fields) and sum(other.has(*fields) for other in others) == len(others):
                    yield make(
                        RuleClass.ADDRESS,
                        "address-incomplete",
                        Severity.COSMETIC,
                        Confidence.CERTAIN,
                        [block.paper.passage(block.start, block.end)],
                        f"the block of {block.name} has no {called}, the others have one",
                        "complete it",
                    )
                    break


def _run_together(found: Sequence[Block]) -> Iterator[Finding]:
    """A line that begins with the state: the city ran into the street line before."""
    for block in found:
        for before, line in zip(block.lines, block.lines[1:], strict=False):
            if re.match(r"[A-Z]{2},? \d{5}", line) and re.match(r"\d+ .*[a-z]", before):
                at = block.text.find(before)
                start = block.start + max(0, at)
                yield make(
                    RuleClass.GRAMMAR,
                    "city-in-the-street-line",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [block.paper.passage(start, min(block.end, start + len(before) + len(line) + 1))],
                    "the city stands in the street line, the state alone on the next",
                    "city, state and code on one line",
                )


_LETTERED = re.compile(r"[a-z\d]+")
_SAME = {
    "five": "5",
    "illinois": "il",
    "california": "ca",
    "nevada": "nv",
    "attn": "attention",
    "york": "ny",
    "telecopier": "telecopy",
    "fax": "telecopy",
    "facsimile": "telecopy",
}


def _differ(found: Sequence[Block]) -> Iterator[Finding]:
    """One addressee with two addresses in a set (or twice in one paper)."""
    by_name: dict[str, list[Block]] = defaultdict(list)
    for block in found:
        if block.key:
            by_name[block.key].append(block)
    for blocks_ in by_name.values():
        odd = [block for block in blocks_ if not _agree(block, blocks_[0])]
        if odd:
            kept = [*odd, *[block for block in blocks_ if block not in odd]]
            across = len({block.paper.name for block in blocks_}) > 1
            grave = any(
                _numbers(block) - _numbers(blocks_[0]) and _numbers(blocks_[0]) - _numbers(block) for block in odd
            )
            yield make(
                RuleClass.CONFLICT_ACROSS if across else RuleClass.CONFLICT,
                "addresses-differ",
                Severity.AMBIGUITY if grave else Severity.COSMETIC,
                Confidence.CERTAIN,
                [block.paper.passage(block.start, block.end) for block in kept],
                f"{blocks_[0].name} has different addresses in these papers",
                "one address; send to all until it is confirmed",
            )


def _words(block: Block) -> set[str]:
    place = re.split(r"(?i)\b(?:telecop|facsimile|fax|attention|attn|telephone)", block.text)[0]
    tokens = _LETTERED.findall(place.lower().replace(block.name.lower(), ""))
    return {_SAME.get(token, token) for token in tokens}


def _numbers(block: Block) -> set[str]:
    return {token for token in _words(block) if token.isdigit()}


def _agree(one: Block, two: Block) -> bool:
    return _words(one) == _words(two)
