import hashlib

import pytest
from papers import HANGING, PAGED

from paripassu.documents.digests import compare, first_difference, resolve, section, sections, with_words
from paripassu.documents.reading import read
from paripassu.values.problems import Problem, ProblemKind


def _option(text=HANGING):
    return read(text, "hanging.txt").documents[0]


def test_a_section_is_cited_by_its_folded_words():
    found = section(_option(), "4")
    words = "4. LAW. The law of Ohio applies."
    assert _option().folded.text[found.start : found.end] == words
    assert found.sha256 == hashlib.sha256(words.encode()).hexdigest()


def test_a_section_the_paper_lacks_names_the_nearest_one():
    with pytest.raises(Problem) as raised:
        section(_option(), "2(b)(ix)")
    assert raised.value.kind is ProblemKind.UNKNOWN_NAME
    assert "2(b)(ix)" in raised.value.what
    assert "2(b)" in raised.value.remedy


def test_a_changed_comma_is_found_in_its_innermost_section():
    other = _option(HANGING.replace("within three (3) days:", "within, three (3) days:"))
    changes = compare(sections(_option()), sections(other))
    assert [(change.path, change.change) for change in changes] == [("2(b)", "changed")]


def test_the_same_words_in_other_lines_are_no_change():
    other = _option(HANGING.replace("4.   LAW. The law", "4. LAW.\n     The law").replace("\n1.", "\n\n\n1."))
    assert compare(sections(_option()), sections(other)) == []


def test_a_section_that_only_moved_is_no_change():
    other = _option(HANGING.replace("granted to the holder.", "hereby granted to the holder."))
    assert [change.path for change in compare(sections(_option()), sections(other))] == ["PRE"]


def test_a_clause_taken_out_is_missing_and_one_put_in_is_added():
    other = _option(HANGING.replace("     (c)  Silence is no answer.\n", ""))
    assert [(c.path, c.change) for c in compare(sections(_option()), sections(other))] == [("2(c)", "missing")]
    assert [(c.path, c.change) for c in compare(sections(other), sections(_option()))] == [
        ("2(c)", "added"),
        ("2", "changed"),
    ]


def test_the_first_differing_words_are_named_where_the_other_text_is_at_hand():
    assert first_difference("a comma, here", "a comma here") == (2, "comma, here", "comma here")
    assert first_difference("same", "same") is None
    assert first_difference("longer than", "longer") == (0, "longer than", "longer")
    one, other = _option(), _option(HANGING.replace("law of Ohio", "laws of Ohio"))
    changes = compare(sections(one), sections(other))
    cited = {item.path: one.folded.text[item.start : item.end] for item in sections(one)}
    found = {item.path: (item.start, other.folded.text[item.start : item.end]) for item in sections(other)}
    change = with_words(changes, cited, found)[0]
    assert (change.path, change.cited, change.found) == ("4", "law of Ohio applies.", "laws of Ohio applies.")
    assert other.folded.text[change.where :].startswith("laws of Ohio")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2(b)(ii)", "2(b)(ii)"),
        ("2(b)(ii).3", "2(b)(ii)"),
        ("2(b).1(ii)", "2(b)(ii)"),
        ("3.2", "3"),
        ("4(p)", "4"),
        ("P.2", "PRE"),
        ("0.1", "PRE"),
        ("9", None),
    ],
)
def test_an_inventory_path_resolves_to_the_section_that_contains_it(asked, found):
    node = resolve(_option(), asked)
    assert (node.path if node else None) == found


def test_an_article_may_be_cited_by_figure():
    node = resolve(read(PAGED, "paged.txt").documents[0], "2")
    assert node is not None
    assert node.path == "II"


def test_a_text_too_long_or_not_text_is_refused_in_a_sentence():
    with pytest.raises(Problem) as raised:
        read("word " * 2_000_001, "long.txt")
    assert raised.value.kind is ProblemKind.TOO_LARGE
    assert "long.txt" in raised.value.sentence
    with pytest.raises(Problem) as raised:
        read("a\n" * 300_001, "lines.txt")
    assert raised.value.kind is ProblemKind.TOO_LARGE
    with pytest.raises(Problem) as raised:
        read("half of a pair \ud800", "pair.txt")
    assert raised.value.kind is ProblemKind.UNREADABLE
    for text in ("\0\1binary", " \n\n", ""):
        with pytest.raises(Problem) as raised:
            read(text, "odd.txt")
        assert raised.value.kind is ProblemKind.UNREADABLE
