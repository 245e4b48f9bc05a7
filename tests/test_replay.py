"""Replay and explanation on the Series B: order, knowledge, deadlines, what is upcoming, what a figure came from."""

from datetime import date

import pytest

from paripassu import store
from paripassu.explaining import explain
from paripassu.loading import agreement_from
from paripassu.replay import replay
from paripassu.values.facts import fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import Market
from paripassu.values.problems import Problem, ProblemKind

CALENDARS = store.read_calendars()
FOLDER = store.read_deal("valence-1998")
SERIES_B = agreement_from(FOLDER.agreement, CALENDARS, FOLDER.digest)
ISSUED = {"kind": "issuance", "on": "1998-12-18", "instrument": "series-b", "holder": "alpha", "shares": "100",
          "lot": "L1"}
NOTICE = {"kind": "notice_of_conversion", "at": "1999-03-01 10:00 America/New_York", "notice": "N1", "holder": "alpha",
          "face_amount": "10000", "date_specified": "1999-03-01"}
REPORTS = [{"kind": "shares_outstanding", "on": "1998-12-18", "shares": "26000000"},
           {"kind": "beneficial_ownership", "on": "1998-12-18", "holder": "alpha", "owned": "0", "acquirable": "0"}]
HANDED_IN = {"kind": "certificates_delivered", "on": "1999-03-02", "notice": "N1"}


def done(*rows, as_of, known_at=None):
    facts = [fact_from({"source": "paper", **row}, SERIES_B.zone) for row in rows]
    return replay(SERIES_B, facts, Market((), CALENDARS), as_of, known_at)


def test_an_empty_record_has_no_effects():
    assert done(as_of=date(1999, 1, 1)).state.place == 0


def test_a_conversion_is_carried_out_to_the_share():
    # 73 days of premium: 60 x 73/365 = 12; 10 x 1012 / 6.03 = 1678.27..., rounded up.
    state = done(ISSUED, *REPORTS, NOTICE, HANDED_IN, as_of=date(1999, 3, 1)).state
    assert state.total("common", "alpha") == 1679 and state.total("series-b", "alpha") == 90


def test_a_duty_is_open_through_its_day_and_breached_after_it():
    # Three business days after Monday March 1 is Thursday March 4; a day after the certificates came is the 3rd.
    day, following = date(1999, 3, 4), date(1999, 3, 5)
    before = done(ISSUED, *REPORTS, NOTICE, HANDED_IN, as_of=date(1999, 3, 3)).state
    owed = before.obligation("deliver_common", "N1")
    assert owed.due == day and owed.status == "open"
    assert any(one.moment.date == day and one.subject == "N1" for one in before.upcoming)
    late = done(ISSUED, *REPORTS, NOTICE, HANDED_IN, as_of=following).state
    assert late.obligation("deliver_common", "N1").status == "breached"
    delivered = {"kind": "shares_delivered", "on": "1999-03-04", "notice": "N1", "shares": "1679"}
    kept = done(ISSUED, *REPORTS, NOTICE, HANDED_IN, delivered, as_of=following).state
    assert kept.obligation("deliver_common", "N1").status == "performed"
    assert not kept.obligation("deliver_common", "N1").late


def test_what_was_recorded_later_is_not_known_yet():
    late = {**ISSUED, "lot": "L2", "recorded": "1999-02-01"}
    assert done(ISSUED, late, as_of=date(1999, 3, 1), known_at=date(1999, 1, 31)).state.total("series-b", "") == 100
    assert done(ISSUED, late, as_of=date(1999, 3, 1), known_at=date(1999, 2, 1)).state.total("series-b", "") == 200


def test_a_fact_that_cannot_be_true_is_a_problem():
    transfer = {"kind": "transfer", "on": "1999-01-05", "instrument": "series-b", "holder": "alpha", "to": "beta",
                "lot": "L1", "shares": "101"}
    with pytest.raises(Problem) as raised:
        done(ISSUED, transfer, as_of=date(1999, 2, 1))
    assert raised.value.kind is ProblemKind.IMPOSSIBLE_FACT
    assert done(ISSUED, {**transfer, "shares": "100"}, as_of=date(1999, 2, 1)).state.total("series-b", "beta") == 100


def test_an_explanation_names_sections_inputs_grades_and_sources():
    made = done({**ISSUED, "grade": "assumed"}, as_of=date(1999, 3, 1))
    names = made.names["series-b"]
    figure = explain(names, "premium", names.point(None, None, {}))
    assert figure.value == 12 and str(figure.citation) == "cod III.F" and figure.grade is Grade.ASSUMED
    steps = {one.name: one for one in figure.walk()}
    assert steps["days_elapsed"].value == 73 and steps["days_elapsed"].turns_on.startswith("R-PREM-N")
    assert steps["closing_date"].source == "paper" and steps["premium_rate"].how == "stated in the agreement"


def test_an_explanation_of_a_holding_lists_its_movements():
    transfer = {"kind": "transfer", "on": "1999-01-05", "instrument": "series-b", "holder": "alpha", "to": "beta",
                "lot": "L1", "shares": "40"}
    names = done(ISSUED, transfer, as_of=date(1999, 2, 1)).names["series-b"]
    figure = explain(names, "shares_held", names.point(None, None, {"holder": "alpha"}))
    assert figure.value == 60 and [one.value for one in figure.inputs] == [100, -40]
    everybody = explain(names, "preferred_outstanding", names.point(None, None, {}))
    assert everybody.value == 100 and [one.value for one in everybody.inputs] == [100]


@pytest.mark.parametrize(("when", "remedy"), [
    ({"at": "1999-02-01 10:00 America/New_York"}, "record the seconds too"),
    ({"on": "1999-02-01"}, "record the time of day of both"),
])
def test_the_remedy_for_an_open_order_is_one_that_is_not_taken_yet(when, remedy):
    reports = [{"kind": "shares_outstanding", "shares": shares, **when} for shares in ("1000", "2000")]
    with pytest.raises(Problem) as raised:
        done(ISSUED, *reports, as_of=date(1999, 3, 1))
    assert raised.value.kind is ProblemKind.AMBIGUOUS_ORDER and raised.value.remedy.startswith(remedy)


def test_the_agenda_runs_through_the_last_day_of_the_trading_calendar_and_no_further():
    # Monday December 31, 2035 is a trading day, and there is no next one to look for.
    late = {**ISSUED, "on": "2035-12-27"}
    assert done(late, as_of=date(2035, 12, 31)).state.total("series-b", "alpha") == 100
    for day in (date(2036, 1, 1), date(1989, 12, 31)):
        with pytest.raises(Problem) as caught:
            done(late, as_of=day)
        assert caught.value.kind is ProblemKind.OUTSIDE_COVERAGE
