"""How findings are shown: as text, as plain data ready for JSON, and as a page with the defects marked in the text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from paripassu.documents.model import Span
from paripassu.documents.proofreading.findings import Finding, NamedText, Passage, Severity

VERSION = 1
"""The version of the data ``as_data`` gives."""

_SIGNS = {Severity.RIGHTS: "rights", Severity.AMBIGUITY: "ambiguity", Severity.COSMETIC: "cosmetic"}
_STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfcf8; --quiet: #5a5a5a; --line: #d5d0c4;
  --rights: #ffd9d6; --ambiguity: #ffeab0; --cosmetic: #dcebff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #1d1d1b; --quiet: #b4b4b4; --line: #44423c;
  --rights: #6b2320; --ambiguity: #5e4a0c; --cosmetic: #1f3f66; } }
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.5 Georgia, serif; }
main { display: grid; grid-template-columns: minmax(18rem, 28rem) 1fr; gap: 2rem; padding: 1.5rem; }
h1 { font-size: 1.3rem; padding: 1.5rem 1.5rem 0; margin: 0; } h2 { font-size: 1.05rem; }
ol { padding-left: 2.2rem; } li { margin-bottom: 1rem; } li p { margin: 0.15rem 0; }
.quiet { color: var(--quiet); font-size: 0.85rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace;
  border-left: 1px solid var(--line); padding-left: 1.5rem; margin: 0; }
mark { color: inherit; border-radius: 2px; } mark.rights { background: var(--rights); }
mark.ambiguity { background: var(--ambiguity); } mark.cosmetic { background: var(--cosmetic); }
sup a { text-decoration: none; } a { color: inherit; }
@media (max-width: 60rem) { main { grid-template-columns: 1fr; } }
"""


def lines_of_text(text: str) -> list[int]:
    """Where each line begins."""
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _line(starts: Mapping[str, Sequence[int]], passage: Passage) -> int | None:
    """The line, from 1, on which a passage begins; None where its text is not at hand."""
    found = starts.get(passage.source)
    return None if found is None else max(1, bisect_left(found, passage.span.start + 1))


def _starts(texts: Sequence[NamedText]) -> dict[str, list[int]]:
    return {named.name: lines_of_text(named.text) for named in texts}


def as_text(findings: Sequence[Finding], texts: Sequence[NamedText] = ()) -> str:
    """The findings as text, in their order, with line numbers where the texts are given, and a count by class."""
    starts = _starts(texts)
    blocks: list[str] = []
    for number, finding in enumerate(findings, 1):
        block = [
            f"{number}. {finding.rule_class.code} {finding.rule_class.title} [{finding.rule}]",
            f"   {finding.severity.value}; {finding.confidence.value}",
        ]
        block.extend(f"   {_place(starts, passage)}: {passage.quotation}" for passage in finding.passages[:6])
        if len(finding.passages) > 6:
            block.append(f"   and {len(finding.passages) - 6} more places")
        block += [f"   wrong: {finding.wrong}", f"   reading: {finding.reading}"]
        blocks.append("\n".join(block))
    counts = Counter(finding.rule_class for finding in findings)
    summary = [f"{len(findings)} findings"]
    summary += [f"  {kind.code} {kind.title}: {counts[kind]}" for kind in sorted(counts, key=lambda kind: kind.code)]
    return "\n\n".join([*blocks, "\n".join(summary)]) + "\n"


def _place(starts: Mapping[str, Sequence[int]], passage: Passage) -> str:
    line = _line(starts, passage)
    where = f"{passage.source}:{line}" if line is not None else passage.source
    section = f" {passage.path}" if passage.path else ""
    return f"{where} ({passage.document}{section})"


def as_data(findings: Sequence[Finding], texts: Sequence[NamedText] = ()) -> dict[str, object]:
    """The findings as dictionaries, lists, texts and whole numbers only, ready to be written as JSON."""
    starts = _starts(texts)
    return {"version": VERSION, "findings": [_one(finding, starts) for finding in findings]}


