"""Facts: what happened, in a closed vocabulary of kinds with typed fields.

A fact is a paper received (always recordable: the law answers), an act done (checked), a report of a figure, an
event of the market or the issuer, or a finding (a person decided a question the program cannot).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from paripassu.values.arithmetic import is_whole, rational
from paripassu.values.dates import Instant, parse_date, parse_instant
from paripassu.values.grades import Grade, grade_named
from paripassu.values.moments import Moment, moment
from paripassu.values.moments import Place as DayPlace
from paripassu.values.printing import number
from paripassu.values.problems import Place, Problem, ProblemKind


class Nature(Enum):
    """What sort of thing a fact is; it decides whether the program may refuse it."""

    PAPER = "paper received"
    ACT = "act done"
    REPORT = "report"
    EVENT = "event"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: how its text is read and whether it must be there."""

    read: Callable[[Any], Any]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact: its nature, its place in the day's order, its fields, and what it says in words."""

    nature: Nature
    place: DayPlace
    fields: Mapping[str, Field]
    subjects: tuple[str, ...]
    says: str
    timed: bool = False


def _text(raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise Problem(ProblemKind.MISSING_KEY, f"{raw!r} is not a text", "write at least one character")
    return raw


def _number(raw: Any) -> Any:
    if not isinstance(raw, str | int):
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw!r} is not an exact number", "write it as text or a whole number")
    value = rational(raw)
    if value < 0:
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw} is negative", "write zero or a positive number")
    return value


def _positive(raw: Any) -> Any:
    value = _number(raw)
    if value == 0:
        raise Problem(ProblemKind.BAD_NUMBER, "zero is not possible here", "write a positive number")
    return value


def _whole(raw: Any) -> int:
    value = _number(raw)
    if not is_whole(value):
        raise Problem(ProblemKind.BAD_NUMBER, f"{raw} is not a whole number", "write a whole number of shares")
    return int(value)


def _by_lot(raw: Any) -> tuple[tuple[str, int], ...]:
    if not isinstance(raw, Mapping) or not raw:
        raise Problem(
            ProblemKind.UNREADABLE, f"{raw!r} does not say how many of which lot", 'write it as {"B-1": "100"}'
        )
    return tuple((str(lot), _whole(quantity)) for lot, quantity in raw.items())


TEXT, DATE = Field(_text), Field(parse_date)
WHOLE, NUMBER, POSITIVE = Field(_whole), Field(_number), Field(_positive)


def _optional(required: Field) -> Field:
    return Field(required.read, required=False)


def _kind(
    nature: Nature, place: DayPlace, says: str, subjects: str, *, timed: bool = False, **fields: Field
) -> Kind:
    return Kind(nature, place, fields, tuple(subjects.split()), says, timed)


