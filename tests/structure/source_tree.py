"""The source of the package as text and syntax trees, and the rules it is held to.

A rule takes modules and returns sentences, one for each breach; the tests feed it the package and, so that a rule that
sees nothing is noticed, modules that break it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "paripassu"


@dataclass(frozen=True)
class Module:
    """A module by its dotted name under the package, with its syntax tree."""

    name: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """The package or module directly under ``paripassu`` it belongs to."""
        return self.name.partition(".")[0]


def module(name: str, text: str) -> Module:
    """A module from its text."""
    return Module(name, ast.parse(text))


def package() -> list[Module]:
    """Every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
        found.append(module(name.removesuffix(".__init__"), path.read_text(encoding="utf-8")))
    return found


def imported(one: Module) -> Iterator[str]:
    """Dotted names of what a module imports, names imported from a module included."""
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(one: Module) -> Iterator[str]:
    """What it imports of the package, without the package's name."""
    prefix = "paripassu."
    yield from (name.removeprefix(prefix) for name in imported(one) if name.startswith(prefix))


def calls(one: Module) -> Iterator[tuple[str, int]]:
    """Dotted text of every function called, with its line."""
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno
