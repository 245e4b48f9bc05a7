"""Measure the proofreader against a register of drafting defects: precision and recall by class.

    python tools/measure_proofreading.py REGISTER FILING [--documents SPA,COD] [--missed] [--extra]

The register is a Markdown file with entries headed "### ID (document, section)" followed by a line "Class xx: ..." and
quotations "- DOC L123: ...", or table rows "| ID | place | class | quotations | ...". A finding meets an entry when the
class is the same and one of its passages covers (within two lines) one of the entry's lines. Entries are counted once
however many places they list. A finding in the documents measured that meets no entry counts against precision.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from paripassu.documents.proofreading import Finding, NamedText, proofread

LINE = re.compile(r"\b(?:[A-Z][\w-]{1,3}|8-K|4\.\d) L(\d+)((?:, \d+)*)")
HEADING = re.compile(r"^### (\S+) \((.*)\)\s*$")
CLASS = re.compile(r"^Class ([a-d]\d):")
SLACK = 2


@dataclass
class Entry:
    """One entry of the register: its id, class, lines of the filing, and whether it spans documents."""

    name: str
    code: str
    lines: set[int]


def entries(register: str) -> list[Entry]:
    """The entries of the register, headed and tabled; sections numbered 4 and above are notes, not entries."""
    found: list[Entry] = []
    counting = True
    for line in register.splitlines():
        section = re.match(r"## (\d)\.", line)
        if section:
            counting = int(section.group(1)) <= 3
        if not counting:
            continue
        heading = HEADING.match(line)
        if heading:
            found.append(Entry(heading.group(1), "", set()))
        elif found and CLASS.match(line):
            found[-1].code = line[6:8]
        elif line.startswith("- ") and found:
            found[-1].lines |= lines_in(line)
        elif line.startswith("| ") and line.count("|") >= 6 and not line.startswith(("| Id", "| Class", "|--")):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            found.append(Entry(cells[0], cells[2], lines_in(cells[3])))
    return [entry for entry in found if entry.code and entry.lines]


def lines_in(text: str) -> set[int]:
    """The line numbers a quotation names."""
    found: set[int] = set()
    for match in LINE.finditer(text):
        found.add(int(match.group(1)))
        found |= {int(number) for number in re.findall(r"\d+", match.group(2))}
    return found


def touched(finding: Finding, source: str) -> list[tuple[int, int]]:
    """First and last line of each passage of a finding."""
    return [
        (source.count("\n", 0, passage.span.start) + 1, source.count("\n", 0, passage.span.end) + 1)
        for passage in finding.passages
    ]


def covers(lines: list[tuple[int, int]], entry: Entry) -> bool:
    """Whether a passage lies on (or within two lines of) a line of the entry."""
    return any(first - SLACK <= line <= last + SLACK for first, last in lines for line in entry.lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("register", type=Path)
    parser.add_argument("filing", type=Path)
    parser.add_argument("--exhibits", default="4.1,4.3", help="documents whose findings count against precision")
    parser.add_argument("--missed", action="store_true", help="list the entries no finding meets")
    parser.add_argument("--extra", action="store_true", help="list the findings that meet no entry")
    options = parser.parse_args()
    source = options.filing.read_text(encoding="utf-8")
    known = entries(options.register.read_text(encoding="utf-8"))
    findings = proofread([NamedText(options.filing.name, source)])
    report(known, findings, source, tuple(options.exhibits.split(",")), options.missed, options.extra)
    return 0


def report(
    known: list[Entry], findings: list[Finding], source: str, exhibits: tuple[str, ...], missed: bool, extra: bool
) -> None:
    """Print recall and precision by class, then what was asked for."""
    places = [(finding, touched(finding, source)) for finding in findings]
    met = {
        entry.name: any(f.rule_class.code == entry.code and covers(lines, entry) for f, lines in places)
        for entry in known
    }
    judged = [
        (
            finding,
            lines,
            any(finding.rule_class.code == entry.code and covers(lines, entry) for entry in known),
            any(covers(lines, entry) for entry in known),
        )
        for finding, lines in places
        if finding.document.startswith(exhibits) or len({passage.document for passage in finding.passages}) > 1
    ]
    by_class: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for entry in known:
        by_class[entry.code][0] += 1
        by_class[entry.code][1] += met[entry.name]
    for finding, _, true, _ in judged:
        by_class[finding.rule_class.code][2] += 1
        by_class[finding.rule_class.code][3] += true
    print(f"{'class':6} {'entries':>7} {'found':>6} {'recall':>7}   {'reported':>8} {'true':>5} {'precision':>9}")
    groups = {
        "a": "reference",
        "b": "definition",
        "c1-3": "numbering",
        "c4-6": "language",
        "c7-8": "form",
        "d": "conflict",
    }
    for code in sorted(by_class):
        print(row(code, by_class[code]))
    for sign, title in groups.items():
        chosen = [counts for code, counts in by_class.items() if group_of(code) == sign]
        print(row(title, [sum(column) for column in zip(*chosen, strict=True)] if chosen else [0, 0, 0, 0]))
    print(row("all", [sum(column) for column in zip(*by_class.values(), strict=True)]))
    if missed:
        for entry in known:
            if not met[entry.name]:
                print("missed", entry.name, entry.code, sorted(entry.lines))
    if extra:
        for finding, lines, true, near in judged:
            if not true:
                mark = "class" if near else "extra"
                print(
                    mark,
                    finding.rule_class.code,
                    finding.rule,
                    lines[0][0],
                    finding.path,
                    "|",
                    finding.quotation[:150],
                    "|",
                    finding.wrong[:140],
                )


def group_of(code: str) -> str:
    """The group of classes a class is counted in."""
    if code[0] != "c":
        return code[0]
    return "c1-3" if code <= "c3" else "c4-6" if code <= "c6" else "c7-8"


def row(title: str, counts: list[int]) -> str:
    """One printed row."""
    entries_, found, reported, true = counts
    recall = f"{100 * found // entries_}%" if entries_ else "-"
    precision = f"{100 * true // reported}%" if reported else "-"
    return f"{title:10} {entries_:>3} {found:>6} {recall:>7}   {reported:>8} {true:>5} {precision:>9}"


if __name__ == "__main__":
    sys.exit(main())
