"""The statement laid out for reading: first what it rests on, then what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from paripassu.values.arithmetic import is_whole, ratio, whole_nearest
from paripassu.values.figures import Figure
from paripassu.values.printing import fixed, number
from paripassu.values.sheets import (
    Amount,
    Block,
    Cell,
    Chart,
    Mark,
    Milestone,
    Paragraph,
    Section,
    Series,
    Sheet,
    Table,
    Timeline,
)
from paripassu.values.undetermined import determined
from paripassu.views.breakeven import BreakEven
from paripassu.views.diary import DiaryEntry
from paripassu.views.lawful import lawful_sentences, lawful_tables
from paripassu.views.layout_exercise import exercise_blocks, exercise_sentences
from paripassu.views.layout_record import beside_sections
from paripassu.views.lines import ConversionRight, ObligationLine, PricePoint, Statement, TestSpan
from paripassu.views.register_sheet import certificate_tables
from paripassu.views.words import at_most

TONES = {
    "open": "plain", "pending": "plain", "performed": "good", "breached": "bad", "lapsed": "plain", "waived": "plain",
    "yes": "bad", "no": "good", "undetermined": "warn",
}
ADVERSE = (
    "missed_", "conversion_default", "redemption_event", "breach", "delivery_ten_business_days_late",
    "legend_not_removed", "reserve_not_increased", "capital_impairment", "trading_market_trigger_event",
    "done_without_approval",
)
"""How the names of events begin that a reader must not overlook."""
LABELS = {
    "fixed_conversion_price": "Fixed conversion price", "variable_conversion_price": "Variable conversion price",
    "conversion_price": "Conversion price in effect", "locked_prices": "Price locked by pending transactions",
    "premium": "Premium on one share",
    "shares_per_preferred": "Common shares for one share of preferred",
    "shares_issuable": "Common shares for all preferred outstanding",
    "coverage_target": "What the reserve must cover", "reserved_amount": "Reserved amount",
    "reserve_is_short": "Is the reserve short today?", "lowest_bids_mean": "mean of the lowest closing bids",
}


def lay_out(made: Statement, prices: tuple[PricePoint, ...], receipt: tuple[tuple[str, str], ...]) -> Sheet:
    """The whole statement as a sheet."""
    exercising = (Section("What may be exercised", tuple(exercise_blocks(made))),) if made.exercises else ()
    sections = (
        Section("What this rests on", tuple(_basis(made))),
        Section("Today", tuple(_today(made))),
        Section("Holdings", tuple(_holdings(made))),
        *((Section("What may be converted", tuple(_conversions(made))),) if made.conversions or not exercising else ()),
        *exercising,
        *((Section("Prices", tuple(_prices(made, prices))),) if made.prices or prices or not exercising else ()),
        Section("What is owed", (_obligations(made), *lawful_tables(made.lawful, made.parties))),
        *beside_sections(made.beside, made.parties),
        Section("Rights open", (_rights(made),)),
        *((Section("Daily tests", (_tests(made),)),) if made.tests or made.prices or not exercising else ()),
        Section("Undetermined", (_missing(made),)),
        Section("Due next", (_diary(made.diary, made.parties),)),
        Section("What happened", (_timeline(made), _events(made))),
        Section("Readings in force", (_readings(made),)),
    )
    known = f", as known on {made.known_at}" if made.known_at else ""
    return Sheet(made.title, f"Statement as of {made.as_of}{known}", sections, receipt)


def _basis(made: Statement) -> Iterable[Block]:
    basis = made.basis
    if basis.last_fact is None:
        yield Paragraph("No fact is recorded on or before this date.", "warn")
    else:
        facts = f"{basis.facts} fact{'s' if basis.facts != 1 else ''}"
        later = "1 recorded fact is" if basis.future_facts == 1 else f"{basis.future_facts} recorded facts are"
        yield Paragraph(
            f"{facts} recorded, the last of {basis.last_fact}; completeness is not claimed. What is not "
            f"recorded is taken not to have happened. {later} later than this date."
            + (f" Of them {basis.of_record} counts already, its record date being past." if basis.of_record else "")
        )
    observed = f", the last of {basis.last_observation}" if basis.last_observation else ""
    yield Paragraph(f"{basis.observations} market observations{observed}.")
    chosen = "; ".join(f"{one.reading}: {one.alternative}" for one in basis.readings if one.departs)
    yield Paragraph(
        f"{len(basis.readings)} questions the words leave open are answered by the readings listed at the end"
        + (f"; other than the library's first: {chosen}." if chosen else ", each the library's first alternative.")
    )
    if basis.planned:
        yield Paragraph(
            f"{basis.planned} provisions of these papers are not carried out yet and may matter: they are listed by "
            f"paripassu coverage {made.deal} planned.", "warn"
        )
    yield Table(
        "Papers cited", ("short name", "paper", "date"),
        tuple((one.name, one.title, one.date) for one in made.papers), folded=True,
    )
    yield Table(
        "Assumptions", ("date", "what is assumed", "who says so", "grade"),
        tuple((one.day, one.says, one.source, one.grade.label) for one in basis.assumptions),
        empty="None: every figure recorded is from a filing, the public record or a paper received.",
    )


def _today(made: Statement) -> Iterable[Block]:
    """The answers first, each in a sentence."""
    for right in made.conversions:
        yield _conversion_sentence(made, right)
    yield from exercise_sentences(made)
    owed = [line for line in made.obligations if line.outstanding]
    breached = [line for line in owed if line.status == "breached"]
    if breached:
        yield Paragraph(f"Breached, {len(breached)} of the {len(owed)} outstanding duties: " + "; ".join(
            line.what for line in breached), "bad")
    else:
        count = "1 duty is" if len(owed) == 1 else f"{len(owed)} duties are"
        yield Paragraph(f"{count} outstanding, none breached." if owed else
                        "On the facts recorded nothing is owed.", "good")
    yield from (Paragraph(_interest_sentence(line), "bad") for line in owed if line.owes_interest)
    yield from lawful_sentences(made.lawful)
    if made.missing:
        waits = ", ".join(sorted({_missing_name(one.name) for one in made.missing}))
        yield Paragraph(f"Undetermined for want of: {waits}.", "warn")


def _interest_sentence(line: ObligationLine) -> str:
    assert line.interest_unpaid is not None, "said only of a payment that owes interest"
    much = number(line.interest_unpaid.value, "usd")
    return f"Paid late, but the interest is unpaid: {line.what} ({line.id}), interest {much}."


def _conversion_sentence(made: Statement, right: ConversionRight) -> Paragraph:
    who = _party(made, right.holder)
    text = f"{who} holds {at_most(right.held)} preferred shares. {_worth(made, right)}"
    binding = [limit for limit in right.limits if limit.binds]
    if binding:
        limit = binding[0]
        text += f" Not all of them may be converted today: the {limit.words} binds"
        text += f", leaving room for {at_most(limit.room.value)} common shares ({at_most(limit.within)} preferred)."
        if not determined(limit.room.value):
            text += " How many exactly waits for what is listed as missing."
    elif right.convertible.value == right.held:
        text += " No limit binds."
    elif determined(right.convertible.value):
        text += f" {number(right.convertible.value, 'shares')} preferred may be converted today."
    else:
        fits = at_most(right.convertible.value)
        text += f" Whether a limit binds is undetermined: {fits} preferred may be converted."
    known = determined(right.convertible.value) and not binding
    return Paragraph(text, "plain" if known else "warn")


def _worth(made: Statement, right: ConversionRight) -> str:
    """What the shares held would convert into, and at which price."""
    everything = right.common_for_all.value
    prices = [one.value for one in made.prices if one.name == "conversion_price"]
    price: Any = prices[0] if len(prices) == 1 else None
    if not determined(everything):
        return "What they would convert into is undetermined."
    at = f" at a conversion price of {_about(price)}" if price is not None and determined(price) else ""
    return f"They would convert into {number(everything, 'shares')} common shares{at}."


def _about(price: Any) -> str:
    """A price in a sentence: exact where four places are, otherwise marked as rounded to four."""
    exact = is_whole(price * 10**4)
    return number(price, "usd per share") if exact else f"about ${fixed(price, 4)}"


def _party(made: Statement, short: str) -> str:
    return made.parties.get(short, short)


def _holdings(made: Statement) -> Iterable[Block]:
    yield Table(
        "Positions", ("holder", "security", "lot", "certificate", "quantity", "own price"),
        tuple(
            (_party(made, one.holder), one.asset, one.lot or "-", one.certificate or "-",
             Amount(one.quantity, "shares"),
             Amount(one.own_price, "usd per share") if one.own_price is not None else "-")
            for one in made.holdings
        ),
        empty="Nobody holds anything on the facts recorded.",
    )
    if made.certificates:
        yield from certificate_tables(made.certificates, made.parties)
    if made.exercises and not (made.accounts or made.conversions):
        return
    yield Table(
        "Accounts allocated to holders", ("account", "holder", "left", "used"),
        tuple(
            (one.account, _party(made, one.holder), Amount(one.balance, "shares"),
             Amount(one.used, "shares"))
            for one in made.accounts
        ),
    )


def _conversions(made: Statement) -> Iterable[Block]:
    for right in made.conversions:
        rows: list[tuple[Cell, ...]] = [
            (limit.words, limit.room, Amount(limit.within, "shares"), limit.citation,
             Mark("binds", "warn") if limit.binds else Mark("does not bind", "plain") if determined(limit.within)
             else Mark("undetermined", "warn"))
            for limit in right.limits
        ]
        rows.append(("all shares held, without limits", right.common_for_all, Amount(right.held, "shares"),
                     right.common_for_all.citation, None))
        rows.append(("what may be converted today", right.common, right.convertible, right.citation, None))
        yield Table(
            _party(made, right.holder),
            ("", "common shares", "preferred shares", "section", ""), tuple(rows),
            note="Each limit is tested as if the other did not exist; a conversion is cut to whole preferred shares.",
        )
    if not made.conversions:
        yield Paragraph("No convertible security is outstanding.")


def _price_label(figure: Figure, made: Statement) -> str:
    """A figure's name, with the lots it is of where there are several of the name."""
    label = LABELS.get(figure.name, figure.name.replace("_", " "))
    lots = made.lots_of(figure)
    return f"{label} of {lots}" if lots else label


