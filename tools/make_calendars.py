"""Make the pinned calendars from the maintained libraries and cross-check them against one another.

Run without arguments to write ``src/paripassu/data/calendars/*.csv``; with ``--check`` to compare instead. The
exit status is 1 when a file differs from what would be made (the line naming the versions of the libraries
aside) and 2 when the libraries disagree in a way that is not resolved below. Needs the extra ``calendars``.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path

import exchange_calendars
import holidays
import pandas_market_calendars
from pandas.tseries import holiday as rules

FIRST = date(1990, 1, 1)
LAST = date(2035, 12, 31)
YEARS = range(FIRST.year, LAST.year + 1)
PROJECTED_FROM = date(2027, 1, 1)
FOLDER = Path(__file__).resolve().parent.parent / "src" / "paripassu" / "data" / "calendars"
SOURCES = ("exchange_calendars", "pandas_market_calendars", "holidays", "pandas")
SOURCES_LINE = "# sources:"

# Whole-day closings of the executive departments by executive order that the library does not list. Sources: 59
# FR 21915 (mourning for Richard Nixon); memorandum of the Office of Personnel Management of 25 November 1997.
ORDERED_CLOSINGS = {
    date(1994, 4, 27): "Funeral of former President Richard M. Nixon (executive order)",
    date(1997, 12, 26): "Day After Christmas (executive order)",
}
ORDERED_NAMES = ("Christmas Eve", "Day After Christmas", "National Day of Mourning")

HEADERS = {
    "us-exchange": (
        "Days with a regular session of the New York Stock Exchange and the Nasdaq market, shortened sessions",
        "included.",
    ),
    "us-banks": (
        "Days on which the Federal Reserve Banks are open: a holiday on a Saturday is not moved, one on a Sunday",
        "is kept on Monday. Days on which only the exchanges or the federal offices closed are open.",
    ),
    "us-banks-new-york": (
        "us-banks less the further public holidays of New York General Construction Law section 24, in every",
        "year: 12 February (kept on Monday when a Sunday, not moved when a Saturday) and general election day",
        "(the Tuesday after the first Monday of November).",
    ),
    "us-federal": (
        "Days on which the federal offices are open (5 U.S.C. 6103; Executive Order 11582; a holiday on a",
        "Saturday is kept on Friday), less whole days closed by executive order, which the Securities and",
        "Exchange Commission treats as federal holidays. Half days, days off for weather, and the days of relief",
        "after 2001-09-11 and 2012-10-29 are open here.",
    ),
}
COMMON_HEADER = (
    "Saturdays and Sundays are closed and not listed; each line below the headings is one closed weekday.",
    f"From {PROJECTED_FROM} on, the days are a projection by the rules in force when the libraries were",
    "released; closings ordered later are not in it.",
    "Made by tools/make_calendars.py; do not edit.",
)

Closures = dict[date, str]


class DisagreementError(Exception):
    """The libraries say different things and nothing here says which is right."""


def weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def within(days: Mapping[date, str]) -> Closures:
    return {day: name for day, name in sorted(days.items()) if FIRST <= day <= LAST and day.weekday() < 5}


def require_equal(subject: str, one: Iterable[date], other: Iterable[date]) -> None:
    difference = sorted(set(one) ^ set(other))
    if difference:
        raise DisagreementError(f"{subject}: {', '.join(map(str, difference))}")


def report(subject: str, days: Iterable[date], why: str) -> None:
    print(f"{subject}\n  {', '.join(map(str, sorted(days))) or 'none'}\n  {why}")


def exchange() -> Closures:
    """Weekdays without a regular session of the New York Stock Exchange; three libraries must agree."""
    sessions = exchange_calendars.get_calendar("XNYS", start=str(FIRST), end=str(LAST)).sessions
    closed = set(weekdays(FIRST, LAST)) - {session.date() for session in sessions}
    for name in ("NYSE", "NASDAQ"):
        valid = pandas_market_calendars.get_calendar(name).valid_days(str(FIRST), str(LAST))
        others = set(weekdays(FIRST, LAST)) - {day.date() for day in valid}
        require_equal(f"exchange_calendars XNYS against pandas_market_calendars {name}", closed, others)
    named = within(holidays.financial_holidays("NYSE", years=YEARS))
    require_equal("exchange_calendars XNYS against holidays NYSE", closed, named)
    print("exchange days: exchange_calendars, pandas_market_calendars (NYSE, NASDAQ) and holidays agree")
    return named


def moved_from_sunday(days: Mapping[date, str]) -> Closures:
    """The Federal Reserve's rule: a holiday on a Sunday is kept on Monday, one on a Saturday is not moved."""
    moved: Closures = {}
    for day, name in days.items():
        if day.weekday() == 6:
            moved[day + timedelta(days=1)] = f"{name} (observed)"
        else:
            moved[day] = name
    return within(moved)


def banks() -> Closures:
    """Weekdays on which the Federal Reserve Banks are closed: 5 U.S.C. 6103(a) under their own rule."""
    closed = moved_from_sunday(dict(holidays.country_holidays("US", years=YEARS, observed=False)))
    require_equal("the Federal Reserve's rule on holidays US against pandas", closed, pandas_bank_days())
    known = {year: holidays.financial_holidays("FED", years=[year]) for year in YEARS}
    silent = [year for year in YEARS if not known[year]]
    listed = within({day: name for table in known.values() for day, name in table.items()})
    ruled = [day for day in closed if day.year not in silent]
    require_equal("the Federal Reserve's rule against holidays FED", listed, ruled)
    print(f"holidays FED is empty, without an error, for {', '.join(map(str, silent))}: the rule is used there")
    report(
        "holidays US closes these days, on which banks are open",
        set(within(holidays.country_holidays("US", years=YEARS))) - set(closed),
        "they precede a Saturday holiday, which the Federal Reserve Banks do not move",
    )
    return closed


