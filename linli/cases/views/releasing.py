"""The queue of words to read before everybody does, and the decision on each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from linli.cases import permits
from linli.cases.forms.narrowing import narrowing_of
from linli.cases.forms.releasing import PhotoForm, ReleaseForm
from linli.cases.queries import releasing as queries
from linli.cases.queries.public import category_name
from linli.cases.rules.blackening import COLUMNS, ROWS, spans_of
from linli.cases.rules.shown import blacked_out
from linli.cases.services import releasing as services
from linli.cases.services import showing
from linli.cases.types.moves import At
from linli.cases.views.photos import picture_of
from linli.cases.views.public import FILES
from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.kernel.paging import clean_limit
from linli.kernel.web import Request, done, page
from linli.runtime.queries import offered
from linli.ui.downloads import list_download

PAGE = 25


@require_GET
def queue(request: Request) -> HttpResponse:
    """What waits to be read, what is late first."""
    if not request.actor.holds(permits.RELEASE):
        raise NotFound()
    narrowed = narrowing_of(request.actor, request.GET.dict(), permits.RELEASE)
    if request.GET.get("format") in FILES:
        rows = queries.waiting_cases(request.actor, narrowed.on())
        return list_download(request, "cases.release", rows)
    cursor, limit = request.GET.get("cursor"), clean_limit(PAGE)
    found = queries.queue(request.actor, narrowed.on(), cursor=cursor, limit=limit)
    context: dict[str, object] = {
        "found": found, "now": timezone.now(), "narrowed": narrowed,
        **offered(request.actor, "cases.release"),
    }  # fmt: skip
    return page(request, "cases/release/queue.html", context)


@require_http_methods(["GET", "POST"])
def decide(request: Request, number: str) -> HttpResponse:
    """Read the words of a case and release or withhold each."""
    case = queries.get_for_release(request.actor, number)
    if request.method == "POST" and "photos" in request.POST:
        return _photo_decided(request, case)
    form = ReleaseForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid() and request.POST.get("move") != "preview":
        try:
            _decide(request, case, form)
        except Invalid as refusal:
            form.take({"reason" if k == "text" else k: v for k, v in refusal.fields.items()})
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _after(request, case))
    return _shown(request, case, form, None)


def _shown(
    request: Request, case: Any, form: ReleaseForm | None, photo: PhotoForm | None
) -> HttpResponse:
    faults = [fault for one in (form, photo) if one is not None for fault in one.faults]
    photos = queries.photos_of_case(case.pk)
    context: dict[str, object] = {
        "case": case, "category": category_name(case.category),
        "rows": [(piece, *_form_for(piece, form)) for piece in queries.pieces_of(case)],
        "photos": [(one, _photo_form(one.pk, photo), queries.photo_waits(one)) for one in photos],
        "waiting": [one.pk for one in photos if queries.photo_waits(one)],
        "all_form": _photo_form(0, photo), "grid_rows": range(ROWS), "grid_columns": range(COLUMNS),
        "faults": faults,
    }  # fmt: skip
    return page(request, "cases/release/decide.html", context, status=422 if faults else 200)


def _photo_form(photo_id: int, sent: PhotoForm | None) -> PhotoForm:
    """The form of a photo, with what was ticked if it was this one; 0 for all that wait."""
    if sent is not None and str(sent["photo"].value() or 0) == str(photo_id):
        return sent
    return PhotoForm(initial={"photo": photo_id or None}, auto_id=f"photo-{photo_id}-%s")


def _photo_decided(request: Request, case: Any) -> HttpResponse:
    """Release one photo, or keep one or all that wait from everybody."""
    form = PhotoForm(request.POST)
    form.auto_id = f"photo-{form['photo'].value() or 0}-%s"
    if form.is_valid():
        try:
            _decide_photo(request, case, form)
        except Invalid as refusal:
            form.take(refusal.fields)
        except WrongState as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, _after(request, case))
    return _shown(request, case, None, form)


def _decide_photo(request: Request, case: Any, form: PhotoForm) -> None:
    at, given, now = At(case.pk), form.cleaned_data, timezone.now()
    if request.POST.get("move") == "release":
        black = spans_of(given["black"])
        showing.release_photo(at, given["photo"] or 0, black=black, actor=request.actor, now=now)
        messages.success(request, _("Everybody can see it now."))
        return
    ids = [given["photo"]] if given["photo"] else waiting_of(case.pk)
    showing.withhold_photos(at, ids, reason=given["reason"], actor=request.actor, now=now)
    messages.success(request, _("Not shown. The writer was told why."))


def waiting_of(case_id: int) -> list[int]:
    """Return the photos of a case that nobody has decided on."""
    return [one.pk for one in queries.photos_of_case(case_id) if queries.photo_waits(one)]


@require_safe
def photo(request: Request, number: str, photo_id: int) -> HttpResponse:
    """A photo as it came, for who decides on it."""
    case = queries.get_for_release(request.actor, number)
    found = next((one for one in queries.photos_of_case(case.pk) if one.pk == photo_id), None)
    if found is None:
        raise NotFound()
    return picture_of(request, found.file)


def _decide(request: Request, case: Any, form: ReleaseForm) -> None:
    at, seq, now = At(case.pk), form.cleaned_data["seq"], timezone.now()
    if request.POST.get("move") == "withhold":
        reason = form.cleaned_data["reason"]
        services.withhold_words(at, seq, reason=reason, actor=request.actor, now=now)
        messages.success(request, _("Not shown. The writer was told why."))
    else:
        pieces = form.pieces()
        services.release_words(at, seq, hidden=pieces, actor=request.actor, now=now)
        messages.success(request, _("Everybody can read it now."))


def _form_for(piece: queries.Piece, sent: ReleaseForm | None) -> tuple[ReleaseForm, str]:
    """The form of a piece, with what was typed if it was this one, and how it would read."""
    if sent is not None and str(sent["seq"].value()) == str(piece.seq):
        hidden = sent.pieces() if hasattr(sent, "cleaned_data") else []
        return sent, blacked_out(piece.text, hidden)
    first = {"seq": piece.seq, "hidden": "\n".join(piece.names)}
    return ReleaseForm(initial=first), blacked_out(piece.text, list(piece.names))


def _after(request: Request, case: Any) -> str:
    """The same case while something of it waits or is undecided, as the office's answer may be; then the next that waits."""
    again = queries.get_for_release(request.actor, case.number)
    if again.waits_for_release or any(piece.is_undecided for piece in queries.pieces_of(again)):
        return reverse("cases:release_case", args=[case.number])
    following = queries.next_number(request.actor, case)
    if following:
        return reverse("cases:release_case", args=[following])
    return reverse("cases:release")
