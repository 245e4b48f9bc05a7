"""Executes negotiated securities agreements: every figure leads to its clause."""

__version__ = "0.1.0"
