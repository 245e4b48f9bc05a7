"""How fast a day of 50,000 trade prints is read and averaged, against pandas and numpy on the same file and columns.

    python benchmarks/prints.py

The peers (pandas, of the bench extra, and numpy beneath it) compute in binary floating point; this computes exactly.
Both leave out prints over 10,000 shares and prints outside the session. From the file to the average, every print
checked, it must take under 100 ms.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from measuring import Line, best, print_lines, said

from paripassu import store
from paripassu.values.arithmetic import ratio

PRINTS = 50_000
RUNS = 7
LIMIT = 10_000
OPENS, CLOSES = 9 * 3600 + 1800, 16 * 3600
ALLOWED = 100
"""Milliseconds from the file to the average."""


def synthetic() -> str:
    """A made-up day: prices walk in cents, sizes are odd and round lots with a few blocks."""
    chance = random.Random(20051219)
    cents = 385
    lines = ["# market: principal", "# source: made up for a benchmark", "# grade: illustrative",
             "time,price,size,condition"]
    moments = sorted(chance.randrange(9 * 3600, 17 * 3600) for _ in range(PRINTS))
    for second in moments:
        cents = max(300, min(500, cents + chance.choice((-1, 0, 0, 1))))
        size = chance.choice((100, 200, 300, 500, 1000, 2500, 10_000, 12_000))
        clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        lines.append(f"2005-12-19 {clock} America/New_York,{cents // 100}.{cents % 100:02d},{size},")
    return "\n".join(lines) + "\n"


def from_file(path: str) -> Any:
    """The exact average of the prints of a file, every print checked."""
    (row, _), = store.read_prices(path)
    return row["value"].average(ratio(LIMIT), OPENS, CLOSES)


def peer_read(text: str) -> Any:
    """The columns as pandas reads them, the clock as seconds of the day."""
    frame = pd.read_csv(io.StringIO(text), comment="#")
    clock = frame["time"].str.slice(11, 19)
    frame["second"] = pd.to_timedelta(clock).dt.total_seconds().astype("int64")
    return frame


def columns_of(frame: Any) -> Any:
    """Seconds, prices and sizes as numpy columns."""
    return frame["second"].to_numpy(), frame["price"].to_numpy(), frame["size"].to_numpy()


def peer_average(second: Any, price: Any, size: Any) -> float:
    """The same average of numpy columns, in floating point."""
    counts = (size <= LIMIT) & (second >= OPENS) & (second <= CLOSES)
    return float((price[counts] * size[counts]).sum() / size[counts].sum())


def fastest(work: Callable[[], object]) -> float:
    """Milliseconds on the clock of the shortest of a few runs."""
    return best(work, RUNS, time.perf_counter)[0] * 1000


def measured() -> list[Line]:
    """Reading, averaging, and both, each beside the peer; the two averages must agree."""
    said(f"prints: a day of {PRINTS:,}")
    text = synthetic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prints.csv"
        file.write_text(text, encoding="utf-8")
        read = fastest(lambda: store.read_prices(str(file)))
        whole = fastest(lambda: from_file(str(file)))
        exact = from_file(str(file))
        (row, _), = store.read_prices(str(file))
        peer_reading = fastest(lambda: peer_read(file.read_text(encoding="utf-8")))
        peer_whole = fastest(lambda: peer_average(*columns_of(peer_read(file.read_text(encoding="utf-8")))))
    tape = row["value"]
    average = fastest(lambda: tape.average(ratio(LIMIT), OPENS, CLOSES))
    columns = columns_of(peer_read(text))
    assert isinstance(columns[0], np.ndarray)
    peer = fastest(lambda: peer_average(*columns))
    assert abs(float(exact.price) - peer_average(*columns)) < 1e-9, "the two averages differ"
    return [
        Line("reading and checking the prints of a day", read, "ms",
             "The checks: every row is judged by name, and none is dropped in silence.", "pandas, reading the columns",
             peer_reading),
        Line("averaging them exactly", average, "ms", "Products and sums of whole numbers of any size, one a print.",
             "numpy, in floating point", peer),
        Line("from the file to the average", whole, "ms", "The reading.", "pandas and numpy", peer_whole,
             f"under {ALLOWED} ms", whole < ALLOWED),
    ]


if __name__ == "__main__":
    sys.exit(print_lines(measured()))