def pandas_bank_days() -> set[date]:
    """The Federal Reserve's rule, written independently with the holiday rules of pandas."""

    def fixed(month: int, day: int, since: str | None = None) -> rules.Holiday:
        kept = rules.sunday_to_monday
        return rules.Holiday(f"{month}-{day}", month=month, day=day, observance=kept, start_date=since)

    calendar = rules.AbstractHolidayCalendar(
        name="banks",
        rules=[
            fixed(1, 1),
            rules.USMartinLutherKingJr,
            rules.USPresidentsDay,
            rules.USMemorialDay,
            fixed(6, 19, since="2021-06-19"),
            fixed(7, 4),
            rules.USLaborDay,
            rules.USColumbusDay,
            fixed(11, 11),
            rules.USThanksgivingDay,
            fixed(12, 25),
        ],
    )
    days = (stamp.date() for stamp in calendar.holidays(FIRST, LAST))
    return {day for day in days if day.weekday() < 5}


def banks_new_york(bank_days: Closures) -> Closures:
    """Bank days less the further public holidays of New York General Construction Law section 24.

    In every year: 12 February, kept on Monday when it is a Sunday and not moved when it is a Saturday, and
    general election day, the Tuesday after the first Monday of November (Election Law section 8-100).
    """
    lincoln = moved_from_sunday({date(year, 2, 12): "Lincoln's Birthday" for year in YEARS})
    election = within({general_election(year): "General election day" for year in YEARS})
    library = within(holidays.country_holidays("US", subdiv="NY", years=YEARS))
    known = {day for day, name in library.items() if "Lincoln" in name or name == "Election Day"}
    ours = {*lincoln, *election}
    report(
        "holidays NY closes these days, which section 24 does not name",
        known - ours,
        "it keeps 12 February on Friday when it is a Saturday; the statute moves only a Sunday",
    )
    report(
        "section 24 names these days, which holidays NY leaves open",
        ours - known,
        "the statute makes each general election day a public holiday, and one is held every November",
    )
    return within({**lincoln, **election, **bank_days})


def general_election(year: int) -> date:
    start = date(year, 11, 1)
    monday = start + timedelta(days=(7 - start.weekday()) % 7)
    return monday + timedelta(days=1)


def federal() -> Closures:
    """Days off of the federal offices by statute and, for whole days, by executive order."""
    named = within(holidays.country_holidays("US", years=YEARS, categories=("government",)))
    half = {day for day, name in named.items() if "half-day" in name}
    report("holidays US lists these half days", half, "left open: filings are accepted on a day worked in part")
    whole = {day: name for day, name in named.items() if day not in half}
    ordered = {day for day, name in whole.items() if name.startswith(ORDERED_NAMES)}
    by_statute = {day.date() for day in rules.USFederalHolidayCalendar().holidays(FIRST, LAST)}
    require_equal("holidays US against pandas USFederalHolidayCalendar", set(whole) - ordered, by_statute)
    report(
        "holidays US lacks these days closed by executive order",
        set(ORDERED_CLOSINGS) - set(whole),
        "added: the Federal Register and the Office of Personnel Management show them",
    )
    marked = {day: f"{name} (executive order)" if day in ordered else name for day, name in whole.items()}
    return within({**marked, **ORDERED_CLOSINGS})


def text_of(name: str, closures: Mapping[date, str]) -> str:
    stream = io.StringIO()
    headings = (f"name: {name}", f"first: {FIRST}", f"last: {LAST}")
    for line in (*headings, *HEADERS[name], *COMMON_HEADER):
        stream.write(f"# {line}\n")
    stream.write(f"{SOURCES_LINE} {', '.join(f'{source} {version(source)}' for source in SOURCES)}\n")
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(["date", "reason"])
    table.writerows((day.isoformat(), reason) for day, reason in sorted(closures.items()))
    return stream.getvalue()


def tables() -> dict[str, str]:
    bank_days = banks()
    closures = {
        "us-exchange": exchange(),
        "us-banks": bank_days,
        "us-banks-new-york": banks_new_york(bank_days),
        "us-federal": federal(),
    }
    return {name: text_of(name, closed) for name, closed in closures.items()}


def without_versions(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(SOURCES_LINE))


def write(made: Mapping[str, str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (FOLDER / f"{name}.csv").write_text(text, encoding="utf-8")
        print(f"wrote {name}")


def differing(made: Mapping[str, str]) -> list[str]:
    def same(name: str, text: str) -> bool:
        path = FOLDER / f"{name}.csv"
        return path.exists() and without_versions(path.read_text(encoding="utf-8")) == without_versions(text)

    return [name for name, text in made.items() if not same(name, text)]


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the pinned calendars, or compare them.")
    parser.add_argument("--check", action="store_true", help="compare with the pinned files instead of writing")
    checking = parser.parse_args().check
    try:
        made = tables()
    except DisagreementError as disagreement:
        print(f"not resolved: {disagreement}", file=sys.stderr)
        return 2
    if not checking:
        write(made)
        return 0
    different = differing(made)
    print(f"different from what would be made: {', '.join(different) or 'none'}")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
