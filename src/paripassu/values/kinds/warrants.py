"""Facts about warrants: exercises and what each of them needs, deliveries under them."""

from __future__ import annotations

from paripassu.values.kinds.fields import NUMBER, POSITIVE, TEXT, WHOLE, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

CASH, CASHLESS = "cash", "cashless"
"""How the exercise price is met: paid, or by giving up shares."""

KINDS: dict[str, Kind] = {
    "exercise_agreement": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} exercises the warrant of lot {lot} for {shares} shares ({exercise})",
        "exercise holder", timed=True,
        exercise=TEXT, holder=TEXT, lot=TEXT, shares=POSITIVE, form=one_of(CASH, CASHLESS), designee=optional(TEXT),
    ),
    "warrant_surrendered": kind(
        Nature.ACT, DayPlace.PAPER, "the warrant is surrendered for exercise {exercise}", "exercise", exercise=TEXT,
    ),
    "exercise_payment": kind(
        Nature.ACT, DayPlace.PAPER, "{amount} dollars of the exercise price reach the Company ({exercise})", "exercise",
        exercise=TEXT, amount=POSITIVE,
    ),
    "cashless_election": kind(
        Nature.PAPER, DayPlace.PAPER, "a cashless exercise is elected, by its own calculation for {shares} shares "
        "({exercise})", "exercise", exercise=TEXT, shares=NUMBER,
    ),
    "fraction_funds_lacking": kind(
        Nature.FINDING, DayPlace.PAPER, "{by} finds that no funds are legally available for the fraction of {exercise}",
        "exercise", exercise=TEXT, by=TEXT,
    ),
    "warrant_shares_delivered": kind(
        Nature.ACT, DayPlace.ACT, "{shares} shares of Common Stock are delivered for exercise {exercise}", "exercise",
        exercise=TEXT, shares=WHOLE,
    ),
    "warrant_delivered": kind(
        Nature.ACT, DayPlace.ACT, "a new warrant for {shares} shares is delivered for the balance of {exercise}",
        "exercise", exercise=TEXT, shares=POSITIVE,
    ),
}
