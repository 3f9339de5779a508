"""The life of a paper, and of a use of a seal."""

from __future__ import annotations

from enum import StrEnum

from linli.documents import permits
from linli.kernel.states import Machine, Move


class DocumentState(StrEnum):
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class SealState(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    STAMPED = "stamped"
    REFUSED = "refused"
    CANCELLED = "cancelled"


DOCUMENT = Machine(
    DocumentState.ISSUED,
    [Move("withdraw", (DocumentState.ISSUED,), DocumentState.WITHDRAWN, permits.WITHDRAW)],
    ends={DocumentState.WITHDRAWN},
)

SEAL_USE = Machine(
    SealState.REQUESTED,
    [
        Move("approve", (SealState.REQUESTED,), SealState.APPROVED, permits.APPROVE_SEAL),
        Move("refuse", (SealState.REQUESTED,), SealState.REFUSED, permits.APPROVE_SEAL),
        Move("stamp", (SealState.APPROVED,), SealState.STAMPED, permits.KEEP_SEAL),
        # the applicant does not need it any more, or the paper was withdrawn
        Move("cancel", (SealState.REQUESTED, SealState.APPROVED), SealState.CANCELLED),
    ],
    ends={SealState.STAMPED, SealState.REFUSED, SealState.CANCELLED},
)
