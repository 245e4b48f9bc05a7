"""Print the provenance of a deal's documents: where every section stands in a filing, with digests and no text.

    python tools/make_sections.py FILE NAME=EXHIBIT:DATE...

For example ``NAME=EXHIBIT:DATE`` is ``cod=4.3:1998-12-17``: the document the deal calls "cod", its exhibit number in
the filing, the date it bears. The document that bears no exhibit number, the report itself, is named without one:
``8k=:1998-12-18``. The output is the deal folder's provenance.yaml: one row for each section down to the last
sub-clause, [path, start, end, SHA-256] in the folded document.
"""

from __future__ import annotations

import sys
from pathlib import Path

from paripassu.documents.digests import sections
from paripassu.documents.folding import sha256
from paripassu.documents.model import Document, Filing
from paripassu.documents.reading import read


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or any("=" not in item or ":" not in item for item in arguments[1:]):
        print(__doc__)
        return 2
    file = Path(arguments[0])
    filing = read(file.read_text(encoding="utf-8", errors="replace"), file.name)
    print("# Where the sections stand in the filing: offsets into the folded documents and digests, never text.")
    print("# Made by tools/make_sections.py; [path, start, end, SHA-256].")
    print("format: 1")
    print(f"filing: {{name: {file.name}, sha256: {sha256(filing.source)}}}")
    print("documents:")
    for item in arguments[1:]:
        name, _, rest = item.partition("=")
        exhibit, _, day = rest.partition(":")
        document = exhibited(filing, exhibit)
        if document is None:
            print(f"{file.name} has no exhibit {exhibit or 'without a number'}", file=sys.stderr)
            return 1
        print("\n".join(rows(name, day, document)))
    return 0


def exhibited(filing: Filing, exhibit: str) -> Document | None:
    return next((document for document in filing.documents if (document.exhibit or "") == exhibit), None)


def rows(name: str, day: str, document: Document) -> list[str]:
    title = document.title.replace('"', "'")
    lines = [
        f"  {name}:",
        *([f'    exhibit: "{document.exhibit}"'] if document.exhibit else []),
        f'    title: "{title}"',
        f"    date: {day}",
        f"    span: [{document.span.start}, {document.span.end}]",
        f"    sha256: {sha256(document.folded.text)}",
        "    sections:",
    ]
    lines += [f'      - ["{item.path}", {item.start}, {item.end}, {item.sha256}]' for item in sections(document)]
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
