"""The command of price adjustments, thin over the service."""

from __future__ import annotations

from paripassu import service
from paripassu.cli_options import AsOf, Deal, Facts, Json, KnownAt, Prices, Readings, question_of
from paripassu.cli_output import say, say_sheet


def adjustments(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [], as_json: Json = False,  # noqa: B006
) -> None:
    """Print how each exercise price moved: every event with its working, and what an unknown bid would change.

    Example: paripassu adjustments valence-1998 --as-of 1999-12-31
    """
    histories, sheet = service.adjustments(question_of(deal, as_of, known_at, facts, prices, reading))
    if as_json:
        say(service.json_of(histories))
    else:
        say_sheet(sheet)


COMMANDS = (adjustments,)
"""Every command of this module, by the name of its function."""
