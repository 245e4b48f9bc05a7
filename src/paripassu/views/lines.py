"""The parts of a statement: one line for each thing it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.grades import Grade
from paripassu.values.undetermined import determined
from paripassu.views.agent import Assertion
from paripassu.views.agreed import Agreed
from paripassu.views.breaches import Breach, Delivered
from paripassu.views.breakeven import BreakEven
from paripassu.views.diary import DiaryEntry
from paripassu.views.lawful import LawfulRedemption
from paripassu.views.register import Certificate
from paripassu.views.undetermined import Missing


@dataclass(frozen=True, slots=True)
class ReadingInForce:
    """A question the words leave open and the alternative this statement uses."""

    instrument: str
    reading: str
    question: str
    alternative: str
    chosen_by: str
    reason: str
    departs: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the deal under the short name by which sections are cited."""

    name: str
    title: str
    date: date


@dataclass(frozen=True, slots=True)
class Assumption:
    """A recorded figure that is not of the papers or the public record, with who says so."""

    day: date
    says: str
    source: str
    grade: Grade


@dataclass(frozen=True, slots=True)
class Basis:
    """What a statement rests on."""

    last_fact: date | None
    facts: int
    of_record: int
    future_facts: int
    observations: int
    last_observation: date | None
    planned: int
    assumptions: tuple[Assumption, ...]
    readings: tuple[ReadingInForce, ...]


@dataclass(frozen=True, slots=True)
class HoldingLine:
    """What a holder has of one lot (or of the common shares)."""

    holder: str
    asset: str
    lot: str
    certificate: str
    quantity: Any
    own_price: Any


@dataclass(frozen=True, slots=True)
class Limit:
    """The room a limit leaves a holder, in common shares and in the securities that fit it."""

    name: str
    words: str
    room: Figure
    within: Any
    binds: bool
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class ConversionRight:
    """What a holder may convert today: shares held, the most that fits, the common it gives, and which limit binds."""

    holder: str
    held: Any
    convertible: Figure
    common: Figure
    common_for_all: Figure
    limits: tuple[Limit, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class ExerciseLot:
    """One warrant: the shares it is for, its price, what they cost, what may be exercised, what a cashless one gives.

    ``exercisable`` is None outside the exercise period; ``gain_from`` is the price of a share from which on a cashless
    exercise gives anything, where that price is not known, and ``measured_by`` what the paper calls that price.
    """

    lot: str
    quantity: Any
    price: Figure
    aggregate: Figure
    exercisable: Figure | None
    cashless: Figure | None
    gain_from: Any
    measured_by: str


@dataclass(frozen=True, slots=True)
class ExerciseRight:
    """What a holder may exercise today under one form of warrant, which limit binds, and until when."""

    holder: str
    instrument: str
    title: str
    held: Any
    is_open: bool
    begins: date
    expires: str
    days_left: int
    lots: tuple[ExerciseLot, ...]
    exercisable: Any
    limits: tuple[Limit, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class RightLine:
    """Another right open to a party, with the quantity it extends to."""

    holder: str
    right: str
    subject: str
    since: date
    quantity: Figure | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A duty with its status and, where it is one of money or shares, the amount with its interest."""

    id: str
    debtor: str
    creditor: str
    what: str
    status: str
    arisen: date
    due: date | None
    awaits: str
    amount: Figure | None
    grows: Any
    paid: Any
    interest: Figure | None
    interest_unpaid: Figure | None
    late: bool
    citation: Citation
    delivered: Any
    """Shares delivered so far, where the duty is to deliver shares of which the creditor is of record already."""

    @property
    def outstanding(self) -> bool:
        """Whether anything is still to be done: the duty itself, or the interest on an amount that was paid late."""
        return self.status in ("open", "breached", "pending") or self.owes_interest

    @property
    def owes_interest(self) -> bool:
        """Whether the amount was paid or ended late and interest on it is still unpaid, or it is not known how much."""
        if self.status not in ("performed", "lapsed") or self.interest_unpaid is None:
            return False
        return not determined(self.interest_unpaid.value) or self.interest_unpaid.value > 0


@dataclass(frozen=True, slots=True)
class EventLine:
    """Something the papers give a name, a refusal, or a fact, on its day."""

    day: date
    kind: str
    name: str
    subject: str
    words: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class TestSpan:
    """Consecutive days on which a daily test had one answer; for undetermined ones, what settles it."""

    test: str
    words: str
    subject: str
    first: date
    last: date
    answer: str
    break_even: BreakEven | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A holder's portion of an account: allocated, used, left."""

    account: str
    holder: str
    balance: Any
    used: Any


@dataclass(frozen=True, slots=True)
class PricePoint:
    """One trading day of the price chart; None is a gap."""

    day: date
    closing_bid: Any
    fixed: Any
    variable: Any
    applicable: Any


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the terms: what was agreed about them, acts against them, and an agent's books."""

    agreed: Agreed
    breaches: tuple[Breach, ...]
    deliveries: tuple[Delivered, ...]
    agent: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything a deal says on a date."""

    deal: str
    title: str
    as_of: date
    known_at: date | None
    parties: dict[str, str]
    papers: tuple[Paper, ...]
    basis: Basis
    prices: tuple[Figure, ...]
    price_break_even: BreakEven | None
    holdings: tuple[HoldingLine, ...]
    certificates: tuple[Certificate, ...]
    conversions: tuple[ConversionRight, ...]
    exercises: tuple[ExerciseRight, ...]
    rights: tuple[RightLine, ...]
    obligations: tuple[ObligationLine, ...]
    lawful: tuple[LawfulRedemption, ...]
    events: tuple[EventLine, ...]
    tests: tuple[TestSpan, ...]
    accounts: tuple[AccountLine, ...]
    missing: tuple[Missing, ...]
    diary: tuple[DiaryEntry, ...]
    beside: Beside

    def lots_of(self, price: Figure) -> str:
        """The lots a price is of, where the statement has several of its name; empty where it has one for all."""
        return price.subject if sum(one.name == price.name for one in self.prices) > 1 else ""
