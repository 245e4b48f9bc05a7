"""Form: labels skipped, repeated or misplaced, brackets that do not balance, page numbers inside sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.folding import to_folded
from paripassu.documents.model import DocumentKind, Node, NodeKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.papers import Paper, Stretch, make
from paripassu.documents.proofreading.reference_rules import is_unlabelled
from paripassu.documents.runin import succeeds

_LABEL = compiled(r"\((?P<sign>[ivx]{1,5}|[a-z]|[A-Z]|\d{1,2})\)")
_POINTED = compiled(
    r"(?i)(?:\b(?:(?:sub)?clauses?|(?:sub)?paragraphs?|(?:sub)?sections?|articles?|items?|rules?|each "
    r"of|forms?|either of|regulations?"
    r"|foregoing in|and|or|through|to|[-,]) ?(?:[\dIVX]{1,4}[.\w]{0,6})?(?:\([a-z\d]{1,4}\))*)$"
)
_HEADS = compiled(r"(?i)\b(?:clause|section|paragraph|article|item|rule|subsection|each of|foregoing|of|in)s?\b")
_JOINED = compiled(
    r"(?P<before>[a-z]+ )\((?P<sign>ii|iii|iv|b|c|y|z|B|C|2|3)\) (?P<word>plus|minus|less|and|or) "
    r"(?:any|the|all|an?|such|\w+)\b"
)
_NUMBER_BEFORE = compiled(
    r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|business|\w+teen|\w+ty)$"
)
_STRAY = compiled(r"\b(?P<before>[a-z]{2,20}|[A-Z][a-z]+),? (?P<number>\d{1,3})\.? (?P<after>[a-z]{1,15})\b")
_COUNTED = frozenset(
    (
        "equal", "separate", "annual", "monthly", "quarterly", "successive", "additional", "day", "days", "business",
        "trading", "shares", "share", "month", "months", "year", "years", "consecutive", "percent", "per", "hours",
        "calendar", "times", "basis", "units", "full", "minutes", "banking", "weeks", "or", "th", "x", "thousand",
        "million",
    )
)  # fmt: skip
_NUMBERED_HEADS = frozenset(
    (
        "section", "sections", "title", "rule", "rules", "form", "article", "articles", "exhibit", "schedule", "page",
        "than", "least", "most", "clause", "paragraph", "note", "item", "items", "suite", "regulation", "chapter",
        "part", "annex", "no", "number", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "approximately", "about", "within", "every", "first", "last",
        "these", "exceed", "exceeds", "exceeding", "equal", "equals",
    )
)  # fmt: skip
_FIRST = {"a": ("b",), "i": ("ii",), "A": ("B",), "x": ("y",), "1": ("2",)}
_FOLLOWERS = {"b": "a", "B": "A", "ii": "i", "y": "x", "2": "1"}
_MOST_BRACKETS = 6
_MOST_GAPS = 2
_LONGEST_RUN = 20_000


def numbering_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about labels, brackets and page numbers in these papers."""
    for paper in papers:
        if paper.kind is DocumentKind.REPORT:
            continue  # the numbers of its items are the form's, and its cover is a table
        if paper.outline_is_sound:
            yield from _outline_labels(paper)
            yield from _label_missing(paper)
        yield from _sentence_labels(paper)
        yield from _joined_labels(paper)
        yield from _brackets(paper)
        yield from _stray_pages(paper)


def _outline_labels(paper: Paper) -> Iterator[Finding]:
    """Labels of one list, each on a line of its own: each must succeed the one before."""
    rows = [node.children for node in paper.places.nodes]
    found = [finding for row in [*rows, paper.document.outline] for finding in _row(paper, row)]
    if len(found) <= _MOST_GAPS:
        yield from found


