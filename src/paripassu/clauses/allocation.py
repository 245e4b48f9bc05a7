"""Accounts with a portion per holder: the exchange cap and the reserve, allocated, transferred and charged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ZERO, Rational, is_whole, largest_remainder, ratio, whole_down
from paripassu.values.bindings import Binding, ByReading, History
from paripassu.values.effects import Due, Effect, Move, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Moment, Place, moment
from paripassu.values.parties import ISSUER, USED
from paripassu.values.splits import issued_after
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import Undetermined, determined, merged, without

HALF = ratio(1, 2)


def whole_parts(amount_allocated: Rational, weights: tuple[Rational, ...]) -> tuple[Any, ...]:
    """Whole shares in proportion to holdings, leftovers to the largest remainders."""
    return tuple(largest_remainder(int(amount_allocated), weights))


def exact_parts(amount_allocated: Rational, weights: tuple[Rational, ...]) -> tuple[Any, ...]:
    """Fractions in proportion to holdings."""
    return tuple(amount_allocated * weight / sum(weights) for weight in weights)


def unused_portion(
    portion_balance: Rational, portion_used: Rational, transferred: Rational, held_before: Rational
) -> Rational:
    """The unused balance moves in proportion to the shares transferred."""
    return portion_balance * transferred / held_before


def gross_portion(
    portion_balance: Rational, portion_used: Rational, transferred: Rational, held_before: Rational
) -> Rational:
    """The whole portion, used part included, moves in proportion."""
    return (portion_balance + portion_used) * transferred / held_before


def whole_portion(portion_in_proportion: Rational) -> int:
    """Whole shares of a portion divided between two: the odd share goes to the larger remainder.

    Where the remainders are equal it stays with the transferor, whose portion it was.
    """
    whole = whole_down(portion_in_proportion)
    return whole + (portion_in_proportion - whole > HALF)


def exact_portion(portion_in_proportion: Rational) -> Rational:
    """The fraction as it is."""
    return portion_in_proportion


@dataclass(frozen=True)
class Allocation(Clause):
    """Each account is allocated at the closing by shares held, moves with a transfer, and is charged on conversion.

    ``links`` names the accounts and the figure that states the initial amount of each.
    """

    readings = (
        Reading(
            "R-ALLOC-ROUND", "How are fractions of an allocation treated?", "computing",
            {"largest remainder": "whole shares", "fractions": "exact fractions"},
        ),
        Reading(
            "R-ALLOC-USED", "Does a transferee receive part of the whole portion or of what is unused?", "computing",
            {"unused": "a portion already issued cannot be used again", "gross": "the whole portion"},
        ),
        Reading(
            "R-ALLOC-WARR", "Does a holder without preferred shares keep a cap it needs for other securities?",
            "computing",
            {"kept": "while it holds warrants or the older series", "lost": "everything goes to those who remain"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The parts of an allocation, and the portion that moves with a transfer."""
        return {
            "allocated_parts": ByReading(
                "R-ALLOC-ROUND", "shares", {"largest remainder": whole_parts, "fractions": exact_parts}
            ),
            "amount_allocated": History("shares"),
            "weights": History("shares"),
            "portion_in_proportion": ByReading(
                "R-ALLOC-USED", "shares", {"unused": unused_portion, "gross": gross_portion}
            ),
            "portion_moving": ByReading(
                "R-ALLOC-ROUND", "shares", {"largest remainder": whole_portion, "fractions": exact_portion}
            ),
            "portion_balance": History("shares"),
            "portion_used": History("shares"),
            "transferred": History("shares"),
            "held_before": History("shares"),
        }

    def after_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Allocated once all securities of the closing are issued."""
        if ask.state.get(("value", "allocated", "")) is None:
            when = Moment(ask.now_day.toordinal(), Place.ALLOCATION.second, Place.ALLOCATION.rank)
            yield Due(when, "initial_allocation", "", "the accounts are allocated")

    def on_initial_allocation(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The stated amount of every account, by shares held."""
        if ask.state.get(("value", "allocated", "")) is not None:
            return
        yield Set("allocated", "", ask.now_day)
        for account, link in self.links.items():
            yield from self._allocate(account, ask(link["amount"]), ask)

    def on_account_increased(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """An increase is allocated by shares held at that time."""
        yield from self._allocate(event.subject, event.details["by"], ask)

    def _allocate(self, account: str, amount: Any, ask: Ask) -> Iterable[Effect]:
        shares = {holder: ask("shares_held", holder=holder) for holder in ask.state.holders(self.instrument)}
        holding = {holder: held for holder, held in shares.items() if not determined(held) or held != 0}
        if not holding:
            return
        given = {"amount_allocated": amount, "weights": tuple(holding.values())}
        if all(determined(held) for held in holding.values()):
            parts = ask("allocated_parts", given=given)
        else:
            parts = [Undetermined(merged(holding.values()).needs, 0, amount)] * len(holding)
        for holder, part in zip(holding, parts, strict=True):
            yield Move(account, ISSUER, holder, part, role="allocation")
            if ask.state.get(("value", self.links[account]["used"], holder)) is None:
                yield Set(self.links[account]["used"], holder, 0)

    def on_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The transferee takes its part of every account with the shares."""
        holder = event.details["holder"]
        for account, link in self.links.items():
            balance: Any = ask.state.position(account, holder)
            used: Any = ask.state.get(("value", link["used"], holder)) or 0
            given = {"portion_balance": balance, "portion_used": used, "transferred": event.details["shares"],
                     "held_before": event.details["held_before"]}
            portion = ask("portion_moving", given=given)
            if determined(portion) and determined(balance) and portion > max(balance, 0):
                why = f"{portion} of the portion would move, of which {balance} is unused; the unused part moves"
                asked = ask.source("portion_moving", given=given)
                yield Refuse("allocation", f"{account}:{event.subject}", why, "transfer", asked)
                given["portion_in_proportion"] = unused_portion(**given)
                portion = ask("portion_moving", given=given)
            source = ask.source("portion_moving", given=given)
            yield Move(account, holder, event.details["to"], portion, "", source, "transfer")

    def after_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A holder may have transferred its last share."""
        return self._left(event.details["holder"], ask)

    def after_converted(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A holder may have converted its last share."""
        return self._left(event.details["holder"], ask)

    def after_redeemed(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A holder's last share may have been redeemed."""
        return self._left(event.details["holder"], ask)

    def after_holding_ended(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Or exchanged for what a transaction gives."""
        return self._left(event.details["holder"], ask)

    def after_exercised(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """A holder without preferred shares may have exercised its last warrant."""
        return self._left(event.details["holder"], ask)

    def after_warrant_transferred(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Or transferred it."""
        return self._left(event.details["holder"], ask)

    def after_warrant_expired(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """Or let it expire."""
        return self._left(event.details["holder"], ask)

    def after_warrants_held(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """Whether a holder without preferred shares has warrants decides on its cap."""
        return self._left(fact.details["holder"], ask)

    def after_series_a_held(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """Whether a holder without preferred shares has the older series decides on its cap."""
        return self._left(fact.details["holder"], ask)

    def _left(self, holder: str, ask: Ask) -> Iterable[Due]:
        held = ask.state.total(self.instrument, holder)
        if determined(held) and held == 0 and holder in ask.state.holders(self.instrument):
            yield Due(moment(ask.now_day, Place.OPENING), "holder_left", holder,
                      "its portions pass to those who remain")

    def on_series_a_held(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("series_a_shares", fact.details["holder"], fact.details["shares"], role="reallocation")

    def on_holder_left(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """What remains allocated to one without preferred shares goes to the others, by shares held."""
        held = {holder: ask("shares_held", holder=holder) for holder in ask.state.holders(self.instrument)}
        others = {holder: shares for holder, shares in held.items() if not determined(shares) or shares != 0}
        if not others or not all(determined(shares) for shares in others.values()):
            return
        for account, link in self.links.items():
            balance: Any = ask.state.position(account, due.subject)
            if not determined(balance) or balance <= 0:
                continue
            keeps = self._keeps(due.subject, link, ask)
            if keeps is None:
                yield Occur("reallocation_waits", f"{account}:{due.subject}", {}, "reallocation")
            elif not keeps:
                yield from self._reallocate(account, due.subject, balance, others, ask)

    def _keeps(self, holder: str, link: Mapping[str, Any], ask: Ask) -> bool | None:
        """Whether other securities of the holder, held or reported, use the same account; None where one is not."""
        if not link.keys() & {"kept_with", "kept_beside"} or ask.reading("R-ALLOC-WARR") == "lost":
            return False
        held: list[Any] = [ask.state.total(asset, holder) for asset in link.get("kept_beside", ())]
        held += [ask.state.get(("value", name, holder)) for name in link.get("kept_with", ())]
        if any(shares is not None and (not determined(shares) or shares > 0) for shares in held):
            return True
        return None if None in held else False

    def _reallocate(
        self, account: str, holder: str, balance: Any, others: Mapping[str, Any], ask: Ask
    ) -> Iterable[Effect]:
        """Whole shares by largest remainder; a fraction left by an earlier transfer is divided as a fraction."""
        weights = tuple(others.values())
        given = {"amount_allocated": balance, "weights": weights}
        parts = ask("allocated_parts", given=given) if is_whole(balance) else exact_parts(balance, weights)
        for other, part in zip(others, parts, strict=True):
            yield Move(account, holder, other, part, role="reallocation")

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued on conversion use up the holder's portion of every account."""
        for account in self.links:
            yield from self._charge(account, event.details["holder"], event.details["common"], ask)

    def on_charged(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued under another security use up the portions of the accounts they share."""
        for account in event.details["accounts"]:
            if "instead_of" in event.details:
                yield from self._uncharge(account, event.subject, event.details["instead_of"], ask)
            yield from self._charge(account, event.subject, event.details["shares"], ask)

    def _uncharge(self, account: str, holder: str, shares: Any, ask: Ask) -> Iterable[Effect]:
        """What was charged for an unknown number of shares is given back, to the share."""
        name = self.links[account]["used"]
        yield Move(account, USED, holder, shares, role="used", reverses=True)
        yield Set(name, holder, without(ask.state.get(("value", name, holder)), shares))

    def _charge(self, account: str, holder: str, shares: Any, ask: Ask) -> Iterable[Effect]:
        name = self.links[account]["used"]
        used = ask.state.get(("value", name, holder)) or 0
        yield Move(account, holder, USED, shares, role="used")
        yield Set(name, holder, used + shares)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Every balance moves with the number of shares."""
        for account, link in self.links.items():
            if link.get("split_reading") and ask.reading(link["split_reading"]) == "fixed number":
                continue
            growth, record_date = event.details["ratio"] - 1, event.details["record_date"]
            for holder in ask.state.holders(account):
                ahead = self._used_ahead(account, holder, record_date, ask)
                more = without(ask.state.position(account, holder), -ahead) * growth
                yield Move(account, ISSUER, holder, more, role="split")
                used = ask.state.get(("value", link["used"], holder)) or 0
                yield Set(link["used"], holder, used + without(used, ahead) * growth, role="split")

    def _used_ahead(self, account: str, holder: str, record_date: date | None, ask: Ask) -> Any:
        """What exercises used of a portion with shares that are not split: they were issued in the new number."""
        return sum((shares for exercised, shares in issued_after(ask.state, record_date)
                    if exercised.details["holder"] == holder and account in exercised.details["charges"]), ZERO)
