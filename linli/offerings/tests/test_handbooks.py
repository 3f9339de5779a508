"""The handbook of a village: what it says, who makes it, and that everybody may take it along."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import translation

from linli.documents.queries import address_of_code, codes_of
from linli.files.queries import files_of, get_file
from linli.files.services import read_content
from linli.files.types import Owner
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import NOBODY, Actor
from linli.kernel.testing import client_of, make_actor
from linli.offerings import permits
from linli.offerings.errors import NothingOffered
from linli.offerings.queries.handbook_maps import map_of
from linli.offerings.queries.handbooks import handbook_of, newest
from linli.offerings.services.handbooks import make_handbook
from linli.offerings.services.item_moves import suspend_item
from linli.offerings.testing import NOON, SYSTEM, TODAY, make_item, refused_data
from linli.offerings.types.handbooks import CODE, EDITIONS, Edition
from linli.places.models import Place
from linli.places.testing import make_village
from linli.runtime.models import LongJob

pytestmark = pytest.mark.django_db
A5 = EDITIONS[0]


def clerk_of(place: Place) -> Actor:
    return make_actor("clerk", permits.WRITE_ITEMS, at=place.path)


def test_a_handbook_tells_what_to_bring_and_for_whom() -> None:
    place = make_village()
    make_item(place, events=["moving-in"])

    with translation.override("en"):
        said = handbook_of(place, TODAY)

    [chapter] = said["chapters"]
    [item] = chapter["items"]
    assert ["Lease", "Rented; No", ""] in item["bring"]
    assert item["looked_up"] == ["Identity data"]
    assert said["counted"] == 1


def test_a_proof_that_may_not_be_issued_stands_apart_with_the_way_to_go() -> None:
    place = make_village()
    make_item(place, **refused_data())

    with translation.override("zh-hans"):
        said = handbook_of(place, TODAY)

    assert said["chapters"] == []
    [(name, instead)] = said["refused"]
    assert name and instead


def test_what_is_suspended_or_offered_elsewhere_is_left_out() -> None:
    place, other = make_village(), make_village("441900005002")
    item = make_item(place, events=["moving-in"]).item
    item.refresh_from_db()
    suspend_item(item, "系统升级", edition=item.edition, actor=SYSTEM, now=NOON)

    assert handbook_of(place, TODAY)["counted"] == 0
    assert handbook_of(other, TODAY)["counted"] == 0


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.owner)
def test_each_edition_is_set_and_everybody_may_take_it(edition: Edition) -> None:
    place = make_village()
    make_item(place, events=["moving-in"])

    file = make_handbook(place, edition, actor=clerk_of(place), now=NOON)

    seen = get_file(NOBODY, file.code)
    assert read_content(seen, actor=NOBODY, now=NOON).startswith(b"%PDF")
    assert dict(newest(place))[edition] == file


def test_a_newer_handbook_takes_the_place_of_the_one_before() -> None:
    place = make_village()
    make_item(place, events=["moving-in"])
    first = make_handbook(place, A5, actor=clerk_of(place), now=NOON)

    second = make_handbook(place, A5, actor=clerk_of(place), now=NOON)

    assert files_of(Owner(A5.owner, place.pk)) == [second]
    first.refresh_from_db()
    assert first.state != "kept"


def test_its_code_leads_to_the_page_with_the_newest_one(client: Client) -> None:
    place = make_village()
    make_item(place, events=["moving-in"])
    make_handbook(place, A5, actor=clerk_of(place), now=NOON)

    address = address_of_code(codes_of(CODE, [place.pk])[place.pk])

    page = client.get(address).content.decode()
    assert f"places/{place.code}/handbook/" in address
    assert dict(newest(place))[A5].code in page  # type: ignore[union-attr]


def test_somebody_without_the_right_makes_none() -> None:
    place, other = make_village(), make_village("441900005002")
    make_item(place, events=["moving-in"])

    with pytest.raises(NotAllowed):
        make_handbook(place, A5, actor=clerk_of(other), now=NOON)

    assert files_of(Owner(A5.owner, place.pk)) == []


def test_an_empty_handbook_is_not_made() -> None:
    place = make_village()

    with pytest.raises(NothingOffered):
        make_handbook(place, A5, actor=clerk_of(place), now=NOON)

    assert files_of(Owner(A5.owner, place.pk)) == []


def test_progress_is_told_guide_by_guide() -> None:
    place = make_village()
    make_item(place, events=["moving-in"])
    make_item(place, **refused_data())
    told: list[tuple[int, int]] = []

    make_handbook(
        place, A5, tell=lambda done, every: told.append((done, every)),
        actor=clerk_of(place), now=NOON,
    )  # fmt: skip

    assert told == [(1, 2), (2, 2)]


def test_a_place_without_an_outline_has_no_sketch() -> None:
    assert map_of(make_village(), [])["rings"] == []


def test_an_unknown_size_is_refused_and_nothing_is_started() -> None:
    place = make_village()
    client = client_of(clerk_of(place))

    answer = client.post(
        f"/en/places/{place.code}/handbook/make",
        {"size": "a0", "language": "en", "key": str(uuid4())},
    )

    assert answer.status_code == 422
    assert not LongJob.objects.exists()


def test_a_clerk_starts_the_work_and_a_visitor_sees_no_button() -> None:
    place = make_village()
    address, chosen = f"/en/places/{place.code}/handbook/", {"size": "a5", "language": "en"}
    clerk, visitor = client_of(clerk_of(place)), client_of(NOBODY)

    asked = clerk.post(f"{address}make", {**chosen, "key": str(uuid4())})

    assert asked.status_code == 303 and "/jobs/" in asked["Location"]
    assert "Make the handbook" in clerk.get(address).content.decode()
    assert "Make the handbook" not in visitor.get(address).content.decode()
    refused = visitor.post(f"{address}make", {**chosen, "key": str(uuid4())})
    assert refused.status_code in (302, 403, 404)
    assert LongJob.objects.count() == 1
