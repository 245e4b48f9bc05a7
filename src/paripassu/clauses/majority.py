"""Who decides for the holders of warrants: a majority in interest, counted by warrant shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.terms import Clause, Reading


def is_majority_in_interest(warrant_shares_consenting: Rational, warrant_shares_outstanding: Rational) -> bool:
    """More than half of the warrant shares outstanding; exactly half is not enough."""
    return 2 * warrant_shares_consenting > warrant_shares_outstanding


@dataclass(frozen=True)
class MajorityInInterest(Clause):
    """The bank that appraises what has no market price needs the acceptance of holders of a majority in interest."""

    readings = (
        Reading(
            "R-MP-AVG", "What is the average of the bids of one day?", "textual",
            {"one closing bid": "the single closing bid", "several": "the mean of several dealers' bids"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Whether those who accept are a majority."""
        return {
            "warrant_shares_consenting": History("shares", waits_for="consents"),
            "is_majority_in_interest": Formula(is_majority_in_interest, "yes or no"),
        }
