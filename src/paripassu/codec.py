"""Formats: YAML, JSON, JSON lines and CSV in; JSON out. Scalars are read as text, so 6.03 is never a float."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from paripassu.values.problems import Place, Problem, ProblemKind

Path = tuple[str | int, ...]

_FIRST_ROW = re.compile(r"^(?:[^#\s]|[^\S\n]+\S).*$", re.MULTILINE)
_BYTE_ORDER = "\ufeff"
"""A mark that some programs write before a text; it is no part of it."""


@dataclass(frozen=True)
class Parsed:
    """A tree of mappings, lists and texts, with the line each part stands on."""

    value: Any
    source: str
    lines: dict[Path, int] = field(default_factory=dict)

    def place(self, *path: str | int) -> Place:
        """Where a part stands; the nearest enclosing part where it has no line of its own."""
        trail: Path = path
        while trail and trail not in self.lines:
            trail = trail[:-1]
        return Place(self.source, self.lines.get(trail))


class _TextLoader(yaml.SafeLoader):
    """YAML without types: every scalar is the text as written."""


_TextLoader.yaml_implicit_resolvers = {}


def parse_yaml(text: str, source: str) -> Parsed:
    """Read YAML; raises Problem UNREADABLE with the line, DUPLICATE for a key given twice."""
    try:
        root = yaml.compose(text, Loader=_TextLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        what = getattr(error, "problem", None) or "the text is not YAML"
        raise Problem(
            ProblemKind.UNREADABLE, f"the file is not YAML ({what})", "correct the line named", Place(source, line)
        ) from None
    lines: dict[Path, int] = {}
    value = _plain(root, (), lines, source) if root is not None else {}
    return Parsed(value, source, lines)


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int], source: str) -> Any:
    lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                raise Problem(
                    ProblemKind.DUPLICATE, f"{key!r} is given twice", "keep one of them",
                    Place(source, key_node.start_mark.line + 1),
                )
            result[key] = _plain(value_node, (*path, key), lines, source)
            lines[(*path, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, index), lines, source) for index, item in enumerate(node.value)]
    return str(node.value)


def parse_json_lines(text: str, source: str) -> Iterator[tuple[dict[str, Any], Place]]:
    """Each line one JSON object; numbers stay text. Raises Problem UNREADABLE with the line."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = Place(source, number)
        try:
            value = _decoded(line, place)
        except json.JSONDecodeError as error:
            raise Problem(
                ProblemKind.UNREADABLE, f"the line is not JSON ({error.msg} at character {error.colno})",
                "write one object per line", place,
            ) from None
        if not isinstance(value, dict):
            raise Problem(ProblemKind.UNREADABLE, "the line is not an object", "write one object per line", place)
        yield value, place


