"""Where nothing is told no store of messages is made; what is told is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpResponse
from django.test import RequestFactory

from linli.config.lazy_messages import LazyMessages


@pytest.fixture
def stores(monkeypatch: pytest.MonkeyPatch) -> list[BaseStorage]:
    """The stores of messages that were made."""
    made: list[BaseStorage] = []
    make = BaseStorage.__init__

    def counted(self: BaseStorage, *given: Any, **named: Any) -> None:
        made.append(self)
        make(self, *given, **named)

    monkeypatch.setattr(BaseStorage, "__init__", counted)
    return made


def test_who_tells_nothing_makes_no_store_and_what_is_told_is_kept(
    stores: list[BaseStorage],
) -> None:
    def quiet(_request: Any) -> HttpResponse:
        return HttpResponse()

    def telling(request: Any) -> HttpResponse:
        messages.success(request, "Saved.")
        return HttpResponse()

    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    LazyMessages(quiet)(request)  # type: ignore[no-untyped-call]
    assert stores == []

    answer = LazyMessages(telling)(request)  # type: ignore[no-untyped-call]
    assert stores != []
    assert "messages" in answer.cookies
