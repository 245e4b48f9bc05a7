"""How the series ranks, and what it receives when the company is wound up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, History
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import WOUND_UP
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined

SENIOR, EQUAL, JUNIOR = "senior", "equal", "junior"


@dataclass(frozen=True)
class Rank(Clause):
    """The series is paid before the common and every other stock, with its equals, and after what ranks ahead of it.

    Stock created later ranks ahead or equally only with the approval the protective article asks for; without it, it
    is junior whatever its own terms say. ``links``: stock whose rank the paper itself states.
    """

    def on_closing(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The ranks that the paper states."""
        if event.subject == self.instrument:
            for stock, link in self.links.items():
                yield Set("rank", stock, link["ranking"], role=link["ranking"])
                yield Occur(f"ranks_{link['ranking']}", stock, {}, "")

    def on_stock_created(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Junior, unless its terms say otherwise and its creation was approved first."""
        stock, ranking = fact.details["stock"], fact.details["ranking"]
        approved = ask.state.get(("value", "act_approved_on", fact.details["act"])) is not None
        if ranking != JUNIOR and not approved:
            ranking = JUNIOR
        yield Set("rank", stock, ranking, role=ranking)
        yield Occur(f"ranks_{ranking}", stock, {}, ranking)


def still_running(premium: Rational) -> Rational:
    """Until the final distribution the premium is that of the day asked about."""
    return premium


def run_out(premium_distributed: Rational) -> Rational:
    """From the final distribution on the premium in the preference grows no more."""
    return premium_distributed


def liquidation_preference(
    face_amount: Rational, premium_in_preference: Rational, dues_per_share: Rational
) -> Rational:
    """What a share is to receive first: face, premium, and whatever else is due on it."""
    return face_amount + premium_in_preference + dues_per_share


def preference_of_series(liquidation_preference: Rational, preferred_outstanding: Rational) -> Rational:
    """The preferences of all shares of the series together."""
    return liquidation_preference * preferred_outstanding


def shared_with_equals(
    assets_for_equals: Rational, preference_of_series: Rational, preference_of_equals: Rational
) -> Rational:
    """The part of each preference that the assets pay, the same for the series and for all that ranks equally."""
    together = preference_of_series + preference_of_equals
    return min(ONE, assets_for_equals / together) if together else ONE


def series_first(
    assets_for_equals: Rational, preference_of_series: Rational, preference_of_equals: Rational
) -> Rational:
    """The part of the preferences that the assets pay where nothing already issued shares with the series."""
    return min(ONE, assets_for_equals / preference_of_series) if preference_of_series else ONE


def paid_per_share(liquidation_preference: Rational, part_paid: Rational) -> Rational:
    """What one share receives."""
    return liquidation_preference * part_paid


def preference_of_holder(paid_per_share: Rational, shares_held: Rational) -> Rational:
    """What a holder receives; rounded to the cent only when paid."""
    return paid_per_share * shares_held


def to_final_distribution(final_distribution_on: date, petition_on: date) -> date:
    """The premium runs to the date of the final distribution."""
    return final_distribution_on


def to_petition(final_distribution_on: date, petition_on: date) -> date:
    """The premium runs to the date of the petition."""
    return petition_on


@dataclass(frozen=True)
class Liquidation(Clause):
    """On a winding up nothing goes to other stock before the preference; too little is shared in proportion.

    A bankruptcy event alone is not enough; buying back stock, a merger, or a sale of part of the assets is none.
    """

    readings = (
        Reading(
            "R-PARI-A", "Does the older series, which exists already, share with this one?", "computing",
            {"shares": "it ranks equally by name", "waits": "only stock created later is defined to share"},
        ),
        Reading(
            "R-HOLDERCAP", "Must stock that ranks equally wait for the preference too?", "textual",
            {"paid together": "the next sentence shares the assets", "waits": "it is not excepted by name"},
        ),
        Reading(
            "R-LP-N", "To which day does the premium in the preference run?", "computing",
            {"final distribution": "amounts are due through it", "petition": "claims are fixed by the petition"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The preference per share, and how much of it the assets pay."""
        return {
            "premium_distributed": History("usd per share", waits_for="final_distribution"),
            "premium_in_preference": ByDate(
                "usd per share", ((None, still_running), ("final_distribution_on", run_out))
            ),
            "liquidation_preference": Formula(liquidation_preference, "usd per share"),
            "dues_per_share": History("usd per share", waits_for="final_distribution"),
            "preference_of_series": Formula(preference_of_series, "usd"),
            "preference_of_equals": History("usd", waits_for="equal_preference"),
            "assets_for_equals": History("usd", waits_for="final_distribution"),
            "part_paid": ByReading(
                "R-PARI-A", "of the preference", {"shares": shared_with_equals, "waits": series_first}
            ),
            "paid_per_share": Formula(paid_per_share, "usd per share"),
            "preference_of_holder": Formula(preference_of_holder, "usd"),
            "final_distribution_on": History("date", waits_for="final_distribution"),
            "petition_on": History("date", waits_for="liquidation"),
            "premium_runs_to": ByReading(
                "R-LP-N", "date", {"final distribution": to_final_distribution, "petition": to_petition}
            ),
            "preference_due": History("usd", by="preference"),
        }

    def on_equal_preference(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The preferences of the stock that ranks equally, together, each as last reported."""
        reported = ask.state.get(("value", "equal_preferences", "")) or ()
        others = tuple(pair for pair in reported if pair[0] != fact.details["stock"])
        now = (*others, (fact.details["stock"], fact.details["amount"]))
        yield Set("equal_preferences", "", now)
        yield Set("preference_of_equals", "", sum((amount for _, amount in now), ZERO), role="ratable")

    def on_liquidation(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The company is wound up: nothing may go to stock that ranks behind before the preference is paid."""
        case = fact.details["case"]
        yield Set("petition_on", "", fact.details.get("petition", fact.effective), role="preference")
        yield Occur("liquidation_event", case, {"date": fact.effective}, "event")
        yield Owe("nothing_to_junior", case, "company", "holders",
                  "distribute nothing on stock that ranks behind before the preference is paid", role="prohibition")

    def on_junior_distribution(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A distribution on stock that is not senior, before the preference is paid, is a breach."""
        owed = ask.state.obligation("nothing_to_junior", fact.details["case"])
        senior = ask.state.get(("value", "rank", fact.details["stock"])) == SENIOR
        if owed is not None and owed.status == "open" and not senior:
            yield Occur("distribution_before_preference", fact.details["case"], {"stock": fact.details["stock"]},
                        "prohibition")

    def on_final_distribution(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Each holder receives its preference, or its part of too little."""
        case = fact.details["case"]
        yield Set("assets_for_equals", "", fact.details["assets"], role="ratable")
        yield Set("dues_per_share", "", fact.details["dues_per_share"], role="preference")
        yield Set("final_distribution_on", "", fact.effective, role="preference")
        ends = ask("premium_runs_to")
        yield Set("premium_distributed", "", ask("premium", on=ends), ask.source("premium", on=ends), "preference")
        yield Set("part_distributed", case, ask("part_paid"), ask.source("part_paid"), "ratable")
        for holder in ask.state.holders(self.instrument):
            if ask.state.lots(self.instrument, holder):
                subject = f"{case}/{holder}"
                amount = ask("preference_of_holder", holder=holder)
                source = ask.source("preference_of_holder", holder=holder)
                yield Set("preference_due", subject, amount, source, "ratable")
                yield Owe("pay_preference", subject, "company", holder, f"pay the holder's preference in {case}",
                          fact.effective, amount="preference_due", at={"preference": subject}, role="ratable")

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Once every holder has its whole preference, the rest may go to others."""
        if event.details["duty"] != "pay_preference":
            return
        case = event.details["subject"].partition("/")[0]
        paid = [owed.status == "performed" for owed in ask.state.obligations(duty="pay_preference")
                if owed.subject.startswith(f"{case}/")]
        whole: Any = ask.state.get(("value", "part_distributed", case))
        if all(paid) and determined(whole) and whole == 1:
            yield Discharge("nothing_to_junior", case, "prohibition")
        if all(paid):
            yield from self._end(case, ask)

    def _end(self, case: str, ask: Ask) -> Iterable[Effect]:
        """Nothing more can come on the shares: they end, once they no longer divide the assets."""
        for holder in ask.state.holders(self.instrument):
            for lot, held in ask.state.lots(self.instrument, holder).items():
                yield Move(self.instrument, holder, WOUND_UP, held, lot, role="preference")
        yield Occur("wound_up", case, {}, "preference")
