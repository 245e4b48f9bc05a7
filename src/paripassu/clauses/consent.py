"""Acts of the company that need the holders' approval first, and the rights of those who did not agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.amended import binds_from
from paripassu.values.bindings import Binding, ByReading, History
from paripassu.values.consents import consenting
from paripassu.values.dates import days_after
from paripassu.values.effects import Due, Effect, Grant, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.kinds.securities import ORDINARY
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined

VETO = "R-INITIAL"
JUNIOR = "pay on junior securities"
"""The protected matter of which a cash dividend on the common is a case by itself."""


def days_from_delivery(notice_of_change: date, approved_on: date | None, dissent_days: int) -> date:
    """So many days after the notice is delivered, the last one included."""
    return days_after(notice_of_change, int(dissent_days))


def days_from_approval(notice_of_change: date, approved_on: date | None, dissent_days: int) -> date:
    """So many days after the approval, the last one included."""
    return days_after(approved_on or notice_of_change, int(dissent_days))


@dataclass(frozen=True)
class ProtectiveProvisions(Clause):
    """Acts that need the approval of the Majority Holders, and of each initial Holder that they may harm.

    ``links``: one entry for each protected matter, by the words that a fact gives as its ``matter``; its section is
    that of the role of the same words. A cash dividend on the common, which ranks behind, is protected where the links
    name payments on junior securities: to declare it and to pay it, each, is an act under the dividend's own name.
    Where no share of the series is outstanding there is nobody whose approval could be asked.

    Who did not agree converts on the terms as they stood before until its days are over: the amendments that carry
    the act out, because they name it or, naming none, are of the day on which it is done, bind it only from then on.
    """

    terms = {"dissent_days": TermSpec("whole", "days", "for those who did not agree, to convert on the old terms")}
    readings = (
        Reading(
            VETO, "Must an initial Holder that has sold all its shares approve?", "computing",
            {"while it holds": "its interests can no longer be harmed", "always": "it is still an initial Holder"},
        ),
        Reading(
            "R-DISS-START", "When do the days of those who did not agree begin?", "computing",
            {"delivery": "when the company's notice is delivered", "approval": "when the change is approved"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The last day of those who did not agree."""
        return {
            "dissent_closes": ByReading(
                "R-DISS-START", "date", {"delivery": days_from_delivery, "approval": days_from_approval}
            ),
            "notice_of_change": History("date", by="dissent", waits_for="change_notice"),
            "approved_on": History("date", by="dissent"),
            "dissent_ends": History("date", by="dissent", waits_for="change_notice"),
        }

    def on_lot_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Who is issued shares at the closing is an initial Holder."""
        if ask.state.get(("value", "closing_date", "")) == ask.now_day:
            yield Set("initial_holder", event.details["holder"], True)

    def on_holder_consent(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A consent counts for the shares held, at most, and those given before for what their holders still have."""
        act, holder = fact.details["act"], fact.details["holder"]
        held = ask.state.total(self.instrument, holder)
        counted = min(fact.details["shares"], held)
        if counted < fact.details["shares"]:
            yield Refuse("consent", f"{act}:{holder}", f"only the {held} shares held count", "approval")
        yield Set("consented", f"{act}:{holder}", counted, role="approval")
        total = consenting(ask.state, self.instrument, act)
        yield Set("consenting_to", act, total, role="approval")
        if self._majority(total, ask) and ask.state.get(("value", "act_approved_on", act)) is None:
            yield Set("act_approved_on", act, ask.now_day, role="approval")
            yield Occur("approved_by_majority_holders", act, {}, "approval")

    def _majority(self, shares: Any, ask: Ask) -> bool:
        return bool(ask("is_majority", given={"shares_consenting": shares}))

    def on_protected_act(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Without the approvals first, the act breaches the provision."""
        if fact.details["matter"] in self.links:
            yield from self._act(fact.details["act"], fact.details["matter"], fact.details.get("affected", ""), ask)
            yield Set("act_done_on", fact.details["act"], fact.effective, role=fact.details["matter"])
            yield from self._old_terms(fact.details["act"], ask)

    def on_distribution_declared(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """To declare dollars on the common is a protected act."""
        yield from self._dividend(fact.details["case"], ask)

    def after_distribution_declared(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """To pay them is another, which matters where nobody had to be asked when they were declared."""
        case, pays = fact.details["case"], fact.details["payment_date"]
        if JUNIOR in self.links and pays > ask.now_day and not self._done_or_approved(case, ask):
            yield Due(moment(pays, Place.PAPER), "junior_paid", case, f"{case} is paid on the Common Stock",
                      "without the holders' approval first it is an act against the paper", JUNIOR)

    def on_junior_paid(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The day on which the common is paid."""
        yield from self._dividend(due.subject, ask)

    def on_distribution(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An ordinary dividend is paid in cash; whether another distribution is, a person says by a protected act."""
        if fact.details["sort"] == ORDINARY:
            yield from self._dividend(fact.details["distribution"], ask)

    def _dividend(self, name: str, ask: Ask) -> Iterable[Effect]:
        if JUNIOR in self.links and not self._done_or_approved(name, ask):
            yield from self._act(name, JUNIOR, "", ask)

    def _done_or_approved(self, act: str, ask: Ask) -> bool:
        done = ask.state.get(("occurred", "done_without_approval", act))
        return done is not None or ask.state.get(("value", "act_approved_on", act)) is not None

    def _act(self, act: str, matter: str, affected: str, ask: Ask) -> Iterable[Effect]:
        missing = list(self._missing(act, affected, ask))
        if missing:
            yield Refuse("protected_act", act, f"done without the approval of {' and of '.join(missing)}", matter)
            yield Occur("done_without_approval", act, {"matter": matter}, matter)

    def _missing(self, act: str, affected: str, ask: Ask) -> Iterable[str]:
        outstanding = ask.state.total(self.instrument, "")
        asked = not determined(outstanding) or outstanding != 0
        if asked and ask.state.get(("value", "act_approved_on", act)) is None:
            yield "the Majority Holders"
        if ask.state.get(("value", "initial_holder", affected)) is None:
            return
        keeps = ask.reading(VETO) == "always" or ask.state.total(self.instrument, affected) != 0
        if keeps and not ask.state.get(("value", "consented", f"{act}:{affected}")):
            yield affected

    def on_change_notice(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A holder that did not agree may convert on the terms before the change, for a time."""
        act, holder = fact.details["act"], fact.details["holder"]
        dissent = f"{act}:{holder}"
        if ask.state.get(("value", "consented", dissent)):
            yield Refuse("dissent", dissent, "it agreed to the change", "dissent")
            return
        yield Set("notice_of_change", dissent, fact.effective, role="dissent")
        given = {"approved_on": ask.state.get(("value", "act_approved_on", act))}
        until = ask("dissent_closes", dissent=dissent, given=given)
        yield Set("dissent_ends", dissent, until, ask.source("dissent_closes", dissent=dissent, given=given), "dissent")
        yield Grant("convert_on_old_terms", holder, act, until=until, role="dissent", at={"dissent": dissent})
        yield from self._old_terms(act, ask)

    def on_amendment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A change that comes into force while somebody's days run."""
        if "act" in fact.details:
            yield from self._old_terms(fact.details["act"], ask)

    def _old_terms(self, act: str, ask: Ask) -> Iterable[Effect]:
        """The terms that carry the act out bind who did not agree from the day after its days."""
        terms = [binds_from(fact.details["term"], fact.effective) for fact in self._amendments(act, ask)]
        for _, _, dissent in list(ask.state.keys("value", "dissent_ends")):
            holder = dissent.removeprefix(f"{act}:")
            if holder == dissent or not terms:
                continue
            for term in terms:
                bound = ask.state.get(("value", "dissent_ends", dissent)) + timedelta(days=1)
                yield Set(term, holder, bound, role="dissent")
            if ask.state.get(("value", "own_prices_since", "")) is None:
                yield Set("own_prices_since", "", ask.now_day, role="dissent")

    def _amendments(self, act: str, ask: Ask) -> Iterable[Fact]:
        done = ask.state.get(("value", "act_done_on", act))
        for fact in ask.state.facts:
            if fact.kind == "amendment" and fact.details["instrument"] == self.instrument:
                named = fact.details.get("act")
                if named == act or (named is None and fact.effective == done):
                    yield fact
