"""The page: self-contained, well formed, escaped, every figure explained, the same bytes wherever it is made."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from fractions import Fraction
from hashlib import sha256
from importlib import resources

import pytest
from page_reading import Element, read_page

from paripassu import service
from paripassu.render.html import page
from paripassu.values.arithmetic import ratio
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.grades import Grade
from paripassu.values.printing import number
from paripassu.values.sheets import (
    Amount,
    Block,
    Chart,
    Mark,
    Milestone,
    Paragraph,
    Section,
    Series,
    Sheet,
    Table,
    Timeline,
    Tree,
)
from paripassu.values.undetermined import Need, Undetermined

DAY = date(1999, 11, 4)
HOSTILE = "A & B <LLC> \"quoted\" 'single' <script>alert(1)</script>"
TEMPLATES = resources.files("paripassu") / "templates"


def made(sheet: Sheet) -> str:
    template, style = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.html", "page.css"))
    return page(sheet, template, style)


def sheet_of(*blocks: Block, title: str = "A deal") -> Sheet:
    return Sheet(title, "Statement as of 1999-11-04", (Section("First part", blocks),), (("deal", "a-deal"),))


def read(*blocks: Block) -> Element:
    return read_page(made(sheet_of(*blocks)))


def table(*figures: Figure) -> Table:
    return Table("In force", ("figure", "value"), tuple((one.name, one) for one in figures))


def bid(day: int, value: str) -> Figure:
    return Figure("closing_bid", ratio(int(Fraction(value) * 32), 32), "usd per share", "closing bid",
                  grade=Grade.PUBLIC_RECORD, day=date(1999, 11, day), source="a posting")


MEAN = Figure(
    "lowest_bids_mean", ratio(895, 192), "usd per share", "The mean of the lowest closing bids.",
    Citation("cod", "III.G"), inputs=(
        Figure("closing_bids", (ratio(9, 2), ratio(5)), "usd per share", "ten days", Citation("cod", "III.B"),
               inputs=tuple(bid(day, "4.5") for day in (1, 2, 3, 4))),
    ), turns_on="R-BD: federal reserve", rounding="not at all", remark="a remark",
)
PRICE = Figure("conversion_price", ratio(18079, 3840), "usd per share", "The lower of the two.",
               Citation("cod", "III.D"), Grade.PUBLIC_RECORD, (MEAN,), DAY, "B-1")
UNKNOWN = Figure(
    "ownership_room", Undetermined(frozenset({
        Need("closing_bid", "", date(1999, 7, 13)), Need("closing_bid", "", date(1999, 7, 14)),
        Need("beneficial_ownership", "cc-investments"),
    }), ratio(0), ratio(1400693)), "shares", "What is left under the limit.", Citation("cod", "IV.G(ii)"),
)
EVERYTHING = sheet_of(
    Paragraph(HOSTILE, "warn"), Paragraph("In order.", "good"), Paragraph("Breached.", "bad"), Paragraph("Plain."),
    table(PRICE, UNKNOWN),
    Table("Mixed", ("holder", "shares", "", "since", "status"), (
        (HOSTILE, Amount(7500, "shares"), Citation("cod", "I"), DAY, Mark("breached", "bad")),
        (HOSTILE, "-", None, DAY, Mark("performed", "good")),
    ), note="A note & more."),
    Table("Nothing", ("a", "b"), (), empty="None <at all>."),
    Table("Questions", ("reading", "question"), (("R-BD", "Which days?"),), folded=True),
    Chart("Prices", "usd per share", (Series("bid & ask", ((DAY, ratio(9, 2)),)),), "A gap."),
    Timeline("Timeline", DAY, (Milestone(DAY, HOSTILE, "bad", Citation("cod", "VII.A")),
                               Milestone(date(1999, 11, 9), "deliver", "due"))),
    Tree("A figure opened", PRICE), title="A & B <LLC>",
)


@pytest.fixture(scope="module")
def everything() -> Element:
    return read_page(made(EVERYTHING))


@pytest.fixture(scope="module")
def valence() -> tuple[Sheet, Element]:
    _, sheet = service.state(service.Question("valence-1998", DAY))
    return sheet, read_page(made(sheet))


def figures_of(sheet: Sheet) -> list[Figure]:
    return [
        cell for section in sheet.sections for block in section.blocks if isinstance(block, Table)
        for row in block.rows for cell in row if isinstance(cell, Figure)
    ]


@pytest.mark.parametrize("which", ["everything", "valence"])
def test_the_page_needs_nothing_from_outside(which, request):
    found = request.getfixturevalue(which)
    root = found if isinstance(found, Element) else found[1]
    for element in root.all():
        assert element.tag not in {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"<{element.tag} {name}>"
            if name in {"href", "src", "xlink:href"}:
                assert value.startswith("#"), value
    style = root.all("style")[0].text()
    assert "url(" not in style
    assert "@import" not in style
    policies = [one.attributes["content"] for one in root.all("meta") if "http-equiv" in one.attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("which", ["everything", "valence"])
def test_every_id_is_given_once_and_every_reference_is_answered(which, request):
    found = request.getfixturevalue(which)
    root = found if isinstance(found, Element) else found[1]
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    wanted = {one.attributes["href"][1:] for one in root.all("a")}
    wanted |= {one.attributes["aria-labelledby"] for one in root.all() if "aria-labelledby" in one.attributes}
    assert wanted <= set(ids)


def test_names_are_escaped_everywhere(everything):
    assert "<LLC>" not in made(EVERYTHING)
    assert everything.all("h1")[0].text() == "A & B <LLC>"
    assert everything.all("p", "said")[0].text() == HOSTILE
    assert HOSTILE in everything.all("ol", "key")[0].text()
    assert [one.text() for one in everything.all("th") if one.attributes.get("data-label") == "holder"] == [HOSTILE] * 2
    assert everything.all("p", "empty")[0].text() == "Nothing. None <at all>."
    assert "bid & ask" in everything.all("ul", "legend")[0].text()


def test_every_figure_on_the_sheet_opens_into_everything_it_came_from(valence):
    sheet, root = valence
    figures = figures_of(sheet)
    opened = root.all("details", "explanation")
    links = root.all("a", "figure")
    assert len(figures) == len(opened) == len(links) > 5
    for figure, details, link in zip(figures, opened, links, strict=True):
        inside = details.all("div", "root")[0]
        assert link.attributes["href"] == "#" + inside.attributes["id"]
        text = details.text()
        for one in figure.walk():
            assert number(one.value, one.unit) in text
            assert " ".join(one.how.split()) in text
            assert one.citation is None or str(one.citation) in text


def test_explanations_are_closed_until_asked_for_and_readings_too(valence):
    _, root = valence
    for details in [*root.all("details", "explanation"), *root.all("details", "folded")]:
        assert "open" not in details.attributes
    assert "Readings in force" in [one.text() for one in root.all("h2")]


def test_a_node_shows_value_unit_section_how_reading_rounding_grade_source_remark_and_day(everything):
    text = everything.all("details", "explanation")[0].text()
    for told in ("conversion price of B-1 on 1999-11-04 = $4.70807292… per share exactly 18,079/3,840", "cod III.D",
                 "public record", "The lower of the two.", "rounded not at all", "reading R-BD: federal reserve",
                 "a remark", "$4.66145833… per share exactly 895/192", "Source of all: a posting"):
        assert told in text


def test_the_reading_a_figure_turns_on_leads_to_its_row(everything):
    link = next(one for one in everything.all("a") if one.text() == "R-BD")
    row = next(one for one in everything.all("tr") if one.attributes.get("id") == link.attributes["href"][1:])
    assert row.text() == "R-BD Which days?"


def test_a_window_of_bids_is_one_small_table(everything):
    window = everything.all("details", "explanation")[0].all("table", "window")[0]
    rows = [[cell.text() for cell in row.all("td")] for row in window.all("tr")[1:]]
    assert rows == [[f"1999-11-0{day}", "$4.50", "closing bid", "public record"] for day in (1, 2, 3, 4)]


def test_three_inputs_are_entries_of_the_tree():
    short = Figure("closing_bids", (ratio(9, 2),), "usd per share", "three days",
                   inputs=tuple(bid(day, "4.5") for day in (1, 2, 3)))
    details = read(table(short)).all("details", "explanation")[0]
    assert details.all("table", "window") == []
    assert len(details.all("div", "leaf")) == 3


def test_what_is_undetermined_says_its_bounds_and_what_it_waits_for(everything):
    text = everything.all("details", "explanation")[1].text()
    assert "undetermined, between 0 and 1,400,693" in text
    assert "waits for beneficial ownership of cc-investments; closing bid (2 days, 1999-07-13 to 1999-07-14)" in text


def test_a_figure_met_again_in_one_explanation_leads_to_where_it_is_open():
    both = Figure("shares", ratio(100), "shares", "Both prices.", inputs=(PRICE, PRICE))
    details = read(table(both)).all("details", "explanation")[0]
    again = [one for one in details.all("a") if one.text() == "1.1"]
    assert [one.attributes["href"] for one in again] == ["#e1.1"]
    assert len(details.all("table", "window")) == 1
    assert details.text().count("conversion price of B-1 on 1999-11-04 = $4.70807292…") == 2


def test_a_figure_with_other_inputs_is_not_taken_for_the_same():
    other = Figure(PRICE.name, PRICE.value, PRICE.unit, PRICE.how, PRICE.citation, PRICE.grade,
                   (bid(1, "4.75"),), PRICE.day, PRICE.subject)
    both = Figure("shares", ratio(100), "shares", "Both prices.", inputs=(PRICE, other))
    details = read(table(both)).all("details", "explanation")[0]
    assert "opened under" not in details.text()


def test_the_paper_has_each_explanation_once_and_refers_to_it_after():
    root = read(table(PRICE, PRICE))
    on_screen = [one.text() for one in root.all("details", "explanation")]
    assert all("$4.66145833…" in text for text in on_screen)
    first, second = root.all("section", "appendix")[0].all("div", "printed")
    assert "$4.66145833…" in first.text()
    assert "$4.66145833…" not in second.text()
    assert "opened under 1" in second.text()


def test_tones_are_said_as_well_as_coloured(everything):
    said = [one.all("svg", "glyph")[0].attributes["aria-label"] for one in everything.all("p", "said")[:3]]
    assert said == ["attention", "in order", "breach or default"]
    assert everything.all("p", "said")[3].all("svg") == []
    marks = {one.text(): one.all("svg")[0].attributes["aria-label"] for one in everything.all("span", "mark")}
    assert marks == {"breached": "breach or default", "performed": "in order"}


def test_headings_descend_by_one_and_tables_are_titled(valence):
    _, root = valence
    levels = [int(one.tag[1]) for one in root.all() if one.tag in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    for one in root.all("table", "data"):
        assert one.all("caption")[0].text()
        assert all(head.attributes["scope"] in {"col", "row"} for head in one.all("th"))
        assert all(head.text() for head in one.all("th"))


def test_every_section_is_in_the_navigation(valence):
    sheet, root = valence
    links = [(one.text(), one.attributes["href"]) for one in root.all("nav")[0].all("a")]
    sections = [(one.all("h2")[0].text(), "#" + one.attributes["id"]) for one in root.all("section")
                if "id" in one.attributes]
    assert links == sections
    assert [title for title, _ in links] == [section.title for section in sheet.sections]


def test_sections_of_one_title_have_anchors_of_their_own():
    twice = Sheet("t", "s", (Section("Prices", ()), Section("Prices", ()), Section("Prices 1", ())))
    ids = [one.attributes["id"] for one in read_page(made(twice)).all("section")]
    assert len(set(ids)) == 3


def test_the_receipt_is_on_the_page(valence):
    sheet, root = valence
    shown = [(one.all("dt")[0].text(), one.all("dd")[0].text()) for one in root.all("footer")[0].all("dl")[0].children]
    assert shown == list(sheet.receipt)


def test_columns_of_numbers_are_aligned_and_columns_of_words_are_not(everything):
    heads = {one.text(): one.attributes.get("class", "") for one in everything.all("th")
             if one.attributes.get("role") == "columnheader"}
    assert heads["shares"] == "number"
    assert heads["holder"] == heads["since"] == ""


MAKE = """
import sys
from datetime import date
from paripassu import service
service.report(service.Question("valence-1998", date(1999, 11, 4)), sys.argv[1])
"""


def test_the_same_sheet_gives_the_same_bytes_whatever_the_hash_seed_zone_and_locale(tmp_path, valence):
    digests = {sha256(made(valence[0]).encode()).hexdigest()}
    for seed, zone, locale in (("1", "Asia/Tokyo", "C"), ("2", "America/Los_Angeles", "C.UTF-8")):
        target = tmp_path / f"{seed}.html"
        settings = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale}
        subprocess.run([sys.executable, "-c", MAKE, str(target)], check=True, env=settings)
        digests.add(sha256(target.read_bytes()).hexdigest())
    assert len(digests) == 1
