"""The life of a piece of feedback (BU-17)."""

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.portal import permits


class FeedbackState(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"


FEEDBACK = Machine(
    FeedbackState.RECEIVED,
    [
        Move("answer", (FeedbackState.RECEIVED,), FeedbackState.ANSWERED, permits.ANSWER),
        # the sponsor asks back whether the answer helped: a no opens it again, with a new due day
        Move("reopen", (FeedbackState.ANSWERED,), FeedbackState.RECEIVED),
        Move("confirm", (FeedbackState.ANSWERED,), FeedbackState.CONFIRMED),
    ],
    ends={FeedbackState.CONFIRMED},
)
