"""Replay: agreement, facts and market in; State out. Pure and deterministic.

One agenda holds the facts, the moments clauses asked to be woken at, and the trading days. Clauses answer with
effects; only this module applies them, each before the next is computed.
"""

from __future__ import annotations

import gc
import heapq
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, groupby
from typing import Any, NamedTuple, TypeAlias

from paripassu.admitting import admitted
from paripassu.agreement import Agreement
from paripassu.asking import Names, names_for
from paripassu.values.bindings import ByClass
from paripassu.values.effects import (
    Discharge,
    Due,
    Effect,
    Grant,
    Lapse,
    Move,
    Occur,
    Owe,
    Refuse,
    Set,
    TradingDay,
)
from paripassu.values.facts import AfterRecordDate, Fact
from paripassu.values.market import TRADING_CALENDAR, Market
from paripassu.values.moments import Moment, end_of, moment
from paripassu.values.moments import Place as DayPlace
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.state import Entitlement, Obligation, State, Upcoming
from paripassu.values.terms import Answer, Clause, Event, name_of
from paripassu.values.undetermined import determined
from paripassu.values.waivers import also, waived_by_all, why_not

Dated: TypeAlias = tuple[Moment, Fact]


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The end of the day by which a duty is due."""

    obligation: str
    due: date


@dataclass(frozen=True, slots=True)
class _WaiverEnds:
    """The end of the last day of a waiver."""

    waiver: Fact
    obligation: str


@dataclass(frozen=True)
class Replayed:
    """A State with the names that can be asked of it."""

    agreement: Agreement
    market: Market
    state: State
    names: dict[str, Names]


def replay(
    agreement: Agreement,
    facts: Sequence[Fact],
    market: Market,
    as_of: date,
    known_at: date | None = None,
) -> Replayed:
    """Carry out the agreement on the facts, through the end of ``as_of``, as known at the end of ``known_at``.

    Raises Problem OUTSIDE_COVERAGE for a day that the trading calendar does not cover, AMBIGUOUS_ORDER when untimed
    facts of one day would give another result in another order, IMPOSSIBLE_FACT when a fact cannot be true of what was
    recorded before it, and what ``admitted`` raises.
    """
    market.calendars.get(TRADING_CALENDAR).check_covered(as_of)
    agreement, known = admitted(agreement, facts, market.calendars, known_at)
    ordered = _in_order(known, agreement.zone)
    with _uncollected():
        _check_ties(agreement, market, [dated for dated in ordered if dated[1].effective <= as_of])
        return _Run(agreement, market, as_of, known_at).through(ordered)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without searching for garbage: what replay builds is kept, and looking it through costs a fifth of its time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _in_order(facts: Sequence[Fact], zone: str) -> list[Dated]:
    """By moment; facts of one moment by their content, so that the order of recording decides nothing."""
    dated = [(fact.moment_in(zone), fact) for fact in facts]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].kind, _content(pair[1])))


def _content(fact: Fact) -> str:
    return repr(sorted((key, str(value)) for key, value in fact.details.items())) + fact.source


def _check_ties(agreement: Agreement, market: Market, ordered: list[Dated]) -> None:
    """Raise Problem AMBIGUOUS_ORDER where facts of one moment would give another result in another order."""
    for _, group in groupby(range(len(ordered)), key=lambda index: ordered[index][0]):
        places = list(group)
        if len(places) > 1 and (tied := _touching(ordered, places)):
            _check_order(agreement, market, ordered[: places[-1] + 1], tied)


def _touching(ordered: list[Dated], places: list[int]) -> list[tuple[int, int]]:
    """The pairs of facts of one moment that touch something in common."""
    by_subject: dict[Any, list[int]] = {}
    for place in places:
        for subject in ordered[place][1].subjects():
            by_subject.setdefault(subject, []).append(place)
    return sorted({pair for found in by_subject.values() for pair in combinations(found, 2)})


def _check_order(agreement: Agreement, market: Market, ordered: list[Dated], tied: list[tuple[int, int]]) -> None:
    """Replay the day as ordered, and again with each pair exchanged; two impossible orders are left to the replay."""
    as_ordered = _outcome(agreement, market, ordered)
    for one, other in tied:
        exchanged = list(ordered)
        exchanged[one], exchanged[other] = ordered[other], ordered[one]
        if _outcome(agreement, market, exchanged) != as_ordered:
            first, second = ordered[one][1], ordered[other][1]
            raise Problem(
                ProblemKind.AMBIGUOUS_ORDER,
                f"on {first.effective} the result depends on whether it was first that {first.says()} or that "
                + second.says(),
                _how_to_order(first, second),
                second.place,
            )


def _how_to_order(first: Fact, second: Fact) -> str:
    """The remedy: the time of day where one lacks it, else a time that tells the two apart."""
    if first.at is None or second.at is None:
        return "record the time of day of both (at: instead of on:)"
    return "record the seconds too (at: such as 1999-08-06 10:00:30 America/New_York), so that one comes first"


def _outcome(agreement: Agreement, market: Market, ordered: list[Dated]) -> dict[Any, Any] | None:
    """Where every history stands at the end of the last fact's day; None where a fact is a Problem."""
    day = ordered[-1][0].date
    try:
        return _fingerprint(_Run(agreement, market, day, None).through(ordered).state)
    except Problem:
        return None


