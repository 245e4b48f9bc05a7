"""References: those that resolve to nothing, to the wrong subject, or are badly formed; attachments nothing names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from paripassu.documents.model import Node, NodeKind, Part, ReferenceKind
from paripassu.documents.patterns import compiled, words
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import CONTENT_FREE, stem
from paripassu.documents.proofreading.papers import Paper, Pointer, make

_MOST_SUPERSEDED = 3
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
_BEFORE = 110
_DATE = compiled(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, \d{4}"
)
_DESCRIBED = compiled(
    r"(?P<what>(?:[\w’'-]{1,30} ){1,7})(?:described|referred to|specified|required|contemplated|called for) "
    r"(?:in|by|under|pursuant to) "
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)
_DETERMINED = compiled(
    r"(?P<what>(?:[A-Z][\w’'-]{1,30} ){1,4})(?:shall be )?(?:determined|calculated|computed) (?:as )?(?:provided|set "
    r"forth|specified|described|in accordance with) ?(?:in )?"
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)
_COMPLY = compiled(r"\bshall comply with (?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7})")
_GENERAL = frozenset(
    (
        "materials", "matters", "matter", "manner", "transactions", "transaction", "documents", "information",
        "amounts", "amount", "items", "actions", "action", "extent", "purposes", "date", "dates", "period", "time",
        "times", "purpose", "except", "benefits", "otherwise", "loans", "default", "defaults", "kind", "kinds",
        "character", "calculation", "calculations", "nature", "sort", "method", "basis", "anything", "circumstances",
        "case", "cases", "things", "thing", "securities", "company", "party", "parties",
    )
)  # fmt: skip
_KINDS_OF_PAPER = frozenset(("certificate", "opinion", "letter", "report", "affidavit", "invoice"))


def reference_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Every finding about references in these papers, which are read as one set."""
    for paper in papers:
        yield from _singular_head(paper)
        yield from _run_together(paper)
        yield from _number_missing(paper)
        yield from _superseded_paper(paper)
        yield from _attachments(paper, papers)
        yield from _other_paper(paper, papers)
        if not paper.outline_is_sound:
            continue
        yield from _unresolved(paper)
        yield from _self_named(paper)
        yield from _unlabelled_target(paper)
        yield from _level_named(paper)
        yield from _heading_elsewhere(paper)
        yield from _subject(paper)
        yield from _computed_elsewhere(paper)
        yield from _compliance(paper)


def resolve(paper: Paper, target: str) -> str | None:
    """The path of the node a printed provision names: exact, without stops, or its plain form; None where none is."""
    bare = target.rstrip(".")
    for candidate in (bare, bare.replace(".(", "("), re.sub(r"^([IVXLC]+)([A-Z])\b", r"\1.\2", bare)):
        if candidate in paper.places.by_path:
            return candidate
    return None


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


def _content(text: str) -> set[str]:
    """The stems of the words that carry meaning."""
    return {stem(word) for word in re.findall(r"[A-Za-z]{4,}", text.lower()) if word not in CONTENT_FREE}


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


_USES = compiled(
    r"(?P<what>(?:[\w’'-]{1,30} ){2,12})(?:in accordance with|as (?:provided|set forth|specified) in|pursuant "
    r"to|subject to) "
    r"(?P<head>Section|Article) (?P<sign>[\dIVXLC][\w.]{0,7}(?:\([A-Za-z\d]{1,4}\)){0,4})"
)


