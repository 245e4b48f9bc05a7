"""No conversion passes a limit, and what is beyond one is refused: checked by arithmetic of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import CLOSING, PLENTY, QUICK, Story, carried_out, stories

from paripassu.values.effects import Move, Occur, Refuse
from paripassu.values.state import State
from paripassu.values.undetermined import determined, extent


def conversions(state: State) -> list[tuple[int, Move]]:
    """Every issuance of common shares on a conversion, with its place."""
    return [(record.place, record.effect) for record in state.records
            if isinstance(record.effect, Move) and record.effect.asset == "common"
            and record.effect.role == "record_holder"]


def assert_within_limits(state: State) -> int:
    """After each conversion the holder owns at most 4.9 % and its portion of the cap is not overdrawn; how many."""
    checked = 0
    for place, issued in conversions(state):
        holder, least = issued.target, extent(issued.quantity)[0]
        values = {name: state.get(("value", name, subject), place) for name, subject in (
            ("owned_reported", holder), ("acquirable_reported", holder), ("common_at_report", holder),
            ("outstanding_reported", ""), ("issuer_position_at_report", ""))}
        if state.get(("value", "cap_lifted_on", ""), place) is None:
            portion = state.position("exchange-cap", holder, "", place)
            assert least is None or extent(portion)[1] is None or least <= extent(portion)[1], issued
        held = state.total("common", holder, place)
        position = state.total("common", "(issuer)", place)
        if any(value is None for value in values.values()) or not all(
                determined(one) for one in (held, position, issued.quantity, *values.values())):
            continue
        before = values["owned_reported"] + values["acquirable_reported"] + held - values["common_at_report"]
        outstanding = values["outstanding_reported"] + values["issuer_position_at_report"] - position
        owns = Fraction(str(before + issued.quantity))
        of = Fraction(str(outstanding + values["acquirable_reported"] + issued.quantity))
        assert owns <= Fraction(49, 1000) * of, (issued, owns, of)
        checked += 1
    return checked


@QUICK
@given(stories())
def test_no_conversion_passes_a_limit(story: Story) -> None:
    assert_within_limits(carried_out(story).state)


def one_conversion(outstanding: int, shares: int, owned: int = 0) -> Story:
    """One holder of 7,500 shares converts some on the switch to the market price, which is far below the fixed one."""
    envelope = {"source": "story", "grade": "illustrative"}
    rows = [
        {"kind": "issuance", "on": "1998-12-18", "instrument": "series-b", "holder": "alpha", "shares": "7500",
         "lot": "L1"},
        {"kind": "shares_outstanding", "on": "1998-12-18", "shares": str(outstanding)},
        {"kind": "beneficial_ownership", "on": "1998-12-18", "holder": "alpha", "owned": str(owned),
         "acquirable": "0"},
        {"kind": "notice_of_conversion", "at": "1999-02-01 10:00 America/New_York", "notice": "N1",
         "holder": "alpha", "face_amount": str(shares * 1000), "date_specified": "1999-02-01"},
        {"kind": "certificates_delivered", "on": "1999-02-02", "notice": "N1"},
        {"kind": "shares_delivered", "on": "1999-02-03", "notice": "N1", "shares": str(PLENTY)},
    ]
    return Story(tuple({**envelope, **row} for row in rows), (), CLOSING + timedelta(days=60))


@QUICK
@given(st.integers(100_000, 60_000_000), st.integers(1, 7500), st.integers(0, 60_000))
def test_what_passes_a_limit_is_refused_and_what_fits_is_not(outstanding: int, shares: int, owned: int) -> None:
    state = one_conversion(outstanding, shares, owned).replayed().state
    room = max(Fraction(0), (Fraction(49, 1000) * outstanding - owned) / (1 - Fraction(49, 1000)))
    # 45 days of premium at 6 %, at the fixed price of 6.03; the cap of 5,071,913 never binds so few shares.
    each = (1000 + 60 * Fraction(45, 365)) / Fraction("6.03")
    fits = min(shares, int(int(room) / each))
    issued = sum(move.quantity for _, move in conversions(state))
    assert issued == -(-(fits * each).numerator // (fits * each).denominator)
    refused = [one.effect for one in state.records
               if isinstance(one.effect, Refuse) and one.effect.what == "conversion"]
    assert bool(refused) == (fits < shares)
    if refused:
        assert f"{shares - fits} preferred shares" in refused[0].why
    assert_within_limits(state)


def test_the_check_of_limits_sees_a_conversion_beyond_them() -> None:
    state = one_conversion(40_000_000, 7500).replayed().state
    assert assert_within_limits(state) == 1
    index, move = conversions(state)[0]
    state.records.effects[index] = replace(move, quantity=move.quantity + 3_000_000)
    with pytest.raises(AssertionError):
        assert_within_limits(state)


@QUICK
@given(stories())
def test_a_notice_ends_in_a_conversion_a_refusal_or_both(story: Story) -> None:
    done = carried_out(story)
    answered: set[Any] = {one.effect.subject for one in done.state.records
                          if isinstance(one.effect, Refuse) and one.effect.what == "conversion"}
    answered |= {one.effect.subject for one in done.state.records
                 if isinstance(one.effect, Occur) and one.effect.name == "converted"}
    awaited = {one.subject for one in done.state.upcoming}
    for fact in done.state.facts:
        if fact.kind == "notice_of_conversion":
            assert fact.details["notice"] in answered | awaited
