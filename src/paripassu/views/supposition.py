"""What is supposed laid out: the story and its assumptions first, then what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.supposing import Change, Scenario
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.sheets import Block, Paragraph, Section, Sheet, Table
from paripassu.views.difference import change_text, lines_section

MARKED = "Supposed and recorded nowhere. Nothing here says that it happened."
"""Said at the head of everything that rests on a supposition."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure as recorded, None where it is not there, and as supposed; ``change`` is None where it has none."""

    words: str
    before: Any
    after: Any
    change: Any
    figure: Figure


@dataclass(frozen=True, slots=True)
class Supposed:
    """What follows: each thing supposed, the lines of the statement that go and come, and figures before and after."""

    title: str
    as_of: date
    changes: tuple[Change, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    figures: tuple[Compared, ...]


def supposed_sheet(deal: str, scenario: Scenario, made: Supposed) -> Sheet:
    """What is supposed and what follows from it on a date, against what is recorded."""
    return Sheet(
        f"Supposed: {made.title}", f"{deal}, as of {made.as_of}",
        (*story(scenario, made), *following(made)),
    )


def supposed_statement(scenario: Scenario, made: Supposed, statement: Sheet) -> Sheet:
    """A statement under what is supposed, marked as such, with the story and its assumptions before anything else."""
    return Sheet(
        f"Supposed: {made.title}", f"{statement.title}. {statement.subtitle}, as supposed",
        (*story(scenario, made), *following(made), *statement.sections),
    )


def story(scenario: Scenario, made: Supposed) -> tuple[Section, ...]:
    """The story, who assumes what, and each change from what is recorded."""
    blocks: list[Block] = [Paragraph(MARKED, "warn")]
    if scenario.why:
        blocks.append(Paragraph(scenario.why))
    blocks.append(Table(
        "Assumptions of the scenario", ("what is assumed", "by whom"),
        tuple((one.what, one.by) for one in scenario.assumptions), empty="none is named.",
    ))
    blocks.append(Table(
        "Different from what is recorded", ("kind", "what is supposed"),
        tuple((one.kind, one.says) for one in made.changes), empty="nothing.",
    ))
    return (Section("What is supposed", tuple(blocks)),)


def following(made: Supposed) -> Sequence[Section]:
    """Figures before and after, and the lines of the statement that go and come."""
    lines = lines_section("What changes in the statement", made.gone, made.come)
    if not made.figures:
        return (lines,)
    rows = tuple(
        (one.words, _recorded(one), one.figure, change_text(one.change, one.figure.unit)) for one in made.figures
    )
    return (Section("Figures", (Table("", ("figure", "as recorded", "as supposed", "change"), rows),)), lines)


def _recorded(one: Compared) -> str:
    return "none" if one.before is None else number(one.before, one.figure.unit)
