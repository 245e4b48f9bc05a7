import time

import pytest
from papers import HANGING

from paripassu.documents.comparison import compare_papers, words_of
from paripassu.documents.reading import read
from paripassu.documents.redline import redline_html


def _paper(text=HANGING):
    return read(text, "paper").documents[0]


def _differences(changed):
    found = compare_papers(_paper(), _paper(changed)).differences
    return [(one.path, one.words, one.other_words) for one in found]


def test_a_paper_does_not_differ_from_itself_in_other_lines():
    changed = HANGING.replace("4.   LAW. The law of", "4. LAW. The\n     law of").replace(
        "SHARE OPTION", "SHARE  OPTION"
    )
    assert _differences(changed) == []


def test_words_changed_dropped_and_put_in_with_their_sections():
    changed = (
        HANGING.replace("40 shares", "50 shares")
        .replace("Silence is no answer.", "Silence is no answer at all.")
        .replace("Either of (A) and\n     (B) is enough.", "")
        .replace("the company is sold; or", "the company is sold, or")
    )
    assert _differences(changed) == [
        ("1", "40", "50"),
        ("1", "Either of (A) and (B) is enough.", ""),
        ("2(c)", "answer.", "answer at all."),
        ("3(a)", "sold;", "sold,"),
    ]


def test_a_difference_quotes_both_sources_and_names_what_stands_before():
    changed = HANGING.replace("40 shares", "50 shares")
    one, other = _paper(), _paper(changed)
    found = compare_papers(one, other)
    difference = found.differences[0]
    assert difference.span.of(HANGING) == "40"
    assert difference.other_span.of(changed) == "50"
    assert difference.before == "holder. 1. SHARES. The holder may buy"
    assert (found.common, len(found.words), len(found.other_words)) == (len(found.words) - 1,) + (len(found.words),) * 2


def test_rules_and_blanks_to_fill_in_are_no_words():
    text = "\n     Date: ________, ____\n\n     By: ------------------\n\n     Name = of A-B and C--D\n"
    assert [word.text for word in words_of(_paper(text))] == [
        "Date:", ",", "By:", "Name", "=", "of", "A-B", "and", "C--D",
    ]  # fmt: skip


def test_a_paper_with_nothing_in_common_is_one_difference_a_sentence_or_more():
    other = _paper("\n     9.   GRAIN.  Wheat grows.\n")
    found = compare_papers(_paper(), other)
    assert "Wheat grows." in " ".join(one.other_words for one in found.differences)
    assert found.common == sum(1 for _ in found.words) - sum(len(one.words.split()) for one in found.differences)


def test_words_struck_and_put_back_make_the_other_paper():
    changed = HANGING.replace("the rest later", "all the rest much later").replace("The law of Ohio applies.", "")
    found = compare_papers(_paper(), _paper(changed))
    words = [word.text for word in found.words]
    for difference in reversed(found.differences):
        end = difference.first + len(difference.words.split())
        words[difference.first : end] = difference.other_words.split()
    assert words == [word.text for word in found.other_words]


def test_the_redline_marks_each_place_and_escapes_the_papers():
    one = "\n     1.   SIGN.  If a < b & c then <script>alert(1)</script> pay.\n"
    page = redline_html(compare_papers(_paper(one), _paper(one.replace("pay", "owe <b>"))), "A & B", "C")
    assert "<script" not in page
    assert "a &lt; b &amp; c" in page
    assert '<span id="d1"><del>pay.</del> <ins>owe &lt;b&gt;.</ins></span>' in page
    assert "C against A &amp; B" in page
    assert page.count("<ins>") == 1
    assert "http" not in page


def test_a_redline_of_equal_papers_says_so():
    page = redline_html(compare_papers(_paper(), _paper()), "one", "two")
    assert "0 places differ" in page
    assert "<table>" not in page
    assert "<del>" not in page


@pytest.mark.parametrize("word", ["the", "the end. ", "a b c d. A b c. "])
def test_time_stays_small_for_long_papers_of_few_words(word):
    one, other = (_paper("\n     1.   ALL.  " + f" {word}" * count + "\n") for count in (20_000, 19_000))
    start = time.perf_counter()
    assert compare_papers(one, other).differences
    assert time.perf_counter() - start < 20
