"""From parsed text to an Agreement, facts and choices. Loading is strict: what the format does not have is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from paripassu.agreement import Agreement, Choice, DocumentInfo, Instrument, check_choice, wire
from paripassu.clauses.library import LIBRARY
from paripassu.documents.digests import Section
from paripassu.documents.provenance import CitedDocument
from paripassu.values.calendars import Calendars
from paripassu.values.dates import check_zone, parse_date
from paripassu.values.kinds import BESIDE, KINDS
from paripassu.values.market import OBSERVABLES
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.stated import stated_value
from paripassu.values.terms import Clause, Term, TermSpec

Rows: TypeAlias = Sequence[tuple[dict[str, Any], Place]]
"""Facts or prices as read, each with its place."""


class Source(Protocol):
    """A parsed file: a tree and the line of each part."""

    @property
    def value(self) -> Any:
        """The tree."""
        ...

    def place(self, *path: str | int) -> Place:
        """Where a part stands."""
        ...


FORMAT = "1"
"""Version of the folder format this program reads."""

_TOP = {"format", "deal", "title", "zone", "parties", "issuer", "documents", "instruments"}
_DOCUMENT = {"title", "date", "exhibit", "form_of"}
_INSTRUMENT = {"title", "document", "zone", "clauses", "uses", "or_else"}
_CLAUSE = {"clause", "section", "sections", "entries", "terms", "links", "or_else"}
_TERM = {"value", "unit", "section", "literal"}
_ENTRY = {"status", "section", "summary", "why"}
STATUSES = ("executed", "tracked", "by finding", "text only", "planned")
"""What may become of an entry of the inventory."""
_CITED = {"exhibit", "title", "date", "span", "sha256", "sections"}
_READING = {"choice", "instrument", "by", "reason"}


def agreement_from(source: Source, calendars: Calendars, digest: str) -> Agreement:
    """Build the agreement of a deal folder.

    Raises Problem UNKNOWN_KEY, MISSING_KEY, WRONG_UNIT, BAD_NUMBER, BAD_DATE, WIRING with file and line.
    """
    data = source.value
    _keys(source, (), data, _TOP, required=_TOP - {"zone"})
    if data["format"] != FORMAT:
        raise Problem(
            ProblemKind.UNREADABLE, f"this is format {data['format']}", f"write format: {FORMAT}",
            source.place("format"),
        )
    for part in ("parties", "documents", "instruments"):
        _mapping(source, (part,), data[part])
    zone = _zone(source, (), data, "America/New_York")
    documents = {
        name: _document(source, name, raw) for name, raw in data["documents"].items()
    }
    instruments: dict[str, Instrument] = {}
    for name, raw in data["instruments"].items():
        instruments[name] = _instrument(source, name, raw, zone, documents, calendars, instruments)
    if not instruments:
        raise Problem(
            ProblemKind.MISSING_KEY, "the deal has no instrument", "add one under instruments:",
            source.place("instruments"),
        )
    return Agreement(
        data["deal"], data["title"], zone, data["parties"], data["issuer"], documents, instruments, {}, digest
    )


def _mapping(source: Source, path: tuple[str | int, ...], raw: Any) -> None:
    if not isinstance(raw, Mapping):
        raise Problem(ProblemKind.UNREADABLE, "a mapping is expected here", "write keys and values",
                      source.place(*path))


def _texts(source: Source, path: tuple[str | int, ...], raw: Any) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise Problem(ProblemKind.UNREADABLE, "a list of names is expected here", "write [name, name]",
                      source.place(*path))
    return tuple(raw)


def _words(source: Source, path: tuple[str | int, ...], raw: Any) -> str:
    if not isinstance(raw, str):
        raise Problem(ProblemKind.UNREADABLE, "words are expected here", "write them on one line", source.place(*path))
    return raw


def _zone(source: Source, path: tuple[str | int, ...], raw: Mapping[str, Any], default: str) -> str:
    try:
        return check_zone(str(raw.get("zone", default)))
    except Problem as problem:
        raise problem.at(source.place(*path, "zone")) from None


def _keys(source: Source, path: tuple[str | int, ...], raw: Any, allowed: set[str], required: set[str]) -> None:
    _mapping(source, path, raw)
    for key in raw:
        if key not in allowed:
            raise Problem(
                ProblemKind.UNKNOWN_KEY, f"{key!r} is not a key of the format", "use " + ", ".join(sorted(allowed)),
                source.place(*path, key),
            )
    for key in sorted(required):
        if key not in raw:
            raise Problem(ProblemKind.MISSING_KEY, f"{key!r} is missing", f"add {key}:", source.place(*path))


def _document(source: Source, name: str, raw: Any) -> DocumentInfo:
    path = ("documents", name)
    _keys(source, path, raw, _DOCUMENT, {"title", "date"})
    try:
        dated = parse_date(raw["date"])
    except Problem as problem:
        raise problem.at(source.place(*path, "date")) from None
    return DocumentInfo(name, raw["title"], dated, raw.get("exhibit", ""), raw.get("form_of", ""))


def _instrument(
    source: Source, name: str, raw: Any, zone: str, documents: Mapping[str, DocumentInfo], calendars: Calendars,
    before: Mapping[str, Instrument],
) -> Instrument:
    path = ("instruments", name)
    _keys(source, path, raw, _INSTRUMENT, {"title", "document", "clauses"})
    if raw["document"] not in documents:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{raw['document']!r} is not a document of the deal",
            "use " + ", ".join(documents), source.place(*path, "document"),
        )
    _mapping(source, (*path, "clauses"), raw["clauses"])
    own_zone = _zone(source, path, raw, zone)
    clauses = [
        _clause(source, name, key, spec, calendars) for key, spec in raw["clauses"].items()
    ]
    uses = _uses(source, path, raw.get("uses", {}), before)
    or_else = _words(source, (*path, "or_else"), raw.get("or_else", ""))
    try:
        return wire(name, raw["title"], raw["document"], own_zone, clauses, uses, or_else)
    except Problem as problem:
        raise problem.at(source.place(*path)) from None


def _uses(
    source: Source, path: tuple[str | int, ...], raw: Any, before: Mapping[str, Instrument]
) -> dict[str, Instrument]:
    """The instrument of each name used from another; only instruments that stand before it, so no use is circular."""
    _mapping(source, (*path, "uses"), raw)
    for name, other in raw.items():
        if other not in before:
            raise Problem(
                ProblemKind.UNKNOWN_NAME, f"{name} is used of {other!r}, which is not an instrument before this one",
                "use " + ", ".join(before) if before else "put the instrument that is used first",
                source.place(*path, "uses", name),
            )
    return {name: before[other] for name, other in raw.items()}


def _clause(source: Source, instrument: str, name: str, raw: Any, calendars: Calendars) -> Clause:
    path = ("instruments", instrument, "clauses", name)
    _keys(source, path, raw, _CLAUSE, {"clause", "section"})
    made = LIBRARY.get(raw["clause"])
    if made is None:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"the library has no clause {raw['clause']!r}",
            "use " + ", ".join(sorted(LIBRARY)), source.place(*path, "clause"),
        )
    for part in ("sections", "links", "or_else"):
        _mapping(source, (*path, part), raw.get(part, {}))
    for limb, link in raw.get("links", {}).items():
        _mapping(source, (*path, "links", limb), link)
    stated = raw.get("terms", {})
    _keys(source, (*path, "terms"), stated, set(made.terms), set(made.terms))
    terms = {
        key: _term(source, (*path, "terms", key), key, value, made.terms[key], raw["section"], calendars)
        for key, value in stated.items()
    }
    return made(
        name=name, instrument=instrument, values=terms, section=raw["section"], sections=raw.get("sections", {}),
        entries=_texts(source, (*path, "entries"), raw.get("entries", [])), links=raw.get("links", {}),
        or_else={duty: _words(source, (*path, "or_else", duty), said) for duty, said in raw.get("or_else", {}).items()},
    )


def _term(
    source: Source, path: tuple[str | int, ...], name: str, raw: Any, spec: TermSpec, section: str,
    calendars: Calendars,
) -> Term:
    if not isinstance(raw, Mapping):
        raw = {"value": raw, "unit": spec.unit}
    _keys(source, path, raw, _TERM, {"value"})
    unit = raw.get("unit", spec.unit)
    if unit != spec.unit:
        raise Problem(
            ProblemKind.WRONG_UNIT, f"{name} is given in {unit}", f"give it in {spec.unit}", source.place(*path, "unit")
        )
    try:
        value = stated_value(raw["value"], spec, calendars)
    except Problem as problem:
        raise Problem(problem.kind, f"{name}: {problem.what}", problem.remedy, source.place(*path)) from None
    return Term(name, value, unit, raw.get("section", section), raw.get("literal", ""))


def shared_by(agreement: Agreement, facts: Rows, prices: Rows) -> tuple[Rows, Rows]:
    """Of an issuer's facts and prices, which several deals share, those that the papers of this one rest on.

    A fact that no clause answers and a price that no name is read off are another deal's. What stands beside the terms
    stays, and so does a kind that does not exist, so that reading it says so.
    """
    told = [(raw, place) for raw, place in facts
            if raw.get("kind") in BESIDE or raw.get("kind") not in KINDS or agreement.hears(raw["kind"])]
    seen = [(raw, place) for raw, place in prices
            if raw.get("observable") not in OBSERVABLES or agreement.observes(raw["observable"])]
    return told, seen


def sections_from(source: Source) -> dict[str, Any]:
    """The status of every entry of the inventory, by document; raises Problem UNKNOWN_KEY, MISSING_KEY, UNREADABLE."""
    for document, entries in source.value.items():
        _mapping(source, (document,), entries)
        for entry, raw in entries.items():
            _keys(source, (document, entry), raw, _ENTRY, _ENTRY - {"why"})
            if raw["status"] not in STATUSES:
                raise Problem(
                    ProblemKind.UNKNOWN_NAME, f"{raw['status']!r} is not a status", "use " + ", ".join(STATUSES),
                    source.place(document, entry),
                )
    return dict(source.value)


def cited_documents_from(source: Source) -> list[CitedDocument]:
    """The documents and sections a deal cites, by digest; empty where the folder has no provenance.

    Raises Problem MISSING_KEY or BAD_NUMBER with file and line.
    """
    cited = []
    for name, raw in source.value.get("documents", {}).items():
        path = ("documents", name)
        _keys(source, path, raw, _CITED, _CITED - {"exhibit", "span", "title", "date"})
        try:
            sections = tuple(Section(one[0], int(one[1]), int(one[2]), one[3]) for one in raw["sections"])
        except (ValueError, IndexError):
            raise Problem(
                ProblemKind.BAD_NUMBER, f"a section of {name} is not [path, start, end, digest]",
                "make the file again from the filing", source.place(*path, "sections"),
            ) from None
        cited.append(CitedDocument(name, raw.get("exhibit"), raw["sha256"], sections))
    return cited


def choices_from(source: Source, agreement: Agreement) -> list[Choice]:
    """The readings a deal folder chooses, each for an instrument or for several that leave the same one open.

    Raises Problem UNKNOWN_READING, UNKNOWN_KEY with file and line.
    """
    choices = []
    _mapping(source, (), source.value)
    for reading, raw in source.value.items():
        _keys(source, (reading,), raw, _READING, {"choice", "instrument", "by", "reason"})
        named = raw["instrument"]
        for instrument in [named] if isinstance(named, str) else _texts(source, (reading, "instrument"), named):
            choice = Choice(reading, instrument, raw["choice"], raw["reason"], raw["by"])
            try:
                check_choice(agreement.instrument(instrument), choice)
            except Problem as problem:
                raise problem.at(source.place(reading)) from None
            choices.append(choice)
    return choices


