"""What is undetermined, grouped: which facts and prices are missing, for which spans, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.calendars import Calendar
from paripassu.values.undetermined import Need

REMEDIES: Mapping[str, str] = {
    "closing_bid": "add the closing bids of these days (--prices FILE)",
    "beneficial_ownership": "record a beneficial_ownership report of the holder and its affiliates",
    "shares_outstanding": "record a shares_outstanding report of the company",
    "legal_maximum_rate": "record the legal_maximum_rate counsel gives, with a name",
    "certificates_delivered": "record certificates_delivered when they reach the company",
    "warrants_held": "record warrants_held of the holder",
    "registered_shares": "record registered_shares allocated to the holder",
}


@dataclass(frozen=True, slots=True)
class MissingSpan:
    """Consecutive open days without an observation, both ends included."""

    first: date
    last: date
    days: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One fact or observable that is waited for, the spans of days it is missing on, what it blocks, the remedy."""

    name: str
    subject: str
    spans: tuple[MissingSpan, ...]
    blocks: tuple[str, ...]
    remedy: str


def grouped(needs: Iterable[tuple[Need, str]], calendar: Calendar) -> tuple[Missing, ...]:
    """Group needs (each with what it blocks) by name and subject, and their days into spans of open days."""
    days: dict[tuple[str, str], set[date]] = {}
    blocks: dict[tuple[str, str], dict[str, None]] = {}
    for need, blocked in needs:
        days.setdefault(need.group, set())
        if need.day is not None:
            days[need.group].add(need.day)
        blocks.setdefault(need.group, {})[blocked] = None
    return tuple(
        Missing(name, subject, _spans(sorted(found), calendar), tuple(blocks[name, subject]),
                REMEDIES.get(name, f"record {name.replace('_', ' ')}"))
        for (name, subject), found in sorted(days.items())
    )


def _spans(days: list[date], calendar: Calendar) -> tuple[MissingSpan, ...]:
    spans: list[list[date]] = []
    for day in days:
        if spans and calendar.next_open(spans[-1][-1]) == day:
            spans[-1].append(day)
        else:
            spans.append([day])
    return tuple(MissingSpan(span[0], span[-1], len(span)) for span in spans)
