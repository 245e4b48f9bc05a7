"""Acts done although the papers forbid them or set a limit: what they passed, why, and the difference owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.replay import Replayed
from paripassu.values.bindings import unit_of
from paripassu.values.citation import Citation
from paripassu.values.effects import Refuse
from paripassu.values.excess import GIVE_BACK, beyond
from paripassu.values.facts import Fact
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import Nature
from paripassu.values.printing import number
from paripassu.values.records import Record
from paripassu.values.undetermined import determined


@dataclass(frozen=True, slots=True)
class Breach:
    """An act against the papers: what was done, what it passes and by how much, and why it was recorded.

    ``done`` is false where the act is not of a book and nobody said why it stands: then it is refused and not done.
    ``put_past_by`` says which acts, recorded later with a reason and within the limits themselves, took the room that
    it had used.
    """

    day: date
    says: str
    against: str
    citation: Citation
    despite: str
    difference: Any
    owed_by: str
    done: bool
    put_past_by: tuple[str, ...] = ()
    unit: str = "shares"

    @property
    def amount(self) -> str:
        """The difference in words: so many shares, or dollars."""
        shares = f" share{'' if self.difference == 1 else 's'}" if self.unit == "shares" else ""
        return f"{number(self.difference, self.unit)}{shares}"


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was delivered for a notice beside what is due: under- or over-issued by the difference."""

    notice: str
    holder: str
    due: Any
    delivered: Any
    citation: Citation


def breaches(done: Replayed) -> Iterator[Breach]:
    """Every act against the papers, in order."""
    refused = list(refused_acts(done))
    acts = [fact for _, fact in refused]
    earlier = [fact for fact in done.state.facts if fact.despite and fact not in acts] if refused else []
    for record, fact in refused:
        yield breach_of(done, record, fact, [one for one in earlier if _came_before(one, fact)])


def breach_of(done: Replayed, record: Record, act: Fact, put_past_by: Iterable[Fact] = ()) -> Breach:
    """What an act that was refused passes, and what is owed for it; ``put_past_by`` are acts that made it so."""
    effect: Any = record.effect
    owed = done.state.obligation(GIVE_BACK, beyond(effect.role, effect.subject))
    instrument, parties = done.agreement.instruments[record.instrument], done.agreement.parties
    return Breach(
        record.moment.date, act.says(parties), effect.why,
        Citation(instrument.document, instrument.clause(record.clause).section_of(effect.role)), act.despite,
        done.state.get(("value", owed.amount, effect.subject)) if owed else None, owed.debtor if owed else "",
        owed is not None, tuple(f"{one.says(parties)} on {one.effective}: {one.despite}" for one in put_past_by),
        unit_of(instrument.bindings[owed.amount]) if owed else "shares",
    )


def _came_before(one: Fact, act: Fact) -> bool:
    """Whether an act took effect before another, or on its day, and was recorded later, or on its day."""
    return one.effective <= act.effective and one.recorded >= act.recorded


def refused_acts(done: Replayed) -> Iterator[tuple[Record, Fact]]:
    """The refusals of acts, each with the act: those whose name is the kind of the act they answer."""
    for record in done.state.records:
        effect = record.effect
        if not isinstance(effect, Refuse) or effect.what not in KINDS or KINDS[effect.what].nature is not Nature.ACT:
            continue
        fact = record.cause if isinstance(record.cause, Fact) else _act(done, effect)
        if fact is not None and fact.kind == effect.what:
            yield record, fact


def _act(done: Replayed, effect: Refuse) -> Fact | None:
    """The last act so far of the refusal's kind and subject, where something later showed that it passed a limit."""
    acts = [fact for fact in done.state.facts if fact.kind == effect.what and effect.subject in fact.subjects()]
    return acts[-1] if acts else None


def deliveries(done: Replayed) -> Iterator[Delivered]:
    """Every notice for which something was delivered, where that is not what is due."""
    for key in done.state.keys("value", "shares_delivered"):
        due, delivered = done.state.get(("value", "shares_due", key[2])), done.state.get(key)
        owed = done.state.obligation("deliver_common", key[2])
        if owed is not None and due is not None and determined(due) and due != delivered:
            instrument = done.agreement.instruments[owed.instrument]
            yield Delivered(
                key[2], owed.creditor, due, delivered,
                Citation(instrument.document, instrument.clause(owed.clause).section_of(owed.role)),
            )
