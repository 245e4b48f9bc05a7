"""What of the redemption notices may lawfully be redeemed: how many shares, whose, and for how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from paripassu.asking import Names
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ZERO
from paripassu.values.citation import Citation
from paripassu.values.figures import Figure
from paripassu.values.printing import number
from paripassu.values.redemptions import PAY
from paripassu.values.sheets import Amount, Block, Cell, Mark, Paragraph, Table
from paripassu.values.undetermined import determined, extent
from paripassu.views.words import at_most


@dataclass(frozen=True, slots=True)
class LawfulPart:
    """One notice: shares it counts for, those redeemed of it, how many more may be, and what these cost."""

    notice: str
    holder: str
    noticed: Any
    redeemed: Any
    redeemable: Figure
    payable: Figure


@dataclass(frozen=True, slots=True)
class LawfulRedemption:
    """How many shares the lawful amount redeems of all that are still to be, and each notice's part.

    ``binds`` says whether that amount keeps any share from being redeemed; None where that is not known.
    """

    left: Figure
    shares: Figure
    wanted: Any
    binds: bool | None
    parts: tuple[LawfulPart, ...]
    citation: Citation


def lawful_redemptions(done: Replayed, figure: Callable[..., Figure]) -> Iterator[LawfulRedemption]:
    """For each instrument that has notices standing and an amount reported."""
    for names in done.names.values():
        if "lawfully_redeemable" in names.instrument.bindings:
            standing = [key[2] for key in done.state.keys("value", "place_of_notice") if done.state.get(key)]
            if standing:
                yield _measured(names, standing, figure)


def _measured(names: Names, standing: list[str], figure: Callable[..., Figure]) -> LawfulRedemption:
    what = "how many shares may lawfully be redeemed"
    noticed, redeemed = (names.state.get(("value", name, "")) for name in ("shares_noticed", "redeemed_of_notices"))
    parts = []
    for notice in standing:
        place = names.state.get(("value", "place_of_notice", notice)) - 1
        owed = names.state.obligation(PAY, notice)
        assert owed is not None, "a notice stands while its payment is owed"
        redeemable, payable = (
            figure(names, name, what, redemption=notice) for name in ("lawfully_redeemable", "lawfully_payable")
        )
        parts.append(LawfulPart(notice, owed.creditor, noticed[place], redeemed[place], redeemable, payable))
    left, shares = (figure(names, name, what) for name in ("lawful_amount_left", "affordable_shares"))
    wanted = sum(noticed, ZERO) - sum(redeemed, ZERO)
    known = determined(shares.value)
    binds = bool(names.state.get(("value", "impairment", ""))) or (bool(shares.value < wanted) if known else None)
    section = names.instrument.section_of("lawfully_redeemable")
    return LawfulRedemption(
        left, shares, wanted, binds, tuple(parts), Citation(names.instrument.document, section)
    )


def lawful_sentences(found: Iterable[LawfulRedemption]) -> Iterator[Paragraph]:
    """Said first where the law keeps shares from being redeemed, or may."""
    for one in found:
        if one.binds is False:
            continue
        yield Paragraph(
            f"Of {number(one.wanted, 'shares')} preferred shares still to be redeemed under notices, "
            f"{at_most(one.shares.value)} may lawfully be redeemed: the lawful amount, of which "
            f"{number(one.left.value, 'usd')} is left, {'binds' if one.binds else 'may bind'} ({one.citation}).",
            "warn",
        )


def lawful_tables(found: Iterable[LawfulRedemption], parties: dict[str, str]) -> Iterator[Block]:
    """Each notice's part of what may lawfully be redeemed, with the whole of it in the last line."""
    columns = ("notice", "holder", "shares noticed", "redeemed", "may lawfully be redeemed", "for", "lawful amount",
               "section")
    for one in found:
        rows: list[tuple[Cell, ...]] = [
            (part.notice, parties.get(part.holder, part.holder), Amount(part.noticed, "shares"),
             Amount(part.redeemed, "shares"), part.redeemable, part.payable, _binding(part), one.citation)
            for part in one.parts
        ]
        noticed, redeemed = (
            Amount(sum((getattr(part, name) for part in one.parts), ZERO), "shares") for name in ("noticed", "redeemed")
        )
        payable = Amount(sum((part.payable.value for part in one.parts), ZERO), "usd")
        rows.append(("all notices", "-", noticed, redeemed, one.shares, payable, _mark(one.binds), one.citation))
        rows.append(("amount left", "-", None, None, None, one.left, "-", one.citation))
        yield Table("What may lawfully be redeemed", columns, tuple(rows), note="What is beyond stays owed.")


def _binding(part: LawfulPart) -> Mark:
    """Whether it binds this notice: rounded to whole shares a notice may have all of its own."""
    most = extent(part.redeemable.value)[1]
    less = most is not None and bool(most < part.noticed - part.redeemed)
    return _mark(less if less or determined(part.redeemable.value) else None)


def _mark(binds: bool | None) -> Mark:
    if binds is None:
        return Mark("undetermined", "warn")
    return Mark("binds", "warn") if binds else Mark("does not bind", "plain")
