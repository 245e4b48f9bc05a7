"""A warrant as a right to buy a number of shares at a price, both of which follow splits; its holders and register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import ONE, Rational
from paripassu.values.bindings import Binding, Formula, History, Holding, LotTerm
from paripassu.values.effects import Effect, Move, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec


def aggregate_price(exercise_price: Rational, shares_to_exercise: Rational) -> Rational:
    """What so many shares cost at the price in force."""
    return exercise_price * shares_to_exercise


def face_number(warrant_shares: Rational, number_factor: Rational) -> Rational:
    """The number that a paper issued after adjustments may go on to state: as first issued, less what was exercised."""
    return warrant_shares / number_factor


@dataclass(frozen=True)
class WarrantLots(Clause):
    """A right to buy shares: each paper is a lot, its quantity the shares it is for, its price a term of the lot."""

    terms = {
        "shares_covered": TermSpec("whole", "shares", "shares that may be bought under all papers at the start"),
        "initial_price": TermSpec("number", "usd per share", "price of one share at the start"),
    }
    readings = (
        Reading(
            "R-W05-EP", "What are the exercise price, warrant shares and cashless exercise, which are not defined?",
            "textual",
            {"the terms defined": "the price, shares and net exercise of the sections before",
             "undefined": "a person decides"},
        ),
        Reading(
            "R-W05-PLEDGE", "The cover allows a pledge and the legend of the shares forbids it: which governs?",
            "textual",
            {"cover": "the warrant and its shares may be pledged, the legend only warns",
             "legend": "share certificates may not be pledged"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Shares held, the price in force, what all of them cost, and the number a paper may state."""
        return {
            "warrant_shares": Holding(self.instrument, "holder", "shares"),
            "exercise_price": LotTerm("usd per share"),
            "shares_to_exercise": History("shares", by="exercise", waits_for="exercise_notice"),
            "aggregate_price": Formula(aggregate_price, "usd"),
            "number_factor": LotTerm("shares per share"),
            "face_number": Formula(face_number, "shares"),
        }

    def on_issuance(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The right passes to its holder as a lot; no more than all shares covered is ever issued."""
        if fact.details["instrument"] != self.instrument:
            return
        holder, lot, shares = fact.details["holder"], fact.details["lot"], fact.details["shares"]
        if shares - ask.state.total(self.instrument, ISSUER) > self.values["shares_covered"].value:
            yield Refuse("issuance", lot, "more than the shares covered would be outstanding", "issued")
            return
        yield Set("exercise_price", lot, self.values["initial_price"].value, role="exercise_price")
        yield Set("number_factor", lot, ONE, role="face_number")
        yield Move(self.instrument, ISSUER, holder, shares, lot, role="issued")
        yield Set("certificate", lot, fact.details.get("certificate", ""), role="issued")
        details = {"instrument": self.instrument, "holder": holder, "shares": shares, "date": fact.effective}
        yield Occur("warrant_issued", lot, details, "issued")

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A lot divided from another has gone through the same changes of number."""
        whole = ask.state.get(("value", "part_of", event.subject))
        if event.details["instrument"] == self.instrument and whole is not None:
            factor = ask.state.get(("value", "number_factor", whole))
            yield Set("number_factor", event.subject, factor, role="face_number")

    def on_transfer(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Entered in the register of holders: the paper, or a part of it, with its price."""
        if fact.details["instrument"] != self.instrument:
            return
        holder, to, lot, shares = (fact.details[name] for name in ("holder", "to", "lot", "shares"))
        held = ask.state.position(self.instrument, holder, lot)
        if shares > held:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"{holder} transfers {shares} shares of lot {lot} on {fact.effective} but holds {held}",
                "correct the number, the lot or the date", fact.place,
            )
        yield Move(self.instrument, holder, to, shares, lot, role="transfer")
        yield Occur("warrant_transferred", lot, {"holder": holder, "to": to, "shares": shares}, "transfer")
