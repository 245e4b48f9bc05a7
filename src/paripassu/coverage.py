"""Coverage, computed: an entry of the inventory is executed where taking its clause away fails a case that cites it.

*Citing.* A clause cites the entries its folder lists under ``entries``. An expectation of a case cites the entry it
names, else the entry of its case. Only expectations that cite the entry count, and only those met while the clause is
there.

*Taking away.* The clause hears nothing, and every name it binds is unknown, so that whatever does not need the clause
still computes and whatever does is undetermined. The rest of the agreement stays wired.

*Failing.* An expectation fails where it is no longer met. Some clauses carry so much that nothing can be replayed
without them; a broken replay alone proves little, so it counts only where what is expected comes from the clause: a
figure that asks, through whatever names, for one the clause binds or sets or for a holding it moves; a duty it owes or
ends; an event or refusal it answers with; a position it moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from paripassu.agreement import Agreement, Instrument
from paripassu.cases import Case, instrument_of, replay_case, run_case
from paripassu.replay import Replayed
from paripassu.values.bindings import ByClass, HeldByDay, Holding, TermBinding, names_asked, unit_of
from paripassu.values.calendars import Calendars
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Refuse, Set
from paripassu.values.problems import Problem
from paripassu.values.terms import Clause
from paripassu.values.undetermined import Need, Undetermined


class Proof(NamedTuple):
    """A clause that carries an entry out, and the first case citing the entry that fails without it."""

    clause: Clause
    case: str


def executed_entries(
    agreement: Agreement, cases: Sequence[Case], calendars: Calendars
) -> dict[str, tuple[Proof, ...]]:
    """Every entry that is executed, with the clauses whose removal fails a case citing it, and that case.

    Only cases that cite one of a clause's entries are run again without it. Entries no clause cites, and entries whose
    cases pass without the clause, are left out.
    """
    executed: dict[str, tuple[Proof, ...]] = {}
    for instrument in agreement.instruments.values():
        for clause in instrument.clauses:
            reduced = without(agreement, clause)
            for entry in clause.entries:
                about = (one for one in (citing(case, entry) for case in cases) if one is not None)
                failing = (one.id for one in about if _fails_without(one, clause, agreement, reduced, calendars))
                if proof := next(failing, ""):
                    executed[entry] = (*executed.get(entry, ()), Proof(clause, proof))
    return executed


def cited_entries(case: Case) -> frozenset[str]:
    """Every entry that an expectation of the case cites."""
    return frozenset(expected.get("entry", case.entry) for expected in case.then)


def citing(case: Case, entry: str) -> Case | None:
    """The case with only the expectations that cite the entry; None where there is none."""
    about = [expected for expected in case.then if expected.get("entry", case.entry) == entry]
    return replace(case, then=about) if about else None


def without(agreement: Agreement, clause: Clause) -> Agreement:
    """The agreement with one clause silent and the names it binds unknown; its readings can still be chosen."""
    instrument = agreement.instruments[clause.instrument]
    bindings = {
        name: TermBinding(Undetermined(frozenset((Need(name),))), unit_of(binding))
        if instrument.bound_by.get(name) is clause else binding
        for name, binding in instrument.bindings.items()
    }
    clauses = tuple(_silent(one) if one is clause else one for one in instrument.clauses)
    reduced = replace(instrument, clauses=clauses, bindings=bindings)
    return replace(agreement, instruments={**agreement.instruments, instrument.name: reduced})


def _silent(clause: Clause) -> Clause:
    """The same clause subscribing to nothing: replay never calls it."""
    made = type(type(clause).__name__, (type(clause),), {"hears": lambda self: frozenset()})
    silent: Clause = made(
        name=clause.name, instrument=clause.instrument, values=clause.values, section=clause.section,
        sections=clause.sections, entries=clause.entries, links=clause.links,
    )
    return silent


def _fails_without(
    case: Case, clause: Clause, agreement: Agreement, reduced: Agreement, calendars: Calendars
) -> bool:
    """Whether a case that holds under the agreement no longer holds under the reduced one."""
    if not _holds(case, agreement, calendars):
        return False
    try:
        return not all(outcome.met for outcome in run_case(case, reduced, calendars))
    except Exception:  # Without the clause anything may break, and every break is judged alike.
        return _comes_from(clause, case, agreement, calendars)


def _holds(case: Case, agreement: Agreement, calendars: Calendars) -> bool:
    try:
        outcomes = run_case(case, agreement, calendars)
    except Problem:
        return False
    return bool(outcomes) and all(outcome.met for outcome in outcomes)


def _comes_from(clause: Clause, case: Case, agreement: Agreement, calendars: Calendars) -> bool:
    """Whether something the case expects comes from a name or an effect of the clause."""
    try:
        done = replay_case(case, agreement, calendars)
    except Problem:
        return False
    effects = tuple(_effects_of(clause, done))
    instrument = agreement.instruments[instrument_of(case, agreement)]
    return any(_expected_from(expected, clause, effects, instrument) for expected in case.then)


def _effects_of(clause: Clause, done: Replayed) -> Iterator[Effect]:
    for record in done.state.records:
        if (record.instrument, record.clause) == (clause.instrument, clause.name):
            yield record.effect


def _expected_from(
    expected: Mapping[str, Any], clause: Clause, effects: Sequence[Effect], instrument: Instrument
) -> bool:
    match expected:
        case {"figure": name}:
            return _figure_from(name, expected.get("given", {}), clause, effects, instrument)
        case {"obligation": duty}:
            return any(isinstance(one, Owe | Discharge) and f"{one.duty}:{one.subject}" == duty for one in effects)
        case {"occurred": name}:
            return any(isinstance(one, Occur) and one.name == name for one in effects)
        case {"refused": what, "subject": subject}:
            return any(isinstance(one, Refuse) and (one.what, one.subject) == (what, subject) for one in effects)
        case {"position": holder}:
            asset = expected.get("at", instrument.name)
            moves = (one for one in effects if isinstance(one, Move) and one.asset == asset)
            return any(holder in (one.source, one.target) for one in moves)
    return False


def _figure_from(
    name: str, given: Mapping[str, Any], clause: Clause, effects: Sequence[Effect], instrument: Instrument
) -> bool:
    """Whether a figure asks for a name of the clause, for a value it set, or for a holding it moved."""
    values = {one.name for one in effects if isinstance(one, Set)}
    assets = {one.asset for one in effects if isinstance(one, Move)}
    for asked in _asked(name, given, instrument):
        binding = instrument.bindings[asked]
        if instrument.bound_by.get(asked) is clause or asked in values:
            return True
        if isinstance(binding, Holding | HeldByDay | ByClass) and binding.asset in assets:
            return True
    return False


def _asked(name: str, given: Mapping[str, Any], instrument: Instrument) -> Iterator[str]:
    """A figure's name and every name it may ask for, stopping at the values given."""
    waiting, seen = [name], set(given)
    while waiting:
        asked = waiting.pop()
        if asked not in seen:
            seen.add(asked)
            yield asked
            waiting.extend(names_asked(instrument.bindings[asked]))
