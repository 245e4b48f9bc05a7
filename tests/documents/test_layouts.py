"""Layouts that other filings have: what the outline must be for each."""

import pytest

from paripassu.documents.folding import excerpt
from paripassu.documents.reading import read

WHEREAS = """
                                                                    EXHIBIT 4.2

                              MILLING TERMS

         MILLING TERMS of March 3, 1999, between MILL CORP., a Nevada
corporation, and the growers named below.

         WHEREAS:

         A. The growers have grain.

         B. The mill has stones.

         NOW, THEREFORE, they agree:

         1.       WORDS.

         These words are used:

                  a.       "GRAIN" means wheat, also that bought
under Section 2(b).

                  b.       "FLOUR" means ground grain.

                                      -2-

<PAGE>

         2.       WORK.

                  a.       GRINDING. The mill shall grind and,
no later than 45 days after that, sift.

                  b.       ORDER. See Section 2(a) above.

                           (i)      First come.

                           (ii)     First served.
"""

CLOSE_SET = """
                     CERTIFICATE OF SHARES
1. Name. The shares are called Series C.
2. Yield. Holders are paid
   (a) six percent a year;
   (b) in kind; and
   (c) otherwise
       (i) if declared; or
       (ii) if earned.
3. Votes. None.
Section 4. End. The company may redeem, as the holders who wrote to it have
(i) agreed and (ii) signed.
"""

WORDED = """
                                   ARTICLE 1
                                  DEFINITIONS

     Section 1.01. Terms. Used here are:

     (a)  "Act" means law.

     (b)  "Bank" means (i) one or (ii) two.

     Section 1.02. Others. (a) First words here.

     (b) Second words here.

     Section 1.03. Run in. (a) One, and (b) two.

                                   ARTICLE 2
                                  THE LOANS

     Section 2.01. Loans.

          (a) One.

          (b) Two.

     The foregoing applies.
"""

ITEMS = """
                              CURRENT REPORT

(Exact name of the mill

                                          1.
<PAGE>

ITEM 5.  OTHER EVENTS

     The mill burned.

ITEM 7A.  EXHIBITS

<TABLE>
<S>  <C>
1.   Photographs
2.   Letters
</TABLE>
"""


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            WHEREAS,
            ["PRE", "R", "R.A", "R.B", "NOW", "1", "1(a)", "1(b)", "2", "2(a)", "2(b)", "2(b)(i)", "2(b)(ii)"],
        ),
        (
            CLOSE_SET,
            ["PRE", "1", "2", "2(a)", "2(b)", "2(c)", "2(c)(i)", "2(c)(ii)", "3", "4", "4(i)", "4(ii)"],
        ),
        (
            WORDED,
            [
                "1", "1.01", "1.01(a)", "1.01(b)", "1.01(b)(i)", "1.01(b)(ii)", "1.02", "1.02(a)", "1.02(b)", "1.03",
                "1.03(a)", "1.03(b)", "2", "2.01", "2.01(a)", "2.01(b)",
            ],
        ),
        (ITEMS, ["PRE", "ITEM5", "ITEM7A"]),
    ],
)  # fmt: skip
def test_the_outline_of_each_layout(text, paths):
    assert read(text, "x").documents[0].paths() == paths


def test_words_of_each_node():
    document = read(WORDED, "x").documents[0]
    words = {node.path: excerpt(document.folded, node.span) for node in document.walk()}
    assert words["1.02(a)"] == "(a) First words here."
    assert words["2.01(b)"] == "(b) Two."
    assert words["2.01"].endswith("The foregoing applies.")
    close = read(CLOSE_SET, "x").documents[0]
    words = {node.path: excerpt(close.folded, node.span) for node in close.walk()}
    assert words["PRE"] == "CERTIFICATE OF SHARES"
    assert words["2(c)"] == "(c) otherwise (i) if declared; or (ii) if earned."
    assert words["4(i)"] == "(i) agreed and"


def test_running_heads_and_page_numbers_are_no_words():
    pages = [
        f"MILL AND GROWERS\n\n     {n}.   PART.  Words of part\n\n                    Page {n} of 4\n"
        for n in range(1, 5)
    ]
    document = read("\n<PAGE>\n".join(pages), "x").documents[0]
    assert document.folded.text.count("MILL AND GROWERS") == 1
    assert "Page" not in document.folded.text
    assert [page.number for page in document.pages] == ["1", "2", "3", "4"]
    assert document.paths() == ["PRE", "1", "2", "3", "4"]


def test_a_title_says_what_the_paper_is():
    assert read(WHEREAS, "x").documents[0].title == "MILLING TERMS"
    assert read(WHEREAS, "x").documents[0].exhibit == "4.2"
    text = """
                                                  RIGHT TO BUY 40 SHARES OF STOCK

Date: May 1999

                            MILL CORP.
                             WARRANT

     1.   RIGHT.  The holder may buy.
"""
    assert read(text, "x").documents[0].title == "MILL CORP. WARRANT"
