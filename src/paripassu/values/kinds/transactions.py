"""Facts about transactions of the company: their terms, the notices of them, what holders elect and who approves."""

from __future__ import annotations

from paripassu.values.kinds.fields import (
    DATE,
    HOLDER,
    NUMBER,
    POSITIVE,
    TEXT,
    TRANSACTION,
    WHOLE,
    Kind,
    Nature,
    kind,
    named_by,
    one_of,
    optional,
)
from paripassu.values.moments import Place as DayPlace

YES_NO = one_of("yes", "no")

KINDS: dict[str, Kind] = {
    "transaction_terms": kind(
        Nature.EVENT, DayPlace.PAPER,
        "{transaction} is to be consummated on {expected}, for {value_per_share} dollars a share of Common Stock",
        "transaction",
        transaction=TRANSACTION, expected=DATE, value_per_share=POSITIVE, entirely_cash=YES_NO,
    ),
    "lawful_provision": kind(
        Nature.ACT, DayPlace.ACT, "the papers of {transaction} provide for the preferred stock", "transaction",
        transaction=TRANSACTION,
    ),
    "notice_of_transaction": kind(
        Nature.PAPER, DayPlace.PAPER, "the notice of {transaction} is sent to {holder} by {channel}",
        "transaction holder",
        transaction=TRANSACTION, holder=HOLDER, channel=one_of("telecopy", "courier"), courier_copy=YES_NO,
        received=optional(DATE),
    ),
    "transaction_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects the {choice} in {transaction}", "transaction holder",
        transaction=TRANSACTION, holder=HOLDER, choice=one_of("consideration", "multiple of face"),
    ),
    "cash_election": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} elects cash in lieu of the consideration of {transaction}",
        "transaction holder", transaction=TRANSACTION, holder=HOLDER,
    ),
    "consideration_delivered": kind(
        Nature.ACT, DayPlace.ACT, "what {transaction} gives for the shares is delivered to {holder}",
        "transaction holder", transaction=TEXT, holder=TEXT,
    ),
    "distributed_items": kind(
        Nature.EVENT, DayPlace.PAPER,
        "{distribution} gives {items} items for every {per_shares} shares of Common Stock of record on {record_date}",
        "distribution",
        distribution=TEXT, items=POSITIVE, per_shares=POSITIVE, record_date=DATE,
    ),
    "special_adjustment_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} asks for an adjustment by the accountants ({case})", "case holder",
        case=TEXT, holder=HOLDER, action=TEXT,
    ),
    "accountants_appointed": kind(
        Nature.ACT, DayPlace.ACT, "the Company appoints its accountants in {case}", "case",
        case=named_by("special_adjustment_notice.case"),
    ),
    "accountants_determination": kind(
        Nature.PAPER, DayPlace.PAPER, "the accountants determine the adjustment in {case}", "case",
        case=named_by("special_adjustment_notice.case"), by=TEXT, fixed_price=optional(POSITIVE), action=optional(TEXT),
    ),
    "adjustment_made": kind(
        Nature.ACT, DayPlace.ACT, "the Company carries out the determination in {case}", "case",
        case=named_by("special_adjustment_notice.case"),
    ),
    "adjustment_certificate": kind(
        Nature.ACT, DayPlace.ACT, "the certificate of {adjustment} is furnished", "adjustment", adjustment=TEXT,
    ),
    "certificate_request": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} asks for a certificate of the adjustments ({request})",
        "request holder", request=TEXT, holder=HOLDER,
    ),
    "price_option": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} takes the better price of {issue}", "issue holder",
        holder=HOLDER, issue=TEXT,
    ),
    "stockholder_meeting": kind(
        Nature.EVENT, DayPlace.PAPER, "a meeting of the stockholders is called for {on_day} ({meeting})", "meeting",
        meeting=TEXT, on_day=DATE,
    ),
    "record_date_set": kind(
        Nature.EVENT, DayPlace.PAPER, "{record_date} is the record date of {event}", "event",
        event=TEXT, record_date=DATE, consummation=optional(DATE), announced=optional(DATE),
    ),
    "holders_notified": kind(
        Nature.ACT, DayPlace.ACT, "the Holders are sent the notice of {event}", "event",
        event=TEXT, received=optional(DATE),
    ),
    "class_vote": kind(
        Nature.EVENT, DayPlace.ACT, "{in_favour} shares of the series vote for {act}, {represented} being represented",
        "act", act=TEXT, in_favour=WHOLE, represented=WHOLE,
    ),
    "holder_consent": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} consents in writing to {act} with {shares} shares", "act holder",
        act=TEXT, holder=HOLDER, shares=WHOLE,
    ),
    "protected_act": kind(
        Nature.ACT, DayPlace.ACT, "the Company does {act} ({matter})", "act",
        act=TEXT, matter=TEXT, affected=optional(TEXT),
    ),
    "change_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "the notice of the change {act} is delivered to {holder}", "act holder",
        act=TEXT, holder=HOLDER,
    ),
    "value_of_consideration": kind(
        Nature.REPORT, DayPlace.REPORT, "the consideration of {transaction} is worth {value_per_share} dollars a share",
        "transaction", transaction=TRANSACTION, value_per_share=NUMBER, by=TEXT,
    ),
}
