"""One part of a draft at a time: a basis, a question, a condition, a material is put in, raised, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor, require
from linli.offerings import permits
from linli.offerings.models import ItemVersion
from linli.offerings.queries.items import read_or_refuse
from linli.offerings.services.items import write_draft

PARTS = ("basis", "questions", "conditions", "materials")


def write_content(
    version: ItemVersion, content: Mapping[str, Any], *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Write a draft out of plain data. Refuses with NotAllowed, WrongState, Stale, Invalid."""
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    return write_draft(
        version, read_or_refuse(content), edition=edition, actor=actor, now=now
    )  # fmt: skip


def put_part(
    version: ItemVersion, part: str, at: int | None, data: Mapping[str, Any],
    *, edition: int, actor: Actor, now: datetime,
) -> ItemVersion:  # fmt: skip
    """Put a part at its place, or a new one at the end. Refuses with NotAllowed, NotFound, Stale, Invalid."""
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    rows = _rows(version, part)
    if at is None:
        rows.append(data)
    else:
        rows[_index(rows, at)] = data
    return write_content(
        version, {**version.content, part: rows}, edition=edition, actor=actor, now=now
    )


def remove_part(
    version: ItemVersion, part: str, at: int, *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Take a part out. Refuses with NotAllowed, NotFound, WrongState, Stale."""
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    rows = _rows(version, part)
    del rows[_index(rows, at)]
    return write_content(
        version, {**version.content, part: rows}, edition=edition, actor=actor, now=now
    )


def raise_part(
    version: ItemVersion, part: str, at: int, *, edition: int, actor: Actor, now: datetime
) -> ItemVersion:
    """Let a part change places with the one before it. Refuses with NotAllowed, NotFound, WrongState, Stale."""
    require(actor, permits.WRITE_ITEMS, at=version.item.path)
    rows = _rows(version, part)
    index = _index(rows, at)
    if index:
        rows[index - 1], rows[index] = rows[index], rows[index - 1]
    return write_content(
        version, {**version.content, part: rows}, edition=edition, actor=actor, now=now
    )


def _rows(version: ItemVersion, part: str) -> list[Any]:
    if part not in PARTS:
        raise NotFound(part=part)
    return list(version.content.get(part) or [])


def _index(rows: list[Any], at: int) -> int:
    """Parts are counted from 1. Refuses with NotFound."""
    if not 1 <= at <= len(rows):
        raise NotFound(number=at)
    return at - 1
