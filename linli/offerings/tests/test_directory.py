"""The directory in the standard's shape: centres with hours, social organisations and service companies."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.activities.testing import make_venue
from linli.offerings.queries import directory
from linli.offerings.rules.directory import merged, shares
from linli.offerings.testing import item_data, make_item
from linli.offerings.tests.visit_samples import make_centre, make_window
from linli.orgs.testing import make_organisation
from linli.places.testing import make_village


def test_hours_of_windows_beside_one_another_are_one_span() -> None:
    spans = [(0, 510, 720), (0, 600, 750), (0, 840, 1050), (1, 510, 720)]

    assert merged(spans) == [(0, 510, 750), (0, 840, 1050), (1, 510, 720)]
    assert merged([]) == []


def test_a_page_takes_what_is_left_of_one_list_and_goes_on_with_the_next() -> None:
    assert shares([5, 0, 4], 3, 4) == [(3, 5), (0, 0), (0, 2)]
    assert shares([5, 0, 4], 8, 4) == [(5, 5), (0, 0), (3, 4)]
    assert shares([5, 0, 4], 20, 4) == [(5, 5), (0, 0), (4, 4)]


@pytest.mark.django_db
def test_the_directory_has_who_serves_people_and_when_windows_are_open_and_nobody_that_ended() -> (
    None
):
    make_window()
    make_organisation("community_social_org", name="邻里互助会")
    make_organisation("property_company", name="示范物业")
    make_organisation("villagers_committee", name="村委会")
    make_organisation(
        "social_work_agency", name="已撤销", closed_on=localdate() - timedelta(days=1)
    )
    client = Client()

    bodies = client.get("/api/v1/hsds/organizations/").json()
    places = client.get("/api/v1/hsds/locations/").json()["contents"]

    names = {one["name"] for one in bodies["contents"]}
    assert {"邻里互助会", "示范物业"} < names and not names & {"村委会", "已撤销"}
    assert len(places) == bodies["total_items"] == 3
    (centre,) = [one for one in places if one["attributes"]]
    assert [one["label"] for one in centre["attributes"]] == ["1 综合受理"]
    hours = [one for place in places for one in place["schedules"]]
    assert len(hours) == 10 and hours[0]["byday"] == "MO" and hours[0]["opens_at"] == "08:30+08:00"
    one = next(body for body in bodies["contents"] if body["name"] == "示范物业")
    assert client.get(f"/api/v1/hsds/organizations/{one['id']}/").json()["name"] == "示范物业"


@pytest.mark.django_db
def test_services_name_who_answers_for_them_and_the_windows_and_venues_where_they_are_had() -> None:
    village = make_village()
    committee = make_organisation("villagers_committee", at=village, name="村委会")
    item = make_item(village).item
    make_item(village, **{**item_data(), "key": "another"})
    centre = make_centre(at=village)
    make_window(centre, items=(item.key,))
    make_window(centre, "2", items=("another",), spans=((600, 660),))
    venue = make_venue()
    client = Client()

    def read(name: str, **asked: int) -> Any:
        return client.get(f"/api/v1/hsds/{name}/", asked).json()

    services = read("services")
    bodies = {one["id"]: one["name"] for one in read("organizations")["contents"]}
    assert [one["name"] for one in services["contents"]][-1] == venue.name
    assert {bodies[one["organization_id"]] for one in services["contents"]} == {"村委会"}
    last = services["contents"][-1]
    assert client.get(f"/api/v1/hsds/services/{last['id']}/").json() == last
    pages = [read("service_at_locations", per_page=1, page=page)["contents"] for page in (1, 2, 3)]
    (first,), (second,), (booked,) = pages
    assert {row["description"] for row in first["schedules"]} == {"1 综合受理"}
    assert {row["opens_at"] for row in second["schedules"]} == {"10:00+08:00"}
    assert booked["service_id"] == last["id"] and read("service_at_locations")["total_items"] == 3
    places = {one["id"] for one in read("locations")["contents"]}
    assert {one["location_id"] for page in pages for one in page} <= places
    assert directory.answering([directory.Answers(None, village.path)], localdate()) == {
        directory.Answers(None, village.path): committee.code
    }