def _prices(made: Statement, prices: tuple[PricePoint, ...]) -> Iterable[Block]:
    yield Table(
        "In force", ("figure", "value", "section", "grade"),
        tuple((_price_label(one, made), one, one.citation, one.grade.label) for one in made.prices),
    )
    if made.price_break_even:
        yield Paragraph(break_even_words(made.price_break_even, "usd per share"), "warn")
    if prices:
        labels = ("closing bid", "fixed price", "variable price", "price in effect")
        columns = zip(*((one.closing_bid, one.fixed, one.variable, one.applicable) for one in prices), strict=True)
        series = tuple(
            Series(label, tuple(zip((one.day for one in prices), values, strict=True)))
            for label, values in zip(labels, columns, strict=True)
        )
        yield Chart("Prices by trading day", "usd per share", series,
                    "A gap is a day for which the closing bids needed are not known, or on which lots differ in price.")


def break_even_words(found: BreakEven, unit: str) -> str:
    """A break-even as a sentence."""
    unknown = LABELS.get(found.unknown, found.unknown.replace("_", " ")).lower()
    threshold = number(_to_six_places(found.threshold), "usd per share")
    if isinstance(found.above, bool):
        return f"{'yes' if found.above else 'no'}, unless the {unknown} was below {threshold}"
    return f"{number(found.above, unit)} unless the {unknown} was below {threshold}"


