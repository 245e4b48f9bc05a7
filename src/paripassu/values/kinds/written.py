"""How the fields of facts are written by a person: what each means, and which form its answer has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from paripassu.values.kinds.fields import (
    BY_LOT,
    DATE,
    NAMES,
    NUMBER,
    NUMBERS_BY_LOT,
    POSITIVE,
    TEXT,
    WHOLE,
    Field,
    OneOf,
)
from paripassu.values.problems import Problem, ProblemKind

MEANINGS: Mapping[str, str] = {
    "acquirable": "of the shares owned, those still to be issued",
    "action": "what is consented to, the same words for every holder",
    "address": "where notices reach the holder",
    "after": "shares of Common Stock that these become",
    "amount": "dollars",
    "because": "why",
    "before": "shares of Common Stock before the split",
    "by": "who does it, by short name",
    "case": "a name for the matter, by which later facts refer to it",
    "certificate": "number of the certificate",
    "clause": "name of the clause, as show prints it",
    "consenting": "shares that consent, where not all that the holder has",
    "date_of_notice": "date that the notice bears",
    "date_specified": "conversion date that the notice specifies",
    "day": "the day paid for",
    "event": "name of the event, as the statement prints it",
    "expected_delivery": "date by which the Company expects to deliver",
    "face_amount": "Face Amount converted, in dollars",
    "holder": "short name of the holder",
    "instrument": "name of the instrument, as show prints it",
    "kind_of_transaction": "merger, tender offer, or what else the papers call it",
    "how": "what became of it",
    "legend": "name of the legend",
    "legends": "names of the legends that the certificate bears",
    "lot": "name of the lot",
    "lots": "how many shares of which lot",
    "matter": "what is complained of",
    "net_proceeds": "dollars received for the shares sold, after commissions",
    "notice": "a name for the notice, by which later facts refer to it",
    "obligation": "name of the duty, as the statement prints it",
    "of": "what it concerns, by the name that the statement or show prints",
    "out_of": "numbers of the certificates that it replaces",
    "owned": "shares that the holder and its affiliates own beneficially",
    "paper": "what was given",
    "price": "dollars paid for the lot",
    "purchase_price": "dollars paid for the shares purchased, with commissions",
    "purchased_on": "date of the purchase",
    "rate": "rate a year, such as 0.18",
    "reason": "why",
    "route": "what the increase needs",
    "security": "common, or the instrument's name",
    "sent_on": "date on which the notice was sent",
    "shares": "number of shares",
    "shares_purchased": "shares bought to cover the sale",
    "shares_sold": "shares sold that the Company had to deliver",
    "term": "name of the term, as show prints it",
    "to": "short name of the holder who receives",
    "total_price": "dollars received for all the shares",
    "transaction": "a name for the transaction, by which later facts refer to it",
    "unit": "the unit of the term, as show prints it",
    "until": "last day of the waiver",
    "value": "the value",
    "whose": "whose figure, such as holder=cc-investments",
    "under": "the security under which they are issued",
}
"""What a field means, wherever it occurs; a name that is not here says it."""

LOTS = "such as B-1=100; B-2=50"
_FORMS = {
    TEXT.read: "text", DATE.read: "YYYY-MM-DD", WHOLE.read: "a whole number", NUMBER.read: "a number, zero or more",
    POSITIVE.read: "a number above zero",
    BY_LOT.read: LOTS, NUMBERS_BY_LOT.read: LOTS, NAMES.read: "such as B-1; B-2",
}


def meaning_of(name: str) -> str:
    """What a field means, in a few words."""
    return MEANINGS.get(name, name.replace("_", " "))


def form_of(field: Field) -> str:
    """How the answer of a field is written."""
    if isinstance(field.read, OneOf):
        return " or ".join(field.read.words)
    return _FORMS.get(field.read, "text")


def is_date(field: Field) -> bool:
    """Whether a field holds a date."""
    return field.read is DATE.read


def written(field: Field, answer: str) -> Any:
    """What a cell or typed answer puts into a row: lots as a mapping, names as a list, everything else as it is.

    Raises Problem UNREADABLE for lots written in another form.
    """
    if field.read in (BY_LOT.read, NUMBERS_BY_LOT.read):
        return _lots(answer)
    return [one.strip() for one in answer.split(";")] if field.read is NAMES.read else answer


def _lots(answer: str) -> dict[str, str]:
    lots: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in answer.split(";"))):
        lot, equals, quantity = (one.strip() for one in part.rpartition("="))
        if not equals or not lot or not quantity or lot in lots:
            raise Problem(
                ProblemKind.UNREADABLE, f"{answer!r} does not say how many of which lot",
                f"write each lot once, {LOTS}",
            )
        lots[lot] = quantity
    return lots
