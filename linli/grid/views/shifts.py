"""One's own shifts and the swaps that wait: asked, agreed to, or not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid.forms.watch import SwapForm
from linli.grid.queries import cells
from linli.grid.queries import watch as queries
from linli.grid.services import swaps
from linli.grid.types import SHIFT_TITLES
from linli.grid.types.watch import PART_TITLES
from linli.grid.views.frame import GET_POST, answer, must_serve
from linli.grid.views.watch import as_calendar
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done, own_account_id, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.formats import day_short
from linli.ui.jinja import named


@require_safe
def mine(request: Request) -> HttpResponse:
    """The shifts of one's posts in the next 60 days, and what others ask; also as a calendar file."""
    own_account_id(request)
    must_serve(request)
    seats = list(queries.own_seats(request.actor, localdate()))
    if request.GET.get("format") == "ics":
        return as_calendar(seats)
    context: dict[str, object] = {
        "seats": seats, "shifts": SHIFT_TITLES, "parts": PART_TITLES, "today": localdate(),
        "swaps": list(queries.swaps_for(request.actor, localdate())), "posts": request.actor.posts,
    }  # fmt: skip
    return page(request, "grid/shifts.html", context)


@require_http_methods(GET_POST)
def swap(request: Request, seat_id: int) -> HttpResponse:
    """Ask another post to take one's shift."""
    seat = queries.get_seat(request.actor, seat_id)
    place, today = places.get_place(code_of(seat.team.path)), localdate()
    posts = [
        one
        for one in cells.post_choices(request.actor, place, today)
        if one[0] != str(seat.post_id)
    ]
    backs = [
        (str(one.pk), f"{day_short(one.on)} {SHIFT_TITLES[one.shift]} {named(one.post)}")  # type: ignore[index]
        for one in queries.seats_between(seat.team, today, today + queries.AHEAD)
        if one.post_id != seat.post_id
    ]
    form = SwapForm(request.POST or None, posts=posts, backs=backs)
    to = reverse("grid:shifts")

    def act() -> None:
        said = form.cleaned_data
        back = queries.get_seat(request.actor, said["back"]) if said["back"] else None
        swaps.ask_swap(seat, said["to_post"], back=back, actor=request.actor, now=timezone.now())

    title = _("Ask to swap a shift")
    asking = Asking(
        title=title, form=form, way=[(_("My shifts"), to), (title, "")], to=to, submit=_("Ask for the swap"),
        said=_("Asked. The shift stays yours until the other agrees."),
        lead=f"{day_short(seat.on)} {SHIFT_TITLES[seat.shift]} · {seat.team.name}",  # type: ignore[index]
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def answer_swap(request: Request, swap_id: int, move: str) -> HttpResponse:
    """Agree to a swap, refuse it, or withdraw one's own."""
    found = queries.get_swap(request.actor, swap_id)
    swaps.answer_swap(found, move, actor=request.actor, now=timezone.now())
    said = {
        "agree": _("Agreed: the shifts have changed hands."),
        "refuse": _("Refused: everything stays as it was."),
        "withdraw": _("Taken back: the shift stays yours."),
    }
    messages.success(request, said[move])
    return done(request, reverse("grid:shifts"))