def _heading_elsewhere(paper: Paper) -> Iterator[Finding]:
    """A matter to be dealt with under a section that has not a word of it, while another section is headed so."""
    headed = [
        (node, _content(node.heading))
        for node in paper.places.nodes
        if node.heading and not node.run_in and node.kind in (NodeKind.ARTICLE, NodeKind.SECTION, NodeKind.CLAUSE)
    ]
    for match in _USES.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        following = paper.text[match.end() : match.end() + 30]
        path = resolve(paper, sign)
        if path is None or re.match(r"\.?,? (?:of|to|under) (?:the|that|such)", following):
            continue
        last = [word for word in re.findall(r"[A-Za-z]{4,}", words(match, "what").lower()) if word not in CONTENT_FREE][
            -2:
        ]
        wanted = {stem(word) for word in last if word not in _GENERAL}
        target = _content(paper.words_of(path))
        if not wanted or wanted & target:
            continue
        own = {node.path for node in paper.places.chain(paper.places.path_of(match.start(), match.end()))}
        for node, heading in headed:
            if heading & wanted and node.path != path and node.path not in own and len(heading) <= 2:
                yield make(
                    RuleClass.WRONG_TARGET,
                    "heading-elsewhere",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(max(match.start(), match.end() - 90), match.end())],
                    f"{sign} has no words for this; {node.path} is headed {node.heading.strip('. ')}",
                    f'"Section {node.path}"',
                )
                break


def _superseded_paper(paper: Paper) -> Iterator[Finding]:
    """A section of an agreement that this paper itself says has been amended and restated."""
    keys = {term.key for term in paper.terms}
    if re.search(r"(?i)\bamendment\b", paper.document.title):
        return  # an amendment speaks of the paper it amends
    found = []
    for pointer in paper.pointers:
        name = (pointer.reference.document or "").lower()
        if pointer.reference.kind is ReferenceKind.DOCUMENT and name and f"amended {name}" in keys and name in keys:
            found.append(
                make(
                    RuleClass.WRONG_TARGET,
                    "section-of-a-superseded-paper",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(pointer.start, min(len(paper.text), pointer.end + len(name) + 8))],
                    f'"{pointer.reference.document}" is the paper before it was restated',
                    f'"Amended {pointer.reference.document}"',
                )
            )
    if len(found) <= _MOST_SUPERSEDED:
        yield from found


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


def _subject(paper: Paper) -> Iterator[Finding]:
    """ "the X described in Section S" where S has not a word of X, or lacks the date named beside it."""
    for match in _DESCRIBED.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        following = paper.text[match.end() : match.end() + 60]
        if re.match(r"\.?,? (?:of|to|under) (?:the|that|such)", following):
            continue
        path = resolve(paper, sign)
        if path is None:
            continue
        target = paper.words_of(path)
        phrase = re.split(r"[,;:(]", words(match, "what"))[-1]
        what = _nearest_noun(phrase)
        inside_term = re.search(
            r"[\"“][^\"”]{1,50}[\"”] (?:means|shall mean) ", paper.text[max(0, match.start() - 80) : match.end()]
        )
        if inside_term is None:
            what = [word for word in what if word in _KINDS_OF_PAPER]
        missing = [word for word in what if _lacks(target, word)]
        date = _DATE.search(following)
        date_elsewhere = date is not None and words(date) not in target and _sibling_with(paper, path, words(date))
        if date_elsewhere:
            yield make(
                RuleClass.WRONG_TARGET,
                "subject-elsewhere",
                Severity.RIGHTS,
                Confidence.CERTAIN,
                [paper.passage(max(match.start(), match.end() - 120), match.end() + (date.end() if date else 0))],
                f"{sign} does not speak of {words(date) if date else ''}; {date_elsewhere} does",
                f'"Section {date_elsewhere}"',
            )
        elif what and len(missing) == len(what):
            kind = RuleClass.UNDEFINED if inside_term else RuleClass.MALFORMED
            yield make(
                kind,
                "described-nowhere",
                Severity.AMBIGUITY if inside_term else Severity.COSMETIC,
                Confidence.CERTAIN,
                [
                    paper.passage(max(match.start(), match.end() - 120), match.end()),
                    paper.passage(*(paper.bounds(path) or (0, 0))),
                ],
                f'{sign} has no words for "{" ".join(what)}"',
                "use the words of the provision referred to",
            )