def _to_six_places(value: Any) -> Any:
    return ratio(whole_nearest(value * 10**6), 10**6)


def _obligations(made: Statement) -> Block:
    rows = []
    disputed = {one.of for one in made.beside.agreed.disputed}
    for one in (line for line in made.obligations if not _never_owed(line)):
        due: Cell = one.due if one.due else (f"waits for {one.awaits.replace('_', ' ')}" if one.awaits else "-")
        marks = (", late" if one.late else "") + (", interest unpaid" if one.owes_interest else "") + (
            ", disputed" if one.id in disputed else "")
        status = Mark(one.status + marks, "bad" if one.owes_interest else TONES[one.status])
        grows = Amount(one.grows, one.amount.unit) if one.grows is not None and one.amount else "-"
        who = f"{_party(made, one.debtor)} to {_party(made, one.creditor)}"
        rows.append((
            f"{one.what} ({one.id})", who, one.amount if one.amount else "-",
            Amount(one.paid, "usd") if one.paid is not None else "-", due, status,
            one.interest_unpaid if one.interest_unpaid else "-", grows, one.citation,
        ))
    columns = ("what (name)", "who to whom", "amount", "paid", "due", "status", "interest unpaid", "grows a day",
               "section")
    return Table("Duties", columns, tuple(rows), empty="None on the facts recorded.")


