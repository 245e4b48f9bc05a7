"""How numbers are printed: exactly where the number ends, with the places its unit asks for otherwise."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from paripassu.values.arithmetic import ONE, Rational, is_whole, rational
from paripassu.values.undetermined import LARGEST, SMALLEST, Undetermined, Unlimited

EXACT = ONE.__class__
"""What most values are, asked first; whole numbers of Python and all else are looked at after it."""

PLACES = {"usd": 2, "usd per share": 8, "shares": 4, "shares per share": 8, "a year": 6, "a day": 6, "years": 8}


def fixed(value: Rational, places: int) -> str:
    """A number with so many decimal places, the last rounded half away from zero; exact where it can be."""
    scaled = abs(value) * 10**places
    units = int((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator))
    text = str(units).rjust(places + 1, "0")
    sign = "-" if value < 0 and units else ""
    return sign + (f"{text[:-places]}.{text[-places:]}" if places else text)


def exact(value: Rational) -> str:
    """A number as other programs read it: as many decimals as it has, or the fraction where they do not end."""
    found = next((fixed(value, places) for places in range(13) if is_whole(value * 10**places)), "")
    return found or f"{value.numerator}/{value.denominator}"


def grouped(digits: str) -> str:
    """Thousands separators in the whole part."""
    whole, point, decimals = digits.partition(".")
    return f"{int(whole):,}" + point + decimals if whole not in ("-0", "-") else digits


def unit_words(unit: str) -> str:
    """The unit printed behind a value; dollars stand before it, dates and answers need none."""
    if unit in ("date", "calendar", "yes or no", "usd", "second of the day", "instant", "zone"):
        return ""
    return unit.removeprefix("usd ") if unit.startswith("usd ") and "days" not in unit else unit


def number(value: Any, unit: str) -> str:
    """A value as people read it: dollars to the cent, prices to as many places as they have (at most eight).

    A number that does not end within its places is marked with an ellipsis; what is undetermined shows its bounds.
    """
    if value.__class__ is EXACT:
        return _number(value, unit)
    if value is None:
        return "-"
    if isinstance(value, Undetermined):
        return _undetermined(value, unit)
    if isinstance(value, Unlimited):
        return "no limit"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(number(one, unit) for one in value) or "none"
    try:
        return _number(rational(value) if isinstance(value, int) else value, unit)
    except (AttributeError, TypeError):
        return str(getattr(value, "name", value))


def _number(value: Rational, unit: str) -> str:
    if unit == "second of the day":
        minutes, seconds = divmod(int(value), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    dollars = _sign_before(unit)
    if dollars and value < 0:
        owed = _number(-value, unit)
        return owed if owed == "$0.00" else f"-{owed}"
    if unit == "usd":
        return dollars + grouped(fixed(value, 2))
    if is_whole(value):
        return f"{dollars}{int(value.numerator):,}" + (".00" if dollars else "")
    places = PLACES.get(unit, 8)
    text = fixed(value, places)
    if 10**places % value.denominator == 0:
        text = text.rstrip("0")
        whole, _, decimals = text.partition(".")
        return dollars + grouped(f"{whole}.{decimals.ljust(2, '0')}" if dollars else text)
    return dollars + grouped(text) + "…"


@cache
def _sign_before(unit: str) -> str:
    return "$" if unit.startswith("usd") and "days" not in unit else ""


def _undetermined(value: Undetermined, unit: str) -> str:
    if unit == "yes or no" or isinstance(value.low, tuple):
        return "undetermined"  # the ends of a list say little, each of its parts is shown by itself
    unbounded_below = value.low is None or 0 < value.low <= SMALLEST * 1000
    low = None if unbounded_below else value.low
    high = None if value.high is None or value.high >= LARGEST / 1000 else value.high
    if low is not None and high is not None:
        return f"undetermined, between {number(low, unit)} and {number(high, unit)}"
    if high is not None:
        return f"undetermined, at most {number(high, unit)}"
    if low is not None and low != 0:
        return f"undetermined, at least {number(low, unit)}"
    return "undetermined"
