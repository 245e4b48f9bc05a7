"""How prices moved, from the company's own sales: bounds, break-evens, and what a bid settles."""

from dataclasses import replace

import pytest

from paripassu import service
from paripassu.cli_options import question_of
from paripassu.explaining import explain_source
from paripassu.values.arithmetic import rational
from paripassu.values.effects import Occur, Set
from paripassu.values.undetermined import determined, extent

QUESTION = question_of("valence-1998", "1999-12-31", "", [], [], [])


@pytest.fixture(scope="module")
def histories():
    return service.adjustments(QUESTION)[0]


def test_lots_that_share_every_event_stand_together(histories):
    assert [one.lots for one in histories] == [("W-1", "W-2"), ("G-1",)]
    assert [len(one.adjustments) for one in histories] == [3, 3]


def test_what_an_unknown_bid_decides_is_bounded_and_its_break_even_known(histories):
    june = histories[0].adjustments[0]
    assert june.adjusts_from == rational("3000001") / (rational("0.99") * 27184897 - 26704073)
    low, high = extent(june.price)
    assert (low, high) == (rational("6.66"), rational("6.7838"))
    assert not determined(june.carried) and extent(june.carried) == (None, None)


def test_the_sheet_names_the_bid_that_settles_it():
    text = " ".join(str(block) for section in service.adjustments(QUESTION)[1].sections for block in section.blocks)
    assert "unless the closing bid on 1999-06-25 was $14.35578691… or more" in text


@pytest.fixture
def with_bids(tmp_path):
    rows = ["observable,date,value,source,grade"]
    rows += [f"closing_bid,{day},{bid},made up,illustrative"
             for day, bid in (("1999-06-25", "6.00"), ("1999-11-26", "7.00"), ("1999-12-20", "20.00"))]
    prices = tmp_path / "prices.csv"
    prices.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return replace(QUESTION, prices_files=(str(prices),))


def told(question):
    """What is said of each adjustment, and the duty to notify it."""
    done = service.replayed(service.load(question), question)
    occurred = [record.effect for record in done.state.records
                if isinstance(record.effect, Occur) and record.effect.name == "exercise_price_adjusted"]
    owed = {one.subject.rpartition("/")[0]: one.what for one in done.state.obligations()
            if one.duty == "notice_of_adjustment"}
    return {one.subject: (one.details.get("what", ""), owed[one.subject]) for one in occurred}


def test_an_adjustment_that_a_bid_decides_is_not_told_as_one_that_was_made(with_bids):
    maybe = told(QUESTION)["W-1/1"]
    assert maybe[0].startswith("the exercise price may be adjusted")
    assert maybe[1] == "give notice of the adjustment W-1/1, certified, if there is one"
    # With the bids known June's sale adjusts nothing; December's does, and there is nothing left to doubt.
    known = told(with_bids)
    assert "W-1/1" not in known
    assert known["W-1/3"] == ("", "give notice of the adjustment W-1/3, certified")


def test_prices_that_are_known_settle_every_step(with_bids):
    found = service.adjustments(with_bids)[0][0].adjustments
    assert [determined(one.price) for one in found] == [True] * 3
    # June's sale at 6.2393 is not below 6.00; November's at 5.8736 is below 7.00 and carried; December's adjusts.
    assert found[0].exact == rational("6.7838") == found[1].price and found[1].carried > 0
    factor = (rational("32397958") + rational("32000000") / 20) / rational("34531291")
    assert found[2].exact == rational("6.7838") * factor - found[1].carried


def test_every_adjusted_price_is_the_figure_it_rests_on():
    loaded = service.load(QUESTION)
    done = service.replayed(loaded, QUESTION)
    prices = [record for record in done.state.records
              if isinstance(record.effect, Set) and record.effect.name == "exercise_price"]
    assert len(prices) >= 9
    for record in prices:
        source = record.effect.rests_on
        assert explain_source(done.names[record.instrument], source).value == record.effect.value
