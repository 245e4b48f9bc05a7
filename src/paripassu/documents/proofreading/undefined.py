"""Terms that are used and not defined: capitalised names, acronyms, units of time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from paripassu.documents.model import DocumentKind, ReferenceKind
from paripassu.documents.patterns import compiled
from paripassu.documents.proofreading.findings import Confidence, Finding, RuleClass, Severity
from paripassu.documents.proofreading.language_stock import NAMES_KNOWN, TIME_UNITS
from paripassu.documents.proofreading.names import Use, acronyms, capitalised
from paripassu.documents.proofreading.papers import Paper, make
from paripassu.documents.proofreading.reference_outside import paper_named
from paripassu.documents.proofreading.terms_in_use import content
from paripassu.documents.proofreading.vocabulary import is_word, plural_forms

_LINKS = frozenset(("of", "for", "to", "and", "on", "in", "at"))
_ROMAN = re.compile(r"[IVXLC]{1,7}$")
_ENTITY = re.compile(r",? (?:L\.?L\.?C|L\.?L\.?P|L\.?P|LDC|Inc|Ltd|Corp|N\.A|Co|PLC|GmbH|AG|S\.A)\b|,? & ")
_TAKEN = re.compile(
    r"[’']?s? \(?(?:each,? )?(?:collectively,? )?as (?:such terms? (?:is|are) |that term is )?"
    r"(?:herein |hereinafter |hereafter |so )?defined\b"
)
_KNOWN_ACRONYMS = frozenset(
    (
        "SEC", "USA", "US", "UK", "NASD", "NYSE", "AMEX", "GAAP", "IRS", "LLC", "LLP", "LDC", "LP", "INC", "LTD",
        "CORP", "PA", "NA", "ERISA", "CUSIP", "EDGAR", "NASDAQ", "PARI", "PASSU", "AND", "THE", "OF", "TO", "OR",
        "PM", "AM", "EST", "PST", "EDT", "PDT", "CST", "MST", "PO", "CEO", "CFO", "COO", "CPA", "ZIP", "TBD", "NOT",
        "NO", "IN", "BY", "ON", "IF", "AS", "IS", "BE", "MAY", "FOR", "ANY", "ALL", "PROVIDED", "HOWEVER", "UCC",
        "SSN", "EIN", "ID", "FAX", "RE", "CC", "IDB", "FICA", "SARL", "VIN", "FUTA", "DOT", "FAA", "FCC", "FDA",
        "GMBH", "PLC", "IRA", "ABA", "VAT", "OEM", "COBRA", "HIPAA", "ADEA", "FMLA", "ADA", "EEOC", "FASB", "AICPA",
        "PCAOB", "SOX", "DOL", "PBGC", "FDIC", "FRB", "ISDA", "SIC", "URL", "API", "IP", "IT", "HTML", "XML", "DVD",
        "CD", "ISP", "USPTO", "ICC", "AAA", "JAMS", "ATTN", "NOW", "HVAC", "LIFO", "FIFO", "EBITDA", "LIBOR", "SOFR",
        "OSHA", "EPA", "WITNESS", "WHEREAS", "ANY", "UPON", "THIS", "WITH", "FINRA", "OTC", "OTCBB", "ADR", "ADS",
        "IPO", "EU", "UPS", "DHL", "PDF",
    )
)  # fmt: skip
_PLACE_OF = re.compile(
    r"(?:County|City|State|District|Secretary|Commonwealth|Republic|Province|Court|Form|Clerk|Bank|Town|Board) of "
)
_MOST_LONE = 8
_STATE_ZIP = re.compile(r"\b[A-Z]{2},? \d{5}\b")
_ROLES = frozenset(
    (
        "holder", "holders", "purchaser", "purchasers", "seller", "buyer", "lender", "borrower", "investor",
        "investors", "agent", "trustee", "note", "notes", "debenture", "debentures", "warrant", "warrants", "penalty",
        "closing", "company", "issuer", "affiliate", "affiliates", "guarantor", "subsidiary", "subsidiaries",
        "indemnitee", "underwriter", "escrow",
    )
)  # fmt: skip


def undefined_findings(papers: Sequence[Paper]) -> Iterator[Finding]:
    """Terms these papers use without a definition."""
    for paper in papers:
        if paper.kind in (DocumentKind.REPORT, DocumentKind.PRESS_RELEASE):
            continue
        elsewhere = _terms_taken_over(paper, papers)
        yield from _names(paper, elsewhere)
        yield from _acronyms(paper)
        yield from _time_units(paper, elsewhere)


def _terms_taken_over(paper: Paper, papers: Sequence[Paper]) -> frozenset[str]:
    """The terms of the paper whose definitions this one takes over wholesale; of all, where it is not in the set."""
    if not paper.takes_over_all:
        return frozenset()
    named = [term.definition.incorporated or "" for term in paper.terms if term.key == "*"]
    sources = [source for name in named if (source := paper_named(papers, name)) is not None and source is not paper]
    return frozenset().union(*(source.defined for source in sources or papers))


def defined_for(paper: Paper, inside_forms: bool = False) -> frozenset[str]:
    """Keys of the terms defined for the body of the paper; those of its forms are left out unless asked for."""
    forms = {node.path for node in paper.document.outline if node.kind.value == "form"}
    return frozenset(
        term.key
        for term in paper.terms
        if inside_forms
        or not any(
            term.definition.path == path or term.definition.path.startswith((path + ".", path + "(")) for path in forms
        )
    )


def _names(paper: Paper, elsewhere: frozenset[str]) -> Iterator[Finding]:
    defined = set(defined_for(paper))
    if paper.takes_over_all:
        defined |= elsewhere
    defined |= _taken_over(paper) | unquoted(paper)
    if len(defined) < 3:
        return
    in_forms_only = {key for key in paper.defined - defined if " " in key}
    laws = [(pointer.start, pointer.end) for pointer in paper.pointers if pointer.reference.kind is ReferenceKind.LAW]
    common = frozenset(re.findall(r"(?<![A-Za-z])[a-z]{3,}", paper.text))
    found: dict[str, list[Use]] = defaultdict(list)
    for use in capitalised(paper):
        if any(start <= use.end and use.start <= end + 1 for start, end in laws) or _is_place_or_firm(paper, use):
            continue
        for piece in _left_over(use, defined, in_forms_only):
            if _is_term(piece.text, common) and not _is_title(paper, piece):
                found[_singular(piece.key)].append(piece)
    rearranged = {content(term.key) for term in paper.terms if " " in term.key}
    lone = {
        key: uses
        for key, uses in found.items()
        # another form of a defined name is reported as such
        if not any(content(paper.text[use.start : use.end + _goes_on(paper, use)]) in rearranged for use in uses)
    }
    lone = {key: uses for key, uses in lone.items() if len(uses) > 1 or _is_likely(key, defined)}
    if not paper.outline_is_sound:
        lone = {key: uses for key, uses in lone.items() if len(uses) > 2}
    if len(lone) > max(_MOST_LONE, len(defined) // 4):
        yield _many(paper, lone)
        return
    for key, uses in lone.items():
        yield from _report(paper, key, uses)


def _many(paper: Paper, lone: dict[str, list[Use]]) -> Finding:
    """One finding for a paper most of whose terms are defined elsewhere."""
    return make(
        RuleClass.UNDEFINED,
        "many-terms-not-defined",
        Severity.AMBIGUITY,
        Confidence.TO_CONFIRM,
        [paper.passage(uses[0].start, uses[0].end) for uses in lone.values()],
        f"{len(lone)} capitalised names have no definition in this paper; another paper probably defines them",
        "say which paper defines the terms used here, or proofread it together with that paper",
    )


_TERM_NOUNS = frozenset(
    (
        "statement", "schedule", "partner", "plan", "agreement", "date", "amount", "period", "notice", "price",
        "event", "exception", "holder", "purchaser", "penalty", "certificate", "rate", "closing", "account",
        "payment", "fee", "party", "agent", "registration",
    )
)  # fmt: skip


def _is_likely(key: str, defined: set[str]) -> bool:
    """Whether a name used once reads like a term: it shares a word with a defined one, or ends with a term's noun."""
    own = {word.removesuffix("s") for word in key.split()}
    shared = {word.removesuffix("s") for term in defined for word in term.split() if len(word) > 3}
    return bool(own & _TERM_NOUNS) or bool(own & shared)


