"""The register of holders: every certificate with its lots, legends and prior owners; and the control totals.

What stands under no certificate recorded is said exactly, by holder and lot; it is never put under one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from paripassu.agreement import Instrument
from paripassu.replay import Replayed
from paripassu.values.arithmetic import ZERO
from paripassu.values.certificates import certificates_of, origin
from paripassu.values.citation import Citation
from paripassu.values.effects import Move, Occur
from paripassu.values.grades import Grade
from paripassu.values.parties import COMMON, ISSUER, PUBLIC, USED
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.records import Record
from paripassu.values.state import State
from paripassu.values.terms import Clause
from paripassu.values.undetermined import determined
from paripassu.views.agent import Assertion, assertions

AUTHORISED = "authorised_shares"
"""The name under which an instrument states how many of it there may ever be."""
OUTSTANDING = "shares_outstanding"
"""The name of the common stock outstanding in all, as reported and moved since."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who had a certificate, where they were reached, from when until when."""

    certificate: str
    holder: str
    address: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate: what it was issued for, what became of it, the legends on it, and who owned it before.

    ``lots`` are those it was issued for; ``divided`` the parts into which such a lot has been divided since. ``prior``
    begins with the nearest owner. Legends ``lacking`` are required by the papers and not recorded on it.
    """

    security: str
    number: str
    holder: str
    address: str
    shares: Any
    lots: tuple[tuple[str, Any], ...]
    divided: tuple[str, ...]
    issued: date
    ended: date | None
    status: str
    out_of: tuple[str, ...]
    into: tuple[str, ...]
    legends: tuple[str, ...]
    lacking: tuple[str, ...]
    prior: tuple[Owner, ...]
    citation: Citation
    source: str
    grade: Grade | None


@dataclass(frozen=True, slots=True)
class Cover:
    """How much of what a holder has of a lot stands under certificates recorded.

    ``without`` is what stands under none, ``excess`` what certificates recorded represent beyond what is held. Where
    the holding is undetermined, ``without`` is too, and what certificates represent beyond it is not told apart.
    """

    security: str
    holder: str
    address: str
    lot: str
    divided: tuple[str, ...]
    held: Any
    under: Any
    without: Any
    excess: Any


@dataclass(frozen=True, slots=True)
class Total:
    """The control totals of a security: what may be, was, and is outstanding, and what the register adds up to.

    ``retired`` says what became of what is outstanding no more. ``difference`` is by how much what is outstanding
    exceeds what the holders on the register and others, whom no fact names, hold together. ``reported`` is the whole
    number outstanding where it is reported, as of common stock of which only some was issued under these papers.
    """

    security: str
    authorised: Any
    issued: Any
    retired: tuple[tuple[str, Any], ...]
    outstanding: Any
    held: Any
    elsewhere: Any
    under: Any
    without: Any
    excess: Any
    difference: Any
    reported: Any


@dataclass(frozen=True, slots=True)
class Account:
    """Shares set aside, such as the reserve or the exchange cap: set aside in all, used, and left."""

    account: str
    set_aside: Any
    used: Any
    left: Any
    citation: Citation


@dataclass(frozen=True, slots=True)
class Register:
    """The register of a date; ``asserted`` is what a transfer agent's books show beside it."""

    deal: str
    title: str
    as_of: date
    known_at: date | None
    parties: dict[str, str]
    certificates: tuple[Certificate, ...]
    covers: tuple[Cover, ...]
    totals: tuple[Total, ...]
    accounts: tuple[Account, ...]
    asserted: tuple[Assertion, ...]


def register(done: Replayed, instrument: str = "") -> Register:
    """Read the register off a replay; of one security only where it is named.

    Raises Problem UNKNOWN_NAME for a security that the deal does not have.
    """
    state, agreement = done.state, done.agreement
    chosen = securities(done, instrument)
    return Register(
        agreement.name, agreement.title, state.as_of, state.known_at, dict(agreement.parties),
        tuple(one for security in chosen for one in certificates(done, security)),
        tuple(one for security in chosen for one in _covers(state, security)),
        tuple(_total(done, security) for security in chosen if _is_used(done, security)),
        () if instrument else tuple(_accounts(done)),
        tuple(one for one in assertions(done) if one.security in chosen),
    )


def securities(done: Replayed, chosen: str = "") -> list[str]:
    """The instruments of the deal and the common stock, or the one chosen; raises Problem UNKNOWN_NAME."""
    known = [*done.agreement.instruments, COMMON]
    if not chosen:
        return known
    if chosen not in known:
        raise Problem(
            ProblemKind.UNKNOWN_NAME, f"{done.agreement.name} has no security {chosen!r}", "use " + ", ".join(known)
        )
    return [chosen]


