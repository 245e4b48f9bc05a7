"""Imports go down only, and what touches the disk, the clock or a format stays in its place."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from source_tree import Module, calls, imported, module, own_imports, package

LAYERS = (
    ("values",),
    ("codec", "documents", "render", "clauses"),
    ("agreement", "store"),
    ("asking", "amending"),
    ("admitting",),
    ("replay",),
    ("explaining", "loading", "columns", "prompts"),
    ("differing", "reconciling", "supposing"),
    ("views", "valuation", "cases"),
    ("notices",),
    ("coverage", "rankings", "receipts", "submissions"),
    ("recorded",),
    ("limits",),
    ("booking",),
    ("choosing",),
    ("service", "papers"),
    ("whatif", "annotating", "drafting"), ("reperforming",),
    ("cli_output", "cli_options"),
    ("cli_papers", "cli_book", "cli_receipts", "cli_register", "cli_annotated", "cli_adjustments",
     "cli_draft"),
    ("cli_record",),
    ("cli_readings", "cli_difference"),
    ("cli", "api", "web"),
    ("__main__",),
)
"""From the bottom up; a part may import lower layers and itself."""
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
ONLY = {"documents": {"values"}, "codec": {"values"}, "render": {"values"}, "clauses": {"values"},
        "store": {"values", "codec"}}
"""Parts that may import nothing else of the package but themselves."""
FORMATS = {"json", "yaml", "csv"}
DISK = {"FileIO", "read_text", "write_text", "read_bytes", "write_bytes", "is_file", "is_dir", "iterdir", "exists",
        "stat", "mkdir", "unlink", "glob", "rglob", "Path", "files", "copyfile", "copytree", "rmtree"}
CLOCK = {"now", "today", "utcnow", "time", "time_ns", "localtime", "perf_counter", "monotonic"}
DISK_MODULES = {"pathlib", "tempfile", "importlib", "pkgutil", "glob", "os", "sqlite3"}
ZONE_RULES = {"importlib", "files", "is_file"}
"""What values.dates may use: the pinned time zone rules come with a package, not from a file of anybody's."""


def upward(modules: Iterable[Module]) -> list[str]:
    """Imports that go up or sideways."""
    found = []
    for one in modules:
        for target in own_imports(one):
            part = target.partition(".")[0]
            if part == one.part or part == "__version__" or one.part not in LEVEL:
                continue
            allowed = ONLY.get(one.part, LEVEL)
            if part not in allowed or LEVEL[part] >= LEVEL[one.part]:
                found.append(f"{one.name} imports {target}")
    return found


def clauses_joined(modules: Iterable[Module]) -> list[str]:
    """Clauses that import each other; the library that lists them excepted."""
    return [f"{one.name} imports {target}" for one in modules if one.part == "clauses" and one.name != "clauses.library"
            for target in own_imports(one) if target.startswith("clauses.")]


def disk(modules: Iterable[Module]) -> list[str]:
    """Modules other than the store that touch the disk."""
    found = []
    for one in modules:
        allowed = ZONE_RULES if one.name == "values.dates" else set()
        if one.part == "store":
            continue
        found += [f"{one.name} imports {name}" for name in imported(one)
                  if name.partition(".")[0] in DISK_MODULES - allowed and not name.startswith("os.environ")]
        found += [f"{one.name}:{line} calls {name}" for name, line in calls(one)
                  if name in ("open", "io.open")
                  or (name.rpartition(".")[2] in DISK - allowed and not name.startswith("store."))]
    return found


def clock(modules: Iterable[Module]) -> list[str]:
    """Modules other than the service that read the clock."""
    found = []
    for one in modules:
        if one.name == "service":
            continue
        found += [f"{one.name} imports time" for name in imported(one) if name.partition(".")[0] == "time"]
        found += [f"{one.name}:{line} calls {name}" for name, line in calls(one)
                  if name.rpartition(".")[2] in CLOCK and name.partition(".")[0] in ("datetime", "date", "time", "dt")]
    return found


def formats(modules: Iterable[Module]) -> list[str]:
    """Modules other than the codec that know JSON or YAML; calendars read their own table of dates and reasons."""
    return [f"{one.name} imports {name}" for one in modules for name in imported(one)
            if name.partition(".")[0] in FORMATS
            and one.name != "codec" and (one.name, name) != ("values.calendars", "csv")]


RULES = {"upward": upward, "clauses joined": clauses_joined, "disk": disk, "clock": clock, "formats": formats}
BAD = {
    "upward": [("values.facts", "from paripassu.replay import replay"), ("agreement", "from paripassu import cli"),
               ("documents.model", "from paripassu.agreement import Agreement"),
               ("render.html", "from paripassu.codec import to_json"), ("asking", "import paripassu.views.diary"),
               ("clauses.pricing", "from paripassu.asking import Names")],
    "clauses joined": [("clauses.pricing", "from paripassu.clauses.default import BuyIn")],
    "disk": [("replay", "from pathlib import Path"), ("codec", "text = open('x').read()"),
             ("values.dates", "import os"), ("views.diary", "template.read_text()"),
             ("values.dates", "rules.write_text('x')")],
    "clock": [("replay", "from datetime import date\nday = date.today()"), ("cli", "import time"),
              ("render.html", "import datetime\nx = datetime.datetime.now()")],
    "formats": [("service", "import json"), ("store", "from yaml import safe_load"), ("render.trace", "import csv")],
}


@pytest.mark.parametrize("rule", RULES)
def test_the_package_keeps_its_layers(rule: str) -> None:
    assert RULES[rule](package()) == []


@pytest.mark.parametrize(("rule", "name", "text"), [(rule, *bad) for rule, all_bad in BAD.items() for bad in all_bad])
def test_a_module_that_breaks_a_rule_is_seen(rule: str, name: str, text: str) -> None:
    assert RULES[rule]([module(name, text)])


def test_every_part_of_the_package_has_a_layer() -> None:
    assert {one.part for one in package()} - {"", "__init__"} <= set(LEVEL)
