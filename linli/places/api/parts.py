"""Groups and buildings of a village: the list, and a new one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Schema, Status

from linli.kernel import dates
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import permits, queries, services
from linli.places.api.routing import BY_CODE, router
from linli.places.api.tree import PlaceOut, PlacesOut, outs
from linli.places.errors import PART_FAULTS
from linli.places.queries import PartsWanted
from linli.places.rules.part_rows import NewPart, read_row
from linli.places.types import SMALL

FIELDS = ("level", "number", "name", "group", "since", "basis", "short_name", "name_en")


class PartsIn(PagedIn):
    level: str = ""
    ended: bool = False


class PartIn(Schema):
    level: str
    number: int
    name: str
    since: str
    basis: str
    group: str = ""
    short_name: str = ""
    name_en: str = ""


@router.get("/places/{code}/parts/", response=PlacesOut)
def list_parts(request: Request, code: str, asked: Query[PartsIn]) -> dict[str, Any]:
    """Groups and buildings of a village in the order of their codes; `ended=true` adds those gone."""
    if asked.level and asked.level not in SMALL:
        raise Invalid({"level": [", ".join(SMALL)]})
    found = queries.parts_of(queries.get_place(code), PartsWanted(asked.level, "", asked.ended))
    page = page_of(found, BY_CODE, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, items=outs(page.items))


@router.post("/places/{code}/parts/", response={201: PlaceOut})
def add_part(request: Request, code: str, given: PartIn) -> Status[dict[str, Any]]:
    """Enter a group or building by the rules of a list; `group` is the number or name of its group."""
    village = queries.open_place(code)
    require(request.actor, permits.TEND, at=village.path)
    if village.level != "village":
        raise NotFound(code=code)
    cells = [str(getattr(given, name)) for name in FIELDS]
    columns = {name: at for at, name in enumerate(FIELDS)}
    read = read_row(0, cells, columns, partial(dates.parse, today=localdate()))
    if not isinstance(read, NewPart):
        raise Invalid({fault.field: [str(PART_FAULTS[fault.code])] for fault in read})
    made = services.add_part(village, read, actor=request.actor, now=timezone.now())
    return Status(201, outs([made])[0])
