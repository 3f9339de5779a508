"""Duty rosters: a month of a team on the page, on paper, as a file, in a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.grid import permits
from linli.grid.forms.watch import FillForm, NoteForm, SeatForm, month_of
from linli.grid.queries import cells
from linli.grid.queries import watch as queries
from linli.grid.rules.calendar_file import Entry, calendar_text
from linli.grid.rules.watch import days_of_month
from linli.grid.services import watch
from linli.grid.types import SHIFT_TITLES
from linli.grid.types.watch import PART_TITLES, TEAM_TITLES, ShiftOn
from linli.grid.views.frame import GET_POST, answer, must_serve, way_to
from linli.kernel.clock import add_months
from linli.kernel.paths import code_of
from linli.kernel.permits import require
from linli.kernel.sheets import download
from linli.kernel.web import Request, calendar_answer, done, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.demo import demo_note
from linli.ui.formats import listed
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.grid.models import Team
    from linli.ui.forms import Form


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a team, as an address names it."""

    team: Team
    place: Any
    first: date

    @property
    def url(self) -> str:
        return f"{reverse('grid:team', args=[self.team.pk])}?month={self.first:%Y-%m}"

    def way(self, *more: tuple[str, str]) -> list[tuple[str, str]]:
        teams_url = reverse("grid:teams", args=[self.place.code])
        return way_to(self.place, (_("Teams on duty"), teams_url), *more)

    def asking(self, title: str, form: Form, submit: str, said: str, lead: str = "") -> Asking:
        """A page that asks, from which one comes back to the month."""
        way = self.way((self.team.name, self.url), (title, ""))
        return Asking(title, form, way, self.url, submit, said, lead or self.team.name)


def _all(_view: queries.ShiftView) -> bool:
    return True


# what of a month is shown; without one of these all of it
VIEWS: dict[str, Callable[[queries.ShiftView], bool]] = {
    "open": lambda one: one.is_gap, "mine": lambda one: any(seat.is_mine for seat in one.seats),
}  # fmt: skip


def _month(request: Request, team_id: int) -> Month:
    team = queries.get_team(request.actor, team_id)
    place = places.get_place(code_of(team.path))
    return Month(team, place, month_of(request.GET.get("month", ""), localdate()))


@require_safe
def team(request: Request, team_id: int) -> HttpResponse:
    """A month of a team: who is on duty, what is open, what was handed over."""
    at = _month(request, team_id)
    whole, wanted = (
        queries.roster(at.team, days_of_month(at.first), request.actor),
        request.GET.get("view", ""),
    )
    views = [one for one in whole if VIEWS.get(wanted, _all)(one)]
    form = request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        return _file(form, at, views)
    if form == "ics":
        return as_calendar([one.seat for view in views for one in view.seats])
    context: dict[str, object] = {
        "at": at, "team": at.team, "views": views, "view": wanted if wanted in VIEWS else "",
        "gaps": sum(view.is_gap and view.at.on >= localdate() for view in whole),
        "before": add_months(at.first, -1), "after": add_months(at.first, 1), "today": localdate(),
        "shifts": SHIFT_TITLES, "parts": PART_TITLES, "kinds": TEAM_TITLES,
        "way": at.way((at.team.name, "")),
        "may_keep": at.team.ended_on is None and request.actor.may(permits.KEEP, at=at.team.path),
    }  # fmt: skip
    return page(request, "grid/team.html", context)


@require_safe
def paper(request: Request, team_id: int) -> HttpResponse:
    """The month to hang up: posts and their holders, office telephones, no private numbers."""
    at = _month(request, team_id)
    context: dict[str, object] = {
        "at": at, "team": at.team, "shifts": SHIFT_TITLES, "parts": PART_TITLES,
        "views": queries.roster(at.team, days_of_month(at.first), request.actor),
    }  # fmt: skip
    return page(request, "grid/team_print.html", context)


