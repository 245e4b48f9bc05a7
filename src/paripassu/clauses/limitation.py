"""What a holder may not exceed: the exchange's cap on issuance and the limit on beneficial ownership."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ONE, ZERO, Rational, whole_down, whole_up
from paripassu.values.bindings import Binding, ByDate, Formula, History, Holding
from paripassu.values.effects import Due, Effect, Move, Occur, Set
from paripassu.values.excess import in_excess
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.printing import number
from paripassu.values.splits import issued, issued_after, record_owner, restated
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import NO_LIMIT, extent, lesser, without

CAP = "exchange-cap"


def room_under_cap(cap_portion: Rational) -> Any:
    """The unissued part of the holder's portion, in whole shares; nothing below zero."""
    return max(0, whole_down(cap_portion))


def no_cap() -> Any:
    """After stockholder approval nothing is capped."""
    return NO_LIMIT


@dataclass(frozen=True)
class ExchangeCap(Clause):
    """Shares that may be issued before stockholder approval, one pool for the securities the papers name."""

    terms = {
        "cap_amount": TermSpec("whole", "shares", "shares issuable without stockholder approval"),
        "approval_deadline": TermSpec("date", "date", "last day to eliminate the prohibition"),
    }
    readings = (
        Reading(
            "R-CAP-POOL", "Do other securities of the holder use up the same number?", "computing",
            {"shared pool": "one pool for both series and the warrants", "this series alone": "each by itself"},
        ),
        Reading(
            "R-CAP-GEM", "Do the placement agent's warrants use the number?", "textual",
            {"no": "they are not among the Warrants defined", "yes": "they lower the room by what is exercised"},
        ),
        Reading(
            "R-CAP-SPLIT", "Does a split change the number?", "computing",
            {"with the split": "the rule is a percentage", "fixed number": "no adjustment is written"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The holder's room under the cap."""
        return {
            "exchange_cap_room": ByDate("shares", ((None, room_under_cap), ("cap_lifted_on", no_cap))),
            "cap_lifted_on": History("date", waits_for="stockholder_approval"),
            "cap_portion": Holding(CAP, "holder", "shares"),
            "over_cap": History("shares", by="act"),
        }

    def on_stockholder_approval(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """No cap from the approval on."""
        yield Set("cap_lifted_on", "", fact.effective, role="approval")
        yield Occur("cap_lifted", "", {"date": fact.effective}, "approval")

    def on_cap_waiver(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A higher number that the exchange permits adds to what is allocated."""
        permitted = ask.state.get(("value", "cap_permitted", "")) or self.values["cap_amount"].value
        if fact.details["shares"] > permitted:
            yield Set("cap_permitted", "", fact.details["shares"], role="waiver")
            yield Occur("account_increased", CAP, {"by": fact.details["shares"] - permitted}, "waiver")

    def on_common_issued(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares issued under the holder's other securities are its shares, and use the pool they share."""
        holder, shares = fact.details["holder"], fact.details["shares"]
        pooled = ask.reading("R-CAP-POOL") == "shared pool"
        capped = pooled and bool(ask.state.holders(CAP))
        room = extent(ask("exchange_cap_room", holder=holder))[1] if capped else None
        yield Move(COMMON, ISSUER, holder, shares, role="issued")
        if pooled:
            yield Occur("charged", holder, {"accounts": (CAP,), "shares": shares}, "pool")
        act = f"{holder}/{fact.details['under']}/{fact.effective}"
        if room is not None and shares > room:
            why = _why(shares, f"the cap leaves room for {number(room, 'shares')}")
            yield from in_excess("common_issued", act, holder, shares - room, "over_cap", why, "exchange_cap_room")
        yield Occur("issued_elsewhere", act, {"holder": holder, "shares": shares}, "issued")

    def after_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Due]:
        """The day by which the prohibition had to be eliminated."""
        if ask.state.get(("value", "allocated", "")) is None:
            when = moment(self.values["approval_deadline"].value, Place.END_OF_DAY)
            yield Due(when, "approval_deadline_passed", "", "last day to eliminate the cap by stockholder approval",
                      "the first element of redemption event (viii) is met", "approval")

    def on_proxy_mailed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The stockholders are asked by proxy; after the last day that is a breach, whatever the vote brings."""
        late = fact.effective > self.values["approval_deadline"].value
        yield Occur("solicited_late" if late else "solicited_in_time", fact.effective.isoformat(), {}, "solicitation")

    def on_approval_deadline_passed(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Without approval by that day the first element of the redemption event is met."""
        lifted = ask.state.get(("value", "cap_lifted_on", ""))
        if lifted is None and ask.state.get(("occurred", "cap_not_eliminated", "")) is None:
            yield Occur("cap_not_eliminated", "", {}, "approval")


def _why(shares: int, room: str) -> str:
    """An act past a limit, in words."""
    return f"{number(shares, 'shares')} shares are issued where {room}"


def ownership_room(
    limit_rate: Rational, shares_outstanding: Rational, acquirable_reported: Rational, beneficially_owned: Rational
) -> int:
    """How many new shares leave the group at or under the limit, the new shares counting on both sides.

    From (H + k) / (S + R + k) <= L follows k <= (L (S + R) - H) / (1 - L), in whole shares.
    """
    exact = (limit_rate * (shares_outstanding + acquirable_reported) - beneficially_owned) / (1 - limit_rate)
    return max(0, whole_down(exact))


def ownership_excess(
    limit_rate: Rational, shares_outstanding: Rational, acquirable_reported: Rational, beneficially_owned: Rational
) -> int:
    """How many shares fewer would leave the group at the limit: the same relation solved for shares given back."""
    return max(0, whole_up((beneficially_owned - limit_rate * (shares_outstanding + acquirable_reported))
                           / (1 - limit_rate)))


def beneficially_owned(
    owned_reported: Rational, acquirable_reported: Rational, common_held: Rational, common_at_report: Rational
) -> Rational:
    """What was last reported as owned and as acquirable, together, and what was issued to the holder since."""
    return owned_reported + acquirable_reported + common_held - common_at_report


def shares_outstanding(
    outstanding_reported: Rational, issuer_position: Rational, issuer_position_at_report: Rational
) -> Rational:
    """What was last reported, and what was issued since on the facts recorded."""
    return outstanding_reported + issuer_position_at_report - issuer_position


@dataclass(frozen=True)
class OwnershipLimit(Clause):
    """A holder and its affiliates may not become beneficial owners of more than a percentage; exactly it is allowed."""

    terms = {"limit_rate": TermSpec("number", "of the common", "largest part that may be beneficially owned")}
    readings = (
        Reading(
            "R-49-AGG", "Are holder and affiliates counted together or each alone?", "finding",
            {"together": "report the group's shares", "each alone": "report each person's shares"},
        ),
        Reading(
            "R-FIVE", "The heading says five per cent, the text less: which governs?", "textual",
            {"text": "the text governs", "heading": "five per cent"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The holder's room under the limit, from the latest reports and what was issued since."""
        report = "beneficial_ownership"
        return {
            "ownership_room": Formula(ownership_room, "shares", "down to the whole share"),
            "ownership_excess": Formula(ownership_excess, "shares", "up to the whole share"),
            "over_ownership_limit": History("shares", by="act"),
            "beneficially_owned": Formula(beneficially_owned, "shares"),
            "owned_reported": History("shares", by="holder", waits_for=report),
            # The most room is left when the group owns nothing and may acquire nothing; then it held nothing either.
            "acquirable_reported": History("shares", by="holder", waits_for=report, bounded_at_zero=True),
            "common_at_report": History("shares", by="holder", waits_for=report, bounded_at_zero=True),
            "common_held": Holding(COMMON, "holder", "shares"),
            "shares_outstanding": Formula(shares_outstanding, "shares"),
            "outstanding_reported": History("shares", waits_for="shares_outstanding"),
            "issuer_position": Holding(COMMON, "", "shares", ISSUER),
            "issuer_position_at_report": History("shares", waits_for="shares_outstanding", bounded_at_zero=True),
        }

    def on_beneficial_ownership(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        holder = fact.details["holder"]
        yield Set("owned_reported", holder, fact.details["owned"], role="ownership_room")
        yield Set("acquirable_reported", holder, fact.details["acquirable"], role="ownership_room")
        yield Set("common_at_report", holder, ask.state.total(COMMON, holder), role="ownership_room")
        yield Set("ownership_reported_on", holder, fact.effective, role="ownership_room")
        before = tuple(one.subject for one, _ in issued(ask.state) if record_owner(one) == holder)
        yield Set("exercises_at_report", holder, before)

    def on_issued_elsewhere(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued past the limit; of what is above it, no more than was issued now."""
        holder, shares = event.details["holder"], event.details["shares"]
        above = extent(ask("ownership_excess", holder=holder))[0] or 0
        excess = min(above, shares)
        if excess > 0:
            why = _why(shares, f"the ownership limit leaves room for {number(shares - excess, 'shares')}")
            yield from in_excess("common_issued", event.subject, holder, excess, "over_ownership_limit", why,
                                 "ownership_room")

    def on_shares_outstanding(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before."""
        yield Set("outstanding_reported", "", fact.details["shares"], role="ownership_room")
        yield Set("issuer_position_at_report", "", ask.state.total(COMMON, ISSUER), role="ownership_room")
        yield Set("outstanding_reported_on", "", fact.effective, role="ownership_room")

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Reported numbers are restated with the shares, without those that are not split."""
        changed, record_date = event.details["ratio"], event.details["record_date"]
        for name in ("acquirable_reported", "outstanding_reported", "issuer_position_at_report"):
            yield from restated(ask.state, name, changed, "ownership_room")
        ahead = list(issued_after(ask.state, record_date))
        for _, _, holder in list(ask.state.keys("value", "owned_reported")):
            shares = sum((shares for one, shares in ahead if self._is_in_report(one, holder, ask)), ZERO)
            yield from self._restate(holder, shares, ONE, changed, ask)

    def on_exercise_split(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What an exercise brought that is split by itself is restated by itself."""
        exercised = ask.state.get(("occurred", "exercised", event.subject))
        holder, changed = record_owner(exercised), event.details["ratio"]
        if self._is_in_report(exercised, holder, ask):
            yield from self._restate(holder, event.details["shares"], changed, ONE, ask)

    def _is_in_report(self, exercised: Occur, holder: str, ask: Ask) -> bool:
        """Whether its shares were issued to the holder when the last report on the holder was made."""
        return exercised.subject in (ask.state.get(("value", "exercises_at_report", holder)) or ())

    def _restate(self, holder: str, shares: Any, those: Rational, others: Rational, ask: Ask) -> Iterable[Effect]:
        """A report when some of the shares then issued to the holder become another number than all others.

        They count among those reported as owned, as far as that many were: what was not owned had been sold.
        """
        for name, part in (("owned_reported", lesser(ask("owned_reported", holder=holder), shares)),
                           ("common_at_report", shares)):
            rest = without(ask(name, holder=holder), part)
            yield Set(name, holder, part * those + rest * others, role="ownership_room")
