"""A city loads its own outlines: a file is checked first, then taken; what was loaded can be taken back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.paging import Keyset, page_of
from linli.kernel.web import Request, done, page
from linli.places import permits, queries, services
from linli.places.forms.outlines import (
    OutlinesForm,
    TakeOutlinesForm,
    WithdrawForm,
    text_of_shapes,
)

NEWEST = Keyset("newest", ("-id",))
PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def load(request: Request) -> HttpResponse:
    """Take a file in: first it is only checked; what was checked is sent again to be taken."""
    if not request.actor.paths(permits.DRAW):
        raise NotAllowed()
    if request.method == "POST" and request.POST.get("step") == "take":
        return _take(request)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _checked(request, form.cleaned_data, form.cleaned_data["file"])
    return _first(request, form)


def _first(request: Request, form: OutlinesForm) -> HttpResponse:
    found = page_of(
        queries.loads_of(request.actor), NEWEST, cursor=request.GET.get("cursor"), limit=PAGE
    )
    context: dict[str, object] = {"form": form, "found": found, "withdraw": WithdrawForm()}
    return page(request, "places/outlines.html", context, status=422 if form.is_bound else 200)


def _checked(
    request: Request, said: dict[str, Any], shapes: dict[str, Any], faults: Any = None
) -> HttpResponse:
    changes = queries.outline_changes(
        shapes, said["valid_from"], actor=request.actor, today=timezone.localdate()
    )
    context: dict[str, object] = {
        "changes": changes, "said": said, "shapes": text_of_shapes(shapes), "told": faults or {},
        "is_clean": bool(changes) and not any(one.faults for one in changes),
    }  # fmt: skip
    return page(request, "places/outlines_checked.html", context, status=422 if faults else 200)


def _take(request: Request) -> HttpResponse:
    form = TakeOutlinesForm(request.POST)
    if not form.is_valid():
        again = OutlinesForm(request.POST)
        again.take({"file": [str(m) for _id, m in form.faults]})
        return _first(request, again)
    said = form.cleaned_data
    try:
        made = services.import_outlines(
            said["shapes"], source=said["source"], valid_from=said["valid_from"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Invalid as refusal:
        return _checked(request, said, said["shapes"], refusal.fields)
    words = ngettext("%(num)s outline is loaded.", "%(num)s outlines are loaded.", made.count)
    messages.success(request, words % {"num": made.count})
    return done(request, reverse("places:outlines"))


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back what was loaded at once."""
    found = queries.get_load(request.actor, pk)
    why = WithdrawForm(request.POST).accepted()["why"]
    services.withdraw_outlines(found, why=why, actor=request.actor, now=timezone.now())
    messages.success(request, _("They are taken back; what held before holds again."))
    return done(request, reverse("places:outlines"))
