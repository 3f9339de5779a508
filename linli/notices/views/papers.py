"""Attachments and photos of a notice, and the notice on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kernel.web import Request, done, page
from linli.notices import queries, services
from linli.notices.errors import TooManyThere
from linli.notices.forms.acting import FilesForm, PhotosForm, PrintForm
from linli.notices.types import Size
from linli.notices.views.desk import facts_of

if TYPE_CHECKING:
    from linli.notices.models import Posting


@require_POST
def add_papers(request: Request, code: str) -> HttpResponse:
    """Attach papers to what is being written."""
    form = FilesForm(request.POST, request.FILES)
    return _added(request, code, "papers", form, services.add_files)


@require_POST
def add_photos(request: Request, code: str) -> HttpResponse:
    """Add photos of the paper on the board."""
    form = PhotosForm(request.POST, request.FILES)
    return _added(request, code, "photo_form", form, services.add_photos)


def _added(
    request: Request,
    code: str,
    name: str,
    form: Any,
    service: Callable[..., list[tuple[str, Any]]],
) -> HttpResponse:
    posting = queries.get_for_staff(request.actor, code)
    if form.is_valid():
        _add(form, posting, request, service)
    if form.errors:
        posting = queries.get_for_staff(request.actor, code)
        context = facts_of(request, posting, **{name: form})
        return page(request, "notices/manage.html", context, status=422)
    messages.success(request, _("Added."))
    return done(request, reverse("notices:manage", args=[posting.code]))


def _add(
    form: Any, posting: Posting, request: Request, service: Callable[..., list[tuple[str, Any]]]
) -> None:
    """Hand the file on, and put what is wrong with it onto the field."""
    field = next(iter(form.fields))
    upload = form.cleaned_data[field]
    if not upload:
        form.add_error(field, _("Choose a file first."))
        return
    try:
        refused = service(posting, [upload], actor=request.actor, now=timezone.now())
    except TooManyThere as too_many:
        form.add_error(field, str(too_many))
        return
    for _name, refusal in refused:
        form.add_error(field, str(refusal))


@require_POST
def drop_file(request: Request, code: str, file: str) -> HttpResponse:
    """Take a photo or an attachment away."""
    posting = queries.get_for_staff(request.actor, code)
    services.drop_file(posting, file, actor=request.actor, now=timezone.now())
    messages.success(request, _("Taken away."))
    return done(request, reverse("notices:manage", args=[posting.code]))


@require_POST
def print_posting(request: Request, code: str) -> HttpResponse:
    """Print a notice as a numbered paper, and lead to it."""
    posting = queries.get_for_staff(request.actor, code)
    form = PrintForm(request.POST)
    if not form.is_valid():
        context = facts_of(request, posting, printing=form)
        return page(request, "notices/manage.html", context, status=422)
    paper = services.print_posting(
        posting, size=Size(form.cleaned_data["size"]), language=str(request.LANGUAGE_CODE),
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return done(request, reverse("documents:detail", args=[paper.code]))
