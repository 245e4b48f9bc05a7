"""The report on the shares still available, on a holder's request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByDate, Formula, History, Holding
from paripassu.values.dates import days_after
from paripassu.values.effects import Due, Effect, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import NO_LIMIT, extent, without

CAP = "exchange-cap"


def _exceeds(wanted: Any, room: Any) -> bool:
    """Whether it is certain that more is wanted than there is room for."""
    (least, _), (_, most) = extent(wanted), extent(room)
    return least is not None and most is not None and bool(most < least)


def cap_until_approval(cap_balance: Rational) -> Any:
    """What is left of the cap, of all holders together."""
    return cap_balance


def no_cap_left() -> Any:
    """After stockholder approval no cap limits what may be issued."""
    return NO_LIMIT


def still_issuable(cap_remaining: Any, reserved_amount: Rational) -> Any:
    """Common shares that may still be issued before one of the two is exceeded: the smaller."""
    return min(cap_remaining, reserved_amount)


@dataclass(frozen=True)
class AvailableShares(Clause):
    """On a holder's request the company reports the shares outstanding, issued, reserved and still issuable.

    The report names whatever prohibits issuance; at the holder's wish it is made public.
    """

    terms = {"report_days": TermSpec("whole", "days", "from delivery of the request to the report")}
    readings = (
        Reading(
            "R-XIVD-BOTH", "Is what may still be issued one number or one for each limit?", "textual",
            {"both and the smaller": "each balance is given, and the smaller", "one number": "the smaller alone"},
        ),
        Reading(
            "R-XIVD-V", "Five items are announced and four are listed: what is the fifth?", "textual",
            {"the prohibiting occurrence": "it comes first in the text", "none": "a relic of drafting"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """What is issued, left of the cap, and still issuable."""
        return {
            "issued_on_conversion": History("shares", waits_for="first issuance"),
            "cap_balance": Holding(CAP, "", "shares"),
            "cap_remaining": ByDate("shares", ((None, cap_until_approval), ("cap_lifted_on", no_cap_left))),
            "still_issuable": Formula(still_issuable, "shares"),
            **{name: History("shares", by="report") for name in self._ITEMS},
        }

    _ITEMS = {
        "reported_outstanding": "preferred_outstanding", "reported_issued": "issued_on_conversion",
        "reported_reserved": "reserved_amount", "reported_issuable": "still_issuable",
    }

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nothing is converted when the first lot is issued."""
        if ask.state.get(("value", "issued_on_conversion", "")) is None:
            yield Set("issued_on_conversion", "", 0)

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Every conversion adds to what was issued."""
        yield Set("issued_on_conversion", "", ask("issued_on_conversion") + event.details["common"], role="report")

    def on_shares_corrected(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What accountants found counts, not what was of record before."""
        others = without(ask("issued_on_conversion"), event.details["before"])
        yield Set("issued_on_conversion", "", others + event.details["after"], role="report")

    def on_payments_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Default payments that convert at maturity are issued on the conversion they join."""
        yield Set("issued_on_conversion", "", ask("issued_on_conversion") + event.details["common"], role="report")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Restated with the shares."""
        yield Set("issued_on_conversion", "", ask("issued_on_conversion") * event.details["ratio"], role="report")

    def after_report_requested(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The figures are those of the date of the request, on which a conversion of that date is of record."""
        yield Due(moment(fact.effective, Place.DAILY_TEST), "report_struck", fact.details["case"],
                  "the figures of the report on available shares are struck")

    def on_report_struck(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Each item as it stands, and whether a limit prohibits issuing what anybody could convert."""
        for item, figure in self._ITEMS.items():
            yield Set(item, due.subject, ask(figure), ask.source(figure), "report")
        short = self._short(ask)
        if short or _exceeds(ask("shares_issuable"), ask("still_issuable")):
            yield Occur("issuance_prohibited", due.subject, {"holders": short}, "report")

    def _short(self, ask: Ask) -> tuple[str, ...]:
        """The holders whose own portion of the cap does not suffice for all their shares."""
        return tuple(
            holder for holder in ask.state.holders(self.instrument)
            if _exceeds(ask("shares_issuable_to_holder", holder=holder), ask("exchange_cap_room", holder=holder))
        )

    def on_report_requested(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The report is due some days later."""
        case, holder = fact.details["case"], fact.details["holder"]
        due = days_after(fact.effective, int(self.values["report_days"].value))
        yield Owe("deliver_report", case, "company", holder, f"deliver the report on available shares ({case})", due,
                  role="deadline")
        if fact.details.get("disclose") == "yes":
            yield Owe("disclose_report", case, "company", holder, f"make the report public ({case})", role="deadline")
