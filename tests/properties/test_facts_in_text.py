"""A fact written and read again is the same fact; what was not written so is refused, never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import AGREEMENT, QUICK, Story, stories

from paripassu import codec
from paripassu.values.facts import fact_from
from paripassu.values.kinds import KINDS
from paripassu.values.problems import Problem

TREES = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3), max_leaves=6,
)


@settings(QUICK, max_examples=30)
@given(stories())
def test_facts_survive_being_written_as_json_lines(story: Story) -> None:
    text = "\n".join(json.dumps(row) for row in story.rows)
    parsed = list(codec.parse_json_lines(text, "story.jsonl"))
    assert [fact_from(row, AGREEMENT.zone) for row, _ in parsed] == story.facts()
    assert [place.line for _, place in parsed] == list(range(1, len(story.rows) + 1))


@settings(QUICK, max_examples=60)
@given(st.sampled_from(sorted(KINDS)), st.dictionaries(st.sampled_from(
    ["on", "at", "source", "shares", "holder", "lot", "notice", "amount", "lots", "grade", "recorded"]), TREES))
def test_whatever_stands_in_a_row_is_a_fact_or_a_problem(kind: str, fields: dict[str, Any]) -> None:
    try:
        fact = fact_from({"kind": kind, **fields}, AGREEMENT.zone)
    except Problem:
        return
    assert fact.kind == kind and fact.effective


@settings(QUICK, max_examples=60)
@given(st.text(max_size=60))
def test_whatever_stands_in_a_file_is_read_or_a_problem(text: str) -> None:
    for read in (codec.parse_json_lines, codec.parse_csv):
        try:
            for value, place in read(text, "file"):
                assert isinstance(value, dict) and place.line
        except Problem:
            continue


@settings(QUICK, max_examples=60)
@given(TREES)
def test_json_out_is_the_same_text_for_the_same_value(tree: Any) -> None:
    assert codec.to_json(tree) == codec.to_json(json.loads(codec.to_json(tree)))


def test_a_number_in_json_stays_the_text_that_was_written() -> None:
    ((row, _),) = codec.parse_json_lines('{"kind": "split", "before": 6.030, "after": 12}', "f")
    assert row == {"kind": "split", "before": "6.030", "after": "12"}
    with pytest.raises(Problem):
        list(codec.parse_json_lines('{"a": 1, "a": 2}', "f"))
