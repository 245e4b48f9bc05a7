"""Mergers, asset sales and other organic changes: what must be arranged before, and what replaces the warrant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.dates import latest_day_before
from paripassu.values.effects import Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading

DUTIES = ("secure_acquirer_agreement", "make_appropriate_provision")


def replacement_price(value_reflected: Rational, exercise_price: Rational) -> Rational:
    """The value of a share that the terms reflect where it is less than the price in force, else that price."""
    return min(value_reflected, exercise_price)


def number_corresponds(warrant_shares: Rational) -> Rational:
    """As many shares as the warrant is for, whatever the value."""
    return warrant_shares


def number_if_less(warrant_shares: Rational, value_reflected: Rational, exercise_price: Rational) -> Rational:
    """As many shares as the warrant is for where the value is less than the price; no number is promised otherwise."""
    return warrant_shares if value_reflected < exercise_price else ZERO


@dataclass(frozen=True)
class OrganicChange(Clause):
    """Before an organic change: a successor's written agreement, or provision for what replaces the shares."""

    readings = (
        Reading(
            "R-W05-7PAREN", "Does \"if the value so reflected is less\" condition the price, or the number too?",
            "computing",
            {"price only": "the number always corresponds", "price and number": "the whole parenthesis is conditional"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Price and number of the security that replaces the warrant."""
        return {
            "value_reflected": History("usd per share", by="transaction", waits_for="organic_change_planned"),
            "replacement_price": Formula(replacement_price, "usd per share"),
            "replacement_shares": ByReading(
                "R-W05-7PAREN", "shares", {"price only": number_corresponds, "price and number": number_if_less}
            ),
        }

    def on_organic_change_planned(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Due before the consummation: on the day before it at the latest."""
        told: Mapping[str, Any] = fact.details
        transaction, due = told["transaction"], latest_day_before(told["planned"], 1)
        yield Occur("organic_change", transaction, {"planned": told["planned"]}, "organic_change")
        if told.get("value_per_share"):
            yield Set("value_reflected", transaction, told["value_per_share"], role="replacement_price")
        survives = told["kind_of_change"] == "surviving"
        duty, role = (DUTIES[1], "provision") if survives else (DUTIES[0], "agreement")
        what = "make appropriate provision for what replaces the shares" if survives else (
            "secure the acquiring entity's written agreement")
        for holder in self._holders(ask):
            yield Owe(duty, f"{transaction}/{holder}", "company", holder, f"{what} ({transaction})", due, role=role)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Until the consummation the value of a share that the terms reflect is restated with the shares."""
        for key in list(ask.state.keys("value", "value_reflected")):
            if ask.state.get(("value", "organic_change_ended", key[2])) is None:
                value = ask.state.get(key) / event.details["ratio"]
                yield Set("value_reflected", key[2], value, role="replacement_price")

    def on_consummation(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Consummated before what had to precede it was done."""
        yield Set("organic_change_ended", fact.details["transaction"], fact.effective, role="organic_change")
        for holder in self._holders(ask):
            for duty in DUTIES:
                subject = f"{fact.details['transaction']}/{holder}"
                owed = ask.state.obligation(duty, subject)
                if owed is not None and owed.status == "open":
                    yield Occur(f"missed_{duty}", subject, {}, "agreement" if duty == DUTIES[0] else "provision")

    def _holders(self, ask: Ask) -> list[str]:
        return [holder for holder in ask.state.holders(self.instrument)
                if ask.state.total(self.instrument, holder) != 0]
