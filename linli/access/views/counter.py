"""The counter: enrolling a computer, locking it, and switching on it by PIN or badge."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.access import entering, permits
from linli.access.entering import way_in
from linli.access.errors import PinClosed, PinRefused
from linli.access.forms import DeviceForm, with_choices
from linli.access.queries.choices import place_choices, place_names
from linli.access.queries.devices import BY_PLACE, get_device, present_at, visible_devices
from linli.access.services import counter as services
from linli.access.types import Factor
from linli.access.views.sign_in import COUNTED, GET_POST
from linli.kernel.errors import Invalid, Refusal
from linli.kernel.permits import require_somewhere
from linli.kernel.registries import ON_REFUSAL
from linli.kernel.web import Request, done, page, page_asked
from linli.kernel.wholes import whole_number
from linli.runtime.types import without_key


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def counter(request: Request) -> HttpResponse:
    """Who works here today; a PIN or a badge switches."""
    now = timezone.now()
    device = entering.device_at(request, now)
    if device is None:
        return redirect("access:sign_in")
    fault: Refusal | None = None
    factor = Factor.COUNTER
    if request.method == "POST":
        try:
            if request.POST.get("badge"):
                factor = Factor.BADGE
                account = services.switch_by_badge(
                    device, request.POST["badge"], actor=request.actor, now=now
                )
            else:
                account = services.switch_by_pin(
                    device,
                    whole_number(request.POST.get("account")) or 0,
                    request.POST.get("pin", ""),
                    actor=request.actor,
                    now=now,
                )
        except (PinRefused, PinClosed) as refusal:
            fault = refusal
            ON_REFUSAL.call(request.actor, refusal, request.path)
        else:
            entering.enter(request, account, factor=factor, device=device)
            to = entering.safe_next(request) or entering.start_at_counter(account)
            return done(request, entering.after_sign_in(request, to))
    frame: dict[str, Any] = {
        "device": device,
        "people": present_at(device, now=now),
        "fault": fault,
        "next": entering.safe_next(request),
        "chosen": request.POST.get("account", ""),
    }
    return page(request, "access/counter.html", frame, status=fault.status if fault else 200)


@way_in
@require_GET
def lock(request: Request) -> HttpResponse:
    """Lock the counter at once, by the clock of the page or by the clerk who leaves."""
    row = entering.store(request).row
    if row is not None and row.device_id is not None:
        services.lock_session(row.id, actor=request.actor, now=timezone.now())
    to = entering.safe_next(request)
    back = f"?{urlencode({'next': to})}" if to else ""
    return redirect(f"{reverse('access:counter')}{back}")


@require_GET
def devices(request: Request) -> HttpResponse:
    """Counter computers at the actor's places."""
    require_somewhere(request.actor, permits.ENROL)
    found = page_asked(request, visible_devices(request.actor), BY_PLACE)
    frame: dict[str, Any] = {
        "found": found,
        "places": place_names({device.path for device in found.items}),
        "this": entering.device_at(request, timezone.now()),
        "now": timezone.now(),
    }
    return page(request, "access/devices.html", frame)


@require_http_methods(GET_POST)
def enrol(request: Request) -> HttpResponse:
    """Make the computer at hand a counter computer."""
    require_somewhere(request.actor, permits.ENROL)
    now = timezone.now()
    if not entering.is_fresh(request, now):
        return redirect(f"{reverse('access:confirm')}?next={request.path}")
    form = DeviceForm(request.POST or None)
    with_choices(form, place=place_choices(request.actor, permits.ENROL))
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.enrol_device(
                form.cleaned_data["name"],
                form.cleaned_data["place"],
                idle=timedelta(minutes=form.cleaned_data["idle"]),
                actor=request.actor,
                now=now,
            )
        except Invalid as refusal:
            form.take(refusal.fields)
        else:
            messages.success(request, _("This computer is a counter computer now."))
            response = done(request, reverse("access:devices"))
            entering.set_counter_cookie(response, issued.secret, request.is_secure())
            return response
    return page(request, "access/enrol.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: Request, device_id: int) -> HttpResponse:
    """Take a computer out of service."""
    device = get_device(request.actor, device_id)
    services.revoke_device(device, actor=request.actor, now=timezone.now())
    messages.success(request, _("The computer is no longer a counter computer."))
    return done(request, reverse("access:devices"))
