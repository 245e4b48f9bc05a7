"""The commands on papers by themselves: proofread and compare."""

from __future__ import annotations

from typing import Annotated

import typer

from paripassu import papers
from paripassu.cli_output import say, say_sheet

Page = Annotated[str, typer.Option("--page", metavar="FILE", help="Also write it as one HTML page.")]


def outline(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A paper: text, HTML or a full submission.")],
) -> None:
    """Show how a filing was read: its documents, the outline of each, and what they mention.

    Example: paripassu outline agreement.txt
    """
    say_sheet(papers.outline_sheet(file))


def proofread(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Papers: text, HTML or a full submission.")],
    together: Annotated[bool, typer.Option("--set", help="The files belong together: look across them too.")] = False,
    page: Page = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find drafting defects: references, definitions, numbering, conflicts, language, worked examples, dates.

    Example: paripassu proofread agreement.txt --page defects.html
    """
    proof = papers.proofread_files(files, page, together=together)
    say(proof.json() if as_json else proof.text())
    if page and not as_json:
        say(f"\nWritten: {page}\n")


def compare(
    one: Annotated[str, typer.Argument(metavar="A", help="A paper: FILE, or FILE:EXHIBIT of a filing.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The paper to compare with it.")],
    page: Page = "",
) -> None:
    """List where two papers of one form differ, with the section of each; --page writes a redline.

    Example: paripassu compare old.txt new.txt --page redline.html
    """
    say_sheet(papers.comparison_sheet(papers.compare_files(one, other, page), one, other))
    if page:
        say(f"\nWritten: {page}\n")
