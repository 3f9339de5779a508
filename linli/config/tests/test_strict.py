"""What a body of the API may say, and what a list says of its count."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from pydantic import BaseModel

from linli.cases.models import Case
from linli.config.api import api
from linli.config.strict import bodies_of, shapes_in
from linli.kernel.paging import COUNT_LIMIT
from linli.places.testing import make_town


def send(body: dict[str, Any], **headers: str) -> Any:
    return Client().post(
        "/api/v1/feedback/give", body, content_type="application/json", headers=headers
    )


def test_every_body_refuses_what_it_does_not_name() -> None:
    shapes: list[type[BaseModel]] = [
        shape for body in bodies_of(api) for shape in shapes_in(body, set())
    ]

    assert len(shapes) > 200
    assert {shape.model_config.get("extra") for shape in shapes} == {"forbid"}


@pytest.mark.django_db
def test_a_misspelt_name_is_told_by_its_name_and_nothing_is_kept() -> None:
    make_town()

    answer = send({"text": "路灯坏了", "pag": "/zh-hans/"}, **{"Idempotency-Key": str(uuid4())})

    assert answer.status_code == 422
    assert answer.json()["fields"] == {"pag": ["这里没有叫这个名字的项目。"]}
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_the_key_of_a_queued_call_may_stand_in_its_body() -> None:
    make_town()

    assert send({"text": "路灯坏了", "page": "/zh-hans/", "key": "q-1"}).status_code == 200


@pytest.mark.parametrize(
    ("count", "told"), [(3, "exact"), (COUNT_LIMIT, "at-least"), (COUNT_LIMIT + 921, "exact")]
)
def test_a_list_says_whether_its_count_is_all(count: int, told: str) -> None:
    request = RequestFactory().get("/api/v1/people/")

    answer = api.create_response(request, {"count": count, "items": [], "next": None}, status=200)

    assert answer["Count-Is"] == told


def test_the_contract_tells_of_every_list_what_its_count_means() -> None:
    shapes = api.contract["components"]["schemas"].values()
    lists = [s["properties"] for s in shapes if {"count", "items", "next"} <= set(s.get("properties", {}))]  # fmt: skip

    assert len(lists) > 100
    assert all(one["count"]["description"] for one in lists)