def _goes_on(paper: Paper, use: Use) -> int:
    """How far a name goes on after a link and an article ("Notice of the Major Transaction")."""
    match = re.match(r" of the (?:[A-Z][a-z]+ ?){1,4}", paper.text[use.end : use.end + 60])
    return len(match.group().rstrip()) if match else 0


_UNQUOTED = re.compile(
    r"(?:(?<=[.;:)] )|(?<=\d ))((?:[A-Z][A-Za-z&-]{1,24} ){1,5})(?:shall mean|means?|is defined as)\b"
)


def unquoted(paper: Paper) -> set[str]:
    """Terms defined without quotation marks: "BUSINESS DAY shall mean", with the same without their first words."""
    found: set[str] = set()
    for match in _UNQUOTED.finditer(paper.text):
        parts = match.group(1).lower().split()
        found.update(" ".join(parts[place:]) for place in range(min(len(parts), 3)))
    return found


def _taken_over(paper: Paper) -> set[str]:
    """Names followed by "(as defined in": their meaning is given or taken over there.

    After "as such terms are defined" every name of the sentence so far is taken over.
    """
    found: set[str] = set()
    row: list[Use] = []
    for use in capitalised(paper):
        row = [before for before in row if use.start - before.start < 200] + [use]
        taken = _TAKEN.match(paper.text, use.end)
        if taken is not None:
            found.update(before.key for before in (row if "terms" in taken.group() else [use]))
    return found


