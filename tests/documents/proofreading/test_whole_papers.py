"""Rules that look at more than one section, at forms, pages and addresses: planted, and cured."""

from proof_samples import HEAD, TAIL, paper, rules, section, the


def test_a_page_number_inside_a_sentence_is_found_and_a_count_is_not() -> None:
    pages = HEAD + section("1.1", "STORE", "The grain is stored at the mill.") + "\n\n      1.\n<PAGE>\n\n"
    stray = pages + section(
        "1.2", "CARE", "The miller shall keep 2 every sack of grain dry and clean for the Purchaser."
    )
    counted = pages + section("1.2", "CARE", "The miller shall keep 2 sacks of grain dry and clean for the Purchaser.")
    rest = "\n\n      2.\n<PAGE>\n" + TAIL + "\n\n      3.\n<PAGE>\n"
    assert the("stray-page-number", stray + rest).quotation.startswith("The miller shall keep 2 every")
    assert "stray-page-number" not in rules(counted + rest)


def test_a_label_skipped_in_a_list_of_paragraphs_is_found() -> None:
    items = [
        "     (a)  wheat is weighed;\n",
        "     (b)  rye is weighed;\n",
        "     (c)  oats are weighed;\n",
        "     (d)  hay is weighed.\n",
    ]
    body = section("1.1", "WEIGHT", "On arrival, at the mill:")
    whole = HEAD + body + "\n" + "\n".join(items) + TAIL
    short = HEAD + body + "\n" + "\n".join([items[0], items[1], items[3]]) + TAIL
    assert "label-skipped" not in rules(whole)
    assert the("label-skipped", short).rule_class.code == "c1"


def test_a_form_nothing_refers_to_is_found() -> None:
    form = (
        "\n<PAGE>\n\n                              EXHIBIT A\n\n                          NOTICE OF LOADING\n\n    "
        " The undersigned loads grain.\n"
    )
    assert "attachment-unreferred" in rules(paper("The miller weighs grain.") + form)
    assert "attachment-unreferred" not in rules(
        paper("The miller weighs grain on the form of Exhibit A hereto.") + form
    )


def test_the_words_of_a_note_do_not_belong_in_a_notice_of_conversion() -> None:
    def form(words: str) -> str:
        return (
            "\n<PAGE>\n\n                              EXHIBIT A\n\n                          NOTICE OF "
            f"CONVERSION\n\n     {words}\n"
        )

    text = paper("The holder sends the form of Exhibit A hereto.")
    assert "words-of-another-instrument" in rules(text + form("After a partial exercise a new certificate is sent."))
    assert "words-of-another-instrument" not in rules(
        text + form("After a partial conversion a new certificate is sent.")
    )


def test_a_long_stop_before_the_fixed_closing_is_found() -> None:
    def text(hours: str, day: str) -> str:
        return paper(
            f"The date and time of the Closing shall be {day}, or such other date as the parties agree.",
            f"If the Closing shall not have occurred within {hours} of the execution of this Agreement, it ends.",
        )

    assert "long-stop-before-closing" in rules(text("forty-eight (48) hours", "May 6, 1999"))
    # 48 hours from May 3 is May 5: a closing on that day is not after the stop
    assert "long-stop-before-closing" not in rules(text("forty-eight (48) hours", "May 5, 1999"))


def test_two_deadlines_for_one_filing_are_found_in_one_paper() -> None:
    first = "The Company shall file a Form 8-K within five (5) days following the date of the Closing."
    second = "The Company shall file a Form 8-K within {} days following the date of the Closing."
    assert "deadlines-differ" in rules(paper(first, second.format("three (3)")))
    assert "deadlines-differ" not in rules(paper(first, second.format("five (5)")))


def test_days_and_business_days_from_one_event_are_found() -> None:
    one = "The Company shall deliver the sacks within ten (10) days after the expiration of the Loading Period."
    two = (
        "The Company shall deliver the sacks within ten (10) business days after the expiration of the Loading Period."
    )
    assert "one-count-in-two-units" in rules(paper(one, two))
    assert "one-count-in-two-units" not in rules(paper(one, one.replace("sacks", "barrels")))


def test_deadlines_and_courts_that_differ_across_a_set_are_found() -> None:
    def set_of(days: str, courts: str) -> tuple[str, str]:
        first = paper(
            "The Company shall file a registration statement within twenty (20) days after the closing.",
            "The parties hereto irrevocably consent to the jurisdiction of the federal courts and the state courts of "
            "Ohio.",
        )
        second = paper(
            f"The Company shall file a registration statement within {days} days after the closing.",
            f"The parties hereto irrevocably consent to the jurisdiction of the federal courts {courts} of Ohio.",
        )
        return first, second

    differing = rules(*set_of("five (5)", "located in the State"))
    assert {"deadlines-differ-across-the-set", "courts-differ"} <= differing
    alike = rules(*set_of("twenty (20)", "and the state courts"))
    assert not {"deadlines-differ-across-the-set", "courts-differ"} & alike


