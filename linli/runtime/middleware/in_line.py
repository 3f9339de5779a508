"""A place in line for acts for which all come at once: told at once, kept by the asker, honoured anywhere.

The place is a signed moment for exactly this request (address, key and body), as header `Place-In-Line` for
programs and as cookie for pages. Nothing is stored: any process of the service lets it in when its moment
has come. The moment at which its owner came is part of it, so that a closing hour does not shut her out.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import ngettext

from linli.runtime.middleware.claims import HEADER as KEY_HEADER
from linli.runtime.middleware.claims import parts_of
from linli.runtime.middleware.line import Line
from linli.runtime.queries import operations_of
from linli.runtime.types import HONOURED

HEADER, HELD_AS, COOKIE = "Place-In-Line", "HTTP_PLACE_IN_LINE", "linli-place"
# a browser or a phone is never asked to come back sooner; a place is kept for so long after its moment
SOONEST, KEPT = 1.0, 300.0
API = "/api/"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as its owner holds it: the moment it is for and the moment she came, in seconds of the day's clock."""

    moment: float
    came: float

    def signed(self, about: bytes) -> str:
        """Return it as it travels; it fits no other request."""
        told = f"{self.moment:.2f}.{self.came:.2f}".replace(".", "_")
        return f"{told}_{_mark(told, about)}"


def _mark(told: str, about: bytes) -> str:
    secret = settings.SECRET_KEY.encode()
    return hmac.digest(secret, b"line\x1f" + told.encode() + about, hashlib.sha256).hex()[:24]


def read_place(text: str, about: bytes) -> Place | None:
    """Return the place that was brought along, or None if it is none of ours or for something else."""
    told, _sep, mark = text.rpartition("_")
    if not told.isascii() or not hmac.compare_digest(mark.encode(), _mark(told, about).encode()):
        return None
    whole, part, came, of_it = told.split("_")
    return Place(float(f"{whole}.{part}"), float(f"{came}.{of_it}"))


class PlaceInLine:
    """Let acts marked with `in_line` in as fast as they are done, and give everybody else a place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.line = Line()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not keeps_line(request.path_info):
            return self.get_response(request)
        about, now = _about(request), time.time()
        place = read_place(_brought(request), about)
        if place is None or now > place.moment + KEPT:
            moment = self.line.come(time.monotonic())
            if moment is None:
                return self._inside(request)
            place = Place(now + moment - time.monotonic(), _came(place, now))
        elif now >= place.moment:
            self.line.enter()
            request.came_at = datetime.fromtimestamp(place.came, UTC)  # type: ignore[attr-defined]
            return self._inside(request)
        return _told(request, place, about, self.line.ahead(place.moment, now))

    def _inside(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        try:
            return self.get_response(request)
        finally:
            self.line.leave(time.monotonic() - began)


def _came(place: Place | None, now: float) -> float:
    """Return when whoever gets a place came: as the one that ran out says, unless that is long ago."""
    ran_out = place.moment + KEPT + HONOURED.total_seconds() if place else 0.0
    return place.came if place and now <= ran_out else now


@lru_cache(maxsize=1024)
def keeps_line(path: str) -> bool:
    """Say whether what is behind an address is marked with `in_line`."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    acts = [view, *(operation.view_func for operation in operations_of(view))]
    return any(getattr(act, "keeps_line", False) for act in acts)


def _brought(request: HttpRequest) -> str:
    return request.META.get(HELD_AS) or request.COOKIES.get(COOKIE, "")


def _about(request: HttpRequest) -> bytes:
    """Return what a place is for: this address, key and content, whatever token they came with."""
    key = request.META.get(KEY_HEADER) or request.POST.get("key", "")
    digest = hashlib.sha256(f"{request.get_full_path()}\x1f{key}".encode())
    for name, value in parts_of(request):
        digest.update(f"\x1f{name}\x1f{len(value)}\x1f".encode() + value)
    return digest.digest()


def _told(request: HttpRequest, place: Place, about: bytes, ahead: int) -> HttpResponse:
    """Answer with the place: 503, as for a service that can be asked again after so many seconds."""
    wait = max(SOONEST, place.moment - time.time())
    words = ngettext(
        "%(count)s person is before you. Come again in about %(seconds)s seconds.",
        "%(count)s people are before you. Come again in about %(seconds)s seconds.",
        ahead,
    ) % {"count": ahead, "seconds": math.ceil(wait)}
    token = place.signed(about)
    response: HttpResponse
    if request.path_info.startswith(API):
        body: dict[str, Any] = {"code": "place_in_line", "message": words, "fields": {}}
        response = JsonResponse(body, status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        response = _page(request, ahead, wait)
    response["Retry-After"], response[HEADER] = str(math.ceil(wait)), token
    response["Cache-Control"] = "no-store"
    # a place in line is no failure: Django would write each down as one
    response._has_been_logged = True  # type: ignore[attr-defined]
    age = math.ceil(wait + KEPT)
    response.set_cookie(
        COOKIE, token, max_age=age, path=request.path_info, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def _page(request: HttpRequest, ahead: int, wait: float) -> HttpResponse:
    """Show the place, with everything that was written ready to be sent again."""
    context = {
        "ahead": ahead, "wait": math.ceil(wait),
        "minutes": f"{math.ceil(wait) // 60}:{math.ceil(wait) % 60:02}",
        "at": timezone.localtime(timezone.now() + timedelta(seconds=wait)).strftime("%H:%M:%S"),
        "written": [(name, value) for name, values in request.POST.lists()
            if name != "csrfmiddlewaretoken" for value in values],
    }  # fmt: skip
    return render(request, "runtime/in_line.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
