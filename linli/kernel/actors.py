"""Puts an Actor on every request, and lets the database see through that actor's eyes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from linli.kernel import scope
from linli.kernel.permits import NOBODY
from linli.kernel.registries import ACTOR_OF


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`access` fills ACTOR_OF; without it everybody is nobody. Tests pass `test.actor`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        actor = request.META.get("test.actor") or ACTOR_OF.call(request) or NOBODY
        request.actor = actor  # type: ignore[attr-defined]
        token = scope.current.set(scope.scope_of(actor))
        # a transaction that is open already (tests, another middleware) is told as well
        scope.apply_now()
        try:
            return get_response(request)
        finally:
            scope.current.reset(token)

    return middleware
