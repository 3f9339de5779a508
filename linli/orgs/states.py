"""The life of a hand-over sheet, of a set-up proposal, and of a list of staff."""

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
    CARRIED_OUT = "carried_out"
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
        # What was approved stands in the register now.
        Move(
            "carry_out",
            (ProposalState.APPROVED,),
            ProposalState.CARRIED_OUT,
            permits.PARTY_KEEP,
        ),
        # The facts changed, or the town decided otherwise; the reason stays on record.
        Move(
            "drop",
            (ProposalState.PROPOSED, ProposalState.RETURNED, ProposalState.APPROVED),
            ProposalState.DROPPED,
            permits.PARTY_KEEP,
        ),
    ],
    ends={ProposalState.CARRIED_OUT, ProposalState.DROPPED},
)


class ListState(StrEnum):
    RECEIVED = "received"
    CHECKED = "checked"
    TAKING = "taking"
    TAKEN = "taken"
    DROPPED = "dropped"


STAFF_LIST = Machine(
    ListState.RECEIVED,
    [
        # the check changes nothing else; it may be repeated after the register was mended
        Move("check", (ListState.RECEIVED, ListState.CHECKED), ListState.CHECKED, permits.IMPORT),
        Move("take", (ListState.CHECKED,), ListState.TAKING, permits.IMPORT),
        Move("finish", (ListState.TAKING,), ListState.TAKEN, permits.IMPORT),
        Move("drop", (ListState.RECEIVED, ListState.CHECKED), ListState.DROPPED, permits.IMPORT),
    ],
    ends={ListState.TAKEN, ListState.DROPPED},
)
