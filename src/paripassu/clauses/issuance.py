"""Securities the company issues to others: what they are, what was received, and what becomes of rights to shares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational
from paripassu.values.effects import Effect, Move, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.securities import SHARES, VARIABLE
from paripassu.values.parties import COMMON, ISSUER, PUBLIC
from paripassu.values.price_events import Offering
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause


@dataclass(frozen=True)
class SecuritiesIssued(Clause):
    """Shares sold are outstanding; rights to shares are kept until they are exercised or expire.

    Each occurs before its shares are outstanding, so that what is outstanding immediately before it can be asked.
    """

    def on_issuer_sale(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares sold for cash."""
        shares = fact.details["shares"]
        issue = f"sale-{fact.effective}-{shares}"
        while ask.state.get(("occurred", "securities_offered", issue)) is not None:
            issue += "+"
        offering = Offering(issue, fact.effective, shares * ONE, False, ZERO)
        yield Occur("securities_offered", issue, _details(fact, offering, cash=fact.details["total_price"]), "issued")
        yield Move(COMMON, ISSUER, PUBLIC, shares, role="issued")

    def on_securities_issued(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares are outstanding from then on; rights may be exercised."""
        issue = fact.details["issue"]
        if ask.state.get(("occurred", "securities_offered", issue)) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"issuance {issue} is recorded twice", "give each issuance a name of its own",
                fact.place,
            )
        offering = _offering(fact)
        yield Occur("securities_offered", issue, _details(fact, offering, cash=fact.details["cash"]), "issued")
        if offering.rights:
            yield Set("rights_offered", issue, offering, role="issued")
            yield Set("rights_outstanding", issue, offering.units, role="issued")
        else:
            yield Move(COMMON, ISSUER, PUBLIC, offering.units, role="issued")

    def on_rights_exercised(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Rights become shares."""
        issue, units = fact.details["issue"], fact.details["units"]
        offering = self._outstanding(issue, units, fact, ask)
        shares = fact.details.get("shares_issued")
        if offering.market_rate is not None and shares is None:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT, f"conversion {fact.details['exercise']} at a fluctuating rate without its "
                "number of shares", "add shares_issued, their number", fact.place,
            )
        issued = units * offering.shares_each if shares is None else shares
        details = {"offering": offering, "units": units, "shares": issued, "under": issue, "day": fact.effective,
                   "exception": fact.details.get("exception"), "evidence": fact.details.get("evidence"),
                   "place": fact.place}
        yield Occur("rights_exercise", fact.details["exercise"], details, "issued")
        yield from self._less(issue, units, ask)
        yield Move(COMMON, ISSUER, PUBLIC, issued, role="issued")

    def on_rights_changed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is still outstanding goes on under the changed terms."""
        issue = fact.details["issue"]
        offering = self._outstanding(issue, ZERO, fact, ask)
        additional, each = fact.details.get("additional_each"), fact.details.get("shares_each")
        if additional is None and each is None:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT, f"a change of the terms of {issue} that says none",
                "add additional_each, what is paid for a unit now, or shares_each, the shares of a unit", fact.place,
            )
        changed = replace(
            offering, additional=offering.additional if additional is None else additional,
            shares_each=offering.shares_each if each is None else each,
        )
        yield Set("rights_offered", issue, changed, role="issued")
        yield Set("terms_changed_on", issue, fact.effective, role="issued")
        details = {"units": ask.state.get(("value", "rights_outstanding", issue)), "additional": additional,
                   "shares_each": each, "day": fact.effective, "antidilution": fact.details.get("antidilution")}
        yield Occur("rights_change", issue, details, "issued")

    def on_rights_expired(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Rights that ended unexercised."""
        issue, units = fact.details["issue"], fact.details["units"]
        self._outstanding(issue, units, fact, ask)
        yield from self._less(issue, units, ask)
        yield Occur("rights_expiry", issue, {"units": units, "day": fact.effective}, "issued")

    def _outstanding(self, issue: str, units: Rational, fact: Fact, ask: Ask) -> Offering:
        """The rights as they stand; raises Problem IMPOSSIBLE_FACT where fewer are outstanding than are meant."""
        offering: Offering | None = ask.state.get(("value", "rights_offered", issue))
        left = ask.state.get(("value", "rights_outstanding", issue))
        if offering is None or units > left:
            there = "none is recorded" if offering is None else f"{left} are left"
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"{units} of {issue} are meant, of which {there}",
                "record its issuance first, or correct the number", fact.place,
            )
        return offering

    def _less(self, issue: str, units: Rational, ask: Ask) -> Iterable[Effect]:
        left = ask.state.get(("value", "rights_outstanding", issue))
        yield Set("rights_outstanding", issue, left - units, role="issued")


def _offering(fact: Fact) -> Offering:
    """The terms of an issuance as recorded; raises Problem INCOMPLETE_FACT where its type needs another field."""
    details, issue = fact.details, fact.details["issue"]
    variable = details["type"] == VARIABLE
    units = details.get("principal") if variable else details.get("maximum_shares")
    if units is None or (variable and details.get("market_rate") is None):
        raise Problem(
            ProblemKind.INCOMPLETE_FACT, f"issuance {issue} of {details['type']} without its number",
            "add principal and market_rate" if variable else "add maximum_shares, the most issuable", fact.place,
        )
    additional = details.get("additional")
    return Offering(
        issue, fact.effective, units, details["type"] != SHARES, ZERO if additional is None else additional / units,
        ONE, details.get("market_rate") if variable else None, details.get("lowest_price"),
        details.get("highest_price"),
    )


def _details(fact: Fact, offering: Offering, cash: Rational) -> dict[str, Any]:
    """What an issuance occurs with; raises Problem INCOMPLETE_FACT where a value has no name beside it."""
    details = fact.details
    in_kind = {
        "securities_received": details.get("securities_received"), "securities_price": details.get("securities_price"),
        "property_received": details.get("property_value"), "net_assets": details.get("net_assets"),
    }
    received = {"cash_received": cash, **{name: ZERO if given is None else given for name, given in in_kind.items()}}
    if received["property_received"] + received["net_assets"] and "valued_by" not in details:
        raise Problem(
            ProblemKind.INCOMPLETE_FACT, f"issuance {offering.issue} for property without who valued it",
            "add valued_by, the board's resolution", fact.place,
        )
    if bool(received["securities_received"]) != bool(received["securities_price"]):
        raise Problem(
            ProblemKind.INCOMPLETE_FACT, f"issuance {offering.issue} for securities without their number or price",
            "add securities_received and securities_price, their market price as of the date of receipt", fact.place,
        )
    return {"offering": offering, "received": received, "under": details.get("under"), "place": fact.place,
            "exception": details.get("exception"), "evidence": details.get("evidence")}
