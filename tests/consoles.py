"""Running what the documents show: fenced blocks of a Markdown page, and commands in this process."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from paripassu.cli import main

ROOT = Path(__file__).parent.parent
WIDTH = "120"
"""Columns for which the examples in the documents are laid out."""

_FENCE = re.compile(r"^```(?P<language>\w*)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_CUT = re.compile(r"^[│ ]*\.\.\.$")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file name after it where there is one, its text and its first line."""

    language: str
    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status, and standard output followed by standard error."""

    status: int
    text: str
    errors: str


def blocks(page: str) -> list[Block]:
    """Every fenced block of a page, in order."""
    return [
        Block(found["language"], found["name"] or "", found["text"], page.count("\n", 0, found.start()) + 2)
        for found in _FENCE.finditer(page)
    ]


def exchanges(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines shown after it."""
    command, shown = "", []
    for line in text.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            shown.append(line)
    if command:
        yield command, shown


def run(command: str, folder: Path) -> Ran:
    """Run one command in a folder: the program in this process, anything else (such as truncate) outside it."""
    words = shlex.split(command)
    if words[0] != "paripassu":
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
        return Ran(0, done.stdout, done.stderr)
    output, errors = io.StringIO(), io.StringIO()
    status = 0
    with (
        contextlib.chdir(folder), mock.patch.object(sys, "argv", words), mock.patch.dict(os.environ, COLUMNS=WIDTH),
        contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors),
    ):
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    return Ran(status, output.getvalue() + errors.getvalue(), errors.getvalue())


def difference(shown: list[str], text: str) -> str:
    """Where lines shown differ from a command's output, or nothing.

    A line of three dots stands for any number of lines left out; everything else must be there, in order and whole.
    """
    found = text.splitlines()
    place, gap = 0, False
    for line in shown:
        if _CUT.match(line):
            gap = True
            continue
        there = [index for index in range(place, len(found)) if found[index].rstrip() == line.rstrip()]
        if not there or (not gap and there[0] != place):
            return f"shown: {line!r}, in the output: {found[place] if place < len(found) else 'nothing more'!r}"
        place, gap = there[0] + 1, False
    if not gap and place < len(found):
        return f"the output goes on: {found[place]!r}"
    return ""
