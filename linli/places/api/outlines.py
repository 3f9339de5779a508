"""Outlines over the API: a GeoJSON collection checked, loaded, taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.utils import timezone
from ninja import Field, Query, Schema, Status

from linli.kernel.api import PagedIn, paged
from linli.kernel.paging import Keyset
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.routing import router
from linli.places.forms.outlines import MOST_OUTLINES, WithdrawForm, read_outlines

NEWEST = Keyset("newest", ("-id",))


class OutlinesIn(Schema):
    """A GeoJSON FeatureCollection in WGS-84; each feature has the code of its place."""

    source: str = Field(min_length=1, max_length=200)
    valid_from: date
    type: Literal["FeatureCollection"]
    features: list[dict[str, Any]] = Field(min_length=1, max_length=MOST_OUTLINES)


class LoadOutlinesIn(OutlinesIn):
    """What is loaded; `sure` says that outlines which the check called odd are right."""

    sure: bool = False


class OutlineChangeOut(Schema):
    """What one outline would change: sizes in km², `given_up` as a share of the old ground.

    With `faults` nothing of the collection can be loaded; what `is_odd` (another size altogether,
    or other ground) is loaded only with `sure`.
    """

    code: str
    faults: list[str]
    is_first: bool
    replaces_sketch: bool
    km2_before: float | None
    km2_after: float | None
    given_up: float
    overlaps: list[str]
    cells_outside: int
    is_odd: bool


class OutlineChangesOut(Schema):
    is_clean: bool
    changes: list[OutlineChangeOut]


class OutlineLoadOut(Schema):
    id: int
    source: str
    valid_from: date
    count: int
    made_by: str
    made_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by: str
    why: str


class OutlineLoadsOut(Schema):
    count: int
    items: list[OutlineLoadOut]
    next: str | None


class WithdrawIn(Schema):
    why: str


@router.post("/places/outlines/check", response=OutlineChangesOut)
def check_outlines(request: Request, given: OutlinesIn) -> dict[str, Any]:
    """Say what outlines would change and what is wrong with them; nothing is saved."""
    _may_draw(request)
    changes = queries.outline_changes(
        read_outlines(given.features), given.valid_from, actor=request.actor,
        today=timezone.localdate(),
    )  # fmt: skip
    names = OutlineChangeOut.model_fields
    return {
        "is_clean": not any(one.faults for one in changes),
        "changes": [{name: getattr(one, name) for name in names} for one in changes],
    }


@router.post("/places/outlines/load", response={201: OutlineLoadOut})
def load_outlines(request: Request, given: LoadOutlinesIn) -> Status[Any]:
    """Replace the outlines of places from a day on, all of them or none; also from one up to a year ahead."""
    _may_draw(request)
    made = services.import_outlines(
        read_outlines(given.features), source=given.source, valid_from=given.valid_from,
        sure=given.sure, actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return Status(201, made)


@router.get("/places/outlines/loads/", response=OutlineLoadsOut)
def list_loads(request: Request, asked: Query[PagedIn]) -> dict[str, Any]:
    """What was loaded where one draws, the newest first."""
    _may_draw(request)
    return paged(queries.loads_of(request.actor), NEWEST, asked, lambda one: one)


@router.post("/places/outlines/loads/{load_id}/withdraw", response=OutlineLoadOut)
def withdraw_outlines(request: Request, load_id: int, given: WithdrawIn) -> Any:
    """Take back what was loaded at once: what held before holds again."""
    _may_draw(request)
    found, said = queries.get_load(request.actor, load_id), WithdrawForm(given.dict()).accepted()
    return services.withdraw_outlines(
        found, why=said["why"], actor=request.actor, now=timezone.now()
    )


def _may_draw(request: Request) -> None:
    require_somewhere(request.actor, permits.DRAW)
