"""What the market and the issuer's reports say: dated observations, and the calendars they are counted on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paripassu.values.arithmetic import Rational, mean, rational
from paripassu.values.calendars import Calendars
from paripassu.values.dates import parse_date
from paripassu.values.grades import Grade, grade_named
from paripassu.values.prints import Tape, tape_from_text
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.yields import MATURITIES, NO_YIELDS, Yields

OBSERVABLES: dict[str, str] = {
    "closing_bid": "closing bid price on the principal market",
    "otc_last_sale": "last reported sale on the electronic bulletin board",
    "pink_sheet_bid": "bid of one market maker in the pink sheets",
    "appraised_value": "fair market value determined by the investment banking firm",
    "average_price": "average price weighted by volume as the quotation service reported it",
    "trades": "prints of the trades of a day on the principal market",
    "bulletin_board_trades": "prints of the trades of a day on the electronic bulletin board",
    "pink_sheet_ask": "ask of one market maker in the pink sheets",
    "agreed_value": "fair market value on which both sides agreed",
    "closing_trade": "price of the last trade of the day on the principal market",
}
"""Every observable a file may give, in words. All are dollars per share of Common Stock; of prints a tape a day."""

TREASURY: dict[str, str] = {f"treasury_{maturity.replace(' ', '_')}": maturity for maturity in MATURITIES}
"""The yields of Treasury securities that come with the program, by maturity: per cent a year, latest published."""

TAPES = {"trades": True, "bulletin_board_trades": False}
"""The observables whose value is a tape of prints, and whether they were made on an exchange."""
QUOTATIONS = ("pink_sheet_bid", "pink_sheet_ask")
"""The observables of which a day may have several, each quoted by another market maker."""
BEST_QUOTES = "pink_sheet_best"
"""The highest bid and the lowest ask of a day, read off the quotations of the market makers."""
QUOTES = ("pink_sheet_bid", "pink_sheet_ask")
"""The quotations of market makers, of which ``BEST_QUOTES`` are the best."""

DETERMINED = ("appraised_value", "agreed_value")
"""The observables that people determine; all others are made on a market, on its trading days only."""

TRADING_CALENDAR = "us-exchange"
"""The calendar whose open days are the trading days: prices are of them, and daily tests are held on them."""

AVERAGE_PRICE_TIERS = (
    "average_price", "trades", "bulletin_board_trades", BEST_QUOTES, "agreed_value", "appraised_value",
)
"""The sources of an average price weighted by volume, first available first: the service's own figure, prints of the
principal market, prints of the bulletin board, the middle of best bid and ask, agreement, appraisal."""

CLOSING_BID_TIERS = ("closing_bid", "otc_last_sale", "pink_sheet_bid", "appraised_value")
"""The sources of a Closing Bid Price, first available first: exchange bid, bulletin-board sale, mean of market
makers' bids, appraisal."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One data point: observable, day, exact value (or tape), where it comes from, how far it may be trusted."""

    observable: str
    day: date
    value: Any
    source: str
    grade: Grade
    printed: str = ""
    quoted_by: str = ""
    place: Place | None = field(default=None, compare=False)


_KEYS = frozenset({"observable", "date", "value", "unit", "source", "grade", "printed", "quoted_by"})


def observation_from(
    raw: Mapping[str, Any], place: Place | None = None, calendars: Calendars | None = None
) -> Observation:
    """Read an observation from text; prices are positive, exact, and in usd per share.

    With ``calendars`` its day must be one on which there was such a price. Raises Problem UNKNOWN_KEY, MISSING_KEY,
    BAD_NUMBER, BAD_DATE, WRONG_UNIT, and what ``check_day`` raises, with the place given.
    """
    try:
        seen = _observation(raw, place)
        if calendars is not None:
            check_day(seen.observable, seen.day, calendars)
        return seen
    except Problem as problem:
        raise (problem.at(place) if place else problem) from None


