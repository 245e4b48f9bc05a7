"""Facts in the columns of a CSV file: the mapping is strict, dates are never guessed, the cell at fault is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from paripassu import codec
from paripassu.columns import columns_from, date_in, facts_in
from paripassu.values.problems import Place, Problem, ProblemKind

MAPPING = """format: 1
columns: {Booked: on, Ref: notice, Qty: shares}
constants: {kind: shares_delivered, source: the agent's file}
unused: [Remarks]
"""
TABLE = "Booked,Ref,Qty,Remarks\n1999-08-11,N1,100,\n1999-08-12,N2,7,late\n"


def rows(mapping: str = MAPPING, table: str = TABLE) -> list[tuple[dict[str, object], Place]]:
    return list(facts_in(codec.parse_csv(table, "agent.csv"), columns_from(codec.parse_yaml(mapping, "map.yaml"))))


def problem_of(work: Callable[[], object]) -> Problem:
    with pytest.raises(Problem) as raised:
        work()
    return raised.value


def test_a_row_is_the_constants_and_the_cells_that_are_mapped() -> None:
    assert rows() == [
        ({"kind": "shares_delivered", "source": "the agent's file", "on": "1999-08-11", "notice": "N1",
          "shares": "100"}, Place("agent.csv", 2)),
        ({"kind": "shares_delivered", "source": "the agent's file", "on": "1999-08-12", "notice": "N2", "shares": "7"},
         Place("agent.csv", 3)),
    ]


def test_a_mark_of_the_byte_order_is_not_part_of_the_first_column() -> None:
    assert rows(table="\ufeff" + TABLE) == rows()


def test_lots_and_words_are_translated_and_an_empty_cell_gives_no_field() -> None:
    mapping = """format: 1
columns: {Kind: kind, Sent: at, Ref: notice, Owner: holder, Face: face_amount, For: date_specified, Lots: lots}
constants: {source: a log}
words: {holder: {"CC INVESTMENTS LDC": cc-investments}}
"""
    head = "Kind,Sent,Ref,Owner,Face,For,Lots\n"
    line = "notice_of_conversion,1999-08-06 10:00 America/New_York,N1,CC INVESTMENTS LDC,2000,1999-08-06,"
    first, second = rows(mapping, f"{head}{line}B-1=1; B-2=1\n{line}\n")
    assert first[0]["lots"] == {"B-1": "1", "B-2": "1"}
    assert first[0]["holder"] == "cc-investments"
    assert "lots" not in second[0]
    unknown = problem_of(lambda: rows(mapping, head + line.replace("LDC", "LTD") + "\n"))
    assert (unknown.kind, str(unknown.place)) == (ProblemKind.UNKNOWN_NAME, "agent.csv:2, column Owner")


@pytest.mark.parametrize(("was", "now", "kind", "where"), [
    ("N2,7", "N2,7.5", ProblemKind.BAD_NUMBER, "agent.csv:3, column Qty"),
    ("N2,7", "N2,", ProblemKind.MISSING_KEY, "agent.csv:3, column Qty"),
    ("1999-08-12", "08/12/1999", ProblemKind.BAD_DATE, "agent.csv:3, column Booked"),
    ("1999-08-12", "1999-02-30", ProblemKind.BAD_DATE, "agent.csv:3, column Booked"),
    ("Remarks", "Notes", ProblemKind.UNKNOWN_KEY, "agent.csv:1"),
    ("Qty", "Quantity", ProblemKind.UNKNOWN_KEY, "agent.csv:1"),
    ("Ref", "Qty", ProblemKind.DUPLICATE, "agent.csv:1"),
])
def test_the_cell_or_column_at_fault_is_named(was: str, now: str, kind: ProblemKind, where: str) -> None:
    problem = problem_of(lambda: rows(table=TABLE.replace(was, now, 1)))
    assert (problem.kind, str(problem.place)) == (kind, where)


def test_a_column_that_the_mapping_expects_must_be_there() -> None:
    problem = problem_of(lambda: rows(table="Booked,Ref\n1999-08-11,N1\n"))
    assert (problem.kind, problem.what) == (ProblemKind.MISSING_KEY, "the file has no column 'Qty'")


@pytest.mark.parametrize(("was", "now", "kind", "line"), [
    ("format: 1", "format: 2", ProblemKind.MISSING_KEY, 1),
    ("unused:", "ignored:", ProblemKind.UNKNOWN_KEY, 4),
    ("Qty: shares", "Qty: share", ProblemKind.UNKNOWN_KEY, 2),
    ("Qty: shares", "Qty: notice", ProblemKind.DUPLICATE, 2),
    ("Qty: shares", "Qty: source", ProblemKind.DUPLICATE, 2),
    ("Qty: shares", "Qty: recorded", ProblemKind.UNKNOWN_KEY, 2),
    ("shares_delivered", "shares_sent", ProblemKind.UNKNOWN_KEY, 3),
    ("unused: [Remarks]", "unused: Remarks", ProblemKind.UNREADABLE, 4),
    ("unused: [Remarks]", "dates: D/M/Y", ProblemKind.UNKNOWN_KEY, 4),
    ("constants: {", "constants: [", ProblemKind.UNREADABLE, 3),
])
def test_an_unfit_mapping_is_named_with_its_line(was: str, now: str, kind: ProblemKind, line: int) -> None:
    changed = MAPPING.replace(was, now)
    problem = problem_of(lambda: rows(changed.replace("file}", "file]") if now.endswith("[") else changed))
    assert (problem.kind, problem.place and problem.place.line) == (kind, line)


@pytest.mark.parametrize(("text", "form"), [
    ("1999-08-12", "YYYY-MM-DD"), ("19990812", "YYYYMMDD"), ("12 Aug 1999", "DD MMM YYYY"),
    ("12-AUG-1999", "DD MMM YYYY"), ("Aug 12, 1999", "MMM DD, YYYY"), ("8/12/1999", "MM/DD/YYYY"),
    ("12/08/1999", "DD/MM/YYYY"), ("12.8.1999", "DD.MM.YYYY"),
])
def test_each_form_of_a_date(text: str, form: str) -> None:
    assert date_in(text, form) == date(1999, 8, 12)


@pytest.mark.parametrize(("text", "form"), [
    ("12 Agu 1999", "DD MMM YYYY"), ("13/12/1999", "MM/DD/YYYY"), ("12/08/99", "DD/MM/YYYY"), ("", "YYYYMMDD"),
    ("0/1/1999", "MM/DD/YYYY"),
])
def test_what_is_not_of_the_form_is_no_date(text: str, form: str) -> None:
    assert problem_of(lambda: date_in(text, form)).kind is ProblemKind.BAD_DATE


def test_months_as_numbers_need_a_day_that_cannot_be_a_month() -> None:
    mapping = MAPPING + "dates: MM/DD/YYYY\n"
    doubtful = TABLE.replace("1999-08-11", "08/11/1999").replace("1999-08-12", "08/12/1999")
    problem = problem_of(lambda: rows(mapping, doubtful))
    assert (problem.kind, str(problem.place)) == (ProblemKind.BAD_DATE, "agent.csv")
    proved = rows(mapping, doubtful.replace("08/12", "08/13"))
    assert [row["on"] for row, _ in proved] == ["1999-08-11", "1999-08-13"]
    # The 13th proves the order: read the other way round it is no date at all.
    other = problem_of(lambda: rows(MAPPING + "dates: DD/MM/YYYY\n", doubtful.replace("08/12", "08/13")))
    assert other.kind is ProblemKind.BAD_DATE
