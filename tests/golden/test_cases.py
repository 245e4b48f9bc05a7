"""Every worked case of every deal is one test; and what the cases and effects rest on exists and is true."""

from dataclasses import replace
from functools import cache

import pytest

from paripassu import store
from paripassu.agreement import Agreement
from paripassu.cases import Case, cases_of, instrument_of, replay_case, run_case
from paripassu.loading import agreement_from, choices_from
from paripassu.replay import Replayed
from paripassu.values.bindings import ByReading, TermByReading
from paripassu.values.calendars import Calendars
from paripassu.values.effects import Move, Set
from paripassu.values.problems import Place, Problem


@cache
def calendars() -> Calendars:
    return store.read_calendars()


@cache
def agreement(deal: str) -> Agreement:
    folder = store.read_deal(deal)
    found = agreement_from(folder.agreement, calendars(), folder.digest)
    return found.with_choices(choices_from(folder.readings, found))


@cache
def cases(deal: str) -> tuple[Case, ...]:
    return tuple(case for file in store.read_deal(deal).cases for case in cases_of(file))


ALL = [(deal, case) for deal in store.deal_names() for case in cases(deal)]
IDS = [f"{deal}:{case.id}" for deal, case in ALL]


@cache
def carried_out(deal: str, case_id: str) -> Replayed | None:
    """The replay of a case; None where what it gives is a Problem."""
    case = next(one for one in cases(deal) if one.id == case_id)
    try:
        return replay_case(case, agreement(deal), calendars())
    except Problem:
        return None


@pytest.mark.parametrize(("deal", "case"), ALL, ids=IDS)
def test_case(deal: str, case: Case) -> None:
    outcomes = run_case(case, agreement(deal), calendars())
    assert outcomes, "a case must expect something"
    differing = [f"{one.what}: expected {one.expected}, found {one.found}" for one in outcomes if not one.met]
    assert not differing, "; ".join(differing)


@pytest.mark.parametrize(("deal", "case"), ALL, ids=IDS)
def test_effects_follow_from_what_they_rest_on(deal: str, case: Case) -> None:
    """The figure an effect rests on, asked again at its point, gives the effect's value."""
    done = carried_out(deal, case.id)
    if done is None:
        assert any("problem" in expected for expected in case.then)
        return
    for record in done.state.records:
        effect = record.effect
        if isinstance(effect, Set | Move) and effect.rests_on is not None:
            again = done.names[record.instrument].at_point(effect.rests_on.name, effect.rests_on.point)
            value = effect.value if isinstance(effect, Set) else effect.quantity
            assert again == value, f"{record.clause}: {effect}"


@pytest.mark.parametrize(("deal", "case"), ALL, ids=IDS)
def test_quantities_are_conserved(deal: str, case: Case) -> None:
    """Every movement has a source and a target: the positions of a lot of an asset add up to nothing."""
    done = carried_out(deal, case.id)
    assert done is not None or any("problem" in expected for expected in case.then)
    sums: dict[tuple[str, str], list[object]] = {}
    for record in done.state.records if done else ():
        if isinstance(record.effect, Move):
            move = record.effect
            sums.setdefault((move.asset, move.lot), []).extend((move.source, move.target))
            assert move.source != move.target
    for (asset, lot), owners in sums.items():
        assert done is not None
        held = [done.state.position(asset, str(owner), lot) for owner in dict.fromkeys(owners)]
        if not any(hasattr(one, "needs") for one in held):
            assert sum(held) == 0, (asset, lot)


@pytest.mark.parametrize(("deal", "case"), ALL, ids=IDS)
def test_case_asks_for_what_exists(deal: str, case: Case) -> None:
    instrument = agreement(deal).instrument(instrument_of(case, agreement(deal)))
    readings = {reading.id: reading for reading in instrument.readings()}
    for reading, alternative in case.given.get("readings", {}).items():
        assert reading in readings
        assert alternative in readings[reading].alternatives
        assert readings[reading].kind == "computing"
        assert alternative != agreement(deal).chosen(instrument.name, reading), "the default needs no mention"
    for expected in case.then:
        if "figure" in expected:
            assert expected["figure"] in instrument.bindings


