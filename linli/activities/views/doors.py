"""The door of an event without network: a page that holds nobody's data, and what lets a phone keep it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.kernel.web import Request, page
from linli.ui import kept_pages

FILES = (*kept_pages.FILES, "activities/activities.css", "activities/door/app.js")
MODULES = (
    *kept_pages.MODULES, "activities/door/camera.js", "activities/door/people.js",
    "activities/door/store.js",
)  # fmt: skip


@require_safe
def door(request: Request) -> HttpResponse:
    """The page, the same for everybody: the phone fills in the list of the day."""
    return page(request, "activities/door/app.html", {"zone": settings.TIME_ZONE})


@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page and its files on the phone; it reaches this page alone."""
    return kept_pages.offline_worker(request, "door", reverse("activities:door"), FILES, MODULES)
