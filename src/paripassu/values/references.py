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
    """Raise a Problem for the first fact that uses a name nobody gave; ``persons`` are known without a fact.

    UNKNOWN_NAME for a holder that is no party of the deal and that no fact makes one; IMPOSSIBLE_FACT for anything else
    that a fact of the same day or an earlier one must have named.
    """
    given = _given(facts)
    for fact in facts:
        for name, field in _USING[fact.kind].items():
            if name in fact.details:
                _check(fact, name, field.given_by, given, persons if field.given_by == HOLDER.given_by else None)


def _given(facts: Iterable[Fact]) -> Given:
    given: Given = {name: {} for name in _GIVING}
    for fact in facts:
        for name, value in fact.details.items():
            days = given.get(f"{fact.kind}.{name}")
            if days is not None:
                days[value] = min(days.get(value, fact.effective), fact.effective)
    return given


def _check(fact: Fact, field: str, giving: Sequence[str], given: Given, persons: Collection[str] | None) -> None:
    name = fact.details[field]
    if persons is not None:
        _check_person(fact, name, {one for source in giving for one in given[source]} | set(persons))
    elif not any(given[source].get(name, date.max) <= fact.effective for source in giving):
        kinds = " or ".join(source.partition(".")[0] for source in giving)
        known = {one for source in giving for one, day in given[source].items() if day <= fact.effective}
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"a {fact.kind} of {fact.effective} names the {field} {name!r}, which no {kinds} has named by then",
            f"use {', '.join(sorted(known))}" if known else f"record the {kinds} first", fact.place,
        )


def _check_person(fact: Fact, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise Problem(
            ProblemKind.UNKNOWN_NAME,
            f"a {fact.kind} of {fact.effective} names the holder {name!r}, who is no party and holds nothing",
            f"use {', '.join(sorted(known))}, or record first what was issued or transferred to {name}", fact.place,
        )
