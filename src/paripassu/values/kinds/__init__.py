"""The closed vocabulary of facts: every kind with its fields, a module a subject."""

from __future__ import annotations

from paripassu.values.kinds import (
    conversion,
    corporate_actions,
    disputes,
    distributions,
    duties,
    exercise_notices,
    holdings,
    insolvency,
    issuer,
    maturity,
    papers,
    register,
    remedies,
    securities,
    transactions,
    warrant_transactions,
    warrants,
)
from paripassu.values.kinds.fields import Kind

SUBJECTS = (
    holdings, conversion, warrants, issuer, register, remedies, securities, transactions, papers, duties,
    disputes, maturity, distributions, insolvency, warrant_transactions, exercise_notices, corporate_actions,
)

KINDS: dict[str, Kind] = {name: kind for subject in SUBJECTS for name, kind in subject.KINDS.items()}

BESIDE: dict[str, str] = {
    "amendment": "the term has its new value from that date",
    "waiver": "the duty is no longer owed, for as long as the waiver runs",
    "consent": "added up in the statement, by what is consented to",
    "figure_disputed": "both values stand side by side in the statement",
    "transfer_agent_position": "compared with our position in the statement",
    "transfer_agent_total": "compared with our position in the statement",
}
"""The kinds that need no clause to hear them, as they stand beside the terms, and what becomes of them."""