def certificates(done: Replayed, security: str) -> Iterator[Certificate]:
    """Every certificate of a security, in the order of issue."""
    found = _Certificates(done, security)
    yield from (found.line(number) for number in found.entered)


def numbers_held(state: State, security: str, holder: str, lot: str) -> tuple[str, ...]:
    """The outstanding certificates of a holder that represent a lot, or the lot it was divided from."""
    asset = certificates_of(security)
    return tuple(
        record.effect.details["number"] for record in _entered(state, security)
        if isinstance(record.effect, Occur) and record.effect.details["holder"] == holder
        and origin(state, lot) in state.lots(asset, record.effect.details["number"])
    )


def _entered(state: State, security: str) -> Iterator[Record]:
    for key in state.keys("occurred", "certificate_entered"):
        if state.get(key).details["security"] == security:
            found = state.set_at(key, state.place)
            assert found is not None, "what occurred has its place"
            yield found


class _Certificates:
    """The certificates of one security, each with those it came from and those that came out of it."""

    def __init__(self, done: Replayed, security: str) -> None:
        self.done = done
        self.state = done.state
        self.security = security
        self.entered: dict[str, Record] = {}
        self.into: dict[str, list[str]] = {}
        for record in _entered(done.state, security):
            assert isinstance(record.effect, Occur)
            number = record.effect.details["number"]
            self.entered[number] = record
            for parent in record.effect.details["out_of"]:
                self.into.setdefault(parent, []).append(number)

    def line(self, number: str) -> Certificate:
        """The certificate as the register shows it."""
        record, name = self.entered[number], self._name(number)
        details = self._details(number)
        lots = tuple(self._issued_for(number).items())
        ended = self._ended(number)
        legends = self.state.get(("value", "legends", name))
        required = self.state.get(("value", "legends_required", name)) or ()
        parts = () if ended else tuple(
            one for lot, _ in lots for one in _parts(self.state, self.security, details["holder"], lot))
        told = record.origin
        return Certificate(
            self.security, number, details["holder"], self._address(number), sum((held for _, held in lots), ZERO),
            lots, parts, record.moment.date, ended.moment.date if ended else None, self._status(number, ended),
            details["out_of"], tuple(self.into.get(number, ())), legends,
            () if ended else tuple(one for one in required if one not in legends), tuple(self._prior(number)),
            _cite(self.done, record), told.source if told else "", told.grade if told else None,
        )

    def _name(self, number: str) -> str:
        effect = self.entered[number].effect
        assert isinstance(effect, Occur)
        return effect.subject

    def _details(self, number: str) -> Mapping[str, Any]:
        effect = self.entered[number].effect
        assert isinstance(effect, Occur)
        return effect.details

    def _issued_for(self, number: str) -> dict[str, Any]:
        """How many of each lot the certificate was issued for."""
        lots: dict[str, Any] = {}
        for record in self.state.moves(certificates_of(self.security), number):
            effect = record.effect
            if isinstance(effect, Move) and effect.target == number:
                lots[effect.lot] = lots.get(effect.lot, ZERO) + effect.quantity
        return lots

    def _ended(self, number: str) -> Record | None:
        return self.state.set_at(("occurred", "certificate_ended", self._name(number)), self.state.place)

    def _status(self, number: str, ended: Record | None) -> str:
        name = self._name(number)
        missing = self.state.get(("occurred", "certificate_missing", name))
        if ended is None:
            return missing.details["how"] if missing else "outstanding"
        assert isinstance(ended.effect, Occur)
        because = ended.effect.details["because"]
        return f"{missing.details['how']}, replaced" if because == "replacement" else f"cancelled: {because}"

    def _address(self, number: str) -> str:
        """Where the holder is reached; of a certificate no longer outstanding, where it was reached then."""
        ended = self._ended(number)
        holder = self._details(number)["holder"]
        return self.state.get(("value", "registered_address", holder), ended.place if ended else None) or ""

    def _prior(self, number: str) -> Iterator[Owner]:
        """The owners of the certificates it came from, the nearest first, each certificate once."""
        waiting, seen = list(self._details(number)["out_of"]), set()
        while waiting:
            one = waiting.pop(0)
            if one not in seen:
                seen.add(one)
                ended = self._ended(one)
                yield Owner(one, self._details(one)["holder"], self._address(one), self.entered[one].moment.date,
                            ended.moment.date if ended else None)
                waiting.extend(self._details(one)["out_of"])


