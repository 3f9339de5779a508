"""Calls to make: drawn by chance, and after every bad rating."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from linli.cases import permits
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.rating import CallForm
from linli.cases.kinds.sheet import reporter
from linli.cases.queries import sampling as queries
from linli.cases.queries.public import category_name
from linli.cases.services import call_backs as services
from linli.cases.types.rating import GRADE_WORDS, REACHED_WORDS, Reached
from linli.cases.views.public import FILES
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download

PAGE = 25


@require_GET
def listing(request: Request) -> HttpResponse:
    """Calls that wait, those due first; or those that were made."""
    actor = request.actor
    if not actor.holds(permits.CALL_BACK):
        raise NotFound()
    is_done = request.GET.get("show") == "done"
    narrowed = narrowing_of(actor, request.GET.dict(), permits.CALL_BACK)
    rows = queries.calls_of(actor, narrowed.on("case__"), is_done=is_done)
    if request.GET.get("format") in FILES:
        return list_download(request, "cases.calls", rows)
    sort = queries.NEWEST if is_done else queries.DUE
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    found = page_of(rows, sort, cursor=cursor, limit=limit)
    context: dict[str, object] = {
        "found": found, "is_done": is_done, "now": timezone.now(), "category_name": category_name,
        "grades": GRADE_WORDS, "reached": REACHED_WORDS, "seeds": queries.seeds(timezone.localdate()),
        "narrowed": narrowed, **offered(request.actor, "cases.calls"),
    }  # fmt: skip
    return page(request, "cases/calls/list.html", context)


@require_http_methods(["GET", "POST"])
def call(request: Request, call_id: int) -> HttpResponse:
    """One call: what it is about, and what came of it."""
    found = queries.get_call(request.actor, call_id)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_call(
                call_id, _heard(form.cleaned_data), actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The call is written down."))
            return done(request, reverse("cases:calls"))
    context: dict[str, object] = {
        "call": found, "form": form, "category": category_name(found.case.category),
        "grades": GRADE_WORDS, "reached": REACHED_WORDS, "case": found.whose,
        "its": reporter(request.actor, found.whose),
        "is_closed": found.done_at is not None and found.reached != Reached.NO,
    }  # fmt: skip
    return page(request, "cases/calls/call.html", context, status=422 if form.faults else 200)


def _heard(given: dict[str, Any]) -> services.Heard:
    return services.Heard(
        Reached(given["reached"]), given["grade"], given["is_solved"], given["note"],
        given["wants_reopening"],
    )  # fmt: skip
