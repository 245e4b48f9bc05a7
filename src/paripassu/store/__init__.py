"""The only layer that touches the disk: deal folders and files (``folders``), books (``book``, ``opening``)."""

from paripassu.store.book import Book, restore
from paripassu.store.folders import (
    DealFolder,
    IssuerFolder,
    Rows,
    beside,
    deal_names,
    digest_of,
    name_of,
    read_calendars,
    read_deal,
    read_facts,
    read_issuer,
    read_prices,
    read_table,
    read_template,
    read_text,
    read_yaml,
    read_yields,
    write_text,
)
from paripassu.store.opening import book_at, folder_of, start_book

__all__ = [
    "beside", "book_at", "deal_names", "digest_of", "folder_of", "name_of", "read_calendars", "read_deal",
    "read_facts", "read_issuer", "read_prices", "read_table", "read_template", "read_text", "read_yaml", "restore",
    "start_book", "write_text", "Book", "DealFolder", "IssuerFolder", "Rows", "read_yields",
]
