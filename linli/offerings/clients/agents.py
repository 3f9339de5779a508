"""Who comes for whom by a mandate on paper, as both lie sealed beside it."""

from __future__ import annotations

import json
from dataclasses import asdict

from linli.kernel.ids import public_code
from linli.kernel.sealing import blind, open_sealed, seal
from linli.kernel.sealing.rotation import SealedColumn
from linli.offerings.models import AgentMandate
from linli.offerings.types.mandates import NUMBERS, Agent, Giver, MandateFacts
from linli.ui.masks import mask_id, mask_name

TABLE, COLUMN = "offerings_agentmandate", "sealed"
GIVER = "giver_sealed"
# what the rotation of keys writes anew
COLUMNS = (
    SealedColumn(TABLE, COLUMN, row="code"),
    SealedColumn(TABLE, GIVER, row="code"),
    *(
        SealedColumn(TABLE, column, row="code", index=f"{column}_index", purpose=purpose)
        for column, purpose in NUMBERS.items()
    ),
)


def sealed_agent(agent: Agent, code: str) -> bytes:
    """Return an agent as she lies in the table; a row is named by its code."""
    return seal(json.dumps(asdict(agent), ensure_ascii=False), table=TABLE, column=COLUMN, row=code)


def agent_opened(kept: bytes, code: str) -> Agent:
    """Return an agent as people read her. Whoever shows her to staff records the reading."""
    return Agent(**json.loads(open_sealed(kept, table=TABLE, column=COLUMN, row=code)))


def sealed_outside(giver: Giver, agent: Agent, code: str) -> dict[str, bytes | None]:
    """Return the columns of who gives a mandate and stands in no register, and how both numbers are found."""
    told = json.dumps({"name": giver.name, "phone": giver.phone}, ensure_ascii=False)
    columns: dict[str, bytes | None] = {GIVER: seal(told, table=TABLE, column=GIVER, row=code)}
    for (column, purpose), number in zip(
        NUMBERS.items(), (giver.id_number, agent.id_number), strict=True
    ):
        columns[column] = seal(number, table=TABLE, column=column, row=code)
        index = blind(number, purpose=purpose)
        columns |= {f"{column}_index": index.main, f"{column}_index_next": index.next}
    return columns


def giver_opened(kept: bytes, number: bytes, code: str) -> Giver:
    """Return who gave a mandate as people read her. Whoever shows her to staff records the reading."""
    told = json.loads(open_sealed(kept, table=TABLE, column=GIVER, row=code))
    read = open_sealed(number, table=TABLE, column="giver_number", row=code)
    return Giver(told["name"], read, told["phone"])


def mandate_row(path: str, agent: Agent, facts: MandateFacts) -> AgentMandate:
    """Return a mandate that names its agent, not yet of anybody and not saved."""
    code = public_code(10)
    return AgentMandate(
        path=path, item_key=facts.item, code=code, until=facts.until,
        sealed=sealed_agent(agent, code), agent_masked=masked(agent.name, agent.id_number),
    )  # fmt: skip


def masked(name: str, number: str) -> str:
    """Return name and number as lists show them."""
    return f"{mask_name(name)} {mask_id(number)}"
