"""Figures opened for the page: numbered nodes, compact windows, and references where something was shown before."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from paripassu.values.arithmetic import Rational
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.undetermined import Need, determined

SILENT_UNITS = frozenset({"", "date", "calendar", "yes or no", "usd"})
"""Units that the printed value already shows."""
WINDOW = 4
"""So many plain inputs or more are drawn as one table instead of one entry each."""
LONGEST_FRACTION = 44
"""Characters of an exact fraction that still help a reader."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a window: a day with its value, or a movement."""

    day: date | None
    name: str
    value: str
    how: str
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Window:
    """Many inputs of one sort; what they all share is said once."""

    steps: tuple[Step, ...]
    named: bool
    source: str

    @property
    def dated(self) -> bool:
        """Whether any line has a day of its own."""
        return any(step.day for step in self.steps)


@dataclass(frozen=True, slots=True)
class Node:
    """One figure of an explanation as it is drawn.

    ``mark`` numbers it within the page ("3.1.2"). ``same_as`` is the mark of an equal figure with its inputs earlier on
    the page; where ``cut`` is true that one stands in the same explanation and the inputs are not repeated.
    """

    mark: str
    name: str
    subject: str
    day: date | None
    value: str
    unit: str
    exact: str
    how: str
    section: str
    reading: str
    alternative: str
    rounding: str
    grade: str
    source: str
    remark: str
    waits_for: tuple[str, ...]
    known: bool
    children: tuple[Node, ...] = ()
    window: Window | None = None
    same_as: str = ""
    cut: bool = False


class Explanations:
    """Numbers the explanations of a page and remembers what each has shown."""

    def __init__(self) -> None:
        self._count = 0
        self._kinds: dict[Hashable, int] = {}
        self._shown: dict[int, str] = {}

    def open(self, figure: Figure) -> Node:
        """The figure as the next numbered explanation of the page."""
        self._count += 1
        return self._node(figure, str(self._count), None, {})

    def _node(self, figure: Figure, mark: str, above: date | None, here: dict[int, str]) -> Node:
        kind = self._kind(figure)
        earlier = here.get(kind, "")
        cut = bool(earlier) and bool(figure.inputs)
        same_as = earlier or self._shown.get(kind, "") if figure.inputs else ""
        here.setdefault(kind, mark)
        self._shown.setdefault(kind, mark)
        window = None if cut else _window(figure)
        children: tuple[Node, ...] = ()
        if not cut and window is None:
            children = tuple(
                self._node(one, f"{mark}.{place}", figure.day, here)
                for place, one in enumerate(figure.inputs, start=1)
            )
        reading, _, alternative = figure.turns_on.partition(": ")
        return Node(
            mark=mark, name=words(figure.name), subject=figure.subject,
            day=figure.day if figure.day != above else None, value=number(figure.value, figure.unit),
            unit=unit_words(figure), exact=exact_fraction(figure), how=figure.how,
            section=str(figure.citation) if figure.citation else "", reading=reading, alternative=alternative,
            rounding=figure.rounding, grade=figure.grade.label, source=figure.source, remark=figure.remark,
            waits_for=needs_words(figure.needs()), known=determined(figure.value), children=children, window=window,
            same_as=same_as, cut=cut,
        )

    def _kind(self, figure: Figure) -> int:
        """The same number for figures that read the same down to their last input."""
        key = (
            figure.name, figure.subject, figure.day, number(figure.value, figure.unit), figure.how, figure.source,
            tuple(self._kind(one) for one in figure.inputs),
        )
        return self._kinds.setdefault(key, len(self._kinds))


def words(name: str) -> str:
    """A name as it is read: underscores are spaces."""
    return name.replace("_", " ")


def unit_words(figure: Figure) -> str:
    """The unit behind the value, without what the value shows already."""
    if figure.unit in SILENT_UNITS or not isinstance(figure.value, Rational | int) or isinstance(figure.value, bool):
        return ""
    return figure.unit.removeprefix("usd ")


def exact_fraction(figure: Figure) -> str:
    """The fraction behind a number that the places printed do not show in full; empty otherwise."""
    value = figure.value
    if isinstance(value, int) or not isinstance(value, Rational):
        return ""
    in_full = 100 % value.denominator == 0 if figure.unit == "usd" else not number(value, figure.unit).endswith("…")
    text = f"{int(value.numerator):,}/{int(value.denominator):,}"
    return "" if in_full or len(text) > LONGEST_FRACTION else text


def needs_words(needs: frozenset[Need]) -> tuple[str, ...]:
    """What is waited for: each fact once, prices with the number of days and the first and last of them."""
    days: dict[str, list[date]] = {}
    for need in sorted(needs, key=str):
        label = words(need.name) + (f" of {need.subject}" if need.subject else "")
        days.setdefault(label, []).extend([need.day] if need.day else [])
    return tuple(label + _span(found) for label, found in days.items())


def _span(days: list[date]) -> str:
    if not days:
        return ""
    if len(days) == 1:
        return f" on {days[0]}"
    return f" ({len(days)} days, {min(days)} to {max(days)})"


def _window(figure: Figure) -> Window | None:
    inputs = figure.inputs
    if len(inputs) < WINDOW or any(one.inputs or one.citation or one.turns_on for one in inputs):
        return None
    sources = {one.source for one in inputs if one.source}
    shared = sources.pop() if len(sources) == 1 else ""
    return Window(
        tuple(
            Step(one.day, words(one.name), number(one.value, one.unit), one.how, one.grade.label,
                 "" if shared else one.source)
            for one in inputs
        ),
        named=len({one.name for one in inputs}) > 1, source=shared,
    )
