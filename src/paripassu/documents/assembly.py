"""From drafts to the outline: missing first labels implied, canonical paths given, names made unique."""

from __future__ import annotations

from collections import Counter

from paripassu.documents.labels import Family, Reading, Style
from paripassu.documents.model import Node, NodeKind, Span
from paripassu.documents.outline import Draft
from paripassu.documents.runin import succeeds


def freeze(drafts: list[Draft], prefix: str, taken: Counter[str]) -> tuple[Node, ...]:
    """The nodes of these drafts with their paths; ``taken`` counts the paths given so far in the document.

    Labels that open a paragraph are named before those that run inside one, in case both say "(i)".
    """
    _same_case(drafts)
    paths: dict[int, str] = {}
    for place, draft in enumerate(drafts):
        if not draft.run_in:
            paths[place] = unique(_path(draft, prefix), taken)
    for group in _run_in_lists(drafts):
        for place, path in zip(group, _list_paths([_path(drafts[at], prefix) for at in group], taken), strict=True):
            paths[place] = path
    return tuple(_node(draft, paths[place], taken) for place, draft in enumerate(drafts))


def _node(draft: Draft, path: str, taken: Counter[str]) -> Node:
    children = freeze(with_implied_first(draft), path, taken)
    return Node(
        draft.label,
        path,
        draft.heading,
        draft.kind,
        Span(draft.start, max(draft.end, draft.start)),
        Span(min(draft.body, max(draft.end, draft.start)), max(draft.end, draft.start)),
        children,
        draft.run_in,
        draft.implied,
    )


def _run_in_lists(drafts: list[Draft]) -> list[list[int]]:
    """The places of run-in items, list by list."""
    lists: list[list[int]] = []
    for place, draft in enumerate(drafts):
        if not draft.run_in:
            continue
        if lists and succeeds(drafts[lists[-1][-1]].sign, draft.sign):
            lists[-1].append(place)
        else:
            lists.append([place])
    return lists


def _list_paths(paths: list[str], taken: Counter[str]) -> list[str]:
    """The paths of one list; where any of them is taken, all of them carry the same "#2"."""
    turn = max(taken[path] for path in paths) + 1
    for path in paths:
        taken[path] = turn
    return paths if turn == 1 else [f"{path}#{turn}" for path in paths]


def unique(path: str, taken: Counter[str]) -> str:
    """The path itself the first time, then with "#2", "#3" and so on."""
    taken[path] += 1
    return path if taken[path] == 1 else f"{path}#{taken[path]}"


def _path(draft: Draft, prefix: str) -> str:
    if draft.family is Family.PAREN:
        return f"{prefix}({draft.sign})"
    numbered = bool(draft.readings) and draft.readings[0].style is Style.DECIMAL
    if draft.family is Family.ARTICLE or not prefix:
        return f"{prefix}.{draft.sign}" if prefix.startswith("EX") else draft.sign
    if numbered and not prefix.startswith("EX"):
        return draft.sign
    return f"{prefix}.{draft.sign}"


def with_implied_first(draft: Draft) -> list[Draft]:
    """The children, with a first clause implied where the printed ones begin at the second label.

    A section whose words are followed by "(b)" has an (a) that was not printed: its own words.
    """
    blocks = [child for child in draft.children if not child.run_in]
    if not blocks or draft.family is not Family.SECTION:
        return draft.children
    first = blocks[0]
    if first.family is not Family.PAREN or not first.readings or first.readings[0].ordinal != 2:
        return draft.children
    style = first.readings[0].style
    inside = [child for child in draft.children if child.run_in and child.end <= first.start]
    if not inside and draft.body >= first.start:
        return draft.children
    end = max((child.end for child in inside), default=draft.body)
    lead = Draft(
        "",
        "a" if style is Style.LOWER else "A",
        NodeKind.CLAUSE,
        Family.PAREN,
        (Reading(style, 1),),
        first.columns,
        draft.body,
        draft.body,
        max(end, _before(draft, first)),
        children=inside,
        implied=True,
    )
    if style not in (Style.LOWER, Style.UPPER):
        return draft.children
    return [lead, *[child for child in draft.children if child not in inside]]


def _before(draft: Draft, first: Draft) -> int:
    """Where the words before the first printed clause end: at its label."""
    return max(draft.body, first.start)


def _same_case(drafts: list[Draft]) -> None:
    """Give a first label set in capitals by mistake the case of the labels after it: (A), (b), (c)."""
    blocks = [draft for draft in drafts if draft.family is Family.PAREN and not draft.run_in]
    if len(blocks) > 1 and blocks[0].sign == "A" and blocks[1].sign == "b":
        blocks[0].sign = "a"
