"""Build an Agreement from parsed data: instantiate clauses, wire names, check.

Names are local to an instrument. The wiring is checked on loading: a name bound twice, a name nobody binds, a cycle.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from paripassu.values.bindings import (
    Binding,
    ByReading,
    EachPart,
    SumOver,
    TermBinding,
    TermByReading,
    Used,
    names_asked,
    reading_of,
    unit_of,
)
from paripassu.values.market import BEST_QUOTES, QUOTES
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.terms import Clause, Reading


@dataclass(frozen=True)
class DocumentInfo:
    """A paper of the deal: short name, title, date, exhibit, and another paper of the same form where there is one."""

    name: str
    title: str
    date: date
    exhibit: str = ""
    form_of: str = ""


@dataclass(frozen=True)
class Choice:
    """A reading as chosen in a deal: the alternative, by whom, and why."""

    reading: str
    instrument: str
    alternative: str
    reason: str
    by: str


@dataclass(frozen=True)
class Instrument:
    """A named set of clauses with its document, zone and names.

    ``or_else`` is what follows from missing a duty of the company under it that has no consequence of its own.
    """

    name: str
    title: str
    document: str
    zone: str
    clauses: tuple[Clause, ...]
    bindings: Mapping[str, Binding]
    bound_by: Mapping[str, Clause]
    or_else: str = ""

    def clause(self, name: str) -> Clause:
        """The clause instance of that name."""
        return next(clause for clause in self.clauses if clause.name == name)

    def section_of(self, name: str, alternative: str = "") -> str:
        """The section in which a bound name stands, under an alternative of the reading that it turns on."""
        binding = self.bindings[name]
        if isinstance(binding, TermBinding) and binding.section:
            return binding.section
        clause = self.bound_by.get(name)
        return clause.section_of(name, alternative) if clause else ""

    def readings(self) -> Iterator[Reading]:
        """Every reading its clauses leave open."""
        for clause in self.clauses:
            yield from clause.readings


@dataclass(frozen=True)
class Amendment:
    """A term with another value from a date: the clause as it is from then, what the term was, and who says so."""

    day: date
    instrument: str
    clause: Clause
    term: str
    was: Any
    source: str
    place: Place | None


@dataclass(frozen=True)
class Agreement:
    """Documents, terms and instruments in force; the choices of readings; the digest of the data it came from."""

    name: str
    title: str
    zone: str
    parties: Mapping[str, str]
    issuer: str
    documents: Mapping[str, DocumentInfo]
    instruments: Mapping[str, Instrument]
    choices: Mapping[tuple[str, str], Choice] = field(default_factory=dict)
    digest: str = ""
    amendments: tuple[Amendment, ...] = ()

    def clause_on(self, day: date, instrument: str, name: str) -> Clause:
        """A clause with the terms in force on a date."""
        amended = [one for one in self.amendments
                   if (one.instrument, one.clause.name) == (instrument, name) and one.day <= day]
        return amended[-1].clause if amended else self.instruments[instrument].clause(name)

    def hears(self, kind: str) -> bool:
        """Whether a clause of its papers answers a kind of fact: what none answers moves nothing under them."""
        return any(kind in clause.hears() for one in self.instruments.values() for clause in one.clauses)

    def observes(self, observable: str) -> bool:
        """Whether a name of its papers is read off an observable, as one of its sources."""
        wanted = {observable, BEST_QUOTES} if observable in QUOTES else {observable}
        return any(wanted.intersection(getattr(binding, "tiers", ()))
                   for one in self.instruments.values() for binding in one.bindings.values())

    def instrument(self, name: str) -> Instrument:
        """The instrument of that name; raises Problem UNKNOWN_NAME."""
        if name not in self.instruments:
            raise Problem(
                ProblemKind.UNKNOWN_NAME,
                f"{self.name} has no instrument {name!r}",
                "use " + ", ".join(self.instruments),
            )
        return self.instruments[name]

    def chosen(self, instrument: str, reading: str) -> str:
        """The alternative in force for a reading; the library's first where the deal is silent."""
        choice = self.choices.get((instrument, reading))
        if choice:
            return choice.alternative
        found = next(one for one in self.instruments[instrument].readings() if one.id == reading)
        return next(iter(found.alternatives))

    def with_choices(self, more: Sequence[Choice]) -> Agreement:
        """The same agreement under other readings; raises Problem UNKNOWN_READING."""
        for choice in more:
            check_choice(self.instrument(choice.instrument), choice)
        merged = {**self.choices, **{(one.instrument, one.reading): one for one in more}}
        return replace(self, choices=merged)


def check_choice(instrument: Instrument, choice: Choice) -> None:
    """Raise Problem UNKNOWN_READING where the instrument has no such reading or alternative."""
    known = {reading.id: reading for reading in instrument.readings()}
    if choice.reading not in known:
        raise Problem(
            ProblemKind.UNKNOWN_READING,
            f"{instrument.name} has no reading {choice.reading!r}",
            "use one of " + ", ".join(sorted(known)),
        )
    if choice.alternative not in known[choice.reading].alternatives:
        raise Problem(
            ProblemKind.UNKNOWN_READING,
            f"{choice.reading} has no alternative {choice.alternative!r}",
            "use one of " + ", ".join(known[choice.reading].alternatives),
        )


