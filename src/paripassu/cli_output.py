"""What every command prints with: standard output, as wide and as coloured as the terminal allows."""

from __future__ import annotations

import shutil
import sys

from paripassu.render.text import sheet_text
from paripassu.values.sheets import Sheet


def width() -> int:
    """Columns to print in: those of the terminal, at least 80; 120 where there is none."""
    return max(80, shutil.get_terminal_size((120, 40)).columns)


def colour() -> bool:
    """Whether the output is a terminal."""
    return sys.stdout.isatty()


def say(text: str) -> None:
    """Print text as it is."""
    sys.stdout.write(text)


def say_sheet(sheet: Sheet) -> None:
    """Print a sheet."""
    say(sheet_text(sheet, width=width(), colour=colour()))
