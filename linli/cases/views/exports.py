"""A list as a file: ordered here, made as a job."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from linli.cases.services.exporting import order_export
from linli.kernel.web import Request, done


@require_POST
def export(request: Request) -> HttpResponse:
    """Order a file of the list in the address that was sent along."""
    form = "csv" if request.POST.get("form") == "csv" else "xlsx"
    query = request.POST.get("query", "")
    job = order_export(query, form, actor=request.actor, now=timezone.now())
    return done(request, reverse("runtime:job_detail", args=[job.code]))
