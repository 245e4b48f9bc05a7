"""Published yields by maturity, pinned as data; a day is read only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from paripassu.values.arithmetic import Rational, ratio, rational
from paripassu.values.dates import parse_date
from paripassu.values.problems import Place, Problem, ProblemKind

MATURITIES: Mapping[str, Rational] = {
    "1 month": ratio(1, 12), "3 months": ratio(1, 4), "6 months": ratio(1, 2), "1 year": ratio(1), "2 years": ratio(2),
    "3 years": ratio(3), "5 years": ratio(5),
}
"""The maturities of which yields are kept, in years."""
OLDEST = 7
"""Days back from a day without publication in which the latest published yield is sought."""


@dataclass(frozen=True)
class Yields:
    """Yields in per cent a year by day and maturity, with the source they were taken from."""

    name: str
    source: str
    rows: Mapping[str, str]
    columns: tuple[str, ...]
    _read: dict[str, dict[str, Rational]] = field(default_factory=dict, repr=False, compare=False)

    def published(self, maturity: str, day: date) -> tuple[Rational, date] | None:
        """The yield of a maturity on a day, or the latest one published within a week before, and when."""
        for back in range(OLDEST + 1):
            found = self._of(day - timedelta(days=back)).get(maturity)
            if found is not None:
                return found, day - timedelta(days=back)
        return None

    def _of(self, day: date) -> dict[str, Rational]:
        text = day.isoformat()
        if text not in self._read:
            cells = self.rows.get(text, "").split(",")
            pairs = zip(self.columns, cells, strict=False)
            self._read[text] = {column: rational(cell) for column, cell in pairs if cell}
        return self._read[text]


def yields_from_text(text: str, name: str) -> Yields:
    """Read a table of yields: a comment that names the source, a header, one line a day.

    Raises Problem UNREADABLE with file and line where a line has another number of cells or no date.
    """
    comment, header, *lines = text.splitlines()
    columns = tuple(header.split(",")[1:])
    if not comment.startswith("#") or any(column not in MATURITIES for column in columns):
        raise Problem(
            ProblemKind.UNREADABLE, f"{name} does not begin with its source and its maturities",
            "use the maturities " + ", ".join(MATURITIES), Place(name, 1),
        )
    rows: dict[str, str] = {}
    for number, line in enumerate(lines, 3):
        day, _, cells = line.partition(",")
        if cells.count(",") != len(columns) - 1:
            raise Problem(
                ProblemKind.UNREADABLE, f"{line!r} has another number of cells than the header", "correct the line",
                Place(name, number),
            )
        rows[parse_date(day).isoformat()] = cells
    return Yields(name.removesuffix(".csv"), comment.lstrip("# "), rows, columns)


NO_YIELDS = Yields("", "", {}, ())
"""Where no yields are at hand."""
