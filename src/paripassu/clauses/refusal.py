"""The company says that it will not issue on conversion: payments to all holders from the day after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import Binding, ByDate, ByReading, EachPart, Formula, HeldByDay, History
from paripassu.values.calendars import Calendar
from paripassu.values.demands import (
    ACCRUING,
    ENDED,
    accruing,
    ended_accrual,
    not_accrued,
    payable_on_demand,
    settled_otherwise,
)
from paripassu.values.effects import Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined

HeldFrom = tuple[tuple[date, Rational], ...]
"""Numbers of shares: each from the end of its day until the next."""


def day_zero_excluded(refused_on: date) -> date:
    """The day of the company's notice is day zero; the next is the first paid."""
    return refused_on


def day_zero_included(refused_on: date) -> date:
    """The day of the company's notice is itself paid."""
    return refused_on - timedelta(days=1)


def no_end_of_first_phase(on: date) -> date:
    """Without a notice of conversion nothing ends the first phase."""
    return on


def fifth_day_after_notice(first_notice_received: date, first_phase_days: int, business_days: Calendar) -> date:
    """The fifth business day after a notice of conversion was received."""
    return business_days.add(first_notice_received, int(first_phase_days))


def refusal_continues(on: date) -> date:
    """Until the company undertakes in writing to issue, every day counts."""
    return on


def refusal_ended(on: date, undertaken_on: date) -> date:
    """The day of the undertaking is the last."""
    return min(on, undertaken_on)


def refusal_first_days(refusal_from: date, refusal_phase_end: date, refusal_last_day: date) -> int:
    """Calendar days of the first phase."""
    return max(0, (min(refusal_phase_end, refusal_last_day) - refusal_from).days)


def refusal_second_days(refusal_from: date, refusal_phase_end: date, refusal_last_day: date) -> int:
    """Calendar days after the first phase."""
    return max(0, (refusal_last_day - max(refusal_phase_end, refusal_from)).days)


def held_on(course: HeldFrom, day: date) -> Rational:
    """How many there were at the end of a day; nothing before the first."""
    found = ZERO
    for begins, quantity in course:
        if begins > day:
            break
        found = quantity
    return found


def unchanged_spans(first_excluded: date, last_included: date, *courses: HeldFrom) -> list[tuple[date, int]]:
    """The days after one date up to and including another, as (first day, days), cut where a course changes."""
    first, ends = first_excluded + timedelta(days=1), last_included + timedelta(days=1)
    changes = {day for course in courses for day, _ in course if first < day < ends}
    begins = sorted({first, *changes}) if first < ends else []
    return [(day, (until - day).days) for day, until in pairwise([*begins, ends])]


def refusal_first_share(
    held_by_day: HeldFrom, outstanding_by_day: HeldFrom, refusal_from: date, refusal_phase_end: date,
    refusal_last_day: date,
) -> Rational:
    """The holder's part of each day of the first phase, by shares held at its end, added up."""
    spans = unchanged_spans(refusal_from, min(refusal_phase_end, refusal_last_day), held_by_day, outstanding_by_day)
    shared = ((days, held_on(held_by_day, day), held_on(outstanding_by_day, day)) for day, days in spans)
    return sum((days * held / outstanding for days, held, outstanding in shared if outstanding), ZERO)


def refusal_days_as_holder(
    held_by_day: HeldFrom, refusal_from: date, refusal_phase_end: date, refusal_last_day: date
) -> int:
    """The days of the first phase at whose end the holder had any share."""
    spans = unchanged_spans(refusal_from, min(refusal_phase_end, refusal_last_day), held_by_day)
    return sum(days for day, days in spans if held_on(held_by_day, day))


def shared_by_holding(daily_amount: Rational, refusal_first_share: Rational) -> Rational:
    """Paid once a day, shared by the shares held that day; nothing for a day on which none are outstanding."""
    return daily_amount * refusal_first_share


def paid_to_each(daily_amount: Rational, refusal_days_as_holder: int) -> Rational:
    """Paid to every holder."""
    return daily_amount * refusal_days_as_holder


def refusal_share_days(
    held_by_day: HeldFrom, refusal_from: date, refusal_phase_end: date, refusal_last_day: date
) -> Rational:
    """Shares held at the end of each day after the first phase, added up over those days."""
    spans = unchanged_spans(max(refusal_phase_end, refusal_from), refusal_last_day, held_by_day)
    return sum((days * held_on(held_by_day, day) for day, days in spans), ZERO)


def refusal_second_payment(daily_rate: Rational, refusal_share_days: Rational, face_amount: Rational) -> Rational:
    """The percentage, for each day, of the face amount the holder then had."""
    return daily_rate * refusal_share_days * face_amount


