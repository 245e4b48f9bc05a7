"""What a holder may do when the cap keeps its shares from converting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from paripassu.values.consents import consenting
from paripassu.values.effects import Effect, Occur, Owe, Refuse
from paripassu.values.facts import Fact
from paripassu.values.terms import Ask, Clause
from paripassu.values.undetermined import determined


@dataclass(frozen=True)
class CapRemedy(Clause):
    """A conversion that the cap forbids puts the company under the redemption article.

    The block alone is no redemption event. Once the event of the cap has occurred, a holder may require the move to
    the bulletin board, with the consent of the majority; its own shares count among those that consent. ``links``: the
    limb of that event.
    """

    def on_blocked_by_cap(self, event: Occur, ask: Ask) -> Iterable[Effect]:
        """The company is to act under the redemption article for what the cap blocks."""
        yield Owe("comply_after_block", event.subject, "company", event.details["holder"],
                  f"act under the redemption article for the shares of {event.subject} that the cap blocks",
                  role="remedy")

    def on_bulletin_board_election(self, fact: Fact, ask: Ask) -> Iterable[Effect]:
        """Open after the event of the cap only, and with the consent of more than half of the shares."""
        act, holder, event = (fact.details[name] for name in ("act", "holder", "event"))
        occurred = ask.state.get(("occurred", "redemption_event", event))
        if occurred is None or occurred.details["limb"] != self.links["event"]["limb"]:
            yield Refuse("bulletin_board", act, "no redemption event of the cap has occurred under that name", "board")
            return
        shares = consenting(ask.state, self.instrument, act, besides=holder) + ask("shares_held", holder=holder)
        majority = ask("is_majority", given={"shares_consenting": shares})
        if not determined(majority) or not majority:
            yield Refuse("bulletin_board", act, "the Majority Holders do not consent", "board")
            return
        yield Occur("bulletin_board_required", act, {"holder": holder}, "board")
        yield Owe("move_to_bulletin_board", act, "company", holder,
                  "end the listing and have the shares quoted on the bulletin board", role="board")
