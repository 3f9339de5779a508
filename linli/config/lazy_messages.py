"""What a page tells after something was done, looked for only where something is told or shown."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty


class LazyMessages(MessageMiddleware):
    """Django's own, but most requests, those of programs all, never make the stores of its messages."""

    def process_request(self, request: HttpRequest) -> None:
        known: Any = request
        known._messages = SimpleLazyObject(lambda: default_storage(request))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kept = getattr(request, "_messages", None)
        if isinstance(kept, SimpleLazyObject) and vars(kept)["_wrapped"] is empty:
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer
