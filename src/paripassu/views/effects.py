"""How far two statements of one deal and date are apart, figure by figure: in dollars, in shares, in days.

What is held, what may be converted, what exercising costs and what is owed counts in dollars; common shares are taken
at a closing bid. Shares that are of record and still to be delivered are held and owed, and count once. Of what may be
converted now and what all shares held would give, the larger difference counts, as they are the same shares. Prices and
accounts are compared too but added to nothing: they say again what the rest says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from paripassu.values.arithmetic import ZERO
from paripassu.values.market import CLOSING_BID_TIERS, TRADING_CALENDAR, Market
from paripassu.values.undetermined import LARGEST, Undetermined, determined, extent
from paripassu.views.layout import LABELS
from paripassu.views.lines import ObligationLine, Statement

COMMON = "common"
"""The asset whose shares a closing bid prices."""
ENDED = ("performed", "lapsed", "waived")
"""A duty that stands so is owed no more."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a statement says, by which two statements are compared.

    ``measure`` is ``usd`` or ``common`` for what counts in dollars, ``date`` for a day, empty for what is only shown.
    Of items with the same ``once`` only the largest difference counts.
    """

    key: tuple[str, ...]
    words: str
    value: Any
    unit: str
    measure: str = ""
    once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two statements say differently; ``by`` is the second less the first, where that is a number.

    ``dollars`` is what the change is worth where it counts and a price is known; ``days`` how far two dates are apart.
    """

    words: str
    unit: str
    before: Any
    after: Any
    by: Any
    measure: str
    dollars: Any
    days: int | None
    once: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """The day whose closing bid common shares are taken at, and the bid; None where none is recorded of that day."""

    day: date
    bid: Any


Items: TypeAlias = dict[tuple[str, ...], Item]


def priced(market: Market, as_of: date) -> Priced:
    """The closing bid of a day, or of the last trading day before where the exchange was closed on it."""
    calendar = market.calendars.get(TRADING_CALENDAR)
    day = as_of if calendar.is_open(as_of) else calendar.previous_open(as_of)
    found = market.first_available(CLOSING_BID_TIERS, day)
    return Priced(day, found[0] if found else None)


def changes_between(before: Statement, after: Statement, price: Priced) -> tuple[Change, ...]:
    """Every figure, date and standing that two statements say differently, in the order of the statement."""
    first, second = _items(before), _items(after)
    found = []
    for key in {**first, **second}:
        one, other = first.get(key), second.get(key)
        known = one or other
        assert known is not None, "a key comes from one of the two"
        earlier, later = _value(one, known), _value(other, known)
        if earlier != later:
            found.append(_change(known, earlier, later, price))
    return tuple(found)


def _value(item: Item | None, like: Item) -> Any:
    """What is said; where nothing is, none of what is counted."""
    return item.value if item else ZERO if like.measure in ("usd", COMMON) else None


def _change(item: Item, before: Any, after: Any, price: Priced) -> Change:
    if item.measure == "date":
        both = isinstance(before, date) and isinstance(after, date)
        days = abs((after - before).days) if both else None
        return Change(item.words, item.unit, before, after, None, item.measure, None, days)
    by = apart(before, after)
    dollars = by if item.measure == "usd" else None
    if item.measure == COMMON and price.bid is not None and by is not None:
        dollars = by * price.bid
    return Change(item.words, item.unit, before, after, by, item.measure, dollars, None, item.once)


def apart(before: Any, after: Any) -> Any:
    """The second value less the first; with bounds where one is undetermined, None where they are no numbers.

    Two values that wait for the same are compared end for end, since what they wait for is one thing and cannot be
    low for the one and high for the other.
    """
    if any(value is None or isinstance(value, bool | str | tuple | date) for value in (before, after)):
        return None
    if determined(before) and determined(after):
        return after - before
    (low, high), (then_low, then_high) = _bounds(before), _bounds(after)
    needs = _needs(before) | _needs(after)
    together = _needs(before) == _needs(after)
    ends = (_less(then_low, low), _less(then_high, high)) if together else (
        _less(then_low, high), _less(then_high, low))
    known = sorted(end for end in ends if end is not None)
    if len(known) == len(ends):
        return known[0] if known[0] == known[1] else Undetermined(needs, known[0], known[1])
    return Undetermined(needs) if together else Undetermined(needs, *ends)


def _bounds(value: Any) -> tuple[Any, Any]:
    """The ends of a value; none where it is bounded by nothing but what is conceivable."""
    low, high = extent(value)
    return tuple(None if end is None or abs(end) >= LARGEST / 1000 else end for end in (low, high))  # type: ignore[return-value]


def _needs(value: Any) -> frozenset[Any]:
    return value.needs if isinstance(value, Undetermined) else frozenset()


def _less(one: Any, other: Any) -> Any:
    return None if one is None or other is None else one - other


def size(value: Any) -> Any:
    """How large a difference is, without its sign; with bounds where it is undetermined."""
    if determined(value):
        return abs(value)
    ends = [abs(end) for end in (value.low, value.high) if end is not None]
    crosses = len(ends) < 2 or value.low <= 0 <= value.high
    return Undetermined(value.needs, ZERO if crosses else min(ends), max(ends) if len(ends) == 2 else None)


def in_dollars(found: Iterable[Change]) -> Any:
    """What changes are worth together, without their signs; exactly zero where nothing that counts has a price."""
    return _total((one.once, size(one.dollars)) for one in found if one.dollars is not None)


def in_shares(found: Iterable[Change]) -> Any:
    """How many common shares change for which no price is known, without their signs."""
    return _total(
        (one.once, size(one.by)) for one in found
        if one.measure == COMMON and one.dollars is None and one.by is not None
    )


def _total(sizes: Iterable[tuple[tuple[str, ...], Any]]) -> Any:
    """Sizes added up; of those that count once, the largest."""
    added: Any = ZERO
    largest: dict[tuple[str, ...], Any] = {}
    for once, one in sizes:
        if not once:
            added = added + one
        elif once not in largest or descending(one) < descending(largest[once]):
            largest[once] = one
    return sum(largest.values(), added)


def descending(amount: Any) -> tuple[Any, ...]:
    """A key that sorts sizes from the largest, by the most each can be; what has no bound comes behind all others."""
    low, high = extent(amount)
    return (1, ZERO, -(low or ZERO)) if high is None else (0, -high, -low)


# -- what a statement says


def _items(made: Statement) -> Items:
    """What a statement says by its key; what is said again under one key is told apart by its place."""
    found: Items = {}
    said: Counter[tuple[str, ...]] = Counter()
    for item in (*_held(made), *_convertible(made), *_exercisable(made), *_owed(made), *_lawful(made), *_prices(made),
                 *_accounts(made), *_due(made)):
        said[item.key] += 1
        found[*item.key, str(said[item.key])] = item
    return found


def _held(made: Statement) -> Iterator[Item]:
    for line in made.holdings:
        lot = f" of lot {line.lot}" if line.lot else ""
        words = f"{line.asset} shares{lot} held by {_party(made, line.holder)}"
        measure, once = (COMMON, _of_record(line.holder)) if line.asset == COMMON else ("", ())
        yield Item(("held", line.holder, line.asset, line.lot), words, line.quantity, "shares", measure, once)


def _of_record(holder: str) -> tuple[str, ...]:
    """What a holder is of record of and what of it is still to be delivered are the same shares."""
    return (COMMON, holder)


def _convertible(made: Statement) -> Iterator[Item]:
    for right in made.conversions:
        who, key = _party(made, right.holder), (str(right.citation), right.holder)
        now = f"common shares {who} may convert into now"
        yield Item(("now", *key), now, right.common.value, "shares", COMMON, key)
        yield Item(("preferred", *key), f"preferred shares {who} may convert now", right.convertible.value, "shares")
        yield Item(
            ("all", *key), f"common shares for all that {who} holds, if no limit stood in the way",
            right.common_for_all.value, "shares", COMMON, key,
        )


def _exercisable(made: Statement) -> Iterator[Item]:
    """What exercising costs counts; the shares it gives are shown beside, as that price is paid for them."""
    for right in made.exercises:
        who = _party(made, right.holder)
        for lot in right.lots:
            key, whose = (right.instrument, right.holder, lot.lot), f"the warrant {lot.lot} of {who}"
            yield Item(("price", *key), f"exercise price of {whose}", lot.price.value, lot.price.unit)
            yield Item(("cost", *key), f"what exercising {whose} costs", lot.aggregate.value, "usd", "usd")
            if lot.exercisable is not None:
                may = f"shares to be had now by exercising {whose}"
                yield Item(("may", *key), may, lot.exercisable.value, "shares")


def _owed(made: Statement) -> Iterator[Item]:
    for line in made.obligations:
        owed = f"{line.what} ({line.id})"
        if line.amount is not None:
            once = () if line.delivered is None else _of_record(line.creditor)
            yield Item(("owed", line.id), owed, _left(line), line.amount.unit, _measure(line.amount.unit), once)
        if line.interest is not None:
            yield Item(("interest", line.id), f"interest on {owed}", line.interest.value, "usd", "usd")
        yield Item(("standing", line.id), f"{owed}: how it stands", line.status + (", late" if line.late else ""), "")
        yield Item(("by", line.id), f"{owed}: when it is due", line.due, "date", "date")


def _lawful(made: Statement) -> Iterator[Item]:
    for part in (part for found in made.lawful for part in found.parts):
        words = f"shares of {part.notice} that may lawfully be redeemed"
        yield Item(("lawful", part.notice), words, part.redeemable.value, "shares")


def _left(line: ObligationLine) -> Any:
    """What is still owed: nothing once the duty has ended, the amount less what was paid or delivered before."""
    assert line.amount is not None, "asked only of a duty with an amount"
    if line.amount.unit == "date":
        return line.amount.value
    if line.status in ENDED:
        return ZERO
    done = line.paid if line.delivered is None else line.delivered
    return line.amount.value if done is None else _no_less_than_nothing(line.amount.value - done)


def _no_less_than_nothing(left: Any) -> Any:
    if determined(left):
        return max(ZERO, left)
    low, high = extent(left)
    return Undetermined(left.needs, max(ZERO, low or ZERO), None if high is None else max(ZERO, high))


def _measure(unit: str) -> str:
    return {"usd": "usd", "shares": COMMON, "date": "date"}.get(unit, "")


def _prices(made: Statement) -> Iterator[Item]:
    for figure in made.prices:
        words = LABELS.get(figure.name, figure.name.replace("_", " ")).lower()
        of = made.lots_of(figure)
        words += f" of {of}" if of else ""
        yield Item(("price", str(figure.citation), figure.name, of), words, figure.value, figure.unit)


def _accounts(made: Statement) -> Iterator[Item]:
    for line in made.accounts:
        words = f"{line.account.replace('_', ' ')} left to {_party(made, line.holder)}"
        yield Item(("account", line.account, line.holder), words, line.balance, "shares")
    for right in made.rights:
        if right.quantity is not None:
            words = f"{right.right.replace('_', ' ')} open to {_party(made, right.holder)}"
            yield Item(("right", right.right, right.holder, right.subject), words, right.quantity.value,
                       right.quantity.unit)


def _due(made: Statement) -> Iterator[Item]:
    for line in made.diary:
        yield Item(("due", line.what, line.subject, str(line.citation)), f"{line.what}: by when", line.day, "date",
                   "date")


def _party(made: Statement, short: str) -> str:
    return made.parties.get(short, short)
