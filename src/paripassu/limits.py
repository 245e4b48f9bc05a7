"""Acts about to be recorded that the papers forbid: past a limit themselves, or putting a recorded act past one.

Only an act is ever refused. A paper received, a report, a finding and a price are recorded whatever follows from
them: what was done stands, and the difference is owed. An act is asked for a reason where it passes a limit, and also
where it took effect before an act that is in the book already and leaves that one less room than it used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache

from paripassu.recorded import Recorded, as_if, day_of, facts_and_market, said_by
from paripassu.replay import replay
from paripassu.submissions import despite_papers
from paripassu.values.calendars import Calendars
from paripassu.values.dates import Instant
from paripassu.values.entries import Entry, Submission
from paripassu.values.facts import Fact, fact_from
from paripassu.values.kinds.fields import Nature
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.views.breaches import Breach, breach_of, refused_acts

Excesses = Mapping[tuple[int, str], Breach]
"""What recorded acts pass, by the number of the act's entry and the role of the limit in the papers."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """An act about to be recorded that the papers forbid, and why: against which section, and by how many shares."""

    act: Fact
    why: str


def forbidden(said: Recorded, calendars: Calendars, entries: Sequence[Entry], previewed_on: date) -> list[Forbidden]:
    """The acts about to be recorded that the papers forbid and that have no reason.

    ``entries`` are those of the book and, behind them, those they would become. Everything is carried out through the
    last day on which any of it takes effect, also where an earlier one is previewed: what cannot be carried out then
    must not be recorded either. Only where no act passes a limit itself is it asked which put a recorded one past it.
    Raises what replay raises.
    """
    zone = said.agreement.zone
    last = max((day_of(one.effective, zone) for one in entries[len(said.entries):]), default=date.min)
    then = said_by(said, entries, last)
    facts, market = facts_and_market(then, calendars)
    new = [fact for fact in facts if _number(fact) > len(said.entries)]
    acts = {_number(fact) for fact in new if fact.nature is Nature.ACT and not fact.despite}
    if last <= previewed_on and not acts:
        return []
    done = replay(then.agreement, facts, market, last)
    past = [
        Forbidden(fact, _against(breach_of(done, record, fact)))
        for record, fact in refused_acts(done) if _number(fact) in acts
    ]
    return past or list(_past_recorded(said, calendars, entries, new, acts))


def with_reasons(
    said: Recorded, calendars: Calendars, fresh: Mapping[str, Submission], at: Instant, despite: str
) -> dict[str, Submission]:
    """The same submissions by key, with the reason in each act that the papers forbid; one done may show another.

    Raises Problem MISSING_KEY where there are some and none is forbidden.
    """
    reasoned = dict(fresh)
    keys = list(reasoned)
    while found := forbidden(said, calendars, as_if(said, reasoned.values(), at), date.max):
        for one in found:
            key = keys[_number(one.act) - len(said.entries) - 1]
            reasoned[key] = despite_papers(reasoned[key], despite)
    if fresh and reasoned == fresh:
        raise Problem(
            ProblemKind.MISSING_KEY, "there is a reason, but no act that the papers forbid", "leave out --despite"
        )
    return reasoned


def without_reason(one: Forbidden, parties: Mapping[str, str]) -> Problem:
    """The Problem of an act that the papers forbid and that is handed in without a reason."""
    return Problem(
        ProblemKind.AGAINST_PAPERS, f"{one.act.says(parties)} on {one.act.effective}, {one.why}",
        "if it was done all the same, add --despite with the reason, and the statement shows the breach", one.act.place,
    )


def _against(breach: Breach) -> str:
    return f"against {breach.citation.document} {breach.citation.section}: {breach.against}"


def _number(fact: Fact) -> int:
    """The number of the fact's entry."""
    assert fact.place is not None and fact.place.line is not None, "every fact of a book has its entry"
    return fact.place.line


# -- recorded acts that would pass a limit


def _past_recorded(
    said: Recorded, calendars: Calendars, entries: Sequence[Entry], new: Sequence[Fact], acts: Set[int]
) -> Iterator[Forbidden]:
    """Of the new acts those that put a recorded act of the same day or later past a limit, or further past it.

    What is new is added in the order of events, so that each excess is laid to the act that makes it; what a report
    makes is laid to none.
    """
    earliest = min((fact.effective for fact in new if _number(fact) in acts), default=date.max)
    through = max((day for day in _days_of_acts(said) if day >= earliest), default=None)
    if through is None:
        return
    ordered = sorted(new, key=lambda fact: fact.moment_in(said.agreement.zone))

    @cache
    def excesses(count: int) -> Excesses | None:
        left_out = {_number(fact) for fact in ordered[count:]}
        kept = [entry for entry in entries if entry.number not in left_out]
        try:
            return _excesses(said_by(said, kept, through), calendars, through, len(said.entries))
        except Problem:
            if count in (0, len(ordered)):
                raise
            return None

    for low, high in worsening(0, len(ordered), excesses):
        at_fault = [fact for fact in ordered[low:high] if _number(fact) in acts]
        if at_fault:
            yield Forbidden(at_fault[-1], _puts_past(excesses(low) or {}, excesses(high) or {}))


def _days_of_acts(said: Recorded) -> Iterator[date]:
    """The days on which the recorded acts took effect."""
    zone = said.agreement.zone
    facts = (fact_from(row, zone, place, stands=True) for row, place in said.facts)
    return (fact.effective for fact in facts if fact.nature is Nature.ACT)


def _excesses(then: Recorded, calendars: Calendars, through: date, recorded: int) -> Excesses:
    """What acts among the first so many entries pass, when everything is carried out through a day."""
    facts, market = facts_and_market(then, calendars)
    done = replay(then.agreement, facts, market, through)
    return {
        (_number(fact), record.effect.role): breach_of(done, record, fact)
        for record, fact in refused_acts(done) if _number(fact) <= recorded
    }


def worsening(low: int, high: int, excesses: Callable[[int], Excesses | None]) -> Iterator[tuple[int, int]]:
    """The steps between two counts of new facts in which some excess grows, by halves; most often there is none.

    Counts for which ``excesses`` has no answer, since so much alone cannot be carried out, are passed over: a step is
    then longer than one.
    """
    if not _grown(excesses(low) or {}, excesses(high) or {}):
        return
    between = [*range((low + high) // 2, low, -1), *range((low + high) // 2 + 1, high)]
    middle = next((count for count in between if count != low and excesses(count) is not None), None)
    if middle is None:
        yield low, high
    else:
        yield from worsening(low, middle, excesses)
        yield from worsening(middle, high, excesses)


def _grown(before: Excesses, after: Excesses) -> list[tuple[int, str]]:
    """What is passed by more than before, in the order of the acts."""
    return [key for key, one in after.items() if key not in before or one.difference > before[key].difference]


def _puts_past(before: Excesses, after: Excesses) -> str:
    """Which recorded act passes which limit by how much, the first of them told and the others counted."""
    first, *others = _grown(before, after)
    breach = after[first]
    earlier = f" ({number(before[first].difference, breach.unit)} before)" if first in before else ""
    more = f"; and {len(others)} more" if others else ""
    which = f"which puts entry {first[0]} of {breach.day} past a limit ({breach.says})"
    too = "many" if breach.unit == "shares" else "much"
    return f"{which}, {_against(breach)}: {breach.amount} too {too}{earlier}{more}"
