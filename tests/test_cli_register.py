"""The register at the command line and from a book: files of rows, JSON, options that are wrong, two times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consoles import run
from paripassu import codec
from paripassu.views.register_sheet import CERTIFICATE_COLUMNS, MOVEMENT_COLUMNS

ISSUED = {"kind": "certificate_issued", "on": "1998-12-18", "security": "series-b", "certificate": "PB-1",
          "holder": "cc-investments", "shares": "7500", "legends": ["legend", "second legend"], "source": "the agent"}
VERB = "paripassu register valence-1998 --facts facts.jsonl --as-of 1999-11-04"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.jsonl").write_text(json.dumps(ISSUED) + "\n", encoding="utf-8")
    return tmp_path


def test_rows_are_printed_or_written_alike(folder: Path) -> None:
    printed = run(f"{VERB} --csv -", folder)
    written = run(f"{VERB} --csv rows.csv", folder)
    assert (printed.status, written.status) == (0, 0)
    assert printed.text == (folder / "rows.csv").read_text(encoding="utf-8")
    assert written.text.endswith("Written: rows.csv\n") and "CONTROL TOTALS" in written.text
    (row,) = [row for row, _ in codec.parse_csv(printed.text, "rows")]
    assert tuple(row) == CERTIFICATE_COLUMNS
    assert (row["certificate"], row["shares"], row["legends"]) == ("PB-1", "7500", "legend; second legend")


def test_with_a_period_the_rows_are_movements(folder: Path) -> None:
    ran = run(f"{VERB} --from 1998-12-18 --csv -", folder)
    rows = [row for row, _ in codec.parse_csv(ran.text, "rows")]
    (row,) = [row for row in rows if row["asset"] == "series-b"]
    assert all(tuple(one) == MOVEMENT_COLUMNS for one in rows)
    assert (row["from"], row["to"], row["quantity"]) == ("(issuer)", "cc-investments", "7500")


def test_json_holds_register_and_roll_forward(folder: Path) -> None:
    made = json.loads(run(f"{VERB} --from 1998-12-18 --json", folder).text)
    assert made["register"]["certificates"][0]["number"] == "PB-1"
    assert made["register"]["totals"][0]["difference"] == "0"
    assert ["as of", "1999-11-04"] in made["receipt"]
    total = made["roll_forward"]["shares"]["series-b"][-1]
    assert (total["opening"], total["moved"], total["closing"]) == ("0", {"issued": "7500"}, "7500")
    assert json.loads(run(f"{VERB} --json", folder).text)["roll_forward"] is None


@pytest.mark.parametrize(("more", "status", "words"), [
    ("--instrument series-z", 27, "use series-b"),
    ("--from 1999-11-05", 16, "give --from a day no later than --as-of"),
    ("--from yesterday", 16, "--from"),
    ("--csv no/such/folder/rows.csv", 10, "create it or name another"),
])
def test_what_is_wrong_is_one_sentence(folder: Path, more: str, status: int, words: str) -> None:
    ran = run(f"{VERB} {more}", folder)
    assert ran.status == status and words in ran.errors and len(ran.errors.splitlines()) == 1


def test_a_certificate_that_cannot_be_is_named_with_its_line(folder: Path) -> None:
    second = {**ISSUED, "certificate": "PB-2", "shares": "1", "on": "1999-01-04"}
    (folder / "facts.jsonl").write_text(f"{json.dumps(ISSUED)}\n{json.dumps(second)}\n", encoding="utf-8")
    ran = run(VERB, folder)
    assert ran.status == 23
    assert ran.errors.startswith("impossible-fact: facts.jsonl:2: certificate PB-2 of series-b")


def test_a_book_keeps_the_register_and_what_was_known_of_it(folder: Path) -> None:
    assert run("paripassu start desk --from valence-1998 --by Ann", folder).status == 0
    assert run("paripassu record desk --by Ann --file facts.jsonl --yes", folder).status == 0
    verb = "paripassu register desk --as-of 1999-11-04"
    assert "outstanding  legend; second" in run(verb, folder).text
    before = run(f"{verb} --known-at 1999-11-04", folder)
    assert "as known on 1999-11-04" in before.text
    assert "Certificate detail: No certificate is recorded." in before.text


def test_the_statement_shows_certificates_beside_what_is_held(folder: Path) -> None:
    text = run("paripassu state valence-1998 --facts facts.jsonl --as-of 1999-11-04", folder).text
    held = next(line for line in text.splitlines() if line.startswith("CC Investments, LDC") and "B-1" in line)
    assert "PB-1" in held
    assert "Certificate detail" in text
    assert "Certificate detail" not in run("paripassu state valence-1998 --as-of 1999-11-04", folder).text
