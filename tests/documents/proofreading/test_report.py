"""What a finding carries, and how findings are shown."""

import json
import re

import pytest
from proof_samples import found, paper, the

from paripassu.documents.proofreading import NamedText, as_data, as_page, as_read, as_text, proofread
from paripassu.documents.proofreading.proof import LARGEST_SET
from paripassu.values.problems import Problem, ProblemKind

TEXT = paper("The miller keeps the certifacate & the <seal>, and the the key.")
NAMED = [NamedText("mill.txt", TEXT)]


def test_every_span_quotes_the_source() -> None:
    findings = found(TEXT)
    assert findings
    for finding in findings:
        for passage in finding.passages:
            quoted = " ".join(passage.span.of(TEXT).split())
            assert quoted.startswith(passage.quotation.removesuffix(" ..."))


def test_a_finding_says_where_it_stands() -> None:
    finding = the("misspelt", TEXT)
    assert finding.path == "1.1"
    assert finding.document == "GRAIN ELEVATOR PURCHASE AGREEMENT"
    assert finding.reading == '"certificate"'
    assert finding.at.source == "paper-1.txt"


def test_the_text_numbers_the_findings_and_counts_the_classes() -> None:
    shown = as_text(proofread(NAMED), NAMED)
    line = TEXT[: TEXT.index("certifacate")].count("\n") + 1
    assert f"mill.txt:{line} (" in shown
    assert "c5 misspelt or wrong word: 1" in shown
    assert shown.rstrip().splitlines()[-3:][0].endswith("findings") or " findings" in shown


def test_no_findings_are_said_to_be_none() -> None:
    assert as_text([]) == "0 findings\n"


def test_the_data_is_json_and_keeps_exact_places() -> None:
    findings = proofread(NAMED)
    data = json.loads(json.dumps(as_data(findings, NAMED)))
    assert data["version"] == 1
    assert [item["rule"] for item in data["findings"]] == [finding.rule for finding in findings]
    place = data["findings"][0]["passages"][0]
    assert TEXT[place["start"] : place["end"]].split() == findings[0].span.of(TEXT).split()


def test_the_page_is_self_contained_marks_every_passage_and_escapes_the_text() -> None:
    findings = proofread(NAMED)
    page = as_page(findings, NAMED)
    assert page.count('<li id="f') == len(findings)
    assert all(f'id="m{number}"' in page for number in range(1, len(findings) + 1))
    assert "&lt;seal&gt;," in page
    assert "<seal>" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    shown = re.sub(r"<[^>]*>", "", re.sub(r"<sup.*?</sup>", "", page.split("<pre>")[1].split("</pre>")[0]))
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") == TEXT


def test_html_exhibits_are_shown_as_they_were_read() -> None:
    html = "<html><body><p>MILL AGREEMENT</p><p>The miller keeps the the key in the mill.</p></body></html>"
    texts = [NamedText("mill.htm", html)]
    findings = proofread(texts)
    (read,) = as_read(texts)
    (double,) = [finding for finding in findings if finding.rule == "word-doubled"]
    assert "the the" in double.span.of(read.text)
    assert '<mark class="cosmetic">' in as_page(findings, [read])


def test_the_order_of_findings_is_the_order_of_the_words() -> None:
    findings = found(TEXT, TEXT)
    keys = [(finding.at.source, finding.span) for finding in findings]
    assert keys == sorted(keys)


def test_too_much_text_is_refused_with_the_remedy() -> None:
    with pytest.raises(Problem) as refused:
        proofread([NamedText("big.txt", "word " * (LARGEST_SET // 5 + 1))])
    assert refused.value.kind is ProblemKind.TOO_LARGE
    assert "give fewer papers" in refused.value.sentence


def test_a_hundred_megabytes_are_refused_at_once() -> None:
    with pytest.raises(Problem) as refused:
        proofread([NamedText("huge.txt", "x" * 100_000_000)])
    assert refused.value.kind is ProblemKind.TOO_LARGE


def test_two_texts_of_one_name_are_refused() -> None:
    with pytest.raises(Problem) as refused:
        proofread([NamedText("a.txt", TEXT), NamedText("a.txt", TEXT)])
    assert refused.value.kind is ProblemKind.DUPLICATE


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(Problem) as refused:
        proofread([NamedText("picture.png", "\x89PNG\0\0")])
    assert refused.value.kind is ProblemKind.UNREADABLE
