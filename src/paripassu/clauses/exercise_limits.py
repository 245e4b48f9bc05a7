"""How many shares an exercise may bring: the least room of the limits that a warrant shares with other securities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, whole_down
from paripassu.values.bindings import Binding, ByDate, ByReading, Formula, Holding
from paripassu.values.effects import Effect, Move, Occur
from paripassu.values.parties import ISSUER, USED
from paripassu.values.splits import issued_after
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import NO_LIMIT, without


def least_room(ownership_room: Any, exchange_cap_room: Any) -> Any:
    """Each limit holds by itself: the smaller room binds."""
    return min(ownership_room, exchange_cap_room)


@dataclass(frozen=True)
class SharedLimits(Clause):
    """The ownership limit and the exchange cap, each one for all securities of the holder."""

    readings = (
        Reading(
            "R-W98-SHA", "When is the stockholder approval had whose definition is not in this paper?", "textual",
            {"as in the certificate": "the approval that the other papers define", "never": "no approval counts"},
        ),
        Reading(
            "R-W98-TITLE", "Does the ownership limit hold for transfers, as its heading says?", "textual",
            {"exercise only": "headings have no effect", "transfers too": "as the heading says"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The room an exercise has."""
        return {"exercise_room": Formula(least_room, "shares")}


def room_beside_the_pool(cap_unused: Rational, issued_beside: Rational) -> int:
    """What nobody has used of the cap, less what this form has brought; in whole shares, nothing below zero."""
    return max(0, whole_down(cap_unused - issued_beside))


def cap_of_other_papers() -> Any:
    """The cap is one of the other papers' warrants and leaves this one alone."""
    return NO_LIMIT


def room_beside(cap_room_by_scope: Any) -> Any:
    """As the scope of the words has it."""
    return cap_room_by_scope


def no_cap() -> Any:
    """After stockholder approval nothing is capped."""
    return NO_LIMIT


@dataclass(frozen=True)
class CapBesidePool(Clause):
    """The same cap in a paper whose holder has no portion of it: tested against all of it, and charged to nobody.

    ``links`` names the account of the cap: ``{cap: {account: exchange-cap}}``.
    """

    readings = (
        Reading(
            "R-GEM-WARRANTS", "Is the paper itself among the Warrants, where its definition of them leads nowhere?",
            "computing",
            {"own scope": "in this paper it is, in the others it is not", "one scope": "in none of the papers"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The room under the cap."""
        return {
            "cap_unused": Holding(self._account, "", "shares"),
            "issued_beside": Holding(self._beside, "", "shares", USED),
            "cap_room_by_scope": ByReading(
                "R-GEM-WARRANTS", "shares", {"own scope": room_beside_the_pool, "one scope": cap_of_other_papers}
            ),
            "exchange_cap_room": ByDate("shares", ((None, room_beside), ("cap_lifted_on", no_cap))),
        }

    @property
    def _account(self) -> str:
        return str(self.links["cap"]["account"])

    @property
    def _beside(self) -> str:
        return f"{self._account} beside {self.instrument}"

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What this form brings is counted, but uses nobody's portion."""
        if event.details["instrument"] == self.instrument:
            yield Move(self._beside, ISSUER, USED, event.details["common"], role="exchange_cap_room")

    def on_fraction_rounded_up(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """So is a whole share in the place of a fraction."""
        if event.details["instrument"] == self.instrument:
            yield Move(self._beside, ISSUER, USED, event.details["more"], role="exchange_cap_room")

    def on_exercise_decided(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What a dispute adds or takes away is counted, too."""
        if event.details["instrument"] == self.instrument:
            yield Move(self._beside, ISSUER, USED, event.details["more"], role="exchange_cap_room")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The count moves with the number of shares."""
        after = sum((shares for exercised, shares in issued_after(ask.state, event.details["record_date"])
                     if exercised.details["instrument"] == self.instrument), ZERO)
        counted = without(ask.state.total(self._beside, USED), after)
        yield Move(self._beside, ISSUER, USED, counted * (event.details["ratio"] - 1), role="exchange_cap_room")

    def on_exercise_split(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """So does what an exercise brought that is split by itself."""
        if ask.state.get(("occurred", "exercised", event.subject)).details["instrument"] == self.instrument:
            yield Move(self._beside, ISSUER, USED, event.details["more"], role="exchange_cap_room")
