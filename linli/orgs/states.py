"""The life of a hand-over sheet and of a set-up proposal."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.orgs import permits


class HandoverState(StrEnum):
    PRINTED = "printed"
    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


HANDOVER = Machine(
    HandoverState.PRINTED,
    [
        # Rights end here: the three signatures are on the paper.
        Move("sign", (HandoverState.PRINTED,), HandoverState.SIGNED, permits.APPOINT),
        Move("withdraw", (HandoverState.PRINTED,), HandoverState.WITHDRAWN, permits.APPOINT),
    ],
    ends={HandoverState.SIGNED, HandoverState.WITHDRAWN},
)


class ProposalState(StrEnum):
    PROPOSED = "proposed"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    DROPPED = "dropped"


PROPOSAL = Machine(
    ProposalState.PROPOSED,
    [
        Move(
            "submit",
            (ProposalState.PROPOSED, ProposalState.RETURNED),
            ProposalState.SUBMITTED,
            permits.PARTY_KEEP,
        ),
        Move("approve", (ProposalState.SUBMITTED,), ProposalState.APPROVED, permits.PARTY_DECIDE),
        Move("return", (ProposalState.SUBMITTED,), ProposalState.RETURNED, permits.PARTY_DECIDE),
        # The facts changed, or the town decided otherwise; the reason stays on record.
        Move(
            "drop",
            (ProposalState.PROPOSED, ProposalState.RETURNED),
            ProposalState.DROPPED,
            permits.PARTY_KEEP,
        ),
    ],
    ends={ProposalState.APPROVED, ProposalState.DROPPED},
)
