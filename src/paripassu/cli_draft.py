"""The command that draws up papers, thin over the verb."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from paripassu import drafting, service
from paripassu.cli_options import AsOf, Deal, Facts, Json, KnownAt, Prices, Readings, question_of
from paripassu.cli_output import say, say_sheet
from paripassu.values.arithmetic import rational
from paripassu.values.kinds.warrants import CASH, CASHLESS
from paripassu.values.problems import Problem, ProblemKind

ADJUSTMENT, EXERCISE = "adjustment", "exercise"


def draft(
    deal: Deal,
    paper: Annotated[str, typer.Argument(metavar="PAPER", help="adjustment (its certificate) or exercise (the form).")],
    lot: Annotated[str, typer.Option("--lot", metavar="LOT", help="The warrant, by its lot.")],
    as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [],  # noqa: B006
    event: Annotated[int, typer.Option("--event", help="Number of the event that adjusted; else the latest.")] = 0,
    shares: Annotated[str, typer.Option("--shares", metavar="N", help="How many shares are exercised.")] = "",
    cashless: Annotated[bool, typer.Option("--cashless", help="Exercise by giving up shares, not by paying.")] = False,
    holder: Annotated[str, typer.Option("--holder", metavar="NAME", help="Who exercises, where several may.")] = "",
    html: Annotated[str, typer.Option("--html", metavar="FILE", help="Also write it as one HTML page, to print.")] = "",
    as_json: Json = False,
) -> None:
    """Draw up a paper of a warrant with every figure worked out: a certificate of adjustment, or a form of exercise.

    Example: paripassu draft valence-2005 exercise --lot W-1 --shares 1000 --as-of 2006-03-01
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading)
    made: Any
    if paper == ADJUSTMENT:
        made, sheet = drafting.certificate(question, lot, event or None)
    elif paper == EXERCISE and shares:
        made, sheet = drafting.exercise(question, lot, rational(shares), CASHLESS if cashless else CASH, holder)
    elif paper == EXERCISE:
        raise Problem(ProblemKind.MISSING_KEY, "a form of exercise without its number", "add --shares")
    else:
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{paper!r} is no paper", f"use {ADJUSTMENT} or {EXERCISE}")
    if html:
        service.write_page(sheet, html)
    if as_json:
        say(service.json_of(made))
    else:
        say_sheet(sheet)


COMMANDS = (draft,)
"""Every command of this module, by the name of its function."""
