"""The verbs that compare: difference and suppose. Nothing here is recorded anywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from paripassu import service
from paripassu.asking import Names
from paripassu.differing import Difference
from paripassu.differing import difference as differing
from paripassu.explaining import explain
from paripassu.reconciling.question import World, printed
from paripassu.reconciling.search import Reconciliation, reconcile
from paripassu.render.changes import Changes, changes
from paripassu.service import Loaded, Question
from paripassu.values.bindings import unit_of
from paripassu.values.figures import Figure
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Sheet
from paripassu.views.difference import difference_sheet, lines_section
from paripassu.views.layout import lay_out
from paripassu.views.reconciliation import reconciliation_sheet
from paripassu.views.statement import statement


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for: its name, whose, with what given for it, and of which instrument where several."""

    name: str
    at: Mapping[str, str]
    given: Mapping[str, str]
    instrument: str = ""


@dataclass(frozen=True)
class Compared:
    """Two sides in words, and what differs between them: lines of the statement, or a figure."""

    sides: tuple[str, str]
    lines: Changes | None = None
    figure: Difference | None = None


def sides_of(
    question: Question, other: str = "", earlier: date | None = None, known_earlier: date | None = None
) -> tuple[Question, Question]:
    """The two questions to compare; ``question`` is the second.

    The first is asked of the same deal, or of ``question.deal`` where another is compared with it; on an earlier date;
    as known on an earlier date; under the readings in force where the question chooses another. Raises Problem
    MISSING_KEY where the two would be the same.
    """
    first = replace(question, choices={}, as_of=earlier or question.as_of, known_at=known_earlier or question.known_at)
    second = replace(question, deal=other or question.deal)
    if first == second:
        raise Problem(
            ProblemKind.MISSING_KEY, "there is nothing to compare with",
            "name another book or deal, or add --from, --known-from, --reading or --theirs",
        )
    return first, second


def statements_differ(first: Question, second: Question) -> tuple[Compared, Sheet]:
    """The lines of two statements that differ, and their sheet; raises any Problem of loading and replay."""
    found = changes(_statement(first), _statement(second))
    sides = side_words(first, second)
    section = lines_section("Lines that go and come", found.gone, found.come)
    title = service.load(second).agreement.title
    return Compared(sides, found), Sheet(title, f"From {sides[0]} to {sides[1]}", (section,))


def _statement(question: Question) -> Sheet:
    loaded = service.load(question)
    return statement_sheet(loaded, question)


def statement_sheet(loaded: Loaded, question: Question) -> Sheet:
    """The statement without what is no answer: receipt and chart."""
    return lay_out(statement(service.replayed(loaded, question), loaded.facts, 0), (), ())


def figures_differ(first: Question, second: Question, asked: Asked) -> tuple[Compared, Sheet]:
    """A figure on two sides, and every input that differs with its share; raises what asking the figure raises."""
    sides = side_words(first, second)
    found = figure_difference((service.load(first), first), (service.load(second), second), asked)
    title = service.load(second).agreement.title
    return Compared(sides, figure=found), difference_sheet(title, sides, found, _words(asked))


def figure_difference(
    first: tuple[Loaded, Question], second: tuple[Loaded, Question], asked: Asked
) -> Difference:
    """A figure of two deals as loaded, compared."""
    (before, names), (after, names_after) = (_explained(*side, asked) for side in (first, second))
    return differing(before, after, names, names_after)


def _explained(loaded: Loaded, question: Question, asked: Asked) -> tuple[Figure, Names]:
    done = service.replayed(loaded, question)
    names, point = service.place_of(question, done, asked.instrument, asked.name, asked.at, asked.given)
    return explain(names, asked.name, point), names


def theirs(
    question: Question, asked: Asked, number: str, told: Callable[[int, int], None]
) -> tuple[Reconciliation, Sheet]:
    """Which single change gives the number that somebody else has, and its sheet; ``told`` hears how far it is.

    Raises Problem BAD_NUMBER for what is no number, WRONG_UNIT where the figure is none, and what asking it raises.
    """
    wanted = printed(number)
    loaded = service.load(question)
    names, point = service.place_of(
        question, service.replayed(loaded, question), asked.instrument, asked.name, asked.at, asked.given
    )
    world = World(
        loaded.agreement, loaded.facts, loaded.market, question.as_of or service.today(), question.known_at,
        names.instrument.name, asked.name, point.at, point.given, question.on,
    )
    found = reconcile(world, wanted, unit_of(names.instrument.bindings[asked.name]), told)
    return found, reconciliation_sheet(loaded.agreement.title, _words(asked), world.on or world.as_of, found)


def _words(asked: Asked) -> str:
    return asked.name.replace("_", " ") + "".join(f", {key} {value}" for key, value in asked.at.items())


def side_words(first: Question, second: Question) -> tuple[str, str]:
    """The two sides, each by what tells it from the other."""
    words: tuple[list[str], list[str]] = ([], [])
    for side, mine, other in ((words[0], first, second), (words[1], second, first)):
        if mine.deal != other.deal:
            side.append(mine.deal)
        if mine.as_of != other.as_of:
            side.append(f"as of {mine.as_of or service.today()}")
        if mine.known_at != other.known_at:
            side.append(f"as known on {mine.known_at}" if mine.known_at else "as known now")
        if mine.choices != other.choices:
            chosen = ", ".join(f"{reading}: {one}" for reading, one in mine.choices.items())
            side.append(chosen or "readings in force")
    return ", ".join(words[0]), ", ".join(words[1])
