"""Text nobody has vetted: no crash, no hang, whatever the words."""

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proof_samples import HEAD, TAIL, paper

from paripassu.documents.proofreading import NamedText, as_data, as_page, as_text, proofread
from paripassu.values.problems import Problem, ProblemKind

CORPUS = paper(
    'Grain (the "GRAIN") is (i) weighed within five (5) days, (ii) cleaned, and (iii) stored as Section 2.2 says.',
    "Each Holder shall pay $1,000 on or before May 7, 1999 to the Company, as the case may be.",
    "The Company shall file a registration statement within ten (10) business days after the Closing Date.",
)
UNITS = (
    "Purchaser covenants and agrees that, the Company agrees that ", "((((( ", "(i) (ii) (a) (b) ", '"AB" or "CD" ',
    "one hundred (100) ten (15) ", "a", "A", " \n \n",
    "within five (5) days of receipt of the Notice prior to the consummation ",
    "Section 1.1(a)(b) and Article IV.B(ii) of the Agreement ", "upon any such conversion as the case may be, ",
    "the number of shares of Common Stock issuable upon conversion of the Preferred Stock ",
    "Aaaa Bbbb of Cccc ", "of at the the ",
    "If to the Company: 1 Mill Lane Lima, OH 45801 ", "May 1, 1999 ", "$1,000 exceeds $8,000 ",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_repeated_words_take_time_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        start = time.perf_counter()
        proofread([NamedText("x", HEAD + "     1.1  X.  " + unit * (length // len(unit)) + TAIL)])
        return time.perf_counter() - start

    seconds(1_000)  # the dictionary is read once
    # four times the text: at most ten times the time (sixteen would be its square), with room for a busy machine
    assert seconds(40_000) < 10 * seconds(10_000) + 1.5


def test_pieces_of_a_paper_in_any_order_are_read() -> None:
    words = CORPUS.split(" ")
    for seed in range(25):
        chosen = random.Random(seed)
        shuffled = [chosen.choice(words) for _ in range(400)]
        text = " ".join(shuffled)
        findings = proofread([NamedText("x", text)])
        assert all(finding.span.of(text) for finding in findings)
        as_page(findings, [NamedText("x", text)])


def test_a_paper_cut_anywhere_is_read() -> None:
    for cut in range(0, len(CORPUS), 97):
        text = CORPUS[cut:]
        if text.strip():
            as_text(proofread([NamedText("x", text)]), [NamedText("x", text)])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_gives_findings_or_a_problem(text: str) -> None:
    try:
        findings = proofread([NamedText("x", HEAD + text + TAIL)])
    except Problem as problem:
        assert problem.kind in (ProblemKind.UNREADABLE, ProblemKind.TOO_LARGE)
    else:
        as_data(findings)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([*'()"“”.,;:§$%\n', " (", ") ", "(i) ", "Section ", "İ", "ﬁ", "May 31, 1999", "the "]),
        max_size=80,
    )
)
def test_any_mixture_of_signs_is_read(pieces: list[str]) -> None:
    text = CORPUS[:600] + "".join(pieces) + CORPUS[600:]
    findings = proofread([NamedText("x", text)])
    assert all(
        0 <= passage.span.start <= passage.span.end <= len(text) for finding in findings for passage in finding.passages
    )
