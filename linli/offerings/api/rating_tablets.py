"""Tablets of windows over the API: put into use, what they show, rated on, taken out of use."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.queue import RatedOut, RateIn
from linli.offerings.forms.visit_ratings import TabletForm
from linli.offerings.queries import rating_tablets as queries
from linli.offerings.queries import windows
from linli.offerings.services import rating_tablets as services
from linli.offerings.types.visit_ratings import TABLET_COOKIE

router = Router()


class TabletOut(Schema):
    """A tablet in use at a window."""

    id: int
    window: int
    since: datetime


class EnrolledTabletOut(TabletOut):
    """A new one: `secret` is told this once, and goes into the cookie of the device."""

    cookie: str
    secret: str


class ShownOut(Schema):
    """What the tablet shows: its window and the visit that ended last; nothing once it was rated."""

    window: str
    ticket: str
    label: str


class TabletRateIn(RateIn):
    """A rating of the visit that is shown: `ticket` as it was told."""

    ticket: str


@router.get("/windows/{int:window_id}/tablets/", response=list[TabletOut])
def list_tablets(request: Request, window_id: int) -> list[dict[str, Any]]:
    """The tablets in use at a window."""
    window = windows.get_window(window_id)
    require(request.actor, permits.WINDOWS, at=window.path)
    return [_tablet(one) for one in queries.tablets_of(window)]


@router.post("/windows/{int:window_id}/tablets", response={201: EnrolledTabletOut})
def enrol_tablet(request: Request, window_id: int) -> Status[dict[str, Any]]:
    """Put a tablet into use at a window; by who keeps the windows."""
    made, secret = services.enrol_tablet(
        windows.get_window(window_id), actor=request.actor, now=timezone.now()
    )
    return Status(201, {**_tablet(made), "cookie": TABLET_COOKIE, "secret": secret})


@router.post("/rating-tablets/{int:tablet_id}/end", response=TabletOut)
def end_tablet(request: Request, tablet_id: int) -> dict[str, Any]:
    """Take a tablet out of use."""
    return _tablet(services.end_tablet(tablet_id, actor=request.actor, now=timezone.now()))


@router.get("/rate/tablet/", response=ShownOut)
def shown(request: Request) -> dict[str, Any]:
    """What the tablet whose cookie is sent shows."""
    found = queries.tablet_of(request.COOKIES.get(TABLET_COOKIE, ""))
    ticket = queries.ticket_at(found, timezone.now())
    return {
        "window": found.window.number, "ticket": ticket.handle if ticket else "",
        "label": ticket.name if ticket else "",
    }  # fmt: skip


@router.post("/rate/tablet", response={201: RatedOut})
def rate_on_tablet(request: Request, given: TabletRateIn) -> Status[dict[str, Any]]:
    """Rate the visit that the tablet shows; it counts at once."""
    found = queries.tablet_of(request.COOKIES.get(TABLET_COOKIE, ""))
    said = TabletForm(given.dict()).accepted()
    made = services.rate_on_tablet(
        found, said["ticket"], said["grade"], why=said["why"], phone=said["phone"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, {"grade": made.grade, "counts_from": None})


def _tablet(one: Any) -> dict[str, Any]:
    return {"id": one.pk, "window": one.window_id, "since": one.enrolled_at}
