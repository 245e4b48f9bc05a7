"""Every benchmark in one report: each number beside its aim and its peer, and what bounds it.

    python benchmarks/report.py [--output FILE.html] [--folder FOLDER] [--filing FILE] [PART ...]

Prints Markdown on standard output and progress on standard error; ``--output`` also writes one page with charts that
needs nothing else. The parts (replay, book, prints, reading; all unless some are named) run in child processes, one
after the other. ``--folder`` should lie on the disk that books are kept on, and ``--filing`` is a text to read instead
of a made-up one. Exit status 1 where an aim was missed. Some minutes; nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import book
import prints
import reading
import replay
import vl_convert
from jinja2 import Environment
from markupsafe import Markup
from measuring import Line, alone, beside, told, verdict

import paripassu

WIDTH = 560
OURS, THEIRS = "#0b6aa8", "#b04a00"
FONT = "system-ui, sans-serif"


@dataclass(frozen=True, slots=True)
class Part:
    """One benchmark: what it is about, and how it is measured with what the command line says."""

    title: str
    about: str
    measured: Callable[..., list[Line]]
    given: Callable[[argparse.Namespace], tuple[Any, ...]] = lambda _: ()


PARTS = {
    "replay": Part(
        "Replay and explanations",
        "Four and a half years of a made-up story on the papers of the Series B, with a bid for every trading day.",
        replay.measured,
    ),
    "book": Part(
        "The book", "One file: durable appends, a batch, and opening with every digest worked out again.",
        book.measured, lambda given: (given.folder,),
    ),
    "prints": Part(
        "Trade prints", f"The weighted average price of a day of {prints.PRINTS:,} prints, exactly.", prints.measured,
    ),
    "reading": Part(
        "Reading papers", "A filing of a million characters: documents, outline, and every mention.", reading.measured,
        lambda given: (given.filing,),
    ),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """A part with its numbers."""

    part: Part
    lines: Sequence[Line]


def machine() -> str:
    """What the numbers were measured on, as far as it matters to compare them."""
    return (f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}, "
            f"paripassu {paripassu.__version__}")


COLUMNS = ("measured", "here", "aim", "peer", "ratio", "what bounds it")


def row(line: Line) -> tuple[str, ...]:
    """A number as the cells of its row."""
    ratio = "-" if line.ratio is None else f"{line.ratio:.2f}"
    return line.what, told(line.ours, line.unit), verdict(line), beside(line), ratio, line.bound


def markdown(measured: Iterable[Measured], when: str, where: str) -> str:
    """The report as Markdown: a table for each part."""
    out = [f"Measured on {when} on {where}. Of times and memory a ratio below one is better than the peer, of rates "
           "one above."]
    for one in measured:
        rule = "|".join("---" for _ in COLUMNS)
        rows = [f"| {' | '.join(cells)} |" for cells in (COLUMNS, *map(row, one.lines))]
        out += [f"## {one.part.title}", one.part.about, "\n".join([rows[0], f"|{rule}|", *rows[1:]])]
    return "\n\n".join(out) + "\n"


def charts(lines: Iterable[Line]) -> Iterator[tuple[str, Markup]]:
    """For each unit in which something has a peer or an aim, its bars, in the order of the table."""
    by_unit: dict[str, list[Line]] = {}
    for line in lines:
        by_unit.setdefault(line.unit, []).append(line)
    for unit, found in by_unit.items():
        if any(line.theirs is not None for line in found):
            yield unit, Markup(vl_convert.vegalite_to_svg(bars(unit, found)))  # drawn here from numbers and our words


def bars(unit: str, lines: Iterable[Line]) -> dict[str, Any]:
    """Vega-Lite bars of our number and, below it, the peer's."""
    rows: list[dict[str, Any]] = []
    for line in lines:
        rows.append({"what": line.what, "number": line.ours, "told": told(line.ours, ""), "whose": "here"})
        if line.theirs is not None:
            rows.append({"what": f"{line.peer} ({line.what})", "number": line.theirs, "told": told(line.theirs, ""),
                         "whose": "peer"})
    along = {"field": "what", "type": "nominal", "sort": None, "title": None,
             "axis": {"labelLimit": 420, "ticks": False, "domain": False}}
    across = {"field": "number", "type": "quantitative", "title": unit}
    colour = {"field": "whose", "type": "nominal", "title": None,
              "scale": {"domain": ["here", "peer"], "range": [OURS, THEIRS]}, "legend": {"orient": "top"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": WIDTH, "height": {"step": 24},
        "background": "white", "data": {"values": rows}, "config": {"font": FONT, "view": {"stroke": None}},
        "encoding": {"y": along, "x": across},
        "layer": [
            {"mark": {"type": "bar", "height": 14}, "encoding": {"color": colour}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "told"}}},
        ],
    }


