"""Whatever is recorded of certificates balances or is refused: a ledger kept by hand beside the register."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stories import AGREEMENT, CALENDARS, CLOSING, HOLDERS, QUICK

from paripassu.replay import Replayed, replay
from paripassu.values.certificates import cancelled_end, certificates_of
from paripassu.values.facts import fact_from
from paripassu.values.market import Market
from paripassu.values.problems import Problem, ProblemKind
from paripassu.views.register import register

PAPER = certificates_of("series-b")
UNFIT = {ProblemKind.UNKNOWN_NAME, ProblemKind.DUPLICATE, ProblemKind.IMPOSSIBLE_FACT, ProblemKind.INCOMPLETE_FACT}


@dataclass
class Ledger:
    """What a careful clerk would have: holdings of one lot, open certificates, and what cancelled ones have left."""

    held: dict[str, Fraction]
    open: dict[str, tuple[str, Fraction]] = field(default_factory=dict)
    left: dict[str, Fraction] = field(default_factory=dict)
    fits: bool = True

    def issue(self, number: str, holder: str, shares: Fraction, out_of: str) -> None:
        under = sum((quantity for whose, quantity in self.open.values() if whose == holder), Fraction(0))
        new = number not in self.open and number not in self.left
        room = self.held.get(holder, Fraction(0)) - under
        source = self.left.get(out_of, Fraction(-1)) if out_of else shares
        if not new or shares > room or shares > source:
            self.fits = False
            return
        self.open[number] = (holder, shares)
        if out_of:
            self.left[out_of] -= shares

    def cancel(self, number: str) -> None:
        if number not in self.open:
            self.fits = False
            return
        self.left[number] = self.open.pop(number)[1]

    def transfer(self, holder: str, to: str, shares: int) -> None:
        self.held[holder] -= shares
        self.held[to] = self.held.get(to, Fraction(0)) + shares


@st.composite
def ledgers(draw: Any) -> tuple[Ledger, list[dict[str, Any]]]:
    """Rows, a day apart, of which most can be true, and the ledger they leave."""
    ledger = Ledger({"alpha": Fraction(1000)})
    rows = [row(0, kind="issuance", instrument="series-b", holder="alpha", shares="1000", lot="L1")]
    for day in range(1, draw(st.integers(1, 12))):
        if not ledger.fits:
            break
        what = draw(st.sampled_from(["issue", "issue", "issue", "cancel", "transfer"]))
        number = draw(st.sampled_from([f"C{one}" for one in range(9)]))
        if what == "transfer":
            holder = draw(st.sampled_from([one for one, shares in ledger.held.items() if shares]))
            to = draw(st.sampled_from([one for one in HOLDERS if one != holder]))
            shares = draw(st.integers(1, int(ledger.held[holder])))
            ledger.transfer(holder, to, shares)
            rows.append(row(day, kind="transfer", instrument="series-b", holder=holder, to=to, lot="L1",
                            shares=str(shares)))
        elif what == "cancel":
            number = draw(st.sampled_from([*ledger.open, number]))
            ledger.cancel(number)
            rows.append(row(day, kind="certificate_cancelled", security="series-b", certificate=number,
                            because="exchange"))
        else:
            holder = draw(st.sampled_from(sorted(ledger.held)))
            halves = draw(st.integers(1, 1200))
            out_of = draw(st.sampled_from(["", *ledger.left]))
            ledger.issue(number, holder, Fraction(halves, 2), out_of)
            rows.append(row(day, kind="certificate_issued", security="series-b", certificate=number, holder=holder,
                            shares=f"{halves}/2", **({"out_of": out_of} if out_of else {})))
    return ledger, rows


def row(day: int, **fields: Any) -> dict[str, Any]:
    return {"on": (CLOSING + timedelta(days=day)).isoformat(), "source": "story", "grade": "illustrative", **fields}


def replayed(rows: list[dict[str, Any]]) -> Replayed:
    facts = [fact_from(one, AGREEMENT.zone) for one in rows]
    return replay(AGREEMENT, facts, Market((), CALENDARS), date(1999, 1, 15))


@settings(QUICK, max_examples=80)
@given(ledgers())
def test_the_register_is_the_ledger_or_a_problem(told: tuple[Ledger, list[dict[str, Any]]]) -> None:
    ledger, rows = told
    try:
        done = replayed(rows)
    except Problem as problem:
        assert not ledger.fits and problem.kind in UNFIT
        return
    assert ledger.fits
    state = done.state
    for number, (_, shares) in ledger.open.items():
        assert state.total(PAPER, number) == shares
    for number, shares in ledger.left.items():
        assert state.total(PAPER, number) == 0 and state.total(PAPER, cancelled_end(number)) == shares
    assert sum(state.total(PAPER, owner) for owner in state.owners(PAPER)) == 0
    for cover in register(done, "series-b").covers:
        mine = sum((shares for whose, shares in ledger.open.values() if whose == cover.holder), Fraction(0))
        assert (cover.held, cover.under) == (ledger.held[cover.holder], mine)
        assert cover.held == cover.under + cover.without - cover.excess
        assert min(cover.without, cover.excess) == 0


def test_the_ledgers_drawn_include_some_that_fit_and_some_that_do_not() -> None:
    outcomes: list[bool] = []

    @settings(QUICK, max_examples=80)
    @given(ledgers())
    def draw(told: tuple[Ledger, list[dict[str, Any]]]) -> None:
        outcomes.append(told[0].fits)

    draw()
    assert 10 < sum(outcomes) < len(outcomes) - 10
