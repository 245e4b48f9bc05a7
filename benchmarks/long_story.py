"""A made-up story of one series over four and a half years, as many facts as asked for, always the same.

Two fifths are notices and deliveries, a tenth transfers, a fifth reports of outstanding shares and of ownership, the
rest confirmations, certificates, sales, issuances of common shares and announcements. A few deliveries are late, so
that some lots carry prices of their own. Every trading day has a closing bid. A longer story has larger lots, in
proportion, as otherwise everything would be converted in its first year.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from paripassu.values.calendars import Calendar, Calendars

FIRST, LAST = date(1998, 12, 18), date(2003, 7, 27)
LOTS, HOLDERS, AUTHORISED = 400, 12, 7500
AUTHORISED_FOR = 10_000
"""So many facts are told of the shares that the papers authorise; of more facts, as many times more shares."""
LATE_HOLDERS, LATE_EVERY = 2, 20
"""Of the last holders' deliveries one in so many comes after the tenth day and resets the price of their lots."""

Row = dict[str, Any]


def bids(calendars: Calendars) -> list[dict[str, str]]:
    """A closing bid in thirty-seconds for every trading day, on a seeded walk."""
    chance = random.Random(1999)
    price, rows = 193, []
    for day in calendars.get("us-exchange").between(FIRST - timedelta(days=30), LAST):
        price = max(64, price + chance.randint(-9, 9))
        rows.append({"observable": "closing_bid", "date": day.isoformat(), "value": f"{price}/32",
                     "source": "benchmark", "grade": "illustrative"})
    return rows


@dataclass
class _Register:
    """What is held and not yet noticed, so that the story never converts or transfers what is not there."""

    free: dict[tuple[str, str], int] = field(default_factory=dict)

    def some(self, chance: random.Random, most: int) -> tuple[str, str, int]:
        """A lot of a holder and a number of its shares."""
        holder, lot = chance.choice([key for key, held in self.free.items() if held])
        return holder, lot, chance.randint(1, min(most, self.free[holder, lot]))

    def take(self, holder: str, lot: str, shares: int) -> None:
        self.free[holder, lot] -= shares

    def give(self, holder: str, lot: str, shares: int) -> None:
        self.free[holder, lot] = self.free.get((holder, lot), 0) + shares


