"""Mergers and reclassifications of the company: what the holders of preferred stock receive, and the notice of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from paripassu.values.arithmetic import Rational, whole_up
from paripassu.values.bindings import Binding, ByReading, Formula, History, SumOver
from paripassu.values.calendars import Calendar
from paripassu.values.effects import Discharge, Due, Effect, Grant, Lapse, Move, Occur, Owe, Refuse, Set
from paripassu.values.facts import Fact
from paripassu.values.lots import undivided_lot
from paripassu.values.moments import Place, moment
from paripassu.values.parties import TAKEN_OVER
from paripassu.values.splits import grown_since
from paripassu.values.terms import Ask, Clause, Reading, TermSpec
from paripassu.values.undetermined import determined, lesser

FLAGGED, ON_RECEIPT, AT_CONSUMMATION = "R-RTM", "R-NMT-COND", "R-MTC-VALUE"
NOTIFY, PROVIDE, PAY = "notify_major_transaction", "provide_for_major_transaction", "pay_transaction_consideration"
CHOOSE, CASH = "choose_in_major_transaction", "cash_in_lieu"


def day_as_if_converted(announced_on: date, trading_days: Calendar) -> date:
    """The trading day immediately before the public announcement."""
    return trading_days.previous_open(announced_on)


def notice_opens(
    expected_on: date, notice_opens_days: int, announced_on: date, business_days: Calendar
) -> date:
    """No sooner than so many business days before the consummation, and not before the public announcement."""
    return max(business_days.add(expected_on, -int(notice_opens_days)), announced_on)


def notice_closes(expected_on: date, notice_closes_days: int, announced_on: date, business_days: Calendar) -> date:
    """No later than so many business days before the consummation; a notice cannot precede the announcement."""
    return max(business_days.add(expected_on, -int(notice_closes_days)), announced_on)


def sending_opens(notice_opens: date, business_days: Calendar) -> date:
    """The first day on which a telecopy is deemed delivered in the window: a business day before it opens."""
    return business_days.previous_open(notice_opens)


def sending_closes(notice_closes: date) -> date:
    """The last day on which it is: the calendar day before the window's last, business day or not."""
    return notice_closes - timedelta(days=1)


def cash_election_closes(notice_received: date, cash_election_days: int, business_days: Calendar) -> date:
    """So many business days after the holder has the notice, the last one included."""
    return business_days.add(notice_received, int(cash_election_days))


def consideration_shares(exact_transaction_total: Rational) -> int:
    """What all the holder's preferred would have converted into, rounded up as a conversion is."""
    return whole_up(exact_transaction_total)


def shares_as_converted(shares_before_announcement: Rational, splits_since_announcement: Rational) -> Rational:
    """What a holder of those shares has of record after the splits since."""
    return shares_before_announcement * splits_since_announcement


def value_taken(value_when_stated: Rational, splits_since_value: Rational) -> Rational:
    """The value of a share as stated, on the basis after the splits since."""
    return value_when_stated / splits_since_value


def consideration_value(shares_as_converted: Rational, value_taken: Rational) -> Rational:
    """What the transaction gives for the shares as converted."""
    return shares_as_converted * value_taken


def face_alternative(cash_multiple: Rational, face_amount: Rational, preferred_taken_over: Rational) -> Rational:
    """A multiple of the face amount in cash, without premium."""
    return cash_multiple * face_amount * preferred_taken_over


def elected_amount(transaction_choice: str, consideration_value: Rational, face_alternative: Rational) -> Rational:
    """The one of the two that the holder elects."""
    return face_alternative if transaction_choice == "multiple of face" else consideration_value


def greater_amount(consideration_value: Rational, face_alternative: Rational) -> Rational:
    """The greater of the two, whatever the holder says."""
    return max(consideration_value, face_alternative)


