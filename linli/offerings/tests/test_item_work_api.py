"""Programs write items, a second person publishes them, and nobody else does."""

from __future__ import annotations

import pytest

from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.models import ItemVersion
from linli.offerings.testing import item_data, make_publisher, make_writer
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
WORK = "/api/v1/item-work/"


def test_an_item_goes_from_a_draft_to_the_public_and_is_suspended_and_ended() -> None:
    place = make_village()
    writer, second = client_of(make_writer(place)), client_of(make_publisher(place))
    one, by = f"{WORK}residence-permit/", {"why": "系统升级"}

    made = post_json(writer, WORK, {"place": place.code, "content": item_data()})
    assert made.status_code == 201 and made.json()["draft_state"] == "draft"
    said = {**made.json()["content"], "visits": 2}
    written = post_json(writer, one, {"edition": 1, "content": said}).json()
    assert written["content"]["visits"] == 2 and written["draft_edition"] == 2
    assert post_json(writer, one, {"edition": 1, "content": said}).status_code == 409
    sent = post_json(writer, f"{one}submit", {"edition": 2}).json()
    assert post_json(writer, f"{one}publish", {"edition": sent["draft_edition"]}).status_code == 403
    public = post_json(second, f"{one}publish", {"edition": sent["draft_edition"]}).json()

    assert (public["state"], public["draft_edition"]) == ("offered", None)
    assert second.get(WORK, {"view": "offered"}).json()["count"] == 1
    asked = post_json(second, f"{one}suspend", {"edition": public["edition"]})
    assert (asked.status_code, set(asked.json()["fields"])) == (422, {"why"})
    for move in ("suspend", "resume", "end"):
        public = post_json(second, f"{one}{move}", {"edition": public["edition"], **by}).json()
    assert public["state"] == "ended"


def test_parts_of_a_draft_are_put_in_written_raised_and_taken_out_one_at_a_time() -> None:
    place = make_village()
    writer, reader = client_of(make_writer(place)), client_of(make_publisher(place))
    other = client_of(
        make_actor("other", permits.WRITE_ITEMS, at="441900/441900099/", account_id=9)
    )
    said = post_json(writer, WORK, {"place": place.code, "content": item_data()}).json()["content"]
    parts, basis = f"{WORK}residence-permit/parts/", said["basis"][0]
    more = {"edition": 1, "content": {**basis, "title": "另一依据"}}
    before = ItemVersion.objects.values("content", "edition").get()

    for who, status in ((NOBODY, {401, 403, 404}), (None, {403, 404})):
        asked = post_json(client_of(who) if who else other, f"{parts}basis/", more)
        assert asked.status_code in status
    assert post_json(reader, f"{parts}basis/", more).status_code == 403
    for wrong, status in (("basis/9/", 404), ("basis/0/", 404), ("colours/", 422)):
        assert post_json(writer, parts + wrong, more).status_code == status
    assert post_json(writer, f"{parts}basis/", {"edition": 1, "content": {}}).status_code == 422
    assert post_json(writer, f"{parts}basis/", {**more, "edition": 7}).status_code == 409
    assert post_json(writer, f"{parts}basis/1/drop", {"edition": 1}).status_code == 422
    assert ItemVersion.objects.values("content", "edition").get() == before

    last = len(said["basis"]) + 1
    added = post_json(writer, f"{parts}basis/", more)
    assert added.status_code == 201 and added.json()["draft_edition"] == 2
    assert added.json()["content"]["basis"][-1]["title"] == "另一依据"
    up = post_json(writer, f"{parts}basis/{last}/up", {"edition": 2}).json()
    assert up["content"]["basis"][last - 2]["title"] == "另一依据"
    again = {"edition": 3, "content": {**basis, "title": "改写"}}
    written = post_json(writer, f"{parts}basis/{last - 1}/", again).json()
    assert written["content"]["basis"][last - 2]["title"] == "改写"
    out = post_json(writer, f"{parts}basis/{last - 1}/remove", {"edition": 4}).json()
    assert (out["content"]["basis"], out["draft_edition"]) == (said["basis"], 5)


def test_what_cannot_be_read_or_is_elsewhere_makes_nothing() -> None:
    place = make_village()
    writer = client_of(make_writer(place))
    other = client_of(
        make_actor("other", permits.WRITE_ITEMS, at="441900/441900099/", account_id=9)
    )
    wrong = item_data(kind="unheard")

    assert post_json(writer, WORK, {"place": place.code, "content": wrong}).status_code == 422
    assert post_json(other, WORK, {"place": place.code, "content": item_data()}).status_code == 403
    assert not ItemVersion.objects.exists()
    post_json(writer, WORK, {"place": place.code, "content": item_data()})
    assert other.get(f"{WORK}residence-permit/").status_code == 404
    assert post_json(other, f"{WORK}residence-permit/drop").status_code == 404
    assert ItemVersion.objects.get().state == "draft"