def _is_place_or_firm(paper: Paper, use: Use) -> bool:
    """Whether the name is a firm's (Inc., LLP, &) or stands in an address (a state and ZIP code nearby)."""
    after = paper.text[use.end : use.end + 90]
    near = paper.text[max(0, use.start - 8) : use.end + 8]
    if "--" in near or "...." in after or ". . ." in after or re.match(r",? [A-Z][\w, ]{0,60}\bAct\b", after):
        return True  # an underlined word, a line of contents, a statute
    if use.text.rsplit(" ", 1)[-1] in (
        "Bank",
        "Street",
        "Avenue",
        "Building",
        "University",
        "Association",
        "Authority",
        "Institute",
        "Corporation",
        "Company",
        "Incorporated",
        "Limited",
        "System",
        "Foundation",
        "College",
        "Hospital",
    ):
        return True
    before = paper.text[max(0, use.start - 3) : use.start]
    return (
        _ENTITY.match(after) is not None
        or before.endswith("& ")
        or _STATE_ZIP.search(after) is not None
        or use.text.split()[-1] in ("LLC", "LLP", "LDC", "LP", "Inc", "Ltd", "Corp")
    )


def _left_over(use: Use, defined: set[str], elsewhere_only: set[str]) -> Iterator[Use]:
    """The parts of a name, split at its link words, that neither a definition nor a name known to all covers.

    A part that ends with a defined name is that name in full ("Series B Convertible Participating Preferred Stock").
    """
    if _known(use.text, defined):
        return
    at = 0
    for segment in _segments(use.text):
        start = use.text.index(segment, at)
        at = start + len(segment)
        if not _covered(segment, defined) or segment.lower() in elsewhere_only:
            yield Use(use.start + start, use.start + start + len(segment), segment)


def _segments(name: str) -> list[str]:
    """A name split at its link words and possessives; "of" stays inside."""
    parts = re.split(r" (?:and|to|on) |[’']s? ", name)
    return [re.sub(r"[’']s?$", "", part) for part in parts if part]


