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

from paripassu import store
from paripassu.values.arithmetic import ratio

PRINTS = 50_000
RUNS = 7
LIMIT = 10_000
OPENS, CLOSES = 9 * 3600 + 1800, 16 * 3600
ALLOWED_SECONDS = 0.1


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


def best(work: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


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


def main() -> int:
    """Print the times and the ratios; 1 where it takes longer than allowed or the two disagree."""
    text = synthetic()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prints.csv"
        file.write_text(text, encoding="utf-8")
        read = best(lambda: store.read_prices(str(file)))
        whole = best(lambda: from_file(str(file)))
        exact = from_file(str(file))
        (row, _), = store.read_prices(str(file))
        peer_reading = best(lambda: peer_read(file.read_text(encoding="utf-8")))
        peer_whole = best(lambda: peer_average(*columns_of(peer_read(file.read_text(encoding="utf-8")))))
    tape = row["value"]
    average = best(lambda: tape.average(ratio(LIMIT), OPENS, CLOSES))
    columns = columns_of(peer_read(text))
    assert isinstance(columns[0], np.ndarray)
    peer = best(lambda: peer_average(*columns))
    close = abs(float(exact.price) - peer_average(*columns)) < 1e-9
    print(f"prints                                          {PRINTS:10,d}")
    for words, ours, theirs in (
        ("reading and checking the file, against pandas", read, peer_reading),
        ("averaging exactly, against numpy in floats", average, peer),
        ("from the file to the average, against both", whole, peer_whole),
    ):
        print(f"{words:47s} {ours * 1000:10.2f} ms {theirs * 1000:10.2f} ms   ratio {ours / theirs:8.1f}")
    print(f"the average is {exact.price} = {float(exact.price):.6f}; {', '.join(exact.left_out)}")
    return 0 if close and whole < ALLOWED_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
