"""Legends: which certificates must bear which, and on which grounds one goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.bindings import Binding, History
from paripassu.values.certificates import certificate_name
from paripassu.values.effects import Effect, Occur, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause


@dataclass(frozen=True)
class Legends(Clause):
    """Certificates of the securities named bear a legend from their issue until a ground for taking it off.

    ``links``: ``{a legend: {securities: [series-b, common], grounds: [Rule 144]}}``; a legend without grounds stays.
    A legend taken off without a ground is off all the same: that is refused, and the legend stays required.
    """

    def formulas(self) -> Mapping[str, Binding]:
        """The legends that a certificate must bear."""
        return {"legends_required": History("legends", by="certificate", waits_for="certificate_issued")}

    def on_certificate_entered(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """A new certificate must bear every legend of its security."""
        required = tuple(name for name in self.links if self._covers(name, event.details["security"]))
        if required:
            yield Set("legends_required", event.subject, required, role="placed")

    def on_legend_placed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A legend placed again, because no ground holds any longer, is required again."""
        for name, legend, required in self._told(fact, ask):
            if legend not in required:
                yield Set("legends_required", name, (*required, legend), role="again")

    def on_legend_removed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Taken off for a ground, it is no longer required; otherwise the papers do not allow it."""
        for name, legend, required in self._told(fact, ask):
            grounds = self.links[legend]["grounds"]
            if fact.details["because"] in grounds:
                left = tuple(one for one in required if one != legend)
                yield Set("legends_required", name, left, role="removed")
            else:
                allowed = "only for " + ", ".join(grounds) if grounds else "never"
                why = f"the {legend} comes off {allowed}: {fact.details['because']} is no ground"
                yield Refuse("legend_removal", name, why, "removed" if grounds else "stays")

    def _covers(self, legend: str, security: str) -> bool:
        return security in self.links[legend]["securities"]

    def _told(self, fact: Fact, ask: Ask) -> Iterable[tuple[str, str, tuple[str, ...]]]:
        """Certificate, legend and what was required before, where this clause speaks of the certificate's security.

        Raises Problem UNKNOWN_NAME for a legend that the papers do not have.
        """
        security, legend = fact.details["security"], fact.details["legend"]
        ours = [one for one in self.links if self._covers(one, security)]
        if legend in ours:
            name = certificate_name(security, fact.details["certificate"])
            yield name, legend, ask.state.get(("value", "legends_required", name)) or ()
        elif ours:
            raise Problem(
                ProblemKind.UNKNOWN_NAME,
                f"a {fact.kind} of {fact.effective} names {legend!r}, which is no legend of {security}",
                "use " + ", ".join(ours), fact.place,
            )

