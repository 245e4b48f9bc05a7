"""A dispute over an exercise: what is not disputed is issued, an accounting firm decides the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import ZERO
from paripassu.values.bindings import Binding, History
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import COMMON, ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, lesser

SUBMIT, REPORT = "submit_dispute", "report_on_dispute"
FIRM = "accounting firm"


@dataclass(frozen=True)
class ExerciseDispute(Clause):
    """Undisputed shares are due in the delivery period; the others once the firm has decided, conclusively.

    ``links`` may name accounts that the shares issued use up: ``{issued: {charges: [exchange-cap]}}``.
    """

    terms = {
        "submission_days": TermSpec("whole", "business days", "from receipt of the exercise agreement to the firm"),
        "report_days": TermSpec("whole", "business days", "from the firm's receipt of the calculations to its result"),
    }
    readings = (
        Reading(
            "R-W98-DISPSCOPE", "Does the procedure also decide on the number of shares and the market price?",
            "finding",
            {"same procedure": "the number follows from the price", "courts only": "record no such submission"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """What is disputed and what was decided."""
        return {
            "undisputed_shares": History("shares", by="exercise", waits_for="exercise_dispute"),
            "shares_decided": History("shares", by="exercise", waits_for="dispute_decided"),
            "agreement_received_on": History("date", by="exercise", waits_for="exercise_agreement"),
        }

    def on_exercise_dispute(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The calculations go to the firm; only what is not disputed is due for now."""
        exercise, holder = fact.details["exercise"], self._holder(fact, ask)
        if not holder:
            return
        yield Set("undisputed_shares", exercise, fact.details["undisputed"], role="dispute")
        yield from self._only_undisputed(exercise, ask)
        received = ask("agreement_received_on", exercise=exercise)
        due = ask.calendar("business_days").add(received, int(self.values["submission_days"].value))
        yield Owe(SUBMIT, exercise, "company", holder, f"submit the disputed calculations of {exercise} to the firm",
                  max(due, fact.effective), role="submission")

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """An exercise disputed before it takes effect brings, for now, what is not disputed."""
        if event.details["instrument"] == self.instrument:
            yield from self._only_undisputed(event.subject, ask)

    def _only_undisputed(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        undisputed = ask.state.get(("value", "undisputed_shares", exercise))
        computed = ask.state.get(("value", "shares_due_on_exercise", exercise))
        if undisputed is None or computed is None or ask.state.get(("value", "shares_decided", exercise)) is not None:
            return
        yield Set("shares_due_on_exercise", exercise, lesser(undisputed, computed), role="dispute")
        yield Occur("exercise_disputed", exercise, {"instrument": self.instrument}, "dispute")

    def on_dispute_submitted(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The firm has the calculations; its own period begins."""
        exercise, holder = fact.details["exercise"], self._holder(fact, ask)
        owed = ask.state.obligation(SUBMIT, exercise)
        if not holder or owed is None or owed.status == "performed":
            return
        yield Discharge(SUBMIT, exercise, "submission")
        due = ask.calendar("business_days").add(fact.effective, int(self.values["report_days"].value))
        yield Owe(REPORT, exercise, FIRM, holder, f"notify the result on exercise {exercise}", due, role="result")

    def on_dispute_decided(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The firm's number is conclusive: the register follows it, and what is still to come is due."""
        exercise, holder = fact.details["exercise"], self._holder(fact, ask)
        exercised = ask.state.get(("occurred", "exercised", exercise))
        if not holder or exercised is None:
            return
        owed = ask.state.obligation(REPORT, exercise)
        if owed is not None and owed.status != "performed":
            yield Discharge(REPORT, exercise, "result")
        decided = ZERO + fact.details["shares"]
        computed = ask.state.get(("value", "shares_of_exercise", exercise))
        yield Set("shares_decided", exercise, decided, role="result")
        if not determined(computed) or decided != computed:
            yield Move(COMMON, ISSUER, exercised.details["designee"] or holder, decided - computed, role="result")
        yield Set("shares_of_exercise", exercise, decided, role="result")
        yield Set("shares_due_on_exercise", exercise, decided, role="result")
        more = decided - computed
        charges = self.links.get("issued", {}).get("charges", ())
        if charges:
            yield Occur("charged", holder, {"accounts": tuple(charges), "shares": more}, "result")
        details = {"instrument": self.instrument, "holder": holder, "more": more}
        yield Occur("exercise_decided", exercise, details, "result")

    def _holder(self, fact: Fact, ask: Ask) -> str:
        """The holder of an exercise of this form, nobody for another; raises Problem where it is not recorded."""
        exercise = fact.details["exercise"]
        submitted = ask.state.get(("occurred", "exercise_submitted", exercise))
        if submitted is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a {fact.kind} of {fact.effective} speaks of exercise {exercise}, which is not recorded",
                "record the exercise agreement first, or correct its name", fact.place,
            )
        return str(submitted.details["holder"]) if submitted.details["instrument"] == self.instrument else ""
