import pytest

from paripassu.values.arithmetic import ratio
from paripassu.values.facts import fact_from
from paripassu.values.kinds import KINDS, SUBJECTS
from paripassu.values.moments import Place as DayPlace
from paripassu.values.moments import moment
from paripassu.values.problems import Place, Problem, ProblemKind

ZONE = "America/New_York"
TRANSFER = {"kind": "transfer", "on": "1999-08-06", "instrument": "series-b", "holder": "a", "to": "b", "lot": "L1",
            "shares": "10", "source": "s"}


def notice(at):
    return fact_from({"kind": "notice_of_conversion", "at": at, "notice": "N", "holder": "a", "face_amount": "1000",
                      "date_specified": "1999-08-06", "source": "s"}, ZONE)


def highest_rate(written):
    return fact_from(
        {"kind": "legal_maximum_rate", "on": "1999-08-06", "rate": written, "by": "c", "source": "s"}, ZONE
    )


def test_an_instant_of_another_zone_falls_on_the_deals_date():
    # 03:30 in London on the 7th is 22:30 in New York on the 6th.
    fact = notice("1999-08-07 03:30 Europe/London")
    assert fact.effective.isoformat() == "1999-08-06"
    assert fact.moment_in(ZONE) == moment(fact.effective, DayPlace.PAPER, 22 * 3600 + 1800)


def test_a_fact_known_by_its_date_stands_at_the_place_of_its_kind():
    fact = fact_from(TRANSFER, ZONE)
    assert fact.moment_in(ZONE) == moment(fact.effective, DayPlace.TRANSFER)
    assert fact.recorded == fact.effective and fact.subjects() == {"L1"}


@pytest.mark.parametrize(("change", "kind"), [
    ({"kind": "gift"}, ProblemKind.UNKNOWN_KEY), ({"colour": "red"}, ProblemKind.UNKNOWN_KEY),
    ({"shares": "0"}, ProblemKind.BAD_NUMBER), ({"shares": "-1"}, ProblemKind.BAD_NUMBER),
    ({"shares": "1,000"}, ProblemKind.BAD_NUMBER), ({"on": "1999-13-01"}, ProblemKind.BAD_DATE),
    ({"at": "1999-08-06 10:00"}, ProblemKind.BAD_DATE), ({"holder": " "}, ProblemKind.MISSING_KEY),
    ({"grade": "sure"}, ProblemKind.UNKNOWN_KEY), ({"source": ""}, ProblemKind.MISSING_KEY),
])
def test_unfit_rows_are_problems_with_their_place(change, kind):
    with pytest.raises(Problem) as raised:
        fact_from({**TRANSFER, **change}, ZONE, Place("facts.jsonl", 3))
    assert raised.value.kind is kind and raised.value.place == Place("facts.jsonl", 3)


@pytest.mark.parametrize("key", ["on", "lot", "source", "shares"])
def test_what_is_required_must_be_there(key):
    with pytest.raises(Problem) as raised:
        fact_from({name: value for name, value in TRANSFER.items() if name != key}, ZONE)
    assert raised.value.kind is ProblemKind.MISSING_KEY


def test_a_notice_needs_its_time_of_day():
    with pytest.raises(Problem) as raised:
        fact_from({"kind": "notice_of_conversion", "on": "1999-08-06", "notice": "N", "holder": "a",
                   "face_amount": "1000", "date_specified": "1999-08-06", "source": "s"}, ZONE)
    assert raised.value.kind is ProblemKind.INCOMPLETE_FACT


def test_every_subject_of_a_kind_is_one_of_its_fields_or_the_company():
    for name, kind in KINDS.items():
        assert set(kind.subjects) <= set(kind.fields) | {"company"}, name
        assert kind.subjects, name


def test_no_two_subjects_have_a_kind_of_the_same_name() -> None:
    assert len(KINDS) == sum(len(subject.KINDS) for subject in SUBJECTS)


@pytest.mark.parametrize("tax", ["issue tax", "transfer tax", "income tax"])
def test_a_tax_is_said_with_its_amount_before_its_name(tax):
    row = {"kind": "tax_assessed", "on": "1999-08-06", "case": "X1", "notice": "N1", "tax": tax, "amount": "100",
           "source": "s"}
    assert fact_from(row, ZONE).says({}) == f"100 dollars of {tax} fall on notice N1 (X1)"


@pytest.mark.parametrize(("written", "read"), [
    ("0.18", (18, 100)), ("18%", (18, 100)), ("1", (1, 1)), (1, (1, 1)), ("100%", (1, 1)), ("120 %", (12, 10)),
])
def test_a_rate_is_a_part_of_one_or_has_a_percent_sign(written, read):
    assert highest_rate(written).details["rate"] == ratio(*read)


@pytest.mark.parametrize("written", ["18", "1.01", 18, "%", "-5%"])
def test_a_rate_above_one_needs_its_percent_sign(written):
    with pytest.raises(Problem) as raised:
        highest_rate(written)
    assert raised.value.kind is ProblemKind.BAD_NUMBER
