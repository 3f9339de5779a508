"""What the pages of activities share: the way here, and a form that keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid, WrongState
from linli.kernel.paths import code_of
from linli.kernel.web import Request, done, page
from linli.places import queries as places
from linli.ui.forms import Form
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.activities.models import Venue

GET_POST = ["GET", "HEAD", "POST"]
Way = list[tuple[str, str]]


@dataclass(frozen=True)
class Asking:
    """A page of the office that asks: its words, form, way, and where it leads."""

    title: str
    form: Form
    way: Way
    to: str
    submit: str
    said: str
    lead: str = ""


def answer(request: Request, asking: Asking, act: Callable[[], Any], **more: Any) -> HttpResponse:
    """Show the form; on a POST do the act and lead on, or show what is wrong with what was typed."""
    form = asking.form
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Invalid as fault:
            form.take(fault.fields)
        except WrongState as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, asking.said)
            return done(request, asking.to)
    context: dict[str, object] = {"asking": asking, "form": form, **more}
    return page(request, "activities/form.html", context, status=422 if form.is_bound else 200)


def day_in(text: str) -> date:
    """Return the day of an address, today without or with a damaged one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return localdate()


def village_way(venue: Venue, *more: tuple[str, str]) -> Way:
    """Return the way from the home of a place to one of its venues."""
    place = places.get_place(code_of(venue.path))
    return [
        (named(place), reverse("portal:place", args=[place.code])),
        (_("Places to book"), reverse("activities:venues", args=[place.code])),
        (named(venue), reverse("activities:venue", args=[venue.pk])),
        *more,
    ]


def desk_way(*more: tuple[str, str]) -> Way:
    """Return the way on the desk to something about venues."""
    return [(_("Venues and bookings"), reverse("activities:day")), *more]
