"""Check that every literal of the worked cases occurs in the entry of the specification it is typed from.

    python tools/check_literals.py SPEC_DIR

SPEC_DIR holds instruments.md, agreements.md and ERRATA.md. An expectation's literal is looked for in the entry the
expectation names (else the case); where its note says ERRATA and a number, in that row instead. Exits 1 naming every
literal that is not there, 2 when the specification is not.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from paripassu import store

_ENTRY = re.compile(r"^#{3,4} (\S+)")
_ROW = re.compile(r"^\| ([A-Z]-\d+) \|")
_ERRATA = re.compile(r"\bERRATA ([A-Z]-\d+)\b")


class Literal(NamedTuple):
    """A literal with the case it stands in and the part of the specification it is typed from."""

    case: str
    source: str
    text: str


def entries_of(text: str) -> dict[str, str]:
    """The text of every entry, by its id; an entry ends where the next heading begins."""
    entries: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            match = _ENTRY.match(line)
            current = entries.setdefault(match[1], []) if match else []
        current.append(line)
    return {name: "\n".join(lines) for name, lines in entries.items()}


def rows_of(text: str) -> dict[str, str]:
    """The rows of the errata, as ERRATA and the number."""
    return {f"ERRATA {match[1]}": line for line in text.splitlines() if (match := _ROW.match(line))}


def specification(folder: Path) -> dict[str, str]:
    """Every entry and every row of the errata, by name."""
    found: dict[str, str] = {}
    for name in ("instruments.md", "agreements.md"):
        found.update(entries_of((folder / name).read_text(encoding="utf-8")))
    found.update(rows_of((folder / "ERRATA.md").read_text(encoding="utf-8")))
    return found


def literals_of(case: dict[str, Any]) -> Iterator[Literal]:
    """The literals of a case, each with the part of the specification named for it."""
    for expected in case["then"]:
        if "literal" in expected:
            errata = _ERRATA.search(expected.get("note", ""))
            source = errata[0] if errata else expected.get("entry", case["entry"])
            yield Literal(case["id"], source, expected["literal"])


def misses(literals: list[Literal], known: dict[str, str]) -> list[str]:
    """What is wrong with the literals, in words."""
    found = []
    for one in literals:
        if one.source not in known:
            found.append(f"{one.case}: the specification has no {one.source}")
        elif one.text not in known[one.source]:
            found.append(f"{one.case}: {one.source} does not say {one.text!r}")
    return found


def main(arguments: list[str]) -> int:
    """Check the cases of every deal; print what is missing and a count by entry."""
    if len(arguments) != 1 or not (Path(arguments[0]) / "instruments.md").is_file():
        print(__doc__, file=sys.stderr)
        return 2
    known = specification(Path(arguments[0]))
    cases = [case for deal in store.deal_names() for file in store.read_deal(deal).cases for case in file.value]
    literals = [literal for case in cases for literal in literals_of(case)]
    wrong = misses(literals, known)
    wrong.extend(f"{case['id']}: the specification has no {case['entry']}" for case in cases
                 if case["entry"] not in known)
    for line in wrong:
        print(line)
    by_entry = Counter(case["entry"] for case in cases)
    print(", ".join(f"{entry} {count}" for entry, count in sorted(by_entry.items())))
    print(f"{len(cases)} cases of {len(by_entry)} entries, {len(literals)} literals, {len(wrong)} not found")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
