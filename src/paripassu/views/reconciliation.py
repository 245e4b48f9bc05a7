"""Ours and theirs laid out: what one change gives their number, best first, or what comes nearest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from paripassu.reconciling.search import Candidate, Reconciliation
from paripassu.values.printing import number
from paripassu.values.sheets import Block, Paragraph, Section, Sheet, Table
from paripassu.values.undetermined import determined
from paripassu.views.difference import change_text


def reconciliation_sheet(title: str, words: str, day: date, found: Reconciliation) -> Sheet:
    """Both numbers, and the single changes under which ours is theirs."""
    ours = number(found.ours, found.unit)
    both = Table("", ("", words), ((f"ours, on {day}", ours), ("theirs, as printed", found.theirs.text)))
    return Sheet(title, f"{words}: ours and theirs", (
        Section("The figure", (both,)), Section("What gives theirs", tuple(_answer(found))),
    ))


def _answer(found: Reconciliation) -> Sequence[Block]:
    if found.same:
        return (Paragraph("Ours is theirs." if found.same == "exact" else "Ours is theirs, as they print it.", "good"),)
    tried = f"{found.tried} single changes were tried, one at a time"
    if found.found:
        first = found.found[0]
        return (
            Paragraph(f"{tried}. The first of those that give theirs: {first.says}."), _table(found, found.found),
        )
    if not found.nearest:
        return (Paragraph(f"Nothing single gives {found.theirs.text}; {tried}.", "warn"),)
    return (
        Paragraph(f"Nothing single gives {found.theirs.text}; {tried}. The nearest:", "warn"),
        _table(found, found.nearest),
    )


def _table(found: Reconciliation, candidates: Sequence[Candidate]) -> Table:
    rows = tuple(
        (one.kind, one.says, number(one.value, found.unit), one.match or _off(found, one)) for one in candidates
    )
    return Table("", ("kind", "with this changed", "the figure", "match"), rows)


def _off(found: Reconciliation, one: Candidate) -> str:
    """By how much a candidate misses, and how much nearer than ours that is not said: both stand in the table."""
    if not determined(one.value):
        return "-"
    sign = 1 if one.value > found.theirs.value else -1
    return f"off by {change_text(sign * one.distance, found.unit)}"
