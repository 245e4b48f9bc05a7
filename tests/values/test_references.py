"""A name that a fact uses must have been given: by the deal's parties, or by a fact of that day or before."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from paripassu.values.facts import fact_from
from paripassu.values.kinds import KINDS
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.references import check_references

PARTIES = ("company", "fund")


def checked(*rows: Mapping[str, str]) -> None:
    check_references([fact_from({"source": "s", **row}, "America/New_York") for row in rows], PARTIES)


def announced(on: str) -> dict[str, str]:
    return {"kind": "announcement", "on": on, "transaction": "T1", "kind_of_transaction": "merger"}


def consummated(on: str, transaction: str = "T1") -> dict[str, str]:
    return {"kind": "consummation", "on": on, "transaction": transaction}


def refused(*rows: Mapping[str, str]) -> Problem:
    with pytest.raises(Problem) as raised:
        checked(*rows)
    return raised.value


def test_a_transaction_is_one_announced_on_that_day_or_before() -> None:
    checked(announced("1999-09-30"), consummated("1999-09-30"))
    early = refused(announced("1999-10-01"), consummated("1999-09-30"))
    assert early.kind is ProblemKind.IMPOSSIBLE_FACT and "record the announcement" in early.remedy


def test_the_remedy_names_what_was_announced() -> None:
    wrong = refused(announced("1999-09-30"), consummated("1999-10-08", "T-1"))
    assert wrong.kind is ProblemKind.IMPOSSIBLE_FACT and "'T-1'" in wrong.what and wrong.remedy == "use T1"


@pytest.mark.parametrize(("giving", "using"), [
    ({"kind": "refusal_to_convert"}, {"kind": "undertaking_to_convert"}),
    ({"kind": "breach_notice", "by": "fund", "of": "spa", "matter": "legend"}, {"kind": "cure"}),
    ({"kind": "material_adverse_change", "by": "counsel", "reason": "fire"}, {"kind": "cure"}),
    ({"kind": "finding", "event": "breach", "of": "spa", "by": "counsel", "reason": "late"}, {"kind": "cure"}),
    ({"kind": "special_adjustment_notice", "holder": "fund", "action": "rights"}, {"kind": "adjustment_made"}),
])
def test_a_case_is_one_that_another_fact_opened(giving: Mapping[str, str], using: Mapping[str, str]) -> None:
    opened, used = {**giving, "on": "1999-10-01", "case": "C1"}, {**using, "on": "1999-10-04", "case": "C1"}
    checked(opened, used)
    assert refused(opened, {**used, "case": "C2"}).kind is ProblemKind.IMPOSSIBLE_FACT
    assert refused(used).kind is ProblemKind.IMPOSSIBLE_FACT


def reported(holder: str) -> dict[str, str]:
    return {"kind": "warrants_held", "on": "1999-10-01", "holder": holder, "shares": "0"}


def test_a_holder_is_a_party_or_somebody_to_whom_something_passes() -> None:
    checked(reported("fund"))
    unknown = refused(reported("fnd"))
    assert unknown.kind is ProblemKind.UNKNOWN_NAME and "use company, fund, or record first" in unknown.remedy
    passing = {"kind": "transfer", "on": "1999-10-04", "instrument": "series-b", "holder": "fund", "to": "buyer",
               "lot": "B-1", "shares": "1"}
    checked(passing, reported("buyer"))
    checked({"kind": "common_issued", "on": "1999-10-04", "holder": "another", "shares": "1", "under": "series-a"})


def test_a_report_of_what_is_owned_may_speak_of_anybody() -> None:
    checked({"kind": "beneficial_ownership", "on": "1999-10-01", "holder": "beta", "owned": "0", "acquirable": "0"})


def test_the_sentence_does_not_depend_on_the_order_of_the_facts() -> None:
    one, other = reported("a stranger"), consummated("1999-10-08", "T-1")
    assert refused(one, other).sentence == refused(other, one).sentence


def test_whoever_gives_a_name_is_a_field_of_a_kind() -> None:
    giving = {name for kind in KINDS.values() for field in kind.fields.values() for name in field.given_by}
    assert giving <= {f"{name}.{field}" for name, kind in KINDS.items() for field in kind.fields}
