"""Reading notices over the API: the public ones of a place, and one with its versions."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate
from ninja import Query

from linli.kernel.api import PagedIn, listed, one_of
from linli.kernel.paging import clean_limit
from linli.kernel.paths import CITY_PATH, path_of
from linli.kernel.web import Request
from linli.notices import queries
from linli.notices.api.frame import NoticeOut, NoticesOut, notice_out, router, row_out
from linli.notices.forms.filters import NoticeFilter
from linli.notices.types import Category


class NoticeListIn(PagedIn):
    """`place` is a code; `wide` takes the notices of the places below along. Without a place all of the city."""

    place: str = ""
    category: str = ""
    phase: str = ""
    q: str = ""
    since: str = ""
    until: str = ""
    wide: bool = False


@router.get("/notices/", response=NoticesOut)
def list_notices(request: Request, asked: Query[NoticeListIn]) -> dict[str, Any]:
    """Notices that are or were displayed at a place, without one in the whole city; the newest first."""
    one_of("category", asked.category, Category)
    one_of("phase", asked.phase, queries.PUBLIC_PHASES)
    given = asked.dict(exclude={"place", "limit", "cursor"})
    given["wide"] = asked.wide or not asked.place
    form = NoticeFilter(given)
    form.accepted()
    page = queries.list_public(
        path_of(asked.place, empty=CITY_PATH), form.shown(), on=localdate(),
        cursor=asked.cursor, limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, row_out)


@router.get("/notices/{code}/", response=NoticeOut)
def get_notice(request: Request, code: str) -> dict[str, Any]:
    """One notice with all that it ever said."""
    return notice_out(queries.get_public(code, on=localdate()))
