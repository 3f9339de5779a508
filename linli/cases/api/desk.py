"""Cases over the API for those who work on them: lists, one case with its story, every move."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema

from linli.cases.api.desk_shapes import CaseDetailOut, CaseOut, detail_of, shown
from linli.cases.forms.acts import form_of
from linli.cases.forms.filters import wanted_of
from linli.cases.forms.splitting import TITLE
from linli.cases.queries.candidates import org_of_post
from linli.cases.queries.categories import ids_by_code
from linli.cases.queries.filters import place_of, sees_cases
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.listing import count_cases, list_cases
from linli.cases.queries.reading import get_case
from linli.cases.queries.telling import told_rows
from linli.cases.services.acting import act
from linli.cases.types.acting import Act, Typed
from linli.cases.types.moves import At
from linli.cases.types.splitting import PartWanted
from linli.kernel.api import PagedIn
from linli.kernel.errors import NotFound
from linli.kernel.paging import COUNT_LIMIT, clean_limit
from linli.kernel.web import Request

router = Router()


class CasesOut(Schema):
    """`count` is exact up to 1,000."""

    count: int
    items: list[CaseOut]
    next: str | None


class CasesIn(PagedIn):
    """`view`: open, mine, offered, overdue, waiting, closed; `flag`: unaccepted, bounced, reopened.

    `place` is a code, or a name, a part of one or its pinyin where one place alone fits; `own`
    leaves out what lies below the place.
    """

    view: str = ""
    place: str = ""
    own: str = ""
    category: str = ""
    kind: str = ""
    matter: str = ""
    flag: str = ""
    q: str = ""
    due: str = ""
    since: str = ""
    post: str = ""


@router.get("/cases/", response=CasesOut)
def list_(request: Request, asked: Query[CasesIn]) -> dict[str, Any]:
    """Cases that the caller may see: open ones due first, closed ones newest first."""
    if not sees_cases(request.actor):
        raise NotFound()
    now = timezone.now()
    place = place_of(request.actor, asked.place)
    wanted = wanted_of({**asked.dict(), "place": place}, now=now)
    found = list_cases(request.actor, wanted, cursor=asked.cursor, limit=clean_limit(asked.limit))
    items = [shown(told) for told in told_rows(request.actor, found.items, now)]
    count = min(count_cases(request.actor, wanted), COUNT_LIMIT)
    return {"count": count, "items": items, "next": found.next}


@router.get("/cases/{number}/", response=CaseDetailOut)
def detail(request: Request, number: str) -> dict[str, Any]:
    """One case with its clocks, the posts that take part, its story, and what may be done."""
    return detail_of(request.actor, get_case(request.actor, number), timezone.now())


class SplitPartIn(Schema):
    """A part: without a category as the whole, without a post as the rules say; photos by their codes."""

    title: str
    category: str = ""
    post: int | None = None
    is_required: bool = True
    photos: list[str] = []


class ActIn(Schema):
    """What comes with a move or a step; each takes what its form asks for.

    `expected_seq` is the `seq` that was read: if the case moved since, the act is refused with
    `moved_meanwhile`. `key` makes an act happen once, also in another call. `files` are codes of
    files that were sent before.
    """

    expected_seq: int | None = None
    key: UUID | None = None
    text: str = ""
    reason: str = ""
    basis: str = ""
    basis_key: str = ""
    files: list[str] = []
    post: int | None = None
    role: str = "lead"
    note: str = ""
    part: int | None = None
    competent: str = ""
    clock: str = ""
    amount: int | None = None
    parts: list[str | SplitPartIn] = []
    is_required: bool = True
    number: str = ""


@router.post("/cases/{number}/{move}", response=CaseDetailOut)
def move(request: Request, number: str, move: str, given: ActIn) -> dict[str, Any]:
    """Make a move of the case's kind, or a step that every kind has: offer, take, decline, dispute,
    settle, revoke, finish_part, note, tell, extend, ask_time, say_why (of a `clock` that is late),
    split (into `parts`: titles alone, or each with category, post, photos), relate. To merge takes
    the `number` of a case that is open, and in `text` why it is the same, which the reporter reads.

    A move that needs more than these words has an address of its own, such as
    `/applications/{number}/check`; here it is refused with `own_page`.
    """
    case = get_case(request.actor, number)
    values = {"parts": _parts(given)} if move == Act.SPLIT else _values(request, case, move, given)
    typed = Typed(values, files=tuple(given.files))
    at = At(case.pk, given.expected_seq, given.key)
    act(case, move, at, typed, actor=request.actor, now=timezone.now())
    return detail_of(request.actor, get_case(request.actor, number), timezone.now())


def _values(request: Request, case: Any, move: str, given: ActIn) -> dict[str, Any]:
    """Return what was given as its form cleans it. Refuses with NotFound, Invalid."""
    form = form_of(kind_of(case.kind, case.version), move, given.dict(), takes_files=False)
    if form is None:
        raise NotFound()
    values = dict(form.accepted())
    if move == Act.OFFER:
        post, today = values["post"], timezone.localdate()
        values["org"] = org_of_post(request.actor, [case], post, today)
    return values


def _parts(given: ActIn) -> list[PartWanted]:
    rows = [
        SplitPartIn(title=one, is_required=given.is_required) if isinstance(one, str) else one
        for one in given.parts
    ]
    categories = ids_by_code(row.category for row in rows)
    return [
        PartWanted(
            row.title[:TITLE], categories[row.category], row.post,
            row.is_required, tuple(row.photos),
        )
        for row in rows
    ]  # fmt: skip
