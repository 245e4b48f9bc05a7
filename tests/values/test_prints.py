"""Trade prints: what counts, what is left out by name, what is refused; worked by hand."""

from datetime import date
from pathlib import Path

import pytest

from paripassu import booking, service, store
from paripassu.service import Question
from paripassu.values.arithmetic import Rational, ratio, rational
from paripassu.values.market import observation_from
from paripassu.values.prints import Tape, tape_from_text
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.reading_prints import tapes_of
from paripassu.values.undetermined import NO_LIMIT

OPENS, CLOSES, LIMIT = 9 * 3600 + 1800, 16 * 3600, ratio(10_000)
HEAD = "# market: principal\n# source: made up\n# grade: illustrative\ntime,price,size,condition\n"
DAY = date(2005, 12, 19)


def tape(*rows: str, **headings: str) -> Tape:
    cells = [f"2005-12-19 {row}".split(",") for row in rows]
    lines, columns = range(1, len(rows) + 1), tuple(zip(*cells, strict=True))
    ((_, made),) = tapes_of(lines, columns, "prints.csv", on_exchange=True, headings=headings)
    return made


def prints_of(made: Tape) -> list[tuple[int, Rational, int, str]]:
    """Each print by itself: nanosecond, price, shares, condition."""
    prices = (made.prices[at] for at in made.made_at)
    return list(zip(made.times, prices, made.sizes, made.conditions, strict=True))


def file(folder: Path, text: str) -> str:
    path = folder / "prints.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_average_is_exact_and_says_what_it_left_out() -> None:
    made = tape(
        "09:29:59 America/New_York,9,100,", "10:00:00 America/New_York,3.80,2000,",
        "10:30:00 America/New_York,3.85,10000,regular", "11:00:00 America/New_York,3.90,12000,",
        "12:00:00 America/New_York,3.95,500,", "12:30:00 America/New_York,8,700,cancelled",
        "16:00:01 America/New_York,9,300,",
    ).average(LIMIT, OPENS, CLOSES)
    assert made.price == rational("3.846")
    assert (made.prints, made.shares) == (3, 12_500)
    assert made.left_out == (
        "1 cancelled (700 shares)", "1 larger than the limit (12,000 shares)", "2 outside the session (400 shares)",
    )


@pytest.mark.parametrize(("stamp", "counts"), [
    ("09:29:59.999999999", False), ("09:30:00", True), ("09:30:00.000000000", True), ("16:00:00", True),
    ("16:00:00.000000001", False), ("16:00:01", False),
])
def test_both_ends_of_the_session_are_inside(stamp: str, counts: bool) -> None:
    made = tape(f"{stamp} America/New_York,3,100,").average(LIMIT, OPENS, CLOSES)
    assert (made.price == 3) is counts
    assert (made.price is None) is not counts


def test_a_print_of_exactly_the_limit_counts_and_one_more_share_does_not() -> None:
    made = tape("10:00:00 America/New_York,3,10000,", "10:00:00 America/New_York,9,10001,")
    assert made.average(LIMIT, OPENS, CLOSES).price == 3
    assert made.average(ratio(20_001, 2), OPENS, CLOSES).price == 3, "a limit of 10,000 and a half is 10,000"
    assert made.average(NO_LIMIT, OPENS, CLOSES).shares == 20_001


def test_hours_that_the_market_announced_stand_for_the_usual() -> None:
    rows = ("12:59:00 America/New_York,3,100,", "13:00:01 America/New_York,9,100,")
    assert tape(*rows, closes="13:00").average(LIMIT, OPENS, CLOSES).price == 3
    assert tape(*rows, opens="13:00").average(LIMIT, OPENS, CLOSES).price == 9


def test_the_clock_is_that_of_new_york_whatever_the_zone_written() -> None:
    made = tape("14:30:00Z,3,100,", "15:30:00 Europe/London,5,100,")
    assert made.average(LIMIT, OPENS, CLOSES).price == 4, "9:30 and 10:30 in New York"


