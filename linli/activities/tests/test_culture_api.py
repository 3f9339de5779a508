"""Culture over the API: released, offered, answered and entered as on the desk, by the same rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from linli.activities.models import CultureAnswer, CultureOffer, CultureWish, LocalTalent
from linli.activities.testing import NOON, TODAY
from linli.activities.tests.test_culture import OFFICE, SEASON, STRANGER, wished
from linli.kernel.testing import client_of, post_json, stop_clock
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFER = {"who": "文化站", "subject": "film", "title": "流动电影", "cost_fen": 30_050}
ANSWER = {"season": SEASON, "subject": "film", "text": "每月放一场"}
TALENT = {
    "shown_name": "剪纸欢姨", "subject": "craft", "agreed_on": TODAY.isoformat(), "contact": "区婵欢",
    "phone": "13800138061",
}  # fmt: skip


@pytest.fixture
def culture(monkeypatch: pytest.MonkeyPatch) -> str:
    stop_clock(monkeypatch, NOON)
    wished()
    return f"/api/v1/places/{make_village().code}/culture/"


@pytest.mark.parametrize(
    ("path", "given", "status", "field"),
    [
        ("offers/", OFFER, 201, ""),
        ("offers/", {**OFFER, "subject": "gold"}, 422, "subject"),
        ("offers/", {**OFFER, "who": ""}, 422, "who"),
        ("offers/", {**OFFER, "id": 10**9}, 404, ""),
        ("answers/", ANSWER, 201, ""),
        ("answers/", {**ANSWER, "subject": "opera"}, 422, "subject"),
        ("answers/", {**ANSWER, "season": "2099-1"}, 422, "subject"),
        ("answers/", {**ANSWER, "event": "NOSUCH"}, 422, "event_code"),
        ("answers/", {**ANSWER, "offer": 10**9}, 422, "offer"),
        ("talents/", TALENT, 201, ""),
        ("talents/", {**TALENT, "phone": "1"}, 422, "phone"),
        ("talents/", {**TALENT, "agreed_on": "2099-01-01"}, 422, "agreed_on"),
        ("wishes/1000000/release", {"shown": "x"}, 404, ""),
        ("offers/1000000/end", {}, 404, ""),
        ("wishes/1/end", {}, 404, ""),
    ],
)
def test_what_is_sent_is_taken_or_refused_as_on_the_desk_and_by_nobody_else(
    culture: str, path: str, given: dict[str, Any], status: int, field: str
) -> None:
    for client in (Client(), client_of(STRANGER)):
        assert post_json(client, culture + path, given).status_code in (401, 403)
    answer = post_json(client_of(OFFICE), culture + path, given)

    assert answer.status_code == status, answer.content.decode()
    assert not field or field in answer.json()["fields"]
    made = sum(table.objects.count() for table in (CultureOffer, CultureAnswer, LocalTalent))
    assert made == (status == 201)


def test_the_office_reads_releases_mends_and_takes_back(culture: str) -> None:
    client = client_of(OFFICE)
    (wish,) = client.get(f"{culture}wishes/").json()["items"]
    assert wish["words"] == "想看露天电影" and client_of(STRANGER).get(f"{culture}wishes/").status_code == 403  # fmt: skip

    shown = post_json(client, f"{culture}wishes/{wish['id']}/release", {"shown": "想看电影"})
    again = post_json(client, f"{culture}wishes/{wish['id']}/release", {"shown": "再来"})
    offer = post_json(client, f"{culture}offers/", OFFER).json()
    mended = {**OFFER, "id": offer["id"], "edition": offer["edition"], "often": "每月一场"}
    told = [post_json(client, f"{culture}offers/", mended).status_code for _n in range(2)]
    answer = post_json(client, f"{culture}answers/", {**ANSWER, "offer": offer["id"]}).json()
    public = client.get(culture, {"season": SEASON}).json()
    talent = post_json(client, f"{culture}talents/", TALENT).json()
    for what, thing in (("answers", answer), ("talents", talent), ("offers", offer)):
        assert post_json(client, f"{culture}{what}/{thing['id']}/end").status_code == 200
        assert client.get(f"{culture}{what}/").json()["items"] == []

    assert shown.json()["shown"] == "想看电影" and again.status_code == 409
    assert told == [200, 409] and offer["cost_fen"] == 30_050
    assert (public["words"], public["answers"][0]["offer"]) == (["想看电影"], "流动电影")
    assert talent["code"] and "13800138061" not in str(talent)
    assert CultureWish.objects.get().answer_id is None and not LocalTalent.objects.get().shown_name
