"""Pages and API of what phones sent: the batch, the list, and the decision."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from linli.cases.models import Case, CaseFile
from linli.files import services as files
from linli.files.models import StoredFile
from linli.files.testing import photo
from linli.files.types import DRAFT
from linli.grid.models import HazardCheck, Queued
from linli.grid.queries import phones
from linli.grid.services import events, kept
from linli.grid.testing import NOON, SYSTEM
from linli.grid.tests.queues import Phone, at, cell_value, ground, seen
from linli.grid.tests.test_replaying import CHIEF
from linli.grid.tests.test_rounds import answers
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, post_json

pytestmark = pytest.mark.django_db


def body(queue: str, *entries, sent_at: str = "") -> dict[str, object]:  # type: ignore[no-untyped-def]
    return {
        "queue": queue, "sent_at": sent_at or timezone.now().isoformat(),
        "entries": [
            {"key": str(uuid4()), "phone_at": timezone.now().isoformat(), **one}
            for one in entries
        ],
    }  # fmt: skip


def draft(actor) -> str:  # type: ignore[no-untyped-def]
    taken = SimpleUploadedFile("a.jpg", photo(640, 480), "image/jpeg")
    return str(files.take_drafts([taken], actor=actor, now=NOON)[0][0].code)


def test_a_phone_fetches_the_day_opens_its_queue_and_sends() -> None:
    place, worker, _post = ground()
    case, client = seen(place, worker), client_of(worker)

    day = client.get("/api/v1/grid/day/").json()
    queue = post_json(client, "/api/v1/grid/queues/", {"device": str(uuid4()), "boxes": []}).json()
    entry = {"seq": 1, "act": "move", "case": case.number, "base_seq": case.seq,
             "said": {"move": "verify"}}  # fmt: skip
    sent = body(queue["code"], entry)
    first, again = (post_json(client, "/api/v1/replay/", sent).json() for _ in range(2))

    assert [one["number"] for one in day["events"]] == [case.number]
    assert [one["move"] for one in day["states"]["reported"]["moves"]] == ["verify", "settle"]
    assert day["cells"][0][0] == cell_value(place) and day["csrf"]
    assert (first["results"][0]["state"], first["next_seq"]) == ("done", 2)
    assert again["results"][0] == {**first["results"][0], "is_repeated": True}
    case.refresh_from_db()
    assert case.state == "verified"


@pytest.mark.parametrize(
    "entry",
    [
        {"seq": 0, "act": "skip"}, {"seq": 2**40, "act": "skip"}, {"seq": 1, "act": "dance"},
        {"seq": 1, "act": "skip", "key": "x"}, {"seq": 1, "act": "skip", "phone_at": "yesterday"},
        {"seq": 1, "act": "skip", "said": []}, {"seq": 1, "act": "skip", "offset": 2**40},
    ],
)  # fmt: skip
def test_a_batch_that_is_no_batch_is_refused_whole(entry) -> None:  # type: ignore[no-untyped-def]
    _place, worker, _post = ground()
    phone = Phone(worker)

    answer = post_json(client_of(worker), "/api/v1/replay/", body(phone.code, entry))

    assert answer.status_code == 422
    assert not Queued.objects.exists()


def test_nobody_sends_and_nobody_fetches() -> None:
    _place, worker, _post = ground()
    phone, nobody = Phone(worker), client_of(NOBODY)

    sent = post_json(nobody, "/api/v1/replay/", body(phone.code, {"seq": 1, "act": "skip"}))

    assert sent.status_code == 403
    assert nobody.get("/api/v1/grid/day/").status_code == 403
    assert (
        post_json(nobody, "/api/v1/grid/queues/", {"device": str(uuid4()), "boxes": []}).status_code
        == 403
    )
    assert not Queued.objects.exists()


def test_a_phone_that_is_a_day_ahead_is_told_by_how_much() -> None:
    _place, worker, _post = ground()
    phone, ahead = Phone(worker), (timezone.now() + timedelta(days=1)).isoformat()

    told = post_json(
        client_of(worker), "/api/v1/replay/",
        body(phone.code, {"seq": 1, "act": "skip", "phone_at": ahead}, sent_at=ahead),
    ).json()  # fmt: skip

    assert -86_460 < told["drift"] < -86_340
    assert Queued.objects.get().is_clock_wrong


def test_photos_come_along_and_stay_with_what_is_kept_until_it_is_decided() -> None:
    place, worker, _post = ground()
    phone = Phone(worker)
    phone.does("report", cell=cell_value(place), matter="safety", text="x", photos=[draft(worker)])
    phone.does("check", cell=cell_value(place), hazard="fire", title="Shop 7", photos=[draft(worker)],
               answers=answers("fire", gas="bad"))  # fmt: skip
    left = phone.does(
        "report", cell=cell_value(place), matter="?", text="x", photos=[draft(worker)]
    )

    done = phone.sends()

    assert [one.state for one in done] == ["done", "done", "refused"]
    assert CaseFile.objects.filter(case__title="x", is_by_reporter=False).count() == 1
    assert HazardCheck.objects.get().photos == 1
    row = Queued.objects.get(key=left.key)
    assert len(phones.photos_of(row.pk)) == 1
    page = client_of(CHIEF).get(f"/en/grid/kept/{row.pk}/").content.decode()
    assert f"/files/{phones.photos_of(row.pk)[0]}/1920/" in page
    assert phones.sees_queued(CHIEF, row.pk) and not phones.sees_queued(NOBODY, row.pk)


def test_a_photo_that_is_gone_takes_neither_the_others_nor_the_words_with_it() -> None:
    place, worker, _post = ground()
    phone = Phone(worker)
    phone.does(
        "report", cell=cell_value(place), matter="safety", text="x",
        photos=[draft(worker), "NOSUCH", draft(CHIEF)],
    )  # fmt: skip

    done = phone.sends()
    row = Queued.objects.get()
    shown = client_of(CHIEF).get(f"/en/grid/kept/{row.pk}/").content.decode()
    kept.apply_anew(row, actor=CHIEF, now=NOON)

    assert [one.state for one in done] == ["refused"]
    assert "2 photos came too late" in shown
    case = Case.objects.get()
    assert CaseFile.objects.filter(case=case, is_by_reporter=False).count() == 1
    assert StoredFile.objects.filter(account_id=CHIEF.account_id, owner_kind=DRAFT).count() == 1
    assert phones.photos_of(row.pk) == []


def test_the_page_shows_what_happened_meanwhile_and_takes_the_decision() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify", "It is dark indeed.")
    phone.does("report", cell=cell_value(place), matter="?", text="A lid is missing.")
    events.make_move(at(case), "settle", note="Mended by a neighbour.", actor=SYSTEM, now=NOON)
    phone.sends()
    first, second = Queued.objects.order_by("seq")
    client = client_of(worker)

    listed = client.get("/en/grid/kept/").content.decode()
    shown = client.get(f"/en/grid/kept/{first.pk}/").content.decode()
    today = client.get("/en/grid/today/").content.decode()

    def post(row: Queued, **said: object):  # type: ignore[no-untyped-def]
        return client.post(f"/en/grid/kept/{row.pk}/", {"key": str(uuid4()), **said})

    wrong = post(first, step="apply", edition=1)
    empty = post(first, step="drop", why="", edition=1)
    stale = post(first, step="drop", why="Settled.", edition=7)
    dropped = post(first, step="drop", why="Settled already.", edition=1)

    assert case.number in listed and "2 entries of phones wait" in today
    assert "It is dark indeed." in shown and "Mended by a neighbour." in shown
    assert [one.status_code for one in (wrong, empty, stale, dropped)] == [422, 422, 422, 303]
    first.refresh_from_db()
    assert (first.state, first.why) == ("dropped", "Settled already.")
    assert "Settled already." in client.get(f"/en/grid/kept/{first.pk}/").content.decode()
    assert case.number in client.get("/en/grid/kept/?view=decided").content.decode()
    assert client_of(NOBODY).get(f"/en/grid/kept/{second.pk}/").status_code in (401, 403, 404)


def test_the_api_lists_what_is_kept_and_takes_the_decision() -> None:
    place, worker, _post = ground()
    case, phone = seen(place, worker), Phone(worker)
    phone.moves(case, "verify")
    phone.moves(case, "file")
    events.make_move(at(case), "verify", note="", actor=SYSTEM, now=NOON)
    phone.sends()
    client = client_of(CHIEF)

    items = client.get("/api/v1/grid/kept/").json()["items"]
    file, verify = (one["id"] for one in items)
    away = post_json(client, f"/api/v1/grid/kept/{verify}/apply", {"edition": 1})
    done = post_json(client, f"/api/v1/grid/kept/{file}/apply", {"edition": 1})
    why = post_json(client, f"/api/v1/grid/kept/{verify}/drop", {"why": "Verified by another."})

    assert (away.status_code, done.status_code, why.status_code) == (409, 200, 200)
    assert Case.objects.get(pk=case.pk).state == "filed"
    assert client.get("/api/v1/grid/kept/").json()["items"] == []
    assert len(client.get("/api/v1/grid/kept/?view=decided").json()["items"]) == 2
    assert client.get("/api/v1/grid/kept/?view=nonsense").status_code == 422
