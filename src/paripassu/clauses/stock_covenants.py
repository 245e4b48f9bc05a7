"""What the company may not do to the stock a warrant is for: too few shares, too high a par value, circumvention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from paripassu.values.arithmetic import Rational, whole_up
from paripassu.values.bindings import Binding, Formula, History, Holding
from paripassu.values.effects import Effect, Occur, Set
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause, TermSpec
from paripassu.values.undetermined import determined


def shares_needed(warrant_shares_outstanding: Rational) -> int:
    """Whole shares for exercise in full of everything outstanding."""
    return whole_up(warrant_shares_outstanding)


def shares_available(stock_authorised: Rational, stock_issued: Rational, reserved_elsewhere: Rational) -> Rational:
    """Authorised shares that are neither issued nor reserved for others."""
    return stock_authorised - stock_issued - reserved_elsewhere


def available_is_short(shares_available: Rational, shares_needed: int) -> bool:
    """Fewer shares are available than the exercise in full needs."""
    return shares_available < shares_needed


def warrant_reserve_is_short(reserved_here: Rational, shares_available: Rational, shares_needed: int) -> bool:
    """Fewer unissued shares are reserved for the warrant alone than the exercise in full needs."""
    return min(reserved_here, shares_available) < shares_needed


def par_value_is_allowed(par_value: Rational, exercise_price: Rational) -> bool:
    """Not above the price in force; exactly it is allowed."""
    return par_value <= exercise_price


@dataclass(frozen=True)
class StockCovenants(Clause):
    """Enough authorised shares, all of them reserved; a par value not above the price; no circumvention.

    ``links`` lists the findings shown as breaches: ``{circumvention: {what: words}}``.
    """

    terms = {"initial_par_value": TermSpec("number", "usd per share", "par value of a share at the start")}

    def formulas(self) -> Mapping[str, Binding]:
        """What is needed, what there is, and whether it is enough."""
        reported = {
            name: History("shares", waits_for="stock_authorised")
            for name in ("stock_authorised", "stock_issued", "reserved_elsewhere", "reserved_here")
        }
        return {
            **reported,
            "warrant_shares_outstanding": Holding(self.instrument, "", "shares"),
            "shares_needed": Formula(shares_needed, "shares", "up to the next whole share"),
            "shares_available": Formula(shares_available, "shares"),
            "available_is_short": Formula(available_is_short, "yes or no"),
            "warrant_reserve_is_short": Formula(warrant_reserve_is_short, "yes or no"),
            "par_value": History("usd per share"),
            "par_value_is_allowed": Formula(par_value_is_allowed, "yes or no"),
        }

    def findings(self) -> Iterable[tuple[str, Sequence[str]]]:
        """The breaches the deal lists, of whatever paper."""
        return ((name, ()) for name in self.links)

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The par value stated in the paper, until it changes."""
        if ask.state.get(("value", "par_value", "")) is None:
            yield Set("par_value", "", self.values["initial_par_value"].value, role="par_value")

    def on_stock_authorised(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A report replaces the one before, and is tested at once."""
        told = fact.details
        yield Set("stock_authorised", "", told["authorised"], role="shares_available")
        yield Set("stock_issued", "", told["issued"], role="shares_available")
        yield Set("reserved_elsewhere", "", told["reserved_elsewhere"], role="shares_available")
        yield Set("reserved_here", "", told["reserved_here"], role="warrant_reserve_is_short")
        yield from self._tested(ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """More shares may be needed, and the price may have fallen below the par value."""
        yield from self._tested(ask)
        yield from self._par_tested(ask)

    def on_par_value_changed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The par value may not rise above the price in force."""
        yield Set("par_value", "", fact.details["value"], role="par_value")
        yield from self._par_tested(ask)

    def on_finding(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What a person finds under a name the deal lists is shown under that name."""
        event = fact.details["event"]
        link = self.links.get(event)
        if link is not None:
            yield Occur(event, fact.details["case"], {"of": fact.details["of"], "what": link["what"]}, event)

    def _tested(self, ask: Ask) -> Iterable[Effect]:
        """The days on which an answer changes are kept: it begins to be short, or is short no more."""
        for test, role in (("available_is_short", "shares_available"),
                           ("warrant_reserve_is_short", "warrant_reserve_is_short")):
            short = ask(test)
            if determined(short) and short != ask.state.get(("value", f"{test}_found", "")):
                yield Set(f"{test}_found", "", short, ask.source(test), role)
                if short:
                    yield Occur(test.replace("_is_short", "_shares_short"), ask.now_day.isoformat(), {}, role)

    def _par_tested(self, ask: Ask) -> Iterable[Effect]:
        for key in ask.state.keys("value", "exercise_price"):
            if not ask("par_value_is_allowed", lot=key[2]):
                yield Occur("par_value_above_price", key[2], {}, "par_value")
