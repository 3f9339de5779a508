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
    SEALED = "sealed"


class ElectronicState(StrEnum):
    """`called_off`: taken back, or stamped by hand, before the answer; `revoked`: the paper was withdrawn."""

    ASKED = "asked"
    SEALED = "sealed"
    REFUSED = "refused"
    CALLED_OFF = "called_off"
    REVOKED = "revoked"


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
        # the city's seal service sealed the file
        Move("seal", (SealState.APPROVED,), SealState.SEALED),
        # the applicant does not need it any more, or the paper was withdrawn
        Move("cancel", (SealState.REQUESTED, SealState.APPROVED), SealState.CANCELLED),
    ],
    ends={SealState.STAMPED, SealState.REFUSED, SealState.CANCELLED, SealState.SEALED},
)

ELECTRONIC_SEAL = Machine(
    ElectronicState.ASKED,
    [
        Move("seal", (ElectronicState.ASKED,), ElectronicState.SEALED),
        Move("refuse", (ElectronicState.ASKED,), ElectronicState.REFUSED),
        Move("call_off", (ElectronicState.ASKED,), ElectronicState.CALLED_OFF, permits.KEEP_SEAL),
        Move("revoke", (ElectronicState.SEALED,), ElectronicState.REVOKED, permits.WITHDRAW),
    ],
    ends={ElectronicState.REFUSED, ElectronicState.CALLED_OFF, ElectronicState.REVOKED},
)
