"""What every public site must say: accessibility, privacy, how to object."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from linli.kernel.paths import CITY_PATH
from linli.kernel.web import Request, page
from linli.rulebook import queries as rulebook


@require_GET
def accessibility(request: Request) -> HttpResponse:
    """How the pages can be used by everybody, and whom to tell where they cannot."""
    return page(request, "portal/accessibility.html", {})


@require_GET
def privacy(request: Request) -> HttpResponse:
    """What is kept about people, for what, how long, and their rights."""
    term = rulebook.lookup("pi.right_request", CITY_PATH, timezone.localdate())
    return page(request, "portal/privacy.html", {"term": term})


@require_GET
def objections(request: Request) -> HttpResponse:
    """How to object to what an office published or decided."""
    term = rulebook.lookup("feedback.answer", CITY_PATH, timezone.localdate())
    return page(request, "portal/objections.html", {"term": term})
