"""Lists of people: handing one in, naming its columns, what was found, taking it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, Refusal
from linli.kernel.handed_in import ListState, is_dry
from linli.kernel.paging import Keyset, clean_limit, page_of
from linli.kernel.web import Request, done, page
from linli.people import permits
from linli.people.forms import UploadForm
from linli.people.queries.imports import get_run, refused_rows, visible_runs
from linli.people.queries.scopes import node_at, node_of_code, places_to_choose
from linli.people.rules.columns import FIELDS
from linli.people.services import importing as services
from linli.people.types import titles
from linli.people.views.frame import GET_POST, address_of, form_page, parts_of
from linli.runtime.queries import job_or_none
from linli.ui.handed_in import (
    TONES,
    beside_the_file,
    columns_sent,
    fields_of_columns,
    reasons,
    rows_as_csv,
)

if TYPE_CHECKING:
    from linli.people.models import ImportRun

NEWEST = Keyset("newest", ("-id",))
REFUSED_A_PAGE = 100
# what may hold for every row of a list
DEFAULTS = ("place", "household_kind", "standing", "basis", "employer", "address")


@require_GET
def import_list(request: Request) -> HttpResponse:
    """Lists that were handed in, the newest first."""
    if not request.actor.holds(permits.IMPORT):
        raise NotFound()
    found = page_of(
        visible_runs(request.actor), NEWEST, cursor=request.GET.get("cursor"),
        limit=clean_limit(request.GET.get("limit")),
    )  # fmt: skip
    frame = {
        "tabs": parts_of(request, "imports"),
        "found": found,
        "states": titles.IMPORT_STATE,
        "tones": TONES,
        "place_at": node_at,
    }
    return page(request, "people/import_list.html", frame)


@require_http_methods(GET_POST)
def import_new(request: Request) -> HttpResponse:
    """Hand in a list."""
    places = places_to_choose(request.actor, permits.IMPORT)
    if not places:
        raise NotFound()
    form = UploadForm(request.POST or None, request.FILES or None, places=places)

    def act(form: UploadForm) -> str:
        given, place = form.cleaned_data, node_of_code(form.cleaned_data["place"])
        assert place is not None
        try:
            run = services.receive_upload(
                given["file"], given["source"], place=place.path, actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
        except Refusal as refusal:
            raise Invalid(beside_the_file(refusal)) from refusal
        return reverse("people:import_run", args=[run.pk])

    return form_page(request, "people/import_new.html", form, act)


def _frame(request: Request, run: ImportRun) -> dict[str, Any]:
    job = job_or_none(request.actor, run.job_code)
    return {
        "run": run, "job": job, "is_dry": is_dry(run.state), "fields": FIELDS,
        "columns": fields_of_columns(run.mapping),
        "refused": list(refused_rows(run, limit=REFUSED_A_PAGE)),
        "faults": reasons(run.counts, titles.FAULT),
        "place": node_at(run.path), "t": titles, "state": titles.IMPORT_STATE[run.state],
        "tone": TONES[ListState(run.state)], "defaults": DEFAULTS,
        "villages": places_to_choose(request.actor, permits.IMPORT, level="village"),
        "job_url": address_of("runtime:job_detail", run.job_code) if run.job_code else "",
        "is_working": job is not None and job.is_open,
    }  # fmt: skip


@require_GET
def import_run(request: Request, run_id: int) -> HttpResponse:
    """One list: its columns, what a check found, what became of it."""
    run = get_run(request.actor, run_id)
    return page(request, "people/import_run.html", _frame(request, run))


@require_POST
def import_map(request: Request, run_id: int) -> HttpResponse:
    """Say what the columns mean, then check the list at once."""
    run, now = get_run(request.actor, run_id), timezone.now()
    mapping = columns_sent(request.POST, run.headings, FIELDS)
    defaults = {name: request.POST.get(f"all_{name}", "") for name in DEFAULTS}
    try:
        run = services.map_columns(run, mapping, defaults, actor=request.actor, now=now)
    except Invalid as refusal:
        run.mapping, run.defaults = mapping, defaults
        wrong = [
            ("", f"{titles.FIELD[field]}: {' '.join(said)}")
            for field, said in refusal.fields.items()
        ]
        frame = {**_frame(request, run), "wrong": wrong}
        return page(request, "people/import_run.html", frame, status=422)
    services.start_check(run, actor=request.actor, now=now)
    messages.success(request, _("The list is being checked. Nothing enters the register yet."))
    return done(request, reverse("people:import_run", args=[run.pk]))


@require_POST
def import_take(request: Request, run_id: int) -> HttpResponse:
    """Take the good rows of a checked list."""
    run = services.start_run(
        get_run(request.actor, run_id), actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("The list is being taken. You may leave this page."))
    return done(request, reverse("people:import_run", args=[run.pk]))


@require_POST
def import_drop(request: Request, run_id: int) -> HttpResponse:
    """Put a list away that is not to be taken."""
    services.drop_run(get_run(request.actor, run_id), actor=request.actor, now=timezone.now())
    messages.success(request, _("The list is put away, its content erased."))
    return done(request, reverse("people:imports"))


@require_GET
def import_refused(request: Request, run_id: int) -> HttpResponse:
    """All refused rows as csv, in the columns of the list, with the reasons behind them."""
    run = get_run(request.actor, run_id)
    rows = [
        [*row.cells[: len(run.headings)], row.line, " ".join(f"{field}: {why}" for field, why in row.reasons)]
        for row in services.read_refused(run, actor=request.actor, now=timezone.now())
    ]  # fmt: skip
    return rows_as_csv(f"refused-{run.pk}", [*run.headings, _("line"), _("reasons")], rows)
