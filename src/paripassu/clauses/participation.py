"""What holders receive with the common: dividends and distributions, as if converted the day before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.effects import Due, Effect, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading


def rounded_up(shares_issuable_to_holder: int, exact_shares_of_holder: Rational) -> Rational:
    """The shares a conversion would give: rounded up as one."""
    return shares_issuable_to_holder + 0 * exact_shares_of_holder


def as_computed(shares_issuable_to_holder: int, exact_shares_of_holder: Rational) -> Rational:
    """The exact number of shares."""
    return exact_shares_of_holder


def participation(shares_participating: Rational, amount_per_common: Rational) -> Rational:
    """What the common shares would have received; rounded to the cent only when paid."""
    return shares_participating * amount_per_common


@dataclass(frozen=True)
class Participation(Clause):
    """Holders take part in what the common receives as if all their shares were converted, whatever the limits.

    A distribution in Common Stock is no case of it: it moves the price instead, and is recorded as a split.
    """

    readings = (
        Reading(
            "R-PART-ROUND", "Is the number of shares as converted rounded up or exact?", "computing",
            {"rounded up": "as on a conversion", "exact": "nothing is issued, so nothing is rounded"},
        ),
        Reading(
            "R-PART-SPLIT", "Does a stock dividend both move the price and pass to the holders?", "textual",
            {"price only": "the benefit is given once", "both": "both provisions name it"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The shares that take part and what they receive."""
        return {
            "shares_participating": ByReading(
                "R-PART-ROUND", "shares", {"rounded up": rounded_up, "exact": as_computed}
            ),
            "amount_per_common": History("usd per share", by="distribution", waits_for="distribution_declared"),
            "participation": Formula(participation, "usd"),
            "participation_due": History("usd", by="participation"),
        }

    def on_distribution_declared(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is declared is known at once; who takes part is seen when the record is taken."""
        case = fact.details["case"]
        yield Set("amount_per_common", case, fact.details["per_share"], role="participation")
        yield Set("participation_record_date", case, fact.details["record_date"])
        yield Set("participation_payment_date", case, fact.details["payment_date"])

    def after_distribution_declared(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The record is taken on its date."""
        when = moment(fact.details["record_date"], Place.OPENING)
        yield Due(when, "distribution_record_taken", fact.details["case"], "record date of what the common receives")

    def on_distribution_record_taken(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Each holder is owed what its shares would have received, when the common is paid.

        The shares are those of the day before the record date, however late the distribution was declared.
        """
        case = due.subject
        before = ask.state.get(("value", "participation_record_date", case)) - timedelta(days=1)
        pays = ask.state.get(("value", "participation_payment_date", case))
        given = {"amount_per_common": ask("amount_per_common", distribution=case)}
        for holder in ask.state.holders(self.instrument):
            if not ask.state.lots(self.instrument, holder, ask.state.place_at_end_of(before)):
                continue
            subject = f"{case}/{holder}"
            source = ask.source("participation", on=before, holder=holder, distribution=case, given=given)
            amount = ask("participation", on=before, holder=holder, distribution=case, given=given)
            yield Set("participation_due", subject, amount, source, "participation")
            yield Owe("pay_participation", subject, "company", holder, f"pay the holder's part in {case}", pays,
                      amount="participation_due", at={"participation": subject}, role="payment")
