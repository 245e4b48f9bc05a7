"""The diary: what is due or happens next, by when to the hour, and what follows if it is missed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from paripassu.agreement import Agreement
from paripassu.replay import Replayed
from paripassu.values.citation import Citation
from paripassu.values.state import Obligation, Upcoming

COMPANY = "company"

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
    duties = {(one.instrument, one.clause, one.subject, one.what): one.duty for one in done.state.obligations()}
    entries = []
    for coming in done.state.upcoming:
        duty = duties.get((coming.instrument, coming.clause, coming.subject, coming.what), "")
        entries.append(
            DiaryEntry(coming.moment.date, _time(coming.moment.second), coming.what, coming.debtor,
                       consequence(done.agreement, coming, duty), _cited(done.agreement, coming), coming.subject)
        )
    for owed in done.state.obligations():
        if owed.status == "pending":
            entries.append(
                DiaryEntry(None, "", owed.what, owed.debtor, consequence(done.agreement, owed, owed.duty),
                           _cited(done.agreement, owed), owed.subject, owed.awaits)
            )
    return tuple(entries)


def consequence(agreement: Agreement, due: Upcoming | Obligation, duty: str) -> str:
    """What follows where it is missed: as the deal says of the duty, else as its clause says, else as of any duty.

    ``duty`` is empty for a moment at which nobody owes anything; of such a moment only its clause says something.
    """
    instrument = agreement.instruments[due.instrument]
    of_any = instrument.or_else if duty and due.debtor == COMPANY else ""
    return instrument.clause(due.clause).or_else.get(duty) or due.or_else or of_any


def _cited(agreement: Agreement, due: Upcoming | Obligation) -> Citation:
    instrument = agreement.instruments[due.instrument]
    return Citation(instrument.document, instrument.clause(due.clause).section_of(due.role))


def _time(second: int) -> str:
    if second >= 24 * 3600:
        return END_OF_DAY
    return "start of day" if second == 0 else f"{second // 3600:02d}:{second % 3600 // 60:02d}"
