"""Checks of centres without network: a page that holds nobody's data, and what lets a phone keep it."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.kernel.web import Request, page
from linli.offerings.forms.centres import NormForm
from linli.offerings.queries.norms import norms
from linli.offerings.types.centres import MET_TITLES
from linli.ui import kept_pages

FILES = (*kept_pages.FILES, "offerings/checks/checks.css", "offerings/checks/app.js")
MODULES = (
    *kept_pages.MODULES, "offerings/checks/store.js", "offerings/checks/queue.js", "offerings/checks/draw.js",
)  # fmt: skip


@require_safe
def app(request: Request) -> HttpResponse:
    """The page with the questions of the six norms: the phone fills in which checks there are."""
    sheets = [(norm, NormForm(points=norm.points, said={}, prefix=norm.key)) for norm in norms()]
    context: dict[str, object] = {"sheets": sheets, "met": MET_TITLES}
    return page(request, "offerings/centres/outdoors.html", context)


@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that keeps the page and its files on the phone; it reaches this page alone."""
    return kept_pages.offline_worker(
        request, "checks", reverse("offerings:checks_outdoors"), FILES, MODULES
    )
