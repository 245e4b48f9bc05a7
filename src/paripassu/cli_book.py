"""The commands of a book, thin over booking."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from paripassu import booking, service
from paripassu.cli_options import Json, day
from paripassu.cli_output import say, say_sheet
from paripassu.values.problems import Problem, ProblemKind

BookPath = Annotated[str, typer.Argument(metavar="BOOK", help="A folder that start made, or the book in it.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who records it; written into every entry.")]
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


def record(
    book: BookPath, by: By,
    file: Annotated[list[str], typer.Option("--file", metavar="FILE", help="Facts, one JSON object a line.")] = [],  # noqa: B006
    prices: Annotated[list[str], typer.Option("--prices", metavar="FILE", help="Observations, a CSV file.")] = [],  # noqa: B006
    take_back: Annotated[int, typer.Option("--take-back", metavar="N", help="Take back entry N by a correction.")] = 0,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why an entry is taken back.")] = "",
    evidence: Annotated[str, typer.Option("--evidence", metavar="FILE", help="The paper the entries rest on.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Preview this date.")] = "",
    after: Annotated[int, typer.Option("--after", metavar="N", help="Only if entry N is still the last.")] = -1,
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking.")] = False,
) -> None:
    """Preview what facts, prices or a correction change in the statement, then record them, all or none.

    Example: paripassu record desk --by "Ann Example" --file facts.jsonl --as-of 1999-11-04 --yes
    """
    at = day(as_of, "--as-of")
    if take_back and (file or prices):
        raise Problem(ProblemKind.UNREADABLE, "--take-back beside a file", "take back first, then record the file")
    prepared = (
        booking.prepare_undo(book, by, service.now, take_back, reason, at) if take_back
        else booking.prepare(
            book, by, service.now, facts_files=file, prices_files=prices, as_of=at, evidence=evidence
        )
    )
    say(_preview(prepared))
    if not yes and not (sys.stdin.isatty() and typer.confirm("Record?")):
        say("nothing was recorded; add --yes to record\n")
        return
    entries = booking.commit(prepared, service.now, after if after >= 0 else None)
    numbers = sorted({entry.number for entry in entries})
    say(f"recorded{'' if prepared.new else ' before'} as {_spans(numbers)}\n")


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


def _preview(prepared: booking.Prepared) -> str:
    """What is new and what it changes: a line that goes begins with a minus, one that comes with a plus."""
    known = len(prepared.submissions) - prepared.new
    lines = [f"{prepared.new} to record" + (f", {known} recorded before" if known else "")]
    changed = prepared.changes
    if changed.gone or changed.come:
        lines.append(f"in the statement of {prepared.as_of}:")
        lines += [f"- {line}" for line in changed.gone] + [f"+ {line}" for line in changed.come]
    else:
        lines.append(f"nothing changes in the statement of {prepared.as_of}")
    return "".join(f"{line}\n" for line in lines)


def _spans(numbers: list[int]) -> str:
    """Entry 4; entries 4 to 9; entries 2, 4 to 9."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    words = ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans)
    return f"{'entry' if len(numbers) == 1 else 'entries'} {words}"


COMMANDS = (start, record, history, backup, restore)
"""Every command of this module, by the name of its function."""