def _never_owed(line: ObligationLine) -> bool:
    """An amount that ended at nothing and of which nothing was paid."""
    nothing = line.amount is not None and determined(line.amount.value) and line.amount.value == 0
    return nothing and line.status == "lapsed" and line.paid is None


def _rights(made: Statement) -> Block:
    open_to = (("conversion", made.conversions), ("exercise", made.exercises))
    besides = [word for word, rights in open_to if rights]
    return Table(
        "Elections", ("holder", "right", "because of", "since", "up to", "section"),
        tuple(
            (_party(made, one.holder), one.right.replace("_", " "), one.subject, one.since,
             one.quantity if one.quantity else "-", one.citation)
            for one in made.rights
        ),
        empty=f"None besides {' and '.join(besides) or 'conversion'}.",
    )


def _tests(made: Statement) -> Block:
    return Table(
        "Days on which an answer held", ("test", "of", "from", "through", "answer", "what settles it", "section"),
        tuple(
            (one.words, _party(made, one.subject) or "all holders", one.first, one.last,
             Mark(one.answer, TONES[one.answer]), _settles(one), one.citation)
            for one in made.tests
        ),
        empty="No test has begun.",
        note="Tested at the close of every trading day; only days on which the answer changes are kept.",
    )


def _settles(span: TestSpan) -> str:
    if span.answer != "undetermined":
        return "-"
    if span.break_even is None:
        return "the missing prices"
    return f"on {span.last}: {break_even_words(span.break_even, 'usd per share')}"


def _missing(made: Statement) -> Block:
    rows = []
    for one in made.missing:
        spans = "; ".join(
            f"{span.first} to {span.last} ({span.days} days)" if span.days > 1 else f"{span.first}"
            for span in one.spans
        )
        subject = _party(made, one.subject)
        rows.append((_missing_name(one.name), subject or "-", spans or "-", "; ".join(one.blocks), one.remedy))
    return Table(
        "What is missing", ("fact or price", "of", "days", "what waits for it", "remedy"), tuple(rows),
        empty="Nothing: every figure above is determined.",
    )


def _missing_name(name: str) -> str:
    return name.replace("_", " ")


def _diary(entries: tuple[DiaryEntry, ...], parties: Mapping[str, str]) -> Table:
    return Table(
        "Diary", ("by", "time", "what", "who", "if missed", "section"),
        tuple(
            (one.day or f"waits for {one.waits_for.replace('_', ' ')}", one.time or "-", one.what,
             parties.get(one.who, one.who) or "-", one.or_else or "-", one.citation)
            for one in entries
        ),
        empty="Nothing is scheduled on the facts recorded.",
    )


def diary_sheet(made: Statement) -> Sheet:
    """The diary by itself."""
    return Sheet(made.title, f"Diary after {made.as_of}", (Section("Due next", (_diary(made.diary, made.parties),)),))


def names_sheet(rows: list[dict[str, str]]) -> Sheet:
    """Every figure that can be asked, with what must be named to ask it."""
    columns = ("name", "of", "unit", "section", "meaning")
    cells = tuple(tuple(row[column] for column in columns) for row in rows)
    return Sheet("Figures", "What can be asked with figure and explain", (
        Section("Names", (Table("Names", columns, cells),)),))


def _timeline(made: Statement) -> Block:
    tones = {"fact": "plain", "event": "event", "refusal": "warn"}
    past = [
        Milestone(one.day, one.words, "bad" if one.name.startswith(ADVERSE) else tones[one.kind], one.citation)
        for one in made.events
    ]
    coming = [
        Milestone(one.day, one.what, "due", one.citation) for one in made.diary if one.day is not None
    ]
    return Timeline("Timeline", made.as_of, tuple(sorted([*past, *coming], key=lambda one: one.day)))


def _events(made: Statement) -> Block:
    return Table(
        "Facts, events and refusals", ("date", "kind", "what", "subject", "section"),
        tuple((one.day, one.kind, one.words, one.subject or "-", one.citation) for one in made.events),
        folded=True,
    )


def _readings(made: Statement) -> Block:
    return Table(
        "Questions the words leave open", ("reading", "question", "alternative in force", "chosen by", "because"),
        tuple((one.reading, one.question, one.alternative, one.chosen_by, one.reason)
              for one in made.basis.readings),
        folded=True,
    )
