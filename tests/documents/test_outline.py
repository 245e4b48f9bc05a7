import pytest
from papers import HANGING, PAGED

from paripassu.documents.folding import excerpt
from paripassu.documents.model import DocumentKind, NodeKind
from paripassu.documents.reading import read


@pytest.fixture(scope="module")
def paged():
    return read(PAGED, "paged.txt")


@pytest.fixture(scope="module")
def option():
    return read(HANGING, "hanging.txt").documents[0]


def _node(document, path):
    return next(node for node in document.walk() if node.path == path)


def _words(document, path):
    return excerpt(document.folded, _node(document, path).span)


def test_the_page_number_starting_again_begins_a_document(paged):
    assert [document.title for document in paged.documents] == [
        "SHARE SALE AGREEMENT",
        "TERMS OF THE SECOND ORCHARD SHARES",
    ]
    assert [document.kind for document in paged.documents] == [DocumentKind.AGREEMENT, DocumentKind.OTHER]
    assert [page.number for page in paged.documents[0].pages] == ["1", "2", "3", "4", None]


def test_articles_sections_clauses_recitals_signatures_and_forms(paged):
    assert paged.documents[0].paths() == [
        "PRE", "R", "R.A", "R.B", "R.B(i)", "R.B(ii)", "NOW", "I", "1.1", "1.1(a)", "1.1(b)", "1.1(b)(x)",
        "1.1(b)(y)", "1.2", "II", "2.1", "2.1(h)", "2.1(i)", "SIG", "EXA", "EXA.1",
    ]  # fmt: skip


def test_roman_articles_with_lettered_sections(paged):
    assert paged.documents[1].paths() == [
        "PRE", "I", "II", "II.A", "II.A(i)", "II.A(ii)", "II.A(ii)(A)", "II.A(ii)(B)", "II.H", "II.I", "II.J", "III",
    ]  # fmt: skip


def test_headings_and_printed_labels(paged):
    sale, terms = paged.documents
    assert [(_node(sale, path).label, _node(sale, path).heading) for path in ("I", "1.1", "1.1(a)", "1.1(b)")] == [
        ("ARTICLE I", "THE SALE OF THE MILL"), ("1.1", "PRICE"), ("(a)", "FIRST HALF"), ("(b)", ""),
    ]  # fmt: skip
    assert (_node(terms, "II").label, _node(terms, "II").heading) == ("II.", "RIGHTS")
    assert _node(sale, "EXA").kind is NodeKind.FORM
    assert _node(sale, "EXA").label == "EXHIBIT A"


def test_a_span_quotes_the_source_and_folds_without_page_furniture(paged):
    sale = paged.documents[0]
    assert _node(sale, "1.1(a)").span.of(paged.source) == "(a)  FIRST HALF.  Half is paid on signing;"
    assert "within ten (10) days of the sale." in _words(sale, "1.1")
    assert _words(paged.documents[1], "II.J").endswith("because the holder of shares asked for nothing.")


def test_a_figure_after_its_word_and_a_reference_are_no_items(paged):
    assert not [child for child in _node(paged.documents[0], "1.1").children if child.run_in]


def test_i_after_h_is_a_letter_and_i_alone_a_numeral(paged):
    sale, terms = paged.documents
    assert [child.path for child in _node(sale, "2.1").children] == ["2.1(h)", "2.1(i)"]
    assert _node(terms, "II.I").heading == "GIFTS"
    assert _node(terms, "II.A(i)").heading == "MEETINGS"


def test_children_lie_inside_their_parents_and_follow_each_other(paged):
    for document in paged.documents:
        for node in document.walk():
            assert node.span.contains(node.body)
            for child in node.children:
                assert node.span.contains(child.span)
            for before, after in zip(node.children, node.children[1:], strict=False):
                assert before.span.end <= after.span.start


def test_a_hanging_layout_with_an_exhibit_heading(option):
    assert option.exhibit == "10.7"
    assert option.exhibit_from == "heading"
    assert option.paths() == [
        "PRE", "1", "1(i)", "1(ii)", "1(ii)(A)", "1(ii)(B)", "1(iii)", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)",
        "2(c)", "3", "3(a)", "3(b)", "4",
    ]  # fmt: skip


