"""What a book says: the agreement under its readings, and the rows of facts and prices that its entries add up to.

Facts, prices and readings of a started book are its entries and nothing else. What was known on a day is what had
been recorded by its end, in the zone of the deal; what a book was started with counts as recorded when its own source
says, since the book held no view of an earlier day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paripassu import codec, store
from paripassu.agreement import Agreement, Choice
from paripassu.loading import agreement_from
from paripassu.submissions import FACTS
from paripassu.values.calendars import Calendars
from paripassu.values.dates import Instant
from paripassu.values.entries import Entry, EntryKind, Head, Submission
from paripassu.values.facts import Fact, fact_from
from paripassu.values.market import Market, observation_from
from paripassu.values.problems import Place, Problem, ProblemKind

Row = tuple[dict[str, Any], Place]


@dataclass(frozen=True)
class Recorded:
    """What a book's entries say: the agreement under its readings, and the rows of its facts and prices."""

    path: str
    folder: store.DealFolder
    agreement: Agreement
    facts: tuple[Row, ...]
    prices: tuple[Row, ...]
    entries: tuple[Entry, ...]

    @property
    def head(self) -> Head:
        """The head of the entries that count."""
        return Head(self.entries[-1].number, self.entries[-1].digest)


def recorded(
    path: str, calendars: Calendars, known_at: date | None = None, as_of: date | None = None,
    through: Head | None = None,
) -> Recorded | None:
    """What the book at a path says, as known at the end of a day where one is given; None where there is no book.

    Readings are those in force on ``as_of``; without it, those of the latest date. Entries count up to the head
    ``through`` where one is given, as if those after it had not been recorded.

    Raises Problem WRONG_DEAL where the agreement beside the book is not the one it was started with, DAMAGED, BUSY,
    UNREADABLE, and any Problem of loading the agreement.
    """
    found = store.book_at(path)
    if found is None:
        return None
    with store.Book.open(found) as book:
        entries = book.entries()
    if through is not None:
        entries = _up_to(found, entries, through)
    folder = store.read_deal(store.folder_of(found))
    _check_agreement(found, folder, entries)
    agreement = agreement_from(folder.agreement, calendars, folder.digest)
    rows = _Rows(found, agreement.zone, entries, known_at, as_of)
    return Recorded(
        found, folder, agreement.with_choices(rows.choices), tuple(rows.facts.values()), tuple(rows.prices.values()),
        entries,
    )


def _up_to(path: str, entries: tuple[Entry, ...], through: Head) -> tuple[Entry, ...]:
    """The entries up to a head; raises Problem DAMAGED where the book does not have it."""
    if len(entries) < through.number:
        raise Problem(
            ProblemKind.DAMAGED, f"the book has {len(entries)} entries, and entry {through.number} is asked for: "
            "entries were cut off at the end", "restore a backup", Place(path),
        )
    if entries[through.number - 1].digest != through.digest:
        raise Problem(
            ProblemKind.DAMAGED, f"entry {through.number} is not the one asked for: this is another history",
            "name the book that the head is of, or restore a backup of it", Place(path),
        )
    return entries[: through.number]


def _check_agreement(path: str, folder: store.DealFolder, entries: Sequence[Entry]) -> None:
    if not entries or entries[0].kind is not EntryKind.AGREEMENT:
        raise Problem(ProblemKind.DAMAGED, f"{path} does not begin with its agreement", "restore a backup")
    begun = codec.parse_canonical(entries[0].body, Place(path, 1))
    if begun["agreement"] != folder.digest:
        raise Problem(
            ProblemKind.WRONG_DEAL, f"the agreement.yaml beside {path} is not the one that the book was started with",
            "put back the agreement.yaml that the book was started with",
        )


