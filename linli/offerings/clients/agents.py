"""Who comes for somebody by a mandate on paper, as she lies sealed beside it."""

from __future__ import annotations

import json
from dataclasses import asdict

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.mandates import Agent

TABLE, COLUMN = "offerings_agentmandate", "sealed"


def sealed_agent(agent: Agent, code: str) -> bytes:
    """Return an agent as she lies in the table; a row is named by its code."""
    return seal(json.dumps(asdict(agent), ensure_ascii=False), table=TABLE, column=COLUMN, row=code)


def agent_opened(kept: bytes, code: str) -> Agent:
    """Return an agent as people read her. Whoever shows her to staff records the reading."""
    return Agent(**json.loads(open_sealed(kept, table=TABLE, column=COLUMN, row=code)))
