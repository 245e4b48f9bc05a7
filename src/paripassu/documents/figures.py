"""Amounts, percentages, dates and periods, as the paper prints them and as exact values."""

from __future__ import annotations

from datetime import date

from paripassu.documents.model import Amount, DateMention, Percentage, Period
from paripassu.documents.number_words import CARDINALS, ORDINALS
from paripassu.documents.patterns import compiled, words
from paripassu.documents.places import Places

_AMOUNT = compiled(
    r"(?P<sign>US\$|C\$|\$|£|€) ?(?P<figure>\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,8})?|\d{1,15}(?:\.\d{1,8})?|\.\d{1,8})"
    r"(?: (?P<scale>thousand|million|billion))?"
)
_PERCENT = compiled(r"(?P<figure>\d{1,6}(?:\.\d{1,8})?|\.\d{1,8})(?: ?%|\)? per ?cent\b)")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = compiled(rf"(?i)\b(?P<month>{'|'.join(_MONTH_NAMES)}) (?P<day>\d{{1,2}}), ?(?P<year>\d{{4}})\b")
_SLASHED = compiled(r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\b")
_UNITS = r"(?P<unit>days?|weeks?|months?|years?|hours?|minutes?)"
_KINDS = r"(?P<kind>(?:(?:consecutive|full|additional|calendar|business|trading|banking|working) ){0,3})"
_COUNTS = CARDINALS | {
    "zero": 0, "forty-five": 45, "one hundred": 100, "one hundred twenty": 120, "one hundred eighty": 180,
}  # fmt: skip
_PERIOD = compiled(
    r"(?i)\b(?:(?P<word>"
    + "|".join(sorted({*_COUNTS, *ORDINALS}, key=len, reverse=True))
    + r")(?: \((?P<both>\d{1,4})"
    rf"(?:st|nd|rd|th)?\))?|\(?(?P<figure>\d{{1,4}})(?:st|nd|rd|th)?\)?)[ -]{_KINDS}{_UNITS}\b"
)
_SCALES = {"": 0, "thousand": 3, "million": 6, "billion": 9}
_CURRENCIES = {"$": "USD", "US$": "USD", "C$": "CAD", "£": "GBP", "€": "EUR"}


def amounts(places: Places) -> list[Amount]:
    """Every sum of money, with its figure as an exact decimal text in whole units of the currency."""
    found: list[Amount] = []
    for match in _AMOUNT.finditer(places.document.folded.text):
        figure = words(match, "figure").replace(",", "")
        digits = shifted(figure, _SCALES[words(match, "scale")])
        start, end = match.start(), match.end()
        currency = _CURRENCIES[words(match, "sign")]
        found.append(Amount(digits, currency, places.span(start, end), places.path_of(start, end)))
    return found


def shifted(digits: str, places: int) -> str:
    """Decimal digits multiplied by a power of ten, exactly, as text: shifted("7.5", 6) is "7500000"."""
    whole, _, part = digits.partition(".")
    part = part.ljust(places, "0")
    number = (whole + part[:places]).lstrip("0") or "0"
    rest = part[places:].rstrip("0") if places else part
    return f"{number}.{rest}" if rest else number


def percentages(places: Places) -> list[Percentage]:
    """Every percentage, by its figure before "%" or "percent"."""
    found: list[Percentage] = []
    for match in _PERCENT.finditer(places.document.folded.text):
        start, end = match.start(), match.end()
        digits = shifted(words(match, "figure"), 0)
        found.append(Percentage(digits, places.span(start, end), places.path_of(start, end)))
    return found


def dates(places: Places) -> list[DateMention]:
    """Every date with month, day and year; ``iso`` is None for a day the month does not have."""
    text = places.document.folded.text
    found: list[DateMention] = []
    for match in _DATE.finditer(text):
        month = _MONTH_NAMES.index(words(match, "month").capitalize()) + 1
        found.append(_date(places, month, words(match, "day"), words(match, "year"), match.start(), match.end()))
    for match in _SLASHED.finditer(text):
        month = int(words(match, "month"))
        found.append(_date(places, month, words(match, "day"), words(match, "year"), match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.span)


def _date(places: Places, month: int, day: str, year: str, start: int, end: int) -> DateMention:
    try:
        iso = date(int(year), month, int(day)).isoformat()
    except ValueError:
        iso = None
    return DateMention(iso, places.span(start, end), places.path_of(start, end))


def periods(places: Places) -> list[Period]:
    """Every length of time with a count: "five (5) business days", "the sixtieth (60th) day", "two years".

    Where word and figure differ the figure is given; the difference is for a proofreader to report.
    """
    found: list[Period] = []
    for match in _PERIOD.finditer(places.document.folded.text):
        word = words(match, "word").lower()
        figure = words(match, "both") or words(match, "figure")
        count = int(figure) if figure else _COUNTS.get(word, ORDINALS.get(word, 0))
        kind = [part for part in words(match, "kind").lower().split() if part in ("business", "trading", "calendar")]
        unit = " ".join([*kind, words(match, "unit").lower().rstrip("s")])
        start, end = match.start(), match.end()
        found.append(Period(count, unit, places.span(start, end), places.path_of(start, end)))
    return found