PAGE = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>How fast</title>
<style>{{ style }}
table { border-collapse: collapse; font-size: .9rem; } th, td { text-align: left; vertical-align: top;
padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--rule); } td.n { white-space: nowrap; }
.scroll { overflow-x: auto; } figure { margin: 1rem 0; background: #fff; padding: .5rem; overflow-x: auto; }
.met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }</style></head>
<body>
<header class="top"><h1>How fast</h1><p>Measured on {{ when }} on {{ where }}.</p></header>
<p class="note">Of times and memory a ratio below one is better than the peer, of rates one above.</p>
{% for one in measured %}
<section><h2>{{ one.part.title }}</h2><p>{{ one.part.about }}</p>
<div class="scroll"><table><thead><tr>{% for name in columns %}<th scope="col">{{ name }}</th>{% endfor %}</tr></thead>
<tbody>
{% for line in one.lines %}
{% set cells = row(line) %}
<tr><th scope="row">{{ cells[0] }}</th><td class="n">{{ cells[1] }}</td>
<td class="{{ "" if line.met is none else "met" if line.met else "missed" }}">{{ cells[2] }}</td>
<td>{{ cells[3] }}</td><td class="n">{{ cells[4] }}</td><td>{{ cells[5] }}</td></tr>
{% endfor %}
</tbody></table></div>
{% for unit, drawing in charts(one.lines) %}
<figure aria-label="{{ one.part.title }}, {{ unit }}">{{ drawing }}</figure>
{% endfor %}
</section>
{% endfor %}
</body></html>
""")


def page(measured: Iterable[Measured], when: str, where: str) -> str:
    """The report as one page that needs nothing else."""
    style = Markup((files("paripassu") / "templates" / "page.css").read_text(encoding="utf-8"))  # our own style sheet
    return PAGE.render(measured=list(measured), when=when, where=where, columns=COLUMNS, row=row, charts=charts,
                       style=style)


def main(arguments: list[str]) -> int:
    """Measure, print, write; 1 where an aim was missed."""
    about = (__doc__ or "").splitlines()[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all unless some are named")
    parser.add_argument("--output", default="", metavar="FILE", help="also write one page with charts")
    parser.add_argument("--folder", default="", help="where books are made, on the disk they are kept on")
    parser.add_argument("--filing", default="", metavar="FILE", help="a text to read instead of a made-up one")
    given = parser.parse_args(arguments)
    unknown = [one for one in given.parts if one not in PARTS]
    if unknown:
        parser.error(f"{unknown[0]!r} is no part; name some of {', '.join(PARTS)}")
    chosen = [PARTS[name] for name in given.parts or PARTS]
    measured = [Measured(part, alone(part.measured, *part.given(given))) for part in chosen]
    when = datetime.now(UTC).date().isoformat()
    print(markdown(measured, when, machine()), end="")
    if given.output:
        Path(given.output).write_text(page(measured, when, machine()), encoding="utf-8")
    return int(any(line.met is False for one in measured for line in one.lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
