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
    RATE,
    TEXT,
    WHOLE,
    Field,
    OneOf,
)
from paripassu.values.problems import Problem, ProblemKind

MEANINGS: Mapping[str, str] = {
    "about": "what the dispute is about",
    "acquirable": "shares that they may acquire within sixty days, beside those owned and the securities limited here",
    "act": "a name for what is voted on or changed, by which later facts refer to it",
    "action": "what is consented to, the same words for every holder",
    "address": "where notices reach the holder",
    "after": "shares of Common Stock that these become",
    "amount": "dollars",
    "antidilution": "whether the change only follows the rights' own protection",
    "because": "why",
    "before": "shares of Common Stock before the split",
    "by": "who does it, by short name",
    "case": "a name for the matter, by which later facts refer to it",
    "cash": "dollars received in cash",
    "certificate": "number of the certificate",
    "channel": "how the notice was sent",
    "clause": "name of the clause, as show prints it",
    "company_shares": "number of shares by the Company's count",
    "consenting": "shares that consent, where not all that the holder has",
    "date_of_notice": "date that the notice bears",
    "date_specified": "conversion date that the notice specifies",
    "day": "the day paid for",
    "designee": "who takes the shares in the holder's place",
    "disclose": "whether the holder wants what is not public",
    "event": "name of the event, as the statement prints it",
    "exercise": "a name for the exercise, by which later facts refer to it",
    "expected_delivery": "date by which the Company expects to deliver",
    "face_amount": "Face Amount converted, in dollars",
    "firm": "the accountants",
    "form": "the form used",
    "ground": "the ground on which the election rests",
    "holder": "short name of the holder",
    "holder_shares": "number of shares by the holder's count",
    "how": "what became of it",
    "in_favour": "votes in favour",
    "instrument": "name of the instrument, as show prints it",
    "issue": "a name for the securities issued, by which later facts refer to it",
    "kind_of_transaction": "what is announced",
    "legend": "name of the legend",
    "legends": "names of the legends that the certificate bears",
    "lot": "name of the lot",
    "lots": "how many shares of which lot",
    "market": "the market on which the stock may trade",
    "matter": "what is complained of",
    "maximum_shares": "the most shares that the rights can give",
    "net_proceeds": "dollars received for the shares sold, after commissions",
    "notice": "a name for the notice, by which later facts refer to it",
    "obligation": "name of the duty, as the statement prints it",
    "of": "what it concerns, by the name that the statement or show prints",
    "out_of": "numbers of the certificates that it replaces",
    "owned": "shares that the holder and its affiliates own, without those they may only acquire",
    "paper": "what was given",
    "price": "dollars paid for the lot",
    "principal": "dollars of principal",
    "purchase_price": "dollars paid for the shares purchased, with commissions",
    "purchased_on": "date of the purchase",
    "rate": "rate a year",
    "reason": "why",
    "record_date": "day on which holders of record are counted",
    "represented": "votes represented",
    "route": "what the increase needs",
    "security": "common, or the instrument's name",
    "sent_on": "date on which the notice was sent",
    "shares": "number of shares",
    "shares_each": "shares that each right now gives",
    "shares_purchased": "shares bought to cover the sale",
    "shares_sold": "shares sold that the Company had to deliver",
    "term": "name of the term, as show prints it",
    "to": "short name of the holder who receives",
    "total_price": "dollars received for all the shares",
    "transaction": "a name for the transaction, by which later facts refer to it",
    "under": "the security under which they are issued",
    "unit": "the unit of the term, as show prints it",
    "units": "how many rights",
    "until": "last day of the waiver",
    "usable": "whether the registration may be used",
    "value": "the value",
    "valued_by": "who valued the property",
    "whose": "whose figure, such as holder=cc-investments",
}
"""What a field means, wherever it occurs; a name that is not here says it."""

LOTS = "such as B-1=100; B-2=50"
_FORMS = {
    TEXT.read: "text", DATE.read: "YYYY-MM-DD", WHOLE.read: "a whole number", NUMBER.read: "a number, zero or more",
    POSITIVE.read: "a number above zero", RATE.read: "such as 0.18 or 18%",
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
