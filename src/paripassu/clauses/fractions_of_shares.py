"""The fraction of a share on an exercise: cash at one of two prices, or a whole share where no cash may be paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, whole_down
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, History
from paripassu.values.effects import Effect, Lapse, Occur, Owe, Set, Source
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import Undetermined, determined


def share_fraction(exact_exercise_shares: Rational) -> Rational:
    """What is left of the shares after the whole ones."""
    return exact_exercise_shares - whole_down(exact_exercise_shares)


def fraction_at_exercise_price(share_fraction: Rational, price_at_exercise: Rational) -> Rational:
    """The same fraction of the exercise price; rounded to the cent when paid."""
    return share_fraction * price_at_exercise


def fraction_at_market_price(share_fraction: Rational, market_price: Rational) -> Rational:
    """The same fraction of the market price; rounded to the cent when paid."""
    return share_fraction * market_price


def always_market_price(fraction_at_market_price: Rational) -> Rational:
    """The market price, whatever the fraction comes from."""
    return fraction_at_market_price


def always_exercise_price(fraction_at_exercise_price: Rational) -> Rational:
    """The exercise price, whatever the fraction comes from."""
    return fraction_at_exercise_price


def by_place(fraction_by_adjustment: Rational) -> Rational:
    """The market price once the number of shares has been adjusted, the exercise price until then."""
    return fraction_by_adjustment


PRICE = "R-W98-FRAC"


@dataclass(frozen=True)
class FractionOfShare(Clause):
    """No fraction of a share is issued; cash is paid for it, as far as funds are legally available."""

    readings = (
        Reading(
            PRICE, "Is a fraction paid at the market price or at the exercise price?", "computing",
            {
                "market price": "the section on adjustments governs the one on exercise",
                "exercise price": "the section on exercise alone",
                "by place": "the exercise price until the number of shares is adjusted, then the market price",
            },
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The fraction and what is paid for it, under either price."""
        return {
            "share_fraction": Formula(share_fraction, "shares"),
            "fraction_at_exercise_price": Formula(fraction_at_exercise_price, "usd"),
            "fraction_at_market_price": Formula(fraction_at_market_price, "usd"),
            "number_adjusted_on": History("date", by="lot"),
            "fraction_by_adjustment": ByDate(
                "usd", ((None, always_exercise_price), ("number_adjusted_on", always_market_price))
            ),
            "fraction_payment": ByReading(
                PRICE, "usd",
                {"market price": always_market_price, "exercise price": always_exercise_price, "by place": by_place},
            ),
            "fraction_owed": History("usd", by="exercise"),
        }

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The company owes cash for the fraction, at the price of the exercise date."""
        exercise, lot, day = event.subject, event.details["lot"], event.details["date"]
        if event.details["instrument"] != self.instrument:
            return
        if ask.state.get(("value", "fraction_funds_lacking_on", exercise)) is not None:
            return
        exact = ask("exact_exercise_shares", exercise=exercise)
        if not determined(exact):
            yield from self._owe(exercise, event.details["holder"], Undetermined(exact.needs, ZERO), None, ask)
            return
        if share_fraction(exact) == 0:
            return
        given = {"exact_exercise_shares": exact}
        if day != ask.now_day:
            given["market_price"] = ask("market_price", on=day)
        at = {"exercise": exercise, "lot": lot}
        owed, source = ask("fraction_payment", given=given, **at), ask.source("fraction_payment", given=given, **at)
        yield from self._owe(exercise, event.details["holder"], owed, source, ask)

    def _owe(self, exercise: str, holder: str, owed: Any, source: Source | None, ask: Ask) -> Iterable[Effect]:
        role = f"fraction ({ask.reading(PRICE)})"
        yield Set("fraction_owed", exercise, owed, source, role)
        yield Owe("pay_fraction", exercise, "company", holder, f"pay cash for the fraction of exercise {exercise}",
                  amount="fraction_owed", at={"exercise": exercise}, role=role)

    def on_fraction_rounded_up(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A whole share takes the place of the cash."""
        owed = ask.state.obligation("pay_fraction", event.subject)
        if event.details["instrument"] == self.instrument and owed is not None and owed.status == "open":
            yield Lapse("pay_fraction", event.subject, "no funds are legally available; a whole share is issued",
                        "fraction")
