"""What occurrences are called in a statement."""

from __future__ import annotations

from typing import Any

from paripassu.values.printing import number
from paripassu.values.undetermined import determined, extent

QUIET = frozenset({"lot_issued", "lot_transferred", "closing", "part_delivered", "account_increased", "charged",
                   "conversion_submitted", "split_effective", "certificate_entered", "certificate_ended",
                   "certificate_missing", "issued_elsewhere", "certificates_accounted_for", "warrant_issued",
                   "exercise_submitted", "exercise_completed", "notice_given", "shares_changed",
                   "issued_on_exercise", "securities_offered", "adjustment_considered", "payments_converted"})
"""Occurrences by which clauses tell each other what a fact already says."""
EVENT_WORDS = {
    "cap_not_eliminated": "the cap was not eliminated by stockholder approval in time",
    "authorization_trigger_possible": "an authorization trigger date may have come: the days cannot be answered",
    "authorization_trigger_date": "authorization trigger date",
    "converted": "preferred shares are converted; the holder is of record for the common shares",
    "delivered_in_full": "all common shares of the notice are delivered",
    "missed_deliver_common": "the delivery period ended with shares undelivered",
    "missed_confirm_receipt": "the receipt of the notice was not confirmed that business day",
    "missed_surrender_certificates": "the certificates were not handed to the courier in time",
    "missed_pay_default": "default payments were not paid when due",
    "missed_pay_buy_in": "the buy-in was not paid when due",
    "missed_pay_redemption": "the Redemption Amount was not paid when due",
    "missed_increase_reserve": "the reserve was not raised in time",
    "reserve_not_increased": "the reserve was not raised in time: redemption event (vii)",
    "conversion_default": "conversion default",
    "default_cured": "the default is cured",
    "fixed_price_reset": "the fixed price of all the holder's lots is reset",
    "delivery_ten_business_days_late": "still undelivered ten business days after the delivery period",
    "required_conversion_failed": "nothing converted at maturity: a condition was not met; the shares stay outstanding",
    "required_conversion_undetermined": "whether the shares converted at maturity cannot be said: a report is missing",
    "shares_corrected": "the number of record becomes the number found by the accountants",
    "calculation_disputed": "the number of shares is disputed: both versions are kept, the smaller is due",
    "shares_insufficient": "too few authorised and reserved shares for full conversion and exercise",
    "shares_sufficient_again": "enough authorised and reserved shares again",
    "reallocation_waits": "portions left with nobody wait for a report of the holder's other securities",
    "paid_by_another_method": "paid by another method than the holder elected",
    "issuance_prohibited": "a limit prohibits issuing all that somebody could convert on the day of the request",
    "solicited_in_time": "the stockholders are asked by proxy in time",
    "solicited_late": "the stockholders are asked by proxy after the last day",
    "bankruptcy_event": "bankruptcy event",
    "liquidation_event": "liquidation event: the preference is paid before anything goes to stock that ranks behind",
    "distribution_before_preference": "distributed on stock that ranks behind before the preference was paid",
    "done_without_approval": "done without the holders' approval that it needs first",
    "deemed_breach_of_redemption": "while the law limits redemption the company is deemed in breach",
    "redemption_event": "redemption event",
    "trading_suspended": "too many trading days in the period without trading or listing",
    "trading_market_trigger_event": "trading market trigger event",
    "announcement_date": "announcement date: the price is locked while the transaction is pending",
    "lock_ended": "the price lock ends",
    "paid_in_full": "paid in full",
    "missed_deliver_balance_certificate": "the certificate for what was not converted was not delivered in time",
    "replacement_not_owed": "no new certificate is owed: the shares of the lost one are being converted",
    "warrants_reported_otherwise": "the warrants reported are not as many as the register has",
    "major_transaction": "major transaction: each holder may take what it gives or the multiple of the face amount",
    "warrant_transaction": "a transaction that gives the holders of warrants other securities or cash",
    "major_transaction_noticed": "the notice of the transaction stands as delivered",
    "missed_provide_for_major_transaction": "the papers of the transaction made no provision for the holders",
    "missed_lawful_provision": "the papers of the transaction made no provision for the warrants",
    "missed_notice_of_major_transaction": "the notice of the transaction was not given in time",
    "missed_notify_major_transaction": "the notice of the transaction was not given in time",
    "missed_pay_transaction_consideration": "what the transaction gives was not paid or delivered when due",
    "missed_settle_major_transaction": "what the transaction gives for the warrant was not delivered when due",
    "price_adjusted": "the holder's conversion price is adjusted",
    "holding_ended": "the preferred shares are exchanged for what the transaction gives",
    "wound_up": "the final distribution is paid: the preferred shares end",
    "capital_impairment": "redemption is limited to what is lawful",
    "capital_impairment_ended": "redemption is no longer limited to what is lawful",
    "redeemed_in_part": "the shares whose lawful price is paid are redeemed, the rest of the notice stays",
    "exercised": "the exercise takes effect; the shares are issued as of its date",
    "warrant_expired": "the warrant is void",
    "missed_deliver_warrant_shares": "the delivery period of the exercise ended with shares undelivered",
    "missed_deliver_balance_warrant": "the new warrant for the balance was not delivered in time",
    "warrant_transferred": "the transfer is entered in the register of holders",
    "missed_give_notice_of_issuance": "official notice of the issuance was not given on its day",
    "missed_deliver_shares": "the shares of the exercise were not delivered on the second business day",
    "missed_deliver_new_warrant": "the new warrant for the rest was not issued in five business days",
    "missed_notify_record_date": "notice was not given twenty days before the record date",
    "missed_secure_acquirer_agreement": "the acquiring entity's agreement was not there before the change",
    "missed_make_appropriate_provision": "no provision was made for what replaces the shares before the change",
    "missed_submit_dispute": "the disputed calculations were not submitted to the holder in time",
    "missed_submit_to_expert": "the dispute was not submitted to the expert in time",
    "missed_obtain_result": "the expert's result did not come in time",
    "certificate_for_account": "a certificate was delivered although a credit to the account was due",
    "new_warrant_differs": "the new warrant is not for the shares left",
    "dispute_resolved": "the dispute is resolved",
    "shares_determined": "the number of shares is determined",
    "organic_change": "organic change",
    "available_shares_short": "fewer authorised shares are available than the exercise in full needs",
    "warrant_reserve_shares_short": "fewer shares are reserved for the warrant than the exercise in full needs",
    "par_value_above_price": "the par value is above the exercise price",
    "issue_excepted": "the issuance is excepted: it adjusts no exercise price",
    "issue_counted": "the issuance counts: it is tested against the market price",
    "warrant_amended": "the exercise price is changed by agreement",
    "fraction_rounded_up": "the fraction is rounded up to a whole share",
}


def at_most(value: Any) -> str:
    """A number of shares, or at most its upper bound where it is not known."""
    high = extent(value)[1]
    if determined(value):
        return number(value, "shares")
    return "an unknown number of" if high is None else f"at most {number(high, 'shares')}"
