"""Photos of what is seen in a cell: they help, nobody has to, and none is lost to another fault."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from linli.cases.models import Case, CaseFile
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.grid.tests.queues import cell_value, ground
from linli.grid.tests.test_kept_pages import draft
from linli.grid.tests.test_replaying import CHIEF
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db
REPORT = "/en/grid/report/"


def upload(name: str = "a.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or photo(640, 480, with_exif=True), "image/jpeg")


@pytest.fixture
def worker_and_said() -> tuple[Client, dict[str, Any]]:
    place, worker, _post = ground()
    said = {"cell": cell_value(place), "matter": "road", "text": "A hole.", "sent": str(uuid4())}
    return client_of(worker), said


def send(client: Client, **said: Any) -> HttpResponse:
    return client.post(REPORT, {"key": str(uuid4()), **said})  # type: ignore[return-value]


def kept_in(answer: HttpResponse) -> str:
    found = re.search(r'name="kept" value="([^"]*)"', answer.content.decode())
    assert found is not None, "the form names no photo that is here"
    return found[1]


def test_photos_come_with_the_report_and_whoever_works_on_it_sees_them(worker_and_said) -> None:  # type: ignore[no-untyped-def]
    client, said = worker_and_said

    done = send(client, **said, photos=[upload(), upload("b.jpg")])

    case = Case.objects.get()
    files = CaseFile.objects.filter(case=case, is_by_reporter=False)
    assert (done.status_code, files.count()) == (303, 2)
    page = client.get(f"/en/grid/events/{case.number}/").content.decode()
    address = f"/en/files/{files[0].file.code}/480/"
    assert address in page
    assert client.get(address).status_code == 200
    assert client_of(NOBODY).get(address).status_code in (403, 404)


def test_words_that_lack_and_a_broken_photo_lose_no_other_photo(worker_and_said) -> None:  # type: ignore[no-untyped-def]
    client, said = worker_and_said

    lacks = send(client, **{**said, "text": ""}, photos=[upload()])
    broken = send(client, **said, kept=kept_in(lacks), photos=[upload("c.jpg", b"\xff\xd8\xffx")])
    assert not Case.objects.exists()
    done = send(client, **said, kept=kept_in(broken))

    assert [one.status_code for one in (lacks, broken, done)] == [200, 422, 303]
    assert "Photo 1" in lacks.content.decode()
    assert "damaged" in broken.content.decode()
    assert CaseFile.objects.filter(case=Case.objects.get()).count() == 1


def test_a_photo_is_taken_out_again_and_a_code_of_somebody_else_leads_to_nothing(
    worker_and_said,  # type: ignore[no-untyped-def]
) -> None:
    client, said = worker_and_said
    lacks = send(client, **{**said, "text": ""}, photos=[upload(), upload("b.jpg")])
    first, second = kept_in(lacks).split(",")

    dropped = send(client, **said, kept=f"{first},{second},{draft(CHIEF)}", drop="1")
    assert not Case.objects.exists()
    done = send(client, **said, kept=kept_in(dropped))

    assert kept_in(dropped) == second
    assert (dropped.status_code, done.status_code) == (200, 303)
    assert [one.file.code for one in CaseFile.objects.all()] == [second]


def test_a_seventh_photo_and_the_photo_of_somebody_else_open_nothing(worker_and_said) -> None:  # type: ignore[no-untyped-def]
    client, said = worker_and_said
    village, layer, cell = said["cell"].split("/")
    body = {"village": village, "layer": layer, "cell": cell, "matter": "road", "text": "A hole."}

    many = send(client, **said, photos=[upload(f"{at}.jpg") for at in range(7)])
    others = post_json(client, "/api/v1/grid/events/", {**body, "photos": [draft(CHIEF)]})

    assert "At most 6 photos." in many.content.decode()
    assert (others.status_code, others.json()["code"]) == (422, "photo_gone")
    assert not Case.objects.exists()
    assert StoredFile.objects.filter(account_id=CHIEF.account_id).count() == 1
