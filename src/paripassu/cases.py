"""Worked cases: given facts and prices, when a date comes, then figures, duties and events.

Expected values are typed from the specification or worked by hand, never copied from the program. Three short forms
keep a case readable: ``holders`` issues one lot to each at the closing, ``outstanding`` reports the shares outstanding
then and that no holder owns any, ``flat`` gives every trading day from one date to another the same closing bid.
``observed`` gives any observable: a price, several quotations of a day, or the prints of a day as [time, price, size].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.admitting import admitted
from paripassu.agreement import Agreement, Choice
from paripassu.loading import Source
from paripassu.replay import Replayed, replay
from paripassu.values.arithmetic import Rational, rational
from paripassu.values.calendars import Calendars
from paripassu.values.dates import Instant, parse_date
from paripassu.values.facts import Fact, fact_from
from paripassu.values.grades import Grade
from paripassu.values.market import TAPES, TRADING_CALENDAR, Market, Observation, check_day
from paripassu.values.prints import ZONE
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.reading_prints import tapes_of
from paripassu.values.undetermined import determined

CLOSING = "1998-12-18"


@dataclass(frozen=True)
class Case:
    """One worked case of a deal."""

    id: str
    entry: str
    title: str
    given: Mapping[str, Any]
    when: date
    then: Sequence[Mapping[str, Any]]
    place: Place


@dataclass(frozen=True)
class Outcome:
    """What a case expected of one thing, and what came."""

    case: Case
    what: str
    expected: str
    found: str

    @property
    def met(self) -> bool:
        """Whether the two agree."""
        return self.expected == self.found


_CASE = {"id", "entry", "title", "given", "when", "then"}
_GIVEN = {"instrument", "closing", "holders", "outstanding", "facts", "flat", "prices", "observed", "readings"}
_FLAT = {"from", "to", "bid"}
_ON_EVERY = {"entry", "literal", "note"}
_COMPARED = {"figure": {"equals", "shows", "undetermined"}, "obligation": {"status", "due", "late", "amount"},
             "position": {"equals", "shows"}}
"""Of what expectations compare, the keys of which at least one must be there: else nothing would be compared."""
_PLACED = {"figure": {"at", "on", "given"}, "position": {"at", "on", "lot"}, "refused": {"subject", "equals"},
           "occurred": {"subject", "on"}}
_KINDS = ("figure", "obligation", "occurred", "absent", "refused", "position", "problem")


def cases_of(source: Source) -> list[Case]:
    """The cases of a file; raises Problem UNKNOWN_KEY, MISSING_KEY, BAD_DATE with file and line."""
    cases = []
    for index, raw in enumerate(source.value):
        _check(source, (index,), raw, _CASE, {"id", "entry", "title", "when", "then"})
        _check(source, (index, "given"), raw.get("given", {}), _GIVEN, set())
        for number, flat in enumerate(raw.get("given", {}).get("flat", [])):
            _check(source, (index, "given", "flat", number), flat, _FLAT, _FLAT)
        for number, expected in enumerate(raw["then"]):
            _check_expected(source, (index, "then", number), expected)
        when = _date(source, index, raw["when"])
        case = Case(raw["id"], raw["entry"], raw["title"], raw.get("given", {}), when, raw["then"], source.place(index))
        cases.append(case)
    return cases


def _date(source: Source, index: int, text: str) -> date:
    try:
        return parse_date(text)
    except Problem as problem:
        raise problem.at(source.place(index, "when")) from None


def _check(source: Source, path: tuple[str | int, ...], raw: Any, allowed: set[str], required: set[str]) -> None:
    for key in raw:
        if key not in allowed:
            raise Problem(
                ProblemKind.UNKNOWN_KEY, f"{key!r} is not a key of a case", "use " + ", ".join(sorted(allowed)),
                source.place(*path, key),
            )
    for key in sorted(required - set(raw)):
        raise Problem(ProblemKind.MISSING_KEY, f"{key!r} is missing in a case", f"add {key}:", source.place(*path))


def _check_expected(source: Source, path: tuple[str | int, ...], expected: Mapping[str, Any]) -> None:
    about = [kind for kind in _KINDS if kind in expected]
    if len(about) != 1:
        raise Problem(
            ProblemKind.MISSING_KEY, "an expectation that does not say what it is about", "use one of "
            + ", ".join(_KINDS), source.place(*path),
        )
    kind = about[0]
    compared = _COMPARED.get(kind, set())
    _check(source, path, expected, {kind} | compared | _PLACED.get(kind, set()) | _ON_EVERY, set())
    if compared and not compared & set(expected):
        raise Problem(
            ProblemKind.MISSING_KEY, f"an expectation of the {kind} {expected[kind]} that compares nothing",
            "add one of " + ", ".join(sorted(compared)), source.place(*path),
        )


def run_case(case: Case, agreement: Agreement, calendars: Calendars) -> list[Outcome]:
    """Replay what is given through the date and compare everything expected."""
    instrument = instrument_of(case, agreement)
    wanted = [expected["problem"] for expected in case.then if "problem" in expected]
    try:
        done = replay_case(case, agreement, calendars)
    except Problem as problem:
        if not wanted:
            raise
        return [Outcome(case, "problem", wanted[0], problem.kind.code)]
    outcomes: list[Outcome] = []
    for expected in case.then:
        outcomes.extend(_compare(case, instrument, expected, done))
    return outcomes


def instrument_of(case: Case, agreement: Agreement) -> str:
    """The instrument a case is about: the one it names, else the deal's first."""
    return str(case.given.get("instrument", next(iter(agreement.instruments))))


