"""What is supposed laid out: the story and its assumptions first, then what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from paripassu.supposing import Change, Scenario
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.sheets import Block, Cell, Mark, Paragraph, Section, Sheet, Table
from paripassu.views.difference import change_text, lines_section

MARKED = "Supposed and recorded nowhere. Nothing here says that it happened."
"""Said at the head of everything that rests on a supposition."""


EXPLAINED = "explained"
"""How a line of the story is known that its author says."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure as recorded, None where it is not there, and as supposed; ``change`` is None where it has none."""

    words: str
    before: Any
    after: Any
    change: Any
    figure: Figure


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story: ``kind`` is supposed, recorded, follows, refused, or explained by its author."""

    day: date
    kind: str
    says: str
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """What follows: each thing supposed, the lines of the statement that go and come, and figures before and after."""

    title: str
    as_of: date
    changes: tuple[Change, ...]
    gone: tuple[str, ...]
    come: tuple[str, ...]
    figures: tuple[Compared, ...]
    told: tuple[Told, ...] = ()


def supposed_sheet(deal: str, scenario: Scenario, made: Supposed) -> Sheet:
    """What is supposed and what follows from it on a date, against what is recorded."""
    return Sheet(
        f"Supposed: {made.title}", f"{deal}, as of {made.as_of}",
        (*story(scenario, made), *following(made), what_changes(made)),
    )


def supposed_statement(scenario: Scenario, made: Supposed, statement: Sheet) -> Sheet:
    """A statement under what is supposed, marked as such, with the story and its assumptions before anything else."""
    return Sheet(
        f"Supposed: {made.title}", f"{statement.title}. {statement.subtitle}, as supposed",
        (*story(scenario, made), *following(made), *statement.sections, what_changes(made)),
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
        tuple((one.kind, one.says) for one in made.changes), empty="nothing.", folded=True,
    ))
    return (Section("What is supposed", tuple(blocks)),)


def following(made: Supposed) -> tuple[Section, ...]:
    """The story step by step, and figures before and after."""
    steps = (Section("Step by step", (_steps(made),)),) if made.told else ()
    if not made.figures:
        return steps
    rows = tuple(
        (one.words, _recorded(one), one.figure, change_text(one.change, one.figure.unit)) for one in made.figures
    )
    return (*steps, Section("Figures", (Table("", ("figure", "as recorded", "as supposed", "change"), rows),)))


def _steps(made: Supposed) -> Table:
    """What happens on each day, then what its author says it means."""
    told = sorted(made.told, key=lambda one: (one.day, one.kind == EXPLAINED))
    rows = tuple((one.day, one.says, _how_known(one.kind), one.citation) for one in told)
    return Table("", ("date", "what happens, and what it means", "how known", "section"), rows)


def _how_known(kind: str) -> Cell:
    return Mark(kind, "warn") if kind == "refused" else kind


def what_changes(made: Supposed) -> Section:
    """The lines of the statement that go and come."""
    section = lines_section("What changes in the statement", made.gone, made.come)
    blocks = tuple(replace(one, folded=True) if isinstance(one, Table) else one for one in section.blocks)
    return replace(section, blocks=blocks)


def _recorded(one: Compared) -> str:
    return "none" if one.before is None else number(one.before, one.figure.unit)
