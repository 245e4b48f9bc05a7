"""The closed vocabulary of facts: every kind with its fields, a module a subject."""

from __future__ import annotations

from paripassu.values.kinds import conversion, holdings, issuer, register, remedies, securities, transactions, warrants
from paripassu.values.kinds.fields import Kind

SUBJECTS = (holdings, conversion, warrants, issuer, register, remedies, securities, transactions)

KINDS: dict[str, Kind] = {name: kind for subject in SUBJECTS for name, kind in subject.KINDS.items()}

BESIDE: dict[str, str] = {
    "transfer_agent_position": "compared with our position in the statement",
    "transfer_agent_total": "compared with our position in the statement",
}
"""The kinds that no clause hears, as they stand beside the terms, and what becomes of them."""
