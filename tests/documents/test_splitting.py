from paripassu.documents.model import DocumentKind
from paripassu.documents.reading import read

REPORT = """MILL CORP
8-K, 1999-05-05

<PAGE>

                              FORM 8-K

                           CURRENT REPORT

                                   1.
<PAGE>

                           EXHIBIT INDEX

<TABLE>
<CAPTION>
EXHIBIT NO.             DESCRIPTION
<S>          <C>
4.1          Sale Agreement
4.2          Form of Warrant
99.1         Press Release
</TABLE>

                                   2.

<PAGE>

                           SALE AGREEMENT

                                BETWEEN

                                MILL CORP

<PAGE>

                          TABLE OF CONTENTS

     1.1  Sale . . . . . . . . . . . . . . 1

     1.2  Price. . . . . . . . . . . . . . 2

                                   i.
<PAGE>

                           SALE AGREEMENT

     1.1  SALE.  The mill is sold for

                                   1.
<PAGE>

$5.00 in all.

     1.2  PRICE.  See above.

                                   2.

<PAGE>

     IN WITNESS WHEREOF, they signed.

<PAGE>

                                                      Exhibit A

                             [see Exhibit 4.2]

<PAGE>

                           WARRANT

     1.   RIGHT.  The holder may buy.

                                   1.
<PAGE>

                        FORM OF ASSIGNMENT

     I assign.

                                   1.
<PAGE>

                        FORM OF SURRENDER

     I surrender.

                                   1.
<PAGE>

                                                      Exhibit 99.1

                    MILL SOLD

HENDERSON, May 5 /PRNewswire/ -- The mill is sold.

<PAGE>

/CONTACT: The miller/
"""


def _documents(text=REPORT):
    return read(text, "report.txt").documents


def test_each_document_has_the_number_of_the_exhibit_index_or_its_own():
    assert [(one.exhibit, one.exhibit_from, one.kind) for one in _documents()] == [
        (None, None, DocumentKind.REPORT),
        ("4.1", "index", DocumentKind.AGREEMENT),
        ("4.2", "index", DocumentKind.WARRANT),
        ("99.1", "heading", DocumentKind.PRESS_RELEASE),
    ]


def test_an_index_that_does_not_fit_numbers_nothing():
    numbers = [one.exhibit for one in _documents(REPORT.replace("4.2          Form of Warrant\n", ""))]
    assert numbers == [None, None, None, "99.1"]
    numbers = [one.exhibit for one in _documents(REPORT.replace("99.1         Press", "99.2         Press"))]
    assert numbers == [None, None, None, "99.1"]


def test_cover_contents_body_signature_and_slips_are_one_document():
    sale = _documents()[1]
    assert [page.number for page in sale.pages] == [None, "i", "1", "2", None, None]
    assert sale.paths() == ["COVER", "CONTENTS", "PRE", "1.1", "1.2", "SIG", "EXA"]
    assert "sold for $5.00 in all." in sale.folded.text


def test_forms_without_a_heading_number_are_counted():
    warrant = _documents()[2]
    assert [(part.label, part.title, part.attached) for part in warrant.parts] == [
        ("", "WARRANT", False),
        ("", "FORM OF ASSIGNMENT", True),
        ("", "FORM OF SURRENDER", True),
    ]
    assert warrant.paths() == ["PRE", "1", "EX1", "EX2"]


def test_page_numbers_and_marks_are_not_in_the_folded_text():
    for document in _documents():
        assert "<" not in document.folded.text
    assert _documents()[3].folded.text.endswith("/CONTACT: The miller/")


def test_every_page_of_the_filing_is_in_one_document():
    documents = _documents()
    for before, after in zip(documents, documents[1:], strict=False):
        assert before.span.end <= after.span.start
    assert sum(len(document.pages) for document in documents) == REPORT.count("<PAGE>") + 1
