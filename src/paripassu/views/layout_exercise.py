"""What may be exercised, laid out: the answer in a sentence, each warrant in a row, each limit in another."""

from __future__ import annotations

from collections.abc import Iterable

from paripassu.values.printing import number
from paripassu.values.sheets import Amount, Block, Cell, Mark, Paragraph, Table
from paripassu.values.undetermined import determined
from paripassu.views.lines import ExerciseLot, ExerciseRight, Statement
from paripassu.views.words import at_most


def exercise_sentences(made: Statement) -> Iterable[Paragraph]:
    """For every holder and form of warrant: held, at which price, until when, and what binds."""
    for right in made.exercises:
        binding = [limit for limit in right.limits if limit.binds]
        known = determined(right.exercisable) and not binding
        yield Paragraph(_sentence(made, right), "plain" if known and right.is_open else "warn")


def _sentence(made: Statement, right: ExerciseRight) -> str:
    who = made.parties.get(right.holder, right.holder)
    text = f"{who} holds warrants for {at_most(right.held)} common shares"
    prices = {one.price.value for one in right.lots}
    if len(prices) == 1 and determined(price := prices.pop()):
        text += f" at {number(price, 'usd per share')}"
    text += f", void in {number(right.days_left, '')} days ({right.expires})."
    if _is_over(made, right):
        return f"{text} No day on which they may be exercised is left."
    if not right.is_open:
        return f"{text} They may be exercised from {right.begins}."
    for limit in right.limits:
        if limit.binds:
            room = at_most(limit.room.value)
            return f"{text} Not all of them may be exercised today: the {limit.words} binds, leaving room for {room}."
    if not determined(right.exercisable):
        return f"{text} Whether a limit binds is undetermined: {at_most(right.exercisable)} may be exercised today."
    return f"{text} No limit binds." if right.limits else text


def exercise_blocks(made: Statement) -> Iterable[Block]:
    """One table of warrants and one of limits for every holder and form."""
    for right in made.exercises:
        who = made.parties.get(right.holder, right.holder)
        yield Table(
            f"{who}: {right.title}",
            ("lot", "shares", "exercise price", "price of all", "may be exercised today", "cashless, for all"),
            tuple((one.lot, Amount(one.quantity, "shares"), one.price, one.aggregate, _today(made, right, one),
                   _cashless(one)) for one in right.lots),
            note=f"{_since(made, right)}, void in {number(right.days_left, '')} days: {right.expires} "
                 f"({right.citation}).",
        )
        if right.limits:
            yield _limits(right)


def _since(made: Statement, right: ExerciseRight) -> str:
    if _is_over(made, right):
        return "No longer exercisable"
    return "Exercisable " + ("today" if right.is_open and right.begins == made.as_of else f"from {right.begins}")


def _is_over(made: Statement, right: ExerciseRight) -> bool:
    """Whether the last day for exercise is past, though the warrant is not void yet."""
    return not right.is_open and right.begins < made.as_of


def _limits(right: ExerciseRight) -> Table:
    return Table(
        "Limits", ("", "common shares", "warrant shares", "section", ""),
        tuple((limit.words, limit.room, Amount(limit.within, "shares"), limit.citation,
               Mark("binds", "warn") if limit.binds else Mark("does not bind", "plain")
               if determined(limit.within) else Mark("undetermined", "warn")) for limit in right.limits),
        note="Each limit is tested as if the other did not exist, and as if nothing else were converted.",
    )


def _today(made: Statement, right: ExerciseRight, one: ExerciseLot) -> Cell:
    if one.exercisable is not None:
        return one.exercisable
    return "no longer" if _is_over(made, right) else f"from {right.begins}"


def _cashless(one: ExerciseLot) -> Cell:
    if one.cashless is None:
        return "-"
    if one.gain_from is not None:
        return f"none, unless the {one.measured_by} was above {number(one.gain_from, 'usd per share')}"
    return one.cashless
