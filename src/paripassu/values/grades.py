"""How far a figure may be trusted: the worst of its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from paripassu.values.problems import Problem, ProblemKind


class Grade(IntEnum):
    """From best to worst; a figure carries the worst grade of what it came from."""

    FILING = 0
    PUBLIC_RECORD = 1
    RECORDED = 2
    ASSUMED = 3
    ILLUSTRATIVE = 4

    @property
    def label(self) -> str:
        """The words printed."""
        return _LABELS[self]


_LABELS = {
    Grade.FILING: "filing",
    Grade.PUBLIC_RECORD: "public record",
    Grade.RECORDED: "recorded",
    Grade.ASSUMED: "assumed",
    Grade.ILLUSTRATIVE: "illustrative",
}


def grade_named(text: str) -> Grade:
    """The grade written as its label; raises Problem UNKNOWN_KEY for another word."""
    for grade, label in _LABELS.items():
        if label == text:
            return grade
    raise Problem(
        ProblemKind.UNKNOWN_KEY, f"{text!r} is not a grade", "use one of " + ", ".join(_LABELS.values())
    )


def worst(grades: Iterable[Grade]) -> Grade:
    """The least trustworthy of the given grades; FILING when there are none."""
    found = Grade.FILING
    for grade in grades:
        if grade > found:
            found = grade
    return found
