"""Facts are held against the papers once: by every verb that replays, and by the check that does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from paripassu import codec, service, store
from paripassu.admitting import admitted
from paripassu.cases import check_cases
from paripassu.loading import agreement_from
from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.values.facts import fact_from
from paripassu.values.problems import Problem, ProblemKind

CALENDARS = store.read_calendars()
FOUND = {"kind": "finding", "on": "1999-09-13", "event": "listing_terminated", "of": "cod", "case": "D1",
         "by": "counsel", "reason": "resolved by the board", "source": "letter"}
UNFIT = [
    {**FOUND, "event": "listing_terminatd"},
    {**FOUND, "of": "rra"},
    {"kind": "issuance", "on": "1999-09-13", "instrument": "series-c", "holder": "castle-creek", "shares": "1",
     "lot": "L1", "source": "letter"},
    {"kind": "cure", "on": "1999-09-13", "case": "D1", "source": "letter"},
]
MISSPELT = """\
- id: misspelt
  entry: W05-8.1
  title: a finding with a misspelt name
  given:
    facts:
      - {kind: finding, "on": 2006-03-05, event: circumvented, of: warrant, case: C5, by: counsel, reason: none}
  when: 2006-03-05
  then:
    - {%s}
"""


def refused(ask: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as caught:
        ask()
    return caught.value


@pytest.mark.parametrize("row", UNFIT, ids=lambda row: f"{row['kind']} {row.get('event', '')} {row.get('of', '')}")
def test_check_refuses_what_a_statement_refuses_in_the_same_sentence(row: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    question = Question("valence-1998", parse_date("1999-09-30"), facts_files=(str(path),))
    told, checked = refused(lambda: service.state(question)), refused(lambda: service.check(question))
    assert checked.sentence == told.sentence
    assert "facts.jsonl:1" in checked.sentence


def test_a_finding_is_of_an_event_and_a_paper_that_a_clause_listens_to() -> None:
    folder = store.read_deal("valence-1998")
    agreement = agreement_from(folder.agreement, CALENDARS, folder.digest)
    misspelt, elsewhere = (
        refused(lambda row=row: admitted(agreement, [fact_from(row, agreement.zone)], CALENDARS)) for row in UNFIT[:2]
    )
    assert misspelt.kind is ProblemKind.UNKNOWN_NAME and "listing_terminated" in misspelt.remedy
    assert elsewhere.remedy == "record it of cod"
    assert admitted(agreement, [fact_from(FOUND, agreement.zone)], CALENDARS)[1]


def test_a_worked_case_with_such_a_finding_is_refused_with_its_line() -> None:
    folder = store.read_deal("valence-2005")
    agreement = agreement_from(folder.agreement, CALENDARS, folder.digest)

    def source(then: str) -> codec.Parsed:
        return codec.parse_yaml(MISSPELT % then, "made.yaml")

    problem = refused(lambda: check_cases(source("absent: circumvention"), agreement, CALENDARS))
    assert "made.yaml:1" in problem.sentence and "'circumvented'" in problem.sentence
    check_cases(source("problem: unknown-name"), agreement, CALENDARS)
