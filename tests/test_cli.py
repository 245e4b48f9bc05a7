"""The command line: every verb's example runs, exit statuses, JSON, dates, and the same output everywhere."""

from __future__ import annotations

import json
import locale
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from consoles import run
from paripassu import __version__, service
from paripassu.cli import app
from paripassu.service import Question
from paripassu.values.dates import parse_date
from paripassu.values.problems import ProblemKind

COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
EXAMPLE = re.compile(r"^Example: (paripassu .+)$", re.MULTILINE)
NOVEMBER = "1999-11-04"
PAPER = """EXAMPLE AGREEMENT

This agreement is made by a company and a fund on the second day of January.

ARTICLE I
Definitions

1.1 Terms. "Shares" means one hundred shares.

1.2 Price. The price of each share is stated in Section 9.9.
"""
"""What the examples of verbs on papers are run on."""
REPORT = '{"kind": "shares_outstanding", "on": "1999-11-01", "shares": "31000000", "source": "the transfer agent"}\n'
"""What the example of recording records."""
BEFORE = {
    "record": ["start desk"], "history": ["start desk"], "backup": ["start desk"],
    "choose": ["start desk"],
    "verify": ["state valence-1998 --as-of 1999-11-04 --receipt statement.receipt"],
    "restore": ["start desk", "backup desk desk-1999-11-04.book"],
}
"""What is done before the examples of the verbs on a book."""


