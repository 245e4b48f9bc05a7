"""Contradictions between provisions, planted and cured, one kind at a time."""

import pytest
from proof_samples import HEAD, TAIL, paper, rules, section

CASES = [
    (
        "ranks-differ",
        [
            "Mill Stock ranks prior to any other class of stock of the Company now outstanding.",
            "Mill Stock shall rank pari passu with the River Stock.",
        ],
        "prior to any other class",
        "prior to any other class (other than River Stock)",
    ),
    (
        "adjusted-twice",
        [
            'The "SACK PRICE" means $6.00 (subject to equitable adjustment for any stock splits).',
            "Upon a split of the shares, the Sack Price shall be proportionately reduced.",
        ],
        " (subject to equitable adjustment for any stock splits)",
        "",
    ),
    (
        "formula-without-the-term",
        [
            "The sack price (and any accrued and unpaid Late Payments) shall be converted by the formula set forth in "
            "Section 1.2. Late Payments shall be paid in cash.",
            "Shares are the price of a sack divided by two.",
        ],
        "the price of a sack divided",
        "the price of a sack and the Late Payments divided",
    ),
    (
        "third-parties-none-and-some",
        [
            "This paper is not for the benefit of, nor may any provision hereof be enforced by, any other person.",
            "These promises are for the benefit of, and may be enforced by, the Ferryman.",
        ],
        "any other person.",
        "any other person, except as stated in Section 1.2.",
    ),
    (
        "compared-with-itself",
        [
            "The portion of the Mill Securities exceeds two hundred percent (200%) of the number of shares issuable on "
            "that day."
        ],
        "portion of the Mill Securities",
        "portion of the registered shares",
    ),
]


@pytest.mark.parametrize(("rule", "bodies", "old", "new"), CASES, ids=[case[0] for case in CASES])
def test_a_contradiction_is_found_and_its_cure_is_not(rule: str, bodies: list[str], old: str, new: str) -> None:
    assert rule in rules(paper(*bodies))
    cured = [body.replace(old, new) for body in bodies]
    assert cured != bodies
    assert rule not in rules(paper(*cured))


def test_a_survival_clause_that_leaves_out_an_article_of_representations_is_found() -> None:
    def text(articles: str) -> str:
        promises = (
            "\n                                ARTICLE II\n\n                 PURCHASER'S REPRESENTATIONS AND "
            "WARRANTIES\n"
        )
        last = "\n                                ARTICLE III\n\n                              MISCELLANEOUS\n"
        words = (
            f"The representations and warranties of Purchaser and Company set forth in Articles {articles} shall "
            "survive."
        )
        return (
            HEAD
            + section("1.1", "SALE", "The mill is sold.")
            + promises
            + section("2.1", "TITLE", "The Purchaser is able to buy.")
            + last
            + section("3.1", "SURVIVAL", words)
        )

    assert "survival-list-short" in rules(text("I and III"))
    assert "survival-list-short" not in rules(text("I, II and III"))


def test_a_clock_that_only_one_of_two_cases_can_start_is_found() -> None:
    def text(second: str) -> str:
        return HEAD + section(
            "1.1", "DEFAULT",
            'A paper asking for grain (a "NOTICE OF LOADING") is sent. If (x) a miller sends a Notice of Loading and '
            'no grain is '
            f'loaded, or (y) {second} (each of (x) and (y) being a "LOADING DEFAULT"), then a toll is due in the case '
            'of clause (y) '
            "until the fifth day following receipt by the mill of the Notice of Loading.",
        ) + TAIL  # fmt: skip

    assert "clock-of-one-case" in rules(text("the mill announces that it will not load"))
    assert "clock-of-one-case" not in rules(text("the mill answers a Notice of Loading with a refusal"))


def test_a_premium_counted_to_a_day_that_redemption_does_not_have_is_found() -> None:
    def text(used: str) -> str:
        parts = [
            section("1.1", "DATE", 'The "LOADING DATE" means, for any Optional Loading, the date in the notice.'),
            section(
                "1.2",
                "TOLL",
                'The "TOLL" means ten dollars times the number of days from the first day to, and including, the '
                "Loading "
                "Date.",
            ),
            section("1.3", "CARE", "The miller keeps the grain dry and clean, and sweeps the mill at night. " * 9),
            "\n                                 ARTICLE II\n\n                                 REDEMPTION\n",
            section("2.1", "PRICE", used),
        ]
        return HEAD + "".join(parts)

    assert "accrues-to-a-day-that-does-not-come" in rules(text("On redemption the Toll is paid in cash to the miller."))
    assert "accrues-to-a-day-that-does-not-come" not in rules(
        text("On redemption the Toll to the Loading Date is paid in cash.")
    )


def test_one_ceiling_measured_by_each_instrument_alone_is_found() -> None:
    words = "in no event shall the total number of shares of Mill Stock issued upon {} of the {} exceed 5,000 shares."
    one, two = (
        paper("Before approval, " + words.format("conversion", "notes")),
        paper("Before approval, " + words.format("exercise", "options")),
    )
    assert "one-ceiling-for-each" in rules(one, two)
    assert "one-ceiling-for-each" not in rules(one, one)


def test_figures_stated_as_of_two_days_are_found() -> None:
    one, two = (
        paper(f"The ceiling, which as of {day} shall be 5,071 shares, binds.")
        for day in ("May 1, 1999", "the date of issue")
    )
    assert "figure-as-of-two-days" in rules(one, two)
    assert "figure-as-of-two-days" not in rules(one, one)


def test_notice_windows_that_do_not_meet_are_found() -> None:
    window = (
        "No sooner than ten (10) days nor later than five (5) days prior to the consummation of the sale, the "
        "Company gives notice."
    )
    other = "The Company mails a notice at least {} days prior to the consummation of the sale."
    assert "notice-windows-apart" in rules(paper(window, other.format("thirty (30)")))
    assert "notice-windows-apart" not in rules(paper(window, other.format("ten (10)")))


def test_a_purpose_wider_than_its_measure_is_found() -> None:
    first = (
        'The Company reserves shares (the "GRAIN RESERVE") solely for the purpose of effecting the conversion of '
        "the Mill Stock and the River Stock."
    )
    second = (
        "If the Grain Reserve is less than two hundred percent of the number of shares of Mill issuable upon "
        "conversion of the Mill Stock{}, it is raised."
    )
    assert "purpose-wider-than-measure" in rules(paper(first, second.format("")))
    assert "purpose-wider-than-measure" not in rules(paper(first, second.format(" and the River Stock")))
