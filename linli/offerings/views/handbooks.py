"""The handbook of a place: take it along, see how old it is, and let it be made anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.web import Request, done, page
from linli.offerings import permits
from linli.offerings.forms.handbooks import EditionForm
from linli.offerings.queries.handbooks import newest
from linli.offerings.types.handbooks import JOB, LANGUAGE_TITLES, SIZE_TITLES
from linli.places import queries as places
from linli.runtime.services import long_jobs

if TYPE_CHECKING:
    from linli.places.models import Place


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished edition as the page shows it."""

    size: Any
    language: str
    lang: str
    url: str
    made_at: datetime
    kilobytes: int


@require_safe
def handbook(request: Request, code: str) -> HttpResponse:
    """The newest handbook in each size and language."""
    return _shown(request, places.get_place(code), EditionForm())


def _shown(request: Request, place: Place, form: EditionForm) -> HttpResponse:
    copies = [
        Copy(
            SIZE_TITLES[edition.size], LANGUAGE_TITLES[edition.language], edition.language,
            reverse("files:download", args=[file.code]), file.stored_at, file.size // 1024 + 1,
        )
        for edition, file in newest(place)
        if file is not None
    ]  # fmt: skip
    context: dict[str, object] = {
        "place": place, "copies": copies, "form": form,
        "may_make": request.actor.may(permits.WRITE_ITEMS, at=place.path),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return page(request, "offerings/handbooks/handbook.html", context, status=status)


@require_POST
def make(request: Request, code: str) -> HttpResponse:
    """Start the long job that sets an edition."""
    place = places.get_place(code)
    form = EditionForm(request.POST)
    if not form.is_valid():
        return _shown(request, place, form)
    job = long_jobs.start_job(
        JOB, params={"place": place.code, **form.cleaned_data}, place=place.path,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("runtime:job_detail", args=[job.code]))
