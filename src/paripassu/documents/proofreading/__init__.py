"""Proofreading: the drafting defects of a set of papers, found by rules."""

from paripassu.documents.proofreading.findings import (
    Confidence,
    Finding,
    NamedText,
    Passage,
    RuleClass,
    Severity,
)
from paripassu.documents.proofreading.proof import proofread

__all__ = ["Confidence", "Finding", "NamedText", "Passage", "RuleClass", "Severity", "proofread"]