def _row(paper: Paper, nodes: Sequence[Node]) -> Iterator[Finding]:
    labelled = [
        node
        for node in nodes
        if node.label
        and not node.run_in
        and node.kind in (NodeKind.ARTICLE, NodeKind.SECTION, NodeKind.CLAUSE, NodeKind.SUBCLAUSE)
    ]
    for before, after in zip(labelled, labelled[1:], strict=False):
        first, second = _sign(before.label), _sign(after.label)
        if not first or not second or succeeds(first, second) or _dotted_successor(first, second):
            continue
        if re.search(r"(?i)omitted|reserved|deleted", _opening(paper, after) + _opening(paper, before)):
            continue
        if _first_of_list(second) or _style(first) != _style(second) or after.implied:
            continue
        start, end = to_folded(paper.document.folded, after.span)
        again = first == second
        yield make(
            RuleClass.NUMBERING,
            "label-repeated" if again else "label-skipped",
            Severity.COSMETIC,
            Confidence.PROBABLE,
            [paper.passage(start, min(end, start + 60)), paper.passage(*_head(paper, before))],
            f"{after.label} follows {before.label}",
            "renumber, or restore what was dropped",
        )


def _opening(paper: Paper, node: Node) -> str:
    start, end = to_folded(paper.document.folded, node.span)
    return paper.text[start : min(end, start + 60)]


def _label_missing(paper: Paper) -> Iterator[Finding]:
    """A paragraph without its label: the next of its list is printed with the second."""
    for node in paper.places.nodes:
        if not is_unlabelled(paper, node):
            continue
        start, end = to_folded(paper.document.folded, node.span)
        if end > start:
            yield make(
                RuleClass.NUMBERING,
                "label-missing",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(start, min(end, start + 60))],
                f"the label of {node.path} is missing, the next of its list is printed",
                "print the label",
            )


def _head(paper: Paper, node: Node) -> tuple[int, int]:
    start, end = to_folded(paper.document.folded, node.span)
    return start, min(end, start + 60)


def _sign(label: str) -> str:
    return re.sub(r"(?i)^(?:article|section|§) ?", "", label).strip("().: ")


def _dotted_successor(first: str, second: str) -> bool:
    """ "4.9" then "4.10"; "4.9" then "5.1"."""
    one, two = first.split("."), second.split(".")
    if len(one) != len(two) or not all(part.isdigit() for part in [*one, *two]):
        return len(one) != len(two)
    head = one[:-1] == two[:-1] and int(two[-1]) == int(one[-1]) + 1
    return head or (int(two[0]) == int(one[0]) + 1 and two[-1] in ("1", "01"))


def _first_of_list(sign: str) -> bool:
    return sign in ("a", "A", "i", "I", "1", "x", "X")


def _style(sign: str) -> str:
    return "digit" if sign[:1].isdigit() else "upper" if sign[:1].isupper() else "lower"


_AIMED = re.compile(r" (?:above|below|hereof|for any)\b")


def labels_in(sentence: Stretch) -> list[tuple[int, str]]:
    """The list labels of a sentence (offset in the sentence, sign), those that belong to a reference or follow a
    number in words left out.
    """
    found: list[tuple[int, str]] = []
    text = sentence.text
    for match in _LABEL.finditer(text):
        at = match.start()
        if text[at - 1 : at] not in ("", " ", "(", "[", "/") or text[match.end() : match.end() + 1] not in ("", " "):
            continue
        before = text[max(0, at - 40) : at].rstrip()
        last = before.rsplit(" ", 1)[-1] if before else ""
        if (
            _AIMED.match(text[match.end() : match.end() + 12])
            or _is_pointed(before)
            or (words(match, "sign").isdigit() and _NUMBER_BEFORE.search(last))
        ):
            continue
        found.append((at, words(match, "sign")))
    return found