def wire(
    name: str, title: str, document: str, zone: str, clauses: Sequence[Clause], uses: Mapping[str, Instrument] = {},
    or_else: str = "",
) -> Instrument:
    """Bind every name of an instrument's clauses, and those it uses of instruments wired before it.

    Raises Problem WIRING on a clash, a dangling name or a cycle.
    """
    bindings: dict[str, Binding] = {used: _used(name, used, other) for used, other in uses.items()}
    bound_by: dict[str, Clause] = {}
    for clause in clauses:
        for bound, binding in _bindings_of(clause).items():
            if bound in bindings:
                other = bound_by[bound].name if bound in bound_by else uses[bound].name
                raise _wiring(
                    f"{bound} is bound by {other} and by {clause.name} in {name}",
                    "take one of the two clauses out, or rename the term",
                )
            bindings[bound] = binding
            bound_by[bound] = clause
    instrument = Instrument(name, title, document, zone, tuple(clauses), bindings, bound_by, or_else)
    _check_names(instrument)
    _check_cycles(instrument)
    _check_readings(instrument)
    return instrument


def _used(name: str, used: str, other: Instrument) -> Used:
    if used not in other.bindings or isinstance(other.bindings[used], Used):
        raise _wiring(f"{name} uses {used}, which no clause of {other.name} binds", "name the instrument that binds it")
    return Used(other.name, unit_of(other.bindings[used]), other.bindings)


def _bindings_of(clause: Clause) -> dict[str, Binding]:
    computed = dict(clause.formulas())
    stated: dict[str, Binding] = {
        term.name: TermBinding(term.value, term.unit, term.section)
        for term in clause.values.values()
        if not isinstance(computed.get(term.name), TermByReading)
    }
    return {**stated, **computed}


def _wiring(what: str, remedy: str) -> Problem:
    return Problem(ProblemKind.WIRING, what, remedy)


def _check_names(instrument: Instrument) -> None:
    for name, binding in instrument.bindings.items():
        for asked in names_asked(binding):
            if asked not in instrument.bindings:
                raise _wiring(
                    f"{name} of {instrument.name} asks for {asked}, which no clause binds",
                    f"add the clause that binds {asked}, or take out {instrument.bound_by[name].name}",
                )


def _check_cycles(instrument: Instrument) -> None:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise _wiring(
                f"{' asks for '.join((*path[path.index(name):], name))} in {instrument.name}",
                "break the circle by setting one of them from a response",
            )
        if name in done:
            return
        for asked in names_asked(instrument.bindings[name]):
            walk(asked, (*path, name))
        done.add(name)

    for name in instrument.bindings:
        walk(name, ())


def _check_readings(instrument: Instrument) -> None:
    for clause in instrument.clauses:
        declared = {reading.id: reading for reading in clause.readings}
        for name, binding in clause.formulas().items():
            reading = reading_of(binding)
            if not reading:
                continue
            assert isinstance(binding, ByReading | TermByReading)
            known = declared.get(reading)
            if known is None or set(known.alternatives) != set(binding.alternatives):
                raise _wiring(
                    f"{name} of {instrument.name} turns on {reading}, whose alternatives differ",
                    f"declare {reading} on {clause.name} with " + ", ".join(binding.alternatives),
                )


def subjects_of(instrument: Instrument, name: str) -> tuple[str, ...]:
    """The subjects that must be named to ask a name: those its histories, holdings and totals are kept by.

    A subject a sum runs over is not asked for: the sum names it.
    """
    found: dict[str, None] = {}
    seen: set[str] = set()

    def walk(asked: str, summed: frozenset[str], bindings: Mapping[str, Binding]) -> None:
        if asked in seen:
            return
        binding = bindings[asked]
        if isinstance(binding, Used):
            walk(asked, summed, binding.bindings)
            return
        seen.add(asked)
        by = "" if getattr(binding, "otherwise", "") else getattr(binding, "by", "")
        if by and by not in summed:
            found[by] = None
        over = frozenset({binding.subject}) if isinstance(binding, SumOver | EachPart) else frozenset()
        for one in names_asked(binding):
            walk(one, summed | over, bindings)

    walk(name, frozenset(), instrument.bindings)
    return tuple(found)


def subjects_kept(instrument: Instrument) -> frozenset[str]:
    """Every subject by which the instrument keeps figures: holder, notice, lot and so on."""
    named = (getattr(binding, part, "") for binding in instrument.bindings.values() for part in ("by", "subject"))
    return frozenset(one for one in named if one) | {"lot"}


def links_of(agreement: Agreement) -> Iterator[tuple[str, Clause, str, Mapping[str, Any]]]:
    """Every link by which a clause hears an occurrence of another paper: (instrument, clause, limb, link)."""
    for instrument in agreement.instruments.values():
        for clause in instrument.clauses:
            for limb, link in clause.links.items():
                yield instrument.name, clause, limb, link
