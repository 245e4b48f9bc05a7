"""What the names of an amended term are called: the date agreed, and the date from which it binds a holder."""

from __future__ import annotations

from datetime import date


def agreed_from(term: str, day: date) -> str:
    """The name of the date of an amendment of a term."""
    return f"{term}_amended_{day:%Y_%m_%d}"


def binds_from(term: str, day: date) -> str:
    """The name of the date from which that amendment binds a holder; where none of its own, the date agreed."""
    return f"{term}_binds_from_{day:%Y_%m_%d}"