@dataclass(frozen=True)
class MajorTransaction(Clause):
    """A merger, consolidation or reclassification: each holder takes the consideration or a multiple of face.

    ``links``: ``major: {kinds: [...]}`` are the kinds of announced transaction that the words cover, ``doubtful:
    {kinds: [...]}`` those that a reading decides.
    """

    terms = {
        "cash_multiple": TermSpec("number", "times face", "cash alternative for a share"),
        "notice_opens_days": TermSpec("whole", "business days", "earliest delivery of the notice before consummation"),
        "notice_closes_days": TermSpec("whole", "business days", "latest delivery of the notice before consummation"),
        "deemed_delivery_days": TermSpec("whole", "business days", "from sending by telecopy to deemed delivery"),
        "cash_election_days": TermSpec("whole", "business days", "from receipt of the notice to elect cash"),
    }
    readings = (
        Reading(
            FLAGGED, "Is a merger in which the company survives but its common is changed covered?", "computing",
            {"covered": "it reclassifies the common in effect", "not covered": "the words say merge into"},
        ),
        Reading(
            "R-SOLE", "Is the greater of the two amounts the holder's choice or arithmetic?", "computing",
            {"election": "in the holder's sole discretion", "automatic": "the larger amount"},
        ),
        Reading(
            ON_RECEIPT, "What is a telecopied notice without the courier copy of the same day?", "computing",
            {"actual receipt": "delivered when received", "invalid": "no notice"},
        ),
        Reading(
            AT_CONSUMMATION, "On which day is consideration other than cash valued?", "computing",
            {"consummation": "when it is received", "notice": "when the notice is delivered"},
        ),
    )

    def formulas(self) -> Mapping[str, Binding]:
        """The window of the notice, and for each holder's entitlement its two alternatives and its amount."""
        return {
            "announced_on": History("date", by="transaction", waits_for="announcement"),
            "expected_on": History("date", by="transaction", waits_for="transaction_terms"),
            "day_as_if_converted": Formula(day_as_if_converted, "date"),
            "notice_opens": Formula(notice_opens, "date"),
            "notice_closes": Formula(notice_closes, "date"),
            "sending_opens": Formula(sending_opens, "date"),
            "sending_closes": Formula(sending_closes, "date"),
            "notice_received": History("date", by="entitlement", waits_for="notice_of_transaction"),
            "cash_election_closes": Formula(cash_election_closes, "date"),
            "value_per_share": History("usd per share", by="transaction", waits_for="transaction_terms"),
            "preferred_taken": History("shares", by="entitlement", waits_for="transaction_terms"),
            "exact_transaction_total": SumOver(
                "exact_conversion_shares", "preferred_taken", "lot", "preferred_shares", "shares"
            ),
            "consideration_shares": Formula(consideration_shares, "shares", "up to the next whole share, once"),
            "shares_before_announcement": History("shares", by="entitlement", waits_for="transaction_terms"),
            "splits_since_announcement": History("shares for one", by="entitlement", waits_for="transaction_terms"),
            "shares_as_converted": Formula(shares_as_converted, "shares"),
            "preferred_taken_over": History("shares", by="entitlement", waits_for="transaction_terms"),
            "value_when_stated": History("usd per share", by="entitlement", waits_for="transaction_terms"),
            "splits_since_value": History("shares for one", by="entitlement", waits_for="transaction_terms"),
            "value_taken": Formula(value_taken, "usd per share"),
            "consideration_value": Formula(consideration_value, "usd"),
            "face_alternative": Formula(face_alternative, "usd"),
            "transaction_choice": History("choice", by="entitlement", waits_for="transaction_election"),
            "transaction_amount": ByReading(
                "R-SOLE", "usd", {"election": elected_amount, "automatic": greater_amount}
            ),
        }

    def on_announcement(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A transaction of a kind covered is a Major Transaction from its announcement."""
        transaction, kind = fact.details["transaction"], fact.details["kind_of_transaction"]
        doubtful = kind in self.links["doubtful"]["kinds"]
        if kind in self.links["major"]["kinds"] or (doubtful and ask.reading(FLAGGED) == "covered"):
            yield Set("announced_on", transaction, fact.effective, role="definition")
            yield Occur("major_transaction", transaction, {"kind": kind, "doubtful": doubtful}, "definition")

    def on_transaction_terms(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is agreed: each holder's two alternatives, the duty to notify, and papers that must provide for it."""
        transaction, expected = fact.details["transaction"], fact.details["expected"]
        if not self._is_major(transaction, ask):
            return
        yield Set("expected_on", transaction, expected, role="notice")
        yield Set("value_per_share", transaction, fact.details["value_per_share"], role="consideration")
        yield Set("entirely_cash", transaction, fact.details["entirely_cash"] == "yes", role="cash_in_lieu")
        yield Owe(PROVIDE, transaction, "company", "holders", "make lawful provision for the holders in its papers",
                  expected, role="provision")
        for holder in self._holders(ask):
            yield from self._entitle(transaction, holder, ask)
            yield from self._admit(transaction, holder, ask("notice_closes", transaction=transaction), ask)

    def on_lot_transferred(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Each takes part with what it holds now; a buyer has the choice and must be notified too.

        The last day for the notice was one for those who held shares on it: for a later holder no day is written.
        """
        buyer = event.details["to"]
        for transaction in self._pending(ask):
            yield from self._held_otherwise(transaction, event.details["holder"], ask)
            yield from self._entitle(transaction, buyer, ask)
            granted = ask.state.get(("entitlement", CHOOSE, buyer, transaction))
            if granted is None or granted.ended is not None:
                closes = ask("notice_closes", transaction=transaction)
                yield from self._admit(transaction, buyer, closes if ask.now_day <= closes else None, ask)

    def on_converted(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What was converted takes no part."""
        for transaction in self._pending(ask):
            yield from self._held_otherwise(transaction, event.details["holder"], ask)

    def on_redeemed(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Nor what was redeemed."""
        yield from self.on_converted(event, ask)

    def on_split_effective(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """Shares of record at the consummation are those after the split, and what is given for one is restated."""
        ratio = event.details["ratio"]
        for transaction in self._pending(ask):
            value = ask.state.get(("value", "value_per_share", transaction))
            yield Set("value_per_share", transaction, value / ratio, role="consideration")
            for name in ("splits_since_announcement", "splits_since_value"):
                for _, _, entitlement in list(ask.state.keys("value", name)):
                    if entitlement.partition(":")[0] == transaction:
                        grown = ask.state.get(("value", name, entitlement)) * ratio
                        yield Set(name, entitlement, grown, role="consideration")

    def on_value_of_consideration(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A later value replaces the one before."""
        if self._is_major(fact.details["transaction"], ask):
            value = fact.details["value_per_share"]
            yield Set("value_per_share", fact.details["transaction"], value, role="cash_in_lieu")

    def on_lawful_provision(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """The papers provide for the holders."""
        if ask.state.obligation(PROVIDE, fact.details["transaction"]):
            yield Discharge(PROVIDE, fact.details["transaction"], "provision")

    def on_notice_of_transaction(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """A telecopy confirmed by courier the same day is delivered a business day later; else on receipt."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        entitlement = f"{transaction}:{holder}"
        if ask.state.obligation(NOTIFY, entitlement) is None:
            return
        if self._deemed(fact):
            delivered = ask.calendar("business_days").add(
                fact.effective, int(self.values["deemed_delivery_days"].value))
        elif fact.details["channel"] == "telecopy" and ask.reading(ON_RECEIPT) == "invalid":
            yield Refuse("notice", entitlement, "a telecopy without the courier copy of the same day", "notice")
            return
        else:
            delivered = fact.details.get("received", fact.effective)
        if delivered < ask("notice_opens", transaction=transaction):
            yield Refuse("notice", entitlement, f"it would be delivered on {delivered}, before the window", "notice")
            return
        yield Set("notice_delivered", entitlement, delivered, role="notice")
        yield Set("notice_received", entitlement, fact.details.get("received", delivered), role="cash_in_lieu")

    def _deemed(self, fact: Fact) -> bool:
        return bool(fact.details["channel"] == "telecopy" and fact.details["courier_copy"] == "yes")

    def after_notice_of_transaction(self, fact: Fact, ask: Ask) -> Iterable[Due]:
        """The notice has its effect on the day on which it is delivered."""
        entitlement = f"{fact.details['transaction']}:{fact.details['holder']}"
        delivered = ask.state.get(("value", "notice_delivered", entitlement))
        if delivered is not None:
            yield Due(moment(delivered, Place.PAPER), "notice_of_transaction_delivered", entitlement,
                      f"the notice of {fact.details['transaction']} is deemed delivered")

    def on_notice_of_transaction_delivered(self, due: Due, ask: Ask) -> Iterable[Effect]:
        """The duty is performed; where not all is cash, the holder has some days to elect cash."""
        yield Discharge(NOTIFY, due.subject, "notice")
        transaction, _, holder = due.subject.partition(":")
        if not ask.state.get(("value", "entirely_cash", transaction)):
            until = ask("cash_election_closes", entitlement=due.subject)
            yield Grant(CASH, holder, transaction, "consideration_value", until, "cash_in_lieu",
                        {"entitlement": due.subject})

    def on_cash_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """In time, the holder receives the value in cash; too late, the consideration as it is."""
        transaction, holder = fact.details["transaction"], fact.details["holder"]
        granted = ask.state.get(("entitlement", CASH, holder, transaction))
        if granted is None or granted.ended is not None:
            yield Refuse("cash_election", f"{transaction}:{holder}", "no choice is open", "cash_in_lieu")
        elif fact.effective > granted.until:
            why = f"the choice ended on {granted.until}"
            yield Refuse("cash_election", f"{transaction}:{holder}", why, "cash_in_lieu")
        else:
            yield Set("elected_cash", f"{transaction}:{holder}", fact.effective, role="cash_in_lieu")

    def on_transaction_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Which of the two the holder takes."""
        entitlement = f"{fact.details['transaction']}:{fact.details['holder']}"
        yield Set("transaction_choice", entitlement, fact.details["choice"], role="choice")

    def on_consummation(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Each holder of that day is owed what it elects, on what it holds then."""
        transaction = fact.details["transaction"]
        if not self._is_major(transaction, ask):
            return
        yield Set("transaction_ended", transaction, fact.effective, role="consideration")
        for holder in self._holders(ask):
            entitlement = f"{transaction}:{holder}"
            yield from self._entitle(transaction, holder, ask)
            delivered = ask.state.get(("value", "notice_delivered", entitlement))
            at_notice = ask.reading(AT_CONSUMMATION) == "notice" and delivered is not None
            yield from self._take_value(entitlement, delivered if at_notice else ask.now_day, ask)
            lots = tuple(ask.state.lots(self.instrument, holder).items())
            yield Set("lots_taken_over", entitlement, lots, role="consideration")
            yield Owe(PAY, entitlement, "company", holder, f"pay or deliver what {transaction} gives for the shares",
                      fact.effective, amount="transaction_amount", role="choice", at={"entitlement": entitlement})

    def on_consideration_delivered(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """What is not paid in money is delivered, which performs the duty."""
        entitlement = f"{fact.details['transaction']}:{fact.details['holder']}"
        if ask.state.obligation(PAY, entitlement) is None:
            yield Refuse("consideration_delivered", entitlement, "nothing is owed to it in this transaction", "choice")
            return
        yield Discharge(PAY, entitlement, "choice")
        yield from self._exchange(entitlement, ask)

    def on_paid_in_full(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """What is paid is paid in exchange for the shares."""
        if event.details["duty"] == PAY:
            yield from self._exchange(event.details["subject"], ask)

    def _exchange(self, entitlement: str, ask: Ask) -> Iterable[Effect]:
        """The shares held at the consummation end, as far as the holder still has them."""
        transaction, _, holder = entitlement.partition(":")
        for lot, taken in ask.state.get(("value", "lots_taken_over", entitlement)):
            ends = lesser(taken, ask.state.position(self.instrument, holder, lot))
            if not determined(ends) or ends > 0:
                yield Move(self.instrument, holder, TAKEN_OVER, ends, lot, role="consideration")
        yield from self._end_choices(transaction, holder, "what was chosen is received", ask)
        yield Occur("holding_ended", entitlement, {"holder": holder}, "consideration")

    def on_abandonment(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """An abandoned transaction ends what was still to be done for it, and every choice that it gave."""
        transaction, why = fact.details["transaction"], "the transaction is abandoned"
        yield Set("transaction_ended", transaction, fact.effective, role="consideration")
        holders = list(ask.state.holders(self.instrument))
        for duty, subject in ((PROVIDE, transaction), *((NOTIFY, f"{transaction}:{holder}") for holder in holders)):
            owed = ask.state.obligation(duty, subject)
            if owed is not None and owed.status == "open":
                yield Lapse(duty, subject, why, owed.role)
        for right, role in ((CHOOSE, "choice"), (CASH, "cash_in_lieu")):
            if any(ask.state.get(("entitlement", right, holder, transaction)) for holder in holders):
                yield Lapse(right, transaction, why, role)

    def _is_major(self, transaction: str, ask: Ask) -> bool:
        return ask.state.get(("occurred", "major_transaction", transaction)) is not None

    def _pending(self, ask: Ask) -> list[str]:
        """The transactions whose terms are known and that are neither consummated nor abandoned."""
        known = [transaction for _, _, transaction in ask.state.keys("value", "expected_on")]
        return [one for one in known if ask.state.get(("value", "transaction_ended", one)) is None]

    def _holders(self, ask: Ask) -> list[str]:
        return [one for one in ask.state.holders(self.instrument) if ask.state.total(self.instrument, one) != 0]

    def _admit(self, transaction: str, holder: str, due: date | None, ask: Ask) -> Iterable[Effect]:
        """A holder's choice between the two alternatives, and the notice that it must have."""
        entitlement = f"{transaction}:{holder}"
        yield from self._take_value(entitlement, ask.now_day, ask)
        yield Grant(CHOOSE, holder, transaction, "transaction_amount", role="choice", at={"entitlement": entitlement})
        yield Owe(NOTIFY, entitlement, "company", holder, "give the Notice of Major Transaction", due, role="notice",
                  at={"transaction": transaction, "entitlement": entitlement})

    def _held_otherwise(self, transaction: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """One that holds fewer shares has the transaction on those; one that holds none has no part in it."""
        yield from self._entitle(transaction, holder, ask)
        if holder in self._holders(ask):
            return
        entitlement, why = f"{transaction}:{holder}", f"{holder} holds no preferred stock"
        owed = ask.state.obligation(NOTIFY, entitlement)
        if owed is not None and owed.status == "open":
            yield Lapse(NOTIFY, entitlement, why, "notice")
        yield from self._end_choices(transaction, holder, why, ask)

    def _end_choices(self, transaction: str, holder: str, why: str, ask: Ask) -> Iterable[Effect]:
        for right, role in ((CHOOSE, "choice"), (CASH, "cash_in_lieu")):
            granted = ask.state.get(("entitlement", right, holder, transaction))
            if granted is not None and granted.ended is None:
                yield Lapse(right, transaction, why, role, holder=holder)

    def _entitle(self, transaction: str, holder: str, ask: Ask) -> Iterable[Effect]:
        """The shares a holder has now, as if converted before the announcement, without limits, and kept of record."""
        entitlement = f"{transaction}:{holder}"
        day = ask("day_as_if_converted", transaction=transaction)
        taken = self._as_divided_on(day, holder, ask)
        given = {"preferred_taken": taken}
        shares = ask("consideration_shares", on=day, given=given, holder=holder)
        source = ask.source("consideration_shares", on=day, given=given, holder=holder)
        held: Any = ask.state.total(self.instrument, holder)
        yield Set("shares_before_announcement", entitlement, shares, source, "consideration")
        yield Set("splits_since_announcement", entitlement, grown_since(ask.state, day), role="consideration")
        yield Set("preferred_taken_over", entitlement, held, role="consideration")

    def _as_divided_on(self, day: date, holder: str, ask: Ask) -> tuple[tuple[str, Any], ...]:
        """What a holder has of each lot as the lots were on a day: a part divided later counts to its whole."""
        place = ask.state.place_at_end_of(day)
        return tuple((undivided_lot(ask.state, lot, place), held)
                     for lot, held in ask.state.lots(self.instrument, holder).items())

    def _take_value(self, entitlement: str, day: date, ask: Ask) -> Iterable[Effect]:
        transaction = entitlement.partition(":")[0]
        value = ask("value_per_share", on=day, transaction=transaction)
        source = ask.source("value_per_share", on=day, transaction=transaction)
        yield Set("value_when_stated", entitlement, value, source, "cash_in_lieu")
        yield Set("splits_since_value", entitlement, grown_since(ask.state, day), role="cash_in_lieu")
