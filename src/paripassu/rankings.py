"""What turns on each reading on a date: the statement made again under every alternative, and how far it is apart.

Only a reading that the statement consulted can change it, so only those are tried: one replay for each alternative.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from paripassu.agreement import Agreement, Choice
from paripassu.render.changes import changes
from paripassu.replay import Replayed, replay
from paripassu.values.facts import Fact
from paripassu.values.market import Market
from paripassu.values.problems import Problem
from paripassu.values.sheets import Sheet
from paripassu.views.effects import Priced, changes_between, in_dollars, in_shares, priced
from paripassu.views.layout import lay_out
from paripassu.views.lines import Statement
from paripassu.views.readings import Alternative, OpenQuestion, Ranking, in_order, questions
from paripassu.views.statement import statement

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many of how many alternatives have been tried."""

UNCOUNTED = ("What this rests on", "Readings in force")
"""Sections of a statement that name the readings themselves; what they say of them is no effect."""


@dataclass(frozen=True)
class Basis:
    """Everything a statement is made from."""

    agreement: Agreement
    facts: tuple[Fact, ...]
    market: Market
    as_of: date
    known_at: date | None = None
    planned: int = 0


def ranking(basis: Basis, progress: Progress | None = None) -> Ranking:
    """Make the statement under every alternative of every reading that it consulted; rank them by what they change.

    Raises what replaying the facts under the readings in force raises.
    """
    made, consulted = _stated(basis)
    price = priced(basis.market, basis.as_of)
    asked = questions(basis.agreement)
    open_ones = [one for one in asked if one.kind == "computing" and (one.instrument, one.reading) in consulted]
    tried = [(one, other) for one in open_ones for other in one.alternatives if other != one.alternative]
    effects = []
    for number, (question, alternative) in enumerate(tried, 1):
        effects.append(_effect(basis, made, question, alternative, price))
        if progress is not None:
            progress("trying readings", number, len(tried))
    return Ranking(
        basis.agreement.name, basis.agreement.title, basis.as_of, basis.known_at, price,
        in_order(effects), tuple(open_ones),
        tuple(one for one in asked if one.kind == "computing" and one not in open_ones),
        *(tuple(one for one in asked if one.kind == kind) for kind in ("finding", "textual")),
    )


def effect_of(basis: Basis, instrument: str, reading: str, alternative: str) -> Alternative:
    """What choosing an alternative changes in the statement; raises what ``ranking`` raises."""
    made, _ = _stated(basis)
    question = next(one for one in questions(basis.agreement) if (one.instrument, one.reading) == (instrument, reading))
    return _effect(basis, made, question, alternative, priced(basis.market, basis.as_of))


def _stated(basis: Basis) -> tuple[Statement, set[tuple[str, str]]]:
    """The statement, and every reading of every instrument that it or the replay behind it consulted."""
    done: Replayed = replay(basis.agreement, basis.facts, basis.market, basis.as_of, basis.known_at)
    made = statement(done, basis.facts, basis.planned)
    return made, {(name, reading) for name, names in done.names.items() for reading in names.consulted}


def _effect(basis: Basis, made: Statement, question: OpenQuestion, alternative: str, price: Priced) -> Alternative:
    choice = Choice(question.reading, question.instrument, alternative, "tried", "tried")
    other = Basis(basis.agreement.with_choices([choice]), basis.facts, basis.market, basis.as_of, basis.known_at,
                  basis.planned)
    named = (question.instrument, question.reading, question.question, question.alternative, alternative,
             question.alternatives[alternative])
    try:
        after, _ = _stated(other)
    except Problem as problem:
        return Alternative(*named, problem=problem.sentence)
    found = changes_between(made, after, price)
    compared = changes(_without_readings(made), _without_readings(after))
    return Alternative(
        *named, dollars=in_dollars(found), shares=in_shares(found),
        days=max((one.days for one in found if one.days is not None), default=0), changes=found,
        gone=compared.gone, come=compared.come,
    )


def _without_readings(made: Statement) -> Sheet:
    sheet = lay_out(made, (), ())
    kept = tuple(section for section in sheet.sections if section.title not in UNCOUNTED)
    return Sheet(sheet.title, sheet.subtitle, kept)
