"""The commands of a book, thin over booking."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import booking, service
from paripassu.cli_options import Json
from paripassu.cli_output import say, say_sheet

BookPath = Annotated[str, typer.Argument(metavar="BOOK", help="A folder that start made, or the book in it.")]
By = Annotated[str, typer.Option(
    "--by", metavar="NAME", help="Who records it; written into every entry.", callback=lambda name: name.strip(),
)]
After = Annotated[int, typer.Option("--after", metavar="N", help="Only if entry N is still the last.")]
Yes = Annotated[bool, typer.Option("--yes", help="Record without asking.")]
Kept = Annotated[str, typer.Option("--head", metavar="LINE", help="A head kept earlier, to compare with.")]


def start(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="The folder to make; it must not exist.")],
    deal: Annotated[str, typer.Option("--from", metavar="DEAL", help="A deal by name, or the path of its folder.")],
    by: By,
) -> None:
    """Start a book: copy a deal's agreement into a new folder and record its facts, prices and readings.

    Example: paripassu start desk --from valence-1998 --by "Ann Example"
    """
    begun = booking.start(folder, deal, by, service.now)
    say(f"{begun.path}: {begun.entries} entries of {begun.deal}\nhead: {begun.head}")


def history(book: BookPath, head: Kept = "", as_json: Json = False) -> None:
    """List every entry of a book with when it was recorded, by whom and on what; every digest is checked.

    Example: paripassu history desk
    """
    sheet = booking.history(book, head)
    if as_json:
        say(service.json_of(sheet))
    else:
        say_sheet(sheet)


def backup(
    book: BookPath, target: Annotated[str, typer.Argument(metavar="FILE", help="The file to make.")]
) -> None:
    """Copy a book to a new file while others may go on recording; print the head to keep.

    Example: paripassu backup desk desk-1999-11-04.book
    """
    say(f"head: {booking.backup(book, target)}")


def restore(
    copy: Annotated[str, typer.Argument(metavar="FILE", help="The backup.")],
    target: Annotated[str, typer.Argument(metavar="BOOK", help="The file to make; it must not exist.")],
    head: Kept = "",
) -> None:
    """Make a book from a backup, after checking every entry; nothing is written over.

    Example: paripassu restore desk-1999-11-04.book restored.book
    """
    say(f"head: {booking.restore(copy, target, head)}")


COMMANDS = (start, history, backup, restore)
"""Every command of this module, by the name of its function."""
