"""The commands on what the words leave open: what turns on it, who answers it and why, and the page to sign."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import choosing, service
from paripassu.agreement import Choice
from paripassu.cli_book import After, BookPath, Yes
from paripassu.cli_options import AsOf, Deal, Facts, Json, KnownAt, Prices, Readings, day, question_of
from paripassu.cli_output import say, say_sheet
from paripassu.cli_record import progress_shown, record_prepared
from paripassu.views.readings import effect_sheet


def readings(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [], as_json: Json = False,  # noqa: B006
) -> None:
    """List the questions the words leave open; with --as-of, what turns on each in dollars, shares and days.

    Example: paripassu readings valence-1998 --as-of 1999-11-03
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading)
    if question.as_of is None:
        sheet = service.readings(question)
        made: object = sheet
    else:
        with progress_shown() as progress:
            made, sheet = service.ranked_readings(question, progress)
    if as_json:
        say(service.json_of(made))
    else:
        say_sheet(sheet)


def choose(
    book: BookPath,
    reading: Annotated[str, typer.Argument(metavar="READING", help="The reading, such as R-PREM-N.")],
    alternative: Annotated[str, typer.Argument(metavar="ALTERNATIVE", help="The alternative to be in force.")],
    instrument: Annotated[str, typer.Option("--instrument", metavar="NAME", help="The instrument it is chosen for.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who chooses; written into the entry.")],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; written into the entry.")],
    effective: Annotated[
        str, typer.Option("--effective", metavar="DATE", help="In force from this date on; else from the first paper.")
    ] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Preview this date.")] = "",
    after: After = -1, yes: Yes = False,
) -> None:
    """Choose a reading for one instrument: preview what it changes, then record it with a name and a reason.

    Example: paripassu choose desk R-PREM-N "count both" --instrument series-b --by Ann --reason "as agreed" --yes
    """
    choice = Choice(reading, instrument, alternative, reason, by)
    chosen = choosing.prepare_choice(
        book, choice, service.now, day(as_of, "--as-of"), day(effective, "--effective")
    )
    say(f"{reading} of {instrument}: {alternative}, from {chosen.since} on; on {chosen.prepared.as_of}:\n")
    if chosen.prevails:
        other = chosen.prevails
        say(f"a later choice stays in force: {other.alternative}, by {other.by}, because {other.reason}\n")
    if chosen.effect:
        say_sheet(effect_sheet(chosen.effect))
    record_prepared(chosen.prepared, after, yes)


def signoff(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [],  # noqa: B006
    html: Annotated[str, typer.Option("--html", metavar="FILE", help="Also write it as one HTML page, to print.")] = "",
    as_json: Json = False,
) -> None:
    """Print the assumptions and readings behind the statement of a date, with lines for signatures.

    Example: paripassu signoff valence-1998 --as-of 1999-11-03 --html signoff.html
    """
    with progress_shown() as progress:
        made, sheet = service.signoff(question_of(deal, as_of, known_at, facts, prices, reading), progress)
    if html:
        service.write_page(sheet, html)
    if as_json:
        say(service.json_of(made))
    else:
        say_sheet(sheet)


COMMANDS = (readings, choose, signoff)
"""Every command of this module, by the name of its function."""
