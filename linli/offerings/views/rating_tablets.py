"""The tablet at a window, turned away: it shows the visit that ended last, takes a grade, and goes blank."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.cases.types.rating import BAD, GRADE_WORDS, HIGHEST, LOWEST
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.forms.visit_ratings import TabletForm
from linli.offerings.queries import rating_tablets as queries
from linli.offerings.queries import windows
from linli.offerings.services import rating_tablets as services
from linli.offerings.types.visit_ratings import TABLET_COOKIE
from linli.offerings.views.tickets import centre_of
from linli.offerings.views.visit_frame import GET_POST, way_to

TABLET_LIFE = 400 * 24 * 3600
THANKS = "thanks"


@never_cache
@require_http_methods(GET_POST)
def tablet(request: Request) -> HttpResponse:
    """Show the visit that ended at the window with five large buttons; a bad grade asks once more."""
    try:
        found = queries.tablet_of(request.COOKIES.get(TABLET_COOKIE, ""))
    except NotFound:
        if request.method == "POST":
            raise
        return page(request, "offerings/ratings/no_tablet.html", {})
    ticket = queries.ticket_at(found, timezone.now())
    given = request.POST if request.method == "POST" else request.GET
    grade = whole_number(given.get("grade"), least=LOWEST, most=HIGHEST) or 0
    form = TabletForm(request.POST if request.method == "POST" else None)
    # what was said of one visit is never asked on for the next one
    is_same = request.method != "POST" or given.get("ticket") == (ticket.handle if ticket else "")
    is_asked = bool(grade) and grade <= BAD and is_same
    if request.method == "POST" and form.is_valid() and _rated(request, found, form):
        return done(request, f"{reverse('offerings:tablet')}?{THANKS}=1")
    context: dict[str, object] = {
        "tablet": found, "centre": centre_of(found.centre_id), "ticket": ticket, "form": form,
        "grade": grade if is_asked else 0, "grades": GRADE_WORDS, "bad": BAD,
        "is_thanks": THANKS in request.GET,
    }  # fmt: skip
    return page(
        request, "offerings/ratings/tablet.html", context, status=422 if form.faults else 200
    )


tablet.reads_freely = True  # type: ignore[attr-defined]


def _rated(request: Request, found: Any, form: TabletForm) -> bool:
    said = form.cleaned_data
    try:
        services.rate_on_tablet(
            found, said["ticket"], said["grade"], why=said["why"], phone=said["phone"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as fault:
        form.take(fault.fields)
    except (WrongState, NotFound):
        form.add_error(None, _("The next person is being served. Rate later with your ticket."))
    else:
        return True
    return False


@require_http_methods(GET_POST)
def of_window(request: Request, window_id: int) -> HttpResponse:
    """Make the device at hand the tablet of a window, and see which are in use."""
    window = windows.get_window(window_id)
    require(request.actor, permits.WINDOWS, at=window.path)
    if request.method == "POST":
        _made, secret = services.enrol_tablet(window, actor=request.actor, now=timezone.now())
        answer = done(request, reverse("offerings:tablet"))
        answer.set_cookie(
            TABLET_COOKIE, secret, max_age=TABLET_LIFE, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        return answer
    body = centre_of(window.centre_id)
    context: dict[str, object] = {
        "window": window, "centre": body, "way": way_to(body), "rows": list(queries.tablets_of(window)),
    }  # fmt: skip
    return page(request, "offerings/ratings/tablets.html", context)


@require_POST
def end(request: Request, tablet_id: int) -> HttpResponse:
    """Take a tablet out of use."""
    row = services.end_tablet(tablet_id, actor=request.actor, now=timezone.now())
    messages.success(request, _("Out of use. Nothing is rated on it any more."))
    return done(request, reverse("offerings:window_tablets", args=[row.window_id]))
