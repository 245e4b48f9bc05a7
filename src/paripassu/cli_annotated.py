"""The command that annotates an agreement, thin over its verb."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import annotating, reperforming, service
from paripassu.cli_options import AsOf, Deal, Facts, Filing, Json, KnownAt, Prices, Readings, question_of
from paripassu.cli_output import say, say_sheet


def annotate(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", filing: Filing = "",
    document: Annotated[str, typer.Option("--document", metavar="NAME", help="Only this paper, such as cod.")] = "",
    html: Annotated[str, typer.Option("--html", metavar="FILE", help="Write it as one HTML page.")] = "",
    facts: Facts = [], prices: Prices = [], reading: Readings = [], as_json: Json = False,  # noqa: B006
    receipt: Annotated[str, typer.Option("--receipt", metavar="FILE", help="Write its receipt, for verify.")] = "",
) -> None:
    """Go through the papers by section: summaries, terms, formulas, figures, duties, readings; list the contents.

    Example: paripassu annotate valence-1998 --as-of 1999-11-04 --document cod --html annotated.html
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading, filing)
    if receipt:
        performed = reperforming.perform_annotated(question, document)
        reperforming.write_receipt(performed.receipt, receipt)
        made, sheet = performed.made, performed.sheet
    else:
        made, sheet = annotating.annotate(question, document)
    if as_json:
        say(service.json_of(made))
    else:
        say_sheet(sheet)
    if html:
        annotating.write_annotated(made, html)
        if not as_json:
            say(f"\nWritten: {html}\n")


COMMANDS = (annotate,)
"""Every command of this module, by the name of its function."""