class _TwiceError(Exception):
    """A key that an object gives twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        raise _TwiceError(next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1))
    return result


_JSON = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)


def _decoded(text: str, place: Place) -> Any:
    """JSON with its numbers as text; raises Problem DUPLICATE where an object gives a key twice."""
    try:
        return _JSON.decode(text)
    except _TwiceError as twice:
        key = twice.args[0]
        raise Problem(ProblemKind.DUPLICATE, f"{key!r} is given twice", "keep one of them", place) from None


def parse_csv(text: str, source: str) -> Iterator[tuple[dict[str, str], Place]]:
    """Each row as a mapping by the header; lines starting with # are comments, a mark of the byte order is no text.

    Raises Problem UNREADABLE, and DUPLICATE where two columns have one name.
    """
    lines = text.removeprefix(_BYTE_ORDER).splitlines()
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line and line[0] != "#"]
    if not numbered:
        raise Problem(ProblemKind.UNREADABLE, "the file has no rows", "write a header line and one row a line",
                      Place(source))
    header = next(csv.reader([numbered[0][1]]))
    twice = next((name for name, count in Counter(header).items() if count > 1), None)
    if twice is not None:
        raise Problem(ProblemKind.DUPLICATE, f"two columns are called {twice!r}", "give each a name of its own",
                      Place(source, numbered[0][0]))
    for number, line in numbered[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(header):
            raise Problem(
                ProblemKind.UNREADABLE, f"the row has {len(cells)} cells, the header {len(header)}",
                "quote cells that contain a comma", Place(source, number),
            )
        yield dict(zip(header, cells, strict=True)), Place(source, number)


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows of texts under a header, cells quoted where they must be; what ``parse_csv`` reads again."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def header_of(text: str) -> tuple[str, ...]:
    """The columns a CSV file names in its first line that is no comment; none where it has no such line."""
    found = _FIRST_ROW.search(text.removeprefix(_BYTE_ORDER))
    return tuple(next(csv.reader([found[0]]))) if found else ()


def parse_table(
    text: str, source: str, columns: tuple[str, ...]
) -> tuple[dict[str, str], Sequence[int], tuple[Sequence[str], ...]]:
    """A long CSV file: its headings (comment lines such as ``# market: principal``), the lines of its rows, its cells
    column by column.

    Raises Problem UNREADABLE where the first line after the comments is not the columns wanted, a row has more or
    fewer cells, or a quoted cell does not end in its line.
    """
    lines = text.removeprefix(_BYTE_ORDER).splitlines()
    beside = [number for number, line in enumerate(lines, 1) if line[:1] in "#"]
    headings = dict(_heading(lines[number - 1]) for number in beside if ":" in lines[number - 1])
    numbers: Sequence[int] = range(len(beside) + 1, len(lines) + 1)
    if beside and beside[-1] > len(beside):
        left_out = set(beside)
        numbers = [number for number in range(1, len(lines) + 1) if number not in left_out]
        lines = [lines[number - 1] for number in numbers]
    else:
        lines = lines[len(beside):]
    if not lines or tuple(next(csv.reader(lines[:1]))) != columns:
        raise Problem(
            ProblemKind.UNREADABLE, "the columns are not those of this kind of file",
            f"begin, after comments, with the line {','.join(columns)}", Place(source, numbers[0] if numbers else 1),
        )
    numbers, lines = numbers[1:], lines[1:]
    found = _columns_of(lines, len(columns))
    if found is None:
        raise _uneven(numbers, lines, source, len(columns))
    return headings, numbers, found


_ENDS = "\n"
"""Stands as a cell of its own between rows; no cell is it, since a row is one line."""


def _columns_of(lines: Sequence[str], width: int) -> tuple[Sequence[str], ...] | None:
    """The cells of rows, column by column; None where a row has more or fewer than it should."""
    joined = f",{_ENDS},".join(lines)
    if '"' in joined:
        return _quoted_columns(lines, width)
    cells, step = joined.split(",") if lines else [], width + 1
    ends = cells[width::step]
    if lines and (len(cells) != step * len(lines) - 1 or ends.count(_ENDS) != len(lines) - 1):
        return None
    return tuple(cells[column::step] for column in range(width))


def _quoted_columns(lines: Sequence[str], width: int) -> tuple[Sequence[str], ...] | None:
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error:
        return None
    even = len(rows) == len(lines) and all(len(row) == width for row in rows)
    return tuple(zip(*rows, strict=True)) if even else None


def _uneven(numbers: Sequence[int], lines: Sequence[str], source: str, width: int) -> Problem:
    """What is wrong with the first row that is not one line of as many cells as the header."""
    for number, line in zip(numbers, lines, strict=True):
        try:
            count = len(next(csv.reader([line], strict=True)))
        except csv.Error:
            return Problem(ProblemKind.UNREADABLE, "a quoted cell of the row does not end in it",
                           "end it with a quotation mark, or leave both out", Place(source, number))
        if count != width:
            return Problem(
                ProblemKind.UNREADABLE, f"the row has {count} cells, the header {width}",
                "write a cell for each column, empty where there is nothing to say", Place(source, number),
            )
    raise AssertionError("every row is even")


def _heading(line: str) -> tuple[str, str]:
    name, _, value = line[1:].partition(":")
    return name.strip(), value.strip()


def to_json(value: Any) -> str:
    """JSON text with sorted keys and a final line end; the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def canonical(value: Any) -> str:
    """One line of JSON with sorted keys and nothing optional: the same text for the same value, on any machine.

    Holds mappings, lists, texts, whole numbers, true, false and null. Numbers that are not whole are written as text
    before they come here, so that none is ever a float.
    """
    assert not _has_float(value), "a float has no place in a book"
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _has_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_has_float, value))
    return isinstance(value, float)


def parse_canonical(text: str, place: Place, remedy: str = "restore a backup") -> dict[str, Any]:
    """The one object a text holds, numbers as text; raises Problem UNREADABLE or DUPLICATE with the place."""
    try:
        value = _decoded(text, place)
    except json.JSONDecodeError as error:
        raise Problem(
            ProblemKind.UNREADABLE, f"the text is not JSON ({error.msg} at character {error.colno})",
            remedy, place,
        ) from None
    if not isinstance(value, dict):
        raise Problem(ProblemKind.UNREADABLE, "the text is not an object", remedy, place)
    return value
