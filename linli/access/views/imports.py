"""Bringing in staff and posts from a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from linli.access import permits
from linli.access.forms import ImportForm, with_choices
from linli.access.queries.choices import place_choices
from linli.access.queries.imports import get_import, may_seat, own_imports
from linli.access.services.handing_in import hand_in
from linli.access.types import IMPORT_OWNER
from linli.access.views.sign_in import GET_POST
from linli.files import queries as files
from linli.files.types import Owner
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done, page
from linli.orgs.permits import APPOINT


@require_http_methods(GET_POST)
def import_staff(request: Request) -> HttpResponse:
    """Choose a file, try it out, bring it in."""
    require_somewhere(request.actor, permits.IMPORT)
    form = ImportForm(request.POST or None, request.FILES or None)
    with_choices(form, place=place_choices(request.actor, permits.IMPORT))
    if request.method == "POST" and form.is_valid():
        return _start(request, form)
    frame: dict[str, Any] = {
        "form": form,
        "found": own_imports(request.actor)[:20],
        "gives_posts": bool(request.actor.paths(APPOINT)),
        "appoint": APPOINT.title,
    }
    return page(request, "access/import.html", frame, status=422 if form.is_bound else 200)


def _start(request: Request, form: ImportForm) -> HttpResponse:
    given = form.cleaned_data
    _run, code = hand_in(
        given["file"], given["place"], is_dry_run=given["how"] == "try", actor=request.actor,
        now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("runtime:job_detail", args=[code]))


@require_GET
def import_done(request: Request, import_id: int) -> HttpResponse:
    """What became of each row, and the first links."""
    run = get_import(request.actor, import_id)
    made = [one for one in files.files_of(Owner(IMPORT_OWNER, run.pk)) if one.is_made]
    frame = {
        "run": run, "links": made, "gives_posts": may_seat(request.actor, run.path),
        "appoint": APPOINT.title,
    }  # fmt: skip
    return page(request, "access/import_done.html", frame)
