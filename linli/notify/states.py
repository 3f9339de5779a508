"""The life of a delivery."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.notify import permits


class DeliveryState(StrEnum):
    QUEUED = "queued"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    SKIPPED = "skipped"
    DEAD = "dead"


S = DeliveryState
DELIVERY = Machine(
    S.QUEUED,
    [
        # not at this hour: it waits for the morning
        Move("hold", (S.QUEUED, S.HELD), S.HELD),
        Move("begin", (S.QUEUED, S.HELD, S.SENDING), S.SENDING),
        Move("take", (S.SENDING,), S.SENT),
        Move("report", (S.SENT, S.SENDING), S.DELIVERED),
        Move("retry", (S.SENDING,), S.QUEUED),
        # no consent, no address, no money: the inbox has it
        Move("skip", (S.QUEUED, S.HELD), S.SKIPPED),
        Move("give_up", (S.SENDING, S.SENT), S.DEAD),
        # after a restore: it may have gone already, a person says whether it goes
        Move("stop", (S.QUEUED, S.HELD, S.SENDING), S.DEAD),
        Move("revive", (S.DEAD,), S.QUEUED, permits.OVERSEE),
    ],
    ends={S.DELIVERED, S.SKIPPED},
)
