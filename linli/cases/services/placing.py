"""Category and place of a case put right by a person; it is sent anew only if that changes something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import WrongPlace
from linli.cases.queries.categories import in_use
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import get_case
from linli.cases.services.routing import reroute
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held
from linli.cases.types.routing import Routed
from linli.kernel import sql
from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require
from linli.places import queries as places
from linli.places.types import PlaceRow

STEP = "put_right"
GOVERNED = ("city", "town", "village")


def put_right(
    at: At,
    number: str,
    *,
    category_id: int | None,
    place: str = "",
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> tuple[Done, Routed | None]:
    """Put category and, if a code is given, the place of an open case right; return where it went.

    Terms that run stay as they were promised. Refuses with NotFound, NotAllowed, MovedMeanwhile,
    WrongState, WrongPlace, Invalid where nothing would change.
    """
    assert sql.in_transaction(), "a step and what it causes are one transaction"
    case = get_case(actor, number)
    require(actor, permits.DISPATCH, at=case.path, level=case.level)
    if not case.is_open:
        raise WrongState(move=STEP, state=case.state)
    columns = _columns(case, category_id, place or code_of(case.path))

    def build(held: Held, kind: CaseKind) -> Given:
        return Given(
            columns=columns, internal={"reason": reason.strip()} if reason.strip() else None
        )

    done = perform_step(at.wish(STEP), build, permit=permits.DISPATCH, actor=actor, now=now)
    if done.is_repeated:
        return done, None
    return done, reroute(case.pk, actor=actor, now=now)


def _columns(case: Any, category_id: int | None, code: str) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    if category_id != case.category_id:
        if category_id and not in_use(localdate()).filter(pk=category_id).exists():
            raise Invalid({"category_id": [_("Choose a category that is in use.")]})
        columns["category_id"] = category_id
    if code != code_of(case.path):
        columns |= _place_columns(case, code)
    if not columns:
        raise Invalid({"category_id": [_("Nothing is changed yet.")]})
    return columns


def _place_columns(case: Any, code: str) -> dict[str, Any]:
    path = places.path_of(code)
    if path is None:
        raise Invalid({"place": [_("There is no place of this code.")]})
    chain = places.chain_of(code)
    level = next(one.level for one in reversed(chain) if one.level in GOVERNED)
    kind = kind_of(case.kind, case.version)
    if level not in kind.opens_at:
        raise WrongPlace(kind=kind.title)
    last = chain[-1]
    return {
        "path": last.path,
        "city_id": last.city_id or last.id,
        "town_id": _id_at(last, "town"),
        "village_id": _id_at(last, "village"),
    }


def _id_at(place: PlaceRow, level: str) -> int:
    return place.id if place.level == level else getattr(place, f"{level}_id") or 0
