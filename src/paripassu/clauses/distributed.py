"""Securities distributed on the stock before an exercise: they come with the shares, or they do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational
from paripassu.values.bindings import Binding, ByReading, History
from paripassu.values.effects import Effect, Move, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import ISSUER
from paripassu.values.splits import restated
from paripassu.values.terms import Ask, Clause, Reading
from paripassu.values.undetermined import determined

DISTRIBUTED = "R-W05-SHARESDIST"


def with_the_shares(shares_on_exercise: Rational, distributed_per_share: Rational) -> Rational:
    """What was distributed on so many shares since the issue comes with them."""
    return shares_on_exercise * distributed_per_share


def to_issued_shares_alone(shares_on_exercise: Rational) -> Rational:
    """Nothing: only shares already issued took part."""
    return shares_on_exercise * 0


@dataclass(frozen=True)
class DistributedSecurities(Clause):
    """The shares include securities distributed on them before the expiry; cash dividends they do not."""

    readings = (
        Reading(
            DISTRIBUTED, "Do securities distributed on the stock before an exercise come with the shares?", "computing",
            {"with the shares": "the definition takes them in", "issued shares only": "only shares issued take part"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """How many of a security come with the shares of an exercise."""
        return {
            "distributed_per_share": History("of the security per share", by="security"),
            "distributed_due": History("of the security", by="delivery", waits_for="exercise"),
            "distributed_on_exercise": ByReading(
                DISTRIBUTED, "of the security",
                {"with the shares": with_the_shares, "issued shares only": to_issued_shares_alone},
            ),
        }

    def on_security_distributed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Distributions add up, each in shares of its own day."""
        security = fact.details["distributed"]
        before = ask.state.get(("value", "distributed_per_share", security)) or 0
        yield Set("distributed_per_share", security, before + fact.details["per_share"], role="distributed")

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What one share carries is spread over the shares it became."""
        yield from restated(ask.state, "distributed_per_share", 1 / event.details["ratio"], "distributed")

    def on_exercised(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """They are issued, and delivered with the shares."""
        holder, exercise = event.details["holder"], event.subject
        for key in ask.state.keys("value", "distributed_per_share"):
            delivery = f"{exercise}/{key[2]}"
            at = {"exercise": exercise, "lot": event.details["lot"], "security": key[2]}
            more, source = ask("distributed_on_exercise", **at), ask.source("distributed_on_exercise", **at)
            if not determined(more) or more > 0:
                yield Move(key[2], ISSUER, holder, more, rests_on=source, role="distributed")
                yield Set("distributed_due", delivery, more, source, "distributed")
                yield Owe("deliver_distributed", delivery, "company", holder,
                          f"deliver {key[2]} with the shares of {exercise}", awaits="warrant_shares_delivered",
                          amount="distributed_due", at={"delivery": delivery}, role="distributed")