def test_the_first_clause_is_implied_where_b_is_printed_and_a_is_not(option):
    implied = _node(option, "2(a)")
    assert implied.implied
    assert implied.label == ""
    assert _words(option, "2(a)") == "The holder writes to the company."


def test_a_labelled_term_is_a_definition(option):
    assert _node(option, "2(b)(i)").kind is NodeKind.DEFINITION
    assert _node(option, "2(b)(i)").heading == "ANSWER"


def test_words_after_the_last_clause_belong_to_the_section(option):
    assert _words(option, "3(b)") == "(b) the company is closed,"
    assert _words(option, "3").endswith("THEN THE COMPANY SHALL TELL THE HOLDER.")


def test_words_between_two_clauses_belong_to_the_one_before():
    text = """
     1.   PAYMENT.  Paid so:

          (a)  in coin;

     Coin means silver.

          (b)  in paper.

     2.   END.  This is the end.
"""
    document = read(text, "x").documents[0]
    assert document.paths() == ["1", "1(a)", "1(b)", "2"]
    assert _words(document, "1(a)") == "(a) in coin; Coin means silver."


def test_a_second_list_in_a_section_carries_a_turn_for_the_whole_list():
    text = """
     1.   LISTS.  First (i) one and (ii) two.

     Then (i) three, (ii) four and (iii) five.
"""
    document = read(text, "x").documents[0]
    assert document.paths() == ["1", "1(i)", "1(ii)", "1(i)#2", "1(ii)#2", "1(iii)#2"]


def test_one_capital_among_small_letters_is_read_as_its_list():
    text = """
     8.   TRANSFER.

          (A)  FIRST.  One.

          (b)  SECOND.  Two.
"""
    document = read(text, "x").documents[0]
    assert document.paths() == ["8", "8(a)", "8(b)"]
    assert _node(document, "8(a)").label == "(A)"


def test_a_letter_left_out_does_not_end_the_list():
    text = "\n     1.   ALL.  These:\n\n          (a)  one;\n\n          (b)  two;\n\n          (d)  four.\n"
    assert read(text, "x").documents[0].paths() == ["1", "1(a)", "1(b)", "1(d)"]


def test_a_table_of_contents_is_one_node():
    text = """
                    TABLE OF CONTENTS

ARTICLE I      THE MILL . . . . . . . . . . 2

     1.1  Price of the Mill and of
          its Water. . . . . . . . . . . . .2

     1.2  Water . . . . . . . . . . . . . . 3

                       ARTICLE I

                       THE MILL

     1.1  PRICE.  One dollar.
"""
    document = read(text, "x").documents[0]
    assert document.paths() == ["CONTENTS", "I", "1.1"]
    assert _words(document, "CONTENTS").endswith("3")


def test_three_levels_of_decimals_and_a_section_word():
    text = """
SECTION 2. Deliveries. All of these:

2.1 First. One.

2.1.1 Inner. Two.

2.2 Second. Three.
"""
    document = read(text, "x").documents[0]
    assert document.paths() == ["2", "2.1", "2.1.1", "2.2"]
    assert [child.path for child in _node(document, "2.1").children] == ["2.1.1"]


def test_a_repeated_label_stands_beside_the_first_and_the_list_goes_on():
    items = "".join(f"\n          ({letter})  {letter};\n" for letter in "abbc")
    text = "\n     1.   ALL.  These:\n" + items
    assert read(text, "x").documents[0].paths() == ["1", "1(a)", "1(b)", "1(b)#2", "1(c)"]


def test_a_list_that_begins_again_in_its_section_stands_beside_the_first():
    text = """
     1.   ALL.  These:

          (a)  one;

          (b)  two.

     And those:

          (a)  three;

          (b)  four.
"""
    assert read(text, "x").documents[0].paths() == ["1", "1(a)", "1(b)", "1(a)#2", "1(b)#2"]


def test_an_inner_list_flush_with_the_outer_one_is_inside_it():
    text = "\n1. ALL. These:\n\n(a) one:\n\n(i) two;\n\n(ii) three;\n\n(b) four.\n"
    assert read(text, "x").documents[0].paths() == ["1", "1(a)", "1(a)(i)", "1(a)(ii)", "1(b)"]