def _fingerprint(state: State) -> dict[Any, Any]:
    """Where every history stands; of occurrences only that they occurred, of refusals only why.

    The details of an occurrence and the point a refusal rests on tell the way, not the end.
    """
    return {key: _standing(key, state.get(key)) for key in state.histories}


def _standing(key: tuple[Any, ...], value: Any) -> Any:
    if key[0] == "occurred":
        return True
    return value.why if key[0] == "refused" else value


class _Listener(NamedTuple):
    """A clause that hears an event, what it asks, and how it responds and schedules."""

    clause: Clause
    ask: Names
    responds: Answer | None
    schedules: Answer | None


class _Run:
    """One pass over the agenda."""

    def __init__(self, agreement: Agreement, market: Market, as_of: date, known_at: date | None) -> None:
        self.agreement = agreement
        self.market = market
        self.state = State(as_of, known_at)
        self.names = names_for(agreement, self.state, market)
        self.agenda: list[tuple[Moment, int, Any, Any, Fact | None]] = []
        self.origin: Fact | None = None
        self.counter = 0
        self.in_force = {
            (name, clause.name): clause for name, one in agreement.instruments.items() for clause in one.clauses
        }
        self.listeners = self._listeners()
        self.moment = moment(as_of, DayPlace.OPENING)
        for instrument in agreement.instruments.values():
            for binding in instrument.bindings.values():
                if isinstance(binding, ByClass):
                    self.state.track(binding.asset, binding.lot_term)

    def _listeners(self) -> dict[str, list[_Listener]]:
        listeners: dict[str, list[_Listener]] = {}
        for clause in self.in_force.values():
            for name in clause.hears():
                listeners.setdefault(name, []).append(self._listening(clause, name))
        return listeners

    def _listening(self, clause: Clause, name: str) -> _Listener:
        return _Listener(clause, self.names[clause.instrument], *clause.answers(name))

    def through(self, facts: Sequence[Dated]) -> Replayed:
        """Work the agenda off through the end of the day asked about; what remains is upcoming."""
        for when, fact in facts:
            self._push(when, fact, None)
            self._push_after_record_date(fact)
        limit = end_of(self.state.as_of)
        if facts and "trading_day" in self.listeners:
            self._next_trading_day(facts[0][0].date, including=True)
        agenda = self.agenda
        while agenda and agenda[0][0] <= limit:
            self.moment, _, event, clause, self.origin = heapq.heappop(agenda)
            self._handle(event, clause)
        self._keep_upcoming()
        for names in self.names.values():
            names.now_day = self.state.as_of
        return Replayed(self.agreement, self.market, self.state, self.names)

    def _push(self, when: Moment, event: Event, clause: Clause | None) -> None:
        self.counter += 1
        heapq.heappush(self.agenda, (when, self.counter, event, clause, self._origin_of(event)))

    def _origin_of(self, event: Event) -> Fact | None:
        """The fact an event goes back to; what a clause asked for goes back to what is being worked off."""
        if isinstance(event, Fact):
            return event
        if isinstance(event, AfterRecordDate):
            return event.fact
        return None if isinstance(event, TradingDay) else self.origin

    def _push_after_record_date(self, fact: Fact) -> None:
        """What a fact brings about from its record date on, where a clause hears it."""
        if fact.details.get("record_date") is not None and f"{fact.kind}_of_record" in self.listeners:
            event = AfterRecordDate(fact)
            self._push(event.when, event, None)

    def _next_trading_day(self, day: date, *, including: bool = False) -> None:
        calendar = self.market.calendars.get(TRADING_CALENDAR)
        if not including or not calendar.is_open(day):
            # The last day covered has no day after it, and none is asked about.
            if day >= self.state.as_of:
                return
            day = calendar.next_open(day)
        if day <= self.state.as_of:
            self._push(moment(day, DayPlace.DAILY_TEST), TradingDay(day), None)

    def _handle(self, event: Event, clause: Clause | None) -> None:
        day = self.moment.date
        for names in self.names.values():
            names.now_day = day
        cause = event
        if isinstance(event, Fact):
            self.state.hear(event)
            self._take_paper(event)
        elif isinstance(event, AfterRecordDate):
            cause = event.fact
            self.state.hear_of_record(cause)
        elif isinstance(event, TradingDay):
            self._next_trading_day(day)
        if isinstance(event, _Deadline):
            self._pass_deadline(event)
        elif isinstance(event, _WaiverEnds):
            self._end_waiver(event)
        elif clause is not None:
            self._answer(self._listening(self.in_force[clause.instrument, clause.name], name_of(event)), event, event)
        else:
            for listener in self.listeners.get(name_of(event), ()):
                self._answer(listener, event, cause)

    def _take_paper(self, fact: Fact) -> None:
        """What an amendment or a waiver does to the papers themselves, which no clause hears."""
        if fact.kind == "amendment":
            key = (fact.details["instrument"], fact.details["clause"])
            self.in_force[key] = self.agreement.clause_on(fact.effective, *key)
            self.listeners = self._listeners()
        elif fact.kind == "waiver":
            self._waive(fact)

    def _waive(self, fact: Fact) -> None:
        """A duty waived is no longer owed; a right or occurrence waived is shown as such."""
        owed: Obligation | None = self.state.get(("obligation", fact.details["of"]))
        if owed is None:
            self._check_waived(fact)
            return
        if owed.status not in ("pending", "open", "breached", "waived"):
            return
        clause, by, until = self.in_force[owed.instrument, owed.clause], fact.details["by"], fact.details.get("until")
        holders = self._holders(owed.instrument)
        if why := why_not(owed, by, holders):
            self._apply(clause, Refuse("waiver", owed.id, why, owed.role), fact)
            return
        given = also(self.state.get(("value", "waived_by", owed.id)) or (), by, until)
        self._apply(clause, Set("waived_by", owed.id, given), fact)
        if owed.status != "waived" and waived_by_all(given, owed.creditor, holders, fact.effective):
            why = fact.says(self.agreement.parties)
            self._apply(clause, Lapse(owed.duty, owed.subject, why, owed.role, "waived"), fact)
            self._apply(clause, Occur("duty_waived", owed.id, {"duty": owed.duty, "subject": owed.subject}), fact)
        if until is not None:
            self._push(max(moment(until, DayPlace.END_OF_DAY), self.moment), _WaiverEnds(fact, owed.id), clause)

    def _holders(self, instrument: str) -> list[str]:
        """Who holds any of an instrument now, or may."""
        held = ((holder, self.state.position(instrument, holder)) for holder in self.state.holders(instrument))
        return [holder for holder, quantity in held if not determined(quantity) or quantity]

    def _check_waived(self, fact: Fact) -> None:
        """Raise Problem IMPOSSIBLE_FACT where what is waived has not arisen by then."""
        name, _, subject = fact.details["of"].partition(":")
        if self.state.get(("occurred", name, subject)) is None:
            named = ", ".join(sorted(one.id for one in self.state.obligations())) or "nothing yet"
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a waiver of {fact.effective} is of {fact.details['of']!r}, which has not arisen by then",
                f"name it as the statement does: {named}", fact.place,
            )

    def _end_waiver(self, event: _WaiverEnds) -> None:
        """A duty still not performed is owed again, and breached where its day has passed."""
        owed: Obligation = self.state.get(("obligation", event.obligation))
        given, tomorrow = self.state.get(("value", "waived_by", owed.id)), self.moment.date + timedelta(days=1)
        if owed.status != "waived" or waived_by_all(given, owed.creditor, self._holders(owed.instrument), tomorrow):
            return
        clause = self.in_force[owed.instrument, owed.clause]
        details = {"what": f"the waiver of {owed.id} ends", "duty": owed.duty, "subject": owed.subject,
                   "grew_through": owed.grew_through}
        self._apply(clause, Occur("waiver_ended", owed.id, details, owed.role), event.waiver)
        if owed.due is not None and owed.due <= self.moment.date:
            self._pass_deadline(_Deadline(owed.id, owed.due))

    def _owed_again(self, waived: str) -> Obligation:
        """A duty as it stands once its waiver has ended; what was missed before stays missed and is not so again."""
        steps: list[Obligation] = [one for _, one in self.state.steps(("obligation", waived))]
        owed, before = steps[-1], next(one for one in reversed(steps) if one.status != "waived")
        if before.status == "breached" and before.due == owed.due:
            return replace(owed, status="breached", ended=None, late=True)
        return replace(owed, status="pending" if owed.due is None and owed.awaits else "open", ended=None, late=False)

    def _answer(self, listener: _Listener, event: Event, cause: Any) -> None:
        clause, ask, responds, schedules = listener
        if responds is not None:
            for effect in responds(event, ask):
                self._apply(clause, effect, cause)
        if schedules is not None:
            for due in schedules(event, ask):
                self._push(max(due.when, self.moment), due, clause)

    def _apply(self, clause: Clause, effect: Effect, cause: Any) -> None:
        state = self.state
        state.log(self.moment, clause.instrument, clause.name, effect, cause, self.origin)
        if isinstance(effect, Set):
            state.set_value(effect.name, effect.subject, effect.value)
        elif isinstance(effect, Move):
            state.move(
                effect.asset, effect.source, effect.target, effect.lot, effect.quantity, reverses=effect.reverses
            )
        elif isinstance(effect, Occur):
            self._occur(clause, effect, cause)
        else:
            self._apply_right_or_duty(clause, effect)

    def _occur(self, clause: Clause, effect: Occur, cause: Any) -> None:
        self.state.put(("occurred", effect.name, effect.subject), effect)
        missed = self.state.obligation(effect.name.removeprefix("missed_"), effect.subject)
        if missed is not None and effect.name.startswith("missed_"):
            self.state.put(("obligation", missed.id), replace(missed, status="breached", late=True))
        if effect.name == "waiver_ended":
            self.state.put(("obligation", effect.subject), self._owed_again(effect.subject))
        if effect.name == "split_effective":
            self.state.put(("split_factor",), effect.details["factor"])
        for listener in self.listeners.get(effect.name, ()):
            self._answer(listener, effect, cause)

    def _apply_right_or_duty(self, clause: Clause, effect: Effect) -> None:
        state, today = self.state, self.moment.date
        match effect:
            case Owe():
                self._owe(clause, effect, today)
            case Grant(right=right, holder=holder, subject=subject):
                granted = Entitlement(
                    right, holder, subject, effect.quantity, today, effect.until, clause.instrument, clause.name,
                    effect.role, effect.at,
                )
                state.put(("entitlement", right, holder, subject), granted)
            case Discharge(duty=duty, subject=subject):
                self._end(duty, subject, "performed", today)
            case Lapse(name=name, subject=subject):
                self._end(name, subject, effect.status, today, effect.holder)
            case Refuse(subject=subject):
                state.put(("refused", effect.what, subject), effect)

    def _owe(self, clause: Clause, effect: Owe, today: date) -> None:
        earlier = self.state.obligation(effect.duty, effect.subject)
        status = "pending" if effect.due is None and effect.awaits else "open"
        ended = None
        if earlier is not None and earlier.status == "waived":
            status, ended = earlier.status, earlier.ended
        arisen = earlier.arisen if earlier else today
        owed = Obligation(effect, clause.instrument, clause.name, status, arisen, ended=ended)
        self.state.put(("obligation", owed.id), owed)

        if effect.due is not None:
            # A duty that arises after its day is missed at once: nothing is answered before it happened.
            ends = max(moment(effect.due, DayPlace.END_OF_DAY), self.moment)
            self._push(ends, _Deadline(owed.id, effect.due), clause)

    def _pass_deadline(self, event: _Deadline) -> None:
        """A duty still open when its day ends is breached, and the breach occurs under the name of the duty."""
        owed: Obligation = self.state.get(("obligation", event.obligation))
        if owed.status != "open" or owed.due != event.due:
            return
        clause = self.agreement.instruments[owed.instrument].clause(owed.clause)
        self._apply(clause, Occur(f"missed_{owed.duty}", owed.subject, owed.at, owed.role), event)

    def _end(self, duty: str, subject: str, status: str, today: date, holder: str = "") -> None:
        owed = self.state.obligation(duty, subject)
        if owed is None:
            self._end_right(duty, subject, today, holder)
            return
        late = owed.due is not None and today > owed.due
        self.state.put(("obligation", owed.id), replace(owed, status=status, ended=today, late=late))

    def _end_right(self, right: str, subject: str, today: date, holder: str) -> None:
        granted = [one for one in self.state.entitlements()
                   if (one.right, one.subject) == (right, subject) and holder in ("", one.holder)]
        assert granted, f"no duty or right {right}:{subject} to end"
        for one in granted:
            self.state.put(("entitlement", one.right, one.holder, one.subject), replace(one, ended=today))

    def _keep_upcoming(self) -> None:
        for when, _, event, clause, _ in sorted(self.agenda, key=lambda item: item[:2]):
            if isinstance(event, Due) and clause is not None:
                what = event.what or event.name.replace("_", " ")
                self.state.upcoming.append(
                    Upcoming(when, clause.instrument, clause.name, what, event.subject, event.or_else, event.role)
                )
            elif isinstance(event, _WaiverEnds) and clause is not None:
                what = f"the waiver of {event.obligation} ends"
                self.state.upcoming.append(
                    Upcoming(when, clause.instrument, clause.name, what, event.obligation, "it is owed again", "")
                )
            elif isinstance(event, _Deadline):
                owed: Obligation = self.state.get(("obligation", event.obligation))
                if owed.status == "open" and owed.due == event.due:
                    self.state.upcoming.append(
                        Upcoming(when, owed.instrument, owed.clause, owed.what, owed.subject, owed.or_else, owed.role,
                                 owed.debtor)
                    )
