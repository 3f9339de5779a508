"""Counter computers: which there are, a new one, and taking one out of service."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from ninja import Query, Router, Schema, Status

from linli.access import entering, permits
from linli.access.api.frame import holder_of, path_of
from linli.access.forms import DeviceForm, with_choices
from linli.access.models import CounterDevice
from linli.access.queries.choices import place_choices
from linli.access.queries.devices import BY_PLACE, get_device, visible_devices
from linli.access.services import counter as services
from linli.kernel.api import PagedIn, paged
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()


class DeviceOut(Schema):
    id: int
    name: str
    place: str
    idle_seconds: int
    enrolled_at: datetime
    enrolled_by: str
    ends_at: datetime
    revoked_at: datetime | None


class DevicesOut(Schema):
    count: int
    items: list[DeviceOut]
    next: str | None


class EnrolIn(Schema):
    """`idle`: after how many minutes without a touch it locks, 1 to 15."""

    name: str
    place: str
    idle: int = 5


class EnrolledOut(DeviceOut):
    """`secret` stands in this answer alone; it is the value of the cookie `cookie` on that computer."""

    cookie: str
    secret: str


@router.get("/access/devices/", response=DevicesOut)
def devices(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """Counter computers at the caller's places, those out of service too. Not by a key."""
    holder_of(request, permits.ENROL)
    return paged(visible_devices(request.actor), BY_PLACE, asked, _device)


@router.post("/access/devices/", response={201: EnrolledOut})
def enrol(request: Request, given: EnrolIn) -> Status[dict[str, Any]]:
    """Make a computer a counter computer. By a session whose password was typed just now."""
    holder_of(request, permits.ENROL)
    now = timezone.now()
    entering.require_fresh(request, now)
    form = DeviceForm({**given.dict(), "place": path_of(given.place)})
    said = with_choices(form, place=place_choices(request.actor, permits.ENROL)).accepted()
    issued = services.enrol_device(
        said["name"], said["place"], idle=timedelta(minutes=said["idle"]), actor=request.actor,
        now=now,
    )  # fmt: skip
    device = _device(get_device(request.actor, issued.id))
    told = {**device, "cookie": entering.COUNTER_COOKIE, "secret": issued.secret}
    return Status(201, told)


@router.post("/access/devices/{int:device_id}/revoke", response=DeviceOut)
def revoke(request: Request, device_id: int) -> dict[str, Any]:
    """Take a computer out of service; sessions on it end. Not by a key."""
    holder_of(request, permits.ENROL)
    found = get_device(request.actor, device_id)
    return _device(services.revoke_device(found, actor=request.actor, now=timezone.now()))


def _device(one: CounterDevice) -> dict[str, Any]:
    names = ("name", "idle_seconds", "enrolled_at", "ends_at", "revoked_at")
    return {
        **{name: getattr(one, name) for name in names},
        "id": one.pk, "place": code_of(one.path), "enrolled_by": one.enrolled_by.display_name,
    }  # fmt: skip
