"""The log of applied effects, in the order in which they were applied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, overload

from paripassu.values.effects import Effect
from paripassu.values.facts import Fact
from paripassu.values.moments import Moment


class Record(NamedTuple):
    """An applied effect: when, which clause of which instrument answered, and to what.

    ``cause`` is the event answered; ``origin`` the fact from which that event follows, however many moments later.
    """

    place: int
    moment: Moment
    instrument: str
    clause: str
    effect: Effect
    cause: Any
    origin: Fact | None = None


class Records(Sequence[Record]):
    """Every applied effect by its place.

    What a record says stands in columns, since a story of years applies hundreds of thousands of effects and a tuple
    for each would be a quarter of the memory; a record is put together when it is looked at.
    """

    __slots__ = ("causes", "clauses", "effects", "instruments", "moments", "origins")

    def __init__(self) -> None:
        self.moments: list[Moment] = []
        self.instruments: list[str] = []
        self.clauses: list[str] = []
        self.effects: list[Effect] = []
        self.causes: list[Any] = []
        self.origins: list[Fact | None] = []

    def append(
        self, moment: Moment, instrument: str, clause: str, effect: Effect, cause: Any, origin: Fact | None = None
    ) -> None:
        """Take in the next effect."""
        self.moments.append(moment)
        self.instruments.append(instrument)
        self.clauses.append(clause)
        self.effects.append(effect)
        self.causes.append(cause)
        self.origins.append(origin)

    def until(self, when: Moment) -> int:
        """How many effects were applied up to and including a moment."""
        return bisect_right(self.moments, when)

    def __len__(self) -> int:
        return len(self.effects)

    @overload
    def __getitem__(self, place: int) -> Record: ...

    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...

    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        return Record(place, self.moments[place], self.instruments[place], self.clauses[place], self.effects[place],
                      self.causes[place], self.origins[place])

    def __iter__(self) -> Iterator[Record]:
        columns = zip(self.moments, self.instruments, self.clauses, self.effects, self.causes, self.origins,
                      strict=True)
        return (Record(place, *row) for place, row in enumerate(columns))


class Picked(Sequence[Record]):
    """The records of some places, each put together when it is looked at."""

    __slots__ = ("_places", "_records")

    def __init__(self, records: Records, places: list[int]) -> None:
        self._records = records
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Record: ...

    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...

    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self._records[place] for place in self._places[index]]
        return self._records[self._places[index]]
