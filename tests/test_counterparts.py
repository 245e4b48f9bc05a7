"""A figure that is another figure in another case: who asks for the one is told of the other and of its subjects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from paripassu import service
from paripassu.agreement import subjects_of
from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.values.problems import Problem, ProblemKind

REFUSED = {"kind": "refusal_to_convert", "on": "1999-10-01", "case": "R1", "source": "letter"}
OF_REFUSAL = {"case": "R1", "holder": "cc-investments"}
DEAL = service.load(Question("valence-1998"))


@pytest.fixture
def question(tmp_path: Path) -> Question:
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps(REFUSED), encoding="utf-8")
    return Question("valence-1998", parse_date("1999-10-05"), facts_files=(str(path),))


def test_a_default_payment_asked_of_a_refusal_leads_to_the_figure_that_is_owed(question: Question) -> None:
    with pytest.raises(Problem) as caught:
        service.figure(question, "", "default_payment", OF_REFUSAL, {})
    assert caught.value.kind is ProblemKind.INCOMPLETE_FACT
    assert "one notice" in caught.value.what
    assert "ask refusal_payment: --at holder=... --at case=..." in caught.value.remedy
    # October 2 to 5: four days of 500, all to the only holder.
    assert service.figure(question, "", "refusal_payment", OF_REFUSAL, {}).value == 2000


def test_where_the_notice_is_named_only_what_is_missing_is_asked_for(question: Question) -> None:
    with pytest.raises(Problem) as caught:
        service.figure(question, "", "default_payment", {"notice": "N1"}, {})
    assert "one holder" in caught.value.what and "refusal" not in caught.value.remedy


def test_every_counterpart_is_a_figure_of_other_subjects_than_the_one_asked_for() -> None:
    found = [
        (instrument, name, other) for instrument in DEAL.agreement.instruments.values()
        for clause in instrument.clauses for name, (_, other) in clause.counterparts.items()
    ]
    assert found
    for instrument, name, other in found:
        assert set(subjects_of(instrument, name)) - set(subjects_of(instrument, other)) == {"notice"}
        assert "case" in subjects_of(instrument, other)
