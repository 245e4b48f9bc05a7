"""Sheets as one self-contained HTML page: no network, prints to paper, every figure opens into its explanation."""

from __future__ import annotations

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from paripassu.render.text import cell_text
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.sheets import Sheet


def page(sheet: Sheet, template: str, style: str) -> str:
    """The sheet as HTML text."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(number=number, cell_text=cell_text, kind=lambda block: type(block).__name__)
    environment.tests["figure"] = lambda cell: isinstance(cell, Figure)
    return environment.from_string(template).render(sheet=sheet, style=Markup(style))  # noqa: S704
