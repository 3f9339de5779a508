"""Warnings of weather over the API: read by everybody, passed on, corrected and lifted by an office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from linli.grid import permits
from linli.grid.forms.warnings import WarningForm
from linli.grid.queries import storms
from linli.grid.queries import warnings as queries
from linli.grid.services import warning_posts as posts
from linli.grid.services import warnings
from linli.kernel.api import PagedIn, listed, plain
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.grid.models import WeatherWarning
    from linli.grid.types.warnings import WarningWords
    from linli.places.models import Place

router = Router()
NEWEST = Keyset("new", ("-issued_at", "-id"))


class WarningOut(Schema):
    """`posting` and `spoken` are its texts in the language asked for; `followed_by` what took its place,
    `notice` the code of the notice by which it is posted."""

    id: int
    place: str
    kind: str
    level: str
    title: str
    origin: str
    office: str
    phone: str
    coming: str
    advice: list[str]
    posting: str
    spoken: list[str]
    issued_at: datetime
    lifted_at: datetime | None
    followed_by: int | None
    notice: str | None
    edition: int


class WarningsOut(Schema):
    count: int
    items: list[WarningOut]
    next: str | None


class WarningsIn(PagedIn):
    """Warnings for a place are its own and those of the places above it."""

    place: str
    is_over: bool | None = None


class WarningIn(Schema):
    kind: str
    level: str
    origin: str
    coming: str
    advice: list[str]
    phone: str = ""
    edition: int | None = None


class PostIn(Schema):
    days: int = Field(ge=1, le=30)
    edition: int | None = None


class LiftIn(Schema):
    edition: int | None = None


@router.get("/warnings/", response=WarningsOut)
def list_warnings(request: Request, asked: Query[WarningsIn]) -> dict[str, Any]:
    """Warnings for a place, newest first."""
    place = places.get_place(asked.place)
    found = queries.warnings_at(place.path)
    if asked.is_over is not None:
        found = found.filter(lifted_at__isnull=not asked.is_over)
    page = page_of(found, NEWEST, cursor=asked.cursor, limit=clean_limit(asked.limit))
    return listed(page, items=_shown(page.items))


def _warning(one: WeatherWarning) -> dict[str, Any]:
    return _shown([one])[0]


def _shown(rows: Iterable[WeatherWarning]) -> list[dict[str, Any]]:
    return [_as_told(one, told) for one, told in queries.told_of(rows)]


def _as_told(one: WeatherWarning, told: WarningWords) -> dict[str, Any]:
    texts = queries.texts_of(told)
    columns = (
        "id", "kind", "level", "origin", "office", "phone", "coming", "advice", "issued_at",
        "lifted_at", "edition",
    )  # fmt: skip
    return {
        **plain(one, *columns), "place": code_of(one.path), "title": told.title,
        "posting": texts.posting, "spoken": list(texts.spoken), "followed_by": one.followed_by_id,
        "notice": posted.code if (posted := queries.posted_of(one)) else None,
    }  # fmt: skip


@router.post("/warnings/{code}/", response={201: WarningOut})
def pass_on(request: Request, code: str, given: WarningIn) -> Status[dict[str, Any]]:
    """Pass a warning on to a place; it follows one of the same kind that holds there."""
    place = storms.ground_for(request.actor, code)
    require(request.actor, permits.DECLARE, at=place.path)
    form = _form(given, place)
    made = warnings.pass_on(
        places.open_place(code), form.facts, actor=request.actor, now=timezone.now()
    )
    return Status(201, _warning(made))


@router.post("/warnings/{int:warning_id}/correct", response=WarningOut)
def correct_warning(request: Request, warning_id: int, given: WarningIn) -> dict[str, Any]:
    """Correct the words of a warning that holds; kind and level stay."""
    one, place = _own(request, warning_id)
    form = _form(given, place)
    after = warnings.correct_warning(
        one, form.facts, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _warning(after)


@router.post("/warnings/{int:warning_id}/lift", response=WarningOut)
def lift_warning(request: Request, warning_id: int, given: LiftIn) -> dict[str, Any]:
    """Say that a warning does not hold any more."""
    one, _place = _own(request, warning_id)
    after = warnings.lift_warning(
        one, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _warning(after)


@router.post("/warnings/{int:warning_id}/post", response=WarningOut)
def post_warning(request: Request, warning_id: int, given: PostIn) -> dict[str, Any]:
    """Post a warning as a notice for so many days; it is taken down when the warning is lifted."""
    one, _place = _own(request, warning_id)
    after = posts.post_warning(
        one, days=given.days, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _warning(after)


def _own(request: Request, warning_id: int) -> tuple[WeatherWarning, Place]:
    one = queries.get_warning(warning_id)
    place = storms.ground_for(request.actor, code_of(one.path))
    require(request.actor, permits.DECLARE, at=place.path)
    return one, place


def _form(given: WarningIn, place: Place) -> WarningForm:
    """Return what was sent as the page's form has it. Refuses with Invalid."""
    signal = f"{given.kind}:{given.level}"
    typed = {
        "signal": signal, "origin": given.origin, "coming": given.coming, "call": given.phone,
        "advice": "\n".join(given.advice),
    }  # fmt: skip
    form = WarningForm(typed, signals=queries.signal_choices(place.path))
    form.accepted()
    return form
