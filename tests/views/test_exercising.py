"""What a statement says may be exercised, against figures worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from test_statement import HOLDER, fact, loaded
from test_statement import run as run_without

from paripassu import service
from paripassu.replay import Replayed, replay
from paripassu.service import Question
from paripassu.values.arithmetic import ratio
from paripassu.values.facts import Fact
from paripassu.values.market import Market
from paripassu.views.layout import lay_out
from paripassu.views.statement import Statement, statement


def run(as_of: str, more: Sequence[Fact] = ()) -> tuple[Replayed, Statement]:
    """The real deal, with a bid of 6.75 before the sale of June 1999: dilution of 0.13 per cent, which is carried.

    3,000,001 dollars buy 444,444.6 shares at 6.75, of 480,824 sold: (26,704,073 + 444,444.6) / 27,184,897 = 0.99866.
    """
    deal = loaded()
    (known, *_) = deal.market.observations
    bid = replace(known, day=date(1999, 6, 25), value=ratio(27, 4))
    facts = (*deal.facts, *more)
    market = Market((*deal.market.observations, bid), deal.market.calendars)
    done = replay(deal.agreement, facts, market, date.fromisoformat(as_of))
    return done, statement(done, facts, 0)


def right(made, holder: str = HOLDER):  # type: ignore[no-untyped-def]
    return next(one for one in made.exercises if one.holder == holder)


def words(made) -> str:  # type: ignore[no-untyped-def]
    return str(lay_out(made, (), ()))


def test_before_the_period_nothing_may_be_exercised() -> None:
    _, made = run("1999-07-26")
    one = right(made)
    assert not one.is_open and one.exercisable == 0
    assert [lot.exercisable for lot in one.lots] == [None, None]
    assert "They may be exercised from 1999-07-27." in words(made)


def test_from_the_first_day_the_least_room_binds_across_the_lots() -> None:
    """0.049 x 10,000,000 / 0.951 = 515,247.1: one lot whole, of the next the rest."""
    reports = [fact("shares_outstanding", "1999-07-27", shares="10000000"),
               fact("beneficial_ownership", "1999-07-27", holder=HOLDER, owned="0", acquirable="0")]
    _, made = run("1999-07-27", reports)
    one = right(made)
    assert one.is_open
    assert [lot.exercisable.value for lot in one.lots if lot.exercisable] == [447761, 67486]
    assert [(limit.name, limit.binds) for limit in one.limits] == [
        ("ownership_room", True), ("exchange_cap_room", False)]
    assert [str(limit.citation) for limit in one.limits] == ["warrant 8(f)", "warrant 5"]
    assert "the beneficial ownership limit binds, leaving room for 515,247." in words(made)


def test_price_aggregate_expiry_and_what_a_cashless_exercise_gives() -> None:
    """At the real bid of November 3, 1999, 6.00: nothing for 6.7838, and (6 - 4.9375)/6 of 87,500 for 4.9375."""
    _, made = run("1999-11-04")
    investor, agent = right(made), right(made, "gemini-capital")
    assert investor.expires == "2003-07-27, 17:00 America/Los_Angeles"
    assert investor.days_left == 1361
    assert str(investor.lots[0].aggregate.value * 10000) == "30375210718"  # 447,761 x 67,838
    assert investor.lots[0].cashless is not None and investor.lots[0].cashless.value == 0
    assert agent.lots[0].cashless is not None and str(agent.lots[0].cashless.value) == "371875/24"


def test_without_the_market_price_the_break_even_is_said() -> None:
    _, made = run("1999-11-08")
    assert right(made).lots[0].gain_from == right(made).lots[0].price.value
    assert "none, unless the market price was above $6.7838" in words(made)


def test_the_paper_of_2005_measures_by_a_weighted_average_price() -> None:
    question = Question("valence-2005", date(2006, 3, 1))
    deal = service.load(question)
    made = statement(service.replayed(deal, question), deal.facts, 0)
    assert "none, unless the weighted average price was above $2.74" in words(made)
    assert "market price" not in words(made)


def test_between_the_last_business_day_and_the_expiry_no_day_is_left() -> None:
    """Friday, July 11, 2008 is the last day; on the Saturday the warrant is not void yet."""
    said = {}
    for day in (date(2008, 7, 11), date(2008, 7, 12)):
        question = Question("valence-2005", day)
        deal = service.load(question)
        said[day.day] = words(statement(service.replayed(deal, question), deal.facts, 0))
    assert "Exercisable today" in said[11] and "No day" not in said[11]
    assert "No day on which they may be exercised is left." in said[12] and "No longer exercisable" in said[12]
    assert "2008-07-14" not in said[12]


def test_after_the_period_nothing_is_left_to_exercise_even_of_an_unknown_number() -> None:
    done, made = run_without("2003-07-27")
    assert done.state.total("investor-warrants", HOLDER) == 0 == done.state.total("investor-warrants", "")
    assert made.exercises == ()
    assert any(line.name == "warrant_expired" for line in made.events)
