"""Ends of movements that are not persons; a name in parentheses never is one."""

ISSUER = "(issuer)"
CONVERTED = "(converted)"
REDEEMED = "(redeemed)"
USED = "(used)"
EXCHANGED = "(exchanged)"
COMMON = "common"
"""The asset that every conversion and exercise delivers."""
