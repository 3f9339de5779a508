"""When a window is open, at the desk: its week, closings and days that open, taken back."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.opening_hours import ClosingForm, HoursForm, week_as_typed
from linli.offerings.queries import hours, slots, visits
from linli.offerings.queries import windows as queries
from linli.offerings.queries.called_off import would_cancel
from linli.offerings.services import windows
from linli.offerings.views.visit_frame import GET_POST, centre_for, way_to
from linli.offerings.views.windows import kept_window
from linli.orgs import queries as orgs
from linli.ui.formats import day_short

if TYPE_CHECKING:
    from linli.offerings.models import Appointment, ServiceWindow


@require_http_methods(GET_POST)
def week(request: Request, window_id: int) -> HttpResponse:
    """Set the week of a window from a day on; the preview says what changes before anything does."""
    window, body, to = kept_window(request, window_id)
    today = localdate()
    held = [queries.span_of(one) for one in queries.hours_of(window.pk, today)]
    now_held = [one for one in held if one.since is None or one.since <= today]
    initial = {
        "edition": window.edition,
        "since": today + slots.DAY,
        **week_as_typed(now_held or held),
    }
    form = HoursForm(request.POST or None, initial=initial, posts=hours.posts_at(body.pk, today))
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "preview":
            preview = hours.preview_of(window, form.plan)
        else:
            try:
                windows.set_hours(window, form.plan, edition=form.cleaned_data["edition"],
                                  actor=request.actor, now=timezone.now())  # fmt: skip
            except Invalid as fault:
                form.take(fault.fields)
            else:
                messages.success(
                    request,
                    _("The hours hold from %(day)s on.") % {"day": day_short(form.plan.since)},
                )
                return done(request, to)
    title = _("Hours of window %(number)s") % {"number": window.number}
    context: dict[str, object] = {
        "window": window, "form": form, "preview": preview, "title": title,
        "way": way_to(body, (title, "")), "held": hours.week_words(held),
    }  # fmt: skip
    return page(request, "offerings/visits/hours.html", context, status=422 if form.faults else 200)


@require_http_methods(GET_POST)
def closings(request: Request, centre: str) -> HttpResponse:
    """Closings and extra openings that are to come, and a new one."""
    body = centre_for(request, centre, permits.WINDOWS)
    today = localdate()
    known = list(queries.windows_of(body.pk))
    choices = [(str(one.pk), f"{one.number} {one.name}") for one in known]
    form = ClosingForm(request.POST or None, windows=choices, initial={"first": today})
    falls: list[Appointment] = []
    mark = ""
    if request.method == "POST" and form.is_valid():
        window = next((one for one in known if one.pk == form.window_id), None)
        falls, mark = _falling(request, body, form, window)
    if request.method == "POST" and form.is_valid() and not falls:
        try:
            _rows, gone = windows.close_days(
                body.pk,
                body.path,
                form.facts,
                window=window,
                actor=request.actor,
                now=timezone.now(),
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            said = _(
                "Recorded. %(count)s booked visits were cancelled; whoever left a number is told."
            )
            messages.success(request, said % {"count": gone})
            return done(request, reverse("offerings:closings", args=[centre]))
    rows = list(queries.closings_of(body.pk, today)[:200])
    context: dict[str, object] = {
        "centre": body, "form": form, "rows": rows,
        "lost": {pk: len(found) for pk, found in hours.lost_with(rows, timezone.now()).items()},
        "way": way_to(body, (_("Closing days"), "")), "why_words": visits.why_words,
        "falls": falls, "falls_mark": mark,
    }  # fmt: skip
    return page(
        request, "offerings/visits/closings.html", context, status=422 if form.faults else 200
    )


def _falling(
    request: Request, body: Any, form: ClosingForm, window: ServiceWindow | None
) -> tuple[list[Appointment], str]:
    """Return the visits that a closing would cancel and a mark of both; none where they were told just now."""
    facts = form.facts
    found = would_cancel(body.pk, body.path, facts, window, actor=request.actor, now=timezone.now())
    days = f"{facts.first}/{facts.last}/{facts.opens}-{facts.closes}"
    # not how many: one may go and another come while the keeper reads
    which = hashlib.sha256(",".join(one.code for one in found).encode()).hexdigest()[:16]
    mark = f"{form.window_id}/{days}/{which}"
    return ([], mark) if request.POST.get("told") == mark else (found, mark)


@require_POST
def take_back(request: Request, closing_id: int) -> HttpResponse:
    """Take a closing back."""
    closing, gone = windows.take_back(
        queries.get_closing(closing_id), actor=request.actor, now=timezone.now()
    )
    body = orgs.organisation_by_id(request.actor, closing.centre_id, on=localdate())
    said = _("Taken back. Visits that were cancelled for it stay cancelled.")
    if closing.is_open:
        told = _("Taken back. %(count)s visits were cancelled; whoever left a number is told.")
        said = told % {"count": gone}
    messages.success(request, said)
    return done(request, reverse("offerings:closings", args=[body.code]))
