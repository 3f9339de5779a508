"""From an act to the line of the trail that tells it: cut, cleaned, without personal text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from linli.kernel.permits import Actor
from linli.trail.types import Act, Line


def line_of(act: Act, actor: Actor, now: datetime, outcome: str, *, id_: int) -> Line:
    """Return an act as a row says it."""
    kind, key = _thing(act.on)
    path = _path(act)
    person = act.about["person_id"] if "person_id" in act.about else _person(act.on, kind)
    return Line(
        id=id_,
        at=now,
        account_id=actor.account_id,
        acting_for=actor.acting_for,
        label=_text(actor.label, 200),
        post_id=actor.post_at(path),
        verb=act.verb,
        kind=kind,
        key=key,
        path=path,
        person_id=person,
        purpose=_text(actor.purpose, 500),
        level=act.about.get("level", 1),
        details=plain(act.details),
        outcome=outcome,
    )


def _thing(on: Any) -> tuple[str, str]:
    if isinstance(on, tuple):
        return str(on[0]), _text(str(on[1]), 200)
    return on._meta.label_lower, str(on.pk)


def _path(act: Act) -> str:
    place = act.about.get("place") or getattr(act.on, "path", "") or getattr(act.on, "place", "")
    return place if isinstance(place, str) else str(getattr(place, "path", ""))


def _person(on: Any, kind: str) -> int | None:
    if kind == "people.person" and not isinstance(on, tuple):
        return int(on.pk)
    found = getattr(on, "person_id", None)
    return found if isinstance(found, int) else None


def plain(value: Any) -> Any:
    """Return details as JSON that reads back as it was written."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return _text(value, 2000)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    # dates, decimals, lazy texts, identifiers; a float has no exact form and becomes text too
    return _text(value.isoformat() if hasattr(value, "isoformat") else str(value), 2000)


def _text(value: str, most: int) -> str:
    """Cut a text, and replace what PostgreSQL cannot hold."""
    cut = str(value)[:most]
    if cut.isascii() and cut.isprintable():
        return cut
    return cut.replace("\0", "\ufffd").encode(errors="replace").decode()
