import hashlib
from pathlib import Path

import pytest
import yaml
from papers import HANGING, PAGED

import paripassu
from paripassu.documents.digests import sections
from paripassu.documents.folding import sha256
from paripassu.documents.provenance import (
    CitedDocument,
    CitedTerm,
    FindingKind,
    check,
    clause_texts,
    match_documents,
    stands_in,
)
from paripassu.documents.reading import read
from paripassu.documents.repair import single_edit

DEALS = Path(paripassu.__file__).parent / "deals"


def _cited(text=HANGING, name="option", exhibit="10.7"):
    document = read(text, "as cited").documents[0]
    return CitedDocument(name, exhibit, sha256(document.folded.text), tuple(sections(document)))


def _bad(cited, terms, text):
    findings = check(cited, terms, read(text, "given.txt"))
    return [(one.kind, one.path, one.term) for one in findings if not one.is_ok]


def test_the_text_cited_is_found_ok_section_by_section_and_term_by_term():
    terms = [CitedTerm("shares", "40 shares", "option", "1"), CitedTerm("days", "three (3) days", "option", "2(b)")]
    findings = check([_cited()], terms, read(HANGING, "given.txt"))
    assert all(one.is_ok for one in findings)
    assert len(findings) == len(_cited().sections) + 2


def test_a_changed_comma_is_named_with_its_section_from_the_digest_alone():
    changed = HANGING.replace("the rest later. Either", "the rest later, Either")
    findings = [one for one in check([_cited()], [], read(changed, "given.txt")) if not one.is_ok]
    assert [(one.kind, one.path) for one in findings] == [(FindingKind.SECTION_CHANGED, "1(iii)")]
    assert "'.' was changed to ','" in findings[0].says
    dropped = HANGING.replace("ten now, (ii)", "ten now (ii)")
    finding = next(one for one in check([_cited()], [], read(dropped, "given.txt")) if not one.is_ok)
    assert (finding.path, finding.kind) == ("1(i)", FindingKind.SECTION_CHANGED)
    assert "',' was left out at" in finding.says


def test_a_larger_change_is_found_though_not_named():
    changed = HANGING.replace("The law of Ohio applies.", "No law applies at all.")
    finding = next(one for one in check([_cited()], [], read(changed, "given.txt")) if not one.is_ok)
    assert finding.path == "4"
    assert finding.says.endswith("are not those cited")


def test_a_section_taken_out_is_missing_and_a_term_in_it_too():
    changed = HANGING.replace("4.   LAW. The law of Ohio applies.", "")
    terms = [CitedTerm("law", "Ohio", "option", "4")]
    assert (FindingKind.SECTION_MISSING, "4", None) in _bad([_cited()], terms, changed)
    assert (FindingKind.SECTION_MISSING, "4", "law") in _bad([_cited()], terms, changed)


def test_a_literal_not_in_its_section_is_absent_though_it_stands_elsewhere():
    terms = [CitedTerm("days", "three (3) days", "option", "1")]
    assert _bad([_cited()], terms, HANGING) == [(FindingKind.LITERAL_ABSENT, "1", "days")]


def test_a_filing_without_the_document_says_so():
    assert _bad([_cited()], [CitedTerm("x", "y", "option", "1")], "\n     Nothing of the kind.\n") == [
        (FindingKind.DOCUMENT_MISSING, "", None)
    ]


def test_words_between_the_sections_are_watched_too():
    cited = _cited()
    part = CitedDocument(cited.name, cited.exhibit, cited.sha256, cited.sections[1:])
    changed = HANGING.replace("granted to the holder", "given to the holder")
    assert _bad([part], [], changed) == [(FindingKind.SECTION_CHANGED, "", None)]


def test_documents_are_matched_by_digest_then_number_then_shared_sections():
    filing = read(PAGED, "paged.txt")
    second = filing.documents[1]
    by_sections = CitedDocument("terms", None, "0" * 64, tuple(sections(second)))
    by_digest = CitedDocument("terms", "9.9", sha256(second.folded.text), ())
    assert match_documents([by_sections], filing) == {"terms": second}
    assert match_documents([by_digest], filing) == {"terms": second}
    assert match_documents([_cited()], filing) == {}


