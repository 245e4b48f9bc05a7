"""References: those that resolve to nothing or are badly formed, and the call to the other rules on references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.model import Node, NodeKind, ReferenceKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.papers import Paper, Pointer, make
from paripassu.documents.proofreading.reference_outside import outside_findings
from paripassu.documents.proofreading.reference_subjects import subject_findings
from paripassu.documents.proofreading.resolution import resolve

_LISTED = re.compile(r"\([A-Za-z\d]{1,5}\)$")
_SINGULAR = compiled(
    r"\b(?P<head>[Cc]lause|[Pp]aragraph|[Ss]ubsection|[Ss]ection|[Aa]rticle) "
    r"(?P<list>(?:\([a-z\d]{1,4}\) (?:and|through|to|-) \([a-z\d]{1,4}\))"
    r"|(?:[\dIVX]{1,4}(?:\.[\dA-Z]{1,3})?(?:\([a-z\d]{1,4}\)){0,3} (?:and|through|to|-) "
    r"[\dIVX]{1,4}(?:\.[\dA-Z]{1,3})?(?:\([a-z\d]{1,4}\)){0,3}))"
)
_SELF = compiled(
    r"\b[Tt]his (?P<head>Section|Article|clause|paragraph|subsection|subparagraph) "
    r"(?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)
_ARTICLE_STYLE = compiled(
    r"\b(?P<head>Section|Article) "
    r"(?P<sign>[IVXLC]{1,6}(?:\.[A-Z])?|\d{1,3}\.\d{1,3})(?P<rest>(?:\([a-z\d]{1,4}\)){0,3})"
)


def reference_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about references in these papers, which are read as one set."""
    for paper in papers:
        yield from _singular_head(paper)
        yield from _run_together(paper)
        yield from _number_missing(paper)
        yield from outside_findings(paper, papers)
        if not paper.outline_is_sound:
            continue
        yield from _unresolved(paper)
        yield from _self_named(paper)
        yield from _unlabelled_target(paper)
        yield from _level_named(paper)
        yield from subject_findings(paper)


def _has_numbered_body(paper: Paper) -> bool:
    return sum(1 for node in paper.places.nodes if node.kind in (NodeKind.ARTICLE, NodeKind.SECTION)) >= 3


def _unresolved(paper: Paper) -> Iterator[Finding]:
    """References to a provision of this paper that it does not have."""
    if not _has_numbered_body(paper):
        return
    for pointer in paper.pointers:
        reference = pointer.reference
        if reference.kind is not ReferenceKind.INTERNAL or resolve(paper, reference.target) is not None:
            continue
        if reference.target.startswith("(") or paper.text[max(0, pointer.start - 1) : pointer.start] in ('"', "“"):
            if not reference.target.startswith("("):
                continue
            if not _bare_label_is_broken(paper, pointer):
                continue
        if _is_law(paper, pointer) or paper.text[pointer.end : pointer.end + 1].isalpha():
            continue
        promised = _is_promise(paper, pointer) and _last_label(paper, reference.target) is not None
        kind = RuleClass.NUMBERING if promised else RuleClass.UNRESOLVED
        rule = "list-shorter-than-promised" if promised else "reference-to-nothing"
        last = _last_label(paper, reference.target)
        hint = f"the list there ends at {last}" if last else "this paper has no such provision"
        start = max(pointer.start - 60, _sentence_start(paper, pointer.start))
        yield make(
            kind,
            rule,
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            [paper.passage(start, pointer.end)],
            f"{paper.text[pointer.start : pointer.end]} resolves to nothing: {hint}",
            f"the provision meant is probably {last}"
            if last
            else "name the provision meant, or restore the one dropped",
        )


def _bare_label_is_broken(paper: Paper, pointer: Pointer) -> bool:
    """A bare label ("clause (c)") is broken only where no label like it is printed in the section or its neighbours."""
    label = pointer.reference.target
    section = paper.section_of(pointer.reference.path)
    near = paper.words_of(section) or paper.text[max(0, pointer.start - 4000) : pointer.end + 4000]
    before = near.replace(paper.text[pointer.start : pointer.end], "")
    return label[: label.index(")") + 1] not in before and not paper.text[
        pointer.end : pointer.end + 40
    ].lstrip().startswith(("of", "and"))


def _is_law(paper: Paper, pointer: Pointer) -> bool:
    """Whether the words around name a statute or rule the reader of references did not see."""
    before = paper.text[max(0, pointer.start - 40) : pointer.start]
    if re.search(r"(?:(?:[A-Z]\.){2,4}|Stat\.),? ?$", before):
        return True
    if re.search(r"(?:Code|Act|Law|Laws|Procedure|Statutes?|Regulations?|Rules?)(?: of \d{4})?,? ?(?:said )?$", before):
        return True
    number = re.match(r"(\d{3,5})[A-Z]?\b(?!\.)", pointer.reference.target)
    if number is not None and int(number.group(1)) > 3 * max(paper.highest_section, 33):
        return True  # no paper of this length has so many sections
    after = paper.text[pointer.end : pointer.end + 120]
    return re.match(r"[^.;]{0,60}\b(?:Act|Code|Law|GCL|DGCL|Statute|Regulation)\b", after) is not None


def _is_promise(paper: Paper, pointer: Pointer) -> bool:
    """Whether the label closes a range ("clauses (i) through (v)")."""
    return (
        re.search(r"\([A-Za-z\d]{1,5}\) ?(?:-|–|to|through) ?$", paper.text[max(0, pointer.start - 14) : pointer.start])
        is not None
    )


