"""The form by which a holder exercises a warrant, with every number it needs worked out for the date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.asking import Names
from paripassu.explaining import explain
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ONE, ZERO, Rational, is_whole
from paripassu.values.figures import Figure
from paripassu.values.kinds.warrants import CASH
from paripassu.values.printing import number
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.sheets import Amount, Block, Cell, Paragraph, Section, Sheet, Signatures, Table
from paripassu.values.undetermined import Undetermined, determined, extent
from paripassu.views.exercising import LAST_SECOND, NEXT
from paripassu.views.words import at_most

NET = "cashless_shares_today"
"""The figure by which a form is known whose exercise may be part cash and part cashless, at the day's average price."""


DELIVERY = ("name for the shares", "address or account", "taxpayer number")
"""What only the holder can say, and writes in by hand."""


@dataclass(frozen=True, slots=True)
class ExerciseForm:
    """An exercise as it would be made on the date: for how many shares, how they are met, and what follows.

    ``lines`` are the figures of the form with what each is, in the order in which one is worked out of the others;
    ``left`` are the warrant shares for which a new paper is due; ``refused`` says why it would give nothing.
    """

    holder: str
    instrument: str
    title: str
    lot: str
    form: str
    shares: Rational
    held: Any
    is_open: bool
    begins: Any
    lines: tuple[tuple[str, Figure], ...]
    left: Any
    is_irrevocable: bool
    refused: str


def exercise_form(done: Replayed, lot: str, shares: Rational, form: str, holder: str = "") -> ExerciseForm:
    """The form for so many shares of a lot, by cash or cashless; the holder need be named where the lot has several.

    Raises Problem UNKNOWN_NAME for a lot that nobody holds or a holder who does not have it, IMPOSSIBLE_FACT for more
    shares than are or may be held or none, INCOMPLETE_FACT where several hold the lot and none is named.
    """
    names, who = _held_by(done, lot, holder)
    instrument = names.instrument
    held = done.state.position(instrument.name, who, lot)
    most = extent(held)[1]
    if shares <= 0 or (most is not None and shares > most):
        raise Problem(
            ProblemKind.IMPOSSIBLE_FACT,
            f"an exercise of {number(shares, 'shares')} shares of {lot}, of which {who} holds {at_most(held)}",
            "give a number above zero and up to that",
        )
    worked = _Worked(names, {"lot": lot, "holder": who, "exercise": NEXT}, {"shares_to_exercise": shares})
    (worked.net if NET in instrument.bindings else worked.plain)(shares, form)
    is_open = names("exercise_is_open", given={"exercise_second": LAST_SECOND}, exercise=NEXT)
    return ExerciseForm(
        who, instrument.name, instrument.title, lot, form, shares, held, is_open, names("exercise_begins"),
        tuple(worked.lines), _left(held, worked.reduction), worked.is_irrevocable, worked.refused,
    )


def _left(held: Any, reduction: Any) -> Any:
    """What is left of the warrant: of an unknown number never less than nothing."""
    left = held - reduction
    if determined(left):
        return left
    low, high = extent(left)
    return Undetermined(left.needs, None if low is None else max(ZERO, low), high)


def _held_by(done: Replayed, lot: str, holder: str) -> tuple[Names, str]:
    """The instrument of a lot and the holder who exercises it."""
    exercisable = [names for names in done.names.values() if "exercise_is_open" in names.instrument.bindings]
    holding = {who: names for names in exercisable for who in done.state.holders(names.instrument.name)
               if lot in done.state.lots(names.instrument.name, who)}
    if holder in holding:
        return holding[holder], holder
    if not holding or holder:
        lots = [one for names in exercisable for who in done.state.holders(names.instrument.name)
                for one in done.state.lots(names.instrument.name, who)]
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{holder or 'nobody'} holds a warrant {lot} on {done.state.as_of}",
                      f"name one of {', '.join(lots)}" if lots else "record its issuance")
    if len(holding) > 1:
        raise Problem(ProblemKind.INCOMPLETE_FACT, f"{lot} is held by {' and by '.join(holding)}", "name the holder")
    ((who, names),) = holding.items()
    return names, who


