"""The company says that it will not issue on conversion: payments to all holders from the day after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading


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


def shared_by_holding(
    daily_amount: Rational, refusal_first_days: int, shares_held: Rational, preferred_outstanding: Rational
) -> Rational:
    """Paid once a day, shared by shares held; nothing once none are outstanding."""
    if not preferred_outstanding:
        return ZERO
    return daily_amount * refusal_first_days * shares_held / (preferred_outstanding * (ZERO + 1))


def paid_to_each(
    daily_amount: Rational, refusal_first_days: int, shares_held: Rational, preferred_outstanding: Rational
) -> Rational:
    """Paid to every holder."""
    return daily_amount * refusal_first_days


def refusal_second_payment(
    daily_rate: Rational, refusal_second_days: int, shares_held: Rational, face_amount: Rational
) -> Rational:
    """The percentage of the holder's whole face amount for each day."""
    return daily_rate * refusal_second_days * shares_held * face_amount


def premium_to_the_day(premium: Rational, shares_held: Rational, refusal_second_days: int) -> Rational:
    """Premium, to the day asked about, on the shares held, once the second phase has begun."""
    return premium * shares_held if refusal_second_days else ZERO


def no_premium(refusal_second_days: int) -> Rational:
    """Shares without a Conversion Date earn none here."""
    return ZERO


def refusal_payment(
    refusal_first_payment: Rational, refusal_second_payment: Rational, refusal_premium: Rational
) -> Rational:
    """Both phases together, and the premium."""
    return refusal_first_payment + refusal_second_payment + refusal_premium


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
            "refusal_first_payment": ByReading(
                "R-CDP-Y", "usd", {"once": shared_by_holding, "each holder": paid_to_each}
            ),
            "refusal_second_payment": Formula(refusal_second_payment, "usd"),
            "refusal_premium": ByReading(
                "R-CDP-YPREM", "usd", {"to the demand": premium_to_the_day, "none": no_premium}
            ),
            "refusal_payment": Formula(refusal_payment, "usd"),
        }

    def on_refusal_to_convert(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The default begins on the date of the notice, toward every holder."""
        case = fact.details["case"]
        yield Set("refused_on", case, fact.effective, role="refusal")
        open_cases = ask.state.get(("value", "open_refusals", "")) or ()
        yield Set("open_refusals", "", (*open_cases, case))
        yield Occur("conversion_default", case, {"holder": "all", "kind": "refusal"}, "refusal")

    def on_conversion_submitted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The first notice received during a refusal starts the clock of the first phase."""
        for case in ask.state.get(("value", "open_refusals", "")) or ():
            if ask.state.get(("value", "first_notice_received", case)) is None:
                yield Set("first_notice_received", case, event.details["received"])

    def on_undertaking_to_convert(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A written undertaking to issue on all conversions is the cure, while it is kept."""
        case = fact.details["case"]
        cases = ask.state.get(("value", "open_refusals", "")) or ()
        yield Set("undertaken_on", case, fact.effective, role="cure")
        yield Set("open_refusals", "", tuple(one for one in cases if one != case))

    def on_demand(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A written demand makes the holder's part payable."""
        case, holder = fact.details["case"], fact.details["holder"]
        default = ask.state.get(("occurred", "conversion_default", case))
        if default is None or default.details["kind"] != "refusal":
            return
        earlier: Any = ask.state.get(("value", "refusal_demanded", f"{case}/{holder}")) or 0
        accrued = ask("refusal_payment", case=case, holder=holder)
        number = (ask.state.get(("value", "demands", f"{case}/{holder}")) or 0) + 1
        demand = f"{case}/{holder}/{number}"
        source = ask.source("refusal_payment", case=case, holder=holder)
        yield Set("demands", f"{case}/{holder}", number)
        yield Set("amount_demanded", demand, accrued - earlier, None if earlier else source, "demand")
        yield Set("refusal_demanded", f"{case}/{holder}", accrued, source)
        due = ask.calendar("business_days").add(fact.effective, int(ask("demand_days")))
        yield Owe("pay_default", demand, "company", holder, f"pay the default payments of {case}", due,
                  amount="amount_demanded", at={"demand": demand}, role="demand")
