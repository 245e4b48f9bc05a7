"""What the documents show is what the program does: examples, tables, lists of verbs, links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from consoles import ROOT, blocks, difference, exchanges, run
from paripassu.cli import app
from paripassu.values.grades import Grade

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [one for one in PAGES if one.name != "problems.md"], ids=lambda page: page.name)
def test_every_example_runs_and_prints_what_is_shown(page: Path, tmp_path: Path) -> None:
    for block in blocks(text_of(page)):
        if block.name:
            target = tmp_path / block.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, encoding="utf-8")
        elif block.language == "console":
            for command, shown in exchanges(block.text):
                ran = run(command, tmp_path)
                assert ran.status == 0, f"{page.name}:{block.line}: {command}: {ran.text}"
                assert not difference(shown, ran.text), f"{page.name}:{block.line}: {command}: " + difference(
                    shown, ran.text
                )


def test_there_are_examples_to_run() -> None:
    counted = {page.name: sum(block.language == "console" for block in blocks(text_of(page))) for page in PAGES}
    assert counted["README.md"] >= 3
    assert counted["how-to.md"] >= 8
    assert counted["concepts.md"] >= 2


def test_a_changed_line_of_an_example_is_noticed() -> None:
    output = "one\ntwo\nthree\nfour\n"
    assert not difference(["one", "...", "four"], output)
    assert not difference(["one", "two", "three", "four"], output)
    assert not difference(["...", "three", "..."], output)
    assert difference(["one", "...", "fore"], output)
    assert difference(["one", "three", "..."], output)
    assert difference(["one", "two"], output)
    assert difference(["two", "..."], output)
    assert difference(["...", "three", "two", "..."], output)


def test_tables_that_follow_from_the_program_are_up_to_date() -> None:
    tool = ROOT / "tools" / "make_tables.py"
    done = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}run: python tools/make_tables.py"
    marks = "".join(text_of(page) for page in PAGES)
    for name in ("order of a day", "kinds of fact", "clauses", "observables"):
        assert marks.count(f"<!-- table: {name} -->\n|") == 1, name


def test_the_grades_are_listed_from_best_to_worst() -> None:
    section = text_of(ROOT / "docs" / "concepts.md").split("\n## Grades\n")[1].split("\n## ")[0]
    assert re.findall(r"^\| ([a-z ]+) \| ", section, re.MULTILINE)[1:] == [grade.label for grade in Grade]


def test_the_readme_lists_every_verb() -> None:
    listed = re.findall(r"^\| `([a-z-]+)` \|", text_of(ROOT / "README.md"), re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(page)):
        assert not target.startswith("http"), f"{page.name} links outside: {target}"
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_index_names_every_page() -> None:
    index = text_of(ROOT / "docs" / "index.md")
    for page in (ROOT / "docs").glob("*.md"):
        assert page.name == "index.md" or f"({page.name})" in index, page.name
