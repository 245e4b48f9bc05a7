"""What a benchmark measured, beside its aim and a peer on the same work, and how it is printed."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Line:
    """One measured number in a unit, what was aimed at, what the peer needs for the same, and what bounds it.

    ``met`` is None where nothing was aimed at. ``bound`` is one sentence.
    """

    what: str
    ours: float
    unit: str
    bound: str
    peer: str = ""
    theirs: float | None = None
    aim: str = ""
    met: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Ours to the peer's; of times and memory less is better, of rates more."""
        return None if self.theirs is None else self.ours / self.theirs


def best(
    work: Callable[[], Result], runs: int, clock: Callable[[], float] = time.process_time
) -> tuple[float, Result]:
    """Seconds of the fastest of some runs, of processor time unless told otherwise, and the last result."""
    seconds = []
    for run in range(runs):
        began = clock()
        result = work()
        seconds.append(clock() - began)
        if run + 1 < runs:
            del result
    return min(seconds), result


def peak() -> float:
    """The most memory this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(work: Callable[..., Result], *given: Any) -> Result:
    """The measurement in a fresh child process, so that nothing before it warms or burdens it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def told(number: float, unit: str) -> str:
    """A number with its unit, to three figures where it is small."""
    digits = 0 if number >= 100 else 1 if number >= 10 else 2 if number >= 1 else 3
    return f"{number:,.{digits}f} {unit}"


def beside(line: Line) -> str:
    """The peer and what it needs, or a dash."""
    return "-" if line.theirs is None else f"{line.peer}: {told(line.theirs, line.unit)}"


def verdict(line: Line) -> str:
    """The aim and whether it was met, or a dash."""
    return "-" if line.met is None else f"{line.aim}: {'met' if line.met else 'missed'}"


def print_lines(lines: Iterable[Line]) -> int:
    """Print each number with its peer, its aim and what bounds it; the exit status, 1 where an aim was missed."""
    missed = 0
    for line in lines:
        ratio = "" if line.ratio is None else f"   ratio {line.ratio:.2f}"
        print(f"{line.what:44s} {told(line.ours, line.unit)}")
        for more in (beside(line) + ratio, verdict(line), line.bound):
            if more != "-":
                print(f"    {more}")
        missed |= line.met is False
    return missed


def said(what: str) -> None:
    """Progress, on standard error."""
    print(what, file=sys.stderr, flush=True)
