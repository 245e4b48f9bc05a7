"""A price is of a day on which there was a market; the last and the first day of the pinned calendars are covered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from paripassu import booking, service, store
from paripassu.cases import cases_of, replay_case
from paripassu.codec import parse_yaml
from paripassu.loading import agreement_from
from paripassu.service import Question
from paripassu.values.dates import parse_instant
from paripassu.values.market import DETERMINED, OBSERVABLES, TAPES, observation_from
from paripassu.values.problems import Place, Problem, ProblemKind

CALENDARS = store.read_calendars()
SATURDAY, FRIDAY, HOLIDAY = "1999-11-06", "1999-11-05", "1999-11-25"
PRICED = sorted(set(OBSERVABLES) - set(TAPES))


def seen(observable: str, day: str) -> date:
    row = {"observable": observable, "date": day, "value": "4.50", "source": "s", "grade": "recorded"}
    return observation_from(row, Place("prices.csv", 2), CALENDARS).day


@pytest.mark.parametrize("observable", sorted(set(PRICED) - set(DETERMINED)))
@pytest.mark.parametrize("day", [SATURDAY, HOLIDAY])
def test_no_price_is_made_while_the_exchange_is_closed(observable: str, day: str) -> None:
    with pytest.raises(Problem) as caught:
        seen(observable, day)
    assert caught.value.kind is ProblemKind.IMPOSSIBLE_FACT
    assert f"prices.csv:2: a {observable} of {day}" in caught.value.sentence
    assert seen(observable, FRIDAY) == date(1999, 11, 5)


@pytest.mark.parametrize("observable", DETERMINED)
def test_what_people_determine_may_be_of_any_day(observable: str) -> None:
    assert seen(observable, SATURDAY) == date(1999, 11, 6)


@pytest.mark.parametrize("day", ["1985-11-04", "1989-12-29", "2036-01-02"])
def test_a_price_outside_the_pinned_calendars_is_refused(day: str) -> None:
    for observable in PRICED:
        with pytest.raises(Problem) as caught:
            seen(observable, day)
        assert caught.value.kind is ProblemKind.OUTSIDE_COVERAGE


@pytest.mark.parametrize(("day", "covered"), [
    (date(1989, 12, 31), False), (date(1990, 1, 1), True), (date(2035, 12, 31), True), (date(2036, 1, 1), False),
])
@pytest.mark.parametrize("option", ["--as-of", "--on"])
def test_a_date_asked_about_is_one_of_the_pinned_calendars(option: str, day: date, covered: bool) -> None:
    inside = date(1999, 11, 4)
    as_of, on = (day, None) if option == "--as-of" else (inside, day)
    question = Question("valence-1998", as_of=as_of, on=on)
    if covered:
        assert service.load(question).facts
        return
    with pytest.raises(Problem) as caught:
        service.load(question)
    assert caught.value.sentence.startswith(f"{option}: {day} is outside the calendar us-exchange")


def test_a_price_of_a_closed_day_is_not_recorded_in_a_book(tmp_path: Path) -> None:
    book = str(tmp_path / "book")
    at = parse_instant("1999-12-01T10:00:00-05:00")
    booking.start(book, "valence-1998", "Ann", lambda: at)
    row = {"observable": "closing_bid", "date": SATURDAY, "value": "4.50", "source": "s", "grade": "recorded"}
    with pytest.raises(Problem) as caught:
        booking.prepare(book, "Ann", lambda: at, typed_prices=[row])
    assert caught.value.kind is ProblemKind.IMPOSSIBLE_FACT


def test_a_worked_case_has_prices_of_trading_days_only() -> None:
    folder = store.read_deal("valence-1998")
    agreement = agreement_from(folder.agreement, CALENDARS, folder.digest)
    text = """
- id: priced
  entry: COD-III.G
  title: a bid of some day
  given: {prices: {%s: "4.50"}}
  when: 1999-11-08
  then: []
"""
    friday, saturday = (cases_of(parse_yaml(text % day, "made.yaml"))[0] for day in (FRIDAY, SATURDAY))
    assert replay_case(friday, agreement, CALENDARS).market.on("closing_bid", date(1999, 11, 5))
    with pytest.raises(Problem) as caught:
        replay_case(saturday, agreement, CALENDARS)
    assert "made.yaml:2: a closing_bid of 1999-11-06" in caught.value.sentence