def _one(finding: Finding, starts: Mapping[str, Sequence[int]]) -> dict[str, object]:
    return {
        "class": finding.rule_class.code,
        "class_title": finding.rule_class.title,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "wrong": finding.wrong,
        "reading": finding.reading,
        "passages": [
            {
                "source": passage.source,
                "line": _line(starts, passage),
                "document": passage.document,
                "section": passage.path,
                "start": passage.span.start,
                "end": passage.span.end,
                "quotation": passage.quotation,
            }
            for passage in finding.passages
        ],
    }


def as_page(findings: Sequence[Finding], texts: Sequence[NamedText], title: str = "Proofreading") -> str:
    """One self-contained HTML page: the findings beside the texts, in which every passage is marked and numbered.

    Spans point into the texts as they were read: give those of ``as_read`` where an exhibit may be HTML.
    """
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}: {len(findings)} findings</h1><main><nav><ol>",
    ]
    parts.extend(_entry(number, finding) for number, finding in enumerate(findings, 1))
    parts.append("</ol></nav><div>")
    for named in texts:
        parts.append(f"<h2>{escape(named.name)}</h2><pre>{_marked(named, findings)}</pre>")
    parts.append("</div></main></body></html>")
    return "\n".join(parts) + "\n"


def _entry(number: int, finding: Finding) -> str:
    places = "; ".join(
        escape(f"{passage.document} {passage.path}".strip()) for passage in dict.fromkeys(finding.passages[:6])
    )
    return (
        f'<li id="f{number}"><p><a href="#m{number}"><strong>{escape(finding.wrong)}</strong></a></p>'
        f"<p>{escape(finding.at.quotation)}</p><p>Reading: {escape(finding.reading)}</p>"
        f'<p class="quiet">{escape(finding.rule_class.code)} {escape(finding.rule_class.title)}; '
        f"{escape(finding.severity.value)}; {escape(finding.confidence.value)}; {places}</p></li>"
    )


def _marked(named: NamedText, findings: Sequence[Finding]) -> str:
    """The text with every passage in it marked; where passages overlap, the pieces carry the gravest sign."""
    text = named.text
    placed = [
        (passage.span, number, _SIGNS[finding.severity], place == 0)
        for number, finding in enumerate(findings, 1)
        for place, passage in enumerate(finding.passages)
        if passage.source == named.name and passage.span.start < passage.span.end <= len(text)
    ]
    cuts = sorted({0, len(text), *(cut for span, *_ in placed for cut in (span.start, span.end))})
    opening: dict[int, list[int]] = {}
    for span, number, _, first in placed:
        if first:
            opening.setdefault(span.start, []).append(number)
    signs = _signs(cuts, [(span, sign) for span, _, sign, _ in placed])
    pieces: list[str] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        for number in opening.get(start, ()):
            pieces.append(f'<sup id="m{number}"><a href="#f{number}">{number}</a></sup>')
        piece = escape(text[start:end])
        sign = signs.get(start)
        pieces.append(f'<mark class="{sign}">{piece}</mark>' if sign else piece)
    return "".join(pieces)


def _signs(cuts: Sequence[int], placed: Sequence[tuple[Span, str]]) -> dict[int, str]:
    """The gravest sign over the piece that begins at each cut, counted in one walk over the passages' ends."""
    changes: dict[int, Counter[str]] = {}
    for span, sign in placed:
        changes.setdefault(span.start, Counter())[sign] += 1
        changes.setdefault(span.end, Counter())[sign] -= 1
    running: Counter[str] = Counter()
    found: dict[int, str] = {}
    for cut in cuts:
        for sign, change in changes.get(cut, Counter()).items():
            running[sign] += change
        grave = next((sign for sign in _SIGNS.values() if running[sign] > 0), None)
        if grave is not None:
            found[cut] = grave
    return found