def _observation(raw: Mapping[str, Any], place: Place | None) -> Observation:
    unknown = sorted(set(raw) - _KEYS)
    if unknown:
        raise Problem(ProblemKind.UNKNOWN_KEY, f"{unknown[0]!r} is not a column", "use " + ", ".join(sorted(_KEYS)))
    for key in ("observable", "date", "value", "source", "grade"):
        if not raw.get(key):
            raise Problem(ProblemKind.MISSING_KEY, f"an observation without {key}", f"fill in {key}")
    if raw["observable"] not in OBSERVABLES:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{raw['observable']!r} is not an observable", "use " + ", ".join(OBSERVABLES)
        )
    if raw.get("unit", "usd per share") != "usd per share":
        raise Problem(
            ProblemKind.WRONG_UNIT, f"a {raw['observable']} in {raw['unit']}", "give it in usd per share"
        )
    day = parse_date(str(raw["date"]))
    return Observation(
        observable=str(raw["observable"]),
        day=day,
        value=_tape(raw, day) if raw["observable"] in TAPES else price_from(str(raw["observable"]), str(raw["value"])),
        source=str(raw["source"]),
        grade=grade_named(str(raw["grade"])),
        printed=str(raw.get("printed") or ""),
        quoted_by=str(raw.get("quoted_by") or ""),
        place=place,
    )


def price_from(observable: str, text: str) -> Rational:
    """The price that a text gives for an observable; raises Problem BAD_NUMBER."""
    value = rational(text)
    if value <= 0:
        raise Problem(
            ProblemKind.BAD_NUMBER,
            f"a {observable} of {text}",
            "give a price above zero, or leave the day out when there was none",
        )
    return value


def check_day(observable: str, day: date, calendars: Calendars) -> None:
    """Raise Problem OUTSIDE_COVERAGE for a day that is not covered, IMPOSSIBLE_FACT for a price of a closed one."""
    why = calendars.get(TRADING_CALENDAR).closed_because(day)
    if why is not None and observable not in DETERMINED:
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT, f"a {observable} of {day}, on which the exchange was closed ({why})",
            "correct the date, or leave the row out",
        )


def _tape(raw: Mapping[str, Any], day: date) -> Tape:
    """The tape itself where it was just read, else made again from its text form."""
    given = raw["value"]
    return given if isinstance(given, Tape) else tape_from_text(
        day, str(given), on_exchange=TAPES[str(raw["observable"])]
    )


@dataclass(frozen=True)
class Market:
    """A dated set of observations with its calendars; immutable."""

    observations: tuple[Observation, ...]
    calendars: Calendars
    yields: Yields = NO_YIELDS
    _by_day: dict[tuple[str, date], list[Observation]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for observation in self.observations:
            self._by_day.setdefault((observation.observable, observation.day), []).append(observation)
        for (observable, day), found in self._by_day.items():
            quoted_by = {one.quoted_by for one in found}
            if len(quoted_by) < len(found):
                raise Problem(
                    ProblemKind.DUPLICATE,
                    f"two observations of {observable} on {day}",
                    "keep one; several quotations of a day need quoted_by, each another",
                    found[-1].place,
                )
        for bids in [found for (name, _), found in self._by_day.items() if name == "pink_sheet_bid"]:
            if asks := self._by_day.get(("pink_sheet_ask", bids[0].day)):
                best = [max(bids, key=_value), min(asks, key=_value)]
                self._by_day[BEST_QUOTES, bids[0].day] = best

    def on(self, observable: str, day: date) -> Sequence[Observation]:
        """What was observed that day (several only for quotations of several market makers)."""
        return self._by_day.get((observable, day), ())

    def first_available(self, tiers: Sequence[str], day: date) -> tuple[Rational, Sequence[Observation]] | None:
        """The value of the first tier observed that day (the mean where a tier has several quotations)."""
        for observable in tiers:
            if observable in TREASURY:
                self._read_yield(observable, day)
            found = self._by_day.get((observable, day))
            if found:
                value = found[0].value if len(found) == 1 else mean([one.value for one in found])
                return value, found
        return None

    def _read_yield(self, observable: str, day: date) -> None:
        """Take the yield in force on a day among the observations; nothing where none was published for a week."""
        published = self.yields.published(TREASURY[observable], day)
        if published is not None and (observable, day) not in self._by_day:
            value, since = published
            latest = "" if since == day else f", published {since}"
            one = Observation(observable, day, value, f"{self.yields.source}{latest}", Grade.PUBLIC_RECORD)
            self._by_day[observable, day] = [one]

    def days(self, observable: str) -> list[date]:
        """The days on which it was observed, in order."""
        return sorted(day for name, day in self._by_day if name == observable)

    def with_observations(self, more: Iterable[Observation]) -> Market:
        """A market that also has the given observations; a day given twice is a Problem."""
        return Market((*self.observations, *more), self.calendars, self.yields)


def _value(one: Observation) -> Rational:
    price: Rational = one.value
    return price
