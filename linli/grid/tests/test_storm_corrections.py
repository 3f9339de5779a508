"""What was entered wrongly about a shelter or a home is put right, by the office, while it goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from linli.grid.errors import Over, ShelterFull
from linli.grid.models import Shelter, StormHome
from linli.grid.services import homes, storms
from linli.grid.testing import NOON
from linli.grid.tests.storm_samples import HALL, OFFICE, helper, home, storm
from linli.grid.types.storms import HomeFacts
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import client_of
from linli.places.testing import make_village
from linli.trail.models import Entry

pytestmark = pytest.mark.django_db


def test_a_home_is_corrected_while_the_storm_goes_on_and_its_mark_stays() -> None:
    at, (worker, post) = storm(), helper()
    one = homes.mark_home(home(at, post), "move", actor=worker, now=NOON)
    right = HomeFacts("Chen Ah Mui", "", "Fig lane 9", 4, "car", post)

    with pytest.raises(NotAllowed):
        homes.change_home(one, right, actor=worker, now=NOON)
    with pytest.raises(Stale):
        homes.change_home(one, right, edition=one.edition + 1, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        homes.change_home(one, replace(right, people=0), actor=OFFICE, now=NOON)
    assert homes.read_homes([one], "x", actor=OFFICE, now=NOON)[one.pk][2] == "Fig lane 8"
    homes.change_home(one, right, edition=one.edition, actor=OFFICE, now=NOON)

    after = StormHome.objects.get()
    assert (after.state, after.people, after.need) == ("moved", 4, "car")
    told = homes.read_homes([after], "x", actor=OFFICE, now=NOON)
    assert told == {after.pk: ("Chen Ah Mui", "", "Fig lane 9")}
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    with pytest.raises(Over):
        homes.change_home(after, replace(right, people=1), actor=OFFICE, now=NOON)
    assert StormHome.objects.get().people == 4


def test_a_corrected_home_does_not_stand_in_its_own_way_but_needs_room() -> None:
    at, (worker, post) = storm(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    one = home(at, post, people=3, shelter=hall.pk)
    facts = HomeFacts("Chen Ah Po", "", "Fig lane 8", 5, "none", post, hall.pk)

    homes.change_home(one, facts, actor=OFFICE, now=NOON)
    with pytest.raises(ShelterFull):
        homes.change_home(one, replace(facts, people=6), actor=OFFICE, now=NOON)

    assert StormHome.objects.get().people == 5
    homes.mark_home(one, "stay", actor=worker, now=NOON)
    homes.change_home(one, replace(facts, people=6), actor=OFFICE, now=NOON)
    assert StormHome.objects.get().people == 6


def test_the_page_of_correction_shows_in_full_with_a_trace_and_to_the_office_alone() -> None:
    at, (worker, post) = storm(), helper()
    one = home(at, post)
    url, client = f"/en/grid/storms/homes/{one.pk}/change/", client_of(OFFICE)

    assert client_of(worker).get(url).status_code == 403
    assert not Entry.objects.filter(details__reason__contains="Number 12").exists()
    page = client.get(url)
    seen = Entry.objects.filter(details__reason="To correct it: Number 12").count()
    fields = re.findall(r'name="(\w+)"[^>]*? value="([^"]*)"', page.content.decode())
    typed = {**dict(fields), "need": "carry", "helper_id": post, "address": "Fig lane 10"}
    client.post(url, typed)

    assert seen == 1 and b"Chen Ah Po" in page.content and "no-store" in page["Cache-Control"]
    assert homes.read_homes([one], "x", actor=OFFICE, now=NOON)[one.pk] == (
        "Chen Ah Po", "+8613800138001", "Fig lane 10",
    )  # fmt: skip


def test_a_shelter_is_corrected_and_keeps_room_for_who_is_named_for_it() -> None:
    at, (_worker, post) = storm(), helper()
    hall = storms.add_shelter(make_village(), HALL, actor=OFFICE, now=NOON)
    home(at, post, people=3, shelter=hall.pk)
    url = f"/en/grid/{make_village().code}/storms/shelters/{hall.pk}/change/"
    typed = {"title": "Big hall", "where": "2 School Road", "places": 3, "edition": hall.edition}

    client = client_of(OFFICE)
    too_small = client.post(url, {**typed, "places": 2, "key": str(uuid4())})
    client.post(url, {**typed, "edition": 9, "key": str(uuid4())})
    assert Shelter.objects.get().title == HALL.title and too_small.status_code == 422
    client.post(url, {**typed, "key": str(uuid4())})

    after = Shelter.objects.get()
    assert (after.title, after.address, after.places, after.edition) == (
        "Big hall", "2 School Road", 3, hall.edition + 1,
    )  # fmt: skip
    storms.end_storm(at, anyway=True, actor=OFFICE, now=NOON)
    storms.close_shelter(after, actor=OFFICE, now=NOON)
    with pytest.raises(Over):
        storms.change_shelter(after, HALL, actor=OFFICE, now=NOON)


def test_what_is_done_to_one_of_several_shelters_says_which() -> None:
    for title in ("North hall", "South hall"):
        storms.add_shelter(make_village(), replace(HALL, title=title), actor=OFFICE, now=NOON)

    page = client_of(OFFICE).get(f"/en/grid/{make_village().code}/storms/").content.decode()

    for words in ("Correct", "Take out of use"):
        assert f'aria-label="{words}: North hall"' in page
        assert f'aria-label="{words}: South hall"' in page
