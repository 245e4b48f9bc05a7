"""The diary: what is due or happens next, by when to the hour, and what follows if it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paripassu.replay import Replayed
from paripassu.values.citation import Citation

END_OF_DAY = "end of day"


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One coming moment; ``day`` is None for a duty that waits for something before its date is known."""

    day: date | None
    time: str
    what: str
    who: str
    or_else: str
    citation: Citation
    subject: str
    waits_for: str = ""


def diary(done: Replayed) -> tuple[DiaryEntry, ...]:
    """The agenda past ``as_of``, in order, then the duties whose date is not known yet."""
    entries = []
    for coming in done.state.upcoming:
        instrument = done.agreement.instruments[coming.instrument]
        citation = Citation(instrument.document, instrument.clause(coming.clause).section_of(coming.role))
        entries.append(
            DiaryEntry(coming.moment.date, _time(coming.moment.second), coming.what, coming.debtor, coming.or_else,
                       citation, coming.subject)
        )
    for owed in done.state.obligations():
        if owed.status == "pending":
            instrument = done.agreement.instruments[owed.instrument]
            citation = Citation(instrument.document, instrument.clause(owed.clause).section_of(owed.role))
            entries.append(
                DiaryEntry(None, "", owed.what, owed.debtor, owed.or_else, citation, owed.subject, owed.awaits)
            )
    return tuple(entries)


def _time(second: int) -> str:
    if second >= 24 * 3600:
        return END_OF_DAY
    return "start of day" if second == 0 else f"{second // 3600:02d}:{second % 3600 // 60:02d}"
