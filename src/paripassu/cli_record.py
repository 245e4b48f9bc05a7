"""The command that records: from files, or field by field at a terminal; a preview and a question before anything."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Display

from paripassu import booking, service
from paripassu.cli_book import After, BookPath, By, Yes
from paripassu.cli_options import day
from paripassu.cli_output import say
from paripassu.prompts import KIND, Prompt, prompts
from paripassu.submissions import Progress
from paripassu.values.problems import Problem, ProblemKind

SHOWN = 1000
"""Lines of a preview that are printed; an import of a hundred thousand rows changes as many."""

Prepare = Callable[[dict[str, Any], str, str], booking.Prepared]
"""Works out what a typed row changes, resting on a file of evidence, and despite the papers, where these are given."""


def record(
    book: BookPath, by: By,
    file: Annotated[list[str], typer.Option("--file", metavar="FILE", help="Facts: JSON lines, or .csv.")] = [],  # noqa: B006
    mapping: Annotated[str, typer.Option("--mapping", metavar="FILE", help="Which column is which field.")] = "",
    prices: Annotated[list[str], typer.Option("--prices", metavar="FILE", help="Observations, a CSV file.")] = [],  # noqa: B006
    take_back: Annotated[int, typer.Option("--take-back", metavar="N", help="Take back entry N by a correction.")] = 0,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why an entry is taken back.")] = "",
    evidence: Annotated[str, typer.Option("--evidence", metavar="FILE", help="The paper the entries rest on.")] = "",
    despite: Annotated[str, typer.Option("--despite", metavar="TEXT", help="Why a forbidden act stands.")] = "",
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="Preview this date.")] = "",
    after: After = -1, yes: Yes = False,
) -> None:
    """Preview what facts, prices or a correction change in the statement, then record them, all or none.

    Without a file, and at a terminal, it asks for one fact or price after another, field by field.

    Example: paripassu record desk --by "Ann Example" --file facts.jsonl --as-of 1999-11-04 --yes
    """
    at = day(as_of, "--as-of")
    if take_back and (file or prices):
        raise Problem(ProblemKind.UNREADABLE, "--take-back beside a file", "take back first, then record the file")
    if mapping and not any(one.lower().endswith(".csv") for one in file):
        raise Problem(ProblemKind.MISSING_KEY, "--mapping without a CSV file of facts", "add --file FILE.csv")
    if not (take_back or file or prices) and sys.stdin.isatty():
        _ask(book, by, at)
        return
    with progress_shown() as progress:
        prepared = (
            booking.prepare_undo(book, by, service.now, take_back, reason, at) if take_back
            else booking.prepare(
                book, by, service.now, facts_files=file, mapping=mapping, prices_files=prices, as_of=at,
                evidence=evidence, despite=despite, progress=progress,
            )
        )
    record_prepared(prepared, after, yes)


def record_prepared(prepared: booking.Prepared, after: int, yes: bool) -> None:
    """Show what is about to be recorded, ask unless told ``yes``, then record it and say under which numbers.

    ``after`` is the number of the last entry seen before, -1 where that is what was previewed.
    """
    say(_preview(prepared))
    if not yes and not (sys.stdin.isatty() and typer.confirm("Record?")):
        say("nothing was recorded; add --yes to record\n")
        return
    _commit(prepared, after if after >= 0 else None)


def _commit(prepared: booking.Prepared, after: int | None) -> None:
    with progress_shown() as progress:
        entries = booking.commit(prepared, service.now, after, progress)
    numbers = sorted({entry.number for entry in entries})
    say(f"recorded{'' if prepared.new else ' before'} as {_spans(numbers)}\n")


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """Progress on standard error while something long is done; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Display(*columns, console=console, transient=True, disable=not console.is_terminal) as display:
        bar = display.add_task("", total=None)

        def tell(doing: str, done: int, of: int) -> None:
            display.update(bar, description=doing, completed=done, total=of or None)

        yield tell


# -- field by field


def _ask(book: str, by: str, at: date | None) -> None:
    """Facts and prices one after another, each previewed and confirmed by itself."""

    def prepare(row: dict[str, Any], evidence: str, despite: str) -> booking.Prepared:
        facts, prices = ([], [row]) if "observable" in row else ([row], [])
        return booking.prepare(
            book, by, service.now, typed_facts=facts, typed_prices=prices, as_of=at, evidence=evidence, despite=despite
        )

    while True:
        prepared = _prepared(prepare)
        say(_preview(prepared))
        if typer.confirm("Record?"):
            _commit(prepared, None)
        else:
            say("nothing was recorded\n")
        if not typer.confirm("Another?", default=False):
            return


def _prepared(prepare: Prepare) -> booking.Prepared:
    """What can be carried out: where it cannot, the sentence is said and the answers are asked for again.

    An act against the papers may be given a reason instead.
    """
    answers: dict[str, str] = {}
    while True:
        row = _row(answers)
        evidence = _optional("The file of its evidence, if at hand")
        despite = ""
        while True:
            try:
                return prepare(row, evidence, despite)
            except Problem as problem:
                say(f"{problem.sentence}\n")
                if problem.kind is not ProblemKind.AGAINST_PAPERS:
                    break
                despite = _optional("Why it is recorded despite the papers (Enter to change the answers)")
                if not despite:
                    break
        say("The answers again; Enter keeps one.\n")


def _optional(says: str) -> str:
    return str(typer.prompt(says, default="", show_default=False)).strip()


def _row(answers: dict[str, str]) -> dict[str, Any]:
    """The row of one fact or price; ``answers`` are those given before, and then those given now."""
    row = dict(_answered(KIND, answers))
    for prompt in prompts(answers[KIND.name]):
        row.update(_answered(prompt, answers))
    return row


def _answered(prompt: Prompt, answers: dict[str, str]) -> dict[str, Any]:
    """What an answer puts into the row; asked again, with the sentence, until it can be read."""
    while True:
        before = answers.get(prompt.name, prompt.otherwise)
        required = prompt.required and before is None
        given = typer.prompt(prompt.says, default=None if required else before or "", show_default=bool(before))
        answer = str(given).strip()
        try:
            part = prompt.read(answer) if answer or prompt.required else {}
        except Problem as problem:
            say(f"{problem.sentence}\n")
            continue
        answers[prompt.name] = answer
        return part


# -- what is said


def _preview(prepared: booking.Prepared) -> str:
    """What is new and what it changes: a line that goes begins with a minus, one that comes with a plus."""
    known = len(prepared.submissions) - prepared.new
    lines = [f"{prepared.new} to record" + (f", {known} recorded before" if known else "")]
    lines += [
        f"entry {number}, recorded before, was taken back by entry {by} and does not stand; to record the same again, "
        "give the row another key or type it" for number, by in sorted(prepared.taken_back.items())
    ]
    changed = prepared.changes
    if changed.gone or changed.come:
        lines.append(f"in the statement of {prepared.as_of}:")
        every = [f"- {line}" for line in changed.gone] + [f"+ {line}" for line in changed.come]
        lines += every[:SHOWN] + ([f"and {len(every) - SHOWN} more lines"] if len(every) > SHOWN else [])
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
