"""The command line: one command a verb, thin over the service.

Exit status: 0 done; 1 a worked case or check differs; 2 wrong use of the command; 10 and up a Problem of the kind
listed in docs/problems.md.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from paripassu import (
    __version__,
    cli_adjustments,
    cli_annotated,
    cli_book,
    cli_difference,
    cli_draft,
    cli_papers,
    cli_readings,
    cli_receipts,
    cli_record,
    cli_register,
    papers,
    reperforming,
    service,
)
from paripassu.cli_options import (
    AsOf,
    At,
    Deal,
    Facts,
    Filing,
    Given,
    Json,
    KnownAt,
    On,
    Prices,
    Readings,
    pairs,
    question_of,
)
from paripassu.cli_output import colour, say, width
from paripassu.render.text import figure_text, sheet_text
from paripassu.service import Question
from paripassu.values.figures import Figure
from paripassu.values.problems import Problem, ProblemKind
from paripassu.views.layout import names_sheet

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    help="Executes negotiated securities agreements: who holds what, may do what, owes what, by which clause.",
)


def _say_figure(question: Question, made: Figure, as_json: bool, depth: int | None = None) -> None:
    clauses = service.figure_clauses(question, made)
    if as_json:
        say(service.trace_json(made, clauses))
        return
    say(figure_text(made, width=width(), colour=colour(), depth=depth))
    if clauses:
        say(sheet_text(clauses, width=width(), colour=colour()))


@app.command()
def deals(as_json: Json = False) -> None:
    """List the deals that come with the program.

    Example: paripassu deals
    """
    listed = service.deals()
    say(service.json_of(listed) if as_json else "".join(f"{one['deal']}: {one['title']}\n" for one in listed))


@app.command()
def show(deal: Deal, filing: Filing = "", as_json: Json = False) -> None:
    """Show the agreement: documents, instruments, every clause with its section and terms.

    Example: paripassu show valence-1998
    """
    sheet = service.show(question_of(deal, filing=filing))
    say(service.json_of(sheet) if as_json else sheet_text(sheet, width=width(), colour=colour()))


@app.command()
def check(
    deal: Deal,
    filing: Annotated[str, typer.Option("--filing", metavar="FILE", help="Compare with the text of the filing.")] = "",
    facts: Facts = [],  # noqa: B006 - typer reads the default, nothing changes it
    prices: Prices = [],  # noqa: B006
) -> None:
    """Check that a deal loads: terms, wiring, readings, facts, prices, cases; with --filing also digests and literals.

    Example: paripassu check valence-1998
    """
    lines, sound = service.check(question_of(deal, facts=facts, prices=prices), filing)
    say("".join(f"{line}\n" for line in lines))
    if not sound:
        raise typer.Exit(1)


@app.command()
def state(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [], filing: Filing = "", as_json: Json = False,  # noqa: B006
    receipt: Annotated[str, typer.Option("--receipt", metavar="FILE", help="Write its receipt, for verify.")] = "",
) -> None:
    """Print the statement of a date: holdings, rights and limits, prices, duties, events, what is undetermined.

    Example: paripassu state valence-1998 --as-of 1999-11-04
    """
    question = question_of(deal, as_of, known_at, facts, prices, reading, filing)
    if receipt:
        performed = reperforming.perform(question)
        reperforming.write_receipt(performed.receipt, receipt)
        made, sheet = performed.statement, performed.sheet
    else:
        made, sheet = service.state(question)
    say(service.json_of(made, sheet) if as_json else sheet_text(sheet, width=width(), colour=colour()))


@app.command()
def diary(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [], filing: Filing = "", as_json: Json = False,  # noqa: B006
) -> None:
    """Print what is due next, by when, and what follows if it is missed.

    Example: paripassu diary valence-1998 --as-of 1998-12-18
    """
    made, sheet = service.diary(question_of(deal, as_of, known_at, facts, prices, reading, filing))
    say(service.json_of(made.diary) if as_json else sheet_text(sheet, width=width(), colour=colour()))


@app.command()
def figure(
    deal: Deal,
    name: Annotated[str, typer.Argument(help="The figure; without it, all that can be asked.")] = "",
    as_of: AsOf = "", on: On = "", at: At = [], given: Given = [], facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [],  # noqa: B006
    instrument: Annotated[str, typer.Option("--instrument", help="Where several instruments have the name.")] = "",
    filing: Filing = "", as_json: Json = False,
) -> None:
    """Ask any figure at a date, with inputs overridden; without a name, list what can be asked.

    Example: paripassu figure valence-1998 conversion_price --as-of 1999-11-04 --set lowest_bids_mean=5.25
    """
    question = question_of(deal, as_of, "", facts, prices, reading, filing, on)
    if not name:
        rows = service.figure_names(question)
        sheet = names_sheet(rows)
        say(service.json_of(rows) if as_json else sheet_text(sheet, width=width(), colour=colour()))
        return
    made = service.figure(question, instrument, name, pairs(at, "--at"), pairs(given, "--set"))
    _say_figure(question, made, as_json, depth=0)


@app.command()
def explain(
    deal: Deal,
    name: Annotated[str, typer.Argument(help="The figure to open, as listed by: paripassu figure DEAL")],
    as_of: AsOf = "", on: On = "", at: At = [], given: Given = [], facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [],  # noqa: B006
    instrument: Annotated[str, typer.Option("--instrument", help="Where several instruments have the name.")] = "",
    filing: Filing = "", as_json: Json = False,
) -> None:
    """Open a figure into everything it came from, each step with its section, reading, rounding and grade.

    Example: paripassu explain valence-1998 shares_issuable --as-of 1999-11-04
    """
    question = question_of(deal, as_of, "", facts, prices, reading, filing, on)
    made = service.figure(question, instrument, name, pairs(at, "--at"), pairs(given, "--set"))
    _say_figure(question, made, as_json)


@app.command()
def cases(
    deal: Deal,
    chosen: Annotated[str, typer.Argument(help="Only cases whose name or entry contains this.")] = "",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print every figure compared.")] = False,
) -> None:
    """Run the worked cases of a deal and say which figures differ from what the specification prints.

    Example: paripassu cases valence-1998 COD-VII.A
    """
    run = failed = compared = 0
    for case, outcomes in service.run_cases(question_of(deal), chosen):
        run += 1
        compared += len(outcomes)
        wrong = [one for one in outcomes if not one.met]
        failed += bool(wrong)
        if verbose or wrong:
            say(f"{'FAILED' if wrong else 'ok'}  {case.id}  ({case.entry}) {case.title}\n")
        for one in outcomes if verbose else wrong:
            sign = "=" if one.met else f"is {one.found}, expected"
            say(f"    {one.what} {sign} {one.expected}\n")
    say(f"{run} cases, {compared} figures compared, {failed} cases differ\n")
    if failed or not run:
        raise typer.Exit(1)


@app.command()
def report(
    deal: Deal, as_of: AsOf = "", known_at: KnownAt = "", facts: Facts = [], prices: Prices = [],  # noqa: B006
    reading: Readings = [], filing: Filing = "",  # noqa: B006
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help="Page to write.")] = "statement.html",
) -> None:
    """Print the statement and write it as one self-contained HTML page.

    Example: paripassu report valence-1998 --as-of 1999-11-04 --output statement.html
    """
    sheet = service.report(question_of(deal, as_of, known_at, facts, prices, reading, filing), output)
    say(sheet_text(sheet, width=width(), colour=colour()))
    say(f"\nWritten: {output}\n")


@app.command()
def coverage(
    deal: Deal,
    status: Annotated[str, typer.Argument(help="Only entries with this status, such as planned.")] = "",
    computed: Annotated[bool, typer.Option("--computed", help="Name a case that fails without each clause.")] = False,
    sentences: Annotated[bool, typer.Option("--sentences", help="Account for every sentence of --filing.")] = False,
    filing: Annotated[str, typer.Option("--filing", metavar="FILE", help="The filing of --sentences.")] = "",
    as_json: Json = False,
) -> None:
    """List every entry of the inventory with its status: executed, tracked, by finding, text only or planned.

    Example: paripassu coverage valence-1998 planned
    """
    if sentences and not filing:
        raise Problem(ProblemKind.MISSING_KEY, "--sentences without a filing", "add --filing FILE")
    if sentences:
        sheet = papers.sentences_sheet(deal, filing)
    else:
        sheet = service.coverage(question_of(deal), status, computed=computed)
    say(service.json_of(sheet) if as_json else sheet_text(sheet, width=width(), colour=colour()))


@app.command()
def problems() -> None:
    """List every kind of Problem with its exit status.

    Example: paripassu problems
    """
    for kind in ProblemKind:
        say(f"{kind.exit_code}  {kind.code}: {kind.meaning}\n")


PAPERS = (cli_papers.outline, cli_papers.proofread, cli_papers.compare)
BOOKS = (cli_record.record, *cli_book.COMMANDS, *cli_readings.COMMANDS, *cli_receipts.COMMANDS)
VIEWS = (*cli_register.COMMANDS, *cli_adjustments.COMMANDS, *cli_draft.COMMANDS, *cli_annotated.COMMANDS)
for command in (*PAPERS, *BOOKS, *cli_difference.COMMANDS, *VIEWS):
    app.command()(command)


def _version(asked: bool) -> None:
    if asked:
        say(f"paripassu {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Executes negotiated securities agreements: who holds what, may do what, owes what, by which clause."""


def main() -> None:
    """Run the command; a Problem is one sentence on standard error and its own exit status."""
    run(app)


def run(command: Callable[..., Any]) -> None:
    """Run a command, turning a Problem into its sentence and exit status."""
    try:
        command()
    except Problem as problem:
        sys.stderr.write(f"{problem.kind.code}: {problem.sentence}\n")
        sys.exit(problem.kind.exit_code)
    except BrokenPipeError:
        sys.stderr.close()


if __name__ == "__main__":
    main()
