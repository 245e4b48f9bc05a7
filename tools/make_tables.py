"""Write the tables of the documentation that follow from the program: order of a day, kinds of fact, clauses.

    python tools/make_tables.py            rewrite them in docs/
    python tools/make_tables.py --check    exit 1 where a page differs from what the program has
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from paripassu.clauses.library import LIBRARY
from paripassu.values.kinds import KINDS, fields
from paripassu.values.market import OBSERVABLES
from paripassu.values.moments import Place

DOCS = Path(__file__).parent.parent / "docs"
WORDS = {
    fields.TEXT.read: "text", fields.DATE.read: "date", fields.WHOLE.read: "whole number", fields.NUMBER.read: "number",
    fields.POSITIVE.read: "positive number", fields.RATE.read: "rate", fields.NAMES.read: "names",
    fields.NUMBERS_BY_LOT.read: "exact shares by lot",
}
BY_LOT = "shares by lot"
"""What is left: a mapping of lots to whole numbers."""


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(columns: list[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    yield _row(columns)
    yield "|" + "---|" * len(columns)
    yield from (_row(row) for row in rows)


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def order_of_day() -> Iterator[str]:
    """Every place of a day with its rank, nominal time and reason."""
    rows = ((str(place.rank), place.name.lower().replace("_", " "), _clock(place.second), place.reason)
            for place in Place)
    return _table(["rank", "place", "nominal time", "because"], rows)


def _field_words(read: Callable[[Any], Any]) -> str:
    return "one of " + ", ".join(read.words) if isinstance(read, fields.OneOf) else WORDS.get(read, BY_LOT)


def _fields(kind: fields.Kind, *, required: bool) -> str:
    found = (f"`{name}` {_field_words(field.read)}" for name, field in kind.fields.items()
             if field.required is required)
    return ", ".join(found) or "-"


def kinds_of_fact() -> Iterator[str]:
    """Every kind of fact with its nature, its place in the day and its fields."""
    rows = (
        (f"`{name}`", kind.nature.value, "its instant" if kind.timed else kind.place.name.lower().replace("_", " "),
         _fields(kind, required=True), _fields(kind, required=False))
        for name, kind in KINDS.items()
    )
    return _table(["kind", "nature", "place in the day", "fields", "may have"], rows)


def clauses() -> Iterator[str]:
    """Every clause of the library with the terms it must be given."""
    rows = (
        (f"`{name}`", (made.__doc__ or "").split("\n")[0],
         "; ".join(f"`{term}` ({spec.type}, {spec.unit})" for term, spec in made.terms.items()) or "-")
        for name, made in sorted(LIBRARY.items())
    )
    return _table(["clause", "what it does", "terms (type, unit)"], rows)


def observables() -> Iterator[str]:
    """Every observable of the market."""
    return _table(["observable", "meaning"], ((f"`{name}`", words) for name, words in OBSERVABLES.items()))


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "order of a day": order_of_day, "kinds of fact": kinds_of_fact, "clauses": clauses, "observables": observables,
}
_MARKED = re.compile(r"(<!-- table: (?P<name>[a-z ]+) -->\n)(.*?)(<!-- end of table -->)", re.DOTALL)


def filled(page: str) -> str:
    """The page with every marked table as the program has it; raises KeyError on a name without a table."""
    return _MARKED.sub(lambda found: found[1] + "\n".join(TABLES[found["name"]]()) + "\n" + found[4], page)


def main() -> int:
    differing = []
    for path in sorted(DOCS.glob("*.md")):
        page = path.read_text(encoding="utf-8")
        if filled(page) == page:
            continue
        differing.append(path.name)
        if "--check" not in sys.argv:
            path.write_text(filled(page), encoding="utf-8")
    for name in differing:
        print(f"docs/{name}: {'differs from the program' if '--check' in sys.argv else 'written'}")
    return 1 if differing and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
