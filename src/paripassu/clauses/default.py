"""Late delivery and what it costs: default payments in two phases, and the day it becomes a redemption event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.demands import ACCRUING, accruing, ended_accrual, not_accrued, payable_on_demand
from paripassu.values.effects import Due, Effect, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.splits import grown_since
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import Undetermined, determined, extent, merged, unknown_within
from paripassu.values.waivers import (
    DELIVER,
    Waived,
    begun,
    days_waived,
    default_waived_until,
    delivery_is_waived,
    ended,
    first_not_waived,
    is_waived,
    within,
)

FaceSteps = tuple[tuple[date, Rational], ...]
"""Face amounts in default: each from the day after its date until the next step, that day included."""


def days_within(first_excluded: date, last_included: date) -> int:
    """Calendar days after one date up to and including another; none when the order is reversed."""
    return max(0, (last_included - first_excluded).days)


def first_phase_end(conversion_notice_received: date, first_phase_days: int, business_days: Calendar) -> date:
    """The fifth business day following receipt of the notice."""
    return business_days.add(conversion_notice_received, int(first_phase_days))


def still_in_default(on: date) -> date:
    """Until cured, every day through the one asked about counts."""
    return on


def until_cured(on: date, last_counted: date) -> date:
    """A cured default has stopped growing."""
    return min(on, last_counted)


def cure_day_counts(cured_on: date) -> date:
    """A default cured one day late existed for one day: the day of cure counts."""
    return cured_on


def cure_day_does_not_count(cured_on: date) -> date:
    """The day of cure is no longer in default."""
    return cured_on - timedelta(days=1)


def first_phase_through(first_phase_end: date) -> date:
    """The fifth business day has the price of the first phase."""
    return first_phase_end


def first_phase_before(first_phase_end: date) -> date:
    """The fifth business day is outside the first phase."""
    return first_phase_end - timedelta(days=1)


def first_phase_count(
    delivery_period_ends: date, first_phase_last: date, default_last_day: date, waived_days: Waived
) -> int:
    """Calendar days after the delivery period through the end of the phase or of the default."""
    return days_owed(waived_days, delivery_period_ends, min(first_phase_last, default_last_day))


def relieved_count(
    series_a_paid_days: tuple[date, ...], delivery_period_ends: date, first_phase_last: date, default_last_day: date,
    waived_days: Waived,
) -> int:
    """Days of the first phase for which the like amount was paid under the other series."""
    last = min(first_phase_last, default_last_day)
    return sum(
        delivery_period_ends < day <= last and not is_waived(waived_days, day) for day in set(series_a_paid_days)
    )


def first_phase_payment(daily_amount: Rational, first_phase_count: int, relieved_count: int) -> Rational:
    """A fixed sum for each day not paid under the other series."""
    return daily_amount * (first_phase_count - relieved_count)


def second_phase_start(delivery_period_ends: date, first_phase_end: date) -> date:
    """Days after the fifth business day only."""
    return max(delivery_period_ends, first_phase_end)


def second_phase_reaching_back(delivery_period_ends: date, first_phase_end: date) -> date:
    """Each day of the default, from the first."""
    return delivery_period_ends


def days_owed(waived: Waived, first_excluded: date, last_included: date) -> int:
    """Calendar days after one date up to and including another on which delivery was not waived."""
    return days_within(first_excluded, last_included) - days_waived(waived, first_excluded, last_included)


def face_over(steps: FaceSteps, first_excluded: date, last_included: date) -> Rational:
    """Face amount times days, over the days in a span, each day at the face then in default."""
    total = ZERO
    for index, (begins, face) in enumerate(steps):
        ends = steps[index + 1][0] if index + 1 < len(steps) else last_included
        total += face * days_within(max(begins, first_excluded), min(ends, last_included))
    return total


def found_due(steps: FaceSteps, face: Rational, before: Rational, after: Rational) -> FaceSteps:
    """The steps as they are when not ``before`` but ``after`` shares were due for the face amount all along."""
    return tuple((day, max(ZERO, face - (face - part) * before / (after * ONE))) for day, part in steps)


def nothing_undelivered_on(steps: FaceSteps) -> date | None:
    """The first day on which no face amount is left in default."""
    return next((day for day, part in steps if determined(part) and part == 0), None)


def second_phase_count(
    first_phase_end: date, default_last_day: date, delivery_period_ends: date, waived_days: Waived
) -> int:
    """Calendar days of the default after the fifth business day."""
    return days_owed(waived_days, max(first_phase_end, delivery_period_ends), default_last_day)


def face_days(
    face_in_default: FaceSteps, second_phase_start: date, default_last_day: date, waived_days: Waived,
    second_phase_count: int,
) -> Rational:
    """Face amount in default times days, once the second phase has begun."""
    if not second_phase_count:
        return ZERO
    waived = within(waived_days, second_phase_start, default_last_day)
    not_owed = sum((face_over(face_in_default, after, last) for after, last in waived), ZERO)
    return face_over(face_in_default, second_phase_start, default_last_day) - not_owed


def premium_in_default(
    face_in_default: FaceSteps, second_phase_start: date, face_amount: Rational, premium_at_conversion: Rational,
    waived_days: Waived,
) -> Rational:
    """Premium on the shares still in default when the second phase begins."""
    begins = first_not_waived(waived_days, second_phase_start)
    face = [amount for day, amount in face_in_default if begins is not None and day <= begins]
    # One factor is divided first, so that a face known only within bounds is multiplied alone.
    return face[-1] * (premium_at_conversion / face_amount) if face else ZERO


def premium_once(
    daily_rate: Rational, face_days: Rational, premium_in_default: Rational, second_phase_count: int
) -> Rational:
    """The percentage for each day, and the premium once."""
    return daily_rate * face_days + (premium_in_default if second_phase_count else ZERO)


def premium_daily(
    daily_rate: Rational, face_days: Rational, premium_in_default: Rational, second_phase_count: int
) -> Rational:
    """The percentage and the premium for each day."""
    return daily_rate * face_days + premium_in_default * second_phase_count


def premium_in_base(
    daily_rate: Rational, face_days: Rational, premium_in_default: Rational, second_phase_count: int
) -> Rational:
    """The percentage of face and premium together, for each day."""
    return daily_rate * (face_days + premium_in_default * second_phase_count)


def default_payment(first_phase_payment: Rational, second_phase_payment: Rational) -> Rational:
    """Both phases together."""
    return first_phase_payment + second_phase_payment


def default_under_standing_demand(default_payment: Rational, settled_before_demand: Rational) -> Rational:
    """All that accrues, before the demand and after, less what was paid of it before."""
    return default_payment - settled_before_demand


def default_not_demanded(default_payment: Rational, demanded: Rational) -> Rational:
    """What has accrued and no demand covers."""
    return default_payment - demanded


@dataclass(frozen=True)
class ConversionDefault(Clause):
    """Shares not delivered within the delivery period: a default, and payments by the day in two phases."""

    terms = {
        "daily_amount": TermSpec("number", "usd a day", "payment for each day of the first phase"),
        "first_phase_days": TermSpec("whole", "business days", "from receipt of the notice to the end of the phase"),
        "daily_rate": TermSpec("number", "a day", "part of the face amount for each day of the second phase"),
        "demand_days": TermSpec("whole", "business days", "from written demand to payment"),
    }
    readings = (
        Reading(
            "R-CDP-DAYS", "Does the day of cure count?", "computing",
            {"cure included": "one day late is one day", "cure excluded": "the day of cure is not in default"},
        ),
        Reading(
            "R-CDP-BD5", "Is the fifth business day itself in the first phase?", "computing",
            {"included": "the second phase starts following it", "excluded": "the day has no price"},
        ),
        Reading(
            "R-CDP-PREM", "Is the premium added once, daily, or to the base of the percentage?", "computing",
            {"once": "it stands outside the words for each day", "daily": "added for each day",
             "in the base": "the percentage is of face and premium"},
        ),
        Reading(
            "R-CDP-BACK", "Does the second phase reach back to the first day of default?", "computing",
            {"days after only": "the earlier days have their own price", "reaching back": "every day of the default"},
        ),
        Reading(
            "R-CDP-DEMAND", "Does one demand cover what accrues after it?", "computing",
            {"accrued to the demand": "later accruals need a further demand", "standing": "all later accruals"},
        ),
        Reading(
            "R-CDP-CAP2", "Does the second phase run where only the cap prevents the issuance?", "textual",
            {"no": "such a failure is no default at all", "yes": "its sentence repeats no exception"},
        ),
        Reading(
            "R-OFFSET", "Does a payment under the other series relieve the second phase too?", "textual",
            {"no": "the proviso belongs to the daily sum", "yes": "all payments are relieved"},
        ),
        Reading(
            "R-TA-COPY", "Is a notice without the transfer agent's copy effective?", "textual",
            {"effective": "for the conversion date and for default", "not effective": "no default can arise"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The payments of a case and every count behind them."""
        return {
            "delivery_period_ends": History("date", by="notice", waits_for="certificates_delivered"),
            "conversion_notice_received": History("date", by="notice"),
            "first_phase_end": Formula(first_phase_end, "date"),
            "cured_on": History("date", by="notice"),
            "default_last_day": ByDate("date", ((None, still_in_default), ("cured_on", until_cured))),
            "last_counted": ByReading(
                "R-CDP-DAYS", "date", {"cure included": cure_day_counts, "cure excluded": cure_day_does_not_count}
            ),
            "first_phase_last": ByReading(
                "R-CDP-BD5", "date", {"included": first_phase_through, "excluded": first_phase_before}
            ),
            "first_phase_count": Formula(first_phase_count, "days"),
            "series_a_paid_days": History("days", by="holder"),
            "waived_days": History("days", by="notice"),
            "relieved_count": Formula(relieved_count, "days"),
            "first_phase_payment": Formula(first_phase_payment, "usd"),
            "second_phase_start": ByReading(
                "R-CDP-BACK", "date",
                {"days after only": second_phase_start, "reaching back": second_phase_reaching_back},
            ),
            "second_phase_count": Formula(second_phase_count, "days"),
            "face_in_default": History("usd by day", by="notice"),
            "face_days": Formula(face_days, "usd days"),
            "premium_at_conversion": History("usd per share", by="notice"),
            "premium_in_default": Formula(premium_in_default, "usd"),
            "second_phase_payment": ByReading(
                "R-CDP-PREM", "usd",
                {"once": premium_once, "daily": premium_daily, "in the base": premium_in_base},
            ),
            "default_payment": Formula(default_payment, "usd"),
            "demanded": History("usd", by="accrual"),
            "default_not_demanded": Formula(default_not_demanded, "usd"),
            "amount_demanded": History("usd", by="demand"),
            "settled_before_demand": History("usd", by="accrual"),
            "default_under_standing_demand": Formula(default_under_standing_demand, "usd"),
        }

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nothing has been paid under the other series yet."""
        if ask.state.get(("value", "series_a_paid_days", event.details["holder"])) is None:
            yield Set("series_a_paid_days", event.details["holder"], ())

    def on_series_a_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Owed and paid under the other series: that day is not paid here."""
        holder = fact.details["holder"]
        paid = ask.state.get(("value", "series_a_paid_days", holder)) or ()
        yield Set("series_a_paid_days", holder, (*paid, fact.details["day"]), role="first_phase_payment")

    def on_missed_deliver_common(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The default begins when the delivery period has ended with shares undelivered."""
        notice = event.subject
        submitted = ask.state.get(("occurred", "conversion_submitted", notice)).details
        yield Set("conversion_notice_received", notice, submitted["received"])
        yield Set("face_in_default", notice, self._steps(notice, ask))
        source = ask.source("premium", on=submitted["date"])
        yield Set("premium_at_conversion", notice, ask("premium", on=submitted["date"]), source)
        if ask.state.get(("value", "series_a_paid_days", submitted["holder"])) is None:
            yield Set("series_a_paid_days", submitted["holder"], ())
        if ask.state.get(("value", "waived_days", notice)) is None:
            yield Set("waived_days", notice, ())
        details = {"holder": submitted["holder"], "kind": "late delivery"}
        yield Occur("conversion_default", notice, details, "default")
        at = {"notice": notice, "holder": submitted["holder"]}
        yield from accruing(notice, notice, submitted["holder"], "default_not_demanded", at, ask)

    def on_duty_waived(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """While the delivery is waived nothing is in default: those days are not paid."""
        notice = event.details["subject"]
        if event.details["duty"] == DELIVER:
            yield Set("waived_days", notice, begun(self._waived(notice, ask), ask.now_day), role="default")

    def on_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """From the day after, what is undelivered is in default, and what accrues may be demanded."""
        notice = event.details["subject"]
        if event.details["duty"] == DELIVER:
            yield Set("waived_days", notice, ended(self._waived(notice, ask), ask.now_day), role="default")
        if event.details["duty"] == ACCRUING and self._is_late(notice, ask):
            yield from not_accrued(notice, event.details["grew_through"], ask)

    def _waived(self, notice: str, ask: Ask) -> Waived:
        return ask.state.get(("value", "waived_days", notice)) or ()

    def _is_late(self, case: str, ask: Ask) -> bool:
        default = ask.state.get(("occurred", "conversion_default", case))
        return default is not None and default.details["kind"] == "late delivery"

    def _steps(self, notice: str, ask: Ask) -> FaceSteps:
        """Face from the day of the miss on; what was found due only later is late since its period ended."""
        face = self._face_undelivered(notice, ask)
        if ask.state.get(("occurred", "shares_corrected", notice)) is None:
            return ((ask.now_day, face),)
        restated = ask.state.get(("value", "face_in_default", notice))
        ended = ask.state.get(("value", "delivery_period_ends", notice))
        return ((ended, face),) if restated is None else restated

    def _face_undelivered(self, notice: str, ask: Ask) -> Any:
        """Face of the shares not delivered, exactly in proportion where part was delivered; no rounding is written."""
        preferred = ask.state.get(("occurred", "converted", notice)).details["preferred"]
        due = ask.state.get(("value", "shares_due", notice))
        delivered = ask.state.get(("value", "shares_delivered", notice)) or ZERO
        face = ask("face_amount") * preferred
        if not determined(due) or not determined(face):
            return Undetermined(merged((due, face)).needs, ZERO, extent(face)[1])
        return max(ZERO, face * (due - delivered) / (due * ONE))

    def on_part_delivered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A partial delivery in default leaves the default on the rest from the next day."""
        steps = ask.state.get(("value", "face_in_default", event.subject))
        if steps is not None and ask.state.get(("value", "cured_on", event.subject)) is None:
            face = self._face_undelivered(event.subject, ask)
            kept = tuple(step for step in steps if step[0] < ask.now_day)
            yield Set("face_in_default", event.subject, (*kept, (ask.now_day, face)), role="default")

    def on_delivered_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The day the company effects the conversion is the Cure Date."""
        if ask.state.get(("occurred", "conversion_default", event.subject)) is not None:
            steps = ask.state.get(("value", "face_in_default", event.subject))
            yield Set("cured_on", event.subject, nothing_undelivered_on(steps) or ask.now_day, role="cure")
            yield Occur("default_cured", event.subject, {}, "cure")
            yield from ended_accrual(event.subject, ask)

    def on_shares_corrected(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Days of default count for the shares finally found due, whatever number was of record on them."""
        steps = ask.state.get(("value", "face_in_default", event.subject))
        face = ask("face_amount") * ask.state.get(("occurred", "converted", event.subject)).details["preferred"]
        if steps is None or not determined(face):
            return
        before, after = event.details["before"], event.details["after"]
        if unknown_within(steps):
            found = tuple((day, self._face_then(event.subject, day, face, after, ask)) for day, _ in steps)
        else:
            found = found_due(steps, face, before, after)
        yield Set("face_in_default", event.subject, found, role="default")
        yield Set("cured_on", event.subject, nothing_undelivered_on(found), role="cure")

    def _face_then(self, notice: str, day: date, face: Rational, due: Rational, ask: Ask) -> Rational:
        """Face of what was not delivered by the end of a day, of shares that are found due only now."""
        place = ask.state.place_at_end_of(day)
        delivered = ask.state.get(("value", "shares_delivered", notice), place) or ZERO
        return max(ZERO, face * (due - delivered * grown_since(ask.state, day)) / (due * ONE))

    def on_demand(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A written demand makes what has accrued payable on the fifth business day after it."""
        case, holder = fact.details["case"], fact.details["holder"]
        default = ask.state.get(("occurred", "conversion_default", case))
        if default is None:
            yield Refuse("payment", case, f"no Conversion Default named {case} has occurred", "demand")
        if default is None or default.details["kind"] != "late delivery":
            return
        standing = "default_under_standing_demand" if ask.reading("R-CDP-DEMAND") == "standing" else ""
        at = {"notice": case, "holder": holder}
        cured = ask.state.get(("value", "cured_on", case)) is not None
        yield from payable_on_demand(case, fact, "default_payment", at, ask, last=cured, standing=standing)


@dataclass(frozen=True)
class LongDefault(Clause):
    """Shares still undelivered so many business days after the delivery period."""

    terms = {"long_default_days": TermSpec("whole", "business days", "after the end of the delivery period")}

    def after_conversion_default(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The last day on which delivery still avoids it."""
        if event.details["kind"] == "late delivery":
            yield self._last_day(event.subject, ask)

    def after_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Where that day passed while the delivery was waived, what is still undelivered is so late at once."""
        if notice := default_waived_until(event, ask.state):
            last = self._last_day(notice, ask)
            if last.when.date <= ask.now_day:
                yield last

    def _last_day(self, notice: str, ask: Ask) -> Due:
        ends = ask.state.get(("value", "delivery_period_ends", notice))
        last = ask.calendar("business_days").add(ends, int(self.values["long_default_days"].value))
        what = f"last day to deliver {notice} before a redemption event"
        return Due(moment(last, Place.END_OF_DAY), "long_default_day_passed", notice, what, "a redemption event")

    def on_long_default_day_passed(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """It has become a redemption event, unless the delivery is waived."""
        occurred = ask.state.get(("occurred", "delivery_ten_business_days_late", due.subject))
        if delivery_is_waived(due.subject, ask.state):
            return
        if occurred is None and ask.state.get(("value", "cured_on", due.subject)) is None:
            yield Occur("delivery_ten_business_days_late", due.subject, {}, "long_default")
