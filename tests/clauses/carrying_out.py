"""Facts in short form, carried out on the Series B."""

from functools import cache
from typing import Any

from paripassu import store
from paripassu.agreement import Agreement
from paripassu.cases import Case, replay_case
from paripassu.loading import agreement_from
from paripassu.replay import Replayed
from paripassu.values.calendars import Calendars
from paripassu.values.dates import parse_date
from paripassu.values.problems import Place

HOLDER = "cc-investments"


@cache
def calendars() -> Calendars:
    return store.read_calendars()


@cache
def agreement() -> Agreement:
    folder = store.read_deal("valence-1998")
    return agreement_from(folder.agreement, calendars(), folder.digest)


@cache
def agreement_without_register() -> Agreement:
    """The same papers as a deal would have them that knows the warrants from reports alone."""
    folder = store.read_deal("valence-1998")
    clauses = folder.agreement.value["instruments"]["series-b"]["clauses"]
    del clauses["redemption"]["links"], clauses["sufficiency"]["links"]
    kept = clauses["allocation"]["links"]["exchange-cap"]
    kept["kept_with"] = ["warrant_shares", *kept["kept_with"]]
    del kept["kept_beside"]
    return agreement_from(folder.agreement, calendars(), folder.digest)


def carry_out(when: str, *facts: dict[str, Any], registered: bool = True, **given: Any) -> Replayed:
    """Replay 7,500 shares of one holder, or what is given, with bids of 5.00 and nothing owned of 26,000,000 shares."""
    full = {
        "holders": {HOLDER: "7500"}, "outstanding": "26000000",
        "flat": [{"from": "1999-07-12", "to": "1999-12-31", "bid": "5.00"}], "facts": list(facts), **given,
    }
    papers = agreement() if registered else agreement_without_register()
    return replay_case(Case("test", "", "", full, parse_date(when), [], Place("test")), papers, calendars())


def notice(name: str = "N1", at: str = "1999-08-02 10:00", shares: int = 1000, **more: Any) -> dict[str, Any]:
    """A notice of conversion that names the day it is sent."""
    return {"kind": "notice_of_conversion", "at": f"{at} America/New_York", "notice": name, "holder": HOLDER,
            "face_amount": str(shares * 1000), "date_specified": at.partition(" ")[0], **more}


def fact(kind: str, on: str, **details: Any) -> dict[str, Any]:
    """A fact known by its date."""
    return {"kind": kind, "on": on, **details}
