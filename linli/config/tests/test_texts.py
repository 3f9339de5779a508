"""Texts that cannot be kept, or are not what they look like, at the doors: calls and forms."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from linli.cases.models import Case, PublicWords
from linli.documents import permits
from linli.documents.models import SealUse
from linli.kernel.permits import system_actor
from linli.kernel.testing import VILLAGE, make_actor
from linli.places.testing import make_town

BAD = [r'"a\u0000b"', r'"a\ud800b"', r'["\u0000"]', r'{"deep": "\udfff"}']


def send(where: str, body: str, **extra: object) -> tuple[int, dict[str, object]]:
    client = Client(raise_request_exception=False, **extra)
    answer = client.post(
        where, body, content_type="application/json", headers={"Idempotency-Key": str(uuid4())}
    )
    return answer.status_code, answer.json()


@pytest.mark.django_db
@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("/api/v1/feedback/give", "text"),
        ("/api/v1/access/my-data/file", "text"),
        ("/api/v1/plan/visits/", "findings"),
        ("/api/v1/plan/town-plans/", "goals"),
        ("/api/v1/organisations/", "name"),
        ("/api/v1/plan/funding/", "purpose"),
        ("/api/v1/access/deputies/name", "why"),
    ],
)
def test_every_call_that_writes_refuses_what_cannot_be_kept(
    where: str, name: str, text: str
) -> None:
    actor = {"test.actor": system_actor("test")}
    status, answer = send(where, f'{{"{name}": {text}}}', **actor)

    assert (status, answer["code"]) == (422, "invalid")
    assert [field.split(".")[0] for field in answer["fields"]] == [name]  # type: ignore[attr-defined]
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_a_body_that_is_no_json_is_still_told_as_one() -> None:
    status, answer = send("/api/v1/feedback/give", '{"text": ')

    assert (status, answer["code"], set(answer)) == (400, "no_json", {"code", "message", "fields"})
    assert "1" in str(answer["message"]) and "10" in str(answer["message"])


@pytest.mark.django_db
@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "deep"}])
@pytest.mark.parametrize("body", ["[" * 100_000, b"\xff\xfe"])
def test_a_body_that_no_reader_of_json_can_take_is_the_callers_fault(
    key: dict[str, str], body: str | bytes
) -> None:
    answer = Client(raise_request_exception=False).post(
        "/api/v1/feedback/give", body, content_type="application/json", headers=key
    )

    assert (answer.status_code, set(answer.json())) == (400, {"code", "message", "fields"})
    assert not Case.objects.exists()


def test_a_zero_byte_in_an_address_is_told_in_the_shape_of_who_asks() -> None:
    call, page = Client().get("/api/v1/items/?q=%00"), Client().get("/zh-hans/items/?q=%00")

    assert (call.status_code, set(call.json())) == (400, {"code", "message", "fields"})
    assert (page.status_code, page["Content-Type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.django_db
def test_a_call_keeps_a_text_without_signs_that_nobody_sees() -> None:
    make_town()
    body = {"text": "路灯\u202e坏了\u200b", "page": "/zh-hans/"}

    status, answer = send("/api/v1/feedback/give", json.dumps(body))

    assert status == 200, answer
    assert PublicWords.objects.get().said["text"] == "路灯坏了"


@pytest.mark.django_db
def test_a_form_keeps_a_text_without_signs_that_nobody_sees() -> None:
    make_town()
    clerk = make_actor("文员", permits.APPLY_SEAL, permits.READ)
    sent = {
        "place": VILLAGE, "seal": "official", "matter": "合同\u202e同意\u2069", "copies": "1",
        "key": str(uuid4()),
    }  # fmt: skip

    Client(**{"test.actor": clerk}).post("/zh-hans/seal-uses/apply/", sent)

    assert SealUse.objects.get().matter == "合同同意"
