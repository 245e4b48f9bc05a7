"""The script that compares the literals of the cases with the specification finds what is not there."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SPEC = """# Inventory
### COD-I.1 — first
- **Example:** 7,500 shares
## Part 2
7,501 shares stand under no entry
### COD-I.2 — second
- **Example:** $1,000.00
"""
ERRATA = "| I-9 | COD-IV.G(i).1 | The example gives 2,521,854 |\n| no. | entry | decision |\n"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "check_literals.py"
    spec = importlib.util.spec_from_file_location("check_literals", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def wrong(tool: ModuleType, **expected: str) -> list[str]:
    known = {**tool.entries_of(SPEC), **tool.rows_of(ERRATA)}
    case: dict[str, Any] = {"id": "one", "entry": "COD-I.1", "then": [expected]}
    found: list[str] = tool.misses(list(tool.literals_of(case)), known)
    return found


def test_a_literal_of_its_entry_is_found(tool: ModuleType) -> None:
    assert wrong(tool, literal="7,500 shares") == []
    assert wrong(tool, literal="$1,000.00", entry="COD-I.2") == []
    assert wrong(tool, literal="2,521,854", note="cut to whole shares, ERRATA I-9") == []
    assert wrong(tool, note="worked by hand") == []


@pytest.mark.parametrize(
    "expected",
    [
        {"literal": "7,501"},
        {"literal": "$1,000.00"},
        {"literal": "7,500", "entry": "COD-I.2"},
        {"literal": "7,500", "entry": "COD-I.3"},
        {"literal": "2,521,913", "note": "ERRATA I-9"},
        {"literal": "7,500 shares", "note": "ERRATA I-9"},
        {"literal": "2,521,854", "note": "ERRATA I-8"},
    ],
)
def test_a_literal_that_is_not_there_is_named(tool: ModuleType, expected: dict[str, str]) -> None:
    (sentence,) = wrong(tool, **expected)
    assert sentence.startswith("one: ")


def test_without_a_specification_the_script_says_how_to_run_it(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tool.main([]) == 2
    assert tool.main([str(tmp_path)]) == 2
    assert "SPEC_DIR" in capsys.readouterr().err


def test_a_specification_without_the_entries_fails(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("instruments.md", SPEC), ("agreements.md", ""), ("ERRATA.md", ERRATA)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert tool.main([str(tmp_path)]) == 1
    assert "the specification has no COD-III.C.1" in capsys.readouterr().out
