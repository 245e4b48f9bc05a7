"""The status of every entry of the inventory: declared in the deal folders, and computed by taking clauses away."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import paripassu
from paripassu import codec, store
from paripassu.cases import cases_of, replay_case
from paripassu.coverage import cited_entries, citing, executed_entries, without
from paripassu.loading import agreement_from, choices_from
from paripassu.values.undetermined import determined
from paripassu.views.agreement import STATUS_TONES, coverage_sheet

DEALS = Path(paripassu.__file__).parent / "deals"
WITH_SECTIONS = sorted(one.parent.name for one in DEALS.glob("*/sections.yaml"))


def parsed(deal, name):
    return codec.parse_yaml((DEALS / deal / name).read_text(encoding="utf-8"), name).value


def statuses(deal):
    sections = parsed(deal, "sections.yaml")
    return {entry: raw["status"] for entries in sections.values() for entry, raw in entries.items()}


@pytest.fixture(scope="module")
def calendars():
    return store.read_calendars()


def read(name, calendars):
    """A deal's name, its agreement and its cases."""
    folder = store.read_deal(name)
    agreement = agreement_from(folder.agreement, calendars, folder.digest)
    agreement = agreement.with_choices(choices_from(folder.readings, agreement))
    return name, agreement, [case for file in folder.cases for case in cases_of(file)]


@pytest.fixture(scope="module", params=store.deal_names())
def deal(request, calendars):
    return read(request.param, calendars)


@pytest.fixture(scope="module")
def financing(calendars):
    """The deal with a preferred, on whose clauses the tests of taking away are worked."""
    return read("valence-1998", calendars)


@pytest.fixture(scope="module")
def executed(deal, calendars):
    _, agreement, cases = deal
    return executed_entries(agreement, cases, calendars)


def clauses_of(agreement):
    return [clause for instrument in agreement.instruments.values() for clause in instrument.clauses]


def clause_named(agreement, name):
    return next(clause for clause in clauses_of(agreement) if clause.name == name)


def listing(agreement, name, entries):
    """The agreement with one clause listing these entries and no other clause listing any."""
    instruments = {
        key: replace(instrument, clauses=tuple(
            replace(clause, entries=tuple(entries) if clause.name == name else ()) for clause in instrument.clauses))
        for key, instrument in agreement.instruments.items()
    }
    for key, instrument in instruments.items():
        by_name = {clause.name: clause for clause in instrument.clauses}
        bound_by = {bound: by_name[clause.name] for bound, clause in instrument.bound_by.items()}
        instruments[key] = replace(instrument, bound_by=bound_by)
    return replace(agreement, instruments=instruments)


# -- what the deal folders say


def test_both_deals_account_for_the_whole_inventory_once():
    counts = Counter(entry for deal in WITH_SECTIONS for entries in parsed(deal, "sections.yaml").values()
                     for entry in entries)
    assert [entry for entry, number in counts.items() if number > 1] == []
    by_prefix = Counter(entry.partition("-")[0] for entry in counts)
    assert by_prefix == {"COD": 190, "W98": 108, "GEM": 9, "W05": 80, "K8": 13, "SPA": 185, "RRA": 143, "PR": 10}


@pytest.mark.parametrize("name", WITH_SECTIONS)
def test_every_entry_stands_in_a_section_the_deal_cites(name):
    cited = {document: {row[0] for row in raw["sections"]}
             for document, raw in parsed(name, "provenance.yaml")["documents"].items()}
    wrong = [entry for document, entries in parsed(name, "sections.yaml").items() for entry, raw in entries.items()
             if raw["section"] not in cited[document]]
    assert wrong == []


@pytest.mark.parametrize("name", WITH_SECTIONS)
def test_every_status_is_legal_and_says_why_where_it_must(name):
    for entries in parsed(name, "sections.yaml").values():
        for entry, raw in entries.items():
            assert raw["status"] in STATUS_TONES, entry
            assert ("why" in raw) == (raw["status"] in ("text only", "by finding")), entry
            assert 1 <= len(raw["summary"].split()) <= 14, entry


def test_an_entry_a_clause_lists_is_carried_out_or_shown(deal):
    name, agreement, _ = deal
    declared = statuses(name)
    listed = {entry for clause in clauses_of(agreement) for entry in clause.entries}
    assert {entry: declared.get(entry) for entry in listed
            if declared.get(entry) not in ("executed", "tracked", "by finding")} == {}


def test_nothing_is_called_carried_out_that_no_clause_lists(deal):
    name, agreement, _ = deal
    listed = {entry for clause in clauses_of(agreement) for entry in clause.entries}
    assert [entry for entry, status in statuses(name).items()
            if status in ("executed", "tracked") and entry not in listed] == []


def test_every_entry_a_case_cites_is_in_the_inventory(deal):
    name, _, cases = deal
    declared = statuses(name)
    assert [(case.id, entry) for case in cases for entry in cited_entries(case) if entry not in declared] == []


# -- what taking clauses away says


def test_what_is_declared_executed_is_what_is_computed(deal, executed):
    declared = {entry for entry, status in statuses(deal[0]).items() if status == "executed"}
    too_much = sorted(declared - set(executed))
    too_little = sorted(set(executed) - declared)
    assert (too_much, too_little) == ([], []), "correct the status of these entries in sections.yaml"


def test_an_executed_entry_names_the_clause_that_lists_it(executed):
    assert executed
    assert all(entry in one.clause.entries for entry, proofs in executed.items() for one in proofs)


