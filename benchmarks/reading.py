"""How fast a filing is read: outline, digests and every mention, against nupunkt's sentence splitting of the same text.

    python benchmarks/reading.py [FILE]

FILE is a stored filing; without one a synthetic agreement is made. Either is repeated to one million characters.
nupunkt (the bench extra) does one part of the work, sentence splitting; the ratio says what all of it costs.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nupunkt

from paripassu.documents.annotations import annotate
from paripassu.documents.digests import sections
from paripassu.documents.reading import read

SIZE = 1_000_000
RUNS = 5


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


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def whole(text: str) -> int:
    """Read and annotate everything."""
    filing = read(text, "benchmark")
    return sum(len(sections(document)) + len(annotate(document).sentences) for document in filing.documents)


def main(arguments: list[str]) -> int:
    """Print the times, the throughput and the ratios."""
    piece = Path(arguments[0]).read_text(encoding="utf-8", errors="replace") if arguments else synthetic()
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    outline = best(lambda: read(text, "benchmark"))
    full = best(lambda: whole(text))
    nupunkt.sent_spans("Warm up. Now.")
    peer = best(lambda: nupunkt.sent_spans(text))
    megabytes = len(text.encode()) / 1_000_000
    print(f"text                         {megabytes:8.2f} MB")
    print(f"documents and outlines       {outline:8.3f} s   {megabytes / outline:7.2f} MB/s")
    print(f"the same and every mention   {full:8.3f} s   {megabytes / full:7.2f} MB/s")
    print(f"nupunkt, sentences only      {peer:8.3f} s   {megabytes / peer:7.2f} MB/s")
    print(f"ratio, everything to nupunkt {full / peer:8.2f}")
    print(f"peak memory                  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    return 0 if full < 2 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
