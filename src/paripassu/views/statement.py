"""The statement: what a deal looks like on a date, for the analyst, the CFO and the auditor alike.

Holdings, what may be converted and which limit binds, prices in force, what is owed, what is due, what occurred,
what is undetermined and what would settle it; and first of all what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from paripassu.agreement import Instrument
from paripassu.asking import Names
from paripassu.explaining import explain
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ZERO
from paripassu.values.bindings import LotTerm
from paripassu.values.citation import Citation
from paripassu.values.effects import Occur, Refuse
from paripassu.values.facts import AfterRecordDate, Fact
from paripassu.values.figures import Figure
from paripassu.values.grades import Grade, worst
from paripassu.values.state import Entitlement, Obligation, State
from paripassu.values.undetermined import NO_LIMIT, Need, determined
from paripassu.views.agent import assertions
from paripassu.views.agreed import agreed
from paripassu.views.breaches import breaches, deliveries
from paripassu.views.breakeven import BreakEven, break_even
from paripassu.views.diary import diary
from paripassu.views.exercising import exercise_rights
from paripassu.views.lawful import lawful_redemptions
from paripassu.views.limits import LIMITS, binds
from paripassu.views.lines import (
    AccountLine,
    Assumption,
    Basis,
    Beside,
    ConversionRight,
    EventLine,
    HoldingLine,
    Limit,
    ObligationLine,
    Paper,
    PricePoint,
    ReadingInForce,
    RightLine,
    Statement,
    TestSpan,
)
from paripassu.views.register import certificates, numbers_held, securities
from paripassu.views.undetermined import grouped
from paripassu.views.words import EVENT_WORDS, QUIET

PRICES = (
    "fixed_conversion_price", "variable_conversion_price", "locked_prices", "conversion_price", "premium",
    "shares_per_preferred", "shares_issuable", "coverage_target", "reserved_amount", "reserve_is_short",
)
OF_EACH_LOT = ("fixed_conversion_price", "conversion_price", "shares_per_preferred")
"""Figures that each lot has for itself."""
OWN_PRICES = ("fixed_conversion_price", "exercise_price")
"""Prices that lots carry as terms of their own."""
TESTS = {
    "reserve_test": ("reserve_is_short", "reserve below the multiple of issuable shares"),
    "cap_test": ("cap_is_short", "holder's cap portion below the multiple of issuable shares"),
}
DELIVERED = {
    "deliver_common": "shares_delivered", "deliver_warrant_shares": "exercise_shares_delivered",
    "deliver_shares": "shares_delivered_on",
}
"""Duties to deliver shares that the holder is of record of since it converted or exercised; what was delivered."""
DRIVER = "lowest_bids_mean"
"""The unknown in which break-evens are stated: the mean of the six lowest bids moves every price."""


def statement(done: Replayed, all_facts: tuple[Fact, ...], planned: int) -> Statement:
    """Read the statement off a replay.

    ``all_facts`` include those after its date; ``planned`` counts the provisions of its papers not carried out yet.
    """
    return _Reader(done, all_facts, planned).statement()


class _Reader:
    """Reads each part of the statement off one replay."""

    def __init__(self, done: Replayed, all_facts: tuple[Fact, ...], planned: int) -> None:
        self.planned = planned
        self.done = done
        self.state = done.state
        self.agreement = done.agreement
        self.all_facts = all_facts
        self.needs: list[tuple[Need, str]] = []

    def statement(self) -> Statement:
        prices = tuple(self._prices())
        conversions = tuple(self._conversions())
        exercises = tuple(exercise_rights(self.done, self._figure))
        rights = tuple(self._rights())
        obligations = tuple(self._obligation(owed) for owed in self.state.obligations())
        lawful = tuple(lawful_redemptions(self.done, self._figure))
        tests = tuple(self._tests())
        first = self._first()
        return Statement(
            deal=self.agreement.name, title=self.agreement.title, as_of=self.state.as_of,
            known_at=self.state.known_at, parties=dict(self.agreement.parties), papers=tuple(self._papers()),
            basis=self._basis(), prices=prices,
            price_break_even=self._price_break_even(first), holdings=tuple(self._holdings()),
            certificates=tuple(one for security in securities(self.done) for one in certificates(self.done, security)),
            conversions=conversions, exercises=exercises, rights=rights, obligations=obligations, lawful=lawful,
            events=tuple(self._events()),
            tests=tests, accounts=tuple(self._accounts()),
            missing=grouped(self.needs, self.done.market.calendars.get("us-exchange")), diary=diary(self.done),
            beside=self._beside(),
        )

    def _beside(self) -> Beside:
        done = self.done
        return Beside(agreed(done), tuple(breaches(done)), tuple(deliveries(done)), tuple(assertions(done)))

    def _first(self) -> Names:
        return next(iter(self.done.names.values()))

    def _figure(
        self, names: Names, name: str, blocked: str = "", given: Mapping[str, Any] | None = None,
        on: date | None = None, **at: Any,
    ) -> Figure:
        figure = explain(names, name, names.point(on, given, at))
        self.needs.extend((need, blocked or name.replace("_", " ")) for need in figure.needs())
        return figure

    def _cite(self, instrument: Instrument, clause: str, role: str) -> Citation:
        return Citation(instrument.document, instrument.clause(clause).section_of(role))

    # -- basis

    def _basis(self) -> Basis:
        known = self.state.facts
        observed = [one for one in self.done.market.observations if one.day <= self.state.as_of]
        return Basis(
            last_fact=known[-1].effective if known else None, facts=len(known),
            of_record=len(self.state.facts_of_record), future_facts=len(self.all_facts) - len(known),
            observations=len(observed),
            last_observation=max((one.day for one in observed), default=None), planned=self.planned,
            assumptions=tuple(self._assumptions()), readings=tuple(self._readings()),
        )

    def _assumptions(self) -> Iterator[Assumption]:
        for fact in (*self.state.facts, *self.state.facts_of_record):
            if fact.grade >= Grade.ASSUMED or fact.despite:
                yield Assumption(fact.effective, fact.says(self.agreement.parties), fact.source, fact.grade)

    def _readings(self) -> Iterator[ReadingInForce]:
        for instrument in self.agreement.instruments.values():
            for reading in instrument.readings():
                choice = self.agreement.choices.get((instrument.name, reading.id))
                first, says = next(iter(reading.alternatives.items()))
                chosen = self.agreement.chosen(instrument.name, reading.id)
                yield ReadingInForce(
                    instrument.name, reading.id, reading.question, chosen,
                    choice.by if choice else "library default", choice.reason if choice else says, chosen != first,
                )

    def _papers(self) -> Iterator[Paper]:
        for document in self.agreement.documents.values():
            yield Paper(document.name, document.title, document.date)

    # -- prices and holdings

    def _prices(self) -> Iterator[Figure]:
        for names in self.done.names.values():
            lot = _lot_priced(self.state, names.instrument.name)
            for name in PRICES if self.state.keys("value", "fixed_conversion_price") else ():
                if name in names.instrument.bindings and name in OF_EACH_LOT and lot is None:
                    yield from self._of_each_price(names, name)
                elif name in names.instrument.bindings:
                    figure = self._figure(names, name, **(lot or {}) if name in OF_EACH_LOT else {})
                    if figure.value != ():
                        yield figure

    def _of_each_price(self, names: Names, name: str) -> Iterator[Figure]:
        """A figure that lots have for themselves, once for the outstanding lots of each fixed price."""
        lots: dict[Any, list[str]] = {}
        for lot in sorted(_outstanding(self.state, names.instrument.name)):
            lots.setdefault(self.state.get(("value", "fixed_conversion_price", lot)), []).append(lot)
        for alike in lots.values():
            yield self._figure(names, name, lot=alike[0])._replace(subject=", ".join(alike))

    def _price_break_even(self, names: Names) -> BreakEven | None:
        known = "conversion_price" in names.instrument.bindings and self.state.facts
        lot = _lot_priced(self.state, names.instrument.name)
        outstanding = self.state.class_totals(names.instrument.name, "fixed_conversion_price", "")
        if not known or lot is None or not outstanding or determined(names("conversion_price", **lot)):
            return None
        found = break_even(names, "conversion_price", DRIVER, self.state.as_of, lot)
        mean = names(DRIVER)
        possible = found is not None and (mean.high is None or mean.high >= found.threshold)
        return found if possible else None

    def _holdings(self) -> Iterator[HoldingLine]:
        for name in self.done.names:
            for holder in self.state.holders(name):
                for lot, quantity in sorted(self.state.lots(name, holder).items()):
                    yield HoldingLine(
                        holder, name, lot, ", ".join(numbers_held(self.state, name, holder, lot)), quantity,
                        self._own_price(name, lot),
                    )
        for holder in self.state.holders("common"):
            quantity = self.state.total("common", holder)
            if not determined(quantity) or quantity:
                numbers = ", ".join(numbers_held(self.state, "common", holder, ""))
                yield HoldingLine(holder, "common", "", numbers, quantity, None)

    def _own_price(self, instrument: str, lot: str) -> Any:
        """The price that a lot of an instrument carries as a term of its own; None where it carries none."""
        bindings = self.done.names[instrument].instrument.bindings
        carried = next((name for name in OWN_PRICES if isinstance(bindings.get(name), LotTerm)), "")
        return self.state.get(("value", carried, lot)) if carried else None

    def _accounts(self) -> Iterator[AccountLine]:
        for names in self.done.names.values():
            for clause in names.instrument.clauses:
                for account, link in clause.links.items():
                    if "used" in link:
                        for holder in self.state.holders(account):
                            used = self.state.get(("value", link["used"], holder)) or 0
                            yield AccountLine(account, holder, self.state.total(account, holder), used)

    # -- rights

    def _conversions(self) -> Iterator[ConversionRight]:
        for names in self.done.names.values():
            if "conversion_room" not in names.instrument.bindings:
                continue
            for holder in self.state.holders(names.instrument.name):
                if self.state.lots(names.instrument.name, holder):
                    yield self._conversion(names, holder)

    def _conversion(self, names: Names, holder: str) -> ConversionRight:
        blocked = f"what {holder} may convert"
        held = self.state.total(names.instrument.name, holder)
        every = self._figure(names, "shares_issuable_to_holder", blocked, holder=holder)
        convertible, common = self._fits(names, holder)
        rooms = {name: self._figure(names, name, blocked, holder=holder) for name in LIMITS}
        limits = tuple(
            Limit(name, LIMITS[name], figure, self._preferred_within(names, holder, name, figure),
                  binds(name, rooms, every.value), figure.citation)
            for name, figure in rooms.items()
        )
        role = Citation(names.instrument.document, names.instrument.section_of("conversion_room"))
        return ConversionRight(
            holder, held, self._convertible_figure(names, convertible, role), common, every, limits, role
        )

    def _convertible_figure(self, names: Names, fits: list[Figure], citation: Citation) -> Figure:
        """The preferred shares that fit, lot by lot."""
        total = sum((one.value for one in fits), 0)
        how = "as many whole shares of each lot as fit the room left, oldest lot first"
        graded = worst(one.grade for one in fits)
        return Figure("convertible_preferred", total, "shares", how, citation, graded, tuple(fits), self.state.as_of)

    def _preferred_within(self, names: Names, holder: str, name: str, figure: Figure) -> Any:
        rooms = {other: figure.value if other == name else NO_LIMIT for other in LIMITS}
        return sum((one.value for one in self._fits(names, holder, rooms)[0]), 0)

    def _fits(self, names: Names, holder: str, rooms: dict[str, Any] | None = None) -> tuple[list[Figure], Figure]:
        """The most preferred shares that convert, lot by lot in order of acquisition, and the common they give."""
        fits: list[Figure] = []
        converted: list[tuple[str, Any]] = []
        taken: Any = 0
        for lot, quantity in self.state.lots(names.instrument.name, holder).items():
            given = {"preferred_shares": quantity, "shares_taken": taken, **(rooms or {})}
            point = names.point(None, given, {"lot": lot, "holder": holder})
            fits.append(explain(names, "convertible_preferred", point))
            converted.append((lot, fits[-1].value))
            taken = taken + names("exact_conversion_shares", lot=lot, given={"preferred_shares": fits[-1].value})
        parts = tuple(pair for pair in converted if not determined(pair[1]) or pair[1])
        common = explain(names, "conversion_shares", names.point(None, {"preferred_by_lot": parts}, {"holder": holder}))
        return fits, common

    def _rights(self) -> Iterator[RightLine]:
        for right in self.state.entitlements():
            if right.ended is None and (right.until is None or right.until >= self.state.as_of):
                yield self._right(right)

    def _right(self, right: Entitlement) -> RightLine:
        names = self.done.names[right.instrument]
        quantity = self._figure(names, right.quantity, right.right, **right.at) if right.quantity else None
        return RightLine(
            right.holder, right.right, right.subject, right.since, quantity,
            self._cite(names.instrument, right.clause, right.role),
        )

    # -- duties

    def _obligation(self, owed: Obligation) -> ObligationLine:
        names = self.done.names[owed.instrument]
        on = self._asked_on(owed)
        amount = self._figure(names, owed.amount, owed.what, on=on, **owed.at) if owed.amount else None
        interest, unpaid = (self._interest(names, owed, name) for name in ("default_interest", "interest_unpaid"))
        return ObligationLine(
            owed.id, owed.debtor, owed.creditor, owed.what, owed.status, owed.arisen, owed.due, owed.awaits, amount,
            self._growth(names, owed, interest), self.state.get(("value", "paid", owed.id)), interest, unpaid,
            owed.late, self._cite(names.instrument, owed.clause, owed.role), self._delivered(owed),
        )

    def _delivered(self, owed: Obligation) -> Any:
        if owed.duty not in DELIVERED:
            return None
        return self.state.get(("value", DELIVERED[owed.duty], owed.subject)) or ZERO

    def _asked_on(self, owed: Obligation) -> date | None:
        """The day of which the amount of a duty is shown: of one waived the last before; None: the statement's."""
        return owed.grew_through if owed.status == "waived" else None

    def _interest(self, names: Names, owed: Obligation, name: str) -> Figure | None:
        """A figure of the interest on an amount not paid when due; None where it was, or nothing is written of it."""
        if not self.state.get(("value", "unpaid_balances", owed.id)):
            return None
        return self._figure(names, name, f"interest on {owed.id}", obligation=owed.id)

    def _growth(self, names: Names, owed: Obligation, interest: Figure | None) -> Any:
        """By how much the amount and its interest are larger tomorrow, if nothing happens; None when they are not."""
        if owed.status in ("performed", "lapsed", "waived") or not owed.amount:
            return None
        tomorrow = self.state.as_of + timedelta(days=1)
        asked = [(owed.amount, dict(owed.at))] + ([("default_interest", {"obligation": owed.id})] if interest else [])
        pairs = [(names(name, on=tomorrow, **at), names(name, **at)) for name, at in asked]
        if any(isinstance(value, date) or not determined(value) for pair in pairs for value in pair):
            return None
        growth = sum((later - now for later, now in pairs), ZERO)
        return growth or None

    # -- what happened

    def _events(self) -> Iterator[EventLine]:
        """In the order of their moments, a fact before what it brings about."""
        parties, zone = self.agreement.parties, self.agreement.zone
        facts = [
            (fact.moment_in(zone), EventLine(fact.effective, "fact", fact.kind, "", fact.says(parties), None))
            for fact in self.state.facts
        ]
        facts.extend(
            (AfterRecordDate(fact).when, EventLine(fact.details["record_date"], "fact", fact.kind, "",
                                                   f"record date: on {fact.effective} {fact.says(parties)}", None))
            for fact in self.state.facts_of_record
        )
        found = []
        for record in self.state.records:
            effect = record.effect
            instrument = self.agreement.instruments[record.instrument]
            if isinstance(effect, Occur) and effect.role and effect.name not in QUIET:
                cite = self._cite(instrument, record.clause, effect.role)
                said = effect.details.get("what") or EVENT_WORDS.get(effect.name, effect.name.replace("_", " "))
                line = EventLine(record.moment.date, "event", effect.name, effect.subject, said, cite)
                found.append((record.moment, line))
            elif isinstance(effect, Refuse):
                cite = self._cite(instrument, record.clause, effect.role)
                line = EventLine(record.moment.date, "refusal", effect.what, effect.subject, effect.why, cite)
                found.append((record.moment, line))
        yield from (line for _, line in sorted([*facts, *found], key=lambda one: one[0]))

    def _tests(self) -> Iterator[TestSpan]:
        for names in self.done.names.values():
            for key in self.state.keys("value"):
                if key[1] in TESTS and TESTS[key[1]][0] in names.instrument.bindings:
                    yield from self._spans(names, key)

    def _spans(self, names: Names, key: tuple[Any, ...]) -> Iterator[TestSpan]:
        asked, words = TESTS[key[1]]
        at = {"holder": key[2]} if key[2] else {}
        citation = Citation(names.instrument.document, names.instrument.section_of(asked))
        steps = [(self.state.records.moments[place].date, answer) for place, answer in self.state.steps(key)]
        calendar = self.done.market.calendars.get("us-exchange")
        for index, (first, answer) in enumerate(steps):
            ends = index + 1 < len(steps)
            last = calendar.previous_open(steps[index + 1][0]) if ends else self.state.as_of
            if last < first or answer is None:
                continue
            settles = None
            if answer == "undetermined":
                settles = break_even(names, asked, "conversion_price", last, at)
                self._note_missing(names, asked, at, first, last, words)
            yield TestSpan(key[1], words, key[2], first, last, answer, settles, citation)

    def _note_missing(
        self, names: Names, asked: str, at: dict[str, Any], first: date, last: date, words: str
    ) -> None:
        for day in self.done.market.calendars.get("us-exchange").between(first, last):
            value = names(asked, on=day, **at)
            if not determined(value):
                self.needs.extend((need, words) for need in value.needs)


