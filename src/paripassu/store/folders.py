"""Deal folders and issuer facts, of the package or of the user, and the files a user names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from paripassu import codec
from paripassu.codec import Parsed
from paripassu.values.calendars import Calendars, calendar_from_text, calendars_of
from paripassu.values.market import TAPES
from paripassu.values.prints import COLUMNS
from paripassu.values.problems import Place, Problem, ProblemKind
from paripassu.values.reading_prints import tapes_of
from paripassu.values.yields import Yields, yields_from_text

MARKETS = {"principal": "trades", "bulletin board": "bulletin_board_trades"}
"""What a file of prints may say of its market, and the observable that follows."""

Rows = list[tuple[dict[str, Any], Place]]

LARGEST_FILE = 100_000_000
"""Bytes; a larger file is refused rather than read."""


@dataclass(frozen=True)
class DealFolder:
    """The parsed files of a deal, with the digest of its agreement and readings."""

    name: str
    root: Traversable
    agreement: Parsed
    readings: Parsed
    facts: Rows
    digest: str

    @cached_property
    def sections(self) -> Parsed:
        """The status of every entry of the inventory; read when first wanted, as no statement needs all of it."""
        return _yaml(self.root / "sections.yaml")

    @cached_property
    def provenance(self) -> Parsed:
        """Where the cited sections stand in the filing; read when first wanted."""
        return _yaml(self.root / "provenance.yaml")

    @cached_property
    def scenarios(self) -> dict[str, Parsed]:
        """The scenarios that come with the deal, by name; read when first wanted."""
        return {one.name.removesuffix(".yaml"): _yaml(one) for one in _yaml_files(self.root / "scenarios")}

    @cached_property
    def cases(self) -> tuple[Parsed, ...]:
        """The worked cases, file by file in order of name; read when first wanted."""
        return tuple(_yaml(one) for one in _yaml_files(self.root / "cases"))


@dataclass(frozen=True)
class IssuerFolder:
    """Facts about the issuer that several deals share, and its prices."""

    name: str
    facts: Rows
    prices: Rows


def deal_names() -> list[str]:
    """The deals that come with the package."""
    return sorted(one.name for one in _package("deals").iterdir() if (one / "agreement.yaml").is_file())


def deal_root(name: str) -> Traversable:
    """The folder of a deal, by name or path; raises Problem UNKNOWN_NAME."""
    folder = Path(name)
    if folder.is_dir():
        return folder
    if name not in deal_names():
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"there is no deal {name!r}",
            "use " + ", ".join(deal_names()) + ", or the path of a folder with an agreement.yaml",
        )
    return _package("deals") / name


def read_deal(name: str) -> DealFolder:
    """A deal by name, or by the path of a folder; raises Problem MISSING_FILE, UNKNOWN_NAME, UNREADABLE."""
    folder = deal_root(name)
    agreement = _yaml(folder / "agreement.yaml", required=True)
    readings = _yaml(folder / "readings.yaml")
    digest = sha256()
    for part in ("agreement.yaml", "readings.yaml"):
        if (folder / part).is_file():
            digest.update((folder / part).read_bytes())
    facts = _json_lines(folder / "facts.jsonl")
    return DealFolder(folder.name, folder, agreement, readings, facts, digest.hexdigest())


def read_issuer(name: str) -> IssuerFolder:
    """The shared facts of an issuer; empty where there are none."""
    folder = _package("issuers") / name
    prices = folder / "prices.csv"
    rows = list(codec.parse_csv(_text(prices), prices.name)) if prices.is_file() else []
    return IssuerFolder(name, _json_lines(folder / "facts.jsonl"), [(dict(row), place) for row, place in rows])


def read_facts(path: str) -> Rows:
    """Facts of a user's file, one JSON object a line; raises Problem MISSING_FILE, UNREADABLE."""
    return list(codec.parse_json_lines(_text(_existing(path)), path))


def digest_of(path: str) -> str:
    """The SHA-256 of a user's file, as it lies there; raises Problem MISSING_FILE, TOO_LARGE."""
    return sha256(_existing(path).read_bytes()).hexdigest()


def read_yaml(path: str) -> Parsed:
    """A user's YAML file, every scalar as text; raises Problem MISSING_FILE, UNREADABLE, DUPLICATE."""
    return codec.parse_yaml(_text(_existing(path)), path)


def read_table(path: str) -> Rows:
    """The rows of a user's CSV file by its header; raises Problem MISSING_FILE, UNREADABLE, DUPLICATE."""
    return [(dict(row), place) for row, place in codec.parse_csv(_text(_existing(path)), path)]


