"""Entries: what a digest covers, and where a broken chain is found to be broken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paripassu.values.dates import Instant, parse_instant
from paripassu.values.entries import (
    Entry,
    EntryKind,
    Evidence,
    FaultKind,
    Head,
    Row,
    Submission,
    chain,
    entry_from,
    head_from,
    head_text,
    origin,
    recorded_text,
    row_after,
    same_submission,
    verify_chain,
)
from paripassu.values.problems import Problem, ProblemKind

NOON = parse_instant("2026-03-02T12:00:00Z")
LATER = parse_instant("2026-03-02T12:00:01Z")
START = origin("a-deal")


def submission(body: str = '{"a":"1"}', **given: object) -> Submission:
    fields = {"kind": EntryKind.FACT, "effective": date(1999, 2, 5), "author": "desk", **given}
    return Submission(body=body, **fields)  # type: ignore[arg-type]


def row_of(entry: Entry) -> Row:
    """An entry as it is stored."""
    return row_after(entry.number - 1, entry.previous, entry.submission, recorded_text(entry.recorded))


def history(count: int, start: Head = START, recorded: Instant = NOON) -> list[Entry]:
    entries, head = [], start
    for number in range(count):
        entries.append(chain(head, submission(f'{{"n":"{number}"}}'), recorded))
        head = Head(entries[-1].number, entries[-1].digest)
    return entries


def forged(entry: Entry, **changed: object) -> Entry:
    """An entry changed by someone who knows how digests are made."""
    other = entry._replace(**changed)  # type: ignore[arg-type]
    return chain(Head(other.number - 1, other.previous), other.submission, other.recorded)


def test_the_digest_is_over_each_field_with_its_length() -> None:
    entry = chain(
        Head(0, "0" * 64),
        Submission(
            EntryKind.WAIVER, parse_instant("1999-08-06 23:58:59 America/New_York"), "Ann", '{"a":"ü"}', "k-1",
            Evidence("letter", "f" * 64),
        ),
        NOON,
    )
    fields = (
        "17:paripassu entry 1,1:1,6:waiver,36:1999-08-06 23:58:59 America/New_York,25:2026-03-02T12:00:00+00:00,"
        "3:Ann,6:letter,64:" + "f" * 64 + ',3:k-1,9:{"a":"ü"},64:' + "0" * 64 + ","
    )
    assert entry.digest == sha256(fields.encode()).hexdigest()


def test_the_first_entry_is_bound_to_the_deal() -> None:
    assert origin("a-deal").digest == sha256(b"16:paripassu book 1,6:a-deal,").hexdigest()
    assert verify_chain(history(2), origin("another")) is not None


@pytest.mark.parametrize("changed", [
    {"kind": EntryKind.MARKET}, {"effective": date(1999, 2, 6)},
    {"effective": parse_instant("1999-02-05 10:00 America/New_York")}, {"author": "another"},
    {"body": '{"a":"2"}'}, {"key": "k"}, {"evidence": Evidence("letter", "")}, {"evidence": Evidence("", "letter")},
])
def test_every_field_submitted_is_in_the_digest(changed: dict[str, object]) -> None:
    assert chain(START, submission(), NOON).digest != chain(START, submission(**changed), NOON).digest


def test_number_time_and_predecessor_are_in_the_digest() -> None:
    digests = {
        chain(START, submission(), NOON).digest, chain(START, submission(), LATER).digest,
        chain(Head(1, START.digest), submission(), NOON).digest, chain(Head(0, "0" * 64), submission(), NOON).digest,
    }
    assert len(digests) == 4


def test_what_stands_in_one_field_cannot_pass_for_the_next() -> None:
    one = submission(author="a", evidence=Evidence("bc", ""))
    other = submission(author="ab", evidence=Evidence("c", ""))
    assert chain(START, one, NOON).digest != chain(START, other, NOON).digest


@given(st.text(min_size=1), st.text(min_size=1), st.text(), st.text())
def test_whatever_text_is_recorded_comes_back_from_its_row(author: str, body: str, key: str, name: str) -> None:
    entry = chain(START, submission(body, author=author, key=key, evidence=Evidence(name, "")), NOON)
    assert entry_from(row_of(entry)) == entry
    assert verify_chain([entry_from(row_of(entry))], START) is None


def test_an_instant_comes_back_in_the_zone_it_was_written_in() -> None:
    at = parse_instant("1999-08-06 23:58:59 America/New_York")
    again = entry_from(row_of(chain(START, submission(effective=at), NOON)))
    assert str(again.effective) == "1999-08-06 23:58:59 America/New_York"


@pytest.mark.parametrize(("missing", "word"), [({"author": ""}, "author"), ({"body": ""}, "body")])
def test_an_entry_needs_author_and_body(missing: dict[str, str], word: str) -> None:
    with pytest.raises(Problem, match=f"an entry without {word}") as raised:
        chain(START, submission(**missing), NOON)
    assert raised.value.kind is ProblemKind.MISSING_KEY


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Problem, match="lone surrogate") as raised:
        chain(START, submission("\ud800"), NOON)
    assert raised.value.kind is ProblemKind.UNREADABLE


@pytest.mark.parametrize("column", range(1, 11))
def test_a_row_with_something_else_than_text_is_damaged(column: int) -> None:
    row = list(row_of(chain(START, submission(), NOON)))
    row[column] = b"\x00"
    with pytest.raises(Problem, match="entry 1 has a column") as raised:
        entry_from(tuple(row))  # type: ignore[arg-type]
    assert raised.value.kind is ProblemKind.DAMAGED


@pytest.mark.parametrize(("column", "text"), [(1, "rumour"), (2, "1999-02-30"), (3, "yesterday")])
def test_a_row_that_was_never_written_so_is_damaged(column: int, text: str) -> None:
    row = list(row_of(chain(START, submission(), NOON)))
    row[column] = text
    with pytest.raises(Problem) as raised:
        entry_from(tuple(row))  # type: ignore[arg-type]
    assert raised.value.kind is ProblemKind.DAMAGED


def test_a_sound_chain_has_no_fault() -> None:
    entries = history(5)
    assert verify_chain(entries, START) is None
    assert verify_chain(entries, START, Head(5, entries[-1].digest)) is None
    assert verify_chain(entries, START, Head(3, entries[2].digest)) is None
    assert verify_chain([], START, START) is None


def edited(entries: list[Entry]) -> None:
    entries[2] = entries[2]._replace(body='{"n":"99"}')


def forged_and_not_carried_on(entries: list[Entry]) -> None:
    entries[2] = forged(entries[2], body='{"n":"99"}')


def deleted(entries: list[Entry]) -> None:
    del entries[2]


def deleted_and_renumbered(entries: list[Entry]) -> None:
    del entries[2]
    entries[2:] = [one._replace(number=one.number - 1) for one in entries[2:]]


def deleted_renumbered_and_digested(entries: list[Entry]) -> None:
    del entries[2]
    entries[2:] = [forged(one, number=one.number - 1) for one in entries[2:]]


def first_deleted(entries: list[Entry]) -> None:
    del entries[0]


def inserted(entries: list[Entry]) -> None:
    put_in = chain(Head(2, entries[1].digest), submission('{"n":"put in"}'), NOON)
    entries[2:] = [put_in, *(one._replace(number=one.number + 1) for one in entries[2:])]


def doubled(entries: list[Entry]) -> None:
    entries.insert(3, entries[2])


def exchanged(entries: list[Entry]) -> None:
    entries[2], entries[3] = entries[3], entries[2]


def exchanged_and_renumbered(entries: list[Entry]) -> None:
    entries[2], entries[3] = entries[3]._replace(number=3), entries[2]._replace(number=4)


def backdated(entries: list[Entry]) -> None:
    early = parse_instant("2020-01-01T00:00:00Z")
    entries[2:] = history(3, Head(2, entries[1].digest), early)


@pytest.mark.parametrize(("tamper", "number", "kind"), [
    (edited, 3, FaultKind.CHANGED),
    (forged_and_not_carried_on, 4, FaultKind.UNLINKED),
    (deleted, 3, FaultKind.MISSING),
    (deleted_and_renumbered, 3, FaultKind.CHANGED),
    (deleted_renumbered_and_digested, 3, FaultKind.UNLINKED),
    (first_deleted, 1, FaultKind.MISSING),
    (inserted, 4, FaultKind.CHANGED),
    (doubled, 4, FaultKind.MOVED),
    (exchanged, 3, FaultKind.MISSING),
    (exchanged_and_renumbered, 3, FaultKind.CHANGED),
    (backdated, 3, FaultKind.BACKDATED),
])
def test_tampering_is_found_where_it_was_done(
    tamper: Callable[[list[Entry]], None], number: int, kind: FaultKind
) -> None:
    entries = history(5)
    tamper(entries)
    fault = verify_chain(entries, START)
    assert fault is not None
    assert (fault.number, fault.kind) == (number, kind)
    assert fault.says.startswith(f"at entry {number} ")


def test_what_is_cut_off_at_the_end_shows_against_a_kept_head_only() -> None:
    entries = history(5)
    kept = Head(5, entries[-1].digest)
    assert verify_chain(entries[:3], START) is None
    fault = verify_chain(entries[:3], START, kept)
    assert fault is not None
    assert (fault.number, fault.kind) == (4, FaultKind.TRUNCATED)


def test_a_history_written_anew_shows_against_a_kept_head() -> None:
    entries = history(5)
    kept = Head(3, entries[2].digest)
    anew = [*entries[:1], *history(4, Head(1, entries[0].digest), LATER)]
    assert verify_chain(anew, START) is None
    fault = verify_chain(anew, START, kept)
    assert fault is not None
    assert (fault.number, fault.kind) == (3, FaultKind.REWRITTEN)


def test_the_head_of_an_empty_book_of_another_deal_shows() -> None:
    fault = verify_chain(history(1), START, origin("another"))
    assert fault is not None
    assert fault.kind is FaultKind.REWRITTEN


def test_a_head_is_one_line_and_comes_back() -> None:
    head = Head(17, "ab" * 32)
    assert head_text("a deal", head) == "paripassu-head-1 17 " + "ab" * 32 + " a deal\n"
    assert head_from(head_text("a deal", head)) == ("a deal", head)
    assert head_from("head: " + head_text("a deal", head)) == ("a deal", head)


@pytest.mark.parametrize("text", [
    "", "paripassu-head-1", "paripassu-head-2 1 " + "a" * 64 + " d", "paripassu-head-1 x " + "a" * 64 + " d",
    "paripassu-head-1 1 " + "a" * 63 + " d", "paripassu-head-1 1 " + "A" * 64 + " d", "paripassu-head-1 1 " + "a" * 64,
])
def test_another_text_is_no_head(text: str) -> None:
    with pytest.raises(Problem, match="not the head of a book") as raised:
        head_from(text)
    assert raised.value.kind is ProblemKind.UNREADABLE


def test_the_same_instant_written_in_another_zone_is_another_submission() -> None:
    one = submission(effective=parse_instant("1999-08-06 10:00 America/New_York"))
    other = submission(effective=parse_instant("1999-08-06T14:00:00Z"))
    assert one == other
    assert not same_submission(one, other)
    assert same_submission(one, submission(effective=parse_instant("1999-08-06 10:00 America/New_York")))


WORKED = """
from datetime import date
from paripassu import codec
from paripassu.values.dates import parse_instant
from paripassu.values.entries import EntryKind, Submission, origin, recorded_text, row_after
body = codec.canonical({"z": ["1", 2, None, True], "a": {"\\u00fc": "i\\u0307", "b": "\\u20ac"}})
at = parse_instant("1999-08-06 23:58:59 America/New_York")
noon = recorded_text(parse_instant("2026-03-02T12:00:00Z"))
print(ascii(row_after(*origin("deal"), Submission(EntryKind.FACT, at, "\\u00c5sa", body), noon)))
"""


def test_the_bytes_are_the_same_in_every_zone_locale_and_hash_seed() -> None:
    printed = set()
    for zone, locale, seed in (("UTC", "C", "0"), ("Asia/Kolkata", "tr_TR.UTF-8", "1"), ("America/St_Johns", "", "77")):
        around = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", WORKED], env=around, capture_output=True, text=True, check=True)
        printed.add(done.stdout)
    assert len(printed) == 1
    assert '{"a":{"b":"\\u20ac","\\xfc":"i\\u0307"},"z":["1",2,null,true]}' in printed.pop()
