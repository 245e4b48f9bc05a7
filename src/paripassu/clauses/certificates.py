"""Certificates: each represents so many shares of a holder's lots, from its issue until it is cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from paripassu.values.bindings import Binding, History
from paripassu.values.certificates import cancelled_end, certificate_name, certificates_of, origin
from paripassu.values.effects import Discharge, Effect, Move, Occur, Owe, Set
from paripassu.values.facts import Fact
from paripassu.values.parties import ISSUER
from paripassu.values.problems import Problem, ProblemKind
from paripassu.values.terms import Ask, Clause
from paripassu.values.undetermined import determined, extent

ByLot = tuple[tuple[str, Any], ...]
"""How many shares of which lot."""

PROOF = ("affidavit", "indemnity")
"""The papers on which a certificate that is lost, stolen or destroyed is replaced, where a deal names no others."""


@dataclass(frozen=True)
class _Paper:
    """A certificate about to be issued."""

    security: str
    number: str
    holder: str
    lots: ByLot
    out_of: tuple[str, ...] = ()
    legends: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return certificate_name(self.security, self.number)


@dataclass(frozen=True)
class CertificateRegister(Clause):
    """Certificates of the instrument, and of the securities its links name: issued, cancelled, lost, replaced.

    What a certificate represents moves: from the issuer to a first certificate; on cancellation to an end of its own;
    from there to the certificates issued out of it. So no more can be issued out of certificates than was in them, and
    no holder can have certificates for more shares than it holds when one is issued. Certificates follow a lot: when a
    lot is divided because some of its shares get another price, they represent the shares in both parts.

    ``links``: ``{a security: {title: words}}`` for each further security whose certificates are kept here, and
    ``{loss: {papers: [indemnity]}}`` where a certificate is replaced on other papers than affidavit and indemnity.
    """

    def formulas(self) -> Mapping[str, Binding]:
        """In whose name a certificate stands, and where a holder is reached."""
        return {
            "registered_holder": History("name", by="certificate", waits_for="certificate_issued"),
            "registered_address": History("address", by="holder", waits_for="holder_address"),
        }

    # -- issued

    def on_issuance(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The certificate that an issuance names represents the whole lot; a refused issuance leaves no lot."""
        number, lot, holder = fact.details.get("certificate"), fact.details["lot"], fact.details["holder"]
        if fact.details["instrument"] != self.instrument or number is None:
            return
        if lot in ask.state.lots(self.instrument, holder):
            yield from self._issue(_Paper(self.instrument, number, holder, ((lot, fact.details["shares"]),)), fact, ask)

    def on_certificate_issued(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A certificate is issued, out of others where it names them."""
        security = fact.details["security"]
        if not self._keeps(security):
            return
        out_of = fact.details.get("out_of", ())
        lost = [number for number in out_of if self._is_open(security, number, ask, fact)]
        for number in lost:
            yield from self._cancel(security, number, {"because": "replacement", "notice": None}, ask)
        paper = _Paper(
            security, fact.details["certificate"], fact.details["holder"],
            self._lots(security, out_of, fact, ask), out_of, fact.details.get("legends", ()),
        )
        yield from self._issue(paper, fact, ask)

    def _keeps(self, security: str) -> bool:
        return security == self.instrument or "title" in self.links.get(security, ())

    def _is_proved(self, name: str, ask: Ask) -> bool:
        """Whether every paper that the loss of a certificate needs is accepted."""
        link = self.links.get("loss")
        needed = link["papers"] if link else PROOF
        return set(needed) <= set(ask.state.get(("value", "loss_papers", name)) or ())

    def _is_open(self, security: str, number: str, ask: Ask, fact: Fact) -> bool:
        """Whether a certificate another is issued out of is lost and not yet cancelled.

        Raises Problem IMPOSSIBLE_FACT where it is outstanding in its holder's hands.
        """
        name = self._known(security, number, fact, ask)
        if ask.state.get(("occurred", "certificate_ended", name)) is not None:
            return False
        if ask.state.get(("occurred", "certificate_missing", name)) is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"certificate {fact.details['certificate']} of {fact.effective} is issued out of {number}, which is "
                "outstanding",
                f"record first that {number} is cancelled, or lost", fact.place,
            )
        return True

    def _lots(self, security: str, out_of: tuple[str, ...], fact: Fact, ask: Ask) -> ByLot:
        """The lots named; else the only one that the shares can be of. Raises Problem INCOMPLETE_FACT otherwise."""
        shares, number = fact.details["shares"], fact.details["certificate"]
        named = fact.details.get("lots")
        if named is not None:
            summed: defaultdict[str, Any] = defaultdict(int)
            for lot, quantity in named:
                summed[origin(ask.state, lot)] += quantity
            if sum(summed.values()) != shares:
                raise Problem(
                    ProblemKind.IMPOSSIBLE_FACT,
                    f"certificate {number} of {fact.effective} is for {shares}, but its lots add up to "
                    f"{sum(summed.values())}",
                    "correct the number or the lots", fact.place,
                )
            return tuple(summed.items())
        holder = fact.details["holder"]
        lots = (
            {lot for one in out_of for lot in ask.state.lots(certificates_of(security), cancelled_end(one))}
            or {origin(ask.state, lot) for lot in ask.state.lots(security, holder)}
        )
        if len(lots) > 1:
            raise Problem(
                ProblemKind.INCOMPLETE_FACT,
                f"certificate {number} of {fact.effective} does not say which of the lots {', '.join(sorted(lots))} it "
                "represents",
                'say how many of which lot, such as lots: {"B-1": 100}', fact.place,
            )
        if not lots:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"certificate {number} of {fact.effective} is for {shares} of {security}, of which {holder} holds none",
                "record first what the holder was issued or transferred", fact.place,
            )
        return ((lots.pop(), shares),)

    def _issue(self, paper: _Paper, fact: Fact, ask: Ask) -> Iterable[Effect]:
        self._check_new(paper, fact, ask)
        details = {"security": paper.security, "number": paper.number, "holder": paper.holder,
                   "out_of": paper.out_of, "legends": paper.legends}
        for lot, shares in paper.lots:
            self._check_held(paper, lot, shares, fact, ask)
            yield from self._represent(paper, lot, shares, fact, ask)
            yield self._recount(paper.security, paper.holder, lot, shares, ask)
        yield Occur("certificate_entered", paper.name, details, "certificate")
        yield Set("registered_holder", paper.name, paper.holder, role="certificate")
        yield Set("legends", paper.name, paper.legends, role="legend")
        for number in paper.out_of:
            yield from self._replaced(paper.security, number, ask)
            name = certificate_name(paper.security, number)
            notice = ask.state.get(("occurred", "certificate_ended", name)).details["notice"]
            if notice is not None and paper.security == self.instrument:
                yield from self._balance(notice, ask)

    def _check_new(self, paper: _Paper, fact: Fact, ask: Ask) -> None:
        """Raise Problem DUPLICATE for a number used before, UNREADABLE for one that could not be told from an end."""
        before = ask.state.set_at(("occurred", "certificate_entered", paper.name), ask.state.place)
        if before is not None:
            raise Problem(
                ProblemKind.DUPLICATE,
                f"certificate {paper.name} of {fact.effective} has the number of one issued {before.moment.date}",
                "give each certificate a number of its own", fact.place,
            )
        if paper.number.startswith("("):
            raise Problem(
                ProblemKind.UNREADABLE, f"the number {paper.number!r} of a certificate begins with a parenthesis",
                "write the number as printed, without it", fact.place,
            )

    def _check_held(self, paper: _Paper, lot: str, shares: Any, fact: Fact, ask: Ask) -> None:
        """Raise Problem IMPOSSIBLE_FACT where a holder would have certificates for more than it holds."""
        held = sum(
            (quantity for one, quantity in ask.state.lots(paper.security, paper.holder).items()
             if origin(ask.state, one) == lot), 0,
        )
        under = _certificated(paper.security, paper.holder, lot, ask)
        most = extent(held)[1]
        if most is not None and under + shares > most:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"certificate {paper.name} of {fact.effective} is for {shares}{_of_lot(lot)}, but {paper.holder} holds "
                f"{most}, of which {under} stand under other certificates",
                "correct the number, or record the transfer or the cancellation that came first", fact.place,
            )

    def _represent(self, paper: _Paper, lot: str, shares: Any, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The shares come out of the certificates named, in the order named, or are first certificated."""
        asset = certificates_of(paper.security)
        if not paper.out_of:
            yield Move(asset, ISSUER, paper.number, shares, lot, role="certificate")
            return
        missing: Any = shares
        for number in paper.out_of:
            taken = min(missing, ask.state.position(asset, cancelled_end(number), lot))
            if taken > 0:
                yield Move(asset, cancelled_end(number), paper.number, taken, lot, role="certificate")
                missing -= taken
        if missing > 0:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"certificate {paper.name} of {fact.effective} is for {shares}{_of_lot(lot)}, {missing} more than "
                f"{', '.join(paper.out_of)} had left",
                "correct the number, or name every certificate that it is issued out of", fact.place,
            )

    def _recount(self, security: str, holder: str, lot: str, change: Any, ask: Ask) -> Set:
        now = _certificated(security, holder, lot, ask) + change
        return Set("certificated", _of_holder(security, holder, lot), now, role="certificate")

    # -- cancelled

    def on_certificate_cancelled(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What the certificate represented stands under none until others are issued out of it."""
        security, number = fact.details["security"], fact.details["certificate"]
        if not self._keeps(security):
            return
        self._check_outstanding(security, number, fact, ask)
        because, notice = fact.details["because"], fact.details.get("notice")
        yield from self._cancel(security, number, {"because": because, "notice": notice}, ask)
        if because == "mutilation":
            yield self._owe_replacement(security, number, ask)
        if because == "conversion" and notice is not None and security == self.instrument:
            before = ask.state.get(("value", "surrendered", self._for(notice))) or ()
            yield Set("surrendered", self._for(notice), (*before, number), role="balance")
            yield from self._balance(notice, ask)

    def _cancel(self, security: str, number: str, details: Mapping[str, Any], ask: Ask) -> Iterable[Effect]:
        asset, name = certificates_of(security), certificate_name(security, number)
        holder = ask.state.get(("occurred", "certificate_entered", name)).details["holder"]
        for lot, shares in ask.state.lots(asset, number).items():
            yield Move(asset, number, cancelled_end(number), shares, lot, role="cancelled")
            yield self._recount(security, holder, lot, -shares, ask)
        told = {"security": security, "number": number, "holder": holder, **details}
        yield Occur("certificate_ended", name, told, "cancelled")

    def _known(self, security: str, number: str, fact: Fact, ask: Ask) -> str:
        """The certificate's name; raises Problem UNKNOWN_NAME for a number that was never issued."""
        name = certificate_name(security, number)
        if ask.state.get(("occurred", "certificate_entered", name)) is None:
            raise Problem(
                ProblemKind.UNKNOWN_NAME,
                f"a {fact.kind} of {fact.effective} names certificate {name}, which was not issued",
                "record its issue first, or correct its number", fact.place,
            )
        return name

    def _check_outstanding(self, security: str, number: str, fact: Fact, ask: Ask) -> str:
        """The certificate's name; raises Problem DUPLICATE where it is cancelled already."""
        name = self._known(security, number, fact, ask)
        before = ask.state.set_at(("occurred", "certificate_ended", name), ask.state.place)
        if before is not None:
            raise Problem(
                ProblemKind.DUPLICATE,
                f"a {fact.kind} of {fact.effective} names certificate {name}, cancelled on {before.moment.date}",
                "correct the number or the date", fact.place,
            )
        return name

    # -- lost and replaced

    def on_certificate_lost(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A certificate is reported lost, stolen or destroyed; its shares stay as they are."""
        security, number = fact.details["security"], fact.details["certificate"]
        if self._keeps(security):
            name = self._check_outstanding(security, number, fact, ask)
            details = {"security": security, "number": number, "how": fact.details["how"],
                       "notice": fact.details.get("notice")}
            yield Occur("certificate_missing", name, details, "replacement")

    def on_proof_of_loss(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Affidavit and indemnity both accepted: a new certificate is owed, unless the shares are being converted."""
        security, number = fact.details["security"], fact.details["certificate"]
        if not self._keeps(security):
            return
        name = self._check_outstanding(security, number, fact, ask)
        missing = ask.state.get(("occurred", "certificate_missing", name))
        if missing is None:
            raise Problem(
                ProblemKind.IMPOSSIBLE_FACT,
                f"a proof_of_loss of {fact.effective} names certificate {name}, which is not reported lost",
                "record certificate_lost first", fact.place,
            )
        before, was_proved = ask.state.get(("value", "loss_papers", name)) or (), self._is_proved(name, ask)
        yield Set("loss_papers", name, tuple(sorted({*before, fact.details["paper"]})), role="replacement")
        if was_proved or not self._is_proved(name, ask):
            return
        notice = missing.details["notice"]
        if notice is None:
            yield self._owe_replacement(security, number, ask)
            return
        yield Occur("replacement_not_owed", name, {"notice": notice}, "replacement")
        if all(self._is_proved(one, ask) for one in self._lost_for(notice, ask)):
            yield Occur("certificates_accounted_for", notice, {"date": fact.effective}, "replacement")

    def _lost_for(self, notice: str, ask: Ask) -> Iterable[str]:
        """The certificates reported lost whose shares a notice converts."""
        for key in ask.state.keys("occurred", "certificate_missing"):
            if ask.state.get(key).details["notice"] == notice:
                yield key[2]

    def _owe_replacement(self, security: str, number: str, ask: Ask) -> Owe:
        name = certificate_name(security, number)
        holder = ask.state.get(("occurred", "certificate_entered", name)).details["holder"]
        return Owe("replace_certificate", name, "company", holder, f"deliver a new certificate in place of {name}",
                   role="replacement")

    def _replaced(self, security: str, number: str, ask: Ask) -> Iterable[Effect]:
        """The duty to replace is performed when everything the old certificate represented stands under new ones."""
        name = certificate_name(security, number)
        owed = ask.state.obligation("replace_certificate", name)
        left = ask.state.lots(certificates_of(security), cancelled_end(number))
        if owed is not None and owed.status != "performed" and not left:
            yield Discharge("replace_certificate", name, "replacement")

    # -- the balance of a conversion

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Of certificates surrendered before the conversion took effect, what did not convert comes back."""
        yield from self._balance(event.subject, ask)

    def on_certificates_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The day by which the balance is due is known once the certificates are with the company."""
        yield from self._balance(fact.details["notice"], ask)

    def _for(self, notice: str) -> str:
        """A notice as the subject of what is surrendered for it of this instrument, not of another with a register."""
        return f"{self.instrument} for {notice}"

    def _balance(self, notice: str, ask: Ask) -> Iterable[Effect]:
        """Owe a certificate for what was surrendered for a notice and did not convert, until it stands under one."""
        surrendered = ask.state.get(("value", "surrendered", self._for(notice)))
        converted = ask.state.get(("value", "preferred_by_lot", notice))
        if surrendered is None or converted is None:
            return
        asset = certificates_of(self.instrument)
        left = sum((ask.state.total(asset, cancelled_end(number)) for number in surrendered), 0)
        balance = left - sum((shares for _, shares in converted), 0)
        owed = ask.state.obligation("deliver_balance_certificate", notice)
        if determined(balance) and balance <= 0:
            if owed is not None and owed.status != "performed":
                yield Discharge("deliver_balance_certificate", notice, "balance")
            return
        due = ask.state.get(("value", "delivery_period_ends", notice))
        holder = ask.state.get(("occurred", "converted", notice)).details["holder"]
        awaits = "" if due else "certificates_delivered" if determined(balance) else "number of shares converted"
        if owed is None or owed.due != due:
            what = f"deliver a certificate for what was surrendered for notice {notice} and not converted"
            yield Owe("deliver_balance_certificate", notice, "company", holder, what, due, awaits, role="balance")

    # -- legends and addresses

    def on_legend_placed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A legend stands on the certificate from now on."""
        name, on = self._legends(fact, ask)
        if name:
            if fact.details["legend"] in on:
                raise _legend(fact, name, "is on it already")
            yield Set("legends", name, (*on, fact.details["legend"]), role="legend")

    def on_legend_removed(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A legend is taken off; whether it may be is the business of the clause that requires it."""
        name, on = self._legends(fact, ask)
        if name:
            if fact.details["legend"] not in on:
                raise _legend(fact, name, "is not recorded on it")
            left = tuple(one for one in on if one != fact.details["legend"])
            yield Set("legends", name, left, role="legend")

    def _legends(self, fact: Fact, ask: Ask) -> tuple[str, tuple[str, ...]]:
        """The certificate's name and the legends on it; no name where another clause keeps the security."""
        security = fact.details["security"]
        if not self._keeps(security):
            return "", ()
        name = self._check_outstanding(security, fact.details["certificate"], fact, ask)
        return name, ask.state.get(("value", "legends", name))

    def on_holder_address(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The address on the books from now on; earlier ones stay with the owners of their time."""
        yield Set("registered_address", fact.details["holder"], fact.details["address"], role="address")


def _legend(fact: Fact, name: str, why: str) -> Problem:
    return Problem(
        ProblemKind.IMPOSSIBLE_FACT,
        f"a {fact.kind} of {fact.effective} names the {fact.details['legend']} of certificate {name}, which {why}",
        "correct the legend, the certificate or the date, or record the legend it was issued with", fact.place,
    )


def _of_holder(security: str, holder: str, lot: str) -> str:
    return f"{security} of {holder}, lot {lot}"


def _certificated(security: str, holder: str, lot: str, ask: Ask) -> Any:
    return ask.state.get(("value", "certificated", _of_holder(security, holder, lot))) or 0


def _of_lot(lot: str) -> str:
    return f" of lot {lot}" if lot else ""
