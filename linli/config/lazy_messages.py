"""What a page tells after something was done, looked for only where something is told or kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.messages.storage import default_storage
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject, empty


class Messages(SimpleLazyObject):  # type: ignore[type-arg]
    """The messages of a request, whose stores are made where something may be in them."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(lambda: default_storage(request))
        self.__dict__["request"] = request

    def __iter__(self) -> Iterator[Any]:
        return iter(()) if self.are_none() else super().__iter__()

    def __len__(self) -> int:
        return 0 if self.are_none() else super().__len__()

    def are_made(self) -> bool:
        """Say whether somebody told something, or looked for it."""
        return vars(self)["_wrapped"] is not empty

    def are_none(self) -> bool:
        """Say whether nothing was told, here or before.

        What was told before is in a cookie, and in the session only what had no room there, which the cookie says.
        """
        return (
            not self.are_made() and CookieStorage.cookie_name not in vars(self)["request"].COOKIES
        )


class LazyMessages(MessageMiddleware):
    """Django's own, but most requests, those of programs all, never make the stores of its messages."""

    def process_request(self, request: HttpRequest) -> None:
        known: Any = request
        known._messages = Messages(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        kept = getattr(request, "_messages", None)
        if isinstance(kept, Messages) and not kept.are_made():
            return response
        answer: HttpResponse = super().process_response(request, response)
        return answer
