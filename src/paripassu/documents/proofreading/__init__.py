"""Proofreading: the drafting defects of a set of papers, found by rules."""

from paripassu.documents.proofreading.findings import (
    Confidence,
    Finding,
    NamedText,
    Passage,
    RuleClass,
    Severity,
)
from paripassu.documents.proofreading.proof import as_read, proofread
from paripassu.documents.proofreading.report import as_data, as_page, as_text

__all__ = [
    "Confidence",
    "Finding",
    "NamedText",
    "Passage",
    "RuleClass",
    "Severity",
    "as_data",
    "as_page",
    "as_read",
    "as_text",
    "proofread",
]
