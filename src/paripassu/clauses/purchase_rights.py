"""Rights handed out to the holders of common stock, in which the preferred joins as if it had converted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from paripassu.values.arithmetic import Rational, whole_down
from paripassu.values.bindings import Binding, ByReading, Formula, History
from paripassu.values.effects import Due, Effect, Grant, Set
from paripassu.values.facts import Fact
from paripassu.values.moments import Place, moment
from paripassu.values.terms import Ask, Clause, Reading


def day_before_record(record_date: date) -> date:
    """The day immediately before the record date."""
    return record_date - timedelta(days=1)


def record_date_itself(record_date: date) -> date:
    """The record date."""
    return record_date


def exact_items(items: Rational, per_shares: Rational, shares_at_record: Rational) -> Rational:
    """What the shares as converted would have brought, before fractions are left out."""
    return items * shares_at_record / per_shares


def items_acquirable(exact_items: Rational) -> int:
    """Whole items only."""
    return whole_down(exact_items)


@dataclass(frozen=True)
class PurchaseRights(Clause):
    """Securities or rights distributed pro rata to the common: each holder may acquire its part on the same terms."""

    readings = (
        Reading(
            "R-XIF-DATE", "On which day is the preferred taken as converted for a distribution?", "computing",
            {"day before": "immediately before the record date", "record date": "on the record date"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The day of the deemed conversion and what a holder may acquire."""
        return {
            "record_date": History("date", by="distribution", waits_for="distributed_items"),
            "items": History("items", by="distribution", waits_for="distributed_items"),
            "per_shares": History("shares", by="distribution", waits_for="distributed_items"),
            "day_of_deemed_conversion": ByReading(
                "R-XIF-DATE", "date", {"day before": day_before_record, "record date": record_date_itself}
            ),
            "shares_at_record": History("shares", by="share_of_distribution", waits_for="distributed_items"),
            "exact_items": Formula(exact_items, "items"),
            "items_acquirable": Formula(items_acquirable, "items", "down to whole items"),
        }

    def on_distributed_items(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The terms of the distribution."""
        distribution = fact.details["distribution"]
        for name in ("record_date", "items", "per_shares"):
            yield Set(name, distribution, fact.details[name])

    def after_distributed_items(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The part of each holder is counted once the record date has come."""
        when = moment(fact.details["record_date"], Place.END_OF_DAY)
        yield Due(when, "items_distributed", fact.details["distribution"], "the record date of a distribution")

    def on_items_distributed(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """Each holder as if all it held had converted, without limits."""
        day = ask("day_of_deemed_conversion", distribution=due.subject)
        place = ask.state.place_at_end_of(day)
        for holder in ask.state.holders(self.instrument):
            if ask.state.total(self.instrument, holder, place) == 0:
                continue
            part = f"{due.subject}:{holder}"
            source = ask.source("shares_issuable_to_holder", on=day, holder=holder)
            yield Set("shares_at_record", part, ask("shares_issuable_to_holder", on=day, holder=holder), source)
            yield Grant("acquire_distributed_items", holder, due.subject, "items_acquirable",
                        at={"distribution": due.subject, "share_of_distribution": part})