def test_one_name_with_two_dates_has_two_meanings() -> None:
    one = paper(
        'The parties made a Toll Agreement, dated as of May 1, 1998 (the "TOLL AGREEMENT"). The Toll Agreement binds.'
    )
    other = paper(
        'The parties made a Toll Agreement, dated as of June 1, 1999 (the "TOLL AGREEMENT"). The Toll Agreement binds.'
    )
    assert "meanings-differ-across-the-set" in rules(one, other)
    assert "meanings-differ-across-the-set" not in rules(one, one)


def test_fractions_rounded_here_and_paid_there_are_found() -> None:
    rounds = paper("No fractional shares are issued, and the Company shall round up to the next whole share.")
    pays = paper("No fractional shares are issued, and the Company shall pay cash for the fractional share.")
    assert the("fractions-differ", rounds, pays).rule_class.code == "d2"
    assert "fractions-differ" not in rules(rounds, rounds)


BLOCK = """
     2.3  NOTICE.  The addresses for notices shall be:

          If to the Company:

               Orchard Mills, Inc.
               12 Mill Lane
               Lima, OH 45801
               Telecopy: (419) 555-0100
               Attention: A. Miller

          with a copy to:

               Stone & Water
               {street}
               Lima, OH 45801{last}
"""
REST = "\n               Telecopy: (419) 555-0101\n               Attention: B. Stone"


def test_an_address_without_a_telecopy_number_is_found() -> None:
    text = paper("The miller weighs grain.")
    assert "address-incomplete" in rules(text + BLOCK.format(street="9 Main Street", last=""))
    assert "address-incomplete" not in rules(text + BLOCK.format(street="9 Main Street", last=REST))


def test_one_addressee_with_two_addresses_is_found() -> None:
    text = paper("The miller weighs grain.")
    one, two = (text + BLOCK.format(street=street, last=REST) for street in ("9 Main Street", "4 Mill Street"))
    assert the("addresses-differ", one, two).rule_class.code == "d2"
    assert "addresses-differ" not in rules(one, one)


def test_a_heading_that_states_another_percentage_than_its_text_is_found() -> None:
    def text(limit: str) -> str:
        return HEAD + section("1.1", "FIVE PERCENT LIMIT", f"Nobody may own more than {limit}% of the mill.") + TAIL

    assert "heading-figure-differs" in rules(text("4.9"))
    assert "heading-figure-differs" not in rules(text("5"))


def test_an_example_is_recomputed() -> None:
    rule = "The Company pays the amount by which the price of the sack exceeds its cost. "
    example = "For example, if a sack priced at $11,000 had a cost of $10,000, the Company pays {}."
    assert "example-does-not-compute" in rules(paper(rule + example.format("$900")))
    assert "example-does-not-compute" not in rules(paper(rule + example.format("$1,000")))


def test_no_dividends_and_a_right_to_dividends_contradict() -> None:
    none = "The shares will bear no dividends."
    some = "The holders shall be entitled to such dividends as the board declares."
    assert "none-and-some" in rules(paper(none, some))
    assert "none-and-some" not in rules(paper("The shares will bear no dividends except as stated below.", some))


def test_an_amount_per_share_that_counts_all_shares_is_found() -> None:
    text = (
        'The "BREAK PRICE" with respect to a share of Mill Stock means 1.25 times the {} Mill Value of the Mill '
        "Stock demanded."
    )
    value = (
        'The value of a mill share is its "MILL VALUE" here, and "MILL STOCK" means the stock. The Break Price is due.'
    )
    assert "per-share-of-the-aggregate" in rules(paper(text.format("aggregate"), value))
    assert "per-share-of-the-aggregate" not in rules(paper(text.format("single"), value))


def test_a_shortfall_larger_than_the_facility_is_found() -> None:
    text = (
        "The bank agreed to lend the Company amounts totaling {}, and lends the amount by which $8,000 exceeds the "
        "cash at hand."
    )
    assert "shortfall-beyond-the-facility" in rules(paper(text.format("$7,500")))
    # equal is enough: the shortfall cannot exceed the facility
    assert "shortfall-beyond-the-facility" not in rules(paper(text.format("$8,000")))


def test_a_deleted_section_is_no_gap_and_a_statute_no_reference() -> None:
    quiet = paper(
        "The miller weighs grain as Section 13(d) of the Mills Act says.", "[INTENTIONALLY DELETED].",
        "The miller has shares as Rule 4460(i) of the exchange allows.",
    )  # fmt: skip
    assert not {rule for rule in rules(quiet) if rule.startswith(("reference", "label", "item"))}
