"""What an office writes of a centre over the API: platforms merged, equipment, costs; as on the desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Router, Schema, Status
from pydantic import Field

from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.offerings import permits
from linli.offerings.api.centres import (
    CentreRecordDetailOut,
    CostOut,
    DeviceOut,
    centre_record,
)
from linli.offerings.forms.centres import CostBackForm, CostForm, DeviceForm, PlatformForm
from linli.offerings.queries import centres as queries
from linli.offerings.services import centres as services

router = Router()


class PlatformIn(Schema):
    """A platform by its key; without a day that it was merged is taken back."""

    key: str
    merged_on: date | None = None
    document: str = ""


class DeviceIn(Schema):
    """A piece of equipment, a new one without `id`; `is_gone` takes it off the list. `edition` as it was read."""

    id: int | None = None
    edition: int | None = None
    name: str = ""
    count: int = 1
    broken: int = 0
    note: str = ""
    is_gone: bool = False


class CostIn(Schema):
    """Money spent in a year, in fen, by the document that shows it."""

    year: int
    kind: str
    fen: int = Field(ge=1, lt=2**53)
    source: str
    document: str
    note: str = ""


class CostBackIn(Schema):
    why: str


def _kept(request: Request, code: str) -> Any:
    centre = queries.seen_centre(request.actor, code, localdate())
    require(request.actor, permits.CENTRES, at=centre.path)
    return centre


@router.post("/centre-records/{slug:code}/platforms", response=CentreRecordDetailOut)
def keep_platform(request: Request, code: str, given: PlatformIn) -> dict[str, Any]:
    """Note that a platform was merged into a centre, and since when; or take that back."""
    centre, now = _kept(request, code), timezone.now()
    if given.merged_on is None:
        services.part_platform(centre, given.key, actor=request.actor, now=now)
    else:
        said = PlatformForm(given.dict(exclude={"key"})).accepted()
        services.merge_platform(
            centre, given.key, said["merged_on"], said["document"], actor=request.actor, now=now
        )
    return centre_record(request, code)


@router.post("/centre-records/{slug:code}/equipment", response={200: DeviceOut, 201: DeviceOut})
def keep_device(request: Request, code: str, given: DeviceIn) -> Status[Any]:
    """Enter a piece of equipment, change one, or take it off the list."""
    centre, now = _kept(request, code), timezone.now()
    device = None if given.id is None else queries.get_device(centre.pk, given.id)
    if device is not None and given.is_gone:
        return Status(200, services.end_device(centre, device, actor=request.actor, now=now))
    form = DeviceForm({**given.dict(include={"edition", "broken", "note"}), "title": given.name,
                       "pieces": given.count})  # fmt: skip
    form.accepted()
    made = services.keep_device(centre, form.facts, device=device, edition=given.edition,
                                actor=request.actor, now=now)  # fmt: skip
    return Status(201 if device is None else 200, made)


@router.post("/centre-records/{slug:code}/costs", response={201: CostOut})
def note_cost(request: Request, code: str, given: CostIn) -> Status[Any]:
    """Note money that a centre cost in a year."""
    centre = _kept(request, code)
    form = CostForm(
        {**given.dict(exclude={"fen"}), "amount": f"{given.fen // 100}.{given.fen % 100:02}"}
    )
    form.accepted()
    return Status(
        201, services.note_cost(centre, form.facts, actor=request.actor, now=timezone.now())
    )


@router.post("/centre-records/{slug:code}/costs/{int:cost_id}/back", response=CostOut)
def withdraw_cost(request: Request, code: str, cost_id: int, given: CostBackIn) -> Any:
    """Take back a cost that was noted wrongly, with the reason; it stays on record."""
    centre = _kept(request, code)
    cost, why = queries.get_cost(centre.pk, cost_id), CostBackForm(given.dict()).accepted()["why"]
    return services.withdraw_cost(centre, cost, why, actor=request.actor, now=timezone.now())
