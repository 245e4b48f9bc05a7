"""The price of a warrant as a fold over the events that move it, in their order.

A counterfactual ("had those rights never been issued") edits the list and folds again; what the price becomes by it
holds from the event that calls for it. Every rule the papers leave open is a named part of the :class:`Method`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from paripassu.values.arithmetic import ONE, ZERO, Rational, nearest_cent, ratio, whole_down
from paripassu.values.dates import latest_day_before
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.undetermined import LARGEST, SMALLEST

ASSUMED_MARKET = ratio(4, 5)
"""A variable-rate security is priced as if the market price on its issuance had been four fifths of the actual one."""


@dataclass(frozen=True, slots=True)
class Part:
    """Securities of one issuance on equal terms.

    A unit is one share as first issued, or one dollar of principal where ``market_rate`` is given: the lowest part of
    the market price at which it converts, between ``lowest`` and ``highest`` where there are such limits. ``received``
    is what the company has for a unit, ``additional`` the least it will have on exercise or conversion.
    """

    units: Rational
    received: Rational
    additional: Rational
    shares_each: Rational = ONE
    market_rate: Rational | None = None
    lowest: Rational | None = None
    highest: Rational | None = None


@dataclass(frozen=True, slots=True)
class Offering:
    """Securities as the company offers them, before it is asked what they were issued for.

    ``units`` and the limits of a fluctuating price are those of a :class:`Part`; ``rights`` says whether they are
    rights to shares rather than shares.
    """

    issue: str
    day: date
    units: Rational
    rights: bool
    additional: Rational
    shares_each: Rational = ONE
    market_rate: Rational | None = None
    lowest: Rational | None = None
    highest: Rational | None = None

    def part(self, consideration: Rational) -> Part:
        """All of it on equal terms, for the whole of the consideration."""
        return Part(
            self.units, consideration / self.units, self.additional, self.shares_each, self.market_rate, self.lowest,
            self.highest,
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """Shares, or rights to shares, issued; ``under`` names the rights by whose exercise shares were issued."""

    issue: str
    day: date
    parts: tuple[Part, ...]
    under: str = ""

    @property
    def name(self) -> str:
        """As printed."""
        return f"{self.issue} issued {self.day}"


@dataclass(frozen=True, slots=True)
class Split:
    """A subdivision or combination of the common stock: when it moves the price, and when it is effective."""

    day: date
    before: Rational
    after: Rational
    effective: date | None = None

    @property
    def name(self) -> str:
        """As printed."""
        ratio_of = f"split {number(self.after, '')} for {number(self.before, '')}"
        if self.effective is None or self.effective == self.day:
            return f"{ratio_of} {self.day}"
        return f"{ratio_of} {self.effective}, of record {latest_day_before(self.day, 1)}"


@dataclass(frozen=True, slots=True)
class Agreed:
    """The company and the holder agree on a price in writing; what is carried forward stays to be made."""

    day: date
    price: Rational

    @property
    def name(self) -> str:
        """As printed."""
        return f"price agreed {self.day}"


@dataclass(frozen=True, slots=True)
class TermsChanged:
    """Rights still outstanding get another price of exercise or another number of shares a unit; None where neither."""

    issue: str
    day: date
    units: Rational
    additional: Rational | None
    shares_each: Rational | None

    @property
    def name(self) -> str:
        """As printed."""
        return f"terms of {self.issue} changed {self.day}"


@dataclass(frozen=True, slots=True)
class Expired:
    """Rights that were not exercised end."""

    issue: str
    day: date
    units: Rational

    @property
    def name(self) -> str:
        """As printed."""
        return f"{self.issue} expired {self.day}"


PriceEvent: TypeAlias = Issued | Split | Agreed | TermsChanged | Expired
Circumstances: TypeAlias = Mapping[str, tuple[Rational, Rational, Rational]]
"""For each issuance: the shares outstanding before it that the numerator counts, those that the denominator counts, and
the market price of its day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule of arithmetic that a reading chooses; the name says which it is."""

    name: str
    function: Callable[..., Any] = field(compare=False)

    def __call__(self, *values: Any) -> Any:
        """What the rule gives."""
        return self.function(*values)


def half_even_cent(dollars: Rational) -> Rational:
    """Dollars to the nearest cent; half a cent to the even one."""
    cents, below = dollars * 100, whole_down(dollars * 100)
    half = cents - below == ratio(1, 2)
    return ratio(below + below % 2, 100) if half else nearest_cent(dollars)


class Method(NamedTuple):
    """How steps are made: smallest adjustments, and the rules the papers leave open.

    ``minimum`` is the smallest part of the price by which it is adjusted, ``in_replay`` the one that holds while a
    changed list is folded again, ``on_readjustment`` the one for the step to the price so found. ``cents`` rounds a
    price, ``tested`` gives the price whose distance is tested, ``carry`` joins what is carried to a new price,
    ``split_number`` the ratio of the number on a split, ``covers`` whether rights at the market then are repriced.
    """

    minimum: Rational
    in_replay: Rational
    on_readjustment: Rational
    cents: Rule
    tested: Rule
    carry: Rule
    split_number: Rule
    covers: Rule
    counted_from: date

    @property
    def name(self) -> str:
        """As printed: the rules in force."""
        return ", ".join(rule.name for rule in (self.cents, self.tested, self.carry, self.split_number, self.covers))


class Offer(NamedTuple):
    """What one issuance comes to: shares outstanding before, maximum shares, consideration for them, market price.

    ``base`` are the shares outstanding before it that the denominator counts: less by what is in the treasury, where
    the papers leave treasury shares out there alone.
    """

    outstanding: Rational
    base: Rational
    shares: Rational
    consideration: Rational
    market: Rational

    @property
    def price(self) -> Rational:
        """Consideration per share."""
        return self.consideration / self.shares

    @property
    def factor(self) -> Rational:
        """(O + P/M) / (shares deemed outstanding): what the price is multiplied by."""
        return (self.outstanding + self.consideration / self.market) / (self.base + self.shares)


@dataclass(frozen=True, slots=True)
class Step:
    """One event and what it did: the exact price sought, the amount with what was carried, and where the price stands.

    ``number_ratio`` is what the number of shares is multiplied by, ``why`` says what became of the step.
    """

    event: PriceEvent
    before: Rational
    exact: Rational
    amount: Rational
    after: Rational
    carried: Rational
    number_ratio: Rational
    why: str
    offer: Offer | None = None

    @property
    def name(self) -> str:
        """As printed."""
        return f"{self.event.name}: {self.why}, {number(self.after, 'usd per share')}"


class Track(NamedTuple):
    """Where the price stands: in effect, before it was rounded to a cent, and the amount carried forward."""

    price: Rational
    exact: Rational
    carried: Rational


NOT_BELOW = "not below the market price"
NOT_COUNTED = "before adjustments begin"
FREED = "issued under rights already counted"
CARRIED = "carried forward"
MADE = "adjusted"
NOTHING = "changes nothing"
IN_WRITING = "agreed in writing"


def fold(
    price: Rational, events: Sequence[PriceEvent], circumstances: Circumstances, method: Method
) -> tuple[Step, ...]:
    """Every step from the first price on, one an event."""
    track, kept, steps = Track(price, price, ZERO), list[PriceEvent](), list[Step]()
    below: set[str] = set()
    for event in events:
        if event.day < method.counted_from and not isinstance(event, Agreed):
            step = _idle(event, track, NOT_COUNTED)
        elif isinstance(event, Issued | Split | Agreed):
            kept.append(event)
            track, step = _forward(event, track, circumstances, below, method, method.minimum)
        else:
            changed = _edited(kept, event, below, method)
            track, step = _readjusted(event, track, changed, price, circumstances, method)
            kept = changed
            below = _below_market(changed, circumstances)
        steps.append(step)
    return tuple(steps)


def _idle(event: PriceEvent, track: Track, why: str, offer: Offer | None = None) -> Step:
    return Step(event, track.price, track.price, ZERO, track.price, track.carried, ONE, why, offer)


def _forward(
    event: Issued | Split | Agreed, track: Track, circumstances: Circumstances, below: set[str], method: Method,
    minimum: Rational,
) -> tuple[Track, Step]:
    """The step of an issuance, a split or an agreed price from where the price stands."""
    if isinstance(event, Agreed):
        moved, amount = Track(event.price, event.price, track.carried), track.price - event.price
        return moved, Step(
            event, track.price, event.price, amount, event.price, track.carried, ONE, IN_WRITING
        )
    if isinstance(event, Split):
        after = track.price * event.before / event.after
        exact = after - track.carried * event.before / event.after
        moved, step = _made(event, track, exact, method, minimum, None)
        made = step.number_ratio != ONE
        return moved, replace(step, number_ratio=method.split_number(event, track, moved)) if made else step
    offer = offer_of(event, circumstances)
    if event.under in below:
        return track, _idle(event, track, FREED, offer)
    if offer.price >= offer.market:
        return track, _idle(event, track, NOT_BELOW, offer)
    below.add(event.issue)
    return _made(event, track, method.carry(track.price, track.carried, offer.factor), method, minimum, offer)


def _made(
    event: PriceEvent, track: Track, exact: Rational, method: Method, minimum: Rational, offer: Offer | None
) -> tuple[Track, Step]:
    """The price moves to the exact one, rounded, if the distance is large enough; else the distance is carried."""
    amount = track.price - exact
    large = abs(track.price - method.tested(exact)) >= minimum * track.price
    if amount == 0 or not large:
        why = CARRIED if amount else NOTHING
        return track._replace(carried=amount), Step(
            event, track.price, exact, amount, track.price, amount, ONE, why, offer
        )
    after = method.cents(exact)
    return Track(after, exact, ZERO), Step(
        event, track.price, exact, amount, after, ZERO, track.price / after, MADE, offer
    )


def _readjusted(
    event: TermsChanged | Expired, track: Track, changed: Sequence[PriceEvent], price: Rational,
    circumstances: Circumstances, method: Method,
) -> tuple[Track, Step]:
    """The step to the price that the changed list would have given by now, and to what it would be carrying.

    A step that is too small by itself is made together with what the changed list carries, or carried with it.
    """
    would = Track(price, price, ZERO)
    below: set[str] = set()
    for one in changed:
        assert isinstance(one, Issued | Split | Agreed)
        would, _ = _forward(one, would, circumstances, below, method, method.in_replay)
    reached = track.price if would.price == track.price else would.exact
    amount = track.price - reached
    if amount == 0:
        why = NOTHING if would.carried == track.carried else CARRIED
        return track._replace(carried=would.carried), replace(_idle(event, track, why), carried=would.carried)
    if abs(track.price - method.tested(reached)) < method.on_readjustment * track.price:
        return _made(event, track, reached - would.carried, method, method.on_readjustment, None)
    moved, step = _made(event, track, reached, method, ZERO, None)
    return moved._replace(carried=would.carried), replace(step, carried=would.carried)


def _edited(
    kept: Sequence[PriceEvent], event: TermsChanged | Expired, below: set[str], method: Method
) -> list[PriceEvent]:
    """The list with the rights as the event leaves them; an issuance of which nothing is left is taken out."""
    if isinstance(event, TermsChanged) and not method.covers(event.issue in below):
        return list(kept)
    changed: list[PriceEvent] = []
    for one in kept:
        if not isinstance(one, Issued) or one.issue != event.issue:
            changed.append(one)
            continue
        parts = tuple(part for part in _parts_after(one.parts, event) if part.units)
        changed.extend([replace(one, parts=parts)] if parts else [])
    return changed


def _parts_after(parts: tuple[Part, ...], event: TermsChanged | Expired) -> tuple[Part, ...]:
    """The last part is what is outstanding, and what was exercised of it on its terms."""
    *earlier, last = parts
    rest = replace(last, units=last.units - event.units)
    if isinstance(event, Expired):
        return (*earlier, rest)
    changed = replace(
        last, units=event.units,
        additional=last.additional if event.additional is None else event.additional,
        shares_each=last.shares_each if event.shares_each is None else event.shares_each,
    )
    return (*earlier, rest, changed)


def _below_market(events: Sequence[PriceEvent], circumstances: Circumstances) -> set[str]:
    """The issuances that were below the market price of their day."""
    offers = {one.issue: offer_of(one, circumstances) for one in events if isinstance(one, Issued)}
    return {issue for issue, offer in offers.items() if offer.price < offer.market}


def offer_of(event: Issued, circumstances: Circumstances) -> Offer:
    """The largest number of shares of an issuance and what the company has for them at the least."""
    outstanding, base, market = circumstances[event.issue]
    shares = consideration = ZERO
    for part in event.parts:
        if part.market_rate is None:
            shares += part.units * part.shares_each
            consideration += part.units * (part.received + part.additional)
        else:
            shares += part.units / lowest_price(part, market)
            consideration += part.units
    return Offer(outstanding, base, shares, consideration, market)


def lowest_price(part: Part, market: Rational) -> Rational:
    """The price of conversion with every discount earned and the market at four fifths of what it was."""
    if not SMALLEST < market < LARGEST:
        # The price falls with the market here and rises with it elsewhere, so the ends of its range bound nothing.
        raise Problem(
            ProblemKind.BAD_NUMBER, f"no price of conversion follows from a market price of {market}",
            "give the market price of the day of issuance",
        )
    assert part.market_rate is not None
    price = part.market_rate * ASSUMED_MARKET * market
    if part.highest is not None:
        price = min(price, part.highest)
    return price if part.lowest is None else max(price, part.lowest)