def refusal_premium_days(
    held_by_day: HeldFrom, refusal_from: date, refusal_phase_end: date, refusal_second_days: int, on: date
) -> tuple[tuple[date, date], ...]:
    """The days between which the holding does not change, from the first of the second phase to the day asked about."""
    if not refusal_second_days:
        return ()
    before = max(refusal_phase_end, refusal_from)
    days = [day for day, _ in unchanged_spans(before, on, held_by_day)]
    return tuple((day, day) for day in sorted({*days, on}))


def premium_to_the_day(
    refusal_premium_days: tuple[tuple[date, date], ...], premiums_then: tuple[Rational, ...], held_by_day: HeldFrom
) -> Rational:
    """Premium on the shares held when the second phase begins, and what shares earn from then on while they are held.

    So a share converted meanwhile has it to that day, and one transferred passes on only what it earns afterwards.
    """
    total, before = ZERO, ZERO
    holding = [held_on(held_by_day, day) for day, _ in refusal_premium_days]
    for held, premium in zip([*holding[:1], *holding], premiums_then, strict=False):
        total += held * (premium - before)
        before = premium
    return total


def no_premium(refusal_second_days: int) -> Rational:
    """Shares without a Conversion Date earn none here."""
    return ZERO


def refusal_payment(
    refusal_first_payment: Rational, refusal_second_payment: Rational, refusal_premium: Rational
) -> Rational:
    """Both phases together, and the premium."""
    return refusal_first_payment + refusal_second_payment + refusal_premium


def refusal_not_demanded(refusal_payment: Rational, demanded: Rational) -> Rational:
    """What has accrued and no demand covers."""
    return refusal_payment - demanded


def penalty_in_refusal(refusal_of_one_share: Rational, refusal_unpaid: Rational, shares_held: Rational) -> Rational:
    """What one share has accrued, and no more than the holder's unpaid payments divided by its shares."""
    return min(refusal_of_one_share, refusal_unpaid / shares_held) if shares_held else ZERO


