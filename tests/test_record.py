"""Recording as the desk does it: a file of columns, and field by field at a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from consoles import ROOT, run
from paripassu import booking, store
from paripassu.prompts import KIND, Prompt, prompts
from paripassu.values.entries import EntryKind
from paripassu.values.kinds import KINDS
from paripassu.values.kinds.written import MEANINGS
from paripassu.values.market import OBSERVABLES, TAPES
from paripassu.values.problems import Problem, ProblemKind
from test_booking import MONDAY, TUESDAY, begun, desk

__all__ = ["begun", "desk"]

MAPPING = """format: 1
columns: {Date: on, Holder: holder, Owned: owned}
constants: {kind: beneficial_ownership, acquirable: "0", source: the holder's letters}
words: {holder: {CC Investments LDC: cc-investments}}
dates: DD MMM YYYY
"""
TABLE = "Date,Holder,Owned\n04 Jan 1999,CC Investments LDC,10\n05 Jan 1999,CC Investments LDC,20\n"


def entries(desk: str) -> tuple[object, ...]:
    with store.Book.open(f"{desk}/deal.book") as book:
        return book.entries()


def written(folder: Path, table: str = TABLE) -> tuple[str, str]:
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (folder / "owned.csv").write_text(table, encoding="utf-8")
    return str(folder / "owned.csv"), str(folder / "map.yaml")


def test_columns_are_recorded_as_the_facts_they_hold(desk: str, tmp_path: Path) -> None:
    file, mapping = written(tmp_path)
    prepared = booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], mapping=mapping)
    assert prepared.new == 2
    first, _ = booking.commit(prepared, TUESDAY)
    assert json.loads(first.body) == {
        "kind": "beneficial_ownership", "on": "1999-01-04", "holder": "cc-investments", "owned": "10",
        "acquirable": "0", "source": "the holder's letters",
    }
    assert booking.prepare(desk, "Ann", TUESDAY, facts_files=[file], mapping=mapping).new == 0


def test_a_bad_cell_is_named_and_nothing_of_the_file_is_recorded(desk: str, tmp_path: Path) -> None:
    before = Path(desk, "deal.book").read_bytes()
    written(tmp_path, TABLE.replace("20\n", "20.5\n"))
    ran = run("paripassu record desk --by Ann --file owned.csv --mapping map.yaml --yes", tmp_path)
    assert ran.status == ProblemKind.BAD_NUMBER.exit_code
    assert ran.errors.startswith("bad-number: owned.csv:3, column Owned: 20.5 is not a whole number; ")
    assert Path(desk, "deal.book").read_bytes() == before


@pytest.mark.parametrize("command", [
    "--file owned.csv", "--file facts.jsonl --mapping map.yaml", "--mapping map.yaml",
])
def test_a_csv_file_and_a_mapping_need_each_other(desk: str, tmp_path: Path, command: str) -> None:
    written(tmp_path)
    (tmp_path / "facts.jsonl").write_text("", encoding="utf-8")
    assert run(f"paripassu record desk --by Ann {command}", tmp_path).status == ProblemKind.MISSING_KEY.exit_code


def test_what_is_only_assumed_is_an_assumption_of_the_book(desk: str, tmp_path: Path) -> None:
    row = {"kind": "shares_outstanding", "on": "1999-08-02", "shares": "27000000", "grade": "assumed",
           "source": "Ann Example, until the agent's count arrives"}
    prepared = booking.prepare(desk, "Ann", TUESDAY, typed_facts=[row])
    (entry,) = booking.commit(prepared, TUESDAY)
    assert entry.kind is EntryKind.ASSUMPTION
    listed = "What this rests on, Assumptions: 1999-08-02; 27,000,000 shares of Common Stock are outstanding; "
    assert any(line.startswith(listed + "Ann Example") for line in prepared.changes.come)


# -- field by field


def test_a_meaning_is_of_a_field_that_some_kind_has() -> None:
    assert set(MEANINGS) - {name for kind in KINDS.values() for name in kind.fields} == set()


def test_names_are_a_list_and_words_are_those_of_the_kind() -> None:
    asked = {one.name: one for one in [*prompts("certificate_issued"), *prompts("certificate_lost")]}
    assert asked["out_of"].read("B-1; B-2") == {"out_of": ["B-1", "B-2"]}
    assert "how: what became of it (lost or stolen or destroyed)" in asked["how"].says


def not_taken(asked: dict[str, Prompt], answers: dict[tuple[str, str], ProblemKind]) -> bool:
    """Whether each answer to a question is refused with its kind of Problem."""
    found = {}
    for name, answer in answers:
        with pytest.raises(Problem) as raised:
            asked[name].read(answer)
        found[name, answer] = raised.value.kind
    return found == answers


@pytest.mark.parametrize("observable", sorted(set(OBSERVABLES) - set(TAPES)))
def test_every_price_can_be_asked_for(observable: str) -> None:
    asked = {one.name: one for one in prompts(observable)}
    quoted = ["quoted_by"] if observable.startswith("pink_sheet") else []
    assert [*asked] == ["date", "value", *quoted, "printed", "source", "grade"]
    assert OBSERVABLES[observable] in asked["value"].says
    assert observable not in KINDS, "one name for a fact and a price"


def test_answers_that_are_no_price_are_refused_with_their_sentence() -> None:
    asked = {one.name: one for one in prompts("pink_sheet_bid")}
    assert not_taken(asked, {
        ("date", "4 January"): ProblemKind.BAD_DATE, ("value", "0"): ProblemKind.BAD_NUMBER,
        ("value", "-6"): ProblemKind.BAD_NUMBER, ("value", "six"): ProblemKind.BAD_NUMBER,
        ("quoted_by", " "): ProblemKind.MISSING_KEY, ("grade", "sure"): ProblemKind.UNKNOWN_KEY,
    })
    assert asked["value"].read("4 27/32") == {"value": "4 27/32"}
    with pytest.raises(Problem) as raised:
        KIND.read("trades")
    assert raised.value.remedy == "record their file with --prices FILE"
    with pytest.raises(Problem) as raised:
        KIND.read("?")
    assert "; price: closing_bid, otc_last_sale, " in raised.value.remedy
    assert ", trades" not in raised.value.remedy


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_asked_for(kind: str) -> None:
    asked = [one.name for one in prompts(kind)]
    assert asked == ["when", *KINDS[kind].fields, "source", "grade"]


def test_answers_that_are_none_are_refused_with_their_sentence() -> None:
    asked = {one.name: one for one in prompts("notice_of_conversion")}
    assert not_taken(asked, {
        ("when", "1999-08-06"): ProblemKind.BAD_DATE, ("face_amount", "0"): ProblemKind.BAD_NUMBER,
        ("lots", "B-1"): ProblemKind.UNREADABLE, ("lots", "B-1=1; B-1=2"): ProblemKind.UNREADABLE,
        ("grade", "sure"): ProblemKind.UNKNOWN_KEY, ("source", ""): ProblemKind.MISSING_KEY,
    })
    with pytest.raises(Problem) as raised:
        KIND.read("?")
    assert "act done: issuance, transfer" in raised.value.remedy
    assert asked["lots"].read("B-1=1; B-2=2") == {"lots": {"B-1": "1", "B-2": "2"}}
    assert asked["when"].read("1999-08-06 10:00 America/New_York") == {"at": "1999-08-06 10:00 America/New_York"}


def at_a_terminal(command: list[str], folder: Path, answers: list[str]) -> tuple[int, str]:
    """Run a command with a terminal for all its streams, and type the answers; its exit status and what it showed."""
    main, other = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120", "TERM": "dumb"}
    with subprocess.Popen(
        [sys.executable, "-m", "paripassu", *command], cwd=folder, env=environment, stdin=other, stdout=other,
        stderr=other, close_fds=True,
    ) as running:
        os.close(other)
        os.write(main, "".join(f"{answer}\n" for answer in answers).encode())
        shown = b""
        try:
            while part := os.read(main, 4096):
                shown += part
        except OSError:
            pass  # what a terminal says when nobody is at its other end any more
        status = running.wait(30)
    os.close(main)
    return status, shown.decode().replace("\r\n", "\n")


def test_a_fact_is_asked_for_field_by_field_previewed_and_recorded(desk: str, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("abc", encoding="utf-8")
    status, shown = at_a_terminal(
        ["record", "desk", "--by", "Ann", "--as-of", "1999-08-09"], tmp_path,
        ["beneficial", "beneficial_ownership", "4 January", "1999-01-04", "cc-investments", "1.5", "15", "0",
         "the holder's letter", "", "letter.txt", "y", "n"],
    )
    assert status == 0, shown
    assert "'beneficial' is not a kind of fact or price; use one of paper received: " in shown
    assert "'4 January' is not a date; write it as YYYY-MM-DD" in shown
    assert "1.5 is not a whole number; write a whole number of shares." in shown
    assert "owned: shares that the holder and its affiliates own, without those they may only acquire (a" in shown
    assert "1 to record\nin the statement of 1999-08-09:\n" in shown
    last = entries(desk)[-1]
    assert json.loads(last.body) == {  # type: ignore[attr-defined]
        "kind": "beneficial_ownership", "on": "1999-01-04", "holder": "cc-investments", "owned": "15",
        "acquirable": "0", "source": "the holder's letter", "grade": "recorded",
    }
    # The digest of abc is the example of FIPS 180-2.
    assert last.evidence.digest.startswith("ba7816bf8f01cfea")  # type: ignore[attr-defined]


def test_a_fact_that_cannot_be_is_asked_for_again_and_may_be_declined(desk: str, tmp_path: Path) -> None:
    before = entries(desk)
    wrong = ["transfer", "1999-08-06", "series-b", "cc-investments", "another", "B-1", "8000", "x", "", ""]
    again = ["", "", "", "", "", "", "80", "", "", ""]
    status, shown = at_a_terminal(
        ["record", "desk", "--by", "Ann", "--as-of", "1999-08-09"], tmp_path, [*wrong, *again, "n", "n"],
    )
    assert status == 0, shown
    assert "cc-investments transfers 8000 shares of lot B-1 on 1999-08-06 but holds 7500" in shown
    assert "The answers again; Enter keeps one." in shown
    assert "nothing was recorded" in shown
    assert entries(desk) == before


def test_a_price_is_asked_for_field_by_field_previewed_and_recorded(desk: str, tmp_path: Path) -> None:
    (tmp_path / "sheet.txt").write_text("abc", encoding="utf-8")
    status, shown = at_a_terminal(
        ["record", "desk", "--by", "Ann", "--as-of", "1999-08-09"], tmp_path,
        ["closing_bid", "5 August", "1999-08-05", "0", "6 1/8", "6.13", "a broker's sheet", "", "sheet.txt", "y", "y",
         "closing_bid", "1999-08-05", "7", "", "another sheet", "", "",
         "", "1999-08-06", "", "", "", "", "", "n", "n"],
    )
    assert status == 0, shown
    assert "'5 August' is not a date; write it as YYYY-MM-DD" in shown
    assert "a closing_bid of 0; give a price above zero, or leave the day out when there was none." in shown
    assert "value: closing bid price on the principal market, in dollars per share" in shown
    assert "1 to record\nin the statement of 1999-08-09:\n" in shown
    # The day has a bid now: the second is refused with its sentence, its answers are asked for again, and it is left.
    assert "two observations of closing_bid on 1999-08-05; keep one" in shown
    assert "The answers again; Enter keeps one." in shown
    assert shown.count("recorded as entry") == 1
    last = entries(desk)[-1]
    assert (last.kind, str(last.effective)) == (EntryKind.MARKET, "1999-08-05")  # type: ignore[attr-defined]
    assert json.loads(last.body) == {  # type: ignore[attr-defined]
        "observable": "closing_bid", "date": "1999-08-05", "value": "6 1/8", "printed": "6.13",
        "source": "a broker's sheet", "grade": "recorded",
    }
    assert last.evidence.digest.startswith("ba7816bf8f01cfea")  # type: ignore[attr-defined]


def test_a_price_typed_is_the_price_of_a_file(desk: str, tmp_path: Path) -> None:
    row = {"observable": "closing_bid", "date": "1999-08-05", "value": "6 1/8", "source": "x", "grade": "recorded"}
    (tmp_path / "bids.csv").write_text(
        "observable,date,value,source,grade\nclosing_bid,1999-08-05,6 1/8,x,recorded\n", encoding="utf-8")
    typed = booking.prepare(desk, "Ann", TUESDAY, typed_prices=[row])
    (of_file,) = booking.prepare(desk, "Ann", TUESDAY, prices_files=[str(tmp_path / "bids.csv")]).submissions
    assert typed.submissions == (of_file._replace(key=typed.submissions[0].key),)
    booking.commit(typed, TUESDAY)
    other = {**row, "date": "1999-08-06"}
    both = booking.prepare(desk, "Ann", TUESDAY, typed_prices=[other], typed_facts=[
        {"kind": "reserve_increase", "on": "1999-08-02", "shares": "10", "source": "board minutes"}])
    assert len(booking.commit(both, TUESDAY)) == 2


def test_two_identical_facts_typed_one_after_another_are_two_entries(desk: str) -> None:
    row = {"kind": "reserve_increase", "on": "1999-08-02", "shares": "10", "source": "board minutes"}
    count = len(entries(desk))
    for clock in (MONDAY, TUESDAY):
        booking.commit(booking.prepare(desk, "Ann", clock, typed_facts=[row]), clock)
    assert len(entries(desk)) == count + 2
