"""Check the status of every entry of the inventory against the specification it lists.

    python tools/check_sections.py SPEC_DIR    check everything
    python tools/check_sections.py --write     state again which entries are executed, and which are only tracked

Every entry of instruments.md and agreements.md must stand exactly once in the sections.yaml of one deal, under a
document and a section that the deal's provenance cites, with a legal status and a summary of our own; an entry that
people find or that is text only says why; an executed entry is one that taking a clause away shows to be executed.
Prints the counts by document and status. Exit status 1 where anything is missing.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from paripassu import codec, store
from paripassu.cases import cases_of
from paripassu.coverage import executed_entries
from paripassu.loading import agreement_from, choices_from
from paripassu.views.agreement import STATUS_TONES

DEALS = Path(__file__).parent.parent / "src" / "paripassu" / "deals"
HEADINGS = {
    "instruments.md": re.compile(r"^### ((?:COD|W98|GEM|W05)-\S+) — (.*)$", re.MULTILINE),
    "agreements.md": re.compile(r"^#### ((?:K8|SPA|RRA|PR)-\S+) · [^·]* · (.*)$", re.MULTILINE),
}
KEYS = {"status", "section", "summary", "why"}
LONGEST_SUMMARY = 14


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    if arguments == ["--write"]:
        for deal in deals():
            write(deal)
        return 0
    inventory = entries_of(Path(arguments[0]))
    wrong: list[str] = []
    listed: Counter[str] = Counter()
    for deal in deals():
        sections = parsed(deal / "sections.yaml")
        listed.update(entry for entries in sections.values() for entry in entries)
        wrong += [f"{deal.name}: {what}" for what in misses(deal, sections, inventory)]
        for document, entries in sections.items():
            counts = Counter(raw["status"] for raw in entries.values())
            print(f"{deal.name} {document}: {len(entries)} entries, " + ", ".join(
                f"{counts[status]} {status}" for status in STATUS_TONES if counts[status]))
    wrong += [f"{entry} stands in no deal" for entry in inventory if not listed[entry]]
    wrong += [f"{entry} stands {number} times" for entry, number in listed.items() if number > 1]
    print(f"{len(inventory)} entries in the inventory, {len(listed)} in the deals, {len(wrong)} wrong")
    for what in wrong:
        print(what)
    return 1 if wrong else 0


def deals() -> list[Path]:
    return sorted(one.parent for one in DEALS.glob("*/sections.yaml"))


def entries_of(folder: Path) -> dict[str, str]:
    """Every entry of the inventory with its heading."""
    found: dict[str, str] = {}
    for name, heading in HEADINGS.items():
        found.update(heading.findall((folder / name).read_text(encoding="utf-8")))
    return found


def parsed(path: Path) -> Any:
    return codec.parse_yaml(path.read_text(encoding="utf-8"), path.name).value if path.is_file() else {}


def misses(deal: Path, sections: Mapping[str, Any], inventory: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the entries of one deal."""
    cited = {
        name: {row[0] for row in raw["sections"]} for name, raw in parsed(deal / "provenance.yaml")["documents"].items()
    }
    computed, _ = executed_and_listed(deal)
    for document, entries in sections.items():
        for entry, raw in entries.items():
            if entry not in inventory:
                yield f"{entry} is not in the inventory"
            if raw.get("section") not in cited.get(document, ()):
                yield f"{entry}: {document} has no section {raw.get('section')}"
            yield from (f"{entry}: {what}" for what in stated(raw, inventory.get(entry, "")))
            if (raw["status"] == "executed") != (entry in computed):
                yield f"{entry} is called {raw['status']}, but is {'' if entry in computed else 'not '}executed"


def stated(raw: Mapping[str, Any], heading: str) -> Iterator[str]:
    """What is wrong with the words of one entry."""
    if not set(raw) <= KEYS:
        yield "it has keys that the file does not know"
    if raw["status"] not in STATUS_TONES:
        yield f"{raw['status']!r} is not a status"
    if not 1 <= len(raw["summary"].split()) <= LONGEST_SUMMARY or raw["summary"] == heading:
        yield f"its summary is not one of at most {LONGEST_SUMMARY} words of our own"
    if (raw["status"] in ("text only", "by finding")) != ("why" in raw):
        yield "a reason is given where, and only where, it is text only or by finding"


def executed_and_listed(deal: Path) -> tuple[set[str], set[str]]:
    """The entries that are executed, and those that a clause lists; none where the deal has no agreement yet."""
    if not (deal / "agreement.yaml").is_file():
        return set(), set()
    folder, calendars = store.read_deal(str(deal)), store.read_calendars()
    agreement = agreement_from(folder.agreement, calendars, folder.digest)
    agreement = agreement.with_choices(choices_from(folder.readings, agreement))
    cases = [case for file in folder.cases for case in cases_of(file)]
    clauses = [clause for instrument in agreement.instruments.values() for clause in instrument.clauses]
    return set(executed_entries(agreement, cases, calendars)), {entry for one in clauses for entry in one.entries}


def write(deal: Path) -> None:
    """Correct the words executed and tracked in a deal's file; a new entry of a clause is no longer planned."""
    computed, listed = executed_and_listed(deal)

    def corrected(found: re.Match[str]) -> str:
        entry = found["entry"]
        status = "executed" if entry in computed else "tracked" if entry in listed else "planned"
        return f"  {entry}: {{status: {status},"

    path = deal / "sections.yaml"
    line = re.compile(r"^  (?P<entry>\S+): \{status: (?:executed|tracked|planned),", re.MULTILINE)
    path.write_text(line.sub(corrected, path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
