"""A mandate on paper: who may come for whom, for what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.cases.types.filing import PAPER
from linli.files.types import Policy
from linli.kernel.permits import PERSONAL

OWNER = "offerings.mandate"
# who ended it, where she gave it herself
BY_GIVER = "giver"
# columns of numbers that are found by a blind index, and what they are compared with
NUMBERS = {"giver_number": "offerings.mandate.giver", "agent_number": "offerings.mandate.agent"}
# the scan goes with the mandate: a year at most, then three more
SCAN = Policy(PAPER.kinds, PAPER.max_bytes, PERSONAL, keep_days=4 * 366)


@dataclass(frozen=True, slots=True)
class Agent:
    """Who comes for somebody; sealed."""

    name: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives a mandate and stands in no register here; sealed. She is told by her telephone of each use."""

    name: str
    id_number: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class MandateFacts:
    """What a mandate says: the agent, one item or all of them, and its last day."""

    agent: Agent
    until: date
    item: str = ""
