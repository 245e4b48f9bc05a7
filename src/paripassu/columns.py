"""Facts in the columns of somebody else's CSV file, by a mapping that says which column is which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from paripassu.values.dates import parse_date
from paripassu.values.grades import grade_named
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.fields import DATE, TEXT, Field
from paripassu.values.kinds.written import is_date, written
from paripassu.values.problems import Place, Problem, ProblemKind

Row = tuple[dict[str, Any], Place]


class Source(Protocol):
    """A parsed mapping file: a tree and the line of each part."""

    @property
    def value(self) -> Any:
        """The tree."""
        ...

    def place(self, *path: str | int) -> Place:
        """Where a part stands."""
        ...


@dataclass(frozen=True)
class Columns:
    """Which column holds which field, what is the same in every row, and how dates and words are written.

    ``words`` say, field by field, what a cell's text stands for; a cell without an entry is then refused.
    """

    fields: Mapping[str, str]
    constants: Mapping[str, str]
    unused: frozenset[str]
    dates: str
    words: Mapping[str, Mapping[str, str]]

    def needed(self, kind: str) -> frozenset[str]:
        """The fields that no row of a kind can be without."""
        fields = KINDS[kind].fields if kind in KINDS else {}
        return frozenset(name for name, field in fields.items() if field.required) | {"kind", "source"}


@dataclass(frozen=True)
class _DateForm:
    """A way to write dates; one with the month as a number beside the day is proved by some day after the 12th."""

    pattern: re.Pattern[str]
    needs_proof: bool = False


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY, _MONTH, _NAMED, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<name>[A-Za-z]{3})", r"(?P<year>\d{4})"
DATE_FORMS: Mapping[str, _DateForm] = {
    "YYYY-MM-DD": _DateForm(re.compile(rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)")),
    "YYYYMMDD": _DateForm(re.compile(rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)")),
    "DD MMM YYYY": _DateForm(re.compile(rf"{_DAY}[ -]{_NAMED}[ -]{_YEAR}")),
    "MMM DD, YYYY": _DateForm(re.compile(rf"{_NAMED} {_DAY}, {_YEAR}")),
    "MM/DD/YYYY": _DateForm(re.compile(rf"{_MONTH}/{_DAY}/{_YEAR}"), needs_proof=True),
    "DD/MM/YYYY": _DateForm(re.compile(rf"{_DAY}/{_MONTH}/{_YEAR}"), needs_proof=True),
    "DD.MM.YYYY": _DateForm(re.compile(rf"{_DAY}\.{_MONTH}\.{_YEAR}"), needs_proof=True),
}
"""Every way in which a file may write its dates."""

_KEYS = frozenset({"format", "columns", "constants", "unused", "dates", "words"})
_OWN: Mapping[str, Field] = {
    "on": DATE, "at": TEXT, "source": TEXT, "grade": Field(grade_named), "despite": TEXT, "kind": TEXT, "key": TEXT,
}
"""What every fact has besides the fields of its kind; when it was recorded, the book says."""


def columns_from(source: Source) -> Columns:
    """Read a mapping; raises Problem UNKNOWN_KEY, MISSING_KEY, DUPLICATE, UNREADABLE with file and line."""
    raw = source.value
    if not isinstance(raw, Mapping):
        raise Problem(ProblemKind.UNREADABLE, "a mapping is expected here", "write keys and values", source.place())
    for key in raw:
        if key not in _KEYS:
            raise Problem(ProblemKind.UNKNOWN_KEY, f"{key!r} is not a key of the format",
                          "use " + ", ".join(sorted(_KEYS)), source.place(key))
    if raw.get("format") != "1":
        raise Problem(ProblemKind.MISSING_KEY, "the mapping does not say its format", "add format: 1",
                      source.place("format"))
    fields, constants = _texts(source, raw, "columns"), _texts(source, raw, "constants")
    if not fields:
        raise Problem(ProblemKind.MISSING_KEY, "'columns' is missing", "add columns: with column: field",
                      source.place())
    known = _fields_of(constants.get("kind", ""), source)
    for part, names in (("columns", fields.values()), ("constants", constants), ("words", raw.get("words", {}))):
        _check_fields(names, known, source.place(part))
    _check_once([*fields.values(), *constants], source.place("columns"))
    form = raw.get("dates", "YYYY-MM-DD")
    if form not in DATE_FORMS:
        raise Problem(ProblemKind.UNKNOWN_KEY, f"{form!r} is not a way to write dates",
                      "use " + "; ".join(DATE_FORMS), source.place("dates"))
    words = {field: _texts(source, raw["words"], field, "words") for field in raw.get("words", {})}
    return Columns(fields, constants, frozenset(_list(source, raw)), form, words)


def _texts(source: Source, raw: Any, key: str, *above: str) -> dict[str, str]:
    found = raw.get(key, {})
    if not isinstance(found, Mapping) or not all(isinstance(one, str) for one in found.values()):
        raise Problem(ProblemKind.UNREADABLE, f"{key} is a mapping of texts", "write name: text",
                      source.place(*above, key))
    return dict(found)


def _list(source: Source, raw: Mapping[str, Any]) -> list[str]:
    found = raw.get("unused", [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Problem(ProblemKind.UNREADABLE, "unused is a list of columns", "write [column, column]",
                      source.place("unused"))
    return found


def _fields_of(kind: str, source: Source) -> frozenset[str]:
    """The fields a row may have: those of its kind, or of any kind where a column says it."""
    if kind and kind not in KINDS:
        raise Problem(ProblemKind.UNKNOWN_KEY, f"{kind!r} is not a kind of fact",
                      "use one of " + ", ".join(sorted(KINDS)), source.place("constants", "kind"))
    named = [KINDS[kind]] if kind else KINDS.values()
    return frozenset(name for one in named for name in one.fields) | set(_OWN)


def _check_fields(names: Iterable[str], known: frozenset[str], place: Place) -> None:
    for name in names:
        if name not in known:
            raise Problem(ProblemKind.UNKNOWN_KEY, f"{name!r} is not a field", "use " + ", ".join(sorted(known)), place)


def _check_once(names: list[str], place: Place) -> None:
    for name in names:
        if names.count(name) > 1:
            raise Problem(ProblemKind.DUPLICATE, f"{name!r} is given twice", "keep one column or constant", place)


def facts_in(table: Iterable[tuple[Mapping[str, str], Place]], columns: Columns) -> Iterator[Row]:
    """The facts of a table as rows of the format of facts, dates as YYYY-MM-DD; an empty cell gives no field.

    Raises Problem UNKNOWN_KEY for a column that the mapping does not name, BAD_DATE, and whatever a field raises for
    its text, with the line and the column.
    """
    rows = list(table)
    if rows:
        _check_header(rows[0], columns)
    if DATE_FORMS[columns.dates].needs_proof:
        _check_proved(rows, columns)
    for cells, place in rows:
        yield _row(cells, place, columns), place


def _check_header(first: tuple[Mapping[str, str], Place], columns: Columns) -> None:
    cells, place = first
    top = Place(place.source, 1)
    for name in cells:
        if name not in columns.fields and name not in columns.unused:
            raise Problem(ProblemKind.UNKNOWN_KEY, f"the mapping does not name the column {name!r}",
                          "add it to columns or to unused", top)
    for name in columns.fields:
        if name not in cells:
            raise Problem(ProblemKind.MISSING_KEY, f"the file has no column {name!r}",
                          "correct the mapping, or take the column out of it", top)


def _row(cells: Mapping[str, str], place: Place, columns: Columns) -> dict[str, Any]:
    row: dict[str, Any] = dict(columns.constants)
    kind = columns.constants.get("kind") or next(
        (cells[column] for column, name in columns.fields.items() if name == "kind"), "")
    for column, name in columns.fields.items():
        text = cells[column].strip()
        if text:
            try:
                row[name] = _value(name, text, kind, columns)
            except Problem as problem:
                at = Place(place.source, place.line, column)
                raise Problem(problem.kind, problem.what, problem.remedy, at) from None
        elif name in columns.needed(kind):
            raise Problem(ProblemKind.MISSING_KEY, f"the cell is empty, and a {kind} needs its {name}", "fill it in",
                          Place(place.source, place.line, column))
    return row


def _value(name: str, text: str, kind: str, columns: Columns) -> Any:
    if name in columns.words:
        if text not in columns.words[name]:
            raise Problem(ProblemKind.UNKNOWN_NAME, f"the mapping does not say what {text!r} stands for",
                          f"add it to the words of {name}")
        text = columns.words[name][text]
    field = _field(name, kind)
    if field is None:
        return text
    if is_date(field):
        text = date_in(text, columns.dates).isoformat()
    raw = written(field, text)
    field.read(raw)
    return raw


def _field(name: str, kind: str) -> Field | None:
    """What a name is in a row of a kind; None where the kind, or the field in it, does not exist: the row says so."""
    return _OWN.get(name) or (KINDS[kind].fields.get(name) if kind in KINDS else None)


def _check_proved(rows: list[tuple[Mapping[str, str], Place]], columns: Columns) -> None:
    """Raise Problem BAD_DATE where every date of the file could be read with day and month exchanged."""
    for cells, _ in rows:
        kind = columns.constants.get("kind") or ""
        for column, name in columns.fields.items():
            if _holds_dates(name, kind) and _day_of(cells[column].strip(), columns.dates) > len(_MONTHS):
                return
    raise Problem(
        ProblemKind.BAD_DATE, f"no date of the file proves that it is written {columns.dates}: none is after the 12th",
        "write dates as YYYY-MM-DD or with the month by its name", Place(rows[0][1].source if rows else "the file"),
    )


def _holds_dates(name: str, kind: str) -> bool:
    kinds = [KINDS[kind]] if kind else KINDS.values()
    found = [_OWN[name]] if name in _OWN else [one.fields[name] for one in kinds if name in one.fields]
    return any(map(is_date, found))


def _day_of(text: str, form: str) -> int:
    found = DATE_FORMS[form].pattern.fullmatch(text)
    return int(found["day"]) if found else 0


def date_in(text: str, form: str) -> date:
    """The date a cell shows in one of ``DATE_FORMS``; raises Problem BAD_DATE."""
    found = DATE_FORMS[form].pattern.fullmatch(text)
    month = _month(found.groupdict()) if found else 0
    if found is None or not month:
        raise Problem(ProblemKind.BAD_DATE, f"{text!r} is not a date written {form}", f"write it as {form}")
    return parse_date(f"{found['year']}-{month:02d}-{int(found['day']):02d}")


def _month(parts: Mapping[str, str]) -> int:
    """The month's number, 0 for a name that is none; English names whatever the locale."""
    if "month" in parts:
        return int(parts["month"])
    name = parts["name"].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0
