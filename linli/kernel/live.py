"""Live values for many screens: asked for every few seconds, answered before all other work, from memory.

An app registers what stands behind `/live/<language>/<key>/<rest>`: a function that makes the fragment of a page
and says of which topic it is. While the database tells what changed (`kernel/listening.py`), it is made anew when
something of its topic did, and every few seconds for what only the clock changes; otherwise at most once a second
for all who ask. It carries an ETag, and is made anew after a restart: nothing is kept that the database does not hold.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from linli.kernel.errors import Refusal
from linli.kernel.listening import News
from linli.kernel.registries import Hook, Registry

ROOT = "/live/"
# without news an answer is kept for so long; with them, for no longer than so
FRESH_SECONDS, STEADY_SECONDS = 1.0, 10.0
# in a rush of changes it is made no more often than so
LEAST_SECONDS = 0.2
MOST_KEPT, PARTS = 2000, 3
NOT_FOUND = 404


@dataclass(frozen=True)
class LiveValue:
    """`make` gets the rest of the address, returns topic and fragment, and refuses with NotFound."""

    key: str
    make: Callable[[str], tuple[str, str]] = field(repr=False)


LIVE: Registry[LiveValue] = Registry("live values")
# () → the news of this process, or None where it does not listen; filled by config
NEWS: Hook[Callable[[], News | None]] = Hook("news of the database")


@dataclass(slots=True)
class _Held:
    """The last answer to one address. Whoever comes while it is made anew waits for it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    made_at: float = -FRESH_SECONDS
    topic: str = ""
    mark: object = None
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
            if not _is_fresh(held):
                _make(held, address)
            # one piece: made anew by another thread, an old body would go out under the new tag
            return copy(held)


def _is_fresh(held: _Held) -> bool:
    """Say whether an answer may be given again: nothing of its topic changed, or it was made just now."""
    age, news = time.monotonic() - held.made_at, NEWS.call()
    if news is None or not held.topic or not news.is_heard():
        return age <= FRESH_SECONDS
    return age <= LEAST_SECONDS or (age <= STEADY_SECONDS and news.count(held.topic) == held.mark)


def _make(held: _Held, address: str) -> None:
    news = NEWS.call()
    # what changes while it is made is told of after this mark
    mark = news.count(held.topic) if news is not None else None
    status, topic, body = _made(address)
    if topic != held.topic:
        # of which topic it is one learns by making it: from the next time on it is kept
        mark = None
    held.status, held.topic, held.mark, held.body = status, topic, mark, body
    held.tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    held.made_at = time.monotonic()


def _made(address: str) -> tuple[int, str, bytes]:
    parts = address.split("/", PARTS - 1)
    language, key, rest = (*parts, "", "")[:PARTS]
    value = LIVE.get(key)
    if value is None or language not in dict(settings.LANGUAGES):
        return NOT_FOUND, "", b""
    try:
        with translation.override(language):
            topic, body = value.make(rest)
            return 200, topic, body.encode()
    except Refusal as refusal:
        return int(refusal.status), "", b""
