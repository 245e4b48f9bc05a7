"""What a proofreader reports: a Finding, the class of rule that made it, and the passages it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from paripassu.documents.model import Span


class RuleClass(Enum):
    """The families of drafting defects; the letter groups references, definitions, form and language, conflicts."""

    UNRESOLVED = ("a1", "reference to nothing")
    WRONG_TARGET = ("a2", "reference to the wrong place or paper")
    MALFORMED = ("a3", "malformed reference")
    UNREFERRED = ("a5", "attachment nothing refers to")
    UNDEFINED = ("b1", "term without a definition")
    UNUSED = ("b2", "term defined and never used")
    DEFINED_TWICE = ("b3", "term defined more than once")
    TWO_NAMES = ("b4", "one thing under two names")
    TWO_MEANINGS = ("b5", "one name with two meanings")
    VARIANT = ("b6", "case, number or form variant of a term")
    USED_BEFORE = ("b7", "term used before it is defined, for something else")
    INCOMPLETE_LIST = ("b8", "list that leaves out what its neighbours include")
    NUMBERING = ("c1", "label skipped, repeated or misplaced")
    BRACKETS = ("c2", "brackets that do not balance")
    STRAY_PAGE = ("c3", "page number inside a sentence")
    GRAMMAR = ("c4", "words missing, doubled or out of order")
    WRONG_WORD = ("c5", "misspelt or wrong word")
    SENSELESS = ("c6", "words that say nothing")
    HEADING = ("c7", "heading against its text")
    ADDRESS = ("c8", "notice address incomplete")
    CONFLICT = ("d1", "two provisions of one paper in conflict")
    CONFLICT_ACROSS = ("d2", "two papers in conflict")
    ARITHMETIC = ("d3", "formula, unit or arithmetic fault")
    CLOSED_DAY = ("d4", "date that cannot be, or falls on a closed day")
    WRONG_PARTY = ("d5", "duty on the wrong party")

    @property
    def code(self) -> str:
        """The short sign of the class ("a2")."""
        return self.value[0]

    @property
    def title(self) -> str:
        """The class in words."""
        return self.value[1]


class Severity(Enum):
    """What happens if the words are applied as written."""

    RIGHTS = "changes money or rights"
    AMBIGUITY = "ambiguity"
    COSMETIC = "cosmetic"


class Confidence(Enum):
    """How sure the proofreader is that the drafter would agree."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    TO_CONFIRM = "to confirm"


@dataclass(frozen=True, slots=True)
class NamedText:
    """A filing's text with the name it goes by (a file's name)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one document: the text they stand in, the document, the section's path, the span in the source,
    and the words themselves with white space folded.
    """

    source: str
    document: str
    path: str
    span: Span
    quotation: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. ``passages`` holds the place it is reported at, then every other place it rests on;
    ``rule`` names the check, ``wrong`` and ``reading`` say what is wrong and the most reasonable reading.
    """

    rule_class: RuleClass
    rule: str
    severity: Severity
    confidence: Confidence
    passages: tuple[Passage, ...]
    wrong: str
    reading: str

    @property
    def at(self) -> Passage:
        """The passage the finding is reported at."""
        return self.passages[0]

    @property
    def document(self) -> str:
        """The document the finding is reported in."""
        return self.at.document

    @property
    def path(self) -> str:
        """The section the finding is reported in."""
        return self.at.path

    @property
    def span(self) -> Span:
        """The span of the quotation in the source."""
        return self.at.span

    @property
    def quotation(self) -> str:
        """The words at fault."""
        return self.at.quotation
