"""Each guard is needed: with it taken away, the worked case that shows it fails."""

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from carrying_out import agreement, calendars

from paripassu import store
from paripassu.agreement import Agreement
from paripassu.cases import Case, cases_of, run_case
from paripassu.clauses import conversion, reset
from paripassu.clauses.delivery import Delivery
from paripassu.clauses.impairment import CapitalImpairment
from paripassu.clauses.limitation import OwnershipLimit
from paripassu.clauses.notices import NoticeClock
from paripassu.clauses.redemption import RedemptionRight
from paripassu.clauses.refusal import RefusalDefault
from paripassu.clauses.reset import PriceReset
from paripassu.values.bindings import Binding, Formula, TermBinding
from paripassu.values.undetermined import NO_LIMIT

CASES = {case.id: case for file in store.read_deal("valence-1998").cases for case in cases_of(file)}
SHARED = CASES["two-holders-two-lots"]
CASES["shared-lot"] = replace(SHARED, then=[one for one in SHARED.then if one.get("at") == {"lot": "alpha-1"}])


def met(case: Case, under: Agreement) -> bool:
    return all(one.met for one in run_case(case, under, calendars()))


def rebound(bindings: Mapping[str, Binding]) -> Agreement:
    """The agreement with names bound to something else."""
    whole = agreement()
    instrument = whole.instrument("series-b")
    changed = replace(instrument, bindings={**instrument.bindings, **bindings})
    return replace(whole, instruments={**whole.instruments, "series-b": changed})


def with_term(clause: str, term: str, value: Any) -> Agreement:
    """The agreement with another value of a term that a response reads."""
    whole = agreement()
    instrument = whole.instrument("series-b")
    old = instrument.clause(clause)
    new = replace(old, values={**old.values, term: replace(old.values[term], value=value)})
    clauses = tuple(new if one is old else one for one in instrument.clauses)
    return replace(whole, instruments={**whole.instruments, "series-b": replace(instrument, clauses=clauses)})


def no_limit() -> Any:
    return NO_LIMIT


@pytest.mark.parametrize(
    ("name", "binding", "case"),
    [
        ("exchange_cap_room", Formula(no_limit, "shares"), "cap-binds-a-conversion"),
        ("ownership_room", Formula(no_limit, "shares"), "ownership-limit"),
        ("locked_prices", TermBinding((), "usd per share"), "price-locked"),
        ("cutoff_second", TermBinding(86400, "second of the day"), "notice-at-the-cut-off"),
    ],
)
def test_a_limit_taken_away_is_noticed(name: str, binding: Binding, case: str) -> None:
    assert met(CASES[case], agreement())
    assert not met(CASES[case], rebound({name: binding}))


@pytest.mark.parametrize(
    ("clause", "term", "value", "case"),
    [
        ("series", "authorised_shares", 8000, "authorised-number"),
        ("series", "authorised_shares", 7501, "authorised-number-reached"),
        ("redemption", "redemption_days", 6, "redemption-due"),
        ("long-default", "long_default_days", 11, "ten-business-days-late"),
        ("reserve", "trigger_run", 4, "reserve-trigger"),
    ],
)
def test_another_number_is_noticed(clause: str, term: str, value: int, case: str) -> None:
    assert met(CASES[case], agreement())
    assert not met(CASES[case], with_term(clause, term, value))


def the_same_lot(state: Any, asset: str, term: str, lot: str, *_: Any) -> Generator[Any, None, str]:
    yield from ()
    return lot


def nothing(*_: Any) -> tuple[()]:
    return ()


@pytest.mark.parametrize(
    ("owner", "name", "instead", "case"),
    [
        (reset, "lot_of_its_own", the_same_lot, "shared-lot"),
        (PriceReset, "on_split_effective", nothing, "reset-across-a-split"),
        (Delivery, "on_split_effective", nothing, "split-the-day-after"),
        (OwnershipLimit, "on_split_effective", nothing, "split-doubles-shares-sold-by-the-issuer"),
        (RedemptionRight, "_pending", nothing, "redeemable-any"),
        (RedemptionRight, "on_lot_transferred", nothing, "redemption-by-a-later-holder"),
        (RedemptionRight, "on_redeemed_in_part", nothing, "lawful-part-paid"),
        (CapitalImpairment, "after_redemption_notice", nothing, "reported-before-the-notices"),
        (CapitalImpairment, "after_converted", nothing, "converted-shares-do-not-count"),
        (CapitalImpairment, "after_duty_waived", nothing, "waived-notice-ends-the-impairment"),
        (RefusalDefault, "_without_shares", nothing, "sold-before-anything-accrued"),
        (NoticeClock, "on_cure", nothing, "breach-cured-on-the-tenth-business-day"),
        (conversion, "_check_lots", nothing, "notice-naming-more-than-is-held"),
    ],
)
def test_an_answer_taken_away_is_noticed(
    owner: Any, name: str, instead: Any, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert met(CASES[case], agreement())
    monkeypatch.setattr(owner, name, instead)
    assert not met(CASES[case], agreement())
