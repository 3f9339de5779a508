"""Windows at the desk: the day's visits, weekly hours with a preview, closings that cancel with notice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.cases.types.rating import GRADE_WORDS
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.visits import ReasonForm, WindowForm, day_in
from linli.offerings.queries import hours, slots, visits
from linli.offerings.queries import windows as queries
from linli.offerings.queries.hall import choices_of_items
from linli.offerings.queries.item_naming import item_titles
from linli.offerings.services import serving, windows
from linli.offerings.types.visits import VISIT_WORDS
from linli.offerings.views.visit_frame import GET_POST, answer, centre_for, way_to
from linli.orgs import queries as orgs
from linli.ui.asking import Asking


@require_safe
def day(request: Request, centre: str) -> HttpResponse:
    """The visits of a day at all windows, what is free, and what became of the last thirty days."""
    body = hours.served_centre(request.actor, centre, localdate())
    on = day_in(request.GET.get("on", "")) or localdate()
    board = hours.board_of(request.actor, body.pk, body.path, on)
    told, spread = hours.thirty_days(body.pk, body.path, on)
    context: dict[str, object] = {
        "centre": body, "on": on, "today": localdate(), "way": way_to(body)[:-1],
        "board": board,
        "before": (on - slots.DAY).isoformat(), "after": (on + slots.DAY).isoformat(),
        "may_keep": request.actor.may(permits.WINDOWS, at=body.path),
        "told": told, "windows": list(queries.windows_of(body.pk)), "spread": spread,
        "grades": GRADE_WORDS, "items": item_titles(one.visit.item for one in board if one.visit), "said": VISIT_WORDS,
    }  # fmt: skip
    name = "day_print" if request.GET.get("format") == "print" else "day"
    return page(request, f"offerings/visits/{name}.html", context)


@require_POST
def mark(request: Request, code: str, move: str) -> HttpResponse:
    """Write down that somebody came, or take it back."""
    acts = {"come": serving.receive, "undo": serving.undo}
    if move not in acts:
        raise NotFound()
    found = acts[move](code, actor=request.actor, now=timezone.now())
    body = orgs.organisation_by_id(request.actor, found.window.centre_id, on=localdate())
    on = localdate(found.starts_at).isoformat()
    return done(request, f"{reverse('offerings:day', args=[body.code])}?on={on}#visit-{found.code}")


@require_http_methods(GET_POST)
def reach(request: Request, code: str) -> HttpResponse:
    """Open how somebody who booked is reached, with a reason that is recorded."""
    if not request.actor.holds(permits.REACH):
        raise NotFound()
    found = visits.visit_called(code)
    require(request.actor, permits.REACH, at=found.path)
    form, contact = ReasonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            contact = serving.reveal_contact(
                code, reason=form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(fault.fields)
    body = orgs.organisation_by_id(request.actor, found.window.centre_id, on=localdate())
    context: dict[str, object] = {
        "visit": found, "form": form, "contact": contact, "centre": body,
        "way": way_to(body, (found.code, "")),
    }  # fmt: skip
    return page(request, "offerings/visits/reach.html", context,
                status=422 if form.is_bound and contact is None else 200)  # fmt: skip


@require_http_methods(GET_POST)
def add(request: Request, centre: str) -> HttpResponse:
    """Add a window to a centre."""
    body = centre_for(request, centre, permits.WINDOWS)
    form = WindowForm(request.POST or None, known=choices_of_items(localdate()))

    def act() -> None:
        windows.add_window(body.pk, body.path, form.facts, actor=request.actor, now=timezone.now())

    title = _("New window")
    asking = Asking(
        title=title, form=form, way=way_to(body, (title, "")), submit=_("Add"),
        to=reverse("offerings:day", args=[centre]), said=_("The window is added. Now set its hours."),
    )  # fmt: skip
    return answer(request, asking, act)


def kept_window(request: Request, window_id: int) -> tuple[Any, Any, str]:
    window = queries.get_window(window_id)
    if not request.actor.may(permits.WINDOWS, at=window.path):
        raise NotFound(id=window_id)
    body = orgs.organisation_by_id(request.actor, window.centre_id, on=localdate())
    return window, body, reverse("offerings:day", args=[body.code])


@require_http_methods(GET_POST)
def change(request: Request, window_id: int) -> HttpResponse:
    """Change what an office says of a window."""
    window, body, to = kept_window(request, window_id)
    known = choices_of_items(localdate(), window.items)
    names = dict(known)
    initial = {
        "edition": window.edition, "number": window.number, "title": window.name,
        "title_en": window.name_en, "items": "\n".join(names[one] for one in window.items),
        "is_low": window.is_low,
    }  # fmt: skip
    form = WindowForm(request.POST or None, known=known, initial=initial)

    def act() -> None:
        windows.change_window(
            window, form.facts, edition=form.cleaned_data["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Window %(number)s") % {"number": window.number}
    asking = Asking(title=title, form=form, way=way_to(body, (title, "")), to=to, submit=_("Save"),
                    said=_("Saved."))  # fmt: skip
    return answer(request, asking, act)


@require_POST
def end(request: Request, window_id: int) -> HttpResponse:
    """Put a window out of use."""
    window, _body, to = kept_window(request, window_id)
    windows.end_window(window, actor=request.actor, now=timezone.now())
    messages.success(
        request, _("The window is not in use any more; visits there were cancelled and told.")
    )
    return done(request, to)
