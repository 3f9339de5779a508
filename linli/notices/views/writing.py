"""Writing a notice and correcting one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotFound, Stale
from linli.kernel.paths import code_of, path_of
from linli.kernel.registries import PLACE_NAMES
from linli.kernel.web import Request, done, page
from linli.notices import permits, queries, services
from linli.notices.forms.writing import CorrectionForm, DraftForm

if TYPE_CHECKING:
    from linli.notices.models import Posting

FIELDS = ("category", "first_day", "days", "unit", "reach")
WORDS = ("title", "body", "basis", "contact", "objection", "edition")


@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: Request) -> HttpResponse:
    """Write a notice; whoever writes at several places chooses one first."""
    paths = request.actor.own_paths(permits.WRITE)
    if not paths:
        raise NotFound()
    asked = request.GET.get("place", "")
    path = path_of(asked) if asked else paths[0]
    if not request.actor.may(permits.WRITE, at=path):
        raise NotFound()
    names = PLACE_NAMES.call(set(paths))
    about: dict[str, object] = {
        "places": [(names.get(one, one), code_of(one), one == path) for one in paths],
        "code": code_of(path),
    }
    options = queries.choices_at(path, timezone.localdate())
    if request.method != "POST":
        office, contact = queries.usual_at(path, timezone.localdate())
        form = DraftForm(initial={"office": office, "contact": contact}, **options)
        return page(request, "notices/write.html", {"form": form, **about})
    form = DraftForm(request.POST, **options)
    if form.is_valid():
        try:
            made = services.create_posting(
                form.draft(), place=path, actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(
                request, _("Kept as a draft. Look at it, then hand it in or publish it.")
            )
            return done(request, reverse("notices:manage", args=[made.code]))
    return page(request, "notices/write.html", {"form": form, **about}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, code: str) -> HttpResponse:
    """Go on writing: a notice that was not published yet, or a correction of one that was."""
    posting = queries.get_for_staff(request.actor, code)
    if posting.open is None or posting.open.state != "draft":
        raise NotFound()
    if posting.current is not None:
        return _edit_correction(request, posting)
    options = queries.choices_at(posting.place, timezone.localdate())
    form = DraftForm(request.POST or None, initial=_initial(posting), **options)
    if request.method == "POST" and form.is_valid():
        refusal = _saved(form, request, posting)
        if refusal is None:
            messages.success(request, _("Saved."))
            return done(request, reverse("notices:manage", args=[posting.code]))
    return _page(request, form, posting)


def _saved(form: DraftForm, request: Request, posting: Posting) -> Exception | None:
    try:
        services.save_draft(
            posting, form.draft(), edition=form.cleaned_data["edition"] or 0,
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as refusal:
        form.take(refusal.fields)
        return refusal
    except Stale as refusal:
        return _stale(form, refusal, request, posting)
    return None


def _stale(form: Any, refusal: Stale, request: Request, posting: Posting) -> Stale:
    """Keep what was typed, and take the newer save along: who sends again means it."""
    form.add_error(None, str(refusal))
    now = queries.get_for_staff(request.actor, posting.code)
    form.renew("edition", now.open.edition if now.open else 0)
    return refusal


def _initial(posting: Posting) -> dict[str, Any]:
    version = posting.open
    assert version is not None, "a draft has a version"
    return {
        **{name: getattr(posting, name) for name in FIELDS},
        **{name: getattr(version, name) for name in WORDS},
        "office": queries.office_code(posting, timezone.localdate()),
        "listed": queries.listed_codes(posting),
    }  # fmt: skip


def _edit_correction(request: Request, posting: Posting) -> HttpResponse:
    version = posting.open
    assert version is not None, "asked before"
    papers = [
        (file.code, file.name) for file in queries.files_of(version) if file.code in version.files
    ]
    initial = {name: getattr(version, name) for name in (*WORDS, "reason", "restarts")}
    initial["kept"] = list(version.files)
    form = CorrectionForm(request.POST or None, initial=initial, papers=papers)
    if request.method == "POST" and form.is_valid():
        edition = form.cleaned_data["edition"]
        try:
            services.save_correction(
                posting, form.correction(), edition=edition, actor=request.actor, now=timezone.now()
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        except Stale as refusal:
            _stale(form, refusal, request, posting)
        else:
            messages.success(request, _("Saved."))
            return done(request, reverse("notices:manage", args=[posting.code]))
    return _page(request, form, posting)


def _page(request: Request, form: Any, posting: Posting) -> HttpResponse:
    context: dict[str, object] = {"form": form, "posting": posting, "places": [], "code": ""}
    return page(request, "notices/write.html", context, status=422 if form.is_bound else 200)


@require_POST
def correct(request: Request, code: str) -> HttpResponse:
    """Begin a correction of a published notice."""
    posting = queries.get_for_staff(request.actor, code)
    services.begin_correction(posting, actor=request.actor, now=timezone.now())
    return done(request, reverse("notices:edit", args=[posting.code]))
