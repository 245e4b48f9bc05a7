"""Transfer of a warrant: surrender with the assignment form, what must be shown first, the registered owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined, extent, merged

REGISTER, DENOMINATIONS = "register_transfer", "deliver_denominations"


@dataclass(frozen=True)
class WarrantTransfer(Clause):
    """Transferable in whole or in part on surrender with a proper assignment; until then the register says who owns.

    ``links`` says what the paper wants shown: ``{grounds: {of: [registration, exemption]}}``.
    """

    readings = (
        Reading(
            "R-W98-8C", "Does the replacement of a lost warrant need evidence and an indemnity, or either?", "textual",
            {"both": "evidence and, for a loss, the indemnity", "either": "as the word between them has it"},
        ),
        Reading(
            "R-GEM-REG", "Do registration rights that the other paper does not grant exist by this one's words?",
            "textual",
            {"none": "it refers to rights as set forth there", "implied": "a promise to register"},
        ),
    )

    def on_warrant_assignment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An assignment presented with the warrant: in order, the transfer is to be registered."""
        if not self._is_mine(fact.details["lot"], ask):
            return
        subject = _subject(fact)
        wrong = next(self._wrong(fact, ask), "")
        if wrong:
            yield Refuse("warrant_assignment", subject, wrong, "transfer")
            return
        lot, shares = fact.details["lot"], fact.details["shares"]
        yield from self._to_register(subject, lot, shares, ask)
        yield Owe(REGISTER, subject, "company", fact.details["to"],
                  f"register the transfer of warrant {lot} assigned for {shares} shares, cancel the one surrendered, "
                  "and deliver new ones", role="transfer")

    def _to_register(self, subject: str, lot: str, shares: Any, ask: Ask) -> Iterator[Effect]:
        """What of an assignment is to be registered, in the number of the warrant that is in force."""
        yield Set("assignment_accepted", subject, shares, role="transfer")
        yield Set("factor_at_assignment", subject, ask.state.get(("value", "number_factor", lot)), role="transfer")

    def _assigned(self, subject: str, lot: str, ask: Ask) -> Any:
        """The part of the warrant assigned and not registered yet, in the number that is in force now."""
        shares: Any = ask.state.get(("value", "assignment_accepted", subject)) or ZERO
        then = ask.state.get(("value", "factor_at_assignment", subject))
        now = ask.state.get(("value", "number_factor", lot))
        if then is None or now == then:
            return shares
        if not all(determined(one) for one in (shares, then, now)):
            return merged((shares, then, now))
        return shares * now / then

    def _wrong(self, fact: Fact, ask: Ask) -> Iterator[str]:
        """What the papers want and the assignment does not have."""
        holder, lot, shares = fact.details["holder"], fact.details["lot"], fact.details["shares"]
        most = extent(ask.state.position(self.instrument, holder, lot))[1]
        if most is not None and shares > most:
            yield f"{holder} is registered for {most} shares of the warrant, not for {shares}"
        if fact.details["signed_as"] != holder:
            yield f"it is signed as {fact.details['signed_as']}, not as the registered {holder}"
        grounds = self.links["grounds"]["of"]
        if fact.details["ground"] not in grounds:
            yield f"a transfer needs {' or '.join(grounds)}: {fact.details['ground']} is neither"

    def on_transfer(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Registered on the company's books; without an assignment in order it is against the paper."""
        if fact.details["instrument"] != self.instrument:
            return
        holder, lot, shares = fact.details["holder"], fact.details["lot"], fact.details["shares"]
        most = extent(ask.state.position(self.instrument, holder, lot))[1]
        if most is not None and shares > most:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"{holder} transfers {shares} shares of warrant {lot} on {fact.effective} but holds {most}",
                "correct the number, the lot or the date", fact.place,
            )
        subject = _subject(fact)
        assigned = self._assigned(subject, lot, ask)
        in_order = extent(assigned)[1]
        if in_order is not None and shares > in_order:
            yield Refuse("transfer", subject, "no assignment in order was presented for it", "transfer")
            if not fact.is_done:
                return
        yield Move(self.instrument, holder, fact.details["to"], shares, lot, role="transfer")
        left = ZERO if in_order is not None and shares >= in_order else assigned - shares
        yield from self._to_register(subject, lot, left, ask)
        owed = ask.state.obligation(REGISTER, subject)
        if left == ZERO and owed is not None and owed.status != "performed":
            yield Discharge(REGISTER, subject, "transfer")
        details = {"instrument": self.instrument, "holder": holder, "to": fact.details["to"], "shares": shares}
        yield Occur("warrant_transferred", lot, details, "transfer")

    def on_denominations_requested(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A surrendered warrant is exchanged for new ones that add up to it."""
        holder, lot = fact.details["holder"], fact.details["lot"]
        if not self._is_mine(lot, ask):
            return
        wanted: Any = sum(shares for _, shares in fact.details["warrants"])
        held = ask.state.position(self.instrument, holder, lot)
        if wanted != held:
            why = f"the new warrants add up to {wanted}, the one surrendered is for {held}"
            yield Refuse("denominations", lot, why, "denominations")
            return
        yield Owe(DENOMINATIONS, lot, "company", holder, f"deliver {len(fact.details['warrants'])} warrants for {lot}",
                  role="denominations")

    def on_denominations_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The new warrants are delivered, at the company's expense."""
        owed = ask.state.obligation(DENOMINATIONS, fact.details["lot"])
        if self._is_mine(fact.details["lot"], ask) and owed is not None and owed.status != "performed":
            yield Discharge(DENOMINATIONS, fact.details["lot"], "denominations")

    def _is_mine(self, lot: str, ask: Ask) -> bool:
        issued = ask.state.get(("occurred", "warrant_issued", lot))
        return issued is not None and issued.details["instrument"] == self.instrument


def _subject(fact: Fact) -> str:
    details: Mapping[str, Any] = fact.details
    return f"{details['lot']}/{details['holder']}/{details['to']}"