def _last_label(paper: Paper, target: str) -> str | None:
    """The last label of the list a missing item would belong to."""
    stem_path = _LISTED.sub("", target.rstrip("."))
    if stem_path == target or not stem_path:
        return None
    node = paper.node(resolve(paper, stem_path) or "")
    labelled = [child.label for child in node.children if child.label] if node else []
    return labelled[-1] if len(labelled) >= 2 else None


def _sentence_start(paper: Paper, offset: int) -> int:
    sentence = paper.sentence_at(offset)
    return sentence.start if sentence else offset


def _singular_head(paper: Paper) -> Iterator[Finding]:
    """ "clause (i) through (vi)": one head for two labels; "either of clause (i) or (ii)" is right."""
    for match in _SINGULAR.finditer(paper.text):
        yield make(
            RuleClass.MALFORMED,
            "singular-head",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, match.start() - 16), match.end())],
            f'"{words(match, "head")}" stands before more than one label',
            f'"{words(match, "head")}s {words(match, "list")}"',
        )


def _self_named(paper: Paper) -> Iterator[Finding]:
    """ "this Section 4(a)" where the words do not stand in 4(a)."""
    for match in _SELF.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        path = paper.places.path_of(match.start(), match.end())
        chain = [node.path for node in paper.places.chain(path)]
        if not chain or not _has_numbered_body(paper) or chain[-1].startswith(("EX", "FORM", "COVER")):
            continue
        target = resolve(paper, sign)
        if target in chain or any(above.startswith((sign + ".", sign + "(")) for above in chain):
            continue
        if target is None and any(sign.startswith(above) for above in chain):
            continue  # deeper than the outline was read
        home = paper.section_of(path)
        if "#" in home or not re.match(r"[\dIVXLC]", home):
            continue
        wrong = f'"this {words(match, "head")} {sign}" stands in {home}'
        kind = RuleClass.WRONG_TARGET if target else RuleClass.UNRESOLVED
        yield make(
            kind,
            "this-section-elsewhere",
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            [paper.passage(max(0, match.start() - 14), match.end())],
            wrong,
            f'"this {words(match, "head")} {home}"',
        )


def is_unlabelled(paper: Paper, node: Node) -> bool:
    """Whether a node's label is truly missing: neither printed at its start nor after its section's heading."""
    start, end = paper.bounds(node.path) or (0, 0)
    label = node.path[node.path.rfind("(") :].split("#")[0]
    return node.implied and bool(label) and label not in paper.text[max(0, start - 4) : min(end, start + 240)]


def _unlabelled_target(paper: Paper) -> Iterator[Finding]:
    """A reference to a provision whose label is not printed."""
    for pointer in paper.pointers:
        path = resolve(paper, pointer.reference.target) if pointer.reference.kind is ReferenceKind.INTERNAL else None
        node = paper.node(path) if path else None
        if node is not None and is_unlabelled(paper, node) and not pointer.reference.target.startswith("("):
            yield make(
                RuleClass.MALFORMED,
                "target-without-label",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(max(0, pointer.start - 6), pointer.end)],
                f"{node.path} is not labelled in this paper",
                "label it, or refer to the section",
            )


def _level_named(paper: Paper) -> Iterator[Finding]:
    """An Article called Section, or a Section called Article."""
    articles = {node.path for node in paper.places.nodes if node.kind is NodeKind.ARTICLE}
    if len(articles) < 2:
        return
    for match in _ARTICLE_STYLE.finditer(paper.text):
        if paper.in_contents(match.start()):
            continue
        head, sign = words(match, "head"), words(match, "sign")
        whole = sign + words(match, "rest")
        path = resolve(paper, whole)
        following = paper.text[match.end() : match.end() + 14]
        if path is None or following[:1].isalnum() or re.match(r"\.?,? of (?:the|that|such) ", following):
            continue
        is_article = path in articles
        if (head == "Section") == is_article:
            right = "Article" if is_article else "Section"
            start = match.start() - 24 if match.start() > 24 else 0
            yield make(
                RuleClass.MALFORMED,
                "level-misnamed",
                Severity.COSMETIC,
                Confidence.CERTAIN,
                [paper.passage(paper.text.rfind(" ", 0, start + 1) + 1, match.end())],
                f"{whole} is an {right}" if right == "Article" else f"{whole} is a Section",
                f'"{right} {whole}"',
            )


_NUMBERLESS = compiled(r"\b(?:this )?Section \((?P<sign>[a-z]{1,4})\)")


def _number_missing(paper: Paper) -> Iterator[Finding]:
    """ "this Section (f)": the section's number is missing."""
    for match in _NUMBERLESS.finditer(paper.text):
        path = paper.places.path_of(match.start(), match.end())
        section = re.split(r"\(", path)[0]
        yield make(
            RuleClass.MALFORMED,
            "section-number-missing",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(max(0, match.start() - 16), match.end())],
            "the number of the section is missing",
            f'"Section {section}({words(match, "sign")})"',
        )


_RUN_TOGETHER = compiled(
    r"\b(?:Section|Article) (?P<article>[IVXLC]{1,6})(?P<section>[A-HJKM-UWYZ])(?P<rest>(?:\([a-z\d]{1,4}\)){0,3})"
)


def _run_together(paper: Paper) -> Iterator[Finding]:
    """ "Section IVG(ii)": the stop between article and section is missing."""
    for match in _RUN_TOGETHER.finditer(paper.text):
        whole = f"{words(match, 'article')}.{words(match, 'section')}{words(match, 'rest')}"
        if paper.text[match.end() : match.end() + 1].isalnum():
            continue
        yield make(
            RuleClass.MALFORMED,
            "stop-missing",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end())],
            "article and section are run together",
            f'"Section {whole}"',
        )
