"""What a long default does to the price: the holder's fixed price falls to the lowest price since the conversion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, EachDay, Formula, History
from paripassu.values.dates import latest_day_prior_to_nth_after
from paripassu.values.effects import Due, Effect, Occur, Set, TradingDay
from paripassu.values.lots import lot_of_its_own, undivided_lot
from paripassu.values.moments import Place, moment
from paripassu.values.splits import grown_since, restated
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined
from paripassu.values.waivers import DELIVER, default_waived_until, delivery_is_waived


def reset_last_day(delivery_period_ends: date, reset_days: int) -> date:
    """Prior to the tenth day after the delivery period: through the ninth."""
    return latest_day_prior_to_nth_after(delivery_period_ends, int(reset_days))


def reset_price(price_at_default: Rational, prices_since_conversion: tuple[Rational, ...]) -> Rational:
    """The lower of the fixed price on the conversion date and the lowest price in effect since, both ends included."""
    return min((price_at_default, *prices_since_conversion))


@dataclass(frozen=True)
class PriceReset(Clause):
    """Certificates not received prior to the tenth day: the holder's fixed price falls to the lowest price since.

    Until delivery the lowest price is a running minimum; delivery makes it final.
    """

    terms = {"reset_days": TermSpec("whole", "days", "day after the delivery period prior to which all must be there")}
    readings = (
        Reading(
            "R-RESET-LOT", "Does the reset travel with the shares?", "textual",
            {"with the shares": "held during the default; it travels", "with the holder": "any share in its hands"},
        ),
        Reading(
            "R-RESET-PAST", "Does the reset re-price the defaulted conversion itself?", "textual",
            {"thereafter only": "later conversions", "also the defaulted notice": "more shares are owed"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The reset price of a lot in a case."""
        return {
            "reset_last_day": Formula(reset_last_day, "date"),
            "reset_price": Formula(reset_price, "usd per share"),
            "price_at_default": History("usd per share", by="lot"),
            "conversion_date_of_notice": History("date", by="notice"),
            "prices_since_conversion": EachDay("conversion_price", "conversion_date_of_notice", "on", "usd per share"),
        }

    def after_conversion_default(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The last day on which delivery still avoids the reset."""
        if event.details["kind"] == "late delivery":
            yield self._last_day(event.subject, ask)

    def after_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Where that day passed while the delivery was waived, the price of what is still undelivered falls at once."""
        if notice := default_waived_until(event, ask.state):
            last = self._last_day(notice, ask)
            if last.when.date <= ask.now_day:
                yield last

    def _last_day(self, notice: str, ask: Ask) -> Due:
        last = ask("reset_last_day", notice=notice)
        what = f"last day to deliver {notice} without a reset of the fixed price"
        return Due(moment(last, Place.END_OF_DAY), "reset_day_passed", notice, what,
                   "the fixed price falls to the lowest price since")

    def on_duty_waived(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """While the delivery is waived the price falls no further."""
        if event.details["duty"] == DELIVER:
            yield from self._passed_on("open_resets", "waived_resets", event.details["subject"], ask)

    def on_waiver_ended(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Afterwards it may."""
        if event.details["duty"] == DELIVER:
            yield from self._passed_on("waived_resets", "open_resets", event.details["subject"], ask)

    def _passed_on(self, source: str, target: str, notice: str, ask: Ask) -> Iterable[Effect]:
        found = self._cases(source, ask)
        if any(one == notice for one, _ in found):
            yield Set(source, "", tuple(case for case in found if case[0] != notice))
            yield Set(target, "", (*self._cases(target, ask), *(case for case in found if case[0] == notice)))

    def _cases(self, name: str, ask: Ask) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return ask.state.get(("value", name, "")) or ()

    def on_reset_day_passed(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Not everything was there: the price of every share the holder has falls; of all holders' in a refusal."""
        notice, cases = due.subject, self._cases("open_resets", ask)
        if delivery_is_waived(notice, ask.state) or any(one == notice for one, _ in cases):
            return
        if ask.state.get(("value", "cured_on", notice)) is not None:
            return
        holder = ask.state.get(("occurred", "conversion_submitted", notice)).details["holder"]
        refusal = ask.state.get(("value", "open_refusals", ""))
        affected = ask.state.holders(self.instrument) if refusal else [holder]
        dated = ask.state.get(("value", "conversion_date_of_notice", notice))
        lots: dict[str, None] = {}
        for owner in affected:
            for lot in ask.state.lots(self.instrument, owner):
                name = f"{lot}/{notice}"
                own = yield from lot_of_its_own(
                    ask.state, self.instrument, "fixed_conversion_price", lot, owner, affected, name, "reset"
                )
                lots[own] = None
                origin = undivided_lot(ask.state, own)
                yield Set("price_at_default", origin, self._fixed_price_on(dated, origin, ask))
        yield Set("open_resets", "", (*cases, (notice, tuple(lots))))
        yield Occur("fixed_price_reset", notice, {"holder": holder}, "reset")
        yield from self._reset(notice, tuple(lots), ask)

    def _fixed_price_on(self, day: date, lot: str, ask: Ask) -> Any:
        """The lot's fixed price at the end of a day, on the share basis of now; of now where it was issued later."""
        now = ask.state.get(("value", "fixed_conversion_price", lot))
        then = ask.state.get(("value", "fixed_conversion_price", lot), ask.state.place_at_end_of(day))
        return now if then is None else then * (1 / grown_since(ask.state, day))

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The price kept from the conversion date is restated with the shares."""
        yield from restated(ask.state, "price_at_default", 1 / event.details["ratio"], "reset")

    def on_trading_day(self, event: TradingDay, ask: Ask) -> Iterable[Effect]:
        """While the default lasts the lowest price may fall further."""
        for notice, lots in ask.state.get(("value", "open_resets", "")) or ():
            yield from self._reset(notice, lots, ask)

    def on_default_cured(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Delivery makes the reset final."""
        cases = ask.state.get(("value", "open_resets", "")) or ()
        for notice, lots in cases:
            if notice == event.subject:
                yield from self._reset(notice, lots, ask)
                yield Set("open_resets", "", tuple(case for case in cases if case[0] != notice))

    def _reset(self, notice: str, lots: tuple[str, ...], ask: Ask) -> Iterable[Effect]:
        for lot in lots:
            origin = undivided_lot(ask.state, lot)
            price = ask("reset_price", lot=origin, notice=notice)
            now = ask.state.get(("value", "fixed_conversion_price", lot))
            if price != now and (not determined(price) or not determined(now) or price < now):
                source = ask.source("reset_price", lot=origin, notice=notice)
                yield Set("fixed_conversion_price", lot, price, source, "reset")
