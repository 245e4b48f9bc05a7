"""What a person is asked, field by field, to record a fact or a price: the questions follow from its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paripassu.values.dates import parse_date, parse_instant
from paripassu.values.grades import Grade, grade_named
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import Field, Nature, text
from paripassu.values.kinds.written import form_of, meaning_of, written
from paripassu.values.market import OBSERVABLES, QUOTATIONS, TAPES, price_from
from paripassu.values.problems import Problem, ProblemKind

PRICES = tuple(name for name in OBSERVABLES if name not in TAPES)
"""The observables that can be typed: of prints a day has a file."""


@dataclass(frozen=True)
class Prompt:
    """One question: the words, how an answer is read into the row, and what holds when nothing is answered.

    ``read`` raises a Problem for an answer that is none. Without ``otherwise`` a required question must be answered.
    """

    name: str
    says: str
    read: Callable[[str], dict[str, Any]]
    required: bool = True
    otherwise: str | None = None


def prompts(kind: str) -> list[Prompt]:
    """What is asked after the kind: when, each field with its meaning, who says so, and how good that is."""
    if kind in PRICES:
        return [*_price(kind), *_SAID]
    fields = KINDS[kind].fields
    return [_when(kind), *(_field(name, fields[name]) for name in fields), *_SAID]


def _kind(answer: str) -> dict[str, Any]:
    if answer in KINDS:
        return {"kind": answer}
    if answer in PRICES:
        return {"observable": answer}
    if answer in TAPES:
        raise Problem(
            ProblemKind.UNREADABLE, f"the {OBSERVABLES[answer]} are not typed", "record their file with --prices FILE"
        )
    listed = "; ".join(
        f"{nature.value}: " + ", ".join(name for name, one in KINDS.items() if one.nature is nature)
        for nature in Nature
    )
    raise Problem(
        ProblemKind.UNKNOWN_KEY, f"{answer!r} is not a kind of fact or price",
        f"use one of {listed}; price: {', '.join(PRICES)}",
    )


KIND = Prompt("kind", "kind of fact or price (? lists them)", _kind)
"""The first question, on which the others depend."""


def _when(kind: str) -> Prompt:
    timed = KINDS[kind].timed
    form = "1999-08-06 10:00 America/New_York"
    says = f"at: the instant, such as {form}" if timed else f"on: the date, YYYY-MM-DD, or the instant, such as {form}"

    def read(answer: str) -> dict[str, Any]:
        if not timed and ":" not in answer:
            return {"on": parse_date(answer).isoformat()}
        parse_instant(answer)
        return {"at": answer}

    return Prompt("when", says, read)


def _field(name: str, field: Field) -> Prompt:
    def read(answer: str) -> dict[str, Any]:
        raw = written(field, answer)
        field.read(raw)
        return {name: raw}

    left_out = "" if field.required else ", Enter for none"
    return Prompt(name, f"{name}: {meaning_of(name)} ({form_of(field)}{left_out})", read, field.required)


def _price(observable: str) -> list[Prompt]:
    """When it was observed and at how much; by whom it was quoted, where a day may have several quotations."""

    def value(answer: str) -> dict[str, Any]:
        price_from(observable, answer)
        return {"value": answer}

    says = f"value: {OBSERVABLES[observable]}, in dollars per share (above zero, such as 6.03 or 4 27/32)"
    quoted = [Prompt("quoted_by", "quoted_by: which market maker", lambda answer: {"quoted_by": text(answer)})]
    return [
        Prompt("date", "date: the day it is of, YYYY-MM-DD", lambda answer: {"date": parse_date(answer).isoformat()}),
        Prompt("value", says, value), *(quoted if observable in QUOTATIONS else []),
        Prompt("printed", "printed: as the source prints it, where that is rounded (Enter for none)",
               lambda answer: {"printed": answer}, required=False),
    ]


def _grade(answer: str) -> dict[str, Any]:
    return {"grade": grade_named(answer).label}


_SAID = (
    Prompt("source", "source: the paper or person that says so", lambda answer: {"source": text(answer)}),
    Prompt("grade", "grade: " + ", ".join(one.label for one in Grade), _grade, otherwise=Grade.RECORDED.label),
)
