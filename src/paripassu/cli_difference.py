"""The command difference, thin over whatif."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import service, whatif
from paripassu.cli_options import AsOf, At, Facts, Given, Json, KnownAt, On, Prices, Readings, day, pairs, question_of
from paripassu.cli_output import say, say_sheet
from paripassu.values.problems import Problem, ProblemKind


def difference(
    deal: Annotated[str, typer.Argument(metavar="A", help="A deal or book; with B, the first side.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another deal or book to compare it with.")] = "",
    figure: Annotated[
        str, typer.Option("--figure", metavar="NAME", help="Why this figure differs; else the lines of the statement.")
    ] = "",
    at: At = [], given: Given = [], as_of: AsOf = "",  # noqa: B006 - typer reads the default, nothing changes it
    earlier: Annotated[str, typer.Option("--from", metavar="DATE", help="The first side is of this date.")] = "",
    known_at: KnownAt = "",
    known_earlier: Annotated[
        str, typer.Option("--known-from", metavar="DATE", help="The first side is as known at this date's end.")
    ] = "",
    reading: Readings = [], facts: Facts = [], prices: Prices = [], on: On = "",  # noqa: B006
    instrument: Annotated[str, typer.Option("--instrument", help="Where several instruments have the name.")] = "",
    as_json: Json = False,
) -> None:
    """Say what differs between two dates, known-at dates, readings or books, and why a figure does.

    Example: paripassu difference valence-1998 --as-of 1999-11-04 --figure premium --reading "R-PREM-N=count both"
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading, "", on)
    first, second = whatif.sides_of(question, other, day(earlier, "--from"), day(known_earlier, "--known-from"))
    asked = whatif.Asked(figure, pairs(at, "--at"), pairs(given, "--set"), instrument)
    if not figure and (at or given or on):
        raise Problem(ProblemKind.MISSING_KEY, "--at, --set and --on without a figure", "add --figure NAME")
    found, sheet = whatif.figures_differ(first, second, asked) if figure else whatif.statements_differ(first, second)
    if as_json:
        say(service.json_of(found))
    else:
        say_sheet(sheet)


COMMANDS = (difference,)
"""Every command of this module, by the name of its function."""
