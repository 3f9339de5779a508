"""Lists of the register as files over the API: ordered here, made by a job, fetched as a file."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from django.utils import timezone
from ninja import Router, Schema, Status

from linli.kernel.errors import Invalid
from linli.kernel.web import Request
from linli.people import permits
from linli.people.api.frame import place_of
from linli.people.queries.lists import Filters
from linli.people.queries.rolls import get_roll
from linli.people.services.exporting import Order, order_export

router = Router()


class ExportIn(Schema):
    """Which list, narrowed as its own address narrows it; what a list does not know is passed over.

    `roll` names the roll, `year` and `month` the month; `place` is not needed for a roll.
    """

    what: Literal["residents", "households", "dwellings", "roll", "month"]
    place: str = ""
    form: Literal["xlsx", "csv"] = "xlsx"
    standing: str = ""
    basis: str = ""
    sex: str = ""
    group: str = ""
    youngest: int | None = None
    oldest: int | None = None
    gone: bool = False
    kind: str = ""
    q: str = ""
    closed: bool = False
    roll: int | None = None
    year: int | None = None
    month: int | None = None


class OrderedOut(Schema):
    """The job that makes the file; its answer under jobs leads to it."""

    job: str


@router.post("/people/export", response={201: OrderedOut})
def export(request: Request, given: ExportIn) -> Status[dict[str, str]]:
    """Order a list as a file; numbers stay masked in it, and who took it along is on record."""
    if given.what == "roll":
        place, filters = _roll(request, given)
    else:
        place = place_of(request, given.place, permits.EXPORT).path
        filters = _filters(given)
    order = Order(given.what, place, given.form, filters)
    job = order_export(order, actor=request.actor, now=timezone.now())
    return Status(201, {"job": job.code})


def _roll(request: Request, given: ExportIn) -> tuple[str, dict[str, Any]]:
    if given.roll is None:
        raise Invalid({"roll": ["1 …"]})
    roll = get_roll(request.actor, given.roll)
    return roll.path, {"roll": roll.pk, "gone": given.gone}


def _filters(given: ExportIn) -> dict[str, Any]:
    if given.what == "households":
        return {"kind": given.kind, "text": given.q.strip()[:40], "closed": given.closed}
    if given.what == "dwellings":
        return {"kind": given.kind, "text": given.q.strip()[:100]}
    if given.what == "month":
        if not (1950 <= (given.year or 0) <= 2100 and 1 <= (given.month or 0) <= 12):
            raise Invalid({"month": ["1950-01 … 2100-12"]})
        return {"year": given.year, "month": given.month}
    names = ("standing", "basis", "sex", "group", "youngest", "oldest", "gone")
    return asdict(Filters(**{name: getattr(given, name) for name in names}))
