"""Pages of runtime: long jobs that one may leave, and saved views of lists."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.kernel.errors import Invalid, NotAllowed, Refusal
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.runtime import queries, rules
from linli.runtime.errors import NameTaken, TooManyViews
from linli.runtime.services import long_jobs, saved_views
from linli.ui.addresses import Address, address_of
from linli.ui.columns import col


@require_GET
def job_list(request: Request) -> HttpResponse:
    """Show one's own jobs and those one oversees, newest first."""
    if request.actor.account_id is None:
        raise NotAllowed()
    here = address_of(request)
    state = here.get("state") if here.get("state") in queries.STATE_WORDS else ""
    found = queries.list_jobs(request.actor, state=state, cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "found": found,
        "here": here,
        "words": queries.STATE_WORDS,
        "title_of": queries.title_of_kind,
        "columns": [
            col(_("Job")), col(_("Started")), col(_("State")), col(_("Progress"), end=True)
        ],
        "shown": _tabs(here, state),
    }  # fmt: skip
    return page(request, "runtime/job_list.html", context)


def _tabs(here: Address, state: str) -> list[tuple[object, str, None, bool]]:
    every = (_("All"), here.to(state=None, cursor=None), None, not state)
    return [every] + [
        (words, here.to(state=key, cursor=None), None, key == state)
        for key, words in queries.STATE_WORDS.items()
    ]


@require_GET
def job_detail(request: Request, code: str) -> HttpResponse:
    """Show how one job stands; the page asks again by itself while it runs."""
    job = queries.get_job(request.actor, code)
    left = rules.time_left(job.done, job.total, began=job.began_at, now=timezone.now())
    context: dict[str, object] = {
        "job": job,
        "title": job.title or queries.title_of_kind(job.kind),
        "words": queries.STATE_WORDS,
        "result": queries.result_url(job),
        "left": max(1, round(left.total_seconds() / 60)) if left else None,
        "may_cancel": job.is_open and not job.is_cancel_asked,
    }
    return page(request, "runtime/job_detail.html", context, part="runtime/_job.html")


@require_POST
def job_cancel(request: Request, code: str) -> HttpResponse:
    """Stop a job."""
    job = queries.get_job(request.actor, code)
    long_jobs.cancel_job(job, actor=request.actor, now=timezone.now())
    return done(request, reverse("runtime:job_detail", args=[code]))


@require_GET
def view_list(request: Request) -> HttpResponse:
    """Show the saved views of one list."""
    if request.actor.account_id is None:
        raise NotAllowed()
    views = queries.views_of_list(request.actor, request.GET.get("list", ""))
    context: dict[str, object] = {
        "views": views,
        "posts": sorted(request.actor.posts),
        "back": back_of(request, request.GET.get("back", "")),
    }
    return page(request, "runtime/view_list.html", context)


@require_POST
def view_save(request: Request) -> HttpResponse:
    """Keep the filters of a list under a name."""
    back = back_of(request, request.POST.get("back", ""))
    try:
        view = saved_views.save_view(
            request.POST.get("list_name", "")[:80],
            name=request.POST.get("name", ""),
            query=back.partition("?")[2],
            actor=request.actor,
            now=timezone.now(),
        )
    except (NameTaken, TooManyViews, Invalid) as refusal:
        messages.error(request, _told(refusal))
    else:
        messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return done(request, back)


def _told(refusal: Refusal) -> str:
    """What is wrong, in a message: the field stands in a menu of the list and bears no mark."""
    if isinstance(refusal, Invalid):
        return " ".join(words for said in refusal.fields.values() for words in said)
    return str(refusal)


@require_POST
def view_share(request: Request, view_id: int) -> HttpResponse:
    """Share a view with a post of one's own, or stop sharing it."""
    post = request.POST.get("post", "")
    view = queries.get_view(request.actor, view_id)
    saved_views.share_view(view, post_id=whole_number(post), actor=request.actor)
    return done(request, back_of(request, request.POST.get("back", "")))


@require_POST
def view_rename(request: Request, view_id: int) -> HttpResponse:
    """Give a view of one's own another name."""
    view = queries.get_view(request.actor, view_id)
    try:
        saved_views.rename_view(view, name=request.POST.get("name", ""), actor=request.actor)
    except (NameTaken, Invalid) as refusal:
        messages.error(request, _told(refusal))
    return done(request, back_of(request, request.POST.get("back", "")))


@require_POST
def view_delete(request: Request, view_id: int) -> HttpResponse:
    """Delete a view of one's own."""
    saved_views.delete_view(queries.get_view(request.actor, view_id), actor=request.actor)
    return done(request, back_of(request, request.POST.get("back", "")))


def back_of(request: Request, address: str) -> str:
    """Return an address of this site, or the list of jobs."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None
    )
    return address if is_ours else reverse("runtime:job_list")
