"""What the company must deliver on a conversion, and when: confirmation, surrender, the delivery period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Set, Source
from paripassu.values.excess import GIVE_BACK, in_excess
from paripassu.values.facts import Fact
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.splits import restated
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, extent


def delivery_period_end(
    conversion_date: date,
    certificates_delivered_on: date,
    delivery_days: int,
    certificate_days: int,
    business_days: Calendar,
) -> date:
    """The later of so many business days after the conversion date and after the certificates reach the company."""
    return max(
        business_days.add(conversion_date, int(delivery_days)),
        business_days.add(certificates_delivered_on, int(certificate_days)),
    )


@dataclass(frozen=True)
class Delivery(Clause):
    """Confirmation, surrender of certificates, and delivery of the common shares within the delivery period."""

    terms = {
        "surrender_days": TermSpec("whole", "business days", "from receipt of the confirmation to the courier"),
        "delivery_days": TermSpec("whole", "business days", "from the conversion date to delivery"),
        "certificate_days": TermSpec("whole", "business days", "from arrival of the certificates to delivery"),
    }
    readings = (
        Reading(
            "R-LATESURR", "What follows when certificates are surrendered late?", "textual",
            {"delivery waits": "only the delivery period is postponed", "rescinded": "the conversion falls away"},
        ),
        Reading(
            "R-IMMED", "How soon is immediately?", "finding",
            {"same business day": "later is overdue", "reasonable time": "a person decides"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """When the delivery period of a notice ends."""
        return {
            "delivery_period_end": Formula(delivery_period_end, "date"),
            "certificates_delivered_on": History("date", by="notice", waits_for="certificates_delivered"),
            "shares_due": History("shares", by="notice", waits_for="conversion"),
            "over_delivered": History("shares", by="act"),
        }

    def on_conversion_submitted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The company owes its confirmation at once, to whom holds something: nobody else is a Holder."""
        holder, due = event.details["holder"], event.details["received"]
        if ask.state.total(self.instrument, holder) == 0:
            return
        if not ask.calendar("business_days").is_open(due):
            due = ask.calendar("business_days").next_open(due)
        yield Owe("confirm_receipt", event.subject, "company", holder, f"confirm receipt of notice {event.subject}",
                  due, role="confirmation")

    def on_confirmation_of_receipt(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The company has confirmed; the holder's period to surrender begins."""
        notice = fact.details["notice"]
        _check_notice(notice, fact, ask)
        owed = ask.state.obligation("confirm_receipt", notice)
        if owed is None or owed.status == "performed":
            return
        yield Discharge("confirm_receipt", notice, "confirmation")
        due = ask.calendar("business_days").add(fact.effective, int(self.values["surrender_days"].value))
        what = f"hand the certificates for notice {notice} to the courier"
        if ask.state.get(("value", "certificates_delivered_on", notice)) is None:
            yield Owe("surrender_certificates", notice, owed.creditor, "company", what, due, role="surrender")

    def on_certificates_surrendered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Handing the certificates to the courier is what the holder owes, not their arrival."""
        notice = fact.details["notice"]
        _check_notice(notice, fact, ask)
        yield from self._surrendered(notice, ask)

    def _surrendered(self, notice: str, ask: Ask) -> Iterable[Effect]:
        owed = ask.state.obligation("surrender_certificates", notice)
        if owed is not None and owed.status != "performed":
            yield Discharge("surrender_certificates", notice, "surrender")

    def on_certificates_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The second limb of the delivery period is now known."""
        notice = fact.details["notice"]
        _check_notice(notice, fact, ask)
        if ask.state.get(("value", "certificates_delivered_on", notice)) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"the certificates for notice {notice} are recorded as delivered twice",
                "keep the day on which the last of them arrived", fact.place,
            )
        yield Set("certificates_delivered_on", notice, fact.effective)
        yield from self._surrendered(notice, ask)
        if ask.state.obligation("deliver_common", notice) is not None:
            yield from self._owe(notice, ask)

    def on_certificates_accounted_for(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Proof of loss accepted for the last certificate of a notice stands for its delivery."""
        if ask.state.get(("value", "certificates_delivered_on", event.subject)) is None:
            yield Set("certificates_delivered_on", event.subject, event.details["date"])
            yield from self._surrendered(event.subject, ask)
            if ask.state.obligation("deliver_common", event.subject) is not None:
                yield from self._owe(event.subject, ask)

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The company owes the shares."""
        yield from self._owe(event.subject, ask)
        yield from self._discharge(event.subject, ask)
        yield from self._over(event.subject, ask)

    def on_shares_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What was delivered counts toward the notice; all of it performs the duty."""
        notice = fact.details["notice"]
        _check_notice(notice, fact, ask)
        before = ask.state.get(("value", "shares_delivered", notice)) or 0
        yield Set("shares_delivered", notice, before + fact.details["shares"], role="delivery")
        details = {"shares": fact.details["shares"], "delivered": before + fact.details["shares"]}
        yield Occur("part_delivered", notice, details, "delivery")
        yield from self._discharge(notice, ask)
        yield from self._over(notice, ask)

    def _over(self, notice: str, ask: Ask) -> Iterable[Effect]:
        """More was delivered than the conversion gives."""
        holder = ask.state.get(("occurred", "conversion_submitted", notice)).details["holder"]
        delivered = ask.state.get(("value", "shares_delivered", notice)) or 0
        most = extent(ask.state.get(("value", "shares_due", notice)))[1]
        over = max(0, delivered - most) if most is not None else 0
        if over > 0:
            found, due = number(delivered, "shares"), number(most, "shares")
            why = f"{found} shares are delivered for notice {notice}, of which {due} are due"
            yield from in_excess("shares_delivered", notice, holder, over, "over_delivered", why, "delivery")
        yield from self._issued_beyond(notice, holder, over, ask)

    def _issued_beyond(self, notice: str, holder: str, over: Any, ask: Ask) -> Iterable[Effect]:
        """Shares delivered beyond what is due are issued all the same, and use up the accounts, until given back."""
        before: Any = ask.state.get(("value", "issued_beyond", notice)) or 0
        if over == before:
            return
        source, target = (ISSUER, holder) if over > before else (holder, ISSUER)
        yield Move(COMMON, source, target, abs(over - before), role="delivery")
        yield Set("issued_beyond", notice, over, role="delivery")
        accounts = tuple(self.links["excess"]["charge"])
        yield Occur("charged", holder, {"accounts": accounts, "shares": over - before}, "delivery")

    def on_duty_performed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Shares given back are no longer issued."""
        duty, _, subject = fact.details["obligation"].partition(":")
        role, _, notice = subject.partition("/")
        beyond: Any = ask.state.get(("value", "issued_beyond", notice))
        if (duty, role) == (GIVE_BACK, "delivery") and beyond:
            holder = ask.state.get(("occurred", "conversion_submitted", notice)).details["holder"]
            delivered = ask.state.get(("value", "shares_delivered", notice))
            yield Set("shares_delivered", notice, delivered - beyond, role="delivery")
            yield from self._issued_beyond(notice, holder, 0, ask)

    def on_shares_corrected(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Another number was found due: delivery of the first number no longer performs the duty, or now does."""
        notice = event.subject
        owed = ask.state.obligation("deliver_common", notice)
        delivered = ask.state.get(("value", "shares_delivered", notice)) or 0
        if owed is not None and owed.status == "performed" and delivered < event.details["after"]:
            yield from self._owe_by(event.details["ends"], notice, ask)
        yield from self._discharge(notice, ask)
        yield from self._over(notice, ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares of record before a split and not yet delivered are owed in the new number."""
        for name in ("shares_due", "shares_delivered", "over_delivered", "issued_beyond"):
            yield from restated(ask.state, name, event.details["ratio"], "delivery")

    def _owe(self, notice: str, ask: Ask) -> Iterable[Effect]:
        ends = ask("delivery_period_end", notice=notice)
        owed = ask.state.obligation("deliver_common", notice)
        if owed is None or owed.status != "performed":
            yield from self._owe_by(ends, notice, ask, ask.source("delivery_period_end", notice=notice))
        elif determined(ends):
            source = ask.source("delivery_period_end", notice=notice)
            yield Set("delivery_period_ends", notice, ends, source, "delivery")

    def _owe_by(self, ends: Any, notice: str, ask: Ask, source: Source | None = None) -> Iterable[Effect]:
        known = determined(ends)
        if known:
            yield Set("delivery_period_ends", notice, ends, source, "delivery")
        converted = ask.state.get(("occurred", "converted", notice)).details
        yield Owe(
            "deliver_common", notice, "company", converted["holder"],
            f"deliver the common shares of notice {notice}", ends if known else None,
            "" if known else "certificates_delivered", "shares_due", {"notice": notice}, "delivery",
        )

    def _discharge(self, notice: str, ask: Ask) -> Iterable[Effect]:
        owed = ask.state.obligation("deliver_common", notice)
        delivered = ask.state.get(("value", "shares_delivered", notice)) or 0
        if owed is None or owed.status == "performed":
            return
        most = extent(ask.state.get(("value", "shares_due", notice)))[1]
        if most is not None and delivered >= most:
            yield Discharge("deliver_common", notice, "delivery")
            yield Occur("delivered_in_full", notice, {"date": ask.now_day}, "delivery")


def _check_notice(notice: str, fact: Fact, ask: Ask) -> None:
    """Raise Problem IMPOSSIBLE_FACT where a fact speaks of a notice nobody recorded."""
    if ask.state.get(("occurred", "conversion_submitted", notice)) is None:
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"a {fact.kind} of {fact.effective} speaks of notice {notice}, which is not recorded",
            "record the notice first, or correct its name",
            fact.place,
        )