@pytest.mark.parametrize(("row", "kind"), [
    ("10:00:00 America/New_York,3.80,0,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,3.80,-100,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,3.80,10.5,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,3.80,,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,0,100,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,-3,100,", ProblemKind.BAD_NUMBER),
    ("10:00:00 America/New_York,$3,100,", ProblemKind.BAD_NUMBER),
    ("10:00:00,3,100,", ProblemKind.BAD_DATE),
    ("10:00 America/New_York,3,100,", ProblemKind.BAD_DATE),
    ("25:00:00 America/New_York,3,100,", ProblemKind.BAD_DATE),
    ("10:00:00 America/New_York,3,100,odd lot", ProblemKind.UNKNOWN_NAME),
    ("09:59:59 America/New_York,3,100,", ProblemKind.AMBIGUOUS_ORDER),
])
def test_a_print_that_cannot_be_true_is_named_by_its_line(row: str, kind: ProblemKind) -> None:
    with pytest.raises(Problem) as raised:
        tape("10:00:00 America/New_York,3,100,", row)
    assert raised.value.kind is kind
    assert raised.value.place is not None
    assert raised.value.place.line == 2


def test_a_print_reported_late_counts_and_is_reported() -> None:
    made = tape("10:00:00 America/New_York,3,100,", "09:45:00 America/New_York,5,100,late",
                "10:00:00 America/New_York,4,100,cancelled")
    assert made.average(LIMIT, OPENS, CLOSES).price == 4
    assert made.report() == ("1 cancelled", "1 late")


def test_the_text_form_gives_the_same_tape_again() -> None:
    made = tape("10:00:00.125 America/New_York,3 1/16,100,", "10:00:01 America/New_York,4,700,cancelled",
                closes="13:00")
    again = tape_from_text(DAY, str(made), on_exchange=True)
    assert (again.opens, again.closes) == (None, 13 * 3600)
    assert prints_of(again) == [
        (36_000_125_000_000, rational("3.0625"), 100, "regular"), (36_001 * 10**9, rational(4), 700, "cancelled"),
    ]
    assert str(again) == str(made)


@pytest.mark.parametrize("text", ["", "-", "-;1/2:0/3", "-;1/2:1", "-;1/2:1/3/strange", "-;1/2:1/0", "x;1/2:1/3"])
def test_a_damaged_text_form_is_unreadable(text: str) -> None:
    with pytest.raises(Problem) as raised:
        tape_from_text(DAY, text, on_exchange=True)
    assert raised.value.kind in (ProblemKind.UNREADABLE, ProblemKind.BAD_DATE)


def test_a_file_of_two_days_is_two_observations(tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + "2005-12-19 10:00:00 America/New_York,3,100,\n"
                "2005-12-20 10:00:00 America/New_York,4,100,\n")
    seen = [observation_from(row, place) for row, place in store.read_prices(path)]
    assert [(one.observable, one.day.isoformat(), one.place and one.place.line) for one in seen] == [
        ("trades", "2005-12-19", 5), ("trades", "2005-12-20", 6),
    ]


@pytest.mark.parametrize(("text", "kind"), [
    (HEAD, ProblemKind.MISSING_KEY),
    (HEAD.replace("# source: made up\n", "") + "2005-12-19 10:00:00Z,3,1,\n", ProblemKind.MISSING_KEY),
    (HEAD.replace("principal", "moon") + "2005-12-19 10:00:00Z,3,1,\n", ProblemKind.UNKNOWN_NAME),
    (HEAD + "2005-12-19 10:00:00Z,3,1\n", ProblemKind.UNREADABLE),
    ("# closes: noon\n" + HEAD + "2005-12-19 10:00:00Z,3,1,\n", ProblemKind.BAD_DATE),
    (HEAD + "2005-12-19 15:00:00Z,3,1,\n2005-12-20 15:00:00Z,3,1,\n2005-12-19 16:00:00Z,3,1,\n",
     ProblemKind.AMBIGUOUS_ORDER),
])
def test_a_file_that_is_not_one_of_prints_says_why(tmp_path: Path, text: str, kind: ProblemKind) -> None:
    with pytest.raises(Problem) as raised:
        store.read_prices(file(tmp_path, text))
    assert raised.value.kind is kind
    assert raised.value.place is not None


def test_prints_settle_a_figure_and_are_listed_by_check(tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + "2005-12-19 10:00:00 America/New_York,3.85,100,\n"
                "2005-12-19 10:00:01 America/New_York,9,100,cancelled\n")
    question = Question("valence-2005", DAY, prices_files=(path,))
    made = service.figure(question, "", "weighted_average_price", {}, {})
    assert made.value == rational("3.85")
    assert made.remark == "counted: 1 (100 shares); left out: 1 cancelled (100 shares)"
    lines, sound = service.check(question)
    assert sound
    assert lines[-1] == "  2 prints of 2005-12-19 in dollars: 1 cancelled"
    assert '"2 prints of 2005-12-19 in dollars"' in service.trace_json(made)


