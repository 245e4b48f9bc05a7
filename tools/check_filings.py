"""Check that filings are outlined as this repository records: their sections, path by path, with digests.

    python tools/check_filings.py FILE...            compare with tools/outlines/*.json
    python tools/check_filings.py --write FILE...    record what is read now
    python tools/check_filings.py --mutate FILE...   read a hundred damaged copies of each; nothing may fail

The records hold paths, offsets and digests, never text. Exit status 1 where anything differs.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from paripassu.documents.annotations import annotate
from paripassu.documents.comparison import compare_papers
from paripassu.documents.digests import Section, compare, sections
from paripassu.documents.folding import sha256
from paripassu.documents.model import DocumentKind, Filing
from paripassu.documents.reading import read

RECORDS = Path(__file__).parent / "outlines"
COPIES = 100


def record(filing: Filing) -> dict[str, Any]:
    return {
        "source_sha256": sha256(filing.source),
        "compared": compared(filing),
        "documents": [
            {
                "exhibit": document.exhibit,
                "kind": document.kind.value,
                "pages": [page.number for page in document.pages],
                "folded_sha256": sha256(document.folded.text),
                "sections": [[item.path, item.start, item.end, item.sha256] for item in sections(document)],
            }
            for document in filing.documents
        ],
    }


def compared(filing: Filing) -> list[list[str]]:
    """The section of every difference between two warrants of one form in the filing."""
    warrants = [document for document in filing.documents if document.kind is DocumentKind.WARRANT]
    if len(warrants) != 2:
        return []
    found = compare_papers(*warrants).differences
    return [[difference.path, difference.other_path] for difference in found]


def differences(expected: dict[str, Any], filing: Filing) -> list[str]:
    found = record(filing)
    result: list[str] = []
    if expected["compared"] != found["compared"]:
        result.append("the two warrants differ in other places than recorded")
    if len(expected["documents"]) != len(found["documents"]):
        return [*result, f"{len(expected['documents'])} documents recorded, {len(found['documents'])} found"]
    for place, (before, now) in enumerate(zip(expected["documents"], found["documents"], strict=True), 1):
        name = before["exhibit"] or f"document {place}"
        for key in ("exhibit", "kind", "pages", "folded_sha256"):
            if before[key] != now[key]:
                result.append(f"{name}: {key} differs")
        changes = compare([Section(*row) for row in before["sections"]], [Section(*row) for row in now["sections"]])
        result.extend(f"{name}: section {change.path} {change.change}" for change in changes)
    return result


def damaged(text: str, chance: random.Random) -> str:
    """A copy with lines lost, doubled and moved, pages joined, characters changed, or its end cut off."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 400)):
        at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
        kind = chance.randrange(5)
        if kind == 0:
            del lines[at : at + chance.randint(1, 3)]
        elif kind == 1:
            lines.insert(at, lines[to])
        elif kind == 2:
            lines[at] = lines[at].replace("<PAGE>", "")[: chance.randint(0, 90)]
        elif kind == 3:
            lines[at] += chance.choice('()"$%.<>&ivx\x0c')
        else:
            lines[at], lines[to] = lines[to], lines[at]
        lines = lines or [""]
    whole = "\n".join(lines)
    return whole[: chance.randint(1, len(whole))] if chance.random() < 0.2 else whole


def slowest_copy(text: str) -> float:
    chance = random.Random(1998)
    slowest = 0.0
    for _ in range(COPIES):
        copy = damaged(text, chance)
        start = time.perf_counter()
        for document in read(copy, "damaged").documents:
            annotate(document)
            sections(document)
        slowest = max(slowest, time.perf_counter() - start)
    return slowest


def main(arguments: list[str]) -> int:
    write, mutating = "--write" in arguments, "--mutate" in arguments
    files = [Path(name) for name in arguments if not name.startswith("--")]
    if not files:
        print(__doc__)
        return 2
    failed = False
    for file in files:
        text = file.read_text(encoding="utf-8", errors="replace")
        if mutating:
            print(f"{file.name}: slowest of {COPIES} damaged copies {slowest_copy(text):.2f} s")
            continue
        filing = read(text, file.name)
        target = RECORDS / f"{file.stem}.json"
        if write:
            RECORDS.mkdir(exist_ok=True)
            target.write_text(_compact(record(filing)), encoding="utf-8")
            print(f"{file.name}: recorded")
            continue
        if not target.exists():
            print(f"{file.name}: no record; write one with --write after reading the outline")
            failed = True
            continue
        found = differences(json.loads(target.read_text(encoding="utf-8")), filing)
        failed = failed or bool(found)
        count = sum(len(list(document.walk())) for document in filing.documents)
        print(
            f"{file.name}: {len(filing.documents)} documents, {count} sections", *(found or ["as recorded"]), sep="\n  "
        )
    return 1 if failed else 0


def _compact(value: dict[str, Any]) -> str:
    """The record as JSON with one section a line."""
    documents = []
    for document in value["documents"]:
        rows = ",\n    ".join(json.dumps(row) for row in document["sections"])
        head = json.dumps({key: item for key, item in document.items() if key != "sections"})
        documents.append(f'  {head[:-1]},\n   "sections": [\n    {rows}]}}')
    body = ",\n".join(documents)
    head = f'"source_sha256": {json.dumps(value["source_sha256"])},\n "compared": {json.dumps(value["compared"])}'
    return f'{{{head},\n "documents": [\n{body}]}}\n'


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
