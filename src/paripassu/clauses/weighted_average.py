"""The average price of a day weighted by volume: the prints that count, and what stands in where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.arithmetic import ONE, Rational
from paripassu.values.bindings import Binding, ByReading, Formula, History, ObservedOn
from paripassu.values.effects import Effect, Occur, Set
from paripassu.values.market import AVERAGE_PRICE_TIERS
from paripassu.values.prints import Averaged, Tape
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import NO_LIMIT

EXCHANGE, BOARD = "trades", "bulletin_board_trades"


def limit_with_splits(initial_block_limit: Rational, share_factor: Rational) -> Rational:
    """The largest trade that counts, in the shares of the day: restated for every split since the issue."""
    return initial_block_limit * share_factor


def limit_as_stated(initial_block_limit: Rational) -> Rational:
    """The number as stated: no split can follow the delivery of the warrant before the price of that day is taken."""
    return initial_block_limit


def limit_on_the_exchange(day_prices: Any, block_limit: Rational) -> Any:
    """The limit for prints of the principal market; there is none for those of the bulletin board."""
    return NO_LIMIT if isinstance(day_prices, Tape) and not day_prices.on_exchange else block_limit


def limit_everywhere(block_limit: Rational) -> Any:
    """The limit for the prints of either market."""
    return block_limit


def weighted_average_price(day_prices: Any, size_limit: Any, session_opens: int, session_closes: int) -> Any:
    """Dollars over shares of the prints that count; a price that is stated outright is its own average."""
    if not isinstance(day_prices, Tape):
        return day_prices
    return _averaged(day_prices, size_limit, session_opens, session_closes).price


def no_print_counts(exchange_prints: Tape, block_limit: Any, session_opens: int, session_closes: int) -> bool:
    """Whether of the prints of the principal market none counts, so that they have no average."""
    return _averaged(exchange_prints, block_limit, session_opens, session_closes).price is None


def no_board_print_counts(board_prints: Tape, session_opens: int, session_closes: int) -> bool:
    """Whether of the prints of the bulletin board, of any size, none counts."""
    return _averaged(board_prints, NO_LIMIT, session_opens, session_closes).price is None


def no_small_board_print_counts(board_prints: Tape, block_limit: Any, session_opens: int, session_closes: int) -> bool:
    """Whether of the prints of the bulletin board none up to the limit counts."""
    return _averaged(board_prints, block_limit, session_opens, session_closes).price is None


def what_was_left_out(day_prices: Any, size_limit: Any, session_opens: int, session_closes: int) -> str:
    """How many prints count, and which were left out and why."""
    if not isinstance(day_prices, Tape):
        return ""
    return _averaged(day_prices, size_limit, session_opens, session_closes).words


def _averaged(tape: Tape, size_limit: Any, opens: int, closes: int) -> Averaged:
    return tape.average(size_limit, int(opens), int(closes))


@dataclass(frozen=True)
class WeightedAveragePrice(Clause):
    """The day's average price weighted by volume in market hours, large trades left out, with its further sources."""

    terms = {
        "initial_block_limit": TermSpec("whole", "shares", "a larger trade does not count"),
        "session_opens": TermSpec("time", "second of the day", "New York time from which prints count"),
        "session_closes": TermSpec("time", "second of the day", "New York time to which prints count"),
    }
    readings = (
        Reading(
            "R-W05-BLOCK", "Are large trades left out of the bulletin board's average too?", "computing",
            {"principal market": "the words stand with the first source alone", "both": "the parenthesis never closes"},
        ),
        Reading(
            "R-W05-BLOCKADJ", "Which splits move the size from which a trade is large?", "computing",
            {"since the issue": "the words would be empty otherwise",
             "since the exercise": "as the letters: after the warrant delivery date"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The price of a day, from the first source that has one."""
        return {
            "exchange_prints": ObservedOn((EXCHANGE,), "usd per share"),
            "board_prints": ObservedOn((BOARD,), "usd per share"),
            "no_print_counts": Formula(no_print_counts, "yes or no"),
            "no_board_print_counts": ByReading(
                "R-W05-BLOCK", "yes or no",
                {"principal market": no_board_print_counts, "both": no_small_board_print_counts},
            ),
            "day_prices": ObservedOn(
                AVERAGE_PRICE_TIERS, "usd per share", ((EXCHANGE, "no_print_counts"), (BOARD, "no_board_print_counts"))
            ),
            "share_factor": History("shares per share", waits_for="issuance"),
            "block_limit": ByReading(
                "R-W05-BLOCKADJ", "shares",
                {"since the issue": limit_with_splits, "since the exercise": limit_as_stated},
            ),
            "size_limit": ByReading(
                "R-W05-BLOCK", "shares", {"principal market": limit_on_the_exchange, "both": limit_everywhere}
            ),
            "weighted_average_price": Formula(weighted_average_price, "usd per share", "", what_was_left_out),
        }

    def on_warrant_issued(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Splits are counted from the first issue on."""
        if ask.state.get(("value", "share_factor", "")) is None:
            yield Set("share_factor", "", ONE, role="block_limit")

    def on_shares_changed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """From then on the market trades in the new shares."""
        factor = ask.state.get(("value", "share_factor", ""))
        if factor is not None:
            yield Set("share_factor", "", factor * event.details["ratio"], role="block_limit")
