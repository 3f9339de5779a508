"""三防: whoever ends a response knows who still waits; afterwards nothing is marked, and the old address leads on."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from linli.grid.errors import Over, StillOpen
from linli.grid.models import Storm, StormHome
from linli.grid.services import homes, storms
from linli.grid.testing import NOON
from linli.grid.tests.storm_samples import HALL, OFFICE, helper, home, storm
from linli.grid.tests.test_storm_grounds import LEAD, of_town
from linli.kernel.testing import client_of, post_json
from linli.places.testing import make_town, make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_with_people_waiting_or_away_it_ends_only_for_who_was_told_what_is_open() -> None:
    at, (worker, post) = storm(), helper()
    one = home(at, post)
    homes.mark_home(home(at, post, people=2), "move", actor=worker, now=NOON)
    client, url = client_of(OFFICE), f"/en/grid/{make_village().code}/storms/{at.pk}/"
    before = Entry.objects.count()

    with pytest.raises(StillOpen):
        storms.end_storm(at, actor=OFFICE, now=NOON)
    said = client.post(f"{url}end", {"key": str(uuid4())}, follow=True).content.decode()
    api = post_json(client, f"/api/v1/grid/storms/{at.pk}/end", {})
    shown = client.get(url).content.decode()

    for words in ("3 people are still to be moved.", "2 people were brought away and are not back.",
                  "1 village gave no numbers."):  # fmt: skip
        assert words in said and words in shown
    assert (api.status_code, api.json()["code"]) == (409, "still_open")
    assert Storm.objects.get().ended_on is None and Entry.objects.count() == before
    client.post(f"{url}end", {"key": str(uuid4()), "anyway": "1"})
    assert Storm.objects.get().ended_on is not None

    with pytest.raises(Over):
        homes.mark_home(one, "move", actor=worker, now=NOON)
    marked = client_of(worker).post(
        f"/en/grid/storms/homes/{one.pk}/move", {"key": "late", "from": "mine"}, follow=True
    )
    assert "This has ended already." in marked.content.decode()
    over = client.get(url).content.decode()
    assert StormHome.objects.get(pk=one.pk).state == "named"
    assert f"/homes/{one.pk}/move" not in over and "/strike/" not in over


def test_where_nobody_waits_it_ends_at_once_over_the_api_too() -> None:
    at, client = storm(), client_of(OFFICE)

    page = client.get(f"/en/grid/{make_village().code}/storms/{at.pk}/").content.decode()
    ended = post_json(client, f"/api/v1/grid/storms/{at.pk}/end", {})

    assert 'name="anyway"' not in page and ended.json()["ended_on"]


def test_the_old_address_of_a_storm_says_into_which_one_it_went() -> None:
    first = storm()
    home(first, helper()[1])
    whole = storms.begin_storm(make_town(villages=3), "typhoon", "Number 12", actor=LEAD, now=NOON)
    client, code = client_of(OFFICE), make_village().code

    old = client.get(f"/en/grid/{code}/storms/{first.pk}/").content.decode()
    sums = client_of(LEAD).get(f"/en/grid/storms/{first.pk}/sums/441900005/").content.decode()
    told = client.get(f"/api/v1/grid/storms/?place={code}&is_over=true").json()["items"]

    assert f'href="/en/grid/{code}/storms/{whole.pk}/"' in old and "It goes on in the one" in old
    assert f'href="/en/grid/storms/{whole.pk}/sums/441900005/"' in sums
    assert [(one["id"], one["went_into"]) for one in told] == [(first.pk, whole.pk)]
    new = client.get(f"/en/grid/{code}/storms/{whole.pk}/").content.decode()
    assert "It goes on in the one" not in new
    storms.end_storm(whole, anyway=True, actor=LEAD, now=NOON)
    again = client.get(f"/en/grid/{code}/storms/{first.pk}/").content.decode()
    assert f'href="/en/grid/{code}/storms/{whole.pk}/"' in again


def test_a_village_that_said_nothing_has_a_dash_and_room_has_one_name() -> None:
    at, village = of_town(), make_village()
    storms.add_shelter(village, HALL, actor=OFFICE, now=NOON)

    page = client_of(OFFICE).get(f"/en/grid/{village.code}/storms/{at.pk}/").content.decode()
    api = client_of(LEAD).get(f"/api/v1/grid/storms/{at.pk}/sums/441900005/").json()
    outdoors = client_of(OFFICE).get("/en/grid/outdoors/").content.decode()

    row = api["items"][0]
    assert (row["people"], row["moved"], row["back"], row["places"]) == (None, None, None, 5)
    assert api["whole"]["people"] is None
    assert len(re.findall("—", page)) >= 7
    assert 'data-room="Free places in shelters"' in outdoors
