"""A statement made again from its receipt: the same bytes, also of a book that has grown, and every way to fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from consoles import run
from paripassu import booking, choosing, codec, receipts, reperforming, store
from paripassu.agreement import Choice
from paripassu.recorded import opened
from paripassu.reperforming import perform, verify, write_receipt
from paripassu.service import Question
from paripassu.values.dates import Instant, instant_of
from paripassu.values.problems import Problem, ProblemKind

DEAL = "valence-1998"
NOVEMBER = date(1999, 11, 4)
REPORTED = {"kind": "shares_outstanding", "on": "1999-11-01", "shares": "31000000", "source": "the transfer agent"}
OWNED = {"kind": "beneficial_ownership", "on": "1999-11-03", "holder": "cc-investments", "owned": "0",
         "acquirable": "0", "source": "the holder's letter"}


def at(text: str) -> Callable[[], Instant]:
    return lambda: instant_of(datetime.fromisoformat(text).replace(tzinfo=UTC), "UTC")


MONDAY, TUESDAY = at("2026-03-02T15:00:00"), at("2026-03-03T15:00:00")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "desk"
    booking.start(str(folder), DEAL, "Ann", MONDAY)
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Path:
    return copied(begun, tmp_path / "desk")


def copied(begun: Path, folder: Path) -> Path:
    folder.mkdir()
    for one in begun.iterdir():
        (folder / one.name).write_bytes(one.read_bytes())
    return folder


def rows(folder: Path, name: str, *facts: dict[str, str]) -> str:
    (folder / name).write_text("".join(json.dumps(fact) + "\n" for fact in facts), encoding="utf-8")
    return str(folder / name)


def record(desk: Path, *facts: dict[str, str], name: str = "facts.jsonl") -> None:
    prepared = booking.prepare(
        str(desk), "Ann", TUESDAY, facts_files=[rows(desk.parent, name, *facts)], as_of=NOVEMBER
    )
    booking.commit(prepared, TUESDAY)


def kept(question: Question, folder: Path) -> str:
    """The receipt of a question, in a file."""
    path = str(folder / "statement.receipt")
    write_receipt(perform(question).receipt, path)
    return path


def refused(kind: ProblemKind, work: Callable[[], object]) -> str:
    with pytest.raises(Problem) as raised:
        work()
    assert raised.value.kind is kind, raised.value
    return raised.value.sentence


# -- the same again


def test_the_statement_of_a_deal_comes_out_again(tmp_path: Path) -> None:
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    assert verify(path).is_same
    ran = run("paripassu verify statement.receipt", tmp_path)
    assert (ran.status, ran.text) == (
        0, "the same, byte for byte, as text, JSON and page: the statement of valence-1998 as of 1999-11-04\n"
    )


def test_the_digests_are_those_of_what_the_verbs_print(tmp_path: Path) -> None:
    asked = f"{DEAL} --as-of 1999-11-04"
    run(f"paripassu state {asked} --receipt a.receipt", tmp_path)
    run(f"paripassu report {asked} --output page.html", tmp_path)
    forms = {
        "text": run(f"paripassu state {asked}", tmp_path).text.encode(),
        "json": run(f"paripassu state {asked} --json", tmp_path).text.encode(),
        "page": (tmp_path / "page.html").read_bytes(),
    }
    told = json.loads((tmp_path / "a.receipt").read_text(encoding="utf-8"))
    assert told["digests"] == {form: sha256(made).hexdigest() for form, made in forms.items()}
    assert told["lines"] == forms["text"].decode().split("\n")[:-1]


def test_an_annotated_agreement_comes_out_again_of_a_book_that_has_grown(desk: Path, tmp_path: Path) -> None:
    asked = f"paripassu annotate {desk} --as-of 1999-11-04 --document warrant"
    run(f"{asked} --html page.html --receipt a.receipt", tmp_path)
    told = json.loads((tmp_path / "a.receipt").read_text(encoding="utf-8"))
    assert told["annotates"] == "warrant"
    assert told["digests"]["page"] == sha256((tmp_path / "page.html").read_bytes()).hexdigest()
    assert told["digests"]["text"] == sha256(run(asked, tmp_path).text.encode()).hexdigest()
    assert told["digests"]["json"] == sha256(run(f"{asked} --json", tmp_path).text.encode()).hexdigest()
    record(desk, REPORTED)
    ran = run(f"paripassu verify a.receipt --book {desk}", tmp_path)
    assert (ran.status, ran.text.partition(", on the book")[0]) == (
        0, "the same, byte for byte, as text, JSON and page: the annotated warrant of valence-1998 as of 1999-11-04")


def test_the_receipt_of_one_paper_is_not_that_of_another(tmp_path: Path) -> None:
    run(f"paripassu annotate {DEAL} --as-of 1999-11-04 --document warrant --receipt a.receipt", tmp_path)
    told = json.loads((tmp_path / "a.receipt").read_text(encoding="utf-8"))
    told.pop("seal")
    told["annotates"] = "spa"
    told["seal"] = receipts.digest(codec.canonical(told))
    (tmp_path / "a.receipt").write_text(codec.to_json(told), encoding="utf-8")
    found = verify(str(tmp_path / "a.receipt"))
    assert not found.is_same
    assert {"text", "json", "page"} <= set(found.differs)


def test_every_form_of_the_statement_carries_the_receipt() -> None:
    made = perform(Question(DEAL, NOVEMBER))
    shown = made.receipt.printed()
    assert [name for name, _ in shown] == [
        "receipt", "deal", "as of", "agreement", "facts", "market", "readings", "paripassu"
    ]
    assert made.forms["text"].endswith("\nRECEIPT\n" + "".join(f"{name}: {value}\n" for name, value in shown))
    assert json.loads(made.forms["json"])["receipt"] == [list(pair) for pair in shown]
    for name, value in shown:
        assert f"<dt>{name}</dt><dd>{value}</dd>" in made.forms["page"]


def test_a_receipt_of_a_book_holds_after_the_book_has_grown(desk: Path, tmp_path: Path) -> None:
    record(desk, REPORTED)
    path = kept(Question(str(desk), NOVEMBER), tmp_path)
    assert verify(path, str(desk)).is_same
    record(desk, OWNED, name="owned.jsonl")
    choice = Choice("R-PREM-N", "series-b", "count both", "agreed", "Ann")
    booking.commit(choosing.prepare_choice(str(desk), choice, TUESDAY, NOVEMBER).prepared, TUESDAY)
    correction = booking.prepare_undo(
        str(desk), "Ann", TUESDAY, len(opened(str(desk))[0].entries) - 2, "another fund's"
    )
    booking.commit(correction, TUESDAY)
    assert perform(Question(str(desk), NOVEMBER)).forms["text"] != "\n".join([*json.loads(
        Path(path).read_text(encoding="utf-8"))["lines"], ""])
    assert verify(path, str(desk)).is_same
    ran = run("paripassu verify statement.receipt --book desk", tmp_path)
    assert ran.status == 0 and ", on the book's entries up to " in ran.text


def test_every_option_of_the_question_is_asked_again(desk: Path, tmp_path: Path) -> None:
    facts = rows(tmp_path, "more.jsonl", OWNED)
    prices = tmp_path / "more.csv"
    prices.write_text("observable,date,value,source,grade\nclosing_bid,1999-11-04,5 5/8,made up,illustrative\n")
    filing = tmp_path / "filing.txt"
    filing.write_text("No article of the deal is in here.\n", encoding="utf-8")
    question = Question(
        str(desk), date(1999, 11, 5), date(2026, 3, 2), (facts,), (str(prices),), {"R-PREM-N": "count both"},
        str(filing),
    )
    path = kept(question, tmp_path)
    assert verify(path, str(desk)).is_same
    printed = dict(perform(question).receipt.printed())
    assert printed["--reading"] == "R-PREM-N=count both" and printed["known at"] == "2026-03-02"
    assert printed["--facts"] == f"more.jsonl {sha256(Path(facts).read_bytes()).hexdigest()}"
    prices.unlink()
    assert "no file more.csv beside" in refused(ProblemKind.MISSING_FILE, lambda: verify(path, str(desk)))


def test_a_file_that_is_another_now_is_told(tmp_path: Path) -> None:
    facts = rows(tmp_path, "more.jsonl", OWNED)
    path = kept(Question(DEAL, NOVEMBER, facts_files=(facts,)), tmp_path)
    assert verify(path).is_same
    rows(tmp_path, "more.jsonl", {**OWNED, "owned": "1"})
    assert "more.jsonl is not the file" in refused(ProblemKind.ALTERED, lambda: verify(path))


# -- what differs


def test_what_differs_first_is_named_with_its_line(desk: Path, tmp_path: Path) -> None:
    """A deal folder has no entries to go back to: a fact added to it changes what the receipt rests on."""
    folder = tmp_path / "deal"
    folder.mkdir()
    source = store.read_deal(DEAL).root
    for name in ("agreement.yaml", "readings.yaml", "sections.yaml", "facts.jsonl"):
        (folder / name).write_bytes((source / name).read_bytes())
    path = kept(Question(str(folder), NOVEMBER), tmp_path)
    assert verify(path, str(folder)).is_same
    with (folder / "facts.jsonl").open("a", encoding="utf-8") as more:
        more.write(json.dumps(OWNED) + "\n")
    made = verify(path, str(folder))
    assert made.differs == ("facts", "text", "json", "page")
    lines = json.loads(Path(path).read_text(encoding="utf-8"))["lines"]
    assert made.before == lines[made.line - 1] != made.after
    ran = run("paripassu verify statement.receipt --book deal", tmp_path)
    assert ran.status == 1
    assert ran.text.splitlines()[:3] == [
        "not the same: the statement of valence-1998 as of 1999-11-04", "differs first: the facts",
        "differs too: the text, the JSON, the page",
    ]
    assert f"- {made.before}\n+ {made.after}\n" in ran.text
    told = json.loads(run("paripassu verify statement.receipt --book deal --json", tmp_path).text)
    assert told["differs"] == ["facts", "text", "json", "page"]


def test_other_readings_are_told_from_other_facts(tmp_path: Path) -> None:
    made = perform(Question(DEAL, NOVEMBER)).receipt
    other = perform(Question(DEAL, NOVEMBER, choices={"R-PREM-N": "count both"})).receipt
    assert [name for name in receipts.RESTS_ON if made.rests_on[name] != other.rests_on[name]] == ["readings"]


# -- what cannot be verified


def resealed(path: str, **other: object) -> None:
    """Write other parts into a receipt and seal it anew."""
    told = json.loads(Path(path).read_text(encoding="utf-8")) | other
    told.pop("seal")
    told["seal"] = receipts.digest(codec.canonical(told))
    Path(path).write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(("old", "new"), [
    ('"as_of": "1999-11-04"', '"as_of": "1999-11-03"'), ("1,677,067", "1,677,068"), ('"version": "0', '"version": "9'),
    ('"market": "', '"market": "0'), ('"seal": "', '"seal": "0'), ('"files": []', '"files": ["x"]'),
])
def test_a_receipt_that_was_changed_is_told_whatever_was_changed(tmp_path: Path, old: str, new: str) -> None:
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert "is not as it was written" in refused(ProblemKind.ALTERED, lambda: verify(path))


@pytest.mark.parametrize("other", [
    {"as_of": "yesterday"}, {"ledger": "head"}, {"rests_on": {}}, {"digests": {"text": ""}}, {"files": [["--facts"]]},
    {"files": "x"}, {"lines": ["another"]}, {"lines": 3}, {"readings": 3}, {"known_at": "soon"},
])
def test_a_receipt_sealed_anew_over_nonsense_is_told(tmp_path: Path, other: dict[str, object]) -> None:
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    resealed(path, **other)
    refused(ProblemKind.ALTERED, lambda: verify(path))


def test_a_receipt_sealed_anew_over_another_statement_is_found_by_making_it_again(tmp_path: Path) -> None:
    """The seal keeps mistakes out, not forgers: what a forger writes does not come out again."""
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    told = json.loads(Path(path).read_text(encoding="utf-8"))
    lines = [line.replace("1,677,067", "1,777,067") for line in told["lines"]]
    resealed(path, lines=lines, digests=told["digests"] | {
        "text": receipts.digest("".join(f"{line}\n" for line in lines))})
    made = verify(path)
    assert made.differs == ("text",)
    assert "1,777,067" in made.before and "1,677,067" in made.after


@pytest.mark.parametrize("text", ["", "no receipt", "[]", "{}", '{"format": "paripassu-receipt-2"}', '{"a": 1, "a": 2}',
                                  '{"seal": "' + chr(92) + 'ud800"}'])
def test_what_is_no_receipt_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "statement.receipt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as raised:
        verify(str(path))
    assert raised.value.kind in (ProblemKind.UNREADABLE, ProblemKind.DUPLICATE)
    assert str(raised.value.place).startswith("statement.receipt")


def test_another_format_of_receipt_is_refused(tmp_path: Path) -> None:
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    resealed(path, format="paripassu-receipt-2")
    assert "no receipt of the format" in refused(ProblemKind.UNREADABLE, lambda: verify(path))


def test_a_receipt_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = kept(Question(DEAL, NOVEMBER), tmp_path)
    monkeypatch.setattr(reperforming.paripassu, "__version__", "9.9.9")
    assert "and this is 9.9.9" in refused(ProblemKind.OTHER_VERSION, lambda: verify(path))


def test_a_missing_book_a_cut_off_one_another_history_and_another_deal_each_have_their_sentence(
    desk: Path, begun: Path, tmp_path: Path
) -> None:
    record(desk, REPORTED)
    path = kept(Question(str(desk), NOVEMBER), tmp_path)
    said = [
        refused(ProblemKind.MISSING_FILE, lambda: verify(path)),
        refused(ProblemKind.MISSING_FILE, lambda: verify(path, str(tmp_path / "none"))),
        refused(ProblemKind.MISSING_FILE, lambda: verify(path, DEAL)),
        refused(ProblemKind.DAMAGED, lambda: verify(path, str(begun))),
    ]
    assert "rests on entries of a book" in said[0]
    assert "entries were cut off at the end" in said[3]
    other = copied(begun, tmp_path / "other")
    record(other, OWNED, name="owned.jsonl")
    assert "another history" in refused(ProblemKind.DAMAGED, lambda: verify(path, str(other)))
    resealed(path, deal="valence-2005")
    said.append(refused(ProblemKind.WRONG_DEAL, lambda: verify(path, str(desk))))
    assert "is of valence-2005, and" in said[-1]
    kinds = (ProblemKind.MISSING_FILE, ProblemKind.DAMAGED, ProblemKind.WRONG_DEAL, ProblemKind.ALTERED,
             ProblemKind.OTHER_VERSION, ProblemKind.UNREADABLE)
    assert len({kind.exit_code for kind in kinds} - {0, 1}) == len(kinds)


# -- the same bytes everywhere

KIRITIMATI = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
HERE = {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
BY_FRACTIONS = "import sys; sys.modules['gmpy2'] = None\nfrom paripassu.cli import main; main()"


def outside(
    folder: Path, environment: dict[str, str], *words: str, program: tuple[str, ...] = ("-m", "paripassu")
) -> bytes:
    """What the program prints in a process of its own, in other surroundings."""
    apart = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHONH"))}
    done = subprocess.run(
        [sys.executable, *program, *words], cwd=folder, capture_output=True, check=False, env={**apart, **environment}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_order_of_recording_the_time_zone_the_locale_and_the_hash_seed_change_no_byte(
    desk: Path, begun: Path, tmp_path: Path
) -> None:
    other = copied(begun, tmp_path / "other")
    record(desk, REPORTED, OWNED)
    record(other, OWNED, name="owned.jsonl")
    record(other, REPORTED, name="reported.jsonl")
    asked = ("--as-of", "1999-11-04")
    for form in ((), ("--json",)):
        here = outside(tmp_path, HERE, "state", "desk", *asked, *form)
        assert outside(tmp_path, KIRITIMATI, "state", "other", *asked, *form) == here
        assert b"31,000,000" in here or b"31000000" in here
    outside(tmp_path, HERE, "state", "desk", *asked, "--receipt", "here.receipt")
    outside(tmp_path, KIRITIMATI, "state", "other", *asked, "--receipt", "there.receipt")
    one, two = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("here.receipt", "there.receipt"))
    assert one["ledger"] != two["ledger"]
    assert {**one, "ledger": "", "seal": ""} == {**two, "ledger": "", "seal": ""}
    outside(tmp_path, KIRITIMATI, "verify", "here.receipt", "--book", "desk")


def test_a_receipt_holds_with_the_other_exact_numbers(desk: Path, tmp_path: Path) -> None:
    kept(Question(str(desk), NOVEMBER), tmp_path)
    said = outside(tmp_path, HERE, "verify", "statement.receipt", "--book", "desk", program=("-c", BY_FRACTIONS))
    assert said.startswith(b"the same, byte for byte")
