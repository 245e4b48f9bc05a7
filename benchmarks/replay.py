"""How fast a long story is replayed and explained, against beancount loading as many transactions.

    python benchmarks/replay.py [FACTS ...]

Replays 1998-12-18 to 2003-07-27 of the Valence Series B under a made-up story (see long_story.py) of 10,000 facts
unless told otherwise, values only, on facts and prices already read; then reads and replays the same story from its
JSON lines; then asks for explanations. beancount (the bench extra) loads a ledger of one transaction for each fact:
issuances, transfers and conversions move lots held at cost, everything else is a memorandum of two postings. Each
part runs by itself in a child of this process, in turn, so that none warms or burdens the other. Of several numbers of
facts the first is set beside beancount, and each later one beside the first: linear where a fact takes as long.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence

import long_story
from measuring import Line, alone, best, peak, print_lines, said

from paripassu import codec, store
from paripassu.agreement import Agreement
from paripassu.asking import Names
from paripassu.explaining import explain_source
from paripassu.loading import agreement_from
from paripassu.replay import Replayed, replay
from paripassu.values.effects import Source
from paripassu.values.facts import Fact, fact_from
from paripassu.values.market import Market, observation_from

RUNS, ONCE_FROM = 3, 50_000
"""Runs of which the fastest counts; of a story of so many facts there is one."""
EXPLAINED = 500
AIMED_AT = 3
"""Times as fast as beancount, per fact."""
MOST_MEMORY, LINEAR = 400, 1.25
"""MB that a story of any length here may take beside what it is read into, and how much longer a fact may take in a
story ten times as long."""

Measured = dict[str, float]


def deal(count: int) -> tuple[Agreement, Market]:
    """The agreement of the Series B, with as many shares as the story needs, and the story's bids."""
    calendars = store.read_calendars()
    folder = store.read_deal("valence-1998")
    series = folder.agreement.value["instruments"]["series-b"]["clauses"]["series"]
    series["terms"]["authorised_shares"]["value"] = str(long_story.authorised(count))
    agreement = agreement_from(folder.agreement, calendars, folder.digest)
    return agreement, Market(tuple(observation_from(row) for row in long_story.bids(calendars)), calendars)


def read(rows: list[long_story.Row], agreement: Agreement) -> list[Fact]:
    """The story's facts, read from JSON lines."""
    lines = "\n".join(json.dumps(row) for row in rows)
    return [fact_from(raw, agreement.zone, place) for raw, place in codec.parse_json_lines(lines, "story")]


def ours(count: int) -> Measured:
    """Replay alone, reading and replaying, and explanations."""
    agreement, market = deal(count)
    rows = long_story.rows(count, market.calendars)
    facts = read(rows, agreement)
    before, runs = peak(), RUNS if count < ONCE_FROM else 1
    seconds, done = best(lambda: replay(agreement, facts, market, long_story.LAST), runs)
    measured = {"facts": len(facts), "replay": seconds, "memory": peak() - before, "effects": len(done.state.records)}
    if runs > 1:
        measured["explanation"], measured["slowest explanation"] = explanations(done)
        measured["read and replay"], _ = best(
            lambda: replay(agreement, read(rows, agreement), market, long_story.LAST), runs)
    return measured


