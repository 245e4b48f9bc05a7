from papers import HANGING

from paripassu.documents.accounting import Status, account
from paripassu.documents.reading import read

DOCUMENT = read(HANGING, "hanging.txt").documents[0]
FRONT = {Status.FRONT_MATTER: 3}
"""The title and the opening words of the paper: three sentences that are front matter by their nature."""


def test_a_status_covers_the_section_and_everything_inside_it():
    found = account(DOCUMENT, {"2": Status.EXECUTED})
    assert found.counts == FRONT | {Status.EXECUTED: 5}
    assert {sentence.path for sentence in found.unaccounted} == {"1", "3", "3(a)", "3(b)", "4"}
    assert found.total == 15


def test_nothing_is_unaccounted_where_every_section_has_a_status():
    found = account(
        DOCUMENT,
        {
            "PRE": Status.TEXT_ONLY,
            "1": Status.EXECUTED,
            "2": Status.TRACKED,
            "3": Status.BY_FINDING,
            "4": Status.TEXT_ONLY,
        },
    )
    assert found.unaccounted == ()
    assert found.counts == {Status.TEXT_ONLY: 4, Status.EXECUTED: 2, Status.TRACKED: 5, Status.BY_FINDING: 4}


def test_the_innermost_status_counts():
    found = account(DOCUMENT, {"2": Status.TEXT_ONLY, "2(b)": Status.EXECUTED, "2(b)(ii)": Status.TRACKED})
    assert found.counts == FRONT | {Status.TEXT_ONLY: 2, Status.EXECUTED: 2, Status.TRACKED: 1}


def test_an_inventory_path_covers_the_section_it_counts_in():
    found = account(DOCUMENT, {"4.1": [Status.TRACKED], "4.2": [Status.TEXT_ONLY, Status.EXECUTED]})
    assert found.counts == FRONT | {Status.EXECUTED: 1}


def test_a_path_the_paper_does_not_have_is_named():
    found = account(DOCUMENT, {"7": Status.EXECUTED, "4": Status.EXECUTED})
    assert found.unknown == ("7",)
    assert found.counts == FRONT | {Status.EXECUTED: 1}


def test_a_sentence_is_covered_by_the_statuses_of_all_items_of_its_list():
    statuses = {"1(i)": Status.EXECUTED, "1(ii)": Status.TRACKED}
    assert account(DOCUMENT, statuses).counts == FRONT
    assert account(DOCUMENT, {**statuses, "1(iii)": Status.TRACKED}).counts == FRONT | {Status.EXECUTED: 1}


def test_the_words_that_lead_a_section_follow_from_its_parts():
    """Section 3 leads into (a) and (b), and ends with words of its own that follow from neither."""
    one = account(DOCUMENT, {"3(a)": Status.TRACKED})
    both = account(DOCUMENT, {"3(a)": Status.TRACKED, "3(b)": Status.TRACKED})
    left = [[sentence.path for sentence in found.unaccounted].count("3") for found in (one, both)]
    assert left == [2, 1]


def test_a_status_of_its_own_comes_before_front_matter():
    found = account(DOCUMENT, {"PRE": Status.TEXT_ONLY})
    assert found.counts == {Status.TEXT_ONLY: 3}
