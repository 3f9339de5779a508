"""How a filing, a pilot and a supervision visit go on."""

from __future__ import annotations

from enum import StrEnum

from linli.kernel.states import Machine, Move
from linli.plan import permits


class FilingState(StrEnum):
    """A town's plan or report."""

    FILED = "filed"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class PilotState(StrEnum):
    RUNNING = "running"
    ENDED = "ended"


class VisitState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


FILING: Machine[FilingState] = Machine(
    FilingState.FILED,
    [
        Move("return", (FilingState.FILED,), FilingState.RETURNED, permits.CHECK),
        Move("refile", (FilingState.RETURNED,), FilingState.FILED, permits.FILE),
        Move("accept", (FilingState.FILED,), FilingState.ACCEPTED, permits.CHECK),
    ],
    ends={FilingState.ACCEPTED},
)
PILOT: Machine[PilotState] = Machine(
    PilotState.RUNNING,
    [Move("end", (PilotState.RUNNING,), PilotState.ENDED, permits.PILOT)],
    ends={PilotState.ENDED},
)
VISIT: Machine[VisitState] = Machine(
    VisitState.OPEN,
    [
        Move("answer", (VisitState.OPEN,), VisitState.ANSWERED, permits.FILE),
        Move("reopen", (VisitState.ANSWERED,), VisitState.OPEN, permits.SUPERVISE),
        Move("close", (VisitState.OPEN, VisitState.ANSWERED), VisitState.CLOSED, permits.SUPERVISE),
    ],
    ends={VisitState.CLOSED},
)