def explanations(done: Replayed) -> tuple[float, float]:
    """Mean and longest time in which the figure an effect rests on is explained, over effects spread evenly.

    Each is the fastest of some runs, without the search for garbage through what the replays before it left.
    """
    sources = [(record.instrument, record.effect.rests_on) for record in done.state.records
               if getattr(record.effect, "rests_on", None) is not None]
    gc.freeze()
    taken = []
    for instrument, source in sources[:: max(1, len(sources) // EXPLAINED)]:
        taken.append(min(_explained(done.names[instrument], source) for _ in range(RUNS)))
    return sum(taken) / len(taken), max(taken)


def _explained(names: Names, source: Source) -> float:
    began = time.perf_counter()
    explain_source(names, source)
    return time.perf_counter() - began


def ledger(rows: list[long_story.Row]) -> str:
    """The story as a beancount ledger: one transaction for each fact."""
    holders = [f"Assets:{row['holder'].title()}" for row in rows if row["kind"] == "beneficial_ownership"]
    accounts = [*dict.fromkeys(holders), "Equity:Issuer", "Equity:Converted", "Equity:Memo:A", "Equity:Memo:B"]
    return "\n".join([*(f"1998-01-01 open {account}" for account in accounts), *map(_transaction, rows)])


def _transaction(row: long_story.Row) -> str:
    day = str(row.get("on", row.get("at")))[:10]
    name = row.get("notice", row.get("holder", row.get("transaction", "")))
    return "\n".join([f'{day} * "{row["kind"]}" "{name}"', *_postings(row, day), ""])


def _postings(row: long_story.Row, day: str) -> list[str]:
    holder = f"Assets:{str(row.get('holder', '')).title()}"
    if row["kind"] == "issuance":
        cost = f'{{1000 USD, {day}, "{row["lot"]}"}}'
        return [f"  {holder}  {row['shares']} SERB {cost}", "  Equity:Issuer"]
    if row["kind"] == "transfer":
        cost = f'{{1000 USD, {long_story.FIRST}, "{row["lot"]}"}}'
        to = f"Assets:{row['to'].title()}"
        return [f"  {holder}  -{row['shares']} SERB {cost}", f"  {to}  {row['shares']} SERB {cost}"]
    if row["kind"] == "notice_of_conversion":
        ((lot, shares),) = row["lots"].items()
        return [f'  {holder}  -{shares} SERB {{1000 USD, {long_story.FIRST}, "{lot}"}}', "  Equity:Converted"]
    return [f"  Equity:Memo:A  {row.get('shares', '1')} MEMO", "  Equity:Memo:B"]


def theirs(count: int) -> Measured:
    """beancount loading the ledger: parsing, booking, validation."""
    from beancount import loader

    text = ledger(long_story.rows(count, store.read_calendars()))
    before = peak()
    seconds, (entries, errors, _) = best(lambda: loader.load_string(text), RUNS)
    assert not errors, errors[:3]
    return {"load": seconds, "memory": peak() - before, "transactions": Counter(type(e).__name__ for e in entries)[
        "Transaction"]}


def measured(counts: Sequence[int] = (10_000, 100_000)) -> list[Line]:
    """The first number of facts beside beancount, each later one beside the first."""
    said(f"replay: {counts[0]:,} facts")
    first = alone(ours, counts[0])
    said(f"replay: beancount, {counts[0]:,} transactions")
    lines = beside_beancount(first, alone(theirs, counts[0]))
    for count in counts[1:]:
        said(f"replay: {count:,} facts")
        lines += beside_the_first(first, alone(ours, count))
    return lines


def beside_beancount(mine: Measured, peer: Measured) -> list[Line]:
    """Time a fact, memory and explanations of a story, and time a transaction of the ledger."""
    name, each = f"{mine['facts']:,} facts", 1e6 / mine["facts"]
    other = peer["load"] * 1e6 / peer["transactions"]
    effects, explained = mine["effects"] / mine["facts"], mine["slowest explanation"] * 1000
    both = mine["read and replay"] * each
    return [
        Line(f"replay of {name}, values only", mine["replay"] * each, "µs a fact",
             f"The effects: {effects:.1f} a fact, each logged with its cause and told to the clauses that hear it, "
             "beside daily tests of every holder.",
             "beancount, loading as many transactions", other, f"{AIMED_AT} times as fast",
             mine["replay"] * each * AIMED_AT <= other),
        Line(f"reading and replay of {name}", both, "µs a fact",
             "The replay; the reading is JSON, dates and exact numbers of each fact, checked key by key.",
             "beancount, loading as many transactions", other),
        Line(f"memory of replaying {name}", mine["memory"], "MB",
             "The histories and the log of effects: everything a clause saw can be asked again.",
             "beancount, its loaded ledger", peer["memory"], f"under {MOST_MEMORY} MB", mine["memory"] < MOST_MEMORY),
        Line("the slowest explanation of a figure", explained, "ms",
             "The figures it rests on, asked again at the same point: the longest tree has the most.",
             aim="under 1 ms", met=explained < 1),
        Line("an explanation on average", mine["explanation"] * 1000, "ms",
             "The same, for the usual tree of a few figures.", aim="under 1 ms", met=mine["explanation"] < 0.001),
    ]


def beside_the_first(first: Measured, later: Measured) -> list[Line]:
    """Whether a fact takes as long in a longer story, and its memory."""
    name, one = f"{later['facts']:,} facts", f"{first['facts']:,} facts"
    each, before = later["replay"] * 1e6 / later["facts"], first["replay"] * 1e6 / first["facts"]
    return [
        Line(f"replay of {name}, values only", each, "µs a fact",
             "The same effects a fact; what grows is the search through histories and the care of more memory.",
             f"the same replay of {one}", before, f"linear: at most {LINEAR} times a fact", each <= before * LINEAR),
        Line(f"memory of replaying {name}", later["memory"], "MB",
             f"{later['memory'] * 1024 / later['effects']:.2f} KB an effect: its record, and the entries it makes in "
             "histories.",
             f"the same replay of {one}", first["memory"], f"under {MOST_MEMORY} MB", later["memory"] < MOST_MEMORY),
    ]


if __name__ == "__main__":
    sys.exit(print_lines(measured([int(one) for one in sys.argv[1:]] or [10_000])))