def _known(name: str, defined: set[str]) -> bool:
    plain_name = name.lower()
    return plain_name in NAMES_KNOWN or bool(plural_forms(plain_name) & defined) or _ROMAN.match(name) is not None


def _covered(segment: str, defined: set[str]) -> bool:
    """Whether a part is a known name, several known names in a row, or ends with one."""
    if _known(segment, defined) or _PLACE_OF.match(segment):
        return True
    if re.search(r" (?:Officer|President|Director|Counsel|Manager|Secretary|Commission|Department|Agency)$", segment):
        return True
    parts = re.split(r" (?:of|in|for|at) ", segment)
    if len(parts) > 1 and all(_covered(part, defined) for part in parts):
        return True
    words = segment.split(" ")
    if any(_known(" ".join(words[place:]), defined) and words[place - 1] != "of" for place in range(1, len(words))):
        return True
    return any(
        _known(" ".join(words[:place]), defined) and words[place] != "of" and _covered(" ".join(words[place:]), defined)
        for place in range(len(words) - 1, 0, -1)
    )


def _is_term(name: str, common: frozenset[str]) -> bool:
    """Whether a name reads like a drafting term: English words, one at least used as a common word in the paper."""
    words = [word for word in re.findall(r"[A-Za-z]+", name) if word.lower() not in _LINKS]
    if not words or any(len(word) < 3 for word in words) or any(word.isupper() for word in words):
        return False
    lowered = [word.lower() for word in words]
    if not all(is_word(word) for word in lowered):
        return False
    forms = [plural_forms(word) for word in lowered]
    if len(lowered) == 1:
        return bool(forms[0] & common) or lowered[0] in _ROLES
    return any(form & common or form & _ROLES for form in forms)


_BEFORE_TITLE = re.compile(r"[\"“\[-]$|\bDesignations?, $|\bSection $|\b(?:common|preferred|capital) $")
_OWNED_PLAN = re.compile(r"[’']s $|\. $|\d{4} $")
_SHORT_FORM = re.compile(r",? (?:[a-z]+ ){0,4}?\((?:the|each,? an?|collectively,? the|an?)? ?[\"“]")


def _is_title(paper: Paper, use: Use) -> bool:
    """Whether a name is quoted, heads a provision, is part of a title, or stands just before its own short form."""
    before = paper.text[max(0, use.start - 24) : use.start]
    after = paper.text[use.end : use.end + 60]
    if _BEFORE_TITLE.search(before) or after[:1] in ('"', "”") or use.start in paper.body_starts:
        return True
    if " " not in use.text and (re.search(r"\b(?:or|and) $", before) or re.match(r"\. [A-Z]", after)):
        return True
    if re.search(r" (?:Plan|Program|Trust|Fund)$", use.text) and _OWNED_PLAN.search(before):
        return True
    return _SHORT_FORM.match(after) is not None or (after.startswith(", ") and "Certificate" in use.text)


def _singular(key: str) -> str:
    return key[:-1] if key.endswith("s") and not key.endswith("ss") else key


def _report(paper: Paper, key: str, uses: list[Use]) -> Iterator[Finding]:
    name = uses[0].text
    if " " not in name and key not in _ROLES and not _is_part_of_terms(paper, key):
        return
    small = len(re.findall(rf"\b{re.escape(key)}(?:s|es)?\b", paper.text))
    places = [paper.passage(max(0, use.start), use.end) for use in uses]
    if small >= 3 * len(uses) and len(uses) <= 2 and key not in _ROLES:
        yield make(
            RuleClass.VARIANT,
            "capital-without-definition",
            Severity.COSMETIC,
            Confidence.CERTAIN,
            places,
            f'"{name}" is capitalised here, is not defined, and is written small elsewhere',
            f'"{name.lower()}"',
        )
        return
    if " " not in name and key not in _ROLES and len(uses) == 1:
        return
    yield make(
        RuleClass.UNDEFINED,
        "term-not-defined",
        Severity.AMBIGUITY,
        Confidence.CERTAIN if len(uses) > 1 else Confidence.PROBABLE,
        places,
        f'"{name}" is capitalised like a defined term and is not defined in this paper',
        "define it, or use the defined term that is meant",
    )


