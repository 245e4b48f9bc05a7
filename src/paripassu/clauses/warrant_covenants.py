"""What the company undertakes while a warrant is outstanding: reserve, listing, par value, taxes on the issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational, whole_up
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.effects import Discharge, Effect, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, TermSpec
from paripassu.values.undetermined import determined

HOLDERS = "every holder"


def warrant_reserve_shortfall(warrant_shares_outstanding: Rational, reserved_for_warrants: Rational) -> int:
    """How many more shares must be reserved to provide for every exercise, in whole shares; nothing below zero."""
    return max(0, whole_up(warrant_shares_outstanding) - int(reserved_for_warrants))


@dataclass(frozen=True)
class WarrantReserve(Clause):
    """Shares for the warrants stay reserved during the exercise period, beside those for the preferred."""

    def formulas(self) -> Mapping[str, Binding]:
        """By how much the reserve is short."""
        return {
            "reserved_for_warrants": History("shares", by="instrument", waits_for="warrant_reserve"),
            "warrant_reserve_shortfall": Formula(warrant_reserve_shortfall, "shares", "up to the next whole share"),
        }

    def on_warrant_reserve(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before; what is short in the exercise period must be reserved at once."""
        if fact.details["instrument"] != self.instrument:
            return
        name = self.instrument
        yield Set("reserved_for_warrants", name, fact.details["shares"], role="reserve")
        short = ask("warrant_reserve_shortfall", instrument=name)
        owed = ask.state.obligation("reserve_for_warrants", name)
        is_open = ask("exercise_begins") <= ask.now_day <= ask("exercise_ends")
        if determined(short) and short > 0 and is_open:
            yield Owe("reserve_for_warrants", name, "company", HOLDERS, f"reserve the shares of {name} that are short",
                      fact.effective, amount="warrant_reserve_shortfall", at={"instrument": name}, role="reserve")
        elif owed is not None and owed.status != "performed" and short == 0:
            yield Discharge("reserve_for_warrants", name, "reserve")


@dataclass(frozen=True)
class Listing(Clause):
    """The shares are listed promptly wherever the common stock is, and stay so."""

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """No number of days is written: the duty is open from the first issuance until performed."""
        name = self.instrument
        if event.details["instrument"] == name and ask.state.obligation("list_shares", name) is None:
            yield Owe("list_shares", name, "company", HOLDERS, f"promptly list the shares of {name}", role="listing")

    def on_shares_listed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Listed: the duty is performed."""
        owed = ask.state.obligation("list_shares", self.instrument)
        if fact.details["instrument"] == self.instrument and owed is not None and owed.status != "performed":
            yield Discharge("list_shares", self.instrument, "listing")


def par_is_allowed(par_in_force: Rational, exercise_price: Rational) -> bool:
    """A par value up to the exercise price; exactly the price is allowed."""
    return par_in_force <= exercise_price


@dataclass(frozen=True)
class ParValue(Clause):
    """The par value of the shares is never raised above the exercise price in effect."""

    terms = {"par_value": TermSpec("number", "usd per share", "par value of the common stock at the start")}

    def formulas(self) -> Mapping[str, Binding]:
        """Whether the par value is allowed for a lot."""
        return {
            "par_in_force": History("usd per share", by="lot", waits_for="issuance"),
            "par_is_allowed": Formula(par_is_allowed, "yes or no"),
        }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The par value that the paper states; of a lot divided from another, that in force for it."""
        if event.details["instrument"] == self.instrument:
            whole = ask.state.get(("value", "part_of", event.subject))
            stated = self.values["par_value"].value
            now = stated if whole is None else ask.state.get(("value", "par_in_force", whole))
            yield Set("par_in_force", event.subject, now, role="par_value")

    def on_par_value_changed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The new par value is compared with the price of every lot."""
        for key in list(ask.state.keys("occurred", "warrant_issued")):
            if ask.state.get(key).details["instrument"] == self.instrument:
                lot = key[2]
                yield Set("par_in_force", lot, fact.details["value"], role="par_value")
                allowed = ask("par_is_allowed", lot=lot)
                if determined(allowed) and not allowed:
                    yield Refuse("par_value", lot, "the par value may not be raised above the exercise price",
                                 "par_value", ask.source("par_is_allowed", lot=lot))
                    yield Occur("par_value_above_price", lot, {"instrument": self.instrument}, "par_value")


@dataclass(frozen=True)
class IssueTax(Clause):
    """Certificates are issued without charge to the holder; a transfer into another name is not the company's cost."""

    def formulas(self) -> Mapping[str, Binding]:
        """The tax on one certificate."""
        return {"issue_tax": History("usd", by="tax")}

    def on_issue_tax(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Who bears a tax depends on the name in which the certificate is issued."""
        exercise, tax, name = fact.details["exercise"], fact.details["tax"], fact.details["in_name_of"]
        submitted = ask.state.get(("occurred", "exercise_submitted", exercise))
        if submitted is None or submitted.details["instrument"] != self.instrument:
            return
        holder = submitted.details["holder"]
        if name != holder:
            why = f"a certificate in the name of {name} is a transfer by {holder}, whose tax is not the company's"
            yield Refuse("issue_tax", tax, why, "tax")
            return
        yield Set("issue_tax", tax, fact.details["amount"], role="tax")
        yield Owe("pay_issue_tax", tax, "company", holder, f"bear the tax on issuing the shares of {exercise}",
                  amount="issue_tax", at={"tax": tax}, role="tax")
