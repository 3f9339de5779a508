"""Live values for many screens: asked for every few seconds, answered before all other work, from memory.

An app registers what stands behind `/live/<language>/<key>/<rest>`: a function that makes the fragment of a page.
It is made at most once a second for all who ask, carries an ETag, and is made anew after a restart: nothing is
kept that the database does not hold.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from linli.kernel.errors import Refusal
from linli.kernel.registries import Registry

ROOT = "/live/"
FRESH_SECONDS, MOST_KEPT, PARTS = 1.0, 2000, 3
NOT_FOUND = 404


@dataclass(frozen=True)
class LiveValue:
    """`make` gets the rest of the address and returns the fragment; it refuses with NotFound."""

    key: str
    make: Callable[[str], str] = field(repr=False)


LIVE: Registry[LiveValue] = Registry("live values")


@dataclass(slots=True)
class _Held:
    """The last answer to one address. Whoever comes while it is made anew waits for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made_at: float = -FRESH_SECONDS
    status: int = 200
    tag: str = ""
    body: bytes = b""


class LiveMiddleware:
    """Answer live values; everything else goes on. Stands before all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._held: dict[str, _Held] = {}
        self._guard = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        held = self._fresh(request.path_info.removeprefix(ROOT))
        response = HttpResponse(status=held.status)
        if held.status == 200 and request.headers.get("If-None-Match") == held.tag:
            response.status_code = 304
        else:
            response.content = held.body
        response["ETag"], response["Cache-Control"] = held.tag, "no-cache"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def _fresh(self, address: str) -> _Held:
        with self._guard:
            if address not in self._held and len(self._held) >= MOST_KEPT:
                self._held.clear()
            held = self._held.setdefault(address, _Held())
        with held.lock:
            if time.monotonic() - held.made_at > FRESH_SECONDS:
                held.status, held.body = _made(address)
                held.tag = f'"{hashlib.sha256(held.body).hexdigest()[:24]}"'
                held.made_at = time.monotonic()
        return held


def _made(address: str) -> tuple[int, bytes]:
    parts = address.split("/", PARTS - 1)
    language, key, rest = (*parts, "", "")[:PARTS]
    value = LIVE.get(key)
    if value is None or language not in dict(settings.LANGUAGES):
        return NOT_FOUND, b""
    try:
        with translation.override(language):
            return 200, value.make(rest).encode()
    except Refusal as refusal:
        return int(refusal.status), b""