class _Rows:
    """The rows that entries add up to: later readings replace earlier ones, corrections take entries back.

    A reading is in force from the day its choice takes effect; of choices that do so on one day, the last recorded.
    """

    def __init__(
        self, path: str, zone: str, entries: Sequence[Entry], known_at: date | None, as_of: date | None = None
    ) -> None:
        self.facts: dict[int, Row] = {}
        self.prices: dict[int, Row] = {}
        self._choices: dict[tuple[str, str], tuple[date, Choice]] = {}
        self._as_of = as_of
        self._path = store.name_of(path)
        self._zone = zone
        seeded = int(codec.parse_canonical(entries[0].body, self._place(entries[0]))["entries"])
        for entry in entries[1:]:
            is_seed = entry.number <= seeded
            if known_at is None or is_seed or entry.recorded.date_in(zone) <= known_at:
                self._take(entry, is_seed)

    @property
    def choices(self) -> list[Choice]:
        """The readings chosen, the one in force of each."""
        return [choice for _, choice in self._choices.values()]

    def _place(self, entry: Entry) -> Place:
        return Place(self._path, entry.number)

    def _take(self, entry: Entry, is_seed: bool) -> None:
        body = codec.parse_canonical(entry.body, self._place(entry))
        match entry.kind:
            case kind if kind in FACTS:
                self._take_fact(entry, body, is_seed)
            case EntryKind.MARKET:
                self.prices[entry.number] = (body, self._place(entry))
            case EntryKind.READING:
                choice = Choice(body["reading"], body["instrument"], body["choice"], body["reason"], body["by"])
                self._take_choice(day_of(entry.effective, self._zone), choice)
            case EntryKind.CORRECTION:
                corrected = int(body["corrects"])
                self.facts.pop(corrected, None)
                self.prices.pop(corrected, None)
            case _:
                raise Problem(
                    ProblemKind.UNREADABLE, f"the entry is of the kind {entry.kind.value}, which statements do not use",
                    "use a version of the program that does", self._place(entry),
                )

    def _take_choice(self, day: date, choice: Choice) -> None:
        earlier = self._choices.get((choice.instrument, choice.reading))
        if (self._as_of is None or day <= self._as_of) and (earlier is None or earlier[0] <= day):
            self._choices[choice.instrument, choice.reading] = (day, choice)

    def _take_fact(self, entry: Entry, body: dict[str, Any], is_seed: bool) -> None:
        """A fact's row; the day it was recorded is the entry's, unless the book was started with it."""
        day = body.pop("recorded") if is_seed else entry.recorded.date_in(self._zone).isoformat()
        self.facts[entry.number] = ({**body, "recorded": day}, self._place(entry))


def facts_and_market(said: Recorded, calendars: Calendars) -> tuple[tuple[Fact, ...], Market]:
    """The rows of a book, read."""
    zone = said.agreement.zone
    facts = tuple(fact_from(row, zone, place, stands=True) for row, place in said.facts)
    prices = tuple(observation_from(row, place) for row, place in said.prices)
    return facts, Market(prices, calendars, store.read_yields())


def opened(path: str) -> tuple[Recorded, Calendars]:
    """What a book says, with the calendars; raises Problem MISSING_FILE where there is none."""
    calendars = store.read_calendars()
    said = recorded(path, calendars)
    if said is None:
        raise Problem(ProblemKind.MISSING_FILE, f"there is no book {path}", "make one with paripassu start")
    return said, calendars


def said_by(said: Recorded, entries: Sequence[Entry], day: date) -> Recorded:
    """What the book says of a day by the entries given, which may be fewer or more than it has."""
    rows = _Rows(said.path, said.agreement.zone, entries, None, day)
    return replace(
        said, agreement=said.agreement.with_choices(rows.choices), facts=tuple(rows.facts.values()),
        prices=tuple(rows.prices.values()),
    )


def as_if(said: Recorded, fresh: Iterable[Submission], at: Instant) -> tuple[Entry, ...]:
    """The entries of the book once submissions are recorded at an instant; those new are not chained."""
    return (*said.entries, *(
        Entry(number, one.kind, one.effective, at, one.author, one.evidence, one.key, one.body, "", "")
        for number, one in enumerate(fresh, len(said.entries) + 1)
    ))


def day_of(effective: date | Instant, zone: str) -> date:
    """The date in a zone on which something took effect."""
    return effective.date_in(zone) if isinstance(effective, Instant) else effective
