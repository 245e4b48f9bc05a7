"""Which issuances of securities count for an adjustment, on what evidence, and what the company received for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, Formula, History
from paripassu.values.effects import Effect, Occur, Refuse, Set
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined

ALWAYS = "always"


def consideration(
    cash_received: Rational, securities_value: Rational, property_received: Rational, net_assets: Rational
) -> Rational:
    """Cash before expenses, securities at their market price, property and net assets at the board's value."""
    return cash_received + securities_value + property_received + net_assets


def securities_value(securities_received: Rational, securities_price: Rational) -> Rational:
    """Freely tradeable securities at their market price as of the date of receipt."""
    return securities_received * securities_price


@dataclass(frozen=True)
class ConsiderationReceived(Clause):
    """What the company received for an issuance: gross, and in kind at a value with a name beside it."""

    def formulas(self) -> Mapping[str, Binding]:
        """The consideration of an issuance and its parts."""
        parts = {"cash_received": "usd", "securities_received": "shares", "securities_price": "usd per share",
                 "property_received": "usd", "net_assets": "usd"}
        return {
            "consideration": Formula(consideration, "usd"),
            "securities_value": Formula(securities_value, "usd"),
            **{name: History(unit, by="issue", waits_for="securities_issued") for name, unit in parts.items()},
        }

    def on_securities_offered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Every part is kept, once however many instruments of the deal ask; what was not received is nothing."""
        for name, received in event.details["received"].items():
            if ask.state.get(("value", name, event.subject)) is None:
                yield Set(name, event.subject, received, role="consideration")


@dataclass(frozen=True)
class CountedIssues(Clause):
    """Every issuance counts unless an exception covers it, and an exception needs its evidence.

    ``links``: ``{exception: {words: why, issue: always, exercise: always, unchanged: yes, forms: [warrants]}}``.
    Instead of ``always`` stands the reading under which it is covered, by the alternative called exempt or as
    ``{reading: alternative}``; what is not named is not covered; with ``unchanged`` rights whose terms were changed are
    not. ``forms`` are the warrants of the deal whose exercise the exception speaks of: nothing else need be recorded.
    """

    readings = (
        Reading(
            "R-DELAYSH", "Are shares issued for delay payments excepted as conversion shares?", "computing",
            {"counted": "they are not clearly among them", "exempt": "they are issued under the preferred stock"},
        ),
        Reading(
            "R-BACC-EXER", "Is the exercise of warrants excepted of which only the issuance is named?", "computing",
            {"counted": "other exceptions name the exercise", "exempt": "by implication"},
        ),
        Reading(
            "R-GEM-EXER", "Is the exercise of the placement agent's warrant, issued the same day, excepted?",
            "computing",
            {"exempt": "it was outstanding on the date of the paper", "counted": "only its issuance is named"},
        ),
        Reading(
            "R-AT-MARKET", "Do rights that were not below the market when granted count when exercised below it?",
            "computing",
            {"counted": "only rights already counted are freed", "tested once": "the price was tested at the grant"},
        ),
        Reading(
            "R-ALLSUCH", "Are grants of one day at different prices one issuance?", "finding",
            {"by instrument": "record each grant", "pooled": "record the grants of the day as one issuance"},
        ),
        Reading(
            "R-W98-SETTLE", "Is an issuance dated when agreed or when made?", "finding",
            {"issue": "record it on the day of issue", "signing": "record it on the day of the contract"},
        ),
    )

    def on_securities_offered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """An issuance is excepted, or counts."""
        why = self._excepted(event.details, "exercise" if event.details["under"] else "issue", ask)
        yield from self._answer(event, why)

    def on_rights_exercise(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued on exercise are tested again, unless an exception or the reading spares them."""
        why = self._excepted(event.details, "exercise", ask)
        if not why and ask.reading("R-AT-MARKET") == "tested once":
            why = "the rights were tested when they were granted"
        yield from self._answer(event, why)

    def on_issued_on_exercise(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares issued on exercise of a warrant of the deal, this one among them, are excepted or count."""
        told = event.details
        changed = ask.state.get(("occurred", "warrant_amended", told["lot"])) is not None
        covering = [(name, link) for name, link in self.links.items() if told["instrument"] in link.get("forms", ())]
        name, why = next(((name, str(link["words"])) for name, link in covering
                          if _covers(link, "exercise", changed, ask)), ("counted", ""))
        if not why and not (determined(told["shares"]) and determined(told["price"])):
            yield Refuse("issue_test", f"{self.instrument}/{event.subject}",
                         "whether it adjusts the price is undetermined, as its number or price is", "counted")
            return
        details = {"exception": name, "under": f"{told['instrument']}/{told['lot']}", **told}
        yield from self._answer(Occur(event.name, event.subject, details), why)

    def _answer(self, event: Occur, why: str) -> Iterable[Effect]:
        subject = f"{self.instrument}/{event.subject}"
        details = {**event.details, "instrument": self.instrument, "issue": event.subject, "why": why}
        if why:
            yield Occur("issue_excepted", subject, details, event.details["exception"])
        else:
            yield Occur("issue_counted", subject, details, "counted")

    def _excepted(self, details: Mapping[str, Any], what: str, ask: Ask) -> str:
        """Why an issuance is excepted; nothing where it is not, for want of cover or of evidence."""
        exception = details["exception"]
        if exception is None:
            return ""
        link = self.links.get(exception)
        if link is None:
            raise Problem(
                ProblemKind.UNKNOWN_NAME, f"{exception!r} is no exception of {self.instrument}",
                "use one of " + ", ".join(self.links), details["place"],
            )
        changed = ask.state.get(("value", "terms_changed_on", details["under"])) is not None
        shown = details["evidence"] is not None
        return str(link["words"]) if shown and _covers(link, what, changed, ask) else ""


def _covers(link: Mapping[str, Any], what: str, changed: bool, ask: Ask) -> bool:
    """Whether an exception covers an issue, or an exercise, under the readings in force."""
    covered = link.get(what)
    if covered is None or (changed and link.get("unchanged")):
        return False
    if covered == ALWAYS:
        return True
    readings = covered if isinstance(covered, Mapping) else {covered: "exempt"}
    return all(ask.reading(reading) == alternative for reading, alternative in readings.items())
