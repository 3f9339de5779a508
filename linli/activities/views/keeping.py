"""One booking on the desk, and the editor of venues: rules, weekly hours, days that differ."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.activities import permits
from linli.activities.forms.handing import BackForm, DecideForm, WhyForm
from linli.activities.forms.hours import DaysForm, WeekForm
from linli.activities.forms.venues import VenueForm, as_typed
from linli.activities.queries import bookings as queries
from linli.activities.queries import venues
from linli.activities.queries.fees import fee_of
from linli.activities.rules.venues import write_spans
from linli.activities.services import bookers, changing, handing, openings
from linli.activities.services import venues as services
from linli.activities.types.venues import PURPOSE_TITLES, STATE_TITLES, STATE_TONES, Hand
from linli.activities.views.frame import GET_POST, answer, desk_way
from linli.kernel.money import Money
from linli.kernel.permits import require
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.ui.asking import Asking
from linli.ui.jinja import named


def _frame(request: Request, booking: Any) -> dict[str, object]:
    hands = queries.hand_overs(booking)
    return {
        "booking": booking, "venue": booking.venue, "states": STATE_TITLES, "tones": STATE_TONES,
        "purposes": PURPOSE_TITLES, "hands": hands, "fee": fee_of(booking), "told": None, "now": timezone.now(),
        "why": WhyForm(), "decide": DecideForm(initial={"edition": booking.edition}),
        "back": BackForm(lines=booking.venue.check_lines, initial={"deposit": _deposit(hands)}),
        "way": desk_way((_("Bookings"), reverse("activities:bookings")), (booking.code, "")),
    }  # fmt: skip


def _deposit(hands: dict[str, Any]) -> Money | None:
    return Money(hands["out"].deposit_fen) if "out" in hands and hands["out"].deposit_fen else None


@require_safe
def booking(request: Request, booking_id: int) -> HttpResponse:
    """A booking for the office; who it is is masked."""
    found = queries.get_booking(request.actor, booking_id)
    return page(request, "activities/venues/booking_desk.html", _frame(request, found))


@never_cache
@require_POST
def show(request: Request, booking_id: int) -> HttpResponse:
    """Show name and telephone of the booker; the look and its reason are recorded."""
    found, form = queries.get_booking(request.actor, booking_id), WhyForm(request.POST)
    frame = _frame(request, found)
    if form.is_valid():
        frame["told"] = bookers.read_booker(
            found, form.reason, actor=request.actor, now=timezone.now()
        )
    return page(request, "activities/venues/booking_desk.html", {**frame, "why": form})


@require_POST
def act(request: Request, booking_id: int, move: str) -> HttpResponse:
    """Agree, refuse, cancel, hand out, nobody came, undo: one step of a booking."""
    found = queries.get_booking(request.actor, booking_id)
    actor, now = request.actor, timezone.now()
    reason = request.POST.get("reason", "")[:200]
    if move in ("agree", "refuse"):
        changing.decide_booking(found, move, reason=reason, actor=actor, now=now)
    elif move == "cancel":
        changing.cancel_many([found.pk], reason, actor=actor, now=now)
    elif move == "out":
        taken = found.deposit_fen if "deposit" in request.POST else 0
        handing.hand_out(found, deposit_fen=taken, actor=actor, now=now)
    elif move == "missed":
        handing.mark_missed(found, actor=actor, now=now)
    else:
        handing.undo_end(found, actor=actor, now=now)
    messages.success(request, _("Recorded."))
    return done(request, reverse("activities:booking_desk", args=[found.pk]))


@require_POST
def back(request: Request, booking_id: int) -> HttpResponse:
    """Take it back by the check list; what is broken becomes a report."""
    found = queries.get_booking(request.actor, booking_id)
    form = BackForm(request.POST, lines=found.venue.check_lines)
    if not form.is_valid():
        frame = {**_frame(request, found), "back": form}
        return page(request, "activities/venues/booking_desk.html", frame, status=422)
    said, before = form.cleaned_data, queries.hand_overs(found).get(Hand.BACK)
    made = handing.take_back(
        found, [int(n) for n in said.get("bad", [])], damage=said["damage"],
        deposit_fen=said["deposit"].fen if said["deposit"] else 0, note=said["note"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    words = _taken_back(
        bool(said["damage"]), made.case_number, before.case_number if before else ""
    )
    messages.success(request, words)
    return done(request, reverse("activities:booking_desk", args=[found.pk]))


def _taken_back(is_damaged: bool, number: str, before: str) -> str:
    """Return in words what became of what is broken; `before` is the report of an earlier taking back."""
    if not is_damaged:
        return _("Taken back, all in order.")
    if number == before:
        return _("Taken back. Report %(number)s says it too.") % {"number": number}
    return _("Taken back. Report %(number)s is on its way.") % {"number": number}


@require_http_methods(GET_POST)
def venue_new(request: Request, code: str) -> HttpResponse:
    """Enter a venue of a place."""
    place = venues.open_place(code)
    require(request.actor, permits.VENUES, at=place.path)
    first = {"step_minutes": 60, "most_minutes": 120, "ahead_days": 28, "notice_minutes": 60, "open_most": 2,
             "hour": Money(0), "deposit": Money(0), "people": 20}  # fmt: skip
    form = VenueForm(request.POST or None, initial=first)
    made: list[Any] = []

    def act_on() -> None:
        at = places.open_place(code)
        made.append(services.add_venue(at, form.facts, actor=request.actor, now=timezone.now()))

    title = _("Enter a venue")
    to = reverse("activities:day")
    asking = Asking(
        title, form, desk_way((title, "")), to, _("Enter"),
        _("Entered. Now say when it is open."), named(place),
    )  # fmt: skip
    response = answer(request, asking, act_on)
    return done(request, reverse("activities:venue_hours", args=[made[0].pk])) if made else response


@require_http_methods(GET_POST)
def venue_edit(request: Request, venue_id: int) -> HttpResponse:
    """Correct a venue and its rules."""
    found = venues.kept_venue(request.actor, venue_id)
    require(request.actor, permits.VENUES, at=found.path)
    form = VenueForm(request.POST or None, initial=as_typed(found))

    def act_on() -> None:
        services.change_venue(
            found,
            form.facts,
            edition=form.cleaned_data["edition"],
            actor=request.actor,
            now=timezone.now(),
        )

    title = _("Correct the venue")
    to = reverse("activities:venue", args=[found.pk])
    asking = Asking(title, form, desk_way((named(found), to), (title, "")), to, _("Save"), _("Saved."),
                    _("What is booked already stays as it was booked."))  # fmt: skip
    return answer(request, asking, act_on)


@require_http_methods(GET_POST)
def venue_hours(request: Request, venue_id: int) -> HttpResponse:
    """Set the weekly hours."""
    found = venues.kept_venue(request.actor, venue_id)
    require(request.actor, permits.VENUES, at=found.path)
    week = venues.week_of(found)
    initial = {f"day_{day}": write_spans(spans) for day, spans in week.items()}
    form = WeekForm(request.POST or None, initial=initial)

    def act_on() -> None:
        services.set_week(
            found, form.week, drops=form.cleaned_data["drops"], reason=form.cleaned_data["reason"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    title = _("Weekly hours")
    to = reverse("activities:venue", args=[found.pk])
    asking = Asking(title, form, desk_way((named(found), to), (title, "")), to, _("Save"),
                    _("The hours hold from now on."), named(found))  # fmt: skip
    return answer(request, asking, act_on)


@require_http_methods(GET_POST)
def venue_days(request: Request, venue_id: int) -> HttpResponse:
    """Close a venue on some days, or open it at other hours; what is booked there is shown first."""
    found, now = venues.kept_venue(request.actor, venue_id), timezone.now()
    require(request.actor, permits.VENUES, at=found.path)
    form = DaysForm(request.POST or None)

    def act_on() -> None:
        openings.set_days(
            found, form.facts, drops=form.cleaned_data["drops"], actor=request.actor, now=now
        )

    title = _("Days that differ")
    to = reverse("activities:venue_days", args=[found.pk])
    asking = Asking(title, form, desk_way((named(found), reverse("activities:venue", args=[found.pk])), (title, "")),
                    to, _("Let it hold"), _("It holds, and whoever booked is told."), named(found))  # fmt: skip
    hit = queries.on_days(found, form.facts, now) if form.is_bound and form.is_valid() else []
    more = {"days": list(venues.days_ahead(found, timezone.localdate(now))), "hit": hit}
    return answer(request, asking, act_on, **more)


@require_POST
def days_lift(request: Request, days_id: int) -> HttpResponse:
    """Let the usual hours hold again."""
    found = queries.closing(days_id)
    openings.lift_days(found, actor=request.actor, now=timezone.now())
    messages.success(request, _("The usual hours hold again."))
    return done(request, reverse("activities:venue_days", args=[found.venue_id]))


@require_http_methods(GET_POST)
def venue_end(request: Request, venue_id: int) -> HttpResponse:
    """Take a venue out of use from today."""
    found = venues.kept_venue(request.actor, venue_id)
    require(request.actor, permits.VENUES, at=found.path)
    form = DecideForm(request.POST or None, initial={"edition": found.edition})

    def act_on() -> None:
        said = form.cleaned_data
        services.end_venue(
            found, drops=True, reason=said["reason"], edition=said["edition"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    title = _("Take the venue out of use")
    asking = Asking(
        title, form, desk_way((named(found), reverse("activities:venue", args=[found.pk])), (title, "")),
        reverse("activities:day"), _("Take it out of use"), _("It cannot be booked any more."),
        _("All bookings ahead are cancelled, and everybody is told why."),
    )  # fmt: skip
    return answer(request, asking, act_on)