def replay_case(case: Case, agreement: Agreement, calendars: Calendars) -> Replayed:
    """Replay what a case gives through its date; raises Problem where what it gives is unfit."""
    instrument = instrument_of(case, agreement)
    choices = [
        Choice(reading, instrument, alternative, f"case {case.id}", "case")
        for reading, alternative in case.given.get("readings", {}).items()
    ]
    return replay(
        agreement.with_choices(choices), list(_facts(case, instrument, agreement.zone)),
        _market(case, calendars), case.when,
    )


def check_cases(source: Source, agreement: Agreement, calendars: Calendars) -> None:
    """Raise the Problem of a case whose facts or prices are unfit, unless a problem is what it expects."""
    for case in cases_of(source):
        if not any("problem" in expected for expected in case.then):
            _market(case, calendars)
            admitted(agreement, list(_facts(case, instrument_of(case, agreement), agreement.zone)), calendars)


def _facts(case: Case, instrument: str, zone: str) -> Iterable[Fact]:
    closing = case.given.get("closing", CLOSING)
    rows: list[dict[str, Any]] = []
    for holder, shares in case.given.get("holders", {}).items():
        rows.append({"kind": "issuance", "on": closing, "instrument": instrument, "holder": holder, "shares": shares,
                     "lot": f"{holder}-1"})
    if "outstanding" in case.given:
        rows.append({"kind": "shares_outstanding", "on": closing, "shares": case.given["outstanding"]})
        rows.extend(
            {"kind": "beneficial_ownership", "on": closing, "holder": holder, "owned": "0", "acquirable": "0"}
            for holder in case.given.get("holders", {})
        )
    envelope = {"source": f"case {case.id}", "grade": Grade.ILLUSTRATIVE.label}
    for raw in (*rows, *case.given.get("facts", [])):
        yield fact_from({**envelope, **raw}, zone, case.place)


def _market(case: Case, calendars: Calendars) -> Market:
    """The prices of a case with the calendars; raises what ``check_day`` raises, with the place of the case."""
    observed = tuple(_prices(case, calendars))
    for one in observed:
        try:
            check_day(one.observable, one.day, calendars)
        except Problem as problem:
            raise problem.at(case.place) from None
    return Market(observed, calendars)


def _prices(case: Case, calendars: Calendars) -> Iterable[Observation]:
    """The bids given, or another observable by name; a day may be taken out of a flat run again by the word none."""
    prices: dict[str, Any] = {}
    for flat in case.given.get("flat", []):
        days = calendars.get(TRADING_CALENDAR).between(parse_date(flat["from"]), parse_date(flat["to"]))
        prices.update({day.isoformat(): flat["bid"] for day in days})
    prices.update(case.given.get("prices", {}))
    for day, price in prices.items():
        if isinstance(price, list):
            for number, quoted in enumerate(price):
                yield _observed(case, "pink_sheet_bid", day, quoted, str(number))
        elif isinstance(price, Mapping):
            for observable, quoted in price.items():
                yield _observed(case, observable, day, quoted, "")
        elif price != "none":
            yield _observed(case, "closing_bid", day, price, "")
    for observable, days in case.given.get("observed", {}).items():
        for day, seen in days.items():
            if observable in TAPES:
                yield _tape(case, observable, day, seen)
            else:
                for number, quoted in enumerate(seen if isinstance(seen, list) else [seen]):
                    yield _observed(case, observable, day, quoted, str(number))


def _observed(case: Case, observable: str, day: str, quoted: str, by: str) -> Observation:
    return Observation(
        observable, parse_date(day), rational(quoted), f"case {case.id}", Grade.ILLUSTRATIVE, quoted, by
    )


def _tape(case: Case, observable: str, day: str, prints: Sequence[Sequence[str]]) -> Observation:
    cells = [(f"{day} {clock} {ZONE}", price, size, "".join(said)) for clock, price, size, *said in prints]
    lines, columns = range(1, len(cells) + 1), tuple(zip(*cells, strict=True))
    ((_, tape),) = tapes_of(lines, columns, f"case {case.id}", on_exchange=TAPES[observable], headings={})
    return Observation(observable, parse_date(day), tape, f"case {case.id}", Grade.ILLUSTRATIVE)


