"""The words of the clauses beside what cites them."""

from __future__ import annotations

from datetime import date

from paripassu.values.arithmetic import ratio
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.sheets import Milestone, Section, Sheet, Table, Timeline, Tree
from paripassu.views.clauses import cited_words, with_clauses

WORDS = {Citation("cod", "I"): "One.", Citation("cod", "II"): "Two.", Citation("cod", "III"): "Three."}
INNER = Figure("face", ratio(1000), "usd", "stated", Citation("cod", "II"))
FIGURE = Figure("premium", ratio(60), "usd", "computed", Citation("cod", "I"), inputs=(INNER,))
SHEET = Sheet("A deal", "on a day", (
    Section("Figures", (Table("t", ("value", "section"), ((FIGURE, Citation("cod", "I")),)), Tree("tree", FIGURE))),
    Section("Dates", (Timeline("line", date(1999, 1, 1), (
        Milestone(date(1999, 1, 1), "it happened", "plain", Citation("cod", "III")),)),)),
))


def test_each_section_cited_is_told_once_in_the_order_met() -> None:
    told = with_clauses(SHEET, WORDS.get, "paper.txt")
    assert cited_words(told) == {"cod I": "One.", "cod II": "Two.", "cod III": "Three."}
    assert list(cited_words(told)) == ["cod I", "cod II", "cod III"]


def test_a_section_without_words_is_left_out() -> None:
    told = with_clauses(SHEET, {Citation("cod", "II"): "Two."}.get, "paper.txt")
    assert cited_words(told) == {"cod II": "Two."}


def test_without_a_filing_the_sheet_stays_as_it_was() -> None:
    assert with_clauses(SHEET, lambda citation: None, "") is SHEET
    assert cited_words(SHEET) == {}
