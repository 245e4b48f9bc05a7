"""Facts about warrants: exercises and what each of them needs, deliveries under them."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    DATE,
    HOLDER,
    NAMES,
    NUMBER,
    NUMBERS_BY_LOT,
    POSITIVE,
    TEXT,
    WHOLE,
    Kind,
    Nature,
    kind,
    one_of,
    optional,
)
from paripassu.values.moments import Place as DayPlace

CASH, CASHLESS = "cash", "cashless"
"""How the exercise price is met: paid, or by giving up shares."""

KINDS: dict[str, Kind] = {
    "exercise_agreement": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} exercises the warrant of lot {lot} for {shares} shares ({exercise})",
        "exercise holder", timed=True,
        exercise=TEXT, holder=HOLDER, lot=TEXT, shares=POSITIVE, form=one_of(CASH, CASHLESS), designee=optional(TEXT),
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
        exercise=TEXT, shares=WHOLE, by=optional(one_of("credit", "certificate")),
    ),
    "warrant_delivered": kind(
        Nature.ACT, DayPlace.ACT, "a new warrant for {shares} shares is delivered for the balance of {exercise}",
        "exercise", exercise=TEXT, shares=POSITIVE,
    ),
    "exercise_dispute": kind(
        Nature.PAPER, DayPlace.PAPER, "exercise {exercise} is disputed ({matter}); {undisputed} shares are not",
        "exercise", exercise=TEXT, matter=TEXT, undisputed=WHOLE,
    ),
    "dispute_submitted": kind(
        Nature.ACT, DayPlace.ACT, "the disputed calculations of {exercise} reach the accounting firm", "exercise",
        exercise=TEXT,
    ),
    "dispute_decided": kind(
        Nature.FINDING, DayPlace.ACT, "{by} finds that exercise {exercise} gives {shares} shares", "exercise",
        exercise=TEXT, shares=WHOLE, by=TEXT,
    ),
    "exercise_buy_in": kind(
        Nature.PAPER, DayPlace.PAPER, "the holder covers a sale of {shares_sold} shares of exercise {exercise}",
        "exercise", exercise=TEXT, purchased_on=DATE, shares_sold=WHOLE, net_proceeds=NUMBER, shares_purchased=WHOLE,
        purchase_price=NUMBER,
    ),
    "issue_tax": kind(
        Nature.REPORT, DayPlace.ACT, "a tax of {amount} dollars falls on issuing shares of {exercise} to {in_name_of}",
        "tax", tax=TEXT, exercise=TEXT, amount=POSITIVE, in_name_of=TEXT,
    ),
    "warrant_reserve": kind(
        Nature.REPORT, DayPlace.REPORT, "{shares} shares are reserved for {instrument}", "instrument",
        instrument=TEXT, shares=WHOLE,
    ),
    "shares_listed": kind(
        Nature.ACT, DayPlace.ACT, "the shares of {instrument} are listed on {market}", "instrument",
        instrument=TEXT, market=TEXT,
    ),
    "par_value_changed": kind(
        Nature.EVENT, DayPlace.ACT, "the par value of the Common Stock becomes {value} dollars", "company",
        value=POSITIVE,
    ),
    "warrant_amendment": kind(
        Nature.PAPER, DayPlace.PAPER, "a writing changes the exercise price of warrant {lot} to {exercise_price}",
        "lot", lot=TEXT, holder=TEXT, signed_by=NAMES, exercise_price=POSITIVE,
    ),
    "warrant_assignment": kind(
        Nature.PAPER, DayPlace.OPENING, "{holder} presents warrant {lot} with an assignment of {shares} shares to {to}",
        "lot holder", holder=HOLDER, to=TEXT, lot=TEXT, shares=POSITIVE, signed_as=TEXT, ground=TEXT,
    ),
    "denominations_requested": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} surrenders warrant {lot} for others of other sizes", "lot holder",
        holder=HOLDER, lot=TEXT, warrants=NUMBERS_BY_LOT,
    ),
    "denominations_delivered": kind(
        Nature.ACT, DayPlace.ACT, "the new warrants for {lot} are delivered", "lot", lot=TEXT,
    ),
}
