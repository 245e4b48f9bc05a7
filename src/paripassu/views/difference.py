"""Differences laid out: the lines that go and come, and every input of a figure that is not the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paripassu.differing import Difference, Input
from paripassu.values.arithmetic import Rational
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.sheets import Block, Cell, Paragraph, Section, Sheet, Table
from paripassu.values.undetermined import determined

SHARES = (
    "Each input is changed from the first side to the second in the order listed, which is that of the explanation, "
    "while those above it are changed already; so the shares add up to the whole change. Another order would divide it "
    "otherwise. What only one side rests on comes or goes with the provision that asks for it."
)
"""How a change is divided, said under every division."""


def lines_section(title: str, gone: Sequence[str], come: Sequence[str]) -> Section:
    """The lines of a statement that only the first side has, and those that only the second has."""
    if not gone and not come:
        return Section(title, (Paragraph("Nothing changes."),))
    rows: tuple[tuple[Cell, ...], ...] = (*(("-", line) for line in gone), *(("+", line) for line in come))
    return Section(title, (Table("", ("", "line"), rows),))


def difference_sheet(title: str, sides: tuple[str, str], found: Difference, value_name: str) -> Sheet:
    """A figure on two sides and why it differs."""
    table = Table(
        "", ("side", value_name), tuple(zip(sides, map(_shown, (found.before, found.after)), strict=True)),
    )
    why: tuple[Block, ...] = (Paragraph("Nothing that it rests on differs."),)
    if found.inputs:
        why = (Paragraph(_first(found)), _inputs(found))
    return Sheet(title, f"{value_name}: why it differs", (
        Section("The figure", (table, Paragraph(_change(found)))), Section("Every input that differs", why),
    ))


def _shown(figure: Figure) -> str:
    return number(figure.value, figure.unit)


def _change(found: Difference) -> str:
    if not (determined(found.before.value) and determined(found.after.value)):
        return "How much it changes is undetermined; what both sides rest on is compared all the same."
    if found.before.value == found.after.value:
        return "It is the same on both sides."
    return f"The change: {change_text(found.change, found.after.unit)}." if found.change is not None else "It changes."


def change_text(change: object, unit: str) -> str:
    """A change with its sign, in the unit of the figure; dates change by days."""
    if change is None:
        return "-"
    if unit == "date":
        return f"{change:+d} days" if isinstance(change, int) else str(change)
    if isinstance(change, int | Rational) and change:
        return ("+" if change > 0 else "-") + number(abs(change), unit)
    return number(change, unit)


def _first(found: Difference) -> str:
    one = found.first
    assert one is not None, "a first input is named where there are any"
    before, after = input_sides(one)
    share = f", which alters it by {change_text(one.share, found.after.unit)}" if one.share else ""
    return f"The first input that differs: {input_words(one)}, {before} and then {after}{share}."


def _inputs(found: Difference) -> Table:
    unit = found.after.unit
    rows = tuple(
        (str(place), one.kind, input_words(one), *input_sides(one), *_shares(one, unit))
        for place, one in enumerate(found.inputs, 1)
    )
    columns = ("", "kind", "input", "first side", "second side", "share", "figure then")
    has_shares = any(one.share is not None for one in found.inputs)
    return Table("", columns, rows, note=SHARES if has_shares else "")


def _shares(one: Input, unit: str) -> Iterator[str]:
    if one.then is None:
        yield from ("-", "-")
    else:
        yield change_text(one.share, unit)
        yield number(one.then, unit)


def input_words(one: Input) -> str:
    """The input by name, with whose it is and, for a price, its day."""
    figure = one.after or one.before
    assert figure is not None, "an input has at least one side"
    named = "the date asked about" if one.kind == "date" else one.name.replace("_", " ")
    if one.kind == "reading":
        named = figure.turns_on.partition(": ")[0] + f" ({named})"
    if one.subject:
        named += f" of {one.subject}"
    days = [str(side.day) for side in (one.before, one.after) if side and side.day]
    dated = one.kind in ("price", "figure") and days
    return f"{named} on {days[0]}" if dated and len(set(days)) == 1 else named


def input_sides(one: Input) -> tuple[str, str]:
    """What the input is on each side."""
    return _side(one, one.before, one.after), _side(one, one.after, one.before)


def _side(one: Input, mine: Figure | None, other: Figure | None) -> str:
    if mine is None:
        return "none"
    if one.kind == "reading":
        return mine.turns_on.partition(": ")[2] or mine.how
    if one.kind == "provision":
        return mine.how
    value = number(mine.value, mine.unit)
    return f"{value} of {mine.day}" if one.kind == "price" and other and other.day != mine.day else value
