"""JSON API of runtime: long jobs, and the saved views of lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from linli.kernel.api import listed
from linli.kernel.errors import NotAllowed
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.web import Request, own_account_id
from linli.runtime import queries, rules
from linli.runtime.models import LongJob, SavedView
from linli.runtime.services import long_jobs, saved_views

router = Router(tags=["runtime"])


class JobOut(Schema):
    """A long job; `percent` is null while nobody knows how much there is, `result` is the page of what it made."""

    code: str
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    percent: int | None
    seconds_left: int | None
    text: str
    error_code: str
    error: str
    is_cancel_asked: bool
    result: str | None
    result_words: str
    queued_at: datetime
    began_at: datetime | None
    ended_at: datetime | None


class JobsOut(Schema):
    count: int
    items: list[JobOut]
    next: str | None


class ViewOut(Schema):
    """The filters of a list under a name; `post` is the post it is shared with."""

    id: int
    list: str
    name: str
    query: str
    post: int | None
    is_own: bool
    created_at: datetime


class ViewsOut(Schema):
    count: int
    items: list[ViewOut]
    next: str | None


class SaveIn(Schema):
    list: str = Field(min_length=1, max_length=80)
    name: str = Field(min_length=1, max_length=rules.LONGEST_NAME)
    query: str = Field(default="", max_length=2000)


class RenameIn(Schema):
    name: str = Field(min_length=1, max_length=rules.LONGEST_NAME)


class ShareIn(Schema):
    post: int | None = None


@router.get("/jobs/", response=JobsOut)
def jobs(
    request: Request,
    state: str = "",
    kind: str = "",
    limit: int | None = None,
    cursor: str | None = None,
) -> dict[str, Any]:
    """The caller's long jobs and those at places where they oversee jobs, newest first."""
    if request.actor.account_id is None:
        raise NotAllowed()
    found = queries.list_jobs(
        request.actor, state=state, kind=kind, cursor=cursor, limit=clean_limit(limit)
    )
    return {
        "count": found.count,
        "items": [_job(job) for job in found.items],
        "next": found.next,
    }


@router.get("/jobs/{code}/", response=JobOut)
def one_job(request: Request, code: str) -> dict[str, Any]:
    """How one job stands."""
    return _job(queries.get_job(request.actor, code))


@router.post("/jobs/{code}/cancel", response=JobOut)
def cancel(request: Request, code: str) -> dict[str, Any]:
    """Stop a job: a waiting one at once, a running one at its next step."""
    job = queries.get_job(request.actor, code)
    return _job(long_jobs.cancel_job(job, actor=request.actor, now=timezone.now()))


@router.get("/views/", response=ViewsOut)
def views(
    request: Request, list: str, limit: int | None = None, cursor: str | None = None
) -> dict[str, Any]:
    """The saved views of a list: the caller's own and those shared with one of the caller's posts."""
    own_account_id(request)
    found = queries.views_of_list(request.actor, list)
    page = page_of_rows(found, lambda v: str(v.pk), cursor=cursor, limit=clean_limit(limit))
    items = [_view(view, request) for view in page.items]
    return listed(page, items=items)


@router.post("/views/save", response=ViewOut)
def save(request: Request, given: SaveIn) -> dict[str, Any]:
    """Keep the filters of a list under a name."""
    own_account_id(request)
    view = saved_views.save_view(
        given.list, name=given.name, query=given.query, actor=request.actor, now=timezone.now()
    )
    return _view(view, request)


@router.post("/views/{int:view_id}/rename", response=ViewOut)
def rename(request: Request, view_id: int, given: RenameIn) -> dict[str, Any]:
    """Give a view of one's own another name."""
    view = queries.get_view(request.actor, view_id)
    return _view(saved_views.rename_view(view, name=given.name, actor=request.actor), request)


@router.post("/views/{int:view_id}/share", response=ViewOut)
def share(request: Request, view_id: int, given: ShareIn) -> dict[str, Any]:
    """Share a view with a post of one's own; without a post, keep it to oneself again."""
    view = queries.get_view(request.actor, view_id)
    return _view(saved_views.share_view(view, post_id=given.post, actor=request.actor), request)


@router.post("/views/{int:view_id}/delete", response=ViewOut)
def delete(request: Request, view_id: int) -> dict[str, Any]:
    """Delete a view of one's own; the answer tells what it was."""
    view = queries.get_view(request.actor, view_id)
    told = _view(view, request)
    saved_views.delete_view(view, actor=request.actor)
    return told


def _job(job: LongJob) -> dict[str, Any]:
    left = rules.time_left(job.done, job.total, began=job.began_at, now=timezone.now())
    names = (
        "code", "kind", "state", "done", "total", "text", "error_code", "error",
        "is_cancel_asked", "queued_at", "began_at", "ended_at",
    )  # fmt: skip
    return {
        **{name: getattr(job, name) for name in names},
        "title": job.title or str(queries.title_of_kind(job.kind)),
        "percent": rules.percent_done(job.done, job.total),
        "seconds_left": rules.whole_seconds(left) if left and job.is_open else None,
        "result": queries.result_url(job) or None,
        "result_words": (job.result or {}).get("words", ""),
    }


def _view(view: SavedView, request: Request) -> dict[str, Any]:
    return {
        "id": view.pk, "list": view.list_name, "name": view.name, "query": view.query,
        "post": view.post_id, "is_own": view.account_id == request.actor.account_id,
        "created_at": view.created_at,
    }  # fmt: skip
