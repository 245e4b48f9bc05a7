"""What was distributed to shareholders since a warrant was issued, received with the shares on its exercise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.effects import Due, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.securities import ORDINARY
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading


def gross_shares(gross_exercised: Rational) -> Rational:
    """Every warrant share exercised."""
    return gross_exercised


def net_shares(net_exercised: Rational) -> Rational:
    """The shares issued on the exercise."""
    return net_exercised


def shares_of_record_date(
    distribution_shares: Rational, factor_at_exercise_date: Rational, factor_at_record_date: Rational
) -> Rational:
    """The shares as they were on the record date: every change of the number since is undone."""
    return distribution_shares * factor_at_record_date / factor_at_exercise_date


def shares_of_today(distribution_shares: Rational) -> Rational:
    """The shares as they are on exercise."""
    return distribution_shares


def distribution_due(distribution_amount: Rational, distribution_base: Rational) -> Rational:
    """The amount distributed on a share times the shares."""
    return distribution_amount * distribution_base


@dataclass(frozen=True)
class DistributionOnExercise(Clause):
    """On exercise the holder receives what the shares would have been paid had it held them on the record date."""

    readings = (
        Reading(
            "R-W98-CASHDIV", "Are ordinary cash dividends distributions?", "computing",
            {"included": "distributions of cash are named", "liquidating only": "only what returns capital"},
        ),
        Reading(
            "R-W98-DISTNUM", "On which number of shares, if it was adjusted after the record date?", "computing",
            {"record date": "as it was on the record date", "exercise": "as it is on exercise"},
        ),
        Reading(
            "R-W98-DISTNET", "In a cashless exercise, on gross or net shares?", "computing",
            {"gross": "all warrant shares exercised", "net": "the shares issued"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """What a distribution brings on an exercise."""
        waits = {"distribution_amount": "usd per share", "gross_exercised": "shares", "net_exercised": "shares",
                 "factor_at_exercise_date": "shares per share", "factor_at_record_date": "shares per share"}
        return {
            **{name: History(unit, by="share_of") for name, unit in waits.items()},
            "distribution_shares": ByReading("R-W98-DISTNET", "shares", {"gross": gross_shares, "net": net_shares}),
            "distribution_base": ByReading(
                "R-W98-DISTNUM", "shares", {"record date": shares_of_record_date, "exercise": shares_of_today}
            ),
            "distribution_due": Formula(distribution_due, "usd"),
        }

    def after_distribution(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """It belongs to the warrants outstanding at the end of the record date, at their number then."""
        when = moment(fact.details["record_date"], Place.END_OF_DAY)
        yield Due(when, "distribution_recorded", fact.details["distribution"], "record date of a distribution")

    def on_distribution(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is distributed, unless the reading leaves it out."""
        ordinary = fact.details["sort"] == ORDINARY
        if not ordinary or ask.reading("R-W98-CASHDIV") == "included":
            amount = fact.details["amount"]
            yield Set("distributed", f"{self.instrument}/{fact.details['distribution']}", amount, role="distribution")

    def on_distribution_recorded(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Every warrant outstanding keeps its right to it until it is exercised."""
        amount = ask.state.get(("value", "distributed", f"{self.instrument}/{due.subject}"))
        if amount is None:
            return
        lots = {lot for owner in ask.state.holders(self.instrument) for lot in ask.state.lots(self.instrument, owner)}
        for lot in sorted(lots):
            kept = ask.state.get(("value", "distributions", lot)) or ()
            factor = ask.state.get(("value", "number_factor", lot), ask.state.place_at_end_of(ask.now_day))
            yield Set("distributions", lot, (*kept, (due.subject, amount, factor)), role="distribution")

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Each distribution since is paid on the shares exercised."""
        details = event.details
        if details["instrument"] != self.instrument:
            return
        lot, holder = details["lot"], details["holder"]
        for distribution, amount, factor in ask.state.get(("value", "distributions", lot)) or ():
            share = f"{event.subject}/{distribution}"
            yield Set("distribution_amount", share, amount, role="distribution")
            yield Set("factor_at_record_date", share, factor, role="distribution")
            yield Set("factor_at_exercise_date", share, ask.state.get(("value", "number_factor", lot)))
            yield Set("gross_exercised", share, ask.state.get(("value", "shares_exercised", event.subject)))
            yield Set("net_exercised", share, details["common"])
            yield Owe("pay_distribution", share, "company", holder, f"pay what {distribution} distributed",
                      details["date"], amount="distribution_due", at={"share_of": share}, role="distribution")
