"""The annotated agreement: what stands under each section, the words beside it, and the page it is drawn as."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from consoles import run
from paripassu import annotating, service
from paripassu.documents.digests import sections
from paripassu.documents.folding import sha256
from paripassu.documents.reading import read
from paripassu.loading import sections_from
from paripassu.render.text import cell_text
from paripassu.service import Question
from paripassu.values.annotated import AnnotatedAgreement, AnnotatedSection, Branch
from paripassu.values.problems import Problem
from render.page_reading import Element, read_page

HALF_YEAR = date(2020, 6, 30)
HOSTILE = "Never more than <script>alert(1)</script> & \"so many\" shares"
PAPER = """EXHIBIT 3.1

                              PREFERRED SHARES

     These shares are made by Example, Inc.

1.   SHARES. There are one hundred (100) shares of $1,000.00 each.

     (a)  No fraction of a share is issued.

     (b)  A share may be sold on any weekday that is neither wet nor windy.

2.   PREMIUM. A share earns eight per cent (.08) a year over 360 days.

3.   LAW. The law of Ohio applies.
"""
AGREEMENT = """format: 1
deal: small
title: A small deal
zone: America/New_York
issuer: example-issuer
parties: {company: "Example, Inc.", fund: "Fund & Friends <LLC>"}
documents:
  certificate: {title: Certificate of Designation, date: 2020-01-02, exhibit: "3.1"}
  side-letter: {title: Side letter, date: 2020-01-03}
instruments:
  preferred:
    title: Convertible Preferred Stock
    document: certificate
    clauses:
      series:
        clause: Series
        section: "1"
        entries: [MY-1]
        terms:
          authorised_shares: {value: 100, unit: shares, literal: "one hundred (100)"}
          face_amount: 1000
      premium:
        clause: AccruedPremium
        section: "2"
        entries: [MY-2]
        terms: {premium_rate: "0.08", day_basis: 360}
"""
INVENTORY = f"""certificate:
  MY-1: {{status: executed, section: "1", summary: {json.dumps(HOSTILE)}}}
  MY-1a: {{status: planned, section: "1(a)", summary: "Fractions are never issued"}}
  MY-2: {{status: executed, section: "2", summary: "Eight per cent a year, over a divisor of its own"}}
  MY-3: {{status: text only, section: "3", summary: "Which state's law", why: "A court decides it."}}
side-letter:
  SL-1: {{status: by finding, section: "B", summary: "A promise kept or not"}}
