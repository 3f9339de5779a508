"""Reads of runtime: long jobs that an actor may see, saved views of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import getclosurevars
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import gettext_lazy as _

from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor, Permit
from linli.runtime import permits
from linli.runtime.models import LongJob, SavedView
from linli.runtime.rules import key_of
from linli.runtime.types import FREE_MODULES, JOB_KINDS, Limit

NEWEST = Keyset("newest", ("-id",))
MOST_COUNTED = 100
STATE_WORDS = {
    "queued": _("Waiting"),
    "running": _("Running"),
    "done": _("Done"),
    "failed": _("Failed"),
    "cancelled": _("Stopped"),
}


def visible_jobs(actor: Actor) -> QuerySet[LongJob]:
    """Return the actor's own jobs and those at places whose jobs the actor oversees."""
    if actor.is_system:
        return LongJob.objects.all()
    seen = own(actor)
    for path in actor.paths(permits.OVERSEE_JOBS):
        seen |= Q(place__gte=path, place__lt=path + "~")
    return LongJob.objects.filter(seen)


def own(actor: Actor) -> Q:
    """Return the condition for jobs that the actor started; of its holder's a key sees none."""
    if actor.account_id is None:
        return Q(pk__in=[])
    mine = Q(account_id=actor.account_id)
    return mine & Q(by_key=key_of(actor)) if actor.is_machine else mine


def is_own_job(actor: Actor, job_id: int) -> bool:
    """Say whether the actor started a job: what comes of an export is for nobody else."""
    return LongJob.objects.filter(own(actor), pk=job_id).exists()


def get_job(actor: Actor, code: str) -> LongJob:
    """Return one job. Refuses with NotFound, also for a job that is not the actor's to see."""
    job = visible_jobs(actor).filter(code=code).first()
    if job is None:
        raise NotFound()
    return job


def own_job(actor: Actor, job_id: int) -> LongJob | None:
    """Return a job that the actor started, or None."""
    return LongJob.objects.filter(own(actor), pk=job_id).first()


def may_open_result(actor: Actor, job_id: int, permits: Collection[Permit]) -> bool:
    """Say whether an actor may open the file that her job made: hers, and one of the rights is hers today.

    A right that ended takes the files with it that were made by it; `permits` may be empty.
    """
    job = own_job(actor, job_id)
    return job is not None and (
        not permits or any(actor.may(permit, at=job.place) for permit in permits)
    )


def job_or_none(actor: Actor, code: str) -> LongJob | None:
    """Return the job of something that may have one, if the actor may see it."""
    return visible_jobs(actor).filter(code=code).first() if code else None


def list_jobs(
    actor: Actor, *, state: str = "", kind: str = "", cursor: str | None = None, limit: int = 50
) -> Page[LongJob]:
    """Return a page of jobs, newest first."""
    found = visible_jobs(actor)
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    return page_of(found, NEWEST, cursor=cursor, limit=limit)


def count_open(actor: Actor) -> int:
    """Return how many of the actor's own jobs wait or run, up to a hundred."""
    if actor.account_id is None:
        return 0
    mine = LongJob.objects.filter(account_id=actor.account_id, state__in=["queued", "running"])
    return len(list(mine.values_list("pk", flat=True)[:MOST_COUNTED]))


def title_of_kind(kind: str) -> Any:
    """Return what a kind of job is called."""
    known = JOB_KINDS.get(kind)
    return known.title if known else kind


def result_url(job: LongJob) -> str:
    """Return the address of what a job made, in the reader's language, or nothing."""
    if not job.result:
        return ""
    try:
        return reverse(job.result["view"], args=job.result["args"])
    except NoReverseMatch:
        return ""


VIEWS = """
SELECT {columns} FROM runtime_savedview
 WHERE list_name = %s AND (account_id = %s OR post_id = ANY(%s::bigint[])) ORDER BY name, id
"""


def views_of_list(actor: Actor, list_name: str) -> list[SavedView]:
    """Return the views of a list that are the actor's own or shared with a post held."""
    if actor.account_id is None:
        return []
    given = [list_name, actor.account_id, sorted(actor.posts)]
    columns = ", ".join(sql.columns_of(SavedView))
    return sql.instances("views.of_list", VIEWS.replace("{columns}", columns), given, SavedView)


def offered(actor: Actor, list_name: str) -> dict[str, object]:
    """Return what the part `saved_views` of a list takes; who is not signed in is offered nothing."""
    if actor.account_id is None:
        return {"views": [], "list_name": ""}
    return {"views": views_of_list(actor, list_name), "list_name": list_name}


def get_view(actor: Actor, view_id: int) -> SavedView:
    """Return a view of the actor's own. Refuses with NotFound."""
    if actor.account_id is None:
        raise NotFound()
    view = SavedView.objects.filter(account_id=actor.account_id, pk=view_id).first()
    if view is None:
        raise NotFound()
    return view


@dataclass(frozen=True, slots=True)
class FreeView:
    """A view that takes a POST without a key, and why."""

    name: str
    reason: str


@cache
def operations_of(view: Any) -> tuple[Any, ...]:
    """Return the operations behind an address of the JSON API; none for a page.

    The API's library hides them in the closure of one function per address.
    """
    if getattr(view, "__module__", "") != "ninja.operation":
        return ()
    owner = getclosurevars(view).nonlocals.get("self")
    return tuple(getattr(owner, "operations", ()))


def limits_of(view: Any, method: str) -> tuple[Limit, ...]:
    """Return the limits of a view, or of the operation of the API that answers a method."""
    operations = operations_of(view)
    if not operations:
        return tuple(getattr(view, "limits", ()))
    asked = [op.view_func for op in operations if method in op.methods]
    return tuple(limit for func in asked for limit in getattr(func, "limits", ()))


@cache
def reason_without_key(view: Any) -> str | None:
    """Return why a view needs no key, or None if it does."""
    operations = operations_of(view)
    if operations:
        posts = [op.view_func for op in operations if "POST" in op.methods]
        return next((r for f in posts if (r := getattr(f, "without_key", None))), None)
    mark = getattr(view, "without_key", None)
    if mark:
        return str(mark)
    module = getattr(view, "__module__", "")
    return next((m.reason for m in FREE_MODULES if module.startswith(m.key)), None)


def views_without_key() -> list[FreeView]:
    """List every view that takes a POST without a key, for docs and the test that reads them."""
    return [
        FreeView(f"{view.__module__}.{getattr(view, '__qualname__', view)}", reason)
        for view in views_of(get_resolver().url_patterns)
        if (reason := reason_without_key(view))
    ]


def views_of(patterns: Sequence[URLPattern | URLResolver]) -> Iterator[Any]:
    """Return the view behind each address."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from views_of(entry.url_patterns)
        else:
            yield entry.callback
