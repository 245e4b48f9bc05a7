"""The events that let a holder put its shares to the company: occurrences of this paper and of others, by limb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paripassu.values.effects import Effect, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, Event, Reading, name_of


@dataclass(frozen=True)
class RedemptionEvents(Clause):
    """Occurrences, of this paper and of others, each of which is a redemption event under one limb.

    ``links`` maps a limb to the occurrences it listens to, the papers they may come from, and how many shares may be
    put: ``{iii: {on: [delivery_ten_business_days_late], of: [cod], portion: any or all}}``. Limbs of papers that do not
    yet run are raised by a recorded finding of the same name. Where a limb turns on a fixed date of the paper,
    ``opens`` and ``closes`` name the date by what is found: before the one has passed, or once the other has, what is
    found is no event.
    """

    readings = (
        Reading(
            "R-RED-CURED", "Does the right end when the event is cured before the election?", "textual",
            {"stays": "no end is written", "ends": "only while the event continues"},
        ),
        Reading(
            "R-XREF-VIB", "Which prohibitions must be eliminated?", "textual",
            {"VI.A": "the section that describes them", "VI.B": "the section named, which describes none"},
        ),
        Reading(
            "R-CAP-GAP", "Is a conversion blocked by the cap itself a redemption event?", "textual",
            {"no": "an event of its own is needed", "yes": "every block opens redemption"},
        ),
    )

    def hears(self) -> frozenset[str]:
        """The occurrences of all limbs, and findings."""
        linked = {name for link in self.links.values() for name in link["on"]}
        return super().hears() | linked

    def findings(self) -> Iterable[tuple[str, Sequence[str]]]:
        """Every linked occurrence may be found by a person, of the papers its limb names."""
        return ((name, link["of"]) for link in self.links.values() for name in link["on"])

    def respond(self, event: Event, ask: Ask) -> Iterable[Effect]:
        """A linked occurrence is a redemption event; the rest is answered as by any clause."""
        name = name_of(event)
        for limb, link in self.links.items():
            if isinstance(event, Occur) and name in link["on"]:
                yield from self._raise(limb, link, event.subject, ask)
        yield from super().respond(event, ask)

    def on_finding(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A person's finding raises the limb that listens to it, when the paper is one the limb names."""
        for limb, link in self.links.items():
            if fact.details["event"] in link["on"] and fact.details["of"] in link["of"]:
                yield from self._found(limb, link, fact, ask)
                return

    def _found(self, limb: str, link: Mapping[str, Any], fact: Fact, ask: Ask) -> Iterable[Effect]:
        event, case = fact.details["event"], fact.details["case"]
        for key, passed, why in (
            ("opens", True, "the last day to avoid the event has not passed on the day of the finding"),
            ("closes", False, "the last day for the event has passed on the day of the finding"),
        ):
            day = link.get(key, {}).get(event)
            if day is not None and (ask.state.get(("occurred", "date_passed", day)) is not None) != passed:
                yield Refuse("finding", f"{limb}:{case}", why, limb)
                return
        yield from self._raise(limb, link, case, ask)

    def _raise(self, limb: str, link: Mapping[str, Any], subject: str, ask: Ask) -> Iterable[Effect]:
        event = f"{limb}:{subject}"
        if ask.state.get(("occurred", "redemption_event", event)) is None:
            yield Set("redemption_portion", event, link["portion"])
            yield Occur("redemption_event", event, {"limb": limb, "date": ask.now_day}, limb)