KINDS: dict[str, Kind] = {
    "issuance": _kind(
        Nature.ACT, DayPlace.ISSUANCE, "{holder} is issued {shares} shares as lot {lot}", "lot",
        instrument=TEXT, holder=TEXT, shares=WHOLE, lot=TEXT, price=_optional(POSITIVE),
        certificate=_optional(TEXT),
    ),
    "transfer": _kind(
        Nature.ACT, DayPlace.TRANSFER, "{holder} transfers {shares} shares of lot {lot} to {to}", "lot",
        instrument=TEXT, holder=TEXT, to=TEXT, lot=TEXT, shares=WHOLE,
    ),
    "notice_of_conversion": _kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} sends notice {notice} to convert a Face Amount of {face_amount}",
        "notice holder", timed=True,
        notice=TEXT, holder=TEXT, face_amount=POSITIVE, date_specified=DATE,
        lots=_optional(Field(_by_lot)),
    ),
    "confirmation_of_receipt": _kind(
        Nature.PAPER, DayPlace.PAPER, "the Company's confirmation of notice {notice} is received", "notice",
        notice=TEXT, expected_delivery=_optional(DATE),
    ),
    "certificates_surrendered": _kind(
        Nature.ACT, DayPlace.PAPER, "the certificates for notice {notice} are handed to the courier", "notice",
        notice=TEXT,
    ),
    "certificates_delivered": _kind(
        Nature.ACT, DayPlace.PAPER, "the certificates for notice {notice} reach the Company", "notice", notice=TEXT,
    ),
    "shares_delivered": _kind(
        Nature.ACT, DayPlace.ACT, "{shares} shares of Common Stock are delivered for notice {notice}", "notice",
        notice=TEXT, shares=WHOLE,
    ),
    "refusal_to_convert": _kind(
        Nature.PAPER, DayPlace.PAPER, "the Company says that it will not issue on conversion ({case})", "case",
        case=TEXT, reason=_optional(TEXT),
    ),
    "undertaking_to_convert": _kind(
        Nature.PAPER, DayPlace.PAPER, "the Company undertakes in writing to issue on all conversions ({case})", "case",
        case=TEXT,
    ),
    "buy_in": _kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} covers a sale of {shares_sold} shares ({notice})", "notice",
        notice=TEXT, holder=TEXT, purchased_on=DATE, shares_sold=WHOLE, net_proceeds=NUMBER,
        shares_purchased=WHOLE, purchase_price=NUMBER,
    ),
    "series_a_payment": _kind(
        Nature.ACT, DayPlace.ACT, "{holder} is paid the like amount for {day} under the Series A certificate",
        "holder day", holder=TEXT, day=DATE, amount=POSITIVE,
    ),
    "demand": _kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} demands the payments of case {case}", "case holder",
        holder=TEXT, case=TEXT,
    ),
    "payment": _kind(
        Nature.ACT, DayPlace.ACT, "the Company pays {holder} {amount} dollars on {obligation}", "obligation holder",
        holder=TEXT, obligation=TEXT, amount=POSITIVE,
    ),
    "redemption_notice": _kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects redemption of {shares} shares ({notice})", "notice holder",
        notice=TEXT, holder=TEXT, event=TEXT, shares=WHOLE, date_of_notice=DATE,
        sent_on=_optional(DATE), lots=_optional(Field(_by_lot)),
    ),
    "lawful_amount": _kind(
        Nature.REPORT, DayPlace.REPORT, "{amount} dollars may lawfully be spent on redemption", "company",
        amount=NUMBER, by=TEXT,
    ),
    "announcement": _kind(
        Nature.EVENT, DayPlace.PAPER, "{transaction} is publicly announced ({kind_of_transaction})", "transaction",
        transaction=TEXT, kind_of_transaction=TEXT,
    ),
    "abandonment": _kind(
        Nature.EVENT, DayPlace.PAPER, "the abandonment of {transaction} is publicly announced", "transaction",
        transaction=TEXT,
    ),
    "consummation": _kind(
        Nature.EVENT, DayPlace.ACT, "{transaction} is consummated", "transaction", transaction=TEXT,
    ),
    "split": _kind(
        Nature.EVENT, DayPlace.CORPORATE_ACTION, "{before} shares of Common Stock become {after}", "company",
        before=POSITIVE, after=POSITIVE,
    ),
    "shares_outstanding": _kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} shares of Common Stock are outstanding", "company", shares=WHOLE,
    ),
    "beneficial_ownership": _kind(
        Nature.REPORT, DayPlace.REPORT,
        "{holder} and its affiliates own {owned} shares, {acquirable} of them still to be issued", "holder",
        holder=TEXT, owned=WHOLE, acquirable=WHOLE,
    ),
    "warrants_held": _kind(
        Nature.REPORT, DayPlace.REPORT, "{holder} holds warrants for {shares} shares", "holder",
        holder=TEXT, shares=WHOLE,
    ),
    "registered_shares": _kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} registered shares are allocated to {holder}", "holder",
        holder=TEXT, shares=WHOLE,
    ),
    "reserve_increase": _kind(
        Nature.ACT, DayPlace.ACT, "the Reserved Amount is increased by {shares} shares", "company", shares=WHOLE,
    ),
    "approval_route": _kind(
        Nature.FINDING, DayPlace.PAPER, "an increase of the Reserved Amount needs {route}", "company", route=TEXT,
    ),
    "stockholder_approval": _kind(
        Nature.EVENT, DayPlace.ACT, "the stockholders approve issuances above the Cap Amount", "company",
    ),
    "cap_waiver": _kind(
        Nature.EVENT, DayPlace.ACT, "Nasdaq permits {shares} shares in all", "company", shares=WHOLE,
    ),
    "common_issued": _kind(
        Nature.ACT, DayPlace.ACT, "{holder} is issued {shares} shares of Common Stock under {under}", "holder",
        holder=TEXT, shares=WHOLE, under=TEXT,
    ),
    "issuer_sale": _kind(
        Nature.EVENT, DayPlace.ACT, "the Company sells {shares} shares of Common Stock for {total_price} dollars",
        "company", shares=WHOLE, total_price=POSITIVE,
    ),
    "legal_maximum_rate": _kind(
        Nature.REPORT, DayPlace.REPORT, "the highest lawful interest rate is {rate} a year", "company",
        rate=NUMBER, by=TEXT,
    ),
    "breach_notice": _kind(
        Nature.PAPER, DayPlace.PAPER, "{by} notifies the Company of {matter} ({case})", "case",
        case=TEXT, by=TEXT, of=TEXT, matter=TEXT,
    ),
    "cure": _kind(Nature.ACT, DayPlace.ACT, "the matter of {case} is cured", "case", case=TEXT),
    "finding": _kind(
        Nature.FINDING, DayPlace.PAPER, "{by} finds {event} ({case})", "case",
        event=TEXT, of=TEXT, case=TEXT, by=TEXT, reason=TEXT,
    ),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened, with when it took effect, when it was recorded, who says so and how good that is."""

    kind: str
    effective: date
    at: Instant | None
    recorded: date
    details: Mapping[str, Any]
    source: str
    grade: Grade
    despite: str = ""
    place: Place | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)

    @property
    def nature(self) -> Nature:
        """Paper, act, report, event or finding."""
        return KINDS[self.kind].nature

    def says(self, parties: Mapping[str, str] | None = None) -> str:
        """The fact in words; short names of parties are replaced by their names where given."""
        named = parties or {}
        words = {
            name: named.get(value, value) if isinstance(value, str) else number(value, "")
            for name, value in self.details.items()
        }
        return KINDS[self.kind].says.format_map(words)

    def moment_in(self, zone: str) -> Moment:
        """Where it stands in the order of events, in the deal's zone."""
        place = KINDS[self.kind].place
        if self.at is None:
            return moment(self.effective, place)
        local = self.at.local(zone)
        return moment(local.date(), place, local.hour * 3600 + local.minute * 60 + local.second)

    def subjects(self) -> frozenset[Any]:
        """What it touches: facts that touch nothing in common may stand in either order."""
        kind = KINDS[self.kind]
        return frozenset(self.details.get(name, name) for name in kind.subjects)


