from hypothesis import given
from hypothesis import strategies as st

from paripassu.documents.folding import excerpt, fold, sha256, to_folded, to_source
from paripassu.documents.model import Span

SOURCE = "  One  two,\n\n     3.\n<PAGE>\n\tthree   FOUR. "


def _folded():
    return fold(SOURCE, [Span(0, 11), Span(SOURCE.index("\tthree"), len(SOURCE))])


def test_white_space_is_one_blank_and_case_is_kept():
    assert _folded().text == "One two, three FOUR."


def test_a_folded_stretch_is_found_in_the_source_with_what_stands_between():
    span = to_source(_folded(), 4, 14)
    assert span.of(SOURCE) == "two,\n\n     3.\n<PAGE>\n\tthree"


def test_a_blank_at_either_end_of_the_stretch_is_left_out():
    assert to_source(_folded(), 4, 9).of(SOURCE) == "two,"


def test_furniture_at_the_ends_of_a_source_span_is_left_out():
    page = SOURCE.index("3.")
    assert to_folded(_folded(), Span(page, len(SOURCE))) == (9, 20)
    assert to_folded(_folded(), Span(page, page + 2)) == (9, 9)


def test_part_of_a_word_maps_both_ways():
    folded = _folded()
    assert folded.text[10:13] == "hre"
    assert to_source(folded, 10, 13).of(SOURCE) == "hre"
    assert to_folded(folded, to_source(folded, 10, 13)) == (10, 13)


def test_nothing_folds_to_nothing():
    empty = fold("   \n ", [Span(0, 5)])
    assert empty.text == ""
    assert to_source(empty, 0, 5) == Span(0, 0)
    assert to_folded(empty, Span(0, 5)) == (0, 0)


def test_the_digest_is_of_the_folded_words():
    # SHA-256 of "abc", from FIPS 180-2, appendix B.1.
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@given(st.text(alphabet="ab,. \n\t", max_size=80), st.data())
def test_every_stretch_of_words_survives_the_way_there_and_back(source, data):
    folded = fold(source, [Span(0, len(source))])
    assert folded.text == " ".join(source.split())
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    stretch = folded.text[start:end]
    span = to_source(folded, start, end)
    assert " ".join(span.of(source).split()) == stretch.strip()
    assert excerpt(folded, span) == stretch.strip()
