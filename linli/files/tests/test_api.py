"""The API of files: upload under the limits of the pages, state, bytes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from linli.files import testing
from linli.files.models import StoredFile
from linli.files.types import MOST_UPLOADS, UPLOADS
from linli.kernel.errors import TooMany
from linli.kernel.testing import client_of, make_actor
from linli.runtime.services import limits

pytestmark = pytest.mark.django_db
ADD = "/api/v1/files/drafts/add"
MINE, OTHER = make_actor("mine"), make_actor("other", account_id=2)


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> Any:
    with testing.own_home(tmp_path, settings, timezone.now()):
        yield


def upload(client: Client, *files: tuple[str, bytes]) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(ADD, {"files": sent}, headers={"Idempotency-Key": str(uuid4())})


def test_a_photo_is_taken_told_and_fetched_by_its_sender_alone() -> None:
    client = client_of(MINE)

    taken = upload(client, ("well.jpg", testing.photo(800, 600, with_exif=True))).json()["taken"][0]

    assert (taken["kind"], taken["is_draft"], taken["is_sealed"]) == ("jpeg", True, False)
    assert client.get(f"/api/v1/files/{taken['code']}/").json() == taken
    whole = client.get(taken["content"])
    assert whole["Content-Type"] == "image/jpeg"
    assert b"SecretPhone" not in b"".join(whole)
    small = client.get(taken["smaller"][-1]["content"])
    assert small.status_code == 200
    for someone in (client_of(OTHER), Client()):
        assert someone.get(f"/api/v1/files/{taken['code']}/").status_code == 404
        assert someone.get(taken["content"]).status_code == 404


def test_good_ones_are_taken_though_others_are_refused() -> None:
    answer = upload(client_of(MINE), ("a.txt", b"hello"), ("b.jpg", b"<html>")).json()

    assert [one["name"] for one in answer["taken"]] == ["a.txt"]
    assert [(one["name"], one["code"]) for one in answer["refused"]] == [
        ("b.jpg", "file_is_markup")
    ]


def test_a_disguise_alone_is_refused_and_nothing_is_kept() -> None:
    answer = upload(client_of(MINE), ("photo.jpg", b"<html><script>"))

    assert (answer.status_code, answer.json()["code"]) == (422, "file_is_markup")
    assert not StoredFile.objects.exists()


def test_too_many_at_once_and_nobody_are_refused() -> None:
    many = [(f"{n}.txt", b"x") for n in range(MOST_UPLOADS + 1)]

    assert upload(client_of(MINE), *many).status_code == 422
    assert upload(Client(), ("a.txt", b"x")).status_code == 403
    assert not StoredFile.objects.exists()


def test_a_side_that_is_none_is_not_found() -> None:
    client = client_of(MINE)
    taken = upload(client, ("a.txt", b"x")).json()["taken"][0]

    assert client.get(f"{taken['content']}?side=9").status_code == 404
    assert client.get(f"{taken['content']}?side=480").status_code == 404


def test_an_office_behind_one_address_is_counted_by_account_and_passes_again_after_a_burst() -> (
    None
):
    now = timezone.now()
    for _photo in range(UPLOADS.count):
        limits.take("files.drafts", f"account {MINE.account_id}", rate=UPLOADS, now=now)

    refused = upload(client_of(MINE), ("a.txt", b"x"))
    beside = upload(client_of(OTHER), ("a.txt", b"x"))

    assert (refused.status_code, beside.status_code) == (429, 200)
    assert 0 < int(refused["Retry-After"]) <= UPLOADS.interval.total_seconds()
    assert StoredFile.objects.count() == 1
    later = now + UPLOADS.interval
    limits.take("files.drafts", f"account {MINE.account_id}", rate=UPLOADS, now=later)
    with pytest.raises(TooMany):
        limits.take("files.drafts", f"account {MINE.account_id}", rate=UPLOADS, now=later)
