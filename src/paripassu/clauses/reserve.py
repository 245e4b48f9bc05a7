"""Enough shares to convert into: the reserve, its daily test, and the daily test of the cap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History, Holding
from paripassu.values.dates import days_after
from paripassu.values.effects import Discharge, Effect, Occur, Owe, Set, TradingDay
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

RESERVE = "reserve"
YES, NO, UNDETERMINED = "yes", "no", "undetermined"


def reserve_after_issuances(reserve_balance: Rational, reserve_nominal: Rational) -> Rational:
    """Every issuance reduces it."""
    return reserve_balance


def reserve_kept_full(reserve_balance: Rational, reserve_nominal: Rational) -> Rational:
    """The stated number must be kept whole whatever was issued."""
    return reserve_nominal


def coverage_target(coverage_multiple: Rational, shares_issuable: int) -> Rational:
    """The multiple of what everything outstanding would convert into."""
    return coverage_multiple * shares_issuable


def reserve_is_short(reserved_amount: Rational, coverage_target: Rational) -> bool:
    """Less than the multiple; exactly the multiple is enough."""
    return reserved_amount < coverage_target


def reserve_increase_needed(reserved_amount: Rational, coverage_target: Rational) -> Rational:
    """What brings the reserve to the multiple; nothing when it is there."""
    return max(coverage_target - reserved_amount, 0 * coverage_target)


def after_trigger(increase_trigger_date: date, stockholder_days: int, board_days: int) -> date:
    """Sixty days after the trigger date itself."""
    return days_after(increase_trigger_date, int(stockholder_days))


def after_board_period(increase_trigger_date: date, stockholder_days: int, board_days: int) -> date:
    """Sixty days after the ten."""
    return days_after(increase_trigger_date, int(stockholder_days) + int(board_days))


def board_deadline(increase_trigger_date: date, board_days: int) -> date:
    """So many days following the trigger date, when the board alone can act."""
    return days_after(increase_trigger_date, int(board_days))


def answer_of(value: Any) -> str:
    """Yes, no or undetermined."""
    return (YES if value else NO) if determined(value) else UNDETERMINED


@dataclass(frozen=True)
class ReservedAmount(Clause):
    """Shares reserved for conversion, and the duty to raise them after three trading days under the multiple.

    Only the days on which the answer changes are kept. A run is counted on the calendar from its first day; a day
    that cannot be answered neither continues nor breaks it, and a run with such a day inside is undetermined.
    """

    terms = {
        "reserve_initial": TermSpec("whole", "shares", "shares reserved at the closing"),
        "coverage_multiple": TermSpec("number", "times", "multiple of the issuable shares that must be covered"),
        "trigger_run": TermSpec("whole", "trading days", "consecutive trading days that make a trigger date"),
        "board_days": TermSpec("whole", "days", "to increase when only the board must act"),
        "stockholder_days": TermSpec("whole", "days", "to increase otherwise"),
    }
    readings = (
        Reading(
            "R-RES-POOL", "Does each issuance reduce the Reserved Amount for the test?", "computing",
            {"reduced": "issuances are charged to it", "kept full": "the stated number is a constant floor"},
        ),
        Reading(
            "R-TRIG-REPEAT", "Is every further day under the multiple a new trigger date?", "textual",
            {"one for a run": "a new run needs a day that meets the test", "every day": "the clocks restart daily"},
        ),
        Reading(
            "R-RES-DATE", "On which date is the target of an increase measured?", "textual",
            {"date of the increase": "what is issuable then", "trigger date": "what was issuable then"},
        ),
        Reading(
            "R-60THEREAFTER", "Do the sixty days follow the trigger date or the ten days?", "computing",
            {"after the trigger date": "the only date mentioned", "after the ten days": "seventy days in all"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The reserve, what it must cover, and by when it must be raised."""
        return {
            "reserve_balance": Holding(RESERVE, "", "shares"),
            "reserve_nominal": History("shares", waits_for="first issuance"),
            "reserved_amount": ByReading(
                "R-RES-POOL", "shares", {"reduced": reserve_after_issuances, "kept full": reserve_kept_full}
            ),
            "reserve_portion": Holding(RESERVE, "holder", "shares"),
            "coverage_target": Formula(coverage_target, "shares"),
            "reserve_is_short": Formula(reserve_is_short, "yes or no"),
            "reserve_increase_needed": Formula(reserve_increase_needed, "shares"),
            "increase_trigger_date": History("date", waits_for="authorization trigger date"),
            "board_deadline": Formula(board_deadline, "date"),
            "stockholder_deadline": ByReading(
                "R-60THEREAFTER", "date",
                {"after the trigger date": after_trigger, "after the ten days": after_board_period},
            ),
        }

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The reserve exists from the closing; no day has been tested yet."""
        if ask.state.get(("value", "reserve_nominal", "")) is None:
            yield Set("reserve_nominal", "", self.values["reserve_initial"].value)
            yield Set("reserve_test", "", NO)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The stated number is adjusted with the shares."""
        yield Set("reserve_nominal", "", ask("reserve_nominal") * event.details["ratio"], role="split")

    def on_reserve_increase(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An increase is allocated among the holders; one that reaches the multiple performs the duty."""
        yield Set("reserve_nominal", "", ask("reserve_nominal") + fact.details["shares"])
        yield Occur("account_increased", RESERVE, {"by": fact.details["shares"]}, "increase")
        if answer_of(ask("reserve_is_short")) != NO:
            return
        for owed in list(ask.state.obligations(duty="increase_reserve")):
            if owed.status in ("open", "breached"):
                yield Discharge("increase_reserve", owed.subject, "increase")

    def on_trading_day(self, event: TradingDay, ask: Ask) -> Iterable[Effect]:
        """One test a day, as if everything outstanding were converted that day."""
        if ask.state.get(("value", "reserve_nominal", "")) is None:
            return
        answer = answer_of(ask("reserve_is_short")) if ask("preferred_outstanding") != 0 else NO
        before = ask.state.get(("value", "reserve_test", ""))
        if answer != before:
            yield Set("reserve_test", "", answer, role="test")
            if answer != NO and before == NO:
                yield Set("reserve_possibly_short_since", "", event.day)
            if answer == YES:
                yield Set("reserve_short_since", "", event.day)
        if answer != NO:
            yield from self._count_run(answer, event.day, ask)

    def _count_run(self, answer: str, day: date, ask: Ask) -> Iterable[Effect]:
        run = int(self.values["trigger_run"].value)
        calendar = ask.calendar("trading_days")
        possibly = ask.state.get(("value", "reserve_possibly_short_since", ""))
        surely = ask.state.get(("value", "reserve_short_since", "")) if answer == YES else None
        if surely is not None and calendar.count(surely, day) == run:
            earlier = possibly < surely and calendar.count(possibly, day) > run
            yield Set("increase_trigger_date", "", day, role="trigger")
            yield Occur("authorization_trigger_date", day.isoformat(), {"or_earlier": earlier}, "trigger")
        elif calendar.count(possibly, day) == run:
            yield Occur("authorization_trigger_possible", day.isoformat(), {"since": possibly}, "trigger")

    def on_authorization_trigger_date(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The company must notify at once and raise the reserve."""
        trigger = event.subject
        yield Owe("notify_trigger", trigger, "company", "holders", "notify the Holders of the trigger date at once",
                  ask.now_day, role="trigger")
        yield self._increase(trigger, ask)

    def _increase(self, trigger: str, ask: Ask) -> Owe:
        """By the deadline of the route; the longer period is the outer limit until the route is recorded."""
        route = ask.state.get(("value", "approval_route", ""))
        given = {"increase_trigger_date": date.fromisoformat(trigger)}
        by_board = ask("board_deadline", given=given)
        due, what = ask("stockholder_deadline", given=given), "raise the Reserved Amount to the multiple"
        if route == "board":
            due = by_board
        elif route is None:
            what += f" (already by {by_board} if the board alone can: approval_route is not recorded)"
        return Owe("increase_reserve", trigger, "company", "holders", what, due, amount="reserve_increase_needed",
                   role="increase")

    def on_approval_route(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Whether the board alone can increase the reserve decides which period runs, of open duties too."""
        yield Set("approval_route", "", fact.details["route"])
        for owed in list(ask.state.obligations(duty="increase_reserve")):
            if owed.instrument == self.instrument and owed.status == "open":
                yield self._increase(owed.subject, ask)

    def on_missed_increase_reserve(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The period has run out."""
        yield Occur("reserve_not_increased", event.subject, {}, "increase")


def cap_is_short(exchange_cap_room: Any, cap_multiple: Rational, shares_issuable_to_holder: int) -> bool:
    """Less than the multiple of what the holder's own shares would convert into."""
    return bool(exchange_cap_room < cap_multiple * shares_issuable_to_holder)


@dataclass(frozen=True)
class TradingMarketTrigger(Clause):
    """A holder's unissued portion of the cap falls under a multiple of what its shares would convert into.

    One observation suffices. The test begins on the day after the date written, or on it under the other reading.
    """

    terms = {
        "cap_multiple": TermSpec("number", "times", "multiple of the holder's issuable shares"),
        "cap_test_after": TermSpec("date", "date", "the test begins after this date"),
    }
    readings = (
        Reading(
            "R-TMTE-DATE", "Does the test begin after the date written or on it?", "computing",
            {"after": "the day following", "on": "the date itself"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Whether a holder's portion is short."""
        return {"cap_is_short": Formula(cap_is_short, "yes or no")}

    def on_trading_day(self, event: TradingDay, ask: Ask) -> Iterable[Effect]:
        """One test a day for every holder, while there is a cap."""
        first = self.values["cap_test_after"].value + timedelta(days=ask.reading("R-TMTE-DATE") == "after")
        lifted = ask.state.get(("value", "cap_lifted_on", "")) is not None
        for holder in ask.state.holders(self.instrument) if event.day >= first else ():
            before = ask.state.get(("value", "cap_test", holder))
            answer = None if lifted else self._answer(holder, before, ask)
            if answer != before:
                yield Set("cap_test", holder, answer, role="test")
                if answer == YES:
                    subject = f"{holder}@{event.day}"
                    yield Occur("trading_market_trigger_event", subject, {"holder": holder}, "trigger")

    def _answer(self, holder: str, before: str | None, ask: Ask) -> str | None:
        """The answer of a day; none for a holder that has no shares and was never tested."""
        if ask.state.total(self.instrument, holder) == 0:
            return before and NO
        return answer_of(ask("cap_is_short", holder=holder))

    def on_trading_market_trigger_event(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """All holders are told at once; after a missed approval it is the second element of a redemption event."""
        yield Owe("notify_trading_market_trigger", event.subject, "company", "holders",
                  "notify all Holders of the Trading Market Trigger Event at once", ask.now_day, role="trigger")
        if ask.state.get(("occurred", "cap_not_eliminated", "")) is not None:
            yield Occur("cap_missed_and_triggered", event.subject, dict(event.details), "trigger")
