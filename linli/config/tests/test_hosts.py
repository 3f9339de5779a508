"""A name of this host is looked at once, and again when other names are allowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware

from linli.config.hosts import MOST, KnownHosts


def ask(layer: KnownHosts, host: str | None) -> int:
    request = HttpRequest()
    request.META = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
    if host is not None:
        request.META["HTTP_HOST"] = host
    try:
        return layer(request).status_code
    except Exception as error:
        return type(error).__name__ == "DisallowedHost" and 400 or 500


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Django itself looked at."""
    seen: list[str] = []
    plain = CommonMiddleware.process_request

    def told(self: CommonMiddleware, request: HttpRequest) -> Any:
        seen.append(request.META.get("HTTP_HOST", ""))
        return plain(self, request)

    monkeypatch.setattr(CommonMiddleware, "process_request", told)
    return seen


def test_a_name_that_passed_passes_at_once(settings: Any, looks: list[str]) -> None:
    settings.ALLOWED_HOSTS = ["linli.example.cn", ".city.cn"]
    layer = KnownHosts(lambda _request: HttpResponse())

    hosts = ["linli.example.cn", "a.city.cn:8000", "linli.example.cn", "a.city.cn:8000"]
    assert [ask(layer, host) for host in hosts] == [200] * 4
    assert looks == hosts[:2]


def test_a_name_that_is_not_allowed_is_refused_each_time(settings: Any, looks: list[str]) -> None:
    settings.ALLOWED_HOSTS = ["linli.example.cn"]
    layer = KnownHosts(lambda _request: HttpResponse())

    hosts = ["evil.example", "linli.example.cn", "evil.example", "linli.example.cn@evil", ""]
    assert [ask(layer, host) for host in hosts] == [400, 200, 400, 400, 400]
    assert looks == hosts


def test_a_request_that_names_no_host_is_looked_at_each_time(
    settings: Any, looks: list[str]
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    layer = KnownHosts(lambda _request: HttpResponse())

    assert [ask(layer, None) for _ in range(2)] == [200, 200] and len(looks) == 2


def test_other_allowed_names_are_looked_at_anew(settings: Any, looks: list[str]) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    layer = KnownHosts(lambda _request: HttpResponse())
    assert [ask(layer, host) for host in ("one.example", "two.example")] == [200, 200]

    settings.ALLOWED_HOSTS = ["two.example"]
    # the one that is looked at anew brings nothing of before back
    assert [ask(layer, host) for host in ("two.example", "one.example")] == [200, 400]
    assert len(looks) == 4


def test_whoever_makes_names_up_fills_no_memory(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    layer = KnownHosts(lambda _request: HttpResponse())

    assert {ask(layer, f"h{n}.example") for n in range(MOST * 3)} == {200}
    assert len(layer._known) <= MOST


def test_what_a_proxy_says_of_the_host_is_looked_at_each_time(
    settings: Any, looks: list[str]
) -> None:
    settings.ALLOWED_HOSTS, settings.USE_X_FORWARDED_HOST = ["one.example"], True
    layer = KnownHosts(lambda _request: HttpResponse())

    assert [ask(layer, "one.example") for _ in range(2)] == [200, 200] and len(looks) == 2