def _cite(done: Replayed, record: Record) -> Citation:
    assert isinstance(record.effect, Occur)
    instrument = done.agreement.instruments[record.instrument]
    return Citation(instrument.document, instrument.clause(record.clause).section_of(record.effect.role))


def _parts(state: State, security: str, holder: str, lot: str) -> list[str]:
    """The other lots that a holder's lot has been divided into."""
    return [one for one in state.lots(security, holder) if one != lot and origin(state, one) == lot]


def _covers(state: State, security: str) -> Iterator[Cover]:
    under = _under(state, security)
    for holder in state.holders(security):
        held: dict[str, Any] = {}
        for lot, quantity in state.lots(security, holder).items():
            held[origin(state, lot)] = held.get(origin(state, lot), ZERO) + quantity
        address = state.get(("value", "registered_address", holder)) or ""
        for lot in dict.fromkeys([*held, *(lot for whose, lot in under if whose == holder)]):
            has, certificated = held.get(lot, ZERO), under.get((holder, lot), ZERO)
            without, excess = _apart(has - certificated)
            parts = tuple(_parts(state, security, holder, lot))
            yield Cover(security, holder, address, lot, parts, has, certificated, without, excess)


def _apart(rest: Any) -> tuple[Any, Any]:
    """What is held without a certificate, and what is certificated without being held."""
    if not determined(rest):
        return rest, ZERO
    return max(rest, ZERO), max(-rest, ZERO)


def _under(state: State, security: str) -> dict[tuple[str, str], Any]:
    """What the outstanding certificates represent, by holder and lot."""
    under: dict[tuple[str, str], Any] = {}
    asset = certificates_of(security)
    for record in _entered(state, security):
        assert isinstance(record.effect, Occur)
        details = record.effect.details
        for lot, shares in state.lots(asset, details["number"]).items():
            key = (details["holder"], lot)
            under[key] = under.get(key, ZERO) + shares
    return under


def _is_used(done: Replayed, security: str) -> bool:
    instrument = done.agreement.instruments.get(security)
    return bool(done.state.owners(security)) or (instrument is not None and AUTHORISED in instrument.bindings)


def _total(done: Replayed, security: str) -> Total:
    state = done.state
    covers = list(_covers(state, security))
    holders = sum((state.total(security, holder) for holder in state.holders(security)), ZERO)
    ends = [end for end in state.owners(security) if end.startswith("(") and end not in (ISSUER, PUBLIC)]
    retired = tuple((end.strip("()"), state.total(security, end)) for end in ends)
    issued = -state.total(security, ISSUER)
    instrument = done.agreement.instruments.get(security)
    authorised = done.names[security](AUTHORISED) if instrument and AUTHORISED in instrument.bindings else None
    outstanding = issued - sum((quantity for _, quantity in retired), ZERO)
    under, without, excess = (
        sum((getattr(one, part) for one in covers), ZERO) for part in ("under", "without", "excess")
    )
    elsewhere = state.total(security, PUBLIC)
    kept = tuple(pair for pair in retired if not determined(pair[1]) or pair[1])
    return Total(
        security, authorised, issued, kept, outstanding, holders, elsewhere, under, without, excess,
        _difference(outstanding, holders + elsewhere), _reported(done) if security == COMMON else None,
    )


def _reported(done: Replayed) -> Any:
    """The number outstanding as reported, under the first instrument that keeps it."""
    keeping = (names for names in done.names.values() if OUTSTANDING in names.instrument.bindings)
    return next((names(OUTSTANDING) for names in keeping), None)


def _difference(outstanding: Any, held: Any) -> Any:
    """Nothing where both have the same bounds: an unknown that left one holder came to another or was retired."""
    return ZERO if not determined(outstanding) or not determined(held) else outstanding - held


def _accounts(done: Replayed) -> Iterator[Account]:
    state = done.state
    for name, clause, account in _linked_accounts(done):
        instrument: Instrument = done.agreement.instruments[name]
        citation = Citation(instrument.document, clause.section)
        yield Account(account, -state.total(account, ISSUER), state.total(account, USED), state.total(account, ""),
                      citation)


def _linked_accounts(done: Replayed) -> Iterator[tuple[str, Clause, str]]:
    """The accounts that have a holder's portion, each once, with the clause that allocates it."""
    seen: set[str] = set()
    for name, instrument in done.agreement.instruments.items():
        for clause in instrument.clauses:
            for account, link in clause.links.items():
                if "used" in link and account not in seen and done.state.owners(account):
                    seen.add(account)
                    yield name, clause, account
