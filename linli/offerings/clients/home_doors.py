"""The door of a visit at home as it lies sealed."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from linli.kernel.sealing import open_sealed, seal
from linli.offerings.types.home_visits import Door

if TYPE_CHECKING:
    from linli.offerings.models import HomeVisit

TABLE, COLUMN = "offerings_homevisit", "door"


def sealed_door(door: Door, code: str) -> bytes:
    """Return a door as it lies in the table; a row is named by its code."""
    return seal(json.dumps(asdict(door), ensure_ascii=False), table=TABLE, column=COLUMN, row=code)


def door_of(row: HomeVisit) -> Door | None:
    """Return the door, None once it was let go. Whoever shows it to a person records the reading."""
    if row.door is None:
        return None
    told = open_sealed(bytes(row.door), table=TABLE, column=COLUMN, row=row.code)
    return Door(**json.loads(told))
