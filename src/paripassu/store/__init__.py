"""The only layer that touches the disk: deal folders and files (``folders``)."""

from paripassu.store.folders import (
    DealFolder,
    IssuerFolder,
    Rows,
    deal_names,
    digest_of,
    read_calendars,
    read_deal,
    read_facts,
    read_issuer,
    read_prices,
    read_template,
    read_text,
    write_text,
)

__all__ = [
    "DealFolder", "IssuerFolder", "Rows", "deal_names", "digest_of", "read_calendars", "read_deal", "read_facts",
    "read_issuer", "read_prices", "read_template", "read_text", "write_text",
]