"""
ISSUED = {"kind": "issuance", "on": "2020-01-02", "instrument": "preferred", "holder": "fund", "shares": "60",
          "lot": "P-1", "source": "closing set", "grade": "recorded"}


@pytest.fixture
def deal(tmp_path: Path) -> str:
    """A small deal whose one filed paper is cited by digest, and the paper beside it."""
    folder = tmp_path / "small"
    folder.mkdir()
    document = read(PAPER, "paper.txt").documents[0]
    cited = {"certificate": {
        "exhibit": "3.1", "sha256": sha256(document.folded.text),
        "sections": [[one.path, str(one.start), str(one.end), one.sha256] for one in sections(document)],
    }}
    for name, text in (
        ("agreement.yaml", AGREEMENT), ("sections.yaml", INVENTORY), ("facts.jsonl", json.dumps(ISSUED) + "\n"),
        ("provenance.yaml", json.dumps({"format": "1", "documents": cited})),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "paper.txt").write_text(PAPER, encoding="utf-8")
    return str(folder)


@pytest.fixture
def paper(deal: str) -> str:
    return str(Path(deal).parent / "paper.txt")


@pytest.fixture(scope="module")
def valence() -> AnnotatedAgreement:
    return annotating.annotate(Question("valence-1998", date(1999, 11, 4)))[0]


def annotated(deal: str, filing: str = "", as_of: date = HALF_YEAR) -> AnnotatedAgreement:
    return annotating.annotate(Question(deal, as_of, filing=filing))[0]


def section(made: AnnotatedAgreement, path: str) -> AnnotatedSection:
    (found,) = [one for one in made.papers[0].sections if one.citation.section == path]
    return found


def rows(found: AnnotatedSection, title: str) -> list[tuple[str, ...]]:
    (table,) = [one for one in found.tables if one.title.startswith(title)]
    return [tuple(cell_text(cell) for cell in row) for row in table.rows]


def drawn(made: AnnotatedAgreement, tmp_path: Path) -> tuple[str, Element]:
    path = tmp_path / "page.html"
    annotating.write_annotated(made, str(path))
    text = path.read_text(encoding="utf-8")
    return text, read_page(text)


def branches(trees: tuple[Branch, ...]) -> list[Branch]:
    return [one for tree in trees for one in (tree, *branches(tree.asks))]


# -- what stands under a section


def test_sections_stand_in_the_order_of_the_paper_those_within_others_only_where_something_is_noted(deal: str) -> None:
    (certificate, letter) = annotated(deal).papers
    listed = [(one.citation.section, one.depth) for one in certificate.sections]
    assert [one for one in listed if one[0][0].isdigit()] == [("1", 0), ("1(a)", 1), ("2", 0), ("3", 0)]
    assert [one.citation.section for one in letter.sections] == ["B"]


def test_each_paper_counts_its_entries_by_status(deal: str) -> None:
    (certificate, letter) = annotated(deal).papers
    assert dict(certificate.coverage) == {"executed": 2, "planned": 1, "text only": 1}
    assert dict(letter.coverage) == {"by finding": 1}


def test_an_entry_is_told_with_its_status_its_reason_and_the_clause_that_carries_it_out(deal: str) -> None:
    made = annotated(deal)
    (law,) = section(made, "3").provisions
    assert (law.entry, law.status, law.why, law.clauses) == ("MY-3", "text only", "A court decides it.", ())
    (two,) = section(made, "2").provisions
    assert [(one.kind, str(one.home)) for one in two.clauses] == [("AccruedPremium", "certificate 2")]


def test_terms_are_told_with_value_unit_and_meaning_and_never_by_their_words(deal: str) -> None:
    told = rows(section(annotated(deal), "1"), "Terms")
    stated = [("authorised shares", "100", "shares"), ("face amount", "$1,000.00", "per share")]
    assert [row[:3] for row in told] == stated
    assert "one hundred (100)" not in str(annotated(deal))


def test_figures_are_those_of_the_date(deal: str) -> None:
    # From 2 January to 30 June 2020, the first day excluded: 29 + 29 + 31 + 30 + 31 + 30 = 180; 1,000 x 8 % x 180/360.
    told = {row[0]: row[1] for row in rows(section(annotated(deal), "2"), "Figures as of 2020-06-30")}
    assert told["days elapsed"] == "180"
    assert told["premium"] == "$40.00"


def test_a_figure_that_waits_for_something_says_for_what(deal: str) -> None:
    found = section(annotated(deal, as_of=date(2020, 1, 1)), "2")
    (premium,) = [row for row in rows(found, "Figures") if row[0] == "premium"]
    assert premium[1].startswith("undetermined") and premium[3] == "first issuance"


def test_a_formula_is_drawn_with_what_it_asks_each_name_once_and_leads_to_other_sections(deal: str) -> None:
    (premium,) = [one for one in section(annotated(deal), "2").formulas if one.name == "premium"]
    assert premium.words == ("What a share has earned: simple, not compounded",)
    asked = {one.name: one for one in premium.asks}
    assert list(asked) == ["face_amount", "premium_rate", "year_share"]
    assert (str(asked["face_amount"].citation), asked["face_amount"].drawn) == ("certificate 1", False)
    assert cell_text(asked["face_amount"].value) == "$1,000.00"
    assert asked["year_share"].drawn and "days_elapsed" in {one.name for one in asked["year_share"].asks}
    names = [one.name for one in branches(section(annotated(deal), "2").formulas) if one.drawn]
    assert len(names) == len(set(names))


def test_a_reading_is_told_with_every_alternative_and_the_one_in_force(deal: str) -> None:
    chosen = annotating.annotate(Question(deal, HALF_YEAR, choices={"R-PREM-N": "count both"}))[0]
    told = rows(section(chosen, "2"), "R-PREM-N: Is the closing date")
    assert [(row[0], row[2]) for row in told] == [("exclude first", ""), ("count both", "in force")]
    assert {row[0]: row[1] for row in rows(section(chosen, "2"), "Figures")}["days elapsed"] == "181"


def test_lines_of_the_statement_stand_under_the_sections_they_cite(valence: AnnotatedAgreement) -> None:
    (certificate,) = [paper for paper in valence.papers if paper.name == "cod"]
    (lines,) = [one for one in certificate.sections if one.citation.section == "VI.A"]
    (row,) = rows(lines, "What happened")
    assert row == ("1999-02-08", "event", "the cap was not eliminated by stockholder approval in time")
    (warrant,) = [paper for paper in valence.papers if paper.name == "warrant"]
    (owed,) = [one for one in warrant.sections if one.citation.section == "3(c)"]
    (duty,) = rows(owed, "What is owed: Duties")
    assert duty[0] == "promptly list the shares of investor-warrants (list_shares:investor-warrants)"


def test_a_paper_of_the_same_form_leads_to_the_sections_it_repeats(valence: AnnotatedAgreement) -> None:
    (gemini,) = [paper for paper in valence.papers if paper.name == "gemini-warrant"]
    (four,) = [one for one in gemini.sections if one.citation.section == "4(a)"]
    assert str(four.same_form) == "warrant 4(a)"


def test_a_name_kept_by_lots_with_different_terms_is_asked_of_each(valence: AnnotatedAgreement) -> None:
    (warrant,) = [paper for paper in valence.papers if paper.name == "warrant"]
    prices = [row for one in warrant.sections for table in one.tables if table.key == "figures"
              for row in table.rows if row[0] == "exercise price"]
    assert [str(row[1]) for row in prices] == ["lot W-1 of CC Investments, LDC", "lot W-2 of CC Investments, LDC"]


# -- the words of a filing


def test_the_words_of_a_section_stand_beside_it_only_with_a_filing(deal: str, paper: str) -> None:
    beside = annotated(deal, paper)
    assert section(beside, "3").words == ("3. LAW. The law of Ohio applies.",)
    assert section(beside, "1").words[0].startswith("1. SHARES. There are one hundred (100) shares")
    assert "(b) A share may be sold on any weekday that is neither wet nor windy." in section(beside, "1").words
    assert section(beside, "1(a)").words == ("(a) No fraction of a share is issued.",)
    assert not any(one.words for made in annotated(deal).papers for one in made.sections)


def test_no_words_of_the_filing_are_on_the_page_without_it(deal: str, paper: str, tmp_path: Path) -> None:
    words = read(PAPER, "paper.txt").documents[0].folded.text.split()
    runs = {" ".join(words[at:at + 5]) for at in range(len(words) - 4)}
    without = drawn(annotated(deal), tmp_path)[1].text()
    beside = drawn(annotated(deal, paper), tmp_path)[1].text()
    assert not [one for one in runs if one in without]
    assert "is neither wet nor windy." in beside


def test_a_filing_that_is_not_the_one_cited_is_told(deal: str, paper: str, tmp_path: Path) -> None:
    assert annotated(deal, paper).papers[0].differences == ()
    Path(paper).write_text(PAPER.replace("Ohio", "Iowa"), encoding="utf-8")
    made = annotated(deal, paper)
    (says,) = made.papers[0].differences
    assert "certificate 3" in says
    assert says in drawn(made, tmp_path)[1].text()


# -- the page


def test_every_reference_of_the_page_is_answered_and_nothing_comes_from_a_network(
    valence: AnnotatedAgreement, tmp_path: Path
) -> None:
    text, page = drawn(valence, tmp_path)
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    links = [one.attributes["href"] for one in page.all("a")]
    assert all(one.startswith("#") and one[1:] in ids for one in links)
    assert all(word in ids for one in page.all() for word in one.attributes.get("aria-labelledby", "").split())
    assert not page.all("script") and not page.all("link") and not re.search(r"https?:|url\(|@import", text)


def test_every_entry_of_the_inventory_is_on_the_page_once_with_its_status(
    valence: AnnotatedAgreement, tmp_path: Path
) -> None:
    page = drawn(valence, tmp_path)[1]
    told = [(one.attributes["data-entry"], one.all("span", "status")[0].text()) for one in page.all("li", "provision")]
    loaded = service.load(Question("valence-1998"))
    stated = [(entry, raw["status"]) for entries in sections_from(loaded.folder.sections).values()
              for entry, raw in entries.items()]
    assert sorted(told) == sorted(stated)
    assert sum(status == "executed" for _, status in told) > 100


def test_every_name_of_the_agreement_is_drawn_once_and_every_term_told(valence: AnnotatedAgreement) -> None:
    agreement = service.load(Question("valence-1998")).agreement
    parts = [one for paper in valence.papers for one in paper.sections]
    names = [(one.instrument, one.name) for part in parts for one in branches(part.formulas) if one.drawn]
    computed = [(one.name, name) for one in agreement.instruments.values() for name, clause in one.bound_by.items()
                if name not in clause.values or name in clause.formulas()]
    assert sorted(names) == sorted(computed)
    terms = sum(len(table.rows) for part in parts for table in part.tables if table.key == "terms")
    assert terms == sum(len(clause.values) for one in agreement.instruments.values() for clause in one.clauses)


def test_every_reading_stands_under_one_section(valence: AnnotatedAgreement) -> None:
    agreement = service.load(Question("valence-1998")).agreement
    asked = [table.title.partition(":")[0] for paper in valence.papers for one in paper.sections
             for table in one.tables if table.key == "reading"]
    assert sorted(asked) == sorted(one.id for made in agreement.instruments.values() for one in made.readings())


def test_contents_lead_to_every_section_and_count_the_coverage(deal: str, tmp_path: Path) -> None:
    page = drawn(annotated(deal), tmp_path)[1]
    (numbers, _) = page.all("p", "numbers")
    assert [one.text() for one in numbers.all("a")][-4:] == ["1", "1(a)", "2", "3"]
    assert [one.text() for one in page.all("p", "coverage")] == ["2 executed 1 text only 1 planned", "1 by finding"]


def test_text_is_escaped(deal: str, tmp_path: Path) -> None:
    page = drawn(annotated(deal), tmp_path)[1]
    assert HOSTILE in page.text() and not page.all("script")
    assert "Fund & Friends <LLC>" in page.text()


def test_words_stand_in_a_column_of_their_own(deal: str, paper: str, tmp_path: Path) -> None:
    beside = drawn(annotated(deal, paper), tmp_path)[1]
    certificate = beside.all("section", "paper-of")[0]
    assert all(len(one.all("blockquote", "words")) == 1 for one in certificate.all("article"))
    assert not drawn(annotated(deal), tmp_path)[1].all("blockquote")


def test_the_same_agreement_gives_the_same_bytes(deal: str, paper: str) -> None:
    made = []
    for seed in ("1", "2"):
        name = Path(deal).parent / f"{seed}.html"
        verb = [sys.executable, "-m", "paripassu", "annotate", deal]
        options = ["--as-of", "2020-06-30", "--filing", paper, "--html", str(name)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([*verb, *options], env=environment, check=True, capture_output=True)
        made.append(name.read_bytes())
    assert made[0] == made[1]


def test_the_style_uses_only_the_colours_that_both_schemes_name() -> None:
    page, added = ((resources.files("paripassu") / "templates" / name).read_text(encoding="utf-8")
                   for name in ("page.css", "annotated.css"))
    light, dark = re.findall(r":root \{(.*?)\}", page, re.S)
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", added)) - {"serif", "sans"}
    assert used and all(f"--{one}:" in light and f"--{one}:" in dark for one in used)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb", added)


# -- the command


def test_one_paper_can_be_asked_for(deal: str, tmp_path: Path) -> None:
    ran = run("paripassu annotate small --as-of 2020-06-30 --document side-letter --html page.html", tmp_path)
    assert ran.status == 0 and ran.text.endswith("Written: page.html\n")
    assert "SIDE-LETTER: SIDE LETTER" in ran.text and "CERTIFICATE" not in ran.text
    assert len(read_page((tmp_path / "page.html").read_text(encoding="utf-8")).all("article")) == 1


def test_a_paper_the_deal_does_not_have_is_one_sentence(deal: str, tmp_path: Path) -> None:
    ran = run("paripassu annotate small --document prospectus", tmp_path)
    assert ran.status == 27 and len(ran.errors.splitlines()) == 1
    assert ran.errors.endswith("small has no paper 'prospectus'; use certificate, side-letter.\n")


@pytest.mark.parametrize("paper", ["cod", "spa", "warrant", "gemini-warrant"])
def test_every_paper_of_a_deal_has_its_json_and_a_rule_of_arithmetic_is_its_name(paper: str, tmp_path: Path) -> None:
    ran = run(f"paripassu annotate valence-1998 --as-of 1999-11-04 --document {paper} --json", tmp_path)
    assert ran.status == 0, ran.errors
    assert ("half a cent up" in ran.text) == paper.endswith("warrant")
    assert json.loads(ran.text)


def test_json_holds_what_the_page_draws(deal: str, tmp_path: Path) -> None:
    made = json.loads(run("paripassu annotate small --as-of 2020-06-30 --json", tmp_path).text)
    (two,) = [one for one in made["papers"][0]["sections"] if one["citation"]["section"] == "2"]
    assert [one["entry"] for one in two["provisions"]] == ["MY-2"]
    assert ["as of", "2020-06-30"] in made["receipt"]


def test_a_book_is_annotated_as_its_deal_is(deal: str, tmp_path: Path) -> None:
    assert run("paripassu start desk --from small --by Ann", tmp_path).status == 0
    ran = run("paripassu annotate desk --as-of 2020-06-30 --document certificate", tmp_path)
    assert ran.status == 0 and "MY-2" in ran.text


def test_a_filing_that_is_not_there_is_a_problem(deal: str) -> None:
    with pytest.raises(Problem, match="nowhere.txt"):
        annotated(deal, "nowhere.txt")
