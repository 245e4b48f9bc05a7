"""What a person is asked, field by field, to record a fact: the questions follow from the kinds of fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from paripassu.values.dates import parse_date, parse_instant
from paripassu.values.grades import Grade, grade_named
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import Field, Nature, text
from paripassu.values.kinds.written import form_of, meaning_of, written
from paripassu.values.problems import Problem, ProblemKind


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
    fields = KINDS[kind].fields
    return [
        _when(kind), *(_field(name, fields[name]) for name in fields),
        Prompt("source", "source: the paper or person that says so", lambda answer: {"source": text(answer)}),
        Prompt("grade", "grade: " + ", ".join(one.label for one in Grade), _grade, otherwise=Grade.RECORDED.label),
    ]


def _kind(answer: str) -> dict[str, Any]:
    if answer in KINDS:
        return {"kind": answer}
    listed = "; ".join(
        f"{nature.value}: " + ", ".join(name for name, one in KINDS.items() if one.nature is nature)
        for nature in Nature
    )
    raise Problem(ProblemKind.UNKNOWN_KEY, f"{answer!r} is not a kind of fact", f"use one of {listed}")


KIND = Prompt("kind", "kind of fact (? lists them)", _kind)
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


def _grade(answer: str) -> dict[str, Any]:
    return {"grade": grade_named(answer).label}
