"""API of what is read before everybody does: the queue, and the decision on words and photos."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linli.cases import permits
from linli.cases.api.narrowing import NarrowedIn
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.models import Case, CaseFile
from linli.cases.queries import releasing as queries
from linli.cases.queries.public import category_name
from linli.cases.rules.blackening import WHOLE
from linli.cases.rules.shown import MOST_HIDDEN
from linli.cases.services import releasing as services
from linli.cases.services import showing
from linli.cases.types.filing import MOST_PHOTOS, UNKEPT
from linli.cases.types.moves import At
from linli.files import services as files
from linli.kernel.api import gives, listed
from linli.kernel.errors import NotFound
from linli.kernel.paging import clean_limit
from linli.kernel.paths import code_of
from linli.kernel.web import Request

router = Router()
SIDE = "1920"
Part = Annotated[int, Field(ge=0, le=WHOLE)]


class WaitingOut(Schema):
    """A case of which something waits; `text` is the first that does, `due_on` the last day for it."""

    number: str
    category: str
    place: str
    text: str
    since: datetime
    due_on: date
    due_at: datetime
    is_late: bool


class WaitingListOut(Schema):
    count: int
    items: list[WaitingOut]
    next: str | None


class WordsOut(Schema):
    """Words of a step; `shown` is what everybody reads, `names` what in them names somebody."""

    seq: int
    at: datetime
    text: str
    shown: str | None
    is_by_reporter: bool
    waits: bool
    is_withheld: bool
    names: list[str]


class HeldPhotoOut(Schema):
    """A photo; `shown` is the code of the file that everybody sees."""

    id: int
    at: datetime
    shown: str | None
    is_by_reporter: bool
    waits: bool
    is_withheld: bool


class ToReadOut(Schema):
    """All of a case that could be shown. `seq` is that of its last step."""

    number: str
    seq: int
    category: str
    waits: bool
    words: list[WordsOut]
    photos: list[HeldPhotoOut]


class DecisionIn(Schema):
    """`expected_seq` is the `seq` that was read, `key` makes the decision happen once."""

    expected_seq: int | None = None
    key: UUID | None = None


class ReleaseWordsIn(DecisionIn):
    """`hidden` are the pieces of the text that turn black, each wherever it stands."""

    hidden: Annotated[list[str], Field(max_length=MOST_HIDDEN)] = []


class ReleasePhotoIn(DecisionIn):
    """`black` are the boxes that turn black: left, top, right, bottom in thousandths of the photo."""

    black: Annotated[list[tuple[Part, Part, Part, Part]], Field(max_length=MOST_HIDDEN * 3)] = []


class WithholdIn(DecisionIn):
    """Why it is not shown; the writer reads it."""

    reason: str


class WithholdPhotosIn(WithholdIn):
    """`photos` are the ids of those that are not shown."""

    photos: Annotated[list[int], Field(min_length=1, max_length=MOST_PHOTOS * 3)]


@router.get("/release/", response=WaitingListOut)
def queue(request: Request, asked: Query[NarrowedIn]) -> dict[str, Any]:
    """Words and photos that wait to be read at the places of the caller, what is late first."""
    if not request.actor.holds(permits.RELEASE):
        raise NotFound()
    now, limit = timezone.now(), clean_limit(asked.limit)
    narrowed = narrowing_of(request.actor, asked.dict(), permits.RELEASE).on()
    found = queries.queue(request.actor, narrowed, cursor=asked.cursor, limit=limit)
    return listed(found, lambda row: _waiting(row, now))


@router.get("/release/{number}/", response=ToReadOut)
def to_read(request: Request, number: str) -> dict[str, Any]:
    """All words and photos of a case that could be shown to everybody."""
    return _told(queries.get_for_release(request.actor, number))


@router.get(
    "/release/{number}/photos/{int:photo_id}/",
    openapi_extra=gives("image/jpeg", type="string", format="binary"),
)
def photo(request: Request, number: str, photo_id: int) -> HttpResponse:
    """A photo as it came, for who decides on it: a JPEG, 1920 points wide at most."""
    case = queries.get_for_release(request.actor, number)
    found = next((one for one in queries.photos_of_case(case.pk) if one.pk == photo_id), None)
    if found is None:
        raise NotFound()
    content = files.read_content(found.file, SIDE, actor=request.actor, now=timezone.now())
    return HttpResponse(content, content_type="image/jpeg", headers=UNKEPT)


@router.post("/release/{number}/words/{int:seq}/release", response=ToReadOut)
def release_words(request: Request, number: str, seq: int, given: ReleaseWordsIn) -> dict[str, Any]:
    """Show the words of a step to everybody, with pieces of them black."""
    at = _at(request, number, given)
    now, hidden = timezone.now(), given.hidden
    services.release_words(at, seq, hidden=hidden, actor=request.actor, now=now)
    return to_read(request, number)


@router.post("/release/{number}/words/{int:seq}/withhold", response=ToReadOut)
def withhold_words(request: Request, number: str, seq: int, given: WithholdIn) -> dict[str, Any]:
    """Keep the words of a step from everybody, or take them back."""
    at = _at(request, number, given)
    now, reason = timezone.now(), given.reason
    services.withhold_words(at, seq, reason=reason, actor=request.actor, now=now)
    return to_read(request, number)


@router.post("/release/{number}/photos/{int:photo_id}/release", response=ToReadOut)
def release_photo(
    request: Request, number: str, photo_id: int, given: ReleasePhotoIn
) -> dict[str, Any]:
    """Show a photo to everybody, with parts of it black."""
    at = _at(request, number, given)
    now, black = timezone.now(), given.black
    showing.release_photo(at, photo_id, black=black, actor=request.actor, now=now)
    return to_read(request, number)


@router.post("/release/{number}/photos/withhold", response=ToReadOut)
def withhold_photos(request: Request, number: str, given: WithholdPhotosIn) -> dict[str, Any]:
    """Keep photos from everybody, or take them back; what was shown of them is erased."""
    at = _at(request, number, given)
    now, reason = timezone.now(), given.reason
    showing.withhold_photos(at, given.photos, reason=reason, actor=request.actor, now=now)
    return to_read(request, number)


def _at(request: Request, number: str, given: DecisionIn) -> At:
    case = queries.get_for_release(request.actor, number)
    return At(case.pk, given.expected_seq, given.key)


def _waiting(row: queries.Waiting, now: datetime) -> dict[str, Any]:
    return {
        "number": row.number, "category": row.category, "place": code_of(row.case.path),
        "text": row.text, "since": row.since, "due_on": row.due_on, "due_at": row.due_at,
        "is_late": row.due_at <= now,
    }  # fmt: skip


def _told(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "seq": case.seq, "category": category_name(case.category),
        "waits": case.waits_for_release,
        "words": [_words(piece) for piece in queries.pieces_of(case)],
        "photos": [_photo(one) for one in queries.photos_of_case(case.pk)],
    }  # fmt: skip


def _words(piece: queries.Piece) -> dict[str, Any]:
    return {
        "seq": piece.seq, "at": piece.at, "text": piece.text, "shown": piece.shown,
        "is_by_reporter": piece.is_by_reporter, "waits": piece.waits,
        "is_withheld": piece.withheld_at is not None, "names": list(piece.names),
    }  # fmt: skip


def _photo(one: CaseFile) -> dict[str, Any]:
    return {
        "id": one.pk, "at": one.event.at, "shown": one.shown.code if one.shown else None,
        "is_by_reporter": one.is_by_reporter, "waits": queries.photo_waits(one),
        "is_withheld": one.withheld_at is not None,
    }  # fmt: skip
