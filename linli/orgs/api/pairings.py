"""Pairings of communities over the API. Public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.kernel.api import paged, plain
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.orgs import permits, queries, services
from linli.orgs.api.frame import ListIn, OnIn
from linli.orgs.forms.centres import DayForm, PairForm
from linli.orgs.models import Pairing
from linli.places import queries as places

router = Router()
BY_PLACE = Keyset("place", ("one_path", "other_path", "id"))


class PairingOut(Schema):
    id: int
    one: str
    other: str
    since: date
    until: date | None
    content: str
    document: str


class PairingsOut(Schema):
    count: int
    items: list[PairingOut]
    next: str | None


class PairingsIn(ListIn):
    ended: bool = False


@router.get("/pairings/", response=PairingsOut)
def list_pairings(request: Request, asked: Query[PairingsIn]) -> dict[str, Any]:
    """Pairings with one side at a place or below; `ended=true` adds those that are over."""
    found = queries.pairings(path_of(asked.place), on=None if asked.ended else localdate())
    return paged(found, BY_PLACE, asked, _pairing)


def _pairing(pairing: Pairing) -> dict[str, Any]:
    return {
        "id": pairing.pk, "one": pairing.one.code, "other": pairing.other.code,
        **plain(pairing, "since", "until", "content", "document"),
    }  # fmt: skip


class PairingIn(Schema):
    """The codes of two communities."""

    one: str
    other: str
    since: date
    content: str
    document: str = ""


@router.post("/pairings/", response={201: PairingOut})
def pair(request: Request, given: PairingIn) -> Status[dict[str, Any]]:
    """Pair a community with another one."""
    one = places.open_place(given.one)
    require(request.actor, permits.EDIT, at=one.path)
    data = PairForm(given.dict()).accepted()
    try:
        other = places.open_place(data["other"].strip())
    except NotFound:
        raise Invalid({"other": [_("There is no place of this code.")]}) from None
    made = services.pair(
        (one, other), since=data["since"], content=data["content"], document=data["document"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _pairing(queries.get_pairing(made.pk)))


@router.post("/pairings/{int:pairing_id}/end", response=PairingOut)
def end_pairing(request: Request, pairing_id: int, given: OnIn) -> dict[str, Any]:
    """End a pairing."""
    pairing = queries.get_pairing(pairing_id)
    for path in (pairing.one_path, pairing.other_path):
        require(request.actor, permits.EDIT, at=path)
    on = DayForm(given.dict()).accepted()["on"]
    services.end_pairing(pairing, on=on, actor=request.actor, now=timezone.now())
    return _pairing(queries.get_pairing(pairing_id))
