"""Where nothing is told no store of messages is made; what is told is kept."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.base import SessionBase
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


def shown(request: Any, tells: bool) -> list[str]:
    """Return what a page shows, having told something or not."""
    told: list[str] = []

    def page(request: Any) -> HttpResponse:
        if tells:
            messages.success(request, "Saved.")
        told.extend(str(one) for one in messages.get_messages(request))
        assert len(messages.get_messages(request)) == len(told)
        return HttpResponse()

    LazyMessages(page)(request)  # type: ignore[no-untyped-call]
    return told


@pytest.mark.parametrize("tells", [False, True])
@pytest.mark.parametrize("earlier", [0, 1, 60], ids=["none", "cookie", "cookie and session"])
def test_a_page_shows_what_was_told_before_and_now(
    stores: list[BaseStorage], earlier: int, tells: bool
) -> None:
    before = RequestFactory().get("/")
    before.session = SessionBase()
    before._messages = default_storage(before)  # type: ignore[attr-defined]
    for number in range(earlier):
        messages.info(before, f"{number} {token_hex(60)}")
    answer = HttpResponse()
    before._messages.update(answer)  # type: ignore[attr-defined]
    assert bool(before.session.get(SessionStorage.session_key)) is (earlier > 1)
    request = RequestFactory().get("/")
    request.session = before.session
    request.COOKIES.update({name: one.value for name, one in answer.cookies.items()})
    stores.clear()

    told = shown(request, tells)
    assert [one.split()[0] for one in told] == [*map(str, range(earlier)), *["Saved."] * tells]
    assert bool(stores) is bool(earlier or tells)
