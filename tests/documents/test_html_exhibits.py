import time

import pytest

from paripassu.documents.folding import excerpt
from paripassu.documents.html import is_html, plain_text
from paripassu.documents.reading import read

EXHIBIT = """<html><head><title>ignored</title><style>p {x: y}</style></head><body>
<p align="center"><b>SHARE&nbsp;TERMS</b></p>
<p style="text-align:center">ARTICLE I</p><p style="text-align:center">RIGHTS</p>
<p>1.1&nbsp;&nbsp;<u>Votes</u>. Each share
has one vote &amp; one voice, if (i) paid
and (ii) held.</p>
<table><tr><td width=5%>(a)</td><td>first;</td></tr><tr><td>(b)</td><td>second.</td></tr></table>
<p>2</p><hr style="page-break-after:always">
<div>1.2 <u>Sale</u>. None<!-- a comment <p> -->.</div></body></html>
"""


def test_an_html_exhibit_is_outlined_like_a_plain_one():
    filing = read(EXHIBIT, "ex.htm")
    document = filing.documents[0]
    assert not filing.verbatim
    assert document.paths() == ["PRE", "I", "1.1", "1.1(i)", "1.1(ii)", "1.1(a)", "1.1(b)", "1.2"]
    words = {node.path: excerpt(document.folded, node.span) for node in document.walk()}
    assert words["PRE"] == "SHARE TERMS"
    assert words["1.1(i)"] == "(i) paid and"
    assert words["1.1(a)"] == "(a) first;"
    assert words["1.2"] == "1.2 Sale. None."
    assert document.pages[0].number == "2"


def test_a_plain_filing_with_table_marks_is_not_html():
    text = "<PAGE>\n<TABLE>\n<CAPTION>\n<S> <C>\nShares 5\n</TABLE>\n1.  SALE.  Sold.\n"
    assert not is_html(text)
    assert plain_text(text) is text
    assert read(text, "x").verbatim


def test_a_full_submission_gives_its_exhibits_their_numbers():
    text = f"""<SEC-DOCUMENT>0000000000-98-000000.txt
<SEC-HEADER>
<TYPE>8-K
</SEC-HEADER>
<DOCUMENT>
<TYPE>8-K
<SEQUENCE>1
<TEXT>
                      CURRENT REPORT

ITEM 5.  OTHER EVENTS

     A mill was sold.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-4.2
<SEQUENCE>2
<DESCRIPTION>SHARE TERMS
<TEXT>
{EXHIBIT}</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>EX-99
<TEXT>
                      NEWS

1.   MILL.  It was sold.
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""
    found = read(text, "submission.txt").documents
    assert [(document.exhibit, document.exhibit_from) for document in found] == [
        (None, None),
        ("4.2", "header"),
        ("99", "header"),
    ]
    assert found[0].paths() == ["PRE", "ITEM5"]
    assert found[1].paths() == ["PRE", "I", "1.1", "1.1(i)", "1.1(ii)", "1.1(a)", "1.1(b)", "1.2"]
    assert found[2].paths() == ["PRE", "1"]
    assert "EX-4.2" not in found[1].folded.text


def test_entities_that_are_no_characters_do_no_harm():
    assert plain_text("<p>&#99999999999; &#xffffff; &nosuch; &lt;b&gt;</p>").split() == [
        "&#99999999999;",
        "\ufffd",
        "&nosuch;",
        "<b>",
    ]


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<b id=x>", "<!--", "<p ", "<", "&", "<table><tr><td>", "</p>", "<title>", "<script>", "<a b='>", "&#"],
)
def test_time_grows_with_the_length_of_hostile_markup_not_its_square(piece):
    def seconds(times):
        text = "<p>" + piece * times
        start = time.perf_counter()
        plain_text(text)
        return time.perf_counter() - start

    seconds(1_000)
    short, long = min(seconds(10_000) for _ in range(3)), min(seconds(80_000) for _ in range(2))
    assert long < 30 * short + 0.1
