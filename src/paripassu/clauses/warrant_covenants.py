"""What the company undertakes while a warrant is outstanding: reserve, listing, par value, taxes on the issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational, whole_up
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.effects import Discharge, Due, Effect, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, TermSpec
from paripassu.values.undetermined import determined, extent

HOLDERS = "every holder"
RESERVED, DUTY = "reserved_for_warrants", "reserve_for_warrants"


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
        if fact.details["instrument"] == self.instrument:
            yield Set(RESERVED, self.instrument, fact.details["shares"], role="reserve")
            yield from self._test(ask)

    def after_warrant_reserve(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """What was reserved before the exercise period has to do from its first day on."""
        if fact.details["instrument"] != self.instrument:
            return
        begins, reports = ask("exercise_begins"), ask.state.steps(("value", RESERVED, self.instrument))
        if len(reports) == 1 and fact.effective < begins:
            yield Due(moment(begins, Place.OPENING), "warrant_reserve_tested", self.instrument,
                      "the shares of every warrant must be reserved from this day on", role="reserve")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares reserved are split with all others."""
        reserved = ask.state.get(("value", RESERVED, self.instrument))
        if reserved is not None:
            yield Set(RESERVED, self.instrument, reserved * event.details["ratio"], role="reserve")

    def after_split_effective(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A split may move the number of shares reserved and of those exercisable on different days."""
        yield self._at_once(ask)

    def after_exercise_price_adjusted(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The number of shares exercisable moves with the price."""
        if event.details["instrument"] == self.instrument:
            yield self._at_once(ask)

    def _at_once(self, ask: Ask) -> Due:
        """Tested when all lots have moved and what is reserved, too."""
        return Due(moment(ask.now_day, Place.OPENING), "warrant_reserve_tested", self.instrument)

    def on_warrant_reserve_tested(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The duty holds at all times, not only when a reserve is reported."""
        if ask.state.get(("value", RESERVED, self.instrument)) is not None:
            yield from self._test(ask)

    def _test(self, ask: Ask) -> Iterable[Effect]:
        """Owed where it is surely short in the exercise period, performed where it surely is not any more."""
        name = self.instrument
        least, most = extent(ask("warrant_reserve_shortfall", instrument=name))
        owed = ask.state.obligation(DUTY, name)
        is_due = owed is not None and owed.status in ("open", "breached")
        is_open = ask("exercise_begins") <= ask.now_day <= ask("exercise_ends")
        if is_open and not is_due and least is not None and least > 0:
            yield Owe(DUTY, name, "company", HOLDERS, f"reserve the shares of {name} that are short", ask.now_day,
                      amount="warrant_reserve_shortfall", at={"instrument": name}, role="reserve")
        elif owed is not None and owed.status != "performed" and most == 0:
            yield Discharge(DUTY, name, "reserve")


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
