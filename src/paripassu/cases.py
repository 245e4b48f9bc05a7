"""Worked cases: given facts and prices, when a date comes, then figures, duties and events.

Expected values are typed from the specification or worked by hand, never copied from the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Agreement, Choice
from paripassu.loading import Source
from paripassu.replay import Replayed, replay
from paripassu.values.arithmetic import Rational, rational
from paripassu.values.calendars import Calendars
from paripassu.values.dates import parse_date
from paripassu.values.facts import Fact, fact_from
from paripassu.values.market import Market, Observation
from paripassu.values.grades import Grade
from paripassu.values.problems import Place, Problem, ProblemKind
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
_GIVEN = {"instrument", "closing", "holders", "facts", "prices", "readings"}
_THEN = {
    "figure", "obligation", "occurred", "absent", "refused", "position", "at", "on", "given", "equals", "shows",
    "status", "due", "literal", "note", "late", "subject", "undetermined", "lot",
}


def cases_of(source: Source) -> list[Case]:
    """The cases of a file; raises Problem UNKNOWN_KEY, MISSING_KEY, BAD_DATE with file and line."""
    cases = []
    for index, raw in enumerate(source.value):
        _check(source, (index,), raw, _CASE, {"id", "entry", "title", "when", "then"})
        _check(source, (index, "given"), raw.get("given", {}), _GIVEN, set())
        for number, expected in enumerate(raw["then"]):
            _check(source, (index, "then", number), expected, _THEN, set())
        cases.append(
            Case(raw["id"], raw["entry"], raw["title"], raw.get("given", {}), parse_date(raw["when"]), raw["then"],
                 source.place(index))
        )
    return cases


def _check(source: Source, path: tuple[str | int, ...], raw: Any, allowed: set[str], required: set[str]) -> None:
    for key in raw:
        if key not in allowed:
            raise Problem(
                ProblemKind.UNKNOWN_KEY, f"{key!r} is not a key of a case", "use " + ", ".join(sorted(allowed)),
                source.place(*path, key),
            )
    for key in sorted(required - set(raw)):
        raise Problem(ProblemKind.MISSING_KEY, f"{key!r} is missing in a case", f"add {key}:", source.place(*path))


def run_case(case: Case, agreement: Agreement, calendars: Calendars) -> list[Outcome]:
    """Replay what is given through the date and compare everything expected."""
    instrument = case.given.get("instrument", next(iter(agreement.instruments)))
    choices = [
        Choice(reading, instrument, alternative, f"case {case.id}", "case")
        for reading, alternative in case.given.get("readings", {}).items()
    ]
    done = replay(
        agreement.with_choices(choices), list(_facts(case, instrument, agreement.zone)),
        Market(tuple(_prices(case)), calendars), case.when,
    )
    outcomes: list[Outcome] = []
    for expected in case.then:
        outcomes.extend(_compare(case, instrument, expected, done))
    return outcomes


def _facts(case: Case, instrument: str, zone: str) -> Iterable[Fact]:
    envelope = {"source": f"case {case.id}", "grade": Grade.ILLUSTRATIVE.label}
    closing = case.given.get("closing", CLOSING)
    for holder, shares in case.given.get("holders", {}).items():
        issued = {"kind": "issuance", "on": closing, "instrument": instrument, "holder": holder, "shares": shares,
                  "lot": f"{holder}-1", **envelope}
        yield fact_from(issued, zone, case.place)
    for raw in case.given.get("facts", []):
        yield fact_from({**envelope, **raw}, zone, case.place)


def _prices(case: Case) -> Iterable[Observation]:
    for day, price in case.given.get("prices", {}).items():
        for number, quoted in enumerate(price if isinstance(price, list) else [price]):
            observable = "pink_sheet_bid" if isinstance(price, list) else "closing_bid"
            yield Observation(
                observable, parse_date(day), rational(quoted), f"case {case.id}", Grade.ILLUSTRATIVE, quoted,
                str(number) if isinstance(price, list) else "",
            )


def _compare(case: Case, instrument: str, expected: Mapping[str, Any], done: Replayed) -> Iterable[Outcome]:
    state = done.state
    if "figure" in expected:
        yield from _compare_figure(case, instrument, expected, done)
    elif "obligation" in expected:
        owed = state.get(("obligation", expected["obligation"]))
        for key in ("status", "due", "late"):
            if key in expected:
                found = "none" if owed is None else str(getattr(owed, key)).lower()
                yield Outcome(case, f"{expected['obligation']} {key}", str(expected[key]).lower(), found)
    elif "position" in expected:
        holder, asset = expected["position"], expected.get("at", instrument)
        found = state.total(asset, holder) if "lot" not in expected else state.position(asset, holder, expected["lot"])
        yield Outcome(case, f"{asset} of {holder}", str(rational(expected["equals"])), str(found))
    elif "refused" in expected:
        refusal = state.get(("refused", expected["refused"], expected["subject"]))
        yield Outcome(case, f"{expected['refused']} {expected['subject']} refused", "yes", "yes" if refusal else "no")
    else:
        yield _compare_event(case, expected, done)


def _compare_event(case: Case, expected: Mapping[str, Any], done: Replayed) -> Outcome:
    name = expected.get("occurred") or expected["absent"]
    subjects = {
        key[2]: done.state.moments[done.state.histories[key][0][0]].date.isoformat()
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
    if "equals" in expected:
        yield Outcome(case, name, _canonical(expected["equals"]), _plain(value))
    if "shows" in expected:
        yield Outcome(case, name, expected["shows"], shown(value, expected["shows"]))


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
    return str(value).lower() if isinstance(value, bool | date) else str(value)


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
