"""What the pages of activities share: the way here, and a form that keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.paths import code_of
from linli.kernel.registries import PLACE_NAMES
from linli.places import queries as places
from linli.ui.asking import Way, answer_with
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.activities.models import Venue

GET_POST = ["GET", "HEAD", "POST"]


answer = partial(answer_with, "activities/form.html")


def grounds_of(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return the code and name of places, by their paths; one query."""
    names = PLACE_NAMES.call(paths)
    return [(code_of(path), names.get(path, "")) for path in paths]


def file_kind(given: Mapping[str, str]) -> str:
    """Return as which file a list is asked for, or nothing for a page."""
    kind = given.get("format", "")
    return kind if kind in ("csv", "xlsx") else ""


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