def test_a_clause_taken_away_hears_nothing_and_its_names_are_unknown(financing, calendars):
    _, agreement, cases = financing
    case = next(one for one in cases if one.id == "premium-first-anniversary")
    reduced = without(agreement, clause_named(agreement, "premium"))
    names = replay_case(case, reduced, calendars).names["series-b"]
    assert not determined(names("premium"))
    assert not determined(names("days_elapsed"))
    assert names("fixed_conversion_price", lot="cc-investments-1") == replay_case(
        case, agreement, calendars).names["series-b"]("fixed_conversion_price", lot="cc-investments-1")
    silent = without(agreement, clause_named(agreement, "series"))
    assert list(replay_case(case, silent, calendars).state.records) == []


def test_a_reading_of_a_clause_taken_away_can_still_be_chosen(financing, calendars):
    _, agreement, cases = financing
    case = next(one for one in cases if one.id == "premium-both-days-counted")
    reduced = without(agreement, clause_named(agreement, "premium"))
    assert reduced.instrument("series-b").readings()
    assert not determined(replay_case(case, reduced, calendars).names["series-b"]("days_elapsed"))


@pytest.mark.parametrize("clause", ["buy-in", "delivery", "notice", "reserve"])
def test_an_entry_listed_by_a_clause_that_does_not_carry_it_is_not_executed(financing, calendars, clause):
    """The days elapsed do not rest on these clauses, although without the last nothing can be replayed."""
    _, agreement, cases = financing
    about = [case for case in (citing(case, "COD-III.F.1") for case in cases) if case is not None]
    claimed = executed_entries(listing(agreement, "premium", ["COD-III.F.1"]), about, calendars)
    assert [one.clause.name for one in claimed["COD-III.F.1"]] == ["premium"]
    assert executed_entries(listing(agreement, clause, ["COD-III.F.1"]), about, calendars) == {}


def test_computed_coverage_names_the_case_that_fails(financing, calendars):
    _, agreement, cases = financing
    case = next(one for one in cases if one.id == "premium-first-anniversary")
    alone = listing(agreement, "premium", [case.entry])
    sections = {"COD": {case.entry: {"section": "III.F", "summary": "premium", "status": "executed"},
                        "COD-II": {"section": "II", "summary": "no dividend", "status": "text only", "why": "silent"}}}
    (block,) = coverage_sheet(alone, sections, computed=executed_entries(alone, [case], calendars)).sections
    (table,) = block.blocks
    column = table.columns.index("fails without the clause")
    assert [str(row[column]) for row in table.rows] == ["premium: premium-first-anniversary", "-"]
    (plain,) = coverage_sheet(alone, sections).sections
    assert "fails without the clause" not in plain.blocks[0].columns


def test_without_the_reserve_no_holding_can_be_replayed(financing, calendars):
    """The clause of the test before whose removal breaks the replay: a break alone is no evidence."""
    _, agreement, cases = financing
    case = next(one for one in cases if one.id == "premium-first-anniversary")
    with pytest.raises(TypeError):
        replay_case(case, without(agreement, clause_named(agreement, "reserve")), calendars)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"figure": "reserved_amount", "equals": "4000000"}, True),
        ({"figure": "reserve_is_short", "equals": "true"}, True),
        ({"figure": "fixed_conversion_price", "equals": "6.03"}, False),
        ({"figure": "reserve_is_short", "given": {"reserved_amount": "1"}, "equals": "true"}, True),
        ({"figure": "shares_issuable", "given": {"exact_shares_issuable": "5"}, "equals": "5"}, False),
        ({"obligation": "increase_reserve:1999-10-14", "status": "open"}, True),
        ({"occurred": "authorization_trigger_date"}, True),
        ({"occurred": "lot_issued"}, False),
        ({"position": "cc-investments", "equals": "7500"}, False),
    ],
)
def test_a_broken_replay_counts_only_for_what_comes_from_the_clause(financing, calendars, expected, found):
    _, agreement, cases = financing
    case = replace(next(one for one in cases if one.id == "reserve-trigger"), then=[expected])
    alone = listing(agreement, "reserve", [case.entry])
    assert bool(executed_entries(alone, [case], calendars)) is found


def test_an_entry_no_case_cites_is_not_executed(financing, calendars):
    _, agreement, cases = financing
    others = [case for case in cases if "COD-III.G" not in cited_entries(case)]
    alone = listing(agreement, "variable-price", ["COD-III.G"])
    assert "COD-III.G" in executed_entries(alone, cases, calendars)
    assert executed_entries(alone, others, calendars) == {}


def test_a_case_that_does_not_hold_proves_nothing(financing, calendars):
    _, agreement, cases = financing
    case = next(one for one in cases if one.id == "premium-first-anniversary")
    wrong = replace(case, then=[{"figure": "premium", "equals": "61"}])
    alone = listing(agreement, "premium", [case.entry])
    assert executed_entries(alone, [wrong], calendars) == {}


def test_an_expectation_cites_its_own_entry_instead_of_the_case(financing):
    _, _, cases = financing
    case = next(one for one in cases if one.id == "thousand-shares-variable-price")
    narrowed = citing(case, "COD-III.F.1")
    assert case.entry == "COD-IV.A"
    assert [expected["figure"] for expected in narrowed.then] == ["days_elapsed"]
    assert all("entry" not in expected for expected in citing(case, "COD-IV.A").then)
    assert citing(case, "COD-X.A.1") is None
