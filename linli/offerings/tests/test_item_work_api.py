"""Programs write items, a second person publishes them, and nobody else does."""

from __future__ import annotations

import pytest

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
