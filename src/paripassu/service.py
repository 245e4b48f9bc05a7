"""The verbs: everything a face offers, in one place. Only this module reads the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import paripassu
from paripassu import cases as worked_cases
from paripassu import codec, store
from paripassu.admitting import admitted
from paripassu.agreement import Agreement, Choice, Instrument, subjects_kept, subjects_of
from paripassu.asking import Names
from paripassu.coverage import executed_entries
from paripassu.documents import provenance
from paripassu.documents.reading import read
from paripassu.explaining import explain, words_of
from paripassu.loading import agreement_from, choices_from, cited_documents_from, sections_from, shared_by
from paripassu.rankings import Basis, Progress, ranking
from paripassu.receipts import FileUsed, Receipt, rests_on
from paripassu.recorded import recorded
from paripassu.render.html import page
from paripassu.render.trace import figure_trace, plain
from paripassu.replay import Replayed, replay
from paripassu.values.bindings import functions_of, unit_of
from paripassu.values.calendars import Calendars
from paripassu.values.citation import Citation
from paripassu.values.dates import Instant, instant_of
from paripassu.values.effects import Point
from paripassu.values.entries import Head, head_text
from paripassu.values.facts import Fact, fact_from
from paripassu.values.figures import Figure
from paripassu.values.market import TRADING_CALENDAR, Market, observation_from
from paripassu.values.prints import Tape
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.sheets import Section, Sheet, Tree
from paripassu.views.adjustments import PriceHistory, adjustments_sheet, price_histories
from paripassu.views.agreement import agreement_sheet, coverage_sheet, readings_sheet, term_literals
from paripassu.views.clauses import cited_words, with_clauses
from paripassu.views.layout import diary_sheet, lay_out
from paripassu.views.lines import PricePoint, Statement
from paripassu.views.readings import Ranking, ranking_sheet
from paripassu.views.register import register as read_register
from paripassu.views.register_sheet import (
    CERTIFICATE_COLUMNS,
    MOVEMENT_COLUMNS,
    certificate_rows,
    movement_rows,
    register_sheet,
)
from paripassu.views.rollforward import roll_forward
from paripassu.views.signoff import SignOff, sign_off, signoff_sheet
from paripassu.views.statement import price_series, statement

CHART_DAYS_BEFORE = 120
"""Calendar days before the date of a statement that its price chart covers, at most."""


@dataclass(frozen=True)
class Question:
    """What a statement or figure is asked of: a deal, a date, and what is added to the deal's own facts.

    A figure may be asked ``on`` another legal date than that of the record, such as a notice's conversion date. Of a
    book the entries up to the head ``through`` count, all where none is given.
    """

    deal: str
    as_of: date | None = None
    known_at: date | None = None
    facts_files: tuple[str, ...] = ()
    prices_files: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    filing: str = ""
    on: date | None = None
    through: Head | None = None


@dataclass(frozen=True)
class Loaded:
    """A deal ready to be asked: agreement, facts, market, the folder they came from, and the head of its book."""

    folder: store.DealFolder
    agreement: Agreement
    facts: tuple[Fact, ...]
    market: Market
    ledger: str = ""


def now() -> Instant:
    """The instant now, in whole seconds."""
    return instant_of(datetime.now(UTC), "UTC")


def today() -> date:
    """The date now, in UTC."""
    return datetime.now(UTC).date()


def load(question: Question) -> Loaded:
    """Read a deal with its issuer's facts and prices, and what the question adds.

    Raises any Problem of loading: missing files, unknown keys, wrong units, bad numbers and dates, wiring.
    """
    calendars = store.read_calendars()
    _check_covered(question, calendars)
    book = recorded(
        question.deal, calendars, question.known_at, question.as_of or today(), question.through
    )
    if book is None:
        folder = store.read_deal(question.deal)
        agreement = _agreement(folder, calendars, question.choices)
        issuer = store.read_issuer(agreement.issuer)
        told, seen = shared_by(agreement, issuer.facts, issuer.prices)
        rows, prices, ledger = [*told, *folder.facts], list(seen), ""
    else:
        folder = book.folder
        agreement = _chosen(book.agreement, question.choices)
        rows, prices = list(book.facts), list(book.prices)
        ledger = head_text(agreement.name, book.head).strip()
    facts = [fact_from(raw, agreement.zone, place, stands=book is not None) for raw, place in rows]
    added = (row for path in question.facts_files for row in store.read_facts(path))
    facts += [fact_from(raw, agreement.zone, place) for raw, place in added]
    # What a book holds was checked when it was recorded, and stands.
    observed = [observation_from(raw, place, None if book else calendars) for raw, place in prices]
    for path in question.prices_files:
        observed.extend(observation_from(raw, place, calendars) for raw, place in store.read_prices(path))
    market = Market(tuple(observed), calendars, store.read_yields())
    return Loaded(folder, agreement, tuple(facts), market, ledger)


def _check_covered(question: Question, calendars: Calendars) -> None:
    """Raise Problem OUTSIDE_COVERAGE, with the option, for a date that the trading calendar does not cover."""
    for option, day in (("--as-of", question.as_of), ("--on", question.on)):
        try:
            if day is not None:
                calendars.get(TRADING_CALENDAR).check_covered(day)
        except Problem as problem:
            raise problem.at(Place(option)) from None


def _agreement(folder: store.DealFolder, calendars: Calendars, choices: Mapping[str, str]) -> Agreement:
    agreement = agreement_from(folder.agreement, calendars, folder.digest)
    agreement = agreement.with_choices(choices_from(folder.readings, agreement))
    return _chosen(agreement, choices)


def _chosen(agreement: Agreement, choices: Mapping[str, str]) -> Agreement:
    return agreement.with_choices(
        [choice for reading, chosen in choices.items() for choice in _choices(agreement, reading, chosen)]
    )


def _choices(agreement: Agreement, named: str, alternative: str) -> list[Choice]:
    """A reading as another alternative: of every instrument that leaves it open, or of the one named before a colon."""
    only, _, reading = named.rpartition(":")
    leaving = [
        one.name for one in agreement.instruments.values()
        if only in ("", one.name) and any(left.id == reading for left in one.readings())
    ]
    if leaving:
        return [Choice(reading, name, alternative, "chosen for this question", "the asker") for name in leaving]
    known = sorted({one.id for instrument in agreement.instruments.values() for one in instrument.readings()})
    where = f" of {only}" if only else ""
    raise Problem(
        ProblemKind.UNKNOWN_READING, f"there is no reading {reading!r}{where}", "use one of " + ", ".join(known)
    )


def replayed(loaded: Loaded, question: Question) -> Replayed:
    """The state of a deal on the date asked about (today where none is given)."""
    return replay(loaded.agreement, loaded.facts, loaded.market, question.as_of or today(), question.known_at)


# -- verbs


def deals() -> list[dict[str, str]]:
    """The deals that come with the program, with their titles."""
    calendars = store.read_calendars()
    found = (agreement_from(store.read_deal(name).agreement, calendars, "") for name in store.deal_names())
    return [{"deal": one.name, "title": one.title} for one in found]


def show(question: Question) -> Sheet:
    """The agreement laid out: documents, instruments, clauses with section, terms and entries; words with a filing."""
    loaded = load(question)
    return with_clauses(
        agreement_sheet(loaded.agreement), clause_texts(loaded, question.filing), question.filing
    )


def ranked_readings(question: Question, progress: Progress | None = None) -> tuple[Ranking, Sheet]:
    """The readings that the statement of a date consulted, by what turns on them; and the sheet of it."""
    made = ranking(_basis(load(question), question), progress)
    return made, ranking_sheet(made)


def signoff(question: Question, progress: Progress | None = None) -> tuple[SignOff, Sheet]:
    """The assumptions, readings and findings that the statement of a date rests on; and the page to sign."""
    loaded = load(question)
    done = replayed(loaded, question)
    ranked = ranking(_basis(loaded, question), progress)
    made = sign_off(statement(done, loaded.facts, _planned(loaded)), ranked, done.state.facts)
    return made, signoff_sheet(made, receipt(loaded, question).printed())


def _basis(loaded: Loaded, question: Question) -> Basis:
    """What the statement of a date is made from."""
    return Basis(loaded.agreement, loaded.facts, loaded.market, question.as_of or today(), question.known_at)


def readings(question: Question) -> Sheet:
    """Every question the words leave open, with its alternatives and the one in force."""
    return readings_sheet(load(question).agreement)


def coverage(question: Question, status: str = "", *, computed: bool = False) -> Sheet:
    """Every entry of the inventory with its status; ``computed`` names a case that fails without its clause."""
    loaded = load(question)
    executed = None
    if computed:
        worked = [case for file in loaded.folder.cases for case in worked_cases.cases_of(file)]
        executed = executed_entries(loaded.agreement, worked, loaded.market.calendars)
    return coverage_sheet(loaded.agreement, sections_from(loaded.folder.sections), status, executed)


def check(question: Question, filing: str = "") -> tuple[list[str], bool]:
    """Load everything and say what was found; with a filing compare digests and literals. True when all is sound.

    Raises any Problem of loading, and for a fact, of the deal or of a worked case, what ``admitted`` raises.
    """
    loaded = load(question)
    agreement = loaded.agreement
    admitted(agreement, loaded.facts, loaded.market.calendars)
    for file in loaded.folder.cases:
        worked_cases.check_cases(file, agreement, loaded.market.calendars)
    clauses = sum(len(one.clauses) for one in agreement.instruments.values())
    names = sum(len(one.bindings) for one in agreement.instruments.values())
    lines = [
        f"{agreement.name}: {len(agreement.documents)} documents, {len(agreement.instruments)} instruments, "
        f"{clauses} clauses, {names} names wired without clash, gap or circle",
        f"{len(loaded.facts)} facts and {len(loaded.market.observations)} observations read",
        *(f"  {one.value.name}: {', '.join(one.value.report()) or 'all reported in their turn'}"
          for one in loaded.market.observations if isinstance(one.value, Tape)),
    ]
    if not filing:
        return lines, True
    found = provenance.check(
        cited_documents_from(loaded.folder.provenance), term_literals(agreement), read(store.read_text(filing), filing)
    )
    wrong = [one for one in found if not one.is_ok]
    terms = sum(one.term is not None for one in found)
    lines.append(
        f"{len(found) - terms} sections and {terms} literals compared with {filing}: "
        + (f"{len(wrong)} differ" if wrong else "all as cited")
    )
    return [*lines, *(f"  {one.kind.value}: {one.says}" for one in wrong)], not wrong


def state(question: Question) -> tuple[Statement, Sheet]:
    """The statement of a date, and its sheet."""
    return stated(load(question), question)


def stated(loaded: Loaded, question: Question) -> tuple[Statement, Sheet]:
    """The statement of a date of a deal already loaded, and its sheet."""
    done = replayed(loaded, question)
    made = statement(done, loaded.facts, _planned(loaded))
    sheet = lay_out(made, _series(done), receipt(loaded, question).printed())
    return made, with_clauses(sheet, clause_texts(loaded, question.filing), question.filing)


def diary(question: Question) -> tuple[Statement, Sheet]:
    """The statement of a date, and the sheet of what is due after it."""
    loaded = load(question)
    made = statement(replayed(loaded, question), loaded.facts, _planned(loaded))
    return made, with_clauses(diary_sheet(made), clause_texts(loaded, question.filing), question.filing)


def _planned(loaded: Loaded) -> int:
    """How many provisions of the papers that run here are not carried out yet."""
    running = {one.document for one in loaded.agreement.instruments.values()}
    sections = sections_from(loaded.folder.sections)
    return sum(raw["status"] == "planned" for name in running for raw in sections.get(name, {}).values())


def _series(done: Replayed) -> tuple[PricePoint, ...]:
    """Prices from the first of: the closing, the days before the first bid known, or so many days before."""
    if not done.state.facts:
        return ()
    closing = done.state.get(("value", "closing_date", ""))
    if closing is None:
        return ()
    first = max(closing, done.state.as_of - timedelta(days=CHART_DAYS_BEFORE))
    return price_series(done, first, done.state.as_of)


@dataclass(frozen=True)
class Registered:
    """A register, with a roll-forward where one was asked for: content, sheet, and rows for a spreadsheet."""

    content: dict[str, Any]
    sheet: Sheet
    csv: str


def register(question: Question, first: date | None = None, instrument: str = "") -> Registered:
    """Who holds what under which certificate; with a first day, also how it rolled forward from its beginning.

    Raises Problem UNKNOWN_NAME for a security that the deal does not have, BAD_DATE for a period that ends before it
    begins, and any Problem of loading and replay.
    """
    loaded = load(question)
    done = replayed(loaded, question)
    made = read_register(done, instrument)
    rolled = roll_forward(done, first, instrument) if first else None
    rows = (
        codec.to_csv(MOVEMENT_COLUMNS, movement_rows(rolled)) if rolled
        else codec.to_csv(CERTIFICATE_COLUMNS, certificate_rows(made))
    )
    sheet = register_sheet(made, rolled, receipt(loaded, question).printed())
    return Registered({"register": made, "roll_forward": rolled}, sheet, rows)


def adjustments(question: Question) -> tuple[tuple[PriceHistory, ...], Sheet]:
    """How the exercise price of each warrant moved, and what an unknown price would change; and the sheet of it."""
    loaded = load(question)
    done = replayed(loaded, question)
    histories = price_histories(done)
    return histories, adjustments_sheet(done, histories, receipt(loaded, question).printed())


def write_rows(path: str, rows: str) -> None:
    """Write rows to a file; raises Problem UNWRITABLE."""
    store.write_text(path, rows)


def receipt(loaded: Loaded, question: Question) -> Receipt:
    """What a statement rests on, so that it can be made again; without what came of it."""
    filing = (question.filing,) if question.filing else ()
    named = (("--facts", question.facts_files), ("--prices", question.prices_files), ("--filing", filing))
    files = tuple(
        FileUsed(option, store.name_of(path), store.digest_of(path)) for option, paths in named for path in paths
    )
    return Receipt(
        paripassu.__version__, loaded.agreement.name, question.as_of or today(), question.known_at, loaded.ledger,
        rests_on(loaded.agreement, loaded.facts, loaded.market.observations), dict(question.choices), files, {}, (),
    )


def report(question: Question, path: str) -> Sheet:
    """Write the statement as one self-contained page; nothing in it needs a network."""
    _, sheet = state(question)
    write_page(sheet, path)
    return sheet


def write_page(sheet: Sheet, path: str) -> None:
    """Write a sheet as one self-contained page; raises Problem MISSING_FILE where there is no such folder."""
    store.write_text(path, page_of(sheet))


def page_of(sheet: Sheet) -> str:
    """A sheet as one self-contained HTML page."""
    return page(sheet, store.read_template("page.html"), store.read_template("page.css"))


def clause_texts(loaded: Loaded, filing: str) -> Callable[[Citation], str | None]:
    """The words of a cited section in the filing at hand; None where there is no filing or no such section."""
    if not filing:
        return lambda citation: None
    texts = provenance.clause_texts(
        cited_documents_from(loaded.folder.provenance), read(store.read_text(filing), filing)
    )
    return lambda citation: texts.get((citation.document, citation.section))


def figure_clauses(question: Question, made: Figure) -> Sheet | None:
    """The words of the sections a figure rests on, in the order they are met; None without a filing."""
    if not question.filing:
        return None
    words = clause_texts(load(question), question.filing)
    cited = with_clauses(Sheet("", "", (Section("", (Tree("", made),)),)), words, question.filing)
    return Sheet("", "", cited.sections[1:])


def figure(
    question: Question, instrument: str, name: str, at: Mapping[str, str], given: Mapping[str, str]
) -> Figure:
    """Any name at a point, with inputs overridden where given; opened into everything it came from.

    Without an instrument, the first that has the name.

    Raises Problem UNKNOWN_NAME, INCOMPLETE_FACT (a subject is needed), BAD_NUMBER, and any Problem of loading.
    """
    loaded = load(question)
    names, point = place_of(question, replayed(loaded, question), instrument, name, at, given)
    return explain(names, name, point)


def place_of(
    question: Question, done: Replayed, instrument: str, name: str, at: Mapping[str, str], given: Mapping[str, str]
) -> tuple[Names, Point]:
    """The names of the instrument a figure is asked of, and the point of the question; raises as ``figure`` does."""
    having = [one.name for one in done.agreement.instruments.values() if name in one.bindings]
    chosen = done.agreement.instrument(instrument).name if instrument else next(iter(having), "")
    if chosen not in having:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{instrument or question.deal} has no figure {name!r}",
            f"list them with: paripassu figure {question.deal}",
        )
    names = done.names[chosen]
    for key in at:
        if key not in subjects_kept(names.instrument):
            raise Problem(
                ProblemKind.UNKNOWN_NAME, f"no figure of {chosen} is kept by {key}",
                "use " + ", ".join(sorted(subjects_kept(names.instrument))),
            )
    for key in given:
        if key not in names.instrument.bindings:
            raise Problem(ProblemKind.UNKNOWN_NAME, f"{key!r} cannot be set", "set a name that the instrument binds")
    _check_subjects(names.instrument, name, at)
    values = {key: _given_value(key, value) for key, value in given.items()}
    return names, names.point(question.on, values, at)


def _check_subjects(instrument: Instrument, name: str, at: Mapping[str, str]) -> None:
    """Raise Problem INCOMPLETE_FACT where a subject is not named, for a figure that is another in another case."""
    missing = next((one for one in subjects_of(instrument, name) if one not in at), "")
    for case, other in (clause.counterparts[name] for clause in instrument.clauses if name in clause.counterparts):
        asked = subjects_of(instrument, other)
        if missing and missing not in asked:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT, f"{name} is a figure of one {missing}, and none is named",
                f"name it: --at {missing}=..., or for {case} ask {other}: "
                + " ".join(f"--at {subject}=..." for subject in asked),
            )


def _given_value(name: str, text: str) -> Any:
    try:
        return worked_cases.given_value(text)
    except Problem as problem:
        raise problem.at(Place(name)) from None


def figure_names(question: Question) -> list[dict[str, str]]:
    """Every name that can be asked, with instrument, unit, section and meaning."""
    rows = []
    for instrument in load(question).agreement.instruments.values():
        for name, binding in sorted(instrument.bindings.items()):
            functions = functions_of(binding)
            rows.append({
                "instrument": instrument.name, "name": name, "unit": unit_of(binding),
                "section": instrument.section_of(name), "of": ", ".join(subjects_of(instrument, name)),
                "meaning": words_of(functions[0]) if functions else "",
            })
    return rows


def run_cases(question: Question, chosen: str = "") -> Iterator[tuple[worked_cases.Case, list[worked_cases.Outcome]]]:
    """The worked cases of a deal, one by one, with what each expected and found."""
    calendars = store.read_calendars()
    folder = store.read_deal(question.deal)
    agreement = _agreement(folder, calendars, question.choices)
    for file in folder.cases:
        for case in worked_cases.cases_of(file):
            if chosen in case.id or chosen in case.entry:
                yield case, worked_cases.run_case(case, agreement, calendars)


def trace_json(made: Figure, clauses: Sheet | None = None) -> str:
    """A figure's explanation as versioned JSON, with the words of the sections it cites where they are at hand."""
    words = cited_words(clauses) if clauses else {}
    return codec.to_json(figure_trace(made) | ({"clauses": words} if words else {}))


def json_of(value: Any, sheet: Sheet | None = None) -> str:
    """Any result of a verb as JSON; a statement with the words of the sections its sheet cites, where at hand."""
    told = plain(value)
    words = cited_words(sheet) if sheet else {}
    more = ({"clauses": words} if words else {}) | ({"receipt": plain(sheet.receipt)} if sheet else {})
    return codec.to_json(told | more if more else told)
