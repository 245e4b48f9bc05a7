"""Ends of movements that are not persons; a name in parentheses never is one."""

ISSUER = "(issuer)"
CONVERTED = "(converted)"
REDEEMED = "(redeemed)"
USED = "(used)"
EXCHANGED = "(exchanged)"
PUBLIC = "(public)"
"""Holders whom no fact names, such as the buyers of shares the company sold."""
COMMON = "common"
"""The asset that every conversion and exercise delivers."""


def certificates_of(security: str) -> str:
    """The asset that the certificates of a security are: what each represents adds up like any other quantity."""
    return f"certificates of {security}"


def certificate_name(security: str, number: str) -> str:
    """A certificate as the subject of what is kept of it; its number is unique within its security only."""
    return f"{number} of {security}"


def cancelled_end(number: str) -> str:
    """Where what a cancelled certificate represented goes until another certificate is issued out of it."""
    return f"(cancelled {number})"
