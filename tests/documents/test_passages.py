"""Every word of a paper once, under the innermost section listed."""

from __future__ import annotations

from papers import HANGING

from paripassu.documents.digests import sections
from paripassu.documents.folding import sha256
from paripassu.documents.passages import ELSEWHERE, passages
from paripassu.documents.provenance import CitedDocument
from paripassu.documents.reading import read

FILING = read(HANGING, "option.txt")
DOCUMENT = FILING.documents[0]
CITED = [CitedDocument("option", "10.7", sha256(DOCUMENT.folded.text), tuple(sections(DOCUMENT)))]


def test_a_section_that_is_listed_takes_its_words_out_of_the_one_around_it() -> None:
    found = passages(CITED, FILING, {"option": ["2", "2(b)"]})
    assert found["option", "2"] == (
        "2. HOW.", "The holder writes to the company.", ELSEWHERE, "(c) Silence is no answer.",
    )
    assert found["option", "2(b)"][0] == "(b) The company answers within three (3) days:"
    assert set(found) == {("option", "2"), ("option", "2(b)")}


def test_sections_not_listed_begin_paragraphs_of_the_one_around_them() -> None:
    found = passages(CITED, FILING, {"option": ["2(b)"]})
    assert found["option", "2(b)"] == (
        "(b) The company answers within three (3) days:", '(i) "ANSWER" means yes or no.', '(ii) "DAY" means any day.',
    )


def test_neighbours_that_are_listed_are_marked_once() -> None:
    found = passages(CITED, FILING, {"option": ["3", "3(a)", "3(b)"]})
    assert found["option", "3"].count(ELSEWHERE) == 1


def test_every_word_stands_once_however_many_sections_are_listed() -> None:
    every = [one.path for one in sections(DOCUMENT)]
    top = [one for one in every if "(" not in one]
    for listed in (top, every):
        words = [word for text in passages(CITED, FILING, {"option": listed}).values() for one in text
                 for word in one.split()]
        assert sorted(words) == sorted(DOCUMENT.folded.text.split())


def test_a_section_the_filing_does_not_have_is_left_out() -> None:
    assert passages(CITED, FILING, {"option": ["9"], "other": ["1"]}) == {}
