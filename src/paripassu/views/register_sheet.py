"""The register and the roll-forward laid out for reading, and as rows for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from paripassu.values.arithmetic import ZERO
from paripassu.values.printing import exact, number
from paripassu.values.sheets import Amount, Block, Cell, Mark, Paragraph, Section, Sheet, Table
from paripassu.values.undetermined import determined, extent
from paripassu.views.layout_record import agent_table
from paripassu.views.register import Certificate, Cover, Register, Total
from paripassu.views.rollforward import Movement, RollForward, RollLine

Row = tuple[str, ...]
CERTIFICATE_COLUMNS = (
    "security", "certificate", "holder", "name", "address", "shares", "lots", "issued", "ended", "status", "out_of",
    "into", "legends", "legends_lacking", "prior_owners", "document", "section", "source", "grade",
)
MOVEMENT_COLUMNS = (
    "number", "date", "asset", "lot", "from", "to", "quantity", "at_least", "at_most", "unit", "because", "document",
    "section",
)
NO_ADDRESS = "no address recorded"


def register_sheet(made: Register, rolled: RollForward | None, receipt: tuple[tuple[str, str], ...]) -> Sheet:
    """The register of a date; with the roll-forward of a period that ends on it where one was asked for."""
    sections = [
        Section("Control totals", tuple(_totals(made))),
        Section("Holders", tuple(_holders(made))),
        Section("Certificates", tuple(certificate_tables(made.certificates, made.parties))),
    ]
    if made.asserted:
        sections.append(Section("The transfer agent's books", (agent_table(made.asserted, made.parties),)))
    if rolled:
        sections += [
            Section("Roll-forward of shares", tuple(_shares(rolled, made.parties))),
            Section("Roll-forward of dollars owed", (_dollars(rolled, made.parties),)),
            Section("Movements", (_movements(rolled.movements, made.parties),)),
        ]
    known = f", as known on {made.known_at}" if made.known_at else ""
    return Sheet(made.title, f"Register as of {made.as_of}{known}", tuple(sections), receipt)


def _party(parties: Mapping[str, str], short: str) -> str:
    return parties.get(short, short.strip("()"))


# -- control totals


def _totals(made: Register) -> Iterator[Block]:
    yield Table(
        "Securities", ("security", "authorised", "issued", "no longer outstanding", "outstanding", "on the register",
                       "others"),
        tuple(
            (one.security, Amount(one.authorised, "shares"), Amount(one.issued, "shares"), _retired(one),
             Amount(one.outstanding, "shares"), Amount(one.held, "shares"),
             Amount(one.elsewhere, "shares"))
            for one in made.totals
        ),
        empty="No security has been issued on the facts recorded.",
    )
    for one in made.totals:
        yield _agreed(one)
        if one.reported is not None:
            yield Paragraph(f"{one.security}: outstanding in all, as reported and moved since: "
                            f"{number(one.reported, 'shares')}. The totals above are of what is on record here.")
    if made.accounts:
        yield Table(
            "Shares set aside", ("account", "set aside", "used", "left", "section"),
            tuple((one.account, Amount(one.set_aside, "shares"), Amount(one.used, "shares"),
                   Amount(one.left, "shares"), one.citation) for one in made.accounts),
        )


def _retired(total: Total) -> str:
    return ", ".join(f"{name} {number(quantity, 'shares')}" for name, quantity in total.retired) or "-"


def _agreed(total: Total) -> Paragraph:
    """Whether the register and the control totals agree; the difference where they do not."""
    differs = total.difference
    if determined(differs) and differs == 0:
        return Paragraph(f"{total.security}: register and others add up to what is outstanding.", "good")
    more = number(differs, "shares")
    return Paragraph(f"{total.security}: what is outstanding exceeds register and others by {more}.", "bad")


# -- holders


def _holders(made: Register) -> Iterator[Block]:
    yield Table(
        "What stands under certificates", ("security", "holder", "lot", "held", "under certificates", "under none"),
        tuple(
            (one.security, _party(made.parties, one.holder), _lot(one.lot, one.divided), Amount(one.held, "shares"),
             Amount(one.under, "shares"), Amount(one.without, "shares"))
            for one in made.covers
        ),
        empty="Nobody holds anything on the facts recorded.",
    )
    for one in made.covers:
        yield from _uncovered(one, made.parties)
    holders = dict.fromkeys((one.holder, one.address) for one in made.covers)
    yield Table(
        "Addresses", ("holder", "address"),
        tuple((_party(made.parties, holder), address or Mark(NO_ADDRESS, "warn")) for holder, address in holders),
    )


def _lot(lot: str, divided: Sequence[str]) -> str:
    return (lot or "-") + (f" (with {', '.join(divided)})" if divided else "")


def _uncovered(one: Cover, parties: Mapping[str, str]) -> Iterator[Paragraph]:
    whose = f"{one.security} of {_party(parties, one.holder)}" + (f", lot {one.lot}" if one.lot else "")
    if not determined(one.without):
        yield Paragraph(f"{whose}: how many shares stand under no certificate recorded is undetermined.", "warn")
    elif one.without:
        yield Paragraph(f"{whose}: {number(one.without, 'shares')} of {number(one.held, 'shares')} shares stand under "
                        "no certificate recorded.", "warn")
    if one.excess:
        yield Paragraph(f"{whose}: certificates recorded represent {number(one.excess, 'shares')} shares more than are "
                        "held; record which were cancelled.", "bad")


# -- certificates


def certificate_tables(found: Sequence[Certificate], parties: Mapping[str, str]) -> Iterator[Table]:
    """The certificates, and the chain of owners before each."""
    yield Table(
        "Certificate detail",
        ("certificate", "security", "holder", "shares", "lots", "issued", "ended", "status", "legends"),
        tuple(
            (one.number, one.security, _party(parties, one.holder), Amount(one.shares, "shares"), _lots(one),
             one.issued, one.ended or "-", Mark(one.status, _tone(one)), _legends(one))
            for one in found
        ),
        empty="No certificate is recorded.",
    )
    if any(one.out_of for one in found):
        yield Table(
            "Prior owners", ("certificate", "issued out of", "owner before", "address", "under", "from", "until"),
            tuple(
                (one.number, ", ".join(one.out_of), _party(parties, owner.holder), owner.address or NO_ADDRESS,
                 owner.certificate, owner.since, owner.until or "-")
                for one in found for owner in one.prior
            ),
        )


def _tone(one: Certificate) -> str:
    return "good" if one.status == "outstanding" else "plain" if one.ended else "bad"


def _lots(one: Certificate) -> str:
    lots = ", ".join(f"{number(shares, 'shares')} of {lot}" for lot, shares in one.lots if lot)
    return (lots or "-") + (f" (with {', '.join(one.divided)})" if one.divided else "")


def _legends(one: Certificate) -> str:
    return "; ".join([*one.legends, *(f"{legend}: required, not recorded" for legend in one.lacking)]) or "-"


# -- roll-forward


def _shares(rolled: RollForward, parties: Mapping[str, str]) -> Iterator[Block]:
    yield Paragraph(f"From the beginning of {rolled.first} to the end of {rolled.last}; the numbers name movements.")
    for security, lines in rolled.shares.items():
        yield _rolled(security, "holder", lines, [_party(parties, one.holder) or "all holders" for one in lines],
                      "shares")
    if not rolled.shares:
        yield Paragraph("Nothing was held, and nothing moved.")


def _dollars(rolled: RollForward, parties: Mapping[str, str]) -> Table:
    lines = [one.line for one in rolled.owed] + ([rolled.owed_total] if rolled.owed_total else [])
    names = [f"{one.line.asset}: {_party(parties, one.debtor)} to {_party(parties, one.creditor)}"
             for one in rolled.owed] + ["all duties"]
    return _rolled("Dollars owed", "duty", lines, names[: len(lines)], "usd")


def _rolled(title: str, who: str, lines: Sequence[RollLine], names: Iterable[str], unit: str) -> Table:
    """One table of lines with the kinds of movement that occur in them, and whether each foots."""
    kinds = list(dict.fromkeys(kind for line in lines for kind in line.moved))
    rows = tuple(
        (name, Amount(line.opening, unit), *(_moved(line, kind, unit) for kind in kinds), Amount(line.closing, unit),
         _foots(line, unit))
        for name, line in zip(names, lines, strict=True)
    )
    return Table(title, (who, "opening", *kinds, "closing", ""), rows, empty="Nothing was owed in the period.")


def _moved(line: RollLine, kind: str, unit: str) -> Cell:
    if kind not in line.moved:
        return "-"
    numbers = line.movements[kind]
    shown = ", ".join(map(str, numbers)) if len(numbers) <= 6 else f"{numbers[0]} to {numbers[-1]}"
    return f"{number(line.moved[kind], unit)} [{shown}]"


def _foots(line: RollLine, unit: str) -> Mark:
    left = line.unexplained
    return Mark("foots", "good") if determined(left) and left == ZERO else Mark(
        f"{number(left, unit)} unexplained", "bad")


def _movements(found: Sequence[Movement], parties: Mapping[str, str]) -> Table:
    return Table(
        "In the order of the lines", ("no.", "date", "of", "lot", "from", "to", "quantity", "because", "section"),
        tuple(
            (str(one.number), one.day, one.asset, one.lot or "-", _party(parties, one.source),
             _party(parties, one.target), Amount(one.quantity, one.unit), one.says, one.citation)
            for one in found
        ),
        empty="Nothing moved.",
    )


# -- rows for a spreadsheet


def certificate_rows(made: Register) -> Iterator[Row]:
    """One row a certificate, under ``CERTIFICATE_COLUMNS``; numbers exact, dates YYYY-MM-DD, lists with semicolons."""
    for one in made.certificates:
        prior = "; ".join(f"{owner.certificate} {_party(made.parties, owner.holder)}" for owner in one.prior)
        yield (
            one.security, one.number, one.holder, _party(made.parties, one.holder), one.address, exact(one.shares),
            "; ".join(f"{lot}: {exact(shares)}" for lot, shares in one.lots if lot), one.issued.isoformat(),
            one.ended.isoformat() if one.ended else "", one.status, "; ".join(one.out_of), "; ".join(one.into),
            "; ".join(one.legends), "; ".join(one.lacking), prior, one.citation.document, one.citation.section,
            one.source, one.grade.label if one.grade else "",
        )


def movement_rows(rolled: RollForward) -> Iterator[Row]:
    """One row a movement, under ``MOVEMENT_COLUMNS``; an undetermined quantity is left empty and its bounds given."""
    for one in rolled.movements:
        yield (
            str(one.number), one.day.isoformat(), one.asset, one.lot, one.source, one.target, *_quantity(one.quantity),
            one.unit, one.says, one.citation.document, one.citation.section,
        )


def _quantity(value: Any) -> Row:
    if determined(value):
        return exact(value), "", ""
    return "", *("" if end is None else exact(end) for end in extent(value))
