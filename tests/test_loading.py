"""Loading is strict: each edit of a sound agreement is refused, with its file and line."""

from datetime import date

import pytest

from paripassu import codec, service, store
from paripassu.loading import agreement_from, choices_from, shared_by
from paripassu.service import Question
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.views.statement import statement

CALENDARS = store.read_calendars()
SOUND = """\
deal: small
format: 1
title: A small deal
issuer: nobody
parties: {company: C}
documents:
  cod: {title: Certificate, date: 1998-12-17}
instruments:
  pref:
    title: Preferred
    document: cod
    clauses:
      series:
        clause: Series
        section: I
        terms:
          authorised_shares: {value: 10, unit: shares}
          face_amount: {value: "1000", unit: usd per share}
"""


def load(text):
    return agreement_from(codec.parse_yaml(text, "agreement.yaml"), CALENDARS, "")


def test_a_sound_agreement_loads():
    agreement = load(SOUND)
    assert agreement.instrument("pref").clause("series").values["face_amount"].value == 1000
    assert agreement.zone == "America/New_York" and agreement.instrument("pref").section_of("face_amount") == "I"


@pytest.mark.parametrize(("old", "new", "kind", "line"), [
    ("title: A small deal", "titel: A small deal", ProblemKind.UNKNOWN_KEY, 3),
    ("issuer: nobody\n", "", ProblemKind.MISSING_KEY, None),
    ("1998-12-17", "17 December 1998", ProblemKind.BAD_DATE, 7),
    ("document: cod", "document: spa", ProblemKind.UNKNOWN_NAME, 11),
    ("clause: Series", "clause: Serie", ProblemKind.UNKNOWN_NAME, 14),
    ("unit: shares", "unit: usd", ProblemKind.WRONG_UNIT, 17),
    ("value: 10,", "value: 10.5,", ProblemKind.BAD_NUMBER, 17),
    ('value: "1000"', 'value: "1,000"', ProblemKind.BAD_NUMBER, 18),
    ("face_amount:", "face_value:", ProblemKind.UNKNOWN_KEY, 18),
    ("authorised_shares: {value: 10, unit: shares}", "", ProblemKind.MISSING_KEY, None),
    ("        section: I\n", "", ProblemKind.MISSING_KEY, None),
    ("    document: cod\n", "    document: cod\n    uses: {shares_held: common}\n", ProblemKind.UNKNOWN_NAME, 12),
    ("    document: cod\n", "    document: cod\n    uses: {shares_held: pref}\n", ProblemKind.UNKNOWN_NAME, 12),
])
def test_an_unsound_one_is_refused_where_it_is_unsound(old, new, kind, line):
    assert old in SOUND
    with pytest.raises(Problem) as raised:
        load(SOUND.replace(old, new, 1))
    assert raised.value.kind is kind
    assert raised.value.place is not None and raised.value.place.source == "agreement.yaml"
    if line is not None:
        assert raised.value.place.line == line


def test_a_reading_is_chosen_for_one_instrument_or_for_several_that_leave_it_open():
    premium = "{clause: AccruedPremium, section: II, terms: {premium_rate: \"0.06\", day_basis: 365}}"
    two = SOUND.replace("    clauses:\n", f"    clauses:\n      premium: {premium}\n", 1)
    two += two[two.index("  pref:"):].replace("  pref:", "  other:", 1)
    agreement = load(two)
    text = "R-PREM-N: {instrument: %s, choice: count both, by: us, reason: so agreed}\n"
    def chosen(named):
        return [one.instrument for one in choices_from(codec.parse_yaml(text % named, "readings.yaml"), agreement)]
    assert chosen("pref") == ["pref"] and chosen("[pref, other]") == ["pref", "other"]
    with pytest.raises(Problem, match="no instrument 'third'"):
        chosen("[pref, third]")
    with pytest.raises(Problem, match="list of names"):
        chosen("{pref: other}")


def rows(*given):
    return [(one, Place("issuer", number)) for number, one in enumerate(given, 1)]


def test_of_an_issuers_facts_a_deal_has_those_its_papers_answer():
    """Nothing under the 2005 warrant follows from what was sold in 1999, nor from how many shares are outstanding."""
    issuer = store.read_issuer("valence")
    by_deal = {}
    for deal in ("valence-1998", "valence-2005"):
        folder = store.read_deal(deal)
        facts, prices = shared_by(agreement_from(folder.agreement, CALENDARS, ""), issuer.facts, issuer.prices)
        by_deal[deal] = len(facts), len(prices)
    assert by_deal == {"valence-1998": (len(issuer.facts), len(issuer.prices)), "valence-2005": (0, 0)}
    assert issuer.facts and issuer.prices


def test_what_a_paper_answers_what_stands_beside_the_terms_and_what_is_no_kind_all_stay():
    folder = store.read_deal("valence-2005")
    facts = rows({"kind": "split"}, {"kind": "transfer_agent_total"}, {"kind": "splits"}, {}, {"kind": "issuer_sale"})
    prices = rows({"observable": "average_price"}, {"observable": "pink_sheet_ask"}, {"observable": "no such"}, {},
                  {"observable": "closing_bid"}, {"observable": "pink_sheet_bid"})
    told, seen = shared_by(agreement_from(folder.agreement, CALENDARS, ""), facts, prices)
    assert [place.line for _, place in told] == [1, 2, 3, 4]
    assert [place.line for _, place in seen] == [1, 2, 3, 4, 6]


@pytest.mark.parametrize("as_of", [date(2005, 7, 12), date(2005, 7, 13), date(2006, 3, 1)])
def test_the_statement_of_the_2005_warrant_tells_nothing_of_1999(as_of):
    loaded = service.load(Question("valence-2005", as_of))
    made = statement(service.replayed(loaded, Question("valence-2005", as_of)), loaded.facts, 0)
    assert [one.day.year for one in made.events if one.day.year < 2005] == []
    assert made.basis.facts == (1 if as_of >= date(2005, 7, 13) else 0)
