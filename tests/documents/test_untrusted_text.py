"""No text crashes the reader, hangs it, or fills memory: what it is given may be broken or hostile."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers import HANGING, PAGED

from paripassu.documents.annotations import annotate
from paripassu.documents.digests import sections
from paripassu.documents.reading import read
from paripassu.values.problems import Problem, ProblemKind

PIECES = [
    "\n", "\n\n", "     ", "          ", "<PAGE>\n", "\f", "1.\n", "ii.\n", "ARTICLE IV", "Article 2",
    "IV.   CONVERSION", "1.1  PRICE.  ", "2.", "A.   ", "(a)  ", "(i) ", "(ii) ", "(iv) ", "(x) ", "(y) ",
    "(A) ", "(1) ", "(aa) ", "((", "))", "Section 4(b)(ii) of the Sale Agreement", "clauses (i) to (v)",
    "(the \"TERM\")", "\"TERM\" means ", "\"", "“X”", "$7.5 million", "12.5%", "February 30, 1999",
    "five (5) business days", "MILLS, INC., an Ohio corporation (the \"M\")", "TABLE OF CONTENTS\n",
    "Price . . . . . 3\n", "<TABLE>\n", "</TABLE>\n", "<S> <C>\n", "IN WITNESS WHEREOF", "RECITALS\n",
    "NOW, THEREFORE", "EXHIBIT A\n", "EXHIBIT 4.1\n", "FORM OF NOTE\n", "<DOCUMENT>\n", "<TYPE>EX-4.1\n",
    "<TEXT>\n", "</TEXT>\n", "<div>", "</p>", "<p align=center>", "&nbsp;", "word ", "Word. ", "é", "\u2028",
    "\x00", "\t", "\r\n", "ITEM 5  ", "E = the ", "- ------",
]  # fmt: skip


def _check(text):
    """Read and annotate a text; every span must lie in the source and quote its folded words."""
    try:
        filing = read(text, "fuzz")
    except Problem as problem:
        assert problem.kind is ProblemKind.UNREADABLE
        return
    for document in filing.documents:
        paths = document.paths()
        assert len(paths) == len(set(paths))
        for node in document.walk():
            assert 0 <= node.span.start <= node.body.start <= node.body.end <= node.span.end <= len(filing.source)
            for child in node.children:
                assert node.span.contains(child.span)
        for item in sections(document):
            assert 0 <= item.start <= item.end <= len(document.folded)
        found = annotate(document)
        for sentence in found.sentences:
            assert " ".join(sentence.text.split()) == sentence.text
            assert sentence.text.split()[0] in sentence.span.of(filing.source)
        for mention in (*found.definitions, *found.references, *found.amounts, *found.periods, *found.actors):
            assert 0 <= mention.span.start < mention.span.end <= len(filing.source)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
@settings(max_examples=250, deadline=None)
def test_any_mixture_of_the_marks_a_filing_has(pieces):
    _check("".join(pieces))


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_characters(text):
    _check(text)


@pytest.mark.parametrize("paper", [PAGED, HANGING])
def test_papers_with_lines_cut_doubled_moved_and_characters_changed(paper):
    chance = random.Random(1998)
    for _ in range(60):
        lines = paper.split("\n")
        for _ in range(chance.randint(1, 8)):
            at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines = chance.choice(
                (
                    [*lines[:at], *lines[at + 1 :]],
                    [*lines[:at], lines[to], *lines[at:]],
                    [*lines[:at], chance.choice(PIECES) + lines[at], *lines[at + 1 :]],
                    [*lines[:at], lines[at][: chance.randint(0, 40)], *lines[at + 1 :]],
                )
            ) or [""]
        _check("\n".join(lines))


HOSTILE = [
    "(", ")", "(i) ", "(a) (i) (A) (1) (x) ", "\n(a)  x\n", "\n\n          (i)  HEAD.  x (i) y (ii) z\n", "\"",
    "(the \"X\") ", "Section 1, 2, 3, ", "clause (i), ", "Inc. ", "A. ", ". ", "\n<PAGE>\n1.\n",
    "\nARTICLE I\n", "\n1.1  A.\n", "(\"", "A A A A ", "9", "$9,999,999", "I", " \n", "<PAGE>", ". . . . 3\n",
    "as defined in ", "of the ", "MILLS, INC. ", "a", "EXHIBIT A\n<PAGE>\n", "<TEXT>\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_hostile_text_not_its_square(piece):
    def seconds(size):
        text = "Begin " + piece * (size // len(piece)) + " end"
        start = time.perf_counter()
        for document in read(text, "hostile").documents:
            annotate(document)
        return time.perf_counter() - start

    seconds(2_000)
    short, long = min(seconds(10_000) for _ in range(3)), min(seconds(80_000) for _ in range(2))
    assert long < 30 * short + 0.2
