"""HEAD wherever GET is answered, failures below /api/ in one shape, and a database that is away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.test import Client

from linli.kernel.db.base import DatabaseWrapper

SHAPE = {"code", "message", "fields"}


@pytest.fixture
def away(monkeypatch, django_db_blocker) -> Iterator[Client]:
    """A client that gets answers, not exceptions, while no connection can be made."""
    tries: list[int] = []

    def refuse(self: DatabaseWrapper) -> None:
        tries.append(1)
        raise OperationalError("connection refused")

    monkeypatch.setattr(DatabaseWrapper, "ensure_connection", refuse)
    # one that a test before it left open would answer
    db = connections[DEFAULT_DB_ALIAS]
    held, db.connection = db.connection, None
    client = Client(raise_request_exception=False)
    client.tries = tries  # type: ignore[attr-defined]
    yield client
    db.connection = held


@pytest.mark.parametrize(
    ("path", "words"),
    [("/zh-hans/", "暂时不能用"), ("/en/", "Not available at the moment"), ("/en/trail/", "try")],
)
def test_a_page_says_that_the_database_is_away(away: Client, path: str, words: str) -> None:
    away.cookies["linli-session"] = "x" * 32
    answer = away.get(path)
    text = answer.content.decode()

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert words.lower() in text.lower()
    assert "Traceback" not in text
    assert "12345" in text
    assert len(away.tries) <= 2  # type: ignore[attr-defined]


def test_a_call_says_so_in_the_shape_of_the_api(away: Client) -> None:
    answer = away.get("/api/v1/places/?level=village", headers={"Accept-Language": "en"})

    assert answer.status_code == 503
    assert set(answer.json()) == SHAPE
    assert answer.json()["code"] == "busy"
    assert answer["Retry-After"] == "30"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nowhere/", 404, "not_found"),
        ("get", "/api/nowhere", 404, "not_found"),
        ("get", "/api/v1/places/000000/", 404, "not_found"),
        ("delete", "/api/v1/places/", 405, "wrong_method"),
    ],
)
def test_failures_below_api_have_one_shape(method: str, path: str, status: int, code: str) -> None:
    answer = getattr(Client(), method)(path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == SHAPE
    assert answer.json()["message"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"),
    [("/zh-hans/rate/JB-2026-0001", "这里没有可看的页面"), ("/en/access/sign-in/code/", "Nothing is shown here")],
)  # fmt: skip
def test_the_address_of_a_form_leads_back_to_a_page(path: str, words: str) -> None:
    answer = Client().get(path)

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert words in answer.content.decode()
    assert Client().put(path).content == b""


@pytest.mark.django_db
def test_an_error_of_the_program_has_that_shape_too(monkeypatch) -> None:
    def break_down(*args: object, **more: object) -> None:
        raise ValueError("why")

    monkeypatch.setattr("linli.kernel.actors.ACTOR_OF._function", break_down)
    answer = Client(raise_request_exception=False).get("/api/v1/plan/tasks/")
    page = Client(raise_request_exception=False).get("/en/plan/")

    assert (answer.status_code, answer.json()["code"]) == (500, "error")
    assert "why" not in answer.content.decode()
    assert page.status_code == 500
    assert "Something broke on our side" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/en/access/sign-in/", "/en/log/", "/api/v1/openapi.json", "/healthz", "/metrics"]
)
def test_head_is_answered_like_get_without_a_body(path: str) -> None:
    got, head = Client().get(path), Client().head(path)

    assert head.status_code == got.status_code == 200
    assert head["Content-Type"] == got["Content-Type"]
    assert head.content == b""