def _compare(case: Case, instrument: str, expected: Mapping[str, Any], done: Replayed) -> Iterable[Outcome]:
    state = done.state
    if "figure" in expected:
        yield from _compare_figure(case, instrument, expected, done)
    elif "obligation" in expected:
        yield from _compare_obligation(case, instrument, expected, done)
    elif "position" in expected:
        holder, asset = expected["position"], expected.get("at", instrument)
        place = state.place_at_end_of(parse_date(expected["on"])) if "on" in expected else None
        found = state.position(asset, holder, expected.get("lot", ""), place)
        yield from _compare_value(case, f"{asset} of {holder}", expected, found)
    elif "refused" in expected:
        refusal = state.get(("refused", expected["refused"], expected["subject"]))
        what = f"{expected['refused']} {expected['subject']} refused"
        yield Outcome(case, what, expected.get("equals", "yes"), "yes" if refusal else "no")
    elif "problem" in expected:
        yield Outcome(case, "problem", expected["problem"], "none")
    else:
        yield _compare_event(case, expected, done)


def _compare_obligation(case: Case, instrument: str, expected: Mapping[str, Any], done: Replayed) -> Iterable[Outcome]:
    name = expected["obligation"]
    owed = done.state.get(("obligation", name))
    for key in ("status", "due", "late"):
        if key in expected:
            found = "none" if owed is None else str(getattr(owed, key)).lower()
            yield Outcome(case, f"{name} {key}", str(expected[key]).lower(), found)
    if "amount" in expected:
        amount = None if owed is None else done.names[instrument](owed.amount, **owed.at)
        yield Outcome(case, f"{name} amount", expected["amount"],
                      "none" if amount is None else shown(amount, expected["amount"]))


def _compare_event(case: Case, expected: Mapping[str, Any], done: Replayed) -> Outcome:
    name = expected.get("occurred") or expected["absent"]
    subjects = {
        key[2]: done.state.records.moments[done.state.steps(key)[0][0]].date.isoformat()
        for key in done.state.keys("occurred") if key[1] == name
    }
    if "absent" in expected:
        return Outcome(case, f"{name} absent", "none", ", ".join(subjects) or "none")
    wanted = expected.get("subject")
    found = subjects.get(wanted) if wanted else next(iter(subjects.values()), None)
    return Outcome(case, f"{name} {wanted or ''}".strip(), expected.get("on", found or "occurred"), found or "none")


def _compare_figure(case: Case, instrument: str, expected: Mapping[str, Any], done: Replayed) -> Iterable[Outcome]:
    name = expected["figure"]
    on = parse_date(expected["on"]) if "on" in expected else None
    given = {key: given_value(value) for key, value in expected.get("given", {}).items()}
    value = done.names[instrument](name, on=on, given=given, **expected.get("at", {}))
    if "undetermined" in expected:
        yield Outcome(case, name, "undetermined", "determined" if determined(value) else "undetermined")
        return
    yield from _compare_value(case, name, expected, value)


def _compare_value(case: Case, what: str, expected: Mapping[str, Any], value: Any) -> Iterable[Outcome]:
    """Exactly, as printed, or both."""
    if "equals" in expected:
        yield Outcome(case, what, _canonical(expected["equals"]), _plain(value))
    if "shows" in expected:
        yield Outcome(case, what, expected["shows"], shown(value, expected["shows"]))


def given_value(raw: Any) -> Any:
    """A value given for a name: a number, a date, or pairs such as {lot: quantity}."""
    if isinstance(raw, Mapping):
        return tuple((key, rational(quantity)) for key, quantity in raw.items())
    if isinstance(raw, list):
        return tuple(given_value(one) for one in raw)
    try:
        return parse_date(raw)
    except Problem:
        return rational(raw)


def _canonical(text: str) -> str:
    try:
        return str(rational(text))
    except Problem:
        return text.lower()


def _plain(value: Any) -> str:
    if not determined(value):
        return "undetermined"
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value)
    return str(value).lower() if isinstance(value, bool | date | Instant) else str(value)


def shown(value: Any, like: str) -> str:
    """The number rounded (half up) to as many places as the expected text has, with its separators."""
    if not determined(value) or isinstance(value, bool | date | tuple):
        return _plain(value)
    bare = like.replace(",", "").lstrip("$")
    places = len(bare.partition(".")[2])
    digits = fixed(rational(value), places)
    whole, _, decimals = digits.partition(".")
    if "," in like:
        whole = f"{int(whole):,}"
    return ("$" if like.startswith("$") else "") + whole + (f".{decimals}" if decimals else "")


def fixed(value: Rational, places: int) -> str:
    """A number with so many decimal places, the last rounded half away from zero; exact where it can be."""
    scaled = abs(value) * 10**places
    units = int((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    text = str(units).rjust(places + 1, "0")
    sign = "-" if value < 0 and units else ""
    return sign + (f"{text[:-places]}.{text[-places:]}" if places else text)
