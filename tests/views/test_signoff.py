"""The page to be signed: every assumption, reading and finding of a statement, with names, reasons, lines to sign."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from paripassu import service
from paripassu.render.html import page
from paripassu.render.text import sheet_text
from paripassu.service import Question
from paripassu.values.sheets import Section, Sheet, Signatures, Table
from paripassu.views.signoff import SignOff

NOVEMBER = date(1999, 11, 3)
ASSUMED = {"kind": "beneficial_ownership", "on": "1999-11-03", "holder": "cc-investments", "owned": "0",
           "acquirable": "0", "source": "Bea Example, for this question", "grade": "assumed"}
FOUND = {"kind": "finding", "on": "1999-11-02", "event": "false_representation", "of": "spa", "case": "D2",
         "by": "holder's counsel", "reason": "misstated capitalisation", "source": "letter of the holder's counsel"}


@pytest.fixture(scope="module")
def signed() -> tuple[SignOff, Sheet]:
    return service.signoff(Question("valence-1998", NOVEMBER))


def rows(sheet: Sheet, title: str) -> list[tuple[str, ...]]:
    (table,) = [block for section in sheet.sections for block in section.blocks
                if isinstance(block, Table) and block.title == title]
    return [tuple(map(str, row)) for row in table.rows]


def test_every_reading_of_the_deal_is_on_the_page_once(signed: tuple[SignOff, Sheet]) -> None:
    _, sheet = signed
    agreement = service.load(Question("valence-1998")).agreement
    asked = [f"{reading.id} of {one.name}" for one in agreement.instruments.values() for reading in one.readings()]
    shown = [row[0] for section in sheet.sections for block in section.blocks if isinstance(block, Table)
             for row in block.rows if block.columns[0] == "reading"]
    assert sorted(map(str, shown)) == sorted(asked)


def test_a_reading_is_told_with_its_answer_who_why_what_turns_on_it_and_its_section(
    signed: tuple[SignOff, Sheet]
) -> None:
    (row,) = [one for one in rows(signed[1], "By what turns on them") if one[0] == "R-PREM-N of series-b"]
    assert row[1] == "Is the closing date itself one of the days from it to the conversion date?"
    assert row[2] == "exclude first"
    assert row[3].startswith("specification: the closing date is excluded as usual")
    # 261 more shares at the highest price and 317 at the lowest that the one missing bid allows, at $6.00.
    assert row[4] == "count both: undetermined, between $1,566.00 and $1,902.00"
    assert row[5] == "cod III.F"


def test_the_reading_on_which_most_turns_comes_first(signed: tuple[SignOff, Sheet]) -> None:
    made, sheet = signed
    (first, *rest) = rows(sheet, "By what turns on them")
    assert first[0] == f"{made.ranking.effects[0].reading} of {made.ranking.effects[0].instrument}"
    assert rest[-1][4].endswith("no effect on this date")


def test_an_assumption_is_told_with_the_name_behind_it(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(ASSUMED) + "\n", encoding="utf-8")
    made, sheet = service.signoff(Question("valence-1998", NOVEMBER, facts_files=(str(facts),)))
    (row,) = [one for one in rows(sheet, "Taken as given, by whom") if one[2].startswith("Bea Example")]
    assert (row[0], row[3]) == ("1999-11-03", "assumed")
    assert "own 0 shares" in row[1]
    assert "closing bid" in made.missing
    earlier, _ = service.signoff(Question("valence-1998", date(1999, 11, 2), facts_files=(str(facts),)))
    assert not [one for one in earlier.assumptions if one.source.startswith("Bea Example")]


def test_a_finding_is_told_from_its_day_on(tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(FOUND) + "\n", encoding="utf-8")
    told = [
        service.signoff(Question("valence-1998", day, facts_files=(str(facts),)))[0].findings
        for day in (date(1999, 11, 1), date(1999, 11, 2))
    ]
    assert told[0] == ()
    (found,) = told[1]
    assert found.source == "letter of the holder's counsel" and found.says.startswith("holder's counsel finds")


def test_without_an_assumption_the_page_says_so(signed: tuple[SignOff, Sheet]) -> None:
    assert signed[0].assumptions == ()
    assert "None: every figure recorded is from a filing" in sheet_text(signed[1])


def test_everybody_has_lines_to_sign_in_text_and_on_the_page(signed: tuple[SignOff, Sheet]) -> None:
    made, sheet = signed
    (lines,) = [block for section in sheet.sections for block in section.blocks if isinstance(block, Signatures)]
    assert lines.who == (*service.load(Question("valence-1998")).agreement.parties.values(), "Prepared by")
    text, drawn = sheet_text(sheet), service.page_of(sheet)
    for who in lines.who:
        assert f"\n{who}\n  signature   ____" in text
        assert f"<h3>{who}</h3>" in drawn
    assert text.count("signature   _") == len(lines.who)
    assert drawn.count("<dt>signature</dt><dd></dd>") == len(lines.who)


def test_a_name_is_drawn_as_text_whatever_is_in_it() -> None:
    sheet = Sheet("t", "s", (Section("Signatures", (Signatures(("A & B <LLC>",)),)),))
    drawn = service.page_of(sheet)
    assert "<h3>A &amp; B &lt;LLC&gt;</h3>" in drawn
    assert page(sheet, "{{ sections[0].blocks[0][1].who[0] }}", "") == "A &amp; B &lt;LLC&gt;"


def test_the_page_carries_what_the_statement_rests_on(signed: tuple[SignOff, Sheet]) -> None:
    _, of_statement = service.state(Question("valence-1998", NOVEMBER))
    assert signed[1].receipt == of_statement.receipt
