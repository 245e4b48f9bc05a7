"""The options that commands share, each said once, and the question they put."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.values.problems import Place, Problem, ProblemKind

Deal = Annotated[str, typer.Argument(help="A deal that comes with the program, or the path of a deal folder.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The date asked about, YYYY-MM-DD; else today.")]
KnownAt = Annotated[str, typer.Option("--known-at", metavar="DATE", help="Only facts recorded by this date's end.")]
Facts = Annotated[list[str], typer.Option("--facts", metavar="FILE", help="Further facts, one JSON object a line.")]
Prices = Annotated[list[str], typer.Option("--prices", metavar="FILE", help="Further prices or trade prints, CSV.")]
Readings = Annotated[
    list[str], typer.Option(
        "--reading", metavar="[INSTRUMENT:]ID=ALTERNATIVE",
        help="Another reading for this question only: of every instrument that leaves it open, or of the one named.",
    )
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON: what the API returns.")]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The date of the question, if not that of the record.")]
Filing = Annotated[str, typer.Option("--filing", metavar="FILE", help="Print the words of the clauses from this text.")]
At = Annotated[list[str], typer.Option("--at", metavar="SUBJECT=NAME", help="Whose: holder=..., lot=..., notice=...")]
Given = Annotated[list[str], typer.Option("--set", metavar="NAME=VALUE", help="Override an input for this question.")]


def pairs(options: list[str], flag: str) -> dict[str, str]:
    """Options of the form NAME=VALUE as a mapping; raises Problem UNREADABLE with the flag."""
    found = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not equals or not name or not value:
            raise Problem(ProblemKind.UNREADABLE, f"{flag} {option}", f"write it as {flag} NAME=VALUE")
        found[name] = value
    return found


def question_of(
    deal: str, as_of: str = "", known_at: str = "", facts: list[str] | None = None, prices: list[str] | None = None,
    readings: list[str] | None = None, filing: str = "", on: str = "",
) -> Question:
    """The question that the options of a command put; raises Problem BAD_DATE or UNREADABLE with the flag."""
    return Question(
        deal, day(as_of, "--as-of"), day(known_at, "--known-at"), tuple(facts or ()), tuple(prices or ()),
        pairs(readings or [], "--reading"), filing, day(on, "--on"),
    )


def day(text: str, flag: str) -> date | None:
    """The date of an option, None where it is not given; raises Problem BAD_DATE with the flag."""
    try:
        return parse_date(text) if text else None
    except Problem as problem:
        raise problem.at(Place(flag)) from None
