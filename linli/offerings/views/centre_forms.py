"""Forms about a centre at the desk: a platform, equipment, a cost, a check that begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import NotFound
from linli.kernel.permits import require
from linli.kernel.web import Request, done
from linli.kernel.wholes import whole_number
from linli.offerings import permits
from linli.offerings.forms.centres import (
    CheckForm,
    CostBackForm,
    CostForm,
    DeviceForm,
    PlatformForm,
)
from linli.offerings.queries import centres as queries
from linli.offerings.queries.norms import platforms
from linli.offerings.services import centre_checks, centres
from linli.offerings.views.centre_desk import way_of, ways_to_check
from linli.offerings.views.visit_frame import GET_POST, answer
from linli.ui.asking import Asking
from linli.ui.jinja import named


@require_http_methods(GET_POST)
def form(request: Request, centre: str, what: str) -> HttpResponse:
    """A form about a centre: a platform, a piece of equipment, a cost, a check that begins."""
    body = queries.seen_centre(request.actor, centre, localdate())
    makers = {
        "platform": _platform, "device": _device, "cost": _cost, "cost-back": _cost_back,
        "check": _check, "platform-apart": _apart, "device-end": _device_end,
    }  # fmt: skip
    if what not in makers:
        raise NotFound(what=what)
    return makers[what](request, body)


def _asked(
    request: Request, centre: Any, form: Any, title: str, act: Callable[[], Any], *, said: str = "",
    submit: str = "",
) -> HttpResponse:  # fmt: skip
    to = reverse("offerings:centre_desk", args=[centre.code])
    asking = Asking(title=title, form=form, way=way_of(centre, (title, "")), to=to,
                    submit=submit or _("Save"), said=said or _("Saved."), lead=named(centre))  # fmt: skip
    return answer(request, asking, act)


def _platform(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    known = platforms().get(request.GET.get("key", ""))
    if known is None:
        raise NotFound()
    held = queries.platforms_of(centre.pk).get(known.key)
    initial = {"merged_on": held.merged_on, "document": held.document} if held else {}
    form = PlatformForm(request.POST or None, initial=initial)

    def act() -> None:
        said = form.cleaned_data
        centres.merge_platform(centre, known.key, said["merged_on"], said["document"],
                               actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, named(known), act)


def _apart(request: Request, centre: Any) -> HttpResponse:
    key = request.GET.get("key", "")
    return _done(request, centre, lambda: centres.part_platform(
        centre, key, actor=request.actor, now=timezone.now()))  # fmt: skip


def _device(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    device = queries.get_device(centre.pk, whole_number(request.GET["id"]) or 0) if "id" in request.GET else None  # fmt: skip
    initial = (
        {"edition": device.edition, "title": device.name, "pieces": device.count, "broken": device.broken,
         "note": device.note}
        if device else {}
    )  # fmt: skip
    form = DeviceForm(request.POST or None, initial=initial)

    def act() -> None:
        centres.keep_device(centre, form.facts, device=device, edition=form.cleaned_data["edition"],
                            actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, device.name if device else _("New equipment"), act)


def _device_end(request: Request, centre: Any) -> HttpResponse:
    device = queries.get_device(centre.pk, whole_number(request.GET.get("id")) or 0)
    return _done(request, centre, lambda: centres.end_device(
        centre, device, actor=request.actor, now=timezone.now()))  # fmt: skip


def _done(request: Request, centre: Any, act: Callable[[], Any]) -> HttpResponse:
    to = reverse("offerings:centre_desk", args=[centre.code])
    if request.method == "POST":
        act()
        messages.success(request, _("Saved."))
    return done(request, to)


def _cost(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    form = CostForm(request.POST or None, initial={"year": localdate().year})

    def act() -> None:
        centres.note_cost(centre, form.facts, actor=request.actor, now=timezone.now())

    return _asked(request, centre, form, _("Note a cost"), act)


def _cost_back(request: Request, centre: Any) -> HttpResponse:
    require(request.actor, permits.CENTRES, at=centre.path)
    cost = queries.get_cost(centre.pk, whole_number(request.GET.get("id")) or 0)
    form = CostBackForm(request.POST or None)

    def act() -> None:
        centres.withdraw_cost(centre, cost, form.cleaned_data["why"], actor=request.actor, now=timezone.now())  # fmt: skip

    title = _("Take a cost back: %(document)s") % {"document": cost.document}
    return _asked(request, centre, form, title, act, submit=_("Take it back"))


def _check(request: Request, centre: Any) -> HttpResponse:
    ways = ways_to_check(request.actor, centre)
    if not ways:
        raise NotFound(code=centre.code)
    form = CheckForm(request.POST or None, ways=ways, initial={"on": localdate()})

    def act() -> None:
        said = form.cleaned_data
        centre_checks.begin_check(centre, said["by"], said["on"], said.get("body", ""),
                                  actor=request.actor, now=timezone.now())  # fmt: skip

    return _asked(request, centre, form, _("Check the six norms"), act, submit=_("Begin"),
                  said=_("The check is begun. Answer norm by norm; it can wait in between."))  # fmt: skip
