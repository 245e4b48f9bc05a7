"""Figures: a value with its unit, citation and grade, and the figures it came from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from paripassu.values.citation import Citation
from paripassu.values.grades import Grade
from paripassu.values.undetermined import Need, Undetermined


class Figure(NamedTuple):
    """One node of an explanation.

    ``how`` says in words where the value comes from: the rule applied, the fact recorded, the observation made.
    ``turns_on`` names the reading chosen where the rule depends on one; ``rounding`` how the result was rounded.
    """

    name: str
    value: Any
    unit: str
    how: str
    citation: Citation | None = None
    grade: Grade = Grade.FILING
    inputs: tuple[Figure, ...] = ()
    day: date | None = None
    subject: str = ""
    rounding: str = ""
    turns_on: str = ""
    source: str = ""
    remark: str = ""

    def alone(self, how: str) -> Figure:
        """The figure without what it came from, and in other words."""
        return Figure(self.name, self.value, self.unit, how, self.citation, self.grade, (), self.day, self.subject,
                      self.rounding, self.turns_on, self.source, self.remark)

    def walk(self) -> Iterator[Figure]:
        """This figure and every one under it, depth first, each once however often it is an input."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            figure = waiting.pop()
            if id(figure) not in seen:
                seen.add(id(figure))
                yield figure
                waiting.extend(reversed(figure.inputs))

    def needs(self) -> frozenset[Need]:
        """What the figure waits for; empty when it is determined."""
        return self.value.needs if isinstance(self.value, Undetermined) else frozenset()
