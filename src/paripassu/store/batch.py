"""The submissions of one transaction, as they become entries."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from paripassu.values.dates import Instant
from paripassu.values.entries import Entry, Head, Row, Submission, entry_of, recorded_text, row_after, same_submission
from paripassu.values.problems import Place, Problem, ProblemKind

CLOCK_TOLERANCE = 60
"""Seconds the clock may have been set back since the last entry; the next one then takes the last one's instant."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for cycles: entries have none, and looking through them takes a fifth of a large import."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class Batch:
    """Chains submissions to a head, answering keys used before with the entry they made then."""

    def __init__(
        self, head: Head, recorded: Instant, known: Callable[[Sequence[str]], Mapping[str, Entry]]
    ) -> None:
        self.answers: list[Entry] = []
        self._number, self._digest = head
        self._recorded = recorded
        self._recorded_text = recorded_text(recorded)
        self._known = known
        self._keyed: dict[str, Entry] = {}

    def take(self, chunk: Sequence[Submission]) -> list[Row]:
        """The rows of the entries that a chunk adds, none for a key used before.

        Raises Problem DUPLICATE for a key used for something else, and what ``chain`` raises, with the row from 1.
        """
        self._keyed.update(self._known([one.key for one in chunk if one.key]))
        try:
            return list(self._rows(chunk))
        except Problem as problem:
            raise problem.at(Place("row", len(self.answers) + 1)) from None

    def _rows(self, chunk: Sequence[Submission]) -> Iterator[Row]:
        for submission in chunk:
            entry = self._keyed.get(submission.key)
            if entry is not None:
                _check_same(submission, entry)
            else:
                row = row_after(self._number, self._digest, submission, self._recorded_text)
                self._number, self._digest = row[0], row[10]
                entry = entry_of(row, submission, self._recorded)
                if submission.key:
                    self._keyed[submission.key] = entry
                yield row
            self.answers.append(entry)


def _check_same(submission: Submission, earlier: Entry) -> None:
    if not same_submission(submission, earlier.submission):
        raise Problem(
            ProblemKind.DUPLICATE,
            f"the key {submission.key!r} was used for entry {earlier.number}, which says something else",
            "hand in the same again, or use another key",
        )


def recorded_at(now: Instant, last: Instant | None) -> Instant:
    """The instant to record when the clock shows ``now`` and the last entry was recorded at ``last``.

    Recorded times never run backwards, or what was known at an earlier time would change. Raises Problem BAD_DATE
    where the clock is further behind than ``CLOCK_TOLERANCE``.
    """
    if last is None or now >= last:
        return now
    if (last.utc - now.utc).total_seconds() <= CLOCK_TOLERANCE:
        return last
    raise Problem(
        ProblemKind.BAD_DATE, f"the clock shows {now}, before the last entry was recorded ({last})",
        "set the clock of this machine right",
    )
