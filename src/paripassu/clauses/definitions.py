"""What the securities are: the series, its authorised number and its stated value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational, is_whole
from paripassu.values.bindings import Binding, Formula, History, Holding
from paripassu.values.effects import Effect, Move, Occur, Set
from paripassu.values.excess import in_excess
from paripassu.values.facts import Fact
from paripassu.values.parties import ISSUER
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, TermSpec
from paripassu.values.undetermined import extent


def is_majority(shares_consenting: Rational, preferred_outstanding: Rational) -> bool:
    """More than half of the shares outstanding; exactly half is not enough."""
    return 2 * shares_consenting > preferred_outstanding


@dataclass(frozen=True)
class Series(Clause):
    """A series of preferred stock: how many shares there may ever be, and the face amount of each.

    Issued shares that were converted or redeemed do not come back, so the test is on shares ever issued.
    """

    terms = {
        "authorised_shares": TermSpec("whole", "shares", "shares the series consists of"),
        "face_amount": TermSpec("number", "usd per share", "stated value of one share"),
    }

    def formulas(self) -> Mapping[str, Binding]:
        """The holding of a holder, all that is outstanding, and whether consenting shares are a majority of it."""
        return {
            "shares_held": Holding(self.instrument, "holder", "shares"),
            "preferred_outstanding": Holding(self.instrument, "", "shares"),
            "shares_consenting": History("shares", waits_for="consents"),
            "is_majority": Formula(is_majority, "yes or no"),
            "over_authorised": History("shares", by="act"),
        }

    def on_issuance(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares pass from the issuer to the holder as a lot; the first issuance fixes the closing date."""
        if fact.details["instrument"] != self.instrument:
            return
        shares, lot, holder = fact.details["shares"], fact.details["lot"], fact.details["holder"]
        issued = -ask.state.total(self.instrument, ISSUER)
        excess = issued + shares - self.values["authorised_shares"].value
        if excess > 0:
            why = f"{number(issued + shares, 'shares')} shares would exceed the authorised number"
            yield from in_excess("issuance", lot, holder, min(excess, shares), "over_authorised", why, "authorised",
                                 stands=fact.is_done)
            if not fact.is_done:
                return
        first = ask.state.get(("value", "closing_date", "")) is None
        if first:
            yield Set("closing_date", "", fact.effective, role="closing_date")
        yield Move(self.instrument, ISSUER, holder, shares, lot, role="issued")
        yield Occur("lot_issued", lot, {"holder": holder, "shares": shares}, "issued")
        if first:
            yield Occur("closing", self.instrument, {"date": fact.effective}, "closing_date")

    def on_transfer(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares of a lot pass to another holder and keep the lot's terms."""
        if fact.details["instrument"] != self.instrument:
            return
        holder, lot, shares = fact.details["holder"], fact.details["lot"], fact.details["shares"]
        if not is_whole(shares):
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a transfer of {fact.effective} is of {number(shares, '')} shares of stock",
                "write a whole number", fact.place,
            )
        held = ask.state.position(self.instrument, holder, lot)
        most = extent(held)[1]
        if most is not None and shares > most:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"{holder} transfers {shares} shares of lot {lot} on {fact.effective} but holds {most}",
                "correct the number, the lot or the date",
                fact.place,
            )
        before = ask.state.total(self.instrument, holder)
        yield Move(self.instrument, holder, fact.details["to"], shares, lot, role="transfer")
        details = {"holder": holder, "to": fact.details["to"], "shares": shares, "held_before": before}
        yield Occur("lot_transferred", lot, details, "transfer")
