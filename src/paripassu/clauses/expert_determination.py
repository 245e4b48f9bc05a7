"""Disputes about a number or a value: what is issued at once, four periods, an expert, and who pays it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paripassu.values.arithmetic import Rational, ratio
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.effects import Discharge, Due, Effect, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading, TermSpec

VALUES = "R-W05-FMV"
EXPERTS = {"arithmetic": "an independent accounting firm", "value": "an independent investment bank"}


def company_fee_share(company_figure: Rational, holder_figure: Rational, final_figure: Rational) -> Rational:
    """All where the company was further from the result, nothing where the holder was, half at the midpoint."""
    company, holder = abs(company_figure - final_figure), abs(holder_figure - final_figure)
    if company == holder:
        return ratio(1, 2)
    return ratio(1 if company > holder else 0)


def company_fees(company_fee_share: Rational, expert_fees: Rational) -> Rational:
    """The part of the expert's fees and expenses that the company pays."""
    return company_fee_share * expert_fees


def holder_fees(company_fees: Rational, expert_fees: Rational) -> Rational:
    """The part of the expert's fees and expenses that the holder pays."""
    return expert_fees - company_fees


@dataclass(frozen=True)
class ExpertDetermination(Clause):
    """A disputed exercise: the undisputed shares at once; to the holder, agreement, to the expert, its result."""

    terms = {
        "submission_days": TermSpec("whole", "business days", "from receipt of the exercise notice to submission"),
        "agreement_days": TermSpec("whole", "business days", "from submission to agreement"),
        "expert_days": TermSpec("whole", "business days", "from the end of that period to the expert"),
        "result_days": TermSpec("whole", "business days", "from the expert's receipt to its result"),
    }
    readings = (
        Reading(
            VALUES, "Is the fair market value behind an average price one \"to determine the exercise price\"?",
            "computing",
            {"covered": "the procedure is the only one for a value on which the sides do not agree",
             "letter": "only where the exercise price itself rests on a value"},
        ),
        Reading(
            "R-W05-SEC12", "Which section resolves disputes, as the one named replaces lost papers?", "textual",
            {"dispute resolution": "the section of that name", "as named": "it leads nowhere"},
        ),
        Reading(
            "R-W05-OUTSIDE", "What if both figures presented are equally far from the result, but not around it?",
            "textual",
            {"no dispute": "only the midpoint is equally far, unless both figures are one", "shared": "half each"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """Who pays the expert."""
        said = {name: History("", by="exercise", waits_for="expert_determination")
                for name in ("company_figure", "holder_figure", "final_figure")}
        return {
            **said,
            "undisputed_shares": History("shares", by="exercise", waits_for="exercise_dispute"),
            "expert_fees": History("usd", by="exercise", waits_for="expert_determination"),
            "company_fee_share": Formula(company_fee_share, "of the fees"),
            "company_fees": Formula(company_fees, "usd"),
            "holder_fees": Formula(holder_fees, "usd"),
        }

    def on_exercise_dispute(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is not disputed is issued promptly; the company submits its figures to the holder.

        The matter ``value`` is a fair market value; any other is one of arithmetic.
        """
        exercise, undisputed = fact.details["exercise"], fact.details["undisputed"]
        matter = "value" if fact.details["matter"] == "value" else "arithmetic"
        given = ask.state.get(("value", "notice_given_on", exercise))
        if given is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"exercise {exercise} is disputed, of which no notice was given",
                "record the notice first, or correct its name", fact.place,
            )
        if matter == "value" and ask.reading(VALUES) == "letter":
            yield Refuse("dispute", exercise, "the exercise price rests on no value", "value")
            return
        holder = ask.state.get(("value", "exercise_details", exercise))["holder"]
        yield Set("dispute_details", exercise, {"matter": matter, "holder": holder})
        yield Set("undisputed_shares", exercise, undisputed, role="undisputed")
        if undisputed > 0:
            yield Owe("issue_undisputed", exercise, "company", holder,
                      f"issue the shares of {exercise} that are not disputed, promptly",
                      amount="undisputed_shares", at={"exercise": exercise}, role="undisputed")
            yield from self._issued(exercise, ask)
        yield Owe("submit_dispute", exercise, "company", holder,
                  f"submit the disputed calculations of {exercise} to the holder",
                  self._days(given, "submission_days", ask), role=f"{matter}_submission")

    def on_warrant_shares_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Deliveries for the exercise perform the duty to issue what is not disputed."""
        yield from self._issued(fact.details["exercise"], ask)

    def _issued(self, exercise: str, ask: Ask) -> Iterable[Effect]:
        owed = ask.state.obligation("issue_undisputed", exercise)
        if owed is None or owed.status == "performed":
            return
        delivered = ask.state.get(("value", "shares_delivered_on", exercise)) or 0
        if delivered >= ask.state.get(("value", "undisputed_shares", exercise)):
            yield Discharge("issue_undisputed", exercise, "undisputed")

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is not disputed and not issued yet is issued in the new number."""
        for key in list(ask.state.keys("value", "undisputed_shares")):
            owed = ask.state.obligation("issue_undisputed", key[2])
            if event.details["of_record"] and owed is not None and owed.status != "performed":
                yield Set(key[1], key[2], ask.state.get(key) * event.details["ratio"], role="undisputed")

    def on_dispute_transmitted(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The holder has it; the period to agree begins."""
        exercise = fact.details["exercise"]
        matter = self._told(fact, ask)["matter"]
        yield Discharge("submit_dispute", exercise, f"{matter}_submission")
        ends = self._days(fact.effective, "agreement_days", ask)
        yield Set("agreement_ends_on", exercise, ends, role=f"{matter}_agreement")

    def after_dispute_transmitted(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The last day to agree."""
        exercise = fact.details["exercise"]
        matter = self._told(fact, ask)["matter"]
        yield Due(moment(ask.state.get(("value", "agreement_ends_on", exercise)), Place.END_OF_DAY),
                  "agreement_period_ended", exercise, f"last day to agree on {exercise}",
                  f"it goes to {EXPERTS[matter]}", f"{matter}_agreement")

    def on_agreement_period_ended(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Without agreement the company submits the dispute to an expert whom the holder approves."""
        exercise, told = due.subject, ask.state.get(("value", "dispute_details", due.subject))
        if ask.state.get(("value", "final_figure", exercise)) is None:
            yield Owe("submit_to_expert", exercise, "company", told["holder"],
                      f"submit the dispute on {exercise} to {EXPERTS[told['matter']]} that the holder approved",
                      self._days(ask.now_day, "expert_days", ask), role=f"{told['matter']}_expert")

    def on_dispute_agreed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Both sides agree: no expert."""
        yield from self._final(fact, ask)

    def on_dispute_with_expert(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The expert has it, with the figure each side presents; the company answers for its result in time."""
        exercise, told = fact.details["exercise"], self._told(fact, ask)
        owed = ask.state.obligation("submit_to_expert", exercise)
        if owed is not None and owed.status != "performed":
            yield Discharge("submit_to_expert", exercise, f"{told['matter']}_expert")
        yield Set("company_figure", exercise, fact.details["company_figure"], role="fees")
        yield Set("holder_figure", exercise, fact.details["holder_figure"], role="fees")
        what = f"have {fact.details['expert']} decide the dispute on {exercise}"
        yield Owe("obtain_result", exercise, "company", told["holder"], what,
                  self._days(fact.effective, "result_days", ask), role=f"{told['matter']}_result")

    def on_expert_determination(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Binding absent manifest error; the fees follow the distance of each side's figure."""
        exercise, told = fact.details["exercise"], self._told(fact, ask)
        if ask.state.obligation("obtain_result", exercise) is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"the dispute on {exercise} is determined, but no expert received it",
                "record dispute_with_expert first", fact.place,
            )
        yield Discharge("obtain_result", exercise, f"{told['matter']}_result")
        yield from self._final(fact, ask)
        if fact.details.get("fees"):
            yield from self._fees(exercise, told["holder"], fact, ask)

    def _fees(self, exercise: str, holder: str, fact: Fact, ask: Ask) -> Iterable[Effect]:
        yield Set("expert_fees", exercise, fact.details["fees"], role="fees")
        share = ask("company_fee_share", exercise=exercise)
        for debtor, amount, part in (("company", "company_fees", share), (holder, "holder_fees", 1 - share)):
            if part > 0:
                yield Owe("pay_expert", f"{exercise}/{debtor}", debtor, "expert",
                          f"pay the expert who decided the dispute on {exercise}",
                          amount=amount, at={"exercise": exercise}, role="fees")

    def _final(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        exercise, figure, matter = fact.details["exercise"], fact.details["figure"], self._told(fact, ask)["matter"]
        yield Set("final_figure", exercise, figure, role=f"{matter}_result")
        details = {"exercise": exercise, "shares": figure}
        yield Occur("dispute_resolved", exercise, details, f"{matter}_result")
        if matter == "arithmetic":
            yield Occur("shares_determined", exercise, details, f"{matter}_result")

    def _days(self, start: date, term: str, ask: Ask) -> date:
        return ask.calendar("exercise_days").add(start, int(self.values[term].value))

    def _told(self, fact: Fact, ask: Ask) -> Mapping[str, str]:
        exercise = fact.details["exercise"]
        told: Mapping[str, str] | None = ask.state.get(("value", "dispute_details", exercise))
        if told is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a {fact.kind} of {fact.effective} speaks of exercise {exercise}, which is not in dispute",
                "record the dispute first, or correct its name", fact.place,
            )
        return told