def test_the_words_of_a_cited_section_are_shown_from_the_filing():
    filing = read(HANGING, "given.txt")
    texts = clause_texts([_cited()], filing)
    assert texts["option", "4"] == "4. LAW. The law of Ohio applies."
    assert ("option", "99") not in texts
    assert ("other", "4") not in texts


@pytest.mark.parametrize(
    ("literal", "text", "found"),
    [
        ("$6.03", "the price of $6.03 (subject", True),
        ("6.03", "the price of $6.03, or", True),
        ("$6.03", "the price of $6.035", False),
        ("$6.03", "the price of $6.03.", True),
        ("1,000", "of 21,000 shares", False),
        ("000", "of 1,000 shares", False),
        ("1,000", "of 1,000,000 shares", False),
        ("25", "of 1.25 times", False),
        (".06", "N x (.06)", True),
        (".06", "N x 1.06", False),
        ("ten", "often", False),
        ("five  (5)\ndays", "within five (5) days", True),
        ("", "anything", False),
    ],
)
def test_a_literal_stands_as_whole_words_and_figures(literal, text, found):
    assert stands_in(literal, text) is found


@pytest.mark.parametrize(
    ("cited", "found", "says"),
    [
        ("a, b", "a b", "',' was left out at 'a b'"),
        ("a b", "a, b", "',' was put in at 'a, b'"),
        ("it shall", "it shell", "'a' was changed to 'e' at 'it shell'"),
        ("pay 10 days", "pay 16 days", "'0' was changed to '6' at 'pay 16 days'"),
        ("of the day", "of the the day", "'the ' was put in at 'of the the day'"),
    ],
)
def test_one_edit_is_named_from_a_digest(cited, found, says):
    edit = single_edit(found, hashlib.sha256(cited.encode()).hexdigest())
    assert str(edit) == says
    assert found[: edit.start] + edit.cited + found[edit.start + len(edit.found) :] == cited


def test_two_edits_are_not_guessed():
    assert single_edit("a b c", hashlib.sha256(b"a, b, c").hexdigest()) is None


@pytest.mark.parametrize("deal", ["valence-1998", "valence-2005"])
def test_a_deal_cites_sections_that_lie_in_their_documents_and_hold_no_text(deal):
    data = yaml.load((DEALS / deal / "provenance.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for document in data["documents"].values():
        assert len(document["sha256"]) == 64
        paths = [row[0] for row in document["sections"]]
        assert len(paths) == len(set(paths))
        for path, start, end, digest in document["sections"]:
            assert 0 <= int(start) < int(end)
            assert len(digest) == 64
            assert len(path) < 24


@pytest.mark.parametrize(
    ("deal", "document", "paths"),
    [
        ("valence-1998", "cod", ["III.C", "IV.G(ii)", "VII.A", "VIII.A(iii)", "XIII(g)", "XIV.C", "EXA"]),
        ("valence-1998", "spa", ["R.D", "1.1(c)", "4.13(ii)", "5.4", "7.1(l)", "8.14", "SIG", "EXB"]),
        ("valence-1998", "rra", ["1.1(j)", "2.3", "6.1(c)(iii)", "IX(e)", "11.12", "EX1"]),
        (
            "valence-1998",
            "warrant",
            ["1(e)", "4(b)(ii)(2)", "4(b)(vi)(vii)", "4(k)(iii)", "8(f)", "12(d)", "EX1", "EX2"],
        ),
        ("valence-1998", "gemini-warrant", ["4(b)(vi)(iii)", "8(a)", "9"]),
        ("valence-2005", "warrant", ["4(a)", "4(c)(iv)", "7(a)", "9(d)", "20", "EXA.3", "EXB"]),
    ],
)
def test_the_sections_the_deals_turn_on_are_cited(deal, document, paths):
    data = yaml.load((DEALS / deal / "provenance.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    cited = {row[0] for row in data["documents"][document]["sections"]}
    assert set(paths) <= cited
