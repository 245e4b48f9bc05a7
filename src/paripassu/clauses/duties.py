"""Duties that follow an event or a request by themselves, and the acts that perform them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.dates import days_after
from paripassu.values.effects import Discharge, Effect, Owe
from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause, Event, name_of

HOLDER, HOLDERS, COMPANY = "holder", "holders", "company"


@dataclass(frozen=True)
class Duties(Clause):
    """What somebody must do after an event: whom for, by when; performed by another event or an act recorded.

    ``links`` maps a duty to ``{after: [events], what: words}`` and, where they apply: ``matter`` (of a request) with
    ``under`` (the papers it may name), ``debtor`` (company), ``creditor`` (the holder of the event, else all holders),
    ``days`` with ``calendar`` (calendar days or business days), counted from the event or from the date in its field
    ``from``, ``performed_by`` (events of the same subject), ``subject`` (the field of a fact that names it) and
    ``or_else``. A duty without days is open until it is performed.
    """

    def hears(self) -> frozenset[str]:
        """The events after which something is owed, those that perform it, and acts recorded."""
        linked = {name for link in self.links.values() for name in (*link["after"], *link.get("performed_by", ()))}
        return super().hears() | linked

    def respond(self, event: Event, ask: Ask) -> Iterable[Effect]:
        """A duty arises or is performed; the rest is answered as by any clause."""
        name = name_of(event)
        for duty, link in self.links.items():
            if name in link["after"] and self._concerns(link, event):
                yield self._owe(duty, link, event, ask)
            if name in link.get("performed_by", ()):
                owed = ask.state.obligation(duty, _subject_of(event, link))
                if owed is not None and owed.status in ("open", "breached"):
                    yield Discharge(duty, owed.subject, duty)
        yield from super().respond(event, ask)

    def _concerns(self, link: Mapping[str, Any], event: Event) -> bool:
        """A request counts under its own matter and under this paper only."""
        if "matter" not in link:
            return True
        return bool(event.details["matter"] == link["matter"] and event.details["under"] in link["under"])

    def _owe(self, duty: str, link: Mapping[str, Any], event: Event, ask: Ask) -> Owe:
        subject, details = _subject_of(event, link), event.details
        holder = next((details[name] for name in (HOLDER,) if name in details), HOLDERS)
        debtor, creditor = link.get("debtor", COMPANY), link.get("creditor", holder)
        return Owe(
            duty, subject, holder if debtor == HOLDER else debtor, creditor, f"{link['what']} ({subject})",
            self._due(link, details, ask), role=duty, or_else=link.get("or_else", ""),
        )

    def _due(self, link: Mapping[str, Any], details: Mapping[str, Any], ask: Ask) -> date | None:
        if "days" not in link:
            return None
        start: date = details[link["from"]] if "from" in link else ask.now_day
        days = int(link["days"])
        return ask.calendar("business_days").add(start, days) if link["calendar"] == "business days" else (
            days_after(start, days))

    def on_duty_performed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An act recorded performs any duty of the instrument that is not one to pay.

        Raises Problem IMPOSSIBLE_FACT where nothing of that name is owed, or where it is owed in cash.
        """
        name = fact.details["obligation"]
        owed = ask.state.get(("obligation", name))
        if owed is None or (owed.amount and owed.duty.startswith("pay_")):
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT, f"{name!r} is not a duty that an act performs",
                "use the name the statement prints beside the obligation; record a payment for one in cash", fact.place,
            )
        if owed.instrument == self.instrument and owed.status not in ("performed", "lapsed"):
            yield Discharge(owed.duty, owed.subject, owed.role)


def _subject_of(event: Event, link: Mapping[str, Any]) -> str:
    """What a fact or an occurrence is about: the occurrence's subject; the field of a fact that the link names.

    Raises Problem INCOMPLETE_FACT where the fact leaves that field out.
    """
    if not isinstance(event, Fact):
        return str(event.subject)
    field = link.get("subject", "case")
    if field not in event.details:
        raise Problem(ProblemKind.INCOMPLETE_FACT, f"a {event.kind} of {event.effective} without its {field}",
                      f"add {field}: this duty is owed on it", event.place)
    return str(event.details[field])
