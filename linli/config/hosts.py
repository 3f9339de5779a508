"""Names of this host, looked at once each: Django takes them apart at every request."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware

HOST = "HTTP_HOST"
MOST, LONGEST = 200, 120


class KnownHosts(CommonMiddleware):
    """Django's own; a name that it let pass before passes at once, as long as the same names are allowed."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self._allowed: list[str] | None = None
        self._known: set[str] = set()

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        host, allowed = request.META.get(HOST, ""), settings.ALLOWED_HOSTS
        if host in self._known and allowed is self._allowed and not settings.DISALLOWED_USER_AGENTS:
            return None
        answer: HttpResponsePermanentRedirect | None = super().process_request(request)
        is_kept = bool(host) and len(host) <= LONGEST and not settings.USE_X_FORWARDED_HOST
        if answer is None and is_kept:
            if allowed is not self._allowed or len(self._known) >= MOST:
                self._allowed, self._known = allowed, set()
            self._known.add(host)
        return answer
