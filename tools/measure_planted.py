"""Plant one defect at a time in the documents of a filing and count how many the proofreader finds, by kind.

    python tools/measure_planted.py FILING... [--each 10] [--seed 1]

Measures recall on papers for which no register of defects exists. Every document is proofread alone, once as it is
and once with each planted defect; a defect is found where a finding that was not there before touches its place.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from paripassu.documents.model import DocumentKind
from paripassu.documents.proofreading import Finding, NamedText, proofread
from paripassu.documents.reading import read

SLACK = 120
SHORTEST = 15_000

Planting = tuple[int, int, str]
"""Where the text is cut, [start, end), and what is put there."""


def body(text: str) -> tuple[int, int]:
    """The stretch in which defects are planted: the head and the forms at the end are left alone."""
    return len(text) // 8, len(text) * 4 // 5


def places(text: str, pattern: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern in the body."""
    yield from re.compile(pattern).finditer(text, *body(text))


def reference_to_nothing(text: str) -> list[Planting]:
    pattern = r"\bSection (\d{1,2})(?:\.\d{1,2})?(?:\([a-z]\))*(?= (?:hereof|above|below|shall|and)|[.,;])"
    return [(m.start(1), m.end(1), "93") for m in places(text, pattern)]


def bracket_lost(text: str) -> list[Planting]:
    return [(m.end() - 1, m.end(), "") for m in places(text, r"\((?:[a-z]+ ){4,12}[a-z]+\)")]


def word_doubled(text: str) -> list[Planting]:
    return [
        (m.end(), m.end(), " " + m.group(1)) for m in places(text, r"(?<= )(the|any|shall|with|such|each)(?= [a-z])")
    ]


LONG_WORD = r"\b[a-z]{8,14}\b(?=[ ,.])"


def letters_swapped(text: str) -> list[Planting]:
    found = [match for match in places(text, LONG_WORD) if match.group()[3] != match.group()[4]]
    return [(m.start() + 3, m.start() + 5, m.group()[4] + m.group()[3]) for m in found]


def letter_dropped(text: str) -> list[Planting]:
    found = [m for m in places(text, LONG_WORD) if m.group()[4] not in (m.group()[3], m.group()[5])]
    return [(m.start() + 4, m.start() + 5, "") for m in found]


def figure_changed(text: str) -> list[Planting]:
    pattern = (
        r"\b(?:two|three|five|ten|fifteen|twenty|thirty|sixty|ninety)(?: hundred)?(?: percent)? \((\d{1,3})(?:%)?\)"
    )
    return [(m.start(1), m.end(1), str(int(m.group(1)) + 1)) for m in places(text, pattern)]


def label_changed(text: str) -> list[Planting]:
    after = {"b": "d", "c": "e"}
    return [(m.start(1), m.end(1), after[m.group(1)]) for m in places(text, r"\n {4,}\(([bc])\)  ?[A-Z]")]


def term_in_mixed_case(text: str) -> list[Planting]:
    pattern = (
        r"(?<=[a-z] )(Common Stock|Registrable Securities|Warrant Shares|Preferred Stock|Exercise "
        r"Price|Registration Statement)\b"
    )
    return [(m.start(), m.start() + 1, m.group()[0].lower()) for m in places(text, pattern)]


def term_unknown(text: str) -> list[Planting]:
    pattern = r"(?<=the )(Market|Exercise|Conversion|Registration) (Price|Period|Statement|Shares)\b"
    return [(m.start(2), m.end(2), "Amount") for m in places(text, pattern)]


def definition_unused(text: str) -> list[Planting]:
    return [
        (m.end(), m.end(), ' (the "IDLE ESTIMATE")')
        for m in places(text, r"(?<= )(?:notice|certificate|shares)(?=[,.;])")
    ]


def to_lost(text: str) -> list[Planting]:
    return [(m.start(1), m.end(1), "") for m in places(text, r"\bprior (to )(?=the|such|any)")]


KINDS: dict[str, Callable[[str], list[Planting]]] = {
    "a1 reference to nothing": reference_to_nothing,
    "b1 unknown name": term_unknown,
    "b2 unused definition": definition_unused,
    "b6 mixed case": term_in_mixed_case,
    "c1 label changed": label_changed,
    "c2 bracket lost": bracket_lost,
    "c4 word doubled": word_doubled,
    "c4 preposition lost": to_lost,
    "c5 letters swapped": letters_swapped,
    "c5 letter dropped": letter_dropped,
    "d3 figure changed": figure_changed,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("filings", type=Path, nargs="+")
    parser.add_argument("--each", type=int, default=8, help="defects of each kind planted in each document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="show the defects that were not found")
    options = parser.parse_args()
    planted: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for text in documents(options.filings):
        known = signs(proofread([NamedText("paper", text)]), text)
        for kind, plan in KINDS.items():
            chosen = plan(text)
            random.Random(options.seed).shuffle(chosen)
            for start, end, new in chosen[: options.each]:
                changed = text[:start] + new + text[end:]
                planted[kind] += 1
                if is_found(proofread([NamedText("paper", changed)]), changed, known, start):
                    hit[kind] += 1
                elif options.missed:
                    print("missed", kind, "|", " ".join(changed[start - 50 : start + 50].split()))
    for kind in KINDS:
        share = f"{100 * hit[kind] // planted[kind]}%" if planted[kind] else "-"
        print(f"{kind:26} {planted[kind]:>4} planted {hit[kind]:>4} found {share:>5}")
    return 0


def documents(filings: Sequence[Path]) -> Iterator[str]:
    """The text of each agreement, certificate and warrant of the filings that is long enough."""
    for path in filings:
        filing = read(path.read_text(encoding="utf-8"), path.name)
        for document in filing.documents:
            quiet = document.kind in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE)
            if not quiet and document.span.end - document.span.start > SHORTEST:
                yield document.span.of(filing.source)


def signs(findings: Sequence[Finding], text: str) -> set[tuple[str, str]]:
    """The findings of a text by rule and words."""
    return {(finding.rule, passage.span.of(text)) for finding in findings for passage in finding.passages}


def is_found(findings: Sequence[Finding], text: str, known: set[tuple[str, str]], place: int) -> bool:
    """Whether a finding that was not known touches the place."""
    return any(
        passage.span.start - SLACK <= place <= passage.span.end + SLACK
        and (finding.rule, passage.span.of(text)) not in known
        for finding in findings
        for passage in finding.passages
    )


if __name__ == "__main__":
    sys.exit(main())