class _Worked:
    """The figures of a form, each worked out of those before it, and what the exercise takes off the warrant."""

    def __init__(self, names: Names, at: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        self.names, self.at, self.given = names, dict(at), dict(given)
        self.lines: list[tuple[str, Figure]] = []
        self.reduction: Any = ZERO
        self.is_irrevocable = False
        self.refused = ""

    def plain(self, shares: Rational, form: str) -> None:
        """Cash for all of the shares, or all of them given up for what they gain at the market price; irrevocable."""
        self.is_irrevocable = True
        self.given |= {"shares_taken": ZERO, "shares_exercised": shares}
        self._line("exercise price of a share", "exercise_price")
        if form == CASH:
            self.reduction = shares
            self._line("price of all, to be paid with the form", "exercise_payment_due")
            fits = self._line("shares that the limits leave room for", "exercisable_shares")
            if not is_whole(shares):
                self._rounded(fits)
            return
        self._line("market price of a share", "market_price")
        exact = self._line("common shares before the fraction is cut off", "cashless_shares")
        self._rounded(exact)
        self._line("shares that the limits leave room for", "cashless_exercisable_shares")
        self._reduced("cashless_reduction", exact, "market price")

    def net(self, shares: Rational, form: str) -> None:
        """Cash for all of the shares, or all of them for what they gain at the average price of the day."""
        cash, cashless = (shares, ZERO) if form == CASH else (ZERO, shares)
        self.given |= {"cash_number": cash, "cashless_number": cashless, "cashless_shares": ZERO}
        self.given |= {"shares_for_each": ONE}
        self._line("exercise price of a share", "exercise_price")
        if form == CASH:
            self._line("price of all, to be paid with the form", "aggregate_exercise_price")
            self.reduction = shares
            if is_whole(shares):
                return
        average = self._line("weighted average price of the day", "weighted_average_price")
        exact: Any = shares if form == CASH else self._line("common shares before rounding", NET)
        self.given |= {"cashless_shares": exact - cash, "fraction_price": average}
        self._rounded(exact)
        if form != CASH:
            self._reduced("warrant_reduction", exact, "average price")

    def _reduced(self, name: str, exact: Any, measure: str) -> None:
        """What is given up; where the price leaves no gain the exercise is refused, and the warrant stays."""
        if determined(exact) and exact == 0:
            self.refused = f"the {measure} is not above the exercise price"
        else:
            self.reduction = self._figure(name).value

    def _rounded(self, exact: Any) -> None:
        """Whole shares and cash for the fraction; of an unknown number the fraction is not said, nor its ends."""
        self.given |= {"exact_exercise_shares": exact}
        self.given |= {"shares_on_exercise": self._line("common shares to be issued", "shares_on_exercise")}
        if determined(exact):
            self._line("cash for the fraction", "fraction_payment")

    def _line(self, words: str, name: str) -> Any:
        figure = self._figure(name)
        self.lines.append((words, figure))
        return figure.value

    def _figure(self, name: str) -> Figure:
        return explain(self.names, name, self.names.point(None, self.given, self.at))


def form_sheet(done: Replayed, made: ExerciseForm, receipt: Any) -> Sheet:
    """The form as a paper: what is exercised, how it is met, what comes with it, and the line to be signed."""
    parties = done.agreement.parties
    who, company = parties.get(made.holder, made.holder), parties["company"]
    sections = (
        Section("To the company", tuple(_election(made, who, company, done.state.as_of))),
        Section("Figures", (Table("Worked out for the date", ("", "value", "section"), tuple(
            _row(words, figure) for words, figure in made.lines)),)),
        Section("Delivery", (Signatures(("To be filled in",), DELIVERY),)),
        Section("Signed", (Signatures((who,)),)),
    )
    return Sheet(company, f"Exercise of warrant {made.lot} on {done.state.as_of}: {made.title}", sections, receipt)


def _row(words: str, figure: Figure) -> tuple[Cell, ...]:
    return words, figure, figure.citation


def _election(made: ExerciseForm, who: str, company: str, on: date) -> Iterator[Block]:
    how = "and pays the price" if made.form == CASH else "without payment, giving up shares in place of the price"
    manner = "irrevocably " if made.is_irrevocable else ""
    yield Paragraph(f"{who} {manner}exercises warrant {made.lot} of {company} {how}.")
    counts = (Amount(one, "shares") for one in (made.held, made.shares, made.left))
    yield Table("Warrant shares", ("lot", "held", "exercised", "left, for a new warrant"), ((made.lot, *counts),))
    waits = sorted({str(need) for _, figure in made.lines for need in figure.needs()})
    if waits:
        yield Paragraph(f"Not all of it can be filled in: it waits for {', '.join(waits)}.", "warn")
    if made.refused:
        yield Paragraph(f"It would be refused: {made.refused}, so nothing is due for it and the warrant stays.", "warn")
    low = extent(made.held)[0]
    if low is not None and low < made.shares:
        yield Paragraph("Whether so many shares are held is undetermined.", "warn")
    if not made.is_open:
        first = f"on this date; the first day is {made.begins}"
        yield Paragraph(f"It may not be exercised {'any more' if made.begins < on else first}.", "warn")
