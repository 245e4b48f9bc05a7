"""Every kind of Problem has a runnable sample, and the sentence it prints stands in docs/problems.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from consoles import ROOT, blocks, exchanges, run
from paripassu.values.problems import ProblemKind

SAMPLES = ROOT / "tests" / "samples"
PAGE = (ROOT / "docs" / "problems.md").read_text(encoding="utf-8")


def sections() -> dict[str, str]:
    """The sections of the page by heading; one for each kind, named by its code."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def documented(code: str) -> list[tuple[str, list[str]]]:
    """The commands shown for a kind, each with the lines shown after it."""
    return [
        exchange for block in blocks(sections()[code]) if block.language == "console"
        for exchange in exchanges(block.text)
    ]


@pytest.mark.parametrize("kind", ProblemKind, ids=lambda kind: kind.code)
def test_every_kind_is_documented_with_its_meaning_and_exit_status(kind: ProblemKind) -> None:
    assert kind.code in sections(), f"docs/problems.md has no section {kind.code}"
    text = " ".join(sections()[kind.code].split())
    assert f"Exit status {kind.exit_code}." in text
    assert kind.meaning in text


@pytest.mark.parametrize("kind", ProblemKind, ids=lambda kind: kind.code)
def test_every_kind_has_a_sample_that_prints_the_sentence_documented(kind: ProblemKind, tmp_path: Path) -> None:
    sample = SAMPLES / kind.code
    assert sample.is_dir(), f"tests/samples has no {kind.code}"
    commands = (sample / "command").read_text(encoding="utf-8").splitlines()
    shown = documented(kind.code)
    assert [command for command, _ in shown] == commands
    folder = Path(shutil.copytree(sample, tmp_path / "sample"))
    for command, lines in shown:
        ran = run(command, folder)
        if not command.startswith("paripassu"):
            continue
        assert ran.status == kind.exit_code, ran.text
        assert ran.errors.splitlines() == lines
        assert ran.errors.startswith(f"{kind.code}: ")
        assert "Traceback" not in ran.text


def test_a_sample_names_the_file_and_line_wherever_a_file_is_at_fault() -> None:
    about_a_line = re.compile(r"^[a-z-]+: [\w.-]+\.(?:jsonl|csv|yaml):\d+: .+; .+\.$")
    without = {
        "missing-file": "the file itself is missing",
        "too-large": "no line of the file is read",
        "busy": "the book is sound, another was there",
        "unwritable": "the book itself cannot be written",
        "wrong-deal": "the whole file is another",
        "damaged": "an entry of a book is named",
        "altered": "any part of the receipt may be the one",
        "other-version": "the whole receipt is of that version",
    }
    for kind in ProblemKind:
        lines = [line for _, shown in documented(kind.code) for line in shown]
        named = [line for line in lines if about_a_line.match(line)]
        assert bool(named) != (kind.code in without), (kind.code, lines)


def test_every_sentence_has_a_remedy() -> None:
    for kind in ProblemKind:
        for command, shown in documented(kind.code):
            if command.startswith("paripassu"):
                assert len(shown) == 1, command
                assert "; " in shown[0] and shown[0].endswith("."), shown[0]


def test_no_sample_is_left_over() -> None:
    assert {folder.name for folder in SAMPLES.iterdir()} == {kind.code for kind in ProblemKind}


def test_exit_statuses_are_distinct_and_leave_the_shell_its_own() -> None:
    statuses = [kind.exit_code for kind in ProblemKind]
    assert len(set(statuses)) == len(statuses)
    assert all(10 <= status < 126 for status in statuses)


def test_a_missing_bid_is_not_a_problem(tmp_path: Path) -> None:
    exchange = dict(
        exchange for block in blocks(sections()["What is not a Problem"]) if block.language == "console"
        for exchange in exchanges(block.text)
    )
    for command in exchange:
        ran = run(command, tmp_path)
        assert ran.status == 0
        assert "undetermined" in ran.text
