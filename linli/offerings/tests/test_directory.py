"""The directory in the standard's shape: centres with hours, social organisations and service companies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from linli.offerings.queries.directory import merged
from linli.offerings.tests.visit_samples import make_window
from linli.orgs.testing import make_organisation


def test_hours_of_windows_beside_one_another_are_one_span() -> None:
    spans = [(0, 510, 720), (0, 600, 750), (0, 840, 1050), (1, 510, 720)]

    assert merged(spans) == [(0, 510, 750), (0, 840, 1050), (1, 510, 720)]
    assert merged([]) == []


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
    hours = [one for place in places for one in place["schedules"]]
    assert len(hours) == 10 and hours[0]["byday"] == "MO" and hours[0]["opens_at"] == "08:30+08:00"
    one = next(body for body in bodies["contents"] if body["name"] == "示范物业")
    assert client.get(f"/api/v1/hsds/organizations/{one['id']}/").json()["name"] == "示范物业"
