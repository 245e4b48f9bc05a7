import pytest
from papers import HANGING, PAGED

from paripassu.documents.reading import read
from paripassu.documents.sentences import sentence_ends, sentences


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("One here. Two there.", [9]),
        ('He said "yes." Then no.', [14]),
        ("See Section IV.G. and go on.", []),
        ("See Section IV.G. The rest.", [17]),
        ("By Mills, Inc. and others.", []),
        ("By Mills, Inc. If so, pay.", [14]),
        ("By Mills, Inc. Henderson office.", []),
        ("Write to P.O. Box 12 now. It helps.", [25]),
        ("At 5:00 p.m. Eastern time it ends.", []),
        ("Paid $1.25 each. 40 shares follow.", [16]),
        ("Is it so? It is! Good.", [9, 16]),
        ("no capital. follows here", []),
    ],
)
def test_where_a_sentence_ends(text, ends):
    assert sentence_ends(text) == ends


def test_labels_and_headings_bound_sentences_and_lists_stay_inside_them():
    document = read(HANGING, "x").documents[0]
    found = [(item.path, item.text) for item in sentences(document)]
    assert found[:3] == [
        ("PRE", "EXHIBIT 10.7"),
        ("PRE", "SHARE OPTION"),
        ("PRE", "This option is granted to the holder."),
    ]
    assert (
        "1",
        "The holder may buy 40 shares, that is (i) ten now, (ii) (A) ten in spring or (B) ten in summer, and (iii) the"
        " rest later.",
    ) in found
    assert ("2(a)", "The holder writes to the company.") in found
    assert ("2(b)(i)", '"ANSWER" means yes or no.') in found
    assert ("3(a)", "the company is sold; or") in found
    assert ("3", "THEN THE COMPANY SHALL TELL THE HOLDER.") in found


def test_a_sentence_cut_by_a_page_is_one_and_quotes_the_source():
    filing = read(PAGED, "x")
    item = next(one for one in sentences(filing.documents[0]) if one.path == "1.1")
    assert item.text.endswith("within ten (10) days of the sale.")
    assert "<PAGE>" in item.span.of(filing.source)
    assert item.span.of(filing.source).startswith("The price is $1,250.00")


def test_every_word_outside_labels_headings_and_contents_is_in_a_sentence():
    text = "\n     1.   FEES.  Pay now. Pay later.\n\n     Pay always.\n"
    document = read(text, "x").documents[0]
    assert [item.text for item in sentences(document)] == ["Pay now.", "Pay later.", "Pay always."]


def test_the_heading_under_an_article_is_no_sentence():
    document = read("\n              ARTICLE I\n\n              THE MILL\n\n     The mill stands.\n", "x").documents[0]
    assert [(item.path, item.text) for item in sentences(document)] == [("I", "The mill stands.")]
