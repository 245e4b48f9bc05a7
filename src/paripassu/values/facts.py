"""Facts: what happened, in a closed vocabulary of kinds with typed fields.

A fact is a paper received (always recordable: the law answers), an act done (checked), a report of a figure, an
event of the market or the issuer, or a finding (a person decided a question the program cannot).
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paripassu.values.dates import Instant, days_after, parse_date, parse_instant
from paripassu.values.grades import Grade, grade_named
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import Nature, text
from paripassu.values.moments import Moment, moment
from paripassu.values.moments import Place as DayPlace
from paripassu.values.printing import number
from paripassu.values.problems import Place, Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, with when it took effect, when it was recorded, who says so and how good that is."""

    kind: str
    effective: date
    at: Instant | None
    recorded: date
    details: Mapping[str, Any]
    source: str
    grade: Grade
    despite: str = ""
    stands: bool = field(default=False, compare=False)
    place: Place | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)

    @property
    def is_done(self) -> bool:
        """Whether an act was done, whatever the papers say: recorded despite them, or in a book, which checked it."""
        return self.stands or bool(self.despite)

    @property
    def nature(self) -> Nature:
        """Paper, act, report, event or finding."""
        return KINDS[self.kind].nature

    def says(self, parties: Mapping[str, str] | None = None) -> str:
        """The fact in words; short names of parties are replaced by their names where given."""
        return KINDS[self.kind].says.format_map(_Words(self.details, parties or {}))

    def moment_in(self, zone: str) -> Moment:
        """Where it stands in the order of events, in the deal's zone."""
        place = KINDS[self.kind].place
        if self.at is None:
            return moment(self.effective, place)
        local = self.at.local(zone)
        return moment(local.date(), place, local.hour * 3600 + local.minute * 60 + local.second)

    def subjects(self) -> frozenset[Any]:
        """What it touches: facts that touch nothing in common may stand in either order."""
        kind = KINDS[self.kind]
        return frozenset(self.details.get(name, name) for name in kind.subjects)


class _Words(dict[str, str]):
    """A fact's details in words, each put into words when a sentence asks for it."""

    def __init__(self, details: Mapping[str, Any], parties: Mapping[str, str]) -> None:
        self.details = details
        self.parties = parties

    def __missing__(self, name: str) -> str:
        value = self.details[name]
        return self.parties.get(value, value) if isinstance(value, str) else number(value, "")


@dataclass(frozen=True, slots=True)
class AfterRecordDate:
    """The opening of the day after a fact's record date, which may come before the fact takes effect or after it."""

    fact: Fact

    @property
    def name(self) -> str:
        """The fact's kind, and that its record date is past."""
        return f"{self.fact.kind}_of_record"

    @property
    def when(self) -> Moment:
        """From here on the record date is past."""
        return moment(days_after(self.fact.details["record_date"], 1), DayPlace.OPENING)


_ENVELOPE = frozenset({"kind", "on", "at", "recorded", "source", "grade", "despite"})


def fact_from(
    raw: Mapping[str, Any], zone: str, place: Place | None = None, key: str = "", *, stands: bool = False
) -> Fact:
    """Read a fact from its text form; dates without an instant are dates of ``zone``.

    It ``stands`` where it is of a book: an act once recorded is never undone by what is recorded later.

    Raises Problem UNKNOWN_KEY, MISSING_KEY, BAD_NUMBER, BAD_DATE, INCOMPLETE_FACT, with the place given.
    """
    try:
        return _fact(raw, zone, place, key, stands)
    except Problem as problem:
        raise (problem.at(place) if place else problem) from None


def _fact(raw: Mapping[str, Any], zone: str, place: Place | None, key: str, stands: bool) -> Fact:
    name = sys.intern(str(raw.get("kind", "")))
    if name not in KINDS:
        raise Problem(
            ProblemKind.UNKNOWN_KEY, f"{name!r} is not a kind of fact", "use one of " + ", ".join(sorted(KINDS))
        )
    at = parse_instant(str(raw["at"])) if "at" in raw else None
    if at is None and "on" not in raw:
        raise Problem(ProblemKind.MISSING_KEY, f"a {name} without a date", "add on: YYYY-MM-DD, or at: with a zone")
    if at is None and KINDS[name].timed:
        raise Problem(
            ProblemKind.INCOMPLETE_FACT,
            f"a {name} without its time of day, on which its effective date turns",
            "replace on: by at: such as 1999-08-06 10:00 America/New_York, the time transmission was confirmed",
        )
    effective = at.date_in(zone) if at else parse_date(str(raw["on"]))
    return Fact(
        kind=name,
        effective=effective,
        at=at,
        recorded=parse_date(str(raw["recorded"])) if "recorded" in raw else effective,
        details=_details(raw, name),
        source=text(raw.get("source", "")) if "source" in raw else _no_source(name),
        grade=grade_named(str(raw.get("grade", Grade.RECORDED.label))),
        despite=text(raw["despite"]) if "despite" in raw else "",
        stands=stands,
        place=place,
        key=key,
    )


def _no_source(name: str) -> str:
    raise Problem(ProblemKind.MISSING_KEY, f"a {name} without a source", "add source: the paper or person that says so")


def _details(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    fields = KINDS[name].fields
    unknown = sorted(set(raw) - set(fields) - _ENVELOPE)
    if unknown:
        raise Problem(
            ProblemKind.UNKNOWN_KEY,
            f"{unknown[0]!r} is not a field of {name}",
            "use " + ", ".join(sorted(fields)),
        )
    missing = [key for key, spec in fields.items() if spec.required and key not in raw]
    if missing:
        raise Problem(ProblemKind.MISSING_KEY, f"a {name} without {' and '.join(missing)}", f"add {', '.join(missing)}")
    details = {}
    for key, spec in fields.items():
        if key in raw:
            try:
                details[key] = spec.read(raw[key])
            except Problem as problem:
                raise Problem(problem.kind, f"{key}: {problem.what}", problem.remedy) from None
    return details
