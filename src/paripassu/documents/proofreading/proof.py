"""Proofreading: every rule over every document of a set of filings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from paripassu.documents.model import Filing
from paripassu.documents.proofreading.across import across_findings
from paripassu.documents.proofreading.addresses import address_findings
from paripassu.documents.proofreading.arithmetic_rules import arithmetic_findings
from paripassu.documents.proofreading.conflicts import conflict_findings
from paripassu.documents.proofreading.definitions_rules import definition_findings
from paripassu.documents.proofreading.findings import Finding, NamedText
from paripassu.documents.proofreading.language import language_findings
from paripassu.documents.proofreading.lists import list_findings
from paripassu.documents.proofreading.numbering import numbering_findings
from paripassu.documents.proofreading.papers import Paper, title_of
from paripassu.documents.proofreading.reference_rules import reference_findings
from paripassu.documents.proofreading.set_rules import set_findings
from paripassu.documents.proofreading.substance import substance_findings
from paripassu.documents.proofreading.undefined import undefined_findings
from paripassu.documents.proofreading.variants import variant_findings
from paripassu.documents.reading import read
from paripassu.values.problems import Problem, ProblemKind

Rule = Callable[[Sequence[Paper]], Iterator[Finding]]

LARGEST_SET = 5_000_000
"""The most characters of one set that are proofread."""

RULES: tuple[Rule, ...] = (
    reference_findings,
    numbering_findings,
    undefined_findings,
    definition_findings,
    variant_findings,
    set_findings,
    language_findings,
    list_findings,
    address_findings,
    conflict_findings,
    substance_findings,
    arithmetic_findings,
    across_findings,
)
"""The rule families, each over one set of papers."""


def proofread(texts: Sequence[NamedText]) -> list[Finding]:
    """The drafting defects of these texts, which are read as documents that belong together.

    Findings come in the order of the texts and of the words. Raises Problem TOO_LARGE for more than ``LARGEST_SET``
    characters in all, UNREADABLE for a text that is not one, DUPLICATE for two texts of one name.
    """
    size = sum(len(named.text) for named in texts)
    if size > LARGEST_SET:
        raise Problem(
            ProblemKind.TOO_LARGE,
            f"the texts have {size:,} characters and at most {LARGEST_SET:,} are proofread at once",
            "give fewer papers, or only those that belong together",
        )
    if len({named.name for named in texts}) != len(texts):
        raise Problem(ProblemKind.DUPLICATE, "two texts have the same name", "give each text a name of its own")
    filings = [read(named.text, named.name) for named in texts]
    papers = _papers(filings)
    order = {named.name: place for place, named in enumerate(texts)}
    found = {finding: None for rule in RULES for finding in rule(papers)}
    return sorted(found, key=lambda item: (order[item.at.source], item.span, item.rule_class.code, item.rule))


def _papers(filings: Sequence[Filing]) -> list[Paper]:
    """The documents as papers of different names: one that repeats carries its place in the set."""
    documents = [(filing, document) for filing in filings for document in filing.documents]
    titles = Counter(title_of(document) for _, document in documents)
    named = [(filing, document, title_of(document)) for filing, document in documents]
    return [
        Paper(filing, document, title if titles[title] == 1 else f"{title} [{place}]")
        for place, (filing, document, title) in enumerate(named, 1)
    ]


def as_read(texts: Sequence[NamedText]) -> list[NamedText]:
    """The texts that the spans of findings point into: as given, or, for HTML exhibits, as drawn from the HTML.

    Raises the Problems reading does.
    """
    return [NamedText(named.name, read(named.text, named.name).source) for named in texts]
