"""Photos of what is seen in a cell: they help, nobody has to, and none is lost to another fault."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from linli.cases.models import Case, CaseEvent, CaseFile
from linli.cases.types.moves import At
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.grid.services import events
from linli.grid.testing import NOON
from linli.grid.tests.queues import Phone, cell_value, ground, seen
from linli.grid.tests.test_kept_pages import draft
from linli.grid.tests.test_replaying import CHIEF
from linli.kernel.permits import NOBODY, Actor
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


def at_work() -> tuple[Case, Client, Actor]:
    """An event that somebody works on."""
    place, worker, _post = ground()
    case = seen(place, worker)
    for n, step in enumerate(("verify", "file", "start"), start=1):
        events.make_move(At(case.pk), step, note="", actor=worker, now=NOON + timedelta(minutes=n))
    case.refresh_from_db()
    return case, client_of(worker), worker


def step(client: Client, case: Case, move: str, **said: Any) -> HttpResponse:
    where = f"/en/grid/events/{case.number}/{move}"
    return client.post(where, {"key": str(uuid4()), **said})  # type: ignore[return-value]


def test_a_photo_shows_what_was_done_and_a_word_still_does() -> None:
    """GR-03: the evidence of a step is a word or a photo; without either nothing is done."""
    case, client, _worker = at_work()

    bare = step(client, case, "dispose")
    case.refresh_from_db()
    assert (bare.status_code, case.state) == (422, "at_work")
    done = step(client, case, "dispose", photos=[upload()])
    case.refresh_from_db()

    last = CaseEvent.objects.filter(case=case).order_by("-seq")[0]
    assert (done.status_code, case.state) == (303, "disposed")
    assert (last.move, last.facts["evidence"]) == ("dispose", "photo")
    assert CaseFile.objects.get(case=case).event_id == last.pk
    html = client.get(f"/en/grid/events/{case.number}/").content.decode()
    assert "Photo of what was done" in html and "Photo of the event" not in html
    back = step(client_of(CHIEF), case, "rework", note="Still dark.", photos=[upload()])
    assert (back.status_code, CaseFile.objects.filter(case=case).count()) == (303, 2)


def test_a_photo_taken_back_makes_no_step_and_one_that_is_broken_loses_no_other() -> None:
    case, client, _worker = at_work()
    seq = case.seq

    broken = step(client, case, "dispose", photos=[upload(), upload("b.jpg", b"\xff\xd8\xffx")])
    taken_back = step(client, case, "dispose", kept=kept_in(broken), drop="1", note="New bulb.")

    case.refresh_from_db()
    assert "damaged" in broken.content.decode() and kept_in(taken_back) == ""
    assert (case.seq, CaseFile.objects.count()) == (seq, 0)


def test_a_phone_sends_the_photo_of_a_step_and_of_a_note_with_them() -> None:
    case, _client, worker = at_work()
    phone, later = Phone(worker), NOON + timedelta(hours=1)
    about = {"case": case.number, "base_seq": case.seq, "at": later}
    phone.does("note", note="The pole leans.", photos=[draft(worker)], **about)
    phone.does("move", move="dispose", photos=[draft(worker)], **about)
    phone.does("note", note="Once more.", photos=["NOSUCH"], **about)

    told = phone.sends(now=later)

    case.refresh_from_db()
    assert [one.state for one in told] == ["done", "done", "refused"]
    assert case.state == "disposed"
    moves = CaseFile.objects.filter(case=case).order_by("pk").values_list("event__move", flat=True)
    assert list(moves) == ["note", "dispose"]
    assert not CaseEvent.objects.filter(case=case, move="note", seq=case.seq).exists()