def _is_pointed(before: str) -> bool:
    """Whether the words before a label make it part of a reference ("clause", "clauses (i) and", "Section 3")."""
    tail = re.sub(r"(?:\([A-Za-z\d]{1,4}\)[, ]*(?:and|or|through|to|-)?[ ]*)+$", "", before).rstrip()
    chained = tail != before.rstrip()
    if re.search(
        r"(?i)\b(?:sub)?(?:clause|section|paragraph|article|item|rule|foregoing in|each of|both of|either "
        r"of|regulation|proviso)s? ?[\dIVXA-Z.]{0,8}$",
        tail,
    ):
        return True
    return (
        chained
        and re.search(r"\(\w{1,4}\)[, ]*(?:and|or|through|to|-)$", before) is not None
        and len(before) - len(tail) <= 12
        and not tail.endswith((",", ";"))
    )


def _sentence_labels(paper: Paper) -> Iterator[Finding]:
    """Within a sentence: a second item without a first, and one list's labels used for another list as well."""
    paragraphs = [to_folded(paper.document.folded, span) for span in paper.document.paragraphs]
    place = 0
    for sentence in paper.sentences:
        while place + 1 < len(paragraphs) and paragraphs[place][1] <= sentence.start:
            place += 1
        labels = labels_in(sentence)
        if not labels:
            continue
        signs = [sign for _, sign in labels]
        context = paper.text[paragraphs[place][0] : sentence.start] if paragraphs else ""
        node_labels = {_sign(node.label) for node in paper.places.chain(sentence.path)}
        for at, sign in labels:
            first = _FOLLOWERS.get(sign)
            if sign == "y" and "(z)" in sentence.text:
                continue  # a pair may be lettered (y) and (z)
            if (
                first
                and first not in signs
                and f"({first})" not in context
                and f"({first})" not in _before(paper, sentence)
                and not (node_labels & {first, sign})
                and at > 0
            ):
                if "(" + first + ")" in sentence.text[:at] and sign not in ("b", "B"):
                    continue
                start = sentence.start + max(0, at - 60)
                yield make(
                    RuleClass.NUMBERING,
                    "item-without-first",
                    Severity.AMBIGUITY,
                    Confidence.CERTAIN,
                    [paper.passage(start, min(sentence.end, sentence.start + at + 30))],
                    f"there is a ({sign}) and no ({first})",
                    f'insert "({first})" before the first item',
                )
        for sign in ("i", "a"):
            starts = [at for at, name in labels if name == sign]
            if len(starts) >= 2 and _second_list(labels, sign):
                yield make(
                    RuleClass.NUMBERING,
                    "labels-used-twice",
                    Severity.COSMETIC,
                    Confidence.CERTAIN,
                    [paper.passage(sentence.start + at, min(sentence.end, sentence.start + at + 60)) for at in starts],
                    f"({sign}) and its successors are used for two lists in one sentence",
                    "give the second list labels of another style",
                )


def _before(paper: Paper, sentence: Stretch) -> str:
    """What the section says before a sentence, four thousand characters at most."""
    section = paper.bounds(paper.section_of(sentence.path))
    return paper.text[max(section[0] if section else 0, sentence.start - 4000) : sentence.start]


def _second_list(labels: Sequence[tuple[int, str]], sign: str) -> bool:
    """Whether a list starting at ``sign`` is begun again after its own second item was reached."""
    second = _FIRST[sign][0]
    names = [name for _, name in labels]
    try:
        first = names.index(sign)
        reached = names.index(second, first + 1)
        again = names.index(sign, reached + 1)
    except ValueError:
        return False
    between = {name for name in names[first:again] if len(name) == 1 and name not in "abcdefghiv"}
    return second in names[again + 1 :] and not between


def _joined_labels(paper: Paper) -> Iterator[Finding]:
    """ "exists (ii) plus any": the conjunction belongs before the label."""
    for match in _JOINED.finditer(paper.text):
        if words(match, "sign").isdigit() and _NUMBER_BEFORE.search(words(match, "before").rstrip()):
            continue
        if _is_pointed(paper.text[max(0, match.start() - 40) : match.start(2) - 1].rstrip()):
            continue
        yield make(
            RuleClass.NUMBERING,
            "label-misplaced",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, match.start() - 30), match.end())],
            "the label stands before the word that joins the items",
            f'"{words(match, "word")} ({words(match, "sign")})"',
        )


