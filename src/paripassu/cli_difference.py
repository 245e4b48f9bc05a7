"""The commands difference and suppose, thin over whatif."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import service, whatif
from paripassu.cli_options import (
    AsOf,
    At,
    Deal,
    Facts,
    Given,
    Json,
    KnownAt,
    On,
    Prices,
    Readings,
    day,
    pairs,
    question_of,
)
from paripassu.cli_output import say, say_sheet
from paripassu.cli_record import progress_shown
from paripassu.supposing import Shown
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Sheet


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
    theirs: Annotated[
        str, typer.Option("--theirs", metavar="N", help="Their number as printed: which single change gives it.")
    ] = "",
    instrument: Annotated[str, typer.Option("--instrument", help="Where several instruments have the name.")] = "",
    as_json: Json = False,
) -> None:
    """Say what differs between two dates, known-at dates, readings or books, and why; or which change gives theirs.

    Example: paripassu difference valence-1998 --as-of 1999-11-04 --figure premium --reading "R-PREM-N=count both"
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading, "", on)
    asked = whatif.Asked(figure, pairs(at, "--at"), pairs(given, "--set"), instrument)
    if not figure and (at or given or on or theirs):
        raise Problem(
            ProblemKind.MISSING_KEY, "--at, --set, --on or --theirs without a figure", "add --figure NAME"
        )
    if theirs:
        if other or earlier or known_earlier:
            raise Problem(ProblemKind.UNREADABLE, "--theirs beside another side", "give the one or the other")
        with progress_shown() as progress:
            found, sheet = whatif.theirs(question, asked, theirs, progress)
        _say(found, sheet, as_json)
        return
    first, second = whatif.sides_of(question, other, day(earlier, "--from"), day(known_earlier, "--known-from"))
    _say(*(whatif.figures_differ(first, second, asked) if figure else whatif.statements_differ(first, second)), as_json)


def _say(found: object, sheet: Sheet, as_json: bool) -> None:
    if as_json:
        say(service.json_of(found))
    else:
        say_sheet(sheet)


def suppose(
    deal: Deal,
    scenarios: Annotated[
        list[str], typer.Argument(metavar="[SCENARIO]...", help="A scenario of the deal by name, or a file of one.")
    ] = [],  # noqa: B006 - typer reads the default, nothing changes it
    fact: Annotated[
        list[str], typer.Option("--fact", metavar="JSON", help="A fact supposed, as one object.")
    ] = [],  # noqa: B006
    facts: Annotated[
        list[str], typer.Option("--facts", metavar="FILE", help="Facts supposed, one JSON object a line.")
    ] = [],  # noqa: B006
    price: Annotated[
        list[str], typer.Option("--price", metavar="DATE=BID", help="A closing bid supposed; none: there was none.")
    ] = [],  # noqa: B006
    without: Annotated[
        list[str], typer.Option("--without", metavar="FACT", help="Take a fact away: its entry number, or words of it.")
    ] = [],  # noqa: B006
    reading: Readings = [], as_of: AsOf = "",  # noqa: B006
    figure: Annotated[
        list[str], typer.Option("--figure", metavar="NAME", help="Compare this figure before and after.")
    ] = [],  # noqa: B006
    at: At = [],  # noqa: B006
    report: Annotated[
        str, typer.Option("--report", metavar="FILE", help="Write the statement, as supposed, as one HTML page.")
    ] = "",
    listed: Annotated[bool, typer.Option("--list", help="List the scenarios that come with the deal.")] = False,
    as_json: Json = False,
) -> None:
    """Say what would follow if something happened, or had not: against what is recorded, and recorded nowhere.

    Example: paripassu suppose valence-1998 --price 1999-08-02=4.50 --as-of 1999-08-03 --figure closing_bid_price
    """
    if listed:
        rows = whatif.scenarios(deal)
        say(service.json_of(rows) if as_json else "".join(f"{one['scenario']}: {one['title']}\n" for one in rows))
        return
    shown = tuple(Shown(name, pairs(at, "--at")) for name in figure)
    scenario = whatif.scenario(
        deal, scenarios, whatif.Options(tuple(fact), tuple(facts), pairs(price, "--price"), tuple(without), shown)
    )
    made, sheet = whatif.suppose(question_of(deal, as_of, readings=reading), scenario, report)
    _say(made, sheet, as_json)
    if report and not as_json:
        say(f"\nWritten: {report}\n")


COMMANDS = (difference, suppose)
"""Every command of this module, by the name of its function."""
