"""Changing a warrant by agreement: who must sign, and the price that holds from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from paripassu.values.effects import Effect, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.lots import lot_of_its_own
from paripassu.values.terms import Ask, Clause
from paripassu.values.undetermined import determined

COMPANY, PRICE = "company", "exercise_price"


@dataclass(frozen=True)
class AmendedInWriting(Clause):
    """A warrant is amended only in a writing signed by the company and by its holder; others may sign, too.

    A paper of which a part was transferred is several: a writing binds the shares of the holder who signed it.
    """

    def on_warrant_amendment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Signed by both it changes the price of the holder's shares from now on, and nothing else."""
        lot, holder = fact.details["lot"], fact.details["holder"]
        issued = ask.state.get(("occurred", "warrant_issued", lot))
        if issued is None or issued.details["instrument"] != self.instrument:
            return
        why = self._wanting(fact, ask.state.position(self.instrument, holder, lot))
        if why:
            yield Refuse("warrant_amendment", lot, why, "amendment")
            return
        own = yield from lot_of_its_own(
            ask.state, self.instrument, PRICE, lot, holder, (holder,), f"{lot}/{holder}", "amendment"
        )
        if own != lot:
            shares = ask.state.position(self.instrument, holder, own)
            yield Occur("warrant_issued", own, {**issued.details, "holder": holder, "shares": shares}, "amendment")
        price = fact.details[PRICE]
        yield Set(PRICE, own, price, role="amendment")
        yield Occur("warrant_amended", own, {"instrument": self.instrument, "price": price}, "amendment")

    def _wanting(self, fact: Fact, held: Any) -> str:
        """Why the writing changes nothing; empty where it does."""
        holder = fact.details["holder"]
        if determined(held) and held == 0:
            return f"{holder} holds nothing of warrant {fact.details['lot']}"
        missing = [one for one in (COMPANY, holder) if one not in fact.details["signed_by"]]
        return f"an amendment needs the signature of {' and of '.join(missing)}" if missing else ""