def _brackets(paper: Paper) -> Iterator[Finding]:
    """Round brackets counted over each run of paragraphs that make one sentence, single labels ("a)") left out."""
    bounds = sorted(to_folded(paper.document.folded, span) for span in paper.document.paragraphs)
    at = 0
    while at < len(bounds):
        start, end = bounds[at]
        at += 1
        opened, surplus = _balance(paper.text, start, end)
        while opened and at < len(bounds) and _runs_on(paper.text, start, end):
            end = bounds[at][1]
            at += 1
            opened, surplus = _balance(paper.text, start, end)
        if len(opened) + len(surplus) > _MOST_BRACKETS:
            continue  # a table or a formula, not a sentence
        for offset in opened:
            yield from _bracket(
                paper, offset, "bracket-open", "is opened and not closed", "close it where the inserted words end"
            )
        for offset in surplus:
            yield from _bracket(
                paper,
                offset,
                "bracket-surplus",
                "is closed and was not opened",
                "delete it, or restore the opening one",
            )


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a stretch of paragraphs has not come to the end of its sentence."""
    stopped = text[max(start, end - 3) : end].rstrip('"”)').endswith((".", "]"))
    return not stopped and end - start < _LONGEST_RUN


def _bracket(paper: Paper, offset: int, rule: str, wrong: str, reading: str) -> Iterator[Finding]:
    sentence = paper.sentence_at(offset)
    if sentence is not None:
        yield make(
            RuleClass.BRACKETS,
            rule,
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(sentence.start, offset - 60), min(offset + 70, sentence.end))],
            f"a parenthesis {wrong}",
            reading,
        )


_BARE_LABEL = re.compile(r"(?:^|[\s(])(?:[A-Za-z]|[ivx]{1,4}|\d{1,2})$")


def _balance(text: str, start: int, end: int) -> tuple[list[int], list[int]]:
    """Offsets of round brackets left open, and of closing ones without an opening, in text[start:end]."""
    opened: list[int] = []
    surplus: list[int] = []
    for offset in range(start, end):
        sign = text[offset]
        if sign == "(":
            opened.append(offset)
        elif sign == ")":
            if opened:
                opened.pop()
            elif not _BARE_LABEL.search(text[max(start, offset - 6) : offset]):
                surplus.append(offset)
    return opened, surplus


def _stray_pages(paper: Paper) -> Iterator[Finding]:
    """A bare number between words, equal to the number of the page it stands on or the one before."""
    numbers = [
        (to_folded(paper.document.folded, page.span)[0], _page_number(page.number)) for page in paper.document.pages
    ]
    for match in _STRAY.finditer(paper.text):
        if words(match, "after") in _COUNTED or words(match, "before").lower() in _NUMBERED_HEADS:
            continue
        if _is_count(words(match, "before").lower(), words(match, "after")):
            continue
        number = int(words(match, "number"))
        here = [printed for start, printed in numbers if start <= match.start() and printed is not None]
        near = set(here[-2:]) | {value + 1 for value in here[-1:]}
        if number not in near or paper.in_contents(match.start()):
            continue
        sentence = paper.sentence_at(match.start(2))
        if sentence is None or sentence.end - sentence.start < 40:
            continue
        yield make(
            RuleClass.STRAY_PAGE,
            "stray-page-number",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(sentence.start, match.start() - 30), min(sentence.end, match.end() + 20))],
            f"{number} is a page number caught in the sentence",
            "delete it",
        )


def _is_count(before: str, after: str) -> bool:
    """Whether the word after the number may be the plural of a thing that is counted ("2 sacks"), not a verb."""
    plural = after.endswith("s") and len(after) > 3 and after not in ("this", "thus", "unless", "always", "does")
    return plural and before not in ("that", "which", "who", "it")


def _page_number(printed: str | None) -> int | None:
    digits = re.sub(r"\D", "", printed or "")
    return int(digits) if digits and len(digits) < 5 else None