def test_a_book_keeps_prints_and_gives_the_same_average(tmp_path: Path) -> None:
    path = file(tmp_path, HEAD + "2005-12-19 10:00:00.5 America/New_York,3 27/32,300,\n")
    desk = str(tmp_path / "desk")
    booking.start(desk, "valence-2005", "A", service.now)
    prepared = booking.prepare(desk, "A", service.now, prices_files=[path], as_of=DAY)
    booking.commit(prepared, service.now, None)
    made = service.figure(Question(desk, DAY), "", "weighted_average_price", {}, {})
    assert made.value == rational("3 27/32")


ROW = "2005-12-19 10:00:00 America/New_York,3,100,\n"


@pytest.mark.parametrize(("rows", "line", "words"), [
    # A cell too few, made up for by one too many below: by count alone the columns would fit.
    (ROW + "2005-12-19 10:00:00 America/New_York,3,100\n2005-12-19 10:00:00 America/New_York,3,100,,\n", 6, "3 cells"),
    (ROW + "2005-12-19 10:00:00 America/New_York,3,100,,\n2005-12-19 10:00:00 America/New_York,3,100\n", 6, "5 cells"),
    # Lines that are no rows count as lines.
    (ROW + "\n# corrected by the exchange:\n" + ROW + "2005-12-19 10:00:00 America/New_York,3,0,\n", 9, "of 0 shares"),
    # Of two faults the upper one is named, whatever they are of.
    (ROW + "2005-12-19 09:00:00 America/New_York,3,100,\n2005-12-19 10:00:00 America/New_York,x,100,\n", 6, "line 5"),
    (ROW + "2005-12-19 10:00:00 America/New_York,x,100,\n2005-12-19 09:00:00 America/New_York,3,100,\n", 6, "'x'"),
    # A quotation mark that opens a cell and is never closed swallows nothing.
    ('2005-12-19 10:00:00 America/New_York,3,"100,\n' + ROW, 5, "quoted cell"),
    ('2005-12-19 10:00:00 America/New_York,3,"1,00",\n' + ROW, 5, "1,00"),
])
def test_the_first_row_that_is_unfit_is_named(tmp_path: Path, rows: str, line: int, words: str) -> None:
    with pytest.raises(Problem) as raised:
        store.read_prices(file(tmp_path, HEAD + rows))
    assert raised.value.place is not None
    assert raised.value.place.line == line
    assert words in raised.value.what


def test_quoted_cells_a_mark_of_the_byte_order_and_lines_between_rows_change_nothing(tmp_path: Path) -> None:
    rows = ["2005-12-19 10:00:00 America/New_York,3,100,", "2005-12-19 16:00:00Z,3.5,200,late",
            "2005-12-19 17:00:00.5 Europe/London,4,300,cancelled"]
    quoted = ['"' + row.replace(",", '","') + '"' for row in rows]
    texts = ("\n".join(rows), "\n".join(quoted), "\n\n# noon\n".join(rows), "\r\n".join(rows))
    read = [store.read_prices(file(tmp_path, f"{mark}{HEAD}{text}\n")) for mark in ("", "\ufeff") for text in texts]
    tapes = [row["value"] for ((row, _),) in read]
    assert {str(one) for one in tapes} == {
        "-;36000000000000/3:1/100;39600000000000/7:2/200/late;43200500000000/4:1/300/cancelled"
    }
    assert [place.line for ((_, place),) in read] == [5] * 8


def test_fifty_thousand_prints_are_averaged_to_the_share(tmp_path: Path) -> None:
    """25,000 prints of 100 shares at 3.80 and as many of 300 at 3.90 average (3.80 + 3 x 3.90) / 4."""
    rows = (f"2005-12-19 {10 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d} America/New_York,{rest},\n"
            for second in range(12_500) for rest in ("3.80,100", "3.90,300", "3.80,100", "3.90,300"))
    ((row, _),) = store.read_prices(file(tmp_path, HEAD + "".join(rows)))
    made = row["value"].average(LIMIT, OPENS, CLOSES)
    assert (made.prints, made.shares, made.price) == (50_000, 10_000_000, rational("3.875"))
