"""The command that re-performs a statement or an annotated agreement from its receipt."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import reperforming, service
from paripassu.cli_options import Json
from paripassu.cli_output import say
from paripassu.reperforming import WORDS, Verified


def verify(
    receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="The file that --receipt wrote.")],
    book: Annotated[
        str, typer.Option("--book", metavar="BOOK_OR_DEAL", help="Where its entries are; else the deal it names.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a statement or an annotated agreement again from its receipt; compare text, JSON and page, byte for byte.

    Of a book that has grown since, the entries up to the head in the receipt count. Exit status 1 where it differs.

    Example: paripassu verify statement.receipt
    """
    made = reperforming.verify(receipt, book)
    say(service.json_of(made) if as_json else _told(made))
    if not made.is_same:
        raise typer.Exit(1)


def _told(made: Verified) -> str:
    of = f"{made.receipt.what} as of {made.receipt.as_of}"
    if made.is_same:
        through = made.receipt.through
        rests = f", on the book's entries up to {through.number}" if through else ""
        return f"the same, byte for byte, as text, JSON and page: {of}{rests}\n"
    told = [f"not the same: {of}", f"differs first: {WORDS[made.differs[0]]}"]
    told += [f"differs too: {', '.join(WORDS[one] for one in made.differs[1:])}"] if made.differs[1:] else []
    if made.line:
        told += [f"line {made.line} of the text was and is:", f"- {made.before}", f"+ {made.after}"]
    return "".join(f"{line}\n" for line in told)


COMMANDS = (verify,)
"""Every command of this module, by the name of its function."""