def test_case_names_are_unique() -> None:
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("deal", store.deal_names())
def test_every_alternative_of_a_computing_reading_has_a_case(deal: str) -> None:
    chosen = {(reading, one) for case in cases(deal) for reading, one in case.given.get("readings", {}).items()}
    for instrument in agreement(deal).instruments.values():
        for reading in instrument.readings():
            if reading.kind == "computing":
                default = agreement(deal).chosen(instrument.name, reading.id)
                missing = [one for one in reading.alternatives if one != default and (reading.id, one) not in chosen]
                assert not missing, f"{reading.id}: no case under {missing}"


UNCHANGED = {
    "own-exercise-exempt-in-either-scope": {"R-GEM-WARRANTS": "one scope"},
    "exercise-of-the-warrants-excepted-everywhere": {"R-GEM-EXER": "counted", "R-AT-MARKET": "tested once"},
    "split-between-notice-and-consummation": {"R-MTC-VALUE": "notice"},
}


@pytest.mark.parametrize(("deal", "case"), [next(pair for pair in ALL if pair[1].id == name) for name in UNCHANGED])
def test_a_result_stands_whatever_the_readings(deal: str, case: Case) -> None:
    """A case that other readings, tried together, must leave as it is."""
    other = replace(case, given={**case.given, "readings": UNCHANGED[case.id]})
    assert all(one.met for one in run_case(other, agreement(deal), calendars()))


WITH_READINGS = [(deal, case) for deal, case in ALL if case.given.get("readings")]


@pytest.mark.parametrize(("deal", "case"), WITH_READINGS, ids=[f"{deal}:{case.id}" for deal, case in WITH_READINGS])
def test_a_reading_changes_the_result(deal: str, case: Case) -> None:
    """A case under another reading expects what the default does not give."""
    plain = Case(
        case.id, case.entry, case.title, {key: value for key, value in case.given.items() if key != "readings"},
        case.when, case.then, case.place,
    )
    try:
        differs = any(not one.met for one in run_case(plain, agreement(deal), calendars()))
    except Problem:
        differs = True
    assert differs


@pytest.mark.parametrize("deal", store.deal_names())
def test_every_bound_alternative_is_declared_on_its_reading(deal: str) -> None:
    for instrument in agreement(deal).instruments.values():
        declared = {reading.id for reading in instrument.readings() if reading.kind == "computing"}
        bound = {one.reading for one in instrument.bindings.values() if isinstance(one, ByReading | TermByReading)}
        assert bound <= declared


def test_the_ten_real_bids_of_the_case_are_those_on_file() -> None:
    """The case of 1999-11-04 types the bids that the issuer's price file holds."""
    case = next(one for one in cases("valence-1998") if one.id == "ten-real-closing-bids")
    on_file = {row["date"]: row["value"] for row, _ in store.read_issuer("valence").prices}
    assert case.given["prices"] == on_file


class _Text:
    """A file of one case, whose every part stands on its first line."""

    def __init__(self, expected: dict[str, str]) -> None:
        self.value = [{"id": "one", "entry": "X-1", "title": "one", "when": "1999-01-04", "then": [expected]}]

    def place(self, *path: str | int) -> Place:
        return Place("one.yaml", 1)


@pytest.mark.parametrize(
    "expected",
    [
        {"position": "alpha", "equals": "1", "status": "open"},
        {"obligation": "deliver_common:N1", "on": "1999-01-04", "status": "open"},
        {"absent": "converted", "subject": "N1"},
        {"figure": "reserve", "equal": "1"},
    ],
)
def test_an_expectation_has_no_keys_that_would_be_passed_over(expected: dict[str, str]) -> None:
    with pytest.raises(Problem, match="is not a key of a case"):
        cases_of(_Text(expected))


@pytest.mark.parametrize("kind", ["figure", "obligation", "position"])
def test_an_expectation_that_compares_nothing_is_refused(kind: str) -> None:
    with pytest.raises(Problem, match="compares nothing"):
        cases_of(_Text({kind: "a", "note": "nothing else"}))