_ENVELOPE = frozenset({"kind", "on", "at", "recorded", "source", "grade", "despite"})


def fact_from(raw: Mapping[str, Any], zone: str, place: Place | None = None, key: str = "") -> Fact:
    """Read a fact from its text form; dates without an instant are dates of ``zone``.

    Raises Problem UNKNOWN_KEY, MISSING_KEY, BAD_NUMBER, BAD_DATE, INCOMPLETE_FACT, with the place given.
    """
    try:
        return _fact(raw, zone, place, key)
    except Problem as problem:
        raise (problem.at(place) if place else problem) from None


def _fact(raw: Mapping[str, Any], zone: str, place: Place | None, key: str) -> Fact:
    name = str(raw.get("kind", ""))
    if name not in KINDS:
        raise Problem(
            ProblemKind.UNKNOWN_KEY, f"{name!r} is not a kind of fact", "use one of " + ", ".join(sorted(KINDS))
        )
    at = parse_instant(str(raw["at"])) if "at" in raw else None
    if at is None and "on" not in raw:
        raise Problem(ProblemKind.MISSING_KEY, f"a {name} without a date", "add on: YYYY-MM-DD, or at: with a zone")
    if at is None and KINDS[name].timed:
        raise Problem(
            ProblemKind.INCOMPLETE_FACT,
            f"a {name} without its time of day, on which its effective date turns",
            "replace on: by at: such as 1999-08-06 10:00 America/New_York, the time transmission was confirmed",
        )
    effective = at.date_in(zone) if at else parse_date(str(raw["on"]))
    return Fact(
        kind=name,
        effective=effective,
        at=at,
        recorded=parse_date(str(raw["recorded"])) if "recorded" in raw else effective,
        details=_details(raw, name),
        source=_text(raw.get("source", "")) if "source" in raw else _no_source(name),
        grade=grade_named(str(raw.get("grade", Grade.RECORDED.label))),
        despite=str(raw.get("despite", "")),
        place=place,
        key=key,
    )


def _no_source(name: str) -> str:
    raise Problem(ProblemKind.MISSING_KEY, f"a {name} without a source", "add source: the paper or person that says so")


def _details(raw: Mapping[str, Any], name: str) -> dict[str, Any]:
    fields = KINDS[name].fields
    unknown = sorted(set(raw) - set(fields) - _ENVELOPE)
    if unknown:
        raise Problem(
            ProblemKind.UNKNOWN_KEY,
            f"{unknown[0]!r} is not a field of {name}",
            "use " + ", ".join(sorted(fields)),
        )
    missing = [key for key, spec in fields.items() if spec.required and key not in raw]
    if missing:
        raise Problem(ProblemKind.MISSING_KEY, f"a {name} without {missing[0]}", f"add {missing[0]}")
    details = {}
    for key, spec in fields.items():
        if key in raw:
            try:
                details[key] = spec.read(raw[key])
            except Problem as problem:
                raise Problem(problem.kind, f"{key}: {problem.what}", problem.remedy) from None
    return details