def _is_part_of_terms(paper: Paper, key: str) -> bool:
    """Whether a single word is part of a defined term ("Conversion" of "Optional Conversion")."""
    return any(plural_forms(key) & set(term.split()) for term in paper.defined if " " in term)


def _acronyms(paper: Paper) -> Iterator[Finding]:
    defined = {key.upper() for key in defined_for(paper) | unquoted(paper)}
    words_defined = {word.upper() for key in defined for word in key.split()}
    for sign, uses in acronyms(paper).items():
        if sign in _KNOWN_ACRONYMS or sign in words_defined or _ROMAN.match(sign) or len(sign) < 3:
            continue
        if (
            re.search(
                rf"\b{sign}(?:,? [A-Z][A-Za-z&]+){{0,3}},? "
                r"(?:INC|LLC|L\.L\.C|CORP|LTD|L\.P|COMPANY|Inc|Corp|Ltd|Lease|GROUP|HOLDINGS)",
                paper.text,
            )
            or uses[0].start < 200
        ):
            continue  # part of a company's name
        if is_word(sign.lower()):
            continue  # a word in capitals
        live = [use for use in uses if not _is_name_part(paper, use) and not _spelt_out(paper, use)]
        if not live or len(live) != len(uses):
            continue
        yield make(
            RuleClass.UNDEFINED,
            "acronym-not-defined",
            Severity.COSMETIC,
            Confidence.PROBABLE,
            [paper.passage(use.start, use.end) for use in live],
            f'"{sign}" is not defined',
            "give the full name once",
        )


def _is_name_part(paper: Paper, use: Use) -> bool:
    """Whether the acronym is part of a firm's name, an address or a reference."""
    around = paper.text[use.start : use.end + 14]
    before = paper.text[max(0, use.start - 30) : use.start]
    return (
        _is_place_or_firm(paper, use)
        or re.search(r"(?:Inc|L\.?L\.?C|L\.?P|Ltd|Corp)\b", around) is not None
        or re.search(r"(?:Section|Article|Box|P\.O\.) ?[\w.]{0,8} ?$", before) is not None
    )


def _spelt_out(paper: Paper, use: Use) -> bool:
    """Whether the acronym stands in a name or a bracket after its full name."""
    if re.match(r" (?:- |\(|\d)", paper.text[use.end : use.end + 3]):
        return True
    return paper.text[max(0, use.start - 1) : use.start] in ("(", '"', "“", "-") or paper.text[
        use.end : use.end + 1
    ] in ("-", "&")


def _time_units(paper: Paper, elsewhere: frozenset[str]) -> Iterator[Finding]:
    """ "business day" and its like, counted in and never given a meaning in the paper."""
    defined = defined_for(paper, inside_forms=True)
    found: list[tuple[int, int]] = []
    missing: list[str] = []
    for unit in TIME_UNITS:
        if any(unit in key for key in defined | unquoted(paper)) or (
            paper.takes_over_all and any(unit in key for key in elsewhere)
        ):
            continue
        pattern = compiled(rf"(?i)\b{unit}s?\b")
        uses = [(m.start(), m.end()) for m in pattern.finditer(paper.text) if not paper.in_contents(m.start())]
        if uses:
            missing.append(unit)
            found.extend(uses)
    if found:
        names = " and ".join(f'"{unit}"' for unit in missing)
        yield make(
            RuleClass.UNDEFINED,
            "time-unit-not-defined",
            Severity.AMBIGUITY,
            Confidence.CERTAIN,
            [paper.passage(max(0, start - 24), end) for start, end in sorted(found)],
            f"periods are counted in units the paper does not define: {names}",
            "define them, with the place or market whose calendar decides",
        )
