"""Facts about an exercise by notice: the notice itself, how it was sent, what follows it, and disputes about it."""

from __future__ import annotations

from paripassu.values.kinds.fields import HOLDER, NUMBER, POSITIVE, TEXT, Kind, Nature, kind, one_of, optional
from paripassu.values.moments import Place as DayPlace

CHANNEL = one_of("hand", "fax", "courier", "mail")
"""How a notice was sent: personal delivery, facsimile confirmed, overnight courier, registered or certified mail."""
ANSWER = one_of("yes", "no")

KINDS: dict[str, Kind] = {
    "exercise_notice": kind(
        Nature.PAPER, DayPlace.PAPER, "{holder} sends notice {exercise} by {channel} to exercise {shares} shares of "
        "lot {lot}", "exercise holder", timed=True,
        exercise=TEXT, holder=HOLDER, lot=TEXT, shares=POSITIVE, cash_shares=NUMBER, cashless_shares=NUMBER,
        channel=CHANNEL,
    ),
    "notice_sent": kind(
        Nature.PAPER, DayPlace.PAPER, "notice {notice} is sent by {channel}", "notice", timed=True,
        notice=TEXT, channel=CHANNEL,
    ),
    "notice_received": kind(
        Nature.ACT, DayPlace.PAPER, "notice {notice} is in the hands of its addressee", "notice", notice=TEXT,
    ),
    "warrant_received": kind(
        Nature.ACT, DayPlace.PAPER, "the warrant, or an undertaking for it, reaches the Company for exercise "
        "{exercise}", "exercise", exercise=TEXT,
    ),
    "calculation_made": kind(
        Nature.ACT, DayPlace.ACT, "the Company computes the shares of exercise {exercise}", "exercise", exercise=TEXT,
    ),
    "dtc_eligibility": kind(
        Nature.REPORT, DayPlace.REPORT, "the transfer agent takes part in the depository's transfer program: "
        "{agent_participates}; {holder} is eligible: {holder_eligible}", "holder",
        holder=HOLDER, agent_participates=ANSWER, holder_eligible=ANSWER,
    ),
    "dispute_transmitted": kind(
        Nature.ACT, DayPlace.PAPER, "the Company transmits the disputed calculations of {exercise} to the Holder",
        "exercise", exercise=TEXT,
    ),
    "dispute_agreed": kind(
        Nature.ACT, DayPlace.PAPER, "both sides agree on {figure} in the dispute on {exercise}", "exercise",
        exercise=TEXT, figure=NUMBER,
    ),
    "dispute_with_expert": kind(
        Nature.ACT, DayPlace.PAPER, "{expert} receives the dispute on {exercise}: the Company says {company_figure}, "
        "the Holder {holder_figure}", "exercise",
        exercise=TEXT, expert=TEXT, company_figure=NUMBER, holder_figure=NUMBER,
    ),
    "expert_determination": kind(
        Nature.ACT, DayPlace.PAPER, "the dispute on {exercise} is determined at {figure}", "exercise",
        exercise=TEXT, figure=NUMBER, fees=optional(POSITIVE),
    ),
}
