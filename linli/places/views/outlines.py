"""A city loads its own outlines: a file is checked first, then taken; what was loaded can be taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid
from linli.kernel.paging import Keyset, page_of
from linli.kernel.permits import require_somewhere
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.forms.outlines import (
    OutlinesForm,
    TakeOutlinesForm,
    WithdrawForm,
    text_of_shapes,
)
from linli.ui.formats import day_plain

NEWEST = Keyset("newest", ("-id",))
PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: Request) -> HttpResponse:
    """Take a file in: first it is only checked; what was checked is sent again to be taken."""
    require_somewhere(request.actor, permits.DRAW)
    if request.POST.get("step") in ("take", "again"):
        return _sent_again(request)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    form.is_valid()
    if not form.is_bound or "file" not in form.cleaned_data:
        return _first(request, form)
    # with a slip in the day the file was handed in all the same: it is not asked for twice
    shapes = text_of_shapes(form.cleaned_data["file"])
    return _checked(request, TakeOutlinesForm({**request.POST.dict(), "shapes": shapes}))


def _first(
    request: Request, form: OutlinesForm, back: tuple[int, WithdrawForm] | None = None
) -> HttpResponse:
    cursor = request.GET.get("cursor")
    found = page_of(queries.loads_of(request.actor), NEWEST, cursor=cursor, limit=PAGE)
    backs = {one.pk: WithdrawForm(auto_id=f"back-{one.pk}-%s") for one in found.items}
    context: dict[str, object] = {
        "form": form, "found": found, "cursor": cursor,
        "backs": {**backs, **dict([back] if back else [])}, "at": back[0] if back else None,
        "today": timezone.localdate(),
        "faults": [*form.faults, *(back[1].faults if back else [])],
    }  # fmt: skip
    return page(
        request, "places/outlines.html", context, status=422 if form.is_bound or back else 200
    )


def _checked(request: Request, form: TakeOutlinesForm) -> HttpResponse:
    is_sound = form.is_valid()
    today, shapes = timezone.localdate(), form.cleaned_data["shapes"]
    changes = queries.outline_changes(
        shapes, form.cleaned_data.get("valid_from") or today, actor=request.actor, today=today
    )
    is_clean = not any(one.faults for one in changes)
    asked = ["source", "valid_from", "shapes"]
    if is_clean and any(one.is_odd for one in changes):
        asked.append("sure")
    context: dict[str, object] = {
        "changes": changes, "form": form, "asked": asked, "is_clean": is_clean,
    }  # fmt: skip
    return page(request, "places/outlines_checked.html", context, status=200 if is_sound else 422)


def _sent_again(request: Request) -> HttpResponse:
    form = TakeOutlinesForm(request.POST)
    form.is_valid()
    if "shapes" not in form.cleaned_data:
        again = OutlinesForm(request.POST)
        again.take({"file": [str(message) for message in form.errors["shapes"]]})
        return _first(request, again)
    if form.errors or request.POST["step"] == "again":
        return _checked(request, form)
    return _take(request, form)


def _take(request: Request, form: TakeOutlinesForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        made = services.import_outlines(
            said["shapes"], source=said["source"], valid_from=said["valid_from"],
            sure=said["sure"], actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as refusal:
        # what is wrong with one outline stands beside it
        form.take({name: told for name, told in refusal.fields.items() if name in form.fields})
        return _checked(request, form)
    words = ngettext("%(num)s outline is loaded.", "%(num)s outlines are loaded.", made.count)
    messages.success(request, words % {"num": made.count})
    if made.valid_from > timezone.localdate():
        later = _("Those of today hold until %(day)s.")
        messages.info(request, later % {"day": day_plain(made.valid_from)})
    return done(request, reverse("places:outlines"))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back what was loaded at once."""
    found = queries.get_load(request.actor, pk)
    form = WithdrawForm(request.POST, auto_id=f"back-{pk}-%s")
    if not form.is_valid():
        return _first(request, OutlinesForm(), (pk, form))
    why = form.cleaned_data["why"]
    services.withdraw_outlines(found, why=why, actor=request.actor, now=timezone.now())
    messages.success(request, _("They are taken back; what held before holds again."))
    return done(request, reverse("places:outlines"))
