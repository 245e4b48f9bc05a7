"""The agreement as amended: a term has its new value from a date; every question is asked of the term of its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from paripassu.agreement import Agreement, Amendment, Instrument
from paripassu.values.amended import agreed_from, binds_from
from paripassu.values.bindings import Binding, ByDate, Function, History, TermBinding
from paripassu.values.calendars import Calendars
from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.stated import stated_value
from paripassu.values.terms import Clause, Term, TermSpec


def as_amended(agreement: Agreement, facts: Sequence[Fact], calendars: Calendars) -> Agreement:
    """The agreement with the amendments among the facts, each in force from the first instant of its date.

    Raises Problem UNKNOWN_NAME for an instrument, clause or term that there is not, or that cannot be amended;
    WRONG_UNIT, BAD_NUMBER, BAD_DATE for another value than the term takes; DUPLICATE for two of one term and date.
    """
    amending = sorted((fact for fact in facts if fact.kind == "amendment"), key=_order)
    for fact in amending:
        try:
            agreement = _amended(agreement, fact, calendars)
        except Problem as problem:
            raise (problem.at(fact.place) if fact.place else problem) from None
    return agreement


def _order(fact: Fact) -> tuple[Any, ...]:
    return (fact.effective, *(fact.details[name] for name in ("instrument", "clause", "term", "value")))


def _amended(agreement: Agreement, fact: Fact, calendars: Calendars) -> Agreement:
    instrument = agreement.instrument(fact.details["instrument"])
    clause, name = _clause(instrument, fact.details["clause"]), fact.details["term"]
    spec = _spec(instrument, clause, name)
    if fact.at is not None:
        raise Problem(ProblemKind.BAD_DATE, f"an amendment of {name} at an instant", "say on which date, with on:")
    if fact.details["unit"] != spec.unit:
        raise Problem(ProblemKind.WRONG_UNIT, f"{name} is amended in {fact.details['unit']}", f"give it in {spec.unit}")
    if any((one.day, one.clause.name, one.term) == (fact.effective, clause.name, name)
           for one in agreement.amendments if one.instrument == instrument.name):
        raise Problem(ProblemKind.DUPLICATE, f"{name} is amended twice on {fact.effective}", "take one of the two back")
    value = stated_value(fact.details["value"], spec, calendars)
    before = agreement.clause_on(fact.effective, instrument.name, clause.name)
    term = replace(before.values[name], value=value, literal="")
    after = replace(before, values={**before.values, name: term})
    was = before.values[name].value
    amendment = Amendment(fact.effective, instrument.name, after, name, was, fact.source, fact.place)
    return replace(
        agreement, instruments={**agreement.instruments, instrument.name: _dated(instrument, term, fact.effective)},
        amendments=(*agreement.amendments, amendment),
    )


def _clause(instrument: Instrument, name: str) -> Clause:
    found = next((one for one in instrument.clauses if one.name == name), None)
    if found is None:
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{instrument.name} has no clause {name!r}",
                      "use " + ", ".join(one.name for one in instrument.clauses))
    return found


def _spec(instrument: Instrument, clause: Clause, name: str) -> TermSpec:
    """What the clause expects of a term that can be amended: one that stands by itself, a number, date or time."""
    can_be = [one for one, spec in clause.terms.items()
              if spec.type != "calendar" and isinstance(instrument.bindings.get(one), TermBinding | ByDate)]
    if name not in can_be:
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{clause.name} has no term {name!r} that can be amended",
                      "use " + (", ".join(can_be) or "another clause"))
    return clause.terms[name]


def _dated(instrument: Instrument, term: Term, day: date) -> Instrument:
    """The instrument whose term is bound by date, with the date of the amendment, and that for a holder, as names."""
    name, agreed, since = term.name, agreed_from(term.name, day), binds_from(term.name, day)
    before = instrument.bindings[name]
    steps = before.steps if isinstance(before, ByDate) else ((None, _constant(_value(before), "as first agreed")),)
    bindings: dict[str, Binding] = {
        **instrument.bindings, agreed: TermBinding(day, "date", term.section),
        since: History("date", by="holder", otherwise=agreed),
        name: ByDate(term.unit, (*steps, (since, _constant(term.value, "as amended")))),
    }
    bound_by = {**instrument.bound_by, **dict.fromkeys((agreed, since), instrument.bound_by[name])}
    return replace(instrument, bindings=bindings, bound_by=bound_by)


def _value(binding: Binding) -> Any:
    assert isinstance(binding, TermBinding), "a term that can be amended stands by itself"
    return binding.value


def _constant(value: Any, says: str) -> Function:
    def stated() -> Any:
        return value

    stated.__doc__ = f"{says[0].upper()}{says[1:]}."
    return stated

