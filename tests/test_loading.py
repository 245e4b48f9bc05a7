"""Loading is strict: each edit of a sound agreement is refused, with its file and line."""

import pytest

from paripassu import codec, store
from paripassu.loading import agreement_from, choices_from
from paripassu.values.problems import Problem, ProblemKind

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
