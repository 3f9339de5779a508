"""The script that sends a resident's waiting reports when her page is closed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.kernel.web import Request

# modules import one another by their plain names
QUEUE = "cases/queue.js"


@require_safe
def worker(request: Request) -> HttpResponse:
    """Hold nothing of anybody's: what waits lies sealed in the browser, and is sent as by the page."""
    context: dict[str, object] = {"queue": f"{settings.STATIC_URL}{QUEUE}"}
    response = render(request, "cases/report_worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
