"""Names that a fact uses and another must have given: whoever is a holder, and what was announced, noticed or found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from paripassu.values.facts import Fact
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import HOLDER
from paripassu.values.problems import Problem, ProblemKind

Given = dict[str, dict[str, date]]
"""The names each field (``kind.field``) gave, with the first day on which it did."""

_GIVING = frozenset(name for kind in KINDS.values() for field in kind.fields.values() for name in field.given_by)
_USING = {
    kind: {name: field for name, field in one.fields.items() if field.given_by} for kind, one in KINDS.items()
}


def check_references(facts: Sequence[Fact], persons: Collection[str]) -> None:
    """Raise a Problem where a fact uses a name nobody gave; ``persons`` are known without a fact.

    UNKNOWN_NAME for a holder that is no party of the deal and that no fact makes one; IMPOSSIBLE_FACT for anything else
    that a fact of the same day or an earlier one must have named. Of several the one that reads first, so that the
    order of the facts does not matter. A report of what somebody owns may speak of anybody.
    """
    given = _given(facts)
    holders = set(persons).union(*(given[source] for source in HOLDER.given_by))
    found = [
        problem for fact in facts for name, field in _USING[fact.kind].items() if name in fact.details
        and (problem := _unknown_holder(fact, name, holders) if field.given_by == HOLDER.given_by
             else _unknown(fact, name, field.given_by, given))
    ]
    if found:
        raise min(found, key=lambda problem: problem.sentence)


def _given(facts: Iterable[Fact]) -> Given:
    given: Given = {name: {} for name in _GIVING}
    for fact in facts:
        for name, value in fact.details.items():
            days = given.get(f"{fact.kind}.{name}")
            if days is not None:
                days[value] = min(days.get(value, fact.effective), fact.effective)
    return given


def _unknown(fact: Fact, field: str, giving: Sequence[str], given: Given) -> Problem | None:
    name = fact.details[field]
    if any(given[source].get(name, date.max) <= fact.effective for source in giving):
        return None
    kinds = " or ".join(source.partition(".")[0] for source in giving)
    known = {one for source in giving for one, day in given[source].items() if day <= fact.effective}
    return Problem(
        ProblemKind.IMPOSSIBLE_FACT,
        f"a {fact.kind} of {fact.effective} names the {field} {name!r}, which no {kinds} has named by then",
        f"use {', '.join(sorted(known))}" if known else f"record the {kinds} first", fact.place,
    )


def _unknown_holder(fact: Fact, field: str, holders: Collection[str]) -> Problem | None:
    name = fact.details[field]
    return None if name in holders else Problem(
        ProblemKind.UNKNOWN_NAME,
        f"a {fact.kind} of {fact.effective} names the holder {name!r}, who is no party and holds nothing",
        f"use {', '.join(sorted(holders))}, or record first what was issued or transferred to {name}", fact.place,
    )
