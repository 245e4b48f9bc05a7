"""Who bears a tax on the issue or the transfer of conversion shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.bindings import Binding, History
from paripassu.values.effects import Effect, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Reading


@dataclass(frozen=True)
class Taxes(Clause):
    """Taxes on the issue and delivery of shares are the company's; transfer and income taxes the holder's.

    ``links``: the holders that bought from the company, for the reading under which only they bear their taxes.
    """

    readings = (
        Reading(
            "R-PURCHASER", "Whose transfer and income taxes are not the company's?", "computing",
            {"converting holder": "those of any holder that converts", "first purchaser": "those of the buyer alone"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The amount of a tax."""
        return {"tax_amount": History("usd", by="tax", waits_for="tax_assessed")}

    def on_tax_assessed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The tax falls on the company, or on the holder that converted."""
        case, notice = fact.details["case"], fact.details["notice"]
        submitted = ask.state.get(("occurred", "conversion_submitted", notice))
        if submitted is None:
            yield Refuse("tax", case, f"notice {notice} is not recorded", "tax")
            return
        holder = submitted.details["holder"]
        bears = ask.reading("R-PURCHASER") == "converting holder" or holder in self.links["purchasers"]["names"]
        on_company = fact.details["tax"] == "issue tax" or not bears
        duty, debtor = ("tax_on_company", "company") if on_company else ("tax_on_holder", holder)
        yield Set("tax_amount", case, fact.details["amount"], role="tax")
        yield Owe(duty, case, debtor, "tax authority", f"pay the {fact.details['tax']} on {notice}",
                  amount="tax_amount", at={"tax": case}, role="tax")
