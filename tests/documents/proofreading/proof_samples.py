"""Papers of our own in which a defect is planted, and what the proofreader says of them."""

from __future__ import annotations

import textwrap

from paripassu.documents.proofreading import Finding, NamedText, proofread

HEAD = """
                     GRAIN ELEVATOR PURCHASE AGREEMENT

     THIS AGREEMENT (the "AGREEMENT") is entered into as of May 3, 1999, by and between
ORCHARD MILLS, INC., an Ohio corporation (the "COMPANY"), and RIVER BARGES, LDC
(the "PURCHASER").

                                 ARTICLE I

                                 THE SALE

"""
TAIL = """
                                 ARTICLE II

                                  CLOSING

     2.1  PLACE.  The papers are signed at the mill, and the Purchaser pays at the mill.

     2.2  TIME.  The papers are signed at noon, and the Company hands over the keys then.
"""


def section(label: str, heading: str, words: str) -> str:
    """A numbered section in the layout of stored filings."""
    return "\n" + textwrap.fill(f"{label}  {heading}.  {words}", 78, initial_indent="     ") + "\n"


def paper(*bodies: str) -> str:
    """An agreement whose Article I holds these sections (1.1, 1.2, ...), followed by a closing Article."""
    return HEAD + "".join(section(f"1.{n}", f"MATTER {n}", body) for n, body in enumerate(bodies, 1)) + TAIL


def found(*texts: str) -> list[Finding]:
    """The findings of these texts, read as one set."""
    return proofread([NamedText(f"paper-{place}.txt", text) for place, text in enumerate(texts, 1)])


def rules(*texts: str) -> set[str]:
    """The names of the rules that found something in these texts."""
    return {finding.rule for finding in found(*texts)}


def the(rule: str, *texts: str) -> Finding:
    """The one finding of this rule."""
    (finding,) = [item for item in found(*texts) if item.rule == rule]
    return finding
