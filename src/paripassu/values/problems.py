"""The closed list of what can be wrong with the input.

A Problem names the thing that is unfit and the remedy. It is never a legal outcome (that is a Refuse effect)
and never a defect of this program (that is an assertion).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ProblemKind(Enum):
    """Every kind of unfit input: (code printed, exit code of the command, what it means)."""

    MISSING_FILE = ("missing-file", 10, "a file or folder that was named does not exist")
    UNREADABLE = ("unreadable", 11, "a file is not the format it should be")
    UNKNOWN_KEY = ("unknown-key", 12, "a key, name or kind that the format does not have")
    MISSING_KEY = ("missing-key", 13, "something the format requires is absent")
    DUPLICATE = ("duplicate", 14, "the same key, identifier or observation is given twice")
    BAD_NUMBER = ("bad-number", 15, "text that is not an exact number, or a number out of range")
    BAD_DATE = ("bad-date", 16, "text that is not a date, or an instant without a zone")
    WRONG_UNIT = ("wrong-unit", 17, "a value in another unit than the term or observable requires")
    OUTSIDE_COVERAGE = ("outside-coverage", 18, "a date outside what a calendar or table covers")
    WIRING = ("wiring", 19, "names of an agreement that clash, dangle or form a cycle")
    UNKNOWN_READING = ("unknown-reading", 20, "a reading or alternative that the library does not have")
    AMBIGUOUS_ORDER = ("ambiguous-order", 21, "untimed facts of one day whose order would change the result")
    INCOMPLETE_FACT = ("incomplete-fact", 22, "a fact lacks what the agreement turns on")
    IMPOSSIBLE_FACT = ("impossible-fact", 23, "a fact that cannot be true of what is recorded")
    TOO_LARGE = ("too-large", 26, "input beyond the size the program accepts")
    UNKNOWN_NAME = ("unknown-name", 27, "a figure, verb, party or deal that does not exist")
    BUSY = ("busy", 28, "a book that another is writing to, or has written to since it was looked at")
    UNWRITABLE = ("unwritable", 29, "a file, folder or disk that cannot be written")
    WRONG_DEAL = ("wrong-deal", 30, "a book of another deal, or of another agreement, than the one it is used with")
    DAMAGED = ("damaged", 31, "a book that is not as it was written")
    AGAINST_PAPERS = ("against-papers", 32, "an act that the papers forbid, or that passes a limit, without a reason")
    ALTERED = ("altered", 33, "a receipt, or a file it rests on, that is not as it was written")
    OTHER_VERSION = ("other-version", 34, "a receipt that another version of the program wrote")

    @property
    def code(self) -> str:
        """The short name printed in front of the sentence and listed in docs/problems.md."""
        return self.value[0]

    @property
    def exit_code(self) -> int:
        """The exit status of a command that ends with this Problem."""
        return self.value[1]

    @property
    def meaning(self) -> str:
        """One line for the documentation."""
        return self.value[2]


@dataclass(frozen=True)
class Place:
    """Where in the input a Problem lies: a file (or other source) and, where known, its line (from 1) and column."""

    source: str
    line: int | None = None
    column: str = ""

    def __str__(self) -> str:
        where = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{where}, column {self.column}" if self.column else where


class Problem(Exception):  # noqa: N818 - the noun of the design; it is not an error of the program
    """The input is unfit: what is wrong, where, and the remedy, in one sentence each."""

    def __init__(self, kind: ProblemKind, what: str, remedy: str, place: Place | None = None) -> None:
        self.kind = kind
        self.what = what
        self.remedy = remedy
        self.place = place
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole message: place, what is wrong, remedy."""
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.what}; {self.remedy}."

    def at(self, place: Place) -> Problem:
        """The same Problem with its place, for a caller that knows it."""
        return self if self.place else Problem(self.kind, self.what, self.remedy, place)
