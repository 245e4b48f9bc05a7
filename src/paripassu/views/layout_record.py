"""What is recorded beside the terms, laid out: acts against the papers, and the transfer agent's books."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from paripassu.values.printing import number
from paripassu.values.sheets import Amount, Block, Cell, Mark, Section, Table
from paripassu.values.undetermined import determined
from paripassu.views.agent import Assertion
from paripassu.views.agreed import Agreed
from paripassu.views.breaches import Breach
from paripassu.views.lines import Beside


def beside_sections(beside: Beside, parties: Mapping[str, str]) -> Iterator[Section]:
    """The sections that have something to say; none where nothing is recorded beside the terms."""
    about = tuple(block for block in _agreed(beside.agreed, parties) if block.rows)
    if about:
        yield Section("What was agreed about the papers", about)
    acts = tuple(_acts(beside, parties))
    if acts:
        yield Section("Acts against the papers", acts)
    if beside.agent:
        yield Section("The transfer agent's books", (agent_table(beside.agent, parties),))


def _agreed(agreed: Agreed, parties: Mapping[str, str]) -> Iterator[Table]:
    yield Table(
        "Amended terms", ("from", "term", "was", "is", "section", "paper"),
        tuple((one.day, one.term.replace("_", " "), _stated(one.was, one.unit), _stated(one.now, one.unit),
               one.citation, one.source) for one in agreed.amended),
        note="Each day is under the terms then in force.",
    )
    yield Table(
        "Waivers", ("date", "of", "by", "until", "the duty now", "paper"),
        tuple((one.day, one.of, parties.get(one.by, one.by), one.until or "for good", one.status or "no duty",
               one.source) for one in agreed.waivers),
    )
    yield Table(
        "Consents", ("to", "of", "by", "shares", "outstanding", "majority", "section"),
        tuple((one.action, one.instrument, ", ".join(parties.get(each, each) for each in one.holders),
               Amount(one.shares, "shares"), Amount(one.outstanding, "shares"), _yes(one.majority), one.citation)
              for one in agreed.consents),
    )
    yield Table(
        "Figures in dispute", ("date", "figure", "by", "ours", "theirs", "difference", "because", "section"),
        tuple((one.day, f"{one.of} {one.whose}".strip(), parties.get(one.by, one.by),
               "-" if one.ours is None else Amount(one.ours, one.unit), Amount(one.theirs, one.unit),
               Amount(one.theirs - one.ours, one.unit) if _is_number(one.ours) else "-", one.because, one.citation)
              for one in agreed.disputed),
        note="Both values stand until the dispute is settled; everything else rests on ours.",
    )


def _stated(value: Any, unit: str) -> Cell:
    return value if isinstance(value, date) else Amount(value, unit)


def _is_number(value: Any) -> bool:
    return value is not None and not isinstance(value, date) and determined(value)


def _yes(answer: Any) -> Cell:
    if answer is None or not determined(answer):
        return "-" if answer is None else Mark("undetermined", "warn")
    return Mark("yes", "good") if answer else Mark("no", "plain")


def _acts(beside: Beside, parties: Mapping[str, str]) -> Iterator[Block]:
    if beside.breaches:
        yield Table(
            "Breaches", ("date", "what was done", "against", "section", "recorded because", "difference owed"),
            tuple(
                (one.day, one.says, one.against, one.citation,
                 _because(one) if one.done else Mark("not done: refused", "bad"),
                 f"{parties.get(one.owed_by, one.owed_by)} gives back {one.amount}" if one.done else "-")
                for one in beside.breaches
            ),
            note="An act once recorded stands; what it did beyond the papers is owed back.",
        )
    if beside.deliveries:
        yield Table(
            "Delivered and due", ("notice", "holder", "due", "delivered", "difference", "section"),
            tuple(
                (one.notice, parties.get(one.holder, one.holder), Amount(one.due, "shares"),
                 Amount(one.delivered, "shares"),
                 Mark(f"{_shares(one.due - one.delivered)} under-issued", "warn") if one.delivered < one.due
                 else Mark(f"{_shares(one.delivered - one.due)} over-issued", "bad"), one.citation)
                for one in beside.deliveries
            ),
        )


def _because(one: Breach) -> str:
    """Why an act past a limit is recorded: for its own reason, or for that of an act recorded later."""
    later = tuple(f"an earlier act was recorded later ({act})" for act in one.put_past_by)
    return "; ".join(filter(None, (one.despite, *later))) or "it was recorded before this was known"


def _shares(value: Any) -> str:
    return f"{number(value, 'shares')} share{'' if value == 1 else 's'}"


def agent_table(agent: tuple[Assertion, ...], parties: Mapping[str, str]) -> Table:
    """What the transfer agent's books show beside our record, and what may explain a difference."""
    return Table(
        "Their statement and our record", ("date", "books of", "security", "holder", "theirs", "ours", "difference",
                                           "what may explain it"),
        tuple(
            (one.day, one.by, one.security, parties.get(one.holder, one.holder) or "all", Amount(one.theirs, "shares"),
             Amount(one.ours, "shares"), _difference(one), _candidates(one))
            for one in agent
        ),
        note="An assertion of the agent changes none of our figures. Ours are of the end of that day.",
    )


def _difference(one: Assertion) -> Cell:
    if not determined(one.ours):
        return Mark("undetermined", "warn")
    if one.difference == 0:
        return Mark("agrees", "good")
    return Mark(("+" if one.difference > 0 else "") + number(one.difference, "shares"), "bad")


def _candidates(one: Assertion) -> str:
    said = [f"{each.says} ({number(each.quantity, 'shares')})" for each in one.candidates]
    if not said:
        return "-" if determined(one.ours) and one.difference == 0 else "nothing on the facts recorded"
    known = determined(one.ours) and all(determined(each.quantity) for each in one.candidates)
    together = sum((each.quantity for each in one.candidates), 0)
    whole = "; together the whole difference" if known and together == one.difference else ""
    return "; ".join(said) + whole
