"""Installing: the README's two commands are what continuous integration runs, with versions pinned by name."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

from consoles import ROOT, blocks

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = [
    line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_continuous_integration_runs_the_two_commands_of_the_readme() -> None:
    shell = [block.text for block in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if block.language == "sh"]
    assert len(shell) == 2
    bash = shutil.which("bash")
    assert bash
    done = subprocess.run([bash, str(ROOT / ".ci" / "run"), "commands"], capture_output=True, text=True, check=True)
    assert done.stdout == "".join(shell)


def test_the_first_command_runs_the_main_job_and_the_second_the_tests() -> None:
    first, second = [
        block.text for block in blocks((ROOT / "README.md").read_text(encoding="utf-8")) if block.language == "sh"
    ]
    assert first.count("\n") == second.count("\n") == 1
    assert "report valence-1998 --as-of 1999-11-04 --output statement.html" in first
    assert "pytest" in second
    assert all("-c constraints.txt" in command for command in (first, second))


def test_constraints_are_names_and_versions_without_addresses() -> None:
    for line in PINNED:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.+!-]*", line), line
    names = [canonical(line.partition("==")[0]) for line in PINNED]
    assert len(set(names)) == len(names)
    assert canonical(PROJECT["name"]) not in names


def test_constraints_pin_everything_that_is_installed() -> None:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]
    pinned = {canonical(line.partition("==")[0]) for line in PINNED}
    for requirement in wanted:
        name = canonical(re.split(r"[<>=!~;\[ ]", requirement)[0])
        assert name in pinned, f"{name}: make constraints.txt again"


def test_the_licence_is_stated_and_there() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "END OF TERMS AND CONDITIONS" in text
