"""Stories of a deal made up by hypothesis: facts in a valid order, and closing bids with gaps.

Holders, lots, notices and days are drawn; what is held and not yet noticed is kept, so that most stories can be
carried out. One that cannot (a notice that names no certificate after a reset, say) ends in a Problem, like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st

from paripassu import store
from paripassu.agreement import Agreement
from paripassu.loading import agreement_from, choices_from
from paripassu.replay import Replayed, replay
from paripassu.values.facts import Fact, fact_from
from paripassu.values.market import Market, observation_from
from paripassu.values.problems import Problem

CLOSING = date(1998, 12, 18)
CALENDARS = store.read_calendars()
HOLDERS = ("alpha", "beta", "gamma")
PLENTY = 10_000_000
"""More shares than any conversion gives: delivering so many performs the duty whatever was due."""

QUICK = settings(
    max_examples=10, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
"""The same few stories every time; a failing one is shown as it is, not made smaller."""

Row = dict[str, Any]


def series_b() -> Agreement:
    """The Valence Series B with the readings its folder chooses."""
    folder = store.read_deal("valence-1998")
    agreement = agreement_from(folder.agreement, CALENDARS, folder.digest)
    return agreement.with_choices(choices_from(folder.readings, agreement))


AGREEMENT = series_b()


@dataclass(frozen=True)
class Story:
    """Rows as a facts file has them, bids by day, and the date asked about."""

    rows: tuple[Row, ...]
    bids: tuple[tuple[date, str], ...]
    as_of: date

    def facts(self) -> list[Fact]:
        """The facts, in the order of the rows."""
        return [fact_from(row, AGREEMENT.zone) for row in self.rows]

    def market(self) -> Market:
        """The bids with the pinned calendars."""
        return Market(tuple(_observed(day, bid) for day, bid in self.bids), CALENDARS)

    def replayed(self, as_of: date | None = None, known_at: date | None = None) -> Replayed:
        """The story carried out."""
        return replay(AGREEMENT, self.facts(), self.market(), as_of or self.as_of, known_at)


def carried_out(story: Story) -> Replayed:
    """The story replayed; a story that is a Problem says nothing about a State."""
    try:
        return story.replayed()
    except Problem:
        assume(False)
        raise


def _observed(day: date, bid: str) -> Any:
    return observation_from({"observable": "closing_bid", "date": day.isoformat(), "value": bid, "source": "story",
                             "grade": "illustrative"})


@dataclass
class _Teller:
    """Draws one thing after another and remembers what is free to be noticed or transferred."""

    draw: Any
    day: date = CLOSING
    free: dict[tuple[str, str], int] = field(default_factory=dict)
    notices: list[tuple[str, str]] = field(default_factory=list)
    count: int = 0

    def whole(self, least: int, most: int) -> int:
        return int(self.draw(st.integers(least, most)))

    def one(self, choices: Any) -> Any:
        return self.draw(st.sampled_from(list(choices)))

    def next_name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def on(self, days: int = 0) -> str:
        return (self.day + timedelta(days=days)).isoformat()

    def some(self, most: int) -> tuple[str, str, int] | None:
        """A holder, a lot and a number of its free shares, taken out of what is free."""
        held = [key for key, shares in self.free.items() if shares]
        if not held:
            return None
        holder, lot = self.one(held)
        shares = self.whole(1, min(most, self.free[holder, lot]))
        self.free[holder, lot] -= shares
        return holder, lot, shares

    def issuances(self) -> Iterator[Row]:
        for number, holder in enumerate(HOLDERS[: self.whole(1, 3)], 1):
            shares = self.whole(1, 2500)
            self.free[holder, f"L{number}"] = shares
            yield {"kind": "issuance", "on": self.on(), "instrument": "series-b", "holder": holder,
                   "shares": str(shares), "lot": f"L{number}"}

    def notice(self) -> Iterator[Row]:
        found = self.some(1500)
        if found is None:
            return
        holder, lot, shares = found
        name = self.next_name("N")
        self.notices.append((name, holder))
        at = f"{self.on()} {self.whole(0, 23):02}:{self.whole(0, 59):02}:00 America/New_York"
        row = {"kind": "notice_of_conversion", "at": at, "notice": name, "holder": holder,
               "face_amount": str(shares * 1000), "date_specified": self.on(self.whole(0, 4))}
        yield {**row, "lots": {lot: str(shares)}} if self.whole(0, 3) else row
        if self.whole(0, 3):
            yield {"kind": "confirmation_of_receipt", "on": self.on(self.whole(1, 3)), "notice": name}
        if self.whole(0, 5):
            yield {"kind": "certificates_delivered", "on": self.on(self.whole(1, 6)), "notice": name}
        yield from self._delivery(name)

    def _delivery(self, name: str) -> Iterator[Row]:
        how, later = self.whole(0, 3), self.whole(4, 30)
        if how == 1:
            yield {"kind": "shares_delivered", "on": self.on(later), "notice": name, "shares": "17"}
        if how:
            yield {"kind": "shares_delivered", "on": self.on(later + 9 * (how == 1)), "notice": name,
                   "shares": str(PLENTY)}

    def transfer(self) -> Iterator[Row]:
        found = self.some(900)
        if found is not None:
            holder, lot, shares = found
            to = self.one(one for one in (*HOLDERS, "delta") if one != holder)
            self.free[to, lot] = self.free.get((to, lot), 0) + shares
            yield {"kind": "transfer", "on": self.on(), "instrument": "series-b", "holder": holder, "to": to,
                   "lot": lot, "shares": str(shares)}

    def split(self) -> Iterator[Row]:
        before, after = self.one([(1, 2), (2, 3), (2, 1)])
        yield {"kind": "split", "on": self.on(), "before": str(before), "after": str(after)}

    def outstanding(self) -> Iterator[Row]:
        yield {"kind": "shares_outstanding", "on": self.on(), "shares": str(self.whole(5_000_000, 40_000_000))}

    def ownership(self) -> Iterator[Row]:
        acquirable = self.whole(0, 200_000)
        yield {"kind": "beneficial_ownership", "on": self.on(), "holder": self.one(HOLDERS),
               "owned": str(acquirable + self.whole(0, 500_000)), "acquirable": str(acquirable)}

    def announcement(self) -> Iterator[Row]:
        name = self.next_name("T")
        yield {"kind": "announcement", "on": self.on(), "transaction": name, "kind_of_transaction": "merger"}
        end = self.one(["", "abandonment", "consummation"])
        if end:
            yield {"kind": end, "on": self.on(self.whole(1, 40)), "transaction": name}

    def demand(self) -> Iterator[Row]:
        if self.notices:
            name, holder = self.one(self.notices)
            yield {"kind": "demand", "on": self.on(), "holder": holder, "case": name}

    def buy_in(self) -> Iterator[Row]:
        if self.notices:
            name, holder = self.one(self.notices)
            yield {"kind": "buy_in", "on": self.on(), "notice": name, "holder": holder, "purchased_on": self.on(),
                   "shares_sold": "1000", "net_proceeds": "5000", "shares_purchased": "900",
                   "purchase_price": str(self.whole(3000, 9000))}

    def redemption(self) -> Iterator[Row]:
        if self.notices:
            name, holder = self.one(self.notices)
            yield {"kind": "redemption_notice", "on": self.on(), "notice": self.next_name("R"), "holder": holder,
                   "event": f"iii:{name}", "shares": str(self.whole(1, 50)), "date_of_notice": self.on()}

    def refusal(self) -> Iterator[Row]:
        case = self.next_name("F")
        yield {"kind": "refusal_to_convert", "on": self.on(), "case": case}
        if self.whole(0, 1):
            yield {"kind": "undertaking_to_convert", "on": self.on(self.whole(1, 30)), "case": case}

    def breach(self) -> Iterator[Row]:
        case = self.next_name("C")
        yield {"kind": "breach_notice", "on": self.on(), "case": case, "by": self.one(HOLDERS), "of": "spa",
               "matter": "material_breach"}
        if self.whole(0, 1):
            yield {"kind": "cure", "on": self.on(self.whole(1, 30)), "case": case}

    def issuer(self) -> Iterator[Row]:
        yield {"kind": "issuer_sale", "on": self.on(), "shares": str(self.whole(1, 90_000)), "total_price": "1000"}

    def other_paper(self) -> Iterator[Row]:
        yield {"kind": "common_issued", "on": self.on(), "holder": self.one(HOLDERS), "under": "warrant",
               "shares": str(self.whole(1, 9_000))}

    def company(self) -> Iterator[Row]:
        yield self.one([
            {"kind": "reserve_increase", "on": self.on(), "shares": "100001"},
            {"kind": "stockholder_approval", "on": self.on()},
            {"kind": "cap_waiver", "on": self.on(), "shares": "5500001"},
            {"kind": "legal_maximum_rate", "on": self.on(), "rate": "0.18", "by": "counsel"},
            {"kind": "lawful_amount", "on": self.on(), "amount": "25000", "by": "the board"},
            {"kind": "approval_route", "on": self.on(), "route": "board"},
            {"kind": "series_a_payment", "on": self.on(), "holder": "alpha", "day": self.on(), "amount": "500"},
        ])

    def told(self, steps: int) -> Iterator[Row]:
        yield from self.issuances()
        if self.whole(0, 4):
            yield from self.outstanding()
            for holder in HOLDERS:
                yield {"kind": "beneficial_ownership", "on": self.on(), "holder": holder, "owned": "0",
                       "acquirable": "0"}
        what = [self.notice, self.notice, self.notice, self.transfer, self.split, self.outstanding, self.ownership,
                self.announcement, self.demand, self.buy_in, self.redemption, self.refusal, self.breach, self.issuer,
                self.other_paper, self.company]
        for _ in range(steps):
            self.day += timedelta(days=self.whole(1, 45))
            yield from self.one(what)()


@st.composite
def stories(draw: Any, most: int = 14) -> Story:
    """Issuances to one to three holders, then up to ``most`` things that happen, recorded then or later."""
    teller = _Teller(draw)
    rows = [{"source": "story", "grade": "illustrative", **row} for row in teller.told(draw(st.integers(1, most)))]
    as_of = teller.day + timedelta(days=draw(st.integers(0, 60)))
    return Story(tuple(_recorded(draw, row) for row in rows), tuple(_bids(draw, as_of)), as_of)


def _recorded(draw: Any, row: Row) -> Row:
    later = draw(st.sampled_from([0, 0, 0, 5, 40]))
    happened = date.fromisoformat(str(row.get("on", row.get("at")))[:10])
    return {**row, "recorded": (happened + timedelta(days=later)).isoformat()} if later else row


def _bids(draw: Any, as_of: date) -> Iterator[tuple[date, str]]:
    """A walk in thirty-seconds, with no, few or many days missing."""
    chance = draw(st.randoms(use_true_random=False))
    missing = draw(st.sampled_from([0, 0, 3, 50]))
    price = draw(st.integers(40, 400))
    for day in CALENDARS.get("us-exchange").between(date(1998, 11, 20), as_of):
        price = max(20, price + chance.randint(-9, 9))
        if chance.randrange(100) >= missing:
            yield day, f"{price}/32"
