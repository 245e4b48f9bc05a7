"""A comparison as one HTML page: the list of differences, then the paper with words struck out and put in."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from paripassu.documents.comparison import Comparison, Difference
from paripassu.documents.folding import to_folded

_STYLE = """
body{font:16px/1.5 Georgia,serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
del{color:#9b1c1c;background:#fdecec;text-decoration:line-through}
ins{color:#0b5d2a;background:#e6f5ea;text-decoration:underline}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{border:1px solid #bbb;padding:.3rem .5rem;vertical-align:top;text-align:left;overflow-wrap:anywhere}
a{color:#1a4f8b}
@media print{a{color:inherit;text-decoration:none}}
"""


def redline_html(comparison: Comparison, name: str, other_name: str) -> str:
    """A self-contained page (no scripts, nothing fetched) that shows how ``other_name`` differs from ``name``."""
    title = f"{escape(other_name)} against {escape(name)}"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style></head><body>',
            f"<h1>{title}</h1>",
            f"<p>{_count(comparison)}</p>",
            *_table(comparison, name, other_name),
            "<h2>The paper</h2>",
            *_paper(comparison),
            "</body></html>",
            "",
        ]
    )


def _count(comparison: Comparison) -> str:
    places = len(comparison.differences)
    noun = "place differs" if places == 1 else "places differ"
    return (
        f"{places} {noun}; {comparison.common:,} words in common of {len(comparison.words):,} and"
        f" {len(comparison.other_words):,}."
    )


def _table(comparison: Comparison, name: str, other_name: str) -> Iterator[str]:
    if not comparison.differences:
        return
    yield "<table><thead><tr><th>no.</th><th>section</th><th>after the words</th>"
    yield f"<th>{escape(name)}</th><th>{escape(other_name)}</th></tr></thead><tbody>"
    for number, difference in enumerate(comparison.differences, 1):
        yield (
            f'<tr><td><a href="#d{number}">{number}</a></td><td>{escape(section_name(difference))}</td>'
            f"<td>{escape(difference.before)}</td><td>{escape(difference.words)}</td>"
            f"<td>{escape(difference.other_words)}</td></tr>"
        )
    yield "</tbody></table>"


def section_name(difference: Difference) -> str:
    """The section a difference falls in; both where the papers number it differently."""
    if difference.path == difference.other_path:
        return difference.path
    return f"{difference.path} / {difference.other_path}"


def _paper(comparison: Comparison) -> Iterator[str]:
    """The first paper's paragraphs with the changes marked."""
    folded = comparison.one.folded
    starts = sorted({to_folded(folded, span)[0] for span in comparison.one.paragraphs})
    changes = {difference.first: (number, difference) for number, difference in enumerate(comparison.differences, 1)}
    pieces: list[str] = []
    paragraph = 0
    skip = 0
    for place, word in enumerate(comparison.words):
        while paragraph < len(starts) and starts[paragraph] <= word.start:
            if pieces:
                yield f"<p>{' '.join(pieces)}</p>"
                pieces = []
            paragraph += 1
        if place in changes:
            number, difference = changes[place]
            pieces.append(_marked(number, difference))
            skip = place + len(difference.words.split())
        if place >= skip:
            pieces.append(escape(word.text))
    if len(comparison.words) in changes:
        pieces.append(_marked(*changes[len(comparison.words)]))
    if pieces:
        yield f"<p>{' '.join(pieces)}</p>"


def _marked(number: int, difference: Difference) -> str:
    gone = f"<del>{escape(difference.words)}</del>" if difference.words else ""
    new = f"<ins>{escape(difference.other_words)}</ins>" if difference.other_words else ""
    return f'<span id="d{number}">{gone}{" " if gone and new else ""}{new}</span>'
