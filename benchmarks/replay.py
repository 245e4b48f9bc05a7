"""How fast a long story is replayed and explained, against beancount loading as many transactions.

    python benchmarks/replay.py [FACTS]

Replays 1998-12-18 to 2003-07-27 of the Valence Series B under a made-up story (see long_story.py) of 10,000 facts
unless told otherwise, values only, on facts and prices already read; then reads and replays the same story from its
JSON lines; then asks for explanations. beancount (the bench extra) loads a ledger of one transaction for each fact:
issuances, transfers and conversions move lots held at cost, everything else is a memorandum of two postings. Each
part runs by itself in a child of this process, in turn, so that none warms or burdens the other.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Any

import long_story

from paripassu import codec, store
from paripassu.agreement import Agreement
from paripassu.asking import Names
from paripassu.explaining import explain_source
from paripassu.loading import agreement_from
from paripassu.replay import Replayed, replay
from paripassu.values.effects import Source
from paripassu.values.facts import Fact, fact_from
from paripassu.values.market import Market, observation_from

RUNS = 3
EXPLAINED = 500

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


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time of the fastest of some runs, and the last result."""
    seconds, result = [], None
    for _ in range(RUNS):
        result = None
        began = time.process_time()
        result = work()
        seconds.append(time.process_time() - began)
    return min(seconds), result


def peak() -> float:
    """The most memory this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(count: int) -> Measured:
    """Replay alone, reading and replaying, and explanations."""
    agreement, market = deal(count)
    rows = long_story.rows(count, market.calendars)
    facts = read(rows, agreement)
    before = peak()
    seconds, done = best(lambda: replay(agreement, facts, market, long_story.LAST))
    used = peak() - before
    explained, slowest = explanations(done)
    both, _ = best(lambda: replay(agreement, read(rows, agreement), market, long_story.LAST))
    return {"facts": len(facts), "replay": seconds, "read and replay": both, "memory": used,
            "effects": len(done.state.records), "explanation": explained, "slowest explanation": slowest}


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
    seconds, (entries, errors, _) = best(lambda: loader.load_string(text))
    assert not errors, errors[:3]
    return {"load": seconds, "memory": peak() - before, "transactions": Counter(type(e).__name__ for e in entries)[
        "Transaction"]}


def alone(work: Callable[[int], Measured], count: int) -> Measured:
    """The measurement in a fresh child process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, count).result()


def report(count: int) -> None:
    """Print the figures side by side."""
    mine, peer = alone(ours, count), alone(theirs, count)
    rate, both = mine["facts"] / mine["replay"], mine["facts"] / mine["read and replay"]
    other = peer["transactions"] / peer["load"]
    print(f"replay, values only     {mine['replay']:7.2f} s  {rate:10,.0f} facts a second  {mine['effects']:,} effects")
    print(f"reading and replay      {mine['read and replay']:7.2f} s  {both:10,.0f} facts a second")
    print(f"beancount, loading      {peer['load']:7.2f} s  {other:10,.0f} transactions a second")
    print(f"ratio per fact          {rate / other:7.2f} times (replay), {both / other:.2f} times (reading and replay)")
    print(f"memory at the peak      {mine['memory']:7.0f} MB, beancount {peer['memory']:.0f} MB")
    print(f"explanation of a figure {mine['explanation'] * 1000:7.3f} ms on average, "
          f"{mine['slowest explanation'] * 1000:.3f} ms at most")


if __name__ == "__main__":
    assert date(2003, 7, 27) == long_story.LAST
    report(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