@dataclass(frozen=True)
class RefusalDefault(Clause):
    """An announced intention not to issue is a default to all holders and needs no notice of conversion."""

    readings = (
        Reading(
            "R-CDP-YDAY0", "Is the day of the company's notice itself paid?", "computing",
            {"next day first": "the day of the notice is day zero", "the day itself": "it is paid"},
        ),
        Reading(
            "R-CDP-Y", "Is the daily sum paid once or to each holder?", "computing",
            {"once": "shared by shares held", "each holder": "every holder receives the whole"},
        ),
        Reading(
            "R-CDP-YCLOCK", "What ends the first phase where there is no notice of conversion?", "textual",
            {"a later notice": "the daily sum runs until one exists", "the refusal": "its date starts the five days"},
        ),
        Reading(
            "R-CDP-YPREM", "Is there a premium on shares without a conversion date?", "computing",
            {"to the demand": "counted to the day of the written demand", "none": "no premium in this case"},
        ),
    )

    counterparts = {
        f"{name}_payment": ("a refusal to convert", f"refusal_{of}payment")
        for name, of in (("default", ""), ("first_phase", "first_"), ("second_phase", "second_"))
    }

    def formulas(self) -> Mapping[str, Binding]:
        """What a holder is owed for a refusal."""
        return {
            "refused_on": History("date", by="case"),
            "refusal_from": ByReading(
                "R-CDP-YDAY0", "date", {"next day first": day_zero_excluded, "the day itself": day_zero_included}
            ),
            "undertaken_on": History("date", by="case"),
            "refusal_last_day": ByDate("date", ((None, refusal_continues), ("undertaken_on", refusal_ended))),
            "first_notice_received": History("date", by="case"),
            "refusal_phase_end": ByDate(
                "date", ((None, no_end_of_first_phase), ("first_notice_received", fifth_day_after_notice))
            ),
            "refusal_first_days": Formula(refusal_first_days, "days"),
            "refusal_second_days": Formula(refusal_second_days, "days"),
            "held_by_day": HeldByDay(self.instrument, "holder", "shares by day"),
            "outstanding_by_day": HeldByDay(self.instrument, "", "shares by day"),
            "refusal_first_share": Formula(refusal_first_share, "days"),
            "refusal_days_as_holder": Formula(refusal_days_as_holder, "days"),
            "refusal_share_days": Formula(refusal_share_days, "share days"),
            "refusal_first_payment": ByReading(
                "R-CDP-Y", "usd", {"once": shared_by_holding, "each holder": paid_to_each}
            ),
            "refusal_second_payment": Formula(refusal_second_payment, "usd"),
            "refusal_premium_days": Formula(refusal_premium_days, "date"),
            "premiums_then": EachPart("premium", "refusal_premium_days", "day", "usd per share"),
            "refusal_premium": ByReading(
                "R-CDP-YPREM", "usd", {"to the demand": premium_to_the_day, "none": no_premium}
            ),
            "refusal_payment": Formula(refusal_payment, "usd"),
            "refusal_of_one_share": History("usd per share"),
            "refusal_unpaid": History("usd"),
            "penalty_in_refusal": Formula(penalty_in_refusal, "usd per share"),
            "refusal_not_demanded": Formula(refusal_not_demanded, "usd"),
        }

    def _open(self, ask: Ask) -> tuple[str, ...]:
        """The cases that no written undertaking has ended so far."""
        return ask.state.get(("value", "open_refusals", "")) or ()

    def on_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What accrued to a holder while it waived that is not owed."""
        if event.details["duty"] == ACCRUING and event.details["subject"].rpartition("/")[0] in self._all(ask):
            yield from not_accrued(event.details["subject"], event.details["grew_through"], ask)

    def _all(self, ask: Ask) -> tuple[str, ...]:
        """Every case, one that an undertaking ended too: should the undertaking fail it had not ended."""
        return ask.state.get(("value", "refusals", "")) or ()

    def on_refusal_to_convert(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The default begins on the date of the notice, toward every holder."""
        case = fact.details["case"]
        yield Set("refused_on", case, fact.effective, role="refusal")
        yield Set("refusals", "", (*self._all(ask), case))
        yield Set("open_refusals", "", (*self._open(ask), case))
        yield Occur("conversion_default", case, {"holder": "all", "kind": "refusal"}, "refusal")
        for holder in ask.state.holders(self.instrument):
            if ask("shares_held", holder=holder) != 0:
                yield from self._accruing(case, holder, ask)

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued during a refusal: the default is toward their holder too."""
        for case in self._open(ask):
            yield from self._accruing(case, event.details["holder"], ask)

    def on_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """From now on the shares earn the payments for their new holder, and none for the one before."""
        for case in self._open(ask):
            yield from self._accruing(case, event.details["to"], ask)
        yield from self._without_shares(event.details["holder"], ask)

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares converted earn none either."""
        yield from self._without_shares(event.details["holder"], ask)

    def on_holding_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nor those exchanged in a transaction."""
        yield from self._without_shares(event.details["holder"], ask)

    def _without_shares(self, holder: str, ask: Ask) -> Iterable[Effect]:
        """To a holder without shares nothing more accrues: what has accrued stays owed, and no more than that."""
        if ask("shares_held", holder=holder) == 0:
            for case in self._all(ask):
                yield from ended_accrual(f"{case}/{holder}", ask)

    def _accruing(self, case: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """What accrues to a holder, from when it first has shares during the refusal."""
        accrual = f"{case}/{holder}"
        owed = ask.state.obligation(ACCRUING, accrual)
        if owed is None or owed.status in ENDED:
            yield from accruing(accrual, case, holder, "refusal_not_demanded", {"case": case, "holder": holder}, ask)

    def on_conversion_submitted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The first notice received since a refusal starts the clock of the first phase."""
        for case in self._all(ask):
            if ask.state.get(("value", "first_notice_received", case)) is None:
                yield Set("first_notice_received", case, event.details["received"])

    def on_undertaking_to_convert(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A written undertaking to issue on all conversions is the cure, while it is kept."""
        case = fact.details["case"]
        yield Set("undertaken_on", case, fact.effective, role="cure")
        yield Set("open_refusals", "", tuple(one for one in self._open(ask) if one != case))
        for holder in ask.state.holders(self.instrument):
            yield from ended_accrual(f"{case}/{holder}", ask)

    def on_conversion_default(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A conversion not satisfied in time after an undertaking: the undertaking was no cure, from the beginning.

        A conversion already late when the company undertook to satisfy it has no time of its own in which to fail.
        """
        if event.details["kind"] == "refusal":
            return
        for case in self._all(ask):
            if case not in self._open(ask):
                yield Set("undertaken_on", case, None, role="cure")
                yield Set("open_refusals", "", (*self._open(ask), case))
                yield Occur("undertaking_failed", case, {"notice": event.subject}, "cure")
                for holder in ask.state.holders(self.instrument):
                    yield from self._accruing(case, holder, ask)
                    yield from self._without_shares(holder, ask)

    def on_redeemed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What the Redemption Amount contained of the payments is not owed a second time."""
        for case, penalty in event.details["penalties"]:
            if determined(penalty) and penalty > 0:
                yield from settled_otherwise(f"{case}/{event.details['holder']}", penalty, "default", ask)
        yield from self._without_shares(event.details["holder"], ask)

    def on_demand(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A written demand makes the holder's part payable."""
        case, holder = fact.details["case"], fact.details["holder"]
        default = ask.state.get(("occurred", "conversion_default", case))
        if default is None or default.details["kind"] != "refusal":
            return
        accrual, at = f"{case}/{holder}", {"case": case, "holder": holder}
        ended = case not in self._open(ask) or ask("shares_held", holder=holder) == 0
        yield from payable_on_demand(accrual, fact, "refusal_payment", at, ask, last=ended)