@require_http_methods(GET_POST)
def seat(request: Request, team_id: int) -> HttpResponse:
    """Put a post on duty in one shift."""
    at = _month(request, team_id)
    require(request.actor, permits.KEEP, at=at.team.path)
    choices = cells.post_choices(request.actor, at.place, localdate())
    initial = {"on": request.GET.get("on", ""), "shift": request.GET.get("shift", "")}
    form = SeatForm(request.POST or None, posts=choices, initial=initial)

    def act() -> None:
        watch.put_on_duty(at.team, form.seat, actor=request.actor, now=timezone.now())

    asking = at.asking(_("Put a post on duty"), form, _("Record"), _("The post is on duty."))
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def fill(request: Request, team_id: int) -> HttpResponse:
    """Fill the open shifts of a month, posts in turn."""
    at = _month(request, team_id)
    require(request.actor, permits.KEEP, at=at.team.path)
    choices = cells.post_choices(request.actor, at.place, localdate())
    form = FillForm(request.POST or None, posts=choices)

    def act() -> None:
        posts = form.cleaned_data["posts"]
        made = watch.fill_roster(
            at.team, at.first, posts, actor=request.actor, now=timezone.now()
        )  # fmt: skip
        messages.info(request, ngettext("%(num)s shift filled.", "%(num)s shifts filled.", made)
                      % {"num": made})  # fmt: skip

    asking = at.asking(
        _("Fill the open shifts in turn"), form, _("Fill"),
        _("The roster is filled as far as posts are free."), f"{at.team.name} · {at.first:%Y-%m}",
    )  # fmt: skip
    return answer(request, asking, act)


@require_POST
def off(request: Request, seat_id: int) -> HttpResponse:
    """Take a post off duty."""
    found = queries.get_seat(request.actor, seat_id)
    watch.take_off_duty(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("The post is off duty in this shift."))
    return done(request, f"{reverse('grid:team', args=[found.team_id])}?month={found.on:%Y-%m}")


@require_http_methods(GET_POST)
def note(request: Request, team_id: int) -> HttpResponse:
    """Write what a shift leaves to the next."""
    at = _month(request, team_id)
    must_serve(request, at.team.path)
    on, shift = request.GET.get("on", ""), request.GET.get("shift", "")
    known = queries.note_of(at.team, on, shift)
    initial = {"on": on, "shift": shift, **(known or {})}
    form = NoteForm(request.POST or None, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        shift = ShiftOn(said["on"], said["shift"])
        watch.write_note(
            at.team, shift, said["text"], edition=said["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    asking = at.asking(
        _("Hand the shift over"), form, _("Hand it over"), _("The next shift reads it here.")
    )
    return answer(request, asking, act)


def as_calendar(seats: list[Any]) -> HttpResponse:
    """Answer with shifts as a calendar file."""
    entries = [
        Entry(f"watch-{one.pk}@linli", one.on, one.shift, f"{one.team.name} {one.post.title}", "")
        for one in seats
    ]
    return calendar_answer(calendar_text(entries, now=timezone.now()), "shifts")


def _file(form: str, at: Month, views: list[queries.ShiftView]) -> HttpResponse:
    rows: list[list[object]] = []
    for view in views:
        start = [view.at.on.isoformat(), SHIFT_TITLES[view.at.shift]]  # type: ignore[index]
        for one in view.seats:
            holders = listed(held.holder_name for held in one.holders)
            part = PART_TITLES[one.seat.part]  # type: ignore[index]
            rows.append([*start, part, one.post, holders, view.note])
        if not view.seats:
            rows.append([*start, "", _("nobody"), "", view.note])
    heads = [
        _("Day"),
        _("Shift"),
        _("As what"),
        _("Post"),
        _("Held by"),
        _("Left to the next shift"),
    ]
    name = f"{at.team.name} {at.first:%Y-%m}"
    return download([heads, *rows], name=f"{named(at.place)} {name}", form=form,
                    note=demo_note(anyway=at.place.is_invented))  # fmt: skip
