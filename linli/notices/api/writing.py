"""Writing notices over the API, with the forms and refusals of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from ninja import Query, Schema, Status

from linli.kernel.api import PagedIn, listed, one_of
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import clean_limit
from linli.kernel.paths import path_of
from linli.kernel.permits import require
from linli.kernel.web import Request
from linli.notices import permits, queries, services
from linli.notices.api.frame import NoticeDeskOut, NoticesOut, desk_out, router, row_out
from linli.notices.forms.acting import ReturnForm, WithdrawForm
from linli.notices.forms.filters import StaffFilter
from linli.notices.forms.writing import CorrectionForm, DraftForm
from linli.notices.rules.periods import Phase


class NoticeIn(Schema):
    """A notice as it is written; days and unit left out are those usual for the category."""

    category: str
    title: str
    text: str
    contact: str
    basis: str = ""
    objection: str = ""
    office: str = ""
    first_day: str = ""
    days: int | None = None
    unit: str = ""
    reach: str = "below"
    places: list[str] = []


class NewNoticeIn(NoticeIn):
    place: str


class SaveNoticeIn(NoticeIn):
    edition: int


class NoticeCorrectionIn(Schema):
    """`kept` are codes of attachments that stay; `period_restarts` begins the period anew."""

    title: str
    text: str
    contact: str
    reason: str
    basis: str = ""
    objection: str = ""
    period_restarts: bool = False
    kept: list[str] = []
    edition: int


class NoticeStepIn(Schema):
    edition: int


class PublishNoticeIn(NoticeStepIn):
    """`is_looked_at` says that somebody looked at the findings and that they may be public."""

    is_looked_at: bool = False


class ReturnNoticeIn(NoticeStepIn):
    remark: str


class WithdrawNoticeIn(Schema):
    """`hides_text` takes the text away too, because it holds something about a person."""

    reason: str
    hides_text: bool = False


class NoticeDeskIn(PagedIn):
    category: str = ""
    phase: str = ""
    q: str = ""


@router.get("/desk/notices/", response=NoticesOut)
def list_desk(request: Request, asked: Query[NoticeDeskIn]) -> dict[str, Any]:
    """Notices that the caller works on, drafts too, the last changed first."""
    if not queries.works_anywhere(request.actor):
        raise NotAllowed(permit=permits.WRITE.name)
    one_of("phase", asked.phase, Phase)
    form = StaffFilter({"category": asked.category, "phase": asked.phase, "q": asked.q})
    form.accepted()
    page = queries.list_staff(
        request.actor, form.shown(), on=localdate(), cursor=asked.cursor,
        limit=clean_limit(asked.limit),
    )  # fmt: skip
    return listed(page, lambda row: row_out(row, at_desk=True))


@router.get("/desk/notices/{code}/", response=NoticeDeskOut)
def get_desk(request: Request, code: str) -> dict[str, Any]:
    """One notice with what is being written of it."""
    return desk_out(queries.get_for_staff(request.actor, code))


def _form(given: NoticeIn, path: str) -> DraftForm:
    data: dict[str, Any] = given.dict(exclude={"text", "places", "place"})
    data |= {"body": given.text, "listed": given.places}
    form = DraftForm(data, **queries.choices_at(path, localdate()))
    form.accepted()
    return form


@router.post("/notices/", response={201: NoticeDeskOut})
def create_notice(request: Request, given: NewNoticeIn) -> Status[dict[str, Any]]:
    """Begin a notice as a draft."""
    path = path_of(given.place)
    require(request.actor, permits.WRITE, at=path)
    draft = _form(given, path).draft()
    made = services.create_posting(draft, place=path, actor=request.actor, now=timezone.now())
    return Status(201, desk_out(queries.get_for_staff(request.actor, made.code)))


@router.post("/notices/{code}/save", response=NoticeDeskOut)
def save_notice(request: Request, code: str, given: SaveNoticeIn) -> dict[str, Any]:
    """Save a notice that was not published yet."""
    posting = queries.get_for_staff(request.actor, code)
    draft = _form(given, posting.place).draft()
    services.save_draft(
        posting, draft, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _now(request, code)


@router.post("/notices/{code}/correct", response={201: NoticeDeskOut})
def correct_notice(request: Request, code: str) -> Status[dict[str, Any]]:
    """Begin a correction of a published notice; the version before stays readable."""
    posting = queries.get_for_staff(request.actor, code)
    services.begin_correction(posting, actor=request.actor, now=timezone.now())
    return Status(201, _now(request, code))


@router.post("/notices/{code}/save-correction", response=NoticeDeskOut)
def save_correction(request: Request, code: str, given: NoticeCorrectionIn) -> dict[str, Any]:
    """Save what a correction says, and why."""
    posting = queries.get_for_staff(request.actor, code)
    known = [] if posting.open is None else [(one, one) for one in posting.open.files]
    data: dict[str, Any] = given.dict(exclude={"text", "period_restarts"})
    form = CorrectionForm(
        {**data, "body": given.text, "restarts": given.period_restarts}, papers=known
    )
    form.accepted()
    services.save_correction(
        posting, form.correction(), edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _now(request, code)


@router.post("/notices/{code}/submit", response=NoticeDeskOut)
def submit_notice(request: Request, code: str, given: NoticeStepIn) -> dict[str, Any]:
    """Hand a draft in to be published."""
    return _stepped(request, code, services.submit_version, edition=given.edition)


@router.post("/notices/{code}/return", response=NoticeDeskOut)
def return_notice(request: Request, code: str, given: ReturnNoticeIn) -> dict[str, Any]:
    """Give a draft back to its writer with a remark."""
    return _stepped(request, code, services.return_version, **ReturnForm(given.dict()).accepted())


@router.post("/notices/{code}/publish", response=NoticeDeskOut)
def publish_notice(request: Request, code: str, given: PublishNoticeIn) -> dict[str, Any]:
    """Publish a notice, or a correction of it."""
    return _stepped(request, code, services.publish_version, **given.dict())


@router.post("/notices/{code}/drop", response=NoticeDeskOut)
def drop_notice(request: Request, code: str, given: NoticeStepIn) -> dict[str, Any]:
    """Give up what is being written."""
    return _stepped(request, code, services.drop_version, edition=given.edition)


@router.post("/notices/{code}/withdraw", response=NoticeDeskOut)
def withdraw_notice(request: Request, code: str, given: WithdrawNoticeIn) -> dict[str, Any]:
    """Withdraw a notice; it stays readable as withdrawn, with the reason."""
    return _stepped(
        request, code, services.withdraw_posting, **WithdrawForm(given.dict()).accepted()
    )


def _stepped(
    request: Request, code: str, take: Callable[..., object], **said: Any
) -> dict[str, Any]:
    """Take a step with a notice of the reader's desk; return it as it stands then."""
    posting = queries.get_for_staff(request.actor, code)
    take(posting, **said, actor=request.actor, now=timezone.now())
    return _now(request, code)


def _now(request: Request, code: str) -> dict[str, Any]:
    return desk_out(queries.get_for_staff(request.actor, code))