def authorised(count: int) -> int:
    """How many shares of the series the story of so many facts is about."""
    return max(AUTHORISED, AUTHORISED * count // AUTHORISED_FOR)


def rows(count: int, calendars: Calendars) -> list[Row]:
    """The facts of the story in the order of their dates, each as it would be written in a file."""
    story = _Story(count, calendars)
    made = sorted(story.rows(), key=lambda row: str(row.get("on", row.get("at"))))
    return [{"source": "benchmark", "grade": "illustrative", **row} for row in made]


class _Story:
    def __init__(self, count: int, calendars: Calendars) -> None:
        self.count = count
        self.chance = random.Random(1998)
        self.days = calendars.get("us-exchange").between(FIRST + timedelta(days=5), LAST - timedelta(days=30))
        self.banks: Calendar = calendars.get("us-banks")
        self.register = _Register()
        self.holders = [f"fund-{number}" for number in range(HOLDERS)]
        self.late = self.holders[-LATE_HOLDERS:]

    def rows(self) -> Iterator[Row]:
        """Issuances and reports first, then every trading day its part of the rest."""
        yield from self._issuances()
        left = self.count - LOTS - HOLDERS - 1
        notices, transfers = self.count * 2 // 15, self.count // 10
        reports = self.count // 5 - HOLDERS - 1
        others = left - 4 * notices - transfers - reports
        for index, day in enumerate(self.days):
            yield from self._transfers(day, self._part(transfers, index))
            yield from self._notices(day, self._part(notices, index))
            yield from self._reports(day, self._part(reports, index))
            yield from self._others(day, self._part(others, index))

    def _part(self, total: int, index: int) -> int:
        days = len(self.days)
        return total * (index + 1) // days - total * index // days

    def _issuances(self) -> Iterator[Row]:
        each, more = divmod(authorised(self.count), LOTS)
        for number in range(LOTS):
            holder, lot, shares = self.holders[number % HOLDERS], f"B-{number}", each + (number < more)
            self.register.give(holder, lot, shares)
            yield {"kind": "issuance", "on": FIRST.isoformat(), "instrument": "series-b", "holder": holder,
                   "shares": str(shares), "lot": lot}
        yield {"kind": "shares_outstanding", "on": FIRST.isoformat(), "shares": "26000000"}
        for holder in self.holders:
            yield self._owned(FIRST, holder, 0)

    def _transfers(self, day: date, count: int) -> Iterator[Row]:
        used: set[str] = set()
        for _ in range(count):
            holder, lot, shares = self.register.some(self.chance, 4)
            while lot in used or holder in self.late:
                holder, lot, shares = self.register.some(self.chance, 4)
            used.add(lot)
            to = self.chance.choice([one for one in self.holders if one != holder and one not in self.late])
            self.register.take(holder, lot, shares)
            self.register.give(to, lot, shares)
            yield {"kind": "transfer", "on": day.isoformat(), "instrument": "series-b", "holder": holder, "to": to,
                   "lot": lot, "shares": str(shares)}

    def _notices(self, day: date, count: int) -> Iterator[Row]:
        for number in range(count):
            if not any(self.register.free.values()):
                return
            holder, lot, shares = self.register.some(self.chance, 2)
            self.register.take(holder, lot, shares)
            yield from self._conversion(day, f"N-{day}-{number}", holder, lot, shares, number)

    def _conversion(self, day: date, notice: str, holder: str, lot: str, shares: int, number: int) -> Iterator[Row]:
        hour, minute = 9 + number // 60, number % 60
        yield {"kind": "notice_of_conversion", "at": f"{day} {hour:02}:{minute:02}:00 America/New_York",
               "notice": notice, "holder": holder, "face_amount": str(shares * 1000),
               "date_specified": day.isoformat(), "lots": {lot: str(shares)}}
        following = self.banks.add(day, 1).isoformat()
        yield {"kind": "confirmation_of_receipt", "on": day.isoformat(), "notice": notice}
        yield {"kind": "certificates_delivered", "on": following, "notice": notice}
        late = holder in self.late and self.chance.randrange(LATE_EVERY) == 0
        delivered = self.banks.add(day, 15 if late else 3)
        yield {"kind": "shares_delivered", "on": delivered.isoformat(), "notice": notice, "shares": str(shares * 1000)}

    def _reports(self, day: date, count: int) -> Iterator[Row]:
        """The first of a day are known by its date alone; what is reported again on it has its time."""
        if count:
            yield {"kind": "shares_outstanding", "on": day.isoformat(), "shares": self._outstanding()}
        for holder in self.chance.sample(self.holders, min(max(0, count - 1), HOLDERS)):
            yield self._owned(day, holder, self.chance.randint(0, 9999))
        for number in range(count - 1 - HOLDERS):
            yield {"kind": "shares_outstanding", "at": f"{day} 15:{number // 60:02}:{number % 60:02} America/New_York",
                   "shares": self._outstanding()}

    def _outstanding(self) -> str:
        return str(26_000_000 + self.chance.randint(0, 9_000_000))

    def _owned(self, day: date, holder: str, owned: int) -> Row:
        return {"kind": "beneficial_ownership", "on": day.isoformat(), "holder": holder, "owned": str(owned),
                "acquirable": "0"}

    def _others(self, day: date, count: int) -> Iterator[Row]:
        """Announcements each with its abandonment where the day has room for both, sales and rates in turn."""
        number = 0
        while number < count:
            at = f"{day} 16:{number % 60:02}:{number // 60:02} America/New_York"
            if number % 4 == 0 and number + 2 <= count:
                yield {"kind": "announcement", "at": at, "transaction": f"T-{day}-{number}",
                       "kind_of_transaction": "merger"}
                yield {"kind": "abandonment", "at": f"{day} 17:{number % 60:02}:{number // 60:02} America/New_York",
                       "transaction": f"T-{day}-{number}"}
                number += 2
                continue
            if self.chance.randrange(2):
                yield {"kind": "issuer_sale", "at": at, "shares": str(self.chance.randint(1, 900)),
                       "total_price": str(self.chance.randint(100, 9000))}
            else:
                yield {"kind": "legal_maximum_rate", "at": at, "rate": "0.2", "by": "counsel"}
            number += 1
