"""Converting: the notice and its date, the number of shares, the holder of record, the delivery period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational, is_whole, whole_down, whole_up
from paripassu.values.bindings import (
    Binding,
    ByClass,
    ByDate,
    ByHolder,
    ByReading,
    Formula,
    History,
    SumOver,
    TermByReading,
)
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Due, Effect, Move, Occur, Refuse, Set, Source
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, CONVERTED, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import NO_LIMIT, determined, extent, lesser

VOID_OR_CUT = "R-49-CUT"


def conversion_date(
    date_specified: date, sent_date: date, sent_second: int, cutoff_second: int, business_days: Calendar
) -> date:
    """The date specified, if the notice is sent before the cut-off of that date; else the business day after sending.

    The last second before the cut-off is in time, the cut-off itself is late, although it is still the same day.
    """
    in_time = (sent_date, sent_second) < (date_specified, cutoff_second)
    return date_specified if in_time else business_days.next_open(sent_date)


@dataclass(frozen=True)
class NoticeOfConversion(Clause):
    """A notice in dollars of face amount, the date it specifies, and the conversion date that follows."""

    terms = {
        "cutoff_second": TermSpec("time", "second of the day", "a notice sent from this second on is late"),
        "bank_days": TermSpec("calendar", "calendar", "days on which the Federal Reserve's banks are open"),
        "new_york_bank_days": TermSpec("calendar", "calendar", "the same less New York's further holidays"),
        "exchange_days": TermSpec("calendar", "calendar", "days on which the exchange is open"),
    }
    readings = (
        Reading(
            "R-BD", "Which days are business days, where the words are not defined?", "computing",
            {
                "federal reserve": "days on which the Federal Reserve's banks are open",
                "new york": "the same, less New York's further public holidays",
                "exchange": "days on which the exchange is open",
            },
        ),
        Reading(
            "R-FAXED", "Is a fax sent when its transmission is confirmed or when somebody reads it?", "finding",
            {"confirmed transmission": "the instant recorded", "reading": "record the instant of reading instead"},
        ),
        Reading(
            "R-POSTDATE", "May a notice name a later date?", "finding",
            {"allowed": "the only condition is the cut-off of that date", "refused": "record no such notice"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The conversion date of a notice."""
        return {
            "conversion_date": Formula(conversion_date, "date"),
            "date_specified": History("date", by="notice"),
            "sent_date": History("date", by="notice"),
            "sent_second": History("second of the day", by="notice"),
            "business_days": TermByReading(
                "R-BD", "calendar",
                {
                    "federal reserve": self.values["bank_days"].value,
                    "new york": self.values["new_york_bank_days"].value,
                    "exchange": self.values["exchange_days"].value,
                },
            ),
        }

    def on_notice_of_conversion(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The notice is dated, and each share of it sought in the lots it names."""
        notice = fact.details["notice"]
        if ask.state.get(("value", "conversion_date_of_notice", notice)) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"notice {notice} is recorded twice", "give each notice a name of its own",
                fact.place,
            )
        day, second = ask.local_clock(fact)
        yield Set("date_specified", notice, fact.details["date_specified"])
        yield Set("sent_date", notice, day)
        yield Set("sent_second", notice, second)
        shares = fact.details["face_amount"] / ask("face_amount")
        if not is_whole(shares):
            why = "the Face Amount is not that of a whole number of shares"
            yield Refuse("conversion", notice, why, "whole_shares")
            return
        _check_lots(notice, shares, fact)
        dated = ask("conversion_date", notice=notice)
        yield Set("conversion_date_of_notice", notice, dated, ask.source("conversion_date", notice=notice), "date")
        yield Set("received_date", notice, day)
        details = {"holder": fact.details["holder"], "shares": int(shares), "lots": fact.details.get("lots"),
                   "date": dated, "received": day, "place": fact.place}
        yield Occur("conversion_submitted", notice, details, "date")


def _check_lots(notice: str, shares: Rational, fact: Fact) -> None:
    """Raise Problem IMPOSSIBLE_FACT where the lots named do not add up to the Face Amount."""
    named = fact.details.get("lots")
    if named and sum(quantity for _, quantity in named) != shares:
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"notice {notice} converts {shares} shares, but its lots add up to {sum(n for _, n in named)}",
            "correct the Face Amount or the lots", fact.place,
        )


def shares_per_preferred(face_amount: Rational, premium: Rational, conversion_price: Rational) -> Rational:
    """Common shares for one preferred share, before any rounding."""
    return (face_amount + premium) / conversion_price


def exact_shares(preferred_shares: Rational, shares_per_preferred: Rational) -> Rational:
    """Common shares for a number of preferred shares; rounded only on the total of the conversion."""
    return preferred_shares * shares_per_preferred


def shares_rounded_each(preferred_shares: Rational, shares_per_preferred: Rational) -> Rational:
    """Common shares when every single preferred share is rounded up."""
    return preferred_shares * whole_up(shares_per_preferred)


def conversion_shares(exact_conversion_total: Rational) -> int:
    """The total, rounded up to the next whole number; a whole total is not increased."""
    return whole_up(exact_conversion_total)


def cut_back(
    preferred_shares: int, conversion_room: Any, shares_taken: Rational, shares_per_preferred: Rational
) -> int:
    """The largest whole number of preferred shares whose rounded-up common fits the room left."""
    fits = (conversion_room - shares_taken) / shares_per_preferred
    return int(preferred_shares) if fits >= preferred_shares else max(0, whole_down(fits))


def all_or_nothing(
    preferred_shares: int, conversion_room: Any, shares_taken: Rational, shares_per_preferred: Rational
) -> int:
    """Nothing converts when not all of it fits."""
    return int(preferred_shares) if preferred_shares * shares_per_preferred <= conversion_room - shares_taken else 0


def conversion_room(ownership_room: Any, exchange_cap_room: Any) -> Any:
    """Each limit applies as if the other did not exist: the smaller room binds."""
    return min(ownership_room, exchange_cap_room)


@dataclass(frozen=True)
class OptionalConversion(Clause):
    """The right to convert: how many shares, cut to the limits; record ownership; cancellation."""

    readings = (
        Reading(
            "R-ROUND-LEVEL", "Is each preferred share rounded up, or the total of the conversion?", "computing",
            {"total": "once for each notice and holder", "each share": "every preferred share by itself"},
        ),
        Reading(
            VOID_OR_CUT, "Is a notice beyond a limit cut back to it or void?", "computing",
            {"cut back": "to the extent, but only to the extent", "void": "nothing converts"},
        ),
        Reading(
            "R-CONV-EFF", "When do the preferred shares end: on submission or at the close of the conversion date?",
            "textual",
            {"close of business": "one instant for both securities", "submission": "on submission of the notice"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Shares on conversion: for one share, for a quantity, for a notice, for everything outstanding."""
        return {
            "shares_per_preferred": Formula(shares_per_preferred, "shares per share"),
            "preferred_shares": History("shares", by="notice", waits_for="number of preferred shares"),
            "exact_conversion_shares": ByReading(
                "R-ROUND-LEVEL", "shares", {"total": exact_shares, "each share": shares_rounded_each}
            ),
            "preferred_by_lot": History("shares", by="notice", waits_for="lots converted"),
            "exact_conversion_total": SumOver(
                "exact_conversion_shares", "preferred_by_lot", "lot", "preferred_shares", "shares"
            ),
            "conversion_shares": Formula(conversion_shares, "shares", "up to the next whole share, once"),
            "shares_taken": History("shares", by="notice"),
            "conversion_room": Formula(conversion_room, "shares"),
            "convertible_preferred": ByReading(
                VOID_OR_CUT, "shares", {"cut back": cut_back, "void": all_or_nothing}
            ),
            "holding_by_class": ByClass(self.instrument, "fixed_conversion_price", by="holder"),
            "exact_shares_of_holder": SumOver(
                "exact_conversion_shares", "holding_by_class", "class", "preferred_shares", "shares"
            ),
            "shares_issuable_to_holder": Formula(shares_issuable_to_holder, "shares", "up to the next whole share"),
            "outstanding_by_class": ByClass(self.instrument, "fixed_conversion_price"),
            "exact_shares_issuable": SumOver(
                "exact_conversion_shares", "outstanding_by_class", "class", "preferred_shares", "shares"
            ),
            "outstanding_by_holder": ByHolder(self.instrument, "shares"),
            "shares_of_holder": History("shares", by="holder"),
            "exact_shares_by_holder": SumOver(
                "exact_shares_of_holder", "outstanding_by_holder", "holder", "shares_of_holder", "shares"
            ),
            "own_prices_since": History("date", waits_for="price_option"),
            "shares_issuable": ByDate(
                "shares", ((None, shares_issuable), ("own_prices_since", shares_issuable_at_own_prices)),
                "up to the next whole share",
            ),
        }

    def after_conversion_submitted(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The conversion takes effect at the close of business of its date, in the order of submission."""
        when = moment(event.details["date"], Place.CLOSE_OF_BUSINESS)
        yield Due(when, "conversion_effective", event.subject, f"conversion {event.subject} takes effect")

    def on_conversion_effective(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Shares convert as far as the limits let them; the rest stays outstanding."""
        notice = due.subject
        submitted = ask.state.get(("occurred", "conversion_submitted", notice)).details
        holder, day = submitted["holder"], submitted["date"]
        parts = self._parts(notice, submitted, ask)
        missing = submitted["shares"] - sum((sought for _, sought, _, _ in parts), 0)
        if determined(missing) and missing > 0:
            yield Refuse("conversion", notice, f"{missing} of the shares noticed are not held", "shares_held")
        refused = sum((sought - fits for _, sought, fits, _ in parts), 0)
        converting = [part for part in parts if not determined(part[2]) or part[2] > 0]
        if determined(refused) and refused > 0 and ask.reading(VOID_OR_CUT) == "void":
            converting = []
        for lot, _, fits, source in converting:
            yield Move(self.instrument, holder, CONVERTED, fits, lot, source, "converted")
        if not determined(refused) or refused > 0:
            yield from self._refuse(notice, refused, holder, day, ask)
        if converting:
            yield from self._issue(notice, holder, day, tuple((lot, fits) for lot, _, fits, _ in converting), ask)

    def _parts(self, notice: str, submitted: Mapping[str, Any], ask: Ask) -> list[tuple[str, Any, Any, Source]]:
        """Each lot the notice draws on: how many shares it seeks there, how many fit, and the figure that says so."""
        holder, day = submitted["holder"], submitted["date"]
        parts: list[tuple[str, Any, Any, Source]] = []
        taken: Any = 0
        for lot, sought in self._lots(notice, submitted, ask):
            given = {"preferred_shares": sought, "shares_taken": taken}
            if "beyond_limits" in submitted:
                given["conversion_room"] = NO_LIMIT
            fits = ask("convertible_preferred", on=day, lot=lot, holder=holder, given=given)
            source = ask.source("convertible_preferred", on=day, lot=lot, holder=holder, given=given)
            parts.append((lot, sought, fits, source))
            taken = taken + ask(
                "exact_conversion_shares", on=day, lot=lot, holder=holder, given={"preferred_shares": fits}
            )
        return parts

    def _lots(self, notice: str, submitted: Mapping[str, Any], ask: Ask) -> list[tuple[str, Any]]:
        """The lots a notice draws on, in the order named; oldest first where all carry the same terms.

        Raises Problem INCOMPLETE_FACT where the lots differ and none is named.
        """
        holder = submitted["holder"]
        if submitted["lots"]:
            named = [
                (lot, sought, ask.state.position(self.instrument, holder, lot)) for lot, sought in submitted["lots"]
            ]
            return [(lot, lesser(sought, held)) for lot, sought, held in named if not determined(held) or held > 0]
        held = ask.state.lots(self.instrument, holder)
        if len(ask.state.class_totals(self.instrument, "fixed_conversion_price", holder)) > 1:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT,
                f"notice {notice} names no certificate although {holder}'s lots carry different prices",
                'say how many shares of which lot, such as lots: {"B-1": 100}',
                submitted["place"],
            )
        wanted: Any = submitted["shares"]
        drawn: list[tuple[str, Any]] = []
        for lot, quantity in held.items():
            take = lesser(wanted, quantity)
            if not determined(take) or take > 0:
                drawn.append((lot, take))
                wanted = wanted - take
        return drawn

    def _refuse(self, notice: str, refused: Any, holder: str, day: date, ask: Ask) -> Iterable[Effect]:
        rooms = {name: ask(name, on=day, holder=holder) for name in ("ownership_room", "exchange_cap_room")}
        if determined(refused):
            known = {name: room for name, room in rooms.items() if determined(room)}
            binding = min(known or rooms, key=lambda name: extent(rooms[name])[0] or 0)
            words = f"{refused} preferred shares stay outstanding: they would exceed the limit"
        else:
            binding = next((name for name, room in rooms.items() if not determined(room)), "ownership_room")
            words = "whether all of it converts is undetermined"
        source = ask.source(binding, on=day, holder=holder)
        yield Refuse("conversion", notice, words, binding, source)
        if binding == "exchange_cap_room" and determined(refused):
            yield Occur("blocked_by_cap", notice, {"holder": holder}, "")

    def _issue(
        self, notice: str, holder: str, day: date, converted: tuple[tuple[str, Any], ...], ask: Ask
    ) -> Iterable[Effect]:
        yield Set("preferred_by_lot", notice, converted)
        source = ask.source("conversion_shares", on=day, holder=holder, notice=notice)
        common = ask("conversion_shares", on=day, holder=holder, notice=notice)
        yield Move(COMMON, ISSUER, holder, common, rests_on=source, role="record_holder")
        yield Set("shares_due", notice, common, source)
        preferred = sum((shares for _, shares in converted), 0)
        details = {"holder": holder, "preferred": preferred, "common": common, "date": day}
        yield Occur("converted", notice, details, "converted")


def shares_issuable_to_holder(exact_shares_of_holder: Rational) -> int:
    """What a holder would receive on converting all it holds, without regard to limits."""
    return whole_up(exact_shares_of_holder)


def shares_issuable(exact_shares_issuable: Rational) -> int:
    """What all outstanding preferred would convert into, without regard to limits."""
    return whole_up(exact_shares_issuable)


def shares_issuable_at_own_prices(exact_shares_by_holder: Rational) -> int:
    """The same where holders have variable prices of their own: each holder's shares at its price."""
    return whole_up(exact_shares_by_holder)