def beside(path: str, name: str) -> str:
    """The file of a name that lies beside another, else in the current folder; raises Problem MISSING_FILE."""
    for found in (Path(path).parent / name, Path(name)):
        if found.is_file():
            return str(found)
    raise Problem(ProblemKind.MISSING_FILE, f"there is no file {name} beside {path}", "put it there")


def read_prices(path: str) -> Rows:
    """Observations of a user's CSV file, or trade prints where its columns are those of prints.

    Raises Problem MISSING_FILE, UNREADABLE, and those of the prints, with the line.
    """
    text = _text(_existing(path))
    return _prints(text, path) if codec.header_of(text) == COLUMNS else read_table(path)


def name_of(path: str) -> str:
    """The last part of a path: what a file is called, wherever it lies."""
    return Path(path).name


def read_text(path: str) -> str:
    """A text file of the user's, such as a filing; raises Problem MISSING_FILE, TOO_LARGE, UNREADABLE."""
    return _text(_existing(path))


def read_calendars() -> Calendars:
    """The pinned calendars of the package."""
    folder = _package("data") / "calendars"
    return calendars_of(
        calendar_from_text(_text(one), one.name)
        for one in sorted(folder.iterdir(), key=lambda one: one.name)
        if one.name.endswith(".csv")
    )


def read_yields() -> Yields:
    """The pinned yields of Treasury securities of the package."""
    table = _package("data") / "yields" / "us-treasury.csv"
    return yields_from_text(_text(table), table.name)


def read_template(name: str) -> str:
    """A page template or style sheet of the package."""
    return _text(_package("templates") / name)


def write_text(path: str, text: str) -> None:
    """Write a page or report; raises Problem MISSING_FILE where there is no folder or no file name."""
    target = Path(path)
    if not target.parent.is_dir():
        raise Problem(ProblemKind.MISSING_FILE, f"the folder of {path} does not exist", "create it or name another")
    if target.is_dir():
        raise Problem(ProblemKind.MISSING_FILE, f"{path} is a folder, not a file", "name a file in it")
    target.write_text(text, encoding="utf-8", newline="\n")


def _prints(text: str, path: str) -> Rows:
    """Trade prints as observations, a tape for each day.

    The file begins with the comment lines ``# market:`` (principal or bulletin board), ``# source:`` and ``# grade:``;
    ``# opens:`` and ``# closes:`` where the market announced other hours. Raises Problem MISSING_KEY, UNREADABLE,
    UNKNOWN_NAME, and those of the prints, with the line.
    """
    headings, lines, columns = codec.parse_table(text, path, COLUMNS)
    for name in ("market", "source", "grade"):
        if not headings.get(name):
            raise Problem(ProblemKind.MISSING_KEY, f"the prints have no line '# {name}:'",
                          "add it to the comment lines at the top", Place(path))
    if headings["market"] not in MARKETS:
        raise Problem(ProblemKind.UNKNOWN_NAME, f"{headings['market']!r} is not a market of prints",
                      "use " + " or ".join(MARKETS), Place(path))
    observable = MARKETS[headings["market"]]
    tapes = tapes_of(lines, columns, path, on_exchange=TAPES[observable], headings=headings)
    said = {"observable": observable, "source": headings["source"], "grade": headings["grade"]}
    return [(said | {"date": tape.day.isoformat(), "value": tape}, Place(path, line)) for line, tape in tapes]


def _package(name: str) -> Traversable:
    return resources.files("paripassu") / name


def _existing(path: str) -> Path:
    target = Path(path)
    if not target.is_file():
        raise Problem(ProblemKind.MISSING_FILE, f"there is no file {path}", "check the path")
    if target.stat().st_size > LARGEST_FILE:
        raise Problem(
            ProblemKind.TOO_LARGE, f"{path} has {target.stat().st_size} bytes", f"give at most {LARGEST_FILE} bytes"
        )
    return target


def _text(path: Traversable) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise Problem(ProblemKind.MISSING_FILE, f"there is no file {path.name}", "check the folder") from None
    except UnicodeDecodeError as error:
        raise Problem(
            ProblemKind.UNREADABLE, f"{path.name} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None


def _yaml(path: Traversable, *, required: bool = False) -> Parsed:
    if not required and not path.is_file():
        return Parsed({}, path.name)
    return codec.parse_yaml(_text(path), path.name)


def _yaml_files(folder: Traversable) -> list[Traversable]:
    """The YAML files of a folder in order of name; none where there is no folder."""
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted((one for one in files if one.name.endswith(".yaml")), key=lambda one: one.name)


def _json_lines(path: Traversable) -> Rows:
    return list(_lines(path)) if path.is_file() else []


def _lines(path: Traversable) -> Iterator[tuple[dict[str, Any], Place]]:
    yield from codec.parse_json_lines(_text(path), path.name)
