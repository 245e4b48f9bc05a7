"""Exercising a warrant: what must be done for it, the date on which the last of it is done, the shares that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational, nearest_cent, whole_down, whole_up
from paripassu.values.bindings import Binding, ByDate, Formula, History
from paripassu.values.effects import Due, Effect, Move, Occur, Owe, Refuse, Set, Source
from paripassu.values.facts import Fact
from paripassu.values.kinds.warrants import CASH, CASHLESS
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, EXERCISED, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.splits import grown_since
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import Undetermined, determined, extent, lesser, may_be_under

SUBMITTED = "exercise_submitted"
SHARE_FOR_FRACTION = "share_for_fraction"
"""What rounding up adds to the shares of an exercise, in the number they have become."""


def aggregate_price(price_at_exercise: Rational, shares_to_exercise: Rational) -> Rational:
    """What the warrant shares specified cost, before the payment is rounded."""
    return price_at_exercise * shares_to_exercise


def exercise_payment_due(aggregate_price: Rational) -> Rational:
    """The payment for the warrant shares specified, to the nearest cent."""
    return nearest_cent(aggregate_price)


def exercisable_shares(shares_to_exercise: Rational, exercise_room: Any, shares_taken: Rational) -> Any:
    """The warrant shares wanted, cut to the room the limits leave and no further."""
    return max(ZERO, min(shares_to_exercise, exercise_room - shares_taken))


def whole_shares(exact_exercise_shares: Rational) -> int:
    """The whole shares; the fraction is paid in cash."""
    return whole_down(exact_exercise_shares)


def rounded_up_shares(exact_exercise_shares: Rational) -> int:
    """The next whole share, as no funds are legally available for the fraction."""
    return whole_up(exact_exercise_shares)


def excess_payment(payment_received: Rational, price_at_exercise: Rational, shares_exercised: Rational) -> Rational:
    """What was paid beyond the price of the warrant shares that could be exercised."""
    return max(ZERO, payment_received - nearest_cent(price_at_exercise * shares_exercised))


@dataclass(frozen=True)
class Exercise(Clause):
    """The manner of exercise: surrender, agreement, and payment or election; shares as of the day of the last.

    ``links`` may name accounts that the shares issued use up: ``{issued: {charges: [exchange-cap]}}``.
    """

    readings = (
        Reading(
            "R-W98-XREF", "What do references to sections that do not exist mean?", "textual",
            {"corrected": "the section one number later", "literal": "they lead nowhere"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The price of what is exercised, the shares that follow, and the date."""
        return {
            "shares_to_exercise": History("shares", by="exercise"),
            "aggregate_price": Formula(aggregate_price, "usd"),
            "exercise_payment_due": Formula(exercise_payment_due, "usd", "to the nearest cent"),
            "payment_received": History("usd", by="exercise", waits_for="exercise_payment"),
            "exercised_on": History("date", by="exercise"),
            "shares_taken": History("shares", by="exercise"),
            "exercisable_shares": Formula(exercisable_shares, "shares"),
            "exact_exercise_shares": History("shares", by="exercise"),
            "shares_exercised": History("shares", by="exercise"),
            "fraction_funds_lacking_on": History("date", by="exercise"),
            "shares_on_exercise": ByDate(
                "shares", ((None, whole_shares), ("fraction_funds_lacking_on", rounded_up_shares)),
                "to whole shares, once",
            ),
            "excess_payment": Formula(excess_payment, "usd"),
            "payment_to_return": History("usd", by="exercise"),
        }

    # -- what must be done

    def on_exercise_agreement(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The agreement is delivered: irrevocable, for the shares it specifies."""
        exercise, lot = fact.details["exercise"], fact.details["lot"]
        issued = ask.state.get(("occurred", "warrant_issued", lot))
        if issued is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"exercise {exercise} is of lot {lot}, of which no warrant is recorded",
                "record the issuance first, or correct the lot", fact.place,
            )
        if issued.details["instrument"] != self.instrument:
            return
        if ask.state.get(("occurred", SUBMITTED, exercise)) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"exercise {exercise} is recorded twice", "give each exercise a name of its own",
                fact.place,
            )
        details = {"instrument": self.instrument, "designee": fact.details.get("designee"),
                   **{key: fact.details[key] for key in ("holder", "lot", "shares", "form")}}
        yield Set("shares_to_exercise", exercise, fact.details["shares"], role="submitted")
        yield Set("agreement_received_on", exercise, ask.local_clock(fact)[0], role="submitted")
        yield Set("payment_received", exercise,
                  ask.state.get(("value", "payments_noted", f"{self.instrument}/{exercise}")) or ZERO, role="payment")
        yield Occur(SUBMITTED, exercise, details, "submitted")
        yield from self._done("agreement", exercise, fact, ask)

    def on_warrant_surrendered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The warrant itself is surrendered."""
        yield from self._done("surrender", fact.details["exercise"], fact, ask)

    def on_exercise_payment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A payment counts when, together with those before, it is the whole price."""
        exercise = fact.details["exercise"]
        noted = f"{self.instrument}/{exercise}"
        received = (ask.state.get(("value", "payments_noted", noted)) or ZERO) + fact.details["amount"]
        yield Set("payments_noted", noted, received, role="payment")
        if self._submitted(exercise, ask) is not None:
            yield Set("payment_received", exercise, received, role="payment")
        yield from self._done("payment", exercise, fact, ask)

    def on_cashless_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The written election, with the holder's own calculation, stands in the place of a payment."""
        yield from self._done("election", fact.details["exercise"], fact, ask)

    def _done(self, what: str, exercise: str, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Note when one of the deliveries was made, and exercise once nothing is wanting any more."""
        clock = self._clock(what, exercise, fact, ask)
        yield Set(f"{what}_at", exercise, max(clock, ask.state.get(("value", f"{what}_at", exercise)) or clock))
        submitted = self._submitted(exercise, ask)
        if submitted is None or ask.state.get(("value", "exercised_on", exercise)) is not None:
            return
        last = self._last_delivery(exercise, submitted, ask)
        if last is not None:
            yield from self._complete(exercise, submitted, last, ask)
        elif what == "payment":
            yield from self._doubtful_payment(exercise, submitted, ask)

    def _submitted(self, exercise: str, ask: Ask) -> Mapping[str, Any] | None:
        """The exercise agreement of an exercise of this form; None where it is not recorded yet, or of another."""
        event = ask.state.get(("occurred", SUBMITTED, exercise))
        return event.details if event is not None and event.details["instrument"] == self.instrument else None

    def _clock(self, what: str, exercise: str, fact: Fact, ask: Ask) -> tuple[date, int]:
        """Date and second on the instrument's clock; on the last day the hour must be recorded."""
        if fact.at is not None:
            return ask.local_clock(fact)
        if fact.effective == ask("exercise_ends"):
            raise Problem(
                ProblemKind.INCOMPLETE_FACT,
                f"the {what} of exercise {exercise} on the last day of the exercise period without its time of day",
                "replace on: by at: with the time, since the period ends at an hour of that day", fact.place,
            )
        return fact.effective, Place.PAPER.second

    def _last_delivery(self, exercise: str, submitted: Mapping[str, Any], ask: Ask) -> tuple[date, int] | None:
        """When the last of the deliveries was made; None while one is wanting."""
        wanted = ("agreement", "surrender", "election" if submitted["form"] == CASHLESS else "payment")
        clocks = [ask.state.get(("value", f"{what}_at", exercise)) for what in wanted]
        if any(clock is None for clock in clocks):
            return None
        if submitted["form"] == CASH and not self._is_paid(exercise, submitted, ask):
            return None
        last: tuple[date, int] = max(clocks)
        return last

    def _is_paid(self, exercise: str, submitted: Mapping[str, Any], ask: Ask) -> bool:
        most = extent(self._price(exercise, submitted, ask))[1]
        return most is not None and bool(ask.state.get(("value", "payment_received", exercise)) >= most)

    def _price(self, exercise: str, submitted: Mapping[str, Any], ask: Ask) -> Any:
        return ask("exercise_payment_due", exercise=exercise, lot=submitted["lot"])

    def _doubtful_payment(self, exercise: str, submitted: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        price = self._price(exercise, submitted, ask)
        if submitted["form"] == CASH and not determined(price):
            source = ask.source("exercise_payment_due", exercise=exercise, lot=submitted["lot"])
            yield Refuse("exercise_payment", exercise, "whether it is the whole price is undetermined", "payment",
                         source)

    def _complete(
        self, exercise: str, submitted: Mapping[str, Any], last: tuple[date, int], ask: Ask
    ) -> Iterable[Effect]:
        """Everything is done: in the exercise period, the shares are issued as of this day."""
        day, second = last
        test = "cashless_is_open" if submitted["form"] == CASHLESS else "exercise_is_open"
        given = {"exercise_second": second}
        source = ask.source(test, on=day, given=given, exercise=exercise)
        yield Set("exercise_second", exercise, second)
        if not ask(test, on=day, given=given, exercise=exercise):
            yield Refuse("exercise", exercise, f"completed on {day}, outside the exercise period", "period", source)
            return
        yield Set("exercised_on", exercise, day, role="exercised_on")
        yield Occur("exercise_completed", exercise, {"instrument": self.instrument, "date": day}, "exercised_on")

    # -- what follows

    def after_exercise_completed(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """It takes effect at the close of business of its day, in one order of submission with conversions."""
        if event.details["instrument"] == self.instrument:
            when = moment(event.details["date"], Place.CLOSE_OF_BUSINESS)
            yield Due(when, "exercise_effective", event.subject, f"exercise {event.subject} takes effect")

    def on_exercise_effective(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Shares are issued as far as the limits let them; the rest of the warrant stays."""
        exercise = due.subject
        submitted = ask.state.get(("occurred", SUBMITTED, exercise)).details
        holder, lot, sought = submitted["holder"], submitted["lot"], submitted["shares"]
        wanted = lesser(sought, ask.state.position(self.instrument, holder, lot))
        if determined(wanted) and wanted < sought:
            yield Refuse("exercise", exercise, f"{sought - wanted} of the shares specified are not held", "held")
        at = {"exercise": exercise, "lot": lot, "holder": holder}
        given = {"shares_to_exercise": wanted, "shares_taken": ZERO}
        if submitted["form"] == CASH:
            yield from self._for_cash(given, at, ask)
        else:
            yield from self._cashless(given, at, ask)
        common = ask.state.get(("value", "shares_due_on_exercise", exercise))
        if common is not None:
            details = {**submitted, "common": common, "date": ask.state.get(("value", "exercised_on", exercise)),
                       "charges": self._charges}
            yield Occur("exercised", exercise, details, "exercised")

    def _for_cash(self, given: dict[str, Any], at: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        """As many warrant shares as the limits leave room for; what was paid for more goes back."""
        exercise = at["exercise"]
        fits, source = ask("exercisable_shares", given=given, **at), ask.source("exercisable_shares", given=given, **at)
        yield from self._refused("exercisable_shares", given, fits, at, ask)
        excess = {"shares_exercised": fits}
        owed = ask("excess_payment", given=excess, **at)
        if not determined(owed) or owed > 0:
            yield Set("payment_to_return", exercise, owed, ask.source("excess_payment", given=excess, **at))
            yield Owe("return_payment", exercise, "company", at["holder"],
                      f"return what was paid on {exercise} for shares that could not be exercised",
                      amount="payment_to_return", at={"exercise": exercise}, role="payment")
        if not determined(fits) or fits > 0:
            yield Set("shares_exercised", exercise, fits, source)
            yield Set("exact_exercise_shares", exercise, fits, ask.source("shares_exercised", exercise=exercise))
            yield from self._issue("shares_exercised", ask("price_at_exercise", **at), at, ask)

    def _cashless(self, given: dict[str, Any], at: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        """The shares that the gain pays for; which shares are given up for them follows from the same price."""
        exercise, wanted = at["exercise"], given["shares_to_exercise"]
        priced = ask("cashless_price_date", exercise=exercise)
        market = self._market_price(priced, ask)
        if priced != ask.now_day:
            given = {**given, "market_price": market}
        net = ask("cashless_shares", given=given, **at)
        if not determined(net):
            yield from self._unpriced(net, wanted, at, ask)
            return
        if net == 0:
            source = ask.source("cashless_shares", given=given, **at)
            yield Refuse("exercise", exercise, "the market price is not above the exercise price", "cashless", source)
            return
        limited = "cashless_exercisable_shares"
        fits, source = ask(limited, given=given, **at), ask.source(limited, given=given, **at)
        yield from self._refused(limited, given, fits, at, ask)
        if fits > 0:
            full = {**given, "shares_to_exercise": fits}
            yield Set("shares_exercised", exercise, fits, source)
            yield Set("exact_exercise_shares", exercise, ask("cashless_shares", given=full, **at),
                      ask.source("cashless_shares", given=full, **at))
            yield from self._issue("cashless_reduction", market, at, ask)

    def _refused(self, limited: str, given: Mapping[str, Any], fits: Any, at: Mapping[str, Any],
                 ask: Ask) -> Iterable[Effect]:
        """What the limits leave unexercised, or that it is not known."""
        exercise, source = at["exercise"], ask.source(limited, given=given, **at)
        refused = given["shares_to_exercise"] - fits
        if not determined(refused):
            why = "whether all of it can be exercised is undetermined"
            yield Refuse("exercise", exercise, why, self._open_limits(limited, given, at, ask), source)
        elif refused > 0:
            cap, ownership = (ask(name, holder=at["holder"]) for name in ("exchange_cap_room", "ownership_room"))
            role = "limit (exchange cap)" if determined(cap) and may_be_under(cap, ownership) else "limit"
            why = f"{refused} of the warrant shares stay: they would exceed the limit"
            yield Refuse("exercise", exercise, why, role, source)

    def _open_limits(self, limited: str, given: Mapping[str, Any], at: Mapping[str, Any], ask: Ask) -> str:
        """The role of the limits each of which may be the one that leaves room for less than is wanted."""
        most = extent(given["shares_to_exercise"])[1]

        def may_cut(limit: str, other: str) -> bool:
            least, highest = extent(ask(limit, holder=at["holder"]))[0], extent(ask(other, holder=at["holder"]))[1]
            if least is None:
                return True
            alone = {**given, "shares_to_exercise": most, "exercise_room": least}
            return bool(ask(limited, given=alone, **at) < most) and (highest is None or bool(least <= highest))

        capped = may_cut("exchange_cap_room", "ownership_room")
        if capped and may_cut("ownership_room", "exchange_cap_room"):
            return "limit (either)"
        return "limit (exchange cap)" if capped else "limit"

    def _market_price(self, priced: date, ask: Ask) -> Any:
        """The market price of a day, for a share as it is at the exercise: what it is set against is for one of now."""
        return ask("market_price", on=priced) * (1 / grown_since(ask.state, priced))

    def _unpriced(self, net: Any, wanted: Any, at: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        """Without the price only bounds are known: at most all is given up, and for no more than the room left.

        The exact shares are stored without bounds: their fraction does not move in one direction with the price.
        """
        exercise, holder = at["exercise"], at["holder"]
        most = extent(lesser(lesser(wanted, net), ask("cashless_room", holder=holder)))[1]
        gone = Undetermined(net.needs, ZERO, extent(wanted)[1])
        common = Undetermined(net.needs, ZERO, None if most is None else whole_up(most))
        yield Refuse("exercise", exercise, "how many shares it gives is undetermined", "cashless")
        yield Set("shares_exercised", exercise, gone)
        yield Set("exact_exercise_shares", exercise, Undetermined(net.needs))
        yield Move(self.instrument, holder, EXERCISED, gone, at["lot"], role="exercised")
        yield from self._common(exercise, holder, common, None, ask)
        yield Set("shares_due_on_exercise", exercise, common)
        # The bounds reach up to the next whole share already.
        yield Set(SHARE_FOR_FRACTION, exercise, ZERO)

    def _issue(self, given_up: str, price: Any, at: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        """The warrant shares leave the warrant, and the common shares are issued, in one.

        ``price`` is what the company has for a common share: cash, or in a cashless exercise what is given up for it,
        which is worth its market price. Who tests issuances hears it while the shares are not outstanding yet.
        """
        exercise, holder = at["exercise"], at["holder"]
        common, source = ask("shares_on_exercise", **at), ask.source("shares_on_exercise", **at)
        gone, because = ask(given_up, **at), ask.source(given_up, **at)
        details = {"instrument": self.instrument, "lot": at["lot"], "shares": common, "price": price,
                   "day": ask.state.get(("value", "exercised_on", exercise))}
        yield Move(self.instrument, holder, EXERCISED, gone, at["lot"], because, "exercised")
        yield Occur("issued_on_exercise", exercise, details, "record_owner")
        yield from self._common(exercise, holder, common, source, ask)
        yield Set("shares_due_on_exercise", exercise, common, source)
        yield Set(SHARE_FOR_FRACTION, exercise, _to_next_whole(ask("exact_exercise_shares", exercise=exercise), common))

    def _common(self, exercise: str, holder: str, common: Any, source: Source | None, ask: Ask) -> Iterable[Effect]:
        designee = ask.state.get(("occurred", SUBMITTED, exercise)).details["designee"]
        yield Move(COMMON, ISSUER, designee or holder, common, rests_on=source, role="record_owner")
        before = ask.state.get(("value", "shares_of_exercise", exercise)) or ZERO
        yield Set("shares_of_exercise", exercise, before + common, role="record_owner")
        if self._charges:
            yield Occur("charged", holder, {"accounts": self._charges, "shares": common}, "charged")

    def on_exercise_split(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares split by themselves use up the accounts in their new number."""
        submitted = self._submitted(event.subject, ask)
        if submitted is not None and self._charges:
            details = {"accounts": self._charges, "shares": event.details["more"]}
            yield Occur("charged", submitted["holder"], details, "charged")

    @property
    def _charges(self) -> tuple[str, ...]:
        """The accounts that the shares issued use up."""
        return tuple(self.links.get("issued", {}).get("charges", ()))

    def on_fraction_funds_lacking(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """From the finding on, the fraction is a whole share instead; of an exercise made already, if still unpaid.

        That share is one of the exercise like the others: split with them, and of record, but not due, while it is in
        dispute. A number that the firm decided is conclusive, and leaves no fraction to round.
        """
        exercise = fact.details["exercise"]
        yield Set("fraction_funds_lacking_on", exercise, fact.effective, role="shares_on_exercise")
        submitted, more = self._submitted(exercise, ask), ask.state.get(("value", SHARE_FOR_FRACTION, exercise))
        if submitted is None or more is None:
            return
        why = self._why_not_rounded(exercise, ask)
        if why:
            yield Refuse("fraction_funds_lacking", exercise, why, "shares_on_exercise")
            return
        yield Set(SHARE_FOR_FRACTION, exercise, ZERO)
        if not determined(more) or more > 0:
            yield from self._add(exercise, submitted["holder"], more, ask)
        details = {"instrument": self.instrument, "holder": submitted["holder"], "more": more}
        yield Occur("fraction_rounded_up", exercise, details, "shares_on_exercise")

    def _add(self, exercise: str, holder: str, more: Any, ask: Ask) -> Iterable[Effect]:
        """Shares beyond those issued at first; what is in dispute is not due."""
        yield from self._common(exercise, holder, more, None, ask)
        undisputed = ask.state.get(("value", "undisputed_shares", exercise))
        issued = ask.state.get(("value", "shares_of_exercise", exercise))
        due = issued if undisputed is None else lesser(undisputed, issued)
        yield Set("shares_due_on_exercise", exercise, due, role="shares_on_exercise")

    def _why_not_rounded(self, exercise: str, ask: Ask) -> str:
        """Why a fraction cut off already stays as it is; empty where it does not."""
        if ask.state.get(("value", "shares_decided", exercise)) is not None:
            return "the number that the firm decided is conclusive"
        owed = ask.state.obligation("pay_fraction", exercise)
        return "cash was paid for the fraction" if owed is not None and owed.status == "performed" else ""


def _to_next_whole(exact: Any, issued: Any) -> Any:
    """What is missing to the next whole share: one, or nothing where there is no fraction."""
    return whole_up(exact) - issued if determined(exact) else Undetermined(exact.needs, ZERO, ONE)
