"""Resolving a printed provision in the outline of a paper."""

from __future__ import annotations

import re

from paripassu.documents.proofreading.papers import Paper


def resolve(paper: Paper, target: str) -> str | None:
    """The path of the node a printed provision names: exact, without stops, or its plain form; None where none is."""
    bare = target.rstrip(".")
    for candidate in (bare, bare.replace(".(", "("), re.sub(r"^([IVXLC]+)([A-Z])\b", r"\1.\2", bare)):
        if candidate in paper.places.by_path:
            return candidate
    return None