def _nearest_noun(phrase: str) -> list[str]:
    """The last word of meaning before the reference; none where it is too general to be looked for."""
    found = [word for word in re.findall(r"[A-Za-z]{4,}", phrase.lower()) if word not in CONTENT_FREE]
    return [] if not found or found[-1] in _GENERAL else found[-1:]


def _lacks(target: str, word: str) -> bool:
    """Whether the words of the target have nothing of this family; a kind of paper must be there as a common noun."""
    if word in _KINDS_OF_PAPER:
        return re.search(rf"\b{word}s?\b", target) is None
    return stem(word) not in _content(target)


def _sibling_with(paper: Paper, path: str, wanted: str) -> str:
    """A neighbour of this node whose words hold the wanted ones."""
    chain = paper.places.chain(path)
    parent = chain[1] if len(chain) > 1 else None
    neighbours = parent.children if parent else ()
    return next((node.path for node in neighbours if node.path != path and wanted in paper.words_of(node.path)), "")


def _computed_elsewhere(paper: Paper) -> Iterator[Finding]:
    """ "the X determined as set forth in Article S" where X is given its meaning outside S."""
    for match in _DETERMINED.finditer(paper.text):
        sign = words(match, "sign").rstrip(".")
        path = resolve(paper, sign)
        found = paper.bounds(path) if path else None
        term = words(match, "what").strip().lower()
        homes = [item for item in paper.terms if item.key == term or term.endswith(" " + item.key)]
        if (
            found is None
            or not homes
            or re.match(r"\.?,? (?:of|to) (?:the|that)", paper.text[match.end() : match.end() + 12])
        ):
            continue
        if any(found[0] <= item.start < found[1] for item in homes):
            continue
        home = paper.places.path_of(homes[0].start, homes[0].end)
        yield make(
            RuleClass.WRONG_TARGET,
            "computed-elsewhere",
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            [paper.passage(match.start(), match.end()), paper.passage(homes[0].start, homes[0].end)],
            f'"{homes[0].definition.term}" is given its meaning in {home}, not in {sign}',
            f'"{words(match, "head")} {paper.article_of(home) if words(match, "head") == "Article" else home}"',
        )


def _compliance(paper: Paper) -> Iterator[Finding]:
    """ "shall comply with Article A" where another Article's heading is compliance with this very subject."""
    headed = [node for node in paper.places.nodes if node.heading and re.search(r"(?i)\bcompliance\b", node.heading)]
    for match in _COMPLY.finditer(paper.text):
        path = resolve(paper, words(match, "sign").rstrip("."))
        home = paper.section_of(paper.places.path_of(match.start(), match.end()))
        near = _content(paper.words_of(paper.places.path_of(match.start(), match.end())) or paper.words_of(home))
        for node in headed:
            subject = _content(node.heading) - {stem("compliance")}
            if path and node.path != path and subject and len(subject & near) * 2 >= len(subject):
                yield make(
                    RuleClass.WRONG_TARGET,
                    "compliance-elsewhere",
                    Severity.AMBIGUITY,
                    Confidence.PROBABLE,
                    [paper.passage(max(0, match.start() - 60), match.end())],
                    f"the provision headed as compliance with this subject is {node.path}",
                    f'"{words(match, "head")} {node.path}"',
                )


def _is_called_for(paper: Paper, part: Part) -> bool:
    """Whether the paper names an attachment in quotes ('Exhibit "A"')."""
    kind, _, sign = part.label.partition(" ")
    return (
        re.search(rf'(?i)\b{re.escape(kind)}s? ["“]{re.escape(sign)}\b', paper.text[: len(paper.text) * 2 // 3])
        is not None
    )


def _attachments(paper: Paper, papers: Sequence[Paper]) -> Iterator[Finding]:
    """Forms and exhibits bound with the paper that no clause of it, or of the set, refers to by their sign."""
    named = {
        pointer.reference.target.upper()
        for pointer in paper.pointers
        if pointer.reference.kind is ReferenceKind.ATTACHMENT
        and not any(node.kind is NodeKind.FORM for node in paper.places.chain(pointer.reference.path))
    }
    labelled = [part for part in paper.document.parts if part.attached and part.label]
    for part in labelled:
        if part.label.upper() in named or _is_called_for(paper, part):
            continue
        span = next(
            (
                paper.bounds(node.path)
                for node in paper.document.outline
                if node.span.start <= part.span.end and node.kind is NodeKind.FORM and node.label == part.label
            ),
            None,
        )
        if span is None or re.search(r"(?i)intentionally|reserved", paper.text[span[0] : span[0] + 80]):
            continue
        yield make(
            RuleClass.UNREFERRED,
            "attachment-unreferred",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            [paper.passage(span[0], min(span[1], span[0] + 60))],
            f"{part.label} is attached and no clause refers to it",
            "refer to it where the paper first calls for it",
        )


_OWN_NAME = re.compile(r"(?i)registration rights|purchase|warrant|certificate|designation")


def paper_named(papers: Sequence[Paper], name: str) -> Paper | None:
    """The paper of the set that this name fits by its kind words ("Registration Rights Agreement")."""
    wanted = {stem(word) for word in re.findall(r"[A-Za-z]{4,}", name.lower())} - {"agree", "amend", "resta"}
    best = [
        p
        for p in papers
        if wanted and wanted <= {stem(w) for w in re.findall(r"[A-Za-z]{4,}", p.document.title.lower())}
    ]
    return best[0] if len(best) == 1 else None


def _other_paper(paper: Paper, papers: Sequence[Paper]) -> Iterator[Finding]:
    """References to another paper of the set: to a provision it lacks, or one without the term beside it."""
    for pointer in paper.pointers:
        reference = pointer.reference
        if reference.kind is not ReferenceKind.DOCUMENT or not reference.document:
            continue
        other = paper_named(papers, reference.document)
        if other is None or other is paper or not _means_this_paper(paper, reference.document, other):
            continue
        path = resolve(other, reference.target)
        if path is None:
            yield make(
                RuleClass.UNRESOLVED,
                "reference-to-nothing-elsewhere",
                Severity.AMBIGUITY,
                Confidence.PROBABLE,
                [paper.passage(pointer.start, pointer.end)],
                f"{other.name} has no {reference.target}",
                "name the provision meant",
            )
            continue
        before = paper.text[max(0, pointer.start - _BEFORE) : pointer.start]
        for term in sorted(other.terms, key=lambda item: -before.lower().rfind(item.key)):
            if term.key not in before.lower() or " " not in term.key or term.key == reference.document.lower():
                continue
            home = other.places.path_of(term.start, term.end)
            if _asserts_source(before) and term.key not in other.words_of(path).lower() and not home.startswith(path):
                yield make(
                    RuleClass.WRONG_TARGET,
                    "subject-elsewhere-in-other-paper",
                    Severity.RIGHTS,
                    Confidence.CERTAIN,
                    [paper.passage(max(0, pointer.start - _BEFORE), pointer.end), other.passage(term.start, term.end)],
                    f'{reference.target} of {other.name} does not speak of "{term.definition.term}"; {home} does',
                    f'"Section {home}"',
                )
                break


def _asserts_source(before: str) -> bool:
    return (
        re.search(r"(?:required|provided|described|set forth|defined|contemplated) (?:by|in|under) ?$", before)
        is not None
    )


def _means_this_paper(paper: Paper, name: str, other: Paper) -> bool:
    """Whether the name, where this paper dates it, carries the other paper's date."""
    definition = next((term for term in paper.terms if term.key == name.lower()), None)
    if definition is None:
        return True
    dates = [words(m) for m in _DATE.finditer(paper.text[max(0, definition.start - 260) : definition.end + 40])]
    front = other.text[:3000]
    return not dates or any(date in front for date in dates)
