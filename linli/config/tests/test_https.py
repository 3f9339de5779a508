"""Behind HTTPS: whose word on a request counts, where plain HTTP is sent, and what may be set together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from linli.cli.doctor_home import check_https
from linli.config.env import WrongSettings, read_env
from linli.config.https import https, is_among
from linli.runtime.types import client_address

OURS = "10.1.2.3"
BY_HTTPS = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "8.8.8.8, 203.0.113.9"}


@pytest.fixture(autouse=True)
def behind_https(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.LINLI_TRUSTED_PROXIES = ("10.1.2.0/24",)
    settings.LINLI_HTTPS_REDIRECT = True
    settings.LINLI_PUBLIC_URL = "https://linli.example.cn:8443"
    settings.ALLOWED_HOSTS = ["linli.example.cn", "other.example.cn", "[::1]"]


def told(request: HttpRequest) -> HttpResponse:
    """Answer with what the rest of the program takes for true."""
    return HttpResponse(f"{request.is_secure()} {client_address(request)}")


def ask(address: str = OURS, method: str = "GET", **more: Any) -> HttpResponse:
    given = {"REMOTE_ADDR": address, "HTTP_HOST": "linli.example.cn", **more}
    return https(told)(RequestFactory().generic(method, "/zh-hans/me/?a=1&b=%E4%BA%8C", **given))


def test_what_our_own_proxy_says_counts() -> None:
    assert ask(**BY_HTTPS).content == b"True 203.0.113.9"


def test_what_anybody_else_says_of_herself_does_not(settings: Any) -> None:
    assert ask("198.51.100.7", **BY_HTTPS).status_code == 301
    settings.LINLI_HTTPS_REDIRECT = False
    assert ask("198.51.100.7", **BY_HTTPS).content == b"False 198.51.100.7"


@pytest.mark.parametrize(
    ("host", "to"),
    [
        ("linli.example.cn", "linli.example.cn:8443"), ("other.example.cn:8000", "other.example.cn"),
        ("[::1]:8000", "[::1]"),
    ],
)  # fmt: skip
def test_plain_http_is_sent_to_the_same_address_over_https(host: str, to: str) -> None:
    got = ask(HTTP_HOST=host)

    assert (got.status_code, got["Location"]) == (301, f"https://{to}/zh-hans/me/?a=1&b=%E4%BA%8C")


def test_what_has_a_body_is_sent_again_as_it_was() -> None:
    assert ask(method="POST").status_code == 308


def test_a_demo_on_http_answers_as_ever(settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.LINLI_HTTPS_REDIRECT = None, False

    assert ask("198.51.100.7", **BY_HTTPS).content == b"False 198.51.100.7"


def test_health_is_asked_over_plain_http_and_hsts_comes_with_https_alone(settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    client = Client(REMOTE_ADDR=OURS, headers={"host": "linli.example.cn"})

    assert client.get("/healthz").status_code == 200
    assert client.get("/static/ui/none.css").status_code == 301
    secure = client.get("/static/ui/none.css", headers={"x-forwarded-proto": "https"})
    assert secure["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("10.1.2.9", True),
        ("::ffff:10.1.2.9", True),
        ("10.1.3.9", False),
        ("::1", False),
        ("", False),
    ],
)
def test_an_address_is_of_a_network_or_not(address: str, is_ours: bool) -> None:
    from ipaddress import ip_network

    assert is_among(address, [ip_network("10.1.2.0/24")]) is is_ours


def faults(**given: str) -> list[str]:
    try:
        read_env(given)
    except WrongSettings as wrong:
        return wrong.faults
    return []


def test_what_cannot_be_set_together_is_said_with_its_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    home = {"LINLI_HOME": str(tmp_path)}
    is_open = {"HOST": "0.0.0.0", "ALLOWED_HOSTS": "linli.example.cn"}

    assert [one.partition(":")[0] for one in faults(**home, HTTPS_REDIRECT="1")] == [
        "HTTPS_REDIRECT is 1 but HTTPS is not"
    ]
    assert "name the addresses" in faults(**home, **is_open, HTTPS="1")[0]
    assert "“proxy.lan”" in faults(**home, TRUSTED_PROXIES="proxy.lan, 10.0.0.1")[0]
    assert (
        faults(**home, **is_open, HTTPS="1", TRUSTED_PROXIES="10.0.0.1", HTTPS_REDIRECT="1") == []
    )
    assert faults(**home, HTTPS="1") == [] and faults(**home, **is_open) == []
    env = read_env({**home, "HTTPS": "1"})
    assert (env.redirects, env.trusted_proxies) == (False, ("127.0.0.0/8", "::1/128"))


def test_doctor_says_what_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINLI_LANGUAGE", "en")
    home = {"LINLI_HOME": str(tmp_path)}

    def found(**given: str) -> Any:
        return next(iter(check_https(read_env({**home, **given}))))

    demo, lies = found(), found(PUBLIC_URL="https://linli.example.cn")
    (tmp_path / "real").touch()
    real, well = found(), found(HTTPS="1", HTTPS_REDIRECT="1", TRUSTED_PROXIES="10.0.0.1")

    assert (demo.is_well, demo.fix) == (True, "")
    assert not lies.is_well and "HTTPS=1" in lies.fix
    assert real.is_well and "HTTPS=1" in real.fix
    assert "sent on to HTTPS" in well.what and "10.0.0.1" in well.what and well.fix == ""
