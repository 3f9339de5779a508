"""Faces without a sign-in: the touch screen in the hall and the big screen on the wall."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, page
from linli.portal import doors, names, queries


def feedback_address(about: str) -> str:
    """Return where comments on a page are written, as a code on a screen leads a phone there."""
    return f"{reverse('portal:feedback')}?{urlencode({'from': about})}"


@require_GET
def touch(request: Request, code: str) -> HttpResponse:
    """The start page of a hall's touch screen: four doors and what is due."""
    home = queries.home_of(code, NOBODY, timezone.localdate())
    entries = [
        doors.Entrance(
            door.title, reverse("portal:touch_door", args=[code, door.key]), door.text, door.icon
        )
        for door in doors.DOORS
    ]
    context = {"home": home, "name": names.short_name(home.place), "entrances": entries}
    return page(request, "portal/touch.html", context)


@require_GET
def touch_door(request: Request, code: str, key: str) -> HttpResponse:
    """What is behind one door, on the touch screen."""
    door = doors.get(key)
    if door is None:
        raise NotFound(door=key)
    home = queries.home_of(code, NOBODY, timezone.localdate(), door=key)
    context = {
        "home": home, "name": names.short_name(home.place), "door": door,
        "groups": home.slots.get(f"door:{key}", []),
        "has_phone": home.has_phone,
    }  # fmt: skip
    return page(request, "portal/touch_door.html", context)


@require_GET
def screen(request: Request, code: str) -> HttpResponse:
    """The big screen of a place: what is due, notices, the office's phone."""
    home = queries.home_of(code, NOBODY, timezone.localdate())
    context: dict[str, object] = {
        "home": home,
        "name": names.full_name(home.place),
        "now": timezone.now(),
        "address": settings.LINLI_PUBLIC_URL + reverse("portal:place", args=[code]),
        "feedback": settings.LINLI_PUBLIC_URL + feedback_address(request.path),
    }
    return page(request, "portal/screen.html", context, part="portal/_screen.html")
