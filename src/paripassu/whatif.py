"""The verbs that compare: difference and suppose. Nothing here is recorded anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import Any

from paripassu import service, store
from paripassu.asking import Names
from paripassu.codec import Parsed, parse_json_lines
from paripassu.differing import Difference, change_of
from paripassu.differing import difference as differing
from paripassu.explaining import explain
from paripassu.reconciling.question import World, printed
from paripassu.reconciling.search import Reconciliation, reconcile
from paripassu.render.changes import Changes, changes
from paripassu.service import Loaded, Question
from paripassu.submissions import Progress, unwatched
from paripassu.supposing import Scenario, Shown, scenario_from
from paripassu.supposing import suppose as supposing
from paripassu.values.bindings import unit_of
from paripassu.values.dates import parse_date
from paripassu.values.facts import Fact
from paripassu.values.figures import Figure
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.sheets import Sheet
from paripassu.views.difference import difference_sheet, lines_section
from paripassu.views.lines import Statement
from paripassu.views.reconciliation import reconciliation_sheet
from paripassu.views.supposition import EXPLAINED, Supposed, Told, supposed_sheet, supposed_statement
from paripassu.views.supposition import Compared as Before


@dataclass(frozen=True)
class Asked:
    """Which figure is asked for: its name, whose, with what given for it, and of which instrument where several."""

    name: str
    at: Mapping[str, str]
    given: Mapping[str, str]
    instrument: str = ""


@dataclass(frozen=True)
class Compared:
    """Two sides in words, and what differs between them: lines of the statement, or a figure."""

    sides: tuple[str, str]
    lines: Changes | None = None
    figure: Difference | None = None


def sides_of(
    question: Question, other: str = "", earlier: date | None = None, known_earlier: date | None = None
) -> tuple[Question, Question]:
    """The two questions to compare; ``question`` is the second.

    The first is asked of the same deal, or of ``question.deal`` where another is compared with it; on an earlier date;
    as known on an earlier date; under the readings in force where the question chooses another. Raises Problem
    MISSING_KEY where the two would be the same.
    """
    first = replace(question, choices={}, as_of=earlier or question.as_of, known_at=known_earlier or question.known_at)
    second = replace(question, deal=other or question.deal)
    if first == second:
        raise Problem(
            ProblemKind.MISSING_KEY, "there is nothing to compare with",
            "name another book or deal, or add --from, --known-from, --reading or --theirs",
        )
    return first, second


def statements_differ(first: Question, second: Question) -> tuple[Compared, Sheet]:
    """The lines of two statements that differ, and their sheet; raises any Problem of loading and replay."""
    found = changes(_statement(first), _statement(second))
    sides = side_words(first, second)
    section = lines_section("Lines that go and come", found.gone, found.come)
    title = service.load(second).agreement.title
    return Compared(sides, found), Sheet(title, f"From {sides[0]} to {sides[1]}", (section,))


def _statement(question: Question) -> Sheet:
    return _sheet(service.load(question), question)


def _sheet(loaded: Loaded, question: Question) -> Sheet:
    """The statement of a deal as loaded, without its receipt: that of a supposition would vouch for nothing."""
    return _stated(loaded, question)[1]


def _stated(loaded: Loaded, question: Question) -> tuple[Statement, Sheet]:
    made, sheet = service.stated(loaded, question)
    return made, replace(sheet, receipt=())


def figures_differ(first: Question, second: Question, asked: Asked) -> tuple[Compared, Sheet]:
    """A figure on two sides, and every input that differs with its share; raises what asking the figure raises."""
    sides = side_words(first, second)
    found = figure_difference((service.load(first), first), (service.load(second), second), asked)
    title = service.load(second).agreement.title
    return Compared(sides, figure=found), difference_sheet(title, sides, found, _words(asked))


def figure_difference(
    first: tuple[Loaded, Question], second: tuple[Loaded, Question], asked: Asked
) -> Difference:
    """A figure of two deals as loaded, compared."""
    (before, names), (after, names_after) = (_explained(*side, asked) for side in (first, second))
    return differing(before, after, names, names_after)


def _explained(loaded: Loaded, question: Question, asked: Asked) -> tuple[Figure, Names]:
    done = service.replayed(loaded, question)
    names, point = service.place_of(question, done, asked.instrument, asked.name, asked.at, asked.given)
    return explain(names, asked.name, point), names


def theirs(
    question: Question, asked: Asked, number: str, progress: Progress = unwatched
) -> tuple[Reconciliation, Sheet]:
    """Which single change gives the number that somebody else has, and its sheet.

    Raises Problem BAD_NUMBER for what is no number, WRONG_UNIT where the figure is none, and what asking it raises.
    """
    wanted = printed(number)
    loaded = service.load(question)
    names, point = service.place_of(
        question, service.replayed(loaded, question), asked.instrument, asked.name, asked.at, asked.given
    )
    world = World(
        loaded.agreement, loaded.facts, loaded.market, question.as_of or service.today(), question.known_at,
        names.instrument.name, asked.name, point.at, point.given, question.on,
    )
    found = reconcile(world, wanted, unit_of(names.instrument.bindings[asked.name]),
                      lambda done, total: progress("trying single changes", done, total))
    return found, reconciliation_sheet(loaded.agreement.title, _words(asked), world.on or world.as_of, found)


def _words(asked: Asked) -> str:
    return asked.name.replace("_", " ") + "".join(f", {key} {value}" for key, value in asked.at.items())


def side_words(first: Question, second: Question) -> tuple[str, str]:
    """The two sides, each by what tells it from the other."""
    words: tuple[list[str], list[str]] = ([], [])
    for side, mine, other in ((words[0], first, second), (words[1], second, first)):
        if mine.deal != other.deal:
            side.append(mine.deal)
        if mine.as_of != other.as_of:
            side.append(f"as of {mine.as_of or service.today()}")
        if mine.known_at != other.known_at:
            side.append(f"as known on {mine.known_at}" if mine.known_at else "as known now")
        if mine.choices != other.choices:
            chosen = ", ".join(f"{reading}: {one}" for reading, one in mine.choices.items())
            side.append(chosen or "readings in force")
    return ", ".join(words[0]), ", ".join(words[1])


# -- suppose


@dataclass(frozen=True)
class Options:
    """What is supposed beside scenarios: facts as JSON and in files, bids by day, facts taken away, figures to show."""

    facts: tuple[str, ...] = ()
    facts_files: tuple[str, ...] = ()
    prices: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    show: tuple[Shown, ...] = ()


def scenarios(deal: str) -> list[dict[str, str]]:
    """The scenarios that come with a deal, or with the deal of a book, with their titles."""
    calendars = store.read_calendars()
    return [
        {"scenario": name, "title": scenario_from(source, calendars).title}
        for name, source in _scenarios(deal).items()
    ]


def _scenarios(deal: str) -> Mapping[str, Parsed]:
    """Those of the folder; of the deal that comes with the program, for a book of it."""
    book = store.book_at(deal)
    folder = store.read_deal(store.folder_of(book) if book else deal)
    name = str(folder.agreement.value.get("deal", ""))
    return folder.scenarios or (store.read_deal(name).scenarios if book and name in store.deal_names() else {})


def scenario(deal: str, named: Sequence[str], options: Options) -> Scenario:
    """Everything that is supposed, as one scenario: those named, in order, then what the options add.

    Raises Problem MISSING_KEY where nothing is supposed, UNKNOWN_NAME for a scenario that does not exist, and what
    reading a scenario, a fact or a date raises.
    """
    calendars = store.read_calendars()
    made = [scenario_from(_scenario_source(deal, name), calendars) for name in named]
    rows = [row for text in options.facts for row in parse_json_lines(text, "--fact")]
    for path in options.facts_files:
        rows.extend(store.read_facts(path))
    prices = tuple((_day(text), bid, Place("--price")) for text, bid in options.prices.items())
    if rows or prices or options.without:
        title = "" if made else "what is asked"
        made.append(Scenario(title, facts=tuple(rows), without=options.without, prices=prices))
    if not made:
        raise Problem(
            ProblemKind.MISSING_KEY, "nothing is supposed",
            "name a scenario (listed with --list), or add --fact, --facts, --price, --without",
        )
    return reduce(Scenario.joined, [*made, Scenario("", show=options.show)])


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except Problem as problem:
        raise problem.at(Place("--price")) from None


def _scenario_source(deal: str, name: str) -> Parsed:
    if name.endswith((".yaml", ".yml")):
        return store.read_yaml(name)
    known = _scenarios(deal)
    if name not in known:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"there is no scenario {name!r}",
            "use " + (", ".join(known) + ", or " if known else "") + "the path of a file that ends in .yaml",
        )
    return known[name]


def suppose(question: Question, scenario: Scenario, report: str = "") -> tuple[Supposed, Sheet]:
    """What follows from a scenario on a date, against what is recorded; with ``report`` also as a page.

    The date is that of the question, else the scenario's, else today. Nothing is recorded: a book is only read. Raises
    any Problem of loading, of what is supposed, and of replaying it.
    """
    as_of = question.as_of or scenario.as_of or service.today()
    recorded = replace(question, as_of=as_of, choices={})
    supposed = replace(recorded, choices={**scenario.readings, **question.choices})
    before, after = service.load(recorded), service.load(supposed)
    scenario = replace(scenario, readings=supposed.choices)
    book = store.book_at(question.deal)
    world = supposing(
        scenario, after.facts, after.market, after.agreement.zone, after.agreement.parties,
        store.name_of(book) if book else "",
    )
    after = replace(after, facts=world.facts, market=world.market)
    said, follows = _stated(after, supposed)
    lines = changes(_sheet(before, recorded), follows)
    figures = tuple(_figures((before, recorded), (after, supposed), scenario.show))
    made = Supposed(scenario.title, as_of, world.changes, lines.gone, lines.come, figures,
                    tuple(_told(scenario, before.facts, after.facts, said)))
    if report:
        store.write_text(report, service.page_of(supposed_statement(scenario, made, follows)))
    return made, supposed_sheet(after.agreement.title, scenario, made)


def _figures(
    recorded: tuple[Loaded, Question], supposed: tuple[Loaded, Question], show: Sequence[Shown]
) -> Iterator[Before]:
    """Each figure before and after; before, it may not be there: what it is of happens only in the story."""
    for one in show:
        asked = Asked(one.figure, one.at, {})
        after, _ = _explained(*_on(supposed, one), asked)
        try:
            before: Any = _explained(*_on(recorded, one), asked)[0].value
        except Problem:
            before = None
        words = _words(asked) + (f", on {one.on}" if one.on else "")
        yield Before(words, before, after.value, change_of(before, after.value), after)


def _told(scenario: Scenario, recorded: Sequence[Fact], facts: Sequence[Fact], said: Statement) -> Iterator[Told]:
    """What is supposed and all that happens from then on, with what the scenario's author says of its days."""
    supposed = {(one.effective, one.says(said.parties)) for one in facts if one not in recorded}
    days = [*(day for day, _ in supposed), *(one.on for one in scenario.steps)]
    for line in said.events if days else ():
        if line.day >= min(days):
            fact = "supposed" if (line.day, line.words) in supposed else "recorded"
            kind = {"fact": fact, "event": "follows", "refusal": "refused"}[line.kind]
            yield Told(line.day, kind, _with_duties_named(line.words, said), line.citation)
    yield from (Told(one.on, EXPLAINED, one.says) for one in scenario.steps if one.on <= said.as_of)


def _with_duties_named(words: str, said: Statement) -> str:
    """A duty is told by what it asks for, not by the name under which it is kept."""
    for owed in said.obligations:
        words = words.replace(owed.id, f'"{owed.what}"')
    return words


def _on(side: tuple[Loaded, Question], one: Shown) -> tuple[Loaded, Question]:
    return side[0], replace(side[1], on=one.on or side[1].on)