def example_of(verb: str) -> str:
    found = EXAMPLE.findall(COMMANDS[verb].help or "")
    assert len(found) == 1, f"the help of {verb} has no line that begins with Example:"
    return str(found[0])


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_every_verb_has_an_example_and_it_runs(verb: str, tmp_path: Path) -> None:
    for name, text in (("agreement", PAPER), ("old", PAPER), ("new", PAPER.replace("one hundred", "two hundred"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "facts.jsonl").write_text(REPORT, encoding="utf-8")
    for words in BEFORE.get(verb, []):
        more = " --from valence-1998 --by Ann" if words.startswith("start") else ""
        assert run(f"paripassu {words}{more}", tmp_path).status == 0
    ran = run(example_of(verb), tmp_path)
    assert example_of(verb).split()[1] == verb
    assert ran.status == 0, ran.text
    assert ran.text.strip()


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_help_explains_every_argument_and_option(verb: str, tmp_path: Path) -> None:
    ran = run(f"paripassu {verb} --help", tmp_path)
    assert ran.status == 0
    assert (COMMANDS[verb].help or "").split("\n")[0].endswith(".")
    for parameter in COMMANDS[verb].params:
        assert getattr(parameter, "help", None), f"{verb} does not explain {parameter.name}"


# -- the statement


def statement(tmp_path: Path, day: str, more: str = "") -> str:
    ran = run(f"paripassu state valence-1998 --as-of {day} {more}", tmp_path)
    assert ran.status == 0, ran.text
    return ran.text


def test_the_statement_of_november_4_has_the_ten_bids_price_and_shares(tmp_path: Path) -> None:
    text = statement(tmp_path, NOVEMBER)
    assert "4.70807292" in text
    assert "1,677,067" in text
    assert "5,071,913" in text


def test_the_report_prints_the_statement_and_writes_the_page(tmp_path: Path) -> None:
    ran = run(f"paripassu report valence-1998 --as-of {NOVEMBER} --output page.html", tmp_path)
    assert ran.status == 0
    assert ran.text.startswith(statement(tmp_path, NOVEMBER).rstrip("\n"))
    assert ran.text.endswith("Written: page.html\n")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "1,677,067" in page
    assert "4.70807292" in page


def test_before_july_27_1999_the_fixed_price_applies_and_from_then_the_market_counts(tmp_path: Path) -> None:
    before = run("paripassu figure valence-1998 conversion_price --as-of 1999-07-26", tmp_path)
    assert "$6.03" in before.text
    assert "undetermined" not in before.text
    since = run("paripassu figure valence-1998 conversion_price --as-of 1999-07-27", tmp_path)
    assert "undetermined" in since.text


def test_before_the_closing_nothing_is_held(tmp_path: Path) -> None:
    text = statement(tmp_path, "1998-12-17")
    assert "7,500" not in text
    assert "7,500" in statement(tmp_path, "1998-12-18")


def test_what_was_recorded_later_is_not_known_earlier(tmp_path: Path) -> None:
    (tmp_path / "late.jsonl").write_text(
        '{"kind":"shares_outstanding","on":"1999-03-01","recorded":"1999-04-15","shares":"26999999",'
        '"source":"test","grade":"illustrative"}\n', encoding="utf-8",
    )
    options = "--facts late.jsonl"
    assert "26,999,999" in statement(tmp_path, "1999-03-31", options)
    assert "26,999,999" not in statement(tmp_path, "1999-03-31", f"--known-at 1999-04-14 {options}")
    assert "26,999,999" in statement(tmp_path, "1999-03-31", f"--known-at 1999-04-15 {options}")


def test_without_a_date_the_statement_is_of_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "today", lambda: parse_date("1999-02-01"))
    assert "Statement as of 1999-02-01" in run("paripassu state valence-1998", tmp_path).text


# -- readings, overrides


def test_an_override_reaches_everything_above_it(tmp_path: Path) -> None:
    asked = f"paripassu figure valence-1998 conversion_price --as-of {NOVEMBER} --set lowest_bids_mean"
    assert "$5.3025" in run(f"{asked}=5.25", tmp_path).text  # 101 % of 5.25
    assert "$6.03" in run(f"{asked}=6", tmp_path).text  # the lower of 6.06 and 6.03


def test_another_reading_holds_for_one_question_only(tmp_path: Path) -> None:
    asked = f"paripassu figure valence-1998 days_elapsed --as-of {NOVEMBER}"
    assert "321 days" in run(asked, tmp_path).text
    assert "322 days" in run(f"{asked} --reading 'R-PREM-N=count both'", tmp_path).text
    assert "321 days" in run(asked, tmp_path).text


def test_a_reading_that_stands_in_two_papers_is_read_so_in_both_or_in_the_one_named(tmp_path: Path) -> None:
    asked = f"paripassu figure valence-1998 exercise_price --as-of {NOVEMBER}"
    for chosen, other in (("R-E0-CENT", "$4.94 "), ("investor-warrants:R-E0-CENT", "$4.9375 ")):
        reading = f"--reading '{chosen}=to the cent'"
        assert "$6.78 " in run(f"{asked} --instrument investor-warrants --at lot=W-1 {reading}", tmp_path).text
        assert other in run(f"{asked} --instrument placement-warrant --at lot=G-1 {reading}", tmp_path).text
    assert run(f"{asked} --at lot=W-1 --reading 'series-b:R-E0-CENT=to the cent'", tmp_path).status == 20


# -- JSON


@pytest.mark.parametrize(
    ("command", "made"),
    [
        ("deals", lambda: service.deals()),
        ("show valence-1998", lambda: service.show(Question("valence-1998"))),
        ("readings valence-1998", lambda: service.readings(Question("valence-1998"))),
        ("coverage valence-1998", lambda: service.coverage(Question("valence-1998"))),
        ("figure valence-1998", lambda: service.figure_names(Question("valence-1998"))),
        (
            f"state valence-1998 --as-of {NOVEMBER}",
            lambda: service.state(Question("valence-1998", parse_date(NOVEMBER))),
        ),
        (
            f"diary valence-1998 --as-of {NOVEMBER}",
            lambda: service.state(Question("valence-1998", parse_date(NOVEMBER)))[0].diary,
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_json_is_what_the_service_returns(command: str, made: object, tmp_path: Path) -> None:
    ran = run(f"paripassu {command} --json", tmp_path)
    assert ran.status == 0
    assert json.loads(ran.text)
    answer = made()  # type: ignore[operator]
    assert ran.text == (service.json_of(*answer) if command.startswith("state") else service.json_of(answer))


@pytest.mark.parametrize("verb", ["figure", "explain"])
def test_a_figure_as_json_is_the_versioned_trace(verb: str, tmp_path: Path) -> None:
    ran = run(f"paripassu {verb} valence-1998 shares_issuable --as-of {NOVEMBER} --json", tmp_path)
    made = service.figure(Question("valence-1998", parse_date(NOVEMBER)), "", "shares_issuable", {}, {})
    assert ran.text == service.trace_json(made)
    assert "1677067" in ran.text


# -- papers


def test_a_reference_to_nothing_is_found_with_its_line_and_marked_on_a_page(tmp_path: Path) -> None:
    (tmp_path / "agreement.txt").write_text(PAPER, encoding="utf-8")
    ran = run("paripassu proofread agreement.txt --page defects.html", tmp_path)
    assert "agreement.txt:10" in ran.text
    assert "Section 9.9" in ran.text
    assert "Section 9.9" in (tmp_path / "defects.html").read_text(encoding="utf-8")


def test_two_papers_are_compared_word_by_word_with_the_section(tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text(PAPER, encoding="utf-8")
    (tmp_path / "new.txt").write_text(PAPER.replace("one hundred", "two hundred"), encoding="utf-8")
    ran = run("paripassu compare old.txt new.txt", tmp_path)
    assert re.search(r"1\.1 .* one +two$", ran.text, re.MULTILINE)
    assert "1 places" in ran.text


# -- exit statuses


def test_exit_statuses(tmp_path: Path) -> None:
    assert run("paripassu --version", tmp_path).text == f"paripassu {__version__}\n"
    assert run("paripassu check valence-1998", tmp_path).status == 0
    assert run("paripassu cases valence-1998 no-such-case", tmp_path).status == 1
    assert run("paripassu state", tmp_path).status == 2
    assert run("paripassu state valence-1998 --no-such-option", tmp_path).status == 2
    assert run("paripassu no-such-verb", tmp_path).status == 2
    assert run("paripassu state no-such-deal", tmp_path).status == ProblemKind.UNKNOWN_NAME.exit_code


def test_a_case_that_differs_ends_with_one_and_says_both_numbers(tmp_path: Path) -> None:
    deal = tmp_path / "deal"
    (deal / "cases").mkdir(parents=True)
    sample = Path(__file__).parent / "samples" / "unknown-reading" / "deal" / "agreement.yaml"
    (deal / "agreement.yaml").write_text(sample.read_text(encoding="utf-8"), encoding="utf-8")
    (deal / "cases" / "premium.yaml").write_text(
        "- id: face\n  entry: X-1\n  title: the face amount\n  given: {closing: 2020-01-02, holders: {fund: 60}}\n"
        "  when: 2020-06-30\n  then:\n    - {figure: face_amount, equals: '1001'}\n", encoding="utf-8",
    )
    ran = run("paripassu cases deal", tmp_path)
    assert ran.status == 1
    assert "face_amount is 1000, expected 1001" in ran.text
    assert "1 cases, 1 figures compared, 1 cases differ" in ran.text


def test_a_filing_that_is_not_the_deals_ends_with_one(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir,\n\nplease find enclosed nothing at all.\n", encoding="utf-8")
    ran = run("paripassu check valence-1998 --filing letter.txt", tmp_path)
    assert ran.status == 1
    assert "differ" in ran.text


def test_listed_problems_are_the_closed_list(tmp_path: Path) -> None:
    lines = run("paripassu problems", tmp_path).text.splitlines()
    assert lines == [f"{kind.exit_code}  {kind.code}: {kind.meaning}" for kind in ProblemKind]


# -- the same everywhere


def outside(*words: str, **more: str) -> str:
    """Run the program in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "TZ", "PYTHON"))}
    environment = {**kept, "COLUMNS": "120", **more}
    done = subprocess.run(
        [sys.executable, "-m", "paripassu", *words], capture_output=True, check=True, env=environment
    )
    return done.stdout.decode("utf-8")


def test_it_runs_as_a_module() -> None:
    assert outside("--version") == f"paripassu {__version__}\n"


def test_the_statement_is_the_same_under_another_zone_hash_seed_and_locale(tmp_path: Path) -> None:
    words = ("report", "valence-1998", "--as-of", NOVEMBER, "--output")
    here = outside(*words, str(tmp_path / "page.html"), PYTHONHASHSEED="0")
    page = (tmp_path / "page.html").read_bytes()
    elsewhere = outside(
        *words, str(tmp_path / "page.html"), PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL=another_locale()
    )
    assert here == elsewhere
    assert (tmp_path / "page.html").read_bytes() == page


def another_locale() -> str:
    """A locale that writes numbers with commas where the machine has one; else the plain one."""
    known = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
    except locale.Error:
        return "C"
    locale.setlocale(locale.LC_ALL, known)
    return "de_DE.UTF-8"
