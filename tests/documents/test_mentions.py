import pytest

from paripassu.documents.annotations import annotate
from paripassu.documents.figures import shifted
from paripassu.documents.model import ReferenceKind
from paripassu.documents.reading import read

PAPER = """
                                SUPPLY TERMS

     These terms bind ORCHARD MILLS, INC., an Ohio corporation (the "SELLER"), and
River Barges, LDC (the "BUYER" or the "CARRIER").

                                 ARTICLE I

                                DEFINITIONS

     1.1  TERMS.  As used in these terms:

          (a)  "FLOUR" means milled grain.

          (b)  "LOAD," "LOADED," and "LOADING" refer to flour put on a barge.

     1.2  OTHER TERMS.  Capitalized terms used herein and not otherwise defined herein shall
have the meanings set forth in the River Agreement.

                                 ARTICLE II

                                 DELIVERY

     2.1  TIME.  The Seller shall deliver within five (5) business days, or by March 31,
1999, or on the sixtieth (60th) day, whichever (i) comes first or (ii) is agreed (the last
of those (if any) being the "LAST DAY"). A "DELAY" means, for purposes of this Section 2.1,
a day after clause (i) or (ii) above. On February 30, 1999 nothing is due.

     2.2  PRICE.  The price is $7.5 million, less $.05 a sack, less two percent, less 1.25%
(as provided in Sections 2.1 and 3.4(b) and (c)), and "Dues" (as defined in the River Agreement)
are paid under Section 9.2 of the River Agreement and Article VIII of the Second Certificate of
Designation. See Exhibit B, SCHEDULE 3.2 and Exhibit 10.4.

     2.3  LAW.  Section 13(d) of the Grain Act of 1934, Rule 144(k) and Section 160 of the GCL
apply. The sum is determined so:

                         D = (E) / 2

          E    =    the number of sacks.

     2.4  CHOICE.  In clauses (i) to (iii) below the Seller chooses:

          (i)    one;

          (ii)   two, as in clause (i) of Section 2.1; or

          (iii)  three.
"""


@pytest.fixture(scope="module")
def filing():
    return read(PAPER, "supply.txt")


@pytest.fixture(scope="module")
def found(filing):
    return annotate(filing.documents[0])


def test_definitions_with_scope_and_incorporation(found):
    assert [(item.term, item.scope, item.incorporated) for item in found.definitions] == [
        ("SELLER", "document", None),
        ("BUYER", "document", None),
        ("CARRIER", "document", None),
        ("FLOUR", "document", None),
        ("LOAD", "document", None),
        ("LOADED", "document", None),
        ("LOADING", "document", None),
        ("*", "document", "River Agreement"),
        ("LAST DAY", "document", None),
        ("DELAY", "2.1", None),
        ("Dues", "document", "River Agreement"),
        ("E", "2.3", None),
    ]


def test_a_quoted_word_that_is_no_definition_is_none():
    text = '\n     1.   NAME.  The holder calls it "cover" and the "pink sheets" say so.\n'
    assert annotate(read(text, "x").documents[0]).definitions == ()


def test_references_of_every_kind(found):
    assert [(item.kind, item.target, item.document) for item in found.references] == [
        (ReferenceKind.INTERNAL, "2.1", None),
        (ReferenceKind.INTERNAL, "2.1(i)", None),
        (ReferenceKind.INTERNAL, "2.1(ii)", None),
        (ReferenceKind.INTERNAL, "2.1", None),
        (ReferenceKind.INTERNAL, "3.4(b)", None),
        (ReferenceKind.INTERNAL, "3.4(c)", None),
        (ReferenceKind.DOCUMENT, "9.2", "River Agreement"),
        (ReferenceKind.DOCUMENT, "VIII", "Second Certificate of Designation"),
        (ReferenceKind.ATTACHMENT, "EXHIBIT B", None),
        (ReferenceKind.ATTACHMENT, "SCHEDULE 3.2", None),
        (ReferenceKind.DOCUMENT, "EXHIBIT 10.4", "EXHIBIT 10.4"),
        (ReferenceKind.LAW, "Grain Act of 1934 section 13(d)", "Grain Act of 1934"),
        (ReferenceKind.LAW, "Rule 144(k)", "Rule 144(k)"),
        (ReferenceKind.LAW, "GCL section 160", "GCL"),
        (ReferenceKind.INTERNAL, "2.4(i)", None),
        (ReferenceKind.INTERNAL, "2.4(iii)", None),
        (ReferenceKind.INTERNAL, "2.1(i)", None),
        (ReferenceKind.INTERNAL, "2.1", None),
    ]


def test_a_clause_is_sought_where_all_the_labels_named_are_found():
    text = """
                                 ARTICLE I

     A.   EVENTS.  These:

          (i)    fire;

          (ii)   flood; or

          (iii)  theft.

     B.   CURE.  The holder may (i) wait or (ii) sell, in an event of clauses (i) to (iii), and
not in one of clause (ix).
"""
    found = annotate(read(text, "x").documents[0]).references
    assert [item.target for item in found] == ["I.A(i)", "I.A(iii)", "(ix)"]


def test_amounts_and_percentages_are_exact_text(found):
    assert [(item.digits, item.currency) for item in found.amounts] == [("7500000", "USD"), ("0.05", "USD")]
    assert [item.digits for item in found.percentages] == ["1.25"]


@pytest.mark.parametrize(
    ("digits", "places", "result"),
    [("7.5", 6, "7500000"), ("15.0", 6, "15000000"), (".001", 0, "0.001"), ("1.2345", 3, "1234.5"), ("0", 9, "0")],
)
def test_a_scale_moves_the_point(digits, places, result):
    assert shifted(digits, places) == result


def test_dates_that_do_not_exist_are_kept_without_a_value(found):
    assert [item.iso for item in found.dates] == ["1999-03-31", None]


def test_periods_with_their_unit(found):
    assert [(item.count, item.unit, item.path) for item in found.periods] == [
        (5, "business day", "2.1"),
        (60, "day", "2.1"),
    ]


def test_actors_with_the_names_they_are_given(found):
    assert [(item.name, item.short_names) for item in found.actors] == [
        ("ORCHARD MILLS, INC.", ("SELLER",)),
        ("River Barges, LDC", ("BUYER", "CARRIER")),
    ]


def test_every_mention_quotes_its_words(filing, found):
    assert found.definitions[0].span.of(filing.source) == '"SELLER"'
    assert found.references[0].span.of(filing.source) == "Section 2.1"
    assert found.amounts[0].span.of(filing.source) == "$7.5 million"
    assert found.dates[0].span.of(filing.source) == "March 31,\n1999"
    assert found.periods[0].span.of(filing.source) == "five (5) business days"
    assert found.actors[0].span.of(filing.source) == "ORCHARD MILLS, INC."
