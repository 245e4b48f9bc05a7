"""What follows an exercise: the paper sent in, shares by account or certificate, a new paper for the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, extent

BY_ACCOUNT = "R-W05-AORB"


def documents_received_on(exercised_on: date, warrant_received_on: date) -> date:
    """The day on which the last of notice, price (or election) and warrant was received."""
    return max(exercised_on, warrant_received_on)


def share_delivery_date(documents_received_on: date, delivery_days: int, exercise_days: Calendar) -> date:
    """So many business days after everything was received."""
    return exercise_days.add(documents_received_on, int(delivery_days))


def on_deemed_exercise(exercised_on: date) -> date:
    """The warrant counts as delivered when the holder becomes holder of record."""
    return exercised_on


def on_receipt(warrant_received_on: date) -> date:
    """The warrant is delivered when it reaches the company."""
    return warrant_received_on


def new_warrant_date(warrant_delivery_date: date, new_warrant_days: int, exercise_days: Calendar) -> date:
    """The last business day for a new warrant for the rest."""
    return exercise_days.add(warrant_delivery_date, int(new_warrant_days))


@dataclass(frozen=True)
class ExerciseDelivery(Clause):
    """After an exercise: surrender of the paper, delivery of the shares, notice to the exchange, a new paper."""

    terms = {
        "delivery_days": TermSpec("whole", "business days", "from receipt of all documents to delivery"),
        "new_warrant_days": TermSpec("whole", "business days", "from the warrant delivery date to a new warrant"),
    }
    readings = (
        Reading(
            "R-W05-WDD", "When is the warrant deemed delivered for purposes of exercise?", "computing",
            {"deemed exercise": "when the holder is of record", "receipt": "when the paper reaches the company"},
        ),
        Reading(
            BY_ACCOUNT, "Credit to an account \"or\" a certificate: who chooses?", "computing",
            {"conditions": "the account where both conditions are met, else the certificate",
             "free choice": "the company may do either"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The dates that count for delivery."""
        return {
            "warrant_received_on": History("date", by="exercise", waits_for="warrant_received"),
            "documents_received_on": Formula(documents_received_on, "date"),
            "share_delivery_date": Formula(share_delivery_date, "date"),
            "warrant_delivery_date": ByReading(
                "R-W05-WDD", "date", {"deemed exercise": on_deemed_exercise, "receipt": on_receipt}
            ),
            "new_warrant_date": Formula(new_warrant_date, "date"),
            "shares_due": History("shares", by="exercise", waits_for="exercise"),
        }

    # -- the exercise

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Everything that follows it is owed from now."""
        if event.details["instrument"] != self.instrument:
            return
        exercise, holder, lot = event.subject, event.details["holder"], event.details["lot"]
        yield from self._owe_paper(exercise, holder, lot, ask)
        yield Owe("give_notice_of_issuance", exercise, "company", holder,
                  f"deliver official notice of the issuance of {exercise} to the exchange", event.details["date"],
                  role="official_notice")
        yield from self._owe_shares(exercise, ask)
        yield from self._owe_new_warrant(exercise, ask)

    def _owe_paper(self, exercise: str, holder: str, lot: str, ask: Ask) -> Iterable[Effect]:
        """The holder sends the paper in, unless the company has it from an earlier exercise of the same holder."""
        paper = f"{holder}/{lot}"
        if ask.state.get(("value", "paper_at_company", paper)):
            yield Set("warrant_received_on", exercise, ask.now_day, role="surrender")
            return
        yield Owe("surrender_warrant", exercise, holder, "company",
                  f"send the warrant of {exercise} by overnight carrier, as soon as practicable",
                  awaits="warrant_surrendered", role="surrender")
        received = self._received(exercise, ask) is not None
        if received:
            yield Set("paper_at_company", paper, True)
        if received or ask.state.get(("value", "surrendered_on", exercise)) is not None:
            yield Discharge("surrender_warrant", exercise, "surrender")

    def _owe_shares(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        due = ask("share_delivery_date", exercise=exercise)
        known = determined(due)
        if known:
            yield Set("shares_due_by", exercise, due, ask.source("share_delivery_date", exercise=exercise), "delivery")
        yield Owe(
            "deliver_shares", exercise, "company", self._of(exercise, ask)["holder"],
            f"deliver the shares of {exercise}", due if known else None, "" if known else "warrant_received",
            "shares_due", {"exercise": exercise}, "delivery", "no remedy is stated",
        )

    def _owe_new_warrant(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        lot = self._of(exercise, ask)["lot"]
        at = {"exercise": exercise, "lot": lot}
        left = extent(ask("new_warrant_shares", **at))[1]
        if left is not None and left <= 0:
            return
        due = ask("new_warrant_date", exercise=exercise)
        known = determined(due)
        yield Owe(
            "deliver_new_warrant", exercise, "company", self._of(exercise, ask)["holder"],
            f"issue a new warrant for what {exercise} left", due if known else None,
            "" if known else "warrant_received", "new_warrant_shares", at, "new_warrant", "no remedy is stated",
        )

    # -- the paper

    def on_warrant_surrendered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Handed to the carrier: that is what the holder owes."""
        yield Set("surrendered_on", fact.details["exercise"], fact.effective, role="surrender")
        yield from self._sent(fact.details["exercise"], ask)

    def on_warrant_received(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The last document may be there; the clock of the delivery runs from it."""
        exercise = fact.details["exercise"]
        if self._received(exercise, ask) is not None:
            raise Problem(
                ProblemKind.DUPLICATE, f"the warrant is received twice for {exercise}", "keep the first day",
                fact.place,
            )
        yield Set("warrant_received_on", exercise, fact.effective, role="surrender")
        yield from self._sent(exercise, ask)
        if ask.state.get(("occurred", "exercised", exercise)) is None:
            return
        told = self._of(exercise, ask)
        yield Set("paper_at_company", f"{told['holder']}/{told['lot']}", True)
        if self._is_open("deliver_shares", exercise, ask):
            yield from self._owe_shares(exercise, ask)
        owed = ask.state.obligation("deliver_new_warrant", exercise)
        if owed is not None and owed.status == "pending":
            yield from self._owe_new_warrant(exercise, ask)

    def _sent(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        if self._is_open("surrender_warrant", exercise, ask):
            yield Discharge("surrender_warrant", exercise, "surrender")

    # -- what the company delivers

    def on_dtc_eligibility(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Whether shares can go to the holder's account."""
        both = fact.details["agent_participates"] == fact.details["holder_eligible"] == "yes"
        yield Set("credit_is_possible", fact.details["holder"], both, role="form")

    def on_warrant_shares_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Deliveries add up; all of them perform the duty, a certificate too, though an account was due."""
        exercise = fact.details["exercise"]
        told = self._of(exercise, ask, fact)
        before = ask.state.get(("value", "shares_delivered_on", exercise)) or 0
        yield Set("shares_delivered_on", exercise, before + fact.details["shares"], role="delivery")
        account = ask.state.get(("value", "credit_is_possible", told["holder"]))
        if account and fact.details.get("by") == "certificate" and ask.reading(BY_ACCOUNT) == "conditions":
            yield Occur("certificate_for_account", exercise, {}, "form")
        yield from self._discharge(exercise, ask)

    def _discharge(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        delivered = ask.state.get(("value", "shares_delivered_on", exercise)) or 0
        most = extent(ask.state.get(("value", "shares_due", exercise)))[1]
        if most is not None and delivered >= most and self._is_open("deliver_shares", exercise, ask):
            yield Discharge("deliver_shares", exercise, "delivery")

    def on_warrant_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A new paper for the rest is with the holder."""
        exercise = fact.details["exercise"]
        told = self._of(exercise, ask, fact)
        yield Set("paper_at_company", f"{told['holder']}/{told['lot']}", False, role="new_warrant")
        left = ask("new_warrant_shares", exercise=exercise, lot=told["lot"])
        if determined(left) and fact.details["shares"] != left:
            yield Occur("new_warrant_differs", exercise, {"stated": fact.details["shares"], "left": left},
                        "new_warrant")
        elif self._is_open("deliver_new_warrant", exercise, ask):
            yield Discharge("deliver_new_warrant", exercise, "new_warrant")

    def on_shares_determined(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Another number was determined: the difference is of record, and what is owed is the new number."""
        exercise, shares = event.details["exercise"], event.details["shares"]
        told, before = self._of(exercise, ask), ask.state.get(("value", "shares_due", exercise))
        yield Set("shares_due", exercise, shares, role="delivery")
        if determined(before) and shares > before:
            yield Move(told["asset"], ISSUER, told["holder"], shares - before, role="delivery")
        elif determined(before) and shares < before:
            yield Move(told["asset"], told["holder"], ISSUER, before - shares, role="delivery")
        yield from self._discharge(exercise, ask)

    # -- splits

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares of record and not yet delivered are owed in the new number; those delivered count in it, too."""
        if event.details["of_record"]:
            for name in ("shares_due", "shares_delivered_on"):
                yield from self._restate(name, "deliver_shares", event.details["ratio"], "delivery", ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A new warrant not yet issued is for the number that the rest of the old one became."""
        yield from self._restate("number_since_exercise", "deliver_new_warrant", event.details["ratio"], "new_warrant",
                                 ask)

    def _restate(self, name: str, duty: str, ratio: Rational, role: str, ask: Ask) -> Iterable[Effect]:
        for key in list(ask.state.keys("value", name)):
            if self._is_mine(key[2], ask) and self._is_open(duty, key[2], ask):
                yield Set(name, key[2], ask.state.get(key) * ratio, role=role)

    # -- what they share

    def _is_mine(self, exercise: str, ask: Ask) -> bool:
        exercised = ask.state.get(("occurred", "exercised", exercise))
        return exercised is not None and exercised.details["instrument"] == self.instrument

    def _of(self, exercise: str, ask: Ask, fact: Fact | None = None) -> Mapping[str, Any]:
        exercised = ask.state.get(("occurred", "exercised", exercise))
        if exercised is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"exercise {exercise} has not taken effect",
                "record its notice and payment first, or correct its name", fact.place if fact else None,
            )
        details: Mapping[str, Any] = exercised.details
        return details

    def _received(self, exercise: str, ask: Ask) -> Any:
        return ask.state.get(("value", "warrant_received_on", exercise))

    def _is_open(self, duty: str, exercise: str, ask: Ask) -> bool:
        owed = ask.state.obligation(duty, exercise)
        return owed is not None and owed.status in ("open", "pending", "breached")
