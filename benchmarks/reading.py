"""How fast a filing is read: outline, digests and every mention, against nupunkt's sentence splitting of the same text.

    python benchmarks/reading.py [FILE]

FILE is a stored filing; without one a synthetic agreement is made. Either is repeated to one million characters.
nupunkt (the bench extra) does one part of the work, sentence splitting; the ratio says what all of it costs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import nupunkt
from measuring import Line, best, peak, print_lines, said

from paripassu.documents.annotations import annotate
from paripassu.documents.digests import sections
from paripassu.documents.reading import read

SIZE = 1_000_000
RUNS = 5
ALLOWED = 2
"""Seconds for everything."""


def synthetic() -> str:
    """A paged agreement with articles, sections, clauses and lists, in words of no filing."""
    lines: list[str] = []
    for article in range(1, 9):
        lines += ["", f"                              ARTICLE {article}", ""]
        for section in range(1, 9):
            lines += [
                f"     {article}.{section}  DELIVERY {section}.  The Seller shall deliver within five (5) business",
                f"days of March {section + 1}, 1999, under Section {article}.{section}, (i) forty sacks (the",
                '"SACKS") and (ii) $7.5 million, or 12.5% of it. Nothing else is due.',
                *["In every other case the parties talk, and what they agree is written down by the older one."] * 9,
                "",
                '          (a)  "FLOUR" means milled grain, as in clause (i) above;',
                "",
                "          (b)  the rest.",
                "",
            ]
        lines += ["", f"                                   {article}.", "<PAGE>"]
    return "\n".join(lines)


def whole(text: str) -> int:
    """Read and annotate everything."""
    filing = read(text, "benchmark")
    return sum(len(sections(document)) + len(annotate(document).sentences) for document in filing.documents)


def fastest(work: Callable[[], object]) -> float:
    """Seconds on the clock of the shortest of a few runs."""
    return best(work, RUNS, time.perf_counter)[0]


def measured(path: str = "") -> list[Line]:
    """A million characters of a filing, or of a made-up agreement: outlines alone, and everything."""
    said(f"reading: {SIZE:,} characters")
    piece = Path(path).read_text(encoding="utf-8", errors="replace") if path else synthetic()
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    outline = fastest(lambda: read(text, "benchmark"))
    full = fastest(lambda: whole(text))
    used = peak()
    nupunkt.sent_spans("Warm up. Now.")
    peer = fastest(lambda: nupunkt.sent_spans(text))
    return [
        Line("documents and outlines of a million characters", outline, "s",
             "One pass over the lines for pages, headings and labels.", "nupunkt, sentences alone", peer),
        Line("the same with every mention", full, "s",
             "Sentences, references, defined terms, dates and sums, each with its place in the text.",
             "nupunkt, sentences alone", peer, f"under {ALLOWED} s", full < ALLOWED),
        Line("memory of it", used, "MB", "The text, and one object for each mention found."),
    ]


if __name__ == "__main__":
    sys.exit(print_lines(measured(*sys.argv[1:2])))
