"""The command of the register, thin over the service."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import service
from paripassu.cli_options import AsOf, Deal, Facts, Json, KnownAt, Prices, Readings, day, question_of
from paripassu.cli_output import say, say_sheet


def register(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "",
    first: Annotated[str, typer.Option("--from", metavar="DATE", help="Roll forward from this day's beginning.")] = "",
    instrument: Annotated[str, typer.Option("--instrument", metavar="NAME", help="Only this, or common.")] = "",
    csv: Annotated[str, typer.Option("--csv", metavar="FILE", help="Write rows; - prints them: certificates, or with "
                                     "--from movements.")] = "",
    facts: Facts = [], prices: Prices = [], reading: Readings = [], as_json: Json = False,  # noqa: B006
) -> None:
    """Print who holds what under which certificate, with control totals; with --from, the roll-forward too.

    Example: paripassu register valence-1998 --as-of 1999-11-04 --from 1998-12-18
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading)
    made = service.register(question, day(first, "--from"), instrument)
    if csv == "-":
        say(made.csv)
    elif as_json:
        say(service.json_of(made.content, made.sheet))
    else:
        say_sheet(made.sheet)
    if csv not in ("", "-"):
        service.write_rows(csv, made.csv)
        say(f"\nWritten: {csv}\n")


COMMANDS = (register,)
"""Every command of this module, by the name of its function."""