def price_series(done: Replayed, first: date, last: date) -> tuple[PricePoint, ...]:
    """The price of every trading day in a span, for the chart; what is not known is None, a gap.

    On days on which lots outstanding carry different fixed prices there is no one price in effect: a gap too.
    """
    names = next(iter(done.names.values()))
    if "conversion_price" not in names.instrument.bindings:
        return ()
    points = []
    for day in done.market.calendars.get("us-exchange").between(first, last):
        lot = _lot_priced(done.state, names.instrument.name, done.state.place_at_end_of(day))
        values = [
            names(name, on=day) if name not in OF_EACH_LOT else None if lot is None else names(name, on=day, **lot)
            for name in ("closing_bid_price", "fixed_conversion_price", "variable_conversion_price",
                         "conversion_price")
        ]
        points.append(PricePoint(day, *(value if determined(value) else None for value in values)))
    return tuple(points)


def _lot_priced(state: State, instrument: str, place: int | None = None) -> dict[str, Any] | None:
    """The lot of which the one price in effect is asked: none where all lots ever carried one price.

    Where only those outstanding do, one of them; None where no lot is outstanding, or these differ too.
    """
    carried = {key[2]: state.get(key, place) for key in state.keys("value", "fixed_conversion_price")}
    if len(set(carried.values()) - {None}) == 1:
        return {}
    held = _outstanding(state, instrument, place)
    return {"lot": min(held)} if len({carried.get(lot) for lot in held}) == 1 else None


def _outstanding(state: State, instrument: str, place: int | None = None) -> set[str]:
    """The lots of which somebody holds anything."""
    return {lot for holder in state.holders(instrument) for lot in state.lots(instrument, holder, place)}
